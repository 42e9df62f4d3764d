//! What the panel says to who has no folder of templates yet.

use eframe::egui::{Frame, Label, Margin, RichText, Ui};

use crate::jose::text::{visible, visible_path};
use crate::ui::request::CommandQueue;
use crate::ui::theme::{radius, size, space, tokens};
use crate::ui::widgets::button;
use crate::workbench::Workbench;
use crate::workbench::command::Command;
use crate::workbench::library::LibraryCommand;

/// Offers a folder, and to choose one.
pub(super) fn ui(ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
    let t = tokens(ui);
    let frame = Frame::new().fill(t.surface.raised).corner_radius(radius::CARD).inner_margin(Margin::same(12));
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        let words = "Keep templates in a folder and they are listed here, a click away.";
        ui.add(Label::new(RichText::new(words).size(size::TEXT).color(t.text.secondary)).wrap());
        if let Some(folder) = workbench.library().offered() {
            let label = format!("Use {}", short(folder));
            if button::primary(ui, &label).on_hover_text(visible_path(folder)).clicked() {
                commands.push(Command::Library(LibraryCommand::UseFolder(folder.to_owned())));
            }
        }
        if button::normal(ui, "Choose a folder…").clicked() {
            commands.push(Command::Library(LibraryCommand::ChooseFolder));
        }
    });
}

/// Letters of a folder that fit on a button in the narrowest panel.
const LETTERS: usize = 25;

/// The folder and the one around it, where there is room for both.
fn short(folder: &std::path::Path) -> String {
    let name = folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy();
    let parent = folder.parent().and_then(std::path::Path::file_name).map(|parent| parent.to_string_lossy());
    let both = parent.map(|parent| format!("{parent}/{name}"));
    let short = both.filter(|both| both.chars().count() <= LETTERS).unwrap_or_else(|| name.into_owned());
    visible(&short).into_owned()
}
