//! What is in a token, for people at a terminal.

use crate::findings::Finding;
use crate::jose::claims;
use crate::jose::compact::{Decoded, Part, Segment, TokenKind};
use crate::jose::json::{self, Value};
use crate::jose::text::visible;
use crate::template::duration;

/// Several lines without a line end after the last. Times are told as seen from `now`.
pub fn write(decoded: &Decoded, len: usize, findings: &[Finding], now: i64) -> String {
    let mut sections = vec![summary(decoded, len)];
    sections
        .extend([Part::Header, Part::Payload].into_iter().filter_map(|part| Some(json_part(decoded.segment(part)?))));
    sections.extend(times(decoded, now));
    sections.extend(decoded.segment(Part::Signature).map(signature));
    sections.extend(problems(findings));
    sections.join("\n\n")
}

fn summary(decoded: &Decoded, len: usize) -> String {
    let algorithm = decoded.header().and_then(|header| header.root().get("alg")).and_then(Value::as_str);
    let algorithm = algorithm.map(|name| format!(", {}", visible(&name))).unwrap_or_default();
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

fn signature(segment: &Segment) -> String {
    format!("Signature, {} bytes as sent, {} decoded", segment.span.len(), segment.bytes.len())
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
