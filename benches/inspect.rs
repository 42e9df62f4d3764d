//! How long a pasted text takes to be shown and judged, and what a key press in it costs, without the graphics card.
//!
//! Run with `cargo bench --bench inspect`.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench prints its table and stops at what cannot be")]

#[path = "common/driver.rs"]
mod driver;

use std::time::{Duration, Instant};

use driver::Driver;
use eframe::egui::{Event, Key, Modifiers};
use jwt_workbench::jose::compact::mint;
use jwt_workbench::jose::jwa::Algorithm;
use jwt_workbench::jose::key::Key as SigningKey;
use jwt_workbench::jose::secret::Secret;
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::settings::Settings;

const ROUNDS: usize = 9;
const MB: usize = 1_024 * 1_024;

fn main() {
    println!("Medians in ms. A text is shown after one frame; the verdict follows when it has been read and checked.");
    println!("{:>20}{:>14}{:>14}{:>14}{:>14}", "text", "paste, frame", "to verdict", "key, frame", "to verdict");
    let rounds = if std::env::args().any(|argument| argument == "--bench") { ROUNDS } else { 1 };
    for (label, text) in [
        ("1 KB token", token(1_024)),
        ("64 KB token", token(64 * 1_024)),
        ("1 MB token", token(MB)),
        ("1 MB, no dot", "A".repeat(MB)),
        ("1 MB, dots only", ".".repeat(MB)),
    ] {
        let samples: Vec<[Duration; 4]> = (0..rounds).map(|_| measure(&text)).collect();
        let cells: String = (0..4).map(|column| format!("{:>14.3}", median(&samples, column))).collect();
        println!("{label:>20}{cells}");
    }
}

/// A token of about `bytes` bytes.
fn token(bytes: usize) -> String {
    let key = SigningKey::secret(Secret::from(vec![7; 32]));
    let groups: Vec<String> = (0..bytes * 3 / 4 / 20).map(|number| format!("\"group-{number:010}\"")).collect();
    let claims = format!("{{\"sub\":\"user-42\",\"exp\":4000000000,\"groups\":[{}]}}", groups.join(","));
    let signer = key.signer(Algorithm::HS256).unwrap();
    mint(&signer, br#"{"alg":"HS256","typ":"JWT"}"#, claims.as_bytes()).unwrap().into_string()
}

fn median(samples: &[[Duration; 4]], column: usize) -> f64 {
    let mut times: Vec<Duration> = samples.iter().map(|sample| sample[column]).collect();
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1e3
}

/// The frame that a paste is drawn in, and when the verdict is there; then the same for one letter more.
fn measure(text: &str) -> [Duration; 4] {
    let mut window = Driver::open(Vec::new(), Settings { page: Page::Inspect, ..Settings::default() });
    for _ in 0..4 {
        window.draw(Vec::new());
    }
    let [paste, read] = edit(&mut window, Event::Paste(text.to_owned()));
    assert_eq!(window.app.workbench().inspection().text().len(), text.len(), "the text came nowhere");
    window.press(Key::End, Modifiers::COMMAND);
    let [key, read_again] = edit(&mut window, Event::Text("x".to_owned()));
    assert_eq!(window.app.workbench().inspection().text().len(), text.len() + 1, "the letter came nowhere");
    [paste, read, key, read_again]
}

/// The time of the frame with the event, and from the event to the frame that shows the reading.
fn edit(window: &mut Driver, event: Event) -> [Duration; 2] {
    let revision = window.app.workbench().inspection().revision();
    let began = Instant::now();
    let frame = window.draw(vec![event]);
    while window.app.workbench().inspection().revision() == revision
        || !window.app.workbench().inspection().is_settled()
    {
        window.draw(Vec::new());
    }
    window.draw(Vec::new());
    [frame.layout + frame.triangles, began.elapsed()]
}
