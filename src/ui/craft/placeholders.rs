//! What the editors of the draft know about placeholders and names: their colours, and what could be typed.

use crate::jose::claims;
use crate::jose::json;
use crate::jose::text::shown;
use crate::template::placeholder::Placeholder;
use crate::template::scan::Occurrence;
use crate::template::schema::Schema;
use crate::template::variables::{Variable, Variables};
use crate::ui::editor::{self, Choice, PlaceholderKind, Wanted};
use crate::workbench::Workbench;
use crate::workbench::command::Part;

/// The placeholders that are always there, and what they stand for.
const BUILT_IN: [(&str, &str); 5] = [
    ("now", "when the token is made"),
    ("now+30m", "30 minutes later"),
    ("uuid", "a new UUID for each token"),
    ("counter", "one more for each token"),
    ("random:16", "16 new random bytes"),
];

/// The placeholders of a text, each with what it means.
pub(super) fn coloured(occurrences: &[Occurrence], variables: &Variables) -> Vec<editor::Placeholder> {
    let kind = |occurrence: &Occurrence| match &occurrence.placeholder {
        Ok(Placeholder::Variable(name)) if variables.get(name).is_some() => PlaceholderKind::Variable,
        Ok(Placeholder::Variable(_)) | Err(_) => PlaceholderKind::Unknown,
        Ok(_) => PlaceholderKind::BuiltIn,
    };
    occurrences.iter().map(|found| editor::Placeholder { span: found.span, kind: kind(found) }).collect()
}

/// What could be typed in a text of the draft.
pub(super) fn choices(wanted: Wanted, part: Part, workbench: &Workbench) -> Vec<Choice> {
    match wanted {
        Wanted::Placeholder => {
            let variables = workbench.draft().template().variables.iter();
            let built_in = BUILT_IN.map(|(text, meaning)| Choice::new(text, meaning));
            variables.map(|(name, variable)| Choice::new(name, told(variable))).chain(built_in).collect()
        }
        Wanted::Name => names(part, workbench),
    }
}

/// A variable in a few words: its value, and what it is for.
fn told(variable: &Variable) -> String {
    if variable.description.is_empty() { shown(&variable.text) } else { variable.description.clone() }
}

/// The names that the text does not have yet: those of the schema first, then the registered ones.
fn names(part: Part, workbench: &Workbench) -> Vec<Choice> {
    let facts = workbench.facts();
    let (registered, text): (&[&str], _) = match part {
        Part::Header => (&claims::HEADER_PARAMETERS, &facts.header),
        Part::Claims => (&claims::REGISTERED, &facts.claims),
    };
    let root = text.as_ref().ok().map(|json| json.root());
    let is_free = |name: &str| root.is_none_or(|root| root.member(name).is_none());
    let choice = |name: &str, meaning: &str| {
        let literal = json::quote(name);
        Choice::new(literal.get(1..literal.len() - 1).unwrap_or_default(), meaning)
    };
    let schema = facts.schema.as_deref().and_then(|schema| schema.as_ref().ok()).filter(|_| part == Part::Claims);
    let properties = schema.map(Schema::properties).unwrap_or_default();
    let wanted = properties.iter().filter(|property| is_free(&property.name));
    let mut names: Vec<Choice> = wanted.map(|property| choice(&property.name, &property.meaning)).collect();
    let others = registered.iter().filter(|name| is_free(name) && properties.iter().all(|it| it.name != **name));
    names.extend(others.map(|name| choice(name, claims::meaning(name).unwrap_or_default())));
    names
}
