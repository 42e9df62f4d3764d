//! The one error type of the program: what went wrong, where, and what to do about it.

use super::text::{Position, Span, visible};

/// Something the user can mend: what is wrong, where it stands, and the next step.
///
/// Every layer speaks of failures with this type, so that the window, the command line and `--json` say the same
/// words. `Display` prints the message alone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    /// A stable, machine-readable name such as `json-syntax`.
    pub code: &'static str,
    /// What is wrong, in one sentence, in the words of the RFCs.
    pub message: String,
    /// The next step, in one sentence; empty only while the problem is being built.
    pub help: String,
    /// Where it is: bytes of the text concerned, when there is such a text.
    pub span: Option<Span>,
}

impl Problem {
    /// A problem without a place and without a next step yet; see [`Problem::help`] and [`Problem::at`].
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: String::new(), span: None }
    }

    /// Adds the next step.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Adds the place.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Spells the place out at the start of the message, for where the text itself is not shown: `a.json, 3:1: `.
    ///
    /// `name` is what the user knows the text as; what is no text has no lines and columns.
    #[must_use]
    pub fn placed(self, name: &str, text: Option<&str>) -> Self {
        let position = text.zip(self.span).map(|(text, span)| format!(", {}", Position::of(text, span.start)));
        let message = format!("{}{}: {}", visible(name), position.unwrap_or_default(), self.message);
        Self { message, span: None, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_spelled_out_where_there_is_one() {
        let problem = Problem::new("x", "Expected a value").at(Span::new(3, 4));
        assert_eq!(problem.clone().placed("a.json", Some("{\n \"")).message, "a.json, 2:2: Expected a value");
        assert_eq!(problem.placed("a.bin", None).message, "a.bin: Expected a value");
        assert_eq!(Problem::new("x", "Empty").placed("a.json", Some("")).message, "a.json: Empty");
    }
}
