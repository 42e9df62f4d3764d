//! The table of the patterns, the rule behind the verdict of the chosen one, and where the figures disagree with what is
//! quoted.

use std::sync::Arc;

use eframe::egui::{
    Align2, EventFilter, FontId, Frame, Key, Label, Layout, Margin, Modifiers, Rangef, Rect, RichText, Role,
    ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::columns::{self, Column};
use super::lines::{self, Line};
use crate::measure::login::report::LoginReport;
use crate::measure::login::rule::Verdict;
use crate::ui::chart::switch::{self, Shows};
use crate::ui::figures::ms;
use crate::ui::help::Topic;
use crate::ui::theme::{fonts, radius, size, space, tokens};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::chip::Chip;
use crate::ui::widgets::{button, focus_ring};
use crate::workbench::bench::Figures;

/// Height of the titles and of a row.
const TITLES: f32 = size::ROW;
const ROW: f32 = size::ROW;
/// From the edge of a column to its text.
const PADDING: f32 = space::S;
/// Room for the sign of a pattern before its name.
const SIGN: f32 = 18.0;

/// View state of the table.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Whether all columns are shown, whatever room there is.
    all: bool,
    /// Whether every disagreement is told, not only the first.
    all_sentences: bool,
    /// The row whose rule is told; the first where there is none such.
    selected: Option<usize>,
    /// The row that takes the keyboard in the next frame.
    focus: Option<usize>,
    made: Option<(Arc<Figures>, bool, Vec<Line>)>,
}

impl Table {
    /// Draws the table and what follows from it.
    pub(super) fn ui(&mut self, ui: &mut Ui, figures: &Arc<Figures>, report: &LoginReport, running: bool) {
        let fresh = |(made, was_running, _): &(Arc<Figures>, bool, Vec<Line>)| {
            Arc::ptr_eq(made, figures) && *was_running == running
        };
        if !self.made.as_ref().is_some_and(fresh) {
            self.made = Some((Arc::clone(figures), running, lines::lines(report, running)));
        }
        let Some((_, _, lines)) = self.made.take() else { return };
        let mut all = self.all;
        let title = match lines.len() {
            4 => "Four ways to mint in a login",
            1 => "One way to mint in a login",
            _ => "Ways to mint in a login",
        };
        let places = self.places(ui.available_width(), &lines);
        let subtitle = if places.iter().any(|(column, _)| *column == Column::Quoted) {
            "measured on this machine; last column: what lessons quote"
        } else {
            "measured on this machine"
        };
        let card = Card::new(title)
            .explains(&[
                Topic::LoginVerdict,
                Topic::Ping,
                Topic::Stall,
                Topic::Heartbeat,
                Topic::Minting,
                Topic::Percentiles,
                Topic::Wire,
                Topic::Quoted,
            ])
            .subtitle(subtitle)
            .flush();
        let card = card.actions(|ui| {
            if switch::show_named(ui, "All columns", "Show all columns", all, Shows::Nothing).clicked() {
                all = !all;
            }
        });
        card.show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            self.rows(ui, &lines, &places);
            let line = Stroke::new(1.0, tokens(ui).surface.line);
            let top = ui.cursor().top();
            ui.painter().hline(ui.max_rect().x_range(), top - 0.5, line);
            Frame::new().inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(space::S, space::XS);
                self.rule(ui, &lines);
                password(ui, report);
                disagreements(ui, report, &mut self.all_sentences);
            });
        });
        self.all = all;
        self.made = Some((Arc::clone(figures), running, lines));
    }

    /// The columns on show; that of the password only where one was verified.
    fn places(&self, room: f32, lines: &[Line]) -> Vec<(Column, Rangef)> {
        let has = |column: Column| column != Column::Password || lines.iter().any(|line| line.cell(column) != "–");
        columns::places(room, self.all, has)
    }

    fn rows(&mut self, ui: &mut Ui, lines: &[Line], places: &[(Column, Rangef)]) {
        let room = ui.available_width();
        let wide = places.last().map_or(room, |(_, range)| range.max);
        let height = TITLES + lines.len() as f32 * ROW;
        ScrollArea::horizontal().id_salt("patterns").auto_shrink([false, true]).show(ui, |ui| {
            let (rect, response) = ui.allocate_exact_size(vec2(wide.max(room), height), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Table, true, "Patterns"));
            titles(ui, rect, places);
            for (index, line) in lines.iter().enumerate() {
                let top = rect.top() + TITLES + index as f32 * ROW;
                let place = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), ROW));
                self.row(ui, place, places, line, index, lines.len());
            }
        });
    }

    fn row(&mut self, ui: &mut Ui, rect: Rect, places: &[(Column, Rangef)], line: &Line, index: usize, count: usize) {
        let t = tokens(ui);
        let response = ui.interact(rect, ui.scope_id().with(("pattern", index)), Sense::click());
        let selected = self.selected == Some(index);
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, selected, &line.spoken));
        let fill =
            if selected { Some(t.accent.background) } else { response.hovered().then_some(t.syntax.current_line) };
        if let Some(fill) = fill {
            ui.painter().rect_filled(rect, 0.0, fill);
        }
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, t.surface.line));
        for (column, range) in places {
            let cell = Rect::from_x_y_ranges(rect.left() + range.min..=rect.left() + range.max, rect.y_range());
            draw_cell(ui, cell, line, *column, index);
        }
        focus_ring(ui, &response, rect.shrink(2.0), radius::SMALL);
        if self.focus.take_if(|focus| *focus == index).is_some() {
            response.request_focus();
        }
        if response.clicked() {
            self.selected = if selected { None } else { Some(index) };
        }
        if response.has_focus() {
            let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
            let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
            let next = if pressed(Key::ArrowUp) {
                index.checked_sub(1)
            } else if pressed(Key::ArrowDown) {
                (index + 1 < count).then_some(index + 1)
            } else {
                None
            };
            if let Some(next) = next {
                (self.focus, self.selected) = (Some(next), Some(next));
            }
        }
    }

    /// The rule behind the verdict of the selected pattern.
    fn rule(&self, ui: &mut Ui, lines: &[Line]) {
        let ruled = |line: &&Line| line.ruling.is_some();
        let line = self.selected.and_then(|index| lines.get(index)).filter(ruled).or_else(|| lines.iter().find(ruled));
        let Some((line, ruling)) = line.and_then(|line| Some((line, line.ruling.as_ref()?))) else {
            say(ui, "The verdicts come when a pattern is done.");
            return;
        };
        say(ui, &format!("{}, {}: {}", line.name, ruling.verdict.label(), ruling.reason));
    }
}

/// A quiet line below the table.
fn say(ui: &mut Ui, words: &str) {
    let text = RichText::new(words).size(size::TEXT).color(tokens(ui).text.secondary);
    ui.add(Label::new(text).wrap());
}

/// What the password costs beside the token.
fn password(ui: &mut Ui, report: &LoginReport) {
    let both = report.rows.iter().find_map(|row| row.password.zip(row.processing));
    let Some((password, minting)) = both.filter(|(password, _)| password.samples > 0) else { return };
    let words = format!(
        "Verifying the password takes {} (p50), apart from the {} for the token: it is not part of the processing above, \
         but it does block the loop where the token is minted on it.",
        ms(password.p50_ns),
        ms(minting.p50_ns)
    );
    say(ui, &words);
}

/// Where the figures disagree with what is quoted: the first sentence, or `all` of them.
fn disagreements(ui: &mut Ui, report: &LoginReport, all: &mut bool) {
    let count = report.disagreements.len();
    if count == 0 {
        return;
    }
    let t = tokens(ui);
    for (number, sentence) in report.disagreements.iter().take(if *all { count } else { 1 }).enumerate() {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            ui.label(RichText::new("≠").font(fonts::semibold(size::TEXT)).color(t.status.warning))
                .on_hover_text("Here the measurement disagrees with what is quoted");
            let text = RichText::new(sentence).size(size::TEXT).color(t.text.primary);
            ui.add(Label::new(text).wrap());
            let more = if *all { "Show one".to_owned() } else { format!("Show all {count} disagreements") };
            let is_last = number + 1 == if *all { count } else { 1 };
            if count > 1 && is_last && button::link(ui, &more).clicked() {
                *all = !*all;
            }
        });
    }
}

fn titles(ui: &Ui, rect: Rect, places: &[(Column, Rangef)]) {
    let t = tokens(ui);
    for (column, range) in places {
        let y = Rangef::new(rect.top(), rect.top() + TITLES);
        let cell = Rect::from_x_y_ranges(rect.left() + range.min..=rect.left() + range.max, y);
        let response = ui.interact(cell, ui.scope_id().with(("title", column.title())), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, column.title()));
        write(ui, cell, column.title(), fonts::semibold(size::TEXT_SMALL), t.text.secondary, column.is_number());
        response.on_hover_text(column.tip());
    }
    ui.painter().hline(rect.x_range(), rect.top() + TITLES - 0.5, Stroke::new(1.0, t.surface.line));
}

fn draw_cell(ui: &mut Ui, cell: Rect, line: &Line, column: Column, index: usize) {
    let t = tokens(ui);
    let regular = fonts::regular(size::TEXT);
    match column {
        Column::Pattern => {
            let sign = Rect::from_center_size(pos2(cell.left() + PADDING + 6.0, cell.center().y), vec2(12.0, 12.0));
            switch::draw_sample(ui, sign, line.look, false);
            let name = cell.with_min_x(cell.left() + SIGN);
            write(ui, name, &line.name, fonts::semibold(size::TEXT), t.text.primary, false);
        }
        Column::Verdict => verdict(ui, cell, line, index),
        Column::Quoted => {
            write(ui, cell, line.cell(column), regular, t.text.muted, false);
            if !line.quoted.is_empty() {
                ui.interact(cell, ui.scope_id().with(("quoted", index)), Sense::hover()).on_hover_text(&line.quoted);
            }
        }
        _ => {
            let text = line.cell(column);
            let suffers = matches!(column, Column::Stall | Column::Ping);
            let ink = match line.verdict() {
                _ if text == "–" => t.text.muted,
                Some(Verdict::Blocks) if suffers => t.status.error,
                Some(Verdict::Slows) if suffers => t.status.warning,
                _ if column == Column::Errors && text != "0" => t.status.error,
                _ => t.text.primary,
            };
            write(ui, cell, text, regular, ink, column.is_number());
        }
    }
}

fn verdict(ui: &mut Ui, cell: Rect, line: &Line, index: usize) {
    let layout = Layout::left_to_right(eframe::egui::Align::Center);
    let room = cell.shrink2(vec2(PADDING, 0.0));
    let builder = UiBuilder::new().id_salt(("verdict", index)).max_rect(room).layout(layout);
    let mut inside = ui.new_child(builder);
    match &line.ruling {
        Some(ruling) => {
            let label = ruling.verdict.label();
            let chip = match ruling.verdict {
                Verdict::Ok => Chip::ok(label),
                Verdict::Slows => Chip::warning(label),
                Verdict::Blocks | Verdict::Overloaded => Chip::error(label),
            };
            chip.show(&mut inside).on_hover_text(&ruling.reason);
        }
        None => {
            Chip::neutral(line.state).show(&mut inside);
        }
    }
}

/// A line of text in a cell.
pub(super) fn write(ui: &Ui, cell: Rect, text: &str, font: FontId, ink: eframe::egui::Color32, right: bool) {
    let room = cell.shrink2(vec2(PADDING, 0.0));
    let mut job = eframe::egui::text::LayoutJob::simple_singleline(text.to_owned(), font, ink);
    job.wrap = eframe::egui::text::TextWrapping::truncate_at_width(room.width().max(0.0));
    let galley = ui.painter().layout_job(job);
    let align = if right { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
    let place = align.align_size_within_rect(galley.size(), room);
    ui.painter().galley(place.min, galley, ink);
}
