//! The example templates, and hostile strings on their way through a template file and a rendering.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking and says why it was skipped")]

use std::path::PathBuf;

use jwt_workbench::jose::base64url;
use jwt_workbench::jose::json::{Json, Kind, Serialization, quote};
use jwt_workbench::template::file::TemplateFile;
use jwt_workbench::template::gallery::{Category, EXAMPLES, Example};
use jwt_workbench::template::recognise::{Opened, recognise};
use jwt_workbench::template::render::{Context, Rendering};
use jwt_workbench::template::scan::escape;
use jwt_workbench::template::variables::{Variable, Variables};

const NOW: i64 = 1_795_285_752;

#[track_caller]
fn render(text: &str, serialization: Serialization, variables: &Variables) -> String {
    let json = Json::parse(text).unwrap();
    let rendering =
        Rendering::compile(&json, serialization, variables).unwrap_or_else(|problems| panic!("{problems:?}"));
    let mut out = Vec::new();
    let mut random = |bytes: &mut [u8]| bytes.fill(0xa5);
    rendering.render(&mut Context { now: NOW, counter: 0, random: &mut random }, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn example(name: &str) -> &'static Example {
    EXAMPLES.iter().find(|example| example.file_name == format!("{name}.jwt.json")).unwrap()
}

fn claims(name: &str) -> Json {
    let template = example(name).template().unwrap();
    Json::parse(&render(&template.claims, template.serialization, &template.variables)).unwrap()
}

#[test]
fn every_example_is_read_rendered_and_kept() {
    for example in EXAMPLES {
        let template = example.template().unwrap_or_else(|problem| panic!("{}: {problem}", example.file_name));
        assert_eq!(template.to_text().unwrap(), example.text, "{}", example.file_name);
        assert!(matches!(recognise(example.text.as_bytes()), Ok(Opened::Template(read)) if read == template));
        for serialization in Serialization::ALL {
            for text in [&template.header, &template.claims] {
                let rendered = render(text, serialization, &template.variables);
                let json = Json::parse(&rendered).unwrap_or_else(|problem| panic!("{}: {problem}", example.file_name));
                assert_eq!(json.root().kind(), Kind::Object);
                assert!(!rendered.contains("{{"), "{}: {rendered}", example.file_name);
            }
        }
    }
}

#[test]
fn examples_read_well() {
    for example in EXAMPLES {
        let template = example.template().unwrap();
        let name = example.file_name;
        assert!(!template.name.is_empty() && template.name.len() <= 40, "{name}");
        assert!(template.description.ends_with('.') && template.description.len() <= 140, "{name}");
        assert!(template.claims.starts_with("{\n  \"") && template.claims.ends_with("\n}"), "{name}");
        assert!(example.text.ends_with("}\n"), "{name}");
    }
    let shown: Vec<_> =
        Category::ALL.into_iter().flat_map(Category::examples).map(|example| example.file_name).collect();
    assert_eq!(shown, EXAMPLES.iter().map(|example| example.file_name).collect::<Vec<_>>(), "one order for both");
    let files = std::fs::read_dir(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/templates")).unwrap();
    assert_eq!(files.count(), EXAMPLES.len(), "every file is in the gallery");
}

#[test]
fn examples_show_what_they_say() {
    let expiry = |name: &str| claims(name).root().get("exp").map(|exp| exp.raw().to_owned()).unwrap();
    assert_eq!(expiry("expiry-utc-30m"), (NOW + 1_800).to_string());
    assert_eq!(expiry("expiry-local-time"), (NOW + 9_000).to_string());
    assert!(expiry("expiry-string-datetime").starts_with('"'));
    assert!(expiry("expiry-float").contains('.'));

    let groups = claims("enterprise-40-groups");
    assert_eq!(groups.root().get("groups").unwrap().len(), 40);
    let token = base64url::encoded_len(groups.text().len());
    assert!(token > 2_048 && token < 4_096, "{token}");

    for (name, alg, typ) in [
        ("oidc-id-token", "RS256", "JWT"),
        ("rfc9068-access-token", "ES256", "at+jwt"),
        ("minimal-session", "HS256", "JWT"),
    ] {
        let header = Json::parse(&example(name).template().unwrap().header).unwrap();
        let member =
            |name: &str| header.root().get(name).and_then(|value| value.as_str().map(|text| text.into_owned()));
        assert_eq!((member("alg").as_deref(), member("typ").as_deref()), (Some(alg), Some(typ)), "{name}");
    }
    for name in ["iss", "exp", "aud", "sub", "client_id", "iat", "jti"] {
        assert!(claims("rfc9068-access-token").root().get(name).is_some(), "RFC 9068 §2.2 requires {name}");
    }
}

fn naughty_strings() -> Option<Vec<(String, String)>> {
    let corpora = std::env::var_os("JWT_WORKBENCH_CORPORA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/dev"), PathBuf::from);
    let file = corpora.join("naughty-strings.jsonl");
    let Ok(lines) = std::fs::read_to_string(&file) else {
        println!("skipped: there is no {}; set JWT_WORKBENCH_CORPORA", file.display());
        return None;
    };
    let field = |json: &Json, name: &str| json.root().get(name).and_then(|value| value.as_str()).unwrap().into_owned();
    let rows = lines.lines().map(|line| Json::parse(line).unwrap());
    Some(rows.map(|json| (field(&json, "id"), field(&json, "text"))).collect())
}

#[test]
fn naughty_strings_survive_as_claims_and_variables() {
    let Some(strings) = naughty_strings() else { return };
    assert!(strings.len() > 100);
    for (id, text) in &strings {
        let mut template = TemplateFile::new(
            text,
            r#"{"alg": "HS256"}"#,
            escape(&format!("{{\n  {name}: {name},\n  \"v\": [", name = quote(text))).into_owned()
                + r#""{{naughty}}", "a {{naughty}} z"]}"#,
        );
        template.description.clone_from(text);
        template.key.env = Some(text.clone());
        template.variables.set("naughty", text);
        template.variables.insert(text, Variable::json(quote(text)));
        let file = template.to_text().unwrap_or_else(|problem| panic!("{id}: {problem}"));
        let read = TemplateFile::parse(&file).unwrap();
        let reread = read.variables.iter().map(|(name, variable)| (name.to_owned(), variable.text.clone()));
        assert_eq!(read.name, *text, "{id}");
        assert_eq!(read.claims, template.claims, "{id}");
        assert_eq!(read.to_text().unwrap(), file, "{id}");
        assert_eq!(
            reread.collect::<Vec<_>>(),
            [("naughty".to_owned(), text.clone()), (text.clone(), text.clone())],
            "{id}: a JSON string is read as text"
        );
        for serialization in Serialization::ALL {
            let rendered = render(&read.claims, serialization, &read.variables);
            let json = Json::parse(&rendered).unwrap();
            let claim = json.root().get(text).and_then(|value| value.as_str()).unwrap();
            let values: Vec<_> =
                json.root().get("v").unwrap().items().map(|item| item.as_str().unwrap().into_owned()).collect();
            assert_eq!(claim, *text, "{id}");
            assert_eq!(values, [text.clone(), format!("a {text} z")], "{id}");
        }
    }
}
