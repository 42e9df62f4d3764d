//! What each claim of the selected variant costs, and what would change without it.

use eframe::egui::{
    Align2, Rect, RichText, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2,
    scroll_area::ScrollBarVisibility, vec2,
};

use super::claim_row::{ClaimRow, Columns, Did, ROW, Typed, Typing};
use super::cost_rows::{CostRow, CostRows, RowKind};
use super::inside_card::Inside;
use super::what_if_bar::{self, Asked};
use crate::jose::error::Problem;
use crate::ui::columns::{Slot, column};
use crate::ui::figures::grouped;
use crate::ui::help::Topic;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{fonts, size, space, tokens};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::message;
use crate::workbench::Workbench;
use crate::workbench::command::{Command, CompareCommand};
use crate::workbench::compare::variant::{Variant, VariantId};
use crate::workbench::compare::what_if::Changes;

/// The card never gets less height than this, in points: the column scrolls instead.
const LEAST: f32 = 430.0;
/// What is inside a claim has this height at least, and this part of the card, in points.
const INSIDE: f32 = 150.0;
const INSIDE_SHARE: f32 = 0.34;
/// Height of the line with the total, in points.
const TOTAL: f32 = 28.0;

/// See the module.
#[derive(Default)]
pub(super) struct CostsPane {
    rows: Option<CostRows>,
    inside: Inside,
    renaming: Option<Renaming>,
    /// The row that the keyboard goes to.
    focus: Option<usize>,
    /// Why the changes asked for last cannot be made.
    refused: Option<(VariantId, Problem)>,
}

/// A name that is being typed.
struct Renaming {
    of: VariantId,
    claim: String,
    text: String,
    fresh: bool,
}

impl CostsPane {
    /// Draws the pane.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        column(ui, "costs", LEAST, |ui, height, slot| {
            if let Slot::Filling = slot {
                self.card(ui, workbench, height, commands);
            }
        });
    }

    fn card(&mut self, ui: &mut Ui, workbench: &Workbench, height: f32, commands: &CommandQueue) {
        let variant = workbench.comparison().selected();
        let subtitle = variant.map(|variant| format!("{}, in base64url bytes", variant.name)).unwrap_or_default();
        let card = Card::new("What each claim costs")
            .explains(&[Topic::ClaimCost, Topic::ClaimShare, Topic::WithoutIt])
            .subtitle(&subtitle)
            .flush()
            .height(height)
            .actions(|ui| {
                if let Some(variant) = variant {
                    what_if_bar::header(ui, workbench, variant, commands);
                }
            });
        card.show(ui, |ui| match variant {
            Some(variant) => self.variant(ui, workbench, variant, commands),
            None => padded(ui, |ui| message::remark(ui, "There is no variant yet.")),
        });
    }

    fn variant(&mut self, ui: &mut Ui, workbench: &Workbench, variant: &Variant, commands: &CommandQueue) {
        let facts = match &variant.facts {
            Ok(facts) => facts,
            Err(problem) => {
                padded(ui, |ui| explain(ui, variant, problem));
                return;
            }
        };
        if !self.rows.as_ref().is_some_and(|rows| rows.are_of(facts)) {
            self.rows = Some(CostRows::of(facts));
        }
        padded(ui, |ui| {
            let refused = self.refused.as_ref().filter(|(of, _)| *of == variant.id).map(|(_, problem)| problem);
            match what_if_bar::ui(ui, workbench, variant, facts, refused) {
                Some(Asked::Changes(changes)) => self.ask(variant, changes, commands),
                Some(Asked::Keep) => commands.push(Command::Compare(CompareCommand::KeepWhatIf)),
                None => {}
            }
            if facts.claims.is_none() {
                let words = "The payload is no JSON object, so there are no claims to leave out.";
                message::warning(ui, words, "Its parts are counted all the same.");
            }
        });
        let Some(rows) = self.rows.take() else { return };
        let place = ui.available_rect_before_wrap().with_min_y(ui.min_rect().bottom());
        let inside = match self.inside.place(&rows) {
            Some(_) => (place.height() * INSIDE_SHARE).max(INSIDE),
            None => 0.0,
        };
        let total = Rect::from_min_max(pos2(place.left(), place.bottom() - inside - TOTAL), place.max)
            .with_max_y(place.bottom() - inside);
        let list = place.with_max_y(total.top());
        let changes =
            what_if_bar::what_if(workbench, variant).map(|what_if| what_if.changes.clone()).unwrap_or_default();
        let mut list_ui = ui.new_child(UiBuilder::new().id_salt("list").max_rect(list));
        list_ui.shrink_clip_rect(list);
        self.list(&mut list_ui, variant, &rows, &changes, commands);
        total_line(ui, total, rows.total);
        self.inside.ui(ui, &rows, place.with_min_y(total.bottom()));
        self.rows = Some(rows);
    }

    /// Asks for changes, or says why they cannot be made.
    fn ask(&mut self, variant: &Variant, changes: Changes, commands: &CommandQueue) {
        self.refused = what_if_bar::push(commands, variant, changes).err().map(|problem| (variant.id, problem));
    }

    fn list(&mut self, ui: &mut Ui, variant: &Variant, rows: &CostRows, changes: &Changes, commands: &CommandQueue) {
        ui.spacing_mut().item_spacing.y = 0.0;
        let count = rows.rows.len();
        let area = ScrollArea::vertical()
            .id_salt(("cost rows", variant.id))
            .auto_shrink(false)
            .scroll_bar_visibility(ScrollBarVisibility::VisibleWhenNeeded);
        area.show_viewport(ui, |ui, viewport| {
            ui.set_height(count as f32 * ROW);
            let top = ui.max_rect().min;
            let width = ui.available_width();
            let place = |index: usize| Rect::from_min_size(top + vec2(0.0, index as f32 * ROW), vec2(width, ROW));
            if let Some(index) = self.focus {
                ui.scroll_to_rect(place(index), None);
            }
            let first = (viewport.top() / ROW).max(0.0) as usize;
            let shown = (viewport.height() / ROW) as usize + 2;
            // A row that the keyboard goes to is drawn wherever it is, or it could not take it.
            let far = self.focus.filter(|index| !(first..first + shown).contains(index));
            for index in (first..(first + shown).min(count)).chain(far) {
                let Some(row) = rows.rows.get(index) else { continue };
                let id = ("cost row", index);
                let mut line = ui.new_child(UiBuilder::new().id_salt(id).max_rect(place(index)));
                self.row(&mut line, variant, rows, (index, row), changes, commands);
            }
        });
    }

    fn row(
        &mut self,
        ui: &mut Ui,
        variant: &Variant,
        rows: &CostRows,
        (index, row): (usize, &CostRow),
        changes: &Changes,
        commands: &CommandQueue,
    ) {
        let rect = ui.max_rect();
        let is_claim = matches!(row.kind, RowKind::Claim(_));
        let shown = ClaimRow {
            row,
            most: rows.most,
            total: rows.total,
            off: is_claim && changes.without.contains(&row.name),
            renamed: changes.renamed.get(&row.name).filter(|_| is_claim).map(String::as_str),
            open: row.kind.place().is_some_and(|place| self.inside.place(rows) == Some(place)),
        };
        if is_claim && self.is_renaming(variant.id, &row.name) {
            if let Some(changed) = self.rename(ui, rect, &shown, rows, changes) {
                self.ask(variant, changed, commands);
            }
            return;
        }
        let focus = self.focus.take_if(|focus| *focus == index).is_some();
        match shown.ui(ui, rect, focus, || words(rows, row)) {
            Some(Did::Toggle) => {
                let mut changes = changes.clone();
                if !changes.without.remove(&row.name) {
                    changes.without.insert(row.name.clone());
                }
                self.ask(variant, changes, commands);
            }
            Some(Did::Open) => {
                if let Some(place) = row.kind.place() {
                    self.inside.toggle(rows, &row.name, place);
                }
            }
            Some(Did::Rename) => {
                let text = shown.renamed.unwrap_or(&row.name).to_owned();
                self.renaming = Some(Renaming { of: variant.id, claim: row.name.clone(), text, fresh: true });
            }
            Some(Did::Move(by)) => {
                let last = rows.rows.iter().rposition(|row| matches!(row.kind, RowKind::Claim(_))).unwrap_or_default();
                self.focus = Some(index.saturating_add_signed(by).min(last));
            }
            None => {}
        }
    }

    fn is_renaming(&self, of: VariantId, claim: &str) -> bool {
        self.renaming.as_ref().is_some_and(|renaming| renaming.of == of && renaming.claim == claim)
    }

    /// The row whose name is being typed; returns the changes once another name is taken.
    fn rename(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        row: &ClaimRow<'_>,
        rows: &CostRows,
        changes: &Changes,
    ) -> Option<Changes> {
        let mut renaming = self.renaming.take()?;
        let error = taken(&renaming, rows, changes);
        let typing = Typing { text: &mut renaming.text, error, fresh: renaming.fresh };
        match row.typing(ui, rect, typing) {
            Some(Typed::Take) => {
                let Renaming { claim, text, .. } = renaming;
                let mut changed = changes.clone();
                changed.renamed.remove(&claim);
                if text != claim {
                    changed.renamed.insert(claim, text);
                }
                (changed != *changes).then_some(changed)
            }
            Some(Typed::Leave) => None,
            None => {
                self.renaming = Some(Renaming { fresh: false, ..renaming });
                None
            }
        }
    }
}

/// Why a name cannot be taken.
fn taken(renaming: &Renaming, rows: &CostRows, changes: &Changes) -> Option<String> {
    let Renaming { claim, text, .. } = renaming;
    if text == claim {
        return None;
    }
    if text.is_empty() {
        return Some("A claim needs a name".to_owned());
    }
    let keeps = |name: &String| !changes.without.contains(name) && !changes.renamed.contains_key(name);
    let is_other = rows.has_claim(text) && keeps(text);
    let is_new = changes.renamed.iter().any(|(of, to)| of != claim && to == text && !changes.without.contains(of));
    (is_other || is_new).then(|| "This name is taken".to_owned())
}

fn explain(ui: &mut Ui, variant: &Variant, problem: &Problem) {
    if problem.code == "pending" {
        ui.label(RichText::new("Counting…").color(tokens(ui).text.secondary));
    } else {
        message::error(ui, &format!("{}: {}", variant.name, problem.message), &problem.help);
    }
}

fn padded(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let padding = eframe::egui::Margin::symmetric(12, 8);
    eframe::egui::Frame::new().inner_margin(padding).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::XS;
        content(ui);
    });
    let line = Stroke::new(1.0, tokens(ui).surface.line);
    let rect = ui.min_rect();
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, line);
}

fn total_line(ui: &Ui, rect: Rect, total: usize) {
    let t = tokens(ui);
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, t.surface.line_strong));
    let words = format!("All of it: {} bytes", grouped(total));
    let response = ui.interact(rect, ui.scope_id().with("total"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    let font = fonts::semibold(size::TEXT);
    let columns = Columns::of(rect);
    let write = |place: Rect, align: Align2, words: &str| {
        let at = align.pos_in_rect(&place);
        ui.painter().text(at, align, words, font.clone(), t.text.primary);
    };
    write(rect.shrink2(vec2(space::M, 0.0)), Align2::LEFT_CENTER, "Token");
    write(columns.bytes, Align2::RIGHT_CENTER, &format!("{} B", grouped(total)));
    write(columns.percent, Align2::RIGHT_CENTER, "100 %");
}

/// What is said of a row under the pointer.
fn words(rows: &CostRows, row: &CostRow) -> String {
    let characters = grouped(row.characters);
    let mut words = match row.kind {
        RowKind::Periods => "Two periods part header, payload and signature.".to_owned(),
        RowKind::Signature => format!("{characters} bytes in the token, {} of signature", grouped(row.bytes)),
        _ => format!("{characters} bytes in the token, {} of JSON", grouped(row.bytes)),
    };
    if let RowKind::Claim(place) = row.kind
        && let Some(without) = rows.without(place)
    {
        words.push_str(&format!("\nToken {} bytes without it", grouped(without)));
    }
    words
}
