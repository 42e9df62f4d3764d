//! The arguments that name a secret or key to sign with.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, StringValueParser, TypedValueParser as _};

use super::failure::{Failure, Stop};
use super::input::Input;
use crate::jose::error::Problem;
use crate::jose::jwa::{Algorithm, KeyKind};
use crate::jose::key::Key;
use crate::jose::secret::{Secret, SecretEncoding};
use crate::jose::text::visible_path;
use crate::template::file::KeyHints;

/// A secret or key; at most one.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct SigningKey {
    /// A private key in a file: PEM or JWK; - reads standard input
    #[arg(long, value_name = "FILE", group = "signing_key", help_heading = HEADING)]
    key: Option<PathBuf>,
    /// The secret in a file; one line end at the end of a text is left out
    #[arg(long, value_name = "FILE", group = "signing_key", help_heading = HEADING)]
    secret_file: Option<PathBuf>,
    /// The secret in an environment variable
    #[arg(long, value_name = "NAME", group = "signing_key", help_heading = HEADING)]
    secret_env: Option<String>,
    /// The secret itself. Warning: other users of this machine can see it, and the shell keeps it in its history
    #[arg(long, value_name = "TEXT", group = "signing_key", help_heading = HEADING, allow_hyphen_values = true,
        value_parser = StringValueParser::new().map(Secret::from))]
    secret: Option<Secret>,
    /// What the text of the secret stands for
    #[arg(long, value_name = "ENCODING", help_heading = HEADING,
        value_parser = PossibleValuesParser::new(SecretEncoding::ALL.map(SecretEncoding::label)).map(|name| encoding(&name)))]
    secret_encoding: Option<SecretEncoding>,
}

const HEADING: &str = "Key or secret";

/// A key to sign with, and what the user must be told about it.
pub struct Chosen {
    /// The key.
    pub key: Key,
    /// Where a secret was made up: the only place where it is ever shown.
    pub note: Option<String>,
}

impl SigningKey {
    /// The key for `algorithm`: the one named, else the secret the template hints at, else a new secret.
    ///
    /// # Errors
    /// Files and variables that cannot be read, texts that are no key, keys that do not fit, and no key at all for an
    /// algorithm that signs with a private key.
    pub fn choose(&self, algorithm: Algorithm, hints: &KeyHints, input: &mut Input) -> Result<Chosen, Stop> {
        let key = match self.named(hints, input)? {
            Some(key) => key,
            None if algorithm.key_kind() != KeyKind::Secret => return Err(private_key_needed(algorithm).into()),
            None => match &hints.env {
                Some(name) => self.secret_key(&secret_from_env(name)?, hints)?,
                None => return Ok(generated(algorithm)?),
            },
        };
        key.fits(algorithm)?;
        Ok(Chosen { key, note: None })
    }

    fn named(&self, hints: &KeyHints, input: &mut Input) -> Result<Option<Key>, Stop> {
        let secret = if let Some(path) = &self.key {
            let content = input.bytes(path)?;
            let in_file =
                |problem| Failure::in_text(problem, content.as_str().unwrap_or_default(), &visible_path(path));
            return Ok(Some(Key::read(content.bytes()).map_err(in_file)?));
        } else if let Some(path) = &self.secret_file {
            without_line_end(&input.bytes(path)?)
        } else if let Some(name) = &self.secret_env {
            secret_from_env(name)?
        } else if let Some(text) = &self.secret {
            text.clone()
        } else {
            return Ok(None);
        };
        Ok(Some(self.secret_key(&secret, hints)?))
    }

    fn secret_key(&self, text: &Secret, hints: &KeyHints) -> Result<Key, Problem> {
        let encoding = self.secret_encoding.or(hints.secret_encoding).unwrap_or_default();
        Ok(Key::secret(encoding.decode(text)?))
    }
}

fn encoding(name: &str) -> SecretEncoding {
    SecretEncoding::ALL.into_iter().find(|encoding| encoding.label() == name).unwrap_or_default()
}

/// Editors end a text with a line end nobody means; bytes that are no text are taken as they are.
fn without_line_end(content: &Secret) -> Secret {
    let line = content.as_str().and_then(|text| text.strip_suffix('\n'));
    let text = line.map(|line| line.strip_suffix('\r').unwrap_or(line));
    text.map_or_else(|| content.clone(), |text| Secret::from(text.to_owned()))
}

fn secret_from_env(name: &str) -> Result<Secret, Problem> {
    let help = format!("Set {name}, or name the secret with --secret-file.");
    match std::env::var(name) {
        Ok(text) => Ok(Secret::from(text)),
        Err(std::env::VarError::NotPresent) => {
            Err(Problem::new("secret-missing", format!("The environment variable {name} is not set")).help(help))
        }
        Err(std::env::VarError::NotUnicode(_)) => {
            Err(Problem::new("secret-missing", format!("The environment variable {name} is not UTF-8 text")).help(help))
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
