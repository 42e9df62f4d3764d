//! A table of figures: names at the left of their columns, numbers at the right.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

use eframe::egui::epaint::text::{LayoutJob, TextWrapping};
use eframe::egui::{
    Align2, Color32, FontId, Galley, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use crate::ui::chart::{Look, switch};
use crate::ui::theme::{fonts, icon, size, space, tokens};
use crate::ui::widgets::focus_ring;

/// Height of the line with the headings, and of a row.
const HEADER: f32 = size::ROW;
const ROW: f32 = size::ROW;
/// From the edge of a column to its text.
const PADDING: f32 = space::S;
/// Room for the sample of a series.
const SAMPLE: f32 = 28.0;
/// No column but the last is wider.
const WIDEST: f32 = 260.0;
/// Room for the arrow of the column that the rows are sorted by.
const ARROW: f32 = 12.0;

/// One place of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    /// What is written.
    pub(super) text: String,
    /// What numbers are sorted by; `None` for texts, and for what is not known.
    pub(super) order: Option<f64>,
    /// The series that the row belongs to.
    pub(super) look: Option<Look>,
    /// Drawn stronger.
    pub(super) strong: bool,
}

impl Cell {
    /// A text.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A number with how it is written.
    pub(super) fn number(value: f64, text: String) -> Self {
        Self { text, order: Some(value), ..Self::default() }
    }

    /// A number, or a dash for what is not known.
    pub(super) fn maybe(value: Option<f64>, write: impl FnOnce(f64) -> String) -> Self {
        value.map_or_else(|| Self::text("–"), |value| Self::number(value, write(value)))
    }

    /// Drawn stronger.
    pub(super) fn strong(self) -> Self {
        Self { strong: true, ..self }
    }
}

/// A column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// The heading.
    pub(super) title: Cow<'static, str>,
    /// Whether its texts stand at the right, as numbers do.
    pub(super) right: bool,
}

/// Columns by their headings; `true` for those whose texts stand at the right.
pub(super) fn columns(titles: &[(&'static str, bool)]) -> Vec<Column> {
    titles.iter().map(|(title, right)| Column { title: Cow::Borrowed(title), right: *right }).collect()
}

/// Which column the rows are sorted by, and whether the largest comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sort {
    /// The column; `None` for the order the rows came in.
    pub(super) column: Option<usize>,
    /// The largest first.
    pub(super) falling: bool,
}

impl Sort {
    /// After a click on the heading of a column: rising, falling, and as the rows came.
    fn clicked(self, column: usize) -> Self {
        match (self.column == Some(column), self.falling) {
            (false, _) => Self { column: Some(column), falling: false },
            (true, false) => Self { column: Some(column), falling: true },
            (true, true) => Self::default(),
        }
    }
}

/// The rows in their order; what is not known comes last either way.
fn sorted(rows: &[Vec<Cell>], sort: Sort) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let Some(column) = sort.column else { return order };
    let cell = |row: &usize| rows.get(*row).and_then(|cells| cells.get(column));
    let numeric = rows.iter().any(|row| row.get(column).is_some_and(|cell| cell.order.is_some()));
    order.sort_by(|one, other| {
        let turned = |ordering: Ordering| if sort.falling { ordering.reverse() } else { ordering };
        match (cell(one), cell(other)) {
            (Some(one), Some(other)) if !numeric => turned(one.text.to_lowercase().cmp(&other.text.to_lowercase())),
            (Some(one), Some(other)) => match (one.order, other.order) {
                (Some(one), Some(other)) => turned(one.total_cmp(&other)),
                (one, other) => other.is_some().cmp(&one.is_some()),
            },
            _ => Ordering::Equal,
        }
    });
    order
}

/// A table that is laid out once and drawn often.
#[derive(Debug, Default)]
pub(super) struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    /// Made when it is first drawn.
    widths: Vec<f32>,
    order: Option<(Sort, Vec<usize>)>,
}

impl Table {
    /// A table of `rows`, each with a cell for every column.
    pub(super) fn new(columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Self {
        Self { columns, rows, ..Self::default() }
    }

    /// Draws the table over the whole width, and scrolls sideways where that is too little. `sort` makes its headings
    /// buttons.
    pub(super) fn show(&mut self, ui: &mut Ui, name: &str, mut sort: Option<&mut Sort>) {
        if self.widths.len() != self.columns.len() {
            self.widths = (0..self.columns.len()).map(|column| self.width(ui, column)).collect();
        }
        let wanted = sort.as_deref().copied().unwrap_or_default();
        if self.order.as_ref().is_none_or(|(sort, _)| *sort != wanted) {
            self.order = Some((wanted, sorted(&self.rows, wanted)));
        }
        let least: f32 = self.widths.iter().sum();
        ScrollArea::horizontal().id_salt(("table", name)).auto_shrink([false, true]).show(ui, |ui| {
            let wanted = vec2(ui.available_width().max(least), HEADER + ROW * self.rows.len() as f32 + 1.0);
            let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Table, ui.is_enabled(), name));
            let places = self.places(rect);
            self.headings(ui, rect, &places, &mut sort);
            let order = self.order.as_ref().map(|(_, order)| order.as_slice()).unwrap_or_default();
            for (line, cells) in order.iter().filter_map(|row| self.rows.get(*row)).enumerate() {
                let top = rect.top() + HEADER + line as f32 * ROW;
                let row = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), ROW));
                if ui.is_rect_visible(row) {
                    self.row(ui, row, &places, cells, line);
                }
            }
        });
    }

    /// The left and right end of every column, which share what is left over.
    fn places(&self, rect: Rect) -> Vec<(f32, f32)> {
        let spare = (rect.width() - self.widths.iter().sum::<f32>()).max(0.0) / self.widths.len().max(1) as f32;
        let mut left = rect.left();
        let place = |width: &f32| {
            let place = (left, left + width + spare);
            left = place.1;
            place
        };
        self.widths.iter().map(place).collect()
    }

    fn width(&self, ui: &Ui, column: usize) -> f32 {
        let lay = |text: &str, font: FontId| {
            ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x
        };
        let title = self.columns.get(column).map_or("", |column| &column.title);
        let heading = lay(title, heading_font()) + ARROW;
        let cell = |cells: &Vec<Cell>| {
            let Some(cell) = cells.get(column) else { return 0.0 };
            lay(&cell.text, font(cell.strong)) + if cell.look.is_some() { SAMPLE } else { 0.0 }
        };
        let widest = self.rows.iter().map(cell).fold(heading, f32::max);
        widest.min(WIDEST) + 2.0 * PADDING
    }

    fn headings(&self, ui: &Ui, rect: Rect, places: &[(f32, f32)], sort: &mut Option<&mut Sort>) {
        let t = tokens(ui);
        for (number, (column, place)) in self.columns.iter().zip(places).enumerate() {
            let cell = Rect::from_x_y_ranges(place.0..=place.1, rect.top()..=rect.top() + HEADER);
            let mut text = column.title.clone().into_owned();
            if let Some(sort) = sort {
                let response = ui.interact(cell, ui.scope_id().with(("heading", number)), Sense::click());
                let name = format!("Sort by {}", column.title);
                response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &name));
                focus_ring(ui, &response, cell.shrink(3.0), 4);
                if response.clicked() {
                    **sort = sort.clicked(number);
                }
                if sort.column == Some(number) {
                    let arrow = if sort.falling { icon::CARET_DOWN } else { icon::CARET_UP };
                    text = format!("{text} {arrow}");
                }
            }
            let galley = cut(ui, &text, heading_font(), t.text.secondary, cell.width() - 2.0 * PADDING);
            put(ui, galley, cell, column.right, t.text.secondary);
        }
        ui.painter().hline(rect.x_range(), rect.top() + HEADER - 0.5, Stroke::new(1.0, t.surface.line));
    }

    fn row(&self, ui: &Ui, row: Rect, places: &[(f32, f32)], cells: &[Cell], line: usize) {
        let t = tokens(ui);
        if line > 0 {
            ui.painter().hline(row.x_range(), row.top() - 0.5, Stroke::new(1.0, t.surface.line));
        }
        for (number, ((cell, place), column)) in cells.iter().zip(places).zip(&self.columns).enumerate() {
            let mut rect = Rect::from_x_y_ranges(place.0..=place.1, row.y_range());
            let response = ui.interact(rect, ui.scope_id().with(("cell", line, number)), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), &cell.text));
            if let Some(look) = cell.look {
                let sample = Rect::from_min_size(pos2(rect.left() + PADDING, rect.center().y - 7.0), vec2(22.0, 14.0));
                switch::draw_sample(ui, sample, look, true);
                rect.min.x += SAMPLE;
            }
            let ink = if cell.text == "–" { t.text.muted } else { t.text.primary };
            let room = rect.width() - 2.0 * PADDING;
            let galley = cut(ui, &cell.text, font(cell.strong), ink, room);
            let is_cut = galley.elided;
            put(ui, galley, rect, column.right, ink);
            if is_cut {
                response.on_hover_text(&cell.text);
            }
        }
    }
}

fn heading_font() -> FontId {
    fonts::semibold(size::TEXT_SMALL)
}

fn font(strong: bool) -> FontId {
    if strong { fonts::semibold(size::TEXT) } else { fonts::regular(size::TEXT) }
}

fn cut(ui: &Ui, text: &str, font: FontId, ink: Color32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, ink);
    job.wrap = TextWrapping::truncate_at_width(width.max(space::XS));
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

fn put(ui: &Ui, galley: Arc<Galley>, cell: Rect, right: bool, ink: Color32) {
    let inside = cell.shrink2(vec2(PADDING, 0.0));
    let align = if right { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
    let place = align.align_size_within_rect(galley.size(), inside);
    ui.painter().galley(place.min, galley, ink);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_by_number_and_the_unknown_comes_last() {
        let rows: Vec<Vec<Cell>> = [Some(20.0), None, Some(3.0)]
            .into_iter()
            .map(|value| vec![Cell::text(format!("{value:?}")), Cell::maybe(value, |value| value.to_string())])
            .collect();
        let sort = Sort::default().clicked(1);
        assert_eq!(sorted(&rows, sort), [2, 0, 1]);
        assert_eq!(sorted(&rows, sort.clicked(1)), [0, 2, 1]);
        assert_eq!(sorted(&rows, sort.clicked(1).clicked(1)), [0, 1, 2], "the third click takes the order back");
        assert_eq!(sorted(&rows, sort.clicked(0)), [1, 0, 2], "texts by their letters");
    }
}
