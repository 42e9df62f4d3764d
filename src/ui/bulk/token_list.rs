//! The first tokens, a line each; the chosen one whole, with what is in it.

use std::sync::Arc;

use eframe::egui::epaint::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{
    Align, Align2, Color32, CornerRadius, Galley, Layout, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2,
};

use crate::jose::base64url;
use crate::jose::error::Problem;
use crate::jose::json::Json;
use crate::ui::craft::json_view::JsonView;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{fonts, icon, radius, size, space, tokens};
use crate::ui::widgets::{button, focus_ring, message, token_view};
use crate::workbench::command::{Command, Copied};

/// Height of a line.
const ROW: f32 = size::ROW;
/// Width of the numbers.
const NUMBER: f32 = 26.0;
/// The claims of the chosen token take at most so many lines before they scroll, and the token so many points.
const CLAIMS: usize = 9;
const TOKEN: f32 = 4.0 * size::MONO_LINE;
/// Letters of a token that are laid out in its line.
const LETTERS: usize = 400;

/// View state of the list.
#[derive(Default)]
pub(super) struct TokenList {
    chosen: usize,
    view: JsonView,
    /// The token whose claims were read, and the claims.
    read: Option<(String, Option<Json>)>,
    revision: u64,
}

impl TokenList {
    /// Draws the tokens.
    pub(super) fn ui(&mut self, ui: &mut Ui, made: &[Result<String, Problem>], commands: &CommandQueue) {
        ui.spacing_mut().item_spacing.y = 0.0;
        self.chosen = self.chosen.min(made.len().saturating_sub(1));
        for (index, token) in made.iter().enumerate() {
            match token {
                Ok(token) => self.line(ui, index, token, commands),
                Err(problem) => refused(ui, index, problem),
            }
        }
        if let Some(Ok(token)) = made.get(self.chosen) {
            ui.add_space(space::S);
            self.whole(ui, token);
        }
    }

    fn line(&mut self, ui: &mut Ui, index: usize, token: &str, commands: &CommandQueue) {
        let t = tokens(ui);
        let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        let text = row.with_max_x(row.right() - ROW);
        let response = ui.interact(text, ui.scope_id().with(("token", index)), Sense::click());
        let is_chosen = self.chosen == index;
        let name = format!("Token {}", index + 1);
        response.widget_info(|| WidgetInfo::selected(Role::Row, ui.is_enabled(), is_chosen, &name));
        let fill = match (is_chosen, response.hovered()) {
            (true, _) => t.accent.background,
            (false, true) => t.surface.hover,
            (false, false) => Color32::TRANSPARENT,
        };
        ui.painter().rect_filled(row, CornerRadius::same(radius::CONTROL), fill);
        focus_ring(ui, &response, row, radius::CONTROL);
        if response.clicked() {
            self.chosen = index;
        }
        number(ui, text, index);
        let place = text.with_min_x(text.left() + NUMBER).shrink2(vec2(space::XS, 0.0));
        let galley = elided(ui, token, place.width());
        let at = Align2::LEFT_CENTER.align_size_within_rect(galley.size(), place);
        ui.painter().galley(at.min, galley, t.text.primary);
        let layout = Layout::right_to_left(Align::Center);
        let end = row.with_min_x(row.right() - ROW);
        let mut controls = ui.new_child(UiBuilder::new().id_salt(("copy", index)).max_rect(end).layout(layout));
        if button::icon(&mut controls, icon::COPY, &format!("Copy token {}", index + 1)).clicked() {
            commands.push(Command::Copy(Copied::Value(token.to_owned())));
        }
    }

    /// The chosen token, and its claims.
    fn whole(&mut self, ui: &mut Ui, token: &str) {
        let [header, payload] = lengths(token);
        token_view::show(ui, "bulk-token", token, header, payload, false, TOKEN);
        if self.read.as_ref().is_none_or(|(of, _)| of != token) {
            self.read = Some((token.to_owned(), claims(token)));
            self.revision += 1;
        }
        let Some((_, Some(claims))) = &self.read else { return };
        ui.add_space(space::S);
        let lines = claims.root().members().count() + 2;
        let room = vec2(ui.available_width(), lines.min(CLAIMS) as f32 * size::MONO_LINE);
        ui.allocate_ui(room, |ui| {
            ui.set_min_size(room);
            self.view.ui(ui, claims, self.revision);
        });
    }
}

fn number(ui: &Ui, row: Rect, index: usize) {
    let ink = tokens(ui).text.muted;
    let at = row.left_center() + vec2(space::S, 0.0);
    ui.painter().text(at, Align2::LEFT_CENTER, index + 1, fonts::regular(size::TEXT), ink);
}

/// Why there is no token.
fn refused(ui: &mut Ui, index: usize, problem: &Problem) {
    ui.horizontal(|ui| {
        let (place, _) = ui.allocate_exact_size(vec2(NUMBER, ROW), Sense::hover());
        number(ui, place, index);
        message::error(ui, &problem.message, &problem.help);
    });
}

/// The bytes of header and payload.
fn lengths(token: &str) -> [usize; 2] {
    let mut parts = token.split('.').map(str::len);
    [parts.next().unwrap_or(0), parts.next().unwrap_or(0)]
}

fn claims(token: &str) -> Option<Json> {
    let payload = base64url::decode(token.split('.').nth(1)?).ok()?;
    Json::parse(&String::from_utf8(payload).ok()?).ok()
}

/// The beginning of a token in its colours, as much as fits.
fn elided(ui: &Ui, token: &str, width: f32) -> Arc<Galley> {
    let t = tokens(ui);
    let mut job = LayoutJob::default();
    let inks = [t.part.header, t.part.payload, t.part.signature];
    let mut rest = LETTERS;
    for (index, (part, ink)) in token.splitn(3, '.').zip(inks).enumerate() {
        if index > 0 {
            job.append(".", 0.0, TextFormat::simple(fonts::mono(size::MONO), t.text.primary));
        }
        let part = part.get(..rest.min(part.len())).unwrap_or_default();
        rest -= part.len();
        job.append(part, 0.0, TextFormat::simple(fonts::mono(size::MONO), ink));
    }
    job.wrap = TextWrapping::truncate_at_width(width.max(space::XS));
    ui.painter().layout_job(job)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_token_are_told_apart() {
        assert_eq!(lengths("ab.cde.f"), [2, 3]);
        assert_eq!(lengths(""), [0, 0]);
        assert_eq!(claims("e30.eyJhIjoxfQ.AA").unwrap().text(), "{\"a\":1}");
        assert!(claims("none").is_none());
    }
}
