//! Z01 to Z03: what a token of this size meets on its way.

use super::doc::{Doc, View};
use super::{Finding, Part, Severity};
use crate::jose::text::shown;
use crate::measure::budget::Budget;

/// From here on the headers of a request are near the usual limits, in bytes of the `Authorization` header.
const LARGE_HEADER: usize = 7_000;
/// What old browsers, proxies and mail programs let through as a URL, in bytes.
const LONG_URL: usize = 2_000;

pub(super) fn find(view: &View<'_>, found: &mut Vec<Finding>) {
    let Some(len) = view.subject.token_len else { return };
    let largest = view.claims.map(largest_claims).unwrap_or_default();
    found.extend([cookie(len, &largest), header(len, &largest), url(len, &largest)].into_iter().flatten());
}

fn finding(id: &'static str, severity: Severity, message: &str, largest: &str) -> Finding {
    Finding::new(id, severity, Part::Token, format!("{message}{largest}"))
}

/// The claims that are worth removing first: " The largest claims: groups 1843 bytes, ...".
fn largest_claims(claims: Doc<'_>) -> String {
    let mut sizes: Vec<(usize, _)> = claims.entries().map(|entry| (entry.member.span().len(), entry.member)).collect();
    sizes.sort_by_key(|(size, member)| (std::cmp::Reverse(*size), member.index));
    let named: Vec<String> =
        sizes.iter().take(3).map(|(size, member)| format!("{} {size} bytes", shown(&member.name()))).collect();
    if named.is_empty() { String::new() } else { format!(" The largest claims: {}.", named.join(", ")) }
}

/// Z01: too large for a cookie.
fn cookie(len: usize, largest: &str) -> Option<Finding> {
    let over = Budget::Cookie.remaining(len);
    (over < 0).then(|| {
        let limit = Budget::Cookie.limit();
        let message = format!(
            "{len} bytes with the cookie's name and attributes are {} over {limit}: browsers drop such a cookie.",
            -over
        );
        finding("Z01", Severity::Warning, &message, largest)
    })
}

/// Z02: too large, or nearly, for the `Authorization` header.
fn header(len: usize, largest: &str) -> Option<Finding> {
    let line = len.saturating_add(Budget::Apache.overhead());
    let limit = Budget::Apache.limit();
    if Budget::Apache.remaining(len) < 0 {
        let message = format!(
            "An Authorization header of {line} bytes: nginx, Apache and Tomcat refuse more than about {limit} by default."
        );
        return Some(finding("Z02", Severity::Error, &message, largest));
    }
    (line >= LARGE_HEADER).then(|| {
        let message = format!("An Authorization header of {line} bytes leaves little room: nginx, Apache and Tomcat refuse more than about {limit} by default.");
        finding("Z02", Severity::Warning, &message, largest)
    })
}

/// Z03: too large for a URL.
fn url(len: usize, largest: &str) -> Option<Finding> {
    (len > LONG_URL).then(|| {
        let message = format!("{len} bytes are too long for a URL, of which about {LONG_URL} get through everywhere.");
        finding("Z03", Severity::Warning, &message, largest)
    })
}
