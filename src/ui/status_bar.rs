//! The bar at the foot: the state of the token in one line.

use eframe::egui::{Align, Label, Layout, RichText, Sense, Ui, vec2};

use super::theme::{self, size, space};
use super::widgets::message;
use crate::measure::histogram::format_ns;
use crate::workbench::Workbench;
use crate::workbench::marks::instant_words;

/// Height of the bar, in points.
pub const HEIGHT: f32 = 28.0;

/// Draws the bar.
pub fn ui(ui: &mut Ui, workbench: &Workbench, now: i64) {
    let tokens = theme::tokens(ui);
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        let minted = workbench.minted();
        let (colour, word) =
            if minted.is_some() { (tokens.status.ok, "signed") } else { (tokens.status.error, "not signed") };
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let (dot, _) = ui.allocate_exact_size(vec2(9.0, 9.0), Sense::hover());
            ui.painter().circle_filled(dot.center(), 4.5, colour);
            ui.label(RichText::new(word).size(size::TEXT_CONTROL).color(colour));
        });
        let say = |ui: &mut Ui, text: String| {
            ui.label(RichText::new(text).size(size::TEXT_CONTROL).color(tokens.text.secondary))
        };
        match (minted, &workbench.facts().outcome) {
            (Some(minted), _) => {
                say(ui, minted.algorithm.name().to_owned());
                say(ui, format!("{} bytes", minted.sizes.token));
                match minted.expires() {
                    Some(expires) => say(ui, format!("expires {}", instant_words(expires, now, true))),
                    None => say(ui, "never expires".to_owned()),
                };
            }
            (None, Err(blocked)) => {
                ui.add(
                    Label::new(
                        RichText::new(message::sentence(&blocked.problem.message))
                            .size(size::TEXT_CONTROL)
                            .color(tokens.text.secondary),
                    )
                    .truncate(),
                );
            }
            (None, Ok(_)) => {}
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(timing) = workbench.timing().timing().filter(|_| minted.is_some()) {
                say(ui, format!("sign p50 {}", format_ns(timing.sign.p50)));
            }
        });
    });
}
