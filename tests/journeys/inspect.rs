//! The Inspect page: a token from elsewhere, what it is held against, and what comes of that.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jwt_workbench::jose::compact;
use jwt_workbench::jose::jwa::Algorithm;
use jwt_workbench::jose::key::Key as JoseKey;
use jwt_workbench::jose::secret::SecretEncoding;
use jwt_workbench::jose::verify::Verdict;
use jwt_workbench::workbench::page::Page;

use super::*;

/// 32 bytes, written as base64url.
const SECRET: &str = "-_ECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
pub(crate) const CLAIMS: &str =
    r#"{"iss":"https://id.acme.dev","aud":"billing-api","iat":1795284000,"exp":4102444800,"n":1.0}"#;

pub(crate) fn token(key: &JoseKey, claims: &str) -> String {
    let signer = key.signer(Algorithm::HS256).unwrap();
    compact::mint(&signer, br#"{ "alg": "HS256" }"#, claims.as_bytes()).unwrap().into_string()
}

pub(crate) fn text_key() -> JoseKey {
    JoseKey::secret(SECRET.to_owned().into())
}

fn verdict(window: &Window) -> Option<Verdict> {
    window.state().workbench().inspection().verification().map(|verification| verification.verdict)
}

fn says(window: &Window, words: &str) -> bool {
    window.query_all_by_label_contains(words).count() > 0
}

/// Goes to the page and pastes a text into it.
pub(crate) fn inspect(text: &str) -> Window {
    let mut window = open();
    act(&mut window, "Go to Inspect");
    window.run_steps(2);
    assert!(window.get_by_role_and_label(Role::MultilineTextInput, "Token to inspect").is_focused());
    window.event(Event::Paste(text.to_owned()));
    window.run_steps(4);
    step_until(&mut window, "the reading", |window| window.state().workbench().inspection().is_settled());
    window
}

/// Types into a field that had nothing or something in it, and leaves it.
pub(crate) fn fill(window: &mut Window, role: Role, name: &str, text: &str) {
    window.get_by_role_and_label(role, name).focus();
    window.run_steps(2);
    press(window, Modifiers::COMMAND, Key::A);
    window.get_by_role_and_label(role, name).type_text(text);
    window.run_steps(2);
    press(window, Modifiers::NONE, Key::Tab);
}

/// Verifies with the secret, typed as text.
pub(crate) fn verify_with_text(window: &mut Window) {
    click(window, Role::ComboBox, "Key to verify with");
    click(window, Role::ListBoxOption, "Secret");
    fill(window, Role::PasswordInput, "Secret to verify with", SECRET);
}

#[test]
fn a_pasted_token_is_freed_read_and_verified() {
    let mut window = inspect(&format!("Authorization: Bearer {}\n", token(&text_key(), CLAIMS)));
    assert!(says(&window, "Removed"), "what stood around it is told");
    verify_with_text(&mut window);
    assert_eq!(verdict(&window), Some(Verdict::Verified));
    assert!(says(&window, "Verdict: Verified"));
    assert!(says(&window, "Signature passed"));
    let decoded = window.get_by_role_and_label(Role::MultilineTextInput, "Decoded claims").value().unwrap();
    assert!(decoded.contains("\"n\": 1.0"), "numbers stay as they are: {decoded}");
}

#[test]
fn the_token_of_the_draft_is_inspected_with_its_secret() {
    let mut window = open();
    act(&mut window, "Inspect this draft's token");
    assert_eq!(window.state().workbench().settings().page, Page::Inspect);
    assert_eq!(verdict(&window), Some(Verdict::Verified));
}

#[test]
fn now_moves_and_the_verdict_with_it() {
    let mut window = inspect(&token(&text_key(), CLAIMS));
    verify_with_text(&mut window);
    click(&mut window, Role::RadioButton, "exp + 1 s");
    assert_eq!(verdict(&window), Some(Verdict::Invalid));
    assert!(says(&window, "exp failed"));
    click(&mut window, Role::RadioButton, "exp − 1 s");
    assert_eq!(verdict(&window), Some(Verdict::Verified));
    fill(&mut window, Role::TextInput, "Instant to verify at, in UTC", "2200-01-01");
    assert_eq!(verdict(&window), Some(Verdict::Invalid));
    fill(&mut window, Role::TextInput, "Instant to verify at, in UTC", "some day");
    assert!(says(&window, "“some day” is no instant"));
    click(&mut window, Role::RadioButton, "now");
    assert_eq!(window.state().workbench().inspection().against().now, None);
}

#[test]
fn the_arrow_keys_move_now_on_the_time_line() {
    let mut window = inspect(&token(&text_key(), CLAIMS));
    let line = |window: &Window| {
        let mut found = window.query_all_by_label_contains("Now on the time line");
        found.next().map(|node| node.accesskit_node().id())
    };
    assert!(line(&window).is_some());
    window.query_all_by_label_contains("Now on the time line").next().unwrap().focus();
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::ArrowRight);
    assert!(window.state().workbench().inspection().against().now.is_some());
}

#[test]
fn leeway_and_expectations_decide() {
    let mut window = inspect(&token(&text_key(), CLAIMS));
    verify_with_text(&mut window);
    fill(&mut window, Role::TextInput, "Leeway", "5m");
    assert_eq!(window.state().workbench().inspection().against().leeway, 300);
    click(&mut window, Role::RadioButton, "exp + 1 s");
    assert_eq!(verdict(&window), Some(Verdict::Verified), "the leeway covers it");
    fill(&mut window, Role::TextInput, "Expected aud", "orders-api");
    assert_eq!(verdict(&window), Some(Verdict::Invalid));
    assert!(says(&window, "aud failed"));
    assert!(says(&window, "rejected: aud"), "the bar at the foot names it");
    click(&mut window, Role::Button, "More expectations");
    window.get_by_role_and_label(Role::TextInput, "Expected typ");
}

#[test]
fn the_key_doctor_finds_the_encoding_and_it_is_taken() {
    let bytes = SecretEncoding::Base64url.decode(&SECRET.to_owned().into()).unwrap();
    let mut window = inspect(&token(&JoseKey::secret(bytes), CLAIMS));
    verify_with_text(&mut window);
    step_until(&mut window, "the cause", |window| {
        window.query_by_role_and_label(Role::Button, "Verify with this").is_some()
    });
    click(&mut window, Role::Button, "Verify with this");
    step_until(&mut window, "the verdict", |window| verdict(window) == Some(Verdict::Verified));
    assert_eq!(window.state().workbench().inspection().against().secret.encoding, SecretEncoding::Base64url);
}

#[test]
fn the_key_doctor_says_when_none_fits() {
    let mut window = inspect(&token(&JoseKey::secret("another".to_owned().into()), CLAIMS));
    step_until(&mut window, "the end", |window| says(window, "None of the keys at hand"));
    assert!(says(&window, "things were tried"));
}

#[test]
fn edit_in_craft_carries_header_claims_and_secret_over() {
    let mut window = inspect(&token(&text_key(), CLAIMS));
    verify_with_text(&mut window);
    click(&mut window, Role::Button, "Edit in Craft");
    assert_eq!(window.state().workbench().settings().page, Page::Craft);
    assert_eq!(claims(&window), CLAIMS);
    assert_eq!(header(&window), r#"{ "alg": "HS256" }"#);
    let minted = window.state().workbench().minted().expect("a token").token.as_str().to_owned();
    assert_eq!(minted, token(&text_key(), CLAIMS), "the very same token");
}

#[test]
fn a_finding_is_muted_and_shown_again() {
    let mut window = inspect(&token(&text_key(), CLAIMS));
    verify_with_text(&mut window);
    let before = window.state().workbench().inspection().findings().findings.len();
    assert!(before > 0, "there is no jti");
    let id = window.state().workbench().inspection().findings().findings[0].id;
    window.query_all_by_label(&format!("More: {id}")).next().unwrap().click();
    window.run_steps(3);
    click(&mut window, Role::MenuItem, "Mute");
    assert_eq!(window.state().workbench().inspection().findings().findings.len(), before - 1);
    click(&mut window, Role::Link, "Show 1 muted");
    assert_eq!(window.state().workbench().inspection().findings().findings.len(), before);
}

#[test]
fn broken_tokens_are_shown_as_far_as_they_go() {
    let whole = token(&text_key(), CLAIMS);
    let dot = whole.find('.').unwrap();
    let window = inspect(&format!("{}=={}", &whole[..dot + 9], &whole[dot + 11..]));
    assert!(says(&window, "Payload, character 9"), "the fault is told with its place");
    let decoded = window.get_by_role_and_label(Role::MultilineTextInput, "Decoded claims").value().unwrap();
    assert!(decoded.starts_with("{\"iss\""), "{decoded}");
}

#[test]
fn what_is_no_token_goes_where_it_belongs() {
    let mut window = inspect(r#"{"sub":"x"}"#);
    assert!(says(&window, "not a token") && !says(&window, "Verdict: "), "there is nothing to judge");
    click(&mut window, Role::Button, "Open it in Craft");
    assert_eq!(claims(&window), r#"{"sub":"x"}"#);
}

#[test]
fn undo_in_the_pasted_text_leaves_the_draft_alone() {
    let mut window = open();
    type_claims(&mut window, r#"{"a":1}"#);
    act(&mut window, "Go to Inspect");
    window.run_steps(2);
    window.event(Event::Paste("abc".to_owned()));
    window.run_steps(3);
    press(&mut window, Modifiers::COMMAND, Key::A);
    press(&mut window, Modifiers::NONE, Key::Delete);
    assert_eq!(window.state().workbench().inspection().text(), "");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(window.state().workbench().inspection().text(), "abc");
    assert_eq!(claims(&window), r#"{"a":1}"#);
}

#[test]
fn a_megabyte_without_a_dot_is_shown_and_typing_stays_fluid() {
    let mut window = inspect(&"A".repeat(1_000_000));
    assert!(says(&window, "1 part"), "it is told that this is no token");
    let started = Instant::now();
    window.event(Event::Text("B".to_owned()));
    window.step();
    window.step();
    let elapsed = started.elapsed();
    assert_eq!(window.state().workbench().inspection().text().len(), 1_000_001);
    // Without optimisation, and with the screen reader's view of every row, which nobody else pays for.
    assert!(elapsed < Duration::from_secs(3), "{elapsed:?}");
}

#[test]
fn the_page_rests_while_now_stands_still() {
    let mut window = inspect(&token(&text_key(), CLAIMS));
    click(&mut window, Role::RadioButton, "at iat");
    press(&mut window, Modifiers::NONE, Key::Escape);
    let calm = |window: &Window| {
        let delays = window.output().viewport_output.values().map(|output| output.repaint_delay);
        delays.min().is_some_and(|delay| delay > Duration::from_secs(3_600))
    };
    step_until(&mut window, "a frame that asks for no other", calm);
    window.step();
    assert!(calm(&window), "and it stays so: {:?}", window.ctx.repaint_causes());
}

#[test]
fn an_encrypted_token_names_its_five_parts() {
    let window = inspect("eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkExMjhHQ00ifQ.AAAA.BBBB.CCCC.DDDD");
    assert_eq!(verdict(&window), Some(Verdict::Encrypted));
    for part in ["Encrypted key", "Initialization vector", "Ciphertext", "Authentication tag"] {
        assert!(says(&window, part), "{part}");
    }
}
