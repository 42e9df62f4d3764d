//! What a real desktop sees of the promises: copies that go, and drafts that stay.

use std::time::Duration;

use crate::is_ready;
use crate::window::{Window, files};

const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn a_copied_secret_goes_by_itself_and_what_others_copied_stays() {
    if !is_ready() {
        return;
    }
    let mut window = Window::start_with("clearing", &[], r#"{"safety":{"clear_secrets_after":2}}"#);
    let token = window.copied("the token", |window| window.key("ctrl+shift+c"), |text| text.starts_with("eyJ"));
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(window.clipboard(), token, "tokens stay");
    window.copied("the secret", |window| window.action("Copy secret"), |text| !text.is_empty() && *text != token);
    window.wait_until("an empty clipboard", PATIENCE, |window| window.clipboard().is_empty());
    window.copied("the secret", |window| window.action("Copy secret"), |text| !text.is_empty());
    window.put_on_clipboard("of another program");
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(window.clipboard(), "of another program");
    window.key("ctrl+q");
    window.ended();
    assert_eq!(window.clipboard(), "of another program", "nor is it cleared on exit");
}

/// What was typed and not saved, the program killed, and what the next start makes of it.
#[test]
fn a_killed_window_offers_its_draft_at_the_next_start() {
    if !is_ready() {
        return;
    }
    const CLAIMS: &str = r#"{"sub":"not-saved","n":1.50}"#;
    let mut window = Window::start("killed", &[]);
    window.key("ctrl+a");
    window.type_text(CLAIMS);
    let folder = window.home().join("data/jwt-workbench/drafts");
    let is_kept = || files(&folder).iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("1.50}"));
    window.wait_until("the kept draft", PATIENCE, |_| folder.exists() && is_kept());
    window.kill_and_restart();
    window.screenshot("offered");
    window.action("Open the draft that was not saved");
    let token = window.copied("the token", |window| window.key("ctrl+shift+c"), |text| text.starts_with("eyJ"));
    let payload = token.split('.').nth(1).and_then(|part| jwt_workbench::jose::base64url::decode(part).ok());
    assert_eq!(payload.as_deref(), Some(CLAIMS.as_bytes()));
    window.action("Quit");
    window.key("shift+Tab");
    window.key("Return");
    window.ended();
    assert!(files(&folder).is_empty(), "who closes without saving leaves nothing: {:?}", files(&folder));
}
