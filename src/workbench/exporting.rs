//! Exporting tables and pictures: what is to be written is made at once, then a path is asked for.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Workbench;
use super::bench::{Bench, BenchSubject, Contender, Figures, Purpose};
use super::bench_commands::{Pace, not_measured};
use super::bench_inputs::contender;
use super::compare::variant::{Variant, VariantId};
use super::effect::{Effect, ExportForm, Over, Pick, SaveFailure};
use super::runs::RunId;
use super::saving::save_problem;
use crate::jose::error::Problem;
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

    /// Exports the table of the Compare page: with the times that were measured, and without those that were not.
    pub(super) fn export_comparison(&mut self, form: ExportForm) -> Vec<Effect> {
        if form == ExportForm::Png {
            return Vec::new();
        }
        let is_measured = self.bench.figures(Bench::Variants).is_some();
        let is_busy = self.bench.running().is_some_and(|running| running.purpose != Purpose::WhatIf);
        if is_measured && (is_busy || !self.is_outdated(Bench::Variants)) {
            return self.export_figures(Bench::Variants, form);
        }
        if is_busy {
            let problem = Problem::new("bench-busy", "A measurement is running.");
            return self.complain(problem.help("Export once it is done, or stop it first."));
        }
        let contenders: Vec<Contender> = self.comparison.variants().iter().filter_map(sized).collect();
        if contenders.is_empty() {
            let problem = Problem::new("nothing-to-export", "No variant can be minted, so there is nothing to export.");
            return self.complain(problem.help("The table says what is wrong with each."));
        }
        let baseline = self.comparison.baseline().map(|variant| variant.id);
        let baseline = contenders.iter().position(|contender| contender.id == baseline).unwrap_or_default();
        let pace = Pace { delay: Duration::ZERO, length: Duration::ZERO, purpose: Purpose::Sizes(form) };
        self.begin_bench(Bench::Variants, contenders, baseline, BenchSubject::default(), pace)
    }

    /// The sizes of all variants are there; the times that still hold are added to them.
    pub(super) fn export_sizes(&mut self, sizes: &Figures, form: ExportForm) -> Vec<Effect> {
        let report = self.with_times(sizes);
        write(&report, form).map(|text| self.export(text, form, Bench::Variants.name())).unwrap_or_default()
    }

    fn with_times(&self, sizes: &Figures) -> Report {
        let mut report = sizes.report.clone();
        let Some(measured) = self.bench.figures(Bench::Variants) else { return report };
        let old = &measured.report;
        let is_current = |id: VariantId| self.was_measured_as_it_is(id);
        let baseline = |figures: &Figures| figures.ids.get(figures.report.baseline).copied().flatten();
        let same_baseline = baseline(sizes).is_some_and(|id| Some(id) == baseline(measured) && is_current(id));
        for (row, id) in report.variants.iter_mut().zip(&sizes.ids) {
            let at = measured.ids.iter().position(|of| of == id && id.is_some_and(is_current));
            let Some(timed) = at.and_then(|at| old.variants.get(at)) else { continue };
            row.key.clone_from(&timed.key);
            row.times.clone_from(&timed.times);
            row.untimed.clone_from(&timed.untimed);
            if old.settings.budget == report.settings.budget {
                row.ruling.clone_from(&timed.ruling);
            }
            if same_baseline {
                row.against.clone_from(&timed.against);
            }
        }
        report.noisy = report.variants.iter().any(|row| row.times.noisy);
        report.settings.seconds = old.settings.seconds;
        report
    }

    fn export(&mut self, bytes: Vec<u8>, form: ExportForm, what: &str) -> Vec<Effect> {
        self.pending.export = Some(bytes);
        let start = self.folder().join(format!("jwt-{what}.{}", form.extension()));
        vec![Effect::Pick(Pick::Export(form), start)]
    }

    /// A path for the export was chosen.
    pub(super) fn write_export(&mut self, path: PathBuf, over: Over) -> Vec<Effect> {
        let bytes = self.pending.export.take();
        bytes.map(|bytes| Effect::WriteExport { path, bytes, over, private: false }).into_iter().collect()
    }

    pub(super) fn on_exported(&mut self, path: &Path, outcome: Result<(), SaveFailure>) {
        match outcome {
            Ok(()) => self.notices.done(format!("{} saved.", visible_path(path)), self.now),
            Err(failure) => self.notices.error(save_problem(path, failure), self.now),
        }
    }
}

/// A variant of which the sizes alone are wanted.
fn sized(variant: &Variant) -> Option<Contender> {
    let facts = variant.facts.as_ref().ok()?;
    let contender = contender(variant)?;
    Some(Contender {
        signature: Some(vec![0; facts.sizes.signature_bytes]),
        untimed: contender.untimed.or_else(|| Some("not measured".to_owned())),
        ..contender
    })
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
