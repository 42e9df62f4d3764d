//! Variables, completion and imports, as a user meets them.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::*;

fn variables(window: &Window) -> String {
    window.state().workbench().draft().template().variables.to_json()
}

fn type_more(window: &mut Window, letters: &str) {
    for letter in letters.chars() {
        window.get_by_role_and_label(Role::MultilineTextInput, "Claims, JSON").type_text(&letter.to_string());
        window.run_steps(2);
    }
}

#[test]
fn an_unknown_placeholder_is_declared_from_its_finding() {
    let mut window = open();
    type_claims(&mut window, r#"{"iss":"a","tenant":"{{tenant}}"}"#);
    assert!(window.state().workbench().minted().is_none());
    click(&mut window, Role::Button, "Declare tenant");
    assert_eq!(variables(&window), r#"{ "tenant": "" }"#);
    assert!(window.state().workbench().minted().is_some());
    let value = window.get_by_role_and_label(Role::TextInput, "Variable tenant");
    value.focus();
    window.run_steps(2);
    window.get_by_role_and_label(Role::TextInput, "Variable tenant").type_text("acme");
    window.run_steps(3);
    assert!(payload(&window).contains("\"tenant\":\"acme\""));
}

#[test]
fn a_variable_is_added_named_and_described_by_keyboard() {
    let mut window = open();
    type_claims(&mut window, "{\"a\":\"{{variable}}\"}");
    act(&mut window, "Add variable");
    let name = window.get_by_role_and_label(Role::TextInput, "Name of variable variable");
    assert!(name.is_focused(), "its name takes the keyboard");
    window.get_by_role_and_label(Role::TextInput, "Name of variable variable").type_text("now");
    window.run_steps(2);
    assert!(window.query_all_by_label_contains("has a meaning of its own").count() > 0);
    press(&mut window, Modifiers::COMMAND, Key::A);
    window.get_by_role_and_label(Role::TextInput, "Name of variable variable").type_text("tenant");
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(variables(&window), r#"{ "tenant": "" }"#);
    assert_eq!(claims(&window), "{\"a\":\"{{tenant}}\"}", "the text follows");
    act(&mut window, "Undo");
    assert_eq!(claims(&window), "{\"a\":\"{{variable}}\"}");
}

#[test]
fn names_and_placeholders_are_completed_by_keyboard() {
    let mut window = open();
    type_claims(&mut window, "{");
    type_more(&mut window, "\"is");
    let option = window.get_by_role_and_label(Role::ListBoxOption, "iss");
    assert_eq!(option.accesskit_node().is_selected(), Some(true));
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(claims(&window), "{\"iss\": ");
    type_more(&mut window, "\"{{u");
    assert!(window.query_by_role_and_label(Role::ListBoxOption, "uuid").is_some());
    press(&mut window, Modifiers::NONE, Key::Tab);
    assert_eq!(claims(&window), "{\"iss\": \"{{uuid}}");
    type_more(&mut window, "\"}");
    assert!(window.state().workbench().minted().is_some());
    assert!(window.get_by_role_and_label(Role::MultilineTextInput, "Claims, JSON").is_focused());
    assert!(window.query_by_role(Role::ListBox).is_none());
}

#[test]
fn a_postman_environment_is_pasted_looked_at_and_imported() {
    let mut window = open();
    act(&mut window, "Import…");
    let text = r#"{"name":"Staging","values":[{"key":"tenant","value":"acme","enabled":true},{"key":"api_token","value":"hunter2","type":"secret","enabled":true}]}"#;
    window.get_by_role_and_label(Role::MultilineTextInput, "Text to import").type_text(text);
    window.run_steps(2);
    click(&mut window, Role::Button, "Import");
    assert!(window.query_by_label("Added (1)").is_some() && window.query_by_label("Left out (1)").is_some());
    assert!(window.query_by_label("is a secret").is_some());
    click(&mut window, Role::Button, "Import");
    assert_eq!(variables(&window), r#"{ "tenant": "acme" }"#);
    act(&mut window, "Undo");
    assert_eq!(variables(&window), "{}");
}
