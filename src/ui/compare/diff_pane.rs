//! Two variants as text, line by line.

use std::sync::Arc;

use eframe::egui::{
    Align2, Color32, Frame, Margin, Rect, RichText, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::difference::{Difference, Pair, Side, text};
use super::figure;
use crate::jose::text::visible;
use crate::ui::action::Action;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{fonts, size, space, tokens};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::cut::cut;
use crate::ui::widgets::{button, message, select};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, Copied};
use crate::workbench::compare::variant::{Variant, VariantFacts, VariantId};

/// From here on there is room for two columns, in points.
const WIDE: f32 = 900.0;
/// Room for the number and the sign of a line, in points.
const GUTTER: f32 = 58.0;
/// Width of the choice of a variant, in points.
const CHOICE: f32 = 280.0;

/// View state of the pane.
#[derive(Default)]
pub(super) struct DiffPane {
    left: Option<VariantId>,
    right: Option<VariantId>,
    made: Option<[Arc<VariantFacts>; 2]>,
    difference: Difference,
}

impl DiffPane {
    /// Draws the pane.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        let height = ui.available_height();
        let Some((left, right)) = self.sides(workbench) else {
            Card::new("Text").height(height).show(ui, |ui| one_alone(ui, workbench, commands));
            return;
        };
        let facts = [&left.facts, &right.facts];
        let problem = facts.iter().find_map(|facts| facts.as_ref().err());
        if let [Ok(left), Ok(right)] = facts {
            self.refresh(left, right);
        }
        let (subtitle, same) = (self.words(), self.difference.is_none());
        let names = [visible(&left.name).into_owned(), visible(&right.name).into_owned()];
        let copied = || self.difference.to_text(&names[0], &names[1]);
        let card = Card::new("Text").subtitle(if problem.is_none() { &subtitle } else { "" }).height(height).flush();
        let card = card.actions(|ui| {
            ui.add_enabled_ui(problem.is_none() && !same, |ui| {
                if button::normal(ui, "Copy").on_hover_text("Copy the differences as a unified diff").clicked() {
                    commands.push(Command::Copy(Copied::Value(copied())));
                }
            });
        });
        let mut chosen = (left.id, right.id);
        card.show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(space::S, 0.0);
            chosen = choices(ui, workbench, chosen);
            match problem {
                Some(problem) => {
                    Frame::new().inner_margin(Margin::same(12)).show(ui, |ui| {
                        message::error(ui, &problem.message, &problem.help);
                    });
                }
                None if same => nothing(ui),
                None => self.lines(ui),
            }
        });
        (self.left, self.right) = (Some(chosen.0), Some(chosen.1));
    }

    /// The two that are held against each other: those chosen, else the baseline and the selected one.
    fn sides<'w>(&self, workbench: &'w Workbench) -> Option<(&'w Variant, &'w Variant)> {
        let comparison = workbench.comparison();
        let get = |id: Option<VariantId>| id.and_then(|id| comparison.get(id));
        let left = get(self.left).or_else(|| comparison.baseline())?;
        let other = |variant: &&Variant| variant.id != left.id;
        let right = get(self.right)
            .or_else(|| comparison.selected().filter(other))
            .or_else(|| comparison.variants().iter().find(other))?;
        Some((left, right))
    }

    fn refresh(&mut self, left: &Arc<VariantFacts>, right: &Arc<VariantFacts>) {
        let made = self.made.as_ref();
        if made.is_some_and(|[one, other]| Arc::ptr_eq(one, left) && Arc::ptr_eq(other, right)) {
            return;
        }
        self.difference = Difference::of(text(left), text(right));
        self.made = Some([Arc::clone(left), Arc::clone(right)]);
    }

    fn words(&self) -> String {
        if self.difference.is_none() {
            return "no differences".to_owned();
        }
        let lines = |number| figure::counted(number, "line", "lines");
        let Difference { removed, added, .. } = &self.difference;
        format!("{} removed, {} added", lines(*removed), lines(*added))
    }

    fn lines(&self, ui: &mut Ui) {
        let wide = ui.available_width() >= WIDE;
        let shown = if wide { &self.difference.pairs } else { &self.difference.unified };
        let area = ScrollArea::vertical().id_salt("difference").auto_shrink(false);
        area.show_rows(ui, size::MONO_LINE, shown.len(), |ui, range| {
            for pair in shown.get(range).unwrap_or_default() {
                let (rect, response) =
                    ui.allocate_exact_size(vec2(ui.available_width(), size::MONO_LINE), Sense::hover());
                response.widget_info(|| WidgetInfo::labeled(Role::Label, true, spoken(pair)));
                if wide {
                    let (left, right) = rect.split_left_right_at_fraction(0.5);
                    side(ui, left, pair.left.as_ref(), pair.same, false);
                    side(ui, right, pair.right.as_ref(), pair.same, true);
                    ui.painter().vline(right.left(), rect.y_range(), Stroke::new(1.0, tokens(ui).surface.line));
                } else {
                    let new = pair.left.is_none();
                    side(ui, rect, pair.left.as_ref().or(pair.right.as_ref()), pair.same, new);
                }
            }
        });
    }
}

/// A line as it is read out.
fn spoken(pair: &Pair) -> String {
    let text = |side: &Option<Side>| side.as_ref().map(|side| side.text.trim().to_owned()).unwrap_or_default();
    match (pair.same, &pair.left, &pair.right) {
        (true, ..) => text(&pair.left),
        (false, Some(_), Some(_)) => format!("\u{2212} {} + {}", text(&pair.left), text(&pair.right)),
        (false, Some(_), None) => format!("\u{2212} {}", text(&pair.left)),
        (false, None, _) => format!("+ {}", text(&pair.right)),
    }
}

/// A line of one side, with its number and its sign.
fn side(ui: &Ui, rect: Rect, side: Option<&Side>, same: bool, new: bool) {
    let t = tokens(ui);
    let Some(side) = side else {
        ui.painter().rect_filled(rect, 0.0, t.surface.raised);
        return;
    };
    let (sign, ink, fill) = match (same, new) {
        (true, _) => ("", t.text.primary, Color32::TRANSPARENT),
        (false, false) => ("\u{2212}", t.status.error, t.status.error_background),
        (false, true) => ("+", t.status.ok, t.status.ok_background),
    };
    ui.painter().rect_filled(rect, 0.0, fill);
    let font = fonts::mono(size::MONO);
    let middle = rect.center().y;
    let number = pos2(rect.left() + 38.0, middle);
    ui.painter().text(number, Align2::RIGHT_CENTER, side.number, fonts::mono(size::TEXT_SMALL), t.text.muted);
    ui.painter().text(pos2(rect.left() + 48.0, middle), Align2::CENTER_CENTER, sign, font.clone(), ink);
    cut(ui, rect.with_min_x(rect.left() + GUTTER), &side.text, font, ink);
}

/// Which two are held against each other.
fn choices(ui: &mut Ui, workbench: &Workbench, mut chosen: (VariantId, VariantId)) -> (VariantId, VariantId) {
    let variants = workbench.comparison().variants();
    let names: Vec<_> = variants.iter().map(|variant| visible(&variant.name)).collect();
    let entries: Vec<_> = variants.iter().zip(&names).map(|(variant, name)| (variant.id, name.as_ref(), "")).collect();
    let width = CHOICE.min((ui.available_width() - 150.0) / 2.0);
    let room = ui.horizontal(|ui| {
        ui.set_min_height(size::FIELD + 2.0 * space::S);
        ui.add_space(space::M);
        if let Some(left) = select::choose(ui, "Left variant", chosen.0, &entries, width) {
            chosen.0 = left;
        }
        if button::normal(ui, "Swap").clicked() {
            chosen = (chosen.1, chosen.0);
        }
        if let Some(right) = select::choose(ui, "Right variant", chosen.1, &entries, width) {
            chosen.1 = right;
        }
    });
    let line = Stroke::new(1.0, tokens(ui).surface.line);
    ui.painter().hline(ui.max_rect().x_range(), room.response.rect.bottom() - 0.5, line);
    chosen
}

fn nothing(ui: &mut Ui) {
    ui.add_space(space::M);
    ui.horizontal(|ui| {
        ui.add_space(space::M);
        let words = "No differences: header and claims are the same, white space aside.";
        ui.label(RichText::new(words).color(tokens(ui).text.secondary));
    });
}

fn one_alone(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    ui.label(RichText::new("A second variant is needed to see a difference.").color(tokens(ui).text.secondary));
    ui.add_enabled_ui(Action::AddSnapshot.is_enabled(workbench), |ui| {
        if button::normal(ui, "Add a snapshot of the draft").clicked() {
            commands.push(Action::AddSnapshot);
        }
    });
}
