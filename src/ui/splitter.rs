//! The edge of a panel, which the pointer or the keyboard moves.

use std::ops::RangeInclusive;

use eframe::egui::{EventFilter, Key, Modifiers, PanelState, Stroke, Ui};

use super::theme::tokens;

/// How far an arrow key moves it, in points.
const STEP: f32 = 16.0;

/// The edge of a panel that was shown.
pub(super) struct Splitter<'a> {
    /// The name of the panel.
    pub(super) panel: &'a str,
    /// What a screen reader calls the edge.
    pub(super) name: &'a str,
    /// The widths that the panel may have, in points.
    pub(super) range: RangeInclusive<f32>,
    /// The key that makes the panel wider.
    pub(super) wider: Key,
}

impl Splitter<'_> {
    /// Gives the edge its name, shows when it has the keyboard, and lets the arrow keys move it: egui calls all of them the
    /// same, and knows the pointer only. To be called in what the panel was shown in.
    pub(super) fn tell(&self, ui: &Ui) {
        // The identifiers that egui's panels use.
        let id = ui.scope_id().with(self.panel);
        let Some(edge) = ui.ctx().read_response(id.with("__resize")) else { return };
        ui.ctx().accesskit_node_builder(edge.id, |node| node.set_label(self.name));
        if !edge.has_focus() {
            return;
        }
        ui.painter().vline(edge.rect.center().x, edge.rect.y_range(), Stroke::new(2.0, tokens(ui).accent.main));
        let arrows = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(edge.id, arrows));
        let pressed = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key)) as f32;
        let (left, right) = (pressed(Key::ArrowLeft), pressed(Key::ArrowRight));
        let steps = if self.wider == Key::ArrowRight { right - left } else { left - right };
        let state = PanelState::load(ui.ctx(), id).filter(|_| steps != 0.0);
        if let Some(mut panel) = state {
            let width = (panel.outer_rect.width() + steps * STEP).clamp(*self.range.start(), *self.range.end());
            panel.outer_rect.set_width(width);
            ui.data_mut(|data| data.insert_persisted(id, panel));
            ui.ctx().request_repaint();
        }
    }
}
