//! The tokens that left the program since it started: copied, saved or minted anew.

use std::time::Duration;

use eframe::egui::{
    Align, Color32, CornerRadius, Key, Label, Layout, Response, RichText, Role, ScrollArea, Sense, Stroke, Ui,
    UiBuilder, WidgetInfo, vec2,
};

use crate::jose::elapsed::spoken;
use crate::jose::instant::InstantFormat;
use crate::jose::text::visible;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{fonts, icon, radius, size, space, tokens};
use crate::ui::widgets::trailing::trailing_in;
use crate::ui::widgets::{button, empty, focus_ring, menu};
use crate::workbench::Workbench;
use crate::workbench::command::Command;
use crate::workbench::minted_tokens::{MintedCommand, MintedToken, Standing};

/// Height of a token in the list, in points.
const ROW: f32 = 76.0;

/// What the list says of itself.
const PROMISE: &str = "In memory only";

/// What it says while nothing is in it.
const EMPTY: &str = "A token that you copy, save or mint anew (F5) is remembered here, so that you can inspect it, \
                     compare it, or have its draft back. The last 50 are kept, in memory only.";

/// Draws the list.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let list = workbench.minted_tokens().list();
    if list.is_empty() {
        empty(ui);
        return;
    }
    top(ui, list.len(), commands);
    let (now, clock) = (workbench.now(), workbench.clock());
    ScrollArea::vertical().id_salt("minted").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, minted) in list.iter().enumerate() {
            ui.push_id(minted.id, |ui| Entry::new(minted, index, now, clock).ui(ui, commands));
        }
    });
    if let Some(seconds) = list.iter().map(|minted| until_other_words(minted, now)).min() {
        ui.ctx().request_repaint_after(Duration::from_secs(seconds));
    }
}

fn empty(ui: &mut Ui) {
    ui.add_space(space::M);
    empty::titled(ui, "No tokens yet", EMPTY);
}

/// Forgetting all cannot be taken back, so that it takes a second click.
fn top(ui: &mut Ui, count: usize, commands: &CommandQueue) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            button::menu(ui, "Forget", "Forget the minted tokens", |ui| {
                let words =
                    if count == 1 { "Forget this token".to_owned() } else { format!("Forget all {count} tokens") };
                if menu::entry(ui, &words, "", false).clicked() {
                    commands.push(Command::Minted(MintedCommand::Clear));
                }
            });
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let words = RichText::new(PROMISE).size(size::TEXT_SMALL).color(tokens(ui).text.muted);
                ui.add(Label::new(words).truncate());
            });
        });
    });
    ui.add_space(space::XS);
}

/// One token of the list, in words.
struct Entry<'a> {
    minted: &'a MintedToken,
    /// What tells it from the others for those who cannot see the list: its place, counted from 1.
    number: usize,
    name: String,
    /// How it stands.
    standing: (String, Tone),
    /// Algorithm, size and when it left.
    facts: String,
    /// `sub` and `jti`, or nothing.
    claims: String,
    /// How instants are told.
    clock: InstantFormat,
}

/// How urgent a standing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tone {
    Good,
    Careful,
    Over,
}

impl<'a> Entry<'a> {
    fn new(minted: &'a MintedToken, index: usize, now: i64, clock: InstantFormat) -> Self {
        let ago = ago(now.saturating_sub(minted.at));
        let named = [("sub", &minted.subject), ("jti", &minted.identifier)];
        let named = named.into_iter().filter_map(|(name, value)| Some(format!("{name} {}", visible(value.as_ref()?))));
        Self {
            minted,
            number: index + 1,
            name: visible(&minted.name).into_owned(),
            standing: standing_words(minted.standing(now)),
            facts: format!("{} · {} bytes · {ago}", minted.algorithm.name(), minted.token.len()),
            claims: named.collect::<Vec<_>>().join(" · "),
            clock,
        }
    }

    fn ui(&self, ui: &mut Ui, commands: &CommandQueue) {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::ListItem, ui.is_enabled(), self.spoken()));
        if !ui.is_rect_visible(rect) {
            return;
        }
        let t = tokens(ui);
        if response.hovered() {
            ui.painter().rect_filled(rect, CornerRadius::same(radius::CONTROL), t.surface.hover);
        }
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, t.surface.line));
        focus_ring(ui, &response, rect.shrink(1.0), radius::CONTROL);
        let inside = rect.shrink2(vec2(space::S, space::XS + 1.0));
        let mut content = ui.new_child(UiBuilder::new().max_rect(inside).layout(Layout::top_down(Align::Min)));
        content.spacing_mut().item_spacing = vec2(space::XS, 1.0);
        self.heading(&mut content, commands);
        line(&mut content, &self.facts, t.text.secondary);
        content.horizontal(|ui| self.foot(ui));
        self.answer(ui, &response.on_hover_text(self.details()), commands);
    }

    /// The name, and what can be done.
    fn heading(&self, ui: &mut Ui, commands: &CommandQueue) {
        ui.horizontal(|ui| {
            let room = ui.available_rect_before_wrap();
            let id = ui.unique_id().with("actions");
            let ((), taken) = trailing_in(ui, id, room, |ui| {
                if button::icon(ui, icon::COPY, &format!("Copy token {} again", self.number)).clicked() {
                    commands.push(Command::Minted(MintedCommand::Copy(self.minted.id)));
                }
                let more = format!("More for token {}", self.number);
                let dots = button::icon(ui, icon::DOTS_THREE, &more);
                menu::below(&dots, &more, |ui| self.menu(ui, commands));
            });
            ui.set_max_width(taken.left() - room.left() - ui.spacing().item_spacing.x);
            let name = RichText::new(&self.name).font(fonts::semibold(size::TEXT));
            ui.add(Label::new(name.color(tokens(ui).text.primary)).truncate().selectable(false));
        });
    }

    /// How it stands, and whom it is about.
    fn foot(&self, ui: &mut Ui) {
        let t = tokens(ui);
        let (words, tone) = &self.standing;
        let ink = match tone {
            Tone::Good => t.status.ok,
            Tone::Careful => t.status.warning,
            Tone::Over => t.text.muted,
        };
        ui.add(Label::new(RichText::new(words).size(size::TEXT_SMALL).color(ink)).selectable(false));
        if !self.claims.is_empty() {
            line(ui, &self.claims, t.text.muted);
        }
    }

    fn menu(&self, ui: &mut Ui, commands: &CommandQueue) {
        let id = self.minted.id;
        let entries = [
            ("Inspect", "Enter", MintedCommand::Inspect(id)),
            ("Compare with the draft", "", MintedCommand::Compare(id)),
            ("Copy again", "", MintedCommand::Copy(id)),
            ("Restore its draft", "", MintedCommand::Restore(id)),
        ];
        for (words, keys, command) in entries {
            if menu::entry(ui, words, keys, false).clicked() {
                commands.push(Command::Minted(command));
            }
        }
        menu::line(ui);
        if menu::entry(ui, "Forget", "Delete", false).clicked() {
            commands.push(Command::Minted(MintedCommand::Forget(id)));
        }
    }

    /// What a click on the row and the keys on it do.
    fn answer(&self, ui: &Ui, response: &Response, commands: &CommandQueue) {
        if response.clicked() {
            commands.push(Command::Minted(MintedCommand::Inspect(self.minted.id)));
        } else if response.has_focus() && ui.input(|input| input.key_pressed(Key::Delete)) {
            commands.push(Command::Minted(MintedCommand::Forget(self.minted.id)));
        }
    }

    /// The row as one sentence, for those who cannot see it.
    fn spoken(&self) -> String {
        let mut words = format!("Token {}, {}, {}, {}", self.number, self.name, self.facts, self.standing.0);
        if !self.claims.is_empty() {
            words = format!("{words}, {}", self.claims);
        }
        words
    }

    fn details(&self) -> String {
        let MintedToken { at, way, expires, .. } = self.minted;
        let mut words = format!("{}: {}", capital(way.word()), self.clock.full(*at));
        if let Some(expires) = expires {
            words.push_str(&format!("\nExpires: {}", self.clock.full(*expires)));
        }
        if !self.claims.is_empty() {
            words.push_str(&format!("\n{}", self.claims.replace(" · ", "\n")));
        }
        words
    }
}

fn line(ui: &mut Ui, words: &str, ink: Color32) {
    ui.add(Label::new(RichText::new(words).size(size::TEXT_SMALL).color(ink)).truncate().selectable(false));
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// How long ago, to the minute.
fn ago(seconds: i64) -> String {
    match minutes(seconds) {
        0 => "just now".to_owned(),
        minutes => format!("{} ago", spoken(minutes * 60)),
    }
}

fn minutes(seconds: i64) -> u64 {
    u64::try_from(seconds).unwrap_or_default() / 60
}

fn standing_words(standing: Standing) -> (String, Tone) {
    let left = |seconds| match minutes(seconds) {
        0 => "less than a minute".to_owned(),
        minutes => spoken(minutes * 60),
    };
    match standing {
        Standing::Expired(seconds) => (format!("expired {}", ago(seconds)), Tone::Over),
        Standing::NotYet(seconds) => (format!("valid in {}", left(seconds)), Tone::Careful),
        Standing::Expires(seconds) => {
            let tone = if minutes(seconds) == 0 { Tone::Careful } else { Tone::Good };
            (format!("expires in {}", left(seconds)), tone)
        }
        Standing::Unending => ("never expires".to_owned(), Tone::Careful),
    }
}

/// Seconds until one of the words about a token is another one, at least 1.
fn until_other_words(minted: &MintedToken, now: i64) -> u64 {
    let past = |since: i64| 60 - now.saturating_sub(since).rem_euclid(60);
    let ahead = |until: i64| until.saturating_sub(now).rem_euclid(60) + 1;
    let at_standing = match (minted.standing(now), minted.begins, minted.expires) {
        (Standing::Expired(_), _, Some(expires)) => past(expires),
        (Standing::NotYet(_), Some(begins), _) => ahead(begins),
        (Standing::Expires(_), _, Some(expires)) => ahead(expires),
        _ => 60,
    };
    u64::try_from(past(minted.at).min(at_standing).max(1)).unwrap_or(60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_to_the_minute() {
        #[track_caller]
        fn check(standing: Standing, words: &str, tone: Tone) {
            assert_eq!(standing_words(standing), (words.to_owned(), tone));
        }
        check(Standing::Expires(59), "expires in less than a minute", Tone::Careful);
        check(Standing::Expires(1_799), "expires in 29 min", Tone::Good);
        check(Standing::NotYet(11_520), "valid in 3 h 12 min", Tone::Careful);
        check(Standing::Expired(0), "expired just now", Tone::Over);
        check(Standing::Expired(61), "expired 1 min ago", Tone::Over);
        check(Standing::Unending, "never expires", Tone::Careful);
        assert_eq!((ago(-5), ago(59), ago(3_600)), ("just now".into(), "just now".into(), "1 h ago".into()));
    }
}
