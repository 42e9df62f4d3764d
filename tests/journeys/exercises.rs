//! Help > Exercises, by role and name.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use jwt_workbench::workbench::exercises::exercise::Exercise;
use jwt_workbench::workbench::exercises::progress::Mark;
use jwt_workbench::workbench::page::Page;

use super::{Window, act, claims, click, open, press, step_until, type_claims};

pub(crate) fn open_exercises() -> Window {
    let mut window = open();
    click(&mut window, Role::MenuItem, "Help");
    click(&mut window, Role::MenuItem, "Exercises");
    window.get_by_role_and_label(Role::Heading, "Exercises");
    window
}

fn is_solved(window: &Window, exercise: Exercise) -> bool {
    window.state().workbench().has_mark(exercise, Mark::Solved)
}

pub(crate) fn choose(window: &mut Window, exercise: Exercise) {
    let name = format!("{}. {}", exercise.number(), exercise.title());
    window.query_all_by_label_contains(&name).next().expect("the row").click();
    window.run_steps(3);
    assert_eq!(window.state().workbench().exercises().chosen(), Some(exercise));
}

#[test]
fn the_first_exercise_is_solved_by_typing() {
    let mut window = open_exercises();
    click(&mut window, Role::Button, "Start");
    assert_eq!(claims(&window), "{\n}");
    assert!(window.query_all_by_label("To do").count() > 0);
    type_claims(&mut window, r#"{"sub":"ada","exp":"{{now+30m}}"}"#);
    assert!(is_solved(&window, Exercise::FirstToken));
    assert_eq!(window.query_all_by_label("To do").count(), 0);
    assert!(window.query_all_by_label("1. Your first token, easy, solved").count() > 0);
    assert!(window.query_all_by_label("1 of 5 solved").count() > 0);
    assert!(window.state().workbench().notices().list().is_empty(), "nothing pops up");
    click(&mut window, Role::Button, "Next");
    assert_eq!(window.state().workbench().exercises().chosen(), Some(Exercise::Expiry));
}

#[test]
fn the_forms_are_opened_and_judged_in_the_panel() {
    let mut window = open_exercises();
    choose(&mut window, Exercise::Expiry);
    click(&mut window, Role::Link, "Open form D");
    assert!(claims(&window).contains("now+2h30m"), "{}", claims(&window));
    for (place, judgement) in ["Wrong", "Questionable", "Right", "Wrong"].into_iter().enumerate() {
        window.query_all_by_role_and_label(Role::RadioButton, judgement).nth(place).expect("a choice").click();
        window.run_steps(3);
    }
    assert!(window.query_all_by_label_contains("T09: ").count() > 0, "the rules are told");
    click(&mut window, Role::Button, "Start");
    click(&mut window, Role::RadioButton, "30 m");
    assert!(is_solved(&window, Exercise::Expiry));
}

#[test]
fn hint_solution_and_help_come_on_request() {
    let mut window = open_exercises();
    choose(&mut window, Exercise::Minimal);
    let says = |window: &Window, text: &str| window.query_all_by_label_contains(text).count() > 0;
    assert!(!says(&window, Exercise::Minimal.hint()) && !says(&window, Exercise::Minimal.solution()));
    click(&mut window, Role::Button, "Hint");
    assert!(says(&window, Exercise::Minimal.hint()) && !says(&window, Exercise::Minimal.solution()));
    click(&mut window, Role::Button, "Solution");
    assert!(says(&window, Exercise::Minimal.solution()));
    click(&mut window, Role::Button, "Start");
    click(&mut window, Role::Button, "Do it for me");
    assert!(is_solved(&window, Exercise::Minimal));
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(claims(&window).contains("groups"), "undo takes it back");
}

#[test]
fn an_unsaved_draft_is_asked_about_before_an_exercise_starts() {
    let mut window = open_exercises();
    type_claims(&mut window, "{\"mine\":1}");
    click(&mut window, Role::Button, "Start");
    assert!(window.query_all_by_label_contains("Save the changes").count() > 0);
    click(&mut window, Role::Button, "Cancel");
    assert_eq!(claims(&window), "{\"mine\":1}");
}

#[test]
fn the_lab_is_a_click_away_and_the_panel_stays() {
    let mut window = open_exercises();
    choose(&mut window, Exercise::Blocking);
    click(&mut window, Role::Button, "Go to the login lab");
    assert_eq!(window.state().workbench().settings().page, Page::Timing);
    window.get_by_role_and_label(Role::Heading, "Exercises");
    click(&mut window, Role::Button, "Close exercises");
    assert!(window.query_by_role_and_label(Role::Heading, "Exercises").is_none());
}

#[test]
fn the_palette_opens_the_panel_and_the_tab_key_walks_through_it() {
    let mut window = open();
    act(&mut window, "Exercises");
    window.get_by_role_and_label(Role::Button, "Fold exercises").focus();
    window.run_steps(2);
    let mut names = vec!["1. Your first token, easy, not solved yet".to_owned()];
    names.extend(
        Exercise::ALL
            .iter()
            .skip(1)
            .map(|it| format!("{}. {}, {}, not solved yet", it.number(), it.title(), it.difficulty().to_lowercase())),
    );
    names.extend(["Start", "Hint", "Solution", "Next"].map(str::to_owned));
    let focused = |window: &Window, name: &str| window.get_by_role_and_label(Role::Button, name).is_focused();
    press(&mut window, Modifiers::NONE, Key::Tab);
    assert!(focused(&window, "Close exercises"));
    for name in names {
        press(&mut window, Modifiers::NONE, Key::Tab);
        assert!(focused(&window, &name), "{name}");
    }
}

#[test]
fn in_a_small_window_the_panel_folds_and_the_page_keeps_its_columns() {
    let mut window = open_exercises();
    window.set_size(eframe::egui::vec2(900.0, 600.0));
    window.run_steps(4);
    click(&mut window, Role::Button, "Start");
    assert_eq!(claims(&window), "{\n}");
    click(&mut window, Role::Button, "Fold exercises");
    assert!(window.query_by_role_and_label(Role::Heading, "Exercises").is_none());
    type_claims(&mut window, r#"{"sub":"ada","exp":"{{now+30m}}"}"#);
    assert!(is_solved(&window, Exercise::FirstToken), "it is looked at while folded");
    click(&mut window, Role::Button, "Unfold exercises");
    step_until(&mut window, "the panel", |window| window.query_by_role_and_label(Role::Heading, "Exercises").is_some());
}
