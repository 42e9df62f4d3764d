//! Faulty rows: where each begins, what is wrong with it, and the row itself.

use eframe::egui::{Label, RichText, ScrollArea, Ui, vec2};

use crate::bulk::row::Fault;
use crate::jose::text::{grouped, shown};
use crate::ui::theme::{fonts, size, space, tokens};
use crate::ui::widgets::message;

/// Width of the line numbers.
const LINE: f32 = 76.0;

/// Draws the list, at most `height` high.
pub(super) fn ui(ui: &mut Ui, id: &str, faults: &[Fault], height: f32) {
    let area = ScrollArea::vertical().id_salt(id).max_height(height).auto_shrink([false, true]);
    area.show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, space::XS);
        faults.iter().for_each(|fault| row(ui, fault));
    });
}

fn row(ui: &mut Ui, fault: &Fault) {
    let t = tokens(ui);
    ui.horizontal_top(|ui| {
        ui.allocate_ui(vec2(LINE, size::ROW_DENSE), |ui| {
            ui.set_min_width(LINE);
            let line = RichText::new(format!("line {}", grouped(fault.line)));
            ui.label(line.size(size::TEXT).color(t.text.muted));
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let text = message::sentence(&fault.problem.message);
            let said = ui.add(Label::new(RichText::new(text).color(t.status.error)).wrap());
            if !fault.problem.help.is_empty() {
                said.on_hover_text(message::sentence(&fault.problem.help));
            }
            if !fault.text.is_empty() {
                let row = RichText::new(shown(&fault.text)).font(fonts::mono(size::TEXT_SMALL)).color(t.text.secondary);
                ui.add(Label::new(row).truncate());
            }
        });
    });
}
