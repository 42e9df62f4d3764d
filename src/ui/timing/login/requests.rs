//! The single requests: a list that is filtered and sorted, of which only what can be seen is drawn.

use std::sync::Arc;

use eframe::egui::{
    EventFilter, Key, Modifiers, Rangef, Rect, Response, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};

use super::filter::{By, Filter, Order, is_error};
use super::steps::segment;
use super::table::write;
use super::words::bytes;
use crate::jose::text::grouped;
use crate::measure::login::exchange::{Exchange, Route};
use crate::measure::login::report::{LoginReport, LoginTrace};
use crate::ui::chart::switch::{self, Shows};
use crate::ui::figures::ms;
use crate::ui::help::Topic;
use crate::ui::theme::{fonts, icon, radius, size, space, tokens};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::{button, focus_ring, message, select};

/// Height of the titles and of a row.
const TITLES: f32 = size::ROW;
const ROW: f32 = size::ROW;
/// A request that took longer than this is drawn in red: a person notices a tenth of a second.
const NOTICED: u64 = 100_000_000;
/// The titles with their widths; the last one takes the rest.
const COLUMNS: [(&str, Option<By>, f32); 5] = [
    ("Request", None, 128.0),
    ("Status", Some(By::Status), 70.0),
    ("Body", Some(By::Body), 82.0),
    ("On the wire", Some(By::Wire), 100.0),
    ("Time", Some(By::Time), 92.0),
];

/// View state of the list.
#[derive(Default)]
pub(super) struct Requests {
    filtering: bool,
    filter: Filter,
    order: Order,
    /// The chosen request; kept though newer ones push it out of the list.
    chosen: Option<Exchange>,
    /// The place in the list that takes the keyboard in the next frame.
    focus: Option<usize>,
    listed: Option<Listed>,
}

struct Listed {
    trace: Arc<LoginTrace>,
    filter: Filter,
    order: Order,
    list: Vec<usize>,
    longest: u64,
}

impl Requests {
    /// The chosen request.
    pub(super) fn chosen(&self) -> Option<&Exchange> {
        self.chosen.as_ref()
    }

    /// Chooses none.
    pub(super) fn close(&mut self) {
        self.chosen = None;
    }

    /// Draws the list, `height` high.
    pub(super) fn ui(&mut self, ui: &mut Ui, report: &LoginReport, trace: &Arc<LoginTrace>, height: f32) {
        self.list(trace);
        let errors = report.rows.iter().map(|row| row.errors).sum::<u64>();
        let plural = if errors == 1 { "error" } else { "errors" };
        let mut subtitle = format!("{}, {} {plural}", grouped(trace.count), grouped(errors));
        let listed = self.listed.as_ref().map_or(0, |listed| listed.list.len());
        if (listed as u64) < trace.count {
            subtitle = format!("{subtitle}; {} listed", grouped(listed as u64));
        }
        let mut filtering = self.filtering;
        let card = Card::new("Requests")
            .explains(&[Topic::Wire, Topic::Minting])
            .subtitle(&subtitle)
            .flush()
            .height(height)
            .actions(|ui| {
                if button::normal(ui, if filtering { "Close filter" } else { "Filter" }).clicked() {
                    filtering = !filtering;
                }
            });
        card.show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            if self.filtering {
                self.filter_bar(ui, report);
            }
            self.titles(ui);
            self.rows(ui, trace);
        });
        if self.filtering && !filtering {
            self.filter = Filter::default();
        }
        self.filtering = filtering;
    }

    fn list(&mut self, trace: &Arc<LoginTrace>) {
        let is_made = |listed: &Listed| {
            Arc::ptr_eq(&listed.trace, trace) && listed.filter == self.filter && listed.order == self.order
        };
        if self.listed.as_ref().is_some_and(is_made) {
            return;
        }
        let list = self.filter.list(trace, self.order);
        let times = list.iter().filter_map(|place| trace.exchanges.get(*place)).map(|exchange| exchange.total_ns);
        let longest = times.max().unwrap_or(1);
        let (trace, filter, order) = (Arc::clone(trace), self.filter.clone(), self.order);
        self.listed = Some(Listed { trace, filter, order, list, longest });
    }

    fn filter_bar(&mut self, ui: &mut Ui, report: &LoginReport) {
        let filter = &mut self.filter;
        eframe::egui::Frame::new().inner_margin(eframe::egui::Margin::symmetric(8, 8)).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(space::S, space::S);
                Field::new("Filter requests", &mut filter.text)
                    .placeholder("path, status, pattern")
                    .width(150.0)
                    .show(ui);
                let routes = [
                    (None, "All paths", ""),
                    (Some(Route::Login), "POST /login", ""),
                    (Some(Route::Me), "GET /me", ""),
                    (Some(Route::Ping), "GET /ping", ""),
                ];
                if let Some(route) = select::choose(ui, "Path", filter.route, &routes, 106.0) {
                    filter.route = route;
                }
                let mut rows = vec![(None, "All patterns", "")];
                rows.extend(report.rows.iter().enumerate().map(|(place, row)| (Some(place), row.name.as_str(), "")));
                if let Some(row) = select::choose(ui, "Pattern", filter.row, &rows, 150.0) {
                    filter.row = row;
                }
                if switch::show_named(ui, "Errors", "Errors only", filter.errors, Shows::Nothing).clicked() {
                    filter.errors = !filter.errors;
                }
            });
        });
        let line = Stroke::new(1.0, tokens(ui).surface.line);
        ui.painter().hline(ui.max_rect().x_range(), ui.cursor().top() - 0.5, line);
    }

    fn titles(&mut self, ui: &mut Ui) {
        let t = tokens(ui);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), TITLES), Sense::hover());
        let mut x = rect.left();
        for (title, by, width) in COLUMNS {
            let cell = Rect::from_x_y_ranges(Rangef::new(x, x + width), rect.y_range());
            x += width;
            let sense = if by.is_some() { Sense::click() } else { Sense::hover() };
            let response = ui.interact(cell, ui.scope_id().with(("title", title)), sense);
            let mut text = title.to_owned();
            if let Some(by) = by {
                let name = format!("Sort requests by {}", title.to_lowercase());
                response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
                focus_ring(ui, &response, cell.shrink(2.0), radius::SMALL);
                let sorted = self.order.filter(|(other, _)| *other == by).map(|(_, falling)| falling);
                if let Some(falling) = sorted {
                    text = format!("{title} {}", if falling { icon::CARET_DOWN } else { icon::CARET_UP });
                }
                if response.clicked() {
                    self.order = match sorted {
                        None => Some((by, true)),
                        Some(true) => Some((by, false)),
                        Some(false) => None,
                    };
                }
            }
            write(ui, cell, &text, fonts::semibold(size::TEXT_SMALL), t.text.secondary, by.is_some());
        }
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, t.surface.line));
    }

    fn rows(&mut self, ui: &mut Ui, trace: &Arc<LoginTrace>) {
        let Some(listed) = self.listed.take() else { return };
        if listed.list.is_empty() {
            let words = if self.filter.is_open() { "No requests yet." } else { "No request is like that." };
            ui.add_space(space::M);
            ui.horizontal(|ui| {
                ui.add_space(space::M);
                message::remark(ui, words);
            });
        }
        let area = ScrollArea::vertical().id_salt("requests").auto_shrink(false);
        area.show_viewport(ui, |ui, viewport| {
            ui.set_min_size(vec2(ui.available_width(), listed.list.len() as f32 * ROW));
            let origin = ui.min_rect().min;
            let width = ui.available_width();
            let place =
                |index: usize| Rect::from_min_size(pos2(origin.x, origin.y + index as f32 * ROW), vec2(width, ROW));
            if let Some(index) = self.focus {
                ui.scroll_to_rect(place(index), None);
            }
            let first = (viewport.top() / ROW).floor().max(0.0) as usize;
            let count = (viewport.height() / ROW).ceil() as usize + 1;
            for (index, of) in listed.list.iter().enumerate().skip(first).take(count) {
                if let Some(exchange) = trace.exchanges.get(*of) {
                    self.row(ui, exchange, place(index), (index, listed.list.len()), listed.longest);
                }
            }
        });
        self.listed = Some(listed);
    }

    fn row(&mut self, ui: &mut Ui, exchange: &Exchange, rect: Rect, (index, count): (usize, usize), longest: u64) {
        let t = tokens(ui);
        let mut inside = ui.new_child(UiBuilder::new().id_salt(("request", index)).max_rect(rect));
        let ui = &mut inside;
        let response = ui.interact(rect, ui.scope_id().with("row"), Sense::click());
        let is_this = |chosen: &Exchange| chosen.number == exchange.number && chosen.row == exchange.row;
        let chosen = self.chosen.as_ref().is_some_and(is_this);
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, chosen, spoken(exchange)));
        let fill = if chosen { Some(t.accent.background) } else { response.hovered().then_some(t.syntax.current_line) };
        if let Some(fill) = fill {
            ui.painter().rect_filled(rect, 0.0, fill);
        }
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, t.surface.line));
        cells(ui, exchange, rect, longest);
        focus_ring(ui, &response, rect.shrink(2.0), radius::SMALL);
        if self.focus.take_if(|focus| *focus == index).is_some() {
            response.request_focus();
            self.chosen = Some(exchange.clone());
        }
        if response.clicked() {
            self.chosen = if chosen { None } else { Some(exchange.clone()) };
        }
        if response.has_focus() {
            self.keys(ui, &response, index, count);
        }
    }

    fn keys(&mut self, ui: &Ui, response: &Response, index: usize, count: usize) {
        let arrows = EventFilter { vertical_arrows: true, escape: self.chosen.is_some(), ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let last = count.saturating_sub(1);
        let page = 8;
        let wanted = [
            (Key::ArrowUp, index.saturating_sub(1)),
            (Key::ArrowDown, (index + 1).min(last)),
            (Key::PageUp, index.saturating_sub(page)),
            (Key::PageDown, (index + page).min(last)),
            (Key::Home, 0),
            (Key::End, last),
        ];
        if let Some((_, to)) = wanted.into_iter().find(|(key, _)| pressed(*key)) {
            self.focus = Some(to);
        } else if self.chosen.is_some() && pressed(Key::Escape) {
            self.chosen = None;
        }
    }
}

/// The request in words.
fn spoken(exchange: &Exchange) -> String {
    let status = exchange.status.map_or_else(|| "failed".to_owned(), |status| status.to_string());
    format!(
        "Request {}, {}, {}: {status}, body {}, on the wire {}, {}",
        exchange.number,
        exchange.route.label(),
        exchange.pattern.label(),
        bytes(exchange.body_bytes),
        bytes(exchange.wire_bytes),
        ms(exchange.total_ns)
    )
}

fn cells(ui: &Ui, exchange: &Exchange, rect: Rect, longest: u64) {
    let t = tokens(ui);
    let status = exchange.status.map_or_else(|| "failed".to_owned(), |status| status.to_string());
    let wrong = if is_error(exchange) { t.status.error } else { t.text.primary };
    let slow = if exchange.total_ns > NOTICED { t.status.error } else { t.text.primary };
    let texts = [
        (exchange.route.label().to_owned(), t.text.primary),
        (status, wrong),
        (bytes(exchange.body_bytes), t.text.primary),
        (bytes(exchange.wire_bytes), t.text.primary),
        (ms(exchange.total_ns), slow),
    ];
    let mut x = rect.left();
    for (number, ((text, ink), (.., width))) in texts.into_iter().zip(COLUMNS).enumerate() {
        let cell = Rect::from_x_y_ranges(Rangef::new(x, x + width), rect.y_range());
        x += width;
        let font = if number == 0 { fonts::mono(size::TEXT_SMALL) } else { fonts::regular(size::TEXT) };
        write(ui, cell, &text, font, ink, number > 0);
    }
    let room = Rect::from_x_y_ranges(Rangef::new(x + space::S, rect.right() - space::M), rect.y_range());
    if room.width() > 24.0 {
        split(ui, exchange, room, longest, 9.0);
    }
}

/// The request as a bar: waiting, working, answering.
pub(super) fn split(ui: &Ui, exchange: &Exchange, room: Rect, longest: u64, height: f32) {
    let t = tokens(ui);
    let scale = room.width() / longest.max(1) as f32;
    let worked = exchange.queued_ns + exchange.processing_ns;
    let parts = [
        (exchange.queued_ns, t.surface.line_field),
        (exchange.processing_ns, t.series.one),
        (exchange.total_ns.saturating_sub(worked), t.series.three),
    ];
    let mut x = room.left();
    for (ns, ink) in parts.into_iter().filter(|(ns, _)| *ns > 0) {
        let width = (ns as f32 * scale).max(1.0).min((room.right() - x).max(0.0));
        segment(ui, Rect::from_min_size(pos2(x, room.center().y - height / 2.0), vec2(width, height)), ink, false);
        x += width;
    }
}
