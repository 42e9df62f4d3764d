//! Instants as they are typed and chosen by calendar: always in UTC.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, Timelike as _};
use eframe::egui::{Color32, Role, Stroke, Ui, WidgetInfo, vec2};
use egui_extras::DatePickerButton;

use super::theme::{icon, space};

/// The first second of the year 9999: the calendar shows the week behind a month, and knows no day after that year.
const CALENDAR_END: i64 = 253_370_764_800;

/// The forms of day and time that are read, by a clock of 24 hours and of 12.
const FORMS: [&str; 6] = [
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %I:%M:%S %p",
    "%Y-%m-%d %I:%M %p",
];

/// Reads an instant in UTC or with its offset, a day, or a NumericDate, as seconds since 1970 UTC.
pub(super) fn read(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(instant) = text.parse() {
        return Some(instant);
    }
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Some(instant.timestamp());
    }
    let plain = text.trim_end_matches("UTC").trim_end_matches('Z').trim();
    for form in FORMS {
        if let Ok(instant) = NaiveDateTime::parse_from_str(plain, form) {
            return Some(instant.and_utc().timestamp());
        }
    }
    let midnight = NaiveDate::parse_from_str(plain, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0)?;
    Some(midnight.and_utc().timestamp())
}

/// A calendar behind an icon. It changes the day and keeps the time of day; it opens at `now` where `instant` is too far
/// for it. Returns the instant that the user chooses.
pub(super) fn calendar(ui: &mut Ui, id_salt: &str, instant: i64, now: i64) -> Option<i64> {
    let shown = if (0..CALENDAR_END).contains(&instant) { instant } else { now.clamp(0, CALENDAR_END) };
    let before = DateTime::from_timestamp(shown, 0)?;
    let mut date = jiff_date(before.date_naive())?;
    let button = DatePickerButton::new(&mut date)
        .id_salt(id_salt)
        .show_icon(false)
        .format(icon::CALENDAR_BLANK)
        .arrows(false)
        .calendar_week(false)
        .highlight_weekends(false);
    let changed = ui.scope(|ui| {
        quiet_button(ui);
        let response = ui.add(button).on_hover_text("Choose the day");
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Choose the day"));
        response.changed()
    });
    if !changed.inner {
        return None;
    }
    let (year, month, day) = (i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs());
    let chosen = NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day))?;
    let time = before.time().with_nanosecond(0).unwrap_or_default();
    Some(chosen.and_time(time).and_utc().timestamp())
}

/// Makes the calendar's button look like an icon inside the field.
fn quiet_button(ui: &mut Ui) {
    ui.spacing_mut().button_padding = vec2(space::XS, 2.0);
    let widgets = &mut ui.visuals_mut().widgets;
    for visuals in [&mut widgets.inactive, &mut widgets.open] {
        visuals.weak_bg_fill = Color32::TRANSPARENT;
        visuals.bg_stroke = Stroke::NONE;
    }
}

fn jiff_date(date: NaiveDate) -> Option<jiff::civil::Date> {
    let year = i16::try_from(date.year()).ok()?;
    jiff::civil::Date::new(year, i8::try_from(date.month()).ok()?, i8::try_from(date.day()).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::instant::{Hours, InstantFormat};

    #[test]
    fn what_a_field_shows_is_read_back() {
        for hours in [Hours::H24, Hours::H12] {
            let format = InstantFormat { hours, ..InstantFormat::UTC };
            for instant in [0, 43_200, 1_795_285_752] {
                assert_eq!(read(&format.full(instant)), Some(instant), "{}", format.full(instant));
            }
        }
        assert_eq!(read("2026-11-21 6:29 pm"), read("2026-11-21 18:29"));
    }
}
