//! The expiry lens: `exp` (RFC 7519 §4.1.4) read from the claims text and written back into it.

use crate::jose::error::Problem;
use crate::jose::json::{self, Json, Kind};
use crate::jose::text::Edit;
use crate::template::duration;
use crate::template::placeholder::{self, Placeholder};

/// The lifetimes offered by a click, in seconds.
pub const PRESETS: [i64; 6] = [300, 900, 1_800, 3_600, 28_800, 86_400];

/// The last second that a NumericDate may name here: 9999-12-31 23:59:59 UTC.
pub const LAST_INSTANT: i64 = 253_402_300_799;

/// How the claims say when the token expires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// `{{now+30m}}`: so many seconds after minting. May be negative.
    Relative(i64),
    /// A NumericDate: seconds since 1970-01-01 00:00:00 UTC.
    At(i64),
    /// No `exp` at all.
    Never,
    /// Something that is not a NumericDate, as it stands in the text.
    Other(String),
}

impl Expiry {
    /// Reads `exp` from the claims.
    pub fn read(claims: &Json) -> Self {
        let Some(value) = claims.root().get("exp") else { return Self::Never };
        let other = || Self::Other(value.raw().to_owned());
        match value.kind() {
            Kind::Number => value.as_i64().map_or_else(other, Self::At),
            Kind::String => read_placeholder(value.raw()).map_or_else(other, Self::Relative),
            Kind::Null | Kind::Bool | Kind::Array | Kind::Object => other(),
        }
    }

    /// The edit that makes the claims say this, touching nothing but `exp`.
    ///
    /// # Errors
    /// When the claims are not an object, or the instant is outside 1970 to 9999.
    pub fn write(&self, claims: &Json) -> Result<Edit, Problem> {
        let root = claims.root();
        if root.kind() != Kind::Object {
            return Err(Problem::new(
                "claims-not-object",
                "The claims are not a JSON object, so exp has no place in them.",
            )
            .help("Wrap the claims in { }."));
        }
        let value = match self {
            Self::Relative(offset) => relative_text(*offset),
            Self::At(instant) if (0..=LAST_INSTANT).contains(instant) => instant.to_string(),
            Self::At(_) => {
                return Err(Problem::new("instant-range", "That instant is outside the years 1970 to 9999.")
                    .help("Choose a date between 1970 and 9999."));
            }
            Self::Never => return Ok(json::remove_all(root, "exp")),
            Self::Other(text) => text.clone(),
        };
        Ok(json::set_member(root, "exp", &value))
    }

    /// The instant this means for a token minted at `now`, if it means one.
    pub fn instant(&self, now: i64) -> Option<i64> {
        match self {
            Self::Relative(offset) => now.checked_add(*offset),
            Self::At(instant) => Some(*instant),
            Self::Never | Self::Other(_) => None,
        }
    }
}

/// The JSON text of a relative instant: `"{{now+30m}}"`.
pub fn relative_text(offset: i64) -> String {
    match offset {
        0 => "\"{{now}}\"".to_owned(),
        1.. => format!("\"{{{{now+{}}}}}\"", duration::format(offset)),
        _ => format!("\"{{{{now-{}}}}}\"", duration::format(offset.saturating_neg())),
    }
}

/// The offset of a string literal that is exactly one `now` placeholder.
fn read_placeholder(literal: &str) -> Option<i64> {
    let inner = literal.strip_prefix("\"{{")?.strip_suffix("}}\"")?;
    match placeholder::parse(inner) {
        Ok(Placeholder::Now { offset }) => Some(offset),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(claims: &str, expiry: &Expiry) {
        assert_eq!(&Expiry::read(&Json::parse(claims).unwrap()), expiry);
    }

    #[track_caller]
    fn check_written(claims: &str, expiry: &Expiry, expected: &str) {
        let edit = expiry.write(&Json::parse(claims).unwrap()).unwrap();
        assert_eq!(edit.apply(claims), expected);
        check(expected, expiry);
    }

    #[test]
    fn reads_every_form() {
        check(r#"{"exp":"{{now+30m}}"}"#, &Expiry::Relative(1_800));
        check(r#"{"exp":"{{now}}"}"#, &Expiry::Relative(0));
        check(r#"{"exp":"{{now-1h30m}}"}"#, &Expiry::Relative(-5_400));
        check(r#"{"exp":1795284752}"#, &Expiry::At(1_795_284_752));
        check(r#"{"sub":"x"}"#, &Expiry::Never);
        check(r#"{"exp":"1795284752"}"#, &Expiry::Other(r#""1795284752""#.into()));
        check(r#"{"exp":1795284752.5}"#, &Expiry::Other("1795284752.5".into()));
        check(r#"{"exp":"x {{now}}"}"#, &Expiry::Other(r#""x {{now}}""#.into()));
    }

    #[test]
    fn writes_only_exp() {
        check_written(
            r#"{"a":1.0, "exp":5 , "b":1e5}"#,
            &Expiry::Relative(1_800),
            r#"{"a":1.0, "exp":"{{now+30m}}" , "b":1e5}"#,
        );
        check_written(r#"{"exp":"{{now+5m}}"}"#, &Expiry::At(7), r#"{"exp":7}"#);
    }

    #[test]
    fn never_removes_the_member() {
        let claims = Json::parse("{\n  \"sub\": \"x\",\n  \"exp\": 5\n}").unwrap();
        let edited = Expiry::Never.write(&claims).unwrap().apply(claims.text());
        assert_eq!(edited, "{\n  \"sub\": \"x\"\n}");
        check_written(r#"{"exp":1,"a":2,"exp":3}"#, &Expiry::Never, r#"{"a":2}"#);
    }

    #[test]
    fn refuses_an_instant_out_of_range_and_claims_without_members() {
        assert!(Expiry::At(LAST_INSTANT + 1).write(&Json::parse("{}").unwrap()).is_err());
        assert!(Expiry::Never.write(&Json::parse("[]").unwrap()).is_err());
    }
}
