//! One request: its steps, the header fields and the body of its answer.

use eframe::egui::{Frame, Label, Margin, Rect, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::requests::split;
use super::words::bytes;
use crate::jose::json::{self, Json};
use crate::measure::login::exchange::{Answer, Exchange, Route};
use crate::ui::figures::ms;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{fonts, icon, size, space, tokens};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::{button, message};
use crate::workbench::command::{Command, Copied, InspectCommand, ViewCommand};
use crate::workbench::page::Page;

/// Draws the card, `height` high; whether it is to be closed.
pub(super) fn ui(ui: &mut Ui, exchange: &Exchange, height: f32, commands: &CommandQueue) -> bool {
    let title = format!("Request {}", exchange.number);
    let status = exchange.status.map_or_else(|| "no answer".to_owned(), |status| status.to_string());
    let subtitle = format!("{}, {status}; {}", exchange.route.label(), exchange.pattern.label());
    let mut close = false;
    let card = Card::new(&title).subtitle(&subtitle).flush().height(height).actions(|ui| {
        if let Some(answer) = &exchange.answer {
            answer_actions(ui, exchange, answer, commands);
        }
        close = button::icon(ui, icon::X, "Close the request").clicked();
    });
    card.show(ui, |ui| {
        let area = ScrollArea::vertical().id_salt(("request", exchange.row, exchange.number)).auto_shrink(false);
        area.show(ui, |ui| {
            Frame::new().inner_margin(Margin::symmetric(12, 12)).show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(space::S, space::S);
                steps(ui, exchange);
                answer(ui, exchange);
            });
        });
    });
    close
}

fn answer_actions(ui: &mut Ui, exchange: &Exchange, answer: &Answer, commands: &CommandQueue) {
    if exchange.route == Route::Login && exchange.status == Some(200) {
        let inspect = button::normal(ui, "Inspect token");
        if inspect.on_hover_text("Open the token of this answer on the Inspect page").clicked() {
            commands.push(Command::Inspect(InspectCommand::SetText(answer.body.clone())));
            commands.push(Command::View(ViewCommand::Page(Page::Inspect)));
        }
    }
    if button::normal(ui, "Copy").on_hover_text("Copy header fields and body").clicked() {
        commands.push(Command::Copy(Copied::Value(format!("{}\n\n{}", answer.head.trim_end(), answer.body))));
    }
}

fn steps(ui: &mut Ui, exchange: &Exchange) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 16.0), Sense::hover());
    let rest = exchange.total_ns.saturating_sub(exchange.queued_ns + exchange.processing_ns);
    let words = format!(
        "queue {}, processing {}, response {}: {} in all, {} after the pattern began",
        ms(exchange.queued_ns),
        ms(exchange.processing_ns),
        ms(rest),
        ms(exchange.total_ns),
        ms(exchange.at_ns)
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("Steps of the request: {words}")));
    split(ui, exchange, Rect::from_min_size(rect.min, rect.size()), exchange.total_ns, 12.0);
    let text = RichText::new(words).size(size::TEXT_SMALL).color(tokens(ui).text.secondary);
    ui.add(Label::new(text).wrap());
    let sizes = format!("body {}, on the wire {}", bytes(exchange.body_bytes), bytes(exchange.wire_bytes));
    ui.label(RichText::new(sizes).size(size::TEXT_SMALL).color(tokens(ui).text.secondary));
}

fn answer(ui: &mut Ui, exchange: &Exchange) {
    if let Some(failure) = &exchange.failure {
        message::error(ui, failure, "");
    }
    let Some(answer) = &exchange.answer else {
        let words = "Header fields and body are kept for the newest requests only; these were dropped to save memory.";
        let text = RichText::new(words).size(size::TEXT_SMALL).color(tokens(ui).text.muted);
        ui.add(Label::new(text).wrap());
        return;
    };
    heading(ui, "Header fields");
    mono(ui, answer.head.trim_end());
    heading(ui, "Body");
    match Json::parse(&answer.body) {
        Ok(json) => mono(ui, &json::format(&json, 2)),
        Err(_) => mono(ui, &answer.body),
    }
}

fn heading(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).font(fonts::semibold(size::TEXT_SMALL)).color(tokens(ui).text.secondary));
}

/// A text whose long words, such as tokens, are broken where the line ends.
fn mono(ui: &mut Ui, text: &str) {
    let text = RichText::new(text).font(fonts::mono(size::TEXT_SMALL)).color(tokens(ui).text.primary);
    ui.add(Label::new(text).wrap().selectable(true));
}
