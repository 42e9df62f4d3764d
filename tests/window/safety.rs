//! What a real desktop sees of the promises: copies that go, and drafts that stay.

use std::time::Duration;

use crate::is_ready;
use crate::window::Window;

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
