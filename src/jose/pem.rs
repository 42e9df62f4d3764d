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

const PRIVATE: [&str; 5] =
    ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"];
const PUBLIC: [&str; 2] = ["PUBLIC KEY", "RSA PUBLIC KEY"];
const CERTIFICATES: [&str; 2] = ["CERTIFICATE", "X509 CERTIFICATE"];
const REQUESTS: [&str; 2] = ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"];

/// The block of a PEM text to read: its first private key, or else its first public key, its first certificate, its
/// first block that is more than the name of a curve.
pub(super) fn find(text: &str) -> Result<Block<'_>, Problem> {
    let mut blocks = blocks(text)?;
    let first = |wanted: &dyn Fn(&str) -> bool| blocks.iter().position(|block| wanted(block.label));
    let found = first(&|label| PRIVATE.contains(&label))
        .or_else(|| first(&|label| PUBLIC.contains(&label)))
        .or_else(|| first(&|label| CERTIFICATES.contains(&label)))
        .or_else(|| first(&|label| label != "EC PARAMETERS"))
        .unwrap_or_default();
    if blocks.is_empty() { Err(boundary("There is no BEGIN line")) } else { Ok(blocks.swap_remove(found)) }
}

/// One BEGIN line, one END line, and what stands between.
pub(super) struct Block<'t> {
    /// What its BEGIN line calls it.
    pub(super) label: &'t str,
    begin: Span,
    /// What stands between BEGIN and END.
    pub(super) body: &'t str,
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
    /// The structure in DER that it holds.
    pub(super) fn der(&self) -> Result<Zeroizing<Vec<u8>>, Problem> {
        if ![&PRIVATE[..], &PUBLIC, &CERTIFICATES, &REQUESTS].concat().contains(&self.label) {
            return Err(refuse_label(self.label).at(self.begin));
        }
        if self.body.contains("Proc-Type:") && self.body.contains("ENCRYPTED") {
            return Err(encrypted(self.label).at(self.begin));
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
        decode_body(self.body).ok_or_else(|| {
            Problem::new("pem-base64", "The base64 between BEGIN and END is not whole")
                .help("Copy the whole key again; characters got lost.")
                .at(Span::new(self.body_start, self.body_start + self.body.len()))
        })
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
        "TRUSTED CERTIFICATE" => Problem::new("key-certificate", "This is a certificate with OpenSSL's remarks on whom to trust")
            .help("Take the public key out of it: openssl x509 -in certificate.pem -pubkey -noout -out public.pem"),
        "OPENSSH PRIVATE KEY" => Problem::new("key-openssh", "This is an OpenSSH private key")
            .help("Convert a copy of an RSA or ECDSA key: ssh-keygen -p -N \"\" -m PKCS8 -f copy; for Ed25519 make a new one: openssl genpkey -algorithm ED25519 -out key.pem"),
        "EC PARAMETERS" => Problem::new("key-parameters", "This names a curve; it holds no key")
            .help("Make a key: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem"),
        "DH PARAMETERS" | "X9.42 DH PARAMETERS" | "DSA PARAMETERS" => Problem::new("key-parameters", "These are parameters; they hold no key to sign with")
            .help("Open the file with the private key."),
        "X509 CRL" | "PKCS7" | "CMS" => Problem::new("key-unsupported", format!("A PEM block '{label}' holds no key"))
            .help("Open the file with the key; it begins with -----BEGIN PRIVATE KEY or -----BEGIN PUBLIC KEY."),
        _ if label.starts_with("PGP ") => Problem::new("key-pgp", "This is a PGP block, which JOSE has no use for")
            .help("Generate a key here, or: openssl genpkey -algorithm ED25519 -out key.pem"),
        _ => Problem::new("key-unsupported", format!("A PEM block '{}' is not known", shown(label)))
            .help("Open a key that begins with -----BEGIN PRIVATE KEY or -----BEGIN PUBLIC KEY."),
    }
}

fn encrypted(label: &str) -> Problem {
    let message = format!("This '{}' is encrypted in the traditional way of OpenSSL (Proc-Type)", shown(label));
    Problem::new("key-encrypted", message)
        .help("Encrypt it in PKCS#8, with the same passphrase: openssl pkcs8 -topk8 -v2 aes-256-cbc -in encrypted.pem -out key.pem")
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
        named("TRUSTED CERTIFICATE", "key-certificate");
        named("OPENSSH PRIVATE KEY", "key-openssh");
        named("PGP PRIVATE KEY BLOCK", "key-pgp");
        named("EC PARAMETERS", "key-parameters");
        named("PKCS7", "key-unsupported");
        named("SOMETHING", "key-unsupported");
        let encrypted = block("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA");
        check_refused(&encrypted, "key-encrypted", "traditional", "-----BEGIN RSA PRIVATE KEY-----");
    }
}
