//! Reads rows on a thread of its own, ahead of those who mint.

use std::io::Read;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::crew::{News, no_thread};
use super::plan::Shard;
use super::records::Batch;
use super::rows::Rows;
use crate::jose::error::Problem;

/// The bytes of the rows that are handed over at once, about.
const BATCH_BYTES: usize = 128 * 1024;

/// The rows of a file, of which nothing is known but how to read on.
pub type FileRows = Rows<Box<dyn Read + Send>>;

/// What comes of reading.
#[derive(Debug)]
pub(super) enum Fed {
    /// Some rows.
    Rows(Batch),
    /// There are no more.
    End,
    /// There may be more, but they cannot be read.
    Failed(Problem),
}

/// Which rows are wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// So many come before the first.
    pub(super) from: u64,
    pub(super) shard: Shard,
    /// The most that are handed over at once.
    pub(super) most: usize,
}

/// Starts reading. For every batch that is sent to the channel returned, one comes back in the news.
///
/// The thread is not waited for: it may hang in a pipe that nobody writes to.
///
/// # Errors
/// When the system has no thread to spare.
pub(super) fn start(rows: FileRows, wanted: Wanted, news: Sender<News>) -> Result<Sender<Batch>, Problem> {
    let (free, batches) = channel();
    let name = "rows".to_owned();
    thread::Builder::new()
        .name(name)
        .spawn(move || feed(rows, wanted, &batches, &news))
        .map_err(|error| no_thread(&error))?;
    Ok(free)
}

fn feed(mut rows: FileRows, wanted: Wanted, batches: &Receiver<Batch>, news: &Sender<News>) {
    let mut index = 0;
    for mut batch in batches {
        batch.clear();
        let outcome = fill(&mut rows, &mut batch, &mut index, wanted);
        // Nobody listens any more when a run has ended early.
        if batch.len() > 0 && news.send(News::Fed(Fed::Rows(batch))).is_err() {
            return;
        }
        let end = match outcome {
            Ok(true) => continue,
            Ok(false) => Fed::End,
            Err(problem) => Fed::Failed(problem),
        };
        news.send(News::Fed(end)).ok();
        return;
    }
}

/// Reads what is at hand, at least one row; `false` at the end of the file.
fn fill<R: Read>(rows: &mut Rows<R>, batch: &mut Batch, index: &mut u64, wanted: Wanted) -> Result<bool, Problem> {
    let Wanted { from, shard, most } = wanted;
    if let Some((record, line)) = rows.first.take() {
        batch.add(&record, line, *index, from, shard);
        *index += 1;
    }
    loop {
        let is_full = batch.len() >= most || batch.bytes() >= BATCH_BYTES;
        if is_full || (batch.len() > 0 && !rows.records.is_at_hand()) {
            return Ok(true);
        }
        if !batch.read(&mut rows.records, index, from, shard)? {
            return Ok(false);
        }
    }
}
