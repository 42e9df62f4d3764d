//! Imports: commands in, state out. Nothing changes before the user has agreed, and one step takes it back.

#[path = "common/bench.rs"]
mod bench;

use std::path::PathBuf;

use bench::{Bench, NOW};
use jwt_workbench::template::recognise::recognise;
use jwt_workbench::workbench::command::{Answer, Command, DraftCommand, FileCommand, Part};
use jwt_workbench::workbench::draft_export::DraftExport;
use jwt_workbench::workbench::effect::{Effect, Event, Pick};
use jwt_workbench::workbench::file_stamp::FileStamp;
use jwt_workbench::workbench::importing::ImportCommand;
use jwt_workbench::workbench::importing::preview::Preview;
use jwt_workbench::workbench::minted_tokens::Way;
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::question::Question;

const POSTMAN: &str = r#"{"name": "Staging", "values": [
    {"key": "tenant", "value": "acme", "enabled": true}, {"key": "plan", "value": "pro", "enabled": true},
    {"key": "api_token", "value": "hunter2", "type": "secret", "enabled": true}],
    "_postman_variable_scope": "environment"}"#;

fn import(bench: &mut Bench, text: &str) {
    bench.apply(Command::Import(ImportCommand::Text(text.to_owned())));
}

fn answer(bench: &mut Bench, answer: Answer) {
    bench.apply(Command::File(FileCommand::Answer(answer)));
}

fn variables(bench: &Bench) -> String {
    bench.workbench.draft().template().variables.to_json()
}

fn claims(bench: &Bench) -> &str {
    bench.workbench.draft().text(Part::Claims)
}

fn type_claims(bench: &mut Bench, text: &str) {
    bench.apply(Command::Draft(DraftCommand::Type(Part::Claims, text.to_owned())));
}

#[test]
fn an_environment_is_shown_first_and_taken_over_in_one_step() {
    let mut bench = Bench::new();
    let set = DraftCommand::SetVariable { name: "tenant".to_owned(), text: "mine".to_owned(), json: false };
    bench.apply(Command::Draft(set));
    bench.apply(Command::Draft(DraftCommand::DescribeVariable("tenant".to_owned(), "Whose it is".to_owned())));
    import(&mut bench, POSTMAN);
    let Some(Question::Import(preview)) = bench.workbench.question() else { panic!("no preview") };
    let Preview::Variables(preview) = &**preview else { panic!("another preview") };
    assert_eq!(preview.source, "Postman environment \"Staging\"");
    assert_eq!(preview.added.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["plan"]);
    assert_eq!(preview.changed.len(), 1);
    assert_eq!(preview.left_out[0].name, "api_token");
    assert!(!format!("{:?}", bench.workbench.question()).contains("hunter2"), "secrets are kept nowhere");
    answer(&mut bench, Answer::Cancel);
    assert_eq!(variables(&bench), r#"{ "tenant": "mine" }"#);

    import(&mut bench, POSTMAN);
    answer(&mut bench, Answer::Save);
    assert_eq!(variables(&bench), r#"{ "tenant": "acme", "plan": "pro" }"#);
    assert_eq!(bench.workbench.draft().template().variables.get("tenant").unwrap().description, "Whose it is");
    bench.apply(Command::Draft(DraftCommand::Undo));
    assert_eq!(variables(&bench), r#"{ "tenant": "mine" }"#);
}

#[test]
fn an_opened_file_of_variables_leaves_the_draft_alone() {
    let mut bench = Bench::new();
    type_claims(&mut bench, "{\"mine\":1}");
    let opened = Box::new(recognise(b"vars {\n  tenant: acme\n}\nvars:secret [\n  key\n]\n").unwrap());
    let stamp = FileStamp { modified: 0, len: 0, inode: 1 };
    bench.event(Event::Opened(PathBuf::from("Local.bru"), Ok((opened, stamp))));
    assert!(matches!(bench.workbench.question(), Some(Question::Import(_))), "{:?}", bench.workbench.question());
    answer(&mut bench, Answer::Save);
    assert_eq!((variables(&bench).as_str(), claims(&bench)), (r#"{ "tenant": "acme" }"#, "{\"mine\":1}"));
}

#[test]
fn a_pasted_text_goes_where_an_opened_file_would() {
    let mut bench = Bench::new();
    import(&mut bench, "  {\"sub\": \"pasted\"}\n");
    assert_eq!(claims(&bench), "{\"sub\": \"pasted\"}");
    assert_eq!(bench.workbench.draft().path(), None);
    type_claims(&mut bench, "{\"mine\":1}");
    let template =
        r#"{"format": "jwt-workbench.template", "version": 1, "header": {"alg":"HS256"}, "claims": {"a":  1}}"#;
    import(&mut bench, template);
    assert!(matches!(bench.workbench.question(), Some(Question::Unsaved { .. })), "unsaved changes are asked about");
    answer(&mut bench, Answer::Discard);
    assert_eq!((claims(&bench), bench.workbench.draft().path()), ("{\"a\":  1}", None));
    import(&mut bench, "eyJhbGciOiJIUzI1NiJ9.e30.XmNK3GpH3Ys_7wsYBfq4C3M6goz71I7dTgUkuIa5lyQ");
    assert_eq!(bench.workbench.settings().page, Page::Inspect);
    import(&mut bench, "type: environment.insomnia.rest/5.0\n");
    assert!(bench.workbench.notices().list().last().unwrap().help.contains("version 4"));
    bench.apply(Command::Import(ImportCommand::Pick));
    assert!(matches!(bench.left[..], [Effect::Pick(Pick::Open, _)]), "{:?}", bench.left);
}

#[test]
fn fixed_times_become_relative_when_that_is_asked_for() {
    let mut bench = Bench::new();
    let text =
        format!("{{\"iat\": {NOW},\n \"exp\": {}, \"jti\": \"5f0b8d3c-3a57-4c2f-9d0e-6a1de1f6a111\"}}", NOW + 1800);
    type_claims(&mut bench, &text);
    bench.apply(Command::Import(ImportCommand::RelativeTimes));
    assert_eq!(claims(&bench), text, "nothing has changed yet");
    answer(&mut bench, Answer::Save);
    assert_eq!(claims(&bench), "{\"iat\": \"{{now}}\",\n \"exp\": \"{{now+30m}}\", \"jti\": \"{{uuid}}\"}");
    bench.apply(Command::Draft(DraftCommand::Undo));
    assert_eq!(claims(&bench), text);
    bench.apply(Command::Import(ImportCommand::RelativeTimes));
    type_claims(&mut bench, "{\"iat\": 1}");
    answer(&mut bench, Answer::Save);
    assert_eq!(claims(&bench), "{\"iat\": 1}", "what was shown was for another text");
    type_claims(&mut bench, "{\"exp\": 1}");
    bench.apply(Command::Import(ImportCommand::RelativeTimes));
    assert!(bench.workbench.question().is_none());
    assert!(bench.workbench.notices().list().last().unwrap().text.contains("no fixed times"));
}

#[test]
fn a_schema_is_kept_with_the_template_and_what_breaks_it_is_found() {
    const SCHEMA: &str =
        r#"{"type": "object", "properties": {"plan": {"enum": ["free", "pro"]}}, "required": ["sub"]}"#;
    let mut bench = Bench::new();
    type_claims(&mut bench, r#"{"sub":"u","plan":"gold"}"#);
    import(&mut bench, SCHEMA);
    assert_eq!(bench.workbench.draft().template().claims_schema.as_deref(), Some(SCHEMA));
    let found = |bench: &Bench| -> Vec<(String, String)> {
        let findings = bench.workbench.findings().findings.iter().filter(|finding| finding.id == "V03");
        findings.map(|finding| (finding.path.clone(), finding.message.clone())).collect()
    };
    let message = r#"Schema, at 'plan': It must be one of "free", "pro"."#;
    assert_eq!(found(&bench), [("$.plan".to_owned(), message.to_owned())]);
    assert!(bench.workbench.minted().is_some(), "findings never block");
    type_claims(&mut bench, r#"{"sub":"u","plan":"pro"}"#);
    assert_eq!(found(&bench), []);
    type_claims(&mut bench, r#"{"plan":"pro"}"#);
    assert_eq!(found(&bench).len(), 1);

    import(&mut bench, r#"{"type": "object", "properties": {"a": {"type": "nothing"}}}"#);
    let notice = bench.workbench.notices().list().last().unwrap();
    assert!(notice.text.contains("$.properties.a.type") && notice.text.contains("(1:"), "{notice:?}");
    assert_eq!(bench.workbench.draft().template().claims_schema.as_deref(), Some(SCHEMA), "the one before stays");

    bench.apply(Command::Draft(DraftCommand::RemoveSchema));
    assert_eq!((bench.workbench.draft().template().claims_schema.as_deref(), found(&bench)), (None, vec![]));
    bench.apply(Command::Draft(DraftCommand::Undo));
    assert_eq!(bench.workbench.draft().template().claims_schema.as_deref(), Some(SCHEMA));
}

#[test]
fn parts_of_the_draft_are_written_and_its_own_file_stays() {
    let mut bench = Bench::new();
    type_claims(&mut bench, "{ \"iat\": \"{{now}}\" }");
    let token = bench.workbench.minted().unwrap().token.as_str().to_owned();
    let template = bench.workbench.draft().template().to_text().unwrap();
    for (what, name, bytes, alone) in [
        (DraftExport::Copy, "-copy.jwt.json", template, false),
        (DraftExport::ClaimsTyped, "-claims.json", "{ \"iat\": \"{{now}}\" }".to_owned(), false),
        (DraftExport::ClaimsSigned, "-claims.json", format!("{{\"iat\":{NOW}}}"), false),
        (DraftExport::Token, ".jwt", token, true),
    ] {
        bench.apply(Command::File(FileCommand::Export(what)));
        let [Effect::Pick(pick, start)] = &bench.left[..] else { panic!("{:?}", bench.left) };
        let (pick, start) = (*pick, start.clone());
        assert!(start.to_string_lossy().ends_with(name), "{start:?}");
        bench.left.clear();
        bench.event(Event::Picked(pick, Some(PathBuf::from("/x/out"))));
        let [Effect::WriteExport { bytes: written, private, .. }] = &bench.left[..] else { panic!("{:?}", bench.left) };
        assert_eq!((String::from_utf8_lossy(written).into_owned(), *private), (bytes, alone));
    }
    assert_eq!(bench.workbench.draft().path(), None);
    let left = bench.workbench.minted_tokens().list();
    assert!(matches!(left, [minted] if minted.way == Way::Saved), "the token left, the rest is none");
    type_claims(&mut bench, "{");
    bench.left.clear();
    bench.event(Event::Picked(Pick::ExportDraft(DraftExport::Token), Some(PathBuf::from("/x/out"))));
    assert!(bench.left.is_empty() && bench.workbench.notices().list().last().unwrap().text.contains("no token"));
}
