//! egui's own widgets in the colours and measures of this program.

use std::collections::BTreeMap;

use eframe::egui::{
    self, Color32, CornerRadius, FontId, Margin, Shadow, Stroke, Style, TextStyle, Visuals,
    style::{ScrollStyle, Selection, TextCursorStyle, WidgetVisuals, Widgets},
    vec2,
};

use super::{Tokens, fonts, radius, size, space};

/// How long things take to open and to fade, in seconds.
pub(super) const ANIMATION: f32 = 0.1;

/// The whole style of one appearance.
pub(super) fn style(tokens: &Tokens, base: egui::Theme) -> Style {
    let mut style = Style { text_styles: text_styles(), visuals: visuals(tokens, base), ..base.default_style() };
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(space::S, space::S);
    spacing.button_padding = vec2(space::S, space::XS);
    // Lines are as high as a field, so that text beside one shares its middle.
    spacing.interact_size = vec2(size::BUTTON, size::FIELD);
    spacing.menu_margin = Margin::same(4);
    spacing.menu_spacing = space::XXS;
    spacing.window_margin = Margin::same(16);
    spacing.icon_width = space::L;
    spacing.icon_width_inner = 9.0;
    spacing.icon_spacing = space::S;
    spacing.combo_height = 360.0;
    spacing.tooltip_width = 360.0;
    spacing.scroll = scroll();
    style.interaction.tooltip_delay = 0.4;
    style.animation_time = ANIMATION;
    style.always_scroll_the_only_direction = true;
    style
}

fn text_styles() -> BTreeMap<TextStyle, FontId> {
    [
        (TextStyle::Small, fonts::regular(size::TEXT_SMALL)),
        (TextStyle::Body, fonts::regular(size::TEXT)),
        (TextStyle::Button, fonts::medium(size::TEXT)),
        (TextStyle::Heading, fonts::semibold(size::TEXT_TITLE)),
        (TextStyle::Monospace, fonts::mono(size::MONO)),
    ]
    .into()
}

fn scroll() -> ScrollStyle {
    ScrollStyle {
        bar_width: 8.0,
        floating_width: 4.0,
        floating_allocated_width: 0.0,
        bar_inner_margin: 2.0,
        bar_outer_margin: 2.0,
        handle_min_length: 24.0,
        ..ScrollStyle::floating()
    }
}

fn visuals(tokens: &Tokens, base: egui::Theme) -> Visuals {
    let Tokens { surface, text, accent, status, .. } = tokens;
    let shadow = |alpha| Shadow { offset: [0, 6], blur: 18, spread: 0, color: Color32::from_black_alpha(alpha) };
    let dark = base == egui::Theme::Dark;
    Visuals {
        weak_text_color: Some(text.muted),
        widgets: widgets(tokens),
        selection: Selection { bg_fill: accent.selection, stroke: Stroke::new(1.0, accent.hover) },
        hyperlink_color: accent.main,
        faint_bg_color: surface.raised.gamma_multiply(0.5),
        extreme_bg_color: surface.field,
        text_edit_bg_color: Some(surface.field),
        code_bg_color: surface.raised,
        warn_fg_color: status.warning,
        error_fg_color: status.error,
        window_corner_radius: CornerRadius::same(radius::CARD),
        window_shadow: shadow(if dark { 120 } else { 40 }),
        window_fill: surface.panel,
        window_stroke: Stroke::new(1.0, surface.line_strong),
        menu_corner_radius: CornerRadius::same(radius::CARD),
        panel_fill: surface.window,
        popup_shadow: shadow(if dark { 110 } else { 36 }),
        // A cursor that blinks repaints an idle window twice a second.
        text_cursor: TextCursorStyle {
            stroke: Stroke::new(1.5, accent.main),
            blink: false,
            ..TextCursorStyle::default()
        },
        indent_has_left_vline: false,
        slider_trailing_fill: true,
        handle_shape: egui::style::HandleShape::Circle,
        ..base.default_visuals()
    }
}

fn widgets(tokens: &Tokens) -> Widgets {
    let Tokens { surface, text, accent, .. } = tokens;
    let look = |fill: Color32, line: Color32, letters: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, line),
        corner_radius: CornerRadius::same(radius::CONTROL),
        fg_stroke: Stroke::new(1.0, letters),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: look(surface.panel, surface.line, text.primary),
        inactive: look(surface.raised, surface.line_field, text.primary),
        hovered: look(surface.hover, surface.line_field, text.primary),
        active: look(surface.hover, accent.main, text.primary),
        open: look(surface.hover, surface.line_strong, text.primary),
    }
}
