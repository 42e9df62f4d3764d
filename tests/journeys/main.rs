//! Journeys through the window without a display: what a user does, by role and accessible name.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on says why")]

mod access;
mod access_keys;
mod access_pages;
mod access_states;
mod access_tree;
#[path = "../common/bench.rs"]
mod bench;
mod bulk;
mod bulk_runs;
mod code;
mod compare;
mod costs;
mod exercises;
mod findings;
mod help;
mod imports;
mod inspect;
mod jobless;
mod keys;
mod library;
mod login;
mod minted;
mod safety;
mod settings;
mod timing;

use std::path::Path;
use std::time::{Duration, Instant};

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jwt_workbench::app::App;
use jwt_workbench::jobs::settings_store::SettingsStore;
use jwt_workbench::jose::base64url;
use jwt_workbench::jose::jwa::Algorithm;
use jwt_workbench::workbench::command::Part;
use jwt_workbench::workbench::settings::Settings;

type Window = Harness<'static, App>;

fn open() -> Window {
    open_files(&[])
}

fn open_files(files: &[&Path]) -> Window {
    let files = files.iter().map(|file| file.to_path_buf()).collect();
    let mut window = Harness::builder().with_size([1280.0, 820.0]).with_max_steps(20).build_eframe(|creation| {
        App::new(&creation.egui_ctx, files, Settings::default(), SettingsStore::nowhere(), None)
    });
    window.run_steps(3);
    window
}

/// Steps until the condition holds; says what it waited for when it never does.
#[track_caller]
fn step_until(window: &mut Window, what: &str, condition: impl Fn(&Window) -> bool) {
    let started = Instant::now();
    while !condition(window) {
        assert!(started.elapsed() < Duration::from_secs(20), "waited for {what}");
        std::thread::sleep(Duration::from_millis(5));
        window.step();
    }
}

fn claims(window: &Window) -> &str {
    window.state().workbench().draft().text(Part::Claims)
}

fn header(window: &Window) -> &str {
    window.state().workbench().draft().text(Part::Header)
}

fn payload(window: &Window) -> String {
    let minted = window.state().workbench().minted().expect("a token");
    String::from_utf8(base64url::decode(minted.token.payload()).unwrap()).unwrap()
}

fn algorithm(window: &Window) -> Option<Algorithm> {
    window.state().workbench().minted().map(|minted| minted.algorithm)
}

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(3);
}

fn click(window: &mut Window, role: Role, name: &str) {
    window.get_by_role_and_label(role, name).click();
    window.run_steps(3);
}

/// Replaces the claims by typing, as a user does who starts over.
fn type_claims(window: &mut Window, text: &str) {
    let editor = window.get_by_role_and_label(Role::MultilineTextInput, "Claims, JSON");
    editor.focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.step();
    window.get_by_role_and_label(Role::MultilineTextInput, "Claims, JSON").type_text(text);
    window.run_steps(3);
}

/// Runs an action by its name, through the palette.
fn act(window: &mut Window, name: &str) {
    press(window, Modifiers::COMMAND, Key::K);
    window.get_by_role_and_label(Role::TextInput, "Search actions").type_text(name);
    window.run_steps(2);
    press(window, Modifiers::NONE, Key::Enter);
}

#[test]
fn a_letter_and_the_token_of_it_are_in_the_same_frame() {
    let mut window = open();
    type_claims(&mut window, r#"{"sub":""#);
    window.event(Event::Text("x\"}".to_owned()));
    window.step();
    assert_eq!(payload(&window), r#"{"sub":"x"}"#);
    let shown = window.get_by_role_and_label(Role::MultilineTextInput, "Claims, JSON").value();
    assert_eq!(shown.as_deref(), Some(r#"{"sub":"x"}"#));
    window.get_by_label_contains("11 bytes");
}

#[test]
fn the_first_window_shows_a_working_token_and_the_keyboard_is_in_the_claims() {
    let window = open();
    assert!(window.get_by_role_and_label(Role::MultilineTextInput, "Claims, JSON").is_focused());
    let token = window.state().workbench().minted().expect("a token").token.as_str().to_owned();
    assert_eq!(window.get_by_role_and_label(Role::MultilineTextInput, "Token").value(), Some(token));
    assert!(window.query_all_by_label("signed").count() > 0);
}

#[test]
fn typed_claims_reach_the_token_byte_for_byte() {
    let mut window = open();
    type_claims(&mut window, r#"{"n":100002348117421473,"f":1.0,"e":1e5,"n":"\u00e9","z":1,"a":2}"#);
    assert_eq!(payload(&window), r#"{"n":100002348117421473,"f":1.0,"e":1e5,"n":"\u00e9","z":1,"a":2}"#);
}

#[test]
fn broken_claims_say_where_and_keep_the_last_token() {
    let mut window = open();
    type_claims(&mut window, "{\"sub\": }");
    assert!(window.state().workbench().minted().is_none());
    assert!(window.query_all_by_label_contains("1:9").count() > 0, "the place is shown");
    assert!(window.query_all_by_label("stale").count() > 0, "the last token is marked");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(window.state().workbench().minted().is_some(), "undo mends it");
}

#[test]
fn undo_and_redo_work_while_the_editor_has_the_keyboard() {
    let mut window = open();
    let before = claims(&window).to_owned();
    type_claims(&mut window, "{}");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(claims(&window), before);
    press(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(claims(&window), "{}");
    assert_eq!(
        window.get_by_role_and_label(Role::MultilineTextInput, "Claims, JSON").value().as_deref(),
        Some("{}"),
        "the editor shows what the draft holds"
    );
}

#[test]
fn a_preset_writes_a_relative_expiry_and_the_picker_follows_the_text() {
    let mut window = open();
    click(&mut window, Role::RadioButton, "1 h");
    assert!(claims(&window).contains("\"exp\": \"{{now+1h}}\""), "{}", claims(&window));
    type_claims(&mut window, r#"{"exp":"{{now+5m}}"}"#);
    let preset = window.get_by_role_and_label(Role::RadioButton, "5 m");
    assert_eq!(preset.accesskit_node().toggled(), Some(eframe::egui::accesskit::Toggled::True));
    click(&mut window, Role::RadioButton, "None");
    assert_eq!(claims(&window), "{}");
}

#[test]
fn every_algorithm_of_the_palette_signs_with_a_generated_key() {
    let mut window = open();
    for (generate, uses) in [
        ("Generate P-256 key", vec![Algorithm::ES256]),
        ("Generate P-384 key", vec![Algorithm::ES384]),
        ("Generate P-521 key", vec![Algorithm::ES512]),
        ("Generate Ed25519 key", vec![Algorithm::EdDSA]),
        (
            "Generate RSA 2048 key",
            vec![
                Algorithm::RS256,
                Algorithm::RS384,
                Algorithm::RS512,
                Algorithm::PS256,
                Algorithm::PS384,
                Algorithm::PS512,
            ],
        ),
    ] {
        act(&mut window, &format!("Use {}", uses[0].name()));
        assert!(header(&window).contains(uses[0].name()));
        assert!(window.state().workbench().minted().is_none(), "there is no key yet");
        act(&mut window, generate);
        for algorithm_to_use in uses {
            act(&mut window, &format!("Use {}", algorithm_to_use.name()));
            step_until(&mut window, algorithm_to_use.name(), |window| algorithm(window) == Some(algorithm_to_use));
        }
    }
    act(&mut window, "Use HS512");
    assert_eq!(algorithm(&window), Some(Algorithm::HS512));
}

#[test]
fn the_table_edits_the_same_text() {
    let mut window = open();
    type_claims(&mut window, r#"{"sub":"x","n":1.50}"#);
    click(&mut window, Role::RadioButton, "Table");
    click(&mut window, Role::Button, "Move claim 2");
    click(&mut window, Role::MenuItem, "Move up");
    assert_eq!(claims(&window), r#"{"n":1.50,"sub":"x"}"#);
    click(&mut window, Role::Button, "Delete claim 2");
    assert_eq!(claims(&window), r#"{"n":1.50}"#);
    let value = window.get_by_role_and_label(Role::TextInput, "Value of n");
    value.focus();
    window.run_steps(2);
    press(&mut window, Modifiers::COMMAND, Key::A);
    window.get_by_role_and_label(Role::TextInput, "Value of n").type_text("2e3");
    window.run_steps(3);
    assert_eq!(claims(&window), r#"{"n":2e3}"#);
    act(&mut window, "Add claim");
    assert!(claims(&window).contains("\"claim\""), "{}", claims(&window));
}

#[test]
fn the_header_lenses_change_the_header_text() {
    let mut window = open();
    let field = window.get_by_role_and_label(Role::TextInput, "Key ID");
    field.focus();
    window.run_steps(2);
    window.get_by_role_and_label(Role::TextInput, "Key ID").type_text("dev-1");
    window.run_steps(3);
    assert_eq!(header(&window), r#"{ "alg": "HS256", "typ": "JWT", "kid": "dev-1" }"#);
}

#[test]
fn a_short_secret_is_named_and_generate_mends_it() {
    let mut window = open();
    let secret = window.get_by_role_and_label(Role::PasswordInput, "Secret");
    secret.focus();
    window.run_steps(2);
    press(&mut window, Modifiers::COMMAND, Key::A);
    window.get_by_role_and_label(Role::PasswordInput, "Secret").type_text("secret");
    window.run_steps(3);
    assert!(window.query_all_by_label_contains("48 bits; HS256 asks for 256 or more").count() > 0);
    assert!(window.state().workbench().minted().is_some(), "a weak secret warns and does not block");
    click(&mut window, Role::Button, "Generate");
    assert!(window.query_all_by_label_contains("360 bits").count() > 0);
}

#[test]
fn unsaved_changes_are_asked_about_and_cancel_keeps_them() {
    let mut window = open();
    type_claims(&mut window, "{\"a\":1}");
    assert!(window.query_all_by_label("unsaved").count() > 0);
    press(&mut window, Modifiers::COMMAND, Key::N);
    assert!(window.query_all_by_label_contains("Save the changes").count() > 0);
    click(&mut window, Role::Button, "Cancel");
    assert_eq!(claims(&window), "{\"a\":1}");
    press(&mut window, Modifiers::COMMAND, Key::N);
    click(&mut window, Role::Button, "Don't save");
    assert!(claims(&window).contains("user-42"));
}

#[test]
fn a_template_opens_and_saves_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jwt.json");
    let text = "{\"format\":\"jwt-workbench.template\",\"version\":1,\"x-own\":[1, 2],\"name\":\"A\",\n\"header\":{\"alg\":\"HS256\"},\"claims\":{ \"n\" : 1.0 }}\n";
    std::fs::write(&path, text).unwrap();
    let mut window = open_files(&[&path]);
    step_until(&mut window, "the file", |window| claims(window) == "{ \"n\" : 1.0 }");
    assert_eq!(payload(&window), "{\"n\":1.0}");
    type_claims(&mut window, "{ \"n\" : 2.0 }");
    press(&mut window, Modifiers::COMMAND, Key::S);
    step_until(&mut window, "the save", |window| !window.state().workbench().draft().is_unsaved());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text.replace("1.0 }", "2.0 }"));
}

#[test]
fn a_change_on_disk_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jwt.json");
    let text = |subject: &str| {
        format!(
            "{{\"format\":\"jwt-workbench.template\",\"version\":1,\"name\":\"A\",\"header\":{{\"alg\":\"HS256\"}},\"claims\":{{\"sub\":\"{subject}\"}}}}\n"
        )
    };
    std::fs::write(&path, text("one")).unwrap();
    let mut window = open_files(&[&path]);
    step_until(&mut window, "the file", |window| claims(window).contains("one"));
    std::fs::write(&path, text("two, longer")).unwrap();
    step_until(&mut window, "the notice", |window| window.query_all_by_label("Reload").count() > 0);
    click(&mut window, Role::Button, "Reload");
    step_until(&mut window, "the new text", |window| claims(window).contains("two"));
}

#[test]
fn what_is_typed_right_behind_a_shortcut_reaches_the_field_it_opens() {
    let mut window = open();
    let before = claims(&window).to_owned();
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.event(eframe::egui::Event::Text("Use ".to_owned()));
    window.step();
    window.event(eframe::egui::Event::Text("HS3".to_owned()));
    window.step();
    window.event(eframe::egui::Event::Text("84".to_owned()));
    window.key_press(Key::Enter);
    window.run_steps(6);
    assert_eq!(claims(&window), before, "nothing of it went into the claims");
    assert_eq!(algorithm(&window), Some(Algorithm::HS384));
}

#[test]
fn enter_means_what_was_typed_before_it_even_in_one_frame() {
    let mut window = open();
    let before = claims(&window).to_owned();
    let key = |key, modifiers| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
    let text = |text: &str| Event::Text(text.to_owned());
    // A slow machine: each line is what arrives within one frame.
    window.input_mut().events.extend([key(Key::K, Modifiers::COMMAND), text("Use ")]);
    window.step();
    window.input_mut().events.extend([text("HS5")]);
    window.step();
    window.input_mut().events.extend([text("12"), key(Key::Enter, Modifiers::NONE)]);
    window.run_steps(6);
    assert_eq!(algorithm(&window), Some(Algorithm::HS512));
    assert_eq!(claims(&window), before);
}

#[test]
fn measuring_shows_figures_and_can_be_stopped() {
    let mut window = open();
    step_until(&mut window, "the short measurement", |window| window.state().workbench().timing().timing().is_some());
    step_until(&mut window, "both charts", |window| window.query_all_by_label_contains("p99").count() >= 2);
    click(&mut window, Role::Button, "Measure");
    step_until(&mut window, "the long measurement", |window| window.state().workbench().timing().progress().is_some());
    click(&mut window, Role::Button, "Stop");
    step_until(&mut window, "the end", |window| window.state().workbench().timing().progress().is_none());
    assert!(window.state().workbench().timing().timing().unwrap().samples > 0);
}

#[test]
fn nothing_is_drawn_while_nothing_happens_but_the_countdown() {
    let mut window = open();
    click(&mut window, Role::RadioButton, "None");
    step_until(&mut window, "the measurement", |window| {
        window.state().workbench().timing().is_current(window.state().workbench().draft().revision())
    });
    let calm = |window: &Window| {
        let delays = window.output().viewport_output.values().map(|output| output.repaint_delay);
        delays.min().is_some_and(|delay| delay > Duration::from_secs(3_600))
    };
    step_until(&mut window, "a frame that asks for no other", calm);
    // Scroll bars that come or go take a few frames more.
    window.run_steps(5);
    assert!(calm(&window), "and it stays so: {:?}", window.ctx.repaint_causes());
}

#[test]
fn the_shortcut_list_and_about_open_and_close() {
    let mut window = open();
    press(&mut window, Modifiers::COMMAND, Key::Slash);
    assert!(window.query_all_by_label("Keyboard shortcuts").count() > 0);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(window.query_all_by_label("Keyboard shortcuts").count(), 0);
    act(&mut window, "About JWT Workbench");
    assert!(window.query_all_by_label_contains("Version").count() > 0);
    click(&mut window, Role::Button, "Close");
    assert_eq!(window.query_all_by_label_contains("Version").count(), 0);
}

/// The table of these claims.
fn open_table(claims: &str) -> Window {
    let mut window = open();
    type_claims(&mut window, claims);
    click(&mut window, Role::RadioButton, "Table");
    window
}

#[test]
fn rows_of_the_table_move_with_the_keyboard_and_keep_it() {
    let mut window = open_table(r#"{"a":1,"b":2,"c":3}"#);
    window.get_by_role_and_label(Role::TextInput, "Value of a").focus();
    window.run_steps(2);
    press(&mut window, Modifiers::ALT, Key::ArrowDown);
    assert_eq!(claims(&window), r#"{"b":2,"a":1,"c":3}"#);
    assert!(window.get_by_role_and_label(Role::TextInput, "Value of a").is_focused());
    press(&mut window, Modifiers::ALT, Key::ArrowDown);
    press(&mut window, Modifiers::ALT, Key::ArrowDown);
    assert_eq!(claims(&window), r#"{"b":2,"c":3,"a":1}"#, "the last row stays the last");
    press(&mut window, Modifiers::ALT, Key::ArrowUp);
    assert_eq!(claims(&window), r#"{"b":2,"a":1,"c":3}"#);
}

#[test]
fn a_row_of_the_table_is_dragged_by_its_handle() {
    let mut window = open_table(r#"{"a":1,"b":2,"c":3}"#);
    let handle = |window: &Window, name| window.get_by_role_and_label(Role::Button, name).rect().center();
    let (first, last) = (handle(&window, "Move claim 1"), handle(&window, "Move claim 3"));
    window.hover_at(first);
    window.step();
    window.drag_at(first);
    window.step();
    window.hover_at(first + eframe::egui::vec2(0.0, 12.0));
    window.step();
    window.hover_at(last + eframe::egui::vec2(0.0, 12.0));
    window.step();
    window.drop_at(last + eframe::egui::vec2(0.0, 12.0));
    window.run_steps(3);
    assert_eq!(claims(&window), r#"{"b":2,"c":3,"a":1}"#);
}

#[test]
fn a_new_row_of_the_table_waits_for_its_name() {
    let mut window = open_table(r#"{"a":1}"#);
    click(&mut window, Role::Button, "Add claim");
    let name = window.get_by_role_and_label(Role::TextInput, "Name of claim 2");
    assert!(name.is_focused());
    name.type_text("tenant");
    window.run_steps(3);
    assert_eq!(claims(&window), r#"{"a":1,"tenant":""}"#);
    press(&mut window, Modifiers::NONE, Key::Tab);
    press(&mut window, Modifiers::NONE, Key::Tab);
    window.get_by_role_and_label(Role::TextInput, "Value of tenant").type_text("acme");
    window.run_steps(3);
    assert_eq!(claims(&window), r#"{"a":1,"tenant":"acme"}"#);
}

#[test]
fn a_wrong_value_stays_in_its_cell_and_not_in_the_claims() {
    let mut window = open_table(r#"{"n":1,"ok":true}"#);
    window.get_by_role_and_label(Role::TextInput, "Value of n").focus();
    window.run_steps(2);
    window.get_by_role_and_label(Role::TextInput, "Value of n").type_text("x");
    window.run_steps(3);
    assert_eq!(claims(&window), r#"{"n":1,"ok":true}"#);
    assert!(window.query_all_by_label("not a number").count() > 0);
    click(&mut window, Role::ComboBox, "Value of ok");
    click(&mut window, Role::ListBoxOption, "false");
    assert_eq!(claims(&window), r#"{"n":1,"ok":false}"#);
}

#[test]
fn the_keyboard_returns_where_it_was_when_a_dialog_closes() {
    let mut window = open();
    let key_id = |window: &Window| window.get_by_role_and_label(Role::TextInput, "Key ID").is_focused();
    window.get_by_role_and_label(Role::TextInput, "Key ID").focus();
    window.run_steps(2);
    for (modifiers, key) in [(Modifiers::COMMAND, Key::K), (Modifiers::NONE, Key::F1)] {
        press(&mut window, modifiers, key);
        assert!(!key_id(&window));
        press(&mut window, Modifiers::NONE, Key::Escape);
        window.run_steps(2);
        assert!(key_id(&window), "after {key:?}");
    }
}

#[test]
fn menus_tick_what_is_so_and_open_what_lies_behind() {
    let mut window = open();
    click(&mut window, Role::MenuItem, "Token");
    click(&mut window, Role::MenuItem, "Algorithm");
    window.get_by_role_and_label(Role::MenuItemRadio, "Use HS256");
    click(&mut window, Role::MenuItem, "Use HS512");
    assert_eq!(algorithm(&window), Some(Algorithm::HS512));
    assert!(window.query_by_role_and_label(Role::MenuItem, "Use HS256").is_none(), "the menu is closed");
}

#[test]
fn the_tab_key_walks_from_the_draft_to_the_token() {
    let mut window = open();
    press(&mut window, Modifiers::NONE, Key::Escape);
    window.get_by_role_and_label(Role::RadioButton, "None").focus();
    window.run_steps(2);
    for (role, name) in [
        (Role::TextInput, "Expires at, in UTC, or after"),
        (Role::Link, "Pin"),
        (Role::Button, "Choose the day"),
        (Role::Button, "What is this: Algorithm and key"),
        (Role::ComboBox, "Algorithm"),
        (Role::PasswordInput, "Secret"),
        (Role::Button, "Reveal secret"),
        (Role::ComboBox, "Secret encoding"),
        (Role::Button, "Generate"),
    ] {
        press(&mut window, Modifiers::NONE, Key::Tab);
        assert!(window.get_by_role_and_label(role, name).is_focused(), "{name}");
    }
}

#[test]
fn a_broken_file_is_named_with_the_place_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.json");
    std::fs::write(&path, "{\n  \"a\": 'x'\n}").unwrap();
    let mut window = open_files(&[&path]);
    step_until(&mut window, "the notice", |window| {
        window.query_all_by_label_contains("broken.json, 2:8: ").count() > 0
    });
}

#[test]
fn what_no_cell_can_hold_is_edited_as_text() {
    let mut window = open_table("{\"a\": {\n  \"b\": 1\n}, \"c\": \"one\\ntwo\", \"d\": [1]}");
    assert!(window.query_by_role_and_label(Role::TextInput, "Value of a").is_none());
    assert!(window.query_by_role_and_label(Role::TextInput, "Value of c").is_none());
    window.get_by_role_and_label(Role::TextInput, "Value of d");
    assert!(window.query_all_by_label("{\"b\":1}").count() > 0, "it is shown in one line");
    click(&mut window, Role::Button, "Edit a as text");
    assert!(window.get_by_role_and_label(Role::MultilineTextInput, "Claims, JSON").is_focused());
}

#[test]
fn the_columns_keep_their_shares_when_the_window_is_resized() {
    let mut window = open();
    let share = |window: &Window| {
        let splitter = window.get_by_role_and_label(Role::Heading, "Token").rect().left();
        (splitter - 64.0) / (window.ctx.content_rect().width() - 64.0)
    };
    let before = share(&window);
    for width in [1000.0, 1600.0, 1280.0] {
        window.set_size(eframe::egui::vec2(width, 820.0));
        window.run_steps(4);
        assert!((share(&window) - before).abs() < 0.02, "{} at {width}, {before} before", share(&window));
    }
}
