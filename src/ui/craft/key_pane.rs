//! Algorithm and key: the selector over `alg`, the secret, or the slot of a key pair.

use eframe::egui::{Label, RichText, Ui, vec2};
use zeroize::Zeroize as _;

use crate::jose::jwa::{Algorithm, KeyKind};
use crate::jose::key::Key;
use crate::jose::secret::Secret;
use crate::template::duration;
use crate::ui::action::{Action, KEY_EXPORTS, RSA_BITS};
use crate::ui::algorithm_select;
use crate::ui::findings_at;
use crate::ui::help::Topic;
use crate::ui::request::CommandQueue;
use crate::ui::secret_encoding;
use crate::ui::theme::{self, icon, size, space};
use crate::ui::widgets::busy::busy;
use crate::ui::widgets::card::Card;
use crate::ui::widgets::sign::sign;
use crate::ui::widgets::trailing::trailing;
use crate::ui::widgets::{button, message, secret_field, select};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, DraftCommand, KeyCommand};
use crate::workbench::key_ring::RingKey;

/// Width of the captions at the left.
const CAPTION: f32 = 78.0;
/// Width of the encoding selector.
const ENCODING: f32 = 100.0;
/// Width that the Generate button needs.
const GENERATE: f32 = 78.0;
/// Width that the buttons beside a key of the ring need.
const SLOT_BUTTONS: f32 = 206.0;
/// Keys for other algorithms that are told of.
const KEPT: usize = 3;

/// View state of the key card: the secret field's own text, wiped when it is no longer needed.
#[derive(Default)]
pub(super) struct KeyPane {
    secret: String,
    revealed: bool,
}

impl Drop for KeyPane {
    fn drop(&mut self) {
        self.secret.zeroize();
    }
}

impl KeyPane {
    /// Draws the card.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, now: i64, commands: &CommandQueue) {
        let algorithm = workbench.facts().algorithm.as_ref().ok().copied();
        let badges = |ui: &mut Ui| {
            let findings = &workbench.findings().findings;
            findings_at::badge(ui, findings, "algorithm", &["H01", "H02", "H03"], commands);
            findings_at::badge(ui, findings, "key", &["K"], commands);
        };
        Card::new("Algorithm and key").explains(&[Topic::KeyBits]).actions(badges).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(space::S, space::S);
            selector(ui, workbench, algorithm, commands);
            match algorithm.map(Algorithm::key_kind) {
                Some(KeyKind::Secret) => self.secret(ui, workbench, algorithm, commands),
                Some(kind) => slot(ui, workbench, kind, now, commands),
                None => {}
            }
        });
    }

    fn secret(&mut self, ui: &mut Ui, workbench: &Workbench, algorithm: Option<Algorithm>, commands: &CommandQueue) {
        let input = workbench.keys().secret();
        let typed = input.text.as_str().unwrap_or_default();
        if self.secret != typed {
            self.secret.zeroize();
            typed.clone_into(&mut self.secret);
        }
        row(ui, "Secret", |ui| {
            let room = ui.available_width() - ENCODING - GENERATE - 2.0 * space::S;
            if secret_field::show(ui, "Secret", &mut self.secret, &mut self.revealed, room.max(64.0)).changed() {
                commands.push(Command::Key(KeyCommand::SetSecret(Secret::from(self.secret.clone()))));
            }
            if let Some(chosen) = secret_encoding::choose(ui, "Secret encoding", input.encoding, ENCODING) {
                commands.push(Command::Key(KeyCommand::SetSecretEncoding(chosen)));
            }
            if button::normal(ui, "Generate")
                .on_hover_text("Draw a new random secret that fits the algorithm")
                .clicked()
            {
                commands.push(Action::GenerateSecret);
            }
        });
        row(ui, "", |ui| strength(ui, workbench, algorithm));
        let active = workbench.active_key();
        let is_other =
            |entry: &&RingKey| active.as_ref().is_none_or(|active| active.secret_bytes() != entry.key.secret_bytes());
        let mut others = of_kind(workbench, KeyKind::Secret).filter(is_other).take(KEPT).peekable();
        if others.peek().is_some() {
            row(ui, "", |ui| {
                ui.label(RichText::new("On the key ring:").color(theme::tokens(ui).text.secondary));
                for entry in others {
                    if button::link(ui, &format!("Use {}", entry.name)).clicked() {
                        commands.push(Command::Key(KeyCommand::Use(entry.id)));
                    }
                }
            });
        }
    }
}

fn row(ui: &mut Ui, caption: &str, content: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        let left = ui.cursor().left();
        ui.label(RichText::new(caption).color(theme::tokens(ui).text.secondary));
        ui.add_space((left + CAPTION - ui.cursor().left()).max(0.0));
        content(ui);
    });
}

fn selector(ui: &mut Ui, workbench: &Workbench, algorithm: Option<Algorithm>, commands: &CommandQueue) {
    row(ui, "Algorithm", |ui| {
        if let Some(chosen) = algorithm_select::choose(ui, "Algorithm", algorithm) {
            commands.push(Command::Draft(DraftCommand::SetAlgorithm(chosen)));
        }
        let tokens = theme::tokens(ui);
        match (algorithm, &workbench.facts().algorithm) {
            (Some(algorithm), _) => {
                ui.add(Label::new(RichText::new(algorithm.summary()).color(tokens.text.secondary)).truncate())
            }
            (None, Err(problem)) => ui.add(
                Label::new(RichText::new(message::sentence(&problem.message)).color(tokens.status.error)).truncate(),
            ),
            (None, Ok(_)) => ui.label(""),
        };
    });
}

/// The length of the secret against what RFC 7518 §3.2 asks for.
fn strength(ui: &mut Ui, workbench: &Workbench, algorithm: Option<Algorithm>) {
    let tokens = theme::tokens(ui);
    let Some(algorithm) = algorithm else { return };
    let minimum = algorithm.minimum_secret_bits().unwrap_or_default();
    let (icon, colour, words) = match workbench.keys().decoded_secret() {
        Err(problem) => (
            icon::WARNING_CIRCLE,
            tokens.status.error,
            format!("{} {}", message::sentence(&problem.message), message::sentence(&problem.help)),
        ),
        Ok(key) if key.bits() == 0 => {
            (icon::WARNING_CIRCLE, tokens.status.error, "Empty: generate a secret or type one".to_owned())
        }
        Ok(key) if key.bits() < minimum => {
            let words = format!("{} bits; {} asks for {minimum} or more (RFC 7518 §3.2)", key.bits(), algorithm.name());
            (icon::WARNING, tokens.status.warning, words)
        }
        Ok(key) => (
            icon::CHECK_CIRCLE,
            tokens.status.ok,
            format!("{} bits; {} asks for {minimum} or more", key.bits(), algorithm.name()),
        ),
    };
    ui.spacing_mut().item_spacing.x = space::S;
    sign(ui, icon, colour);
    ui.add(Label::new(RichText::new(words).size(size::TEXT_SMALL).color(tokens.text.secondary)).truncate());
}

/// The slot of a key pair: what is in it, or how to fill it.
fn slot(ui: &mut Ui, workbench: &Workbench, kind: KeyKind, now: i64, commands: &CommandQueue) {
    if let Some(generation) = workbench.generation() {
        row(ui, "Key", |ui| {
            busy(ui, "Generating a key");
            let bits = generation.bits.map(|bits| format!(" {bits}")).unwrap_or_default();
            let seconds = duration::countdown(now.saturating_sub(generation.since));
            ui.label(format!("Generating {}{bits} key, {seconds}", generation.kind.label()));
            if button::normal(ui, "Cancel").clicked() {
                commands.push(Command::Key(KeyCommand::CancelGeneration));
            }
        });
        return;
    }
    match workbench.keys().chosen(kind) {
        Some(entry) => filled_slot(ui, workbench, entry, commands),
        None => empty_slot(ui, workbench, kind, commands),
    }
}

fn filled_slot(ui: &mut Ui, workbench: &Workbench, entry: &RingKey, commands: &CommandQueue) {
    let tokens = theme::tokens(ui);
    let key = &entry.key;
    row(ui, "Key", |ui| {
        let width = ui.available_width() - SLOT_BUTTONS;
        let fitting: Vec<_> = of_kind(workbench, key.kind()).map(|entry| (entry, entry.describe())).collect();
        let entries: Vec<_> =
            fitting.iter().map(|(entry, words)| (entry.id, entry.name.as_str(), words.as_str())).collect();
        if let Some(id) = select::choose_told(ui, "Key of the ring", entry.id, &entries, width) {
            commands.push(Command::Key(KeyCommand::Use(id)));
        }
        trailing(ui, |ui| {
            fill_menu(ui, "More", key.kind(), commands);
            export_menu(ui, key, commands);
            if button::icon(ui, icon::X, "Sign with no key").clicked() {
                commands.push(Command::Key(KeyCommand::Remove(key.kind())));
            }
        });
    });
    row(ui, "", |ui| {
        let print = format!("Thumbprint {}", key.thumbprint().unwrap_or_default());
        ui.add(
            Label::new(RichText::new(print).font(theme::fonts::mono(size::TEXT_SMALL)).color(tokens.text.muted))
                .truncate(),
        )
        .on_hover_text("RFC 7638, SHA-256, base64url");
    });
    if !key.is_private() {
        message::warning(ui, "This is a public key: it can verify, not sign.", "Open or paste the private key.");
    }
}

/// The keys of the ring that algorithms of this kind can use.
fn of_kind(workbench: &Workbench, kind: KeyKind) -> impl Iterator<Item = &RingKey> {
    workbench.keys().ring().keys().iter().filter(move |entry| entry.key.kind() == kind)
}

fn empty_slot(ui: &mut Ui, workbench: &Workbench, kind: KeyKind, commands: &CommandQueue) {
    row(ui, "Key", |ui| {
        generate(ui, kind, commands);
        if button::normal(ui, "Open…").clicked() {
            commands.push(Action::OpenKey);
        }
        if button::normal(ui, "Paste…").clicked() {
            commands.push(Action::PasteKey);
        }
        ui.label(RichText::new("or drop a file").color(theme::tokens(ui).text.muted));
    });
    for entry in of_kind(workbench, kind) {
        row(ui, "", |ui| {
            ui.label(RichText::new(entry.describe()).color(theme::tokens(ui).text.secondary));
            if button::link(ui, &format!("Use {}", entry.name)).clicked() {
                commands.push(Command::Key(KeyCommand::Use(entry.id)));
            }
        });
    }
    let others = workbench.keys().ring().keys().iter().filter(|entry| entry.key.kind() != kind);
    for key in others.map(|entry| &entry.key).take(KEPT) {
        let Some(fitting) = key.kind().algorithms().next() else { continue };
        row(ui, "", |ui| {
            let words = format!("Kept: {}, for {}.", key.describe(), fitting.name());
            ui.label(RichText::new(words).size(size::TEXT_SMALL).color(theme::tokens(ui).text.secondary));
            if button::link(ui, &format!("Use {}", fitting.name())).clicked() {
                commands.push(Action::UseAlgorithm(fitting));
            }
        });
    }
}

/// RSA comes in several lengths, the other kinds in one.
fn generate(ui: &mut Ui, kind: KeyKind, commands: &CommandQueue) {
    if kind != KeyKind::Rsa {
        if button::normal(ui, "Generate").clicked() {
            commands.push(Action::GenerateKey(kind, None));
        }
        return;
    }
    button::menu(ui, "Generate", "Generate an RSA key", |ui| {
        ui.set_min_width(200.0);
        for action in RSA_BITS.map(|bits| Action::GenerateKey(kind, Some(bits))) {
            if ui.button(action.label()).clicked() {
                commands.push(action);
            }
        }
    });
}

fn fill_menu(ui: &mut Ui, title: &str, kind: KeyKind, commands: &CommandQueue) {
    button::menu(ui, title, "Another key", |ui| {
        ui.set_min_width(220.0);
        let generate = |ui: &mut Ui, action: Action| {
            if ui.button(action.label()).clicked() {
                commands.push(action);
            }
        };
        if kind == KeyKind::Rsa {
            RSA_BITS.into_iter().for_each(|bits| generate(ui, Action::GenerateKey(kind, Some(bits))));
        } else {
            generate(ui, Action::GenerateKey(kind, None));
        }
        ui.separator();
        [Action::OpenKey, Action::PasteKey].into_iter().for_each(|action| generate(ui, action));
    });
}

fn export_menu(ui: &mut Ui, key: &Key, commands: &CommandQueue) {
    button::menu(ui, "Export", "Export the key", |ui| {
        ui.set_min_width(220.0);
        for form in KEY_EXPORTS.into_iter().filter(|form| !form.private || key.is_private()) {
            for action in [Action::CopyKey(form), Action::ExportKey(form)] {
                if ui.button(action.label()).clicked() {
                    commands.push(action);
                }
            }
        }
    });
}
