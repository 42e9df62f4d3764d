//! Saving the draft: one save at a time, and never over what nobody has agreed to lose.

use std::path::{Path, PathBuf};

use super::Workbench;
use super::effect::{Effect, Origin, Over, SaveFailure};
use super::file_stamp::FileStamp;
use super::question::Question;
use crate::jose::error::Problem;
use crate::jose::text::visible_path;
use crate::template::file::TemplateFile;

impl Workbench {
    /// Saves to `path`. The draft's own file is overwritten unless it changed since; another one is taken for `over`.
    pub(super) fn save_to(&mut self, path: PathBuf, over: Over) -> Vec<Effect> {
        let own = self.draft.origin().filter(|origin| origin.path == path).and_then(|origin| origin.stamp);
        self.write(path, own.map_or(over, Over::Known))
    }

    /// One save at a time: the next one waits, and then writes what the draft is by then.
    pub(super) fn write(&mut self, path: PathBuf, over: Over) -> Vec<Effect> {
        if self.filing.saving.is_some() {
            self.filing.next_save = Some((path, over));
            return Vec::new();
        }
        match self.draft.template().to_text() {
            Ok(text) => {
                self.filing.saving = Some((self.draft.born(), self.draft.template().clone()));
                vec![Effect::Save { path, text, over }]
            }
            Err(problem) => {
                self.filing.after_save = None;
                self.complain(problem)
            }
        }
    }

    pub(super) fn on_saved(&mut self, path: &Path, outcome: Result<FileStamp, SaveFailure>) -> Vec<Effect> {
        // Another draft may have taken the place of the one that was saved.
        let saved = self.filing.saving.take().filter(|(draft, _)| *draft == self.draft.born());
        let ours = saved.is_some();
        let mut effects = match (outcome, saved) {
            (Ok(stamp), saved) => self.on_save_done(path, stamp, saved.map(|(_, template)| template)),
            (Err(failure), Some(_)) => return self.on_save_failed(path.to_owned(), failure),
            (Err(failure), None) => self.complain(save_problem(path, failure)),
        };
        match self.filing.next_save.take() {
            Some((next, over)) if self.draft.path() != Some(&next) || self.draft.is_unsaved() => {
                effects.extend(self.save_to(next, over));
            }
            _ if ours => {
                effects.extend(self.filing.after_save.take().map(|then| self.apply_file(then)).into_iter().flatten())
            }
            _ => {}
        }
        effects
    }

    fn on_save_done(&mut self, path: &Path, stamp: FileStamp, saved: Option<TemplateFile>) -> Vec<Effect> {
        self.notices.done(format!("Saved to {}.", visible_path(path)), self.now);
        self.settings.remember_file(path);
        let mut effects = vec![self.save_settings()];
        if let Some(saved) = saved {
            self.notices.drop_offers();
            self.draft.saved_as(Origin { path: path.to_owned(), stamp: Some(stamp) }, saved);
            effects.push(Effect::Watch(self.draft.origin().cloned()));
        }
        effects
    }

    /// The draft was not saved. What was to follow waits for the answer, or is given up.
    fn on_save_failed(&mut self, path: PathBuf, failure: SaveFailure) -> Vec<Effect> {
        self.filing.next_save = None;
        match failure {
            SaveFailure::Changed => self.question = Some(Question::Changed { path }),
            SaveFailure::Exists => self.question = Some(Question::Replace { path }),
            SaveFailure::Problem(problem) => {
                self.filing.after_save = None;
                self.notices.error(problem, self.now);
            }
        }
        Vec::new()
    }
}

/// Why a file was not written, for where there is nobody to ask.
pub(super) fn save_problem(path: &Path, failure: SaveFailure) -> Problem {
    let path = visible_path(path);
    match failure {
        SaveFailure::Problem(problem) => problem,
        SaveFailure::Exists => Problem::new("file-exists", format!("Cannot save {path}: there is such a file already"))
            .help("Choose another name, or remove that file first."),
        SaveFailure::Changed => {
            Problem::new("file-changed", format!("Cannot save {path}: another program has changed it"))
                .help("Open it again to see what is in it now.")
        }
    }
}
