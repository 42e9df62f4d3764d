//! Saving the comparison: one save at a time, and never over what nobody has agreed to lose.

use std::path::{Path, PathBuf};

use super::Comparison;
use super::variant::{Variant, VariantOrigin};
use crate::jose::text::visible_path;
use crate::template::comparison_file::{ComparisonFile, Content, SavedVariant, Source};
use crate::workbench::Workbench;
use crate::workbench::command::Answer;
use crate::workbench::effect::{Effect, Origin, Over, Pick, SaveFailure};
use crate::workbench::file_stamp::FileStamp;
use crate::workbench::question::Question;
use crate::workbench::saving::save_problem;

/// A file for a comparison that has none yet.
const FILE_NAME: &str = "comparison.jwt-compare.json";

/// A save on its way.
#[derive(Debug)]
pub(super) struct Saving {
    /// Which comparison is being written: another one may take its place.
    born: u64,
    /// How many changes are in what is written.
    changes: u64,
    /// Where to save next, once this save has ended.
    next: Option<(PathBuf, Over)>,
}

impl Workbench {
    /// Saves to the comparison's file, asking for one if it has none.
    pub(in crate::workbench) fn save_comparison(&mut self) -> Vec<Effect> {
        match self.comparison.path().map(Path::to_owned) {
            Some(path) => self.save_comparison_to(path, Over::Nothing),
            None => vec![self.pick_comparison()],
        }
    }

    pub(super) fn pick_comparison(&self) -> Effect {
        let own = self.comparison.path().map(Path::to_owned);
        Effect::Pick(Pick::SaveComparison, own.unwrap_or_else(|| self.folder().join(FILE_NAME)))
    }

    /// Saves to `path`. The comparison's own file is overwritten unless it changed since; another one is taken for `over`.
    pub(in crate::workbench) fn save_comparison_to(&mut self, path: PathBuf, over: Over) -> Vec<Effect> {
        let own = self.comparison.origin.as_ref().filter(|origin| origin.path == path);
        let over = own.and_then(|origin| origin.stamp).map_or(over, Over::Known);
        self.write_comparison(path, over)
    }

    fn write_comparison(&mut self, path: PathBuf, over: Over) -> Vec<Effect> {
        if let Some(saving) = &mut self.comparison.saving {
            saving.next = Some((path, over));
            return Vec::new();
        }
        match self.comparison.to_file().to_text() {
            Ok(text) => {
                let Comparison { born, changes, .. } = self.comparison;
                self.comparison.saving = Some(Saving { born, changes, next: None });
                vec![Effect::SaveComparison { path, text, over }]
            }
            Err(problem) => {
                self.filing.after_comparison = None;
                self.complain(problem)
            }
        }
    }

    pub(in crate::workbench) fn on_comparison_saved(
        &mut self,
        path: &Path,
        outcome: Result<FileStamp, SaveFailure>,
    ) -> Vec<Effect> {
        let Some(Saving { born, changes, next }) = self.comparison.saving.take() else { return Vec::new() };
        let is_ours = born == self.comparison.born;
        let stamp = match outcome {
            Ok(stamp) => stamp,
            Err(failure) => return self.on_comparison_not_saved(path.to_owned(), failure, is_ours),
        };
        self.notices.done(format!("Saved to {}.", visible_path(path)), self.now);
        self.settings.remember_file(path);
        let mut effects = vec![self.save_settings()];
        if is_ours {
            self.comparison.origin = Some(Origin { path: path.to_owned(), stamp: Some(stamp) });
            self.comparison.saved = changes;
            self.comparison.revision += 1;
        }
        match next {
            Some((next, over)) if is_ours => effects.extend(self.save_comparison_to(next, over)),
            _ => effects
                .extend(self.filing.after_comparison.take().map(|then| self.apply_file(then)).into_iter().flatten()),
        }
        effects
    }

    /// It was not saved. What was to follow waits for the answer, or is given up.
    fn on_comparison_not_saved(&mut self, path: PathBuf, failure: SaveFailure, is_ours: bool) -> Vec<Effect> {
        match failure {
            SaveFailure::Changed | SaveFailure::Exists if is_ours => {
                let changed = failure == SaveFailure::Changed;
                self.question = Some(Question::ReplaceComparison { path, changed });
                Vec::new()
            }
            failure => {
                self.filing.after_comparison = None;
                self.complain(save_problem(&path, failure))
            }
        }
    }

    /// The answer to whether the file may be overwritten.
    pub(in crate::workbench) fn replace_comparison(&mut self, path: PathBuf, answer: Answer) -> Vec<Effect> {
        if answer == Answer::Save {
            return self.write_comparison(path, Over::Anything);
        }
        self.filing.after_comparison = None;
        Vec::new()
    }
}

impl Comparison {
    fn to_file(&self) -> ComparisonFile {
        let baseline = self.baseline().and_then(|variant| self.position(variant.id)).unwrap_or_default();
        ComparisonFile { baseline, variants: self.variants.iter().map(saved).collect() }
    }
}

fn saved(variant: &Variant) -> SavedVariant {
    let (source, file) = match &variant.origin {
        VariantOrigin::Draft => (Source::Draft, None),
        VariantOrigin::Snapshot => (Source::Snapshot, None),
        VariantOrigin::Token => (Source::Token, None),
        // Where it lay is nobody's business who is given the comparison.
        VariantOrigin::File(path) => (Source::File, path.file_name().map(|name| name.to_string_lossy().into_owned())),
    };
    let content = match &variant.token {
        Some(token) => Content::Token(token.as_ref().to_owned()),
        None => Content::Template(Box::new(variant.template.as_ref().clone())),
    };
    SavedVariant { name: variant.name.clone(), source, file, content }
}
