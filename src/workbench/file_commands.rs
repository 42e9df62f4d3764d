//! Commands about files: new, open, save, close, and the questions between.

use std::path::{Path, PathBuf};

use super::Workbench;
use super::command::{Answer, FileCommand, KeyCommand};
use super::draft::Draft;
use super::effect::{Effect, Origin, Pick, SaveFailure};
use super::file_stamp::FileStamp;
use super::question::{Offer, Question};
use crate::jose::base64url;
use crate::jose::error::Problem;
use crate::jose::secret::Secret;
use crate::template::default::default_template;
use crate::template::file::TemplateFile;
use crate::template::gallery::EXAMPLES;
use crate::template::recognise::Opened;
use crate::template::scan::escape;

impl Workbench {
    pub(super) fn apply_file(&mut self, command: FileCommand) -> Vec<Effect> {
        match command {
            FileCommand::New | FileCommand::NewFromExample(_) | FileCommand::Reload | FileCommand::Quit
                if self.draft.is_unsaved() =>
            {
                self.question = Some(Question::Unsaved { then: command });
                Vec::new()
            }
            FileCommand::Answer(answer) => self.answer(answer),
            FileCommand::AnswerPath(path) => self.answer_path(path),
            other => self.apply_file_now(other),
        }
    }

    /// Does it without asking about unsaved changes.
    fn apply_file_now(&mut self, command: FileCommand) -> Vec<Effect> {
        match command {
            FileCommand::New => self.begin(default_template(), None),
            FileCommand::NewFromExample(file_name) => {
                let example = EXAMPLES.iter().find(|example| example.file_name == file_name);
                example
                    .and_then(|example| example.template().ok())
                    .map(|template| self.begin(template, None))
                    .unwrap_or_default()
            }
            FileCommand::Open => vec![self.pick(Pick::Open)],
            FileCommand::OpenPath(path) => vec![Effect::Open(path)],
            FileCommand::Save => match self.draft.path() {
                Some(path) => self.save_to(path.to_owned()),
                None => vec![self.pick(Pick::SaveAs)],
            },
            FileCommand::SaveAs => vec![self.pick(Pick::SaveAs)],
            FileCommand::Reload => {
                self.notices.drop_offers();
                self.draft.path().map(|path| Effect::Open(path.to_owned())).into_iter().collect()
            }
            FileCommand::TakeOpened => match self.opened.take() {
                Some((path, opened, stamp)) => self.take_opened(path, opened, stamp),
                None => Vec::new(),
            },
            FileCommand::Quit => vec![Effect::Quit],
            FileCommand::ForgetRecent(path) => {
                self.settings.forget_file(&path);
                vec![Effect::SaveSettings(Box::new(self.settings.clone()))]
            }
            FileCommand::Answer(_) | FileCommand::AnswerPath(_) => Vec::new(),
        }
    }

    fn answer(&mut self, answer: Answer) -> Vec<Effect> {
        match (self.question.take(), answer) {
            (Some(Question::Unsaved { then }), Answer::Save) => {
                self.after_save = Some(then);
                self.apply_file_now(FileCommand::Save)
            }
            (Some(Question::Unsaved { then }), Answer::Discard) => self.apply_file_now(then),
            (Some(Question::Changed { path }), Answer::Save) => self.write(path, None),
            (Some(Question::Changed { path }), Answer::Discard) => {
                self.after_save = None;
                vec![Effect::Open(path)]
            }
            (_, _) => {
                self.after_save = None;
                Vec::new()
            }
        }
    }

    fn answer_path(&mut self, path: PathBuf) -> Vec<Effect> {
        match self.question.take() {
            Some(Question::Path { pick, .. }) => self.on_picked(pick, Some(path)),
            other => {
                self.question = other;
                Vec::new()
            }
        }
    }

    /// Asks for a path, beginning beside the draft's file.
    pub(super) fn pick(&self, pick: Pick) -> Effect {
        let folder = self.draft.path().and_then(Path::parent).map(Path::to_owned).unwrap_or_default();
        let start = match pick {
            Pick::SaveAs => folder.join(self.draft.suggested_file_name()),
            Pick::ExportKey(export) => folder.join(export.file_name()),
            Pick::Open | Pick::Key => folder,
        };
        Effect::Pick(pick, start)
    }

    pub(super) fn on_picked(&mut self, pick: Pick, path: Option<PathBuf>) -> Vec<Effect> {
        let Some(path) = path else {
            self.after_save = None;
            return Vec::new();
        };
        match pick {
            Pick::Open => self.apply_file(FileCommand::OpenPath(path)),
            Pick::Key => vec![Effect::Open(path)],
            Pick::SaveAs => self.save_to(path),
            Pick::ExportKey(export) => match self.exported(export) {
                Ok(text) => vec![Effect::WriteKey { path, text }],
                Err(problem) => {
                    self.notices.error(problem, self.now);
                    Vec::new()
                }
            },
        }
    }

    pub(super) fn on_opened(
        &mut self,
        path: PathBuf,
        opened: Result<(Box<Opened>, FileStamp), Problem>,
    ) -> Vec<Effect> {
        match opened {
            Ok((opened, stamp)) if self.draft.is_unsaved() && !matches!(*opened, Opened::Key(_)) => {
                // A key drops nothing of the draft; everything else takes its place, so the user is asked first.
                self.opened = Some((path, *opened, stamp));
                self.question = Some(Question::Unsaved { then: FileCommand::TakeOpened });
                Vec::new()
            }
            Ok((opened, stamp)) => self.take_opened(path, *opened, stamp),
            Err(problem) => {
                self.settings.forget_file(&path);
                self.notices.error(problem, self.now);
                Vec::new()
            }
        }
    }

    fn take_opened(&mut self, path: PathBuf, opened: Opened, stamp: FileStamp) -> Vec<Effect> {
        match opened {
            Opened::Template(template) => {
                self.settings.remember_file(&path);
                let mut effects = self.begin(template, Some(Origin { path, stamp: Some(stamp) }));
                effects.push(Effect::SaveSettings(Box::new(self.settings.clone())));
                effects
            }
            Opened::Claims(claims) => {
                let mut template = default_template();
                template.claims = claims;
                template.name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
                let help = "Save it to keep it as a template.";
                self.notices.info("Bare claims opened as a new draft.", help, None, self.now);
                self.begin(template, None)
            }
            Opened::Token(token) => self.open_token(&token),
            Opened::Key(key) => self.paste_key(key),
        }
    }

    fn paste_key(&mut self, key: Secret) -> Vec<Effect> {
        self.apply_key(KeyCommand::Paste(key))
    }

    /// A token becomes a draft of its header and claims, byte for byte. It is not verified.
    fn open_token(&mut self, token: &str) -> Vec<Effect> {
        let mut parts = token.trim().split('.').map(|part| String::from_utf8(base64url::decode(part).ok()?).ok());
        let (Some(Some(header)), Some(Some(claims))) = (parts.next(), parts.next()) else {
            let problem = Problem::new("token-unreadable", "The token in this file cannot be decoded.")
                .help("Check that the file holds one whole signed token.");
            self.notices.error(problem, self.now);
            return Vec::new();
        };
        let mut template = default_template();
        template.name = "From a token".to_owned();
        template.header = escape(&header).into_owned();
        template.claims = escape(&claims).into_owned();
        self.notices.info(
            "Header and claims were taken from the token.",
            "Its signature was not checked; the draft is signed with your own key.",
            None,
            self.now,
        );
        self.begin(template, None)
    }

    pub(super) fn on_saved(&mut self, path: PathBuf, outcome: Result<FileStamp, SaveFailure>) -> Vec<Effect> {
        match outcome {
            Ok(stamp) => {
                self.draft.saved_as(path.clone(), stamp);
                self.notices.drop_offers();
                self.notices.done(format!("Saved to {}.", path.display()), self.now);
                self.settings.remember_file(&path);
                let mut effects = vec![
                    Effect::Watch(self.draft.origin().cloned()),
                    Effect::SaveSettings(Box::new(self.settings.clone())),
                ];
                if let Some(then) = self.after_save.take() {
                    effects.extend(self.apply_file(then));
                }
                effects
            }
            Err(SaveFailure::Changed) => {
                self.question = Some(Question::Changed { path });
                Vec::new()
            }
            Err(SaveFailure::Problem(problem)) => {
                self.after_save = None;
                self.notices.error(problem, self.now);
                Vec::new()
            }
        }
    }

    pub(super) fn on_changed_on_disk(&mut self, origin: &Origin) {
        // A save of our own is reported, too; it is known by its stamp.
        if self.draft.path() != Some(origin.path.as_path()) || self.draft.origin() == Some(origin) {
            return;
        }
        let help = if self.draft.is_unsaved() {
            "Reloading drops your unsaved changes; saving asks first."
        } else {
            "Reload to see the change."
        };
        let what = if origin.stamp.is_some() { "changed" } else { "removed" };
        let offer = origin.stamp.map(|_| Offer::Reload);
        self.notices.info(format!("{} was {what} by another program.", self.draft.title()), help, offer, self.now);
    }

    /// Saves, unless the file is the draft's own and changed since. At another path the dialog has asked already.
    fn save_to(&mut self, path: PathBuf) -> Vec<Effect> {
        let known = self.draft.origin().filter(|origin| origin.path == path).and_then(|origin| origin.stamp);
        self.write(path, known)
    }

    fn write(&mut self, path: PathBuf, known: Option<FileStamp>) -> Vec<Effect> {
        match self.draft.template().to_text() {
            Ok(text) => {
                self.draft.saving();
                vec![Effect::Save { path, text, known }]
            }
            Err(problem) => {
                self.after_save = None;
                self.notices.error(problem, self.now);
                Vec::new()
            }
        }
    }

    /// Starts a new draft. Keys stay; the encoding hint of the template is followed.
    fn begin(&mut self, template: TemplateFile, origin: Option<Origin>) -> Vec<Effect> {
        if let Some(encoding) = template.key.secret_encoding {
            let mut secret = self.keys.secret().clone();
            secret.encoding = encoding;
            self.keys.change(super::keys::KeyChange::Secret(secret));
        }
        let revision = self.draft.revision();
        self.notices.drop_offers();
        self.draft = Draft::new(template, origin.clone(), revision);
        let mut effects = self.changed();
        effects.push(Effect::Watch(origin));
        effects
    }
}
