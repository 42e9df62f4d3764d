//! Where the keyboard goes, and what is left over a window.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use jwt_workbench::workbench::page::Page;

use super::{Window, act, click, open, press, step_until, type_claims};

fn has_keyboard(window: &Window, role: Role, name: &str) -> bool {
    window.get_by_role_and_label(role, name).is_focused()
}

fn focus(window: &mut Window, role: Role, name: &str) {
    window.get_by_role_and_label(role, name).focus();
    window.run_steps(2);
    assert!(has_keyboard(window, role, name));
}

#[test]
fn an_action_of_the_palette_moves_the_keyboard_although_another_field_had_it() {
    let mut window = open();
    for (action, role, name) in [
        ("Edit claims", Role::MultilineTextInput, "Claims, JSON"),
        ("Edit header", Role::MultilineTextInput, "Header, JSON"),
        ("Find in claims", Role::TextInput, "Find"),
        ("Add variable", Role::TextInput, "Name of variable variable"),
    ] {
        focus(&mut window, Role::TextInput, "Key ID");
        act(&mut window, action);
        window.run_steps(3);
        assert!(has_keyboard(&window, role, name), "{action}");
    }
}

#[test]
fn a_tooltip_goes_when_a_dialog_comes() {
    let mut window = open();
    let tip = |window: &Window| window.query_all_by_label("Lay the claims out over lines").count() > 0;
    let button = window.query_all_by_role_and_label(Role::Button, "Format").next().expect("the button").rect();
    window.hover_at(button.center());
    step_until(&mut window, "the tooltip", tip);
    press(&mut window, Modifiers::NONE, Key::F1);
    assert!(!tip(&window));
}

#[test]
fn two_unknown_names_are_declared_by_buttons_of_two_names() {
    let mut window = open();
    type_claims(&mut window, r#"{"a":"{{tenant}}","b":"{{region}}"}"#);
    click(&mut window, Role::Button, "Declare region");
    window.get_by_role_and_label(Role::Button, "Declare tenant");
}

#[test]
fn the_menus_are_walked_by_keyboard_and_give_it_back() {
    let mut window = open();
    focus(&mut window, Role::TextInput, "Key ID");
    press(&mut window, Modifiers::NONE, Key::F10);
    assert!(has_keyboard(&window, Role::MenuItem, "File"));
    press(&mut window, Modifiers::NONE, Key::ArrowRight);
    press(&mut window, Modifiers::NONE, Key::ArrowRight);
    assert!(has_keyboard(&window, Role::MenuItem, "Token"));
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    window.run_steps(3);
    assert!(has_keyboard(&window, Role::MenuItem, "Mint again with a new now"));
    // To the neighbour, whose menu opens, and back.
    press(&mut window, Modifiers::NONE, Key::ArrowRight);
    window.run_steps(3);
    assert!(has_keyboard(&window, Role::MenuItem, "Generate secret"));
    press(&mut window, Modifiers::NONE, Key::ArrowLeft);
    window.run_steps(3);
    assert!(has_keyboard(&window, Role::MenuItem, "Mint again with a new now"));
    // Up goes around to the last entry, which opens a menu beside it.
    press(&mut window, Modifiers::NONE, Key::ArrowUp);
    assert!(has_keyboard(&window, Role::MenuItem, "Serialization"));
    press(&mut window, Modifiers::NONE, Key::ArrowRight);
    window.run_steps(3);
    assert!(has_keyboard(&window, Role::MenuItemRadio, "Write the payload compact"));
    press(&mut window, Modifiers::NONE, Key::ArrowLeft);
    window.run_steps(2);
    assert!(has_keyboard(&window, Role::MenuItem, "Serialization"));
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(has_keyboard(&window, Role::MenuItem, "Token"), "Escape closes the menu");
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(has_keyboard(&window, Role::TextInput, "Key ID"), "and leaves the bar");
}

#[test]
fn an_entry_is_chosen_by_keyboard_and_the_keyboard_returns() {
    let mut window = open();
    focus(&mut window, Role::TextInput, "Key ID");
    press(&mut window, Modifiers::NONE, Key::F10);
    press(&mut window, Modifiers::NONE, Key::ArrowLeft);
    assert!(has_keyboard(&window, Role::MenuItem, "Help"), "the bar goes around");
    for _ in 0..4 {
        press(&mut window, Modifiers::NONE, Key::ArrowLeft);
    }
    press(&mut window, Modifiers::NONE, Key::Enter);
    window.run_steps(3);
    assert!(has_keyboard(&window, Role::MenuItem, "Mint again with a new now"));
    press(&mut window, Modifiers::NONE, Key::Enter);
    window.run_steps(3);
    assert!(window.query_by_role_and_label(Role::MenuItem, "Mint again with a new now").is_none());
    assert!(has_keyboard(&window, Role::TextInput, "Key ID"));
}

#[test]
fn what_cannot_be_done_says_why() {
    let mut window = open();
    type_claims(&mut window, "{");
    press(&mut window, Modifiers::COMMAND, Key::K);
    window.get_by_role_and_label(Role::TextInput, "Search actions").type_text("Copy token");
    window.run_steps(2);
    let row = window.get_by_role_and_label(Role::ListBoxOption, "Copy token").accesskit_node();
    assert!(row.is_disabled());
    assert!(row.description().is_some_and(|why| why.starts_with("No token: ")), "{:?}", row.description());
}

#[test]
fn what_was_chosen_lately_stands_first_in_the_palette() {
    let mut window = open();
    act(&mut window, "Use HS512");
    window.run_steps(2);
    press(&mut window, Modifiers::COMMAND, Key::K);
    let top = |window: &Window, name: &str| window.get_by_role_and_label(Role::ListBoxOption, name).rect().top();
    assert!(top(&window, "Use HS512") < top(&window, "New draft"));
}

#[test]
fn pages_are_gone_through_by_keyboard() {
    let mut window = open();
    let page = |window: &Window| window.state().workbench().settings().page;
    press(&mut window, Modifiers::CTRL, Key::Tab);
    assert_eq!(page(&window), Page::Inspect);
    press(&mut window, Modifiers::CTRL | Modifiers::SHIFT, Key::Tab);
    press(&mut window, Modifiers::CTRL | Modifiers::SHIFT, Key::Tab);
    assert_eq!(page(&window), Page::Settings);
    press(&mut window, Modifiers::COMMAND, Key::Num1);
    press(&mut window, Modifiers::COMMAND, Key::Comma);
    assert_eq!(page(&window), Page::Settings);
}

#[test]
fn the_edge_between_the_columns_is_moved_by_the_arrow_keys() {
    let mut window = open();
    act(&mut window, "Library");
    window.run_steps(3);
    for (name, wider) in [("Width of the left column", Key::ArrowRight), ("Width of the library", Key::ArrowRight)] {
        focus(&mut window, Role::Splitter, name);
        let at = |window: &Window| window.get_by_role_and_label(Role::Splitter, name).rect().center().x;
        let before = at(&window);
        press(&mut window, Modifiers::NONE, wider);
        assert_eq!(at(&window), before + 16.0, "{name}");
        press(&mut window, Modifiers::NONE, Key::ArrowLeft);
        assert_eq!(at(&window), before, "{name}");
        assert!(has_keyboard(&window, Role::Splitter, name));
    }
}
