//! The template file, `NAME.jwt.json`: a header and claims text with placeholders, and what belongs to them.
//!
//! The file is a JSON object of its own [`FORMAT`] and [`VERSION`]. Header and claims stand in it byte for byte as
//! they were typed; only white space around them is not kept. Members this program does not know survive a save. There
//! is no place for key material.

use serde::de::IntoDeserializer as _;
use serde::de::value::Error as Unknown;
use serde::{Deserialize, Serialize};

use super::variables::Variables;
use crate::jose::error::Problem;
use crate::jose::json::{Json, Kind, Serialization, Value};
use crate::jose::secret::SecretEncoding;
use crate::jose::text::{Span, shown};

/// The value of the member `format`.
pub const FORMAT: &str = "jwt-workbench.template";

/// The value of the member `version` that is read and written.
pub const VERSION: i64 = 1;

/// The most bytes a file may have.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The most variables a template may have.
pub const MAX_VARIABLES: usize = 1_000;

/// The members of the file in the order they are written.
pub(super) const MEMBERS: [&str; 11] = [
    "format",
    "version",
    "name",
    "description",
    "serialization",
    "variables",
    "variable_descriptions",
    "header",
    "claims",
    "claims_schema",
    "key",
];

pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';

/// A template: the content of a file, and the text it was read from.
///
/// Two are equal when their content is. In other files it is written member by member, its texts as strings.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TemplateFile {
    /// The title; may be empty.
    pub name: String,
    /// What it is for; may be empty.
    pub description: String,
    /// How the bytes to sign come from the texts.
    pub serialization: Serialization,
    /// The variables the texts use.
    pub variables: Variables,
    /// The text of the header, a JSON object.
    pub header: String,
    /// The text of the claims, usually a JSON object.
    pub claims: String,
    /// The text of the JSON Schema that the claims are held against.
    pub claims_schema: Option<String>,
    /// Where to find the key.
    pub key: KeyHints,
    pub(super) original: Option<String>,
}

/// What a template knows about its key: hints, never key material.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyHints {
    /// How the text of the secret is turned into bytes.
    pub secret_encoding: Option<SecretEncoding>,
    /// The environment variable that holds the secret.
    pub env: Option<String>,
}

impl PartialEq for TemplateFile {
    fn eq(&self, other: &Self) -> bool {
        let Self { name, description, serialization, variables, header, claims, claims_schema, key, original: _ } =
            self;
        *name == other.name
            && *description == other.description
            && *serialization == other.serialization
            && *variables == other.variables
            && *header == other.header
            && *claims == other.claims
            && *claims_schema == other.claims_schema
            && *key == other.key
    }
}

impl TemplateFile {
    /// A template that has no file yet.
    pub fn new(name: impl Into<String>, header: impl Into<String>, claims: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            description: String::new(),
            serialization: Serialization::default(),
            variables: Variables::default(),
            header: header.into(),
            claims: claims.into(),
            claims_schema: None,
            key: KeyHints::default(),
            original: None,
        }
    }

    /// Every text of it that somebody typed, or that it was read from.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let Self { name, description, variables, header, claims, original, .. } = self;
        let values = variables.iter().map(|(_, variable)| variable.text.as_str());
        [name, description, header, claims].into_iter().chain(original).map(String::as_str).chain(values)
    }

    /// Reads a file. A byte order mark at its start is kept.
    ///
    /// # Errors
    /// A text that is too large, no JSON, of another format or a later version, or whose members are missing, doubled
    /// or of the wrong kind. The span is in `text`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        if text.len() > MAX_BYTES {
            return Err(too_large(text.len() as u64));
        }
        let body = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        let shift = text.len() - body.len();
        let read = Json::parse(body)
            .and_then(|json| Self::read(json.root()))
            .map_err(|problem| Problem { span: problem.span.map(|span| span.moved(shift)), ..problem })?;
        Ok(Self { original: Some(text.to_owned()), ..read })
    }

    fn read(root: Value<'_>) -> Result<Self, Problem> {
        if root.kind() != Kind::Object {
            return Err(problem(format!("A template is a JSON object, and this is {}", root.kind().label()))
                .help("Open a file that was saved as a template.")
                .at(root.span()));
        }
        check_version(root)?;
        check_duplicates(root)?;
        let mut template = Self::new(
            string(root, "name")?.unwrap_or_default(),
            required(root, "header", Some(Kind::Object))?.raw(),
            required(root, "claims", None)?.raw(),
        );
        template.description = string(root, "description")?.unwrap_or_default();
        template.serialization = one_of(root, "serialization", "compact, as-typed or sorted")?.unwrap_or_default();
        if let Some(variables) = member(root, "variables", Kind::Object)? {
            if variables.len() > MAX_VARIABLES {
                return Err(problem(format!(
                    "A template has at most {MAX_VARIABLES} variables; this one has {}",
                    variables.len()
                ))
                .help("Move the values into a CSV file: its columns are variables too.")
                .at(variables.span()));
            }
            template.variables = Variables::from_json(variables);
        }
        read_descriptions(root, &mut template.variables)?;
        template.claims_schema = member(root, "claims_schema", Kind::Object)?.map(|schema| schema.raw().to_owned());
        if let Some(key) = member(root, "key", Kind::Object)? {
            template.key.secret_encoding = one_of(key, "secret_encoding", "utf8, base64, base64url or hex")?;
            template.key.env = string(key, "env")?;
        }
        Ok(template)
    }
}

/// The problem of a file of so many bytes.
pub fn too_large(bytes: u64) -> Problem {
    let limit = MAX_BYTES / 1024 / 1024;
    let size = bytes.div_ceil(1024 * 1024);
    Problem::new("file-too-large", format!("The file has {size} MiB; files of up to {limit} MiB can be opened"))
        .help("Check that this is the right file: headers and cookies hold a few kilobytes.")
}

fn problem(message: impl Into<String>) -> Problem {
    Problem::new("template", message)
}

/// Reads what the variables are for. What is said of others is kept in the file, and means nothing.
fn read_descriptions(root: Value<'_>, variables: &mut Variables) -> Result<(), Problem> {
    let Some(descriptions) = member(root, "variable_descriptions", Kind::Object)? else { return Ok(()) };
    for member in descriptions.members() {
        let name = member.name();
        let description = member.value.as_str().ok_or_else(|| {
            let kind = member.value.kind().label();
            problem(format!("The description of the variable '{}' is {kind}", shown(&name)))
                .help("Write it as text, in double quotes.")
                .at(member.value.span())
        })?;
        if let Some(variable) = variables.get_mut(&name) {
            variable.description = description.into_owned();
        }
    }
    Ok(())
}

fn check_version(root: Value<'_>) -> Result<(), Problem> {
    let format = required(root, "format", Some(Kind::String))?;
    if format.as_str().is_none_or(|format| format != FORMAT) {
        return Err(problem("This file says that it is something other than a template of this program")
            .help(format!("Open a file whose format is \"{FORMAT}\"."))
            .at(format.span()));
    }
    let version = required(root, "version", Some(Kind::Number))?;
    if version.as_i64() == Some(VERSION) {
        return Ok(());
    }
    let refusal = if version.as_f64().is_none_or(|number| number >= 2.0) {
        let message = format!("This file is version {}; this program reads version {VERSION}", shown(version.raw()));
        Problem::new("template-version", message).help("Update the program.")
    } else {
        Problem::new("template-version", format!("There is no version {} of this format", shown(version.raw())))
            .help(format!("Write {VERSION} for the version."))
    };
    Err(refusal.at(version.span()))
}

fn check_duplicates(root: Value<'_>) -> Result<(), Problem> {
    let mut seen = [false; MEMBERS.len()];
    for member in root.members() {
        let name = member.name();
        for (known, seen) in MEMBERS.iter().zip(&mut seen) {
            if *known == name && std::mem::replace(seen, true) {
                return Err(problem(format!("The member '{name}' appears twice"))
                    .help("Remove one of the two.")
                    .at(member.span()));
            }
        }
    }
    Ok(())
}

pub(super) fn member<'j>(object: Value<'j>, name: &str, kind: Kind) -> Result<Option<Value<'j>>, Problem> {
    match object.get(name) {
        Some(value) if value.kind() != kind => Err(problem(format!("The member '{name}' is {}", value.kind().label()))
            .help(format!("Make it {}.", kind.label()))
            .at(value.span())),
        value => Ok(value),
    }
}

fn required<'j>(object: Value<'j>, name: &str, kind: Option<Kind>) -> Result<Value<'j>, Problem> {
    let value = match kind {
        Some(kind) => member(object, name, kind)?,
        None => object.get(name),
    };
    value.ok_or_else(|| {
        let Span { start, .. } = object.span();
        problem(format!("The template has no member '{name}'")).help("Add it.").at(Span::new(start, start + 1))
    })
}

fn string(object: Value<'_>, name: &str) -> Result<Option<String>, Problem> {
    let value = member(object, name, Kind::String)?;
    Ok(value.and_then(Value::as_str).map(std::borrow::Cow::into_owned))
}

pub(super) fn one_of<T: for<'d> Deserialize<'d>>(
    object: Value<'_>,
    name: &str,
    choices: &str,
) -> Result<Option<T>, Problem> {
    let Some(value) = member(object, name, Kind::String)? else { return Ok(None) };
    let text = value.as_str().unwrap_or_default();
    let read: Result<T, Unknown> = T::deserialize(text.as_ref().into_deserializer());
    read.ok().map(Some).ok_or_else(|| {
        problem(format!("'{}' is not a value of the member '{name}'", shown(&text)))
            .help(format!("Write {choices}."))
            .at(value.span())
    })
}

/// The JSON text of a value that has a name, such as `"as-typed"`.
pub(super) fn named(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{
  "format": "jwt-workbench.template",
  "version": 1,
  "name": "Access token",
  "description": "What our gateway expects",
  "serialization": "as-typed",
  "variables": { "tenant": "acme", "quota": 5 },
  "header": { "alg": "HS256",  "typ": "JWT" },
  "claims": { "sub": "user-42", "n": 1.0, "n": 18446744073709551616, "exp": "{{now+30m}}" },
  "key": { "secret_encoding": "base64url", "env": "JWT_SECRET" }
}"#;

    #[test]
    fn a_file_is_read_with_its_texts_as_typed() {
        let template = TemplateFile::parse(FILE).unwrap();
        assert_eq!(template.name, "Access token");
        assert_eq!(template.description, "What our gateway expects");
        assert_eq!(template.serialization, Serialization::AsTyped);
        assert_eq!(template.variables.to_json(), r#"{ "tenant": "acme", "quota": 5 }"#);
        assert_eq!(template.header, r#"{ "alg": "HS256",  "typ": "JWT" }"#);
        assert_eq!(
            template.claims,
            r#"{ "sub": "user-42", "n": 1.0, "n": 18446744073709551616, "exp": "{{now+30m}}" }"#
        );
        assert_eq!(template.key.secret_encoding, Some(SecretEncoding::Base64url));
        assert_eq!(template.key.env.as_deref(), Some("JWT_SECRET"));
    }

    #[test]
    fn only_format_version_header_and_claims_are_required() {
        let text = r#"{"format": "jwt-workbench.template", "version": 1, "header": {}, "claims": "text"}"#;
        assert_eq!(TemplateFile::parse(text), Ok(TemplateFile::new("", "{}", "\"text\"")));
    }

    #[test]
    fn what_is_no_template_is_refused_with_place_and_next_step() {
        #[track_caller]
        fn check(old: &str, new: &str, place: &str, message: &str, help: &str) {
            assert!(FILE.contains(old), "{old}");
            for mark in ["", "\u{feff}"] {
                let text = format!("{mark}{}", FILE.replacen(old, new, 1));
                let problem = TemplateFile::parse(&text).unwrap_err();
                assert_eq!(&text[problem.span.unwrap().range()], place, "{}", problem.message);
                assert!(problem.message.contains(message), "{}", problem.message);
                assert!(problem.help.contains(help), "{}", problem.help);
            }
        }
        let update = "Update the program.";
        check("\"version\": 1", "\"version\": 2", "2", "This file is version 2; this program reads version 1", update);
        check("\"version\": 1", "\"version\": 99999999999999999999", "99999999999999999999", "is version 9999", update);
        check("\"version\": 1", "\"version\": 0", "0", "no version 0", "Write 1");
        check("\"version\": 1", "\"version\": 1.5", "1.5", "no version 1.5", "Write 1");
        check("\"version\": 1", "\"version\": \"1\"", "\"1\"", "'version' is a string", "a number");
        check("\"version\": 1,", "", "{", "no member 'version'", "Add it");
        check("workbench.template", "workbench.keys", "\"jwt-workbench.keys\"", "something other", FORMAT);
        check("\"format\"", "\"fromat\"", "{", "no member 'format'", "Add it");
        check("\"Access token\"", "7", "7", "'name' is a number", "a string");
        check("\"as-typed\"", "\"pretty\"", "\"pretty\"", "'pretty'", "compact, as-typed or sorted");
        check("\"base64url\"", "\"base32\"", "\"base32\"", "'base32'", "base64url or hex");
        check("\"header\": {", "\"header\": [], \"x\": {", "[]", "'header' is an array", "an object");
        check("\"claims\"", "\"claim\"", "{", "no member 'claims'", "Add it");
        check("\"tenant\"", "tenant", "tenant", "", "");
        check("\"key\": {", "\"name\": \"\", \"key\": {", "\"name\": \"\"", "'name' appears twice", "Remove one");
    }

    #[test]
    fn sizes_are_limited() {
        let problem = TemplateFile::parse(&" ".repeat(MAX_BYTES + 1)).unwrap_err();
        assert_eq!((problem.code, problem.message.contains("17 MiB")), ("file-too-large", true));
        let variables: Vec<_> = (0..=MAX_VARIABLES).map(|number| format!("\"{number}\": 0")).collect();
        let text = FILE.replace(r#"{ "tenant": "acme", "quota": 5 }"#, &format!("{{{}}}", variables.join(",")));
        assert!(TemplateFile::parse(&text).unwrap_err().message.contains("1001"));
        assert!(TemplateFile::parse("[]").unwrap_err().message.contains("an array"));
    }
}
