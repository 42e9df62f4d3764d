//! C01 to C04.

use jwt_workbench::findings::Severity::{Error, Info, Warning};

use crate::world::World;
use crate::{Case, fires, silent};

pub(crate) fn cases() -> Vec<Case> {
    let with = |name: &str, value: &str| World::good().with(name, value);
    let without = |name: &str| World::good().without(name);
    vec![
        fires("C01", Warning, without("iss"), "No iss").without_fix(),
        fires("C01", Warning, without("aud"), "No aud: any service sharing this key accepts it").without_fix(),
        fires("C01", Info, without("sub"), "No sub").without_fix(),
        fires("C01", Info, without("jti"), "No jti").fixed_to(World::good().claims),
        fires("C01", Info, without("iat"), "No iat").fixed_to(without("iat").with("iat", r#""{{now}}""#).claims),
        fires("C01", Info, without("jti").received(), "No jti").without_fix(),
        silent("C01", World::good()),
        silent("C01", World::good().received()),
        silent("C01", World::good().claims("[]")),
        fires("C02", Error, with("aud", "5"), "aud is a number").without_fix(),
        fires("C02", Error, with("aud", "[]"), "empty array"),
        fires("C02", Error, with("aud", r#""""#), "aud is empty"),
        fires("C02", Error, with("aud", r#"["a", null]"#), "aud contains null"),
        fires("C02", Error, with("aud", r#"{"a":1}"#).received(), "aud is an object"),
        silent("C02", with("aud", r#"["a", "b"]"#)),
        silent("C02", with("aud", r#""{{uuid}}""#)),
        silent("C02", without("aud")),
        fires("C03", Error, with("iss", "5"), "iss is a number").without_fix(),
        fires("C03", Error, with("sub", r#"["u"]"#), "sub is an array"),
        fires("C03", Warning, with("sub", r#""10:30""#), "so it must be a URI, and '10:30' is none"),
        fires("C03", Warning, with("iss", r#""https://""#), "must be a URI"),
        silent("C03", with("iss", r#""urn:example:a""#)),
        silent("C03", with("iss", r#""service:billing""#)),
        silent("C03", with("sub", r#""a plain name""#)),
        silent("C03", with("sub", r#""""#)),
        fires("C04", Warning, without("exp").with("expires", r#""{{now+30m}}""#), "Did you mean exp?")
            .fixed_to(without("exp").with("exp", r#""{{now+30m}}""#).claims),
        fires("C04", Warning, without("exp").with("expires_in", "3600"), "'expires_in' means nothing")
            .fixed_to(without("exp").with("exp", r#""{{now+30m}}""#).claims),
        fires("C04", Warning, without("exp").with("Exp", r#""tomorrow""#), "'Exp' means nothing")
            .fixed_to(without("exp").with("exp", r#""{{now+30m}}""#).claims),
        fires("C04", Warning, without("aud").with("audience", "5"), "mean aud?").without_fix(),
        fires("C04", Warning, without("jti").with("jit", r#""x""#), "mean jti?"),
        fires("C04", Warning, without("aud").with("Audience", r#""b""#), "mean aud?"),
        fires("C04", Warning, without("iss").with("issuer", r#""b""#).received(), "mean iss?").without_fix(),
        silent("C04", with("expires", "5")),
        silent("C04", with("experience", "5")),
        silent("C04", without("sub").with("subs", "5")),
        silent("C04", with("deep", r#"{"issuer":1}"#)),
    ]
}
