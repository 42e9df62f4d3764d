//! P01 to P03.

use jwt_workbench::findings::Severity::{Info, Warning};
use jwt_workbench::jose::base64url;

use crate::world::World;
use crate::{Case, fires, silent};

pub(crate) fn cases() -> Vec<Case> {
    let with = |name: &str, value: &str| World::good().with(name, value);
    let nested = format!("\"{}.e30.\"", base64url::encode(br#"{"alg":"none"}"#));
    vec![
        fires("P01", Warning, with("password", r#""x""#), "can read 'password'").fixed_to(World::good().claims),
        fires("P01", Warning, with("db", r#"{"userPassword":"x","host":"h"}"#), "'userPassword'")
            .fixed_to(with("db", r#"{"host":"h"}"#).claims),
        fires("P01", Warning, with("API-KEY", r#""x""#), "'API-KEY'"),
        fires("P01", Warning, with("client_secret", r#""x""#), "'client_secret'"),
        fires("P01", Warning, with("pin", "1234"), "'pin'"),
        fires("P01", Warning, with("ssn", r#""078-05-1120""#).received(), "'ssn'").without_fix(),
        silent("P01", with("password_version", "7")),
        silent("P01", with("passwordless", r#""x""#)),
        silent("P01", with("password", "true")),
        silent("P01", with("shipping", r#""x""#)),
        silent("P01", with("amr", r#"["pwd"]"#)),
        silent("P01", with("secretary", r#""x""#)),
        fires("P02", Warning, with("n", "4111111111111111"), "a card number").fixed_to(World::good().claims),
        fires("P02", Warning, with("n", r#"["5555 5555 5555 4444", "x"]"#), "a card number")
            .fixed_to(with("n", r#"["x"]"#).claims),
        fires("P02", Warning, with("n", r#""3782-822463-10005""#), "a card number"),
        fires("P02", Warning, with("k", r#""-----BEGIN PRIVATE KEY-----\nMII""#), "a private key"),
        fires("P02", Warning, with("k", r#""-----BEGIN CERTIFICATE-----\nMII""#), "a PEM block"),
        fires("P02", Warning, with("t", &nested), "another token"),
        fires("P02", Warning, with("aws", r#""id: AKIAIOSFODNN7EXAMPLE""#), "an AWS access key ID"),
        silent("P02", with("ms", "1795285752000")),
        silent("P02", with("us", "1795285752000000")),
        silent("P02", with("snowflake", "1234567890123456789")),
        silent("P02", with("n", "4111111111111112")),
        silent("P02", with("n", r#""id-4111111111111111""#)),
        silent("P02", with("t", r#""eyes.on.you""#)),
        silent("P02", with("t", r#""eyJhbGciOiJub25lIn0.e30""#)),
        silent("P02", with("aws", r#""AKIAIOSFODNN7EXAMPLE7""#)),
        fires("P03", Info, with("email", r#""a@b.example""#), "an e-mail address").without_fix(),
        fires("P03", Info, with("upn", r#""a@b.example""#), "an e-mail address"),
        fires("P03", Info, with("phone_number", r#""+49 30 1""#), "a phone number"),
        fires("P03", Info, with("user", r#"{"dateOfBirth":"1815-12-10"}"#).received(), "a birth date"),
        silent("P03", with("email_verified", "true")),
        silent("P03", with("emails_sent", "5")),
        silent("P03", with("handle", r#""@ada@social.example""#)),
        silent("P03", with("git", r#""git@host.example:a/b""#)),
        silent("P03", with("phone_number_verified", "true")),
    ]
}
