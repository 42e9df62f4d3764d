//! Runs that end early: what is there is complete, and it is said where to go on.

use std::fs;

use jwt_workbench::bulk::control::Control;
use jwt_workbench::bulk::plan::{Form, Supply};
use jwt_workbench::bulk::progress::Ended;
use jwt_workbench::jobs::minting::{self, Target};
use jwt_workbench::workbench::effect::Over;
use serde_json::Value;

use super::{CLAIMS, Folder, counters, minted, order, run};

#[test]
fn a_cancelled_run_leaves_a_valid_prefix_and_says_where_to_go_on() {
    for form in [Form::Lines, Form::K6] {
        let folder = Folder::new();
        let mut order = order(CLAIMS, Supply::Count(u64::MAX));
        order.plan.form = form;
        let control = Control::default();
        let mut told = 0;
        let path = folder.path("out");
        let outcome =
            minting::run(&order, &Target::File(path.clone(), Over::Nothing), None, &control, &mut |progress| {
                told += 1;
                assert!(progress.total == Some(u64::MAX) && progress.rate().is_some());
                if progress.minted > 0 {
                    control.cancel();
                }
            });
        let minted = outcome.progress.minted;
        assert!(told > 0 && minted > 0, "{told} {minted}");
        assert_eq!((outcome.ended, outcome.resume), (Ended::Cancelled, Some(minted)));
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.len() as u64, outcome.progress.bytes);
        match form {
            Form::K6 => assert_eq!(serde_json::from_str::<Vec<Value>>(&text).unwrap().len() as u64, minted),
            _ => assert_eq!(counters(&text), (1..=minted).collect::<Vec<_>>()),
        }
        assert_eq!(folder.names(), ["out"]);
    }
}

#[test]
fn a_run_that_is_cancelled_before_its_first_token_leaves_what_was_there() {
    let folder = Folder::new();
    let path = folder.file("out", "before");
    let control = Control::default();
    control.cancel();
    let order = order(CLAIMS, Supply::Count(10));
    let outcome = minting::run(&order, &Target::File(path.clone(), Over::Anything), None, &control, &mut |_| ());
    assert_eq!((outcome.ended, outcome.resume), (Ended::Cancelled, Some(0)));
    assert_eq!((fs::read_to_string(&path).unwrap().as_str(), folder.names().len()), ("before", 1));
}

#[test]
fn a_paused_run_waits_and_goes_on() {
    let folder = Folder::new();
    let order = order(CLAIMS, Supply::Count(20_000));
    let control = Control::default();
    control.pause();
    let (reins, path) = (control.clone(), folder.path("out"));
    let waiting = std::thread::Builder::new().spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(300));
        reins.resume();
    });
    let outcome = minting::run(&order, &Target::File(path.clone(), Over::Nothing), None, &control, &mut |_| ());
    waiting.unwrap().join().unwrap();
    assert_eq!((outcome.ended, outcome.progress.minted), (Ended::Done, 20_000));
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 20_000);
}

#[test]
fn what_cannot_be_minted_to_the_end_is_refused_before_anything_is_written() {
    let folder = Folder::new();
    let path = folder.file("out", "before");
    let check = |claims: &str, change: &dyn Fn(&mut jwt_workbench::bulk::plan::Order), message: &str| {
        let mut order = order(claims, Supply::Count(10));
        change(&mut order);
        let outcome = run(&order, &Target::File(path.clone(), Over::Anything));
        let Ended::Failed(problem) = outcome.ended else { panic!("{claims}: {:?}", outcome.ended) };
        assert!(problem.message.contains(message) && !problem.help.is_empty(), "{problem}");
        assert_eq!((outcome.progress.minted, fs::read_to_string(&path).unwrap().as_str()), (0, "before"));
    };
    check(r#"{"n":"{{counter:18446744073709551610}}"}"#, &|_| (), "The claims, 1:7: {{counter:1844");
    check(r#"{"n":"{{nobody}}"}"#, &|_| (), "The claims, 1:7:");
    check("[1]", &|_| (), "The claims are an array");
    check("{}", &|order| order.template.header = r#"{"alg":"RS256"}"#.to_owned(), "RS256 needs");
    check("{}", &|order| order.template.header = "{}".to_owned(), "The header, 1:1:");
    check("{}", &|order| order.plan.form = Form::Folder, "folder");
}

#[test]
fn files_are_not_replaced_unasked_and_only_gone_on_with_as_they_were_left() {
    let folder = Folder::new();
    let path = folder.file("out", "not a token, and no line end");
    let mut order = order(CLAIMS, Supply::Count(3));
    let code = |target: &Target, order: &_| match run(order, target).ended {
        Ended::Failed(problem) => problem.code,
        ended => panic!("{ended:?}"),
    };
    assert_eq!(code(&Target::File(path.clone(), Over::Nothing), &order), "file-exists");
    assert_eq!(code(&Target::Append(path.clone()), &order), "file-other");
    assert_eq!(code(&Target::Append(folder.path("none")), &order), "file-missing");
    assert_eq!(code(&Target::File(folder.path("no/where"), Over::Anything), &order), "file-missing");
    order.plan.form = Form::Csv;
    minted(&order, &path);
    order.plan.form = Form::K6;
    assert_eq!(code(&Target::Append(path.clone()), &order), "file-other");
    order.plan.form = Form::Csv;
    assert_eq!(run(&order, &Target::Append(path.clone())).ended, Ended::Done);
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 7);
    assert_eq!(folder.names(), ["out"]);
}

/// A small disk of its own, for those who may mount one.
#[cfg(target_os = "linux")]
struct SmallDisk(Folder);

#[cfg(target_os = "linux")]
impl SmallDisk {
    fn mount() -> Option<Self> {
        let folder = Folder::new();
        let mounted = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"])
            .arg(folder.0.path())
            .output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Self(folder))
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        std::process::Command::new("umount").arg(self.0.0.path()).output().ok();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_a_complete_prefix() {
    let Some(disk) = SmallDisk::mount() else {
        println!("skipped: no disk can be mounted here");
        return;
    };
    for form in [Form::Lines, Form::K6, Form::Wrk] {
        let path = disk.0.path("out");
        let mut order = order(CLAIMS, Supply::Count(1_000_000));
        order.plan.form = form;
        let outcome = run(&order, &Target::File(path.clone(), Over::Anything));
        let Ended::Failed(problem) = outcome.ended else { panic!("{form:?}: {:?}", outcome.ended) };
        assert!(problem.code == "file-full" && problem.help.contains("go on"), "{problem:?}");
        let minted = outcome.progress.minted;
        assert!(minted > 0 && outcome.resume == Some(minted), "{form:?} {minted}");
        let text = fs::read_to_string(&path).unwrap();
        let tokens: Vec<&str> = text
            .split(|char: char| !matches!(char, 'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.'))
            .filter(|word| word.starts_with("ey"))
            .collect();
        let numbers: Vec<u64> = tokens.iter().map(|token| super::verified(token)["n"].as_u64().unwrap()).collect();
        assert_eq!(numbers, (1..=minted).collect::<Vec<_>>(), "{form:?}");
        match form {
            Form::K6 => assert_eq!(serde_json::from_str::<Vec<Value>>(&text).unwrap().len() as u64, minted),
            Form::Wrk => assert!(text.ends_with("end\n")),
            _ => assert!(text.ends_with('\n')),
        }
        fs::remove_file(&path).unwrap();
        assert_eq!(disk.0.names(), [""; 0], "nothing else is left");
    }
}
