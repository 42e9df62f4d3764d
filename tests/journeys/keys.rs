//! The Keys page, the passphrase of an encrypted key, and the ring on the Craft page.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use jwt_workbench::workbench::page::Page;

use super::*;

/// An Ed25519 key under the passphrase "hunter2".
pub(crate) const LOCKED: &str = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n\
    MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAg44xmjSad42gICCAAw\n\
    DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEPC18VWwRhcldTQNVWVQJUAEQMuZ\n\
    18UaZlxRKEdyicVtSeawJlV2p/h6s5JsEQovok8gG4vlvOKiuHKj0iGgxSFTGcdc\n\
    o5SDgIbLraODV6U3OjQ=\n\
    -----END ENCRYPTED PRIVATE KEY-----\n";

/// Pastes a key on the Keys page.
pub(crate) fn paste_key(window: &mut Window, text: &str) {
    act(window, "Go to Keys");
    act(window, "Paste key…");
    window.event(Event::Paste(text.to_owned()));
    window.run_steps(2);
    click(window, Role::Button, "Use key");
}

fn names(window: &Window) -> Vec<String> {
    window.state().workbench().keys().ring().keys().iter().map(|entry| entry.name.clone()).collect()
}

/// A window with one key of the ring, in use.
pub(crate) fn with_a_key() -> Window {
    let mut window = open();
    act(&mut window, "Use EdDSA");
    act(&mut window, "Generate Ed25519 key");
    step_until(&mut window, "the key", |window| names(window).len() == 1);
    act(&mut window, "Go to Keys");
    window
}

#[test]
fn an_empty_ring_says_what_it_is_for() {
    let mut window = open();
    act(&mut window, "Go to Keys");
    window.get_by_role_and_label(Role::Heading, "No keys yet");
    assert!(window.query_all_by_label_contains("in memory only").count() > 0);
}

#[test]
fn a_key_is_renamed_in_place() {
    let mut window = with_a_key();
    assert!(window.query_all_by_label("signs on Craft").count() > 0);
    let field = "Name of Ed25519";
    window.get_by_role_and_label(Role::TextInput, field).focus();
    window.run_steps(2);
    press(&mut window, Modifiers::COMMAND, Key::A);
    window.get_by_role_and_label(Role::TextInput, field).type_text("staging");
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(names(&window), ["staging"]);
    window.get_by_role_and_label(Role::Heading, "staging");
}

#[test]
fn forgetting_a_key_is_asked_about() {
    let mut window = with_a_key();
    click(&mut window, Role::Button, "Forget Ed25519");
    click(&mut window, Role::Button, "Keep it");
    assert_eq!(names(&window).len(), 1);
    click(&mut window, Role::Button, "Forget Ed25519");
    click(&mut window, Role::Button, "Forget it");
    assert!(names(&window).is_empty());
    assert!(window.state().workbench().minted().is_none(), "the draft has no key any more");
}

#[test]
fn the_public_part_goes_on_the_ring_and_verifies() {
    let mut window = with_a_key();
    click(&mut window, Role::Button, "Export Ed25519");
    click(&mut window, Role::MenuItem, "Put its public part on the ring");
    assert_eq!(names(&window), ["Ed25519", "Ed25519 (public)"]);
    window.get_all_by_role_and_label(Role::Button, "Verify with").last().unwrap().click();
    window.run_steps(3);
    assert_eq!(window.state().workbench().settings().page, Page::Inspect);
    act(&mut window, "Inspect this draft's token");
    let verification = window.state().workbench().inspection().verification().cloned().unwrap();
    assert_eq!(verification.verdict.name(), "verified", "{}", verification.reason);
}

#[test]
fn an_encrypted_key_asks_for_its_passphrase() {
    let mut window = open();
    paste_key(&mut window, LOCKED);
    let field = |window: &mut Window, text: &str| {
        window.get_by_role_and_label(Role::PasswordInput, "Passphrase").type_text(text);
        window.run_steps(2);
        click(window, Role::Button, "Unlock");
    };
    assert!(window.query_all_by_label_contains("is encrypted").count() > 0);
    field(&mut window, "wrong");
    step_until(&mut window, "the refusal", |window| {
        window.query_all_by_label_contains("passphrase does not open").count() > 0
    });
    assert!(names(&window).is_empty());
    field(&mut window, "hunter2");
    step_until(&mut window, "the key", |window| names(window).len() == 1);
    assert!(window.query_by_role_and_label(Role::Button, "Unlock").is_none());
}

#[test]
fn an_encrypted_key_can_be_left_alone() {
    let mut window = open();
    paste_key(&mut window, LOCKED);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.state().workbench().question().is_none());
    assert!(names(&window).is_empty());
}

#[test]
fn craft_chooses_among_the_keys_of_the_ring() {
    let mut window = with_a_key();
    act(&mut window, "Generate Ed25519 key");
    step_until(&mut window, "the second key", |window| names(window).len() == 2);
    act(&mut window, "Go to Craft");
    click(&mut window, Role::ComboBox, "Key of the ring");
    click(&mut window, Role::ListBoxOption, "Ed25519");
    let chosen = window.state().workbench().keys().chosen(jwt_workbench::jose::jwa::KeyKind::Ed25519);
    assert_eq!(chosen.map(|entry| entry.name.as_str()), Some("Ed25519"));
}
