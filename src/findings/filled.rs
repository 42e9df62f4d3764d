//! What the placeholders of a text stand for, so that rules judge values and not placeholders.

use std::collections::{BTreeMap, HashMap};

use super::walk::walk;
use crate::jose::json::{Json, Kind, Serialization, Value};
use crate::template::render::{Context, Rendering};
use crate::template::variables::Variables;

/// The values of all strings with placeholders in them, by the byte where the string begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled(BTreeMap<usize, Json>);

impl Filled {
    /// Fills in the placeholders of `json` at `now`, seconds since 1970 UTC. Identifiers and random values are made of
    /// zeros: no rule looks at them. A string whose placeholders cannot be filled in stays as it is.
    pub fn of(json: &Json, variables: &Variables, now: i64) -> Self {
        let mut known: HashMap<&str, Option<Json>> = HashMap::new();
        let mut values = BTreeMap::new();
        let strings = walk(json).map(|place| place.value).filter(|value| value.kind() == Kind::String);
        for string in strings.filter(|string| string.raw().contains("{{")) {
            let value = known.entry(string.raw()).or_insert_with(|| fill(string.raw(), variables, now));
            if let Some(value) = value {
                values.insert(string.span().start, value.clone());
            }
        }
        Self(values)
    }

    /// What `value` stands for.
    pub fn value<'a>(&'a self, value: Value<'a>) -> Value<'a> {
        self.0.get(&value.span().start).map_or(value, Json::root)
    }
}

/// The value of one string, by itself a JSON text.
fn fill(string: &str, variables: &Variables, now: i64) -> Option<Json> {
    let json = Json::parse(string).ok()?;
    let rendering = Rendering::compile(&json, Serialization::Compact, variables).ok()?;
    let mut zeros = |buffer: &mut [u8]| buffer.fill(0);
    let mut filled = Vec::new();
    rendering.render(&mut Context { now, counter: 0, random: &mut zeros }, &mut filled).ok()?;
    Json::parse(std::str::from_utf8(&filled).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let variables = Json::parse(r#"{"tenant": "acme", "roles": ["a"]}"#).unwrap();
        let json = Json::parse(text).unwrap();
        let filled = Filled::of(&json, &Variables::from_json(variables.root()), 1_000);
        let values: Vec<&str> = json.root().items().map(|item| filled.value(item).raw()).collect();
        assert_eq!(values, expected, "{text}");
    }

    #[test]
    fn strings_stand_for_what_will_be_signed() {
        check(r#"["{{now}}", "{{now+30m}}", "x{{now}}"]"#, &["1000", "2800", r#""x1000""#]);
        check(r#"["{{tenant}}", "{{tenant}}-{{tenant}}", "{{roles}}"]"#, &[r#""acme""#, r#""acme-acme""#, r#"["a"]"#]);
        check(r#"["{{uuid}}"]"#, &[r#""00000000-0000-4000-8000-000000000000""#]);
    }

    #[test]
    fn what_cannot_be_filled_in_stays() {
        check(r#"["{{unknown}}", "{{now", 5, "a"]"#, &[r#""{{unknown}}""#, r#""{{now""#, "5", r#""a""#]);
    }
}
