//! The bar at the foot: the state of the token on show in one line, and how much was found about it.

use eframe::egui::{Align, Color32, Label, Layout, RichText, Ui, vec2};

use super::action::Action;
use super::activity_bar::ActivityBar;
use super::bulk;
use super::compare;
use super::figures::{bytes, ms};
use super::hint_line;
use super::request::CommandQueue;
use super::theme::{self, fonts, size, space};
use super::verdict_look::Look;
use super::widgets::button::{Button, Kind};
use super::widgets::{dot, message, severity};
use crate::findings::{Finding, Severity};
use crate::jose::verify::{Outcome, Verdict, Verification};
use crate::measure::histogram::format_ns;
use crate::workbench::Workbench;
use crate::workbench::bench::Bench;
use crate::workbench::inspection::Inspection;
use crate::workbench::login::Serving;
use crate::workbench::marks::instant_words;
use crate::workbench::page::Page;
use crate::workbench::settings::hint::Hint;

/// Height of the bar, in points.
pub const HEIGHT: f32 = 28.0;

/// Draws the bar.
pub fn ui(ui: &mut Ui, workbench: &Workbench, now: i64, activities: &mut ActivityBar, commands: &CommandQueue) {
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        activities.ui(ui, workbench, commands);
        if workbench.settings().page == Page::Inspect {
            let inspection = workbench.inspection();
            inspected(ui, inspection);
            if inspection.instead().is_none() {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    found(ui, &inspection.findings().findings, commands);
                });
            }
        } else if workbench.settings().page == Page::Bulk {
            minted_many(ui, workbench);
        } else if workbench.settings().page == Page::Compare {
            compare::status::ui(ui, workbench);
        } else if let Some(serving) = workbench.login().serving().filter(|_| workbench.settings().page == Page::Timing)
        {
            login_lab(ui, workbench, serving);
        } else {
            drafted(ui, workbench, now, commands);
        }
    });
}

/// The verdict on the inspected token, with the names of the checks that failed.
fn inspected(ui: &mut Ui, inspection: &Inspection) {
    let tokens = theme::tokens(ui);
    let (Some(reading), Some(verification)) = (inspection.reading(), inspection.verification()) else {
        state(ui, tokens.text.muted, "nothing to inspect");
        return;
    };
    if inspection.instead().is_some() {
        state(ui, tokens.text.muted, "not a token");
        return;
    }
    state(ui, Look::of(verification.verdict, tokens).ink, &verdict_words(verification));
    let alg = reading.decoded.header().and_then(|header| header.root().get("alg")?.as_str());
    if let Some(alg) = alg {
        say(ui, &alg);
    }
    say(ui, &bytes(reading.token.text.len()));
}

/// "rejected: exp, aud".
pub(super) fn verdict_words(verification: &Verification) -> String {
    let word = Look::word(verification.verdict).to_lowercase();
    let failed = verification.checks.iter().filter(|check| check.outcome == Outcome::Fail);
    let failed: Vec<_> = failed.map(|check| check.name.name()).collect();
    if verification.verdict == Verdict::Invalid && !failed.is_empty() {
        format!("{word}: {}", failed.join(", "))
    } else {
        word
    }
}

/// Whether a run can be begun, and how much that makes.
fn minted_many(ui: &mut Ui, workbench: &Workbench) {
    let t = theme::tokens(ui);
    if workbench.bulk().is_running() {
        return state(ui, t.accent.main, "minting");
    }
    match workbench.can_mint_many() {
        Ok(()) => {
            state(ui, t.status.ok, "ready to mint");
            if let Some(estimate) = workbench.estimate() {
                say(ui, &bulk::counted(estimate.tokens));
            }
        }
        Err(problem) => {
            state(ui, t.text.muted, "not ready");
            let words = RichText::new(message::sentence(&problem.message)).size(size::TEXT);
            ui.add(Label::new(words.color(t.text.secondary)).truncate());
        }
    }
}

/// Where the login lab listens, and what it takes by itself.
fn login_lab(ui: &mut Ui, workbench: &Workbench, serving: &Serving) {
    state(ui, theme::tokens(ui).status.ok, &format!("lab running on {}", serving.address));
    say(ui, &format!("mints {}, {}", serving.subject, serving.algorithm.name()));
    let idle = workbench.bench().figures(Bench::Login).and_then(|figures| figures.report.login.as_ref()?.idle);
    if let Some(idle) = idle {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            say(ui, &format!("empty handler p50 {}", ms(idle.p50_ns)));
        });
    }
}

fn drafted(ui: &mut Ui, workbench: &Workbench, now: i64, commands: &CommandQueue) {
    let tokens = theme::tokens(ui);
    let minted = workbench.minted();
    match minted {
        Some(_) => state(ui, tokens.status.ok, "signed"),
        None => state(ui, tokens.status.error, "not signed"),
    }
    let timing = workbench.timing().timing().filter(|_| minted.is_some());
    match (minted, &workbench.facts().outcome) {
        (Some(minted), _) => {
            say(ui, minted.algorithm.name());
            say(ui, &bytes(minted.sizes.token));
            match minted.expires() {
                Some(expires) => say(ui, &format!("expires {}", instant_words(expires, now, workbench.clock(), true))),
                None => say(ui, "never expires"),
            }
        }
        (None, Err(blocked)) => {
            let words = RichText::new(message::sentence(&blocked.problem.message)).size(size::TEXT);
            let room = vec2((ui.available_width() - FOUND).max(0.0), ui.available_height());
            ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(words.color(tokens.text.secondary)).truncate());
            });
        }
        (None, Ok(_)) => {}
    }
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        // The button first: what is measured comes later, and must not take the keyboard away from it.
        found(ui, &workbench.findings().findings, commands);
        if let Some(timing) = timing {
            say(ui, &format!("sign p50 {}", format_ns(timing.sign.p50)));
        }
        if workbench.settings().page == Page::Craft {
            hint_line::show_in_bar(ui, workbench, Hint::Palette, commands);
        }
    });
}

/// Room for the number of findings, in points.
const FOUND: f32 = 180.0;

/// How much was found: errors and warnings; a click opens the first or the next.
fn found(ui: &mut Ui, findings: &[Finding], commands: &CommandQueue) {
    let words = found_words(findings);
    if words.is_empty() {
        return;
    }
    let button = Button::new(Kind::Ghost, &words).name("Next finding");
    let shortcut = Action::NextFinding.shortcut().map(|keys| ui.ctx().format_shortcut(&keys)).unwrap_or_default();
    if ui.add(button).on_hover_text(format!("Next finding ({shortcut})")).clicked() {
        commands.push(Action::NextFinding);
    }
}

/// "2 errors, 1 warning"; remarks are told only when there is nothing worse.
fn found_words(findings: &[Finding]) -> String {
    let count = |severity| (severity, findings.iter().filter(|finding| finding.severity == severity).count());
    let worse: Vec<_> =
        [Severity::Error, Severity::Warning].map(count).into_iter().filter(|(_, number)| *number > 0).collect();
    let (_, remarks) = count(Severity::Info);
    let told = if worse.is_empty() && remarks > 0 { vec![(Severity::Info, remarks)] } else { worse };
    told.into_iter().map(|(severity, number)| severity::count(severity, number)).collect::<Vec<_>>().join(", ")
}

fn state(ui: &mut Ui, colour: Color32, word: &str) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        dot::filled(ui, colour);
        ui.label(RichText::new(word).font(fonts::regular(size::TEXT)).color(colour));
    });
}

fn say(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).size(size::TEXT).color(theme::tokens(ui).text.secondary));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::Part;
    use crate::jose::verify::{Check, CheckName};

    #[test]
    fn the_failed_checks_are_named() {
        let check = |name, outcome| Check { name, outcome, detail: String::new() };
        let checks = vec![
            check(CheckName::Signature, Outcome::Pass),
            check(CheckName::Expiry, Outcome::Fail),
            check(CheckName::Audience, Outcome::Fail),
        ];
        let mut verification = Verification { verdict: Verdict::Invalid, reason: String::new(), checks };
        assert_eq!(verdict_words(&verification), "rejected: exp, aud");
        verification.verdict = Verdict::Unsecured;
        assert_eq!(verdict_words(&verification), "unsecured");
    }

    #[track_caller]
    fn check(severities: &[Severity], expected: &str) {
        let finding = |severity: &Severity| Finding {
            id: "S01",
            severity: *severity,
            part: Part::Token,
            path: String::new(),
            span: None,
            token: None,
            message: String::new(),
            fix: None,
        };
        assert_eq!(found_words(&severities.iter().map(finding).collect::<Vec<_>>()), expected);
    }

    #[test]
    fn findings_are_counted_by_severity() {
        use Severity::{Error, Info, Warning};
        check(&[], "");
        check(&[Error, Error, Warning, Info], "2 errors, 1 warning");
        check(&[Info, Info], "2 remarks");
    }
}
