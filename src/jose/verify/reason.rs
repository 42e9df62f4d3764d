//! The verdict in one or two sentences.

use super::super::compact::Decoded;
use super::{Check, CheckName, Judged, Outcome, SignatureCheck, Verdict};

pub(super) fn reason(decoded: &Decoded, signature: &SignatureCheck, judged: &[Judged], verdict: Verdict) -> String {
    let because: Vec<&str> = judged
        .iter()
        .filter(|judged| judged.check.outcome == Outcome::Fail)
        .map(|judged| judged.because.as_str())
        .collect();
    let also = if because.is_empty() { String::new() } else { format!(" {}.", sentence(&joined(&because))) };
    let first = match verdict {
        Verdict::Encrypted => {
            return "This token is encrypted (JWE): it has no signature, and its claims cannot be read without its key."
                .to_owned();
        }
        Verdict::Unsecured => "This token is unsecured (alg is none): anyone can have made it.".to_owned(),
        Verdict::Unsupported => {
            format!("The signature cannot be checked: {}.", detail(signature, CheckName::Algorithm))
        }
        Verdict::NotChecked => "The signature was not checked: there is no key to check it with.".to_owned(),
        Verdict::Verified => return verified(decoded),
        Verdict::Invalid => invalid(signature),
    };
    first + &also
}

fn verified(decoded: &Decoded) -> String {
    if decoded.claims().is_some() {
        "The signature is right, and nothing that was checked speaks against the token.".to_owned()
    } else {
        "The signature is right. The payload is not a JSON object, so there were no claims to check.".to_owned()
    }
}

fn invalid(signature: &SignatureCheck) -> String {
    let outcome = |name| find(signature, name).map(|check| check.outcome);
    let failed: Vec<&Check> = signature.checks.iter().filter(|check| check.outcome == Outcome::Fail).collect();
    match (outcome(CheckName::Signature), failed.as_slice()) {
        (Some(Outcome::Pass), []) => "The signature is right, the token is not valid here.".to_owned(),
        (Some(Outcome::Pass), [check, ..]) if check.name == CheckName::Key => {
            format!("The signature is right, but the key must not be used: {}.", check.detail)
        }
        (Some(Outcome::Pass), [check, ..]) => format!("The signature is right, but {}.", check.detail),
        (_, [check, ..]) if check.name == CheckName::Signature => {
            format!("The signature is wrong: {}.", check.detail)
        }
        (_, [check, ..]) => format!("{}.", sentence(&check.detail)),
        (_, []) => "The token is not valid here.".to_owned(),
    }
}

fn find(signature: &SignatureCheck, name: CheckName) -> Option<&Check> {
    signature.checks.iter().find(|check| check.name == name)
}

fn detail(signature: &SignatureCheck, name: CheckName) -> &str {
    find(signature, name).map_or("", |check| check.detail.as_str())
}

/// `a`, `a, and b`, `a, b, and c`.
fn joined(phrases: &[&str]) -> String {
    match phrases {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
    }
}

/// With a capital letter at the start.
fn sentence(phrase: &str) -> String {
    let mut chars = phrase.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
