//! Copy as code: opened from the palette, another language, an algorithm the library lacks, closed with Escape.

use super::{act, click, open, press};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

#[test]
fn the_draft_is_shown_as_code_of_the_chosen_language() {
    let mut window = open();
    act(&mut window, "Use EdDSA");
    act(&mut window, "Copy as code…");
    window.run_steps(6);
    assert!(window.query_by_label_contains("return jwt.encode(claims, KEY, algorithm=\"EdDSA\")").is_some());
    click(&mut window, Role::RadioButton, "Node, jsonwebtoken");
    window.run_steps(2);
    assert!(window.query_by_label("Copy code").is_none(), "there is nothing to copy");
    click(&mut window, Role::Button, "Close");
    assert!(window.query_by_label("Copy as code").is_none());
    press(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::K);
    window.run_steps(3);
    assert!(window.query_by_label("Copy code").is_some());
    press(&mut window, Modifiers::NONE, Key::Escape);
    window.run_steps(3);
    assert!(window.query_by_label("Copy code").is_none());
}
