//! What becomes of an opened file: a template and claims take the place of the draft, a token is inspected, a key goes
//! to the key ring, a comparison takes the place of the one there is.

use std::path::{Path, PathBuf};

use super::Workbench;
use super::command::FileCommand;
use super::draft::Draft;
use super::effect::{Effect, Origin};
use super::file_stamp::FileStamp;
use super::key_ring::KeyOrigin;
use super::question::Question;
use crate::jose::error::Problem;
use crate::template::file::TemplateFile;
use crate::template::recognise::Opened;

impl Workbench {
    pub(super) fn on_opened(
        &mut self,
        path: PathBuf,
        opened: Result<(Box<Opened>, FileStamp), Problem>,
    ) -> Vec<Effect> {
        let revision = self.draft.revision();
        let replaceable =
            self.filing.replaceable.take_if(|(file, _)| *file == path).is_some_and(|(_, of)| of == revision);
        match opened {
            Ok((opened, stamp)) if self.comparison.is_unsaved() && matches!(*opened, Opened::Comparison(_)) => {
                self.filing.opened = Some((path, *opened, stamp));
                self.question = Some(Question::UnsavedComparison { then: FileCommand::TakeOpened });
                Vec::new()
            }
            Ok((opened, stamp))
                if self.draft.is_unsaved()
                    && !replaceable
                    && !matches!(
                        *opened,
                        Opened::Key(_)
                            | Opened::Token(_)
                            | Opened::Comparison(_)
                            | Opened::Environment(_)
                            | Opened::Schema(_)
                    ) =>
            {
                // A key, a token, a comparison, variables and a schema drop nothing of the draft; the rest takes its place, so the user is asked first.
                self.filing.opened = Some((path, *opened, stamp));
                self.question = Some(Question::Unsaved { then: FileCommand::TakeOpened });
                Vec::new()
            }
            Ok((opened, stamp)) => self.take_opened(path, *opened, stamp),
            Err(problem) => {
                let gone = problem.code == FILE_MISSING;
                self.notices.error(problem, self.now);
                if gone { self.apply_file(FileCommand::ForgetRecent(path)) } else { Vec::new() }
            }
        }
    }

    pub(super) fn take_opened(&mut self, path: PathBuf, opened: Opened, stamp: FileStamp) -> Vec<Effect> {
        match opened {
            // What was pasted has no file.
            Opened::Template(template) if path.as_os_str().is_empty() => self.begin(template, None),
            Opened::Template(template) => {
                self.settings.remember_file(&path);
                let mut effects = self.begin(template, Some(Origin { path, stamp: Some(stamp) }));
                effects.push(self.save_settings());
                effects
            }
            Opened::Comparison(file) => self.take_comparison(path, file, stamp),
            Opened::Claims(claims) => {
                let mut template = self.settings.new_drafts.template();
                template.claims = claims;
                template.name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
                let help = "Save it to keep it as a template.";
                self.notices.info("Bare claims opened as a new draft.", help, None, self.now);
                let mut effects = self.begin(template, None);
                effects.extend(self.generate_for_new_draft());
                effects
            }
            Opened::Environment(environment) => self.preview_environment(environment),
            Opened::Schema(schema) => self.import_schema(&schema),
            Opened::Token(token) => self.inspect(token),
            Opened::Key(key) => self.read_key(KeyOrigin::File(file_name(&path)), key),
        }
    }

    /// Starts a new draft as the settings say, and has the key generated that it needs.
    pub(super) fn begin_new(&mut self) -> Vec<Effect> {
        let mut effects = self.begin(self.settings.new_drafts.template(), None);
        effects.extend(self.generate_for_new_draft());
        effects
    }

    /// Starts a new draft. Keys stay; the encoding hint of the template is followed.
    pub(super) fn begin(&mut self, template: TemplateFile, origin: Option<Origin>) -> Vec<Effect> {
        let mut effects = self.put_secret_back();
        if let Some(encoding) = template.key.secret_encoding {
            self.keys.rewrite_secret(encoding);
        }
        self.filing.next_save = None;
        let revision = self.draft.revision();
        self.notices.drop_offers();
        self.draft = Draft::new(template, origin.clone(), revision);
        effects.extend(self.changed());
        effects.push(Effect::Watch(origin));
        effects
    }
}

/// The code of the problem "there is no such file".
const FILE_MISSING: &str = "file-missing";

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
