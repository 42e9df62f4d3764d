//! Key files as arguments name them, and the passphrases that open them.

use std::path::{Path, PathBuf};

use super::failure::{Failure, Stop};
use super::input::{self, Input};
use crate::jose::error::Problem;
use crate::jose::key_read::{KeyFile, PASSPHRASE_NEEDED};
use crate::jose::secret::Secret;
use crate::jose::text::visible_path;

/// The passphrase of an encrypted key.
#[derive(Debug, Default, clap::Args)]
#[group(skip)]
pub struct Passphrase {
    /// The passphrase of an encrypted key, in a file; one line end at its end is left out
    #[arg(long, value_name = "FILE", group = "passphrase")]
    passphrase_file: Option<PathBuf>,
    /// The passphrase of an encrypted key, in an environment variable
    #[arg(long, value_name = "NAME", group = "passphrase")]
    passphrase_env: Option<String>,
}

impl Passphrase {
    fn read(&self, input: &mut Input) -> Result<Option<Secret>, Problem> {
        if let Some(path) = &self.passphrase_file {
            return Ok(Some(input::without_line_end(&input.bytes(path)?)));
        }
        self.passphrase_env.as_deref().map(|name| input::secret_from_env(name, "--passphrase-file")).transpose()
    }
}

/// Everything about the keys in a file; `-` is standard input.
///
/// # Errors
/// A file or passphrase that cannot be read. What is in the file is told in the result.
pub fn survey(path: &Path, passphrase: &Passphrase, input: &mut Input) -> Result<(KeyFile, Secret), Problem> {
    let passphrase = passphrase.read(input)?;
    let content = input.bytes(path)?;
    let mut file = KeyFile::survey(content.bytes(), passphrase.as_ref());
    for refused in file.refused.iter_mut().filter(|refused| refused.problem.code == PASSPHRASE_NEEDED) {
        refused.problem.help = "Name its passphrase with --passphrase-file FILE or --passphrase-env NAME.".to_owned();
    }
    Ok((file, content))
}

/// The keys in a file that can be used, at least one, and the content of the file.
///
/// # Errors
/// Those of [`survey`], and why the first key cannot be used when none can.
pub fn read(path: &Path, passphrase: &Passphrase, input: &mut Input) -> Result<(KeyFile, Secret), Stop> {
    let (mut file, content) = survey(path, passphrase, input)?;
    if file.keys.is_empty() {
        let problem = file.refused.swap_remove(0).problem;
        return Err(Failure::in_text(problem, content.as_str().unwrap_or_default(), &visible_path(path)).into());
    }
    Ok((file, content))
}
