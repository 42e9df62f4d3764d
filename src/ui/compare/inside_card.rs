//! What is inside one claim: a treemap of its members by what they cost, which can be entered.

use std::sync::Arc;

use eframe::egui::{Align, Layout, Rect, RichText, Stroke, Ui, UiBuilder, vec2};

use super::cost_rows::CostRows;
use crate::jose::json::Kind;
use crate::jose::text::{shown, visible};
use crate::measure::costs::{Cost, PartCosts};
use crate::ui::figures::{grouped, percent};
use crate::ui::theme::{fonts, size, space, tokens};
use crate::ui::widgets::button;
use crate::ui::widgets::treemap::{self, Cell};
use crate::workbench::compare::variant::VariantFacts;

/// Height of the header of the section, in points.
const HEADER: f32 = size::CARD_HEADER;
/// Height of the line below the cells, in points.
const FOOT: f32 = 20.0;
/// So many members have a cell of their own; the others share one.
const MOST_CELLS: usize = 60;

/// View state: what is looked into.
#[derive(Default)]
pub(super) struct Inside {
    /// The name of the claim; `None` for the one that costs most among those with members.
    claim: Option<String>,
    /// Whether the user closed it.
    closed: bool,
    /// The way from the payload: the number of the child at each level.
    way: Vec<usize>,
    /// Whether the keyboard goes to the first cell.
    focus: bool,
    view: Option<View>,
}

/// What is drawn, derived once for a place.
struct View {
    facts: Arc<VariantFacts>,
    way: Vec<usize>,
    /// The names along the way.
    names: Vec<String>,
    cells: Vec<Cell>,
    /// The child of each cell.
    places: Vec<usize>,
    /// What it costs as a whole.
    words: String,
}

impl Inside {
    /// Looks into the claim of this name, or no longer.
    pub(super) fn toggle(&mut self, rows: &CostRows, name: &str, place: usize) {
        if self.place(rows) == Some(place) {
            self.closed = true;
        } else {
            *self = Self { claim: Some(name.to_owned()), way: vec![place], ..Self::default() };
        }
    }

    /// The place of the claim that is looked into, if there is one.
    pub(super) fn place(&self, rows: &CostRows) -> Option<usize> {
        if self.closed {
            return None;
        }
        let mut nested = rows.rows.iter().filter(|row| row.nested && row.kind.place().is_some());
        let row = match &self.claim {
            Some(name) => nested.find(|row| row.name == *name),
            None => nested.next(),
        };
        row.and_then(|row| row.kind.place())
    }

    /// Draws the section in `rect`.
    pub(super) fn ui(&mut self, ui: &mut Ui, rows: &CostRows, rect: Rect) {
        let Some(place) = self.place(rows) else { return };
        if self.way.first() != Some(&place) {
            self.way = vec![place];
        }
        self.derive(rows.facts());
        let line = Stroke::new(1.0, tokens(ui).surface.line);
        ui.painter().hline(rect.x_range(), rect.top() + 0.5, line);
        ui.painter().hline(rect.x_range(), rect.top() + HEADER - 0.5, line);
        let header = rect.with_max_y(rect.top() + HEADER).shrink2(vec2(space::M, 0.0));
        let layout = Layout::left_to_right(Align::Center);
        let mut line = ui.new_child(UiBuilder::new().id_salt("inside header").max_rect(header).layout(layout));
        self.header(&mut line);
        let body = rect.with_min_y(rect.top() + HEADER).shrink2(vec2(space::M, space::S));
        let mut body_ui = ui.new_child(UiBuilder::new().id_salt("inside").max_rect(body));
        self.cells(&mut body_ui, body.height() - FOOT);
    }

    fn header(&mut self, ui: &mut Ui) {
        let Some(view) = &self.view else { return };
        ui.spacing_mut().item_spacing.x = space::S;
        ui.label(RichText::new("Inside").font(fonts::semibold(size::TEXT)));
        let mut back_to = None;
        let last = view.names.len().saturating_sub(1);
        for (level, name) in view.names.iter().enumerate() {
            if level > 0 {
                ui.label(RichText::new("›").color(tokens(ui).text.muted));
            }
            if level < last {
                if button::link(ui, name).on_hover_text("Back to this one").clicked() {
                    back_to = Some(level);
                }
            } else {
                ui.label(RichText::new(name).font(fonts::mono(size::MONO)));
            }
        }
        ui.label(RichText::new("area is bytes").size(size::TEXT).color(tokens(ui).text.muted));
        if let Some(level) = back_to {
            self.way.truncate(level + 1);
        }
    }

    fn cells(&mut self, ui: &mut Ui, height: f32) {
        let Some(view) = &self.view else { return };
        ui.spacing_mut().item_spacing.y = space::XXS;
        let focus = std::mem::take(&mut self.focus);
        let name = format!("Inside {}", view.names.join(", "));
        let done = treemap::show(ui, &name, &view.cells, height, focus);
        let words = done.regarded.and_then(|index| view.cells.get(index)).map_or(&view.words, |cell| &cell.words);
        let words = RichText::new(words).size(size::TEXT_SMALL).color(tokens(ui).text.secondary);
        ui.add(eframe::egui::Label::new(words).truncate());
        if let Some(place) = done.entered.and_then(|index| view.places.get(index)) {
            self.way.push(*place);
            self.focus = true;
        } else if done.back && self.way.len() > 1 {
            self.way.pop();
            self.focus = true;
        }
    }

    fn derive(&mut self, facts: &Arc<VariantFacts>) {
        let kept = self.view.as_ref().is_some_and(|view| Arc::ptr_eq(&view.facts, facts) && view.way == self.way);
        if kept {
            return;
        }
        // A way into other facts may end early.
        let mut cost = &facts.costs.payload.root;
        let mut names = Vec::new();
        let mut way = Vec::new();
        for place in &self.way {
            let Some(child) = cost.children.get(*place).filter(|child| !child.children.is_empty()) else { break };
            names.push(visible(&child.name).into_owned());
            way.push(*place);
            cost = child;
        }
        self.way = way;
        self.view = Some(View::of(facts, self.way.clone(), names, cost));
    }
}

impl View {
    fn of(facts: &Arc<VariantFacts>, way: Vec<usize>, names: Vec<String>, cost: &Cost) -> Self {
        let about =
            About { token: facts.sizes.token, whole: cost.characters, name: names.last().cloned().unwrap_or_default() };
        let mut children: Vec<(usize, &Cost)> =
            cost.children.iter().enumerate().filter(|(_, child)| child.characters > 0).collect();
        children.sort_by_key(|(_, child)| std::cmp::Reverse(child.characters));
        let (own, others) = children.split_at(children.len().min(MOST_CELLS));
        let part = &facts.costs.payload;
        let mut cells: Vec<_> = own
            .iter()
            .map(|(_, child)| about.cell(label(part, child), child.characters, !child.children.is_empty(), false))
            .collect();
        let mut places: Vec<_> = own.iter().map(|(place, _)| *place).collect();
        for (label, size) in [
            (format!("{} more", grouped(others.len())), others.iter().map(|(_, child)| child.characters).sum()),
            ("name and brackets".to_owned(), cost.own_characters()),
        ] {
            if size > 0 {
                cells.push(about.cell(label, size, false, true));
                // No child: such a cell is never entered.
                places.push(usize::MAX);
            }
        }
        let words = about.words(&about.name, cost.characters);
        Self { facts: Arc::clone(facts), way, names, cells, places, words }
    }
}

/// What cells are told with.
struct About {
    token: usize,
    whole: usize,
    name: String,
}

impl About {
    fn cell(&self, label: String, size: usize, opens: bool, rest: bool) -> Cell {
        let words = self.words(&label, size);
        let words = if opens { format!("{words}; a click looks inside") } else { words };
        Cell { label, words, size, opens, rest }
    }

    fn words(&self, label: &str, size: usize) -> String {
        let bytes = if size == 1 { "byte" } else { "bytes" };
        let of_whole =
            if size < self.whole { format!("{} of {}, ", percent(size, self.whole), self.name) } else { String::new() };
        format!("{label}: {} {bytes}, {of_whole}{} of the token", grouped(size), percent(size, self.token))
    }
}

/// The name of a member; of an item what it says, as far as that is short.
fn label(part: &PartCosts, cost: &Cost) -> String {
    let is_item = cost.name.starts_with('[') && cost.name.ends_with(']');
    let is_plain = !matches!(cost.kind, Some(Kind::Object | Kind::Array));
    let value = part.json().filter(|_| is_item && is_plain).and_then(|json| json.value_at(cost.span.start));
    match value {
        Some(value) => shown(value.raw()),
        None => visible(&cost.name).into_owned(),
    }
}
