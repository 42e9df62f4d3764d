//! A token for each row of a file.

use jwt_workbench::bulk::control::Control;
use jwt_workbench::bulk::plan::{Faulty, Form, Supply};
use jwt_workbench::bulk::progress::Ended;
use jwt_workbench::jobs::minting::{self, Target};
use jwt_workbench::jose::json::Json;
use jwt_workbench::template::variables::Variables;
use jwt_workbench::workbench::effect::Over;
use serde_json::json;

use super::{Folder, counters, minted, order, verified};

#[test]
fn columns_are_variables_and_values_of_ndjson_keep_their_type() {
    let folder = Folder::new();
    let claims = r#"{"sub":"{{user}}","quota":"{{quota}}","text":"{{user}}/{{quota}}"}"#;
    let csv = folder.file("users.csv", "\u{feff}user,quota\r\nalice,5\r\n\"bob \"\"b\"\"\nx\",\r\n");
    let lines = minted(&order(claims, Supply::Rows(csv)), &folder.path("out"));
    let found: Vec<_> = lines.lines().map(verified).collect();
    assert_eq!(
        found,
        [
            json!({"sub": "alice", "quota": "5", "text": "alice/5"}),
            json!({"sub": "bob \"b\"\nx", "quota": "", "text": "bob \"b\"\nx/"})
        ]
    );
    let ndjson = "{\"user\": \"alice\", \"quota\": 5}\n{\"quota\": [1, {}], \"user\": null, \"more\": 1}\n";
    let ndjson = folder.file("users.ndjson", ndjson);
    let lines = minted(&order(claims, Supply::Rows(ndjson)), &folder.path("out"));
    let found: Vec<_> = lines.lines().map(verified).collect();
    assert_eq!(
        found,
        [
            json!({"sub": "alice", "quota": 5, "text": "alice/5"}),
            json!({"sub": null, "quota": [1, {}], "text": "null/[1,{}]"})
        ]
    );
}

/// Rows of which every tenth is faulty, in one of four ways.
fn rows_with_faults() -> Vec<u8> {
    let mut rows = b"user,quota\n".to_vec();
    for number in 0..1_000 {
        rows.extend_from_slice(match number % 40 {
            9 => b"too,many,values\n",
            19 => b"few\n",
            29 => b"not-json,x y\n",
            39 => b"\xff,1\n",
            _ => b"user,1\n",
        });
    }
    rows
}

#[test]
fn faulty_rows_are_left_out_into_a_file_of_their_own() {
    let folder = Folder::new();
    let rows = folder.file("users.csv", rows_with_faults());
    let mut order = order(r#"{"n":"{{counter}}","quota":"{{quota}}"}"#, Supply::Rows(rows.clone()));
    order.template.variables = Variables::from_json(Json::parse(r#"{"quota": 0}"#).unwrap().root());
    order.plan.faulty = Faulty::Skip;
    let (target, rejects) = (Target::File(folder.path("out"), Over::Nothing), folder.path("rejects.csv"));
    let outcome = minting::run(&order, &target, Some(&rejects), &Control::default(), &mut |_| ());
    assert_eq!((outcome.ended, outcome.resume), (Ended::Done, None));
    assert_eq!((outcome.progress.minted, outcome.progress.skipped, outcome.progress.total), (900, 100, Some(1_000)));
    assert_eq!(outcome.faults.len(), 100);
    let first: Vec<_> =
        outcome.faults.iter().take(4).map(|fault| (fault.line, fault.problem.message.as_str())).collect();
    assert_eq!(first[0], (11, "The row has 3 values for 2 columns"));
    assert_eq!(first[1], (21, "The row has 1 value for 2 columns"));
    assert!(first[2].0 == 31 && first[2].1.contains("'quota'") && first[2].1.contains("not JSON"), "{first:?}");
    assert_eq!(first[3], (41, "The value of 'user' is not UTF-8 text"));
    let lines = std::fs::read_to_string(folder.path("out")).unwrap();
    let expected: Vec<u64> = (1..=1_000).filter(|number| number % 10 != 0).collect();
    assert_eq!(counters(&lines), expected, "the counter is the number of the row");
    let rejected = std::fs::read(&rejects).unwrap();
    let expected = b"user,quota\ntoo,many,values\nfew\nnot-json,x y\n\xff,1\ntoo";
    assert!(rejected.starts_with(expected), "{:?}", String::from_utf8_lossy(&rejected));
    assert_eq!(rejected.iter().filter(|byte| **byte == b'\n').count(), 101);
}

#[test]
fn a_faulty_row_ends_the_run_with_a_complete_prefix() {
    let folder = Folder::new();
    let rows = folder.file("users.csv", rows_with_faults());
    let mut order = order(r#"{"n":"{{counter}}"}"#, Supply::Rows(rows));
    order.plan.form = Form::K6;
    let outcome = super::run(&order, &Target::File(folder.path("out"), Over::Nothing));
    let Ended::Failed(problem) = outcome.ended else { panic!("{:?}", outcome.ended) };
    assert_eq!(problem.message, "Line 11: The row has 3 values for 2 columns");
    assert_eq!((outcome.resume, outcome.progress.minted, outcome.faults.len()), (Some(9), 9, 1));
    assert_eq!(outcome.faults[0].text, "too,many,values");
    let written: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(folder.path("out")).unwrap()).unwrap();
    assert_eq!(written.as_array().unwrap().len(), 9);
}

#[test]
fn a_preview_has_the_first_rows_their_tokens_and_what_is_wrong() {
    let folder = Folder::new();
    let rows = folder.file("users.csv", rows_with_faults());
    let claims = r#"{"sub":"{{user}}","n":"{{counter}}"}"#;
    let mut order = order(claims, Supply::Rows(rows));
    order.plan.from = 8;
    let preview = minting::preview(&order).unwrap();
    assert_eq!(
        (preview.columns.as_slice(), preview.total),
        (&["user".to_owned(), "quota".to_owned()][..], Some(1_000))
    );
    assert_eq!(preview.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [10, 12, 13, 14, 15]);
    assert_eq!((preview.rows[0].values.join("|"), preview.faults.len()), ("user|1".to_owned(), 1));
    let counters: Vec<_> = preview.tokens.iter().map(|token| verified(token.as_ref().unwrap())["n"].clone()).collect();
    assert_eq!(counters, [9, 11, 12, 13, 14]);
    assert!(preview.unfilled.is_empty());

    order.template.claims = r#"{"sub":"{{usr}}","n":"{{usr}} {{other}}"}"#.to_owned();
    let preview = minting::preview(&order).unwrap();
    assert_eq!(preview.unfilled, ["usr", "other"]);
    assert!(
        preview.tokens.iter().all(|token| token.as_ref().is_err_and(|problem| problem.code == "placeholder-unknown"))
    );
    order.plan.supply = Supply::Count(3);
    order.plan.from = 0;
    order.template.claims = claims.to_owned();
    let preview = minting::preview(&order).unwrap();
    assert_eq!((preview.tokens.len(), preview.rows.len(), preview.total), (3, 0, Some(3)));
    order.plan.supply = Supply::Rows(folder.path("none.csv"));
    assert_eq!(minting::preview(&order).unwrap_err().code, "file-missing");
}
