//! The rules about tokens: each fires and stays silent where it should, and its fix removes what it found and nothing else.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stdout, reason = "a test tells what it measured, or why it was skipped")]

mod claims;
mod corpora;
mod examples;
mod header;
mod key;
mod privacy;
mod properties;
mod size;
mod syntax;
mod template;
mod times;
mod world;

use std::collections::BTreeMap;

use jwt_workbench::findings::rules::{RULES, rule};
use jwt_workbench::findings::{Change, Finding, Severity};

use world::World;

/// The identifiers of the reference, in its order.
const IDS: [&str; 50] = [
    "S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08", "S09", "H01", "H02", "H03", "H04", "H05", "H06", "H07",
    "H08", "H09", "K01", "K02", "K03", "K04", "K05", "K06", "K07", "K08", "K09", "T01", "T02", "T03", "T04", "T05",
    "T06", "T07", "T08", "T09", "T10", "C01", "C02", "C03", "C04", "P01", "P02", "P03", "V01", "V02", "V03", "Z01",
    "Z02", "Z03",
];

/// What a rule must say about a token.
struct Case {
    rule: &'static str,
    world: World,
    expected: Expected,
}

enum Expected {
    /// A finding of this severity with these words, and where it is given what its fix makes of the text.
    Fires {
        severity: Severity,
        words: &'static str,
        fixed: Fixed,
    },
    Silent,
}

enum Fixed {
    /// As the rule likes.
    Any,
    /// There is none.
    Never,
    /// The text that it edits, afterwards.
    To(String),
}

fn fires(rule: &'static str, severity: Severity, world: World, words: &'static str) -> Case {
    Case { rule, world, expected: Expected::Fires { severity, words, fixed: Fixed::Any } }
}

fn silent(rule: &'static str, world: World) -> Case {
    Case { rule, world, expected: Expected::Silent }
}

impl Case {
    fn fixed_to(mut self, text: impl Into<String>) -> Self {
        if let Expected::Fires { fixed, .. } = &mut self.expected {
            *fixed = Fixed::To(text.into());
        }
        self
    }

    fn without_fix(mut self) -> Self {
        if let Expected::Fires { fixed, .. } = &mut self.expected {
            *fixed = Fixed::Never;
        }
        self
    }

    fn check(&self) {
        let Self { rule, world, expected } = self;
        let findings = world.findings();
        findings.iter().for_each(|finding| check_words(finding, world));
        let of_rule: Vec<&Finding> = findings.iter().filter(|finding| finding.id == *rule).collect();
        let Expected::Fires { severity, words, fixed } = expected else {
            assert!(of_rule.is_empty(), "{rule} fired: {of_rule:#?}\n{world:?}");
            return;
        };
        let found = of_rule.iter().find(|finding| finding.message.contains(words) && finding.severity == *severity);
        let finding = found.unwrap_or_else(|| panic!("{rule} {severity:?} '{words}': {findings:#?}\n{world:?}"));
        match fixed {
            Fixed::Never => assert!(finding.fix.is_none(), "{finding:#?}"),
            Fixed::Any => drop(finding.fix.as_ref().map(|fix| check_fix(world, &findings, finding, &fix.change))),
            Fixed::To(text) => {
                let fix = finding.fix.as_ref().unwrap_or_else(|| panic!("no fix: {finding:#?}"));
                let after = check_fix(world, &findings, finding, &fix.change);
                let edited = match fix.change {
                    Change::Header(_) | Change::Sign(_) => after.header,
                    Change::Claims(_) => after.claims,
                    Change::Token(_) => after.token.unwrap(),
                    ref other => format!("{other:?}"),
                };
                assert_eq!(edited, *text, "{rule} of {world:?}");
            }
        }
    }
}

/// Applies a fix: the finding is gone, and nothing worse has come.
fn check_fix(world: &World, before: &[Finding], fixed: &Finding, change: &Change) -> World {
    let after = world.changed(change);
    let findings = after.findings();
    let still = findings.iter().find(|finding| (finding.id, &finding.message) == (fixed.id, &fixed.message));
    assert!(still.is_none(), "still there: {still:#?}\n{change:?}\n{after:?}");
    let is_new = |finding: &&Finding| before.iter().all(|known| known.id != finding.id);
    let worse = findings.iter().filter(|finding| finding.severity == Severity::Error).find(is_new);
    assert!(worse.is_none(), "new: {worse:#?}\n{change:?}\n{after:?}");
    after
}

/// A message is sentences for people, and every place is one of the text.
fn check_words(finding: &Finding, world: &World) {
    let message = &finding.message;
    let own: String = message.split('\'').step_by(2).collect();
    for inside in ["Some(", "Ok(", "Err(", "None", "::", "Kind", "{:", "Value", "unwrap", "Option", "Vec<", "\\\"{{"] {
        assert!(!own.contains(inside), "{inside} in {message}");
    }
    // A command at the end stands without a full stop, so that it can be copied.
    let ends = message.ends_with(['.', '?']) || message.contains("openssl ") || message.contains("ssh-keygen ");
    assert!(ends && message.len() < 420, "{message}");
    assert!(!own.contains(".."), "{message}");
    let first = message.chars().next().unwrap();
    assert!(!first.is_whitespace(), "{message}");
    assert!(rule(finding.id).is_some(), "{} is no rule", finding.id);
    if let Some(fix) = &finding.fix {
        assert!(!fix.label.is_empty() && fix.label.len() < 90 && !fix.label.ends_with('.'), "{}", fix.label);
    }
    if let Some(text) = world.text_of(finding.part).filter(|_| finding.span.is_some()) {
        assert!(text.get(finding.span.unwrap().range()).is_some(), "{finding:?}");
    }
}

fn cases() -> Vec<Case> {
    [
        syntax::cases,
        header::cases,
        key::cases,
        times::cases,
        claims::cases,
        privacy::cases,
        template::cases,
        size::cases,
    ]
    .into_iter()
    .flat_map(|cases| cases())
    .collect()
}

#[track_caller]
fn check(group: fn() -> Vec<Case>) {
    group().iter().for_each(Case::check);
}

#[test]
fn rules_about_the_token_and_its_json() {
    check(syntax::cases);
}

#[test]
fn rules_about_the_header() {
    check(header::cases);
}

#[test]
fn rules_about_the_key() {
    check(key::cases);
}

#[test]
fn rules_about_times() {
    check(times::cases);
}

#[test]
fn rules_about_claims() {
    check(claims::cases);
}

#[test]
fn rules_about_privacy() {
    check(privacy::cases);
}

#[test]
fn rules_about_placeholders_and_variables() {
    check(template::cases);
}

#[test]
fn rules_about_size() {
    check(size::cases);
}

#[test]
fn every_rule_of_the_reference_is_written_down_with_its_reason() {
    let ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids, IDS);
    for rule in RULES {
        assert!(rule.why.ends_with('.') && !rule.title.ends_with('.'), "{}", rule.id);
        assert!(rule.basis.contains("RFC") || rule.basis.contains("nginx"), "{}", rule.id);
    }
    assert!(rule("S10").is_none());
}

#[test]
fn every_rule_has_three_cases_in_which_it_fires_and_three_in_which_it_does_not() {
    let mut counts: BTreeMap<&str, [usize; 2]> = RULES.iter().map(|rule| (rule.id, [0; 2])).collect();
    for case in cases() {
        let count = counts.get_mut(case.rule).unwrap();
        count[usize::from(matches!(case.expected, Expected::Silent))] += 1;
    }
    // K06 and K09 are told of keys that could not be read: their cases are in `key`.
    let few: Vec<_> = counts.iter().filter(|(_, count)| count.iter().any(|count| *count < 3)).collect();
    assert!(few.is_empty(), "too few cases: {few:?}");
}

#[test]
fn a_good_token_has_no_findings() {
    assert_eq!(World::good().findings(), []);
    assert_eq!(World::good().received().findings(), []);
}

#[test]
fn findings_come_worst_first_and_then_in_the_order_of_the_text() {
    let world = World::good().claims(r#"{"password":"x","exp":"text","email":"a@b.example","pwd":"y","nbf":true}"#);
    let found = world.findings();
    let order: Vec<_> = found.iter().map(Finding::order).collect();
    assert!(order.is_sorted(), "{order:?}");
    assert!(found.len() > 6);
}

#[test]
fn of_a_mistake_made_very_often_the_first_are_told() {
    let members: String =
        (0..5_000).map(|number| format!("\"a\":{{\"b\":1,\"b\":12345678901234567890{number}}},")).collect();
    let found = World::good().claims(&format!("{{{members}\"exp\":1}}")).findings();
    for rule in ["S06", "S07"] {
        let of_rule: Vec<_> = found.iter().filter(|finding| finding.id == rule).collect();
        assert_eq!(of_rule.len(), 21, "{rule}");
        let note = |finding: &&&Finding| finding.message.starts_with("More of the same") && finding.fix.is_none();
        assert_eq!(of_rule.iter().filter(note).count(), 1, "{rule}");
    }
}
