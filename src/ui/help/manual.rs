//! The manual over the window: its contents at the left, a section or what a search found at the right.

use eframe::egui::{
    Align, Align2, Context, Event, Frame, Id, Key, Layout, Modal, Modifiers, RichText, Role, ScrollArea, Sense, Ui,
    Vec2, WidgetInfo, vec2,
};

use super::contents::{self, Chapter, Hit};
use super::picture::Pictures;
use super::reading;
use super::section::Section;
use super::shortcuts;
use crate::ui::dialogs::spoken;
use crate::ui::theme::{self, fonts, icon, radius, size, space};
use crate::ui::widgets::cut::cut;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::{button, focus_ring};

/// From the edge of the manual to what is in it, in points.
const MARGIN: f32 = 16.0;
/// From the edge of the window to the manual, in points.
const AROUND: f32 = 24.0;
/// The manual grows no wider than this, in points.
const WIDTH: f32 = 960.0;
/// Width of the search field, in points.
const SEARCH: f32 = 260.0;
/// Room for the button that closes, with what is before it, in points.
const CLOSE: f32 = 40.0;
/// Width of the table of contents, in points.
const CONTENTS: f32 = 220.0;
/// Height of an entry of the table of contents, in points.
const ENTRY: f32 = 28.0;
/// Height of a place that was found, in points.
const HIT: f32 = 46.0;
/// What one press of an arrow key scrolls, in points.
const STEP: f32 = 48.0;

/// Where a wish waits.
const WISH: &str = "manual wanted";

/// View state of the manual: what is being read, and the way there.
#[derive(Default)]
pub struct Manual {
    open: bool,
    /// Made when it is first opened.
    chapters: Vec<Chapter>,
    /// Dropped when it is closed.
    pictures: Pictures,
    section: Section,
    /// How far the section is scrolled, in points.
    offset: f32,
    /// The block to scroll to in the next frame.
    reveal: Option<usize>,
    /// The offset to go back to in the next frame.
    restore: Option<f32>,
    /// Where a link was followed from, and how far that was scrolled.
    trail: Vec<(Section, f32)>,
    query: String,
    /// The section that the page asked for last: asking for it again leaves everything as it was.
    asked: Option<Section>,
    focused: bool,
}

/// Asks for the place that a link names, such as `findings#k01`. The wish waits in egui's memory, as that for a popup does,
/// so that whatever explains something needs nothing but a place to draw.
pub(in crate::ui) fn ask(ctx: &Context, link: impl Into<String>) {
    let link: String = link.into();
    ctx.data_mut(|data| data.insert_temp(Id::unique(WISH), link));
    ctx.request_repaint();
}

impl Manual {
    /// Whether it lies over the window.
    pub const fn is_open(&self) -> bool {
        self.open
    }

    /// Opens the section of the page on show, or what was being read when that was asked for before.
    pub fn open_for(&mut self, section: Section) {
        if self.asked != Some(section) {
            self.asked = Some(section);
            self.go(section, 0);
        }
        self.open();
    }

    fn open(&mut self) {
        self.open = true;
        self.focused = false;
        self.query.clear();
    }

    fn follow(&mut self, link: &str) {
        if let Some((section, block)) = contents::target(&self.chapters, link) {
            self.go(section, block);
        }
    }

    fn go(&mut self, section: Section, block: usize) {
        if self.section != section || block > 0 {
            self.trail.push((self.section, self.offset));
        }
        self.section = section;
        self.reveal = (block > 0).then_some(block);
        self.restore = (block == 0).then_some(0.0);
        self.query.clear();
    }

    fn back(&mut self) {
        if let Some((section, offset)) = self.trail.pop() {
            self.section = section;
            self.restore = Some(offset);
            self.query.clear();
        }
    }

    /// Draws the manual, if it is open.
    pub fn ui(&mut self, ui: &Ui) {
        let wish = ui.ctx().data_mut(|data| data.remove_temp::<String>(Id::unique(WISH)));
        if wish.is_some() {
            self.open();
        }
        if !self.open {
            return;
        }
        if self.chapters.is_empty() {
            self.chapters = contents::chapters(shortcuts::blocks(ui.ctx()));
        }
        if let Some(link) = wish {
            self.follow(&link);
        }
        let escaped = !self.query.is_empty() && pressed(ui, Modifiers::NONE, Key::Escape);
        if escaped {
            self.query.clear();
        }
        if pressed(ui, Modifiers::ALT, Key::ArrowLeft) {
            self.back();
        }
        let room = ui.ctx().content_rect().size() - Vec2::splat(2.0 * (AROUND + MARGIN));
        let size = vec2(room.x.min(WIDTH), room.y);
        let frame = Frame::popup(ui.style()).inner_margin(MARGIN).corner_radius(radius::DIALOG);
        let shown = Modal::new(Id::unique("manual")).frame(frame).show(ui.ctx(), |ui| {
            spoken(ui, "Manual", |ui| {
                ui.set_min_size(size);
                ui.set_max_size(size);
                let closed = self.top(ui);
                self.body(ui);
                closed
            })
        });
        if shown.inner || shown.should_close() || pressed(ui, Modifiers::NONE, Key::F1) {
            self.open = false;
            self.pictures = Pictures::default();
        }
    }

    /// Title, search and the ways out. Returns whether it is to be closed.
    fn top(&mut self, ui: &mut Ui) -> bool {
        let row = vec2(ui.available_width(), size::FIELD);
        ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let back = ui.add_enabled_ui(!self.trail.is_empty(), |ui| button::icon(ui, icon::CARET_LEFT, "Back")).inner;
            if back.clicked() {
                self.back();
            }
            let title = ui.label(RichText::new("Manual").font(fonts::semibold(size::TEXT_TITLE)));
            title.widget_info(|| WidgetInfo::labeled(Role::Heading, true, "Manual"));
            ui.add_space((ui.available_width() - SEARCH - CLOSE - space::S).max(0.0));
            let field = Field::new("Search the manual", &mut self.query).placeholder("Search the manual");
            let response = field.width(SEARCH).show(ui);
            // The first passes only find out the size, and cannot hold the focus.
            if !self.focused {
                response.request_focus();
                self.focused = response.has_focus();
            }
            button::icon(ui, icon::X, "Close the manual").clicked()
        })
        .inner
    }

    fn body(&mut self, ui: &mut Ui) {
        ui.add_space(space::S);
        let height = ui.available_height();
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            ui.allocate_ui_with_layout(vec2(CONTENTS, height), Layout::top_down(Align::Min), |ui| self.contents(ui));
            let room = vec2(ui.available_width(), height);
            ui.allocate_ui_with_layout(room, Layout::top_down(Align::Min), |ui| {
                if self.query.trim().is_empty() {
                    self.section(ui);
                } else {
                    self.found(ui);
                }
            });
        });
    }

    fn contents(&mut self, ui: &mut Ui) {
        ScrollArea::vertical().id_salt("contents").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for section in Section::ALL {
                let on = self.section == section && self.query.trim().is_empty();
                if entry(ui, section.title(), on) {
                    self.go(section, 0);
                }
            }
        });
    }

    fn section(&mut self, ui: &mut Ui) {
        let Some(chapter) = self.chapters.iter().find(|chapter| chapter.section == self.section) else { return };
        let mut area = ScrollArea::vertical().id_salt(("section", self.section.name())).auto_shrink(false);
        if let Some(offset) = self.restore.take() {
            area = area.vertical_scroll_offset(offset);
        }
        let reveal = self.reveal.take();
        let pictures = &mut self.pictures;
        let shown = area.show(ui, |ui| {
            ui.scroll_with_delta(vec2(0.0, -scrolled_by_keys(ui)));
            reading::ui(ui, &chapter.blocks, reveal, pictures)
        });
        self.offset = shown.state.clamped_offset().y;
        if let Some(link) = shown.inner {
            self.follow(&link);
        }
    }

    fn found(&mut self, ui: &mut Ui) {
        let hits = contents::search(&self.chapters, &self.query);
        let mut chosen = hits.first().filter(|_| pressed(ui, Modifiers::NONE, Key::Enter)).map(place);
        ScrollArea::vertical().id_salt("found").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for hit in &hits {
                if found_row(ui, hit) {
                    chosen = Some(place(hit));
                }
            }
            if hits.is_empty() {
                let words = format!("Nothing in the manual holds \u{201c}{}\u{201d}.", self.query.trim());
                ui.label(RichText::new(words).color(theme::tokens(ui).text.muted));
            }
        });
        if let Some((section, block)) = chosen {
            self.go(section, block);
        }
    }
}

/// Where a hit is.
fn place(hit: &Hit) -> (Section, usize) {
    (hit.section, hit.block)
}

fn pressed(ui: &Ui, modifiers: Modifiers, key: Key) -> bool {
    ui.ctx().input_mut(|input| input.consume_key(modifiers, key))
}

/// By how many points the keys scroll a text; the arrows do while they have nothing else to do.
fn scrolled_by_keys(ui: &Ui) -> f32 {
    let page = ui.clip_rect().height() - STEP;
    let typing = ui.ctx().text_edit_focused();
    ui.ctx().input(|input| {
        let keys = input.events.iter().filter_map(|event| match event {
            Event::Key { key, pressed: true, modifiers, .. } if modifiers.is_none() => Some(*key),
            _ => None,
        });
        keys.map(|key| match key {
            Key::PageDown => page,
            Key::PageUp => -page,
            Key::ArrowDown if typing => STEP,
            Key::ArrowUp if typing => -STEP,
            _ => 0.0,
        })
        .sum()
    })
}

/// An entry of the table of contents. Returns whether it was chosen.
fn entry(ui: &mut Ui, title: &str, on: bool) -> bool {
    let tokens = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ENTRY), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, title));
    let (fill, ink, font) = if on {
        (tokens.accent.background, tokens.accent.main, fonts::medium(size::TEXT))
    } else if response.hovered() {
        (tokens.surface.hover, tokens.text.primary, fonts::regular(size::TEXT))
    } else {
        (eframe::egui::Color32::TRANSPARENT, tokens.text.secondary, fonts::regular(size::TEXT))
    };
    ui.painter().rect_filled(rect, radius::CONTROL, fill);
    focus_ring(ui, &response, rect.shrink(1.5), radius::CONTROL);
    let inside = rect.shrink2(vec2(space::S, 0.0));
    ui.painter().text(inside.left_center(), Align2::LEFT_CENTER, title, font, ink);
    response.clicked()
}

/// A place that was found. Returns whether it was chosen.
fn found_row(ui: &mut Ui, hit: &Hit) -> bool {
    let tokens = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HIT), Sense::click());
    let title = if hit.heading == hit.section.title() {
        hit.heading.clone()
    } else {
        format!("{}: {}", hit.section.title(), hit.heading)
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{title}. {}", hit.words)));
    if response.hovered() {
        ui.painter().rect_filled(rect, radius::CONTROL, tokens.surface.hover);
    }
    focus_ring(ui, &response, rect.shrink(1.5), radius::CONTROL);
    let inside = rect.shrink2(vec2(space::S, 6.0));
    let (above, below) = inside.split_top_bottom_at_fraction(0.5);
    cut(ui, above, &title, fonts::medium(size::TEXT), tokens.text.primary);
    cut(ui, below, &hit.words, fonts::regular(size::TEXT), tokens.text.secondary);
    response.clicked()
}
