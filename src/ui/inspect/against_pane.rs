//! What the token is held against: the key, the instant, and what the receiver expects.

use eframe::egui::{Response, Slider, SliderClamping, Stroke, Ui, vec2};
use zeroize::Zeroize as _;

use super::row;
use crate::jose::secret::Secret;
use crate::jose::verify::{Expectations, MAX_LEEWAY};
use crate::template::duration;
use crate::ui::action::Action;
use crate::ui::help::Topic;
use crate::ui::instant;
use crate::ui::request::CommandQueue;
use crate::ui::secret_encoding;
use crate::ui::theme::{self, icon, radius, space};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::{button, focus_ring, message, secret_field, segmented, select};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, InspectCommand};
use crate::workbench::inspection::{Inspection, KeyPick};
use crate::workbench::reading::Reading;

/// Width of the encoding selector, in points.
const ENCODING: f32 = 100.0;
/// Width of the two buttons beside the key and of the gap between them, in points.
const BUTTONS: f32 = 138.0;
/// Width of the field for the leeway, in points.
const SECONDS: f32 = 84.0;
/// Width of the button that shows more expectations, in points.
const MORE: f32 = 24.0;
/// As far as the slider goes, in seconds; more can be typed.
const SLIDER_END: u64 = 300;

/// View state of the card: what is being typed.
#[derive(Default)]
pub(super) struct AgainstPane {
    secret: String,
    revealed: bool,
    instant: Option<String>,
    complaint: Option<String>,
    leeway: Option<String>,
    /// Whether the rarer expectations are on show.
    more: bool,
}

impl Drop for AgainstPane {
    fn drop(&mut self) {
        self.secret.zeroize();
    }
}

impl AgainstPane {
    /// Draws the card.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, now: i64, commands: &CommandQueue) {
        let inspection = workbench.inspection();
        Card::new("Verify with").explains(&[Topic::Leeway, Topic::Instant]).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(space::S, space::S);
            key(ui, workbench, commands);
            if inspection.against().key == KeyPick::Typed {
                self.secret(ui, inspection, commands);
            }
            if let Some(problem) = inspection.reading().and_then(|reading| reading.unreadable.as_ref()) {
                row(ui, "", |ui| message::error(ui, &problem.message, &problem.help));
            }
            self.instant(ui, workbench, now, commands);
            if let Some(complaint) = &self.complaint {
                row(ui, "", |ui| message::error(ui, complaint, ""));
            }
            self.expectations(ui, inspection, commands);
            self.leeway(ui, inspection, commands);
        });
    }

    fn secret(&mut self, ui: &mut Ui, inspection: &Inspection, commands: &CommandQueue) {
        let input = &inspection.against().secret;
        let typed = input.text.as_str().unwrap_or_default();
        if self.secret != typed {
            self.secret.zeroize();
            typed.clone_into(&mut self.secret);
        }
        row(ui, "Secret", |ui| {
            let room = (ui.available_width() - ENCODING - space::S).max(64.0);
            if secret_field::show(ui, "Secret to verify with", &mut self.secret, &mut self.revealed, room).changed() {
                let secret = Secret::from(self.secret.clone());
                commands.push(Command::Inspect(InspectCommand::SetSecret(secret)));
            }
            if let Some(chosen) = secret_encoding::choose(ui, "Encoding of the secret", input.encoding, ENCODING) {
                commands.push(Command::Inspect(InspectCommand::SetSecretEncoding(chosen)));
            }
        });
    }

    /// The instant: typed, chosen by calendar, or one of those that matter to the token.
    fn instant(&mut self, ui: &mut Ui, workbench: &Workbench, now: i64, commands: &CommandQueue) {
        let inspection = workbench.inspection();
        let chosen = inspection.against().now;
        let set = |now| commands.push(Command::Inspect(InspectCommand::SetNow(now)));
        let jumps = jumps(inspection);
        let mut text = self.instant.clone().unwrap_or_else(|| workbench.clock().in_utc().full(inspection.now(now)));
        row(ui, "Now", |ui| {
            let taken = segmented::width(ui, &jumps) + space::S;
            let narrow = ui.available_width() - taken < 190.0;
            let width = if narrow { f32::INFINITY } else { ui.available_width() - taken };
            let field = Field::new("Instant to verify at, in UTC", &mut text)
                .placeholder("2026-12-31 18:00")
                .error(self.complaint.as_deref())
                .id_salt("inspect-instant")
                .width(width);
            let response = field.show_with(ui, |ui| {
                if let Some(day) = instant::calendar(ui, "inspect-calendar", inspection.now(now), now) {
                    set(Some(day));
                }
            });
            if response.changed() {
                self.instant = Some(text.clone());
                self.complaint = None;
            }
            if response.lost_focus() && self.instant.is_some() {
                self.enter(&text, &set);
            }
            if !narrow && let Some(jump) = segmented::choose(ui, "Jump to", Some(&chosen), &jumps) {
                self.jump(jump, &set);
            }
            narrow
        })
        .then(|| {
            row(ui, "", |ui| {
                if let Some(jump) = segmented::choose(ui, "Jump to", Some(&chosen), &jumps) {
                    self.jump(jump, &set);
                }
            });
        });
    }

    fn jump(&mut self, to: Option<i64>, set: &impl Fn(Option<i64>)) {
        self.instant = None;
        self.complaint = None;
        set(to);
    }

    /// Takes what was typed; what cannot be read stays in the field, with the reason.
    fn enter(&mut self, text: &str, set: &impl Fn(Option<i64>)) {
        if text.trim().is_empty() {
            self.jump(None, set);
        } else if let Some(instant) = instant::read(text) {
            self.jump(Some(instant), set);
        } else {
            self.complaint = Some(format!("“{text}” is no instant such as 2026-12-31 18:00"));
        }
    }

    /// What the receiver expects of the claims; what is empty is not checked.
    fn expectations(&mut self, ui: &mut Ui, inspection: &Inspection, commands: &CommandQueue) {
        let before = &inspection.against().expected;
        let mut expected = before.clone();
        let Expectations { iss, aud, sub, typ } = &mut expected;
        let field = |ui: &mut Ui, name: &str, text: &mut String, width: f32| {
            Field::new(&format!("Expected {name}"), text).prefix(name).placeholder("any").width(width).show(ui);
        };
        let more = self.more || !sub.is_empty() || !typ.is_empty();
        let width = |ui: &Ui| (ui.available_width() - MORE - 2.0 * space::S) / 2.0;
        row(ui, "Expect", |ui| {
            let width = width(ui);
            field(ui, "aud", aud, width);
            field(ui, "iss", iss, width);
            let (glyph, name) = if more { (icon::CARET_UP, "Fewer") } else { (icon::CARET_DOWN, "More") };
            if button::icon(ui, glyph, &format!("{name} expectations")).clicked() {
                self.more = !more;
            }
        });
        if more {
            row(ui, "", |ui| {
                let width = width(ui);
                field(ui, "sub", sub, width);
                field(ui, "typ", typ, width);
            });
        }
        if expected != *before {
            commands.push(Command::Inspect(InspectCommand::Expect(expected)));
        }
    }

    fn leeway(&mut self, ui: &mut Ui, inspection: &Inspection, commands: &CommandQueue) {
        let before = inspection.against().leeway;
        let set = |leeway: u64| commands.push(Command::Inspect(InspectCommand::SetLeeway(leeway)));
        row(ui, "Leeway", |ui| {
            let mut slid = before.min(SLIDER_END);
            let width = (ui.available_width() - SECONDS - space::S).max(60.0);
            let slider = Slider::new(&mut slid, 0..=SLIDER_END).show_value(false).clamping(SliderClamping::Always);
            let response = ui
                .scope(|ui| slim(ui, width, slider))
                .inner
                .on_hover_text("How far the clocks of issuer and receiver may differ");
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Leeway in seconds"));
            focus_ring(ui, &response, response.rect.expand2(vec2(space::XXS, 0.0)), radius::SMALL);
            if response.changed() {
                self.leeway = None;
                set(slid);
            }
            let mut text = self.leeway.clone().unwrap_or_else(|| format!("{before} s"));
            let field = Field::new("Leeway", &mut text).id_salt("inspect-leeway").width(SECONDS);
            let response = field.show(ui);
            if response.changed() {
                self.leeway = Some(text.clone());
            }
            if response.lost_focus()
                && self.leeway.take().is_some()
                && let Some(leeway) = seconds(&text)
            {
                set(leeway);
            }
        });
    }
}

/// A slider with a small handle.
fn slim(ui: &mut Ui, width: f32, slider: Slider<'_>) -> Response {
    let tokens = theme::tokens(ui);
    let spacing = ui.spacing_mut();
    spacing.slider_width = width;
    spacing.slider_rail_height = 4.0;
    spacing.interact_size.y = 18.0;
    let visuals = ui.visuals_mut();
    visuals.selection.bg_fill = tokens.accent.main;
    let widgets = &mut visuals.widgets;
    widgets.inactive.bg_fill = tokens.surface.line_field;
    for visuals in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active] {
        visuals.fg_stroke = Stroke::new(1.5, tokens.accent.main);
    }
    ui.add(slider)
}

/// Reads `60`, `60 s` or `5m`, no more than a day.
fn seconds(text: &str) -> Option<u64> {
    let plain: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let seconds = match plain.parse::<u64>() {
        Ok(seconds) => seconds,
        Err(_) => u64::try_from(duration::parse(&plain).ok()?).ok()?,
    };
    Some(seconds.min(MAX_LEEWAY))
}

/// The instants that matter to the token, and the present.
fn jumps(inspection: &Inspection) -> Vec<(Option<i64>, String)> {
    let claims = inspection.reading().and_then(|reading| reading.decoded.claims());
    let instant = |name: &str| claims.and_then(|claims| claims.root().get(name)?.as_i64());
    let mut jumps = Vec::new();
    if let Some(iat) = instant("iat") {
        jumps.push((Some(iat), "at iat".to_owned()));
    }
    if let Some(exp) = instant("exp") {
        jumps.push((Some(exp.saturating_sub(1)), "exp − 1 s".to_owned()));
        jumps.push((Some(exp.saturating_add(1)), "exp + 1 s".to_owned()));
    }
    jumps.push((None, "now".to_owned()));
    jumps
}

fn key(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let inspection = workbench.inspection();
    let used = inspection.reading().map(AsRef::as_ref).and_then(used_words);
    let automatic = used.as_deref().unwrap_or("the key that made the signature, if it is at hand");
    let described: Vec<_> = workbench.keys().ring().keys().iter().map(|entry| entry.describe()).collect();
    let mut entries = vec![
        (KeyPick::Automatic, "Automatic", automatic),
        (KeyPick::Typed, "Secret", "typed here"),
        (KeyPick::Craft, "Secret on the Craft page", ""),
    ];
    let ring = workbench.keys().ring().keys().iter().zip(&described);
    entries.extend(ring.map(|(entry, words)| (KeyPick::Ring(entry.id), entry.name.as_str(), words.as_str())));
    row(ui, "Key", |ui| {
        let width = ui.available_width() - BUTTONS - space::S;
        if let Some(pick) = select::choose_told(ui, "Key to verify with", inspection.against().key, &entries, width) {
            commands.push(Command::Inspect(InspectCommand::UseKey(pick)));
        }
        if button::normal(ui, "Open…").on_hover_text("Read a key file").clicked() {
            commands.push(Action::OpenKey);
        }
        if button::normal(ui, "Paste…").on_hover_text("Paste a key as text").clicked() {
            commands.push(Action::PasteKey);
        }
    });
}

/// Which key is used, when it is chosen automatically.
fn used_words(reading: &Reading) -> Option<String> {
    let used = reading.used.as_ref()?;
    Some(if reading.signature.matches() { used.name.clone() } else { format!("{}, by its key ID", used.name) })
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn a_leeway_is_read_in_seconds_or_as_a_duration() {
        for (text, expected) in [
            ("60", Some(60)),
            ("60 s", Some(60)),
            ("5m", Some(300)),
            ("7d", Some(86_400)),
            ("-1", None),
            ("", None),
            ("soon", None),
        ] {
            assert_eq!(seconds(text), expected, "{text}");
        }
    }
}
