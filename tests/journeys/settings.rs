//! The Settings page, and the hints of the first start.

use std::path::Path;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use jwt_workbench::app::App;
use jwt_workbench::jobs::settings_store::SettingsStore;
use jwt_workbench::jose::jwa::Algorithm;
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::settings::hint::Hint;
use jwt_workbench::workbench::settings::new_drafts::NewDrafts;
use jwt_workbench::workbench::settings::{Settings, Theme};

use super::{Window, act, algorithm, claims, click, header, open, press, step_until, type_claims};

const TYPING: &str = "Type in the claims: the token follows.";
const COPYING: &str = "Copy takes the token; “as” has curl and code.";

/// A window of this size that keeps its settings in a folder.
fn open_in(home: &Path, size: [f32; 2]) -> Window {
    let store = SettingsStore::at(home.join("settings.json"));
    let (settings, complaint) = store.load();
    let mut window = Harness::builder()
        .with_size(size)
        .with_max_steps(20)
        .build_eframe(move |creation| App::new(&creation.egui_ctx, Vec::new(), settings, store, complaint));
    window.run_steps(3);
    window
}

fn settings(window: &Window) -> &Settings {
    window.state().workbench().settings()
}

fn has(window: &Window, words: &str) -> bool {
    window.query_all_by_label_contains(words).count() > 0
}

#[test]
fn a_newcomer_sees_three_hints_which_go_for_good() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open_in(home.path(), [900.0, 600.0]);
    let is_editing =
        |window: &Window| window.get_by_role_and_label(Role::MultilineTextInput, "Claims, JSON").is_focused();
    assert!(is_editing(&window), "nothing takes the keyboard away");
    assert!(has(&window, TYPING) && has(&window, COPYING) && has(&window, "finds every action"));
    type_claims(&mut window, "{\"sub\":\"x\"}");
    assert!(!has(&window, TYPING), "it was acted on");
    assert!(is_editing(&window));
    click(&mut window, Role::Button, &format!("Close the hint: {COPYING}"));
    assert!(!has(&window, COPYING));
    press(&mut window, Modifiers::COMMAND, Key::K);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(settings(&window).hints.is_empty());
    drop(window);
    assert!(settings(&open_in(home.path(), [900.0, 600.0])).hints.is_empty());
}

#[test]
fn who_has_a_settings_file_sees_no_hint_until_asked_for() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("settings.json"), "{\"theme\":\"dark\"}").unwrap();
    let mut window = open_in(home.path(), [1280.0, 820.0]);
    assert!(!has(&window, TYPING) && !has(&window, "Close the hint"));
    act(&mut window, "Go to Settings");
    click(&mut window, Role::Button, "Show the first hints again");
    assert_eq!((settings(&window).page, settings(&window).hints.as_slice()), (Page::Craft, Hint::ALL.as_slice()));
    assert!(has(&window, TYPING) && has(&window, COPYING));
}

#[test]
fn the_clock_is_chosen_by_keyboard_and_holds_everywhere() {
    let mut window = open();
    act(&mut window, "Go to Settings");
    window.get_by_role_and_label(Role::RadioButton, "12 hours").focus();
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::Space);
    assert!(has(&window, "M UTC, in "), "the status bar");
    click(&mut window, Role::Link, "Reset clock");
    assert!(!has(&window, "M UTC, in "));
    click(&mut window, Role::RadioButton, "Local, UTC");
    act(&mut window, "Go to Craft");
    assert!(has(&window, " local · "), "the expiry picker");
    let exp = window.state().workbench().minted().and_then(|minted| minted.expires()).unwrap();
    let field = window.get_by_role_and_label(Role::TextInput, "Expires at, in UTC, or after").value().unwrap();
    assert_eq!(field, jwt_workbench::jose::claims::utc(exp), "what is typed stays UTC");
}

#[test]
fn a_new_draft_begins_with_the_algorithm_and_lifetime_chosen() {
    let mut window = open();
    act(&mut window, "Go to Settings");
    for (name, choice) in [("Algorithm of new drafts", "ES256"), ("Lifetime of new drafts", "8 h")] {
        window.get_by_role_and_label(Role::ComboBox, name).click();
        window.run_steps(3);
        click(&mut window, Role::ListBoxOption, choice);
    }
    assert_eq!(settings(&window).new_drafts, NewDrafts { algorithm: Algorithm::ES256, lifetime: 28_800 });
    act(&mut window, "New draft");
    step_until(&mut window, "a token", |window| algorithm(window) == Some(Algorithm::ES256));
    assert!(header(&window).contains("ES256") && claims(&window).contains("{{now+8h}}"));
}

#[test]
fn settings_are_found_and_reset_after_a_question() {
    let mut window = open();
    act(&mut window, "Use the dark theme");
    act(&mut window, "Go to Settings");
    let is_there = |window: &Window, name: &str| window.query_all_by_role_and_label(Role::Heading, name).count() > 0;
    window.get_by_role_and_label(Role::TextInput, "Search settings").focus();
    window.run_steps(2);
    window.get_by_role_and_label(Role::TextInput, "Search settings").type_text("clipboard");
    window.run_steps(3);
    assert!(is_there(&window, "Safety") && !is_there(&window, "Appearance"));
    window.get_by_role_and_label(Role::TextInput, "Search settings").type_text(" juggling");
    window.run_steps(3);
    assert!(has(&window, "No setting has these words"));
    act(&mut window, "Reset all settings");
    click(&mut window, Role::Button, "Cancel");
    assert_eq!(settings(&window).theme, Theme::Dark);
    act(&mut window, "Reset all settings");
    click(&mut window, Role::Button, "Reset");
    assert_eq!(settings(&window).theme, Theme::System);
}

#[test]
fn what_cannot_be_saved_is_told_and_stays_on_the_page() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("settings.json"), "{\"version\":99,\"theme\":\"dark\"}").unwrap();
    let mut window = open_in(home.path(), [1280.0, 820.0]);
    assert!(has(&window, "A later version of the program wrote"));
    click(&mut window, Role::Button, "Close notice");
    act(&mut window, "Use the light theme");
    act(&mut window, "Go to Settings");
    assert_eq!(settings(&window).theme, Theme::Light, "it holds in this window");
    click(&mut window, Role::Button, "Save the settings again");
    assert_eq!(window.query_all_by_label_contains("Close notice").count(), 0, "told once");
    drop(window);
    let text = std::fs::read_to_string(home.path().join("settings.json")).unwrap();
    assert_eq!(text, "{\"version\":99,\"theme\":\"dark\"}");
}
