//! The tokens that left the program, in the side panel of the Craft page.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use jwt_workbench::workbench::page::Page;

use super::*;

/// A window whose panel shows the minted tokens.
fn with_panel() -> Window {
    let mut window = open();
    act(&mut window, "Library");
    click(&mut window, Role::RadioButton, "Minted");
    window
}

fn count(window: &Window) -> usize {
    window.state().workbench().minted_tokens().list().len()
}

/// The row of this number.
fn row(number: usize) -> String {
    format!("Token {number}, ")
}

fn has_row(window: &Window, number: usize, words: &str) -> bool {
    window.query_all_by_role(Role::ListItem).any(|node| {
        node.accesskit_node().label().is_some_and(|label| label.starts_with(&row(number)) && label.contains(words))
    })
}

#[test]
fn an_empty_list_says_what_comes_there() {
    let window = with_panel();
    window.get_by_label("No tokens yet");
    assert!(window.query_all_by_label_contains("in memory only").count() > 0);
}

#[test]
fn a_copied_token_is_there_with_its_standing_and_can_be_inspected_by_keyboard() {
    let mut window = with_panel();
    press(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::C);
    assert!(has_row(&window, 1, "HS256"), "the row is there");
    assert!(has_row(&window, 1, "expires in 29 min") || has_row(&window, 1, "expires in 30 min"));
    assert!(has_row(&window, 1, "sub user-42") && has_row(&window, 1, "just now"));
    let label = window.get_by_role(Role::ListItem).accesskit_node().label().unwrap();
    window.get_by_role_and_label(Role::ListItem, &label).focus();
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(window.state().workbench().settings().page, Page::Inspect);
    step_until(&mut window, "the verdict", |window| window.state().workbench().inspection().verification().is_some());
}

#[test]
fn the_draft_of_a_token_comes_back_and_a_token_is_forgotten() {
    let mut window = with_panel();
    type_claims(&mut window, r#"{"sub":"first"}"#);
    press(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::C);
    type_claims(&mut window, r#"{"sub":"second"}"#);
    press(&mut window, Modifiers::NONE, Key::F5);
    step_until(&mut window, "both", |window| count(window) == 2);
    assert!(has_row(&window, 1, "sub second") && has_row(&window, 2, "sub first"));
    click(&mut window, Role::Button, "More for token 2");
    click(&mut window, Role::MenuItem, "Restore its draft");
    click(&mut window, Role::Button, "Don't save");
    assert_eq!(claims(&window), r#"{"sub":"first"}"#);

    click(&mut window, Role::Button, "More for token 1");
    click(&mut window, Role::MenuItem, "Forget");
    assert_eq!(count(&window), 1);
    click(&mut window, Role::Button, "Forget the minted tokens");
    click(&mut window, Role::MenuItem, "Forget this token");
    window.get_by_label("No tokens yet");
}

#[test]
fn a_token_stands_beside_the_draft_in_the_comparison() {
    let mut window = with_panel();
    press(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::C);
    click(&mut window, Role::Button, "More for token 1");
    click(&mut window, Role::MenuItem, "Compare with the draft");
    assert_eq!(window.state().workbench().settings().page, Page::Compare);
    assert_eq!(window.state().workbench().comparison().variants().len(), 2);
}
