//! Templates: reading and writing files, compiling texts and rendering them.

use jwt_workbench::jose::json::{Json, Serialization, write};
use jwt_workbench::template::file::TemplateFile;
use jwt_workbench::template::gallery::EXAMPLES;
use jwt_workbench::template::placeholder::RESERVED;
use jwt_workbench::template::recognise::{Opened, recognise};
use jwt_workbench::template::render::{Context, Rendering};
use jwt_workbench::template::scan::{escape, scan};
use jwt_workbench::template::variables::{Variable, Variables};
use jwt_workbench::template::{duration, placeholder};

use super::input::{Input, check_problem, check_span, corpus, seed};

/// How many bytes of choices come before the text.
const CHOICES: usize = 17;
/// 2026-11-21 in seconds since 1970, as the first of the choices.
const NOW: i64 = 1_795_285_752;

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let placeholders = [
        "{{now}}",
        "{{now+30m}}",
        "{{now-1w2d}}",
        "{{uuid}}",
        "{{counter:7}}",
        "{{random:16}}",
        "{{tenant}}",
        "{{quota}}",
        "{{row}}",
        "{{{{",
        "a{{quota}}b",
        "{{",
        "{{now+}}",
    ];
    let texts = placeholders.iter().map(|text| format!("{{\"{text}\": [\"{text}\", \"\\u0041{text}\"]}}"));
    let files = EXAMPLES.iter().map(|example| example.text.to_owned());
    let rows =
        corpus("naughty-strings.jsonl", "text").into_iter().map(|text| serde_json::Value::from(text).to_string());
    let instant = NOW.to_le_bytes();
    texts.chain(files).chain(rows).map(|text| seed(&instant, CHOICES, &text)).collect()
}

pub(super) fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let now = input.long();
    let counter = input.long().cast_unsigned();
    let serialization = input.pick(&Serialization::ALL);
    let text = input.text();
    if let Err(problem) = recognise(text.as_bytes()) {
        assert!(!problem.message.is_empty() && !problem.help.is_empty(), "{problem:?}");
    }
    parse_words(&text);
    match TemplateFile::parse(&text) {
        Ok(template) => {
            assert!(matches!(recognise(text.as_bytes()), Ok(Opened::Template(read)) if read == template));
            save(&template, &text);
            for text in [&template.header, &template.claims] {
                if let Ok(json) = Json::parse(text) {
                    render(&json, serialization, &template.variables, now, counter);
                }
            }
        }
        Err(problem) => check_problem(&problem, &text),
    }
    if let Ok(json) = Json::parse(&text) {
        render(&json, serialization, &variables(), now, counter);
        check_escape(&json);
    }
}

/// Placeholders and durations are read as they are written.
fn parse_words(text: &str) {
    if let Ok(read) = placeholder::parse(text) {
        let written = read.to_string();
        assert_eq!(placeholder::parse(written.trim_matches(['{', '}'])), Ok(read), "{written}");
    }
    if let Ok(seconds) = duration::parse(text) {
        assert_eq!(duration::parse(&duration::format(seconds)), Ok(seconds), "{}", duration::format(seconds));
    }
}

/// What did not change is kept byte for byte, and what is written is read again.
fn save(template: &TemplateFile, text: &str) {
    assert_eq!(template.to_text().as_deref(), Ok(text));
    let mut changed = template.clone();
    changed.name.push('\u{1}');
    changed.claims = String::from("{\"a\": [1.0]}");
    changed.serialization = Serialization::Sorted;
    changed.variables.set(RESERVED[0], "\"");
    changed.key.env = Some("NAME".to_owned());
    check_read_again(&changed);
    let mut fresh = TemplateFile::new(&*changed.name, &*template.header, &*template.claims);
    fresh.description.clone_from(&template.description);
    fresh.serialization = template.serialization;
    fresh.variables = template.variables.clone();
    fresh.key = template.key.clone();
    check_read_again(&fresh);
}

fn check_read_again(template: &TemplateFile) {
    let text = template.to_text().unwrap_or_else(|problem| panic!("{problem}: {template:?}"));
    assert_eq!(TemplateFile::parse(&text).as_ref(), Ok(template), "{text:?}");
}

fn variables() -> Variables {
    let mut variables = Variables::default();
    variables.set("tenant", "ac\"me {{now}}\u{1}");
    variables.insert("quota", Variable::json("{\"b\" : 1.0, \"a\": []}"));
    variables
}

/// What is compiled renders to JSON, or says what does not fit.
fn render(json: &Json, serialization: Serialization, variables: &Variables, now: i64, counter: u64) {
    for occurrence in scan(json) {
        check_span(occurrence.span, json.text());
        assert!(json.text()[occurrence.span.range()].starts_with("{{"));
    }
    let mut random = |bytes: &mut [u8]| bytes.fill(0xa5);
    let mut context = Context { now, counter, random: &mut random };
    match Rendering::compile_rows(json, serialization, variables, &["row".to_owned()]) {
        Ok(rendering) => {
            let mut out = b"kept".to_vec();
            match rendering.render_row(&mut context, &["\"x\""].iter().collect(), &mut out) {
                Ok(()) => {
                    let rendered = String::from_utf8(out).unwrap();
                    Json::parse(&rendered[4..]).unwrap_or_else(|problem| panic!("{problem}: {rendered}"));
                }
                Err(problem) => {
                    assert_eq!(out, b"kept");
                    check_problem(&problem, json.text());
                }
            }
        }
        Err(problems) => problems.iter().for_each(|problem| check_problem(problem, json.text())),
    }
}

/// A text that comes from elsewhere is rendered as it is.
fn check_escape(json: &Json) {
    for serialization in [Serialization::Compact, Serialization::AsTyped] {
        let escaped = Json::parse(&escape(json.text())).unwrap();
        let rendering = Rendering::compile(&escaped, serialization, &variables()).unwrap();
        assert!(rendering.is_constant());
        let mut random = |_: &mut [u8]| ();
        let (mut out, mut expected) = (Vec::new(), String::new());
        rendering.render(&mut Context { now: 0, counter: 0, random: &mut random }, &mut out).unwrap();
        write(json.root(), serialization, &mut expected);
        assert_eq!(String::from_utf8_lossy(&out), expected);
    }
}
