//! What a frame of the window costs without the graphics card, and how long a key press takes to the new token.
//!
//! Run with `cargo bench --bench frames`, or `... -- "1 MB"` for a single row. Each press is followed by frames until the
//! token is that of the new text.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench prints its table and stops at what cannot be")]

#[path = "common/claims.rs"]
mod claims;

use std::io::Write as _;
use std::time::{Duration, Instant};

use claims::claims;
use eframe::App as _;
use eframe::egui::{Context, Event, Key, Modifiers, RawInput, Rect, Vec2, ViewportId, ViewportInfo, vec2};
use jwt_workbench::app::App;
use jwt_workbench::jobs::settings_store::SettingsStore;
use jwt_workbench::workbench::command::Part;
use jwt_workbench::workbench::settings::Settings;

const SIZE: Vec2 = vec2(1280.0, 820.0);
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

/// Claims of about `bytes` bytes without a line break.
fn one_line(bytes: usize) -> String {
    claims(bytes).split_whitespace().collect()
}

/// Claims of about `bytes` bytes, all of them members of the one object.
fn flat(bytes: usize) -> String {
    let member =
        |number| format!("  \"claim-{number}\": \"https://acme.dev/{number}\",\n  \"at-{number}\": \"{{{{now}}}}\",\n");
    let members: String = (0..bytes / 65).map(member).collect();
    format!("{{\n{members}  \"exp\": \"{{{{now+30m}}}}\"\n}}\n")
}

/// The application, driven as eframe drives it, but without a window.
struct Window {
    ctx: Context,
    app: App,
    frame: eframe::Frame,
    started: Instant,
}

/// What one frame took.
struct Frame {
    layout: Duration,
    triangles: Duration,
}

impl Window {
    fn open(text: &str) -> Self {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let ctx = Context::default();
        let files = vec![file.path().to_owned()];
        let app = App::new(&ctx, files, Settings::default(), SettingsStore::nowhere(), None);
        let mut window = Self { ctx, app, frame: eframe::Frame::_new_kittest(), started: Instant::now() };
        while window.app.workbench().draft().text(Part::Claims).len() != text.len() || !window.is_settled() {
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
        self.app.is_settled() && self.app.workbench().minted().is_some()
    }

    fn press(&mut self, key: Key) {
        let event =
            |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE };
        self.draw(vec![event(true), event(false)]);
    }

    fn draw(&mut self, events: Vec<Event>) -> Frame {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Default::default(), SIZE)),
            time: Some(self.started.elapsed().as_secs_f64()),
            focused: true,
            events,
            ..RawInput::default()
        };
        input.viewports.insert(ViewportId::ROOT, ViewportInfo { focused: Some(true), ..ViewportInfo::default() });
        let Self { app, frame, .. } = self;
        let began = Instant::now();
        let mut output = self.ctx.run_ui(input, |ui| {
            app.logic(ui.ctx(), frame);
            app.ui(ui, frame);
        });
        let layout = began.elapsed();
        output.textures_delta.clear();
        let began = Instant::now();
        std::hint::black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
        Frame { layout, triangles: began.elapsed() }
    }

    /// Idle frame, frame with a key press, the frame after it, and from the press to the token.
    fn measure(&mut self) -> [Duration; 6] {
        let lasting = if std::env::args().any(|argument| argument == "--bench") { LASTING } else { Duration::ZERO };
        let mut samples: [Vec<Duration>; 6] = Default::default();
        let began = Instant::now();
        for round in 0.. {
            let idle = self.draw(Vec::new());
            let pressed = Instant::now();
            let revision = self.app.workbench().draft().revision();
            let key = self.draw(vec![Event::Text("x".to_owned())]);
            let next = self.draw(Vec::new());
            assert_eq!(self.app.workbench().draft().revision(), revision + 1, "the letter came nowhere");
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
