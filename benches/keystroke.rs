//! One keystroke without drawing: edit, parse, render, sign HS256, decode, sizes; at four sizes of claims.
//!
//! Run with `cargo bench --bench keystroke`. The floor beside it is what nobody can do without: parse, base64url, HMAC.
#![expect(clippy::print_stdout, clippy::expect_used, reason = "a bench prints its table and stops at what cannot be")]

mod common;

use std::error::Error;
use std::hint::black_box;
use std::time::Duration;

use aws_lc_rs::hmac;
use common::{Contender, claims, medians, verdict};
use jwt_workbench::jose::base64url;
use jwt_workbench::template::file::TemplateFile;
use jwt_workbench::workbench::Workbench;
use jwt_workbench::workbench::command::{Command, DraftCommand, Part};
use jwt_workbench::workbench::effect::{Effect, Event};
use jwt_workbench::workbench::facts::{SignerCache, derive};
use jwt_workbench::workbench::settings::Settings;

const LASTING: Duration = Duration::from_secs(4);
const HEADER: &str = r#"{ "alg": "HS256", "typ": "JWT" }"#;
const SECRET: &str = "0123456789abcdef0123456789abcdef";
const NOW: i64 = 1_795_284_752;
const MB: usize = 1_024 * 1_024;

fn main() -> Result<(), Box<dyn Error>> {
    memory(4 * MB)?;
    println!("One keystroke without drawing: medians in ms.");
    println!("{:>10}{:>12}{:>10}{:>8}{:>12}{:>14}", "claims", "keystroke", "bound", "", "floor", "over floor");
    for (size, bound) in [(1_024, Some(0.1)), (64 * 1_024, Some(1.5)), (MB, Some(20.0)), (4 * MB, None)] {
        let mut editor = Editor::new(size)?;
        let floor = Floor::new(size);
        let times = medians(
            vec![Contender::new("keystroke", || editor.press()), Contender::new("floor", || floor.run())],
            LASTING,
        );
        let [keystroke, floor] = [0, 1].map(|index| times[index].1 * 1e3);
        println!(
            "{:>10}{:>12.3}{:>10}{:>8}{:>12.3}{:>14.2}",
            label(size),
            keystroke,
            bound.map_or_else(String::new, |bound| format!("<= {bound}")),
            bound.map_or("", |bound| verdict(keystroke, bound)),
            floor,
            keystroke / floor,
        );
    }
    Ok(())
}

fn label(size: usize) -> String {
    if size >= MB { format!("{} MB", size / MB) } else { format!("{} KB", size / 1_024) }
}

/// A workbench in whose claims a key is pressed again and again.
struct Editor {
    workbench: Workbench,
    signers: SignerCache,
    claims: String,
    caret: usize,
    pressed: u8,
}

impl Editor {
    fn new(size: usize) -> Result<Self, Box<dyn Error>> {
        let claims = claims(size);
        let caret = claims.rfind(":read").ok_or("the claims have no group to type into")?;
        let template = TemplateFile::new("Keystrokes", HEADER, &claims);
        let (workbench, _) = Workbench::new(template, SECRET.to_owned().into(), Settings::default(), NOW);
        let mut editor = Self { workbench, signers: SignerCache::default(), claims, caret, pressed: b'a' };
        editor.press();
        editor.workbench.minted().ok_or("the draft cannot be signed")?;
        Ok(editor)
    }

    /// Replaces a character of the claims, and works out everything the page shows.
    fn press(&mut self) {
        self.pressed = if self.pressed == b'z' { b'a' } else { self.pressed + 1 };
        self.claims.replace_range(self.caret..=self.caret, char::from(self.pressed).encode_utf8(&mut [0; 4]));
        let typed = DraftCommand::Type(Part::Claims, self.claims.clone());
        for effect in self.workbench.apply(Command::Draft(typed), NOW) {
            if let Effect::Derive(inputs) = effect {
                let facts = derive(&inputs, &mut self.signers, &mut |bytes| bytes.fill(7));
                black_box(self.workbench.on_event(Event::Derived(Box::new(facts)), NOW));
            }
        }
    }
}

/// What no program can leave out, with the best that is at hand.
struct Floor {
    claims: String,
    key: hmac::Key,
}

impl Floor {
    fn new(size: usize) -> Self {
        Self { claims: claims(size), key: hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes()) }
    }

    fn run(&self) {
        let value: serde_json::Value = serde_json::from_str(black_box(&self.claims)).expect("the text is JSON");
        black_box(value);
        let mut token = base64url::encode(HEADER.as_bytes());
        token.push('.');
        base64url::encode_into(self.claims.as_bytes(), &mut token);
        let signature = hmac::sign(&self.key, token.as_bytes());
        token.push('.');
        base64url::encode_into(signature.as_ref(), &mut token);
        black_box(token);
    }
}

/// Prints how much memory keystrokes in claims of `size` bytes need at their peak, where the system tells.
fn memory(size: usize) -> Result<(), Box<dyn Error>> {
    let before = peak_kib();
    let mut editor = Editor::new(size)?;
    (0..5).for_each(|_| editor.press());
    match (before, peak_kib()) {
        (Some(before), Some(after)) => println!(
            "Memory with {} of claims: {:.1} MB at the peak (VmHWM), {:.1} MB before.\n",
            label(size),
            after as f64 / 1_024.0,
            before as f64 / 1_024.0
        ),
        _ => println!("Memory: this system has no /proc/self/status.\n"),
    }
    Ok(())
}

/// The most memory this process has had, in KiB.
fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
