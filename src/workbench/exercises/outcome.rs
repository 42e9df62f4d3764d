//! How far an exercise is.

/// One line of the checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is to be so, with the figures as they are now.
    pub text: String,
    /// Whether it is.
    pub done: bool,
}

/// The checklist of an exercise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Its lines, in the order to do them in.
    pub steps: Vec<Step>,
    /// How far it is, where that is not simply how many lines are so.
    pub(super) count: Option<String>,
}

impl Outcome {
    /// Adds a line.
    #[must_use]
    pub(super) fn step(mut self, text: impl Into<String>, done: bool) -> Self {
        self.steps.push(Step { text: text.into(), done });
        self
    }

    /// Whether every line is so.
    pub fn is_done(&self) -> bool {
        !self.steps.is_empty() && self.steps.iter().all(|step| step.done)
    }

    /// How far it is: "2 of 5 done".
    pub fn progress(&self) -> String {
        let done = self.steps.iter().filter(|step| step.done).count();
        self.count.clone().unwrap_or_else(|| format!("{done} of {} done", self.steps.len()))
    }
}
