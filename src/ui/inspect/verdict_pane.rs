//! What all checks come down to, in a word, a sign and a sentence or two.

use eframe::egui::accesskit::Live;
use eframe::egui::{
    Align, CornerRadius, Frame, Label, Layout, Margin, RichText, Role, Sense, Stroke, Ui, WidgetInfo, vec2,
};

use crate::jose::unwrap::Instead;
use crate::ui::action::Action;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{self, fonts, icon, radius, size, space};
use crate::ui::verdict_look::Look;
use crate::ui::widgets::message::sentence;
use crate::ui::widgets::sign::sign;
use crate::ui::widgets::{button, empty};
use crate::workbench::Workbench;
use crate::workbench::inspection::Inspection;

/// Room for the button that copies the report, in points.
const COPY: f32 = 24.0 + space::M;

/// Draws the banner.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let inspection = workbench.inspection();
    let tokens = theme::tokens(ui);
    let Some(verification) = inspection.verification().filter(|_| inspection.instead().is_none()) else {
        return without_token(ui, inspection);
    };
    let look = Look::of(verification.verdict, tokens);
    let (first, rest) = headline(&verification.reason);
    let frame = Frame::new()
        .fill(tokens.surface.panel)
        .stroke(Stroke::new(1.0, look.ink))
        .corner_radius(CornerRadius::same(radius::CARD))
        .inner_margin(Margin::symmetric(12, 12));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            chip(ui, &look);
            let room = vec2((ui.available_width() - COPY).max(80.0), 0.0);
            ui.allocate_ui_with_layout(room, Layout::top_down(Align::Min), |ui| {
                ui.set_width(room.x);
                // The first line stands beside the word.
                ui.add_space(space::XS);
                ui.spacing_mut().item_spacing = vec2(space::S, space::XXS);
                let first = RichText::new(first).font(fonts::semibold(size::TEXT)).color(tokens.text.primary);
                ui.add(Label::new(first).wrap());
                if !rest.is_empty() {
                    ui.add(Label::new(RichText::new(rest).color(tokens.text.secondary)).wrap());
                }
            });
            if button::icon(ui, icon::COPY, "Copy report").clicked() {
                commands.push(Action::CopyReport);
            }
        });
    });
    let id = ui.scope_id().with("verdict");
    let response = ui.interact(shown.response.rect, id, Sense::hover());
    let words = format!("Verdict: {}. {}", look.word, sentence(&verification.reason));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words.as_str()));
    ui.ctx().accesskit_node_builder(id, |node| node.set_live(Live::Polite));
}

/// The first sentence, and what comes after it.
fn headline(reason: &str) -> (&str, &str) {
    let reason = reason.trim();
    match reason.find(". ") {
        Some(end) => (reason.get(..=end).unwrap_or(reason), reason.get(end + 2..).unwrap_or_default()),
        None => (reason, ""),
    }
}

fn chip(ui: &mut Ui, look: &Look) {
    let frame = Frame::new().fill(look.fill).corner_radius(CornerRadius::same(radius::CARD));
    frame.inner_margin(Margin::symmetric(8, 4)).show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        sign(ui, look.glyph, look.ink);
        ui.label(RichText::new(look.word).font(fonts::semibold(size::TEXT)).color(look.ink));
    });
}

/// Where there is a text, but no token: what the text is.
fn without_token(ui: &mut Ui, inspection: &Inspection) {
    let tokens = theme::tokens(ui);
    let (first, rest) = match inspection.instead() {
        Some(Instead::Claims) => ("This is not a token.", "It is JSON, and there is nothing to verify about it."),
        Some(Instead::Key) => {
            ("This is not a token.", "It is a key: put it on the key ring and verify tokens with it.")
        }
        None => ("Reading the text…", ""),
    };
    let frame = Frame::new()
        .fill(tokens.surface.panel)
        .stroke(Stroke::new(1.0, tokens.surface.line))
        .corner_radius(CornerRadius::same(radius::CARD));
    frame.inner_margin(Margin::symmetric(12, 12)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        empty::titled(ui, first, rest);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_is_the_headline() {
        assert_eq!(headline("It is right. It expired 3 h ago."), ("It is right.", "It expired 3 h ago."));
        assert_eq!(headline("It is right"), ("It is right", ""));
        assert_eq!(headline("Version 1.5 is here."), ("Version 1.5 is here.", ""));
    }
}
