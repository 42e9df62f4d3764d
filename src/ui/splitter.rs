//! The edge of a panel, which the pointer or the keyboard moves.

use eframe::egui::{Stroke, Ui};

use super::theme::tokens;

/// Gives the edge of the panel that was shown in `ui` a name of its own, and shows when it has the keyboard: egui calls all
/// of them the same, and draws only what the pointer does.
pub(super) fn tell(ui: &Ui, panel: &str, name: &str) {
    let id = ui.scope_id().with(panel).with("__resize");
    let Some(edge) = ui.ctx().read_response(id) else { return };
    ui.ctx().accesskit_node_builder(id, |node| node.set_label(name));
    if edge.has_focus() {
        ui.painter().vline(edge.rect.center().x, edge.rect.y_range(), Stroke::new(2.0, tokens(ui).accent.main));
    }
}
