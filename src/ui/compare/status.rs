//! What the bar at the foot says on the Compare page.

use eframe::egui::{Align, Layout, RichText, Ui};

use super::figure;
use super::variants_pane::time_left;
use crate::ui::theme::{size, tokens};
use crate::workbench::Workbench;
use crate::workbench::bench::{Bench, Figures};

/// Draws what belongs at the left, and the state of the measurement at the right.
pub(in crate::ui) fn ui(ui: &mut Ui, workbench: &Workbench) {
    let comparison = workbench.comparison();
    say(ui, &figure::counted(comparison.variants().len(), "variant", "variants"));
    let baseline = comparison.baseline().and_then(|variant| variant.facts.as_ref().ok());
    if let Some(facts) = baseline {
        say(ui, &format!("baseline {}", figure::bytes(facts.sizes.token)));
    }
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| say(ui, &measured(workbench)));
}

fn measured(workbench: &Workbench) -> String {
    if let Some(running) = workbench.bench().running() {
        return format!("measuring, {}", time_left(running.progress));
    }
    match workbench.bench().figures(Bench::Variants) {
        Some(figures) => {
            let noise = if figures.report.noisy { "machine busy" } else { "machine quiet" };
            format!("p50 of {} samples, interleaved; {noise}", figure::grouped(samples(figures)))
        }
        None => "not measured yet".to_owned(),
    }
}

/// The samples behind the median of signing, or of verifying where nothing was signed.
fn samples(figures: &Figures) -> u64 {
    let times = figures.report.variants.iter().map(|row| &row.times);
    times.filter_map(|times| times.sign.as_ref().or(times.verify.as_ref())).map(|times| times.count).max().unwrap_or(0)
}

fn say(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).size(size::TEXT).color(tokens(ui).text.secondary));
}
