//! How the window looks: colours, measures, fonts, and egui's own widgets dressed in them.
//!
//! Colours live in `assets/theme-dark.json` and `assets/theme-light.json` and nowhere else; code asks [`tokens`] for them.

#[cfg(test)]
mod contrast;
mod font_edits;
pub mod fonts;
pub mod icon;
pub mod measures;
mod missing;
mod style;
mod tokens;

pub use self::tokens::{Accent, Part, Series, Status, Surface, Syntax, Text, Tokens};
pub use measures::{radius, size, space};

use eframe::egui;
use eframe::egui::style::ScrollAnimation;

use crate::workbench::settings::Theme;

/// Fonts and both appearances. Call once, before the first frame.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts::definitions());
    ctx.set_style_of(egui::Theme::Dark, style::style(Tokens::dark(), egui::Theme::Dark));
    ctx.set_style_of(egui::Theme::Light, style::style(Tokens::light(), egui::Theme::Light));
}

/// Characters that no font has, nor one of the system, are shown by their code points. Call once, for a window that
/// people look at: tests rather fail on a character that is missing.
pub fn spell_missing(ctx: &egui::Context) {
    ctx.add_glyph_rasterizer(missing::rasterizer());
}

/// Switches the window to `theme`. Needs [`install`] before it.
pub fn apply(ctx: &egui::Context, theme: Theme) {
    ctx.set_theme(match theme {
        Theme::System => egui::ThemePreference::System,
        Theme::Light => egui::ThemePreference::Light,
        Theme::Dark => egui::ThemePreference::Dark,
    });
}

/// Lets things move, or not: opening and fading, scrolling to a place, turning signs.
pub fn set_motion(ctx: &egui::Context, moves: bool) {
    if moves == is_moving(&ctx.global_style()) {
        return;
    }
    ctx.all_styles_mut(|style| {
        style.animation_time = if moves { style::ANIMATION } else { 0.0 };
        style.scroll_animation = if moves { ScrollAnimation::default() } else { ScrollAnimation::none() };
    });
}

/// Whether things may move by themselves.
#[must_use]
pub fn is_moving(style: &egui::Style) -> bool {
    style.animation_time > 0.0
}

/// The colours of the appearance that `ui` is drawn in.
#[must_use]
pub fn tokens(ui: &egui::Ui) -> &'static Tokens {
    tokens_of(ui.visuals())
}

/// The colours of an appearance.
pub fn tokens_of(visuals: &egui::Visuals) -> &'static Tokens {
    if visuals.dark_mode { Tokens::dark() } else { Tokens::light() }
}
