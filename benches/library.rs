//! A library of 5,000 templates: how long until their names and what is in them are listed, and how long a search takes.
//!
//! Run with `cargo bench --bench library`. The promise is 100 ms for each, in an optimised build.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

mod common;
#[path = "common/driver.rs"]
mod driver;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use common::{Contender, claims, medians, verdict};
use driver::Driver;
use eframe::egui::{Event, Key, Modifiers};
use jwt_workbench::jobs::Jobs;
use jwt_workbench::jobs::settings_store::SettingsStore;
use jwt_workbench::workbench::effect::{Effect, Event as Happened};
use jwt_workbench::workbench::library::entry::Listing;
use jwt_workbench::workbench::library::search::Search;
use jwt_workbench::workbench::library::{LibraryEffect, LibraryEvent};
use jwt_workbench::workbench::settings::{LibrarySettings, Settings};

const TEMPLATES: usize = 5_000;
const LASTING: Duration = Duration::from_secs(3);
/// The promise, in milliseconds.
const BOUND: f64 = 100.0;
const PATIENCE: Duration = Duration::from_secs(60);

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    fill(folder.path())?;
    println!("A library of {TEMPLATES} templates: medians in ms.");
    println!("{:<44}{:>10}{:>10}", "", "time", "<= 100");
    let mut names = Vec::new();
    let mut contents = Vec::new();
    let mut again = Vec::new();
    let rounds = if std::env::args().any(|argument| argument == "--bench") { 7 } else { 1 };
    let mut listing = Listing::default();
    for _ in 0..rounds {
        let mut followed = Followed::default();
        names.push(followed.until(folder.path(), |listing| listing.entries.len() == TEMPLATES)?.0);
        let (time, listed) = followed.goes_on(is_read)?;
        contents.push(time);
        again.push(followed.until(folder.path(), is_read)?.0);
        listing = listed;
    }
    report("opened: the names are listed", middle(names));
    report("opened: what is in them is read", middle(contents));
    report("opened again: every stamp is looked at", middle(again));
    let search = |query: &'static str| {
        let entries = &listing.entries;
        move || {
            let search = Search::new(query, &[]);
            std::hint::black_box(entries.iter().filter(|entry| search.finds(entry)).count());
        }
    };
    let searches = vec![
        Contender::new("searched: a word that all have", search("token")),
        Contender::new("searched: three words that few have", search("team-7 es256 groups")),
        Contender::new("searched: a word that none has", search("xyzzy")),
    ];
    medians(searches, LASTING).into_iter().for_each(|(name, seconds)| report(name, seconds));
    let frames = frames(folder.path());
    report("a letter typed into the search, drawn", frames);
    Ok(())
}

fn is_read(listing: &Listing) -> bool {
    listing.entries.len() == TEMPLATES && listing.entries.iter().all(|entry| entry.content.is_some())
}

fn report(name: &str, seconds: f64) {
    println!("{name:<44}{:>10.2}{:>10}", seconds * 1e3, verdict(seconds * 1e3, BOUND));
}

fn middle(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples.get(samples.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Templates of about 500 bytes in 50 folders.
fn fill(folder: &Path) -> std::io::Result<()> {
    for number in 0..TEMPLATES {
        let team = number % 50;
        let group = folder.join(format!("team-{team}"));
        fs::create_dir_all(&group)?;
        let algorithm = ["HS256", "ES256", "RS256", "EdDSA"][number % 4];
        let text = format!(
            "{{\n  \"format\": \"jwt-workbench.template\",\n  \"version\": 1,\n  \"name\": \"Token {number} of team {team}\",\n  \
             \"description\": \"What the gateway of team-{team} expects from its callers #team-{team} #gateway\",\n  \
             \"header\": {{ \"alg\": \"{algorithm}\", \"typ\": \"JWT\" }},\n  \"claims\": {}\n}}\n",
            claims(400).trim_end()
        );
        fs::write(group.join(format!("token-{number}.jwt.json")), text)?;
    }
    Ok(())
}

/// The jobs of a program that has read nothing yet.
struct Followed {
    jobs: Jobs,
    woken: std::sync::mpsc::Receiver<()>,
    began: Instant,
}

impl Default for Followed {
    fn default() -> Self {
        let (wake, woken) = channel();
        let jobs = Jobs::new(SettingsStore::nowhere(), move || wake.send(()).unwrap_or_default());
        Self { jobs, woken, began: Instant::now() }
    }
}

impl Followed {
    /// Follows the folder; the seconds until such a listing comes.
    fn until(&mut self, folder: &Path, is_it: impl Fn(&Listing) -> bool) -> Result<(f64, Listing), Box<dyn Error>> {
        self.began = Instant::now();
        self.jobs.run(Effect::Library(LibraryEffect::Follow(vec![folder.to_owned()])));
        self.goes_on(is_it)
    }

    /// The seconds since then until such a listing comes.
    fn goes_on(&mut self, is_it: impl Fn(&Listing) -> bool) -> Result<(f64, Listing), Box<dyn Error>> {
        loop {
            while let Some(event) = self.jobs.poll() {
                if let Happened::Library(LibraryEvent::Listed(listing)) = event
                    && is_it(&listing)
                {
                    return Ok((self.began.elapsed().as_secs_f64(), *listing));
                }
            }
            self.woken.recv_timeout(PATIENCE)?;
        }
    }
}

/// The median of the frames in which a letter is typed into the search field, in seconds.
fn frames(folder: &Path) -> f64 {
    let folders: Vec<PathBuf> = vec![folder.to_owned()];
    let settings = Settings { library: LibrarySettings { open: true, folders }, ..Settings::default() };
    let mut driver = Driver::open(Vec::new(), settings);
    let began = Instant::now();
    let read = |driver: &Driver| {
        let entries = driver.app.workbench().library().entries();
        entries.len() == TEMPLATES && entries.iter().all(|entry| entry.content.is_some())
    };
    while !read(&driver) && began.elapsed() < PATIENCE {
        driver.draw(Vec::new());
    }
    // Closed and opened again, the panel has the keyboard in its search field.
    for _ in 0..2 {
        driver.press(Key::B, Modifiers::COMMAND);
        driver.draw(Vec::new());
        driver.draw(Vec::new());
    }
    let mut times = Vec::new();
    for _ in 0..5 {
        for letter in "gateway team-7".chars() {
            let frame = driver.draw(vec![Event::Text(letter.to_string())]);
            times.push((frame.layout + frame.triangles).as_secs_f64());
        }
        driver.press(Key::A, Modifiers::COMMAND);
        driver.press(Key::Backspace, Modifiers::NONE);
    }
    middle(times)
}
