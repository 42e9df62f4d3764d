//! The figures that lessons quote for blocking and non-blocking token creation, to stand beside measured ones.

use super::pattern::{Minting, Pattern, Payload};
use super::report::{LoginReport, LoginRow};
use crate::jose::text::grouped;
use crate::measure::histogram::format_ns;

/// Quoted figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// Blocking time, such as `50-100 ms`.
    pub time: &'static str,
    /// Bytes of the payload, such as `100+ B`.
    pub bytes: &'static str,
    /// The processor's load: `high` or `low`.
    pub cpu: &'static str,
    /// The verdict: `Bad` or `Good`.
    pub verdict: &'static str,
}

/// What is quoted for a pattern; `None` for the two that nobody quotes.
pub const fn quoted(pattern: Pattern) -> Option<Quoted> {
    match (pattern.payload, pattern.minting) {
        (Payload::Full, Minting::OnLoop) => {
            Some(Quoted { time: "50-100 ms", bytes: "100+ B", cpu: "high", verdict: "Bad" })
        }
        (Payload::Minimal, Minting::OffLoop) => {
            Some(Quoted { time: "10-20 ms", bytes: "30-50 B", cpu: "low", verdict: "Good" })
        }
        (Payload::Full, Minting::OffLoop) | (Payload::Minimal, Minting::OnLoop) => None,
    }
}

/// How long minting on the loop is said to block it, in nanoseconds.
const QUOTED_BLOCKING_NS: (u64, u64) = (50_000_000, 100_000_000);
/// How long the good pattern is said to take, in nanoseconds.
const QUOTED_GOOD_NS: (u64, u64) = (10_000_000, 20_000_000);
/// The least that the bad pattern is said to send, in bytes.
const QUOTED_LARGE: usize = 100;
/// The most that the good pattern is said to send, in bytes.
const QUOTED_SMALL: usize = 50;
/// Header, signature and periods of the shortest token that is signed: `{"alg":"HS256"}` and a MAC of 32 bytes.
const SHORTEST_REST: usize = 20 + 43 + 2;
/// Medians that differ by less than this many percent are as good as equal.
const EQUAL_PERCENT: u64 = 10;

/// Where the measurement disagrees with what is quoted, one plain sentence each. Nothing is said of what agrees, and of
/// what was not measured.
pub fn disagreements(report: &LoginReport) -> Vec<String> {
    let rows = Rows(report);
    let said = [blocking(&rows), good_time(&rows), large(&rows), small(&rows), work(&rows), faster(&rows)];
    said.into_iter().flatten().collect()
}

/// The rows by their pattern.
struct Rows<'a>(&'a LoginReport);

impl<'a> Rows<'a> {
    /// The row of a pattern whose logins were answered.
    fn of(&self, payload: Payload, minting: Minting) -> Option<&'a LoginRow> {
        let pattern = Some(Pattern { payload, minting });
        self.0.rows.iter().find(|row| row.pattern == pattern && row.answered > 0)
    }

    fn bad(&self) -> Option<&'a LoginRow> {
        self.of(Payload::Full, Minting::OnLoop)
    }

    fn good(&self) -> Option<&'a LoginRow> {
        self.of(Payload::Minimal, Minting::OffLoop)
    }

    fn algorithm(&self) -> &'a str {
        &self.0.algorithm
    }
}

/// What one login takes of the loop: the work itself, which is what the loop waits for.
fn blocking(rows: &Rows<'_>) -> Option<String> {
    let row = rows.bad()?;
    let password = row.password.map_or(0, |password| password.p50_ns);
    let taken = row.processing?.p50_ns.saturating_add(password);
    let apart = distance(taken, QUOTED_BLOCKING_NS)?;
    let with = if password > 0 { "minting and verifying the password take" } else { "minting takes" };
    Some(format!(
        "Quoted: 50-100 ms of blocking for a full payload on the loop. Measured: {with} {} at the median with {}, {apart}.",
        format_ns(taken),
        rows.algorithm()
    ))
}

fn good_time(rows: &Rows<'_>) -> Option<String> {
    let response = rows.good()?.login?.p50_ns;
    let apart = distance(response, QUOTED_GOOD_NS)?;
    Some(format!(
        "Quoted: 10-20 ms for a minimal payload off the loop. Measured: a median response of {}, {apart}.",
        format_ns(response)
    ))
}

fn large(rows: &Rows<'_>) -> Option<String> {
    let body = rows.bad()?.body_bytes.filter(|body| *body < QUOTED_LARGE)?;
    Some(format!("Quoted: 100+ B for a full payload. Measured: a body of {body} B."))
}

fn small(rows: &Rows<'_>) -> Option<String> {
    let row = rows.good()?;
    let token = row.token_bytes.filter(|token| *token > QUOTED_SMALL)?;
    let body = row.body_bytes.map(|body| format!(" in a body of {} B", grouped(body as u64))).unwrap_or_default();
    Some(format!(
        "Quoted: 30-50 B for a minimal payload. Measured: a token of {} B{body}. No signed token fits into 50 B: without \
         any payload the shortest has {SHORTEST_REST} B.",
        grouped(token as u64)
    ))
}

/// Whether the good pattern really asks less of the processor.
fn work(rows: &Rows<'_>) -> Option<String> {
    let [bad, good] = [rows.bad()?.cpu?.p50_ns, rows.good()?.cpu?.p50_ns];
    (good.saturating_mul(2) > bad).then(|| {
        format!(
            "Quoted: high processor load for the first, low for the last. Measured: {} of processor time for each login \
             and {}; a worker does the same work as the loop.",
            format_ns(bad),
            format_ns(good)
        )
    })
}

/// Whether off the loop a login is answered sooner, with the same payload.
fn faster(rows: &Rows<'_>) -> Option<String> {
    let payload = [Payload::Full, Payload::Minimal].into_iter();
    let pair = |payload| Some((rows.of(payload, Minting::OnLoop)?, rows.of(payload, Minting::OffLoop)?));
    let (on, off) = payload.filter_map(pair).next()?;
    let [on_ns, off_ns] = [on.login?.p50_ns, off.login?.p50_ns];
    let is_sooner = off_ns.saturating_mul(100) <= on_ns.saturating_mul(100 - EQUAL_PERCENT);
    if is_sooner {
        return None;
    }
    let is_later = off_ns.saturating_mul(100) >= on_ns.saturating_mul(100 + EQUAL_PERCENT);
    let how = if is_later { "later" } else { "no sooner" };
    let work = on.processing.map(|work| format!(", because minting takes only {}", format_ns(work.p50_ns)));
    // Long work is answered no sooner either; there it is the others who gain.
    let why = work.filter(|_| on.processing.is_some_and(|work| work.p50_ns < SHORT_WORK_NS)).unwrap_or_default();
    let others = match (on.ping, off.ping) {
        (Some(on), Some(off)) => {
            format!(" The p99 of /ping is {} on the loop and {} off it.", format_ns(on.p99_ns), format_ns(off.p99_ns))
        }
        _ => String::new(),
    };
    Some(format!(
        "Quoted: off the loop is faster. Measured: with {} a login is answered {how} off the loop, {} instead of {} at the \
         median{why}.{others}",
        rows.algorithm(),
        format_ns(off_ns),
        format_ns(on_ns)
    ))
}

/// Shorter work than this costs less than handing it to another thread and back, in nanoseconds.
const SHORT_WORK_NS: u64 = 50_000;

/// How far a time is from a range; `None` inside.
fn distance(ns: u64, (from, to): (u64, u64)) -> Option<String> {
    let times = |ratio: f64| if ratio < 10.0 { format!("{ratio:.1}") } else { grouped(ratio.round() as u64) };
    if ns < from {
        return Some(format!("{} times less", times(from as f64 / ns.max(1) as f64)));
    }
    (ns > to).then(|| format!("{} times as much", times(ns as f64 / to as f64)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::login::sample::{report, spread};

    /// The figures that are quoted, as if they had been measured; no token is as small as it is said to be.
    fn as_quoted() -> LoginReport {
        let mut report = report();
        for row in &mut report.rows {
            let is_bad = row.pattern.is_some_and(|pattern| pattern.minting == Minting::OnLoop);
            let ms = if is_bad { 60_000_000 } else { 15_000_000 };
            (row.processing, row.cpu, row.login) = (Some(spread(ms)), Some(spread(ms)), Some(spread(ms)));
            row.token_bytes = Some(if is_bad { 200 } else { 50 });
        }
        report
    }

    #[test]
    fn two_patterns_are_quoted() {
        let [bad, other, another, good] = Pattern::ALL.map(quoted);
        assert_eq!(bad.map(|quoted| (quoted.time, quoted.bytes, quoted.verdict)), Some(("50-100 ms", "100+ B", "Bad")));
        assert_eq!(good.map(|quoted| (quoted.time, quoted.bytes, quoted.cpu)), Some(("10-20 ms", "30-50 B", "low")));
        assert_eq!((other, another), (None, None));
    }

    #[test]
    fn nothing_is_said_where_figures_agree_or_are_missing() {
        assert_eq!(disagreements(&as_quoted()), [""; 0]);
        assert_eq!(disagreements(&LoginReport::default()), [""; 0]);
        let mut unanswered = report();
        unanswered.rows.iter_mut().for_each(|row| row.answered = 0);
        assert_eq!(disagreements(&unanswered), [""; 0]);
    }

    #[test]
    fn every_disagreement_is_a_sentence_with_both_figures() {
        let said = disagreements(&report());
        let expected = [
            "Quoted: 50-100 ms of blocking for a full payload on the loop. Measured: minting takes 12.0 µs at the median \
             with HS256, 4,167 times less.",
            "Quoted: 10-20 ms for a minimal payload off the loop. Measured: a median response of 300 µs, 33 times less.",
            "Quoted: 30-50 B for a minimal payload. Measured: a token of 200 B in a body of 260 B. No signed token fits \
             into 50 B: without any payload the shortest has 65 B.",
            "Quoted: high processor load for the first, low for the last. Measured: 11.0 µs of processor time for each \
             login and 11.0 µs; a worker does the same work as the loop.",
            "Quoted: off the loop is faster. Measured: with HS256 a login is answered no sooner off the loop, 300 µs \
             instead of 300 µs at the median, because minting takes only 12.0 µs. The p99 of /ping is 270 µs on the loop \
             and 270 µs off it.",
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn each_one_depends_on_its_own_figures() {
        let said = |change: fn(&mut LoginReport)| {
            let mut report = as_quoted();
            change(&mut report);
            disagreements(&report)
        };
        #[track_caller]
        fn one(said: &[String], words: &str) {
            assert!(said.len() == 1 && said[0].contains(words), "{said:?}");
        }
        one(&said(|report| report.rows[0].processing = Some(spread(150_000_000))), "1.5 times as much");
        one(&said(|report| report.rows[0].password = Some(spread(50_000_000))), "verifying the password take 110 ms");
        one(&said(|report| report.rows[3].login = Some(spread(9_000_000))), "1.1 times less");
        one(&said(|report| report.rows[0].body_bytes = Some(99)), "a body of 99 B");
        one(&said(|report| report.rows[3].token_bytes = Some(51)), "a token of 51 B");
        one(&said(|report| report.rows[3].cpu = Some(spread(31_000_000))), "the same work");
        let later = said(|report| report.rows[2].login = Some(spread(70_000_000)));
        one(&later, "answered later off the loop");
        assert!(!later[0].contains("because"), "the work is long: {later:?}");
    }

    #[test]
    fn the_shortest_signed_token_is_as_long_as_is_said() {
        use crate::jose::{compact, jwa::Algorithm, key::Key, secret::Secret};
        let signer = Key::secret(Secret::from(vec![7; 32])).signer(Algorithm::HS256).unwrap();
        let token = compact::mint(&signer, br#"{"alg":"HS256"}"#, b"").unwrap();
        assert_eq!(token.len(), SHORTEST_REST);
    }
}
