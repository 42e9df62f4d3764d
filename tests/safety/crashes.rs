//! What a crash leaves behind: no core dump, and no word of what the program held.

use jwt_workbench::jobs::panic_report;

use crate::{again, role};

#[test]
fn a_panic_names_its_place_and_no_value() {
    if role().is_some() {
        panic_report::install();
        let text = "tweet-canary-é".to_owned();
        let inside_a_letter = text.len() - 1;
        assert!(text[..inside_a_letter].is_empty());
    }
    let output = again("crashes::a_panic_names_its_place_and_no_value", "panic").output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success(), "{said}");
    assert!(said.contains("a mistake in the program, at tests/safety/crashes.rs:"), "{said}");
    assert!(!said.contains("tweet"), "{said}");
}

/// The command waits for its input, so that it can be looked at.
#[cfg(target_os = "linux")]
#[test]
fn the_program_leaves_no_core_dump_and_cannot_be_read_by_others() {
    use std::fs;
    use std::os::unix::fs::MetadataExt as _;
    use std::os::unix::process::CommandExt as _;
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    let mut command = Command::new(env!("CARGO_BIN_EXE_jwt-workbench"));
    command.args(["inspect", "--lines"]).stdin(Stdio::piped()).stdout(Stdio::null());
    // Of root's own processes everything belongs to root in any case.
    let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
    if is_root {
        command.uid(65_534);
    }
    let mut child = command.spawn().unwrap();
    let folder = format!("/proc/{}", child.id());
    let started = Instant::now();
    let (limits, owner) = loop {
        let limits = fs::read_to_string(format!("{folder}/limits")).unwrap();
        let limits: Vec<String> = limits
            .lines()
            .filter_map(|line| line.strip_prefix("Max core file size"))
            .map(|line| line.split_whitespace().take(2).collect::<Vec<_>>().join(" "))
            .collect();
        // A link in the folder belongs to whom the process may be read by.
        let owner = fs::symlink_metadata(format!("{folder}/cwd")).unwrap().uid();
        if (limits == ["0 0"] && owner == 0) || started.elapsed() > Duration::from_secs(10) {
            break (limits, owner);
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
    assert_eq!((limits, owner), (vec!["0 0".to_owned()], 0));
}
