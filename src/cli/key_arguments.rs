//! The arguments that name a secret or key.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, StringValueParser, TypedValueParser as _};

use super::failure::Stop;
use super::input::{self, Input};
use super::key_source::{self, Passphrase};
use crate::jose::doctor::Suspect;
use crate::jose::error::Problem;
use crate::jose::key::Key;
use crate::jose::key_read::KeyFile;
use crate::jose::secret::{Secret, SecretEncoding};

/// A secret or key; at most one.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct KeyArguments {
    /// A key in a file: PEM, DER, JWK or JWK Set; - reads standard input
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
    #[command(flatten)]
    passphrase: Passphrase,
}

const HEADING: &str = "Key or secret";

impl KeyArguments {
    /// The keys that are named, if any are; `encoding` is that of a secret for which none is given.
    ///
    /// # Errors
    /// Files and variables that cannot be read, and texts that are no key.
    pub fn given(&self, encoding: Option<SecretEncoding>, input: &mut Input) -> Result<Option<Keys>, Stop> {
        let secret = if let Some(path) = &self.key {
            let (file, source) = key_source::read(path, &self.passphrase, input)?;
            return Ok(Some(Keys::read(file, source)));
        } else if let Some(path) = &self.secret_file {
            input::without_line_end(&input.bytes(path)?)
        } else if let Some(name) = &self.secret_env {
            input::secret_from_env(name, "--secret-file")?
        } else if let Some(text) = &self.secret {
            text.clone()
        } else {
            return Ok(None);
        };
        Ok(Some(Keys::secret(secret, self.secret_encoding.or(encoding).unwrap_or_default())?))
    }

    /// The file of the key, if one is named.
    pub fn file(&self) -> Option<&Path> {
        self.key.as_deref()
    }

    /// The encoding that is named for secrets.
    pub const fn secret_encoding(&self) -> Option<SecretEncoding> {
        self.secret_encoding
    }
}

/// Keys, and how they were given.
#[derive(Default)]
pub struct Keys {
    /// The keys, and those that cannot be used.
    pub file: KeyFile,
    /// A secret as it was typed.
    pub typed: Option<(Secret, SecretEncoding)>,
    /// The text or bytes that the keys were read from.
    pub source: Option<Secret>,
}

impl Keys {
    /// A secret in this encoding.
    ///
    /// # Errors
    /// A text that is not in this encoding.
    pub fn secret(text: Secret, encoding: SecretEncoding) -> Result<Self, Problem> {
        let key = Key::secret(encoding.decode(&text)?);
        let file = KeyFile { form: "secret".to_owned(), keys: vec![key], ..KeyFile::default() };
        Ok(Self { file, typed: Some((text, encoding)), source: None })
    }

    /// Keys in a file or text.
    pub fn read(file: KeyFile, source: Secret) -> Self {
        Self { file, typed: None, source: Some(source) }
    }

    /// Whether there is no key, not even one that cannot be used.
    pub const fn is_empty(&self) -> bool {
        self.file.keys.is_empty() && self.file.refused.is_empty()
    }

    /// The keys for the key doctor.
    pub fn suspects(&self) -> Vec<Suspect> {
        let number = self.file.keys.len();
        let name = |key: &Key| key.kid().map_or_else(|| "the key given".to_owned(), str::to_owned);
        let suspect = |key: &Key| Suspect {
            name: if self.typed.is_some() { "as given".to_owned() } else { name(key) },
            key: key.clone(),
            typed: self.typed.clone(),
            source: self.source.clone().filter(|_| number == 1),
        };
        self.file.keys.iter().map(suspect).collect()
    }
}

fn encoding(name: &str) -> SecretEncoding {
    SecretEncoding::ALL.into_iter().find(|encoding| encoding.label() == name).unwrap_or_default()
}
