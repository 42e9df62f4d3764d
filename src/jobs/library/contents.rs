//! What is in the files of the library, read once for every stamp of a file.

use std::collections::HashMap;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::jobs::files::{self, FileStamp};
use crate::jose::error::Problem;
use crate::template::file::{MAX_BYTES, TemplateFile};
use crate::workbench::library::entry::{Content, Entry};
use crate::workbench::library::summary::Summary;

/// Threads that read, at most: more do not make a disk faster.
const MOST_THREADS: usize = 4;
/// It is not worth a second thread to read fewer files.
const FOR_A_THREAD: usize = 100;

/// What was read, by file.
#[derive(Default)]
pub(super) struct Contents(HashMap<PathBuf, (FileStamp, Arc<Content>)>);

impl Contents {
    /// Puts in what is known. Returns how many files are still to be read.
    pub(super) fn fill(&self, entries: &mut [Entry]) -> usize {
        for entry in entries.iter_mut() {
            let known = self.0.get(&entry.path).filter(|(stamp, _)| Some(*stamp) == entry.stamp);
            entry.content = known.map(|(_, content)| Arc::clone(content));
        }
        entries.iter().filter(|entry| entry.content.is_none()).count()
    }

    /// Reads what is still to be read, and forgets what is no longer there.
    pub(super) fn read(&mut self, entries: &mut [Entry]) {
        let mut unread: Vec<_> = entries.iter_mut().filter(|entry| entry.content.is_none()).collect();
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
        let share = unread.len().div_ceil(threads).max(FOR_A_THREAD);
        std::thread::scope(|scope| {
            let mut parts = unread.chunks_mut(share);
            let own = parts.next();
            for part in parts {
                let thread = std::thread::Builder::new().name("library-read".into());
                // Where no thread can be had, these files are read the next time.
                thread.spawn_scoped(scope, || read_all(part)).ok();
            }
            own.map(read_all);
        });
        let known = |entry: &Entry| Some((entry.path.clone(), (entry.stamp?, Arc::clone(entry.content.as_ref()?))));
        self.0 = entries.iter().filter_map(known).collect();
    }
}

fn read_all(entries: &mut [&mut Entry]) {
    for entry in entries {
        entry.content = Some(Arc::new(read(&entry.path)));
    }
}

/// What is in one file.
fn read(path: &Path) -> Content {
    let content = files::read(path, MAX_BYTES as u64)?;
    let text = content.bytes.as_str().ok_or_else(|| {
        Problem::new("file-not-text", "The file is not UTF-8 text").help("Save it as UTF-8, or remove it.")
    })?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let template = TemplateFile::parse(text).map_err(|problem| problem.placed(&name, Some(text)))?;
    Ok(Summary::of(&template))
}
