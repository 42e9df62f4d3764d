//! A template in the list: its name, and below it what it makes or why it cannot be read.

use eframe::egui::{Align2, CursorIcon, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::naming::Naming;
use super::preview;
use super::rows::{Pick, Row};
use crate::jose::text::{grouped, visible};
use crate::ui::request::CommandQueue;
use crate::ui::theme::{fonts, icon, radius, size, space, tokens};
use crate::ui::widgets::cut::cut;
use crate::workbench::Workbench;
use crate::workbench::library::entry::Entry;
use crate::workbench::library::examples::examples;
use crate::workbench::library::summary::Summary;

/// What a user did to a row.
#[derive(Default)]
pub(super) struct Done {
    pub(super) picked: bool,
    pub(super) opened: bool,
}

/// Draws the row of a template or an example.
pub(super) fn ui(
    ui: &mut Ui,
    workbench: &Workbench,
    row: &Row,
    rect: Rect,
    picked: bool,
    naming: &mut Naming,
    commands: &CommandQueue,
) -> Done {
    let words = match row {
        Row::Entry(_) => entry_of(row, workbench).map(|entry| Words::of_entry(entry, workbench)),
        Row::Example(place) => examples().get(*place).map(|entry| Words::of_summary(&entry.summary)),
        _ => None,
    };
    let Some(words) = words else { return Done::default() };
    if let Some(entry) = entry_of(row, workbench).filter(|entry| naming.is_of(&entry.path)) {
        naming.ui(ui, rect, entry, commands);
        return Done::default();
    }
    // Not in the way of the tab key: the arrow keys pick a row while the keyboard stays in the search field.
    let response = ui.allocate_rect(rect, Sense::CLICK);
    response.widget_info(|| {
        let mut info = WidgetInfo::selected(Role::ListItem, true, picked, words.title.as_str());
        info.hint_text = Some(words.facts.clone());
        info
    });
    words.paint(ui, rect, picked, &response);
    let mut done =
        Done { picked: response.clicked() || response.secondary_clicked(), opened: response.double_clicked() };
    if let Some(pick) = row.pick(workbench) {
        response.context_menu(|ui| {
            let wants = preview::menu(ui, &pick, workbench, commands);
            if wants.rename {
                naming.begin(workbench, Some(&pick));
            }
            done.opened |= wants.open;
        });
    }
    response.on_hover_cursor(CursorIcon::PointingHand);
    done
}

fn entry_of<'w>(row: &Row, workbench: &'w Workbench) -> Option<&'w Entry> {
    match row {
        Row::Entry(place) => workbench.library().entries().get(*place),
        _ => None,
    }
}

/// What stands in a row.
struct Words {
    title: String,
    facts: String,
    broken: bool,
    /// Whether it is the file of the draft.
    open: bool,
}

impl Words {
    fn of_entry(entry: &Entry, workbench: &Workbench) -> Self {
        let open = workbench.draft().path() == Some(entry.path.as_path());
        let facts = match (entry.summary(), entry.problem()) {
            (Some(summary), _) => facts(summary),
            (None, Some(_)) => "Cannot be read".to_owned(),
            (None, None) => "Reading…".to_owned(),
        };
        Self { title: visible(&entry.title()).into_owned(), facts, broken: entry.problem().is_some(), open }
    }

    fn of_summary(summary: &Summary) -> Self {
        Self { title: summary.name.clone(), facts: facts(summary), broken: false, open: false }
    }

    fn paint(&self, ui: &Ui, rect: Rect, picked: bool, response: &Response) {
        let t = tokens(ui);
        if picked {
            ui.painter().rect_filled(rect, radius::CONTROL, t.accent.background);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, radius::CONTROL, t.surface.hover);
        }
        let mut inside = rect.shrink2(vec2(space::S, space::XS));
        inside.min.x += space::M;
        if self.open {
            let mark = Rect::from_min_max(
                rect.left_top() + vec2(space::S, 9.0),
                rect.left_bottom() + vec2(space::S + 3.0, -9.0),
            );
            ui.painter().rect_filled(mark, radius::SMALL, t.accent.main);
        }
        if self.broken {
            let place = inside.right_center();
            ui.painter().text(
                place,
                Align2::RIGHT_CENTER,
                icon::WARNING_CIRCLE,
                fonts::regular(size::ICON),
                t.status.error,
            );
            inside.max.x -= size::ICON + space::S;
        }
        let (upper, lower) = inside.split_top_bottom_at_fraction(0.55);
        let font = if picked || self.open { fonts::medium(size::TEXT) } else { fonts::regular(size::TEXT) };
        cut(ui, upper, &self.title, font, t.text.primary);
        // On the accent the quiet grey would be too quiet.
        let ink = match (self.broken, picked) {
            (true, _) => t.status.error,
            (false, true) => t.text.secondary,
            (false, false) => t.text.muted,
        };
        cut(ui, lower, &self.facts, fonts::regular(size::TEXT_SMALL), ink);
    }
}

/// Algorithm and size.
pub(super) fn facts(summary: &Summary) -> String {
    let algorithm = summary.algorithm.map_or("no algorithm", |algorithm| algorithm.name());
    format!("{algorithm}, about {} B", grouped(summary.size as u64))
}

/// The pick that stands in for a row elsewhere.
pub(super) fn title(pick: &Pick, workbench: &Workbench) -> Option<String> {
    match pick {
        Pick::File(_) => pick.entry(workbench).map(|entry| visible(&entry.title()).into_owned()),
        Pick::Example(_) => pick.example().map(|example| example.summary.name.clone()),
    }
}
