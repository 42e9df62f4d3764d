//! Findings at the place that they are about: under the text, at a row, beside a field.

use eframe::egui::Ui;

use super::editor::Underline;
use super::request::{CommandQueue, Request};
use super::widgets::button::{Button, Kind};
use super::widgets::message::sentence;
use super::widgets::severity;
use crate::findings::{Finding, Part, Severity};
use crate::jose::json::Json;
use crate::jose::text::Span;

/// The code of the finding that a text is no JSON: the editors say so by themselves.
const NOT_JSON: &str = "S04";

/// What to underline in the text of header or payload, of which `json` is what it parses to. What is about all of it, such
/// as a claim that is missing, is told at its first letter.
pub(super) fn underlines(findings: &[Finding], part: Part, json: Option<&Json>) -> Vec<Underline> {
    let whole = json.map(|json| json.root().span());
    let here = findings.iter().filter(|finding| finding.part == part && finding.id != NOT_JSON);
    here.filter_map(|finding| {
        let span = finding.span?;
        let span = if Some(span) == whole { Span::new(span.start, span.start + 1) } else { span };
        let words = format!("{}: {}", finding.id, sentence(&finding.message));
        Some(Underline { span, severity: finding.severity, words })
    })
    .collect()
}

/// The worst that is said about a stretch of the payload, and all that is said about it.
pub(super) fn about(findings: &[Finding], span: Span) -> Option<(Severity, String)> {
    let inside = |finding: &&Finding| {
        finding.part == Part::Payload && finding.span.is_some_and(|found| span.contains(found.start))
    };
    told(findings.iter().filter(inside))
}

/// A sign for the findings of these rules: it tells them, and shows the first of them when it is clicked.
pub(super) fn badge(ui: &mut Ui, findings: &[Finding], about: &str, rules: &[&str], commands: &CommandQueue) {
    let of_rules = || findings.iter().filter(|finding| rules.iter().any(|rule| finding.id.starts_with(rule)));
    let (Some((worst, words)), Some(first)) = (told(of_rules()), of_rules().next()) else { return };
    let ink = severity::ink(worst, super::theme::tokens(ui));
    let name = format!("Findings about the {about}");
    let button = Button::new(Kind::Icon, severity::glyph(worst)).name(&name).ink(ink);
    if ui.add(button).on_hover_text(words).clicked() {
        commands.push(Request::ShowFinding(Box::new(first.clone())));
    }
}

/// The worst severity of some findings, and their messages.
fn told<'f>(findings: impl Iterator<Item = &'f Finding>) -> Option<(Severity, String)> {
    let mut worst = None;
    let mut words = String::new();
    for finding in findings {
        worst = worst.map_or(Some(finding.severity), |worst: Severity| Some(worst.min(finding.severity)));
        if !words.is_empty() {
            words.push('\n');
        }
        words.push_str(&format!("{}: {}", finding.id, sentence(&finding.message)));
    }
    worst.map(|worst| (worst, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(id: &'static str, severity: Severity, start: usize) -> Finding {
        let span = Some(Span::new(start, start + 2));
        let message = "It is so".to_owned();
        Finding { id, severity, part: Part::Payload, path: String::new(), span, token: None, message, fix: None }
    }

    #[test]
    fn the_worst_is_told_of_a_place_and_nothing_of_others() {
        let findings = [
            finding("C01", Severity::Info, 4),
            finding("S07", Severity::Warning, 5),
            finding("S06", Severity::Error, 90),
        ];
        let told = about(&findings, Span::new(4, 10));
        assert_eq!(told, Some((Severity::Warning, "C01: It is so.\nS07: It is so.".to_owned())));
        assert_eq!(about(&findings, Span::new(20, 30)), None);
    }

    #[test]
    fn what_the_editor_says_itself_is_not_underlined_twice() {
        let findings = [finding("S04", Severity::Error, 1), finding("S06", Severity::Error, 2)];
        let found = underlines(&findings, Part::Payload, None);
        assert_eq!(found.iter().map(|found| found.span).collect::<Vec<_>>(), [Span::new(2, 4)]);
        assert!(underlines(&findings, Part::Header, None).is_empty());
    }

    #[test]
    fn what_is_about_the_whole_is_told_at_its_first_letter() {
        let found = underlines(&[finding("C01", Severity::Info, 0)], Part::Payload, Json::parse("{}").ok().as_ref());
        assert_eq!(found.iter().map(|found| found.span).collect::<Vec<_>>(), [Span::new(0, 1)]);
    }
}
