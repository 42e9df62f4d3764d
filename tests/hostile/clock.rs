//! The edges of time: before 1970, after 9999, and numbers that are no instant at all.

use jwt_workbench::jose::claims;
use jwt_workbench::jose::instant::{Hours, InstantFormat, Zones};
use jwt_workbench::jose::json::Json;
use jwt_workbench::jose::secret::Secret;
use jwt_workbench::template::default::default_template;
use jwt_workbench::template::duration;
use jwt_workbench::workbench::Workbench;
use jwt_workbench::workbench::command::{Command, DraftCommand, Part};
use jwt_workbench::workbench::copying::{CopyKind, Stay};
use jwt_workbench::workbench::effect::{Effect, Event};
use jwt_workbench::workbench::expiry::{Expiry, LAST_INSTANT, relative_text};
use jwt_workbench::workbench::facts::{Facts, SignerCache, derive};
use jwt_workbench::workbench::marks::instant_words;
use jwt_workbench::workbench::settings::Settings;
use proptest::prelude::*;
use proptest::sample::select;

use crate::{check_plain, check_problem};

/// Any number of seconds, the edges of the calendar and of the type among them.
fn seconds() -> impl Strategy<Value = i64> {
    let edges = [0, LAST_INSTANT, i64::MIN, i64::MAX, 253_370_764_800, -62_135_596_800, 8_210_266_876_799];
    prop_oneof![
        any::<i64>(),
        -10_000..10_000i64,
        (select(edges.to_vec()), -2..=2i64).prop_map(|(edge, near)| edge.saturating_add(near)),
    ]
}

/// The facts of the default header with these claims at `now`.
fn facts(claims: &str, now: i64) -> Facts {
    let (mut workbench, _) = Workbench::new(default_template(), Secret::from("x".repeat(32)), Settings::default(), now);
    workbench.apply(Command::Draft(DraftCommand::Type(Part::Claims, claims.to_owned())), now);
    derive(&workbench.inputs(), &mut SignerCache::default(), &mut |buffer| buffer.fill(7))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_instant_has_words(instant in seconds(), now in seconds(), counts in any::<bool>()) {
        for hours in [Hours::H24, Hours::H12] {
            for zones in [Zones::Utc, Zones::UtcLocal, Zones::LocalUtc] {
                let clock = InstantFormat { hours, zones, offset: |at| if at < 0 { -43_200 } else { 50_400 } };
                check_plain(&instant_words(instant, now, clock, counts));
                check_plain(&clock.full(instant));
                check_plain(&clock.plain(instant, counts));
            }
        }
        check_plain(&claims::utc(instant));
        check_plain(&duration::relative(instant));
        check_plain(&duration::countdown(instant));
        claims::rfc3339(instant);
    }

    #[test]
    fn a_duration_reads_back(seconds in seconds()) {
        let text = duration::format(seconds);
        match text.strip_prefix('-') {
            None => prop_assert_eq!(duration::parse(&text), Ok(seconds)),
            // The one number without an opposite is too long to be read.
            Some(past) => prop_assert_eq!(duration::parse(past).ok(), seconds.checked_neg()),
        }
    }

    #[test]
    fn what_the_picker_writes_it_reads_and_nothing_else_changes(expiry in seconds(), relative in any::<bool>()) {
        let expiry = if relative { Expiry::Relative(expiry) } else { Expiry::At(expiry) };
        let text = "{ \"a\" : 1.0,\"exp\":[ {} ] , \"b\": 1e5 }";
        match expiry.write(&Json::parse(text).unwrap()) {
            Ok(edit) => {
                let edited = edit.apply(text);
                let (before, after) = ("{ \"a\" : 1.0,\"exp\":", " , \"b\": 1e5 }");
                prop_assert!(edited.starts_with(before) && edited.ends_with(after), "{}", edited);
                let read = Expiry::read(&Json::parse(&edited).unwrap());
                prop_assert!(read == expiry || expiry == Expiry::Relative(i64::MIN), "{} {:?}", edited, read);
            }
            Err(problem) => {
                check_problem(&problem);
                prop_assert!(matches!(expiry, Expiry::At(at) if !(0..=LAST_INSTANT).contains(&at)));
            }
        }
        expiry.instant(i64::MAX);
    }

    #[test]
    fn a_lifetime_gives_a_token_or_a_reason_at_any_time(offset in seconds(), now in seconds()) {
        let claims = format!("{{\"exp\":{},\"iat\":\"{{{{now}}}}\"}}", relative_text(offset));
        match facts(&claims, now).outcome {
            Ok(minted) => {
                prop_assert_eq!(minted.expires(), Some(now + offset));
                prop_assert!((0..=LAST_INSTANT).contains(&(now + offset)));
            }
            Err(blocked) => {
                check_problem(&blocked.problem);
                let in_range = |instant: i64| (0..=LAST_INSTANT).contains(&instant);
                prop_assert!(!in_range(now) || !now.checked_add(offset).is_some_and(in_range));
            }
        }
    }

    #[test]
    fn any_number_as_an_instant_is_kept_and_told(
        exp in prop_oneof![
            seconds().prop_map(|number| number.to_string()),
            select(vec!["-0", "1e400", "1.5", "1795284752.0", "9223372036854775808", "-9223372036854775809", "1e-999"])
                .prop_map(String::from),
        ],
        now in seconds(),
    ) {
        let claims = format!("{{\"exp\":{exp},\"nbf\":{exp},\"iat\":{exp},\"auth_time\":{exp},\"updated_at\":{exp}}}");
        let facts = facts(&claims, now);
        let minted = facts.outcome.unwrap();
        prop_assert_eq!(minted.claims.text(), claims);
        prop_assert_eq!(minted.expires(), exp.parse::<i64>().ok());
        for mark in facts.marks {
            check_plain(&mark.note.words(now, InstantFormat::UTC));
        }
    }

    #[test]
    fn a_clock_that_jumps_harms_nothing(nows in proptest::collection::vec(seconds(), 1..20)) {
        let (mut workbench, _) =
            Workbench::new(default_template(), Secret::from("x".repeat(32)), Settings::default(), 0);
        let start = workbench.draft().text(Part::Claims).to_owned();
        let mut text = start.clone();
        for now in nows {
            workbench.tick(now);
            text.push(' ');
            workbench.apply(Command::Draft(DraftCommand::Type(Part::Claims, text.clone())), now);
            workbench.apply(Command::Draft(DraftCommand::AddClaim), now);
            text = workbench.draft().text(Part::Claims).to_owned();
            workbench.on_event(Event::Copied(CopyKind::Token, Ok(Stay::FOR_EVER)), now);
        }
        while workbench.draft().history().can_undo() {
            workbench.apply(Command::Draft(DraftCommand::Undo), 0);
        }
        prop_assert_eq!(workbench.draft().text(Part::Claims), start);
    }
}

#[test]
fn the_lifetimes_of_the_specification_hold_at_the_edges() {
    #[track_caller]
    fn check(claims: &str, now: i64, expected: Option<i64>) {
        let outcome = facts(claims, now).outcome;
        assert_eq!(outcome.ok().and_then(|minted| minted.expires()), expected, "{claims} at {now}");
    }
    check(r#"{"exp":"{{now}}"}"#, 0, Some(0));
    check(r#"{"exp":"{{now-1s}}"}"#, 0, None);
    check(r#"{"exp":"{{now-1s}}"}"#, 1, Some(0));
    check(r#"{"exp":"{{now+9999w}}"}"#, 0, Some(6_047_395_200));
    check(r#"{"exp":"{{now+9999w}}"}"#, LAST_INSTANT, None);
    check(r#"{"exp":"{{now}}"}"#, LAST_INSTANT, Some(LAST_INSTANT));
    check(r#"{"exp":"{{now+1s}}"}"#, LAST_INSTANT, None);
    check(r#"{"exp":"{{now}}"}"#, -1, None);
    check(r#"{"exp":"{{now+1s}}"}"#, -1, Some(0));
    check(r#"{"exp":"{{now+1s}}"}"#, i64::MAX, None);
}

#[test]
fn time_alone_changes_nothing() {
    let (mut workbench, effects) =
        Workbench::new(default_template(), Secret::from("x".repeat(32)), Settings::default(), LAST_INSTANT);
    assert!(matches!(effects[..], [Effect::Derive(_)]));
    assert!(!workbench.tick(i64::MIN) && !workbench.tick(i64::MAX));
}
