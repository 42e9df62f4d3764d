//! The list of the library. Only the rows on show are drawn; they are found anew only when something changed.

use std::collections::BTreeSet;
use std::path::Path;

use eframe::egui::{Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::naming::Naming;
use super::row;
use super::rows::{Fold, Pick, Row, Rows};
use super::shelf;
use crate::ui::request::CommandQueue;
use crate::ui::theme::space;
use crate::workbench::Workbench;
use crate::workbench::library::search::Search;

/// View state of the list.
#[derive(Default)]
pub(super) struct List {
    rows: Rows,
    /// What the rows follow from.
    found_for: Option<(u64, String, Vec<String>)>,
    picked: Option<Pick>,
    folded: BTreeSet<Fold>,
    /// Whether the picked row is to be brought into view.
    seek: bool,
}

impl List {
    /// What is picked.
    pub(super) fn picked(&self) -> Option<&Pick> {
        self.picked.as_ref()
    }

    /// Whether the rows are those of this search.
    fn is_of(&self, workbench: &Workbench, query: &str, tags: &[String]) -> bool {
        let known = |(revision, known, of): &(u64, String, Vec<String>)| {
            *revision == workbench.library().revision() && known == query && of == tags
        };
        self.found_for.as_ref().is_some_and(known)
    }

    /// Searches again when something is another than before.
    pub(super) fn refresh(&mut self, workbench: &Workbench, query: &str, tags: &[String]) {
        if self.is_of(workbench, query, tags) {
            return;
        }
        let wanted = query.to_lowercase();
        self.rows = Rows::of(workbench, &Search::new(&wanted, tags), &self.folded);
        let searched = self.found_for.as_ref().is_some_and(|(_, known, of)| known != query || of != tags);
        self.found_for = Some((workbench.library().revision(), query.to_owned(), tags.to_vec()));
        self.follow_pick(workbench);
        let lost = self.picked.as_ref().is_some_and(|pick| self.rows.place(pick, workbench).is_none());
        if searched && !query.is_empty() && (lost || self.picked.is_none()) {
            self.picked = self.rows.step(None, 1, workbench);
            self.seek = true;
        }
    }

    /// What was picked may have another name now, or be gone.
    fn follow_pick(&mut self, workbench: &Workbench) {
        let Some(Pick::File(path)) = &self.picked else { return };
        if workbench.library().entry(path).is_none() {
            let moved = workbench.library().moved(path).map(Path::to_owned);
            self.picked = moved.filter(|path| workbench.library().entry(path).is_some()).map(Pick::File);
        }
    }

    /// Picks the template in this file and brings it into view.
    pub(super) fn pick_file(&mut self, path: &Path) {
        self.picked = Some(Pick::File(path.to_owned()));
        self.seek = true;
    }

    /// Picks another row.
    pub(super) fn step(&mut self, steps: isize, workbench: &Workbench) {
        if steps != 0 {
            self.picked = self.rows.step(self.picked.as_ref(), steps, workbench);
            self.seek = true;
        }
    }

    /// Draws the list; whether what is picked is to be opened.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        workbench: &Workbench,
        height: f32,
        naming: &mut Naming,
        commands: &CommandQueue,
    ) -> bool {
        let mut opened = false;
        ScrollArea::vertical()
            .id_salt("library-list")
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink(false)
            .show_viewport(ui, |ui, viewport| {
                ui.set_height(self.rows.height());
                // The rest is for the scroll bar.
                let width = ui.available_width() - space::S;
                let (left, top) = (ui.min_rect().left(), ui.min_rect().top());
                if std::mem::take(&mut self.seek)
                    && let Some((row, height)) = self.picked.as_ref().and_then(|pick| self.rows.place(pick, workbench))
                {
                    ui.scroll_to_rect(Rect::from_min_size(pos2(left, top + row), vec2(width, height)), None);
                }
                let visible: Vec<(f32, Row)> =
                    self.rows.visible(viewport.top(), viewport.bottom()).map(|(top, row)| (top, row.clone())).collect();
                let bottoms = visible.iter().skip(1).map(|(top, _)| *top).chain([f32::INFINITY]);
                for ((row_top, row), next) in visible.iter().zip(bottoms) {
                    let bottom = next.min(self.rows.height());
                    let rect = Rect::from_min_max(
                        pos2(left, top + row_top),
                        pos2(left + width, top + bottom.min(row_top + 60.0)),
                    );
                    let builder = UiBuilder::new().id_salt(("row", row_top.to_bits())).max_rect(rect);
                    ui.scope_builder(builder, |ui| opened |= self.row(ui, workbench, row, rect, naming, commands));
                }
            });
        opened
    }

    /// Draws a row; whether it is to be opened.
    fn row(
        &mut self,
        ui: &mut Ui,
        workbench: &Workbench,
        row: &Row,
        rect: Rect,
        naming: &mut Naming,
        commands: &CommandQueue,
    ) -> bool {
        let fold = match row {
            Row::Shelf(number) => {
                let Some(shelf) = workbench.library().shelves().get(*number) else { return false };
                let fold = Fold::Shelf(shelf.folder.clone());
                shelf::heading(ui, rect, shelf, self.folded.contains(&fold), commands).then_some(fold)
            }
            Row::Examples => {
                let folded = self.folded.contains(&Fold::Examples);
                shelf::examples_heading(ui, rect, folded).then_some(Fold::Examples)
            }
            Row::Entry(_) | Row::Example(_) => {
                let picked = self.picked.as_ref().is_some_and(|pick| row.is(pick, workbench));
                let done = row::ui(ui, workbench, row, rect, picked, naming, commands);
                if done.picked {
                    self.picked = row.pick(workbench);
                }
                return done.opened;
            }
            _ => {
                shelf::remark(ui, workbench, row, rect, commands);
                return false;
            }
        };
        if let Some(fold) = fold {
            if !self.folded.remove(&fold) {
                self.folded.insert(fold);
            }
            self.found_for = None;
        }
        false
    }
}
