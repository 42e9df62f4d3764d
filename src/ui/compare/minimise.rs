//! The dialog that makes a variant of a few claims.

use eframe::egui::{Label, RichText, ScrollArea, Ui};

use super::figure;
use crate::jose::text::visible;
use crate::ui::dialogs::{buttons, sheet};
use crate::ui::request::CommandQueue;
use crate::ui::theme::{size, space, tokens};
use crate::ui::widgets::{button, check_box};
use crate::workbench::Workbench;
use crate::workbench::command::{Command, CompareCommand};
use crate::workbench::compare::variant::Variant;

/// The claims that a token can hardly do without: whom it speaks of, and until when.
const KEPT: [&str; 2] = ["sub", "exp"];

/// The claims of a variant, and which of them are kept.
pub(in crate::ui) struct Minimise {
    title: String,
    claims: Vec<Claim>,
}

struct Claim {
    name: String,
    /// The name as it is shown.
    shown: String,
    /// What it costs in the payload, in bytes.
    bytes: usize,
    kept: bool,
}

impl Minimise {
    /// For the selected variant; `None` when its claims cannot be read.
    pub(in crate::ui) fn of(workbench: &Workbench) -> Option<Self> {
        let variant = workbench.comparison().selected()?;
        Some(Self { title: format!("Minimise {}", visible(&variant.name)), claims: claims(variant)? })
    }

    /// Draws the dialog; `false` when it is to be closed.
    pub(in crate::ui) fn ui(&mut self, ui: &Ui, commands: &CommandQueue) -> bool {
        let shown = sheet(ui, "minimise", 420.0, &self.title, |ui| {
            let words = "Adds a variant that has only these claims; everything else stays byte for byte.";
            ui.add(Label::new(RichText::new(words).color(tokens(ui).text.secondary)).wrap());
            let height = (ui.ctx().content_rect().height() - 280.0).clamp(120.0, 360.0);
            ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = space::XS;
                self.claims.iter_mut().for_each(|claim| claim.ui(ui));
            });
            buttons(ui, |ui| {
                let cancelled = button::normal(ui, "Cancel").clicked();
                let any = self.claims.iter().any(|claim| claim.kept);
                let added = ui.add_enabled_ui(any, |ui| button::primary(ui, "Add minimal variant")).inner;
                if any && ui.memory(|memory| memory.focused().is_none()) {
                    added.request_focus();
                }
                (added.clicked(), cancelled)
            })
        });
        let (added, cancelled) = shown.inner;
        if added {
            let kept = self.claims.iter().filter(|claim| claim.kept).map(|claim| claim.name.clone()).collect();
            commands.push(Command::Compare(CompareCommand::Minimise(kept)));
        }
        !(added || cancelled || shown.should_close())
    }
}

impl Claim {
    fn ui(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            ui.set_min_height(size::ROW_DENSE);
            check_box::show(ui, &mut self.kept, &self.shown);
            ui.label(RichText::new(figure::bytes(self.bytes)).size(size::TEXT_SMALL).color(tokens(ui).text.muted));
        });
    }
}

fn claims(variant: &Variant) -> Option<Vec<Claim>> {
    let facts = variant.facts.as_ref().ok()?;
    let claim = |member: crate::jose::json::Member<'_>| {
        let name = member.name().into_owned();
        let shown = visible(&name).into_owned();
        Claim { kept: KEPT.contains(&name.as_str()), bytes: member.span().len(), shown, name }
    };
    facts.claims.as_ref().map(|json| json.root().members().map(claim).collect())
}
