//! Journeys in a real window: what a person types, sees and copies, and what another implementation says about it.
//!
//! `make test` sets up what they need. Without it they say `skipped` and pass, except where `CI=true`.
#![cfg(target_os = "linux")]
#![expect(
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a journey ends at the first surprise and tells its figures"
)]

mod api;
mod canary;
#[path = "../common/display.rs"]
mod display;
mod reader;
mod safety;
mod situations;
mod window;

use std::process::Command;
use std::time::Duration;

use window::Window;

/// Claims that a careless program would rewrite, and the payload that they must become.
const CLAIMS: &str = r#"{ "sub": "user-42", "account": 123456789012345678901234567890, "seat": 1, "seat": 2, "rate": 1.0, "limit": 1e5, "name": "Zo\u00eb", "exp": "{{now+30m}}" }"#;
const PAYLOAD: &str = r#"{"sub":"user-42","account":123456789012345678901234567890,"seat":1,"seat":2,"rate":1.0,"limit":1e5,"name":"Zo\u00eb","exp":EXP}"#;

/// Says which tool is missing, or fails for it where everything must be there.
fn is_ready() -> bool {
    let missing: Vec<&str> = ["Xvfb", "xdotool", "xclip"]
        .into_iter()
        .filter(|tool| Command::new("which").arg(tool).output().is_ok_and(|output| !output.status.success()))
        .chain(reader::python().is_none().then_some("a Python with PyJWT (JWT_WORKBENCH_PYTHON)"))
        .collect();
    if missing.is_empty() {
        return true;
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "missing: {}", missing.join(", "));
    eprintln!("skipped: 'make test' installs {}", missing.join(", "));
    false
}

/// Types the claims, copies the token and the key, and lets PyJWT judge.
#[track_caller]
fn craft(alg: &str, actions: &[&str], copy_key: &str) {
    if !is_ready() {
        return;
    }
    let mut window = Window::start(alg, &[]);
    window.key("ctrl+a");
    window.type_text(CLAIMS);
    for action in actions {
        window.action(action);
    }
    let alg_is = |token: &str| header_of(token).contains(&format!("\"{alg}\""));
    let token = window.copied("the token", |window| window.key("ctrl+shift+c"), alg_is);
    let key = window.copied("the key", |window| window.action(copy_key), |text| !text.is_empty() && *text != token);
    window.screenshot(alg);

    let reading = reader::read(&token, alg, &key);
    assert_eq!(reading.alg, alg);
    assert_eq!(reading.payload, PAYLOAD.replace("EXP", &reading.exp.to_string()));
    assert!((1740.0..=1801.0).contains(&reading.exp_ahead), "exp is {} s ahead", reading.exp_ahead);
}

/// The text of a token's header; empty when it is no token.
fn header_of(token: &str) -> String {
    let header = token.split('.').next().unwrap_or_default();
    let bytes = jwt_workbench::jose::base64url::decode(header).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

#[test]
fn hs256_with_the_generated_secret() {
    craft("HS256", &[], "Copy secret");
}

#[test]
fn rs256_with_a_generated_key() {
    craft("RS256", &["Use RS256", "Generate RSA 2048 key"], "Copy public key as PEM");
}

#[test]
fn es256_with_a_generated_key() {
    craft("ES256", &["Use ES256", "Generate P-256 key"], "Copy public key as PEM");
}

#[test]
fn eddsa_with_a_generated_key() {
    craft("EdDSA", &["Use EdDSA", "Generate Ed25519 key"], "Copy public key as PEM");
}

#[test]
fn nothing_secret_is_left_behind() {
    if !is_ready() {
        return;
    }
    let mut window = Window::start("leaving", &[]);
    let token = window.copied("the token", |window| window.key("ctrl+shift+c"), |text| text.starts_with("eyJ"));
    let secret = window.copied("the secret", |window| window.action("Copy secret"), |text| *text != token);
    window.key("ctrl+q");
    for (path, bytes) in window.ended() {
        for (what, text) in [("the token", &token), ("the secret", &secret)] {
            let found = bytes.windows(text.len()).any(|part| part == text.as_bytes());
            assert!(!found, "{what} is in {}", path.display());
        }
    }
}

/// The first frame, the memory, and what a window costs that nobody touches.
#[test]
fn an_idle_window_rests() {
    if !is_ready() {
        return;
    }
    let mut window = Window::start("idle", &[]);
    // The pointer and the caret are in the editor, as when somebody has just left the desk.
    window.click(300, 300);
    window.settle();
    let counting = window.idle_cpu(Duration::from_secs(10));
    window.action("Never expire");
    window.settle();
    let resting = window.idle_cpu(Duration::from_secs(10));
    eprintln!(
        "figures ({} build, software drawing): first frame after {} ms, {:.0} MiB in use; \
         idle {resting:.1} % of a core, {counting:.1} % with the countdown",
        if cfg!(debug_assertions) { "development" } else { "release" },
        window.first_frame.as_millis(),
        window.memory(),
    );
    assert!(resting < 1.0, "an idle window uses {resting:.1} % of a core");
}

/// "Why does my API answer 401?": a header line is pasted, the key is on the ring, and the answer is there.
#[test]
fn a_pasted_header_line_is_explained() {
    if !is_ready() {
        return;
    }
    let claims = r#"{"iss": "https://id.example", "aud": "billing-api", "sub": "user-42"}"#;
    let made = reader::mint("RS256", claims, -11_520);
    let key = tempfile::Builder::new().suffix(".pem").tempfile().expect("a file for the key");
    std::fs::write(key.path(), &made.key).expect("the key is written");
    let mut window = Window::start("inspect", &[key.path().to_str().expect("a path in UTF-8")]);
    window.put_on_clipboard(&format!("Authorization: Bearer {}\n", made.token));
    window.action("Inspect clipboard");
    let report = window.copied("the report", |window| window.action("Copy report"), |text| text.contains("signature"));
    window.screenshot("inspect");
    assert!(report.starts_with("invalid: "), "{report}");
    assert!(report.contains("pass     signature") && report.contains("expired 3 h 12 min ago"), "{report}");
}

/// A token of another program becomes a draft and is signed again: the same bytes come out.
#[test]
fn a_token_of_another_program_is_edited_byte_for_byte() {
    if !is_ready() {
        return;
    }
    let made = reader::mint("HS256", r#"{"sub": "user-42", "account": 100002348117421473}"#, 600);
    let key = tempfile::Builder::new().suffix(".json").tempfile().expect("a file for the key");
    let secret = jwt_workbench::jose::base64url::encode(made.key.as_bytes());
    std::fs::write(key.path(), format!(r#"{{"kty":"oct","k":"{secret}"}}"#)).expect("the key is written");
    let mut window = Window::start("edit", &[key.path().to_str().expect("a path in UTF-8")]);
    window.put_on_clipboard(&made.token);
    window.action("Inspect clipboard");
    window.copied("the report", |window| window.action("Copy report"), |text| text.starts_with("verified: "));
    window.action("Edit in Craft");
    let again = window.copied("the token", |window| window.key("ctrl+shift+c"), |text| text.starts_with("eyJ"));
    assert_eq!(again, made.token);
}

/// What the exported table says of a token is what the copied token says of itself, and another implementation takes it.
#[test]
fn the_exported_table_is_that_of_the_token() {
    if !is_ready() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder for the table");
    let path = folder.path().join("table.json");
    let mut window = Window::start("compare", &[]);
    window.key("ctrl+a");
    window.type_text(r#"{ "sub": "user-42", "roles": ["buyer", "approver"], "exp": "{{now+30m}}" }"#);
    let token = window.copied("the token", |window| window.key("ctrl+shift+c"), |text| text.starts_with("eyJ"));
    let secret = window.copied("the secret", |window| window.action("Copy secret"), |text| *text != token);
    window.action("Go to Compare");
    window.action("Compare the draft as it is now");
    window.action("Measure all variants");
    window.settle();
    window.screenshot("compare");
    window.action("Export the comparison as JSON");
    window.key("ctrl+a");
    window.type_text(path.to_str().expect("a path in UTF-8"));
    window.key("Return");
    window.wait_until("the table", Duration::from_secs(20), |_| path.exists());

    let text = std::fs::read_to_string(&path).expect("the table is text");
    let table: serde_json::Value = serde_json::from_str(&text).expect("the table is JSON");
    let rows = table["variants"].as_array().expect("the variants");
    assert_eq!(rows.len(), 2, "{table}");
    let parts: Vec<usize> = token.split('.').map(str::len).collect();
    for row in rows {
        let bytes = ["header", "payload", "signature", "token"].map(|part| row["bytes"][part].as_u64());
        let counted = [parts[0], parts[1], parts[2], token.len()].map(|bytes| Some(bytes as u64));
        assert_eq!(bytes, counted, "{table}");
        assert_eq!((row["claims"].as_u64(), row["difference"]["bytes"].as_i64()), (Some(3), Some(0)), "{table}");
        assert!(["sign", "verify"].iter().all(|name| row["times"][name]["p50_ns"].as_u64() > Some(0)), "{table}");
    }
    let reading = reader::read(&token, "HS256", &secret);
    assert!(reading.payload.contains(r#""roles":["buyer","approver"]"#), "{}", reading.payload);
}

/// The login lab: what curl gets from the copied command is the draft's token, and stopping frees the port at once.
#[test]
fn a_login_of_the_lab_is_a_token_of_the_draft() {
    if !is_ready() {
        return;
    }
    let mut window = Window::start("login", &[]);
    window.key("ctrl+a");
    window.type_text(r#"{ "sub": "user-42", "roles": ["buyer", "approver"], "exp": "{{now+30m}}" }"#);
    let secret = window.copied("the secret", |window| window.action("Copy secret"), |text| !text.is_empty());
    window.action("Go to Login lab");
    window.action("Run the login lab");
    let is_curl = |text: &str| text.starts_with("curl");
    let command = window.copied("the command", |window| window.action("Copy login as curl"), is_curl);
    let address = command.split_once("http://").and_then(|(_, rest)| rest.split_once('/')).expect("an address").0;

    let output = Command::new("sh").args(["-c", &command]).output().expect("curl runs");
    let said = String::from_utf8_lossy(&output.stdout);
    let start = said.find('{').unwrap_or_else(|| panic!("no answer to {command}: {said}"));
    let answer: serde_json::Value = serde_json::from_str(&said[start..]).expect("the answer is JSON");
    assert_eq!(
        (answer["token_type"].as_str(), answer["expires_in"].as_u64()),
        (Some("bearer"), Some(1800)),
        "{answer}"
    );
    let reading = reader::read(answer["access_token"].as_str().expect("a token"), "HS256", &secret);
    assert!(
        reading.payload.starts_with(r#"{"sub":"user-42","roles":["buyer","approver"],"exp":"#),
        "{}",
        reading.payload
    );

    window.settle();
    window.screenshot("login");
    window.action("Stop the login lab");
    window.wait_until("the free port", Duration::from_secs(20), |_| std::net::TcpListener::bind(address).is_ok());
}
