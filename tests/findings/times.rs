//! T01 to T10.

use jwt_workbench::findings::Severity::{Error, Info, Warning};

use crate::world::{NOW, World};
use crate::{Case, fires, silent};

pub(crate) fn cases() -> Vec<Case> {
    [kinds(), instants(), spans()].into_iter().flatten().collect()
}

fn with(name: &str, value: impl ToString) -> World {
    World::good().with(name, value)
}

fn kinds() -> Vec<Case> {
    vec![
        fires("T01", Error, with("exp", r#""1735689600""#), r#"exp is the text "1735689600"; it must be a number"#)
            .fixed_to(World::good().claims),
        fires("T01", Error, with("exp", r#""2026-11-21 18:59:12""#), "2026-11-21 18:59:12")
            .fixed_to(World::good().claims),
        fires("T01", Error, with("nbf", "null"), "nbf is null").fixed_to(with("nbf", r#""{{now}}""#).claims),
        fires("T01", Error, with("iat", "[1]"), "iat is an array").fixed_to(World::good().claims),
        fires("T01", Error, with("iat", r#""{{uuid}}""#), "00000000-"),
        fires("T01", Error, with("exp", "true").received(), "exp is a boolean").without_fix(),
        silent("T01", World::good()),
        silent("T01", with("exp", NOW + 60)),
        silent("T01", with("nbf", "-1.5e3")),
        silent("T01", with("updated_at", r#""x""#)),
        fires("T02", Warning, with("exp", "1735689600000"), "is the year 569").fixed_to(World::good().claims),
        fires("T02", Warning, with("iat", (NOW * 1_000_000).to_string()), "Microseconds?")
            .fixed_to(with("iat", NOW).claims),
        fires("T02", Warning, with("nbf", "1.795285752e18"), "Nanoseconds?").fixed_to(with("nbf", NOW).claims),
        fires("T02", Warning, with("nbf", "100000000000").received(), "the year 5138").without_fix(),
        silent("T02", with("exp", "99999999999")),
        silent("T02", with("exp", NOW)),
        silent("T02", with("exp", r#""1735689600000""#)),
        silent("T02", with("at", "1735689600000")),
        fires("T03", Warning, with("exp", format!("{}.5", NOW + 60)), ".5 is legal, but")
            .fixed_to(with("exp", NOW + 60).claims),
        fires("T03", Warning, with("iat", format!("{NOW}.0")), ".0 is legal").fixed_to(with("iat", NOW).claims),
        fires("T03", Warning, with("nbf", "1.7e9"), "1.7e9 is legal").fixed_to(with("nbf", "1700000000").claims),
        silent("T03", with("exp", NOW + 60)),
        silent("T03", World::good()),
        silent("T03", with("exp", r#""1.5""#)),
        silent("T03", with("score", "1.5")),
        fires("T04", Error, with("exp", "-1"), "exp = -1 is before 1970").without_fix(),
        fires("T04", Error, with("exp", "253402300800"), "after the year 9999"),
        fires("T04", Error, with("nbf", "1e400"), "nbf = 1e400 is after"),
        fires("T04", Error, with("iat", "-0.5").received(), "before 1970"),
        silent("T04", with("exp", "253402300799")),
        silent("T04", with("nbf", "0")),
        silent("T04", with("nbf", "-0")),
        silent("T04", with("exp", r#""-1""#)),
    ]
}

fn instants() -> Vec<Case> {
    vec![
        fires(
            "T05",
            Error,
            with("exp", NOW - 11_520).with("iat", NOW - 12_000),
            "Expired 3 h 12 min ago (2026-11-21 15:17:12 UTC)",
        )
        .fixed_to(World::good().with("iat", NOW - 12_000).claims),
        fires("T05", Error, with("exp", "1516242622").with("iat", "1516239022"), "Expired 8 years ago")
            .fixed_to(World::good().claims),
        fires("T05", Error, with("exp", NOW), "Expired this very second"),
        fires("T05", Info, with("exp", NOW - 1).received(), "Expired 1 s ago").without_fix(),
        fires("T05", Error, with("exp", "0").with("nbf", "5").without("iat"), "1970-01-01 00:00:00 UTC"),
        silent("T05", with("exp", NOW + 1)),
        silent("T05", World::good()),
        silent("T05", World::good().without("exp")),
        silent("T05", with("exp", r#""0""#)),
        fires("T07", Warning, with("nbf", NOW + 7_200), "Not valid for another 2 h (before 2026-11-21 20:29:12 UTC)")
            .fixed_to(with("nbf", r#""{{now}}""#).claims),
        fires("T07", Warning, with("nbf", r#""{{now+61s}}""#), "another 1 min 1 s"),
        fires("T07", Warning, with("nbf", NOW + 100).received(), "1 min 40 s").without_fix(),
        silent("T07", with("nbf", NOW + 60)),
        silent("T07", with("nbf", r#""{{now}}""#)),
        silent("T07", World::good()),
        fires("T08", Warning, with("iat", NOW + 7_200), "Issued 2 h in the future (2026-11-21 20:29:12 UTC)"),
        fires("T08", Warning, with("iat", r#""{{now+61s}}""#), "1 min 1 s").fixed_to(World::good().claims),
        fires("T08", Warning, with("iat", NOW + 7_200).received(), "in the future").without_fix(),
        silent("T08", with("iat", NOW + 60)),
        silent("T08", with("iat", NOW - 5)),
        silent("T08", with("iat", NOW + 7_200).at(NOW + 7_200)),
        fires("T09", Warning, with("iat", NOW + 7_200).zone(2, 0), "iat is off by exactly +02:00"),
        fires(
            "T09",
            Warning,
            with("iat", NOW - 5 * 3_600 + 60).zone(-5, 0),
            "off by exactly -05:00: local time written as UTC?",
        )
        .fixed_to(World::good().claims),
        fires("T09", Warning, with("exp", r#""{{now+2h30m}}""#).zone(2, 0), "exp is off by exactly +02:00")
            .fixed_to(World::good().claims),
        fires(
            "T09",
            Warning,
            with("exp", NOW + 5 * 3_600 + 45 * 60).without("iat").zone(5, 30),
            "exp is off by exactly +05:30",
        ),
        fires("T09", Warning, with("nbf", NOW + 3_600).received().zone(1, 0), "nbf is off").without_fix(),
        silent("T09", with("exp", r#""{{now+2h30m}}""#)),
        silent("T09", with("exp", r#""{{now+8h}}""#).zone(2, 0)),
        silent("T09", with("iat", NOW - 5 * 3_600).received().zone(-5, 0)),
        silent("T09", with("iat", NOW + 7_261).zone(2, 0)),
        silent("T09", World::good().zone(2, 0)),
    ]
}

fn spans() -> Vec<Case> {
    vec![
        fires("T06", Error, with("exp", NOW + 10).with("iat", NOW + 10), "Expires before it was issued")
            .fixed_to(World::good().claims),
        fires("T06", Error, with("nbf", r#""{{now+1h}}""#), "Expires before it becomes valid")
            .fixed_to(with("nbf", r#""{{now}}""#).claims),
        fires("T06", Error, with("exp", "10").with("iat", "20").received(), "never valid").without_fix(),
        silent("T06", World::good()),
        silent("T06", with("nbf", r#""{{now-5m}}""#)),
        silent("T06", with("exp", "-5")),
        fires("T10", Error, World::good().without("exp"), "No exp")
            .fixed_to(World::good().without("exp").with("exp", r#""{{now+30m}}""#).claims),
        fires("T10", Error, World::good().claims(r#"{"iat":1516239022}"#), "No exp")
            .fixed_to(r#"{"iat":"{{now}}","exp":"{{now+30m}}"}"#),
        fires("T10", Warning, with("exp", r#""{{now+25h}}""#), "Valid for 1 d 1 h, more than 24 h")
            .fixed_to(World::good().claims),
        fires("T10", Error, with("exp", r#""{{now+366d}}""#), "Valid for 366 d, more than 1 year")
            .fixed_to(World::good().claims),
        fires("T10", Error, with("exp", "4102444800").without("iat"), "Valid for another 73 years"),
        fires("T10", Warning, with("exp", NOW + 90_000).without("iat").received(), "Valid for another 1 d 1 h")
            .without_fix(),
        silent("T10", with("exp", r#""{{now+24h}}""#)),
        silent("T10", World::good()),
        silent("T10", with("exp", NOW + 86_400).without("iat")),
        silent("T10", with("exp", r#""text""#)),
    ]
}
