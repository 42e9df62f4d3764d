//! Files on their way: what is being written, what waits for that, and what was read while the draft was unsaved.

use std::path::PathBuf;

use super::command::FileCommand;
use super::effect::Over;
use super::file_stamp::FileStamp;
use super::file_task::FileTasks;
use crate::template::file::TemplateFile;
use crate::template::recognise::Opened;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Filing {
    /// What is read and written now.
    pub(super) tasks: FileTasks,
    /// What to do once the draft is saved.
    pub(super) after_save: Option<FileCommand>,
    /// What to do once the comparison is saved.
    pub(super) after_comparison: Option<FileCommand>,
    /// What is being written, and which draft it is of.
    pub(super) saving: Option<(u64, TemplateFile)>,
    /// Where to save next, once the save that is under way has ended.
    pub(super) next_save: Option<(PathBuf, Over)>,
    /// The file to be read in place of the draft, whose changes up to this revision may be dropped.
    pub(super) replaceable: Option<(PathBuf, u64)>,
    /// What was opened while the draft was unsaved.
    pub(super) opened: Option<(PathBuf, Opened, FileStamp)>,
}
