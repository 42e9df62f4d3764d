//! What is in a token, as one line of JSON.

use std::fmt::Write as _;

use super::finding_json;
use super::inspect::Look;
use crate::findings::{self, Finding};
use crate::jose::compact::{Decoded, Part, Segment, TokenKind};
use crate::jose::json;
use crate::jose::text::Position;
use crate::jose::unwrap::{Form, Instead, Unwrapped};

/// One JSON object for a token. Header and claims stand in it as they stand in the token, without white
/// space: order, number text, escapes and duplicate names are kept.
pub fn write(look: &Look, findings: &[Finding]) -> String {
    let Look { unwrapped, token, decoded } = look;
    let header = decoded.segment(Part::Header);
    let payload = decoded.segment(Part::Payload);
    let signature = decoded.segment(Part::Signature);
    let mut out = String::with_capacity(1024);
    // Writing to memory cannot fail.
    write!(
        out,
        r#"{{"kind":"{}","header":{},"claims":{},"header_text":{},"payload_text":{},"signature_bytes":{},"#,
        kind(decoded.kind),
        value(header),
        value(payload),
        text(header),
        text(payload),
        number(signature.map(|segment| segment.bytes.len())),
    )
    .ok();
    let encoded = |segment: Option<&Segment>| number(segment.map(|segment| segment.span.len()));
    write!(
        out,
        r#""sizes":{{"token":{},"header":{},"payload":{},"signature":{}}},"#,
        token.text.len(),
        encoded(header),
        encoded(payload),
        encoded(signature),
    )
    .ok();
    out.push_str(&form(unwrapped));
    if let Some(unprotected) = &decoded.unprotected {
        write!(out, r#""unprotected":{},"#, json::minify(unprotected)).ok();
    }
    if decoded.kind == TokenKind::Jwe {
        write!(out, r#""parts":{{{}}},"#, parts(decoded)).ok();
    }
    out.push_str(r#""findings":["#);
    for (index, found) in findings.iter().enumerate() {
        out.push_str(if index == 0 { "" } else { "," });
        out.push_str(&finding(found, decoded));
    }
    out.push_str("]}");
    out
}

/// What was taken away around the token, and in which serialization it came.
fn form(unwrapped: &Unwrapped) -> String {
    let removed: Vec<String> = unwrapped.removed.iter().map(|removed| json::quote(removed)).collect();
    let (form, list) = match unwrapped.form {
        Form::Compact => ("compact", None),
        Form::Flattened => ("flattened", None),
        Form::General => ("general", Some(unwrapped.tokens.len())),
    };
    let instead = unwrapped.instead.map(|instead| match instead {
        Instead::Claims => r#""instead":"claims","#,
        Instead::Key => r#""instead":"key","#,
    });
    let signatures = list.map(|number| format!(r#""signatures":{number},"#)).unwrap_or_default();
    format!(r#""removed":[{}],"serialization":"{form}",{signatures}{}"#, removed.join(","), instead.unwrap_or_default())
}

/// The parts of a JWE with the bytes in each (RFC 7516 §3).
fn parts(decoded: &Decoded) -> String {
    let part = |segment: &Segment| {
        let name = segment.part.label().to_lowercase().replace(' ', "_");
        format!(r#""{name}":{}"#, segment.bytes.len())
    };
    decoded.segments.iter().map(part).collect::<Vec<_>>().join(",")
}

/// One finding. `offset` counts bytes of the token, line and column those of the decoded text.
fn finding(finding: &Finding, decoded: &Decoded) -> String {
    let segment = segment_of(finding.part).and_then(|part| decoded.segment(part));
    let place = finding.span.zip(segment);
    let position =
        place.and_then(|(span, segment)| Some(Position::of(std::str::from_utf8(&segment.bytes).ok()?, span.start)));
    let offset = finding.token.or_else(|| place.map(|(span, segment)| segment.encoded(span)));
    finding_json::write(finding, offset.map(|span| span.start), position)
}

/// The part of a token whose decoded text a finding is about.
const fn segment_of(part: findings::Part) -> Option<Part> {
    match part {
        findings::Part::Header => Some(Part::Header),
        findings::Part::Payload => Some(Part::Payload),
        findings::Part::Token | findings::Part::Signature | findings::Part::Key => None,
    }
}

const fn kind(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Jws => "jws",
        TokenKind::Jwe => "jwe",
        TokenKind::Invalid => "invalid",
    }
}

fn value(segment: Option<&Segment>) -> String {
    segment.and_then(|segment| segment.json.as_ref()).map_or_else(null, json::minify)
}

fn text(segment: Option<&Segment>) -> String {
    segment.and_then(|segment| std::str::from_utf8(&segment.bytes).ok()).map_or_else(null, json::quote)
}

fn number(number: Option<usize>) -> String {
    number.map_or_else(null, |number| number.to_string())
}

fn null() -> String {
    "null".to_owned()
}
