//! The checks of `exp`, `nbf` and `iat` (RFC 7519 §4.1.4 to §4.1.6).

use super::super::elapsed::spoken;
use super::super::instant::InstantFormat;
use super::super::json::{Kind, Value};
use super::super::text::shown;
use super::claims::Claims;
use super::{Check, CheckName, Judged, MAX_LEEWAY};

/// The last second of the year 9999: what lies beyond is no instant that programs agree on.
const LAST_INSTANT: i64 = 253_402_300_799;

/// Up to so many seconds, the leeway that would help is named: more is no difference between clocks.
const CLOCKS_DIFFER: i64 = 300;

/// What time it is, by how much clocks may differ, and how instants are told.
#[derive(Clone, Copy)]
pub(super) struct Clock {
    now: i64,
    leeway: i64,
    format: InstantFormat,
}

impl Clock {
    pub(super) fn new(now: i64, leeway: u64, format: InstantFormat) -> Self {
        Self { now, leeway: i64::try_from(leeway.min(MAX_LEEWAY)).unwrap_or_default(), format }
    }

    /// What leeway does about a check that `needed` seconds of it would let pass.
    fn about(self, needed: i64) -> String {
        match self.leeway {
            leeway if needed <= leeway => format!("; leeway {leeway} s allows it"),
            0 if needed <= CLOCKS_DIFFER => format!("; a leeway of {needed} s would allow it"),
            0 => String::new(),
            leeway => format!("; leeway {leeway} s would not help"),
        }
    }
}

/// An instant as a claim gives it (RFC 7519 §2).
struct NumericDate {
    /// Seconds since 1970 UTC. Parts of a second are rounded up, and what no `i64` can hold is the nearest that it can: with
    /// a clock of whole seconds neither changes the outcome.
    seconds: i64,
    /// As people read it.
    text: String,
}

impl NumericDate {
    fn of(value: Value<'_>, format: InstantFormat) -> Option<Self> {
        if value.kind() != Kind::Number {
            return None;
        }
        let beyond = if value.raw().starts_with('-') { i64::MIN } else { i64::MAX };
        let seconds = value.as_i64().unwrap_or_else(|| value.as_f64().map_or(beyond, |seconds| seconds.ceil() as i64));
        let is_in_calendar = (-LAST_INSTANT..=LAST_INSTANT).contains(&seconds);
        let text = if is_in_calendar {
            format.full(seconds)
        } else {
            format!("{}, which is outside the calendar", shown(value.raw()))
        };
        Some(Self { seconds, text })
    }
}

/// Reads the instant in claim `name`; the other case is the check that comes of it.
fn instant(
    claims: &Claims<'_>,
    name: CheckName,
    format: InstantFormat,
    absent: &str,
) -> Result<(NumericDate, String), Judged> {
    let claim = claims.required(name, absent)?;
    match NumericDate::of(claim.value, format) {
        Some(instant) => Ok((instant, claim.note())),
        None => {
            let name_text = name.name();
            let found = match claim.value.kind() {
                Kind::String => format!("the text {}", shown(claim.value.raw())),
                kind => kind.label().to_owned(),
            };
            let detail = format!("{name_text} is {found}; it must be a number of seconds (RFC 7519 §2)");
            Err(Judged::fail(name, detail, format!("its {name_text} is {found} instead of a number")))
        }
    }
}

pub(super) fn expiry(claims: &Claims<'_>, clock: Clock) -> Judged {
    let name = CheckName::Expiry;
    let (NumericDate { seconds, text }, note) = match instant(claims, name, clock.format, "no exp: it never expires") {
        Ok(instant) => instant,
        Err(judged) => return judged,
    };
    // On or after that instant it is not accepted any more.
    let late = clock.now.saturating_sub(seconds);
    if late < 0 {
        return Check::pass(name, format!("expires in {}, {text}{note}", spoken(late.unsigned_abs()))).into();
    }
    let ago = if late == 0 { "just now".to_owned() } else { format!("{} ago", spoken(late.unsigned_abs())) };
    let detail = format!("expired {ago}, {text}{}{note}", clock.about(late.saturating_add(1)));
    if late < clock.leeway {
        Check::pass(name, detail).into()
    } else {
        Judged::fail(name, detail, format!("it expired {ago}"))
    }
}

pub(super) fn not_before(claims: &Claims<'_>, clock: Clock) -> Judged {
    let name = CheckName::NotBefore;
    let (NumericDate { seconds, text }, note) = match instant(claims, name, clock.format, "no nbf: valid at once") {
        Ok(instant) => instant,
        Err(judged) => return judged,
    };
    let early = seconds.saturating_sub(clock.now);
    if early <= 0 {
        return Check::pass(name, format!("valid since {text}{note}")).into();
    }
    let span = spoken(early.unsigned_abs());
    let detail = format!("not valid for another {span}, until {text}{}{note}", clock.about(early));
    if early <= clock.leeway {
        Check::pass(name, detail).into()
    } else {
        Judged::fail(name, detail, format!("it is not valid for another {span}"))
    }
}

pub(super) fn issued_at(claims: &Claims<'_>, clock: Clock) -> Judged {
    let name = CheckName::IssuedAt;
    let (NumericDate { seconds, text }, note) =
        match instant(claims, name, clock.format, "no iat: it does not say when it was issued") {
            Ok(instant) => instant,
            Err(judged) => return judged,
        };
    let early = seconds.saturating_sub(clock.now);
    if early <= 0 {
        return Check::pass(name, format!("issued {text}{note}")).into();
    }
    let span = spoken(early.unsigned_abs());
    let detail = format!("issued {span} in the future, {text}{}{note}", clock.about(early));
    if early <= clock.leeway {
        Check::pass(name, detail).into()
    } else {
        Judged::fail(name, detail, format!("it says that it was issued {span} in the future"))
    }
}
