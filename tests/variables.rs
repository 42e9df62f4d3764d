//! The variables of the draft: commands in, state out.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says why")]

#[path = "common/bench.rs"]
mod bench;

use bench::Bench;
use jwt_workbench::template::variables::Variable;
use jwt_workbench::workbench::command::{Command, DraftCommand, Part};

fn names(bench: &Bench) -> Vec<String> {
    bench.workbench.draft().template().variables.iter().map(|(name, _)| name.to_owned()).collect()
}

fn variable(bench: &Bench, name: &str) -> Variable {
    bench.workbench.draft().template().variables.get(name).unwrap().clone()
}

fn draft(bench: &mut Bench, command: DraftCommand) {
    bench.apply(Command::Draft(command));
}

fn claims(bench: &mut Bench, text: &str) {
    draft(bench, DraftCommand::Type(Part::Claims, text.to_owned()));
}

fn set(bench: &mut Bench, name: &str, text: &str) {
    draft(bench, DraftCommand::SetVariable { name: name.to_owned(), text: text.to_owned(), json: false });
}

fn rename(bench: &mut Bench, from: &str, to: &str) {
    draft(bench, DraftCommand::RenameVariable(from.to_owned(), to.to_owned()));
}

#[test]
fn a_new_name_goes_into_both_texts_in_one_step() {
    let mut bench = Bench::new();
    let header = r#"{ "alg": "HS256", "kid": "{{tenant}}-1" }"#;
    draft(&mut bench, DraftCommand::Type(Part::Header, header.to_owned()));
    let text = "{\"a\": \"{{ tenant }}\",\n \"{{tenant}}\": \"{{{{tenant}} {{tenants}}\"}";
    claims(&mut bench, text);
    set(&mut bench, "tenant", "acme");
    set(&mut bench, "tenants", "all");
    rename(&mut bench, "tenant", "customer");
    assert_eq!(names(&bench), ["customer", "tenants"], "it keeps its place");
    let claimed = "{\"a\": \"{{customer}}\",\n \"{{customer}}\": \"{{{{tenant}} {{tenants}}\"}";
    assert_eq!(bench.workbench.draft().text(Part::Claims), claimed);
    assert_eq!(bench.workbench.draft().text(Part::Header), header.replace("tenant", "customer"));
    draft(&mut bench, DraftCommand::Undo);
    assert_eq!(names(&bench), ["tenant", "tenants"]);
    assert_eq!(
        (bench.workbench.draft().text(Part::Claims), bench.workbench.draft().text(Part::Header)),
        (text, header)
    );
    draft(&mut bench, DraftCommand::Redo);
    assert_eq!(bench.workbench.draft().text(Part::Claims), claimed);
}

#[test]
fn names_that_cannot_be_are_refused_with_a_reason() {
    let mut bench = Bench::new();
    set(&mut bench, "tenant", "acme");
    set(&mut bench, "plan", "pro");
    for name in ["now", "", "plan", "a}}", "counter:5"] {
        rename(&mut bench, "tenant", name);
        assert_eq!(names(&bench), ["tenant", "plan"], "{name}");
        let notice = bench.workbench.notices().list().last().unwrap();
        assert!(!notice.help.is_empty(), "{notice:?}");
    }
    set(&mut bench, "uuid", "x");
    assert_eq!(names(&bench), ["tenant", "plan"]);
    claims(&mut bench, "{\"a\": \"{{tenant}}\"");
    rename(&mut bench, "tenant", "customer");
    assert_eq!(names(&bench), ["tenant", "plan"], "a broken text cannot follow");
}

#[test]
fn every_change_of_a_variable_can_be_taken_back() {
    let mut bench = Bench::new();
    draft(&mut bench, DraftCommand::AddVariable);
    draft(&mut bench, DraftCommand::AddVariable);
    assert_eq!(names(&bench), ["variable", "variable2"]);
    for text in ["a", "ac", "acme"] {
        set(&mut bench, "variable", text);
    }
    set(&mut bench, "variable2", "b");
    draft(&mut bench, DraftCommand::DescribeVariable("variable".to_owned(), "Whose it is".to_owned()));
    let json = DraftCommand::SetVariable { name: "variable".to_owned(), text: "acme".to_owned(), json: true };
    draft(&mut bench, json);
    let whole = variable(&bench, "variable");
    assert_eq!((whole.text.as_str(), whole.json, whole.description.as_str()), ("acme", true, "Whose it is"));
    draft(&mut bench, DraftCommand::RemoveVariable("variable".to_owned()));
    assert_eq!(names(&bench), ["variable2"]);
    let undone = |bench: &mut Bench| {
        draft(bench, DraftCommand::Undo);
        variable(bench, "variable")
    };
    assert_eq!(undone(&mut bench), whole);
    assert!(!undone(&mut bench).json);
    assert_eq!(undone(&mut bench).description, "");
    undone(&mut bench);
    assert_eq!(variable(&bench, "variable2").text, "");
    assert_eq!(undone(&mut bench).text, "", "typing in one field is one step");
    undone(&mut bench);
    assert_eq!(names(&bench), ["variable"]);
}

#[test]
fn what_a_finding_offers_declares_or_removes_the_variable() {
    let mut bench = Bench::new();
    claims(&mut bench, r#"{"iss":"a","tenant":"{{tenant}}"}"#);
    let fix = |bench: &mut Bench, id: &str| {
        let finding = bench.workbench.findings().findings.iter().find(|finding| finding.id == id).cloned().unwrap();
        draft(bench, DraftCommand::Fix(Box::new(finding)));
    };
    fix(&mut bench, "V01");
    assert_eq!(names(&bench), ["tenant"]);
    assert!(bench.workbench.minted().is_some(), "nothing blocks any more");
    claims(&mut bench, r#"{"iss":"a"}"#);
    fix(&mut bench, "V02");
    assert_eq!(names(&bench), Vec::<String>::new());
    draft(&mut bench, DraftCommand::Undo);
    assert_eq!(names(&bench), ["tenant"]);
}
