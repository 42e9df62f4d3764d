//! P01 to P03: what everybody who holds the token can read.

use super::doc::Doc;
use super::walk::Place;
use super::{Finding, Severity};
use crate::jose::base64url;
use crate::jose::json::{self, Json, Kind};
use crate::jose::text::shown;

/// Names, or last words of names, that say the value is a secret.
const SECRET_NAMES: [&str; 12] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "apikey",
    "api_key",
    "private_key",
    "privatekey",
    "ssn",
    "cvv",
    "cvc",
];

/// Words that only by themselves name a secret.
const SECRET_WORDS: [&str; 2] = ["pin", "secret_key"];

/// Names of personal data, by the words of the message.
const PERSONAL_NAMES: [(&str, &[&str]); 3] = [
    ("an e-mail address", &["email", "e_mail", "mail", "email_address"]),
    ("a phone number", &["phone", "phone_number", "mobile", "msisdn", "telephone"]),
    ("a birth date", &["birthdate", "birth_date", "birthday", "date_of_birth", "dob"]),
];

/// Longer texts are not searched for an address or a card number.
const LONGEST_SEARCHED: usize = 320;

/// P01: a claim that is a secret by its name.
pub(super) fn secret_name(doc: Doc<'_>, place: &Place<'_>) -> Vec<Finding> {
    let Some(member) = place.member.filter(|_| holds_something(place)) else { return Vec::new() };
    let typed = member.name();
    // Most names are dismissed by their last letter: there can be very many.
    let may_be = typed.len() <= 64 && typed.ends_with(|last: char| "desytvcn".contains(last.to_ascii_lowercase()));
    if !may_be || !is_secret(&words(&typed)) {
        return Vec::new();
    }
    let message = format!("Anyone holding the token can read '{}'.", shown(&typed));
    vec![removable(doc, place, doc.finding("P01", Severity::Warning, member.name_span, message))]
}

/// A flag such as `"password": true` and a null give nothing away.
fn holds_something(place: &Place<'_>) -> bool {
    !matches!(place.value.kind(), Kind::Bool | Kind::Null)
}

fn is_secret(name: &str) -> bool {
    let is_last = |secret: &str| name.strip_suffix(secret).is_some_and(|rest| rest.is_empty() || rest.ends_with('_'));
    SECRET_WORDS.contains(&name) || SECRET_NAMES.into_iter().any(is_last)
}

/// A name in lower case with `_` between its words: `userPassword`, `user-password` and `USER_PASSWORD` are one.
fn words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    let mut after_small = false;
    for char in name.chars() {
        if char.is_uppercase() && after_small {
            words.push('_');
        }
        after_small = char.is_lowercase() || char.is_ascii_digit();
        words.extend(if matches!(char, '-' | ' ' | '.') { '_' } else { char }.to_lowercase());
    }
    words
}

/// The finding with the fix that takes the value out, unless the token needs it.
fn removable(doc: Doc<'_>, place: &Place<'_>, finding: Finding) -> Finding {
    let Some((holder, index)) = place.holder else { return finding };
    let what = place.member.map_or_else(|| "the value".to_owned(), |member| shown(&member.name()));
    if place.depth == 1 && matches!(&*what, "alg" | "kid" | "typ" | "exp") {
        return finding;
    }
    finding.fixed_by(format!("Remove {what}"), doc.change(json::remove(holder, index)))
}

/// P02: a value that is a card number, a key or a token.
pub(super) fn secret_value(doc: Doc<'_>, place: &Place<'_>) -> Vec<Finding> {
    let value = doc.value(place.value);
    let is = match value.kind() {
        // A number is no card number unless an issuer's prefix and the length fit too: one number in ten passes the
        // check digit by chance, and times in milliseconds and identifiers are as long.
        Kind::Number => is_card(value.raw()).then_some("a card number"),
        Kind::String => value.as_str().and_then(|text| secret_in(&text)),
        Kind::Null | Kind::Bool | Kind::Array | Kind::Object => None,
    };
    let Some(is) = is else { return Vec::new() };
    let message = format!("This is {is}, and anyone holding the token can read it.");
    let finding = doc.finding("P02", Severity::Warning, place.value.span(), message);
    vec![removable(doc, place, finding)]
}

fn secret_in(text: &str) -> Option<&'static str> {
    if text.contains("-----BEGIN ") {
        return Some(if text.contains("PRIVATE KEY-----") { "a private key" } else { "a PEM block" });
    }
    if is_token(text) {
        return Some("another token");
    }
    if text.len() > LONGEST_SEARCHED {
        return None;
    }
    if has_aws_key(text) {
        return Some("an AWS access key ID");
    }
    let digits: String = text.chars().filter(|char| !matches!(char, ' ' | '-')).collect();
    // Digits with something else around them are identifiers; a card is written by itself, in groups or not.
    is_card(&digits).then_some("a card number")
}

/// Whether the text is a token in the compact serialization: three or five parts of base64url, the first a header.
fn is_token(text: &str) -> bool {
    let mut parts = text.split('.');
    let is_encoded = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let starts = text.starts_with("ey") && matches!(parts.clone().count(), 3 | 5) && text.bytes().all(is_encoded);
    let header = || {
        let bytes = base64url::decode(parts.next()?).ok()?;
        Json::parse(std::str::from_utf8(&bytes).ok()?).ok()
    };
    starts && { header }().is_some_and(|json| json.root().get("alg").is_some())
}

/// AKIA or ASIA with 16 capitals or digits behind it, and no more.
fn has_aws_key(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let words = text.split(|char: char| !char.is_ascii_alphanumeric());
    words
        .filter(|word| word.len() == 20 && word.bytes().all(is_part))
        .any(|word| word.starts_with("AKIA") || word.starts_with("ASIA"))
}

/// Whether the digits are a payment card number: the length and prefix of an issuer (ISO/IEC 7812) and the check digit.
fn is_card(digits: &str) -> bool {
    let prefix = |length: usize| digits.get(..length).and_then(|prefix| prefix.parse::<u32>().ok()).unwrap_or(0);
    let is_known = match digits.len() {
        14 => matches!(prefix(2), 36 | 38 | 39) || matches!(prefix(3), 300..=305),
        15 => matches!(prefix(2), 34 | 37),
        16 => {
            prefix(1) == 4
                || matches!(prefix(2), 51..=55 | 65)
                || matches!(prefix(4), 2221..=2720 | 3528..=3589 | 6011)
                || matches!(prefix(3), 644..=649)
        }
        19 => matches!(prefix(4), 6011) || matches!(prefix(2), 62 | 65),
        _ => false,
    };
    is_known && digits.bytes().all(|byte| byte.is_ascii_digit()) && has_check_digit(digits)
}

/// The check of ISO/IEC 7812-1, known as Luhn's.
fn has_check_digit(digits: &str) -> bool {
    let sum: u32 = digits
        .chars()
        .rev()
        .filter_map(|digit| digit.to_digit(10))
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => digit,
            (_, doubled) => doubled / 10 + doubled % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// P03: personal data, by name or by value.
pub(super) fn personal_data(doc: Doc<'_>, place: &Place<'_>) -> Vec<Finding> {
    let value = doc.value(place.value);
    if !matches!(value.kind(), Kind::String | Kind::Number) {
        return Vec::new();
    }
    let by_name = place.member.filter(|member| may_be_personal(&member.name())).and_then(|member| {
        let name = words(&member.name());
        PERSONAL_NAMES.iter().find(|(_, names)| names.contains(&&*name)).map(|(is, _)| *is)
    });
    let by_value = || value.as_str().filter(|text| is_address(text)).map(|_| "an e-mail address");
    let Some(is) = by_name.or_else(by_value) else { return Vec::new() };
    let message = format!("Personal data, {is}, is readable by every holder.");
    vec![doc.finding("P03", Severity::Info, place.value.span(), message)]
}

/// Most names are dismissed by their first letter: there can be very many.
fn may_be_personal(name: &str) -> bool {
    name.len() <= 32 && name.starts_with(|first: char| "embptd".contains(first.to_ascii_lowercase()))
}

/// Whether the whole text is an e-mail address, roughly.
fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@').filter(|_| text.len() <= LONGEST_SEARCHED) else { return false };
    let is_plain = |char: char| !char.is_whitespace() && !matches!(char, '@' | '/' | ':' | ',');
    let is_domain = domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.');
    !local.is_empty() && is_domain && local.chars().chain(domain.chars()).all(is_plain)
}
