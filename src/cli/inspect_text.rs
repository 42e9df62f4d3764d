//! What is in a token, for people at a terminal.

use super::inspect_json::rule;
use crate::jose::claims;
use crate::jose::compact::{Decoded, Part, Segment, TokenKind};
use crate::jose::json::{self, Value};
use crate::template::duration;

/// Several lines without a line end after the last. Times are told as seen from `now`.
pub fn write(decoded: &Decoded, len: usize, now: i64) -> String {
    let mut sections = vec![summary(decoded, len)];
    sections
        .extend([Part::Header, Part::Payload].into_iter().filter_map(|part| Some(json_part(decoded.segment(part)?))));
    sections.extend(times(decoded, now));
    sections.extend(decoded.segment(Part::Signature).map(signature));
    sections.extend(problems(decoded));
    sections.join("\n\n")
}

fn summary(decoded: &Decoded, len: usize) -> String {
    let algorithm = decoded.header().and_then(|header| header.root().get("alg")).and_then(Value::as_str);
    let algorithm = algorithm.map(|name| format!(", {}", printable(&name))).unwrap_or_default();
    match decoded.kind {
        TokenKind::Jws => format!("Signed token{algorithm}, {len} bytes; the signature is not verified"),
        TokenKind::Jwe => format!("Encrypted token{algorithm}, {len} bytes; only its header can be read"),
        TokenKind::Invalid => format!("Not a token, {len} bytes"),
    }
}

fn json_part(segment: &Segment) -> String {
    let title =
        format!("{}, {} bytes as sent, {} decoded", segment.part.label(), segment.span.len(), segment.bytes.len());
    let text = match &segment.json {
        Some(json) => json::format(json, 2),
        None => String::from_utf8_lossy(&segment.bytes).into_owned(),
    };
    let lines: Vec<String> = printable(&text).lines().map(|line| format!("\n  {line}")).collect();
    title + &lines.concat()
}

fn times(decoded: &Decoded, now: i64) -> Option<String> {
    let root = decoded.claims()?.root();
    let lines: Vec<String> = root
        .members()
        .filter(|member| claims::is_time(&member.name()))
        .filter_map(|member| {
            let seconds = member.value.as_i64()?;
            let distance = duration::relative(seconds.saturating_sub(now));
            Some(format!("\n  {:<12}{}, {distance}", member.name(), claims::utc(seconds)))
        })
        .collect();
    (!lines.is_empty()).then(|| format!("Times{}", lines.concat()))
}

fn signature(segment: &Segment) -> String {
    format!("Signature, {} bytes as sent, {} decoded", segment.span.len(), segment.bytes.len())
}

fn problems(decoded: &Decoded) -> Option<String> {
    let lines: Vec<String> = decoded
        .faults
        .iter()
        .map(|fault| format!("\n  {} {}\n      {}", rule(fault), printable(&fault.problem.message), fault.problem.help))
        .collect();
    (!lines.is_empty()).then(|| format!("Problems{}", lines.concat()))
}

/// The text with everything spelled out that would steer a terminal or turn its writing around.
fn printable(text: &str) -> String {
    let steers = |c: char| {
        let direction =
            matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        (c.is_control() && c != '\n') || direction
    };
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) {
            shown.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_not_steered_by_a_token() {
        assert_eq!(printable("a\u{1b}[2Jb\n\u{9b}ä\u{202e}\r"), "a\\u001b[2Jb\n\\u009bä\\u202e\\u000d");
    }
}
