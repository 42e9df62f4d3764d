//! The expiry picker: presets, an own lifetime, a fixed instant typed or by calendar, or none. A lens over `exp`.

use eframe::egui::{Label, RichText, Ui, vec2};

use crate::jose::instant::{Hours, InstantFormat};
use crate::template::duration;
use crate::ui::findings_at;
use crate::ui::help::Topic;
use crate::ui::instant;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{self, size, space};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::{button, segmented};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, DraftCommand};
use crate::workbench::expiry::{Expiry, LAST_INSTANT, PRESETS};

/// The field for the instant gets a line of its own rather than less than this, in points.
const FIELD_LEAST: f32 = 220.0;
/// A clock of 12 hours takes so much more, in points.
const HALF_OF_DAY: f32 = 32.0;

/// What is being typed into the instant field.
#[derive(Debug, Default)]
pub(super) struct ExpiryPane {
    typed: Option<String>,
    complaint: Option<String>,
}

impl ExpiryPane {
    /// Draws the card.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, now: i64, commands: &CommandQueue) {
        let expiry = workbench.facts().expiry.as_ref();
        // A relative expiry is told as the token has it, not as the next one would.
        let minted_at = workbench.minted().map_or(now, |minted| minted.at);
        let instant = expiry.and_then(|expiry| expiry.instant(minted_at));
        let badge = |ui: &mut Ui| {
            findings_at::badge(ui, &workbench.findings().findings, "expiry", &["T05", "T06", "T10"], commands);
        };
        Card::new("Expiry")
            .explains(&[Topic::Expiry, Topic::Instant])
            .subtitle(&words(expiry, instant, now, workbench.clock()))
            .actions(badge)
            .show(ui, |ui| {
                ui.add_enabled_ui(expiry.is_some(), |ui| {
                    ui.horizontal_wrapped(|ui| {
                        ui.spacing_mut().item_spacing = vec2(space::S, space::S);
                        presets(ui, expiry, commands);
                        self.instant_field(ui, workbench, expiry, instant, now, commands);
                    });
                });
                if let Some(complaint) = &self.complaint {
                    let colour = theme::tokens(ui).status.error;
                    ui.add(Label::new(RichText::new(complaint).size(size::TEXT_SMALL).color(colour)).wrap());
                }
            });
    }

    /// One field for both kinds of expiry: `45m` is a lifetime, `2026-12-31 18:00` an instant.
    fn instant_field(
        &mut self,
        ui: &mut Ui,
        workbench: &Workbench,
        expiry: Option<&Expiry>,
        instant: Option<i64>,
        now: i64,
        commands: &CommandQueue,
    ) {
        let shown = match (expiry, instant) {
            (Some(Expiry::Other(text)), _) => text.clone(),
            (_, Some(instant)) => workbench.clock().in_utc().full(instant),
            _ => String::new(),
        };
        let mut text = self.typed.clone().unwrap_or(shown);
        let left = ui.available_size_before_wrap().x;
        let is_12_hours = workbench.settings().clock.hours == Hours::H12;
        let least = FIELD_LEAST + if is_12_hours { HALF_OF_DAY } else { 0.0 };
        let width = if left < least { ui.max_rect().width() } else { left };
        let can_pin = matches!((expiry, instant), (Some(Expiry::Relative(_)), Some(_)));
        let mut pin = false;
        let field = Field::new("Expires at, in UTC, or after", &mut text)
            .placeholder("45m, or 2026-12-31 18:00")
            .error(self.complaint.as_deref())
            .id_salt("expiry-instant")
            .width(width);
        let response = field.show_with(ui, |ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            if can_pin {
                let tip = "Write this very instant instead of a lifetime: every token will expire then";
                pin = button::link(ui, "Pin").on_hover_text(tip).clicked();
            }
            let chosen = instant::calendar(ui, "expiry-calendar", instant.unwrap_or(now), now);
            if let Some(chosen) = chosen {
                commands.push(set(Expiry::At(chosen)));
            }
        });
        if response.changed() {
            self.typed = Some(text.clone());
            self.complaint = None;
        }
        if response.lost_focus() && self.typed.is_some() {
            self.enter(&text, expiry, commands);
        }
        if let Some(instant) = instant.filter(|_| pin) {
            commands.push(set(Expiry::At(instant)));
        }
    }

    /// Takes what was typed; what cannot be read stays in the field, with the reason.
    fn enter(&mut self, text: &str, before: Option<&Expiry>, commands: &CommandQueue) {
        match read(text) {
            Ok(expiry) => {
                self.typed = None;
                if Some(&expiry) != before {
                    commands.push(set(expiry));
                }
            }
            Err(complaint) => self.complaint = Some(complaint),
        }
    }
}

fn presets(ui: &mut Ui, expiry: Option<&Expiry>, commands: &CommandQueue) {
    let mut choices: Vec<_> = PRESETS.map(|seconds| (Expiry::Relative(seconds), preset_label(seconds))).into();
    choices.push((Expiry::Never, "None".to_owned()));
    if let Some(chosen) = segmented::choose(ui, "Lifetime", expiry, &choices) {
        commands.push(set(chosen));
    }
}

fn preset_label(seconds: i64) -> String {
    match seconds {
        86_400 => "24 h".to_owned(),
        3_600.. => format!("{} h", seconds / 3_600),
        _ => format!("{} m", seconds / 60),
    }
}

fn set(expiry: Expiry) -> Command {
    Command::Draft(DraftCommand::SetExpiry(expiry))
}

/// The line beside the title: UTC, local time and the countdown.
fn words(expiry: Option<&Expiry>, instant: Option<i64>, now: i64, clock: InstantFormat) -> String {
    match (expiry, instant) {
        (None, _) => "mend the claims first".to_owned(),
        (Some(Expiry::Never), _) => "never: whoever has this token can use it for ever".to_owned(),
        (Some(Expiry::Other(_)), _) | (_, None) => "exp is not a number of seconds".to_owned(),
        (_, Some(instant)) => {
            let distance = duration::relative(instant.saturating_sub(now));
            format!("{} · {distance}", clock.in_both().near(instant, now))
        }
    }
}

/// Reads a lifetime, an instant in UTC or with its offset, or a NumericDate.
fn read(text: &str) -> Result<Expiry, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Expiry::Never);
    }
    // A number alone is a NumericDate.
    match (instant::read(text), duration::parse(text)) {
        (Some(instant), _) => return in_range(instant),
        (None, Ok(seconds)) => return Ok(Expiry::Relative(seconds)),
        (None, Err(_)) => {}
    }
    Err(format!("“{text}” is neither a lifetime such as 45m nor an instant such as 2026-12-31 18:00."))
}

fn in_range(instant: i64) -> Result<Expiry, String> {
    if (0..=LAST_INSTANT).contains(&instant) {
        Ok(Expiry::At(instant))
    } else {
        Err("That instant is outside the years 1970 to 9999.".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_reads_lifetimes_and_instants() {
        assert_eq!(read("45m"), Ok(Expiry::Relative(2_700)));
        assert_eq!(read(" 2h30m "), Ok(Expiry::Relative(9_000)));
        assert_eq!(read("2026-11-21 18:29:12 UTC"), Ok(Expiry::At(1_795_285_752)));
        assert_eq!(read("2026-11-21 18:29"), Ok(Expiry::At(1_795_285_740)));
        assert_eq!(read("2026-11-21T19:29:12+01:00"), Ok(Expiry::At(1_795_285_752)));
        assert_eq!(read("2026-11-21"), Ok(Expiry::At(1_795_219_200)));
        assert_eq!(read("1795285752"), Ok(Expiry::At(1_795_285_752)));
        assert_eq!(read(""), Ok(Expiry::Never));
        assert!(read("tomorrow").is_err());
        assert!(read("99999999999999").is_err());
    }
}
