//! Presses keys as a fast typist does, through the window system: xdotool and the XTest extension of the display.

use std::io::{Error, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use eframe::egui::Context;

/// What the typist waits before the first key, so that what came before has ended: frames, and the short measurement
/// after typing.
const PAUSE: Duration = Duration::from_millis(1_500);
/// How long a key is held. Its release is an event of its own, and a frame.
const HELD: Duration = Duration::from_millis(40);
/// From the release of a key to the next press, in milliseconds: 8 to 11 keys a second, at no beat of their own.
const BETWEEN: std::ops::Range<u64> = 50..90;

/// What the typist tells.
pub(crate) enum Sign {
    /// A key is pressed now: taken right before the display is told.
    Pressed(Instant),
    /// All keys were pressed.
    Done,
}

/// A thread that presses keys.
pub(crate) struct Typist {
    plans: Sender<Plan>,
    signs: Receiver<Sign>,
}

/// Keys by the names of X11, such as `x`, `Return` or `ctrl+v`, and what lies between two of them besides.
#[derive(Default)]
pub(crate) struct Plan {
    pub(crate) keys: Vec<String>,
    pub(crate) rest: Duration,
}

impl Typist {
    /// Starts xdotool. Whenever the keys of a plan are pressed, `ctx` is asked for another frame.
    pub(crate) fn start(ctx: Context) -> Result<Self, Error> {
        let mut xdotool = Command::new("xdotool").arg("-").stdin(Stdio::piped()).spawn()?;
        let pipe = xdotool.stdin.take().ok_or_else(|| Error::other("xdotool reads nothing"))?;
        let (plans, inbox) = channel();
        let (outbox, signs) = channel();
        thread::Builder::new().name("typist".to_owned()).spawn(move || work(xdotool, pipe, &inbox, &outbox, &ctx))?;
        Ok(Self { plans, signs })
    }

    /// Presses these keys, one after the other.
    pub(crate) fn press(&self, plan: Plan) {
        self.plans.send(plan).ok();
    }

    /// What was done since the last call.
    pub(crate) fn sign(&self) -> Option<Sign> {
        self.signs.try_recv().ok()
    }
}

fn work(mut xdotool: Child, mut pipe: ChildStdin, plans: &Receiver<Plan>, signs: &Sender<Sign>, ctx: &Context) {
    while let Ok(Plan { keys, rest }) = plans.recv() {
        take_keyboard();
        thread::sleep(PAUSE);
        for key in keys {
            if signs.send(Sign::Pressed(Instant::now())).is_err() || writeln!(pipe, "keydown {key}").is_err() {
                break;
            }
            thread::sleep(HELD);
            if writeln!(pipe, "keyup {key}").is_err() {
                break;
            }
            thread::sleep(Duration::from_millis(fastrand::u64(BETWEEN)) + rest);
        }
        thread::sleep(PAUSE);
        signs.send(Sign::Done).ok();
        ctx.request_repaint();
    }
    drop(pipe);
    xdotool.wait().ok();
}

/// Without a window manager nobody else gives the window the keyboard.
fn take_keyboard() {
    let process = std::process::id().to_string();
    let found = Command::new("xdotool").args(["search", "--onlyvisible", "--pid", &process]).output();
    if let Some(window) = found.ok().and_then(|found| String::from_utf8(found.stdout).ok()) {
        Command::new("xdotool").args(["windowfocus", "--sync", window.trim()]).status().ok();
    }
}
