//! The checks of `crit` (RFC 7515 §4.1.11) and `typ` (§4.1.9).

use super::super::compact::Decoded;
use super::super::json::{Kind, Value};
use super::super::text::shown;
use super::{Check, CheckName, Judged};

/// How many extensions a detail names.
const SHOWN_NAMES: usize = 5;

/// No extension is understood here, so that a token which requires one is rejected.
pub(super) fn critical(decoded: &Decoded) -> Judged {
    let name = CheckName::Critical;
    if decoded.header().is_none() && decoded.unprotected.is_none() {
        return Check::skipped(name, "there is no header that can be read").into();
    }
    let refuse = |detail: String| Judged::fail(name, detail.clone(), format!("its {detail}"));
    let unencoded = decoded.parameter("b64").and_then(Value::as_bool) == Some(false);
    let Some(crit) = decoded.parameter("crit") else {
        return if unencoded {
            refuse(
                "payload is said not to be base64url (b64 is false), which crit must announce (RFC 7797 §6)".to_owned(),
            )
        } else {
            Check::pass(name, "no critical extensions").into()
        };
    };
    let is_protected = decoded.header().is_some_and(|header| header.root().get("crit").is_some());
    if !is_protected {
        return refuse("crit is not in the protected header (RFC 7515 §4.1.11)".to_owned());
    }
    let names: Option<Vec<String>> =
        crit.items().take(SHOWN_NAMES).map(|item| Some(format!("'{}'", shown(&item.as_str()?)))).collect();
    match names {
        Some(names) if !names.is_empty() => {
            let more = if crit.len() > SHOWN_NAMES { " and more" } else { "" };
            let unencoded = if unencoded { "; a JWT may not leave its payload unencoded (RFC 7797 §7)" } else { "" };
            refuse(format!("header requires {}{more}, which is not understood here{unencoded}", names.join(", ")))
        }
        _ if crit.kind() == Kind::Array && crit.is_empty() => refuse("crit is empty (RFC 7515 §4.1.11)".to_owned()),
        _ => refuse("crit is not an array of names (RFC 7515 §4.1.11)".to_owned()),
    }
}

/// Whether the token is of the type that is expected: "application/" may be left out, and case does not count.
pub(super) fn media_type(decoded: &Decoded, expected: &str) -> Judged {
    let name = CheckName::Type;
    let typ = decoded.parameter("typ");
    let found = match typ.map(|typ| (typ, typ.as_str())) {
        None => None,
        Some((_, Some(text))) => Some(text),
        Some((typ, None)) => {
            let what = typ.kind().label();
            return Judged::fail(name, format!("typ is {what}; it must be a string"), format!("its typ is {what}"));
        }
    };
    match found {
        None if expected.is_empty() => Check::skipped(name, "not expected; no typ in the header").into(),
        None => Judged::fail(name, format!("no typ in the header, expected {}", shown(expected)), "it has no typ"),
        Some(found) if expected.is_empty() => {
            Check::skipped(name, format!("not expected; the header says {}", shown(&found))).into()
        }
        Some(found) if subtype(&found).eq_ignore_ascii_case(subtype(expected)) => {
            Check::pass(name, shown(&found)).into()
        }
        Some(found) => {
            let found = shown(&found);
            let detail = format!("header says {found}, expected {}", shown(expected));
            Judged::fail(name, detail, format!("its type is {found}"))
        }
    }
}

fn subtype(media_type: &str) -> &str {
    const PREFIX: &str = "application/";
    match media_type.split_at_checked(PREFIX.len()) {
        Some((prefix, rest)) if prefix.eq_ignore_ascii_case(PREFIX) && !rest.contains('/') => rest,
        _ => media_type,
    }
}
