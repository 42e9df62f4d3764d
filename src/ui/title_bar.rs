//! The bar on top: menus, the file with its unsaved mark, and the way into the command palette.

use eframe::egui::containers::menu::MenuButton;
use eframe::egui::{self, Align, Button, Layout, RichText, Sense, Ui};

use super::action::{Action, KEY_EXPORTS, RSA_BITS};
use super::request::{ClaimsView, CommandQueue};
use super::theme::{self, icon, size, space};
use super::widgets::chip::Chip;
use crate::jose::json::Serialization;
use crate::jose::jwa::{Algorithm, KeyKind};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, FileCommand, Part};
use crate::workbench::expiry::PRESETS;
use crate::workbench::page::Page;
use crate::workbench::settings::Theme;

/// Height of the bar, in points.
pub const HEIGHT: f32 = 40.0;
/// Below this width the middle and the product name make room for the rest.
const NARROW: f32 = 1_000.0;

/// Draws the bar.
pub fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let whole = ui.max_rect();
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        if whole.width() >= NARROW {
            ui.label(RichText::new("JWT Workbench").font(theme::fonts::semibold(size::TEXT)));
            ui.add_space(space::XS);
        }
        menus(ui, workbench, commands);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| search(ui, commands));
    });
    file_name(ui, whole, workbench);
}

fn menus(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let menu = |ui: &mut Ui, name: &str, content: &dyn Fn(&mut Ui, &CommandQueue)| {
        let title = RichText::new(name).color(theme::tokens(ui).text.secondary);
        MenuButton::from_button(Button::new(title).frame(false)).ui(ui, |ui| {
            ui.set_min_width(260.0);
            content(ui, commands);
        });
    };
    let item = |ui: &mut Ui, commands: &CommandQueue, action: Action| menu_item(ui, workbench, commands, action);
    menu(ui, "File", &|ui, commands| {
        [Action::New, Action::Open].into_iter().for_each(|action| item(ui, commands, action));
        recent_files(ui, workbench, commands);
        ui.separator();
        [Action::Save, Action::SaveAs].into_iter().for_each(|action| item(ui, commands, action));
        ui.separator();
        item(ui, commands, Action::Quit);
    });
    menu(ui, "Edit", &|ui, commands| {
        [Action::Undo, Action::Redo].into_iter().for_each(|action| item(ui, commands, action));
        ui.separator();
        [Action::CopyToken, Action::CopyBearer, Action::CopyCurl]
            .into_iter()
            .for_each(|action| item(ui, commands, action));
        ui.separator();
        [Action::Find, Action::AddClaim].into_iter().for_each(|action| item(ui, commands, action));
        for part in [Part::Claims, Part::Header] {
            [Action::Format(part), Action::Minify(part)].into_iter().for_each(|action| item(ui, commands, action));
        }
    });
    menu(ui, "Token", &|ui, commands| {
        [Action::MintAgain, Action::Measure, Action::StopMeasuring]
            .into_iter()
            .for_each(|action| item(ui, commands, action));
        ui.separator();
        ui.menu_button("Algorithm", |ui| {
            Algorithm::ALL.iter().for_each(|algorithm| item(ui, commands, Action::UseAlgorithm(*algorithm)))
        });
        ui.menu_button("Expiry", |ui| {
            PRESETS.into_iter().for_each(|seconds| item(ui, commands, Action::ExpireIn(seconds)));
            item(ui, commands, Action::NeverExpire);
        });
        ui.menu_button("Serialization", |ui| {
            Serialization::ALL
                .iter()
                .for_each(|serialization| item(ui, commands, Action::UseSerialization(*serialization)));
        });
    });
    menu(ui, "Key", &|ui, commands| {
        [Action::GenerateSecret, Action::CopySecret].into_iter().for_each(|action| item(ui, commands, action));
        ui.separator();
        RSA_BITS.into_iter().for_each(|bits| item(ui, commands, Action::GenerateKey(KeyKind::Rsa, Some(bits))));
        for kind in [KeyKind::P256, KeyKind::P384, KeyKind::Ed25519] {
            item(ui, commands, Action::GenerateKey(kind, None));
        }
        ui.separator();
        [Action::OpenKey, Action::PasteKey].into_iter().for_each(|action| item(ui, commands, action));
        ui.separator();
        ui.menu_button("Copy", |ui| KEY_EXPORTS.into_iter().for_each(|form| item(ui, commands, Action::CopyKey(form))));
        ui.menu_button("Save to a file", |ui| {
            KEY_EXPORTS.into_iter().for_each(|form| item(ui, commands, Action::ExportKey(form)))
        });
    });
    menu(ui, "View", &|ui, commands| {
        Page::ALL.into_iter().for_each(|page| item(ui, commands, Action::Go(page)));
        ui.separator();
        [ClaimsView::Text, ClaimsView::Table].into_iter().for_each(|view| item(ui, commands, Action::ClaimsView(view)));
        ui.separator();
        Theme::ALL.into_iter().for_each(|theme| item(ui, commands, Action::UseTheme(theme)));
        ui.separator();
        [Action::ZoomIn, Action::ZoomOut, Action::ZoomReset].into_iter().for_each(|action| item(ui, commands, action));
    });
    menu(ui, "Help", &|ui, commands| {
        [Action::Palette, Action::Shortcuts, Action::About].into_iter().for_each(|action| item(ui, commands, action));
    });
}

fn menu_item(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue, action: Action) {
    let keys = action.shortcut().map(|shortcut| ui.ctx().format_shortcut(&shortcut)).unwrap_or_default();
    let button = Button::new(action.label()).shortcut_text(RichText::new(keys).color(theme::tokens(ui).text.muted));
    if ui.add_enabled(action.is_enabled(workbench), button).clicked() {
        commands.push(action);
    }
}

fn recent_files(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let recent = &workbench.settings().recent_files;
    ui.add_enabled_ui(!recent.is_empty(), |ui| {
        ui.menu_button("Open recent", |ui| {
            for path in recent {
                let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
                if ui.button(name).on_hover_text(path.display().to_string()).clicked() {
                    commands.push(Command::File(FileCommand::OpenPath(path.clone())));
                }
            }
        });
    });
}

/// The search field is a button: the palette itself takes the typing.
fn search(ui: &mut Ui, commands: &CommandQueue) {
    let tokens = theme::tokens(ui);
    let keys = Action::Palette.shortcut().map(|shortcut| ui.ctx().format_shortcut(&shortcut)).unwrap_or_default();
    let text = RichText::new(format!("{}  Search actions", icon::MAGNIFYING_GLASS)).color(tokens.text.muted);
    let button = Button::new(text)
        .shortcut_text(RichText::new(keys).color(tokens.text.muted))
        .fill(tokens.surface.field)
        .min_size(egui::vec2(230.0, size::FIELD));
    if ui.add(button).on_hover_text("Every action of the program, by name").clicked() {
        commands.push(Action::Palette);
    }
}

/// The file in the middle of the window, with a mark while it is not saved.
fn file_name(ui: &mut Ui, whole: egui::Rect, workbench: &Workbench) {
    let tokens = theme::tokens(ui);
    let draft = workbench.draft();
    let title = draft.title();
    let wide = whole.width() >= NARROW;
    let room =
        egui::Rect::from_center_size(whole.center(), egui::vec2(if wide { 320.0 } else { 210.0 }, whole.height()));
    let room = if wide { room } else { room.translate(egui::vec2(20.0, 0.0)) };
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(room).layout(Layout::left_to_right(Align::Center)));
    let galley =
        child.painter().layout_no_wrap(title.clone(), theme::fonts::mono(size::TEXT_CONTROL), tokens.text.secondary);
    let chip_width = if draft.is_unsaved() { 70.0 } else { 0.0 };
    child.add_space(((room.width() - galley.size().x - chip_width) / 2.0).max(0.0));
    let label = egui::Label::new(
        RichText::new(&title).font(theme::fonts::mono(size::TEXT_CONTROL)).color(tokens.text.secondary),
    )
    .truncate()
    .sense(Sense::hover());
    let path = draft.path().map_or_else(|| "Not saved to a file yet".to_owned(), |path| path.display().to_string());
    let text_width = galley.size().x.min(room.width() - chip_width);
    child.add_sized([text_width + 2.0, size::FIELD], label).on_hover_text(path);
    if draft.is_unsaved() {
        Chip::warning("unsaved").show(&mut child);
    }
}
