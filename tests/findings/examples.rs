//! The examples that come with the program, and those of RFC 7515: what is said about them.

use jwt_workbench::findings::filled::Filled;
use jwt_workbench::findings::{self, Finding, Purpose, Severity, Subject, Text};
use jwt_workbench::jose::instant::InstantFormat;
use jwt_workbench::jose::json::Json;
use jwt_workbench::template::default::DEFAULT_TEMPLATE;
use jwt_workbench::template::file::TemplateFile;
use jwt_workbench::template::gallery::EXAMPLES;

use crate::world::NOW;

fn findings_of(text: &str) -> Vec<Finding> {
    let template = TemplateFile::parse(text).unwrap();
    let [header, claims] = [&template.header, &template.claims].map(|text| Json::parse(text).unwrap());
    let filled = [&header, &claims].map(|json| Filled::of(json, &template.variables, NOW));
    let text = |json, filled| Some(Text { text: Json::text(json), json: Ok(json), filled: Some(filled) });
    let subject = Subject {
        header: text(&header, &filled[0]),
        claims: text(&claims, &filled[1]),
        key: None,
        decoded: None,
        removed: &[],
        token_len: Some((template.header.len() + template.claims.len()) * 4 / 3 + 50),
        template: None,
        purpose: Purpose::Issuing,
    };
    let mut found = findings::find(&subject);
    found.extend(findings::find_at(&subject, NOW, 0, 7_200, InstantFormat::UTC));
    found
}

#[track_caller]
fn check(name: &str, text: &str, expected: &str) {
    let found = findings_of(text);
    let worth_telling = found.iter().filter(|finding| finding.severity != Severity::Info);
    let mut told: Vec<&str> = worth_telling.map(|finding| finding.id).collect();
    told.sort_unstable();
    assert_eq!(told.join(" "), expected, "{name}: {found:#?}");
}

#[test]
fn the_default_template_lacks_only_what_a_first_token_need_not_have() {
    check("default", DEFAULT_TEMPLATE, "C01 C01");
}

#[test]
fn examples_are_good_tokens_and_the_wrong_ones_show_their_mistake() {
    for example in EXAMPLES {
        let expected = match example.file_name.trim_end_matches(".jwt.json") {
            // Nothing but a subject and an expiry: that is what these are about.
            "minimal-session" | "expiry-utc-30m" => "C01 C01",
            "expiry-string-datetime" => "C01 C01 T01",
            "expiry-local-time" => "C01 C01 T09",
            // A fraction needs a fixed time, and to be of use for long it lies far ahead.
            "expiry-float" => "C01 C01 T03 T10",
            "enterprise-40-groups" => "Z03",
            _ => "",
        };
        check(example.file_name, example.text, expected);
    }
}
