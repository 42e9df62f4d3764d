//! How long a key press takes to the new frame in the real window, and where the time goes.
//!
//! Run with `make bench-ui`, or `make bench-ui CLAIMS="1 MB"` for one size. A typist presses keys through the window system;
//! see `typist.rs`, `script.rs` for what is typed, and `passes.rs` for what the columns are.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

#[path = "../common/claims.rs"]
mod claims;
mod passes;
mod report;
mod script;
#[path = "../common/shapes.rs"]
mod shapes;
mod typist;
mod watch;

use std::error::Error;
use std::io::Write as _;
use std::time::Duration;

use claims::claims;
use jwt_workbench::app::App;
use jwt_workbench::jobs::settings_store::SettingsStore;
use jwt_workbench::window;
use jwt_workbench::window::drawing::Drawing;
use jwt_workbench::workbench::settings::Settings;
use shapes::{flat, one_line};
use typist::Typist;
use watch::{Case, Watched};

const KB: usize = 1_024;
const MB: usize = 1_024 * KB;

const ABOUT: &str = "\
Times in ms. `key to frame` is from right before the display is told of the key until the buffers of the frame that shows
it were swapped; it is the sum of waiting (the display, the event loop, and what is left of the frame before), our code
(commands, layout and shapes; beside it the time of the processor, which others on the machine do not lengthen), triangles
(egui's tessellation, textures) and drawing (OpenGL until the swap returns, so the rasteriser where the processor draws).
`key to token` is until the frame with the token of the new text, or with what is wrong with it.";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if std::env::var_os("DISPLAY").is_none() || !arguments.iter().any(|argument| argument == "--bench") {
        println!("This bench opens windows and presses keys: run it with `make bench-ui`.");
        return Ok(());
    }
    let quick = arguments.iter().any(|argument| argument == "--quick");
    println!("{ABOUT}\n\n{}", report::heading());
    for (label, text, promise) in [
        ("1 KB", claims(KB), Some(16)),
        ("64 KB", claims(64 * KB), Some(16)),
        ("64 KB, flat", flat(64 * KB), Some(16)),
        ("1 MB", claims(MB), Some(50)),
        ("1 MB, flat", flat(MB), Some(50)),
        ("1 MB, one line", one_line(MB), Some(50)),
    ] {
        let mut wanted = arguments.iter().filter(|argument| !argument.starts_with("--")).peekable();
        if wanted.peek().is_some() && !wanted.any(|wanted| wanted == label) {
            continue;
        }
        let mut file = tempfile::NamedTempFile::new()?;
        file.write_all(text.as_bytes())?;
        let case = || Case {
            label,
            file: file.path().to_owned(),
            bytes: text.len(),
            steps: script::steps(&text, quick),
            promise: promise.map(Duration::from_millis),
        };
        open(case)?;
    }
    Ok(())
}

/// Opens a window on the claims, by the first way to draw that there is.
fn open(case: impl Fn() -> Case) -> Result<(), Box<dyn Error>> {
    let mut failure = None;
    for drawing in Drawing::attempts() {
        let (settings, case) = (Settings::default(), case());
        let options = window::options(&settings, *drawing);
        let create: eframe::AppCreator<'_> = Box::new(move |creation| {
            let ctx = &creation.egui_ctx;
            let app = App::new(ctx, Vec::new(), settings, SettingsStore::nowhere(), None)
                .with_countdown_step(drawing.countdown_step());
            Ok(Box::new(Watched::new(app, Typist::start(ctx.clone())?, case)))
        });
        match eframe::run_native("jwt-workbench", options, create) {
            Ok(()) => return Ok(()),
            Err(error) => failure = Some(error),
        }
    }
    failure.map_or(Ok(()), |error| Err(error.into()))
}
