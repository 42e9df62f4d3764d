//! A folder with one file for each token.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::files;
use crate::bulk::sink::Placed;
use crate::jose::error::Problem;
use crate::jose::text::visible_path;

/// The digits of a number in a file name, at least: names sort as the tokens do.
const DIGITS: usize = 8;

/// A folder of files `00000001.jwt`, each with a token and nothing else, that only their owner can read.
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Opens a folder, or makes it.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(super) fn open(path: &Path) -> Result<Self, Problem> {
        make_folder(path)?;
        Ok(Self { path: path.to_path_buf() })
    }

    /// Writes a file for each token of `text`: all of them or none, each whole. No file is replaced.
    ///
    /// # Errors
    /// When one cannot be written, or is there already.
    pub(super) fn write(&self, text: &[u8], tokens: &[Placed]) -> Result<(), Problem> {
        let mut files = Vec::with_capacity(tokens.len());
        let mut start = 0;
        for Placed { number, end } in tokens {
            let path = self.path.join(format!("{number:0DIGITS$}.jwt"));
            if path.exists() {
                return Err(exists(&path));
            }
            files.push((self.temporary(text.get(start..*end).unwrap_or_default(), &path)?, path));
            start = *end;
        }
        for (file, path) in &files {
            file.as_file().sync_all().map_err(|error| files::cannot_save(path, &error))?;
        }
        let mut named: Vec<PathBuf> = Vec::with_capacity(files.len());
        for (file, path) in files {
            if let Err(error) = file.persist_noclobber(&path) {
                for path in &named {
                    // They were made a moment ago; what cannot be removed is a token like the others.
                    fs::remove_file(path).ok();
                }
                return Err(files::cannot_save(&path, &error.error));
            }
            named.push(path);
        }
        files::sync_folder(&self.path).map_err(|error| files::cannot_save(&self.path, &error))
    }

    /// A private file with the token that has no name of its own yet.
    fn temporary(&self, token: &[u8], path: &Path) -> Result<NamedTempFile, Problem> {
        let written = tempfile::Builder::new().prefix(".token.").tempfile_in(&self.path).and_then(|mut file| {
            file.write_all(token)?;
            Ok(file)
        });
        written.map_err(|error| files::cannot_save(path, &error))
    }
}

fn exists(path: &Path) -> Problem {
    Problem::new("file-exists", format!("There is a file {} already", visible_path(path)))
        .help("Choose an empty folder, or go on from where the run ended.")
}

/// Makes a folder that only its owner can look into, if there is none.
fn make_folder(path: &Path) -> Result<(), Problem> {
    if path.is_dir() {
        return Ok(());
    }
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has modes"))]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| files::cannot_save(path, &error))
}
