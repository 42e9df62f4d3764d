//! Commands about files: new, open, save, close, and the questions between.

use std::path::{Path, PathBuf};

use super::Workbench;
use super::bulk::{BulkCommand, setup};
use super::command::{Answer, FileCommand};
use super::effect::{Effect, Origin, Over, Pick};
use super::library::LibraryEffect;
use super::notice::Offer;
use super::question::Question;
use crate::jose::error::Problem;
use crate::template::gallery::EXAMPLES;

impl Workbench {
    pub(super) fn apply_file(&mut self, command: FileCommand) -> Vec<Effect> {
        match command {
            FileCommand::New
            | FileCommand::NewFromExample(_)
            | FileCommand::StartExercise(_)
            | FileCommand::Reload
            | FileCommand::OpenKept(_)
            | FileCommand::TakeInspected
            | FileCommand::Quit
                if self.draft.is_unsaved() =>
            {
                self.question = Some(Question::Unsaved { then: command });
                Vec::new()
            }
            FileCommand::TakeVariant(id) if self.draft.is_unsaved() && self.is_other_than_draft(id) => {
                self.question = Some(Question::Unsaved { then: command });
                Vec::new()
            }
            FileCommand::TakeMinted(id) if self.draft.is_unsaved() && self.is_of_another_draft(id) => {
                self.question = Some(Question::Unsaved { then: command });
                Vec::new()
            }
            FileCommand::Answer(answer) => self.answer(answer),
            FileCommand::AnswerPath(path) => self.answer_path(path),
            other => self.apply_file_now(other),
        }
    }

    /// Does it without asking about unsaved changes.
    pub(super) fn apply_file_now(&mut self, command: FileCommand) -> Vec<Effect> {
        match command {
            FileCommand::New => self.begin_new(),
            FileCommand::NewFromExample(file_name) => {
                let example = EXAMPLES.iter().find(|example| example.file_name == file_name);
                example
                    .and_then(|example| example.template().ok())
                    .map(|template| self.begin(template, None))
                    .unwrap_or_default()
            }
            FileCommand::StartExercise(start) => self.begin_exercise(start),
            FileCommand::Open => vec![self.pick(Pick::Open)],
            FileCommand::OpenPath(path) => vec![Effect::Open(path)],
            FileCommand::Save => match self.draft.path() {
                Some(path) => self.save_to(path.to_owned(), Over::Nothing),
                None => vec![self.pick(Pick::SaveAs)],
            },
            FileCommand::Export(what) => self.export_draft(what),
            FileCommand::SaveAs => vec![self.pick(Pick::SaveAs)],
            FileCommand::Reload => self.reload(),
            FileCommand::TakeOpened => self.take_what_was_opened(),
            FileCommand::OpenKept(id) => self.open_kept(id),
            FileCommand::TakeInspected => self.take_inspected(),
            FileCommand::TakeVariant(id) => self.take_variant(id),
            FileCommand::TakeMinted(id) => self.take_minted(id),
            FileCommand::Quit if self.bulk.is_running() => {
                self.question = Some(Question::StillMinting);
                Vec::new()
            }
            FileCommand::Quit if self.comparison.is_unsaved() => {
                self.question = Some(Question::UnsavedComparison { then: FileCommand::Quit });
                Vec::new()
            }
            FileCommand::Quit => vec![Effect::Quit],
            FileCommand::ForgetRecent(path) => {
                self.settings.forget_file(&path);
                vec![self.save_settings()]
            }
            FileCommand::Answer(_) | FileCommand::AnswerPath(_) => Vec::new(),
        }
    }

    fn answer(&mut self, answer: Answer) -> Vec<Effect> {
        match (self.question.take(), answer) {
            (Some(Question::Unsaved { then }), Answer::Save) => {
                self.filing.after_save = Some(then);
                self.apply_file_now(FileCommand::Save)
            }
            (Some(Question::Unsaved { then }), Answer::Discard) => self.apply_file_now(then),
            (Some(Question::UnsavedComparison { then }), Answer::Save) => {
                self.filing.after_comparison = Some(then);
                self.save_comparison()
            }
            (Some(Question::UnsavedComparison { then: FileCommand::Quit }), Answer::Discard) => vec![Effect::Quit],
            (Some(Question::UnsavedComparison { .. }), Answer::Discard) => self.take_what_was_opened(),
            (Some(Question::Import(preview)), Answer::Save) => self.import(*preview),
            (Some(Question::ReplaceComparison { path, .. }), answer) => self.replace_comparison(path, answer),
            (Some(Question::ReplaceTokens { path }), answer) => self.replace_tokens(path, answer),
            (Some(Question::ResetSettings), Answer::Save) => self.reset_settings(),
            (Some(Question::StillMinting), Answer::Discard) => self.end_run_and_quit(),
            (Some(Question::Changed { path } | Question::Replace { path }), Answer::Save) => {
                self.write(path, Over::Anything)
            }
            (Some(Question::Changed { .. }), Answer::Discard) => {
                self.filing.after_save = None;
                self.reload()
            }
            (Some(Question::Path { pick: Pick::BulkOutput(_), .. }), _) => {
                self.bulk.forget_waiting();
                Vec::new()
            }
            (_, _) => {
                self.filing.after_save = None;
                self.filing.after_comparison = None;
                Vec::new()
            }
        }
    }

    fn take_what_was_opened(&mut self) -> Vec<Effect> {
        let opened = self.filing.opened.take();
        opened.map(|(path, opened, stamp)| self.take_opened(path, opened, stamp)).unwrap_or_default()
    }

    fn answer_path(&mut self, path: PathBuf) -> Vec<Effect> {
        match self.question.take() {
            // A dialog would have asked before it gave the path of a file that is there already.
            Some(Question::Path { pick, .. }) => self.on_picked(pick, Some(path), Over::Nothing),
            other => {
                self.question = other;
                Vec::new()
            }
        }
    }

    /// Reads the draft's file in place of the draft. Nobody asks again about the changes that are there now.
    fn reload(&mut self) -> Vec<Effect> {
        self.notices.drop_offers();
        let Some(path) = self.draft.path().map(Path::to_owned) else { return Vec::new() };
        self.filing.replaceable = Some((path.clone(), self.draft.revision()));
        vec![Effect::Open(path)]
    }

    /// Asks for a path, beginning beside the draft's file.
    pub(super) fn pick(&self, pick: Pick) -> Effect {
        let folder = self.folder();
        let start = match pick {
            Pick::SaveAs => folder.join(self.draft.suggested_file_name()),
            Pick::ExportKey(_, export) => folder.join(export.file_name()),
            Pick::Open
            | Pick::Key
            | Pick::AddVariants
            | Pick::OpenComparison
            | Pick::BulkRows
            | Pick::LibraryFolder => folder,
            Pick::BulkOutput(form) => folder.join(setup::file_name(form)),
            Pick::SaveComparison => folder.join("comparison.jwt-compare.json"),
            Pick::ExportDraft(what) => folder.join(format!("token.{}", what.extension())),
            Pick::Export(form) => folder.join(format!("jwt-comparison.{}", form.extension())),
        };
        Effect::Pick(pick, start)
    }

    /// The folder of the draft's file.
    pub(super) fn folder(&self) -> PathBuf {
        self.draft.path().and_then(Path::parent).map(Path::to_owned).unwrap_or_default()
    }

    /// A path was chosen, or none; `over` is what a file there may be taken for.
    pub(super) fn on_picked(&mut self, pick: Pick, path: Option<PathBuf>, over: Over) -> Vec<Effect> {
        let Some(path) = path else {
            self.filing.after_save = None;
            self.filing.after_comparison = None;
            self.pending.export = None;
            self.bulk.forget_waiting();
            return Vec::new();
        };
        match pick {
            Pick::Open | Pick::OpenComparison => self.apply_file(FileCommand::OpenPath(path)),
            Pick::Key => vec![Effect::OpenKey(path)],
            Pick::SaveAs => self.save_to(path, over),
            Pick::ExportKey(of, export) => match self.exported(of, export) {
                Ok(text) => vec![Effect::WriteKey { path, text, over }],
                Err(problem) => self.complain(problem),
            },
            Pick::ExportDraft(what) => self.write_draft_export(what, path, over),
            Pick::Export(_) => self.write_export(path, over),
            Pick::AddVariants => vec![Effect::OpenVariant(path)],
            Pick::SaveComparison => self.save_comparison_to(path, over),
            Pick::BulkRows => self.apply_bulk(BulkCommand::UseRows(path)),
            Pick::BulkOutput(_) => self.mint_into(Some(path), over),
            Pick::LibraryFolder => vec![Effect::Library(LibraryEffect::AddFolder { folder: path, make: false })],
        }
    }

    pub(super) fn on_changed_on_disk(&mut self, origin: &Origin) {
        // A save of our own is reported, too; it is known by its stamp.
        if self.draft.path() != Some(origin.path.as_path()) || self.draft.origin() == Some(origin) {
            return;
        }
        let help = if self.draft.is_unsaved() {
            "Reloading drops your unsaved changes; saving asks first."
        } else {
            "Reload to see the change."
        };
        let what = if origin.stamp.is_some() { "changed" } else { "removed" };
        let offer = origin.stamp.map(|_| Offer::Reload);
        self.notices.info(format!("{} was {what} by another program.", self.draft.title()), help, offer, self.now);
    }

    /// Says what is wrong, and does nothing.
    pub(super) fn complain(&mut self, problem: Problem) -> Vec<Effect> {
        self.notices.error(problem, self.now);
        Vec::new()
    }
}
