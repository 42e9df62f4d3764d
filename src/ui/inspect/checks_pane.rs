//! Every check, with the figures that decided it.

use eframe::egui::{Align2, Color32, Galley, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::jose::verify::{Check, Outcome};
use crate::ui::help::Topic;
use crate::ui::theme::{self, Tokens, fonts, icon, size, space};
use crate::ui::widgets::card::Card;
use crate::workbench::Workbench;

/// Least height of a row, and what is above and below the words of a taller one, in points.
const ROW: f32 = size::ROW;
const PADDING: f32 = space::S;
/// From the border to the sign, to the name and to the detail, in points.
const SIGN: f32 = 19.0;
const NAME: f32 = 36.0;
const DETAIL: f32 = 132.0;

/// Draws the card.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench) {
    let Some(verification) = workbench.inspection().verification() else { return };
    let checks = &verification.checks;
    if checks.is_empty() {
        return;
    }
    Card::new("Checks").explains(&[Topic::Check, Topic::Verdict]).subtitle(&summary(checks)).flush().show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, alike) in checks.chunk_by(is_alike).enumerate() {
            row(ui, alike, index > 0);
        }
    });
}

/// How many checks came out how: "6 pass, 2 fail, 1 not checked".
fn summary(checks: &[Check]) -> String {
    let count = |outcome| checks.iter().filter(|check| check.outcome == outcome).count();
    let parts = [(Outcome::Pass, "pass"), (Outcome::Fail, "fail"), (Outcome::Skipped, "not checked")];
    let parts = parts.map(|(outcome, word)| (count(outcome), word)).into_iter().filter(|(count, _)| *count > 0);
    parts.map(|(count, word)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
}

/// Sign and colour: told apart by shape, too.
const fn look(outcome: Outcome, tokens: &Tokens) -> (&'static str, Color32) {
    match outcome {
        Outcome::Pass => (icon::CHECK, tokens.status.ok),
        Outcome::Fail => (icon::X, tokens.status.error),
        Outcome::Skipped => (icon::MINUS, tokens.text.muted),
    }
}

/// Checks that were not made for one and the same reason share a row.
fn is_alike(one: &Check, next: &Check) -> bool {
    one.outcome == Outcome::Skipped && next.outcome == Outcome::Skipped && one.detail == next.detail
}

/// One check, or several that have the same to say.
fn row(ui: &mut Ui, alike: &[Check], line: bool) {
    let Some(check) = alike.first() else { return };
    let names = alike.iter().map(|check| check.name.label()).collect::<Vec<_>>().join(", ");
    let tokens = theme::tokens(ui);
    let width = ui.available_width();
    let font = fonts::regular(size::TEXT);
    let ink = if check.outcome == Outcome::Skipped { tokens.text.muted } else { tokens.text.secondary };
    let strong = fonts::semibold(size::TEXT);
    let name = ui.painter().layout(names.clone(), strong, tokens.text.primary, (width * 0.4).max(DETAIL - NAME));
    // Many names take a wider column.
    let left = DETAIL.max(NAME + name.size().x + space::M);
    let detail = ui.painter().layout(check.detail.clone(), font, ink, (width - left - space::M).max(80.0));
    let height = (detail.size().y.max(name.size().y) + 2.0 * PADDING).max(ROW).round();
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    response.widget_info(|| {
        let outcome = match check.outcome {
            Outcome::Pass => "passed",
            Outcome::Fail => "failed",
            Outcome::Skipped => "not checked",
        };
        WidgetInfo::labeled(Role::Label, true, format!("{names} {outcome}: {}", check.detail))
    });
    let painter = ui.painter();
    if line {
        painter.hline(rect.x_range().shrink(1.0), rect.top() + 0.5, Stroke::new(1.0, tokens.surface.line));
    }
    let (glyph, colour) = look(check.outcome, tokens);
    let first = rect.top() + ROW / 2.0;
    let sign = pos2(rect.left() + SIGN, first);
    painter.text(sign, Align2::CENTER_CENTER, glyph, fonts::regular(size::TEXT), colour);
    // The first lines of both columns stand on one base line.
    let top = |galley: &Galley| first - galley.rows.first().map_or(0.0, |row| row.rect().height()) / 2.0;
    painter.galley(pos2(rect.left() + NAME, top(&name)), name, tokens.text.primary);
    painter.galley(pos2(rect.left() + left, top(&detail)), detail, ink);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::verify::CheckName;

    #[test]
    fn the_summary_counts_each_outcome() {
        let check = |outcome| Check { name: CheckName::Expiry, outcome, detail: String::new() };
        let checks = [Outcome::Pass, Outcome::Fail, Outcome::Pass, Outcome::Skipped].map(check);
        assert_eq!(summary(&checks), "2 pass, 1 fail, 1 not checked");
        assert_eq!(summary(&checks[..1]), "1 pass");
    }
}
