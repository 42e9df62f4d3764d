//! K01 to K09 and H03: the key, and how it goes with the header.

use super::doc::View;
use super::strength::{self, Weakness};
use super::{Change, Finding, KeySubject, Part, Severity};
use crate::jose::error::Problem;
use crate::jose::json::{Json, Kind};
use crate::jose::jwa::{Algorithm, Family, KeyKind};
use crate::jose::key::{Key, Operation};
use crate::jose::secret::{Secret, SecretEncoding};

/// A text decodes to something by chance; to this many bytes it hardly does.
const LIKELY_BYTES: usize = 16;
/// Longer texts are files, not typed secrets.
const LONGEST_TYPED: usize = 4_096;

pub(super) fn find(view: &View<'_>, found: &mut Vec<Finding>) {
    let Some(KeySubject { key, typed }) = view.subject.key else { return };
    let algorithm = view.algorithm();
    if let Some(algorithm) = algorithm {
        found.extend(unfit(key, algorithm, view));
        found.extend(wrong_half(key, algorithm, view));
    }
    found.extend(breakable(key));
    if key.kind() != KeyKind::Secret {
        return;
    }
    let minimum = algorithm.and_then(Algorithm::minimum_secret_bits).unwrap_or(0) / 8;
    found.extend(algorithm.and_then(|algorithm| too_short(key, algorithm)));
    if let Some(finding) = key_as_text(key, algorithm) {
        found.push(finding);
        return;
    }
    let guessable = guessable(key);
    if let Some((text, encoding)) = typed {
        found.extend(other_encoding(text, encoding, guessable.is_some(), minimum));
        found.extend(white_space(text, encoding, guessable.is_some(), minimum));
    }
    found.extend(guessable);
}

fn finding(id: &'static str, severity: Severity, message: impl Into<String>) -> Finding {
    Finding::new(id, severity, Part::Key, message)
}

/// What is wrong with a key that no algorithm can use, as a finding: K01 for a secret that is too short, K06 for a key
/// that is too weak, H03 for one that says it is for something else, K09 for one that is not supported or no key at all.
pub fn refused(problem: &Problem) -> Finding {
    let id = match problem.code {
        "secret-empty" | "secret-too-short" => "K01",
        "key-restricted" => "H03",
        "key-too-short" | "key-too-long" | "key-exponent" | "key-roca" | "key-weak" => "K06",
        _ => "K09",
    };
    finding(id, Severity::Error, format!("{}. {}", problem.message, problem.help))
}

/// H03 and K08: a key of another kind than the algorithm takes, or one that is not meant for it.
fn unfit(key: &Key, algorithm: Algorithm, view: &View<'_>) -> Option<Finding> {
    let operation = if view.is_issuing() { Operation::Sign } else { Operation::Verify };
    let problem = key.permits(algorithm, operation).err()?;
    let is_ecdsa = |algorithm: Algorithm| algorithm.family() == Family::Ecdsa;
    let id = match problem.code {
        "key-kind" if is_ecdsa(algorithm) && key.kind().algorithms().any(is_ecdsa) => "K08",
        "key-kind" | "key-restricted" => "H03",
        // The others have rules of their own: K01, K06 and K07.
        _ => return None,
    };
    let finding = finding(id, Severity::Error, format!("{}.", problem.message));
    Some(match key.kind().algorithms().find(|fitting| key.permits(*fitting, operation).is_ok()) {
        Some(fitting) => finding.fixed_by(format!("Sign with {fitting}"), Change::Sign(fitting)),
        None => finding,
    })
}

/// K06: an RSA key that can be broken. Too short ones cannot be read in the first place.
fn breakable(key: &Key) -> Option<Finding> {
    let message = "The private part of this RSA key can be computed from the public one (ROCA, CVE-2017-15361).";
    key.has_roca().then(|| finding("K06", Severity::Error, message))
}

/// K01: a secret shorter than the hash.
fn too_short(key: &Key, algorithm: Algorithm) -> Option<Finding> {
    let minimum = algorithm.minimum_secret_bits().filter(|minimum| key.bits() < *minimum)?;
    let message = format!("{algorithm} needs a secret of at least {} bytes; this is {}.", minimum / 8, key.bits() / 8);
    Some(finding("K01", Severity::Error, message).fixed_by("Generate a secret", Change::GenerateSecret))
}

/// K02: a secret that can be guessed.
fn guessable(key: &Key) -> Option<Finding> {
    let message = match strength::weakness(key.secret_bytes())? {
        Weakness::WellKnown => "The secret is in public cracking lists: it is tried first.".to_owned(),
        Weakness::Guessable { bits } => format!(
            "The secret can be guessed: about {bits:.0} bits, {:.0} are needed. Every token is enough to try guesses on.",
            strength::ENOUGH_BITS
        ),
    };
    Some(finding("K02", Severity::Error, message).fixed_by("Generate a secret", Change::GenerateSecret))
}

/// K03: a secret that looks as if it was meant in another encoding. What is `guessable` was chosen by somebody, and most
/// likely is the text itself.
fn other_encoding(text: &str, chosen: SecretEncoding, guessable: bool, minimum: usize) -> Option<Finding> {
    let likely = likely_encoding(text, guessable).filter(|likely| *likely != chosen)?;
    let secret = Secret::from(text.to_owned());
    let now = chosen.decode(&secret).ok()?;
    let then = likely.decode(&secret).ok().filter(|then| *then != now)?;
    let read = match chosen {
        SecretEncoding::Utf8 => "As text".to_owned(),
        SecretEncoding::Base64 | SecretEncoding::Base64url | SecretEncoding::Hex => format!("As {}", chosen.label()),
    };
    let message = format!(
        "{read}: {} bytes. Decoded from {}: {} bytes. The signatures differ.",
        now.len(),
        likely.label(),
        then.len()
    );
    let finding = finding("K03", Severity::Warning, message);
    let holds = then.len() >= minimum.min(now.len()) && strength::weakness(then.bytes()).is_none();
    let change = Change::ReadSecretAs(likely);
    Some(if holds { finding.fixed_by(format!("Read as {}", likely.label()), change) } else { finding })
}

/// The encoding that a text was most likely written in, if it is not just text.
fn likely_encoding(text: &str, guessable: bool) -> Option<SecretEncoding> {
    let text = text.trim_ascii();
    if text.len() > LONGEST_TYPED || text.bytes().any(|byte| byte.is_ascii_whitespace()) {
        return None;
    }
    let has = |is: fn(&u8) -> bool| text.as_bytes().iter().any(is);
    let has_digit = has(u8::is_ascii_digit);
    if text.len() >= 2 * LIKELY_BYTES
        && text.len().is_multiple_of(2)
        && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    {
        // A long number is no less a number for having an even length.
        return has(|byte| byte.is_ascii_alphabetic()).then_some(SecretEncoding::Hex);
    }
    let is_url_safe = has(|byte| matches!(byte, b'-' | b'_'));
    let encoding = if is_url_safe { SecretEncoding::Base64url } else { SecretEncoding::Base64 };
    let decoded =
        encoding.decode(&Secret::from(text.to_owned())).ok().filter(|decoded| decoded.len() >= LIKELY_BYTES)?;
    let mixed = has_digit && has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    let padded = text.ends_with('=') && text.len().is_multiple_of(4);
    let is_text = decoded.as_str().is_some_and(|text| text.chars().all(|char| !char.is_control()));
    (padded || (mixed && (!guessable || is_text))).then_some(encoding)
}

/// K04: white space around a secret that is text, where it counts.
fn white_space(text: &str, encoding: SecretEncoding, guessable: bool, minimum: usize) -> Option<Finding> {
    let trimmed = text.trim();
    if encoding != SecretEncoding::Utf8 || trimmed.len() == text.len() {
        return None;
    }
    let breaks = text.len() - text.trim_end_matches(['\r', '\n']).len();
    let what = if breaks > 0 { "a line break at its end" } else { "white space around it" };
    let message =
        format!("The secret has {what}, which is part of it: {} bytes, {} without.", text.len(), trimmed.len());
    let finding = finding("K04", Severity::Warning, message);
    let is_worse = (trimmed.len() < minimum && text.len() >= minimum)
        || (!guessable && strength::weakness(trimmed.as_bytes()).is_some());
    Some(if is_worse { finding } else { finding.fixed_by("Trim", Change::TrimSecret) })
}

/// K05: the text of a key file used as a secret.
fn key_as_text(key: &Key, algorithm: Option<Algorithm>) -> Option<Finding> {
    let text = std::str::from_utf8(key.secret_bytes()).ok()?.trim();
    let hmac = algorithm.unwrap_or(Algorithm::HS256);
    let message = match KeyText::of(text)? {
        KeyText::Public(what) => format!("This is {what}. With {hmac} anyone who has it can forge tokens."),
        KeyText::Private => {
            format!("This is a private key. With {hmac} its text is the secret, and the public key verifies nothing.")
        }
        KeyText::SecretJwk => "This is a JWK: the secret is its member k, not the text around it.".to_owned(),
    };
    let finding = finding("K05", Severity::Error, message);
    let read = Key::read(text.as_bytes()).ok().and_then(|key| key.kind().algorithms().next());
    Some(match read.filter(|meant| meant.family() != Family::Hmac) {
        Some(meant) => finding.fixed_by(format!("Sign with {meant}"), Change::Sign(meant)),
        None => finding,
    })
}

/// What a text is that was made to be read as a key.
enum KeyText {
    /// Something that is no secret, with its article.
    Public(&'static str),
    /// A private key.
    Private,
    /// A shared secret as JWK.
    SecretJwk,
}

impl KeyText {
    fn of(text: &str) -> Option<Self> {
        if text.contains("-----BEGIN ") {
            return Some(match text {
                _ if text.contains("PRIVATE KEY-----") => Self::Private,
                _ if text.contains("CERTIFICATE-----") => Self::Public("a certificate"),
                _ => Self::Public("a public key"),
            });
        }
        if ["ssh-rsa ", "ssh-ed25519 ", "ecdsa-sha2-"].iter().any(|start| text.starts_with(start)) {
            return Some(Self::Public("a public key"));
        }
        let json = text.starts_with('{').then(|| Json::parse(text).ok()).flatten()?;
        let root = json.root();
        if root.get("keys").is_some_and(|keys| keys.kind() == Kind::Array) {
            return Some(Self::Public("a JWK Set"));
        }
        let kind = root.get("kty")?.as_str()?;
        Some(match &*kind {
            "oct" => Self::SecretJwk,
            _ if root.get("d").is_some() => Self::Private,
            _ => Self::Public("a public key as JWK"),
        })
    }
}

/// K07: the wrong half of a key pair.
fn wrong_half(key: &Key, algorithm: Algorithm, view: &View<'_>) -> Option<Finding> {
    if key.kind() == KeyKind::Secret || !key.kind().fits(algorithm) {
        return None;
    }
    match (view.is_issuing(), key.is_private()) {
        (true, false) => {
            let message = "This is a public key: it verifies, only the private key signs.";
            let kind = key.kind();
            let fix = Change::GenerateKey(kind);
            Some(finding("K07", Severity::Error, message).fixed_by(format!("Generate {}", kind.phrase()), fix))
        }
        (false, true) => {
            let message = "This is a private key; to verify, the public key is enough, and cannot be misused.";
            Some(finding("K07", Severity::Warning, message).fixed_by("Keep the public part", Change::ExtractPublic))
        }
        _ => None,
    }
}
