//! Making a draft, variables or a schema of what other programs wrote. Nothing changes before the user has seen what would.

pub mod preview;

use std::path::PathBuf;

use self::preview::{Preview, VariablesPreview};
use super::Workbench;
use super::command::{FileCommand, Part};
use super::edits::broken;
use super::effect::Effect;
use super::file_stamp::FileStamp;
use super::history::Step;
use super::question::Question;
use super::variable_commands::too_many;
use crate::jose::error::Problem;
use crate::jose::json::Json;
use crate::jose::text::Position;
use crate::template::environment::Environment;
use crate::template::recognise::recognise;
use crate::template::relative::relative;
use crate::template::schema::Schema;

/// What the user wants to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportCommand {
    /// Ask for a file.
    Pick,
    /// Take in this text: a token, claims, an environment, a schema, a template or a key.
    Text(String),
    /// Show which fixed instants of the claims can become relative.
    RelativeTimes,
}

impl Workbench {
    pub(super) fn apply_import(&mut self, command: ImportCommand) -> Vec<Effect> {
        match command {
            ImportCommand::Pick => self.apply_file(FileCommand::Open),
            ImportCommand::Text(text) => {
                let opened = recognise(text.trim().as_bytes());
                // A text has no file: it is opened from nowhere.
                self.on_opened(
                    PathBuf::new(),
                    opened.map(|opened| (Box::new(opened), FileStamp { modified: 0, len: 0, inode: 0 })),
                )
            }
            ImportCommand::RelativeTimes => self.preview_times(),
        }
    }

    /// Holds the claims against this schema from now on, in one step of undo. A broken one changes nothing.
    pub(super) fn import_schema(&mut self, text: &str) -> Vec<Effect> {
        if let Err(problem) = Schema::compile(text) {
            let place = problem.span.map(|span| format!(" ({})", Position::of(text, span.start))).unwrap_or_default();
            let message = format!("{}{place}", problem.message.trim_end_matches('.'));
            return self.complain(Problem { message, ..problem });
        }
        self.notices.done("The claims are held against the schema from now on.", self.now);
        self.set_schema(Some(text.trim().to_owned()))
    }

    /// Sets or removes the schema of the claims.
    pub(super) fn set_schema(&mut self, schema: Option<String>) -> Vec<Effect> {
        if self.draft.template().claims_schema == schema {
            return Vec::new();
        }
        let before = std::mem::replace(&mut self.draft.template.claims_schema, schema);
        self.draft.history.record(Step::Schema(before));
        self.changed()
    }

    /// Shows what an environment would do to the variables.
    pub(super) fn preview_environment(&mut self, environment: Environment) -> Vec<Effect> {
        let preview = VariablesPreview::of(environment, &self.draft.template().variables);
        self.question = Some(Question::Import(Box::new(Preview::Variables(preview))));
        Vec::new()
    }

    fn preview_times(&mut self) -> Vec<Effect> {
        let text = self.draft.text(Part::Claims);
        let found = match Json::parse(text) {
            Ok(json) => relative(&json, self.clock()),
            Err(problem) => return self.complain(broken(Part::Claims, text, &problem)),
        };
        match found {
            Some((changes, edit)) => {
                let revision = self.draft.revision();
                self.question = Some(Question::Import(Box::new(Preview::Times { changes, edit, revision })));
                Vec::new()
            }
            None => self.complain(
                Problem::new("nothing-fixed", "There are no fixed times in the claims that could become relative.")
                    .help("Times are told from iat, nbf or auth_time. Choose a lifetime under Expiry."),
            ),
        }
    }

    /// Does what was shown, in one step of undo.
    pub(super) fn import(&mut self, preview: Preview) -> Vec<Effect> {
        match preview {
            Preview::Variables(preview) => self.import_variables(preview),
            Preview::Times { edit, revision, .. } if revision == self.draft.revision() => {
                let edited = edit.apply(self.draft.text(Part::Claims));
                self.replace_text(Part::Claims, &edited)
            }
            Preview::Times { .. } => Vec::new(),
        }
    }

    fn import_variables(&mut self, preview: VariablesPreview) -> Vec<Effect> {
        if let Some(problem) = too_many(self.draft.template().variables.len() + preview.added.len()) {
            return self.complain(problem);
        }
        let count = preview.added.len() + preview.changed.len();
        let effects = self.change_variables(|variables| {
            let changed = preview.changed.into_iter().map(|(name, _, variable)| (name, variable));
            for (name, variable) in preview.added.into_iter().chain(changed) {
                variables.insert(&name, variable);
            }
        });
        let words = if count == 1 { "variable" } else { "variables" };
        self.notices.done(format!("{count} {words} imported."), self.now);
        effects
    }
}
