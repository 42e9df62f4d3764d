//! A piece of a run that one thread does.

use std::sync::atomic::{AtomicBool, Ordering};

use super::minter::Minter;
use super::plan::Faulty;
use super::recipe::{Recipe, Refusal};
use super::records::{Batch, Layout, Place};
use super::row::Fault;
use super::row_reader::RowReader;
use super::rows::Rows;
use super::shape::Shape;
use super::sink::Placed;
use crate::jose::error::Problem;
use crate::template::cells::Cells;

/// Some tokens that follow each other in the piece of the run.
#[derive(Debug)]
pub(super) struct Task {
    /// Its place among all tasks, counted from 0.
    pub(super) order: u64,
    pub(super) work: Work,
    /// Memory to write into.
    pub(super) text: Vec<u8>,
}

/// What there is a token for.
#[derive(Debug)]
pub(super) enum Work {
    /// So many indices, `step` apart.
    Count { first: u64, step: u64, len: u64 },
    /// These rows.
    Rows(Batch),
}

/// What came of a task.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) order: u64,
    /// The tokens with all that stands around them.
    pub(super) text: Vec<u8>,
    /// Where they end, for [`Form::Folder`](super::plan::Form::Folder).
    pub(super) tokens: Vec<Placed>,
    pub(super) minted: u64,
    /// The rows that were left out, and their bytes.
    pub(super) rejected: Vec<(Fault, Vec<u8>)>,
    /// The index behind the last one that was dealt with.
    pub(super) next: u64,
    /// Why not everything was done.
    pub(super) cut: Option<Cut>,
    /// Memory to use again.
    pub(super) batch: Option<Batch>,
}

/// Why a task ended early.
#[derive(Debug)]
pub(super) enum Cut {
    /// It was told to.
    Halted,
    /// It could not go on.
    Failed(Problem),
    /// This row ends the run.
    Row(Fault),
}

/// Does tasks, on its thread.
pub(super) struct Worker<'r> {
    minter: Minter<'r>,
    reader: Option<RowReader>,
    cells: Cells,
    way: &'r Way<'r>,
}

/// What all workers of a run share.
pub(super) struct Way<'r> {
    pub(super) recipe: &'r Recipe,
    pub(super) shape: Shape,
    pub(super) faulty: Faulty,
    columns: Option<(std::sync::Arc<[String]>, Layout)>,
    /// Set when the run is to end.
    pub(super) halt: AtomicBool,
}

impl<'r> Way<'r> {
    pub(super) fn new<R: std::io::Read>(
        recipe: &'r Recipe,
        shape: Shape,
        faulty: Faulty,
        rows: Option<&Rows<R>>,
    ) -> Self {
        let columns = rows.map(|rows| (std::sync::Arc::clone(rows.columns()), rows.layout()));
        Self { recipe, shape, faulty, columns, halt: AtomicBool::new(false) }
    }
}

impl<'r> Worker<'r> {
    /// Makes ready.
    ///
    /// # Errors
    /// See [`Minter::new`].
    pub(super) fn new(way: &'r Way<'r>) -> Result<Self, Problem> {
        let reader = way.columns.as_ref().map(|(columns, layout)| RowReader::new(columns.clone(), *layout));
        Ok(Self { minter: Minter::new(way.recipe)?, reader, cells: Cells::default(), way })
    }

    /// Does a task as far as it can be done.
    pub(super) fn run(&mut self, task: Task) -> Done {
        let Task { order, work, mut text } = task;
        text.clear();
        let mut done =
            Done { order, text, tokens: Vec::new(), minted: 0, rejected: Vec::new(), next: 0, cut: None, batch: None };
        match work {
            Work::Count { first, step, len } => {
                done.next = first;
                for number in 0..len {
                    // What is counted up to was counted out before.
                    let index = first.saturating_add(number.saturating_mul(step));
                    if !self.go_on(&mut done) {
                        break;
                    }
                    match self.mint(index, &mut done) {
                        Ok(()) => done.next = index.saturating_add(1),
                        Err(no) => {
                            done.cut = Some(Cut::Failed(no.problem));
                            break;
                        }
                    }
                }
            }
            Work::Rows(batch) => {
                done.next = batch.iter().next().map_or(0, |(place, _)| place.index);
                for (place, record) in batch.iter() {
                    if !self.go_on(&mut done) {
                        break;
                    }
                    self.row(place, record, &mut done);
                    if done.cut.is_some() {
                        break;
                    }
                    done.next = place.index + 1;
                }
                done.batch = Some(batch);
            }
        }
        done
    }

    fn go_on(&self, done: &mut Done) -> bool {
        let halted = self.way.halt.load(Ordering::Relaxed);
        if halted {
            done.cut = Some(Cut::Halted);
        }
        !halted
    }

    fn row(&mut self, place: Place, record: &[u8], done: &mut Done) {
        let Some(reader) = &mut self.reader else { return };
        let outcome = match reader.read(record, &mut self.cells) {
            Ok(()) => self.mint(place.index, done),
            Err(problem) => Err(Refusal { problem, is_row: true }),
        };
        let Err(Refusal { problem, is_row }) = outcome else { return };
        if !is_row {
            done.cut = Some(Cut::Failed(problem));
            return;
        }
        let fault = Fault { line: place.line, text: String::from_utf8_lossy(record).into_owned(), problem };
        match self.way.faulty {
            Faulty::Stop => done.cut = Some(Cut::Row(fault)),
            Faulty::Skip => done.rejected.push((fault, record.to_vec())),
        }
    }

    fn mint(&mut self, index: u64, done: &mut Done) -> Result<(), Refusal> {
        let shape = &self.way.shape;
        let number = index.saturating_add(1);
        let before = done.text.len();
        shape.before(number, &self.cells, &mut done.text);
        if let Err(no) = self.minter.mint(index, &self.cells, &mut done.text) {
            done.text.truncate(before);
            return Err(no);
        }
        shape.after(&mut done.text);
        if shape.is_folder() {
            done.tokens.push(Placed { number, end: done.text.len() });
        }
        done.minted += 1;
        Ok(())
    }
}
