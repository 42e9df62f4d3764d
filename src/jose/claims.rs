//! The registered claims (RFC 7519 §4.1, and those of OpenID Connect Core §2 and RFC 9068 §2.2), and NumericDate.

use chrono::{DateTime, SecondsFormat};

use super::instant::InstantFormat;

/// The names of the registered claims, the most common first.
pub const REGISTERED: [&str; 38] = [
    "iss",
    "sub",
    "aud",
    "exp",
    "nbf",
    "iat",
    "jti",
    "scope",
    "client_id",
    "roles",
    "groups",
    "entitlements",
    "auth_time",
    "nonce",
    "acr",
    "amr",
    "azp",
    "sid",
    "at_hash",
    "c_hash",
    "act",
    "may_act",
    "cnf",
    "name",
    "given_name",
    "family_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "email",
    "email_verified",
    "phone_number",
    "phone_number_verified",
    "address",
    "birthdate",
    "zoneinfo",
    "locale",
    "updated_at",
];

/// The names of the registered header parameters (RFC 7515 §4.1), the most common first.
pub const HEADER_PARAMETERS: [&str; 9] = ["alg", "typ", "kid", "cty", "crit", "jwk", "jku", "x5c", "x5u"];

/// What the claim of this name means, in a word or two; `None` for names that no registry here knows.
pub fn meaning(name: &str) -> Option<&'static str> {
    Some(match name {
        "iss" => "issuer",
        "sub" => "subject",
        "aud" => "audience",
        "exp" => "expires",
        "nbf" => "not before",
        "iat" => "issued at",
        "jti" => "token id",
        "auth_time" => "authentication time",
        "nonce" => "nonce",
        "acr" => "authentication context",
        "amr" => "authentication methods",
        "azp" => "authorized party",
        "at_hash" => "access token hash",
        "c_hash" => "code hash",
        "sid" => "session id",
        "client_id" => "client",
        "scope" => "scope",
        "roles" => "roles",
        "groups" => "groups",
        "entitlements" => "entitlements",
        "act" => "actor",
        "may_act" => "may act",
        "cnf" => "confirmation key",
        "name" => "full name",
        "given_name" => "given name",
        "family_name" => "family name",
        "middle_name" => "middle name",
        "nickname" => "nickname",
        "preferred_username" => "user name",
        "profile" => "profile page",
        "picture" => "picture",
        "website" => "website",
        "gender" => "gender",
        "email" => "email",
        "email_verified" => "email verified",
        "phone_number" => "phone number",
        "phone_number_verified" => "phone number verified",
        "address" => "postal address",
        "birthdate" => "birth date",
        "zoneinfo" => "time zone",
        "locale" => "locale",
        "updated_at" => "updated at",
        "alg" => "algorithm",
        "typ" => "type",
        "kid" => "key id",
        "cty" => "content type",
        "crit" => "critical",
        "jwk" => "public key",
        "jku" => "JWK Set URL",
        "x5c" => "certificate chain",
        "x5t" => "certificate thumbprint",
        "x5u" => "certificate URL",
        _ => return None,
    })
}

/// Whether the claim of this name is a NumericDate (RFC 7519 §2).
pub fn is_time(name: &str) -> bool {
    matches!(name, "exp" | "nbf" | "iat" | "auth_time" | "updated_at")
}

/// A NumericDate as people read it: `2026-11-21 18:29:12 UTC`.
///
/// Every `i64` has an answer; one outside the calendar is told as its seconds.
pub fn utc(seconds: i64) -> String {
    InstantFormat::UTC.full(seconds)
}

/// A NumericDate in the form of RFC 3339, for machines; `None` outside the calendar.
pub fn rfc3339(seconds: i64) -> Option<String> {
    Some(DateTime::from_timestamp(seconds, 0)?.to_rfc3339_opts(SecondsFormat::Secs, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_read_as_utc() {
        assert_eq!(utc(1_795_285_752), "2026-11-21 18:29:12 UTC");
        assert_eq!(utc(0), "1970-01-01 00:00:00 UTC");
        assert_eq!(utc(i64::MAX), "9223372036854775807 s");
        assert_eq!(rfc3339(1_795_285_752).as_deref(), Some("2026-11-21T18:29:12Z"));
    }

    #[test]
    fn everything_registered_has_a_meaning() {
        assert!(REGISTERED.iter().chain(&HEADER_PARAMETERS).all(|name| meaning(name).is_some()));
    }

    #[test]
    fn only_numeric_dates_are_times() {
        assert!(["exp", "nbf", "iat"].into_iter().all(is_time));
        assert!(!["sub", "Exp", "expires"].into_iter().any(is_time));
    }
}
