//! V03: claims that do not keep to the schema of the template.

use serde_json::{Map, Number, Value as Plain};

use super::doc::Doc;
use super::{Finding, Severity};
use crate::jose::error::Problem;
use crate::jose::json::{Kind, Member, Value};
use crate::jose::text::shown;
use crate::template::schema::{self, Schema};

/// What the schema has to say about the claims, as they will be filled in.
pub(super) fn find(claims: Doc<'_>, schema: &Result<Schema, Problem>) -> Vec<Finding> {
    let schema = match schema {
        Ok(schema) => schema,
        Err(problem) => {
            let message = format!("{}. {}", problem.message.trim_end_matches('.'), problem.help);
            return vec![claims.finding("V03", Severity::Error, claims.root().span(), message)];
        }
    };
    let Some(filled) = plain(Some(claims), claims.root()) else { return Vec::new() };
    let finding = |violation: schema::Violation| {
        let span = schema::place(claims.json, &violation.pointer);
        let name = violation.pointer.rsplit('/').next().filter(|name| !name.is_empty());
        let message = match name {
            Some(name) => format!("Schema, at '{}': {}", shown(name), violation.message),
            None => format!("Schema: {}", violation.message),
        };
        claims.finding("V03", Severity::Error, span, message)
    };
    schema.violations(&filled).into_iter().map(finding).collect()
}

/// The value as it will be filled in, for the validator; `None` for a number that it cannot hold. What was filled in has
/// no placeholders of its own: `claims` is then `None`.
fn plain(claims: Option<Doc<'_>>, typed: Value<'_>) -> Option<Plain> {
    let value = claims.map_or(typed, |claims| claims.value(typed));
    let claims = claims.filter(|_| std::ptr::eq(value.raw(), typed.raw()));
    Some(match value.kind() {
        Kind::Null => Plain::Null,
        Kind::Bool => Plain::Bool(value.as_bool()?),
        Kind::Number => Plain::Number(number(value)?),
        Kind::String => Plain::String(value.as_str()?.into_owned()),
        Kind::Array => Plain::Array(value.items().map(|item| plain(claims, item)).collect::<Option<_>>()?),
        Kind::Object => {
            let member = |member: Member<'_>| Some((member.name().into_owned(), plain(claims, member.value)?));
            Plain::Object(value.members().map(member).collect::<Option<Map<_, _>>>()?)
        }
    })
}

fn number(value: Value<'_>) -> Option<Number> {
    let whole = value.raw().parse::<i64>().map(Number::from).or_else(|_| value.raw().parse::<u64>().map(Number::from));
    whole.ok().or_else(|| Number::from_f64(value.as_f64()?))
}
