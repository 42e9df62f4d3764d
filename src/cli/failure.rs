//! Why a command ends before its work is done, and how that is told.

use crate::jose::error::Problem;
use crate::jose::json;
use crate::jose::text::Position;

/// Why a command ends early.
#[derive(Debug)]
pub enum Stop {
    /// Something the user can mend.
    Failed(Box<Failure>),
    /// Nobody reads the output any more, as in `jwt-workbench mint --count 1000 | head`.
    Closed,
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(Box::new(failure))
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Failure::from(problem).into()
    }
}

/// A problem, and where it is in words and numbers.
#[derive(Debug)]
pub struct Failure {
    problem: Problem,
    place: Option<Place>,
}

#[derive(Debug)]
struct Place {
    text_name: String,
    position: Option<Position>,
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self { problem, place: None }
    }
}

impl Failure {
    /// A problem of `text`, which the user knows as `text_name`; its span, if it has one, is in there.
    pub fn in_text(problem: Problem, text: &str, text_name: &str) -> Self {
        let position = problem.span.map(|span| Position::of(text, span.start));
        Self { problem, place: Some(Place { text_name: text_name.to_owned(), position }) }
    }

    /// Three lines: what is wrong, where, and what to do.
    pub fn to_text(&self) -> String {
        let Self { problem: Problem { message, help, .. }, place } = self;
        let mut text = format!("error: {message}");
        match place {
            Some(Place { text_name, position: Some(position) }) => {
                text.push_str(&format!("\n  at {position} of {text_name}"));
            }
            Some(Place { text_name, position: None }) => text.push_str(&format!("\n  in {text_name}")),
            None => {}
        }
        if !help.is_empty() {
            text.push_str(&format!("\n  {help}"));
        }
        text
    }

    /// The same as one JSON object; `line` and `column` are null when there is no place.
    pub fn to_json(&self) -> String {
        let number = |number: Option<usize>| number.map_or_else(|| "null".to_owned(), |number| number.to_string());
        let position = self.place.as_ref().and_then(|place| place.position);
        format!(
            r#"{{"error":{{"code":{},"message":{},"help":{},"line":{},"column":{}}}}}"#,
            json::quote(self.problem.code),
            json::quote(&self.problem.message),
            json::quote(&self.problem.help),
            number(position.map(|position| position.line)),
            number(position.map(|position| position.column)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::text::Span;

    #[test]
    fn a_failure_says_what_where_and_what_to_do() {
        let problem = Problem::new("json-syntax", "Expected ','").help("Add one.").at(Span::new(3, 4));
        let failure = Failure::in_text(problem.clone(), "{\n  x", "the claims");
        assert_eq!(failure.to_text(), "error: Expected ','\n  at 2:2 of the claims\n  Add one.");
        assert_eq!(
            failure.to_json(),
            r#"{"error":{"code":"json-syntax","message":"Expected ','","help":"Add one.","line":2,"column":2}}"#
        );
        assert_eq!(Failure::from(problem).to_text(), "error: Expected ','\n  Add one.");
        let failure = Failure::in_text(Problem::new("key", "No key").help("Name one."), "", "key.pem");
        assert_eq!(failure.to_text(), "error: No key\n  in key.pem\n  Name one.");
    }
}
