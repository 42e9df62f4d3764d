//! `mint` for many tokens: files of rows, pipes, pieces, and runs that are ended.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{Folder, SECRET, command, finished, payload, refused, run, run_with_input};

const CLAIMS: &str = r#"{"sub":"{{user}}","n":"{{counter}}"}"#;

fn many<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    [&["mint", "--secret", SECRET, "--claims", CLAIMS, "--set", "user=nobody"], arguments].concat()
}

fn claims(lines: &str) -> Vec<Value> {
    lines.lines().map(|token| serde_json::from_str(&payload(token)).unwrap()).collect()
}

#[test]
fn a_token_for_each_row_of_a_file_or_of_standard_input() {
    let folder = Folder::new();
    let csv = folder.file("users.csv", "user\nalice\nbob\n");
    let expected = [serde_json::json!({"sub": "alice", "n": 1}), serde_json::json!({"sub": "bob", "n": 2})];
    for arguments in [["--csv", &csv], ["--rows", &csv]] {
        let run = run(&many(&arguments));
        assert_eq!((run.code, run.err.as_str(), claims(&run.out)), (0, "", expected.to_vec()));
    }
    let run = run_with_input(&many(&["--csv", "-"]), b"{\"user\": \"alice\"}\n{\"user\": \"bob\"}\n");
    assert_eq!((run.code, run.err.as_str(), claims(&run.out)), (0, "", expected.to_vec()));
}

#[test]
fn rows_are_answered_as_they_come() {
    let mut child = command(&many(&["--csv", "-"])).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut rows, mut tokens) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    for (row, user) in [("user\nalice\n", "alice"), ("bob\n", "bob")] {
        std::io::Write::write_all(&mut rows, row.as_bytes()).unwrap();
        let mut token = String::new();
        tokens.read_line(&mut token).unwrap();
        assert_eq!(claims(&token)[0]["sub"], user);
    }
    drop(rows);
    assert!(child.wait().unwrap().success());
}

#[test]
fn faulty_rows_end_the_run_or_are_left_out() {
    let folder = Folder::new();
    let csv = folder.file("users.csv", "user,x\nalice,1\nbob\ncarol,3\n");
    let path = folder.path("tokens.txt");
    let ended = run(&many(&["--csv", &csv, "--output", &path]));
    assert_eq!((ended.code, ended.out.as_str()), (2, ""));
    assert!(ended.err.contains("error: Line 3: The row has 1 value for 2 columns"), "{}", ended.err);
    assert!(ended.err.contains("1 tokens are complete") && ended.err.contains("--from 1 --append"), "{}", ended.err);
    assert_eq!(claims(&fs::read_to_string(&path).unwrap()).len(), 1);
    let rejects = folder.path("rejects.csv");
    let skipped = run(&many(&["--csv", &csv, "--rejects", &rejects]));
    assert_eq!((skipped.code, claims(&skipped.out).len()), (0, 2));
    assert!(skipped.err.contains("1 row was left out into") && skipped.err.contains("line 3: "), "{}", skipped.err);
    assert_eq!(fs::read_to_string(&rejects).unwrap(), "user,x\nbob\n");
}

#[test]
fn pieces_are_together_the_whole() {
    let whole = run(&many(&["--count", "10"])).out;
    let mut lines: Vec<String> = Vec::new();
    for shard in ["0/3", "1/3", "2/3"] {
        lines.extend(run(&many(&["--count", "10", "--shard", shard])).out.lines().map(str::to_owned));
    }
    lines.sort_by_key(|token| claims(token)[0]["n"].as_u64());
    assert_eq!(lines.join("\n"), whole.trim_end());
}

#[test]
fn every_form_can_be_named() {
    let folder = Folder::new();
    let k6 = run(&many(&["--count", "2", "--form", "k6", "--threads", "2"]));
    assert_eq!(serde_json::from_str::<Vec<Value>>(&k6.out).unwrap().len(), 2);
    let vegeta = run(&many(&["--count", "1", "--form", "vegeta", "--url", "https://acme.dev/api"]));
    assert_eq!(serde_json::from_str::<Value>(&vegeta.out).unwrap()["url"], "https://acme.dev/api");
    let path = folder.path("tokens");
    assert_eq!(run(&many(&["--count", "2", "--form", "folder", "--output", &path])).code, 0);
    assert_eq!(fs::read_dir(&path).unwrap().count(), 2);
}

#[test]
fn what_does_not_fit_together_is_refused() {
    refused(&many(&["--form", "xml"]), "no form 'xml'", "vegeta");
    refused(&many(&["--shard", "3/3"]), "no piece '3/3'", "0/4");
    refused(&many(&["--form", "folder"]), "needs a folder", "--output");
    refused(&many(&["--form", "wrk", "--url", "acme"]), "'acme' is not an address", "http://");
    refused(&many(&["--csv", "no-such.csv"]), "there is no such file", "Check");
    for arguments in [&["--csv", "x", "--count", "2"][..], &["--append"], &["--skip-faulty"], &["--threads", "0"]] {
        assert_eq!(run(&many(arguments)).code, 2, "{arguments:?}");
    }
    let twice = run_with_input(&["mint", "-", "--csv", "-"], b"{}");
    assert!(twice.code == 2 && twice.err.contains("Standard input can stand in for one"), "{}", twice.err);
}

#[test]
fn a_reader_that_has_seen_enough_ends_the_run_quietly() {
    for form in ["lines", "k6"] {
        let arguments = many(&["--count", "1000000000000", "--form", form]);
        let mut child = command(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let run = finished(child.wait_with_output().unwrap());
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{form}");
        assert!(!line.is_empty());
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_what_is_complete_and_says_how_to_go_on() {
    let folder = Folder::new();
    let path = folder.path("tokens.txt");
    let arguments = many(&["--count", "1000000000000", "--output", &path]);
    let child = command(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    let is_minting = || {
        let entries = fs::read_dir(folder.0.path()).unwrap();
        entries.filter_map(Result::ok).any(|entry| entry.metadata().is_ok_and(|metadata| metadata.len() > 0))
    };
    while !is_minting() {
        assert!(begun.elapsed() < Duration::from_secs(60), "nothing is minted");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let ended = finished(child.wait_with_output().unwrap());
    assert_eq!((ended.code, ended.out.as_str()), (1, ""), "{}", ended.err);
    let tokens = fs::read_to_string(&path).unwrap();
    let minted = tokens.lines().count();
    assert!(minted > 0 && tokens.ends_with('\n'), "{minted}");
    assert!(ended.err.contains(&format!("--from {minted} --append")), "{}", ended.err);
    let (from, count) = (minted.to_string(), (minted + 10).to_string());
    let rest = run(&many(&["--count", &count, "--output", &path, "--from", &from, "--append"]));
    assert_eq!((rest.code, rest.err.as_str()), (0, ""));
    let tokens = fs::read_to_string(&path).unwrap();
    assert_eq!(tokens.lines().count(), minted + 10);
    let around: Vec<&str> = tokens.lines().skip(minted - 1).collect();
    let counters: Vec<u64> = claims(&around.join("\n")).iter().map(|claims| claims["n"].as_u64().unwrap()).collect();
    assert_eq!(counters, (minted as u64..=minted as u64 + 10).collect::<Vec<_>>());
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_takes_nothing_is_told() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let ended = finished(command(&many(&["--count", "5000"])).stdout(full).output().unwrap());
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("no space left"), "{}", ended.err);
}
