//! The whole tree of every page, dialog and menu.

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers};

use super::access_tree::check;
use super::{act, click, open, press, step_until, type_claims};

#[test]
fn the_draft_as_text() {
    let mut window = open();
    check(&mut window, "a new draft");
    type_claims(&mut window, "{\"sub\": }");
    check(&mut window, "claims that are no JSON");
    type_claims(&mut window, r#"{"a":"{{tenant}}","b":"{{region}}","exp":1}"#);
    check(&mut window, "claims with findings");
    act(&mut window, "Add variable");
    act(&mut window, "Add variable");
    check(&mut window, "two variables");
    act(&mut window, "Find in claims");
    check(&mut window, "the find bar");
}

#[test]
fn the_draft_as_table() {
    let mut window = open();
    type_claims(&mut window, r#"{"sub":"x","n":1.50,"ok":true,"o":{"p":1},"l":[1,2],"z":null}"#);
    act(&mut window, "Show claims as table");
    check(&mut window, "the table");
    type_claims_broken(&mut window);
    check(&mut window, "no table");
}

fn type_claims_broken(window: &mut super::Window) {
    act(window, "Show claims as text");
    type_claims(window, "{");
    act(window, "Show claims as table");
}

#[test]
fn keys_of_every_kind_on_the_craft_page() {
    let mut window = open();
    act(&mut window, "Use RS256");
    check(&mut window, "no key");
    act(&mut window, "Generate Ed25519 key");
    act(&mut window, "Use EdDSA");
    step_until(&mut window, "the key", |window| window.state().workbench().minted().is_some());
    check(&mut window, "a key pair");
}

#[test]
fn the_pages() {
    let mut window = open();
    for page in ["Inspect", "Compare", "Timing", "Bulk", "Keys", "Settings"] {
        act(&mut window, &format!("Go to {page}"));
        window.run_steps(4);
        check(&mut window, page);
    }
}

#[test]
fn dialogs() {
    let mut window = open();
    for action in ["Paste key…", "Import…", "Compare pasted tokens…", "Copy as code…", "Keyboard shortcuts", "About"]
    {
        act(&mut window, action);
        window.run_steps(3);
        check(&mut window, action);
        press(&mut window, Modifiers::NONE, Key::Escape);
        window.run_steps(3);
    }
    press(&mut window, Modifiers::COMMAND, Key::K);
    check(&mut window, "the palette");
    press(&mut window, Modifiers::NONE, Key::Escape);
    type_claims(&mut window, "{}");
    press(&mut window, Modifiers::COMMAND, Key::N);
    check(&mut window, "unsaved");
    click(&mut window, Role::Button, "Cancel");
}

#[test]
fn what_was_inspected() {
    let mut window = open();
    act(&mut window, "Inspect this draft's token");
    step_until(&mut window, "the verdict", |window| window.state().workbench().inspection().verification().is_some());
    check(&mut window, "a verified token");
    window.event(Event::Paste("no token at all".to_owned()));
    window.run_steps(4);
    check(&mut window, "no token");
}

#[test]
fn menus() {
    let mut window = open();
    for title in ["File", "Edit", "Token", "Key", "Compare", "View", "Help"] {
        click(&mut window, Role::MenuItem, title);
        super::access_tree::check_nodes(&window, title);
        press(&mut window, Modifiers::NONE, Key::Escape);
    }
}
