//! Reading a template into the values of [`super::model`].

use super::model::{Constant, Draft, Entry, KeySource, Number, Piece, Value};
use crate::jose::compact::Part;
use crate::jose::error::Problem;
use crate::jose::json::{self, Json, Kind, Serialization};
use crate::jose::jwa::{Algorithm, KeyKind};
use crate::jose::text::{Span, shown};
use crate::template::file::TemplateFile;
use crate::template::placeholder::Placeholder;
use crate::template::scan::{self, Occurrence};
use crate::template::variables::{Variable, Variables};

/// Deeper than this nobody wants to read the code, and some compilers refuse.
const MAX_DEPTH: usize = 64;

/// The variable a secret is read from when the template names none.
pub const SECRET_VARIABLE: &str = "JWT_SECRET";

/// The variable with the path of the PEM file.
pub const KEY_FILE_VARIABLE: &str = "JWT_KEY_FILE";

/// A template that cannot be read, and which of its texts the span of the problem is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// The header or the payload.
    pub part: Part,
    /// What is wrong.
    pub problem: Problem,
}

impl Draft {
    /// Reads a template.
    ///
    /// # Errors
    /// Texts that are no JSON objects, an algorithm that cannot sign, placeholders that are broken, variables declared
    /// as JSON that are not, and values nested deeper than 64 levels.
    pub fn read(template: &TemplateFile) -> Result<Self, Misread> {
        let in_header = |problem| Misread { part: Part::Header, problem };
        let in_claims = |problem| Misread { part: Part::Payload, problem };
        let header = Json::parse(&template.header).map_err(in_header)?;
        let claims = Json::parse(&template.claims).map_err(in_claims)?;
        let algorithm = algorithm(&header).map_err(in_header)?;
        let mut reader = Reader::new(template, &header);
        let mut members = reader.object(header.root()).map_err(in_header)?;
        members.retain(|entry| entry.plain_name() != Some("alg"));
        reader.turn_to(&claims);
        let claims = reader.object(claims.root()).map_err(in_claims)?;
        let key = match algorithm.key_kind() {
            KeyKind::Secret => KeySource::Secret {
                env: template.key.env.clone().unwrap_or_else(|| SECRET_VARIABLE.to_owned()),
                encoding: template.key.secret_encoding.unwrap_or_default(),
            },
            kind => KeySource::Pem(kind),
        };
        let Reader { constants, mut losses, .. } = reader;
        if template.serialization == Serialization::AsTyped {
            losses.push("White space between the claims is left to the library; the claims are the same.".to_owned());
        }
        let title = shown(&template.name).replace('\\', "/");
        Ok(Self { title, algorithm, header: members, claims, constants, key, losses })
    }
}

fn algorithm(header: &Json) -> Result<Algorithm, Problem> {
    let root = header.root();
    let alg = root.get("alg").ok_or_else(|| {
        Problem::new("alg-missing", "The header names no algorithm: alg is missing")
            .help("Choose an algorithm.")
            .at(root.span())
    })?;
    let name = alg.as_str().ok_or_else(|| {
        Problem::new("alg-not-text", "alg must be a text such as \"HS256\"").help("Choose an algorithm.").at(alg.span())
    })?;
    Algorithm::from_name(&name).map_err(|problem| problem.at(alg.span()))
}

/// What stands in the texts besides plain characters, and what was found on the way.
struct Reader<'t> {
    variables: &'t Variables,
    serialization: Serialization,
    pieces: Vec<scan::Piece>,
    constants: Vec<Constant>,
    losses: Vec<String>,
}

impl<'t> Reader<'t> {
    fn new(template: &'t TemplateFile, json: &Json) -> Self {
        Self {
            variables: &template.variables,
            serialization: template.serialization,
            pieces: scan::pieces(json.text()),
            constants: Vec::new(),
            losses: Vec::new(),
        }
    }

    fn turn_to(&mut self, json: &Json) {
        self.pieces = scan::pieces(json.text());
    }

    fn object(&mut self, root: json::Value<'_>) -> Result<Vec<Entry>, Problem> {
        match self.value(root, 0)? {
            Value::Object(entries) => Ok(entries),
            _ => Err(Problem::new("not-an-object", format!("This is {}; code needs an object", root.kind().label()))
                .help("Write it as {\"name\": value}.")
                .at(root.span())),
        }
    }

    fn value(&mut self, value: json::Value<'_>, depth: usize) -> Result<Value, Problem> {
        if depth > MAX_DEPTH {
            let message = format!("Values nested deeper than {MAX_DEPTH} levels are not written as code");
            return Err(Problem::new("snippet-depth", message).help("Make the claims flatter.").at(value.span()));
        }
        Ok(match value.kind() {
            Kind::Null => Value::Null,
            Kind::Bool => Value::Bool(value.as_bool().unwrap_or_default()),
            Kind::Number => Value::Number(Number(value.raw().to_owned())),
            Kind::String => self.text(value)?,
            Kind::Array => {
                Value::Array(value.items().map(|item| self.value(item, depth + 1)).collect::<Result<_, _>>()?)
            }
            Kind::Object => Value::Object(self.members(value, depth)?),
        })
    }

    fn members(&mut self, object: json::Value<'_>, depth: usize) -> Result<Vec<Entry>, Problem> {
        let mut entries: Vec<Entry> = Vec::with_capacity(object.len());
        for member in object.members() {
            let name = self.pieces_of(member.raw_name(), member.name_span)?;
            let value = self.value(member.value, depth + 1)?;
            match entries.iter_mut().find(|entry| entry.name == name) {
                // As every parser of the token would.
                Some(entry) => {
                    entry.value = value;
                    let name = shown(&member.name());
                    self.losses.push(format!("'{name}' is there twice; code keeps the last, as most receivers do."));
                }
                None => entries.push(Entry { name, value }),
            }
        }
        if self.serialization == Serialization::Sorted {
            let key = |entry: &Entry| entry.plain_name().map(|name| name.encode_utf16().collect::<Vec<_>>());
            entries.sort_by_key(key);
        }
        Ok(entries)
    }

    fn text(&mut self, value: json::Value<'_>) -> Result<Value, Problem> {
        let whole = self.pieces.iter().find_map(|piece| match piece {
            scan::Piece::Placeholder(occurrence) if occurrence.whole == Some(value.span()) => Some(occurrence.clone()),
            _ => None,
        });
        let Some(Occurrence { placeholder, span, .. }) = whole else {
            return Ok(Value::Text(self.pieces_of(value.raw(), value.span())?));
        };
        Ok(match placeholder? {
            Placeholder::Now { offset } => Value::Now { offset },
            Placeholder::Counter { start } => Value::Counter { start },
            Placeholder::Uuid => Value::Text(vec![Piece::Uuid]),
            Placeholder::Random { bytes } => Value::Text(vec![Piece::Random { bytes }]),
            Placeholder::Variable(name) => Value::Constant(self.constant(&name).map_err(|problem| problem.at(span))?),
        })
    }

    /// The pieces of a string literal, quotes included, that stands at `span`.
    fn pieces_of(&mut self, literal: &str, span: Span) -> Result<Vec<Piece>, Problem> {
        let within = |other: &Span| other.start > span.start && other.end < span.end;
        let found: Vec<(Span, Option<Occurrence>)> = self
            .pieces
            .iter()
            .filter_map(|piece| match piece {
                scan::Piece::Braces(at) => within(at).then_some((*at, None)),
                scan::Piece::Placeholder(found) => within(&found.span).then(|| (found.span, Some(found.clone()))),
            })
            .collect();
        let mut pieces = Pieces::default();
        let mut from = 1;
        for (at, occurrence) in found {
            pieces.push_literal(literal.get(from..at.start - span.start).unwrap_or_default());
            match occurrence {
                None => pieces.push("{{"),
                Some(occurrence) => self.fill(occurrence, &mut pieces)?,
            }
            from = at.end - span.start;
        }
        pieces.push_literal(literal.get(from..literal.len() - 1).unwrap_or_default());
        Ok(pieces.0)
    }

    fn fill(&mut self, occurrence: Occurrence, pieces: &mut Pieces) -> Result<(), Problem> {
        let piece = match occurrence.placeholder? {
            Placeholder::Now { offset } => Piece::Now { offset },
            Placeholder::Counter { start } => Piece::Counter { start },
            Placeholder::Uuid => Piece::Uuid,
            Placeholder::Random { bytes } => Piece::Random { bytes },
            Placeholder::Variable(name) => match self.variables.get(&name) {
                // Its JSON text is what goes in, which no language would write by itself.
                Some(Variable { text, json: true, .. }) => {
                    let json = Json::parse(text).map_err(|problem| not_json(&name, &problem).at(occurrence.span))?;
                    let mut written = String::new();
                    json::write(json.root(), self.serialization, &mut written);
                    pieces.push(&json.root().as_str().map_or(written, std::borrow::Cow::into_owned));
                    return Ok(());
                }
                _ => Piece::Constant(self.constant(&name).map_err(|problem| problem.at(occurrence.span))?),
            },
        };
        pieces.0.push(piece);
        Ok(())
    }

    /// The place of the constant for a variable.
    fn constant(&mut self, name: &str) -> Result<usize, Problem> {
        if let Some(known) = self.constants.iter().position(|constant| constant.name == name) {
            return Ok(known);
        }
        let (value, declared) = match self.variables.get(name) {
            None => (Value::Text(vec![Piece::Plain(format!("{{{{{name}}}}}"))]), false),
            Some(Variable { text, json: false, .. }) => (Value::Text(Pieces::plain(text)), true),
            Some(Variable { text, json: true, .. }) => {
                let json = Json::parse(text).map_err(|problem| not_json(name, &problem))?;
                // What a variable stands for is not looked through for placeholders.
                let around = std::mem::take(&mut self.pieces);
                let value = self.value(json.root(), 0);
                self.pieces = around;
                (value.map_err(|problem| Problem { span: None, ..problem })?, true)
            }
        };
        self.constants.push(Constant { name: name.to_owned(), value, declared });
        Ok(self.constants.len() - 1)
    }
}

fn not_json(name: &str, problem: &Problem) -> Problem {
    Problem::new("variable", format!("'{}' is declared as JSON and is not JSON: {}", shown(name), problem.message))
        .help("Write the value as JSON: text needs double quotes around it.")
}

/// Pieces, with characters that follow one another in one.
#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn plain(text: &str) -> Vec<Piece> {
        let mut pieces = Self::default();
        pieces.push(text);
        pieces.0
    }

    fn push(&mut self, text: &str) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Plain(before)) => before.push_str(text),
            _ => self.0.push(Piece::Plain(text.to_owned())),
        }
    }

    /// Adds what stands within the quotes of a JSON string.
    fn push_literal(&mut self, body: &str) {
        if body.contains('\\') {
            let json = Json::parse(&format!("\"{body}\""));
            self.push(
                &json.ok().and_then(|json| json.root().as_str().map(std::borrow::Cow::into_owned)).unwrap_or_default(),
            );
        } else {
            self.push(body);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(header: &str, claims: &str) -> Result<Draft, Misread> {
        let mut template = TemplateFile::new("", header, claims);
        template.variables = Variables::from_json(
            Json::parse(r#"{"tenant": "a\"{{now}}", "quota": 1.50, "roles": ["a", 1]}"#).unwrap().root(),
        );
        Draft::read(&template)
    }

    fn claim(json: &str) -> Value {
        read(r#"{"alg":"HS256"}"#, &format!(r#"{{"x": {json}}}"#)).unwrap().claims.remove(0).value
    }

    fn plain(text: &str) -> Piece {
        Piece::Plain(text.to_owned())
    }

    #[test]
    fn placeholders_keep_their_meaning() {
        assert_eq!(claim(r#""{{now-2m}}""#), Value::Now { offset: -120 });
        assert_eq!(claim(r#""{{counter:7}}""#), Value::Counter { start: 7 });
        assert_eq!(claim(r#""{{uuid}}""#), Value::Text(vec![Piece::Uuid]));
        assert_eq!(
            claim(r#""\u00e9\"{{now}}{{{{x}}{{random:3}}""#),
            Value::Text(vec![plain("é\""), Piece::Now { offset: 0 }, plain("{{x}}"), Piece::Random { bytes: 3 }])
        );
        assert_eq!(claim(r#""\u007b{now}}""#), Value::Text(vec![plain("{{now}}")]));
        assert_eq!(claim(r#""n={{quota}}""#), Value::Text(vec![plain("n=1.50")]));
        assert_eq!(claim(r#""r={{roles}}""#), Value::Text(vec![plain("r=[\"a\",1]")]));
        assert_eq!(claim(r#""""#), Value::Text(vec![]));
    }

    #[test]
    fn variables_become_constants_and_unknown_ones_too() {
        let draft =
            read(r#"{"alg":"HS256"}"#, r#"{"a": "{{tenant}}", "b": "x{{tenant}}", "c": "{{who}}", "d": "{{roles}}"}"#);
        let draft = draft.unwrap();
        let constant = |name: &str, value, declared| Constant { name: name.to_owned(), value, declared };
        let roles = Value::Array(vec![Value::Text(vec![plain("a")]), Value::Number(Number("1".to_owned()))]);
        assert_eq!(
            draft.constants,
            [
                constant("tenant", Value::Text(vec![plain("a\"{{now}}")]), true),
                constant("who", Value::Text(vec![plain("{{who}}")]), false),
                constant("roles", roles, true),
            ]
        );
        assert_eq!(draft.claims[1].value, Value::Text(vec![plain("x"), Piece::Constant(0)]));
    }

    #[test]
    fn of_names_that_come_twice_the_last_counts_and_it_is_said() {
        let draft = read(r#"{"alg":"HS256"}"#, r#"{"n": 1, "m": 2, "\u006e": 3}"#).unwrap();
        let names: Vec<_> = draft.claims.iter().map(|entry| entry.plain_name().unwrap()).collect();
        assert_eq!(names, ["n", "m"]);
        assert_eq!(draft.claims[0].value, Value::Number(Number("3".to_owned())));
        assert!(draft.losses[0].contains("'n'"));
    }

    #[test]
    fn what_cannot_be_read_is_shown_in_its_text() {
        #[track_caller]
        fn check(header: &str, claims: &str, part: Part, place: &str) {
            let misread = read(header, claims).unwrap_err();
            assert_eq!(misread.part, part);
            let text = if part == Part::Header { header } else { claims };
            assert_eq!(&text[misread.problem.span.unwrap().range()], place);
            assert!(!misread.problem.help.is_empty());
        }
        check(r#"{"alg":"none"}"#, "{}", Part::Header, "\"none\"");
        check(r#"{"typ":"JWT"}"#, "{}", Part::Header, r#"{"typ":"JWT"}"#);
        check(r#"{"alg":"HS256","kid":"{{now+5x}}"}"#, "{}", Part::Header, "{{now+5x}}");
        check(r#"{"alg":"HS256"}"#, r#"{"a":"{{"}"#, Part::Payload, "{{");
        check(r#"{"alg":"HS256"}"#, "[1]", Part::Payload, "[1]");
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(70), "]".repeat(70));
        assert_eq!(read(r#"{"alg":"HS256"}"#, &deep).unwrap_err().problem.code, "snippet-depth");
    }
}
