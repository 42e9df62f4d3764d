//! The choice of the budget that sizes are held against, with a limit of one's own.

use eframe::egui::{Id, Ui};

use super::field::Field;
use super::select::{self, Entry};
use crate::measure::budget::Budget;

/// The limit of one's own that is offered first, in bytes.
const OWN: u32 = 2_000;
/// Width of the field for that limit, in points.
const FIELD: f32 = 104.0;

/// A selector within a line of text, with a field for the bytes of a limit of one's own. Returns what the user chooses
/// instead of `current`.
pub fn choose_quiet(ui: &mut Ui, name: &str, current: Budget) -> Option<Budget> {
    // In a line that is filled from the right the field stands to the right of what it belongs to, too.
    if ui.layout().prefer_right_to_left() {
        let typed = choose_limit(ui, current);
        return select_quiet(ui, name, current).or(typed);
    }
    let chosen = select_quiet(ui, name, current);
    choose_limit(ui, current).or(chosen)
}

/// [`choose_quiet`] as a field of `width`.
pub fn choose(ui: &mut Ui, name: &str, current: Budget, width: f32) -> Option<Budget> {
    let chosen = select::choose(ui, name, current, &entries(current), width);
    choose_limit(ui, current).or(chosen)
}

/// The selector of [`choose_quiet`] alone; [`choose_limit`] belongs to it.
pub fn select_quiet(ui: &mut Ui, name: &str, current: Budget) -> Option<Budget> {
    select::choose_quiet(ui, name, current, &entries(current))
}

/// The field for the bytes of a limit of one's own; nothing for the other budgets.
pub fn choose_limit(ui: &mut Ui, current: Budget) -> Option<Budget> {
    match current {
        Budget::Own(bytes) => limit(ui, bytes).map(Budget::Own),
        _ => None,
    }
}

fn entries(current: Budget) -> Vec<Entry<'static, Budget>> {
    let own = if let Budget::Own(bytes) = current { bytes } else { OWN };
    let named = Budget::ALL.iter().map(|budget| (*budget, budget.label(), budget.explanation()));
    let own = Budget::Own(own);
    named.chain([(own, "Own limit…", own.explanation())]).collect()
}

/// The bytes of the limit. What is no number stays in the field, marked, and changes nothing.
fn limit(ui: &mut Ui, bytes: u32) -> Option<u32> {
    let id = Id::unique((ui.scope_id(), "own limit"));
    let kept: Option<(u32, String)> = ui.data(|data| data.get_temp(id));
    let mut text = kept.filter(|(of, _)| *of == bytes).map_or_else(|| bytes.to_string(), |(_, text)| text);
    let wrong = |text: &str| read(text).is_none().then_some("A whole number of bytes, 1 or more");
    let error = wrong(&text);
    let response = Field::new("Own limit", &mut text).error(error).width(FIELD).show_with(ui, |ui| {
        ui.label("bytes");
    });
    if response.lost_focus() {
        ui.data_mut(|data| data.remove::<(u32, String)>(id));
        return None;
    }
    if !response.changed() {
        return None;
    }
    let read = read(&text);
    ui.data_mut(|data| data.insert_temp(id, (read.unwrap_or(bytes), text)));
    read.filter(|read| *read != bytes)
}

/// The bytes that a text stands for; thousands may be separated.
fn read(text: &str) -> Option<u32> {
    let digits: String = text.chars().filter(|char| !matches!(char, ',' | ' ')).collect();
    digits.parse().ok().filter(|bytes| *bytes > 0)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_limit_is_a_whole_number_above_0() {
        assert_eq!(read("2000"), Some(2_000));
        assert_eq!(read("16,384"), Some(16_384));
        for wrong in ["", "0", "-1", "1.5", "4096 bytes", "4294967296"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
