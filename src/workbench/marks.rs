//! What is told beside the claims text: the instants in it, and what its placeholders stand for.

use crate::jose::claims;
use crate::jose::instant::InstantFormat;
use crate::jose::json::{Json, Kind};
use crate::jose::text::shown;
use crate::template::duration;
use crate::template::placeholder::Placeholder;
use crate::template::scan::Occurrence;
use crate::template::variables::Variables;

/// What is told beside a value of the claims text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The byte after the value.
    pub offset: usize,
    /// What is told.
    pub note: Note,
}

/// See [`Mark`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The value is this instant, seconds since 1970 UTC.
    Time {
        /// Seconds since 1970 UTC.
        at: i64,
        /// Whether it lies ahead by nature (`exp`, `nbf`), so that its distance is worth telling.
        counts_down: bool,
    },
    /// What a placeholder stands for.
    Words(String),
}

impl Note {
    /// The note in words, at `now`; instants are told as `clock` says.
    pub fn words(&self, now: i64, clock: InstantFormat) -> String {
        match self {
            Self::Time { at, counts_down } => instant_words(*at, now, clock, *counts_down),
            Self::Words(words) => words.clone(),
        }
    }
}

/// Notes on plain NumericDates among the top-level claims, and on strings that are one placeholder.
pub fn marks(json: &Json, placeholders: &[Occurrence], variables: &Variables, now: i64) -> Vec<Mark> {
    let filled = placeholders.iter().filter_map(|occurrence| {
        let note = placeholder_note(occurrence.placeholder.as_ref().ok()?, variables, now)?;
        Some(Mark { offset: occurrence.whole?.end, note })
    });
    let mut marks: Vec<Mark> = filled.collect();
    if json.root().kind() == Kind::Object {
        marks.extend(json.root().members().filter(|member| claims::is_time(&member.name())).filter_map(|member| {
            let at = member.value.as_i64()?;
            let counts_down = matches!(member.name().as_ref(), "exp" | "nbf");
            Some(Mark { offset: member.value.span().end, note: Note::Time { at, counts_down } })
        }));
    }
    marks.sort_by_key(|mark| mark.offset);
    marks
}

fn placeholder_note(placeholder: &Placeholder, variables: &Variables, now: i64) -> Option<Note> {
    Some(match placeholder {
        Placeholder::Now { offset } => Note::Time { at: now.checked_add(*offset)?, counts_down: *offset != 0 },
        Placeholder::Uuid => Note::Words("a new UUID for each token".to_owned()),
        Placeholder::Counter { start } => Note::Words(format!("{start}, one more for each token of a run")),
        Placeholder::Random { bytes } => Note::Words(format!("{bytes} new random bytes for each token")),
        Placeholder::Variable(name) => Note::Words(shown(&variables.get(name)?.text)),
    })
}

/// The words for an instant, as shown beside it: `18:32:10 UTC, in 29:51`.
///
/// The day is left out when it is that of `now`.
pub fn instant_words(instant: i64, now: i64, clock: InstantFormat, with_distance: bool) -> String {
    let words = clock.near(instant, now);
    if with_distance { format!("{words}, {}", duration::relative(instant.saturating_sub(now))) } else { words }
}
