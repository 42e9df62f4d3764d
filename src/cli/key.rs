//! `jwt-workbench key`: what a key is, new keys, and keys in another form.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};

use super::failure::{Failure, Stop};
use super::input::Input;
use super::key_inspect::KeyInspect;
use super::key_source::{self, Passphrase};
use super::output::Output;
use crate::jose::error::Problem;
use crate::jose::jwa::{Algorithm, KeyKind};
use crate::jose::key::Key;
use crate::jose::restrictions::Restrictions;
use crate::jose::secret::Secret;
use crate::jose::text::visible_path;

/// What to do with a key.
#[derive(Debug, clap::Subcommand)]
pub enum KeyCommand {
    /// Tell what a key is, what it fits and what is wrong with it
    Inspect(KeyInspect),
    /// Make a new key for an algorithm
    Generate(KeyGenerate),
    /// Write a key in another form
    Convert(KeyConvert),
}

impl KeyCommand {
    /// Whether answers and errors are JSON.
    pub const fn is_json(&self) -> bool {
        match self {
            Self::Inspect(inspect) => inspect.is_json(),
            Self::Generate(_) | Self::Convert(_) => false,
        }
    }

    /// Does it.
    ///
    /// # Errors
    /// An input that cannot be read, a key that cannot be used as asked, and an output that cannot be written.
    pub fn run(&self) -> Result<ExitCode, Stop> {
        match self {
            Self::Inspect(inspect) => inspect.run(),
            Self::Generate(generate) => generate.run(),
            Self::Convert(convert) => convert.run(),
        }
    }
}

/// A new key.
#[derive(Debug, clap::Args)]
pub struct KeyGenerate {
    /// What it is for: HS256, RS256 or PS256, the same with 384 or 512; ES256, ES384, ES512, EdDSA
    alg: String,
    /// Its size: 256, 384 or 512 for a secret, 2048 to 4096 for RSA; the curve decides for the others
    #[arg(long, value_name = "N")]
    bits: Option<usize>,
    /// How to write it [default: pem, and jwk for a secret]
    #[arg(long, value_parser = PossibleValuesParser::new(["pem", "jwk"]).map(|name| form(&name)))]
    format: Option<Form>,
    #[command(flatten)]
    target: Target,
}

/// A key in another form.
#[derive(Debug, clap::Args)]
pub struct KeyConvert {
    /// The key: PEM, DER, a certificate, a JWK or a JWK Set of one key; - reads standard input
    file: PathBuf,
    /// The form to write; pem and jwk keep the private part if there is one, without a passphrase
    #[arg(long, value_parser = PossibleValuesParser::new(["pem", "jwk", "public-pem", "public-jwk"]).map(|name| form(&name)))]
    to: Form,
    #[command(flatten)]
    passphrase: Passphrase,
    #[command(flatten)]
    target: Target,
}

/// Where a key goes, and under which name.
#[derive(Debug, clap::Args)]
struct Target {
    /// The key ID of a JWK [default: the one it has, or the RFC 7638 thumbprint of its public part]
    #[arg(long)]
    kid: Option<String>,
    /// Write it to a new file only you can read, instead of to standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file if there is one
    #[arg(long, requires = "output")]
    force: bool,
}

#[derive(Clone, Copy, Debug)]
struct Form {
    jwk: bool,
    public: bool,
}

fn form(name: &str) -> Form {
    Form { jwk: name.ends_with("jwk"), public: name.starts_with("public") }
}

impl KeyGenerate {
    fn run(&self) -> Result<ExitCode, Stop> {
        let algorithm = Algorithm::from_name(&self.alg)?;
        let kind = algorithm.key_kind();
        if kind != KeyKind::Rsa && kind != KeyKind::Secret && self.bits.is_some() {
            return Err(Problem::new("usage", format!("The size of {} is given by its curve", kind.phrase()))
                .help("Leave --bits out.")
                .into());
        }
        let key = Key::generate(kind, self.bits.or_else(|| algorithm.minimum_secret_bits()))?;
        if let Some(minimum) = algorithm.minimum_secret_bits().filter(|minimum| key.bits() < *minimum) {
            let message = format!("{algorithm} needs a secret of at least {minimum} bits (RFC 7518 §3.2)");
            return Err(Problem::new("secret-too-short", message).help("Leave --bits out, or ask for more.").into());
        }
        let alone = Restrictions {
            alg: Some(algorithm.name().to_owned()),
            usage: Some("sig".to_owned()),
            ..Restrictions::default()
        };
        let form = self.format.unwrap_or(Form { jwk: kind == KeyKind::Secret, public: false });
        self.target.write(key.with_restrictions(alone), form)
    }
}

impl KeyConvert {
    fn run(&self) -> Result<ExitCode, Stop> {
        let (file, _) = key_source::read(&self.file, &self.passphrase, &mut Input::default())?;
        let count = file.keys.len() + file.refused.len();
        let Some(key) = file.keys.into_iter().next().filter(|_| count == 1) else {
            let problem = Problem::new("jwk-set", format!("This is a JWK Set of {count} keys, not one key"))
                .help("Copy the one key you need, from its '{' to its '}', and pipe it into key convert -.");
            return Err(Failure::in_text(problem, "", &visible_path(&self.file)).into());
        };
        self.target.write(key, self.to)
    }
}

impl Target {
    fn write(&self, key: Key, form: Form) -> Result<ExitCode, Stop> {
        let kid = self.kid.clone().or_else(|| key.kid().map(str::to_owned)).or_else(|| key.thumbprint());
        let private = key.is_private() && !form.public;
        let text: Secret = if form.jwk { key.with_kid(kid).to_jwk(private)? } else { key.to_pem(private)? };
        let mut output = match &self.output {
            Some(path) if !self.force && path.symlink_metadata().is_ok() => {
                return Err(Problem::new("file-exists", format!("{} exists already", visible_path(path)))
                    .help("Name another file, or add --force to replace it.")
                    .into());
            }
            Some(path) => Output::private_file(path)?,
            None => Output::standard(),
        };
        output.line(text.as_str().unwrap_or_default().trim_end())?;
        output.finish()?;
        Ok(ExitCode::SUCCESS)
    }
}
