//! The main job of every page with the tab key, the arrows, Enter and Escape alone.

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jwt_workbench::jose::verify::Verdict;
use jwt_workbench::workbench::bench::Bench;
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::settings::Theme;

use super::{Window, claims, open, press, step_until, type_claims};

const NONE: Modifiers = Modifiers::NONE;

fn has_keyboard(window: &Window, role: Role, name: &str) -> bool {
    window.query_by_role_and_label(role, name).is_some_and(|node| node.is_focused())
}

/// Goes on with the tab key until this has the keyboard. An editor is left with Escape.
#[track_caller]
fn tab_to(window: &mut Window, role: Role, name: &str) {
    let at = |window: &Window| {
        let mut nodes = window.root().children_recursive();
        nodes.find(|node| node.accesskit_node().is_focused()).map(|node| node.accesskit_node().id())
    };
    for _ in 0..150 {
        let before = at(window);
        press(window, NONE, Key::Tab);
        if before.is_some() && at(window) == before {
            press(window, NONE, Key::Escape);
            press(window, NONE, Key::Tab);
        }
        if has_keyboard(window, role, name) {
            return;
        }
    }
    panic!("the tab key never comes to {name}");
}

/// Goes down an open list until this has the keyboard, and takes it.
#[track_caller]
fn choose(window: &mut Window, role: Role, name: &str) {
    window.run_steps(3);
    for _ in 0..40 {
        if has_keyboard(window, role, name) {
            press(window, NONE, Key::Enter);
            window.run_steps(3);
            return;
        }
        press(window, NONE, Key::ArrowDown);
    }
    panic!("the arrow keys never come to {name}");
}

fn type_text(window: &mut Window, text: &str) {
    window.event(Event::Text(text.to_owned()));
    window.run_steps(3);
}

#[test]
fn a_token_is_crafted() {
    let mut window = open();
    press(&mut window, Modifiers::COMMAND, Key::A);
    type_text(&mut window, r#"{"sub":"ann"}"#);
    tab_to(&mut window, Role::RadioButton, "1 h");
    press(&mut window, NONE, Key::Space);
    assert!(claims(&window).contains("{{now+1h}}"), "{}", claims(&window));
    tab_to(&mut window, Role::Button, "Copy");
}

#[test]
fn a_token_is_inspected() {
    let mut window = open();
    let token = window.state().workbench().minted().expect("a token").token.as_str().to_owned();
    press(&mut window, Modifiers::COMMAND, Key::Num2);
    window.run_steps(3);
    window.event(Event::Paste(token));
    window.run_steps(4);
    step_until(&mut window, "the reading", |window| window.state().workbench().inspection().is_settled());
    tab_to(&mut window, Role::ComboBox, "Key to verify with");
    press(&mut window, NONE, Key::Enter);
    choose(&mut window, Role::ListBoxOption, "Secret");
    tab_to(&mut window, Role::PasswordInput, "Secret to verify with");
    type_text(&mut window, "not the secret it was signed with");
    press(&mut window, NONE, Key::Tab);
    let verdict = |window: &Window| window.state().workbench().inspection().verification().map(|it| it.verdict);
    step_until(&mut window, "a verdict", |window| verdict(window) == Some(Verdict::Invalid));
    // The key doctor goes to work by itself and has the last word.
    step_until(&mut window, "the word", |window| window.query_all_by_label("The key doctor is done").count() > 0);
}

#[test]
fn variants_are_compared() {
    let mut window = open();
    press(&mut window, Modifiers::COMMAND, Key::Num3);
    tab_to(&mut window, Role::Button, "Add a variant");
    press(&mut window, NONE, Key::Enter);
    choose(&mut window, Role::MenuItem, "Snapshot of the draft");
    assert_eq!(window.state().workbench().comparison().variants().len(), 2);
}

#[test]
fn times_are_measured_and_the_end_is_said() {
    let mut window = open();
    press(&mut window, Modifiers::COMMAND, Key::Num4);
    tab_to(&mut window, Role::Button, "Measure");
    press(&mut window, NONE, Key::Enter);
    let running = |window: &Window| window.state().workbench().bench().running().is_some();
    step_until(&mut window, "the measurement", running);
    step_until(&mut window, "figures", |window| window.state().workbench().bench().figures(Bench::Variants).is_some());
    tab_to(&mut window, Role::Button, "Stop");
    press(&mut window, NONE, Key::Enter);
    step_until(&mut window, "the end", |window| !running(window));
    step_until(&mut window, "the word", |window| window.query_all_by_label("Measuring has ended").count() > 0);
}

#[test]
fn many_are_set_up_to_be_minted() {
    let mut window = open();
    press(&mut window, Modifiers::COMMAND, Key::Num5);
    tab_to(&mut window, Role::RadioButton, "Rows of a file");
    press(&mut window, NONE, Key::Space);
    tab_to(&mut window, Role::Button, "Choose file…");
    tab_to(&mut window, Role::RadioButton, "Count");
    press(&mut window, NONE, Key::Space);
    tab_to(&mut window, Role::Button, "Mint…");
}

#[test]
fn a_key_is_generated() {
    let mut window = open();
    press(&mut window, Modifiers::COMMAND, Key::Num6);
    tab_to(&mut window, Role::Button, "Generate a key");
    press(&mut window, NONE, Key::Enter);
    choose(&mut window, Role::MenuItem, "Generate Ed25519 key");
    step_until(&mut window, "the key", |window| !window.state().workbench().keys().ring().keys().is_empty());
}

#[test]
fn the_look_is_changed() {
    let mut window = open();
    press(&mut window, Modifiers::COMMAND, Key::Comma);
    assert_eq!(window.state().workbench().settings().page, Page::Settings);
    tab_to(&mut window, Role::RadioButton, "Dark");
    press(&mut window, NONE, Key::Space);
    assert_eq!(window.state().workbench().settings().theme, Theme::Dark);
}

#[test]
fn a_question_is_answered_in_reading_order() {
    let mut window = open();
    type_claims(&mut window, "{}");
    press(&mut window, Modifiers::COMMAND, Key::N);
    window.run_steps(3);
    assert!(has_keyboard(&window, Role::Button, "Save"), "what is likely meant has the keyboard");
    press(&mut window, NONE, Key::Tab);
    window.run_steps(2);
    for name in ["Cancel", "Don't save", "Save"] {
        assert!(has_keyboard(&window, Role::Button, name), "{name}");
        press(&mut window, NONE, Key::Tab);
        window.run_steps(2);
    }
    press(&mut window, NONE, Key::Escape);
    window.run_steps(3);
    assert!(has_keyboard(&window, Role::MultilineTextInput, "Claims, JSON"), "the keyboard returns");
}
