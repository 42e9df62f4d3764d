//! The keyboard shortcuts: a list to search by action or by key, menu by menu.

use eframe::egui::{
    Align, Context, Key, Layout, Modifiers, RichText, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, vec2,
};

use super::text::{Block, Kind, Span};
use crate::ui::action::{Action, Menu};
use crate::ui::dialogs::{buttons, sheet};
use crate::ui::theme::{self, fonts, size, space};
use crate::ui::widgets::button;
use crate::ui::widgets::field::Field;

/// Width of the dialog, in points.
const WIDTH: f32 = 560.0;
/// What the dialog needs besides the list, with the room around it, in points.
const BESIDES: f32 = 220.0;

/// An action, or something else that keys do, and its keys.
struct Line {
    label: String,
    keys: String,
}

/// View state of the list.
#[derive(Default)]
pub struct ShortcutList {
    query: String,
}

impl ShortcutList {
    /// Draws the dialog; `false` when it is to be closed.
    pub(in crate::ui) fn ui(&mut self, ui: &Ui) -> bool {
        // Escape first takes the search back.
        let cleared =
            !self.query.is_empty() && ui.ctx().input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        if cleared {
            self.query.clear();
        }
        let height = (ui.ctx().content_rect().height() - BESIDES).max(size::ROW_DENSE);
        let shown = sheet(ui, "information", WIDTH, "Keyboard shortcuts", |ui| {
            let field = Field::new("Search shortcuts", &mut self.query);
            let response = field.placeholder("An action, or keys such as ctrl+k").show(ui);
            if ui.memory(|memory| memory.focused().is_none()) {
                response.request_focus();
            }
            let groups = found(groups(ui.ctx()), &self.query);
            ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink(false).show(ui, |ui| {
                list(ui, &groups, &self.query);
            });
            buttons(ui, |ui| button::normal(ui, "Close").clicked())
        });
        !(shown.inner || shown.should_close())
    }
}

/// The same for the manual.
pub(super) fn blocks(ctx: &Context) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(2, "All shortcuts".to_owned())];
    for (menu, lines) in groups(ctx) {
        blocks.push(Block::Heading(3, menu.to_owned()));
        blocks.extend(lines.into_iter().map(|line| {
            let keys = Span::of(Kind::Code, line.keys);
            Block::Item(0, "•".to_owned(), vec![Span::plain(format!("{}: ", line.label)), keys])
        }));
    }
    blocks
}

/// All shortcuts, menu by menu.
fn groups(ctx: &Context) -> Vec<(&'static str, Vec<Line>)> {
    let line = |action: Action| {
        let keys: Vec<_> = action.shortcuts().map(|keys| ctx.format_shortcut(&keys)).collect();
        (!keys.is_empty()).then(|| Line { label: action.label().into_owned(), keys: keys.join(" or ") })
    };
    let of = |menu: Menu| (menu.title(), menu.actions().into_iter().filter_map(line).collect::<Vec<_>>());
    let mut groups: Vec<_> = Menu::ALL.map(of).into_iter().filter(|(_, lines)| !lines.is_empty()).collect();
    let typing = [
        ("Leave a text editor", "Escape, then Tab"),
        ("Complete a name or a placeholder", "Enter or Tab"),
        ("Hand a pasted text in", "Ctrl+Enter"),
        ("Move a row of the claims table", "Alt+Up or Alt+Down"),
        ("Back in the manual", "Alt+Left"),
    ];
    let typing = typing.map(|(label, keys)| Line { label: label.to_owned(), keys: keys.to_owned() });
    groups.push(("Elsewhere", line(Action::MenuBar).into_iter().chain(typing).collect()));
    groups
}

/// The lines with every word of the query in their name or their keys.
fn found(mut groups: Vec<(&'static str, Vec<Line>)>, query: &str) -> Vec<(&'static str, Vec<Line>)> {
    let query = spelled(query);
    let words: Vec<&str> = query.split_whitespace().collect();
    for (menu, lines) in &mut groups {
        lines.retain(|line| {
            let text = spelled(&format!("{menu} {} {}", line.label, line.keys));
            words.iter().all(|word| text.contains(word))
        });
    }
    groups.retain(|(_, lines)| !lines.is_empty());
    groups
}

/// As keys are searched for: `Ctrl + K`, `ctrl-k` and `Ctrl+K` are the same.
fn spelled(text: &str) -> String {
    text.to_lowercase()
        .replace(" + ", "+")
        .replace("ctrl-", "ctrl+")
        .replace("shift-", "shift+")
        .replace("alt-", "alt+")
}

fn list(ui: &mut Ui, groups: &[(&'static str, Vec<Line>)], query: &str) {
    let tokens = theme::tokens(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    for (place, (menu, lines)) in groups.iter().enumerate() {
        if place > 0 {
            ui.add_space(space::M);
        }
        let title = ui.label(RichText::new(*menu).font(fonts::semibold(size::TEXT_SMALL)).color(tokens.text.muted));
        title.widget_info(|| WidgetInfo::labeled(Role::Heading, true, *menu));
        lines.iter().for_each(|line| row(ui, line));
    }
    if groups.is_empty() {
        let words = format!("No shortcut is called \u{201c}{}\u{201d}.", query.trim());
        ui.label(RichText::new(words).color(tokens.text.muted));
    }
}

fn row(ui: &mut Ui, line: &Line) {
    let tokens = theme::tokens(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width() - space::M, size::ROW_DENSE), Sense::hover());
    let side = |layout: Layout| UiBuilder::new().max_rect(rect).layout(layout);
    ui.scope_builder(side(Layout::left_to_right(Align::Center)), |ui| ui.label(&line.label));
    ui.scope_builder(side(Layout::right_to_left(Align::Center)), |ui| {
        ui.label(RichText::new(&line.keys).font(fonts::regular(size::TEXT)).color(tokens.text.muted));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(query: &str) -> Vec<String> {
        let groups = found(groups(&Context::default()), query);
        groups.into_iter().flat_map(|(_, lines)| lines).map(|line| line.label).collect()
    }

    #[test]
    fn shortcuts_are_found_by_action_and_by_key() {
        for query in ["ctrl+k", "Ctrl + K", "ctrl-k", "search act"] {
            assert!(labels(query).contains(&"Search actions".to_owned()), "{query}");
        }
        assert!(labels("key generate").contains(&"Generate secret".to_owned()), "the menu counts, too");
        assert!(!labels("ctrl+k").contains(&"Save".to_owned()));
        assert!(labels("no such thing").is_empty());
    }

    #[test]
    fn every_shortcut_is_in_the_list() {
        let all = labels("");
        for action in Action::all().into_iter().filter(|action| action.shortcut().is_some()) {
            assert!(all.contains(&action.label().into_owned()), "{action:?}");
        }
    }
}
