//! The whole tree of what only comes of doing something: figures, runs, verdicts, questions, lists that are open.

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use jwt_workbench::workbench::bench::Bench;
use jwt_workbench::workbench::settings::Theme;

use super::access_tree::{check, check_nodes};
use super::{act, bulk, click, compare, exercises, inspect, keys, library, login, minted, open, press, timing};

#[test]
fn the_library() {
    let folder = library::folder();
    let mut window = library::open_library(&[folder.path()]);
    check(&mut window, "templates");
    library::search(&mut window, "access");
    check(&mut window, "templates that were searched for");
    let gone = folder.path().join("gone");
    check(&mut library::open_library(&[&gone]), "a folder that is gone");
    let mut window = library::open_library(&[]);
    click(&mut window, Role::Button, "Choose a folder…");
    super::step_until(&mut window, "the question", |window| window.query_all_by_label("Use folder").count() > 0);
    check(&mut window, "the question for a path");
}

#[test]
fn the_minted_tokens() {
    let mut window = minted::with_panel();
    check(&mut window, "no token was minted");
    act(&mut window, "Copy token");
    window.run_steps(3);
    check(&mut window, "a token was copied");
}

#[test]
fn the_comparison() {
    let mut window = compare::compare();
    for tab in ["Costs", "Claims", "Text", "Times"] {
        click(&mut window, Role::RadioButton, tab);
        check(&mut window, tab);
    }
    act(&mut window, "Minimise the selected variant");
    check(&mut window, "the dialog of the minimal variant");
}

#[test]
fn measured_times() {
    let mut window = timing::open_timing();
    timing::for_a_second(&mut window);
    timing::measure(&mut window, Bench::Variants);
    check(&mut window, "samples");
    for tab in ["Growth", "Algorithms", "Throughput", "Login lab", "Runs"] {
        click(&mut window, Role::RadioButton, tab);
        check(&mut window, tab);
    }
}

#[test]
fn the_login_lab() {
    check(&mut login::measured(), "figures of all patterns");
}

#[test]
fn minting_many() {
    let mut window = bulk::with_rows([1280.0, 820.0], Theme::Dark);
    check(&mut window, "rows and their preview");
    bulk::start(&mut window, "/out/tokens.txt");
    bulk::progress(&mut window, bulk::at(20_480, 12, 50_000));
    check(&mut window, "a run");
    let fault = bulk::fault(17, "bob", "The row is short");
    bulk::end(&mut window, bulk::at(30_000, 1, 50_000), bulk::disk_full(), Some(30_000), vec![fault]);
    check(&mut window, "a run that failed");
}

#[test]
fn exercises_beside_the_page() {
    let mut window = exercises::open_exercises();
    check(&mut window, "the list of exercises");
    let first = jwt_workbench::workbench::exercises::exercise::Exercise::ALL[0];
    exercises::choose(&mut window, first);
    check(&mut window, "an exercise");
}

#[test]
fn keys_on_the_ring() {
    let mut window = keys::with_a_key();
    check(&mut window, "a key");
    click(&mut window, Role::Button, "Forget Ed25519");
    check(&mut window, "a key to be forgotten");
    click(&mut window, Role::Button, "Keep it");
    keys::paste_key(&mut window, keys::LOCKED);
    check(&mut window, "the passphrase");
}

#[test]
fn every_verdict() {
    let whole = inspect::token(&inspect::text_key(), inspect::CLAIMS);
    let dot = whole.find('.').expect("a header");
    let encrypted = "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkExMjhHQ00ifQ.AAAA.BBBB.CCCC.DDDD".to_owned();
    for (name, text) in [
        ("no key yet", whole.clone()),
        ("a broken token", format!("{}=={}", &whole[..dot + 9], &whole[dot + 11..])),
        ("an encrypted token", encrypted),
        ("JSON", r#"{"sub":"x"}"#.to_owned()),
    ] {
        check(&mut inspect::inspect(&text), name);
    }
    let mut window = inspect::inspect(&whole);
    inspect::verify_with_text(&mut window);
    check(&mut window, "a verified token");
    window.event(Event::Paste(String::new()));
    inspect::fill(&mut window, Role::PasswordInput, "Secret to verify with", "another");
    window.run_steps(3);
    check(&mut window, "a signature of another key");
}

#[test]
fn lists_that_are_open() {
    for select in ["Algorithm", "Budget"] {
        let mut window = open();
        let found = window.query_all_by_role(Role::ComboBox).find(|node| {
            egui_kittest::kittest::NodeT::accesskit_node(node).label().is_some_and(|name| name.starts_with(select))
        });
        found.expect(select).click();
        window.run_steps(3);
        check_nodes(&window, select);
        press(&mut window, Modifiers::NONE, Key::Escape);
    }
}

#[test]
fn a_notice() {
    let mut window = open();
    act(&mut window, "Copy token");
    window.run_steps(2);
    check(&mut window, "a notice");
}
