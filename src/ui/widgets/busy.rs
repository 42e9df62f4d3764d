//! The sign that something is going on, for what cannot say how far it is.

use eframe::egui::{Role, Spinner, Ui, WidgetInfo};

use super::sign::sign;
use crate::ui::theme::{self, icon, size};

/// Draws the sign: turning, or resting where nothing is to move. `what` goes on.
pub fn busy(ui: &mut Ui, what: &str) {
    let response = if theme::is_moving(ui.style()) {
        ui.add(Spinner::new().size(size::ICON))
    } else {
        sign(ui, icon::TIMER, theme::tokens(ui).accent.main)
    };
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, what));
}
