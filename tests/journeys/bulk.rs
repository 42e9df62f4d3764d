//! Minting many: what its page shows of previews and runs, and what it asks for; and whole runs from the first click to the
//! file.

use std::path::PathBuf;
use std::time::Duration;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jwt_workbench::bulk::preview::Preview;
use jwt_workbench::bulk::progress::{Ended, Outcome, Progress};
use jwt_workbench::bulk::row::{Fault, Row};
use jwt_workbench::jose::error::Problem;
use jwt_workbench::workbench::bulk::run::Phase;
use jwt_workbench::workbench::bulk::{BulkCommand, BulkEffect, BulkEvent};
use jwt_workbench::workbench::command::{Command, DraftCommand, Part, ViewCommand};
use jwt_workbench::workbench::effect::{Effect, Event, Pick};
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::settings::Theme;

use super::bench::Bench;
use super::jobless::{JoblessWindow, has, open, pictures, press_button, shoot, type_into};

/// The claims of the user `name`, with a made-up signature.
const TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbm4iLCJ0ZW5hbnQiOiJhY21lIiwiaWF0IjoxNzk1Mjg0NzUyLCJleHAiOjE3OTUyODY1NTIsImp0aSI6IjEyMzQifQ.XmNK3GpH3Ys_7wsYBfq4C3M6goz71I7dTgUkuIa5lyQ";

/// The page over a draft of these claims.
fn page(claims: &str, size: [f32; 2], theme: Theme) -> JoblessWindow {
    let mut bench = Bench::new();
    bench.workbench.set_cores(4);
    bench.apply(Command::Draft(DraftCommand::Type(Part::Claims, claims.to_owned())));
    bench.apply(Command::View(ViewCommand::Page(Page::Bulk)));
    open(bench, None, size, theme)
}

const COUNTED: &str = r#"{"sub":"user-42","jti":"{{uuid}}","exp":"{{now+30m}}"}"#;
const ROWS: &str = r#"{"sub":"{{name}}","tenant":"{{tenant}}","jti":"{{uuid}}","exp":"{{now+30m}}"}"#;

fn counted() -> JoblessWindow {
    page(COUNTED, [1280.0, 820.0], Theme::Dark)
}

/// The number of the preview that is asked for.
fn asked_preview(window: &JoblessWindow) -> u64 {
    let asked = window.state().asked.iter().rev();
    asked
        .into_iter()
        .find_map(|effect| match effect {
            Effect::Bulk(BulkEffect::Preview(_, ticket)) => Some(*ticket),
            _ => None,
        })
        .expect("a preview is asked for")
}

/// The ticket of the run, and the path it is to be written to.
fn asked_run(window: &JoblessWindow) -> u64 {
    let asked = window.state().asked.iter().rev();
    asked
        .into_iter()
        .find_map(|effect| match effect {
            Effect::Bulk(BulkEffect::Mint { ticket, .. }) => Some(*ticket),
            _ => None,
        })
        .expect("a run is asked for")
}

fn tell(window: &mut JoblessWindow, event: BulkEvent) {
    window.state_mut().event(Event::Bulk(event));
    window.run_steps(3);
}

fn previewed(window: &mut JoblessWindow, preview: Result<Preview, Problem>) {
    let ticket = asked_preview(window);
    tell(window, BulkEvent::Previewed(ticket, preview.map(Box::new)));
}

fn of_count() -> Preview {
    Preview { total: Some(1_000), tokens: (0..5).map(|_| Ok(TOKEN.to_owned())).collect(), ..Preview::default() }
}

pub(crate) fn fault(line: u64, text: &str, message: &str) -> Fault {
    let problem = Problem::new("row", message).help("Write a value for every column.");
    Fault { line, text: text.to_owned(), problem }
}

fn of_rows() -> Preview {
    let row = |line: u64, name: &str, email: &str| Row {
        line,
        values: vec![name.to_owned(), "acme".to_owned(), email.to_owned(), "-".to_owned()],
    };
    Preview {
        columns: ["name", "tenant", "email", "note"].map(str::to_owned).to_vec(),
        rows: vec![
            row(2, "ann", "ann@example.com"),
            row(3, "Zoë Ångström", "somebody.with.a.very.long.name.indeed@department.of.long.names.example.com"),
            row(5, "Zoë", "z@example.com"),
            row(6, "carl", "carl@example.com"),
            row(7, "o\u{202e}dd", ""),
        ],
        faults: vec![fault(4, "bob", "The row has 1 value; there are 4 columns")],
        total: Some(50_000),
        tokens: (0..5).map(|_| Ok(TOKEN.to_owned())).collect(),
        unfilled: Vec::new(),
    }
}

fn use_rows(window: &mut JoblessWindow, path: &str) {
    window.state_mut().apply(Command::Bulk(BulkCommand::UseRows(PathBuf::from(path))));
    window.run_steps(3);
}

/// The page with a file of rows, and its preview.
pub(crate) fn with_rows(size: [f32; 2], theme: Theme) -> JoblessWindow {
    let mut window = page(ROWS, size, theme);
    use_rows(&mut window, "/home/ann/load test/users of the staging environment 2026-11-22.csv");
    previewed(&mut window, Ok(of_rows()));
    window
}

pub(crate) fn start(window: &mut JoblessWindow, path: &str) {
    press_button(window, "Mint…");
    let pick = window.state().asked.iter().rev().find_map(|effect| match effect {
        Effect::Pick(pick @ Pick::BulkOutput(_), _) => Some(*pick),
        _ => None,
    });
    window.state_mut().event(Event::Picked(pick.expect("a path is asked for"), Some(PathBuf::from(path))));
    window.run_steps(3);
}

pub(crate) fn at(minted: u64, skipped: u64, total: u64) -> Progress {
    let elapsed = Duration::from_secs_f64(minted as f64 / 205_000.0);
    Progress { minted, skipped, total: Some(total), bytes: minted * 318, elapsed }
}

pub(crate) fn progress(window: &mut JoblessWindow, progress: Progress) {
    let ticket = asked_run(window);
    tell(window, BulkEvent::Minting(ticket, progress));
}

pub(crate) fn end(
    window: &mut JoblessWindow,
    progress: Progress,
    ended: Ended,
    resume: Option<u64>,
    faults: Vec<Fault>,
) {
    let ticket = asked_run(window);
    tell(window, BulkEvent::Minted(ticket, Box::new(Outcome { progress, ended, resume, faults })));
}

pub(crate) fn disk_full() -> Ended {
    let problem = Problem::new("disk-full", "/mnt/tokens.csv cannot be written: no space left on device");
    Ended::Failed(problem.help("Make room, and resume."))
}

fn phase(window: &JoblessWindow) -> Option<Phase> {
    window.state().bench.workbench.bulk().run().map(|run| run.phase().clone())
}

/// Pictures of every state, to be looked at: `BULK_PICTURES=folder cargo test --test journeys bulk_pictures`.
#[test]
fn bulk_pictures() {
    let Some(folder) = pictures("BULK_PICTURES") else { return };
    for (name, size, theme) in [
        ("dark", [1280.0, 820.0], Theme::Dark),
        ("light", [1280.0, 820.0], Theme::Light),
        ("small", [900.0, 600.0], Theme::Dark),
    ] {
        let shoot = |window: &mut JoblessWindow, state: &str| shoot(window, &folder, &format!("{name}-{state}"));
        let mut window = page("{\"sub\": ", size, theme);
        shoot(&mut window, "broken");
        let mut window = page(r#"{"sub":"user-42"}"#, size, theme);
        previewed(&mut window, Ok(of_count()));
        press_button(&mut window, "More options");
        shoot(&mut window, "same");
        let mut window = page(ROWS, size, theme);
        window.get_by_role_and_label(Role::RadioButton, "Rows of a file").click();
        window.run_steps(3);
        shoot(&mut window, "norows");
        let mut window = with_rows(size, theme);
        window.get_by_role_and_label(Role::RadioButton, "Leave out").click();
        window.run_steps(3);
        shoot(&mut window, "rows");
        start(&mut window, "/mnt/tokens.csv");
        progress(&mut window, at(20_480, 12, 50_000));
        shoot(&mut window, "running");
        end(&mut window, at(49_988, 12, 50_000), Ended::Done, None, of_rows().faults);
        shoot(&mut window, "done");
        let mut window = page(COUNTED, size, theme);
        previewed(&mut window, Ok(of_count()));
        start(&mut window, "/mnt/tokens.csv");
        progress(&mut window, at(420, 0, 1_000));
        press_button(&mut window, "Pause");
        shoot(&mut window, "paused");
        end(&mut window, at(420, 0, 1_000), disk_full(), Some(420), Vec::new());
        shoot(&mut window, "failed");
        let mut wide = of_rows();
        wide.columns = (1..=40).map(|number| format!("a rather long column {number}")).collect();
        wide.rows.iter_mut().for_each(|row| row.values = vec!["value".repeat(30); 40]);
        let mut window = page(ROWS, size, theme);
        use_rows(&mut window, "/tmp/wide.csv");
        previewed(&mut window, Ok(Preview { unfilled: vec!["tenant".to_owned()], ..wide }));
        shoot(&mut window, "wide");
    }
}

fn is_enabled(window: &JoblessWindow, button: &str) -> bool {
    !window.get_by_role_and_label(Role::Button, button).accesskit_node().is_disabled()
}

fn go(window: &mut JoblessWindow, page: Page) {
    window.state_mut().apply(Command::View(ViewCommand::Page(page)));
    window.run_steps(3);
}

#[test]
fn a_draft_that_cannot_be_minted_says_why_and_leads_to_craft() {
    let mut window = page("{\"sub\": ", [1280.0, 820.0], Theme::Dark);
    assert!(!is_enabled(&window, "Mint…"));
    assert!(has(&window, "Expected a value"), "in the card and in the line above");
    press_button(&mut window, "Edit in Craft");
    assert_eq!(window.state().bench.workbench.settings().page, Page::Craft);
}

#[test]
fn a_count_is_typed_or_taken() {
    let mut window = counted();
    previewed(&mut window, Ok(of_count()));
    type_into(&mut window, "Tokens", "2,500");
    let count = |window: &JoblessWindow| window.state().bench.workbench.bulk().setup().count;
    assert_eq!(count(&window), 2_500);
    assert!(has(&window, "2,500 tokens, about"), "the line above tells the size");
    window.get_by_role_and_label(Role::RadioButton, "1,000,000").click();
    window.run_steps(3);
    assert_eq!(count(&window), 1_000_000);
    type_into(&mut window, "Tokens", "0");
    assert_eq!(count(&window), 1, "kept in its range");
}

#[test]
fn rows_are_asked_for_and_shown_with_what_does_not_fit() {
    let mut window = page(ROWS, [1280.0, 820.0], Theme::Dark);
    window.get_by_role_and_label(Role::RadioButton, "Rows of a file").click();
    window.run_steps(3);
    assert!(has(&window, "No file of rows is chosen") && !is_enabled(&window, "Mint…"));
    press_button(&mut window, "Choose file…");
    assert!(window.state().asked.iter().any(|effect| matches!(effect, Effect::Pick(Pick::BulkRows, _))));
    window.state_mut().event(Event::Picked(Pick::BulkRows, Some(PathBuf::from("/data/users.csv"))));
    window.run_steps(3);
    previewed(&mut window, Ok(of_rows()));
    for words in
        ["users.csv", "50,000 rows", "Not used: email, note", "line 4", "The row has 1 value", "ann@example.com"]
    {
        assert!(has(&window, words), "{words}");
    }
    assert!(has(&window, "o\\u202edd"), "what turns the writing around is spelled out");
    window.get_by_role_and_label(Role::RadioButton, "Leave out").click();
    window.run_steps(3);
    assert!(has(&window, "NAME.rejects.csv beside the output"));
    assert!(is_enabled(&window, "Mint…"));
}

#[test]
fn tokens_are_chosen_shown_whole_and_copied() {
    let mut window = counted();
    previewed(
        &mut window,
        Ok(Preview { tokens: vec![Ok("e30.e30.AA".to_owned()), Ok(TOKEN.to_owned())], ..of_count() }),
    );
    let whole = |window: &JoblessWindow| window.get_by_role_and_label(Role::MultilineTextInput, "Token").value();
    assert_eq!(whole(&window).as_deref(), Some("e30.e30.AA"));
    window.get_by_role_and_label(Role::Row, "Token 2").click();
    window.run_steps(3);
    assert_eq!(whole(&window).as_deref(), Some(TOKEN));
    assert!(has(&window, "\"ann\""), "what is in it");
    press_button(&mut window, "Copy token 2");
    let copied = window.state().asked.iter().any(|effect| match effect {
        Effect::Copy { text, .. } => text.as_str() == Some(TOKEN),
        _ => false,
    });
    assert!(copied);
}

#[test]
fn a_run_tells_how_far_it_is_on_every_page_and_is_reined_by_name() {
    let mut window = with_rows([1280.0, 820.0], Theme::Dark);
    start(&mut window, "/out/tokens.txt");
    progress(&mut window, at(20_480, 12, 50_000));
    let bar = window.get_by_role_and_label(Role::ProgressIndicator, "Progress of the run");
    assert!((bar.accesskit_node().numeric_value().expect("a share") - 0.409_84).abs() < 1e-4);
    for words in ["20,480 of 50,000", "205,000 a second", "6.51 MB", "minting"] {
        assert!(has(&window, words), "{words}");
    }
    go(&mut window, Page::Craft);
    window.run_steps(3);
    press_button(&mut window, "Minting  40 %: show");
    assert_eq!(window.state().bench.workbench.settings().page, Page::Bulk);
    press_button(&mut window, "Pause");
    assert_eq!(phase(&window), Some(Phase::Paused));
    press_button(&mut window, "Go on");
    press_button(&mut window, "Cancel");
    let reins: Vec<String> = window
        .state()
        .asked
        .iter()
        .filter_map(|effect| match effect {
            Effect::Bulk(rein @ (BulkEffect::Pause | BulkEffect::GoOn | BulkEffect::Cancel)) => {
                Some(format!("{rein:?}"))
            }
            _ => None,
        })
        .collect();
    assert_eq!(reins, ["Pause", "GoOn", "Cancel"]);
}

#[test]
fn the_end_tells_what_is_there_and_offers_the_rest() {
    let mut window = counted();
    previewed(&mut window, Ok(of_count()));
    start(&mut window, "/mnt/tokens.csv");
    end(&mut window, at(420, 0, 1_000), disk_full(), Some(420), vec![fault(17, "bob", "The row is short")]);
    for words in
        ["no space left on device", "420 of the run are done", "line 17", "The row is short", "/mnt/tokens.csv"]
    {
        assert!(has(&window, words), "{words}");
    }
    press_button(&mut window, "Copy path");
    press_button(&mut window, "Resume");
    assert_eq!(phase(&window), Some(Phase::Going));
    assert!(has(&window, "420 of 1,000"), "what was done before counts");
    end(&mut window, at(580, 0, 580), Ended::Done, None, Vec::new());
    assert!(has(&window, "Minted") && !has(&window, "Resume"));
    press_button(&mut window, "Close the run");
    assert_eq!(phase(&window), None);
}

#[test]
fn the_tab_key_reaches_everything_and_every_action_has_a_name() {
    let mut window = with_rows([1280.0, 820.0], Theme::Dark);
    press_button(&mut window, "More options");
    let mut reached = Vec::new();
    for _ in 0..60 {
        window.key_press_modifiers(Modifiers::NONE, Key::Tab);
        window.run_steps(2);
        let focused = window.root().children_recursive().find(|node| node.is_focused());
        reached.extend(focused.and_then(|node| node.accesskit_node().label()));
    }
    for name in [
        "Rows of a file",
        "Mint…",
        "Edit in Craft",
        "Choose file…",
        "Read again",
        "Leave out",
        "Form",
        "Fewer options",
        "Threads",
        "Skip the first",
        "Token 1",
        "Copy token 5",
        "Token",
    ] {
        assert!(reached.iter().any(|reached| reached == name), "{name} is not among {reached:?}");
    }
}
