//! What each claim costs, what would change without it, every algorithm, and how many more elements fit.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jwt_workbench::measure::ladder::Rung;

use super::*;

const CLAIMS: &str = r#"{"sub":"me","groups":["grp-0001-approvers","grp-0002-approvers"],"permissions":{"orders":{"read":true,"write":false},"audit":"none"}}"#;

/// The Compare page with these claims.
fn compare(text: &str) -> Window {
    let mut window = open();
    type_claims(&mut window, text);
    act(&mut window, "Go to Compare");
    step_until(&mut window, "the costs", |window| window.query_all_by_label_contains("All of it:").count() > 0);
    window
}

fn shows(window: &Window, words: &str) -> bool {
    window.query_all_by_label_contains(words).count() > 0
}

/// Types over what is in a field.
fn fill(window: &mut Window, name: &str, text: &str) {
    window.get_by_role_and_label(Role::TextInput, name).focus();
    window.run_steps(2);
    press(window, Modifiers::COMMAND, Key::A);
    window.get_by_role_and_label(Role::TextInput, name).type_text(text);
    window.run_steps(3);
}

#[test]
fn the_costs_add_up_to_the_token() {
    let window = compare(CLAIMS);
    let token = window.state().workbench().minted().expect("a token").sizes.token;
    assert!(shows(&window, &format!("All of it: {token} bytes")));
    assert!(shows(&window, "two periods"));
}

#[test]
fn a_claim_left_out_changes_nothing_before_apply() {
    let mut window = compare(CLAIMS);
    click(&mut window, Role::CheckBox, "groups in the token");
    step_until(&mut window, "the difference", |window| shows(window, "if applied"));
    assert_eq!(claims(&window), CLAIMS, "the draft waits for Apply");
    let kept = window.get_by_role_and_label(Role::CheckBox, "groups in the token");
    assert_eq!(kept.accesskit_node().toggled(), Some(eframe::egui::accesskit::Toggled::False));
    click(&mut window, Role::Button, "Apply");
    step_until(&mut window, "the change", |window| !claims(window).contains("groups"));
    assert!(claims(&window).contains(r#""orders":{"read":true,"write":false}"#), "{}", claims(&window));
    act(&mut window, "Undo");
    assert_eq!(claims(&window), CLAIMS);
}

#[test]
fn the_keyboard_walks_the_claims_and_the_space_bar_ticks() {
    let mut window = compare(CLAIMS);
    window.get_by_role_and_label(Role::CheckBox, "permissions in the token").focus();
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert!(window.get_by_role_and_label(Role::CheckBox, "groups in the token").is_focused(), "the next one");
    press(&mut window, Modifiers::NONE, Key::Space);
    step_until(&mut window, "the difference", |window| shows(window, "if applied"));
    click(&mut window, Role::Button, "Reset");
    step_until(&mut window, "nothing", |window| !shows(window, "if applied"));
}

#[test]
fn a_shorter_name_is_tried_and_a_taken_one_is_refused() {
    let mut window = compare(CLAIMS);
    click(&mut window, Role::Button, "Rename groups");
    fill(&mut window, "New name of groups", "sub");
    assert!(shows(&window, "This name is taken"));
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.state().workbench().comparison().what_if().is_none());
    click(&mut window, Role::Button, "Rename groups");
    fill(&mut window, "New name of groups", "g");
    press(&mut window, Modifiers::NONE, Key::Enter);
    step_until(&mut window, "the difference", |window| shows(window, "if applied"));
    let what_if = window.state().workbench().comparison().what_if().expect("changes");
    assert_eq!(what_if.changes.renamed.get("groups").map(String::as_str), Some("g"));
}

#[test]
fn nested_objects_are_entered_and_left() {
    let mut window = compare(CLAIMS);
    assert!(shows(&window, "area is bytes"), "the most expensive nested claim is open");
    window
        .get_by(|node| node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with("orders:")))
        .click();
    window.run_steps(3);
    assert!(shows(&window, "read:"), "inside");
    press(&mut window, Modifiers::NONE, Key::Backspace);
    assert!(shows(&window, "orders:"), "back again");
    click(&mut window, Role::Button, "Inside permissions");
    assert!(!shows(&window, "area is bytes"), "closed");
}

#[test]
fn every_algorithm_is_counted_at_once() {
    let mut window = compare(CLAIMS);
    assert!(shows(&window, "what it is now"), "the own one is marked by words");
    click(&mut window, Role::RadioButton, "Table");
    let rows = |window: &Window| window.query_all_by_label_contains("Algorithm ").count();
    let long = Rung::all().iter().filter(|rung| rung.rsa_bits == Some(4_096)).count();
    assert_eq!(rows(&window), Rung::all().len() - long, "a row for each");
    click(&mut window, Role::CheckBox, "RSA 4096");
    assert_eq!(rows(&window), Rung::all().len(), "and for the longer keys");
}

#[test]
fn a_limit_of_ones_own_is_typed_and_kept() {
    let mut window = compare(CLAIMS);
    assert!(shows(&window, "more elements like \"grp-0002-approvers\" in groups"));
    click(&mut window, Role::ComboBox, "Budget to fit");
    // The last of the list, which may have to be scrolled to.
    window.get_by_role_and_label(Role::ListBoxOption, "Own limit…").focus();
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(window.state().workbench().settings().budget, "own:2000");
    fill(&mut window, "Own limit", "100");
    assert_eq!(window.state().workbench().settings().budget, "own:100");
    assert!(shows(&window, "bytes too many"));
    assert!(shows(&window, "No more elements like"));
    fill(&mut window, "Own limit", "no");
    assert_eq!(window.state().workbench().settings().budget, "own:100", "what is no number changes nothing");
}

#[test]
fn a_variant_that_cannot_be_read_says_which_and_why() {
    let mut window = compare(CLAIMS);
    act(&mut window, "Go to Craft");
    type_claims(&mut window, "[1,2]");
    act(&mut window, "Go to Compare");
    step_until(&mut window, "the reason", |window| shows(window, "no JSON object"));
}
