//! Commands that change the draft: typing, the table, the lenses, undo and redo.

use super::Workbench;
use super::command::{DraftCommand, Part};
use super::effect::Effect;
use super::expiry::Expiry;
use super::history::{Step, TextChange};
use super::table;
use crate::jose::error::Problem;
use crate::jose::json::{self, Json, Kind, Serialization};
use crate::jose::jwa::Algorithm;
use crate::jose::text::{Edit, Position};

impl Workbench {
    pub(super) fn apply_draft(&mut self, command: DraftCommand) -> Vec<Effect> {
        match command {
            DraftCommand::Type(part, text) => self.type_text(part, &text),
            DraftCommand::Format(part) => self.rewrite(part, |json| json::format(json, 2)),
            DraftCommand::Minify(part) => self.rewrite(part, json::minify),
            DraftCommand::AddClaim => self.edit(Part::Claims, |json| {
                object(json).map(|root| json::insert(root, root.len(), &table::free_name(root), "\"\""))
            }),
            DraftCommand::RenameClaim(index, name) => self.edit(Part::Claims, |json| {
                let member = object(json)?.members().nth(index).ok_or_else(no_claim)?;
                Ok(json::rename(&member, &name))
            }),
            DraftCommand::SetClaim(index, value) => self.edit(Part::Claims, |json| {
                let member = object(json)?.members().nth(index).ok_or_else(no_claim)?;
                Json::parse(&value).map(|_| json::set_value(member.value, &value))
            }),
            DraftCommand::RemoveClaim(index) => {
                self.edit(Part::Claims, |json| object(json).map(|root| json::remove(root, index)))
            }
            DraftCommand::MoveClaim(from, to) => {
                self.edit(Part::Claims, |json| object(json).map(|root| json::move_member(root, from, to)))
            }
            DraftCommand::SetExpiry(expiry) => self.edit(Part::Claims, |json| Expiry::write(&expiry, json)),
            DraftCommand::SetAlgorithm(algorithm) => self.set_algorithm(algorithm),
            DraftCommand::SetHeaderText(name, text) => self.edit(Part::Header, |json| {
                let root = object(json)?;
                let set = || json::set_member(root, name, &json::quote(&text));
                Ok(if text.is_empty() { json::remove_all(root, name) } else { set() })
            }),
            DraftCommand::SetSerialization(serialization) => self.set_serialization(serialization),
            DraftCommand::RemoveSchema => self.set_schema(None),
            DraftCommand::AddVariable => self.add_variable(),
            DraftCommand::SetVariable { name, text, json } => self.set_variable(&name, text, json),
            DraftCommand::DescribeVariable(name, words) => self.describe_variable(&name, words),
            DraftCommand::RenameVariable(from, to) => self.rename_variable(&from, &to),
            DraftCommand::RemoveVariable(name) => self.remove_variable(&name),
            DraftCommand::Undo => self.undo(),
            DraftCommand::Redo => self.redo(),
            DraftCommand::MintAgain => {
                let effects = self.changed();
                self.pending.remember_next = Some(self.draft.revision());
                effects
            }
            DraftCommand::Fix(finding) => self.fix_draft(*finding),
            DraftCommand::Mute(finding) => {
                self.draft.muted.mute(&finding);
                self.refresh_findings();
                Vec::new()
            }
            DraftCommand::Unmute => {
                self.draft.muted.clear();
                self.refresh_findings();
                Vec::new()
            }
        }
    }

    fn type_text(&mut self, part: Part, text: &str) -> Vec<Effect> {
        let Some(change) = TextChange::between(part, self.draft.text(part), text) else { return Vec::new() };
        self.draft.change_text(&change);
        self.draft.history.record_typing(change.inverse(), self.now);
        self.changed()
    }

    pub(super) fn replace_text(&mut self, part: Part, text: &str) -> Vec<Effect> {
        let Some(change) = TextChange::between(part, self.draft.text(part), text) else { return Vec::new() };
        self.draft.change_text(&change);
        self.draft.history.record(Step::Text(change.inverse()));
        self.changed()
    }

    /// Changes a text by a minimal edit; says why when it cannot.
    fn edit(&mut self, part: Part, edit: impl FnOnce(&Json) -> Result<Edit, Problem>) -> Vec<Effect> {
        let text = self.draft.text(part);
        let edited = Json::parse(text)
            .map_err(|problem| broken(part, text, &problem))
            .and_then(|json| Ok(edit(&json)?.apply(text)));
        match edited {
            Ok(edited) => self.replace_text(part, &edited),
            Err(problem) => self.complain(problem),
        }
    }

    /// Gives a claim this value, as JSON text, or adds it at the end.
    pub(super) fn set_claim(&mut self, name: &str, value: &str) -> Vec<Effect> {
        self.edit(Part::Claims, |json| Ok(json::set_member(object(json)?, name, value)))
    }

    fn rewrite(&mut self, part: Part, write: impl FnOnce(&Json) -> String) -> Vec<Effect> {
        let text = self.draft.text(part);
        match Json::parse(text).map_err(|problem| broken(part, text, &problem)) {
            Ok(json) => self.replace_text(part, &write(&json)),
            Err(problem) => self.complain(problem),
        }
    }

    /// Sets `alg`. A header that is broken beyond an edit is kept; the notice says what to mend.
    pub(super) fn set_algorithm(&mut self, algorithm: Algorithm) -> Vec<Effect> {
        self.edit(Part::Header, |json| Ok(json::set_member(object(json)?, "alg", &json::quote(algorithm.name()))))
    }

    fn set_serialization(&mut self, serialization: Serialization) -> Vec<Effect> {
        if self.draft.template.serialization == serialization {
            return Vec::new();
        }
        let before = std::mem::replace(&mut self.draft.template.serialization, serialization);
        self.draft.history.record(Step::Serialization(before));
        self.changed()
    }

    fn undo(&mut self) -> Vec<Effect> {
        let Some(step) = self.draft.history.undo() else { return Vec::new() };
        let forth = self.take(step);
        self.draft.history.undid(forth);
        self.changed()
    }

    fn redo(&mut self) -> Vec<Effect> {
        let Some(step) = self.draft.history.redo() else { return Vec::new() };
        let back = self.take(step);
        self.draft.history.redid(back);
        self.changed()
    }

    /// Takes a step and returns the one that takes it back.
    fn take(&mut self, step: Step) -> Step {
        let template = &mut self.draft.template;
        match step {
            Step::Text(change) => {
                self.draft.change_text(&change);
                Step::Text(change.inverse())
            }
            Step::Serialization(serialization) => {
                Step::Serialization(std::mem::replace(&mut template.serialization, serialization))
            }
            Step::Variables(variables) => Step::Variables(std::mem::replace(&mut template.variables, variables)),
            Step::Schema(schema) => Step::Schema(std::mem::replace(&mut template.claims_schema, schema)),
            Step::Key(change) => Step::Key(self.keys.change(change)),
            Step::Encoding(secret, hint) => self.change_encoding(secret, hint),
            Step::Several(steps) => {
                let mut back: Vec<_> = steps.into_iter().map(|step| self.take(step)).collect();
                back.reverse();
                Step::Several(back)
            }
        }
    }
}

/// The root, when it has members.
fn object(json: &Json) -> Result<json::Value<'_>, Problem> {
    let root = json.root();
    if root.kind() == Kind::Object {
        return Ok(root);
    }
    Err(Problem::new("not-an-object", "This text is not a JSON object, so it has no members to change.")
        .help("Write it as { \"name\": value }."))
}

fn no_claim() -> Problem {
    Problem::new("no-claim", "That claim is no longer there.").help("Choose another claim.")
}

/// Why a text that is no JSON cannot be edited.
pub(super) fn broken(part: Part, text: &str, problem: &Problem) -> Problem {
    let name = match part {
        Part::Header => "header",
        Part::Claims => "claims",
    };
    let place = problem.span.map(|span| format!(" at {}", Position::of(text, span.start))).unwrap_or_default();
    Problem::new("broken-text", format!("The {name} text is broken{place}: {}", problem.message))
        .help(format!("Mend the {name} text first. {}", problem.help))
}
