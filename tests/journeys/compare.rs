//! The Compare page: adding, naming, ordering and removing variants, and what is shown of them.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::*;

/// A window on the Compare page with the draft and a smaller variant of it.
pub(crate) fn compare() -> Window {
    let mut window = open();
    type_claims(&mut window, r#"{"sub":"user-42","exp":"{{now+30m}}","groups":["a","b","c"],"n":1}"#);
    act(&mut window, "Go to Compare");
    act(&mut window, "Minimise the selected variant");
    click(&mut window, Role::Button, "Add minimal variant");
    step_until(&mut window, "facts of both", |window| {
        let variants = window.state().workbench().comparison().variants();
        variants.len() == 2 && variants.iter().all(|variant| variant.facts.is_ok())
    });
    window.run_steps(3);
    window
}

fn names(window: &Window) -> Vec<String> {
    window.state().workbench().comparison().variants().iter().map(|variant| variant.name.clone()).collect()
}

/// The rows of the table from top to bottom, by what is read out of them.
fn rows(window: &Window) -> Vec<String> {
    let mut rows: Vec<(i64, String)> = window
        .query_all_by_role(Role::Row)
        .filter_map(|row| {
            let label = row.accesskit_node().label()?;
            label.starts_with("Variant ").then(|| (row.rect().top() as i64, label))
        })
        .collect();
    rows.sort();
    rows.into_iter().map(|(_, label)| label).collect()
}

fn row(window: &Window, number: usize) -> String {
    rows(window)[number].clone()
}

fn focus_row(window: &mut Window, number: usize) {
    let label = row(window, number);
    window.get_by_role_and_label(Role::Row, &label).focus();
    window.run_steps(2);
}

#[test]
fn the_page_begins_with_the_draft_and_a_snapshot_is_added_from_the_menu() {
    let mut window = open();
    act(&mut window, "Go to Compare");
    window.run_steps(3);
    assert_eq!(names(&window).len(), 1);
    assert!(rows(&window)[0].contains("HS256") && rows(&window)[0].ends_with("baseline"), "{:?}", rows(&window));
    click(&mut window, Role::Button, "Add a variant");
    click(&mut window, Role::MenuItem, "Snapshot of the draft");
    assert_eq!(rows(&window).len(), 2, "{:?}", rows(&window));
}

#[test]
fn the_minimal_variant_has_the_claims_that_were_chosen() {
    let window = compare();
    let comparison = window.state().workbench().comparison();
    let facts = comparison.variants()[1].facts.as_ref().unwrap();
    let claims: Vec<_> =
        facts.claims.as_ref().unwrap().root().members().map(|claim| claim.name().into_owned()).collect();
    assert_eq!(claims, ["sub", "exp"]);
    assert!(rows(&window)[1].contains(&format!("{} bytes", facts.sizes.token)), "{:?}", rows(&window));
}

#[test]
fn a_variant_is_renamed_in_place_and_escape_leaves_its_name() {
    let mut window = compare();
    focus_row(&mut window, 1);
    press(&mut window, Modifiers::NONE, Key::F2);
    let field = format!("Name of {}", names(&window)[1]);
    window.get_by_role_and_label(Role::TextInput, &field).type_text("Small");
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(names(&window)[1], "Small");
    assert!(rows(&window)[1].starts_with("Variant Small, HS256"), "{:?}", rows(&window));
    focus_row(&mut window, 1);
    press(&mut window, Modifiers::NONE, Key::F2);
    window.get_by_role_and_label(Role::TextInput, "Name of Small").type_text("Other");
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(names(&window)[1], "Small");
}

#[test]
fn a_title_sorts_by_its_column_and_the_third_click_gives_the_own_order_back() {
    let mut window = compare();
    let own = rows(&window);
    click(&mut window, Role::ColumnHeader, "Token, bytes");
    assert_eq!(rows(&window), own.iter().rev().cloned().collect::<Vec<_>>(), "the smallest comes first");
    click(&mut window, Role::ColumnHeader, "Token, bytes, ascending");
    assert_eq!(rows(&window), own, "the greatest comes first");
    click(&mut window, Role::ColumnHeader, "Token, bytes, descending");
    window.get_by_role_and_label(Role::ColumnHeader, "Token, bytes");
    assert_eq!(rows(&window), own);
}

#[test]
fn another_variant_becomes_the_baseline() {
    let mut window = compare();
    let name = names(&window)[1].clone();
    click(&mut window, Role::Button, &format!("Actions for {name}"));
    click(&mut window, Role::MenuItem, "Make baseline");
    assert_eq!(window.state().workbench().comparison().baseline().unwrap().name, name);
    assert!(rows(&window)[1].ends_with("baseline"), "{:?}", rows(&window));
}

#[test]
fn rows_are_moved_and_removed_by_keyboard_and_come_back() {
    let mut window = compare();
    let before = names(&window);
    focus_row(&mut window, 1);
    press(&mut window, Modifiers::ALT, Key::ArrowUp);
    assert_eq!(names(&window), [before[1].clone(), before[0].clone()]);
    focus_row(&mut window, 0);
    press(&mut window, Modifiers::NONE, Key::Delete);
    assert_eq!(names(&window), [before[0].clone()]);
    act(&mut window, "Put the removed variant back");
    assert_eq!(names(&window), [before[1].clone(), before[0].clone()]);
}

#[test]
fn space_selects_and_what_the_verdict_follows_from_is_told() {
    let mut window = compare();
    focus_row(&mut window, 0);
    press(&mut window, Modifiers::NONE, Key::Space);
    let selected = window.state().workbench().comparison().selected().unwrap().name.clone();
    assert_eq!(selected, names(&window)[0]);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    press(&mut window, Modifiers::NONE, Key::Enter);
    let selected = window.state().workbench().comparison().selected().unwrap().name.clone();
    assert_eq!(selected, names(&window)[1]);
    assert!(window.query_all_by_label_contains("Press Measure for its times").count() > 0);
}

#[test]
fn the_tabs_below_show_claims_text_and_times() {
    let mut window = compare();
    click(&mut window, Role::RadioButton, "Claims");
    let small = names(&window)[1].clone();
    window.get_by_role_and_label(Role::Cell, &format!("groups, {small}: missing"));
    window.get_by_role_and_label(Role::Cell, &format!("sub, {small}: same"));
    click(&mut window, Role::Row, "Claim groups");
    assert!(window.query_all_by_label_contains("no such claim").count() > 0);
    click(&mut window, Role::RadioButton, "Text");
    let line = |window: &Window, start: &str| window.query_all_by_label_contains(start).count();
    assert!(line(&window, "\u{2212} \"groups\"") > 0, "the minimal one has no groups");
    click(&mut window, Role::Button, "Swap");
    assert!(line(&window, "+ \"groups\"") > 0, "the other way round they come");
    click(&mut window, Role::RadioButton, "Times");
    window.get_by_role_and_label(Role::Heading, "Times");
}

#[test]
fn columns_are_chosen_and_those_without_room_scroll_sideways() {
    let mut window = compare();
    assert!(window.query_by_role_and_label(Role::ColumnHeader, "Payload, B").is_none());
    click(&mut window, Role::Button, "Choose the columns");
    click(&mut window, Role::MenuItem, "Payload, B");
    window.get_by_role_and_label(Role::ColumnHeader, "Payload, B");
    click(&mut window, Role::Button, "Choose the columns");
    click(&mut window, Role::MenuItem, "As many as fit");
    assert!(window.query_by_role_and_label(Role::ColumnHeader, "Payload, B").is_none());
}

#[test]
fn another_budget_is_chosen_in_the_title_of_the_shares() {
    let mut window = compare();
    click(&mut window, Role::Button, "Choose the budget");
    click(&mut window, Role::MenuItem, "8 KiB nginx header line");
    window.get_by_role_and_label(Role::ColumnHeader, "nginx 8,192");
}

#[test]
fn pasted_tokens_become_variants_without_a_key() {
    let mut window = compare();
    act(&mut window, "Compare pasted tokens");
    let token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOjd9.c2lnbmF0dXJl";
    window.get_by_role_and_label(Role::MultilineTextInput, "Tokens").type_text(token);
    window.run_steps(2);
    click(&mut window, Role::Button, "Add tokens");
    step_until(&mut window, "the token", |window| rows(window).len() == 3);
    assert!(rows(&window)[2].contains(&format!("RS256, {} bytes", token.len())), "{:?}", rows(&window));
    click(&mut window, Role::RadioButton, "Claims");
    let name = names(&window)[2].clone();
    window.get_by_role_and_label(Role::Cell, &format!("sub, {name}: now a number"));
}

#[test]
fn a_variant_that_cannot_be_minted_says_why_in_its_row() {
    let mut window = compare();
    act(&mut window, "Go to Craft");
    type_claims(&mut window, r#"{"sub":"{{nonsense}}"}"#);
    act(&mut window, "Go to Compare");
    step_until(&mut window, "the problem", |window| rows(window)[0].contains("nonsense"));
    assert!(window.state().workbench().comparison().variants()[0].facts.is_err());
}

#[test]
fn control_and_enter_add_what_was_pasted() {
    let mut window = compare();
    act(&mut window, "Compare pasted tokens");
    window.event(eframe::egui::Event::Paste("eyJhbGciOiJub25lIn0.e30.".to_owned()));
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    window.run_steps(3);
    assert_eq!(names(&window).len(), 3);
}
