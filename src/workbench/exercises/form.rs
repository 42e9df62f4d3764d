//! The four ways to write an expiry, and how the rules judge them.

use std::sync::LazyLock;

use crate::findings::filled::Filled;
use crate::findings::{self, Finding, Purpose, Subject, Text};
use crate::jose::instant::InstantFormat;
use crate::jose::json::Json;
use crate::template::file::TemplateFile;
use crate::template::gallery::EXAMPLES;

/// One of the examples of an expiry; the letters give nothing away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// The first.
    A,
    /// The second.
    B,
    /// The third.
    C,
    /// The fourth.
    D,
}

/// What can be said of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Judgement {
    /// Nothing is wrong with it.
    Right,
    /// Legal, but not every library takes it.
    Questionable,
    /// Rejected, or another instant than is meant.
    Wrong,
}

/// The clock of the computer that the forms come from, in seconds ahead of UTC.
const ZONE: i32 = 2 * 60 * 60;

/// The rules about how a time is written.
const WRONG: [&str; 4] = ["T01", "T02", "T04", "T09"];
const QUESTIONABLE: [&str; 1] = ["T03"];

/// The `exp` of each, read once.
static EXPIRIES: LazyLock<[String; Form::ALL.len()]> =
    LazyLock::new(|| Form::ALL.map(|form| form.read_exp().unwrap_or_default()));

impl Form {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::A, Self::B, Self::C, Self::D];

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::A => "Form A",
            Self::B => "Form B",
            Self::C => "Form C",
            Self::D => "Form D",
        }
    }

    /// Its place among them, from 0.
    pub const fn place(self) -> usize {
        match self {
            Self::A => 0,
            Self::B => 1,
            Self::C => 2,
            Self::D => 3,
        }
    }

    /// The example it is.
    const fn file_name(self) -> &'static str {
        match self {
            Self::A => "expiry-string-datetime.jwt.json",
            Self::B => "expiry-float.jwt.json",
            Self::C => "expiry-utc-30m.jwt.json",
            Self::D => "expiry-local-time.jwt.json",
        }
    }

    /// Its template, under a name that gives nothing away.
    pub fn template(self) -> Option<TemplateFile> {
        let example = EXAMPLES.iter().find(|example| example.file_name == self.file_name())?;
        let mut template = example.template().ok()?;
        template.name = format!("Exercise 2, {}", self.label().to_lowercase());
        template.description = String::new();
        Some(template)
    }

    /// Its `exp`, as it stands in the claims.
    pub fn exp(self) -> &'static str {
        EXPIRIES.get(self.place()).map(String::as_str).unwrap_or_default()
    }

    fn read_exp(self) -> Option<String> {
        let claims = Json::parse(&self.template()?.claims).ok()?;
        Some(claims.root().get("exp")?.raw().to_owned())
    }

    /// What the rules find about the way `exp` is written at `now`, seconds since 1970 UTC: the worst of it.
    pub fn finding(self, now: i64) -> Option<Finding> {
        let template = self.template()?;
        let claims = Json::parse(&template.claims).ok()?;
        let filled = Filled::of(&claims, &template.variables, now);
        let subject = Subject {
            header: None,
            claims: Some(Text { text: claims.text(), json: Ok(&claims), filled: Some(&filled) }),
            key: None,
            decoded: None,
            removed: &[],
            token_len: None,
            template: None,
            purpose: Purpose::Issuing,
        };
        let mut found = findings::find_in_texts(&subject);
        found.extend(findings::find_at(&subject, now, 0, ZONE, InstantFormat::UTC));
        let take = |rules: &[&str]| found.iter().find(|finding| finding.path == "$.exp" && rules.contains(&finding.id));
        take(&WRONG).or_else(|| take(&QUESTIONABLE)).cloned()
    }

    /// How the rules judge it at `now`.
    pub fn judged(self, now: i64) -> Judgement {
        match self.finding(now) {
            None => Judgement::Right,
            Some(finding) if QUESTIONABLE.contains(&finding.id) => Judgement::Questionable,
            Some(_) => Judgement::Wrong,
        }
    }
}

impl Judgement {
    /// All of them, the best first.
    pub const ALL: [Self; 3] = [Self::Right, Self::Questionable, Self::Wrong];

    /// In a word.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Right => "Right",
            Self::Questionable => "Questionable",
            Self::Wrong => "Wrong",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_tell_the_four_forms_apart() {
        let now = 1_795_284_752;
        let ids = Form::ALL.map(|form| form.finding(now).map(|finding| finding.id));
        assert_eq!(ids, [Some("T01"), Some("T03"), None, Some("T09")]);
        let judged = Form::ALL.map(|form| form.judged(now));
        let expected = [Judgement::Wrong, Judgement::Questionable, Judgement::Right, Judgement::Wrong];
        assert_eq!(judged, expected);
    }

    #[test]
    fn the_names_of_the_forms_give_nothing_away() {
        for form in Form::ALL {
            let template = form.template().unwrap();
            assert_eq!(template.name, format!("Exercise 2, {}", form.label().to_lowercase()));
            assert_eq!(template.description, "");
            assert!(!form.exp().is_empty());
        }
    }
}
