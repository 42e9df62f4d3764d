//! Whatever the text, the clock and the time zone: no panic, and a fix leaves a text that still parses.

use std::time::Instant;

use jwt_workbench::findings::Change;
use jwt_workbench::jose::compact::decode;
use jwt_workbench::jose::json::Json;
use proptest::prelude::{BoxedStrategy, Just, Strategy as _, any, prop, prop_assert, prop_oneof, proptest};

use crate::world::World;

/// Names and values that rules look for, and any others.
fn name() -> BoxedStrategy<String> {
    const KNOWN: &[&str] = &[
        "alg", "typ", "kid", "crit", "b64", "jku", "x5u", "jwk", "exp", "nbf", "iat", "iss", "aud", "sub", "jti",
        "Exp", "issuer", "password", "email", "d",
    ];
    prop_oneof![4 => prop::sample::select(KNOWN).prop_map(str::to_owned), 1 => any::<String>()].boxed()
}

fn scalar() -> BoxedStrategy<String> {
    let numbers = prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f64>()
            .prop_filter("JSON has no others", |number| number.is_finite())
            .prop_map(|number| format!("{number:e}")),
        Just("1e999999999999999999999".to_owned()),
        "[0-9]{1,40}".prop_map(|digits| format!("1{digits}")),
        "[0-9]{1,30}".prop_map(|digits| format!("-0.{digits}")),
    ];
    let texts = prop_oneof![
        any::<String>(),
        Just("{{now+30m}}".to_owned()),
        Just("{{now-9000000000000000s}}".to_owned()),
        Just("https://a.example".to_owned()),
        Just("none".to_owned()),
        "[\u{200b}\u{202e}a\u{301}\u{e0041}\u{1f3f4}]{0,6}",
    ]
    .prop_map(|text| jwt_workbench::jose::json::quote(&text));
    prop_oneof![3 => numbers, 3 => texts, 1 => Just("null".to_owned()), 1 => Just("true".to_owned())].boxed()
}

fn json() -> BoxedStrategy<String> {
    scalar()
        .prop_recursive(4, 24, 6, |inner| {
            let members = prop::collection::vec((name(), inner.clone()), 0..8);
            prop_oneof![
                3 => members.prop_map(|members| {
                    let members: Vec<String> = members
                        .into_iter()
                        .map(|(name, value)| format!("{}: {value}", jwt_workbench::jose::json::quote(&name)))
                        .collect();
                    format!("{{{}}}", members.join(",\n "))
                }),
                1 => prop::collection::vec(inner, 0..6).prop_map(|items| format!("[{}]", items.join(","))),
            ]
        })
        .boxed()
}

proptest! {
    #[test]
    fn every_fix_leaves_json(header in json(), claims in json(), now in any::<i64>(), zone in -20..20, issuing in any::<bool>()) {
        let world = World::good().header(&header).claims(&claims).at(now).zone(zone, 0);
        let world = if issuing { world } else { world.received() };
        for finding in world.findings() {
            let Some(fix) = finding.fix else { continue };
            if matches!(fix.change, Change::Header(_) | Change::Claims(_)) {
                let after = world.changed(&fix.change);
                prop_assert!(Json::parse(&after.header).is_ok(), "{fix:?} of {header}: {}", after.header);
                prop_assert!(Json::parse(&after.claims).is_ok(), "{fix:?} of {claims}: {}", after.claims);
                after.findings();
            }
        }
    }

    #[test]
    fn any_text_can_be_looked_at(token in any::<String>(), text in any::<String>(), secret in any::<String>(), now in any::<i64>()) {
        World::token(&token).at(now).findings();
        World::good().claims(&text).header(&text).secret(&secret).at(now).findings();
    }

    #[test]
    fn a_token_encoded_again_keeps_its_parts(bytes in prop::collection::vec(any::<u8>(), 0..40), cut in 0..3_usize) {
        let part = jwt_workbench::jose::base64url::encode(&bytes);
        let token = format!("{{}}.e30.{part}{}", "=".repeat(cut));
        for finding in World::token(&token).findings() {
            if let Some(Change::Token(edit)) = finding.fix.map(|fix| fix.change) {
                prop_assert!(decode(&edit.apply(&token)).segments[2].bytes == bytes);
            }
        }
    }
}

/// A text of this many bytes with everything in it that takes rules long.
fn large(bytes: usize) -> String {
    let mut text = String::from("{\n");
    while text.len() < bytes {
        let index = text.len();
        text.push_str(&format!(
            "\"group{index}\": [12345678901234567890, \"user{index}@example.com\", {{\"a\": 1, \"a\": 2}}, \"{{{{now}}}}\", \"ä\u{301}\"],\n"
        ));
    }
    text + "\"exp\": \"{{now}}\" }"
}

#[test]
fn a_large_text_takes_no_more_time_for_its_size() {
    for (bytes, limit) in [(1_000, 50), (64_000, 300), (1_000_000, 3_000)] {
        let world = World::good().claims(&large(bytes));
        let start = Instant::now();
        let found = world.findings().len();
        let taken = start.elapsed();
        println!("{bytes} bytes: {found} findings in {taken:?}, parsing and placeholders included");
        assert!(taken.as_millis() < limit, "{bytes} bytes took {taken:?}");
    }
}
