//! What is found about the draft: the list, the place, the fix.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::*;

fn ids(window: &Window) -> Vec<&'static str> {
    window.state().workbench().findings().findings.iter().map(|finding| finding.id).collect()
}

#[test]
fn a_fix_is_one_step_of_undo() {
    let mut window = open();
    type_claims(&mut window, r#"{"iss":"a","aud":"b","jti":"c","exp":"{{now+5m}}","password":"x"}"#);
    let before = claims(&window).to_owned();
    let finding = window.state().workbench().findings().findings.iter().find(|finding| finding.id == "P01").cloned();
    let label = finding.and_then(|finding| finding.fix).expect("a fix for a password that anyone can read").label;
    click(&mut window, Role::Button, &label);
    assert_eq!(claims(&window), r#"{"iss":"a","aud":"b","jti":"c","exp":"{{now+5m}}"}"#);
    assert!(!ids(&window).contains(&"P01"));
    act(&mut window, "Undo");
    assert_eq!(claims(&window), before);
}

#[test]
fn a_finding_shows_its_place_and_its_reason() {
    let mut window = open();
    type_claims(&mut window, r#"{"iss":"a","aud":"b","jti":"c","exp":"{{now+5m}}","n":12345678901234567890}"#);
    assert!(ids(&window).contains(&"S07"), "{:?}", ids(&window));
    press(&mut window, Modifiers::NONE, Key::Escape);
    while !window.query_all_by_label("Fold: S07").any(|_| true) {
        press(&mut window, Modifiers::NONE, Key::F8);
    }
    assert!(window.query_all_by_label_contains("RFC 8259").count() > 0, "the basis is told");
    assert!(window.get_by_role_and_label(Role::MultilineTextInput, "Claims, JSON").is_focused());
}

#[test]
fn findings_of_one_rule_are_gone_through_one_by_one() {
    let mut window = open();
    let opened = |window: &Window| -> Vec<String> {
        let folds = window.query_all_by_label("Fold: C01");
        folds.filter_map(|fold| fold.accesskit_node().parent()?.parent()?.label()).collect()
    };
    for claim in ["iss", "aud", "jti", "iss"] {
        press(&mut window, Modifiers::NONE, Key::F8);
        let told = opened(&window);
        assert!(told.len() == 1 && told[0].contains(&format!("No {claim}")), "{claim}: {told:?}");
    }
}

#[test]
fn a_weak_secret_has_a_badge_at_the_key() {
    let mut window = open();
    let secret = window.get_by_role_and_label(Role::PasswordInput, "Secret");
    secret.focus();
    window.run_steps(2);
    press(&mut window, Modifiers::COMMAND, Key::A);
    window.get_by_role_and_label(Role::PasswordInput, "Secret").type_text("secret");
    window.run_steps(3);
    click(&mut window, Role::Button, "Findings about the key");
    assert!(window.query_all_by_label_contains("Fold: K0").count() > 0, "the finding is open");
}

#[test]
fn a_muted_finding_stays_away_until_it_is_asked_for() {
    let mut window = open();
    type_claims(&mut window, r#"{"iss":"a","aud":"b","sub":"x","jti":"c","iat":1,"exp":"{{now+5m}}","password":"x"}"#);
    assert!(ids(&window).contains(&"P01"), "{:?}", ids(&window));
    click(&mut window, Role::Button, "More: P01");
    click(&mut window, Role::MenuItem, "Mute");
    assert!(!ids(&window).contains(&"P01"));
    act(&mut window, "Show muted findings");
    assert!(ids(&window).contains(&"P01"));
}
