//! Reading a key from whatever somebody opens, drops or pastes, and naming what is no key.

use zeroize::Zeroizing;

use super::error::Problem;
use super::key::Key;
use super::key_sketch::KeySketch;
use super::secret::Secret;
use super::text::shown;
use super::{jwk_set, key_der, key_encrypted, openssh, pem};

/// More than any key, certificate chain or JWK Set of good sense, in bytes.
pub const MAX_BYTES: usize = 1 << 20;

impl Key {
    /// Reads a key: PEM or DER in PKCS#8 (RFC 5958), SPKI (RFC 5280), PKCS#1 (RFC 8017) or SEC 1 (RFC 5915), the public
    /// key of an X.509 certificate, or a JWK (RFC 7517).
    ///
    /// White space around a text does not matter, nor does the body of a PEM block that stands alone. A PEM file may hold
    /// other blocks too; its first private key wins, then its first public key, then its first certificate.
    ///
    /// # Errors
    ///
    /// What it is instead and how to turn it into a key, where that is possible. The span is given in bytes of a text.
    /// The code is [`PASSPHRASE_NEEDED`] for an encrypted key.
    pub fn read(bytes: &[u8]) -> Result<Self, Problem> {
        KeyFile::survey(bytes, None).only_key()
    }

    /// Reads a key as [`Key::read`] does, and an encrypted one (PKCS#8, RFC 5958 §3) with its passphrase. Takes as long
    /// as its maker wanted it to, within bounds.
    ///
    /// # Errors
    ///
    /// When the passphrase is wrong, when it costs too much to check, or when what is inside is no key that can be used.
    pub fn decrypt(bytes: &[u8], passphrase: &Secret) -> Result<Self, Problem> {
        KeyFile::survey(bytes, Some(passphrase)).only_key()
    }
}

/// Everything that could be read of a key file.
#[derive(Clone, Debug, Default)]
pub struct KeyFile {
    /// What it is: `PEM PRIVATE KEY`, `DER`, `JWK`, `JWK Set`; `text` or `binary` for what is no form of a key.
    pub form: String,
    /// The keys that can be used, in the order of the file.
    pub keys: Vec<Key>,
    /// The others.
    pub refused: Vec<Refused>,
    /// What is strange about the file as a whole: keys that share a `kid`.
    pub doubts: Vec<Problem>,
}

/// A key that cannot be used.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Its place among all keys of the file, from 0.
    pub index: usize,
    /// What it is known as: its `kid`, or `key 2`.
    pub name: String,
    /// Its `kid`.
    pub kid: Option<String>,
    /// What it is.
    pub sketch: KeySketch,
    /// Why it cannot be used.
    pub problem: Problem,
}

impl Refused {
    pub(super) fn new(index: usize, sketch: KeySketch, problem: Problem) -> Self {
        Self { index, name: format!("key {}", index + 1), kid: None, sketch, problem }
    }

    pub(super) fn with_kid(self, kid: Option<String>) -> Self {
        let name = kid.as_deref().map(shown).unwrap_or(self.name);
        Self { name, kid, ..self }
    }
}

impl KeyFile {
    /// Reads every key of a file: one as [`Key::read`] reads it, or all keys of a JWK Set (RFC 7517 §5).
    ///
    /// # Errors
    ///
    /// When there is no key that can be used: why the first one cannot. The code is [`PASSPHRASE_NEEDED`] for an
    /// encrypted key; see [`Key::decrypt`].
    pub fn read(bytes: &[u8]) -> Result<Self, Problem> {
        let mut file = Self::survey(bytes, None);
        if file.keys.is_empty() { Err(file.refused.swap_remove(0).problem) } else { Ok(file) }
    }

    /// Tells everything about a file, also when none of its keys can be used: then there is at least one refused. A
    /// passphrase opens an encrypted key and means nothing to others.
    pub fn survey(bytes: &[u8], passphrase: Option<&Secret>) -> Self {
        if bytes.len() > MAX_BYTES {
            let problem = Problem::new("key-too-large", format!("This is {} bytes long; no key is", bytes.len()))
                .help("Open the file that holds only the key.");
            return Self::refusing("binary", KeySketch::bare("unknown"), problem);
        }
        let Some(text) = text(bytes) else { return Self::of_binary(bytes, passphrase) };
        let mut file = Self::of_text(text, passphrase);
        let mark = bytes.len() - text.len();
        for Refused { problem, .. } in &mut file.refused {
            problem.span = problem.span.map(|span| span.moved(mark));
        }
        file
    }

    pub(super) fn one(form: &str, key: Key) -> Self {
        Self { form: form.to_owned(), keys: vec![key], ..Self::default() }
    }

    pub(super) fn refusing(form: &str, sketch: KeySketch, problem: Problem) -> Self {
        Self { form: form.to_owned(), refused: vec![Refused::new(0, sketch, problem)], ..Self::default() }
    }

    fn of_text(text: &str, passphrase: Option<&Secret>) -> Self {
        let trimmed = text.trim();
        if trimmed.contains("-----BEGIN ") {
            return Self::of_pem(text, passphrase);
        } else if trimmed.starts_with(['{', '[']) {
            return jwk_set::read(text);
        } else if let Some(der) = bare_base64(trimmed) {
            return Self::of_der("DER in base64", &der, passphrase);
        }
        if trimmed.is_empty() {
            let problem =
                Problem::new("key-empty", "There is nothing here").help("Paste a PEM or JWK key, or generate one.");
            return Self::refusing("text", KeySketch::bare("unknown"), problem);
        }
        Self::foreign("text", refuse_text(trimmed), || openssh::in_line(trimmed))
    }

    fn of_pem(text: &str, passphrase: Option<&Secret>) -> Self {
        let block = match pem::find(text) {
            Ok(block) => block,
            Err(problem) => return Self::refusing("PEM", KeySketch::bare("unknown"), problem),
        };
        let form = format!("PEM {}", shown(block.label));
        match block.der() {
            Ok(der) => Self::of_der(&form, &der, passphrase),
            Err(problem) => Self::foreign(&form, problem, || openssh::in_block(block.body)),
        }
    }

    /// Refuses what is a key elsewhere; one of OpenSSH can be told more exactly.
    fn foreign(form: &str, problem: Problem, openssh: impl FnOnce() -> Option<KeySketch>) -> Self {
        let foreign = KeySketch::of_problem(problem.code);
        match Some(&foreign).filter(|foreign| foreign.kind == "openssh").and_then(|_| openssh()) {
            Some(inner) => {
                let message = format!("{} ({})", problem.message, inner.phrase());
                Self::refusing(form, KeySketch { kind: foreign.kind, ..inner }, Problem { message, ..problem })
            }
            None => Self::refusing(form, foreign, problem),
        }
    }

    fn of_binary(bytes: &[u8], passphrase: Option<&Secret>) -> Self {
        if bytes.starts_with(&[0x30]) {
            return Self::of_der("DER", bytes, passphrase);
        }
        Self::refusing("binary", KeySketch::bare("unknown"), refuse_binary(bytes))
    }

    fn of_der(form: &str, der: &[u8], passphrase: Option<&Secret>) -> Self {
        let refusing = |der, problem| Self::refusing(form, KeySketch::of_der(der), problem);
        let read = |der| key_der::read(der).map_or_else(|problem| refusing(der, problem), |key| Self::one(form, key));
        match passphrase.filter(|_| key_encrypted::is_encrypted(der)) {
            Some(passphrase) => match key_encrypted::decrypt(der, passphrase) {
                Ok(plain) => read(&plain),
                Err(problem) => refusing(der, problem),
            },
            None => read(der),
        }
    }

    /// The key of a file that holds one.
    fn only_key(mut self) -> Result<Key, Problem> {
        match (self.keys.len(), self.refused.len()) {
            (1, 0) => Ok(self.keys.swap_remove(0)),
            (0, 1) => Err(self.refused.swap_remove(0).problem),
            (usable, refused) => {
                let message = format!("This is a JWK Set of {} keys, not one key", usable + refused);
                Err(Problem::new("jwk-set", message).help("Copy the one key you need, from its '{' to its '}'."))
            }
        }
    }
}

/// The code of the problem "this key is encrypted, and its passphrase is needed".
pub const PASSPHRASE_NEEDED: &str = "key-passphrase";

/// The text that `bytes` are, unless they are binary. A byte order mark is skipped.
fn text(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).ok()?;
    (!text.contains(|c: char| c.is_control() && !c.is_ascii_whitespace())).then_some(text)
}

fn refuse_binary(bytes: &[u8]) -> Problem {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Problem::new("key-unreadable", "This text is UTF-16").help("Save it as UTF-8 and open it again.");
    }
    let bare = match (bytes.len(), bytes.first()) {
        (32, _) => "These are 32 bare bytes: perhaps an Ed25519 key, but nothing says so",
        (65, Some(4)) => "This looks like a bare point of P-256, but nothing says so",
        (97, Some(4)) => "This looks like a bare point of P-384, but nothing says so",
        (133, Some(4)) => "This looks like a bare point of P-521, but nothing says so",
        (_, Some(0x85 | 0x95 | 0x99 | 0xc5 | 0xc6)) => "This looks like a PGP key, which JOSE has no use for",
        (_, Some(0xfe)) => "This looks like a Java key store",
        _ => "These bytes are no key: neither text nor DER",
    };
    Problem::new("key-unreadable", bare)
        .help("Open a key as PEM, DER or JWK; bare bytes of a secret belong in the secret field, as hex or base64.")
}

/// A PEM body without its BEGIN and END lines, as it travels in configuration files.
fn bare_base64(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let looks_right =
        text.starts_with('M') && text.bytes().all(|byte| pem::is_base64(byte) || byte.is_ascii_whitespace());
    looks_right.then(|| pem::decode_body(text))?.filter(|der| der.starts_with(&[0x30]))
}

/// Names a text that is no key.
fn refuse_text(text: &str) -> Problem {
    let begins = |start: &str| text.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start));
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let parts = text.split('.').count();
    if ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"].iter().any(|start| begins(start)) {
        Problem::new("key-openssh", "This is an OpenSSH public key").help(
            "Convert RSA and ECDSA keys: ssh-keygen -e -m PKCS8 -f key.pub > key.pem; for Ed25519 use a key in PEM.",
        )
    } else if begins("---- begin ssh2") {
        Problem::new("key-openssh", "This is an SSH2 public key")
            .help("Convert it: ssh-keygen -i -f key.pub > openssh.pub; ssh-keygen -e -m PKCS8 -f openssh.pub > key.pem")
    } else if begins("putty-user-key-file") {
        Problem::new("key-putty", "This is a PuTTY key")
            .help("Export it in PuTTYgen: Conversions, Export OpenSSH key; then: ssh-keygen -p -N \"\" -m PKCS8 -f key")
    } else if begins("age-secret-key-") {
        Problem::new("key-unsupported", "This is an age key, which encrypts and does not sign")
            .help("Generate a key to sign with.")
    } else if begins("<!doctype") || begins("<html") {
        Problem::new("key-html", "This is an HTML page, not a key")
            .help("Download the key itself, not the page that shows it.")
    } else if begins("<") {
        Problem::new("key-xml", "This is XML, not a PEM or JWK key").help("Export the key as PEM (PKCS#8) or as a JWK.")
    } else if begins("http://") || begins("https://") {
        Problem::new("key-address", "This is an address, not a key")
            .help("Nothing is fetched here: download the key yourself and open the file.")
    } else if begins("-----begin") || begins("-----end") {
        Problem::new("pem-boundary", "The BEGIN line of this PEM text is not complete")
            .help("Copy it again, from -----BEGIN to the last -----.")
    } else if (parts == 3 || parts == 5) && text.starts_with("ey") && text.chars().all(|c| is_word(c) || c == '.') {
        Problem::new("key-token", "This is a token, not a key")
            .help("Open it in Inspect; here goes the key it was signed with.")
    } else {
        Problem::new("key-unreadable", "This is neither PEM nor a JWK")
            .help("Paste a text that begins with -----BEGIN or {; a shared secret belongs in the secret field.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], code: &str, message: &str) {
        let problem = Key::read(bytes).unwrap_err();
        assert_eq!(problem.code, code, "{}", problem.message);
        assert!(problem.message.contains(message), "{}", problem.message);
        assert!(problem.help.len() > 10, "{}", problem.message);
    }

    #[test]
    fn what_is_no_key_is_named() {
        check(b"", "key-empty", "nothing");
        check(b" \n\t", "key-empty", "nothing");
        check("\u{feff}\n".as_bytes(), "key-empty", "nothing");
        check(b"correct horse battery staple", "key-unreadable", "neither PEM nor a JWK");
        check(b"MIIhunter2", "key-unreadable", "neither PEM nor a JWK");
        check(b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIH8 me@here", "key-openssh", "OpenSSH public key");
        check(b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA me@here", "key-openssh", "OpenSSH public key (Ed25519 key)");
        check(b"ssh-rsa AAAAB3NzaC1yc2EAAAABAwAAAAIA/w== me", "key-openssh", "(RSA key of 8 bits)");
        check(b"ssh-rsa AAAAB3NzaC1yc2EAAAABAwAAAAMA/w== me", "key-openssh", "OpenSSH public key");
        check(b"---- BEGIN SSH2 PUBLIC KEY ----\nAAAA", "key-openssh", "SSH2");
        check(b"PuTTY-User-Key-File-3: ssh-rsa\n", "key-putty", "PuTTY");
        check(b"<!DOCTYPE html><html></html>", "key-html", "HTML");
        check(b"<RSAKeyValue><Modulus>4f</Modulus></RSAKeyValue>", "key-xml", "XML");
        check(b"https://example.com/.well-known/jwks.json", "key-address", "address");
        check(b"eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UifQ.", "key-token", "token");
        check(b"-----BEGIN PUBLIC", "pem-boundary", "BEGIN");
        check(b"\xff\xfe-\0-\0", "key-unreadable", "UTF-16");
        check(&[7; 32], "key-unreadable", "Ed25519");
        check(&[4; 65], "key-unreadable", "P-256");
        check(&[0, 1, 2], "key-unreadable", "no key");
        let marked = "\u{feff}{\"kty\":5}";
        let problem = Key::read(marked.as_bytes()).unwrap_err();
        assert_eq!(&marked[problem.span.unwrap().range()], "5");
        check(&vec![b'a'; MAX_BYTES + 1], "key-too-large", "1048577 bytes");
    }
}
