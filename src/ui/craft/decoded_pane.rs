//! What is in the token, read back from it: claims as a tree with human times, header and signature.

use std::collections::HashSet;

use eframe::egui::{Align2, Id, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::json_view::JsonView;
use crate::jose::claims;
use crate::jose::json::{self, Json, Kind, Value};
use crate::jose::text::Span;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{self, icon, radius, size, space};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::segmented;
use crate::workbench::Workbench;
use crate::workbench::command::{Command, Copied};
use crate::workbench::facts::{Minted, instant_words};

const ROW_HEIGHT: f32 = 23.0;
const INDENT: f32 = 16.0;
/// Letters of a value that are laid out; the rest is in the copy.
const SHOWN_LETTERS: usize = 240;

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

/// One visible row of the tree.
struct Row {
    depth: usize,
    name: String,
    value: Span,
    kind: Kind,
    note: Note,
}

enum Note {
    None,
    Meaning(&'static str),
    Time(i64),
}

impl DecodedPane {
    /// Draws the card in `height` points.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, now: i64, height: f32, commands: &CommandQueue) {
        let mut chosen = None;
        let shown = self.shown;
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
                ui.label(
                    RichText::new("Nothing to decode until there is a token.").color(theme::tokens(ui).text.secondary),
                );
                return;
            };
            if !current {
                ui.set_opacity(0.6);
            }
            match self.shown {
                Shown::Claims => self.tree(ui, &minted.claims, workbench.facts().revision, now, commands),
                Shown::Header => self.tree(ui, &minted.header, workbench.facts().revision, now, commands),
                Shown::Signature => signature(ui, minted),
                Shown::Json => self.json.ui(ui, &minted.claims, workbench.facts().revision),
            }
        });
        if let Some(chosen) = chosen {
            self.shown = chosen;
            self.open.clear();
        }
    }

    fn tree(&mut self, ui: &mut Ui, json: &Json, revision: u64, now: i64, commands: &CommandQueue) {
        let key = (revision, self.shown, self.open.len());
        if self.rows_of != Some(key) {
            self.rows = rows(json, &self.open);
            self.rows_of = Some(key);
        }
        let mut toggled = None;
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().id_salt("decoded").auto_shrink(false).show_rows(
            ui,
            ROW_HEIGHT,
            self.rows.len(),
            |ui, range| {
                for row in self.rows.get(range).unwrap_or_default() {
                    let is_open = self.open.contains(&row.value.start);
                    if show_row(ui, row, json.text(), is_open, now, commands) {
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
            ui.label(RichText::new("No members.").color(theme::tokens(ui).text.secondary));
        }
    }
}

/// The rows of a tree with these containers open, found without recursion.
fn rows(json: &Json, open: &HashSet<usize>) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut waiting: Vec<(usize, String, Value<'_>)> =
        children(json.root()).into_iter().rev().map(|(name, value)| (0, name, value)).collect();
    while let Some((depth, name, value)) = waiting.pop() {
        if open.contains(&value.span().start) {
            waiting.extend(children(value).into_iter().rev().map(|(name, value)| (depth + 1, name, value)));
        }
        let note = if depth == 0 { note(&name, value) } else { Note::None };
        rows.push(Row { depth, name, value: value.span(), kind: value.kind(), note });
    }
    rows
}

fn children(value: Value<'_>) -> Vec<(String, Value<'_>)> {
    match value.kind() {
        Kind::Object => value.members().map(|member| (member.name().into_owned(), member.value)).collect(),
        Kind::Array => value.items().enumerate().map(|(index, item)| (index.to_string(), item)).collect(),
        Kind::Null | Kind::Bool | Kind::Number | Kind::String => Vec::new(),
    }
}

fn note(name: &str, value: Value<'_>) -> Note {
    match value.as_i64() {
        Some(instant) if claims::is_time(name) => Note::Time(instant),
        _ => claims::meaning(name).map_or(Note::None, Note::Meaning),
    }
}

/// Draws a row; returns whether its container is to be opened or closed.
fn show_row(ui: &mut Ui, row: &Row, text: &str, is_open: bool, now: i64, commands: &CommandQueue) -> bool {
    let tokens = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::click());
    let raw = text.get(row.value.range()).unwrap_or_default();
    let shown = summary(raw, row.kind);
    let note = match row.note {
        Note::None => String::new(),
        Note::Meaning(meaning) => meaning.to_owned(),
        Note::Time(instant) => instant_words(instant, now, true),
    };
    let container = matches!(row.kind, Kind::Array | Kind::Object) && raw.len() > 2;
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{}: {shown} {note}", row.name)));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect.expand2(vec2(space::XS, 0.0)), radius::SMALL, tokens.surface.hover);
    }
    let indent = INDENT * row.depth.min(24) as f32;
    let name_left = rect.left() + indent;
    let value_left = rect.left() + indent + (rect.width() * 0.2).clamp(72.0, 130.0);
    let painter = ui.painter_at(rect);
    painter.text(
        rect.left_center() + vec2(indent, 0.0),
        Align2::LEFT_CENTER,
        &row.name,
        theme::fonts::regular(size::TEXT_CONTROL),
        tokens.part.payload,
    );
    let note_galley = painter.layout_no_wrap(note, theme::fonts::regular(size::TEXT_SMALL), tokens.text.muted);
    let note_left = (rect.right() - note_galley.size().x).max(rect.left() + rect.width() * 0.62);
    painter.galley(
        rect.right_center() - vec2(note_galley.size().x, note_galley.size().y / 2.0),
        note_galley.clone(),
        tokens.text.muted,
    );
    let value_right = if note_galley.size().x > 0.0 { note_left - space::S } else { rect.right() - 20.0 };
    let clip = rect.with_min_x(value_left.max(name_left)).with_max_x(value_right);
    let icon_width = if container { 16.0 } else { 0.0 };
    if container {
        let glyph = if is_open { icon::CARET_DOWN } else { icon::CARET_RIGHT };
        painter.text(
            clip.left_center(),
            Align2::LEFT_CENTER,
            glyph,
            theme::fonts::regular(size::TEXT_SMALL),
            tokens.text.muted,
        );
    }
    ui.painter_at(clip).text(
        clip.left_center() + vec2(icon_width, 0.0),
        Align2::LEFT_CENTER,
        shown,
        theme::fonts::mono(size::MONO),
        tokens.text.primary,
    );
    let value = copied(raw, row.kind);
    let response = response.on_hover_text(if container {
        "Click to open; right-click to copy"
    } else {
        "Click to copy the value"
    });
    response.context_menu(|ui| {
        if ui.button("Copy value").clicked() {
            commands.push(Command::Copy(Copied::Value(value.clone())));
        }
        if ui.button("Copy name").clicked() {
            commands.push(Command::Copy(Copied::Value(row.name.clone())));
        }
    });
    if response.clicked() && !container {
        commands.push(Command::Copy(Copied::Value(value)));
    }
    response.clicked() && container
}

/// The text of a value in its row.
fn summary(raw: &str, kind: Kind) -> String {
    let cut = |text: &str| text.chars().take(SHOWN_LETTERS).collect::<String>();
    match (kind, Json::parse(raw)) {
        (Kind::String, Ok(json)) => cut(&json.root().as_str().unwrap_or_default()),
        (Kind::Array, Ok(json)) => {
            let items: Vec<_> = json
                .root()
                .items()
                .take(12)
                .map(|item| item.as_str().map_or_else(|| item.raw().to_owned(), std::borrow::Cow::into_owned))
                .collect();
            cut(&format!("[{}] {}", json.root().len(), items.join(", ")))
        }
        (Kind::Object, Ok(json)) => {
            let names: Vec<_> = json.root().members().take(12).map(|member| member.name().into_owned()).collect();
            cut(&format!("{{{}}} {}", json.root().len(), names.join(", ")))
        }
        _ => cut(raw),
    }
}

fn copied(raw: &str, kind: Kind) -> String {
    match (kind, Json::parse(raw)) {
        (Kind::String, Ok(json)) => json.root().as_str().unwrap_or_default().into_owned(),
        (_, Ok(json)) => json::minify(&json),
        _ => raw.to_owned(),
    }
}

fn signature(ui: &mut Ui, minted: &Minted) {
    let tokens = theme::tokens(ui);
    ui.label(
        RichText::new(format!("{}, {} bytes", minted.algorithm.summary(), minted.sizes.signature_bytes))
            .color(tokens.text.secondary),
    );
    ui.add_space(space::XS);
    ScrollArea::vertical().id_salt(Id::unique("signature")).auto_shrink(false).show(ui, |ui| {
        ui.label(RichText::new(minted.token.signature()).font(theme::fonts::mono(size::MONO)).color(tokens.part.signature));
        ui.add_space(space::S);
        let words = "It covers the header and the payload, byte for byte. It hides nothing: it shows whether something was changed.";
        ui.label(RichText::new(words).size(size::TEXT_SMALL + 0.5).color(tokens.text.muted));
    });
}
