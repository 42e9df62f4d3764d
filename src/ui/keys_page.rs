//! The key ring: every key the program has met since it started, and what can be done with each.

use eframe::egui::{Label, RichText, Ui, vec2};

use super::action::{Action, KEY_EXPORTS, RSA_BITS};
use super::columns::page;
use super::help::Topic;
use super::request::CommandQueue;
use super::theme::{self, fonts, icon, size, space};
use super::widgets::card::Card;
use super::widgets::chip::Chip;
use super::widgets::field::Field;
use super::widgets::{button, empty, menu, message};
use crate::jose::jwa::{Algorithm, KeyKind};
use crate::template::duration;
use crate::ui::widgets::busy::busy;
use crate::ui::widgets::trailing::trailing;
use crate::workbench::Workbench;
use crate::workbench::command::{Command, Copied, InspectCommand, KeyCommand, ViewCommand};
use crate::workbench::effect::KeyRef;
use crate::workbench::inspection::KeyPick;
use crate::workbench::key_ring::{KeyId, RingKey};
use crate::workbench::page::Page;

/// The page grows no wider than this, in points.
const WIDTH: f32 = 900.0;
/// Width of the captions beside key ID and thumbprint, in points.
const CAPTION: f32 = 86.0;
/// The greatest width of a name, in points.
const NAME: f32 = 240.0;

/// What the page says of itself.
const PROMISE: &str = "Keys are in memory only, until the program ends. Nothing of them is stored unless you save one.";

/// View state of the page.
#[derive(Default)]
pub struct KeysPage {
    /// The name that is being typed.
    renaming: Option<(KeyId, String)>,
    /// The key that is about to be forgotten.
    forgetting: Option<KeyId>,
}

impl KeysPage {
    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, now: i64, commands: &CommandQueue) {
        page(ui, WIDTH, |ui| {
            heading(ui, commands);
            message::remark(ui, PROMISE);
            generating(ui, workbench, now, commands);
            let keys = workbench.keys().ring().keys();
            if keys.is_empty() {
                empty(ui);
            }
            for entry in keys {
                ui.push_id(entry.id, |ui| self.card(ui, workbench, entry, commands));
            }
        });
    }

    fn card(&mut self, ui: &mut Ui, workbench: &Workbench, entry: &RingKey, commands: &CommandQueue) {
        let title = entry.describe();
        let mut forget = false;
        let card =
            Card::new(&entry.name).explains(&[Topic::KeyBits, Topic::Thumbprint]).subtitle(&title).actions(|ui| {
                uses(ui, entry, commands);
                export_menu(ui, entry, commands);
                forget = button::icon(ui, icon::TRASH, &format!("Forget {}", entry.name)).clicked();
            });
        card.show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(space::S, space::XS);
            if self.forgetting == Some(entry.id) {
                self.confirm(ui, entry, commands);
            }
            caption(ui, "Name", |ui| {
                self.name(ui, entry, commands);
                chips(ui, workbench, entry);
            });
            if let Some(kid) = entry.key.kid() {
                caption(ui, "Key ID", |ui| copyable(ui, kid, "Copy key ID", &entry.name, commands));
            }
            if let Some(print) = entry.key.thumbprint() {
                caption(ui, "Thumbprint", |ui| copyable(ui, &print, "Copy thumbprint", &entry.name, commands));
            }
        });
        if forget {
            self.forgetting = Some(entry.id);
        }
    }

    /// The name can be changed in place; leaving the field or Enter takes it.
    fn name(&mut self, ui: &mut Ui, entry: &RingKey, commands: &CommandQueue) {
        let typed = self.renaming.as_ref().filter(|(id, _)| *id == entry.id).map(|(_, text)| text.clone());
        let mut text = typed.unwrap_or_else(|| entry.name.clone());
        let name = format!("Name of {}", entry.name);
        let response = Field::new(&name, &mut text).id_salt("name").width(NAME).show(ui);
        if response.changed() {
            self.renaming = Some((entry.id, text.clone()));
        }
        if response.lost_focus() && self.renaming.take_if(|(id, _)| *id == entry.id).is_some() {
            commands.push(Command::Key(KeyCommand::Rename(entry.id, text)));
        }
    }

    /// Forgetting cannot be undone, so it is asked about, in place.
    fn confirm(&mut self, ui: &mut Ui, entry: &RingKey, commands: &CommandQueue) {
        let words = if entry.key.is_private() {
            "It is wiped from memory. Without a copy elsewhere it is lost for good."
        } else {
            "It is taken off the ring."
        };
        message::warning(ui, "Forget this key?", words);
        ui.horizontal(|ui| {
            let forget = button::normal(ui, "Forget it");
            let keep = button::normal(ui, "Keep it");
            if ui.memory(|memory| memory.focused().is_none()) {
                keep.request_focus();
            }
            if forget.clicked() {
                commands.push(Command::Key(KeyCommand::Forget(entry.id)));
            }
            if forget.clicked() || keep.clicked() {
                self.forgetting = None;
            }
        });
    }
}

fn heading(ui: &mut Ui, commands: &CommandQueue) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("Keys").font(fonts::semibold(size::TEXT_TITLE)));
        trailing(ui, |ui| {
            button::menu(ui, "Generate", "Generate a key", |ui| {
                let rsa = RSA_BITS.map(|bits| Action::GenerateKey(KeyKind::Rsa, Some(bits)));
                let others = PAIRS.map(|kind| Action::GenerateKey(kind, None));
                for action in rsa.into_iter().chain(others) {
                    if menu::entry(ui, &action.label(), "", false).clicked() {
                        commands.push(action);
                    }
                }
            });
            if button::normal(ui, "Open…").clicked() {
                commands.push(Action::OpenKey);
            }
            if button::normal(ui, "Paste…").clicked() {
                commands.push(Action::PasteKey);
            }
        });
    });
}

/// The kinds of key pairs that come in one size.
const PAIRS: [KeyKind; 4] = [KeyKind::P256, KeyKind::P384, KeyKind::P521, KeyKind::Ed25519];

fn generating(ui: &mut Ui, workbench: &Workbench, now: i64, commands: &CommandQueue) {
    let Some(generation) = workbench.generation() else { return };
    ui.horizontal(|ui| {
        busy(ui, "Generating a key");
        let seconds = duration::countdown(now.saturating_sub(generation.since));
        ui.label(format!("Generating {} key, {seconds}", generation.kind.label()));
        if button::normal(ui, "Cancel").clicked() {
            commands.push(Command::Key(KeyCommand::CancelGeneration));
        }
    });
}

fn empty(ui: &mut Ui) {
    let words = "Open or paste a key, drop a file, or generate one. PEM, DER, X.509 certificates, JWK, JWK Sets and \
        encrypted private keys are read. The secret typed on the Craft page stays there.";
    empty::page(ui, "No keys yet", words, |_ui| {});
}

fn caption(ui: &mut Ui, caption: &str, content: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW_DENSE);
        let left = ui.cursor().left();
        ui.label(RichText::new(caption).color(theme::tokens(ui).text.secondary));
        ui.add_space((left + CAPTION - ui.cursor().left()).max(0.0));
        content(ui);
    });
}

/// A text in monospaced letters, and a button that copies it.
fn copyable(ui: &mut Ui, text: &str, action: &str, name: &str, commands: &CommandQueue) {
    let words = RichText::new(text).font(fonts::mono(size::MONO)).color(theme::tokens(ui).text.primary);
    ui.scope(|ui| {
        ui.set_max_width((ui.available_width() - 2.0 * size::BUTTON).max(40.0));
        ui.add(Label::new(words).truncate());
    });
    if button::icon(ui, icon::COPY, &format!("{action} of {name}")).clicked() {
        commands.push(Command::Copy(Copied::Value(text.to_owned())));
    }
}

/// Where it is in use.
fn chips(ui: &mut Ui, workbench: &Workbench, entry: &RingKey) {
    let kind = entry.key.kind();
    let algorithm = workbench.facts().algorithm.as_ref().ok().copied();
    let chosen = workbench.keys().chosen(kind).is_some_and(|chosen| chosen.id == entry.id);
    if chosen && algorithm.map(Algorithm::key_kind) == Some(kind) {
        Chip::ok("signs on Craft").show(ui);
    } else if chosen {
        let fitting: Vec<_> = kind.algorithms().map(Algorithm::name).collect();
        Chip::neutral("ready on Craft")
            .show(ui)
            .on_hover_text(format!("Choose {} to sign with it", fitting.join(", ")));
    }
    let inspection = workbench.inspection();
    let verifies = inspection.reading().and_then(|reading| reading.used.as_ref()).map(|used| used.pick);
    if verifies == Some(KeyPick::Ring(entry.id)) || inspection.against().key == KeyPick::Ring(entry.id) {
        Chip::neutral("verifies on Inspect").show(ui);
    }
}

fn uses(ui: &mut Ui, entry: &RingKey, commands: &CommandQueue) {
    ui.add_enabled_ui(entry.key.is_private(), |ui| {
        let response = button::normal(ui, "Use in Craft").on_hover_text("Sign with this key");
        if response.on_disabled_hover_text("A public key signs nothing").clicked() {
            commands.push(Command::Key(KeyCommand::Use(entry.id)));
            commands.push(Command::View(ViewCommand::Page(Page::Craft)));
        }
    });
    if button::normal(ui, "Verify with").on_hover_text("Check the inspected token with this key").clicked() {
        commands.push(Command::Inspect(InspectCommand::UseKey(KeyPick::Ring(entry.id))));
        commands.push(Command::View(ViewCommand::Page(Page::Inspect)));
    }
}

fn export_menu(ui: &mut Ui, entry: &RingKey, commands: &CommandQueue) {
    let name = format!("Export {}", entry.name);
    button::menu(ui, "Export", &name, |ui| {
        let of = KeyRef::Ring(entry.id);
        for form in KEY_EXPORTS.into_iter().filter(|form| form.fits(&entry.key)) {
            if menu::entry(ui, &Action::CopyKey(form).label(), "", false).clicked() {
                commands.push(Command::Copy(Copied::Key(of, form)));
            }
            if menu::entry(ui, &Action::ExportKey(form).label(), "", false).clicked() {
                commands.push(Command::Key(KeyCommand::Export(of, form)));
            }
        }
        let can_derive = entry.key.is_private() && entry.key.kind() != KeyKind::Secret;
        if can_derive && menu::entry(ui, "Put its public part on the ring", "", false).clicked() {
            commands.push(Command::Key(KeyCommand::DerivePublic(entry.id)));
        }
    });
}
