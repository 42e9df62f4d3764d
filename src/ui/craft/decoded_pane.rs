//! What is in the token, read back from it: claims as a tree with human times, header and signature.

use std::collections::HashSet;

use eframe::egui::{Align2, Color32, FontId, Id, Rect, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::json_view::JsonView;
use crate::jose::instant::InstantFormat;
use crate::jose::json::Json;
use crate::jose::text::visible;
use crate::ui::figures::bytes;
use crate::ui::json_rows::{Note, Row, copied, rows};
use crate::ui::request::CommandQueue;
use crate::ui::theme::{self, icon, radius, size, space};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::{focus_ring, message, segmented};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, Copied};
use crate::workbench::facts::Minted;
use crate::workbench::marks::instant_words;

const ROW_HEIGHT: f32 = size::ROW_DENSE;
const INDENT: f32 = space::L;
/// Up to this height the card takes what there is, so that nothing moves when a claim comes or goes.
const CALM: f32 = 240.0;
/// Levels that are indented; deeper ones stand below each other.
const DEEPEST: usize = 24;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    #[default]
    Claims,
    Header,
    Signature,
    Json,
}

/// View state of the decoded card.
#[derive(Default)]
pub(super) struct DecodedPane {
    shown: Shown,
    open: HashSet<usize>,
    rows: Vec<Row>,
    rows_of: Option<(u64, Shown, usize)>,
    json: JsonView,
}

impl DecodedPane {
    /// Draws the card in at most `height` points; few claims leave a part of a great height to the window.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, now: i64, height: f32, commands: &CommandQueue) {
        let mut chosen = None;
        let shown = self.shown;
        let rows = self.rows.len() as f32 * ROW_HEIGHT + size::CARD_HEADER + 2.0 * space::M;
        let height = if shown == Shown::Json { height } else { height.min(rows.max(CALM)) };
        let card = Card::new("Decoded").subtitle("anyone can read this").height(height).actions(|ui| {
            let views = [
                (Shown::Claims, "Claims"),
                (Shown::Header, "Header"),
                (Shown::Signature, "Signature"),
                (Shown::Json, "JSON"),
            ]
            .map(|(view, label)| (view, label.to_owned()));
            chosen = segmented::choose(ui, "Decoded part", Some(&shown), &views);
        });
        card.show(ui, |ui| {
            let Some((minted, current)) = workbench.last_good() else {
                message::remark(ui, "Nothing to decode until there is a token.");
                return;
            };
            if !current {
                ui.set_opacity(0.6);
            }
            match self.shown {
                Shown::Claims => self.tree(ui, &minted.claims, workbench, now, commands),
                Shown::Header => self.tree(ui, &minted.header, workbench, now, commands),
                Shown::Signature => signature(ui, minted),
                Shown::Json => self.json.ui(ui, &minted.claims, workbench.facts().revision),
            }
        });
        if let Some(chosen) = chosen {
            self.shown = chosen;
            self.open.clear();
        }
    }

    fn tree(&mut self, ui: &mut Ui, json: &Json, workbench: &Workbench, now: i64, commands: &CommandQueue) {
        let clock = workbench.clock();
        let key = (workbench.facts().revision, self.shown, self.open.len());
        if self.rows_of != Some(key) {
            self.rows = rows(json, &self.open);
            self.rows_of = Some(key);
        }
        let mut toggled = None;
        // The bar of a list that scrolls lies over its right edge.
        let scrolls = self.rows.len() as f32 * ROW_HEIGHT > ui.available_height();
        let bar = if scrolls { space::M } else { 0.0 };
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().id_salt("decoded").auto_shrink(false).show_rows(
            ui,
            ROW_HEIGHT,
            self.rows.len(),
            |ui, range| {
                for row in self.rows.get(range).unwrap_or_default() {
                    let is_open = self.open.contains(&row.value.start);
                    if show_row(ui, row, &note_words(&row.note, now, clock), json.text(), is_open, bar, commands) {
                        toggled = Some(row.value.start);
                    }
                }
            },
        );
        if let Some(at) = toggled
            && !self.open.remove(&at)
        {
            self.open.insert(at);
        }
        if self.rows.is_empty() {
            message::remark(ui, "No members.");
        }
    }
}

/// What is told beside a value, in words.
fn note_words(note: &Note, now: i64, clock: InstantFormat) -> String {
    match note {
        Note::None => String::new(),
        Note::Meaning(meaning) => (*meaning).to_owned(),
        Note::Time(instant) => instant_words(*instant, now, clock, true),
    }
}

/// Draws a row, leaving `bar` points free at its right; returns whether it is to be opened or closed.
fn show_row(ui: &mut Ui, row: &Row, note: &str, text: &str, is_open: bool, bar: f32, commands: &CommandQueue) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::click());
    let words = || format!("{}: {} {note}", visible(&row.name), row.shown);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words()));
    if response.hovered() || response.has_focus() {
        let hover = theme::tokens(ui).surface.hover;
        ui.painter().rect_filled(rect.expand2(vec2(space::XS, 0.0)), radius::SMALL, hover);
    }
    focus_ring(ui, &response, rect.expand2(vec2(space::XS, -1.0)), radius::SMALL);
    paint_row(ui, row, rect.with_max_x(rect.right() - bar), is_open, note.to_owned());
    let tip = if row.opens { "Click to open; right-click to copy" } else { "Click to copy the value" };
    let response = response.on_hover_text(tip);
    let copy = |text: String| commands.push(Command::Copy(Copied::Value(text)));
    let value = || copied(text.get(row.value.range()).unwrap_or_default());
    response.context_menu(|ui| {
        if ui.button("Copy value").clicked() {
            copy(value());
        }
        if ui.button("Copy name").clicked() {
            copy(row.name.clone());
        }
    });
    if response.clicked() && !row.opens {
        copy(value());
    }
    response.clicked() && row.opens
}

/// Name, value and note in their columns; the value gives way to the note.
fn paint_row(ui: &Ui, row: &Row, rect: Rect, is_open: bool, note: String) {
    let tokens = theme::tokens(ui);
    let name_left = rect.left() + INDENT * row.depth.min(DEEPEST) as f32;
    let value_left = name_left + (rect.width() * 0.2).clamp(72.0, 130.0);
    let small = theme::fonts::regular(size::TEXT_SMALL);
    let note = ui.painter().layout_no_wrap(note, small.clone(), tokens.text.muted);
    let note_left = rect.right() - note.size().x;
    let write = |left: f32, right: f32, text: &str, font: FontId, colour: Color32| {
        let place = rect.with_min_x(left).with_max_x(right);
        ui.painter_at(place).text(place.left_center(), Align2::LEFT_CENTER, text, font, colour);
    };
    let name_font = theme::fonts::regular(size::TEXT);
    write(name_left, value_left - space::XS, &visible(&row.name), name_font, tokens.part.payload);
    let indent = if row.opens { 16.0 } else { 0.0 };
    if row.opens {
        let glyph = if is_open { icon::CARET_DOWN } else { icon::CARET_RIGHT };
        write(value_left, note_left, glyph, small, tokens.text.muted);
    }
    let value_right = note_left - if note.size().x > 0.0 { space::S } else { 0.0 };
    write(value_left + indent, value_right, &row.shown, theme::fonts::mono(size::MONO), tokens.text.primary);
    let note_at = pos2(note_left, rect.center().y - note.size().y / 2.0);
    ui.painter().galley(note_at, note, tokens.text.muted);
}

fn signature(ui: &mut Ui, minted: &Minted) {
    let tokens = theme::tokens(ui);
    ui.label(
        RichText::new(format!("{}, {}", minted.algorithm.summary(), bytes(minted.sizes.signature_bytes)))
            .color(tokens.text.secondary),
    );
    ui.add_space(space::XS);
    ScrollArea::vertical().id_salt(Id::unique("signature")).auto_shrink(false).show(ui, |ui| {
        ui.label(RichText::new(minted.token.signature()).font(theme::fonts::mono(size::MONO)).color(tokens.part.signature));
        ui.add_space(space::S);
        let words = "It covers the header and the payload, byte for byte. It hides nothing: it shows whether something was changed.";
        ui.label(RichText::new(words).size(size::TEXT_SMALL).color(tokens.text.muted));
    });
}
