//! T01 to T10: when the token is valid.

use super::doc::{Doc, Entry, View};
use super::{Finding, Fix, Severity};
use crate::jose::elapsed::{relative, spoken};
use crate::jose::instant::InstantFormat;
use crate::jose::json::{self, Kind};
use crate::jose::text::{Edit, shown};
use crate::template::render::MAX_NUMERIC_DATE;

const DAY: i64 = 86_400;
const YEAR: i64 = 365 * DAY;
/// A NumericDate this large is no second of a year that matters, but may count milliseconds.
const MILLISECONDS: f64 = 1e11;
const MICROSECONDS: f64 = 1e14;
const NANOSECONDS: f64 = 1e17;
/// How exactly a time must be off by the time zone, in seconds.
const OFFSET_TOLERANCE: u64 = 60;
/// Lifetimes people choose, in seconds, which an offset of whole hours cannot turn into another of them.
const USUAL_LIFETIMES: [i64; 4] = [5 * 60, 10 * 60, 15 * 60, 30 * 60];

/// The instant to judge by.
pub(super) struct Clock {
    pub(super) now: i64,
    /// In seconds.
    pub(super) leeway: u64,
    /// The time zone of the computer, in seconds east of UTC.
    pub(super) utc_offset: i32,
    /// How instants are told.
    pub(super) format: InstantFormat,
}

pub(super) fn find(view: &View<'_>, found: &mut Vec<Finding>) {
    let Some(claims) = view.claims else { return };
    for time in Time::all(claims) {
        found.extend(not_a_number(&time));
        found.extend(too_fine(&time));
        found.extend(fractional(&time));
        found.extend(outside_the_calendar(&time));
    }
    found.extend(never_valid(claims));
    found.extend(lifetime(claims));
}

pub(super) fn find_at(view: &View<'_>, clock: &Clock) -> Vec<Finding> {
    let Some(claims) = view.claims else { return Vec::new() };
    let rules = [expired, not_yet_valid, issued_in_the_future, lifetime_from_now];
    rules.into_iter().filter_map(|rule| rule(view, claims, clock)).chain(local_times(view, claims, clock)).collect()
}

/// One of the claims that are NumericDates (RFC 7519 §2).
struct Time<'a> {
    doc: Doc<'a>,
    name: &'static str,
    entry: Entry<'a>,
}

impl<'a> Time<'a> {
    fn new(doc: Doc<'a>, name: &'static str) -> Option<Self> {
        Some(Self { doc, name, entry: doc.get(name)? })
    }

    fn all(doc: Doc<'a>) -> impl Iterator<Item = Self> {
        ["exp", "nbf", "iat"].into_iter().filter_map(move |name| Self::new(doc, name))
    }

    /// Its seconds, as nearly as a double gives them, infinite ones too.
    fn number(&self) -> Option<f64> {
        let value = self.entry.value;
        (value.kind() == Kind::Number).then(|| value.raw().parse().ok()).flatten()
    }

    /// Its seconds, a fraction left out, if they are within the calendar.
    fn seconds(&self) -> Option<i64> {
        let number = self.number().filter(|number| (0.0..=MAX_NUMERIC_DATE as f64).contains(number))?;
        Some(self.entry.value.as_i64().unwrap_or(number as i64))
    }

    /// Whether it is a placeholder that is not later than now.
    fn is_relative(&self) -> bool {
        let raw = self.entry.member.value.raw();
        raw.starts_with("\"{{now") && !raw.contains('+')
    }

    fn finding(&self, id: &'static str, severity: Severity, message: String) -> Finding {
        self.doc.finding(id, severity, self.entry.span(), message)
    }

    /// The edit that writes `json` in its place.
    fn set(&self, json: &str) -> Edit {
        json::set_value(self.entry.member.value, json)
    }
}

/// The seconds of a claim that is a time within the calendar.
fn seconds(claims: Doc<'_>, name: &'static str) -> Option<i64> {
    Time::new(claims, name)?.seconds()
}

/// Half an hour from now. Times that would then be wrong, or make the life too long, go along: those later than now, and
/// fixed ones of which nobody knows how old they are when `now` is not known.
fn renewed(claims: Doc<'_>, now: Option<i64>) -> Fix {
    let mut edit = json::set_member(claims.root(), "exp", "\"{{now+30m}}\"");
    let mut label = "Set exp to now + 30 min".to_owned();
    for time in Time::all(claims).filter(|time| time.name != "exp" && !time.is_relative()) {
        let recent = now.zip(time.seconds()).is_some_and(|(now, at)| now - DAY / 2 <= at && at <= now);
        if !recent {
            edit = edit.and(time.set("\"{{now}}\""));
            label = format!("{label}, {} to now", time.name);
        }
    }
    Fix { label, change: claims.change(edit) }
}

/// The fix that makes a time right, whatever it was.
fn corrected(time: &Time<'_>, now: Option<i64>) -> Fix {
    if time.name == "exp" {
        return renewed(time.doc, now);
    }
    Fix { label: format!("Set {} to now", time.name), change: time.doc.change(time.set("\"{{now}}\"")) }
}

/// T01: a time that is no number.
fn not_a_number(time: &Time<'_>) -> Option<Finding> {
    let (name, value) = (time.name, time.entry.value);
    let is = match value.as_str() {
        Some(text) => format!("the text \"{}\"", shown(&text)),
        None if value.kind() == Kind::Number => return None,
        None => value.kind().label().to_owned(),
    };
    let message = format!("{name} is {is}; it must be a number, the seconds since 1970 UTC.");
    Some(Finding { fix: Some(corrected(time, None)), ..time.finding("T01", Severity::Error, message) })
}

/// T02: a time in milliseconds or less.
fn too_fine(time: &Time<'_>) -> Option<Finding> {
    let number = time.number().filter(|number| *number >= MILLISECONDS && number.is_finite())?;
    let (unit, factor) = match number {
        MILLISECONDS..MICROSECONDS => ("Milliseconds", 1_000.0),
        MICROSECONDS..NANOSECONDS => ("Microseconds", 1_000_000.0),
        _ => ("Nanoseconds", 1_000_000_000.0),
    };
    let message = format!("{} = {} is the year {}. {unit}?", time.name, shown(time.entry.value.raw()), year(number));
    let finding = time.finding("T02", Severity::Warning, message);
    let seconds = (number / factor).floor();
    // An expiry in seconds may well be over: nobody wants to sign that. What was issued or begins after it neither.
    let divides = time.name != "exp" && seconds < MILLISECONDS;
    if !divides || self::seconds(time.doc, "exp").is_some_and(|exp| exp as f64 <= seconds) {
        return Some(Finding { fix: Some(corrected(time, None)), ..finding });
    }
    Some(finding.fixed_by(format!("Divide by {factor}"), time.doc.change(time.set(&seconds.to_string()))))
}

/// The year of an instant, also far outside of what calendars know: a mean Gregorian year has 365.2425 days.
fn year(seconds: f64) -> String {
    let years = 1970.0 + seconds / (365.2425 * DAY as f64);
    if years < 1e9 { format!("{}", years.floor()) } else { format!("{years:.1e}") }
}

/// T03: a time that is not written as a whole number.
fn fractional(time: &Time<'_>) -> Option<Finding> {
    let raw = time.entry.value.raw();
    let number = time.number().filter(|number| number.is_finite() && raw.contains(['.', 'e', 'E']))?;
    let message = format!("{} = {} is legal, but several libraries reject or round it.", time.name, shown(raw));
    let finding = time.finding("T03", Severity::Warning, message);
    // Beyond 2^53 a double does not know the seconds.
    if number.abs() > super::number::MAX_SAFE_INTEGER as f64 {
        return Some(finding);
    }
    let whole = format!("{}", number.floor() as i64);
    Some(finding.fixed_by(format!("Round down to {whole}"), time.doc.change(time.set(&whole))))
}

/// T04: a time before 1970 or after the year 9999.
fn outside_the_calendar(time: &Time<'_>) -> Option<Finding> {
    let number = time.number().filter(|number| !(0.0..=MAX_NUMERIC_DATE as f64).contains(number))?;
    let raw = shown(time.entry.value.raw());
    let is = if number < 0.0 { "before 1970" } else { "after the year 9999" };
    Some(time.finding("T04", Severity::Error, format!("{} = {raw} is {is}; no verifier can use it.", time.name)))
}

/// T05: the token has expired.
fn expired(view: &View<'_>, claims: Doc<'_>, clock: &Clock) -> Option<Finding> {
    let exp = Time::new(claims, "exp")?;
    let at = exp.seconds().filter(|at| *at <= clock.now)?;
    let ago = match relative(at.saturating_sub(clock.now)) {
        now if now == "now" => "this very second".to_owned(),
        ago => ago,
    };
    let severity = if view.is_issuing() { Severity::Error } else { Severity::Info };
    let finding = exp.finding("T05", severity, format!("Expired {ago} ({}).", clock.format.full(at)));
    Some(Finding { fix: Some(renewed(claims, Some(clock.now))), ..finding })
}

/// T06: a token that is never valid.
fn never_valid(claims: Doc<'_>) -> Option<Finding> {
    let exp = Time::new(claims, "exp")?;
    let at = exp.seconds()?;
    let (name, what) = if seconds(claims, "iat").is_some_and(|iat| at <= iat) {
        ("iat", "it was issued")
    } else if seconds(claims, "nbf").is_some_and(|nbf| at <= nbf) {
        ("nbf", "it becomes valid")
    } else {
        return None;
    };
    let message = format!("Expires before {what} (exp is not later than {name}): never valid.");
    Some(Finding { fix: Some(renewed(claims, None)), ..exp.finding("T06", Severity::Error, message) })
}

/// T07: a token that is not valid yet.
fn not_yet_valid(_: &View<'_>, claims: Doc<'_>, clock: &Clock) -> Option<Finding> {
    let nbf = Time::new(claims, "nbf")?;
    let at = nbf.seconds().filter(|at| is_later(*at, clock))?;
    let message =
        format!("Not valid for another {} (before {}).", spoken(at.abs_diff(clock.now)), clock.format.full(at));
    let finding = nbf.finding("T07", Severity::Warning, message);
    Some(Finding { fix: Some(corrected(&nbf, Some(clock.now))), ..finding })
}

/// T08: a token from the future.
fn issued_in_the_future(_: &View<'_>, claims: Doc<'_>, clock: &Clock) -> Option<Finding> {
    let iat = Time::new(claims, "iat")?;
    let at = iat.seconds().filter(|at| is_later(*at, clock))?;
    let message = format!("Issued {} in the future ({}).", spoken(at.abs_diff(clock.now)), clock.format.full(at));
    let finding = iat.finding("T08", Severity::Warning, message);
    Some(Finding { fix: Some(corrected(&iat, Some(clock.now))), ..finding })
}

fn is_later(at: i64, clock: &Clock) -> bool {
    at > clock.now.saturating_add_unsigned(clock.leeway)
}

/// T09: times that are off by the time zone of this computer. A token that was received may well be some hours old:
/// there only times that lie ahead count.
fn local_times(view: &View<'_>, claims: Doc<'_>, clock: &Clock) -> Vec<Finding> {
    let offset = i64::from(clock.utc_offset);
    if offset == 0 || (offset < 0 && !view.is_issuing()) {
        return Vec::new();
    }
    let shifted =
        |at: i64, expected: i64| at.saturating_sub(expected).saturating_sub(offset).unsigned_abs() <= OFFSET_TOLERANCE;
    let sign = if offset < 0 { '-' } else { '+' };
    let zone = format!("{sign}{:02}:{:02}", offset.abs() / 3600, offset.abs() % 3600 / 60);
    let found = |time: &Time<'_>| {
        time.finding(
            "T09",
            Severity::Warning,
            format!("{} is off by exactly {zone}: local time written as UTC?", time.name),
        )
    };
    let mut findings = Vec::new();
    for time in Time::all(claims).filter(|time| time.name != "exp") {
        if time.seconds().is_some_and(|at| shifted(at, clock.now)) {
            findings.push(Finding { fix: Some(corrected(&time, Some(clock.now))), ..found(&time) });
        }
    }
    // An expiry is compared with when the token was made; without that, with now if it is being made now.
    let made = seconds(claims, "iat").or(view.is_issuing().then_some(clock.now));
    if let Some((exp, made)) = Time::new(claims, "exp").zip(made.filter(|_| findings.is_empty()))
        && let Some(at) = exp.seconds()
        && USUAL_LIFETIMES.into_iter().any(|lifetime| shifted(at, made.saturating_add(lifetime)))
    {
        findings.push(Finding { fix: Some(renewed(claims, Some(clock.now))), ..found(&exp) });
    }
    findings
}

/// T10: no end, or a far one, as far as the token itself tells.
fn lifetime(claims: Doc<'_>) -> Option<Finding> {
    let Some(exp) = Time::new(claims, "exp") else {
        let message = "No exp: whoever gets hold of the token can use it forever.";
        let finding = claims.finding("T10", Severity::Error, claims.root().span(), message);
        return Some(Finding { fix: Some(renewed(claims, None)), ..finding });
    };
    let finding = long_life(&exp, exp.seconds()?.saturating_sub(seconds(claims, "iat")?), "Valid for")?;
    Some(Finding { fix: Some(renewed(claims, None)), ..finding })
}

/// T10 for a token that does not say when it was made: it lives at least as long as it has still left.
fn lifetime_from_now(_: &View<'_>, claims: Doc<'_>, clock: &Clock) -> Option<Finding> {
    let exp = Time::new(claims, "exp").filter(|_| seconds(claims, "iat").is_none())?;
    let finding = long_life(&exp, exp.seconds()?.saturating_sub(clock.now), "Valid for another")?;
    Some(Finding { fix: Some(renewed(claims, Some(clock.now))), ..finding })
}

fn long_life(exp: &Time<'_>, life: i64, valid: &str) -> Option<Finding> {
    let (severity, limit) = match life {
        life if life > YEAR => (Severity::Error, "1 year"),
        life if life > DAY => (Severity::Warning, "24 h"),
        _ => return None,
    };
    let life = spoken(life.unsigned_abs());
    Some(exp.finding(
        "T10",
        severity,
        format!("{valid} {life}, more than {limit}: a stolen token stays usable that long."),
    ))
}
