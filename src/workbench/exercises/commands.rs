//! What the user asks of the exercises.

use std::sync::Arc;

use super::exercise::{Exercise, Start};
use super::form::Form;
use super::progress::Mark;
use super::{Exercises, MadeOf, checks, drafts};
use crate::jose::json::Serialization;
use crate::jose::jwa::Algorithm;
use crate::jose::secret::{Secret, SecretEncoding};
use crate::workbench::Workbench;
use crate::workbench::bench::Bench;
use crate::workbench::command::{DraftCommand, ExerciseCommand, FileCommand, KeyCommand, Part};
use crate::workbench::effect::Effect;
use crate::workbench::expiry::Expiry;
use crate::workbench::keys::SecretInput;
use crate::workbench::page::Page;

/// Bits of the secret that the first exercise asks for.
const SECRET_BITS: usize = 256;

impl Workbench {
    /// The exercises.
    pub fn exercises(&self) -> &Exercises {
        &self.exercises
    }

    /// Whether an exercise was solved, or its hint or solution read.
    pub fn has_mark(&self, exercise: Exercise, mark: Mark) -> bool {
        self.settings.exercises.contains(&mark.text(exercise))
    }

    /// What the draft began as, if an exercise began it.
    pub fn exercise_of_draft(&self) -> Option<Start> {
        self.exercises.start_of(self.draft.born())
    }

    pub(in crate::workbench) fn apply_exercise(&mut self, command: ExerciseCommand) -> Vec<Effect> {
        match command {
            ExerciseCommand::Open => {
                self.exercises.open = true;
                let unsolved = || Exercise::ALL.into_iter().find(|it| !self.has_mark(*it, Mark::Solved));
                let chosen = self.exercises.chosen.or_else(unsolved).unwrap_or(Exercise::FirstToken);
                self.exercises.chosen = Some(chosen);
                Vec::new()
            }
            ExerciseCommand::Close => {
                self.exercises.open = false;
                Vec::new()
            }
            ExerciseCommand::Choose(exercise) => {
                self.exercises.chosen = Some(exercise);
                Vec::new()
            }
            ExerciseCommand::Start(start) => self.apply_file(FileCommand::StartExercise(start)),
            ExerciseCommand::ShowHint(exercise) => self.mark(exercise, Mark::Hint),
            ExerciseCommand::ShowSolution(exercise) => self.mark(exercise, Mark::Solution),
            ExerciseCommand::Answer(form, judgement) => {
                if let Some(answer) = self.exercises.answers.get_mut(form.place()) {
                    *answer = Some(judgement);
                }
                Vec::new()
            }
            ExerciseCommand::DoIt(exercise) => self.do_exercise(exercise),
            ExerciseCommand::PutSecretBack => self.put_secret_back(),
            ExerciseCommand::ResetProgress => {
                self.exercises.answers = Default::default();
                self.settings.exercises.clear();
                vec![self.save_settings()]
            }
        }
    }

    /// Takes the draft that an exercise begins with, after the user was asked about the one there is.
    pub(in crate::workbench) fn begin_exercise(&mut self, start: Start) -> Vec<Effect> {
        let Some(template) = drafts::draft(start) else { return Vec::new() };
        let mut effects = self.begin(template, None);
        self.exercises.begun = Some((start, self.draft.born()));
        self.exercises.chosen = Some(start.exercise);
        self.settings.page = Page::Craft;
        if start == Start::from(Exercise::Mistakes) {
            let secret = SecretInput { text: Secret::from(drafts::SECRET.to_owned()), encoding: SecretEncoding::Utf8 };
            self.exercises.put_aside = Some(self.keys.change_secret(secret));
            effects.extend(self.changed());
        }
        effects
    }

    /// Puts the user's own secret back in place of that of an exercise.
    pub(in crate::workbench) fn put_secret_back(&mut self) -> Vec<Effect> {
        let Some(own) = self.exercises.put_aside.take() else { return Vec::new() };
        self.keys.change_secret(own);
        self.changed()
    }

    /// Checks the exercise on show, and remembers when it is solved. To be called after everything that happens.
    pub(in crate::workbench) fn check_exercise(&mut self) -> Vec<Effect> {
        let Some(exercise) = self.exercises.chosen.filter(|_| self.exercises.open) else { return Vec::new() };
        let login = self.bench.figures(Bench::Login);
        let made_of = MadeOf {
            exercise,
            revisions: (self.draft.revision(), self.facts.revision),
            now: self.now,
            begun: self.exercises.begun,
            answers: self.exercises.answers,
            figures: (
                login.map_or(0, |figures| Arc::as_ptr(figures).addr()),
                self.bench.running().is_some_and(|running| running.bench == Bench::Login),
            ),
        };
        if self.exercises.made_of.as_ref() != Some(&made_of) {
            self.exercises.outcome = checks::check(exercise, self);
            self.exercises.reasons = checks::reasons(self);
            self.exercises.made_of = Some(made_of);
        }
        if self.exercises.outcome.is_done() { self.mark(exercise, Mark::Solved) } else { Vec::new() }
    }

    fn mark(&mut self, exercise: Exercise, mark: Mark) -> Vec<Effect> {
        if self.has_mark(exercise, mark) {
            return Vec::new();
        }
        self.settings.exercises.push(mark.text(exercise));
        vec![self.save_settings()]
    }

    /// Does what the solution says, to the draft of the exercise and to no other. Each change is a step of undo.
    fn do_exercise(&mut self, exercise: Exercise) -> Vec<Effect> {
        if exercise == Exercise::Expiry {
            self.exercises.answers = Form::ALL.map(|form| Some(form.judged(self.now)));
        }
        if self.exercise_of_draft() != Some(Start::from(exercise)) {
            return Vec::new();
        }
        match exercise {
            Exercise::FirstToken => {
                let mut effects = self.replace_text(Part::Claims, drafts::FIRST);
                effects.extend(self.set_algorithm(Algorithm::HS256));
                let is_weak = self.facts.findings.iter().any(|finding| matches!(finding.id, "K01" | "K02"));
                if is_weak || self.keys.decoded_secret().map_or(true, |key| key.bits() < SECRET_BITS) {
                    effects.extend(self.apply_key(KeyCommand::GenerateSecret));
                }
                effects
            }
            Exercise::Expiry => self.apply_draft(DraftCommand::SetExpiry(Expiry::Relative(1_800))),
            Exercise::Minimal => {
                let claims = drafts::minimal_claims().unwrap_or_default();
                let mut effects = self.replace_text(Part::Claims, &claims);
                effects.extend(self.apply_draft(DraftCommand::SetSerialization(Serialization::Compact)));
                effects
            }
            Exercise::Mistakes => {
                let mut effects = self.replace_text(Part::Claims, drafts::MENDED);
                let text = Secret::from(drafts::SECRET.to_owned());
                effects.extend(self.record_encoding(SecretInput { text, encoding: drafts::SECRET_IS }));
                effects
            }
            Exercise::Blocking => Vec::new(),
        }
    }
}
