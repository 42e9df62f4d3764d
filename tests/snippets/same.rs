//! Whether a token of another program says the same as ours of the same moment.

use std::collections::BTreeMap;

use jwt_workbench::jose::compact::Decoded;
use jwt_workbench::jose::json::{Json, Kind, Value};
use jwt_workbench::template::file::TemplateFile;
use jwt_workbench::template::render::{Context, Rendering};

/// Our text, as of that second and with those random bytes.
fn rendered(text: &str, template: &TemplateFile, now: i64, byte: u8) -> Json {
    let mut template = template.clone();
    // The code has it as a constant with this value.
    template.variables.set("who", "{{who}}");
    let json = Json::parse(text).unwrap();
    let rendering = Rendering::compile(&json, template.serialization, &template.variables).unwrap();
    let mut out = Vec::new();
    let mut random = |bytes: &mut [u8]| bytes.fill(byte);
    rendering.render(&mut Context { now, counter: 0, random: &mut random }, &mut out).unwrap();
    Json::parse(std::str::from_utf8(&out).unwrap()).unwrap()
}

#[track_caller]
pub(crate) fn header(label: &str, theirs: &Decoded, template: &TemplateFile, before: i64, after: i64, exact: bool) {
    let first = rendered(&template.header, template, before, 0);
    let last = rendered(&template.header, template, after, 255);
    same(label, "header", theirs.header().unwrap().root(), (first.root(), last.root()), exact);
}

#[track_caller]
pub(crate) fn claims(label: &str, theirs: &Decoded, template: &TemplateFile, before: i64, after: i64, exact: bool) {
    let first = rendered(&template.claims, template, before, 0);
    let last = rendered(&template.claims, template, after, 255);
    same(label, "claims", theirs.claims().unwrap().root(), (first.root(), last.root()), exact);
}

/// Members by name, the last of those with the same name.
fn members<'j>(value: Value<'j>) -> BTreeMap<String, Value<'j>> {
    value.members().map(|member| (member.name().into_owned(), member.value)).collect()
}

/// What is the same in both of ours is the same in theirs; a number that differs is between ours, a text that differs is
/// as long. Unless `exact`, numbers are doubles.
#[track_caller]
fn same(label: &str, path: &str, theirs: Value<'_>, (first, last): (Value<'_>, Value<'_>), exact: bool) {
    let at = || format!("{label}: {path}: {theirs:?} is not {first:?}");
    assert_eq!(theirs.kind(), first.kind(), "{}", at());
    match theirs.kind() {
        Kind::Object => {
            let (theirs, first, last) = (members(theirs), members(first), members(last));
            let names: Vec<_> = theirs.keys().collect();
            assert_eq!(names, first.keys().collect::<Vec<_>>(), "{}", at());
            for (name, value) in &theirs {
                same(label, &format!("{path}.{name}"), *value, (first[name], last[name]), exact);
            }
        }
        Kind::Array => {
            assert_eq!(theirs.len(), first.len(), "{}", at());
            for ((theirs, first), last) in theirs.items().zip(first.items()).zip(last.items()) {
                same(label, &format!("{path}[]"), theirs, (first, last), exact);
            }
        }
        Kind::Number if first.raw() == last.raw() => {
            let is_integer = !first.raw().contains(['.', 'e', 'E']) && first.raw() != "-0";
            if exact && is_integer {
                assert_eq!(theirs.raw(), first.raw(), "{}", at());
            } else {
                assert_eq!(theirs.as_f64(), first.as_f64(), "{}", at());
            }
        }
        Kind::Number => {
            let number = |value: Value<'_>| value.as_i64().unwrap();
            assert!((number(first)..=number(last)).contains(&number(theirs)), "{}", at());
        }
        Kind::String => {
            let text = |value: Value<'_>| value.as_str().unwrap().into_owned();
            if text(first) == text(last) {
                assert_eq!(text(theirs), text(first), "{}", at());
            } else {
                assert_eq!(text(theirs).chars().count(), text(first).chars().count(), "{}", at());
            }
        }
        Kind::Null | Kind::Bool => assert_eq!(theirs.raw(), first.raw(), "{}", at()),
    }
}
