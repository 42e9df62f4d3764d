//! The key doctor: what it is trying, what it found, and the way to use that.

use eframe::egui::{CollapsingHeader, RichText, Ui};

use crate::jose::doctor::{Cause, Diagnosis};
use crate::jose::text::shown;
use crate::ui::action::Action;
use crate::ui::help::Topic;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{self, fonts, icon, radius, size};
use crate::ui::widgets::busy::busy;
use crate::ui::widgets::card::Card;
use crate::ui::widgets::message::sentence;
use crate::ui::widgets::sign::sign;
use crate::ui::widgets::{button, focus_ring, message};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, InspectCommand};
use crate::workbench::inspection::{Doctor, Inspection};

/// Draws the card while there is something to say.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let inspection = workbench.inspection();
    match inspection.doctor() {
        Doctor::Idle => {}
        Doctor::Busy { attempts, .. } => {
            Card::new("Key doctor").explains(&[Topic::KeyDoctor]).subtitle("what people get wrong with keys").show(
                ui,
                |ui| {
                    ui.horizontal(|ui| {
                        busy(ui, "The key doctor is at work");
                        ui.label(format!("Trying keys and encodings, {attempts} so far"));
                        if button::normal(ui, "Stop").clicked() {
                            commands.push(Action::StopDoctor);
                        }
                    });
                },
            );
        }
        Doctor::Done(diagnosis) => done(ui, diagnosis, inspection, commands),
    }
}

fn done(ui: &mut Ui, diagnosis: &Diagnosis, inspection: &Inspection, commands: &CommandQueue) {
    let subtitle = match (&diagnosis.found, diagnosis.stopped) {
        (Some(_), _) => "found the mistake",
        (None, true) => "stopped",
        (None, false) => "found no mistake that explains it",
    };
    let again = |ui: &mut Ui| {
        if diagnosis.stopped && button::ghost(ui, "Go on").clicked() {
            commands.push(Action::RunDoctor);
        }
    };
    Card::new("Key doctor").explains(&[Topic::KeyDoctor]).subtitle(subtitle).actions(again).show(ui, |ui| {
        match &diagnosis.found {
            Some(cause) => found(ui, cause, commands),
            None => {
                let words = "None of the keys at hand made this signature, whatever is done to them.";
                let header = inspection.reading().and_then(|reading| reading.decoded.header());
                let kid = header.and_then(|header| header.root().get("kid")?.as_str());
                let which = kid.map(|kid| format!(", the one with the key ID {}", shown(&kid))).unwrap_or_default();
                message::warning(ui, words, &format!("Open or paste the key of the issuer{which}."));
            }
        }
        tried(ui, &diagnosis.tried);
    });
}

fn found(ui: &mut Ui, cause: &Cause, commands: &CommandQueue) {
    let tokens = theme::tokens(ui);
    ui.horizontal_wrapped(|ui| {
        sign(ui, icon::CHECK_CIRCLE, tokens.status.ok);
        ui.label(RichText::new(sentence(&cause.message)).font(fonts::semibold(size::TEXT)));
    });
    if !cause.help.is_empty() {
        message::remark(ui, &sentence(&cause.help));
    }
    let takes = cause.key.is_some() || cause.secret.is_some();
    if takes && button::primary(ui, "Verify with this").clicked() {
        commands.push(Command::Inspect(InspectCommand::TakeDiagnosis));
    }
}

/// Everything that was tried, folded.
fn tried(ui: &mut Ui, tried: &[String]) {
    if tried.is_empty() {
        return;
    }
    let words = match tried.len() {
        1 => "One thing was tried".to_owned(),
        number => format!("{number} things were tried"),
    };
    let title = RichText::new(words).color(theme::tokens(ui).text.secondary);
    let header = CollapsingHeader::new(title).id_salt("doctor-tried").show(ui, |ui| {
        tried.iter().for_each(|what| message::remark(ui, what));
    });
    focus_ring(ui, &header.header_response, header.header_response.rect, radius::SMALL);
}
