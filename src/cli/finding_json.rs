//! A finding as a JSON object: the same members in every answer.

use crate::findings::Finding;
use crate::jose::json;
use crate::jose::text::Position;

/// One JSON object; `offset` counts bytes of what was given, line and column are those of the text it stands for.
pub fn write(finding: &Finding, offset: Option<usize>, position: Option<Position>) -> String {
    let (why, basis) = finding.rule().map_or(("", ""), |rule| (rule.why, rule.basis));
    let number = |number: Option<usize>| number.map_or_else(|| "null".to_owned(), |number| number.to_string());
    format!(
        r#"{{"id":"{}","severity":"{}","part":"{}","path":{},"message":{},"why":{},"basis":{},"offset":{},"line":{},"column":{}}}"#,
        finding.id,
        finding.severity.name(),
        finding.part.name(),
        json::quote(&finding.path),
        json::quote(&finding.message),
        json::quote(why),
        json::quote(basis),
        number(offset),
        number(position.map(|position| position.line)),
        number(position.map(|position| position.column)),
    )
}
