//! A secret and a private key of high entropy go through everything the program does; then it is quit, killed or crashed.
//! In no file that it could have written is a letter of them, in whatever encoding.
//!
//! The product has no way to make it panic on purpose, so that the crash is an abort, as after a panic that nobody catches.
//! What a panic itself says is tried in `tests/safety`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use jwt_workbench::jose::base64url;
use jwt_workbench::jose::jwa::KeyKind;
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::{Secret, SecretEncoding};
use tempfile::TempDir;

use crate::is_ready;
use crate::window::{Window, files};

/// Where the secret's field is, in pixels.
const SECRET_FIELD: (u32, u32) = (290, 570);
/// Where the claims are.
const CLAIMS: (u32, u32) = (300, 300);
/// The length of the secret: 60 letters of 62 are 357 bits.
const LETTERS: usize = 60;

/// What sings when it is found.
struct Canary {
    secret: String,
    /// The private key in a file of its own, outside of what is searched.
    pem: PathBuf,
    /// What is looked for: its name, and the bytes.
    needles: Vec<(String, Vec<u8>)>,
    folder: TempDir,
}

impl Canary {
    fn new() -> Self {
        let secret: String = std::iter::repeat_with(fastrand::alphanumeric).take(LETTERS).collect();
        let key = Key::generate(KeyKind::P256, None).expect("a key");
        let folder = tempfile::tempdir().expect("a folder");
        let pem = folder.path().join("key.pem");
        let text = key.to_pem(true).expect("a private key");
        std::fs::write(&pem, text.bytes()).expect("the key is written");
        let jwk = key.to_jwk(true).expect("a private key");
        let jwk: serde_json::Value = serde_json::from_slice(jwk.bytes()).expect("JSON");
        let scalar = base64url::decode(jwk["d"].as_str().expect("the private number")).expect("base64url");
        let lines = text.as_str().expect("PEM is text").lines().filter(|line| !line.starts_with('-'));
        // The last line of the file is the public half.
        let first = lines.map(|line| line.as_bytes().to_vec()).next().expect("a line");
        let mut needles = encodings("the secret", secret.as_bytes());
        needles.extend(encodings("the private number", &scalar));
        needles.push(("a line of the private key".to_owned(), first));
        Self { secret, pem, needles, folder }
    }

    /// Where it sings: the files, and what was found in them.
    fn found(&self, files: &[(PathBuf, Vec<u8>)]) -> Vec<String> {
        let mut found = Vec::new();
        for (path, bytes) in files {
            for (name, needle) in &self.needles {
                if memchr::memmem::find(bytes, needle).is_some() {
                    found.push(format!("{}: {name}", path.display()));
                }
            }
        }
        found
    }
}

/// Every form in which bytes stand in files. Of base64 it is what does not depend on the bytes before and behind.
fn encodings(name: &str, bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut forms = vec![
        ("as it is", bytes.to_vec()),
        ("in hexadecimal", hex.clone().into_bytes()),
        ("in capital hexadecimal", hex.to_uppercase().into_bytes()),
        ("in UTF-16LE", bytes.iter().flat_map(|byte| [*byte, 0]).collect()),
        ("in UTF-16BE", bytes.iter().flat_map(|byte| [0, *byte]).collect()),
    ];
    for before in 0..3 {
        let shifted = [vec![0; before], bytes.to_vec()].concat();
        for encoding in [SecretEncoding::Base64, SecretEncoding::Base64url] {
            let text = encoding.encode(&Secret::from(shifted.clone()));
            let text = text.as_str().expect("base64 is text").trim_end_matches('=');
            // Four letters stand for three bytes; the first and last letters depend on what is beside them.
            let inner = text.get([0, 2, 3][before]..text.len() - 2).expect("long enough");
            forms.push((encoding.label(), inner.as_bytes().to_vec()));
        }
    }
    forms.into_iter().map(|(form, bytes)| (format!("{name} {form}"), bytes)).collect()
}

/// What everything of the program does with the secret and the key.
fn live(window: &mut Window, canary: &Canary) {
    replace(window, SECRET_FIELD, &canary.secret);
    window.copied("the secret", |window| window.action("Copy secret"), |text| text == canary.secret);
    replace(window, CLAIMS, r#"{ "sub": "canary", "jti": "{{uuid}}", "exp": "{{now+30m}}" }"#);
    save_as(window, "Save as…", "draft.jwt.json");
    let is_token = |text: &str| text.starts_with("eyJ");
    let token = window.copied("the token", |window| window.key("ctrl+shift+c"), is_token);
    window.key("F5");

    window.action("Inspect this draft's token");
    window.copied("the report", |window| window.action("Copy report"), |text| text.starts_with("verified"));
    window.action("Compare the inspected token");
    window.action("Compare the draft as it is now");
    window.action("Measure all variants");
    window.action("Go to Login lab");
    window.action("Start the login lab");
    window.copied("the command", |window| window.action("Copy login as curl"), |text| text.starts_with("curl"));
    window.action("Stop the login lab");
    window.action("Go to Craft");
    window.action("Exercises");
    window.action("Exercises");

    // The private key is on the ring since the start.
    window.action("Use ES256");
    let of_key = |text: &str| is_token(text) && text != token;
    window.copied("the token", |window| window.key("ctrl+shift+c"), of_key);
    window.copied("the key", |window| window.action("Copy private key as PEM"), |text| text.contains("PRIVATE KEY"));
    mint(window.home(), canary);
}

/// Types a text in place of what is in the field there.
fn replace(window: &Window, field: (u32, u32), text: &str) {
    window.click(field.0, field.1);
    // The field has the keyboard a frame after the click.
    std::thread::sleep(Duration::from_millis(300));
    window.key("ctrl+a");
    window.type_text(text);
}

fn save_as(window: &mut Window, action: &str, name: &str) {
    let path = window.home().join(name);
    window.action(action);
    window.key("ctrl+a");
    window.type_text(path.to_str().expect("a path in UTF-8"));
    window.key("Return");
    window.wait_until("the saved draft", Duration::from_secs(20), |_| path.exists());
}

/// Many tokens by the command line, with the secret from the environment and from a file.
fn mint(home: &Path, canary: &Canary) {
    let file = canary.folder.path().join("secret");
    std::fs::write(&file, &canary.secret).expect("the secret is written");
    for source in [["--secret-env", "CANARY"], ["--secret-file", file.to_str().expect("a path in UTF-8")]] {
        let output = Command::new(env!("CARGO_BIN_EXE_jwt-workbench"))
            .args(["mint", "--count", "100", "--output"])
            .arg(home.join("tokens.txt"))
            .args(source)
            .env("CANARY", &canary.secret)
            .env("HOME", home)
            .output()
            .expect("the program runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let said = [output.stdout, output.stderr].concat();
        assert_eq!(canary.found(&[(PathBuf::from("what mint says"), said)]), [""; 0]);
    }
}

/// Everything the program wrote: nothing of the canary is in it, and it is no dump of the memory.
#[track_caller]
fn check(canary: &Canary, files: &[(PathBuf, Vec<u8>)]) {
    assert_eq!(canary.found(files), [""; 0]);
    let named = |name: &str| files.iter().any(|(path, _)| path.file_name().is_some_and(|of| of == name));
    assert!(named("settings.json") && named("draft.jwt.json") && named("tokens.txt"), "the right folder is searched");
    let is_core = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("core"));
    assert!(!files.iter().any(|(path, _)| is_core(path)), "there is a core dump");
    eprintln!(
        "canary: {} files with {} bytes are silent",
        files.len(),
        files.iter().map(|file| file.1.len()).sum::<usize>()
    );
}

fn start(name: &str, canary: &Canary) -> Window {
    let mut window = Window::start(name, &[canary.pem.to_str().expect("a path in UTF-8")]);
    live(&mut window, canary);
    window
}

/// Leaves the program in the middle of typing, by a signal, once the draft is kept for after a crash.
fn crash(name: &str, signal: &str) {
    if !is_ready() {
        return;
    }
    let canary = Canary::new();
    let mut window = start(name, &canary);
    replace(&window, CLAIMS, r#"{ "sub": "unsaved" }"#);
    let kept = |window: &mut Window| {
        files(window.home()).iter().any(|(path, bytes)| {
            path.to_string_lossy().ends_with(".draft.json") && memchr::memmem::find(bytes, b"unsaved").is_some()
        })
    };
    window.wait_until("the kept draft", Duration::from_secs(20), kept);
    check(&canary, &window.end_by(signal));
}

#[test]
fn a_quit_program_has_told_no_secret() {
    if !is_ready() {
        return;
    }
    let canary = Canary::new();
    let mut window = start("canary-quit", &canary);
    save_as(&mut window, "Save as…", "again.jwt.json");
    save_as(&mut window, "Save comparison as…", "canary.jwt-compare.json");
    window.screenshot("canary-quit");
    window.key("ctrl+q");
    check(&canary, &window.ended());
}

#[test]
fn a_killed_program_has_told_no_secret() {
    crash("canary-kill", "KILL");
}

#[test]
fn a_crashed_program_has_told_no_secret() {
    crash("canary-abort", "ABRT");
}

/// The search finds every form that it looks for, wherever it stands.
#[test]
fn a_planted_canary_is_found() {
    let canary = Canary::new();
    let folder = tempfile::tempdir().expect("a folder");
    let deep = folder.path().join("a/b");
    std::fs::create_dir_all(&deep).expect("folders");
    for (number, (name, needle)) in canary.needles.iter().enumerate() {
        let path = deep.join(number.to_string());
        std::fs::write(&path, [b"\x00before".as_slice(), needle, b"behind\xff"].concat()).expect("a file");
        let found = canary.found(&files(folder.path()));
        assert!(found.contains(&format!("{}: {name}", path.display())), "{name}");
        std::fs::remove_file(path).expect("it goes");
    }
    for (before, after) in [("", ""), ("x", "y"), ("xx", "yyy")] {
        let around = format!("{before}{}{after}", canary.secret);
        let text = SecretEncoding::Base64.encode(&Secret::from(around));
        assert_ne!(canary.found(&[(PathBuf::from("a"), text.bytes().to_vec())]), [""; 0], "{before:?} stands before");
    }
    assert_eq!(canary.found(&[(PathBuf::from("a"), b"nothing".to_vec())]), [""; 0]);
}
