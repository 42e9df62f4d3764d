//! A field for a number within a range, with its caption above it. What is typed counts when the field is left.

use eframe::egui::{Layout, RichText, Ui, vec2};

use crate::jose::text::grouped;
use crate::ui::theme::{size, space, tokens};
use crate::ui::widgets::field::Field;

/// Width of a field, and height of a field with its caption.
const WIDTH: f32 = 148.0;
const HEIGHT: f32 = 47.0;

/// What is being typed: the name of the field, and the text.
#[derive(Debug, Default)]
pub(super) struct Numbers(Option<(&'static str, String)>);

/// A number: what it is, in which range, and what it is now.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    /// What it is; read out and written above the field.
    pub(super) name: &'static str,
    /// What it means.
    pub(super) tip: &'static str,
    /// The least and the greatest.
    pub(super) range: (f64, f64),
    /// What stands behind the number.
    pub(super) unit: &'static str,
    /// The present one.
    pub(super) value: f64,
    /// How it is written.
    pub(super) notation: Notation,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    /// A whole number of things, with separators of thousands.
    Count,
    /// A whole number that names something.
    Name,
    /// With digits behind the point.
    Measure,
}

impl Numbers {
    /// Draws a field with its caption above; returns the number when another one was typed, kept in its range.
    pub(super) fn captioned(&mut self, ui: &mut Ui, number: Number) -> Option<f64> {
        let layout = Layout::top_down(eframe::egui::Align::Min);
        let shown = ui.allocate_ui_with_layout(vec2(WIDTH, HEIGHT), layout, |ui| {
            ui.spacing_mut().item_spacing.y = space::XXS;
            ui.label(RichText::new(number.name).size(size::TEXT_SMALL).color(tokens(ui).text.secondary))
                .on_hover_text(number.tip);
            self.bare(ui, number, WIDTH)
        });
        shown.inner
    }

    /// Draws the field alone; what is typed counts with every key, as far as it is in the range.
    pub(super) fn live(&mut self, ui: &mut Ui, number: Number, width: f32) -> Option<f64> {
        self.bare(ui, number, width).or_else(|| {
            let (_, typed) = self.0.as_ref().filter(|(name, _)| *name == number.name)?;
            let (least, most) = number.range;
            read(typed).filter(|value| *value != number.value && (least..=most).contains(value))
        })
    }

    /// Draws the field alone.
    pub(super) fn bare(&mut self, ui: &mut Ui, number: Number, width: f32) -> Option<f64> {
        let now = written(number.value, number.notation);
        let typed = self.0.as_ref().filter(|(name, _)| *name == number.name).map(|(_, text)| text.clone());
        let mut text = typed.clone().unwrap_or_else(|| now.clone());
        let problem = typed.as_ref().and_then(|typed| problem(typed, number));
        let unit = RichText::new(number.unit).size(size::TEXT_SMALL).color(tokens(ui).text.muted);
        let field = Field::new(number.name, &mut text).width(width).error(problem.as_deref());
        let response = field.show_with(ui, |ui| {
            if !number.unit.is_empty() {
                ui.label(unit);
            }
        });
        if response.has_focus() {
            self.0 = Some((number.name, text));
            return None;
        }
        let left = self.0.take_if(|(name, _)| *name == number.name)?.1;
        let value = read(if response.changed() { &text } else { &left })?;
        let value = if number.notation == Notation::Measure { value } else { value.round() }
            .clamp(number.range.0, number.range.1);
        (written(value, number.notation) != now).then_some(value)
    }
}

fn written(value: f64, notation: Notation) -> String {
    match notation {
        Notation::Count => grouped(value as u64),
        Notation::Name => format!("{value:.0}"),
        Notation::Measure => format!("{value}"),
    }
}

/// The number in a text; separators of thousands may stand in it.
fn read(text: &str) -> Option<f64> {
    let digits: String = text.chars().filter(|char| !matches!(char, ',' | ' ' | '_')).collect();
    digits.parse().ok().filter(|value: &f64| value.is_finite())
}

fn problem(text: &str, number: Number) -> Option<String> {
    let (least, most) = number.range;
    let is_in = read(text).is_some_and(|value| (least..=most).contains(&value));
    let written = |value: f64| if value.fract() == 0.0 { written(value, number.notation) } else { value.to_string() };
    (!is_in).then(|| format!("A number from {} to {}.", written(least), written(most)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_their_separators() {
        assert_eq!(
            ["2,000", " 40 ", "0.4", "many", "1e400"].map(read),
            [Some(2_000.0), Some(40.0), Some(0.4), None, None]
        );
    }

    #[test]
    fn what_is_out_of_range_is_told() {
        let number =
            Number { name: "Seconds", tip: "", range: (1.0, 600.0), unit: "s", value: 3.0, notation: Notation::Count };
        assert_eq!(problem("3", number), None);
        assert_eq!(problem("601", number).as_deref(), Some("A number from 1 to 600."));
    }
}
