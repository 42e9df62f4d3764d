//! Every algorithm on the claims of the selected variant, and how many more elements of its arrays fit.

use std::sync::Arc;

use eframe::egui::{Align2, ProgressBar, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::capacity_card::CapacityCard;
use super::rung_rows::{RungRow, RungRows, Side};
use crate::measure::histogram::{Summary, format_ns};
use crate::ui::columns::{Slot, column};
use crate::ui::figures::grouped;
use crate::ui::help::Topic;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{fonts, size, space, tokens};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::{button, check_box, ladder, message, segmented};
use crate::workbench::Workbench;
use crate::workbench::bench::Bench;
use crate::workbench::command::{BenchCommand, Command};
use crate::workbench::compare::variant::VariantFacts;

/// Height of a row of the table, in points.
const ROW: f32 = size::ROW_DENSE;
/// The columns of the table, the first from the left and the others from the right, with their widths in points.
const COLUMNS: [(&str, f32); 8] = [
    ("Algorithm", 112.0),
    ("Signature", 60.0),
    ("Token", 50.0),
    ("To now", 64.0),
    ("Sign p50", 62.0),
    ("p95", 60.0),
    ("Verify p50", 70.0),
    ("p95", 60.0),
];

/// How the algorithms are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Look {
    #[default]
    Chart,
    Table,
}

/// See the module.
#[derive(Default)]
pub(super) struct LadderPane {
    side: Side,
    look: Look,
    /// Whether RSA is shown with keys of 4096 bits, too.
    long_rsa: bool,
    rows: Option<RungRows>,
    capacity: CapacityCard,
}

impl LadderPane {
    /// Draws the pane.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        column(ui, "algorithms", 0.0, |ui, _height, slot| {
            if let Slot::Above = slot {
                let variant = workbench.comparison().selected();
                let facts = variant.and_then(|variant| variant.facts.as_ref().ok());
                // First, as it is short: nobody would look for it below so many algorithms.
                self.capacity.ui(ui, workbench, facts, commands);
                self.ladder(ui, workbench, facts, commands);
            }
        });
    }

    fn ladder(
        &mut self,
        ui: &mut Ui,
        workbench: &Workbench,
        facts: Option<&Arc<VariantFacts>>,
        commands: &CommandQueue,
    ) {
        let figures = workbench.bench().figures(Bench::Ladder);
        if let Some(facts) = facts
            && !self.rows.as_ref().is_some_and(|rows| rows.are_of(facts, figures, self.long_rsa))
        {
            self.rows = Some(RungRows::of(facts, figures, self.long_rsa));
        }
        let is_timed =
            self.rows.as_ref().is_some_and(|rows| rows.steps(self.side).iter().any(|step| step.p50.is_some()));
        let subtitle = match self.look {
            Look::Chart if is_timed => format!("signature bytes, {} p50, logarithmic", self.side.word()),
            Look::Chart => "signature bytes; times once measured".to_owned(),
            Look::Table => "bytes in the token, times of one token".to_owned(),
        };
        let card = Card::new("Algorithms on these claims")
            .explains(&[Topic::Ladder, Topic::SignTime, Topic::VerifyTime])
            .subtitle(&subtitle)
            .flush();
        card.actions(|ui| measure(ui, workbench, facts.is_some(), commands)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            if facts.is_none() {
                note(ui, "There is nothing to sign: the variant has no claims that can be read.");
                return;
            }
            self.switches(ui);
            let Some(rows) = &self.rows else { return };
            if rows.other_claims {
                note(ui, "The last times are of other claims. Measure again to see those of these.");
            }
            if let Some(problem) = workbench.bench().problem().filter(|_| workbench.bench().running().is_none()) {
                padded(ui, |ui| {
                    message::error(ui, &problem.message, &problem.help);
                });
            }
            match self.look {
                Look::Chart => {
                    let name = format!("Algorithms by the time to {} a token", self.side.word());
                    ladder::show(ui, &name, &format!("{} p50", self.side.word()), rows.steps(self.side));
                }
                Look::Table => table(ui, &rows.rows),
            }
        });
    }

    fn switches(&mut self, ui: &mut Ui) {
        padded(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                let looks = [(Look::Chart, "Chart".to_owned()), (Look::Table, "Table".to_owned())];
                if let Some(look) = segmented::choose(ui, "How algorithms are shown", Some(&self.look), &looks) {
                    self.look = look;
                }
                if self.look == Look::Chart {
                    let sides = [(Side::Sign, "Sign".to_owned()), (Side::Verify, "Verify".to_owned())];
                    if let Some(side) = segmented::choose(ui, "What is timed", Some(&self.side), &sides) {
                        self.side = side;
                    }
                }
                check_box::show(ui, &mut self.long_rsa, "RSA 4096")
                    .on_hover_text("Show RSA with keys of 4096 bits, too");
            });
        });
    }
}

/// The button that measures, or how far it is. From right to left.
pub(in crate::ui) fn measure(ui: &mut Ui, workbench: &Workbench, possible: bool, commands: &CommandQueue) {
    match workbench.bench().running().filter(|running| running.bench == Bench::Ladder) {
        Some(running) => {
            ui.add(ProgressBar::new(running.progress.share()).desired_width(90.0).desired_height(size::PROGRESS));
            if button::normal(ui, "Stop").clicked() {
                commands.push(Command::Bench(BenchCommand::Stop));
            }
        }
        None => {
            ui.add_enabled_ui(possible, |ui| {
                let words = "Time every algorithm on these claims, with new keys where there is none";
                let measure = button::Button::new(button::Kind::Normal, "Measure").name("Measure algorithms");
                if ui.add(measure).on_hover_text(words).clicked() {
                    commands.push(Command::Bench(BenchCommand::Measure(Bench::Ladder)));
                }
            });
        }
    }
}

/// The algorithms as a table.
pub(in crate::ui) fn table(ui: &mut Ui, rows: &[RungRow]) {
    let least: f32 = COLUMNS.iter().map(|(_, width)| width).sum::<f32>() + 2.0 * space::M;
    ScrollArea::horizontal().id_salt("algorithms as a table").auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let width = ui.available_width().max(least);
        let spare = (width - least) / COLUMNS.len() as f32;
        let titles = COLUMNS.map(|(title, _)| title.to_owned());
        line(ui, width, spare, &titles, Kind::Titles);
        for row in rows {
            let time = |summary: &Option<Summary>, of: fn(&Summary) -> u64| {
                summary.as_ref().map_or_else(|| "–".to_owned(), |summary| format_ns(of(summary)))
            };
            let label = if row.current { format!("now: {}", row.label) } else { row.label.clone() };
            let cells = [
                label,
                format!("{} B", grouped(row.signature)),
                grouped(row.token),
                if row.current { "–".to_owned() } else { row.difference.clone() },
                time(&row.sign, |summary| summary.p50),
                time(&row.sign, |summary| summary.p95),
                time(&row.verify, |summary| summary.p50),
                time(&row.verify, |summary| summary.p95),
            ];
            line(ui, width, spare, &cells, if row.current { Kind::Current } else { Kind::Plain });
        }
        ui.add_space(space::S);
    });
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Titles,
    Plain,
    Current,
}

fn line(ui: &mut Ui, width: f32, spare: f32, cells: &[String; COLUMNS.len()], kind: Kind) {
    let t = tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
    let words = || COLUMNS.iter().zip(cells).map(|((title, _), cell)| format!("{title} {cell}")).collect::<Vec<_>>();
    response.widget_info(|| {
        let words = if kind == Kind::Titles { cells.join(", ") } else { words().join(", ") };
        WidgetInfo::labeled(Role::Label, true, words)
    });
    if !ui.is_rect_visible(rect) {
        return;
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, t.surface.line));
    let (font, ink) = match kind {
        Kind::Titles => (fonts::semibold(size::TEXT_SMALL), t.text.secondary),
        Kind::Plain => (fonts::regular(size::TEXT), t.text.primary),
        Kind::Current => (fonts::semibold(size::TEXT), t.text.primary),
    };
    let mut x = rect.left() + space::M;
    for (index, (cell, (_, column))) in cells.iter().zip(COLUMNS).enumerate() {
        let place = Rect::from_min_max(pos2(x, rect.top()), pos2(x + column + spare, rect.bottom()));
        x = place.right();
        let (at, align) = if index == 0 {
            (place.left_center(), Align2::LEFT_CENTER)
        } else {
            (place.right_center(), Align2::RIGHT_CENTER)
        };
        ui.painter().text(at, align, cell, font.clone(), ink);
    }
}

fn padded(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let padding = eframe::egui::Margin { left: 12, right: 12, top: 8, bottom: 2 };
    eframe::egui::Frame::new().inner_margin(padding).show(ui, content);
}

fn note(ui: &mut Ui, words: &str) {
    padded(ui, |ui| message::remark(ui, words));
}
