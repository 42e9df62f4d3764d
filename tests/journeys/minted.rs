//! The tokens that left the program, in the side panel of the Craft page.

use std::path::PathBuf;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable as _;
use jwt_workbench::workbench::page::Page;

use super::*;

/// A window whose panel shows the minted tokens.
pub(crate) fn with_panel() -> Window {
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

/// Pictures to be looked at: `MINTED_PICTURES=folder cargo test --test journeys minted_pictures`.
#[test]
fn minted_pictures() {
    let Some(target) = std::env::var_os("MINTED_PICTURES").map(PathBuf::from) else { return };
    for (name, size, theme) in [
        ("dark", vec2(1280.0, 820.0), "Use the dark theme"),
        ("light", vec2(1280.0, 820.0), "Use the light theme"),
        ("small", vec2(900.0, 600.0), "Use the dark theme"),
    ] {
        let mut window = with_panel();
        window.set_size(size);
        act(&mut window, theme);
        let shoot = |window: &mut Window, state: &str| {
            window.run_steps(3);
            window.render().expect("a picture").save(target.join(format!("{name}-{state}.png"))).expect("a file");
        };
        shoot(&mut window, "empty");
        for claims in [
            r#"{"sub":"user-42","exp":1795284752}"#,
            r#"{"sub":"a very long subject of an identity provider","jti":"0c6f0f64-6f0f-4d5e-9d2e-1f2e3d4c5b6a","exp":"{{now+30m}}"}"#,
            r#"{"nbf":"{{now+2h}}","exp":"{{now+3h}}"}"#,
            r#"{"sub":"user-7"}"#,
        ] {
            type_claims(&mut window, claims);
            press(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::C);
        }
        shoot(&mut window, "tokens");
        click(&mut window, Role::Button, "More for token 2");
        shoot(&mut window, "menu");
    }
}
