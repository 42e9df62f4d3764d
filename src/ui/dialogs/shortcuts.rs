//! The list of the keyboard shortcuts.

use eframe::egui::{Align, Layout, RichText, ScrollArea, Sense, Ui, UiBuilder, vec2};

use crate::ui::action::Action;
use crate::ui::theme::{self, size, space};

/// All shortcuts in two columns, read one after the other.
pub(super) fn ui(ui: &mut Ui) {
    let mut lines: Vec<(String, String)> = Action::all()
        .into_iter()
        .filter_map(|action| {
            let keys = [action.shortcut(), action.second_shortcut()].into_iter().flatten();
            let keys: Vec<_> = keys.map(|keys| ui.ctx().format_shortcut(&keys)).collect();
            (!keys.is_empty()).then(|| (action.label().into_owned(), keys.join(" or ")))
        })
        .collect();
    lines.push(("Leave a text editor".to_owned(), "Escape, then Tab".to_owned()));
    let height = ui.ctx().content_rect().height() - 200.0;
    let (left, right) = lines.split_at(lines.len().div_ceil(2));
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(2.0 * space::L, 0.0);
        ui.columns_const(|[first, second]| {
            left.iter().for_each(|line| shortcut(first, line));
            right.iter().for_each(|line| shortcut(second, line));
        });
    });
}

fn shortcut(ui: &mut Ui, (label, keys): &(String, String)) {
    let tokens = theme::tokens(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::ROW_DENSE), Sense::hover());
    let side = |layout: Layout| UiBuilder::new().max_rect(rect).layout(layout);
    ui.scope_builder(side(Layout::left_to_right(Align::Center)), |ui| ui.label(label));
    ui.scope_builder(side(Layout::right_to_left(Align::Center)), |ui| {
        ui.label(RichText::new(keys).font(theme::fonts::regular(size::TEXT)).color(tokens.text.muted));
    });
}
