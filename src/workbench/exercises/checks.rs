//! Whether an exercise is solved: one function each, over what the program knows anyway.

use super::drafts;
use super::exercise::{Exercise, Start};
use super::form::Form;
use super::outcome::Outcome;
use crate::findings::{Finding, Part, Severity};
use crate::jose::elapsed::spoken;
use crate::jose::jwa::Algorithm;
use crate::jose::text::grouped;
use crate::measure::histogram::format_ns;
use crate::measure::login::pattern::{Minting, Payload};
use crate::measure::login::report::{LoginReport, LoginRow};
use crate::workbench::Workbench;
use crate::workbench::bench::Bench;
use crate::workbench::facts::Minted;

/// Bytes that a secret for HS256 has at least (RFC 7518 §3.2).
const SECRET_BYTES: usize = 32;
/// The lifetime that is asked for, in seconds.
const HALF_AN_HOUR: i64 = 30 * 60;
/// How far a fixed instant may be off by the time it took to type it, in seconds.
const TYPING: u64 = 30;
/// Others must wait at least this long on the loop, in nanoseconds.
const FELT_NS: u64 = 2_000_000;
/// And so many times as long as off the loop.
const TIMES: u64 = 5;

/// The checklist of an exercise as things are.
pub(super) fn check(exercise: Exercise, workbench: &Workbench) -> Outcome {
    match exercise {
        Exercise::FirstToken => first_token(workbench),
        Exercise::Expiry => expiry(workbench),
        Exercise::Minimal => minimal(workbench),
        Exercise::Mistakes => mistakes(workbench),
        Exercise::Blocking => blocking(workbench),
    }
}

/// The token of the draft, if that is the one the exercise began with.
fn token(workbench: &Workbench, exercise: Exercise) -> Option<&Minted> {
    let is_its_own = workbench.exercises().start_of(workbench.draft.born()) == Some(Start::from(exercise));
    workbench.minted().filter(|_| is_its_own && workbench.is_settled()).map(AsRef::as_ref)
}

/// Everything found about the draft, what is muted included.
fn findings(workbench: &Workbench) -> Vec<Finding> {
    let mut found = workbench.facts.findings.clone();
    found.extend(workbench.facts.findings_at(workbench.now, workbench.clock()));
    found
}

/// Whether a conforming verifier would reject the token, whatever the key is.
fn is_rejected(workbench: &Workbench) -> bool {
    let is_about_token = |finding: &Finding| finding.part != Part::Key;
    findings(workbench).iter().filter(|it| is_about_token(it)).any(is_error)
}

fn is_error(finding: &Finding) -> bool {
    finding.severity == Severity::Error
}

fn expires_later(minted: &Minted, now: i64) -> bool {
    minted.expires().is_some_and(|exp| exp > now)
}

fn first_token(workbench: &Workbench) -> Outcome {
    let minted = token(workbench, Exercise::FirstToken);
    let subject = minted.and_then(|minted| minted.claims.root().get("sub")?.as_str());
    let bytes = workbench.keys.decoded_secret().map(|key| key.bits() / 8).unwrap_or_default();
    let long_enough = bytes >= SECRET_BYTES;
    let secret = if long_enough { String::new() } else { format!("; it has {bytes}") };
    Outcome::default()
        .step("sub says whom it is for", subject.is_some_and(|subject| !subject.trim().is_empty()))
        .step("exp is set, and lies ahead", minted.is_some_and(|minted| expires_later(minted, workbench.now)))
        .step("HS256 signs it", minted.is_some_and(|minted| minted.algorithm == Algorithm::HS256))
        .step(format!("The secret has at least {SECRET_BYTES} bytes{secret}"), minted.is_some() && long_enough)
        .step("It is valid: no finding is an error", minted.is_some() && !findings(workbench).iter().any(is_error))
}

/// How many forms are judged as the rules judge them. Told for all of them at once: to try one after the other would be no
/// judging.
fn judged_rightly(workbench: &Workbench) -> usize {
    if workbench.exercises().answers().contains(&None) {
        return 0;
    }
    let is_right = |form: &Form| workbench.exercises().answer(*form) == Some(form.judged(workbench.now));
    Form::ALL.into_iter().filter(is_right).count()
}

/// What the rules say of the forms, once all are judged rightly.
pub(super) fn reasons(workbench: &Workbench) -> Vec<String> {
    if judged_rightly(workbench) < Form::ALL.len() {
        return Vec::new();
    }
    let reason = |form: Form| match form.finding(workbench.now) {
        Some(finding) => format!("{}: {}", finding.id, finding.message),
        None => "No rule finds anything about it.".to_owned(),
    };
    Form::ALL.map(reason).to_vec()
}

fn expiry(workbench: &Workbench) -> Outcome {
    let answered = workbench.exercises().answers().iter().flatten().count();
    let all = Form::ALL.len();
    let right = judged_rightly(workbench);
    let judged = match (answered, right) {
        (answered, _) if answered < all => format!("Judge the four forms: {answered} of {all} so far"),
        (_, right) if right < all => format!("Judge the four forms: {right} of {all} agree with the rules"),
        _ => "The four forms are judged as the rules judge them".to_owned(),
    };
    let minted = token(workbench, Exercise::Expiry);
    let life = minted.and_then(|minted| minted.expires()?.checked_sub(minted.at));
    let lives = match life {
        Some(life) if life > 0 && life != HALF_AN_HOUR => format!("; now {}", spoken(life.unsigned_abs())),
        _ => String::new(),
    };
    let is_fine = !findings(workbench).iter().any(|finding| finding.path == "$.exp");
    let half = life.is_some_and(|life| life.abs_diff(HALF_AN_HOUR) <= TYPING);
    Outcome::default()
        .step(judged, right == all)
        .step(format!("In a draft of your own, exp is 30 minutes after it is made{lives}"), half)
        .step("Nothing is found about that exp", half && is_fine)
}

fn minimal(workbench: &Workbench) -> Outcome {
    let minted = token(workbench, Exercise::Minimal);
    let target = drafts::minimal_bytes(workbench.now).unwrap_or_default();
    let subject = minted.and_then(|minted| Some(minted.claims.root().get("sub")?.raw()));
    let bytes = minted.map(|minted| minted.token.len());
    let size = |bytes: usize| grouped(bytes as u64);
    let now = bytes.map(|bytes| format!("; now {}", size(bytes))).unwrap_or_default();
    Outcome::default()
        .step("sub is still the same", subject.is_some() && subject == drafts::minimal_subject().as_deref())
        .step(
            "exp is still there, and the token is valid",
            minted.is_some_and(|minted| expires_later(minted, workbench.now)) && !is_rejected(workbench),
        )
        .step(format!("The token has at most {} bytes{now}", size(target)), bytes.is_some_and(|bytes| bytes <= target))
}

fn mistakes(workbench: &Workbench) -> Outcome {
    let minted = token(workbench, Exercise::Mistakes);
    let found = findings(workbench);
    let gone = |id: &str| minted.is_some() && !found.iter().any(|finding| finding.id == id);
    let hidden = minted.is_some_and(|minted| !minted.claims.text().contains(drafts::PASSWORD));
    let mended = [
        ("exp is a number of seconds", gone("T01") && minted.is_some_and(|minted| minted.expires().is_some())),
        ("The password is not in the token", gone("P01") && hidden),
        ("The secret is read as the bytes it stands for", gone("K03")),
    ];
    let count = mended.iter().filter(|(_, is_mended)| *is_mended).count();
    let start = Outcome { count: Some(format!("{count} of {} mended", mended.len())), ..Outcome::default() };
    let outcome = mended.into_iter().enumerate().fold(start, |outcome, (place, (text, is_mended))| {
        let text = if is_mended { text.to_owned() } else { format!("Mistake {} is still there", place + 1) };
        outcome.step(text, is_mended)
    });
    let same = if count == mended.len() { "Everything else is as it was" } else { "Everything else stays as it was" };
    outcome.step(same, minted.is_some() && is_unharmed(workbench) && !has_error_but_of(&found, "T01"))
}

/// Whether the other claims and the bytes of the secret are what they were meant to be.
fn is_unharmed(workbench: &Workbench) -> bool {
    let Ok(claims) = &workbench.facts.claims else { return false };
    let start = drafts::mistaken();
    let same = |name: &&str| {
        let was = start.as_ref().and_then(|start| start.root().get(name)).map(|value| value.raw());
        was.is_some() && claims.root().get(name).map(|value| value.raw()) == was
    };
    let typed = workbench.keys.secret();
    let is_typed = typed.text.as_str() == Some(drafts::SECRET);
    let is_meant = drafts::secret_bytes()
        .is_some_and(|meant| workbench.keys.decoded_secret().is_ok_and(|key| key.secret_bytes() == meant.bytes()));
    drafts::KEPT.iter().all(same) && (is_typed || is_meant)
}

fn has_error_but_of(found: &[Finding], id: &str) -> bool {
    found.iter().any(|finding| finding.severity == Severity::Error && finding.id != id)
}

fn blocking(workbench: &Workbench) -> Outcome {
    let report = workbench.bench.figures(Bench::Login).and_then(|figures| figures.report.login.as_ref());
    // Half-finished rows are no figures yet.
    let measures = workbench.bench.running().is_some_and(|running| running.bench == Bench::Login);
    let waits = report.filter(|_| !measures).and_then(waits);
    let (on, off) = match waits {
        Some((on, off)) => (format!("; now {}", format_ns(on)), format!("; now {}", times(on, off))),
        None => (String::new(), String::new()),
    };
    Outcome::default()
        .step("The same payload is measured on the event loop and off it", waits.is_some())
        .step(
            format!("On the loop, the p99 of /ping is at least {}\u{a0}ms{on}", FELT_NS / 1_000_000),
            waits.is_some_and(|(on, _)| on >= FELT_NS),
        )
        .step(
            format!("That is at least {TIMES} times the p99 off the loop{off}"),
            waits.is_some_and(|(on, off)| on >= off.saturating_mul(TIMES)),
        )
}

fn times(on: u64, off: u64) -> String {
    format!("{:.1} times {}", on as f64 / off.max(1) as f64, format_ns(off))
}

/// The p99 of `/ping` on the loop and off it, of the payload where they are furthest apart.
fn waits(report: &LoginReport) -> Option<(u64, u64)> {
    let find = |payload: Payload, minting: Minting| {
        let is_it = |row: &&LoginRow| row.pattern.is_some_and(|it| it.payload == payload && it.minting == minting);
        let row = report.rows.iter().find(is_it).filter(|row| row.answered > 0)?;
        Some(row.ping.filter(|ping| ping.samples > 0)?.p99_ns)
    };
    let pairs = [Payload::Full, Payload::Minimal]
        .into_iter()
        .filter_map(|payload| Some((find(payload, Minting::OnLoop)?, find(payload, Minting::OffLoop)?)));
    pairs.max_by_key(|(on, off)| on / (*off).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::login::pattern::Pattern;
    use crate::measure::login::report::Spread;

    const MS: u64 = 1_000_000;

    fn report(pings: &[(Pattern, u64)]) -> LoginReport {
        let spread = |ns| Spread { samples: 100, p50_ns: ns, p95_ns: ns, p99_ns: ns, max_ns: ns };
        let rows = pings.iter().map(|&(pattern, ns)| LoginRow {
            name: pattern.label().to_owned(),
            pattern: Some(pattern),
            seconds: 3.0,
            asked: 10,
            answered: 10,
            errors: 0,
            requests_per_second: 100.0,
            processing: None,
            cpu: None,
            password: None,
            queue: None,
            stall: None,
            login: None,
            ping: Some(spread(ns)),
            body_bytes: None,
            wire_bytes: None,
            token_bytes: None,
            ruling: None,
        });
        LoginReport { rows: rows.collect(), ..LoginReport::default() }
    }

    #[track_caller]
    fn check_waits(pings: [Option<u64>; 4], expected: Option<(u64, u64)>) {
        let measured: Vec<_> =
            Pattern::ALL.into_iter().zip(pings).filter_map(|(pattern, ns)| Some((pattern, ns?))).collect();
        assert_eq!(waits(&report(&measured)), expected, "{pings:?}");
    }

    #[test]
    fn rows_are_compared_with_the_same_payload_off_the_loop() {
        // Full on the loop, minimal on it, full off it, minimal off it.
        check_waits([Some(20 * MS), None, None, Some(MS)], None);
        check_waits([Some(20 * MS), None, Some(MS), None], Some((20 * MS, MS)));
        check_waits([Some(4 * MS), Some(9 * MS), Some(2 * MS), Some(MS)], Some((9 * MS, MS)));
        check_waits([None; 4], None);
    }

    #[test]
    fn a_row_without_logins_or_pings_is_no_measurement() {
        let pairs = [(Pattern::ALL[0], 20 * MS), (Pattern::ALL[2], MS)];
        let mut unanswered = report(&pairs);
        unanswered.rows[0].answered = 0;
        assert_eq!(waits(&unanswered), None);
        let mut silent = report(&pairs);
        silent.rows[1].ping = None;
        assert_eq!(waits(&silent), None);
        assert_eq!(waits(&report(&pairs)), Some((20 * MS, MS)));
    }
}
