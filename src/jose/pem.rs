//! PEM (RFC 7468): finding the block that is a key, and writing keys.

use pem_rfc7468::LineEnding;
use zeroize::Zeroizing;

use super::error::Problem;
use super::jwa::KeyKind;
use super::key::Key;
use super::key_der;
use super::secret::Secret;
use super::text::{Span, shown};

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// Reads the first private key of a PEM text, or else its first public key, or else says what its first block is.
pub(super) fn read(text: &str) -> Result<Key, Problem> {
    let blocks = blocks(text)?;
    let labelled = |labels: &[&str]| blocks.iter().find(|block| labels.contains(&block.label));
    let parameters = ["EC PARAMETERS"];
    match labelled(&["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"])
        .or_else(|| labelled(&["PUBLIC KEY", "RSA PUBLIC KEY"]))
    {
        Some(block) => block.read(),
        None => {
            let block = blocks.iter().find(|block| !parameters.contains(&block.label)).or(blocks.first());
            Err(block
                .map_or_else(|| boundary("There is no BEGIN line"), |block| refuse_label(block.label).at(block.begin)))
        }
    }
}

/// One BEGIN line, one END line, and what stands between.
struct Block<'t> {
    label: &'t str,
    begin: Span,
    body: &'t str,
    body_start: usize,
}

/// The blocks of a text; whatever stands outside them is commentary (RFC 7468 §2).
fn blocks(text: &str) -> Result<Vec<Block<'_>>, Problem> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(BEGIN)) {
        let begin = at + found;
        let label_start = begin + BEGIN.len();
        let line = Span::new(begin, label_start + text[label_start..].find('\n').unwrap_or(text.len() - label_start));
        let Some(label) =
            text[label_start..line.end].split(DASHES).next().filter(|label| label.len() + label_start < line.end)
        else {
            return Err(boundary("The BEGIN line does not end in five dashes").at(line));
        };
        let body_start = label_start + label.len() + DASHES.len();
        let Some(body_len) = text.get(body_start..).and_then(|rest| rest.find(END)) else {
            return Err(boundary(&format!("The END line of '{}' is missing", shown(label))).at(line));
        };
        let end = body_start + body_len;
        let end_label = text[end + END.len()..].split(DASHES).next().unwrap_or_default();
        if end_label != label {
            let message = format!("The block begins as '{}' and ends as '{}'", shown(label), shown(end_label));
            return Err(boundary(&message).at(Span::new(end, end + END.len())));
        }
        blocks.push(Block { label, begin: line, body: &text[body_start..end], body_start });
        at = end + END.len();
    }
    Ok(blocks)
}

impl Block<'_> {
    fn read(&self) -> Result<Key, Problem> {
        if self.body.contains("Proc-Type:") && self.body.contains("ENCRYPTED") {
            return Err(encrypted().at(self.begin));
        }
        let mut escaped = false;
        for (at, c) in self.body.char_indices() {
            // A key that travelled through an environment variable or a JSON string has its line ends as \n.
            let is_escape = std::mem::replace(&mut escaped, c == '\\') && matches!(c, 'n' | 'r');
            let fits = c.is_ascii_whitespace() || c == '\\' || is_escape || u8::try_from(c).is_ok_and(is_base64);
            if !fits {
                let at = self.body_start + at;
                return Err(Problem::new("pem-base64", "The text between BEGIN and END is not base64")
                    .help("Copy the whole key again, from the BEGIN line to the END line.")
                    .at(Span::new(at, at + c.len_utf8())));
            }
        }
        let der = decode_body(self.body).ok_or_else(|| {
            Problem::new("pem-base64", "The base64 between BEGIN and END is not whole")
                .help("Copy the whole key again; characters got lost.")
                .at(Span::new(self.body_start, self.body_start + self.body.len()))
        })?;
        key_der::read(&der)
    }
}

pub(super) const fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// The bytes of a body, whatever its line length and line ends, `\n` spelled out included.
pub(super) fn decode_body(body: &str) -> Option<Zeroizing<Vec<u8>>> {
    const LINE: usize = 64;
    let mut clean = Zeroizing::new(String::with_capacity(body.len() + body.len() / LINE + 32));
    clean.push_str("-----BEGIN A-----");
    let mut column = LINE;
    let mut characters = body.chars().peekable();
    while let Some(c) = characters.next() {
        if c == '\\' {
            characters.next_if(|c| matches!(c, 'n' | 'r'))?;
        } else if !c.is_ascii_whitespace() {
            if column == LINE {
                clean.push('\n');
                column = 0;
            }
            clean.push(c);
            column += 1;
        }
    }
    clean.push_str("\n-----END A-----\n");
    let mut der = Zeroizing::new(vec![0; body.len()]);
    let len = pem_rfc7468::decode(clean.as_bytes(), &mut der).ok()?.1.len();
    der.truncate(len);
    Some(der)
}

impl Key {
    /// The key in PEM: PKCS#8 (`PRIVATE KEY`) if `private`, else SPKI (`PUBLIC KEY`); lines end in LF.
    ///
    /// # Errors
    ///
    /// For a shared secret, which has no PEM form, and when the private part is wanted of a public key.
    pub fn to_pem(&self, private: bool) -> Result<Secret, Problem> {
        if self.kind() == KeyKind::Secret {
            return Err(Problem::new("key-no-pem", "A shared secret has no PEM form").help("Export it as a JWK."));
        }
        let (label, der) =
            if private { ("PRIVATE KEY", self.pkcs8()?.clone()) } else { ("PUBLIC KEY", key_der::spki(self)?.into()) };
        match pem_rfc7468::encode_string(label, LineEnding::LF, der.bytes()) {
            Ok(text) => Ok(text.into()),
            Err(_too_long) => {
                Err(Problem::new("key-no-pem", "The key is too long for PEM").help("Export it as a JWK."))
            }
        }
    }
}

fn refuse_label(label: &str) -> Problem {
    match label {
        "ENCRYPTED PRIVATE KEY" => encrypted(),
        "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => certificate(),
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => Problem::new("key-certificate-request", "This is a certificate request, not a key")
            .help("Take the public key out of it: openssl req -in request.pem -pubkey -noout -out public.pem"),
        "OPENSSH PRIVATE KEY" => Problem::new("key-openssh", "This is an OpenSSH private key")
            .help("Convert a copy of an RSA or ECDSA key: ssh-keygen -p -N \"\" -m PKCS8 -f copy; for Ed25519 make a new one: openssl genpkey -algorithm ED25519 -out key.pem"),
        "DSA PRIVATE KEY" => dsa(),
        "RSA-PSS PRIVATE KEY" => rsa_pss(),
        "EC PARAMETERS" => Problem::new("key-parameters", "This names a curve; it holds no key")
            .help("Make a key: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem"),
        "DH PARAMETERS" | "X9.42 DH PARAMETERS" | "DSA PARAMETERS" => Problem::new("key-parameters", "These are parameters; they hold no key to sign with")
            .help("Open the file with the private key."),
        "X509 CRL" | "PKCS7" | "CMS" => Problem::new("key-unsupported", format!("A PEM block '{label}' holds no key"))
            .help("Open the file with the key; it begins with -----BEGIN PRIVATE KEY or -----BEGIN PUBLIC KEY."),
        _ if label.starts_with("PGP ") => Problem::new("key-pgp", "This is a PGP block, which JOSE has no use for")
            .help("Generate a key here, or: openssl genpkey -algorithm ED25519 -out key.pem"),
        _ if label.contains("ENCRYPTED") => encrypted(),
        _ => Problem::new("key-unsupported", format!("A PEM block '{}' is not known", shown(label)))
            .help("Open a key that begins with -----BEGIN PRIVATE KEY or -----BEGIN PUBLIC KEY."),
    }
}

pub(super) fn encrypted() -> Problem {
    Problem::new("key-encrypted", "This private key is protected by a password")
        .help("Decrypt it: openssl pkey -in encrypted.pem -out key.pem, and delete the copy when you are done.")
}

pub(super) fn certificate() -> Problem {
    Problem::new("key-certificate", "This is a certificate, not a key")
        .help("Take the public key out of it: openssl x509 -in certificate.pem -pubkey -noout -out public.pem")
}

pub(super) fn dsa() -> Problem {
    Problem::new("key-dsa", "This is a DSA key, for which JOSE has no algorithm")
        .help("Make another key: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem")
}

pub(super) fn rsa_pss() -> Problem {
    Problem::new("key-rsa-pss", "This RSA key is restricted to PSS (id-RSASSA-PSS), which is not supported")
        .help("Use a plain RSA key; it signs with PS256 too: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem")
}

fn boundary(message: &str) -> Problem {
    Problem::new("pem-boundary", message).help("Copy the whole key again, from the BEGIN line to the END line.")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8410 §10.3.
    const PRIVATE: &str = "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC";
    /// RFC 8410 §10.1.
    const PUBLIC: &str = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";

    fn block(label: &str, body: &str) -> String {
        format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n")
    }

    #[track_caller]
    fn check(text: &str, private: bool) {
        let key = Key::read(text.as_bytes()).unwrap();
        assert_eq!((key.kind(), key.is_private()), (KeyKind::Ed25519, private), "{text}");
        assert_eq!(key.to_pem(false).unwrap().as_str(), Some(block("PUBLIC KEY", PUBLIC).as_str()));
    }

    #[test]
    fn blocks_are_read_however_they_travelled() {
        let pem = block("PRIVATE KEY", PRIVATE);
        check(&pem, true);
        check(&block("PUBLIC KEY", PUBLIC), false);
        check(&pem.replace('\n', "\r\n"), true);
        check(&pem.replace('\n', "\\n"), true);
        check(&pem.replace('\n', " "), true);
        check(&pem.replace('\n', ""), true);
        check(&format!("Bag Attributes\n    {}", pem.replace('\n', "\n    ")), true);
        check(&block("PRIVATE KEY", &PRIVATE.replace("BCI", "\nBCI\n\n")), true);
        check(&format!("\u{feff}{}{pem}", block("PUBLIC KEY", PUBLIC)), true);
        check(&format!("{}{}", block("CERTIFICATE", "AAAA"), block("PUBLIC KEY", PUBLIC)), false);
        check(PRIVATE, true);
        check(&format!("\n{PUBLIC}\n"), false);
        assert_eq!(Key::read(pem.as_bytes()).unwrap().to_pem(true).unwrap().as_str(), Some(pem.as_str()));
    }

    #[track_caller]
    fn check_refused(text: &str, code: &str, message: &str, place: &str) {
        let problem = Key::read(text.as_bytes()).unwrap_err();
        assert_eq!(problem.code, code, "{}", problem.message);
        assert!(problem.message.contains(message), "{}", problem.message);
        assert!(!problem.help.is_empty(), "{}", problem.message);
        assert_eq!(problem.span.map_or("", |span| &text[span.range()]), place, "{}", problem.message);
    }

    #[test]
    fn broken_blocks_say_where() {
        let pem = block("PRIVATE KEY", PRIVATE);
        let begin = "-----BEGIN PRIVATE KEY-----";
        check_refused(&pem[..60], "pem-boundary", "The END line of 'PRIVATE KEY' is missing", begin);
        check_refused("-----BEGIN PRIVATE KEY\nAAAA", "pem-boundary", "five dashes", "-----BEGIN PRIVATE KEY");
        check_refused(&pem.replace("END PRIVATE", "END PUBLIC"), "pem-boundary", "ends as 'PUBLIC KEY'", "-----END ");
        check_refused(&pem.replace("BCI", "B…I"), "pem-base64", "not base64", "…");
        check_refused(
            &pem.replace("BCI", "B\\CI"),
            "pem-base64",
            "not whole",
            &format!("\n{}\n", PRIVATE.replace("BCI", "B\\CI")),
        );
        check_refused(&block("PRIVATE KEY", &PRIVATE[..40]), "key-broken", "cut off", "");
    }

    #[test]
    fn blocks_that_are_no_key_are_named() {
        let named = |label: &str, code: &str| {
            check_refused(&block(label, "AAAA"), code, "", &format!("-----BEGIN {label}-----"));
        };
        named("ENCRYPTED PRIVATE KEY", "key-encrypted");
        named("CERTIFICATE", "key-certificate");
        named("CERTIFICATE REQUEST", "key-certificate-request");
        named("OPENSSH PRIVATE KEY", "key-openssh");
        named("PGP PRIVATE KEY BLOCK", "key-pgp");
        named("DSA PRIVATE KEY", "key-dsa");
        named("EC PARAMETERS", "key-parameters");
        named("PKCS7", "key-unsupported");
        named("SOMETHING", "key-unsupported");
        let encrypted = block("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA");
        check_refused(&encrypted, "key-encrypted", "password", "-----BEGIN RSA PRIVATE KEY-----");
    }
}
