//! Reading and writing files elsewhere: which of it is under way, and which error it left behind.

use std::path::{Path, PathBuf};

use super::effect::{Effect, Event};

/// What is done with a file the user named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileTask {
    /// Reading a template, claims, a token or a key.
    Open,
    /// Reading what is to be a variant.
    OpenVariant,
    /// Writing the draft.
    Save,
    /// Writing the comparison.
    SaveComparison,
    /// Writing a table, a picture, claims or a token.
    Export,
    /// Writing a key.
    WriteKey,
}

impl FileTask {
    /// The word for it while it goes on.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open | Self::OpenVariant => "Opening",
            Self::Save | Self::SaveComparison | Self::Export | Self::WriteKey => "Saving",
        }
    }

    fn begun_by(effect: &Effect) -> Option<(Self, &Path)> {
        match effect {
            Effect::Open(path) | Effect::OpenKey(path) => Some((Self::Open, path)),
            Effect::OpenVariant(path) => Some((Self::OpenVariant, path)),
            Effect::Save { path, .. } => Some((Self::Save, path)),
            Effect::SaveComparison { path, .. } => Some((Self::SaveComparison, path)),
            Effect::WriteExport { path, .. } => Some((Self::Export, path)),
            Effect::WriteKey { path, .. } => Some((Self::WriteKey, path)),
            _ => None,
        }
    }

    fn ended_by(event: &Event) -> Option<(Self, &Path)> {
        match event {
            Event::Opened(path, _) => Some((Self::Open, path)),
            Event::VariantOpened(path, _) => Some((Self::OpenVariant, path)),
            Event::Saved(path, _) => Some((Self::Save, path)),
            Event::ComparisonSaved(path, _) => Some((Self::SaveComparison, path)),
            Event::Exported(path, _) => Some((Self::Export, path)),
            Event::KeyWritten(path, _) => Some((Self::WriteKey, path)),
            _ => None,
        }
    }
}

/// The tasks that have not ended, the oldest first.
#[derive(Debug, Default)]
pub(super) struct FileTasks(Vec<(FileTask, PathBuf)>);

impl FileTasks {
    /// The tasks and their files.
    pub(super) fn under_way(&self) -> impl Iterator<Item = (FileTask, &Path)> {
        self.0.iter().map(|(task, path)| (*task, path.as_path()))
    }

    /// Notes what these effects begin, and tells which tasks those are.
    pub(super) fn begin(&mut self, effects: &[Effect]) -> Vec<FileTask> {
        let begun: Vec<_> = effects.iter().filter_map(FileTask::begun_by).collect();
        self.0.extend(begun.iter().map(|(task, path)| (*task, (*path).to_owned())));
        begun.into_iter().map(|(task, _)| task).collect()
    }

    /// Notes what this event ends, if it ends one.
    pub(super) fn end(&mut self, event: &Event) -> Option<FileTask> {
        let (task, path) = FileTask::ended_by(event)?;
        let place = self.0.iter().position(|(other, of)| (*other, of.as_path()) == (task, path));
        place.map(|place| self.0.remove(place));
        Some(task)
    }
}
