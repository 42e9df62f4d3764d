//! The Timing page: measuring, stopping, switching series by keyboard, keeping runs.

use super::{Window, click, open, press, step_until};
use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jwt_workbench::workbench::bench::Bench;

/// A window with the Timing page open.
pub(crate) fn open_timing() -> Window {
    let mut window = open();
    click(&mut window, Role::Button, "Timing");
    window
}

/// Chooses the shortest measurement.
pub(crate) fn for_a_second(window: &mut Window) {
    window.get_by_label("Measure for").click();
    window.run_steps(3);
    window.get_all_by_label("1 s").last().expect("a list of lengths").click();
    window.run_steps(3);
}

/// Measures what the tab shows, to the end.
pub(crate) fn measure(window: &mut Window, bench: Bench) {
    click(window, Role::Button, "Measure");
    step_until(window, "the first figures", |window| window.state().workbench().bench().figures(bench).is_some());
    step_until(window, "the end", |window| window.state().workbench().bench().running().is_none());
    window.run_steps(4);
}

fn is_on(window: &Window, switch: &str) -> bool {
    window.get_by_role_and_label(Role::CheckBox, switch).accesskit_node().toggled() == Some(Toggled::True)
}

/// How many charts say this of themselves.
fn charts(window: &Window, words: &str) -> usize {
    window.query_all_by_label_contains(words).filter(|node| node.accesskit_node().role() == Role::Image).count()
}

#[test]
fn samples_are_shown_in_three_ways_and_series_are_switched_by_keyboard() {
    let mut window = open_timing();
    assert!(window.query_by_label("Not measured yet").is_some());
    for_a_second(&mut window);
    measure(&mut window, Bench::Variants);
    assert_eq!(charts(&window, "Histogram. First token, sign: p50"), 1);
    assert!(
        window.query_all_by_label_contains("2 cores").count() + window.query_all_by_label_contains("core").count() > 0
    );

    assert!(is_on(&window, "Sign") && !is_on(&window, "Verify"));
    window.get_by_role_and_label(Role::CheckBox, "Verify").focus();
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::Space);
    assert!(is_on(&window, "Verify"), "the space bar switches");
    assert_eq!(charts(&window, "First token, verify: p50"), 1);
    for (way, words) in [("Percentiles", "Percentile curves."), ("Over time", "Samples over time.")] {
        click(&mut window, Role::RadioButton, way);
        assert_eq!(charts(&window, words), 1, "{way}");
    }
    click(&mut window, Role::CheckBox, "Sign");
    click(&mut window, Role::CheckBox, "Verify");
    assert!(window.query_by_label("No series is switched on.").is_some());
}

#[test]
fn a_measurement_tells_its_progress_and_stops_with_what_it_has() {
    let mut window = open_timing();
    click(&mut window, Role::Button, "Measure now");
    let running = |window: &Window| window.state().workbench().bench().running().is_some();
    assert!(running(&window));
    step_until(&mut window, "the time left", |window| window.query_all_by_label_contains("left").count() > 0);
    step_until(&mut window, "figures", |window| window.state().workbench().bench().figures(Bench::Variants).is_some());
    click(&mut window, Role::Button, "Stop");
    step_until(&mut window, "the end", |window| !running(window));
    window.run_steps(3);
    assert_eq!(charts(&window, "Histogram."), 1, "what was measured stays");
    assert!(window.query_by_role_and_label(Role::Button, "Measure").is_some());
}

#[test]
fn the_growth_of_chosen_algorithms_is_measured_and_one_stays_on() {
    let mut window = open_timing();
    click(&mut window, Role::RadioButton, "Growth");
    for algorithm in ["RS256", "ES256", "EdDSA", "HS256"] {
        click(&mut window, Role::CheckBox, algorithm);
    }
    assert!(is_on(&window, "HS256"), "the last one stays on");
    for_a_second(&mut window);
    measure(&mut window, Bench::Growth);
    assert_eq!(charts(&window, "Time against the bytes of the payload. HS256:"), 1);
    click(&mut window, Role::CheckBox, "HS384");
    assert!(window.query_all_by_label_contains("another choice of algorithms").count() > 0);
}

#[test]
fn throughput_is_shown_and_a_kept_run_is_renamed_and_deleted() {
    let mut window = open_timing();
    click(&mut window, Role::RadioButton, "Throughput");
    for_a_second(&mut window);
    measure(&mut window, Bench::Throughput);
    assert_eq!(charts(&window, "Tokens in a second. First token:"), 1);
    click(&mut window, Role::Button, "Keep…");
    let field = window.get_by_role_and_label(Role::TextInput, "Name of the run");
    assert!(field.is_focused() && field.value().is_some_and(|name| name.contains("First token")));
    click(&mut window, Role::Button, "Keep");
    let kept = |window: &Window| -> Vec<String> {
        window.state().workbench().runs().kept().iter().map(|run| run.name.clone()).collect()
    };
    assert_eq!(kept(&window), ["Throughput, First token"]);

    click(&mut window, Role::RadioButton, "Runs");
    click(&mut window, Role::Button, "Rename Throughput, First token");
    window.get_by_role_and_label(Role::TextInput, "New name of the run").type_text(" again");
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::Enter);
    let name = kept(&window).pop().expect("a run");
    assert!(name.contains("again"), "{name}");
    click(&mut window, Role::Button, &format!("Delete {name}"));
    assert!(window.query_by_label("No runs kept yet").is_some());
}

#[test]
fn two_kept_runs_are_held_against_each_other() {
    let mut window = open_timing();
    for_a_second(&mut window);
    for name in ["earlier", "later"] {
        measure(&mut window, Bench::Variants);
        click(&mut window, Role::Button, "Keep…");
        let field = window.get_by_role_and_label(Role::TextInput, "Name of the run");
        field.focus();
        window.run_steps(2);
        press(&mut window, Modifiers::COMMAND, Key::A);
        window.get_by_role_and_label(Role::TextInput, "Name of the run").type_text(name);
        window.run_steps(2);
        press(&mut window, Modifiers::NONE, Key::Enter);
    }
    click(&mut window, Role::RadioButton, "Runs");
    assert!(window.query_by_label("Changes").is_none(), "nothing is chosen yet");
    click(&mut window, Role::CheckBox, "Compare later");
    click(&mut window, Role::CheckBox, "Compare earlier");
    assert!(window.query_by_label("from earlier to later").is_some(), "in the order of time");
    assert!(window.query_by_role_and_label(Role::Button, "Sort by Change").is_some());
    assert_eq!(window.query_all_by_label("Sign p50").count(), 1);
}
