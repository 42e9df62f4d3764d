//! What a frame of the window costs without the graphics card, and how long a key press takes to the new token.
//!
//! Run with `cargo bench --bench frames`, or `... -- "1 MB"` for a single row. Each press is followed by frames until the
//! token is that of the new text.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench prints its table and stops at what cannot be")]

#[path = "common/claims.rs"]
mod claims;
#[path = "common/driver.rs"]
mod driver;
#[path = "common/shapes.rs"]
mod shapes;

use std::io::Write as _;
use std::time::{Duration, Instant};

use claims::claims;
use driver::{Driver, Frame};
use eframe::egui::{Event, Key, Modifiers};
use jwt_workbench::workbench::command::Part;
use jwt_workbench::workbench::settings::Settings;
use shapes::{flat, one_line};

const LASTING: Duration = Duration::from_secs(5);
const MB: usize = 1_024 * 1_024;

fn main() {
    println!(
        "Medians in ms. A letter is shown after one frame; a token follows when the text has been read and signed."
    );
    println!(
        "{:>16}{:>12}{:>12}{:>12}{:>12}{:>12}{:>12}",
        "claims", "idle frame", "triangles", "key frame", "triangles", "next frame", "to token"
    );
    for (label, text) in [
        ("1 KB", claims(1_024)),
        ("64 KB", claims(64 * 1_024)),
        ("1 MB", claims(MB)),
        ("4 MB", claims(4 * MB)),
        ("64 KB, flat", flat(64 * 1_024)),
        ("1 MB, flat", flat(MB)),
        ("1 MB, one line", one_line(MB)),
    ] {
        if std::env::args().skip(1).any(|argument| !argument.starts_with("--") && argument != label) {
            continue;
        }
        let mut window = Window::open(&text);
        let times = window.measure();
        let cells = times.map(|time| format!("{:>12.3}", time.as_secs_f64() * 1e3)).concat();
        println!("{label:>16}{cells}");
    }
}

/// A window on claims.
struct Window(Driver);

impl Window {
    fn open(text: &str) -> Self {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let mut window = Self(Driver::open(vec![file.path().to_owned()], Settings::default()));
        while window.0.app.workbench().draft().text(Part::Claims).len() != text.len() || !window.is_settled() {
            window.draw(Vec::new());
            std::thread::sleep(Duration::from_millis(1));
        }
        // Into the first value, where a letter leaves the JSON whole.
        for key in [Key::ArrowDown, Key::End, Key::ArrowLeft, Key::ArrowLeft] {
            window.press(key);
        }
        if !text.contains('\n') {
            window.press(Key::Home);
            (0..text.find("https").unwrap()).for_each(|_| window.press(Key::ArrowRight));
        }
        window
    }

    fn is_settled(&self) -> bool {
        self.0.app.is_settled() && self.0.app.workbench().minted().is_some()
    }

    fn press(&mut self, key: Key) {
        self.0.press(key, Modifiers::NONE);
    }

    fn draw(&mut self, events: Vec<Event>) -> Frame {
        self.0.draw(events)
    }

    /// Idle frame, frame with a key press, the frame after it, and from the press to the token.
    fn measure(&mut self) -> [Duration; 6] {
        let lasting = if std::env::args().any(|argument| argument == "--bench") { LASTING } else { Duration::ZERO };
        let mut samples: [Vec<Duration>; 6] = Default::default();
        let began = Instant::now();
        for round in 0.. {
            let idle = self.draw(Vec::new());
            let pressed = Instant::now();
            let revision = self.0.app.workbench().draft().revision();
            let key = self.draw(vec![Event::Text("x".to_owned())]);
            let next = self.draw(Vec::new());
            assert_eq!(self.0.app.workbench().draft().revision(), revision + 1, "the letter came nowhere");
            while !self.is_settled() {
                std::thread::sleep(Duration::from_micros(100));
                self.draw(Vec::new());
            }
            let all = [idle.layout, idle.triangles, key.layout, key.triangles, next.layout, pressed.elapsed()];
            samples.iter_mut().zip(all).for_each(|(samples, sample)| samples.push(sample));
            // Takes the letter away again, so that the line does not grow.
            self.press(Key::Backspace);
            self.draw(Vec::new());
            while !self.is_settled() {
                self.draw(Vec::new());
            }
            self.draw(Vec::new());
            if began.elapsed() > lasting && round > 0 {
                break;
            }
        }
        samples.map(|mut samples| {
            samples.sort();
            samples[samples.len() / 2]
        })
    }
}
