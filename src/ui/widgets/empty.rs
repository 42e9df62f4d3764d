//! What stands where there is nothing to show yet: what will be there, and how it gets there.

use eframe::egui::{Align, Layout, RichText, Role, Ui, WidgetInfo};

use super::message;
use crate::ui::theme::{fonts, size, space, tokens};

/// The words in the middle of a page are at most this wide, in points.
const WIDTH: f32 = 460.0;
/// They begin at this share of the height, but at most so far down, in points.
const SHARE: f32 = 0.28;
const LOWEST: f32 = 220.0;

/// A heading and some words, which may be none, in a panel.
pub fn titled(ui: &mut Ui, heading: &str, words: &str) {
    ui.spacing_mut().item_spacing.y = space::XS;
    title(ui, heading, size::TEXT);
    if !words.is_empty() {
        message::remark(ui, words);
    }
}

/// A heading, some words, and perhaps a button, in the middle of a page.
pub fn page(ui: &mut Ui, heading: &str, words: &str, add: impl FnOnce(&mut Ui)) {
    let room = ui.available_height();
    ui.with_layout(Layout::top_down(Align::Center), |ui| {
        ui.add_space((room * SHARE).clamp(space::XL, LOWEST));
        title(ui, heading, size::TEXT_TITLE);
        ui.scope(|ui| {
            ui.set_max_width(WIDTH);
            message::remark(ui, words);
        });
        ui.add_space(space::S);
        add(ui);
    });
}

fn title(ui: &mut Ui, heading: &str, size: f32) {
    let title = ui.label(RichText::new(heading).font(fonts::semibold(size)).color(tokens(ui).text.primary));
    title.widget_info(|| WidgetInfo::labeled(Role::Heading, true, heading));
}
