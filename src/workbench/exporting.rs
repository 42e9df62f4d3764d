//! Exporting tables and pictures: what is to be written is made at once, then a path is asked for.

use std::path::{Path, PathBuf};

use super::Workbench;
use super::bench::Bench;
use super::bench_commands::not_measured;
use super::effect::{Effect, ExportForm, Over, Pick, SaveFailure};
use super::runs::RunId;
use super::saving::save_problem;
use crate::jose::text::visible_path;
use crate::measure::report::Report;

impl Workbench {
    /// Exports the newest figures of a kind.
    pub(super) fn export_figures(&mut self, bench: Bench, form: ExportForm) -> Vec<Effect> {
        let text = self.bench.figures(bench).and_then(|figures| write(&figures.report, form));
        match text {
            Some(text) => self.export(text, form, bench.name()),
            None => self.complain(not_measured()),
        }
    }

    pub(super) fn export_run(&mut self, id: RunId, form: ExportForm) -> Vec<Effect> {
        let run = self.runs.get(id).and_then(|run| Some((write(&run.report, form)?, run.bench)));
        run.map(|(text, bench)| self.export(text, form, bench.name())).unwrap_or_default()
    }

    pub(super) fn export_picture(&mut self, bytes: Vec<u8>) -> Vec<Effect> {
        self.export(bytes, ExportForm::Png, "chart")
    }

    /// Exports the table of the Compare page.
    pub(super) fn export_comparison(&mut self, form: ExportForm) -> Vec<Effect> {
        self.export_figures(Bench::Variants, form)
    }

    fn export(&mut self, bytes: Vec<u8>, form: ExportForm, what: &str) -> Vec<Effect> {
        self.pending.export = Some(bytes);
        let start = self.folder().join(format!("jwt-{what}.{}", form.extension()));
        vec![Effect::Pick(Pick::Export(form), start)]
    }

    /// A path for the export was chosen.
    pub(super) fn write_export(&mut self, path: PathBuf, over: Over) -> Vec<Effect> {
        let bytes = self.pending.export.take();
        bytes.map(|bytes| Effect::WriteExport { path, bytes, over }).into_iter().collect()
    }

    pub(super) fn on_exported(&mut self, path: &Path, outcome: Result<(), SaveFailure>) {
        match outcome {
            Ok(()) => self.notices.done(format!("{} saved.", visible_path(path)), self.now),
            Err(failure) => self.notices.error(save_problem(path, failure), self.now),
        }
    }
}

/// A report in this form; `None` when it has none.
fn write(report: &Report, form: ExportForm) -> Option<Vec<u8>> {
    let text = match form {
        ExportForm::Csv => report.to_csv(),
        ExportForm::Json => report.to_json() + "\n",
        ExportForm::Markdown => report.to_markdown(),
        ExportForm::Png => return None,
    };
    Some(text.into_bytes())
}
