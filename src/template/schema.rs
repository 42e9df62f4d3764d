//! The JSON Schema that claims are held against. Nothing is ever fetched: a schema stands by itself.

use std::fmt;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::Value;

use crate::jose::error::Problem;
use crate::jose::json::{self, Json, Kind};
use crate::jose::text::{Span, shown};

/// The most violations that are told of one text.
pub const MOST: usize = 20;

/// The most values of an enumeration that are told.
const MOST_VALUES: usize = 6;

/// A schema that was read.
pub struct Schema {
    validator: Validator,
    properties: Vec<Property>,
}

/// A claim that the schema names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// Its name.
    pub name: String,
    /// What the schema says about it, in a few words; may be empty.
    pub meaning: String,
}

/// Something that the schema does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where, as a JSON Pointer (RFC 6901).
    pub pointer: String,
    /// What, in a sentence.
    pub message: String,
}

impl Schema {
    /// Reads a schema of draft 4 to 2020-12.
    ///
    /// # Errors
    /// A text that is no JSON or no schema, and a schema that refers to another one elsewhere. The span is in `text`.
    pub fn compile(text: &str) -> Result<Self, Problem> {
        let json = Json::parse(text)?;
        let value: Value = serde_json::from_str(text).map_err(|_refused| unreadable(&json))?;
        let validator = jsonschema::options().offline().build(&value).map_err(|error| broken(&json, &error))?;
        Ok(Self { validator, properties: properties(&json) })
    }

    /// What the claims do not keep to, at most [`MOST`].
    pub fn violations(&self, claims: &Value) -> Vec<Violation> {
        let told = |error: ValidationError<'_>| Violation {
            pointer: error.instance_path().to_string(),
            message: words(&error),
        };
        self.validator.iter_errors(claims).take(MOST).map(told).collect()
    }

    /// The outermost claims that it names, in its order.
    pub fn properties(&self) -> &[Property] {
        &self.properties
    }
}

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Schema").field("properties", &self.properties).finish_non_exhaustive()
    }
}

/// Whether a JSON object is a schema and not claims.
pub fn is_schema(root: json::Value<'_>) -> bool {
    let text = |name: &str| root.get(name).and_then(json::Value::as_str).unwrap_or_default().into_owned();
    let object = |name: &str| root.get(name).is_some_and(|value| value.kind() == Kind::Object);
    text("$schema").contains("json-schema.org") || (text("type") == "object" && object("properties"))
}

/// The value at a JSON Pointer, or the deepest one on the way there.
pub fn place(json: &Json, pointer: &str) -> Span {
    let mut value = json.root();
    for step in pointer.split('/').skip(1) {
        let name = step.replace("~1", "/").replace("~0", "~");
        let next = match value.kind() {
            Kind::Array => name.parse().ok().and_then(|index| value.items().nth(index)),
            _ => value.get(&name),
        };
        match next {
            Some(next) => value = next,
            None => break,
        }
    }
    value.span()
}

fn unreadable(json: &Json) -> Problem {
    Problem::new("schema", "This schema is nested too deeply to be read")
        .help("Move parts of it under $defs, and refer to them.")
        .at(json.root().span())
}

fn broken(json: &Json, error: &ValidationError<'_>) -> Problem {
    if let ValidationErrorKind::Referencing(reference) = error.kind() {
        let message = format!("The schema refers to something that is not in it: {}", shown(&reference.to_string()));
        return Problem::new("schema-reference", message)
            .help("Nothing is fetched from elsewhere. Put what it refers to under $defs in the schema itself.");
    }
    let span = place(json, &error.instance_path().to_string());
    let message = format!("The schema is broken at {}: {}", json.path_at(span.start), words(error));
    Problem::new("schema", message).help("Mend the schema, then import it again.").at(span)
}

/// What the schema names at the top, with its title or description, or else what it allows.
fn properties(json: &Json) -> Vec<Property> {
    let properties = json.root().get("properties").map(json::Value::members).into_iter().flatten();
    let property = |member: json::Member<'_>| {
        let of = |name: &str| member.value.get(name).and_then(json::Value::as_str).unwrap_or_default().into_owned();
        let said = [of("title"), of("description"), examples(member.value), of("type")];
        let meaning = said.into_iter().find(|words| !words.is_empty()).unwrap_or_default();
        Property { name: member.name().into_owned(), meaning }
    };
    properties.map(property).collect()
}

/// The values that are allowed, or else examples of them, as far as they fit.
fn examples(property: json::Value<'_>) -> String {
    let values = ["enum", "examples"].into_iter().find_map(|name| property.get(name));
    let values: Vec<&str> =
        values.map(|values| values.items().map(json::Value::raw).take(3).collect()).unwrap_or_default();
    if values.is_empty() { String::new() } else { format!("such as {}", values.join(", ")) }
}

/// What is wrong, as a sentence about the value.
fn words(error: &ValidationError<'_>) -> String {
    match error.kind() {
        ValidationErrorKind::Required { property } => format!("The member {property} is missing."),
        ValidationErrorKind::AdditionalProperties { unexpected }
        | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
            let names: Vec<String> =
                unexpected.iter().take(MOST_VALUES).map(|name| format!("'{}'", shown(name))).collect();
            format!("The schema does not know {}.", names.join(", "))
        }
        ValidationErrorKind::Enum { options } => {
            let options = options.as_array().map(Vec::as_slice).unwrap_or_default();
            let values: Vec<String> = options.iter().take(MOST_VALUES).map(|value| shown(&value.to_string())).collect();
            let more = if options.len() > MOST_VALUES { " and others" } else { "" };
            format!("It must be one of {}{more}.", values.join(", "))
        }
        ValidationErrorKind::Constant { expected_value } => {
            format!("It must be {}.", shown(&expected_value.to_string()))
        }
        ValidationErrorKind::Pattern { pattern } => format!("It does not have the form {}.", shown(pattern)),
        ValidationErrorKind::Format { format } => format!("It is not of the format {}.", shown(format)),
        ValidationErrorKind::MinLength { limit } => format!("It must have {limit} characters or more."),
        ValidationErrorKind::MaxLength { limit } => format!("It must have {limit} characters or fewer."),
        ValidationErrorKind::Minimum { limit } => format!("It must be {limit} or more."),
        ValidationErrorKind::Maximum { limit } => format!("It must be {limit} or less."),
        ValidationErrorKind::MinItems { limit } => format!("It must have {limit} items or more."),
        ValidationErrorKind::MaxItems { limit } => format!("It must have {limit} items or fewer."),
        ValidationErrorKind::UniqueItems => "Its items must differ from each other.".to_owned(),
        ValidationErrorKind::FalseSchema => "The schema allows nothing here.".to_owned(),
        _ => format!("{}.", shown(error.masked_with("This value").to_string().trim_end_matches('.'))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMA: &str = r#"{
      "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "required": ["sub"],
      "properties": {
        "sub": {"type": "string", "description": "Whom it is for"}, "plan": {"enum": ["free", "pro"]},
        "roles": {"type": "array", "items": {"type": "string", "minLength": 2}}
      },
      "additionalProperties": false
    }"#;

    #[track_caller]
    fn check(schema: &str, claims: &str, expected: &[(&str, &str)]) {
        let found = Schema::compile(schema).unwrap().violations(&serde_json::from_str(claims).unwrap());
        let found: Vec<(&str, &str)> = found.iter().map(|it| (it.pointer.as_str(), it.message.as_str())).collect();
        assert_eq!(found, expected, "{claims}");
    }

    #[test]
    fn violations_say_where_and_what() {
        check(SCHEMA, r#"{"sub": "u", "plan": "pro", "roles": ["ab"]}"#, &[]);
        check(SCHEMA, "{}", &[("", "The member \"sub\" is missing.")]);
        check(SCHEMA, r#"{"sub": "u", "x": 1}"#, &[("", "The schema does not know 'x'.")]);
        check(SCHEMA, r#"{"sub": "u", "plan": "no"}"#, &[("/plan", "It must be one of \"free\", \"pro\".")]);
        check(SCHEMA, r#"{"sub": "u", "roles": ["a"]}"#, &[("/roles/0", "It must have 2 characters or more.")]);
        check(SCHEMA, r#"{"sub": 1}"#, &[("/sub", "This value is not of type \"string\".")]);
        for draft in ["http://json-schema.org/draft-04/schema#", "http://json-schema.org/draft-07/schema#"] {
            check(
                &format!(r#"{{"$schema": "{draft}", "required": ["a"]}}"#),
                "{}",
                &[("", "The member \"a\" is missing.")],
            );
        }
    }

    #[test]
    fn a_schema_that_cannot_be_used_says_where() {
        #[track_caller]
        fn check(text: &str, code: &str, words: &str) {
            let problem = Schema::compile(text).unwrap_err();
            assert_eq!(problem.code, code, "{problem:?}");
            assert!(problem.message.contains(words) && !problem.help.is_empty(), "{problem:?}");
        }
        check("{", "json-syntax", "");
        check(r#"{"properties": {"exp": {"type": "instant"}}}"#, "schema", "$.properties.exp.type");
        check(r#"{"$ref": "https://example.com/claims.json"}"#, "schema-reference", "example.com");
        check(r#"{"$ref": "file:///etc/passwd"}"#, "schema-reference", "passwd");
        let deep = format!("{}1{}", "{\"not\":".repeat(300), "}".repeat(300));
        check(&deep, "schema", "nested");
    }

    #[test]
    fn a_schema_that_refers_to_itself_ends() {
        check(r##"{"type": "object", "additionalProperties": {"$ref": "#"}}"##, r#"{"a": {"b": {}}}"#, &[]);
        check(r##"{"$ref": "#"}"##, "{}", &[]);
        check(
            r##"{"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}"##,
            "{}",
            &[],
        );
    }

    #[test]
    fn schemas_are_told_from_claims_and_name_their_claims() {
        let is = |text: &str| is_schema(Json::parse(text).unwrap().root());
        assert!(is(SCHEMA) && is(r#"{"type": "object", "properties": {}}"#));
        assert!(!is(r#"{"type": "object"}"#) && !is(r#"{"properties": {}}"#) && !is(r#"{"sub": "u"}"#));
        let schema = Schema::compile(SCHEMA).unwrap();
        let named: Vec<_> = schema.properties().iter().map(|it| (it.name.as_str(), it.meaning.as_str())).collect();
        assert_eq!(named, [("sub", "Whom it is for"), ("plan", "such as \"free\", \"pro\""), ("roles", "array")]);
    }

    #[test]
    fn the_place_of_a_pointer_is_the_deepest_there_is() {
        let json = Json::parse(r#"{"a/b": [1, {"c": 2}]}"#).unwrap();
        let at = |pointer: &str| &json.text()[place(&json, pointer).range()];
        assert_eq!((at("/a~1b/1/c"), at("/a~1b/0"), at("/a~1b/1/x/y"), at("")), ("2", "1", r#"{"c": 2}"#, json.text()));
    }
}
