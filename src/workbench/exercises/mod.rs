//! Help > Exercises: five tasks that are done in the real editor and checked by the program.
//!
//! An exercise is solved by what the draft or a measurement is, never by which buttons were pressed. Nothing is checked
//! while the panel is closed.

mod checks;
pub mod commands;
pub mod drafts;
pub mod exercise;
pub mod form;
pub mod outcome;
pub mod progress;

use self::exercise::{Exercise, Start};
use self::form::{Form, Judgement};
use self::outcome::Outcome;
use super::keys::SecretInput;

/// The panel and the exercise in it.
#[derive(Debug, Default)]
pub struct Exercises {
    open: bool,
    chosen: Option<Exercise>,
    /// What the draft began as, and the revision it was born with.
    begun: Option<(Start, u64)>,
    answers: [Option<Judgement>; Form::ALL.len()],
    outcome: Outcome,
    /// What the rules say of the forms, once all are judged rightly.
    reasons: Vec<String>,
    /// What the outcome was made of.
    made_of: Option<MadeOf>,
    /// The user's own secret while that of an exercise takes its place.
    put_aside: Option<SecretInput>,
}

/// What an outcome follows from: it is made anew only when one of these changed.
#[derive(Clone, Debug, PartialEq)]
struct MadeOf {
    exercise: Exercise,
    revisions: (u64, u64),
    now: i64,
    begun: Option<(Start, u64)>,
    answers: [Option<Judgement>; Form::ALL.len()],
    /// The newest figures of logins, told by where they are, and whether more are being measured.
    figures: (usize, bool),
}

impl Exercises {
    /// Whether the panel is open.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// The exercise on show.
    pub fn chosen(&self) -> Option<Exercise> {
        self.chosen
    }

    /// Its checklist.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// What the user says of the forms, in their order.
    pub fn answers(&self) -> &[Option<Judgement>; Form::ALL.len()] {
        &self.answers
    }

    /// What the user says of a form.
    pub fn answer(&self, form: Form) -> Option<Judgement> {
        self.answers.get(form.place()).copied().flatten()
    }

    /// What the rules say of a form, once all four are judged rightly.
    pub fn reason(&self, form: Form) -> Option<&str> {
        self.reasons.get(form.place()).map(String::as_str)
    }

    /// Whether a secret of the user's waits to be put back.
    pub fn has_secret_put_aside(&self) -> bool {
        self.put_aside.is_some()
    }

    /// What the draft that was born with this revision began as.
    pub(super) fn start_of(&self, born: u64) -> Option<Start> {
        self.begun.filter(|(_, of)| *of == born).map(|(start, _)| start)
    }
}
