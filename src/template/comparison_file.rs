//! The comparison file, `NAME.jwt-compare.json`: variants side by side, each a template or a token as it was pasted.
//!
//! The file is a JSON object of its own [`FORMAT`] and [`VERSION`]. A template stands in it as in a file of its own, with
//! header and claims byte for byte as they were typed. There is no place for key material.

use super::file::{self, BYTE_ORDER_MARK, MAX_BYTES, TemplateFile, too_large};
use crate::jose::error::Problem;
use crate::jose::json::{self, Json, Kind, Value};
use crate::jose::text::{Span, shown};

/// The value of the member `format`.
pub const FORMAT: &str = "jwt-workbench.comparison";

/// The value of the member `version` that is read and written.
pub const VERSION: i64 = 1;

/// The most variants in a file.
pub const MOST_VARIANTS: usize = 50;

/// The content of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparisonFile {
    /// Which of the variants the others are held against.
    pub baseline: usize,
    /// The variants in their order: at least one, at most [`MOST_VARIANTS`].
    pub variants: Vec<SavedVariant>,
}

/// A variant in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedVariant {
    /// What the user calls it.
    pub name: String,
    /// Where it came from.
    pub source: Source,
    /// The name of the file it came from, without its folder.
    pub file: Option<String>,
    /// What it is.
    pub content: Content,
}

/// Where a variant came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// The draft.
    Draft,
    /// A copy.
    Snapshot,
    /// A file.
    File,
    /// A token that was pasted.
    Token,
}

/// What a variant is.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A template.
    Template(Box<TemplateFile>),
    /// A token in compact serialization, as it was pasted.
    Token(String),
}

impl ComparisonFile {
    /// The text of the file. Reading it gives the same comparison again; white space around header and claims is left
    /// out.
    ///
    /// # Errors
    /// A template that cannot be saved: the message names the variant; a file that would be too large to read again.
    pub fn to_text(&self) -> Result<String, Problem> {
        let variants = self.variants.iter().map(SavedVariant::to_text).collect::<Result<Vec<_>, _>>()?;
        let variants = variants.join(",\n    ");
        let text = format!(
            "{{\n  \"format\": \"{FORMAT}\",\n  \"version\": {VERSION},\n  \"baseline\": {},\n  \"variants\": [\n    \
             {variants}\n  ]\n}}\n",
            self.baseline
        );
        Self::parse(&text)?;
        Ok(text)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// A text that is too large, no JSON, of another format or a later version, without variants or with too many, or
    /// whose members are missing, doubled or of the wrong kind. The span is in `text`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        if text.len() > MAX_BYTES {
            return Err(too_large(text.len() as u64));
        }
        let body = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        let shift = text.len() - body.len();
        Json::parse(body)
            .and_then(|json| Self::read(json.root()))
            .map_err(|problem| Problem { span: problem.span.map(|span| span.moved(shift)), ..problem })
    }

    fn read(root: Value<'_>) -> Result<Self, Problem> {
        if root.kind() != Kind::Object {
            return Err(wrong(root, format!("A comparison is a JSON object, and this is {}", root.kind().label()))
                .help("Open a file that was saved as a comparison."));
        }
        check_doubled(root, &["format", "version", "baseline", "variants"])?;
        check_version(root)?;
        let list = required(root, "variants", Kind::Array)?;
        match list.len() {
            0 => return Err(wrong(list, "The comparison has no variants").help("Write at least one.")),
            1..=MOST_VARIANTS => {}
            many => {
                let message = format!("The comparison has {many} variants; up to {MOST_VARIANTS} can be opened");
                return Err(wrong(list, message).help("Take some of them out of the file."));
            }
        }
        let variants = list.items().map(SavedVariant::read).collect::<Result<Vec<_>, _>>()?;
        let baseline = match member(root, "baseline", Kind::Number)? {
            None => 0,
            Some(value) => {
                let place = value.as_i64().and_then(|place| usize::try_from(place).ok());
                place.filter(|place| *place < variants.len()).ok_or_else(|| {
                    wrong(value, format!("There is no variant number {} to be the baseline", shown(value.raw())))
                        .help("Write the place of a variant, counted from 0.")
                })?
            }
        };
        Ok(Self { baseline, variants })
    }
}

impl SavedVariant {
    fn to_text(&self) -> Result<String, Problem> {
        let mut members = vec![
            format!("\"name\": {}", json::quote(&self.name)),
            format!("\"origin\": {}", file::named(&self.source)),
        ];
        members.extend(self.file.as_deref().map(|name| format!("\"file\": {}", json::quote(name))));
        members.push(match &self.content {
            Content::Token(token) => format!("\"token\": {}", json::quote(token)),
            Content::Template(template) => {
                let text = template.to_text().map_err(|problem| {
                    let message = format!("{} cannot be saved: {}", shown(&self.name), problem.message);
                    Problem { message, span: None, ..problem }
                })?;
                format!("\"template\": {}", text.trim_start_matches(BYTE_ORDER_MARK).trim())
            }
        });
        Ok(format!("{{ {} }}", members.join(", ")))
    }

    fn read(value: Value<'_>) -> Result<Self, Problem> {
        if value.kind() != Kind::Object {
            return Err(wrong(value, format!("A variant is an object, and this is {}", value.kind().label()))
                .help("Write it as { \"name\": …, \"template\": { … } }."));
        }
        check_doubled(value, &["name", "origin", "file", "template", "token"])?;
        let text =
            |name: &str| Ok(member(value, name, Kind::String)?.and_then(Value::as_str).map(|it| it.into_owned()));
        let content = match (member(value, "template", Kind::Object)?, member(value, "token", Kind::String)?) {
            (Some(template), None) => {
                let start = template.span().start;
                let read = TemplateFile::parse(template.raw())
                    .map_err(|problem| Problem { span: problem.span.map(|span| span.moved(start)), ..problem })?;
                Content::Template(Box::new(read))
            }
            (None, Some(token)) => Content::Token(token.as_str().unwrap_or_default().into_owned()),
            (Some(_), Some(token)) => {
                return Err(wrong(token, "A variant is a template or a token, and this one is both")
                    .help("Remove one of the two."));
            }
            (None, None) => return Err(missing(value, "template").help("Add it, or a token.")),
        };
        let source = match file::one_of(value, "origin", "draft, snapshot, file or token").map_err(ours)? {
            Some(source) => source,
            None if matches!(content, Content::Token(_)) => Source::Token,
            None => Source::Snapshot,
        };
        let name = required(value, "name", Kind::String)?;
        let name = Some(name.as_str().unwrap_or_default().trim().to_owned())
            .filter(|name| !name.is_empty())
            .ok_or_else(|| wrong(name, "A variant needs a name").help("Write what it is to be called."))?;
        Ok(Self { name, source, file: text("file")?, content })
    }
}

fn check_version(root: Value<'_>) -> Result<(), Problem> {
    let format = required(root, "format", Kind::String)?;
    if format.as_str().is_none_or(|format| format != FORMAT) {
        return Err(wrong(format, "This file says that it is something other than a comparison of this program")
            .help(format!("Open a file whose format is \"{FORMAT}\".")));
    }
    let version = required(root, "version", Kind::Number)?;
    if version.as_i64() == Some(VERSION) {
        return Ok(());
    }
    let number = shown(version.raw());
    Err(if version.as_f64().is_none_or(|number| number >= 2.0) {
        let message = format!("This file is version {number}; this program reads version {VERSION}");
        Problem::new("comparison-version", message).help("Update the program.")
    } else {
        Problem::new("comparison-version", format!("There is no version {number} of this format"))
            .help(format!("Write {VERSION} for the version."))
    }
    .at(version.span()))
}

fn check_doubled(object: Value<'_>, names: &[&str]) -> Result<(), Problem> {
    let mut seen = Vec::new();
    for member in object.members() {
        let name = member.name();
        if names.contains(&name.as_ref()) {
            if seen.contains(&name) {
                return Err(Problem::new(CODE, format!("The member '{name}' appears twice"))
                    .help("Remove one of the two.")
                    .at(member.span()));
            }
            seen.push(name);
        }
    }
    Ok(())
}

/// The code of most problems.
const CODE: &str = "comparison";

fn wrong(value: Value<'_>, message: impl Into<String>) -> Problem {
    Problem::new(CODE, message).at(value.span())
}

fn ours(problem: Problem) -> Problem {
    Problem { code: CODE, ..problem }
}

fn member<'j>(object: Value<'j>, name: &str, kind: Kind) -> Result<Option<Value<'j>>, Problem> {
    file::member(object, name, kind).map_err(ours)
}

fn required<'j>(object: Value<'j>, name: &str, kind: Kind) -> Result<Value<'j>, Problem> {
    member(object, name, kind)?.ok_or_else(|| missing(object, name).help("Add it."))
}

fn missing(object: Value<'_>, name: &str) -> Problem {
    let start = object.span().start;
    Problem::new(CODE, format!("There is no member '{name}'")).at(Span::new(start, start + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{
  "format": "jwt-workbench.comparison",
  "version": 1,
  "baseline": 1,
  "variants": [
    { "name": "A \"quoted\"", "origin": "file", "file": "a.jwt.json", "template": {
  "format": "jwt-workbench.template",
  "version": 1,
  "serialization": "as-typed",
  "header": { "alg": "HS256",  "typ": "JWT" },
  "claims": { "n": 1.0, "n": 18446744073709551616, "exp": "{{now+30m}}" }
} },
    { "name": "B", "origin": "token", "token": "a.b.c" }
  ]
}
"#;

    #[test]
    fn a_file_is_read_and_written_byte_for_byte() {
        let file = ComparisonFile::parse(FILE).unwrap();
        assert_eq!(file.baseline, 1);
        let names: Vec<_> = file.variants.iter().map(|variant| (variant.name.as_str(), variant.source)).collect();
        assert_eq!(names, [("A \"quoted\"", Source::File), ("B", Source::Token)]);
        let Content::Template(template) = &file.variants[0].content else { panic!("a template") };
        assert_eq!(template.claims, r#"{ "n": 1.0, "n": 18446744073709551616, "exp": "{{now+30m}}" }"#);
        assert_eq!(file.variants[1].content, Content::Token("a.b.c".to_owned()));
        assert_eq!(file.to_text().unwrap(), FILE);
        assert_eq!(ComparisonFile::parse(&format!("\u{feff}{FILE}")), Ok(file));
    }

    #[test]
    fn what_is_no_comparison_is_refused_with_place_and_next_step() {
        #[track_caller]
        fn check(old: &str, new: &str, place: &str, message: &str) {
            assert!(FILE.contains(old), "{old}");
            for mark in ["", "\u{feff}"] {
                let text = format!("{mark}{}", FILE.replacen(old, new, 1));
                let problem = ComparisonFile::parse(&text).unwrap_err();
                assert_eq!(&text[problem.span.unwrap().range()], place, "{}", problem.message);
                assert!(problem.message.contains(message) && !problem.help.is_empty(), "{}", problem.message);
            }
        }
        check("workbench.comparison", "workbench.runs", "\"jwt-workbench.runs\"", "something other");
        check("\"version\": 1", "\"version\": 2", "2", "This file is version 2; this program reads version 1");
        check("\"version\": 1", "\"version\": 0.5", "0.5", "no version 0.5");
        check("\"version\": 1,\n", "", "{", "no member 'version'");
        check("\"baseline\": 1", "\"baseline\": 2", "2", "no variant number 2");
        check("\"baseline\": 1", "\"baseline\": -1", "-1", "no variant number -1");
        check("\"baseline\": 1", "\"baseline\": []", "[]", "'baseline' is an array");
        check("\"baseline\": 1", "\"version\": 1", "\"version\": 1", "'version' appears twice");
        check("\"name\": \"B\"", "\"name\": \" \"", "\" \"", "needs a name");
        check("\"name\": \"B\", ", "", "{", "no member 'name'");
        check("\"origin\": \"token\"", "\"origin\": \"x\"", "\"x\"", "'x' is not a value");
        check("\"token\": \"a.b.c\"", "\"token\": 1", "1", "'token' is a number");
        check("\"token\": \"a.b.c\"", "\"x\": 1", "{", "no member 'template'");
        check("\"token\": \"a.b.c\"", "\"token\": \"\", \"template\": {}", "\"\"", "this one is both");
        check("\"as-typed\"", "\"pretty\"", "\"pretty\"", "'pretty'");
        check("{ \"name\": \"B\"", "7, { \"name\": \"B\"", "7", "this is a number");
    }

    #[test]
    fn the_number_of_variants_is_limited() {
        let with = |number: usize| {
            let variant = SavedVariant {
                name: "x".to_owned(),
                source: Source::Token,
                file: None,
                content: Content::Token(String::new()),
            };
            ComparisonFile { baseline: 0, variants: vec![variant; number] }.to_text()
        };
        assert!(with(1).is_ok() && with(MOST_VARIANTS).is_ok());
        assert!(with(0).unwrap_err().message.contains("no variants"));
        assert!(with(MOST_VARIANTS + 1).unwrap_err().message.contains("51 variants"));
        assert_eq!(ComparisonFile::parse(&" ".repeat(MAX_BYTES + 1)).unwrap_err().code, "file-too-large");
        assert!(ComparisonFile::parse("[]").unwrap_err().message.contains("an array"));
    }

    #[test]
    fn a_variant_that_cannot_be_saved_is_named() {
        let content = Content::Template(Box::new(TemplateFile::new("", "{}", "{")));
        let variant = SavedVariant { name: "Mine".to_owned(), source: Source::Draft, file: None, content };
        let problem = ComparisonFile { baseline: 0, variants: vec![variant] }.to_text().unwrap_err();
        assert!(problem.message.starts_with("Mine cannot be saved: "), "{}", problem.message);
        assert!(!problem.help.is_empty());
    }
}
