//! Every form read back by a reader of its own, and every token in it verified.

use std::fs;

use jwt_workbench::bulk::plan::{Form, Order, Supply};
use jwt_workbench::bulk::progress::Ended;
use jwt_workbench::jobs::minting::Target;
use serde_json::{Value, json};

use super::{Folder, minted, order, run, verified};

const CLAIMS: &str = r#"{"sub":"{{user}}","n":"{{counter}}"}"#;
const USERS: [&str; 3] = ["alice", "b,\"o\"\nb", " ä "];

fn by_rows(folder: &Folder, form: Form) -> Order {
    let rows = format!("user,token\n{},1\n\"b,\"\"o\"\"\nb\",2\n{},3\n", USERS[0], USERS[2]);
    let mut order = order(CLAIMS, Supply::Rows(folder.file("users.csv", rows)));
    order.plan.form = form;
    order
}

fn by_count(form: Form) -> Order {
    let mut order = order(CLAIMS, Supply::Count(3));
    order.plan.form = form;
    order
}

#[track_caller]
fn check_token(token: &str, user: &str, number: usize) {
    assert_eq!(verified(token), json!({"sub": user, "n": number}));
}

#[test]
fn lines() {
    let folder = Folder::new();
    let text = minted(&by_rows(&folder, Form::Lines), &folder.path("out"));
    assert_eq!(text.lines().count(), 3);
    text.lines().zip(USERS).enumerate().for_each(|(index, (token, user))| check_token(token, user, index + 1));
}

#[test]
fn csv_and_jmeter() {
    for form in [Form::Csv, Form::Jmeter] {
        let folder = Folder::new();
        let text = minted(&by_rows(&folder, form), &folder.path("out"));
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.headers().unwrap(), &["user", "token", "token_2"][..]);
        for (index, record) in reader.records().enumerate() {
            let record = record.unwrap();
            assert_eq!((&record[0], &record[1]), (USERS[index], (index + 1).to_string().as_str()));
            check_token(&record[2], USERS[index], index + 1);
        }
        let text = minted(&by_count(form), &folder.path("out"));
        assert!(text.starts_with("n,token\n1,ey") && text.lines().count() == 4, "{text}");
    }
}

#[track_caller]
fn check_objects(objects: &[Value]) {
    assert_eq!(objects.len(), 3);
    for (index, object) in objects.iter().enumerate() {
        assert_eq!((&object["user"], &object["token"]), (&json!(USERS[index]), &json!((index + 1).to_string())));
        check_token(object["token_2"].as_str().unwrap(), USERS[index], index + 1);
    }
}

#[test]
fn ndjson() {
    let folder = Folder::new();
    let text = minted(&by_rows(&folder, Form::Ndjson), &folder.path("out"));
    check_objects(&text.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<_>>());
    let text = minted(&by_count(Form::Ndjson), &folder.path("out"));
    let second: Value = serde_json::from_str(text.lines().nth(1).unwrap()).unwrap();
    assert_eq!(second["n"], 2);
    check_token(second["token"].as_str().unwrap(), "nobody", 2);
    let rows = folder.file("users.ndjson", "{\"user\":\"a\\\"\",\"quota\":[1, 2.50]}\n");
    let mut order = order(CLAIMS, Supply::Rows(rows));
    order.plan.form = Form::Ndjson;
    let text = minted(&order, &folder.path("out"));
    assert!(text.starts_with(r#"{"user":"a\"","quota":[1, 2.50],"token":"ey"#), "{text}");
}

#[test]
fn k6() {
    let folder = Folder::new();
    let text = minted(&by_rows(&folder, Form::K6), &folder.path("out"));
    check_objects(serde_json::from_str::<Value>(&text).unwrap().as_array().unwrap());
    let mut none = by_count(Form::K6);
    none.plan.from = 3;
    assert_eq!(serde_json::from_str::<Value>(&minted(&none, &folder.path("out"))).unwrap(), json!([]));
}

#[test]
fn vegeta() {
    let folder = Folder::new();
    let text = minted(&by_rows(&folder, Form::Vegeta), &folder.path("out"));
    for (index, line) in text.lines().enumerate() {
        let target: Value = serde_json::from_str(line).unwrap();
        assert_eq!((&target["method"], &target["url"]), (&json!("GET"), &json!("http://localhost:8080/api")));
        let value = target["header"]["Authorization"][0].as_str().unwrap();
        check_token(value.strip_prefix("Bearer ").unwrap(), USERS[index], index + 1);
    }
    let mut order = by_count(Form::Vegeta);
    order.plan.url = "localhost:8080".to_owned();
    let outcome = run(&order, &Target::Standard);
    let Ended::Failed(problem) = outcome.ended else { panic!("{:?}", outcome.ended) };
    assert_eq!(problem.code, "url");
}

#[test]
fn wrk() {
    let folder = Folder::new();
    let text = minted(&by_rows(&folder, Form::Wrk), &folder.path("out"));
    let (_, behind) = text.split_once("[[\n").unwrap();
    let (tokens, script) = behind.split_once("]]").unwrap();
    tokens.lines().zip(USERS).enumerate().for_each(|(index, (token, user))| check_token(token, user, index + 1));
    assert!(script.contains("function request()") && text.contains("'http://localhost:8080/api'"), "{text}");
    let Some(lua) = ["luajit", "lua5.1", "lua5.4", "lua"].into_iter().find(|name| runs(name)) else {
        println!("skipped: there is no Lua to run the script with");
        return;
    };
    let harness = "wrk = { format = function(_, _, headers) return headers.Authorization end }\n\
                   dofile(arg[1])\nfirst = 0\ninit()\nfor _ = 1, 4 do print(request()) end\n";
    let harness = folder.file("harness.lua", harness);
    let output = std::process::Command::new(lua).arg(harness).arg(folder.path("out")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).unwrap();
    let sent: Vec<&str> = printed.lines().map(|line| line.strip_prefix("Bearer ").unwrap()).collect();
    let tokens: Vec<&str> = tokens.lines().collect();
    assert_eq!(sent, [tokens[0], tokens[1], tokens[2], tokens[0]], "one after the other, and from the start again");
}

fn runs(program: &str) -> bool {
    std::process::Command::new(program).arg("-v").output().is_ok()
}

#[test]
fn a_folder_has_a_private_file_for_each_token() {
    let folder = Folder::new();
    let order = by_rows(&folder, Form::Folder);
    let path = folder.path("tokens");
    assert_eq!(run(&order, &Target::Folder(path.clone())).ended, Ended::Done);
    let mut names: Vec<_> = fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["00000001.jwt", "00000002.jwt", "00000003.jwt"]);
    for (index, name) in names.iter().enumerate() {
        check_token(&fs::read_to_string(path.join(name)).unwrap(), USERS[index], index + 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(path.join(name)).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
    let before = fs::read(path.join("00000002.jwt")).unwrap();
    let outcome = run(&order, &Target::Folder(path.clone()));
    let Ended::Failed(problem) = outcome.ended else { panic!("{:?}", outcome.ended) };
    assert_eq!((problem.code, outcome.progress.minted), ("file-exists", 0));
    assert_eq!(fs::read(path.join("00000002.jwt")).unwrap(), before, "nothing is replaced");
    assert_eq!(fs::read_dir(&path).unwrap().count(), 3);
}
