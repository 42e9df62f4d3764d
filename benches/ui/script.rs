//! What is typed into claims, and where.

use std::collections::VecDeque;
use std::time::Duration;

use crate::typist::Plan;

/// Letters typed into a value at each place.
const LETTERS: usize = 80;
/// Line breaks made and taken away again at each place.
const BREAKS: usize = 6;
/// What touches the whole text may take longer; the typist waits for it.
const REST: Duration = Duration::from_millis(1_500);

/// Some keys at one place of the text.
pub(crate) struct Step {
    pub(crate) name: String,
    /// Where the cursor is put before, a byte of the text; nowhere else than it is without.
    pub(crate) place: Option<usize>,
    pub(crate) plan: Plan,
    /// Whether the promise is about them: a letter, a line break; not the whole text at once.
    pub(crate) promised: bool,
}

/// All steps for claims with some `"https` values in them.
pub(crate) fn steps(text: &str, quick: bool) -> VecDeque<Step> {
    let (letters, breaks) = if quick { (4, 1) } else { (LETTERS, BREAKS) };
    let inside = |found: Option<usize>| found.map_or(0, |at| at + "\"https".len());
    let half = (text.len() / 2..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let middle = text[half..].find("\"https").map(|at| half + at);
    // What was typed before lies above.
    let places = [
        ("at the end", inside(text.rfind("\"https"))),
        ("in the middle", inside(middle)),
        ("at the start", inside(text.find("\"https"))),
    ];
    let mut steps = VecDeque::new();
    for (name, place) in places {
        let step = |what: &str, keys| Step {
            name: format!("{what} {name}"),
            place: Some(place),
            plan: Plan { keys, rest: Duration::ZERO },
            promised: true,
        };
        // A line break in a string is an error, told below the text until it is taken away with its indentation.
        let line = text[..place].rsplit('\n').next().unwrap_or_default();
        let indentation = line.len() - line.trim_start_matches(' ').len();
        let mut keys = vec!["Return", "x"];
        keys.extend(vec!["BackSpace"; 2 + indentation]);
        steps.push_back(step("Enter, Backspace", vec![keys; breaks].concat().into_iter().map(str::to_owned).collect()));
        steps.push_back(step("letters", vec!["x".to_owned(); letters]));
    }
    for (name, key) in [
        ("select all", "ctrl+a"),
        ("cut all", "ctrl+x"),
        ("paste all", "ctrl+v"),
        ("undo the paste", "ctrl+z"),
        ("undo the cut", "ctrl+z"),
    ] {
        let plan = Plan { keys: vec![key.to_owned()], rest: REST };
        steps.push_back(Step { name: name.to_owned(), place: None, plan, promised: false });
    }
    steps
}
