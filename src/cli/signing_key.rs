//! Choosing the key to sign with.

use super::failure::{Failure, Stop};
use super::input::{self, Input};
use super::key_arguments::KeyArguments;
use crate::jose::error::Problem;
use crate::jose::jwa::{Algorithm, KeyKind};
use crate::jose::key::{Key, Operation};
use crate::jose::key_read::KeyFile;
use crate::jose::key_set;
use crate::jose::secret::{Secret, SecretEncoding};
use crate::jose::text::{shown, visible_path};
use crate::template::file::KeyHints;

/// A key to sign with, and what the user must be told about it.
pub struct Chosen {
    /// The key.
    pub key: Key,
    /// Where a secret was made up: the only place where it is ever shown.
    pub note: Option<String>,
}

/// The key for `algorithm` and the `kid` of the header: the one named, else the secret the template hints at, else a new
/// secret.
///
/// # Errors
/// Files and variables that cannot be read, texts that are no key, keys that do not fit, and no key at all for an
/// algorithm that signs with a private key.
pub fn choose(
    arguments: &KeyArguments,
    algorithm: Algorithm,
    kid: Option<&str>,
    hints: &KeyHints,
    input: &mut Input,
) -> Result<Chosen, Stop> {
    let key = match named(arguments, algorithm, kid, hints, input)? {
        Some(key) => key,
        None if algorithm.key_kind() != KeyKind::Secret => return Err(private_key_needed(algorithm).into()),
        None => match &hints.env {
            Some(name) => {
                let encoding = arguments.secret_encoding().or(hints.secret_encoding).unwrap_or_default();
                Key::secret(encoding.decode(&input::secret_from_env(name, "--secret-file")?)?)
            }
            None => return Ok(generated(algorithm)?),
        },
    };
    may_sign(&key, algorithm)?;
    Ok(Chosen { key, note: None })
}

/// The key that the arguments name, if they do, whether it fits `algorithm` or not.
///
/// # Errors
/// Files and variables that cannot be read, texts that are no key, and a set that does not say which key to take.
pub fn named(
    arguments: &KeyArguments,
    algorithm: Algorithm,
    kid: Option<&str>,
    hints: &KeyHints,
    input: &mut Input,
) -> Result<Option<Key>, Stop> {
    let Some(keys) = arguments.given(hints.secret_encoding, input)? else { return Ok(None) };
    let key = private_key(&keys.file, kid, algorithm).cloned().map_err(|problem| match arguments.file() {
        Some(path) => Failure::in_text(problem, "", &visible_path(path)),
        None => problem.into(),
    })?;
    Ok(Some(key))
}

/// Whether a key fits `algorithm` and does not forbid signing with it.
///
/// # Errors
/// Why it may not.
pub fn may_sign(key: &Key, algorithm: Algorithm) -> Result<(), Problem> {
    key.fits(algorithm)?;
    key.restrictions().permit(algorithm, Operation::Sign)
}

/// The one key of a file to sign with.
fn private_key<'f>(file: &'f KeyFile, kid: Option<&str>, algorithm: Algorithm) -> Result<&'f Key, Problem> {
    let found = key_set::candidates(&file.keys, kid, algorithm, Operation::Sign);
    match found.as_slice() {
        [key] if !key.is_private() && file.form.ends_with("CERTIFICATE") => {
            Err(Problem::new("key-public", "A certificate holds a public key: it verifies, it does not sign")
                .help("Name the private key that belongs to it."))
        }
        [key] => Ok(key),
        // None may sign: why not is said of the first.
        [key, ..] if key.permits(algorithm, Operation::Sign).is_err() => Ok(key),
        keys => {
            let names: Vec<_> = keys.iter().filter_map(|key| key.kid()).map(shown).collect();
            let message = format!("{} keys of this JWK Set can sign with {algorithm}, and none is named", keys.len());
            Err(Problem::new("key-choice", message)
                .help(format!("Name one as kid in the header; their key IDs: {}.", names.join(", "))))
        }
    }
}

fn generated(algorithm: Algorithm) -> Result<Chosen, Problem> {
    let bits = algorithm.minimum_secret_bits().unwrap_or(256);
    let mut bytes = vec![0; bits / 8];
    crate::jobs::fill_random(&mut bytes)?;
    let secret = Secret::from(bytes);
    let text = SecretEncoding::Base64url.encode(&secret);
    let note = format!(
        "note: no secret was given; signed with a new one of {bits} bits, base64url:\n  {}\n  To use it again: \
         --secret-env NAME --secret-encoding base64url",
        text.as_str().unwrap_or_default()
    );
    Ok(Chosen { key: Key::secret(secret), note: Some(note) })
}

fn private_key_needed(algorithm: Algorithm) -> Problem {
    let make = match algorithm.key_kind() {
        KeyKind::Secret | KeyKind::Rsa => "RSA -pkeyopt rsa_keygen_bits:2048",
        KeyKind::P256 => "EC -pkeyopt ec_paramgen_curve:P-256",
        KeyKind::P384 => "EC -pkeyopt ec_paramgen_curve:P-384",
        KeyKind::P521 => "EC -pkeyopt ec_paramgen_curve:P-521",
        KeyKind::Ed25519 => "ED25519",
    };
    let message = format!("{} signs with {}, and none was given", algorithm.name(), algorithm.key_kind().phrase());
    Problem::new("key-missing", message).help(format!(
        "Name a private key with --key FILE. To make one: openssl genpkey -algorithm {make} -out key.pem"
    ))
}
