//! A workbench with the real edge below it, but without a window: files and keys are real, time stands still.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jwt_workbench::jobs::Jobs;
use jwt_workbench::jobs::settings_store::SettingsStore;
use jwt_workbench::jose::jwa::KeyKind;
use jwt_workbench::jose::secret::{Secret, SecretEncoding};
use jwt_workbench::template::default::default_template;
use jwt_workbench::template::file::TemplateFile;
use jwt_workbench::workbench::Workbench;
use jwt_workbench::workbench::command::{Command, DraftCommand, FileCommand, KeyCommand, Part};
use jwt_workbench::workbench::effect::{Effect, Event, Pick};
use jwt_workbench::workbench::facts::{Blocked, Inputs, Minted, SignerCache, derive};
use jwt_workbench::workbench::notice::{Notice, NoticeKind};
use jwt_workbench::workbench::settings::Settings;

use crate::check_plain;

pub(crate) const NOW: i64 = 1_795_284_752;
pub(crate) const SECRET: &str = "0123456789abcdef0123456789abcdef0123456789A";

pub(crate) struct Desk {
    pub(crate) workbench: Workbench,
    pub(crate) now: i64,
    /// Effects that nobody runs here, oldest first.
    pub(crate) left: Vec<Effect>,
    /// Whether saves are among the effects that nobody runs.
    pub(crate) holds_saves: bool,
    /// Whether facts wait for [`Desk::finish_deriving`].
    pub(crate) holds_facts: bool,
    signers: SignerCache,
    jobs: Jobs,
    /// Answers that are still to come.
    waiting: usize,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self::with(default_template())
    }

    pub(crate) fn with(template: TemplateFile) -> Self {
        let secret = Secret::from(SECRET.to_owned());
        let (workbench, effects) = Workbench::new(template, secret, Settings::default(), NOW);
        let jobs = Jobs::new(SettingsStore::nowhere(), || ());
        let signers = SignerCache::default();
        let mut desk = Self {
            workbench,
            now: NOW,
            left: Vec::new(),
            holds_saves: false,
            holds_facts: false,
            signers,
            jobs,
            waiting: 0,
        };
        desk.run(effects);
        desk
    }

    fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Derive(_) if self.holds_facts => self.left.push(effect),
                Effect::Derive(inputs) => self.derive(&inputs),
                Effect::Save { .. } if self.holds_saves => self.left.push(effect),
                Effect::Open(_)
                | Effect::OpenKey(_)
                | Effect::Save { .. }
                | Effect::WriteKey { .. }
                | Effect::GenerateKey { .. } => {
                    self.waiting += 1;
                    assert!(self.jobs.run(effect).is_none());
                }
                Effect::GenerateSecret { .. } | Effect::Read(_) => {
                    let event = self.jobs.run(effect).unwrap();
                    self.event(event);
                }
                other => self.left.push(other),
            }
        }
    }

    fn derive(&mut self, inputs: &Inputs) {
        let facts = derive(inputs, &mut self.signers, &mut |buffer| buffer.fill(7));
        self.event(Event::Derived(Box::new(facts)));
    }

    /// Derives the newest facts that were asked for, as the thread does.
    pub(crate) fn finish_deriving(&mut self) {
        let place = self.left.iter().rposition(|effect| matches!(effect, Effect::Derive(_)));
        if let Some(Effect::Derive(inputs)) = place.map(|place| self.left.remove(place)) {
            self.derive(&inputs);
        }
    }

    pub(crate) fn event(&mut self, event: Event) {
        let effects = self.workbench.on_event(event, self.now);
        self.run(effects);
    }

    /// Does it, without waiting for what happens elsewhere. A minute passes, so that no two edits become one step.
    pub(crate) fn start(&mut self, command: Command) -> &mut Self {
        self.now += 60;
        let effects = self.workbench.apply(command, self.now);
        self.run(effects);
        self
    }

    /// Does it and waits for all that comes of it.
    pub(crate) fn apply(&mut self, command: Command) -> &mut Self {
        self.start(command);
        self.wait();
        self
    }

    pub(crate) fn wait(&mut self) {
        let started = Instant::now();
        while self.waiting > 0 {
            assert!(started.elapsed() < Duration::from_secs(20), "an answer never came");
            match self.jobs.poll() {
                Some(event) => {
                    let answer = !matches!(event, Event::ChangedOnDisk(_));
                    self.waiting -= usize::from(answer);
                    self.event(event);
                }
                None => std::thread::sleep(Duration::from_millis(1)),
            }
        }
    }

    pub(crate) fn draft(&mut self, command: DraftCommand) -> &mut Self {
        self.apply(Command::Draft(command))
    }

    pub(crate) fn file(&mut self, command: FileCommand) -> &mut Self {
        self.apply(Command::File(command))
    }

    pub(crate) fn key(&mut self, command: KeyCommand) -> &mut Self {
        self.apply(Command::Key(command))
    }

    pub(crate) fn type_text(&mut self, part: Part, text: &str) -> &mut Self {
        self.draft(DraftCommand::Type(part, text.to_owned()))
    }

    pub(crate) fn open(&mut self, path: &Path) -> &mut Self {
        self.file(FileCommand::OpenPath(path.to_owned()))
    }

    pub(crate) fn save_as(&mut self, path: &Path) -> &mut Self {
        self.picked(Pick::SaveAs, path)
    }

    pub(crate) fn picked(&mut self, pick: Pick, path: &Path) -> &mut Self {
        self.event(Event::Picked(pick, Some(path.to_owned())));
        self.wait();
        self
    }

    pub(crate) fn claims(&self) -> &str {
        self.workbench.draft().text(Part::Claims)
    }

    #[track_caller]
    pub(crate) fn minted(&self) -> &Arc<Minted> {
        self.workbench.minted().unwrap_or_else(|| panic!("no token: {:?}", self.blocked().problem))
    }

    #[track_caller]
    pub(crate) fn blocked(&self) -> &Blocked {
        self.workbench.facts().outcome.as_ref().unwrap_err()
    }

    #[track_caller]
    pub(crate) fn payload(&self) -> &str {
        self.minted().claims.text()
    }

    /// The newest notice, which must be an error in plain words with a next step.
    #[track_caller]
    pub(crate) fn complaint(&self) -> &Notice {
        let notice = self.workbench.notices().list().last().expect("nothing was said");
        assert_eq!(notice.kind, NoticeKind::Error, "{notice:?}");
        check_plain(&notice.text);
        check_plain(&notice.help);
        notice
    }

    /// The newest notice that is no error, in plain words.
    #[track_caller]
    pub(crate) fn news(&self) -> &Notice {
        let notice = self.workbench.notices().list().last().expect("nothing was said");
        assert_ne!(notice.kind, NoticeKind::Error, "{notice:?}");
        check_plain(&notice.text);
        notice
    }

    /// Everything of the user's that no failure may touch.
    pub(crate) fn belongings(&self) -> Belongings {
        let draft = self.workbench.draft();
        let secret = self.workbench.keys().secret();
        Belongings {
            template: draft.template().clone(),
            unsaved: draft.is_unsaved(),
            history: (draft.history().can_undo(), draft.history().can_redo()),
            path: draft.path().map(Path::to_owned),
            secret: (secret.text.as_str().unwrap().to_owned(), secret.encoding),
            keys: [KeyKind::Rsa, KeyKind::P256, KeyKind::P384, KeyKind::P521, KeyKind::Ed25519].map(|kind| {
                self.workbench.keys().pair(kind).map(|key| format!("{} {}", key.describe(), key.thumbprint().unwrap()))
            }),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Belongings {
    pub(crate) template: TemplateFile,
    pub(crate) unsaved: bool,
    history: (bool, bool),
    pub(crate) path: Option<PathBuf>,
    pub(crate) secret: (String, SecretEncoding),
    pub(crate) keys: [Option<String>; 5],
}

impl Belongings {
    pub(crate) fn template_text(&self, part: Part) -> &str {
        match part {
            Part::Header => &self.template.header,
            Part::Claims => &self.template.claims,
        }
    }
}
