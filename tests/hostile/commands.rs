//! The same on the command line: exit code 2, plain words, and nothing half done.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use jwt_workbench::jose::base64url;

use crate::check_plain;
use crate::files::{Folder, TEMPLATE};

struct Run {
    code: i32,
    out: String,
    err: String,
}

#[track_caller]
fn run(arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jwt-workbench"));
    let output = command.args(arguments).env_remove("JWT_SECRET").stdin(Stdio::null()).output().unwrap();
    Run {
        code: output.status.code().unwrap_or_else(|| panic!("{arguments:?} was killed")),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[track_caller]
fn mint(arguments: &[&str]) -> Run {
    run(&[&["mint", "--secret", "0123456789abcdef0123456789abcdef"], arguments].concat())
}

#[track_caller]
fn check_refused(arguments: &[&str], words: &str) {
    let run = mint(arguments);
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}: {}", run.err);
    assert!(run.err.starts_with("error: ") && run.err.contains(words), "{arguments:?}: {}", run.err);
    assert!(run.err.lines().count() >= 2, "there is no next step: {}", run.err);
    run.err.lines().for_each(check_plain);
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn files_that_are_no_template_are_refused() {
    let folder = Folder::new();
    let large = folder.path("large");
    fs::File::create(&large).unwrap().set_len(100_000_000).unwrap();
    check_refused(&[text(&large)], "96 MiB");
    check_refused(&[text(&folder.path(""))], "it is a folder");
    check_refused(&["/dev/zero"], "more than 16 MiB");
    check_refused(&["/dev/null"], "empty");
    check_refused(&[text(&folder.file("binary", b"\x89PNG\0"))], "not UTF-8");
    check_refused(&[text(&folder.file("utf16", b"\xff\xfe{\0}\0"))], "UTF-16");
    check_refused(&[text(&folder.file("cut.json", "{\n\"a\": 1"))], "2:7");
    check_refused(&[text(&folder.file("deep.json", format!("{{\"a\":{}", "[".repeat(100_000))))], "nested");
    check_refused(&[text(&folder.file("later", TEMPLATE.replace("\"version\": 1", "\"version\": 2")))], "version 2");
    check_refused(&[text(&folder.file("broken", TEMPLATE.replace("\"A\",", "\"A\"")))], "5:3");
    check_refused(&[text(&folder.file("key.pem", "-----BEGIN PRIVATE KEY-----\n"))], "holds a key");
    check_refused(&[text(&folder.file("t", "eyJhbGciOiJub25lIn0.e30."))], "holds a token");
    check_refused(&[text(&folder.path("none\u{1b}[2J\nx"))], "no such file");
    let file = folder.file("claims.txt", b"\xff");
    check_refused(&["--claims", &format!("@{}", text(&file))], "not UTF-8");
    check_refused(&["--claims", &format!("@{}", text(&folder.path("")))], "it is a folder");
}

#[test]
fn texts_that_cannot_be_minted_are_refused() {
    let deep = "[".repeat(5_000);
    let long = "x".repeat(5_000);
    for (claims, words) in [
        ("", "empty"),
        ("{", "1:2"),
        ("[]", "object"),
        ("{\"a\":\u{feff}1}", "U+FEFF"),
        ("{'a':1}", "double quotes"),
        ("{\"a\":NaN}", "NaN"),
        ("{\"a\":\"\u{1}\"}", "U+0001"),
        ("{\"a\":\"{{now+99999999w}}\"}", "1970 and 9999"),
        ("{\"a\":\"{{nobody\u{202e}}}\"}", "nobody"),
        (&deep, "nested"),
        (&long, "found"),
    ] {
        check_refused(&["--claims", claims], words);
    }
    for (header, words) in [
        ("[]", "not a JSON object"),
        ("{\"alg\":null}", "alg must be a text"),
        ("{\"alg\":\"NONE\"}", "none"),
        ("{\"alg\":\"\u{202e}652SH\"}", "not a registered"),
        ("{\"alg\"}", "1:7"),
    ] {
        check_refused(&["--header", header], words);
    }
    check_refused(&["--header", "[]", "--alg", "HS256"], "not a JSON object");
    check_refused(&["--expires-in", &"9".repeat(5_000)], "no unit");
    check_refused(&["--expires-in", "-9223372036854775807s"], "1970 and 9999");
    check_refused(&["--expires-at", "+262142-01-01T00:00:00Z"], "");
    check_refused(&["--now", "99999999999999999999"], "not an instant");
    check_refused(&["--set", "=x"], "--set");
}

#[test]
fn the_edges_that_can_be_minted_are() {
    let payload = |arguments: &[&str]| {
        let run = mint(arguments);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{arguments:?}");
        String::from_utf8(base64url::decode(run.out.split('.').nth(1).unwrap()).unwrap()).unwrap()
    };
    let exp = |arguments: &[&str]| payload(&[&["--claims", "{}"], arguments].concat());
    assert_eq!(exp(&["--now", "0", "--expires-in", "0s"]), "{\"exp\":0}");
    assert_eq!(exp(&["--expires-at", "9999-12-31T23:59:59Z"]), "{\"exp\":253402300799}");
    assert_eq!(exp(&["--now", "253402300799", "--expires-in", "-253402300799s"]), "{\"exp\":0}");
    let many: String = (0..20_000).map(|_| "\"exp\":1,").collect();
    let folder = Folder::new();
    let claims = format!("@{}", text(&folder.file("many.json", format!("{{{many}\"a\":1}}"))));
    assert_eq!(payload(&["--claims", &claims, "--no-expiry"]), "{\"a\":1}");
}

#[test]
fn an_output_that_cannot_be_written_leaves_what_was_there() {
    let folder = Folder::new();
    let file = folder.file("file", "original");
    check_refused(&["--output", text(&folder.path(""))], "it is a folder");
    check_refused(&["--output", text(&folder.path("none/t"))], "its folder does not exist");
    check_refused(&["--output", "/dev/full"], "a pipe or a device");
    check_refused(&["--output", text(&file), "--claims", "{\"a\":\"{{now+9999999w}}\"}"], "9999");
    assert_eq!(fs::read_to_string(&file).unwrap(), "original");
    assert_eq!(fs::read_dir(folder.path("")).unwrap().count(), 1);
}

#[test]
fn whatever_is_inspected_is_answered() {
    let folder = Folder::new();
    let header = "eyJhbGciOiJIUzI1NiJ9";
    let deep = base64url::encode(format!("{{\"a\":{}", "[".repeat(100_000)).as_bytes());
    let spoof = base64url::encode("{\"a\u{202e}\":\"\u{1b}[2J\u{7}\"}".as_bytes());
    for (token, code) in [
        ("", 1),
        (".", 1),
        ("..", 0),
        ("....", 0),
        (&*".".repeat(10_000), 1),
        (&format!("{header}.e30"), 1),
        (&format!("{header}.e30.%"), 0),
        (&format!("{header}.{deep}.AA"), 0),
        (&format!("{header}.{spoof}.AA"), 0),
        ("{\"payload\":\"\"}", 1),
        ("\u{202e}\u{0301}\u{1f469}\u{200d}", 1),
    ] {
        for json in [&["--json"][..], &[]] {
            let path = folder.file("token", token);
            let run = run(&[&["inspect", &format!("@{}", text(&path))], json].concat());
            assert_eq!((run.code, run.err.as_str()), (code, ""), "{token:.60}");
            let steers = run.out.contains(|c: char| (c.is_control() && c != '\n') || c == '\u{202e}');
            assert!(!steers || !json.is_empty(), "{:?}", run.out);
            if !json.is_empty() {
                serde_json::from_str::<serde_json::Value>(&run.out).unwrap();
            }
        }
    }
    for (argument, words) in [
        (format!("@{}", text(&folder.path(""))), "it is a folder"),
        ("@/dev/zero".to_owned(), "more than 16 MiB"),
        (format!("@{}", text(&folder.file("binary", b"\xff\xfe"))), "not UTF-8"),
    ] {
        let run = run(&["inspect", &argument]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{argument}");
        assert!(run.err.contains(words), "{}", run.err);
        run.err.lines().for_each(check_plain);
    }
}
