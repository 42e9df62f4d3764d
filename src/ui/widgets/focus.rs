//! The ring around what the keyboard acts on, and bringing that into view.

use eframe::egui::style::ScrollAnimation;
use eframe::egui::{Context, CornerRadius, Id, Rect, Response, Stroke, StrokeKind, Ui, vec2};

use crate::ui::theme::{space, tokens};

/// Draws the focus ring around `rect` if `response` has the keyboard, and brings it into view when it comes there.
pub fn focus_ring(ui: &Ui, response: &Response, rect: Rect, radius: u8) {
    if response.has_focus() {
        let stroke = Stroke::new(1.5, tokens(ui).accent.main);
        ui.painter().rect_stroke(rect, CornerRadius::same(radius), stroke, StrokeKind::Outside);
    }
    into_view(ui, response);
}

/// Frames after the keyboard has come to something, and what they are for: egui moves only the innermost of what scrolls,
/// a frame later. So the outer one moves first until the inner one can be seen, and again when that has moved.
const OUTER: [u8; 2] = [0, 4];
const INNER: u8 = 2;
const SETTLED: u8 = 6;

/// Scrolls what `response` stands in to it, when the keyboard has come to it.
pub(super) fn into_view(ui: &Ui, response: &Response) {
    let Some(frame) = frame(ui).filter(|_| response.has_focus()) else { return };
    let (rect, clip) = (response.rect, ui.clip_rect());
    if frame == INNER {
        show(ui, rect);
    } else if OUTER.contains(&frame) && clip.height() < rect.height() {
        // What scrolls here is out of view itself: as much of it is wanted as takes this.
        let wanted = Rect::from_min_size(clip.min, rect.size() + vec2(0.0, 2.0 * space::S));
        ui.data_mut(|data| data.insert_temp(wanted_of_outer(), wanted));
    }
}

/// The same for what has something in it that scrolls itself. To be called at the end of what is in it.
pub fn follow_keyboard(ui: &Ui) {
    let wanted: Option<Rect> = ui.data_mut(|data| {
        let wanted = data.get_temp(wanted_of_outer());
        data.remove::<Rect>(wanted_of_outer());
        wanted
    });
    if let Some(wanted) = wanted {
        ui.scroll_to_rect_animation(wanted, None, ScrollAnimation::none());
        return;
    }
    let focused =
        ui.memory(|memory| memory.focused()).filter(|_| frame(ui).is_some_and(|frame| OUTER.contains(&frame)));
    let place = focused.and_then(|focused| ui.ctx().read_response(focused)).map(|response| response.rect);
    if let Some(rect) = place.filter(|rect| ui.min_rect().contains(rect.center())) {
        show(ui, rect);
    }
}

fn show(ui: &Ui, rect: Rect) {
    let clip = ui.clip_rect();
    if rect.height() < clip.height() && !clip.contains_rect(rect) {
        ui.scroll_to_rect_animation(rect, None, ScrollAnimation::none());
    }
}

/// Notices where the keyboard is. To be called at the start of every frame.
pub fn watch_keyboard(ctx: &Context) {
    if ctx.current_pass_index() > 0 {
        return;
    }
    let focused = ctx.memory(|memory| memory.focused());
    let before: Option<(Option<Id>, u8)> = ctx.data(|data| data.get_temp(known()));
    let frames = match before {
        Some((last, frames)) if last == focused => frames.saturating_add(1).min(SETTLED),
        // What was clicked is in view enough, and shall not move from under the pointer.
        _ if ctx.input(|input| input.pointer.any_down() || input.pointer.any_released()) => SETTLED,
        _ => 0,
    };
    if frames < SETTLED && focused.is_some() {
        ctx.request_repaint();
    }
    ctx.data_mut(|data| data.insert_temp(known(), (focused, frames)));
}

/// How many frames ago the keyboard came to where it is.
fn frame(ui: &Ui) -> Option<u8> {
    let known: Option<(Option<Id>, u8)> = ui.data(|data| data.get_temp(known()));
    known.map(|(_, frames)| frames).filter(|_| !ui.ctx().will_discard())
}

fn wanted_of_outer() -> Id {
    Id::unique("what the keyboard needs of what scrolls")
}

fn known() -> Id {
    Id::unique("where the keyboard is")
}
