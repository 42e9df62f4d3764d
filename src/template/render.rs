//! Filling placeholders in: a JSON text is compiled once and rendered for each token.

use super::cells::Cells;
use super::placeholder::Placeholder;
use super::scan::{Piece, pieces};
use super::scope::{Form, Meaning, Scope, Value, constant};
use super::variables::Variables;
use crate::jose::base64url;
use crate::jose::error::Problem;
use crate::jose::json::{self, Json, Serialization};
use crate::jose::text::Span;

/// The last second of the year 9999, the largest NumericDate a placeholder gives.
pub const MAX_NUMERIC_DATE: i64 = 253_402_300_799;

/// What a rendering needs to know about the token it is for.
pub struct Context<'a> {
    /// The time of the token, in seconds since 1970-01-01 UTC; every `{{now}}` sees the same.
    pub now: i64,
    /// How many tokens of the run came before this one.
    pub counter: u64,
    /// Fills a buffer with random bytes.
    pub random: &'a mut dyn FnMut(&mut [u8]),
}

/// A JSON text ready to be rendered: constant text with slots in it.
///
/// A string that is exactly one placeholder becomes its typed value; anywhere else in a string, or in a name, the
/// value is put in as text, escaped for JSON. Variables are constant text already; what they stand for is not looked
/// through for placeholders again.
#[derive(Clone, Debug)]
pub struct Rendering {
    text: String,
    slots: Vec<Slot>,
    serialization: Serialization,
}

/// A value that goes in before the byte `at` of the text.
#[derive(Clone, Debug)]
struct Slot {
    at: usize,
    value: Value,
    /// Where the placeholder stands in the text that was compiled.
    span: Span,
}

impl Rendering {
    /// Compiles a header or claims text for the chosen serialization.
    ///
    /// # Errors
    /// The first problems found, each with its place in `json.text()`: placeholders that are broken or unknown, variables
    /// declared as JSON that are not, and, with [`Serialization::Sorted`], placeholders in member names.
    pub fn compile(json: &Json, serialization: Serialization, variables: &Variables) -> Result<Self, Vec<Problem>> {
        Self::compile_rows(json, serialization, variables, &[])
    }

    /// The same for a run over rows: a name among `columns` is filled from the row of each token, in the type of the
    /// variable of the same name, if there is one.
    ///
    /// # Errors
    /// As for [`Self::compile`].
    pub fn compile_rows(
        json: &Json,
        serialization: Serialization,
        variables: &Variables,
        columns: &[String],
    ) -> Result<Self, Vec<Problem>> {
        let meanings = Scope { serialization, variables, columns }.meanings(json)?;
        let mut written = String::with_capacity(json.text().len());
        json::write(json.root(), serialization, &mut written);
        let mut rendering = Self { text: String::with_capacity(written.len()), slots: Vec::new(), serialization };
        let mut from = 0;
        for piece in pieces(&written) {
            let (gone, meaning) = match piece {
                Piece::Braces(span) => (span, None),
                Piece::Placeholder(occurrence) => {
                    let Some(meaning) = meanings.get(&occurrence.key(&written)) else { continue };
                    (meaning.replaces(&occurrence), Some(meaning))
                }
            };
            rendering.text.push_str(written.get(from..gone.start).unwrap_or_default());
            match meaning {
                None => rendering.text.push_str("{{"),
                Some(meaning) => rendering.push(meaning),
            }
            from = gone.end;
        }
        rendering.text.push_str(written.get(from..).unwrap_or_default());
        Ok(rendering)
    }

    fn push(&mut self, meaning: &Meaning) {
        match &meaning.value {
            Value::Constant(text) => self.text.push_str(text),
            value => self.slots.push(Slot { at: self.text.len(), value: value.clone(), span: meaning.span }),
        }
    }

    /// Whether every token gets the same text.
    pub fn is_constant(&self) -> bool {
        self.slots.is_empty()
    }

    /// Appends the text for one token to `out`.
    ///
    /// # Errors
    /// A time before 1970 or after 9999, or a counter that ran over; the span is in the text that was compiled. `out`
    /// is then as it was before.
    pub fn render(&self, context: &mut Context<'_>, out: &mut Vec<u8>) -> Result<(), Problem> {
        self.render_row(context, &Cells::default(), out)
    }

    /// The same for one row, its values in the order of the columns this was compiled with.
    ///
    /// # Errors
    /// As for [`Self::render`], and a row that is too short or whose value for a variable declared as JSON is not JSON.
    pub fn render_row(&self, context: &mut Context<'_>, row: &Cells, out: &mut Vec<u8>) -> Result<(), Problem> {
        let before = out.len();
        out.reserve(self.text.len() + 40 * self.slots.len());
        let text = self.text.as_bytes();
        let mut from = 0;
        for slot in &self.slots {
            out.extend_from_slice(text.get(from..slot.at).unwrap_or_default());
            if let Err(problem) = self.put(&slot.value, context, row, out) {
                out.truncate(before);
                return Err(problem.at(slot.span));
            }
            from = slot.at;
        }
        out.extend_from_slice(text.get(from..).unwrap_or_default());
        Ok(())
    }

    fn put(&self, value: &Value, context: &mut Context<'_>, row: &Cells, out: &mut Vec<u8>) -> Result<(), Problem> {
        match value {
            Value::Constant(text) => out.extend_from_slice(text.as_bytes()),
            Value::Now { offset } => number(out, numeric_date(context.now, *offset)?),
            Value::Counter { start } => number(out, count(*start, context.counter)?),
            Value::Uuid => uuid(context, out),
            Value::Random { bytes } => random(*bytes, context, out),
            Value::Column { index, name, form } => {
                let text = row.get(*index).ok_or_else(|| short_row(name, row.len()))?;
                if *form == Form::Text && is_plain(text) {
                    out.extend_from_slice(text.as_bytes());
                } else {
                    out.extend_from_slice(constant(name, text, *form, self.serialization)?.as_bytes());
                }
            }
        }
        Ok(())
    }
}

/// Whether a text stands in a JSON string as it is.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\')
}

/// The first problem of a text that does not compile, for where one is told.
pub fn first(problems: Vec<Problem>) -> Problem {
    problems.into_iter().next().unwrap_or_else(|| Problem::new("placeholder", "A placeholder cannot be filled in"))
}

fn short_row(name: &str, values: usize) -> Problem {
    Problem::new("row", format!("The row has no value for '{name}'; it ends after {values}"))
        .help("Give every row as many values as there are columns.")
}

fn number(out: &mut Vec<u8>, number: impl itoa::Integer) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

fn numeric_date(now: i64, offset: i64) -> Result<i64, Problem> {
    now.checked_add(offset).filter(|seconds| (0..=MAX_NUMERIC_DATE).contains(seconds)).ok_or_else(|| {
        let placeholder = Placeholder::Now { offset };
        Problem::new("placeholder-range", format!("{placeholder} is not between the years 1970 and 9999"))
            .help("Write a shorter duration, such as {{now+30m}}.")
    })
}

fn count(start: u64, counter: u64) -> Result<u64, Problem> {
    start.checked_add(counter).ok_or_else(|| {
        let placeholder = Placeholder::Counter { start };
        Problem::new("placeholder-range", format!("{placeholder} runs over {} in this run", u64::MAX))
            .help("Start from a smaller number, such as {{counter:1000}}.")
    })
}

fn uuid(context: &mut Context<'_>, out: &mut Vec<u8>) {
    let mut bytes = [0; 16];
    (context.random)(&mut bytes);
    let mut text = uuid::Uuid::encode_buffer();
    let uuid = uuid::Builder::from_random_bytes(bytes).into_uuid();
    out.extend_from_slice(uuid.hyphenated().encode_lower(&mut text).as_bytes());
}

fn random(count: usize, context: &mut Context<'_>, out: &mut Vec<u8>) {
    // Pieces that are a multiple of three bytes long become a text that has no seams.
    let mut piece = [0; 48];
    let mut left = count;
    while let Some(bytes) = piece.get_mut(..left.min(48)).filter(|bytes| !bytes.is_empty()) {
        (context.random)(bytes);
        base64url::append(bytes, out);
        left -= bytes.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_285_752;

    fn compiled(text: &str, serialization: Serialization, variables: &str) -> Result<Rendering, Vec<Problem>> {
        let variables = Json::parse(variables).unwrap();
        Rendering::compile(&Json::parse(text).unwrap(), serialization, &Variables::from_json(variables.root()))
    }

    fn rendered(rendering: &Rendering, now: i64, counter: u64, row: &[&str]) -> Result<String, Problem> {
        let mut next = 0;
        let mut random = |bytes: &mut [u8]| {
            for byte in bytes {
                *byte = next;
                next += 1;
            }
        };
        let mut out = b"before ".to_vec();
        let outcome =
            rendering.render_row(&mut Context { now, counter, random: &mut random }, &row.iter().collect(), &mut out);
        let text = String::from_utf8(out).unwrap().strip_prefix("before ").unwrap().to_owned();
        match outcome {
            Ok(()) => Ok(text),
            Err(problem) => {
                assert_eq!(text, "", "nothing is left behind");
                Err(problem)
            }
        }
    }

    #[test]
    fn placeholders_become_values() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            let variables = r#"{"tenant": "a\"c\\me", "quota": 1.50, "roles": [ "a", "b" ], "on": true, "word": "w"}"#;
            let rendering = compiled(text, Serialization::Compact, variables).unwrap();
            assert_eq!(rendered(&rendering, NOW, 7, &[]).unwrap(), expected, "{text}");
        }
        check(r#"{"iat": "{{now}}", "exp": "{{ now+30m }}"}"#, r#"{"iat":1795285752,"exp":1795287552}"#);
        check(r#""{{now-1h30m}}""#, "1795280352");
        check(r#""at {{now}}""#, r#""at 1795285752""#);
        check(r#"{"{{now}}": "{{word}}"}"#, r#"{"1795285752":"w"}"#);
        check(r#""{{uuid}}""#, r#""00010203-0405-4607-8809-0a0b0c0d0e0f""#);
        check(r#""{{random:3}}{{random:1}}""#, r#""AAECAw""#);
        check(r#"["{{counter}}", "{{counter:1000}}", "n{{counter:0}}"]"#, r#"[8,1007,"n7"]"#);
        check(r#"["{{tenant}}", "x{{tenant}}"]"#, r#"["a\"c\\me","xa\"c\\me"]"#);
        check(r#"["{{quota}}", "x{{quota}}", "{{on}}"]"#, r#"[1.50,"x1.50",true]"#);
        check(r#"["{{roles}}", "x{{roles}}"]"#, r#"[["a","b"],"x[\"a\",\"b\"]"]"#);
        check(r#""{{{{now}} }} \u007b{now}} {{word}}}""#, r#""{{now}} }} \u007b{now}} w}""#);
        check(r#"{ "a" : 1.0, "a" : 1e5 , "b": "\u00e9" }"#, r#"{"a":1.0,"a":1e5,"b":"\u00e9"}"#);
    }

    #[test]
    fn each_serialization_holds_around_the_values() {
        #[track_caller]
        fn check(serialization: Serialization, expected: &str) {
            let text = r#"{ "b": "{{now}}", "{{{{a": "{{v}}" }"#;
            let rendering = compiled(text, serialization, r#"{"v": { "y": 1, "x": "{{now}}" }}"#).unwrap();
            assert_eq!(rendered(&rendering, 1, 0, &[]).unwrap(), expected);
        }
        check(Serialization::Compact, r#"{"b":1,"{{a":{"y":1,"x":"{{now}}"}}"#);
        check(Serialization::AsTyped, r#"{ "b": 1, "{{a": { "y": 1, "x": "{{now}}" } }"#);
        check(Serialization::Sorted, r#"{"b":1,"{{a":{"x":"{{now}}","y":1}}"#);
    }

    #[test]
    fn only_slots_differ_from_token_to_token() {
        assert!(compiled(r#"{"a": "{{v}} {{{{"}"#, Serialization::Compact, r#"{"v": 1}"#).unwrap().is_constant());
        let rendering = compiled(r#"["{{now}}", "{{now}}", "{{uuid}}", "{{uuid}}"]"#, Serialization::Compact, "{}");
        let rendering = rendering.unwrap();
        assert!(!rendering.is_constant());
        let text = rendered(&rendering, 5, 0, &[]).unwrap();
        let json = Json::parse(&text).unwrap();
        let values: Vec<_> = json.root().items().map(|item| item.raw().to_owned()).collect();
        assert_eq!(values[0], values[1]);
        assert_ne!(values[2], values[3]);
    }

    #[test]
    fn what_cannot_be_compiled_is_shown_at_its_place() {
        #[track_caller]
        fn check(text: &str, serialization: Serialization, expected: &[(&str, &str)]) {
            let problems = compiled(text, serialization, r#"{"tenant": "acme"}"#).unwrap_err();
            let found: Vec<_> = problems.iter().map(|p| (&text[p.span.unwrap().range()], p.code)).collect();
            assert_eq!(found, expected, "{text}");
            assert!(problems.iter().all(|problem| !problem.help.is_empty()));
        }
        use Serialization::{Compact, Sorted};
        check(
            r#"{"b": "{{tennant}}", "a": "{{"}"#,
            Sorted,
            &[("{{tennant}}", "placeholder-unknown"), ("{{", "placeholder")],
        );
        check(
            r#"["{{now+5x}}", "{{random:0}}"]"#,
            Compact,
            &[("{{now+5x}}", "placeholder"), ("{{random:0}}", "placeholder")],
        );
        check(r#"{"x{{tenant}}": 1}"#, Sorted, &[("{{tenant}}", "placeholder-in-name")]);
        let many = format!("[{}]", vec![r#""{{x}}""#; 1_000].join(","));
        assert_eq!(compiled(&many, Compact, "{}").unwrap_err().len(), 20);
    }

    #[test]
    fn a_variable_declared_as_json_must_be_json() {
        let mut variables = Variables::from_json(Json::parse(r#"{"quota": 5}"#).unwrap().root());
        variables.set("quota", "many");
        let json = Json::parse(r#"["{{quota}}"]"#).unwrap();
        let problem = Rendering::compile(&json, Serialization::Compact, &variables).unwrap_err().remove(0);
        assert_eq!((problem.code, problem.span), ("variable", Some(Span::new(2, 11))));
        assert!(problem.message.contains("'quota'") && problem.message.contains("'many'"), "{}", problem.message);
    }

    #[test]
    fn what_cannot_be_rendered_is_shown_where_it_was_typed() {
        #[track_caller]
        fn check(text: &str, now: i64, counter: u64, place: &str) {
            let rendering = compiled(text, Serialization::Sorted, "{}").unwrap();
            let problem = rendered(&rendering, now, counter, &[]).unwrap_err();
            assert_eq!((problem.code, &text[problem.span.unwrap().range()]), ("placeholder-range", place));
            assert!(!problem.help.is_empty());
        }
        check(r#"{ "b": "{{now-1s}}", "a": "{{now}}" }"#, 0, 0, "{{now-1s}}");
        check(r#"{ "b": "{{now+1s}}", "a": "{{now}}" }"#, MAX_NUMERIC_DATE, 0, "{{now+1s}}");
        check(r#"{ "b": "{{now+9223372036854775807s}}" }"#, 1, 0, "{{now+9223372036854775807s}}");
        check(r#"{ "b": "{{counter:18446744073709551615}}", "a": 1 }"#, 1, 1, "{{counter:18446744073709551615}}");
        let edges = compiled(r#"["{{now}}"]"#, Serialization::Compact, "{}").unwrap();
        assert_eq!(rendered(&edges, 0, 0, &[]).unwrap(), "[0]");
        assert_eq!(rendered(&edges, MAX_NUMERIC_DATE, 0, &[]).unwrap(), "[253402300799]");
    }

    #[test]
    fn a_column_gives_each_token_its_own_value() {
        let variables = Json::parse(r#"{"quota": 5, "user": "nobody"}"#).unwrap();
        let variables = Variables::from_json(variables.root());
        let json = Json::parse(r#"{"sub": "{{user}}", "quota": "{{quota}}", "both": "{{user}}/{{quota}}"}"#).unwrap();
        let columns = ["user".to_owned(), "quota".to_owned()];
        let rendering = Rendering::compile_rows(&json, Serialization::Compact, &variables, &columns).unwrap();
        assert_eq!(
            rendered(&rendering, 1, 0, &["a\"b", "[ 1 ]"]).unwrap(),
            r#"{"sub":"a\"b","quota":[1],"both":"a\"b/[1]"}"#
        );
        assert_eq!(rendered(&rendering, 1, 0, &["a", "many"]).unwrap_err().code, "variable");
        assert_eq!(rendered(&rendering, 1, 0, &["a"]).unwrap_err().code, "row");
    }
}
