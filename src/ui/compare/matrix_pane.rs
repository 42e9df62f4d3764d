//! Which variant has which claim.

use eframe::egui::{
    Align2, Color32, Label, Rangef, Rect, RichText, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2,
    vec2,
};

use super::figure;
use crate::jose::json::Json;
use crate::jose::text::visible;
use crate::measure::matrix::{MatrixRow, Presence, matrix};
use crate::ui::request::CommandQueue;
use crate::ui::theme::{Tokens, fonts, icon, radius, size, space, tokens};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::cut::cut;
use crate::ui::widgets::{focus_ring, message};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, CompareCommand};
use crate::workbench::compare::variant::Variant;

/// Height of a row, in points.
const ROW: f32 = size::ROW;
/// Height of the titles, in points.
const TITLES: f32 = size::ROW;
/// Width of the column of the names, in points.
const NAMES: f32 = 210.0;
/// The least and the greatest width of the column of a variant, in points.
const VARIANT: [f32; 2] = [138.0, 220.0];
/// Height of what is said of the chosen claim, in points.
const VALUES: f32 = 64.0;
/// Of a value, so many characters are shown.
const SHOWN: usize = 400;

/// View state of the pane.
#[derive(Default)]
pub(super) struct MatrixPane {
    made: Option<u64>,
    rows: Vec<MatrixRow>,
    /// Names of the claims as they are shown.
    names: Vec<String>,
    baseline: usize,
    subtitle: String,
    /// The claim whose values are told below.
    chosen: Option<String>,
}

impl MatrixPane {
    /// Draws the pane.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        self.refresh(workbench);
        let height = ui.available_height();
        let subtitle = self.subtitle.clone();
        let card = Card::new("Claims").subtitle(&subtitle).height(height).flush().actions(legend);
        card.show(ui, |ui| {
            if self.rows.is_empty() {
                empty(ui);
                return;
            }
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            self.grid(ui, workbench, (ui.available_height() - VALUES).max(TITLES + ROW), commands);
            self.values(ui, workbench);
        });
    }

    fn refresh(&mut self, workbench: &Workbench) {
        let comparison = workbench.comparison();
        if self.made == Some(comparison.revision()) {
            return;
        }
        let baseline = comparison.baseline().map(|variant| variant.id);
        let place = comparison.variants().iter().position(|variant| Some(variant.id) == baseline);
        self.baseline = place.unwrap_or_default();
        let payloads: Vec<Option<&Json>> = comparison.variants().iter().map(claims).collect();
        self.rows = matrix(&payloads, self.baseline);
        self.names = self.rows.iter().map(|row| visible(&row.name).into_owned()).collect();
        let differs = |row: &&MatrixRow| row.cells.iter().any(|cell| *cell != Presence::Same);
        let differing = self.rows.iter().filter(differs).count();
        let count = figure::counted(self.rows.len(), "claim", "claims");
        self.subtitle = match (comparison.variants().len(), differing) {
            (0 | 1, _) => count,
            (_, 0) => format!("{count}, the same in every variant"),
            (_, differing) => format!("{count}, {differing} not the same in every variant"),
        };
        self.made = Some(comparison.revision());
    }

    fn grid(&mut self, ui: &mut Ui, workbench: &Workbench, height: f32, commands: &CommandQueue) {
        let variants = workbench.comparison().variants();
        let [least, most] = VARIANT;
        let each = ((ui.available_width() - NAMES) / variants.len().max(1) as f32).clamp(least, most);
        let wide = NAMES + variants.len() as f32 * each;
        let area = ScrollArea::both().id_salt("matrix").max_height(height).auto_shrink([false, false]);
        area.show_viewport(ui, |ui, viewport| {
            ui.set_min_size(vec2(wide, TITLES + self.rows.len() as f32 * ROW));
            let origin = ui.min_rect().min;
            let screen = Rect::from_min_size(origin + viewport.min.to_vec2(), viewport.size());
            let columns = visible_range(viewport.min.x, viewport.width() - NAMES, each, variants.len());
            let place = |index: usize| origin.x + NAMES + index as f32 * each;
            let titles = screen.with_max_y(screen.top() + TITLES);
            let line = Stroke::new(1.0, tokens(ui).surface.line);
            let heads = inside(ui, "titles", titles.with_min_x(screen.left() + NAMES));
            for (index, variant) in variants.iter().enumerate().skip(columns.0).take(columns.1) {
                let rect = Rect::from_min_size(pos2(place(index), titles.top()), vec2(each, TITLES));
                self.title(&heads, rect, variant, index, workbench, commands);
            }
            ui.painter().hline(titles.x_range(), titles.bottom() - 0.5, line);
            let body = screen.with_min_y(titles.bottom());
            let rows = visible_range(viewport.min.y, body.height(), ROW, self.rows.len());
            let cells = inside(ui, "cells", body.with_min_x(screen.left() + NAMES));
            let names = inside(ui, "names", body.with_max_x(screen.left() + NAMES));
            for number in rows.0..(rows.0 + rows.1).min(self.rows.len()) {
                let top = origin.y + TITLES + number as f32 * ROW;
                let strip = Rect::from_x_y_ranges(screen.x_range(), Rangef::new(top, top + ROW));
                self.name(&names, strip, number);
                for (index, variant) in variants.iter().enumerate().skip(columns.0).take(columns.1) {
                    let rect = Rect::from_min_size(pos2(place(index), top), vec2(each, ROW));
                    self.cell(&cells, rect, number, index, variant);
                }
                let clip = ui.painter_at(body);
                clip.hline(screen.x_range(), strip.bottom() - 0.5, line);
            }
            ui.painter().vline(screen.left() + NAMES - 0.5, screen.y_range(), line);
        });
    }

    fn title(
        &self,
        ui: &Ui,
        rect: Rect,
        variant: &Variant,
        index: usize,
        workbench: &Workbench,
        commands: &CommandQueue,
    ) {
        let t = tokens(ui);
        let name = visible(&variant.name);
        let is_baseline = index == self.baseline;
        let selected = workbench.comparison().selected().is_some_and(|selected| selected.id == variant.id);
        let response = ui.interact(rect, ui.scope_id().with(("column", variant.id)), Sense::click());
        let spoken = if is_baseline { format!("{name}, baseline") } else { name.to_string() };
        response.widget_info(|| WidgetInfo::selected(Role::ColumnHeader, true, selected, &spoken));
        let mut room = rect.shrink2(vec2(space::S, 0.0));
        if is_baseline {
            let star = fonts::regular(size::TEXT);
            ui.painter().text(room.left_center(), Align2::LEFT_CENTER, icon::STAR, star, t.accent.main);
            room = room.with_min_x(room.left() + 18.0);
        }
        let ink = if selected || response.hovered() { t.text.primary } else { t.text.secondary };
        cut(ui, room, &name, fonts::semibold(size::TEXT_SMALL), ink);
        focus_ring(ui, &response, rect.shrink(2.0), radius::SMALL);
        if response.on_hover_text(&*spoken).clicked() {
            commands.push(Command::Compare(CompareCommand::Select(variant.id)));
        }
    }

    fn name(&mut self, ui: &Ui, strip: Rect, number: usize) {
        let (Some(row), Some(name)) = (self.rows.get(number), self.names.get(number)) else { return };
        let t = tokens(ui);
        let rect = strip.with_max_x(strip.left() + NAMES);
        let response = ui.interact(rect, ui.scope_id().with(("claim", &row.name)), Sense::click());
        let chosen = self.chosen.as_ref() == Some(&row.name);
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, chosen, format!("Claim {name}")));
        if chosen {
            ui.painter().rect_filled(rect, 0.0, t.accent.background);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, 0.0, t.surface.hover);
        }
        cut(ui, rect.shrink2(vec2(space::M, 0.0)), name, fonts::mono(size::MONO), t.text.primary);
        focus_ring(ui, &response, rect.shrink(2.0), radius::SMALL);
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        if response.clicked() {
            self.chosen = Some(row.name.clone());
        }
    }

    fn cell(&self, ui: &Ui, rect: Rect, number: usize, index: usize, variant: &Variant) {
        let (Some(row), Some(name)) = (self.rows.get(number), self.names.get(number)) else { return };
        let Some(presence) = row.cells.get(index) else { return };
        let t = tokens(ui);
        let unread = claims(variant).is_none();
        let (sign, word, ink) = if unread { ("?", "cannot be read", t.text.muted) } else { look(*presence, t) };
        let room = rect.shrink2(vec2(space::S, 0.0));
        let middle = pos2(room.left() + 6.0, room.center().y);
        ui.painter().text(middle, Align2::CENTER_CENTER, sign, fonts::semibold(size::TEXT), ink);
        let font = fonts::regular(size::TEXT_SMALL);
        cut(ui, room.with_min_x(room.left() + 18.0), word, font, ink);
        let response = ui.interact(rect, ui.scope_id().with((number, index)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, format!("{name}, {}: {word}", variant.name)));
        response.on_hover_ui(|ui| {
            ui.set_max_width(420.0);
            ui.label(RichText::new(format!("{name}: {word}")).font(fonts::semibold(size::TEXT)));
            ui.label(RichText::new(value(variant, &row.name)).font(fonts::mono(size::MONO)));
        });
    }

    /// The values of the chosen claim, for those without a mouse, too.
    fn values(&self, ui: &mut Ui, workbench: &Workbench) {
        let t = tokens(ui);
        let comparison = workbench.comparison();
        let line = Stroke::new(1.0, t.surface.line);
        ui.painter().hline(ui.max_rect().x_range(), ui.cursor().top() + 0.5, line);
        let room =
            Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), VALUES)).shrink2(vec2(space::M, space::S));
        let mut inside = ui.new_child(UiBuilder::new().id_salt("values").max_rect(room));
        inside.spacing_mut().item_spacing = vec2(space::S, space::XS);
        inside.spacing_mut().interact_size.y = size::CHIP;
        let Some(name) = self.chosen.as_ref().filter(|name| self.rows.iter().any(|row| row.name == **name)) else {
            let words = "Choose a claim to see its values in the baseline and in the selected variant.";
            inside.label(RichText::new(words).size(size::TEXT).color(t.text.muted));
            return;
        };
        let baseline = comparison.baseline();
        let other = comparison.selected().filter(|selected| Some(selected.id) != baseline.map(|baseline| baseline.id));
        for variant in [baseline, other].into_iter().flatten() {
            inside.horizontal(|ui| {
                let who = format!("{}:", visible(&variant.name));
                ui.label(RichText::new(who).font(fonts::semibold(size::TEXT)));
                let words = RichText::new(value(variant, name)).font(fonts::mono(size::MONO)).color(t.text.secondary);
                ui.add(Label::new(words).truncate());
            });
        }
    }
}

fn claims(variant: &Variant) -> Option<&Json> {
    variant.facts.as_ref().ok()?.claims.as_ref()
}

/// The value of a claim as it is shown, or that there is none.
fn value(variant: &Variant, name: &str) -> String {
    let Some(claims) = claims(variant) else { return "cannot be read".to_owned() };
    let Some(value) = claims.root().get(name) else { return "no such claim".to_owned() };
    let raw: String = value.raw().chars().take(SHOWN).collect();
    let more = if raw.len() < value.raw().len() { "…" } else { "" };
    format!("{}{more}", visible(&raw))
}

/// Sign, word and colour.
fn look(presence: Presence, t: &Tokens) -> (&'static str, &'static str, Color32) {
    match presence {
        Presence::Same => ("=", "same", t.text.secondary),
        Presence::Changed => ("\u{2260}", "changed", t.status.warning),
        Presence::Retyped(kind) => ("!", retyped(kind), t.status.error),
        Presence::Added => ("+", "added", t.status.ok),
        Presence::Missing => ("\u{2212}", "missing", t.text.muted),
    }
}

fn retyped(kind: crate::jose::json::Kind) -> &'static str {
    use crate::jose::json::Kind;
    match kind {
        Kind::Null => "now null",
        Kind::Bool => "now a boolean",
        Kind::Number => "now a number",
        Kind::String => "now a string",
        Kind::Array => "now an array",
        Kind::Object => "now an object",
    }
}

/// What the signs mean.
fn legend(ui: &mut Ui) {
    let t = tokens(ui);
    ui.spacing_mut().item_spacing.x = space::XS;
    let kinds = [
        ("=", "same", t.text.secondary),
        ("\u{2260}", "changed", t.status.warning),
        ("+", "added", t.status.ok),
        ("\u{2212}", "missing", t.text.muted),
        ("!", "another type", t.status.error),
    ];
    for (sign, word, ink) in kinds {
        ui.label(RichText::new(sign).font(fonts::semibold(size::TEXT)).color(ink));
        ui.label(RichText::new(word).size(size::TEXT_SMALL).color(t.text.secondary));
        ui.add_space(space::S);
    }
}

fn empty(ui: &mut Ui) {
    let words = "No variant has claims that can be read.";
    ui.add_space(space::M);
    ui.horizontal(|ui| {
        ui.add_space(space::M);
        message::remark(ui, words);
    });
}

/// A part of the grid that is cut off at its edges.
fn inside(ui: &mut Ui, name: &str, rect: Rect) -> Ui {
    let mut inside = ui.new_child(UiBuilder::new().id_salt(name).max_rect(rect));
    inside.shrink_clip_rect(rect);
    inside
}

/// The first of `count` things of one size that are on show, and how many.
fn visible_range(offset: f32, room: f32, each: f32, count: usize) -> (usize, usize) {
    let first = (offset / each).floor().max(0.0) as usize;
    let shown = (room.max(0.0) / each).ceil() as usize + 1;
    (first.min(count), shown)
}
