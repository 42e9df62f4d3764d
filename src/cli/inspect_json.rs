//! What is in a token, as one line of JSON.

use std::fmt::Write as _;

use crate::jose::compact::{Decoded, Fault, Part, Segment, TokenKind};
use crate::jose::json;
use crate::jose::text::Position;

/// One JSON object for a token of `len` bytes. Header and claims stand in it as they stand in the token, without white space: order, number text,
/// escapes and duplicate names are kept.
pub fn write(decoded: &Decoded, len: usize) -> String {
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
        r#""sizes":{{"token":{},"header":{},"payload":{},"signature":{}}},"findings":["#,
        len,
        encoded(header),
        encoded(payload),
        encoded(signature),
    )
    .ok();
    for (index, fault) in decoded.faults.iter().enumerate() {
        out.push_str(if index == 0 { "" } else { "," });
        finding(fault, &mut out);
    }
    out.push_str("]}");
    out
}

/// The number of the rule that a fault breaks.
pub fn rule(fault: &Fault) -> &'static str {
    match fault.problem.code {
        code if code.starts_with("base64url") => "S03",
        code if code.starts_with("json") => "S04",
        "token-utf8" => "S04",
        "token-object" => "S05",
        _ => "S01",
    }
}

fn finding(fault: &Fault, out: &mut String) {
    let place = |number_of: fn(Position) -> usize| number(fault.position.map(number_of));
    write!(
        out,
        r#"{{"id":"{}","severity":"error","part":"{}","message":{},"offset":{},"line":{},"column":{}}}"#,
        rule(fault),
        part(fault.part),
        json::quote(&fault.problem.message),
        number(fault.problem.span.map(|span| span.start)),
        place(|position| position.line),
        place(|position| position.column),
    )
    .ok();
}

const fn kind(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Jws => "jws",
        TokenKind::Jwe => "jwe",
        TokenKind::Invalid => "invalid",
    }
}

const fn part(part: Part) -> &'static str {
    match part {
        Part::Header => "header",
        Part::Payload => "payload",
        Part::Signature => "signature",
        Part::Token | Part::EncryptedKey | Part::InitializationVector | Part::Ciphertext | Part::AuthenticationTag => {
            "token"
        }
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
