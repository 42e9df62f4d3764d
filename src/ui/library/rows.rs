//! The rows of the list: what is found, below its folder or category.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use crate::template::gallery::Category;
use crate::ui::theme::size;
use crate::workbench::Workbench;
use crate::workbench::command::{Command, FileCommand};
use crate::workbench::library::entry::Entry;
use crate::workbench::library::examples::{ExampleEntry, examples};
use crate::workbench::library::search::Search;

/// Heights in points.
const LINE: f32 = size::ROW;
const ENTRY: f32 = size::ROW_DOUBLE;

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Row {
    /// The heading of a folder of the user, by its place.
    Shelf(usize),
    /// What is wrong with it.
    Problem(usize),
    /// There is no template in it.
    Bare,
    /// The heading of a sub-folder.
    Group(Arc<str>),
    /// A template, by its place.
    Entry(usize),
    /// The heading of the examples.
    Examples,
    /// The heading of some of them.
    Category(Category),
    /// An example, by its place.
    Example(usize),
    /// Nothing was found.
    Nothing,
}

/// What can be folded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fold {
    Shelf(PathBuf),
    Examples,
}

/// What the user has picked in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pick {
    File(PathBuf),
    Example(&'static str),
}

/// The rows, and where each begins.
#[derive(Default)]
pub(super) struct Rows {
    rows: Vec<Row>,
    /// The top of each row and the bottom of the last, in points.
    tops: Vec<f32>,
}

impl Rows {
    /// What a search finds, without what is folded.
    pub(super) fn of(workbench: &Workbench, search: &Search<'_>, folded: &BTreeSet<Fold>) -> Self {
        let mut rows = Self::default();
        rows.push_shelves(workbench, search, folded);
        rows.push_examples(search, folded);
        if rows.rows.is_empty() {
            rows.push(Row::Nothing);
        }
        rows.tops.push(rows.height());
        rows
    }

    fn push_shelves(&mut self, workbench: &Workbench, search: &Search<'_>, folded: &BTreeSet<Fold>) {
        let library = workbench.library();
        let entries = library.entries();
        for (number, shelf) in library.shelves().iter().enumerate() {
            let first = entries.partition_point(|entry| entry.shelf < number);
            let own = entries.iter().enumerate().skip(first).take_while(|(_, entry)| entry.shelf == number);
            let mut found = own.filter(|(_, entry)| search.finds(entry)).peekable();
            if !search.is_empty() && found.peek().is_none() {
                continue;
            }
            self.push(Row::Shelf(number));
            if folded.contains(&Fold::Shelf(shelf.folder.clone())) {
                continue;
            }
            if shelf.problem.is_some() {
                self.push(Row::Problem(number));
            } else if found.peek().is_none() {
                self.push(Row::Bare);
            }
            let mut group: &str = "";
            for (place, entry) in found {
                if *entry.group != *group {
                    group = &entry.group;
                    self.push(Row::Group(Arc::clone(&entry.group)));
                }
                self.push(Row::Entry(place));
            }
        }
    }

    fn push_examples(&mut self, search: &Search<'_>, folded: &BTreeSet<Fold>) {
        let found: Vec<_> =
            examples().iter().enumerate().filter(|(_, example)| search.finds_example(example)).collect();
        if found.is_empty() {
            return;
        }
        self.push(Row::Examples);
        if folded.contains(&Fold::Examples) && search.is_empty() {
            return;
        }
        let mut category = None;
        for (place, example) in found {
            if category.replace(example.category()) != Some(example.category()) {
                self.push(Row::Category(example.category()));
            }
            self.push(Row::Example(place));
        }
    }

    fn push(&mut self, row: Row) {
        self.tops.push(self.height());
        self.rows.push(row);
    }

    /// The height of all rows.
    pub(super) fn height(&self) -> f32 {
        let last = self.rows.last().map_or(0.0, Row::height);
        let top = if self.tops.len() > self.rows.len() { None } else { self.tops.last() };
        top.map_or_else(|| self.tops.last().copied().unwrap_or_default(), |top| top + last)
    }

    /// The rows that reach into this stretch, with their tops.
    pub(super) fn visible(&self, top: f32, bottom: f32) -> impl Iterator<Item = (f32, &Row)> {
        let first = self.tops.partition_point(|row| *row <= top).saturating_sub(1);
        let rows = self.tops.iter().copied().zip(&self.rows).skip(first);
        rows.take_while(move |(row, _)| *row < bottom)
    }

    /// Where the row of this pick is: its top and its height.
    pub(super) fn place(&self, pick: &Pick, workbench: &Workbench) -> Option<(f32, f32)> {
        let at = self.rows.iter().position(|row| row.is(pick, workbench))?;
        Some((*self.tops.get(at)?, self.rows.get(at)?.height()))
    }

    /// The pick so many rows further down, or up; the first or the last where there is none.
    pub(super) fn step(&self, from: Option<&Pick>, steps: isize, workbench: &Workbench) -> Option<Pick> {
        let picks: Vec<&Row> = self.rows.iter().filter(|row| matches!(row, Row::Entry(_) | Row::Example(_))).collect();
        let last = picks.len().checked_sub(1)?;
        let at = from.and_then(|pick| picks.iter().position(|row| row.is(pick, workbench)));
        let to = match at {
            Some(at) => at.saturating_add_signed(steps).min(last),
            None if steps < 0 => last,
            None => 0,
        };
        picks.get(to)?.pick(workbench)
    }
}

impl Row {
    /// The height in points.
    fn height(&self) -> f32 {
        match self {
            Self::Entry(_) | Self::Example(_) | Self::Problem(_) | Self::Bare => ENTRY,
            Self::Shelf(_) | Self::Group(_) | Self::Examples | Self::Category(_) | Self::Nothing => LINE,
        }
    }

    /// What a click on it picks.
    pub(super) fn pick(&self, workbench: &Workbench) -> Option<Pick> {
        match self {
            Self::Entry(place) => workbench.library().entries().get(*place).map(|entry| Pick::File(entry.path.clone())),
            Self::Example(place) => examples().get(*place).map(|entry| Pick::Example(entry.example.file_name)),
            _ => None,
        }
    }

    /// Whether it is the row of this pick.
    pub(super) fn is(&self, pick: &Pick, workbench: &Workbench) -> bool {
        match (self, pick) {
            (Self::Entry(place), Pick::File(path)) => {
                workbench.library().entries().get(*place).is_some_and(|entry| entry.is_at(path))
            }
            (Self::Example(place), Pick::Example(name)) => {
                examples().get(*place).is_some_and(|entry| entry.example.file_name == *name)
            }
            _ => false,
        }
    }
}

impl Pick {
    /// The template, when it is one of the user's that is still there.
    pub(super) fn entry<'w>(&self, workbench: &'w Workbench) -> Option<&'w Entry> {
        match self {
            Self::File(path) => workbench.library().entry(path),
            Self::Example(_) => None,
        }
    }

    /// The example, when it is one.
    pub(super) fn example(&self) -> Option<&'static ExampleEntry> {
        match self {
            Self::File(_) => None,
            Self::Example(name) => examples().iter().find(|entry| entry.example.file_name == *name),
        }
    }

    /// What opens it; what cannot be read says why when it is opened.
    pub(super) fn open(&self, workbench: &Workbench) -> Option<Command> {
        let command = match self {
            Self::File(_) => FileCommand::OpenPath(self.entry(workbench)?.path.clone()),
            Self::Example(name) => FileCommand::NewFromExample(name),
        };
        Some(Command::File(command))
    }
}
