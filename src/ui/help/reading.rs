//! Draws the blocks of a section.

use eframe::egui::{
    Align, Align2, Frame, Image, Label, Link, Margin, Response, RichText, Role, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, vec2,
};

use super::picture::Pictures;
use super::text::{Block, Kind, Span};
use crate::ui::theme::{self, fonts, radius, size, space};
use crate::ui::widgets::focus_ring;

/// Lines are no longer than this, in points.
const WIDTH: f32 = 640.0;
/// What an entry of a list stands further in than the one above it, in points.
const INDENT: f32 = 20.0;
/// From one line of text to the next, in points.
const LINE: f32 = 20.0;

/// Draws `blocks`; `reveal` is the number of the block to scroll to. Returns the link that was clicked.
pub(super) fn ui(ui: &mut Ui, blocks: &[Block], reveal: Option<usize>, pictures: &mut Pictures) -> Option<String> {
    ui.set_max_width(ui.available_width().min(WIDTH));
    ui.spacing_mut().item_spacing = vec2(0.0, space::S);
    ui.spacing_mut().interact_size.y = LINE;
    let mut clicked = None;
    for (place, block) in blocks.iter().enumerate() {
        let drawn = ui.push_id(place, |ui| draw(ui, block, pictures));
        clicked = clicked.or(drawn.inner);
        if reveal == Some(place) {
            drawn.response.scroll_to_me(Some(Align::TOP));
        }
    }
    ui.add_space(space::L);
    clicked
}

fn draw(ui: &mut Ui, block: &Block, pictures: &mut Pictures) -> Option<String> {
    match block {
        Block::Heading(level, text) => heading(ui, *level, text),
        Block::Paragraph(spans) => return paragraph(ui, spans),
        Block::Item(depth, sign, spans) => return item(ui, *depth, sign, spans),
        Block::Code(text) => code(ui, text),
        Block::Picture(name, about) => picture(ui, name, about, pictures),
    }
    None
}

fn heading(ui: &mut Ui, level: u8, text: &str) {
    let (above, font) = match level {
        1 => (0.0, fonts::semibold(size::TEXT_TITLE)),
        2 => (space::L, fonts::semibold(size::TEXT)),
        _ => (space::S, fonts::semibold(size::TEXT)),
    };
    ui.add_space(above);
    let label = ui.add(Label::new(RichText::new(text).font(font).color(theme::tokens(ui).text.primary)).wrap());
    label.widget_info(|| WidgetInfo::labeled(Role::Heading, true, text));
}

fn paragraph(ui: &mut Ui, spans: &[Span]) -> Option<String> {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, space::XXS);
        let mut clicked = None;
        for span in spans {
            if words(ui, span) {
                clicked.clone_from(&span.look.link);
            }
        }
        clicked
    })
    .inner
}

/// Draws a stretch of text. Returns whether it is a link that was clicked.
fn words(ui: &mut Ui, span: &Span) -> bool {
    let tokens = theme::tokens(ui);
    let (font, ink) = match span.look.kind {
        Kind::Plain => (fonts::regular(size::TEXT), tokens.text.secondary),
        Kind::Strong => (fonts::semibold(size::TEXT), tokens.text.primary),
        Kind::Name => (fonts::medium(size::TEXT), tokens.text.primary),
        Kind::Code => (fonts::mono(size::MONO), tokens.text.primary),
    };
    let mut text = RichText::new(&span.text).font(font).line_height(Some(LINE));
    if span.look.link.is_some() {
        let link = ui.add(Link::new(text));
        focus_ring(ui, &link, link.rect, radius::SMALL);
        return link.clicked();
    }
    text = text.color(ink);
    if span.look.kind == Kind::Code {
        text = text.background_color(tokens.surface.raised);
    }
    ui.label(text);
    false
}

fn item(ui: &mut Ui, depth: usize, sign: &str, spans: &[Span]) -> Option<String> {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(INDENT * depth as f32);
        let ink = theme::tokens(ui).text.muted;
        let (rect, _) = ui.allocate_exact_size(vec2(INDENT, LINE), Sense::hover());
        ui.painter().text(rect.left_center(), Align2::LEFT_CENTER, sign, fonts::medium(size::TEXT), ink);
        ui.vertical(|ui| paragraph(ui, spans)).inner
    })
    .inner
}

fn code(ui: &mut Ui, text: &str) {
    let tokens = theme::tokens(ui);
    let frame = Frame::new()
        .fill(tokens.surface.field)
        .stroke(Stroke::new(1.0, tokens.surface.line))
        .corner_radius(radius::CONTROL)
        .inner_margin(Margin::symmetric(12, 8));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(Label::new(RichText::new(text).font(fonts::mono(size::MONO)).color(tokens.text.primary)).wrap());
    });
}

fn picture(ui: &mut Ui, name: &str, about: &str, pictures: &mut Pictures) {
    let dark = ui.visuals().dark_mode;
    let Some(texture) = pictures.get(ui.ctx(), name, dark) else { return };
    let wanted = texture.size_vec2();
    let wanted = wanted * (ui.available_width() / wanted.x).min(1.0);
    let response: Response = ui.add(Image::new(texture).fit_to_exact_size(wanted).corner_radius(radius::CONTROL));
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, about));
    let line = Stroke::new(1.0, theme::tokens(ui).surface.line);
    ui.painter().rect_stroke(response.rect, radius::CONTROL, line, StrokeKind::Inside);
    ui.label(RichText::new(about).size(size::TEXT_SMALL).color(theme::tokens(ui).text.muted));
}
