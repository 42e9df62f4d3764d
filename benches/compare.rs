//! What the Compare page costs with as many variants as it takes, each with a payload of 64 KB: until its first frame is
//! there, and for every frame after it, without the graphics card.
//!
//! Run with `cargo bench --bench compare`.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench prints its table and stops at what cannot be")]

#[path = "common/driver.rs"]
mod driver;

use std::time::{Duration, Instant};

use driver::Driver;
use eframe::egui::{Event, Key, Modifiers};
use jwt_workbench::ui::request::Request;
use jwt_workbench::workbench::bench::Bench;
use jwt_workbench::workbench::command::{BenchCommand, Command, CompareCommand, DraftCommand, Part, ViewCommand};
use jwt_workbench::workbench::compare::MOST_VARIANTS;
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::settings::Settings;

const PAYLOAD: usize = 64 * 1_024;
/// Frames of which the median is told.
const FRAMES: usize = 200;
/// The page is there within this time.
const OPENED: Duration = Duration::from_millis(100);
/// A frame takes less than this.
const FRAME: Duration = Duration::from_millis(8);
/// A variant is there by then, or never.
const PATIENCE: Duration = Duration::from_secs(120);

fn main() {
    let is_short = !std::env::args().any(|argument| argument == "--bench");
    let count = if is_short { 3 } else { MOST_VARIANTS };
    let mut window = Driver::open(Vec::new(), Settings::default());
    fill(&mut window, count);
    println!("{count} variants with payloads of {PAYLOAD} bytes; times in ms, the bound behind each.");
    println!("{:>28}{:>12}{:>12}", "", "took", "bound");
    row("page opened", open(&mut window), OPENED);
    for tab in Page::Compare.tabs() {
        let (first, after) = tab_frames(&mut window, tab, is_short);
        row(&format!("{tab}, first frame"), first, OPENED);
        row(&format!("{tab}, frame"), after, FRAME);
    }
    measure(&mut window, is_short);
    for tab in Page::Compare.tabs() {
        let (first, after) = tab_frames(&mut window, tab, is_short);
        row(&format!("measured, {tab}, first"), first, OPENED);
        row(&format!("measured, {tab}, frame"), after, FRAME);
    }
    row("arrow key", key_frames(&mut window, is_short), FRAME);
    ask(&mut window, Command::View(ViewCommand::Page(Page::Timing)));
    let (first, after) = tab_frames(&mut window, "distribution", is_short);
    row("timing, first frame", first, OPENED);
    row("timing, frame", after, FRAME);
}

fn row(what: &str, took: Duration, bound: Duration) {
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    let verdict = if took <= bound { "" } else { "  too long" };
    println!("{what:>28}{:>12.3}{:>12.3}{verdict}", ms(took), ms(bound));
}

/// Claims of about [`PAYLOAD`] bytes, some of which only this variant has.
fn claims(variant: usize) -> String {
    let member = |number: usize| {
        let name = if number % 50 == 7 { format!("only-{variant}-{number}") } else { format!("claim-{number}") };
        format!("  \"{name}\": \"https://acme.dev/{}\",\n", if number % 40 == 3 { variant } else { number })
    };
    let (mut text, mut number) = ("{\n".to_owned(), 0);
    while text.len() < PAYLOAD {
        text.push_str(&member(number));
        number += 1;
    }
    text + "  \"exp\": \"{{now+30m}}\"\n}\n"
}

/// The median of frames in which an arrow key is pressed, after the table was given the keyboard.
fn key_frames(window: &mut Driver, is_short: bool) -> Duration {
    let frame = |_| {
        let frame = window.press(Key::ArrowDown, Modifiers::NONE);
        frame.layout + frame.triangles
    };
    let mut frames: Vec<Duration> = (0..if is_short { 3 } else { FRAMES }).map(frame).collect();
    frames.sort_unstable();
    frames[frames.len() / 2]
}

fn ask(window: &mut Driver, request: impl Into<Request>) {
    window.app.ask(request);
    window.draw(Vec::new());
}

/// Draws until something is so.
fn wait(window: &mut Driver, is_so: impl Fn(&Driver) -> bool) {
    let begun = Instant::now();
    while !is_so(window) {
        assert!(begun.elapsed() < PATIENCE, "it never comes");
        std::thread::sleep(Duration::from_millis(1));
        window.draw(Vec::<Event>::new());
    }
}

/// Adds the variants from another page and waits for their facts.
fn fill(window: &mut Driver, count: usize) {
    ask(window, Command::Compare(CompareCommand::AddDraft));
    for variant in 0..count {
        ask(window, Command::Draft(DraftCommand::Type(Part::Claims, claims(variant))));
        if variant + 1 < count {
            ask(window, Command::Compare(CompareCommand::AddSnapshot));
        }
    }
    // The draft's own variant takes its texts over when the page is opened.
    ask(window, Command::View(ViewCommand::Page(Page::Compare)));
    wait(window, |window| {
        let variants = window.app.workbench().comparison().variants();
        window.app.is_settled() && variants.len() == count && variants.iter().all(|variant| variant.facts.is_ok())
    });
    ask(window, Command::View(ViewCommand::Page(Page::Craft)));
}

/// From the command to the page drawn, as the first time: what it keeps for drawing is made anew when variants change.
fn open(window: &mut Driver) -> Duration {
    let first = window.app.workbench().comparison().variants().first().unwrap().id;
    ask(window, Command::Compare(CompareCommand::Rename(first, "renamed".to_owned())));
    window.app.ask(Command::View(ViewCommand::Page(Page::Compare)));
    let frame = window.draw(Vec::new());
    frame.layout + frame.triangles
}

/// The first frame of a part of the page, and the median of those after it.
fn tab_frames(window: &mut Driver, tab: &'static str, is_short: bool) -> (Duration, Duration) {
    window.app.ask(Request::ShowTab(tab));
    let first = window.draw(Vec::new());
    let frame = |_| {
        let frame = window.draw(Vec::new());
        frame.layout + frame.triangles
    };
    let mut frames: Vec<Duration> = (0..if is_short { 3 } else { FRAMES }).map(frame).collect();
    frames.sort_unstable();
    (first.layout + first.triangles, frames[frames.len() / 2])
}

/// Measures all variants to the end.
fn measure(window: &mut Driver, is_short: bool) {
    ask(window, Command::Bench(BenchCommand::SetSeconds(if is_short { 1 } else { 5 })));
    ask(window, Command::Bench(BenchCommand::Measure(Bench::Variants)));
    wait(window, |window| {
        let bench = window.app.workbench().bench();
        bench.running().is_none() && bench.figures(Bench::Variants).is_some()
    });
}
