//! What is in a token, for people at a terminal.

use super::inspect::{Look, no_token};
use crate::findings::Finding;
use crate::jose::claims;
use crate::jose::compact::{Decoded, Part, Segment, TokenKind};
use crate::jose::error::Problem;
use crate::jose::json::{self, Json, Value};
use crate::jose::text::visible;
use crate::jose::unwrap::{Form, Unwrapped};
use crate::template::duration;

/// Several lines without a line end after the last. Times are told as seen from `now`.
pub fn write(look: &Look, findings: &[Finding], now: i64) -> String {
    let decoded = &look.decoded;
    let mut sections = vec![summary(look)];
    sections.extend(removed(&look.unwrapped));
    sections
        .extend([Part::Header, Part::Payload].into_iter().filter_map(|part| Some(json_part(decoded.segment(part)?))));
    sections.extend(decoded.unprotected.as_ref().map(unprotected));
    sections.extend(times(decoded, now));
    let is_json = |part| matches!(part, Part::Header | Part::Payload);
    sections.extend(decoded.segments.iter().filter(|segment| !is_json(segment.part)).map(binary_part));
    sections.extend(problems(findings));
    sections.join("\n\n")
}

fn summary(look: &Look) -> String {
    let Look { unwrapped, token, decoded } = look;
    if let Some(instead) = unwrapped.instead {
        let Problem { message, help, .. } = no_token(instead);
        return format!("{message}. {help}");
    }
    let len = token.text.len();
    let algorithm = decoded.parameter("alg").and_then(Value::as_str);
    let algorithm = algorithm.map(|name| format!(", {}", visible(&name))).unwrap_or_default();
    match decoded.kind {
        TokenKind::Jws => format!("Signed token{algorithm}, {len} bytes; the signature is not verified"),
        TokenKind::Jwe => format!("Encrypted token{algorithm}, {len} bytes; only its header can be read"),
        TokenKind::Invalid => format!("Not a token, {len} bytes"),
    }
}

/// What was taken away around the token, and in which serialization it came.
fn removed(unwrapped: &Unwrapped) -> Option<String> {
    match (unwrapped.form, unwrapped.tokens.len()) {
        (Form::Compact, _) if unwrapped.removed.is_empty() => None,
        (Form::Compact, _) => Some(format!("Removed {}", visible(&unwrapped.removed.join(", ")))),
        (Form::Flattened, _) => Some("In flattened JSON serialization".to_owned()),
        (Form::General, 1) => Some("In general JSON serialization".to_owned()),
        (Form::General, number) => Some(format!("In general JSON serialization: the first of {number}")),
    }
}

fn unprotected(header: &Json) -> String {
    let lines: Vec<String> = json::format(header, 2).lines().map(|line| format!("\n  {}", visible(line))).collect();
    format!("Unprotected header{}", lines.concat())
}

fn json_part(segment: &Segment) -> String {
    let title =
        format!("{}, {} bytes as sent, {} decoded", segment.part.label(), segment.span.len(), segment.bytes.len());
    let text = match &segment.json {
        Some(json) => json::format(json, 2),
        None => String::from_utf8_lossy(&segment.bytes).into_owned(),
    };
    let lines: Vec<String> = text.lines().map(|line| format!("\n  {}", visible(line))).collect();
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

fn binary_part(segment: &Segment) -> String {
    format!("{}, {} bytes as sent, {} decoded", segment.part.label(), segment.span.len(), segment.bytes.len())
}

fn problems(findings: &[Finding]) -> Option<String> {
    let line = |finding: &Finding| {
        let place = if finding.path.is_empty() { String::new() } else { format!(", {}", visible(&finding.path)) };
        let basis = finding.rule().map_or("", |rule| rule.basis);
        let (severity, part) = (finding.severity.name(), finding.part.label());
        format!("\n  {} {severity}, {part}{place}: {} ({basis})", finding.id, visible(&finding.message))
    };
    let lines: Vec<String> = findings.iter().map(line).collect();
    (!lines.is_empty()).then(|| format!("Findings{}", lines.concat()))
}
