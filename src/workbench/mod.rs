//! What the program knows, without a window: [`Command`] in, [`Effect`] out, [`Event`] back.
//!
//! The workbench holds the draft, the keys, the derived facts and the settings. It touches no file, thread, clock or
//! random source: it asks for those with effects and takes time as a value.

pub mod activity;
pub mod bench;
mod bench_commands;
mod bench_inputs;
pub mod bulk;
pub mod command;
pub mod compare;
pub mod copying;
pub mod draft;
pub mod draft_export;
pub mod edits;
pub mod effect;
pub mod exercises;
pub mod expiry;
mod exporting;
pub mod facts;
pub mod file_commands;
pub mod file_stamp;
pub mod file_task;
mod filing;
pub mod fixing;
pub mod history;
pub mod importing;
pub mod inspect_commands;
pub mod inspection;
pub mod kept_draft;
pub mod key_commands;
pub mod key_ring;
pub mod keys;
pub mod library;
pub mod login;
mod login_commands;
pub mod marks;
pub mod minted_tokens;
pub mod muted;
mod naming;
pub mod notice;
pub mod opening;
pub mod page;
mod pending;
pub mod question;
pub mod reading;
pub mod recovery;
pub mod ring_commands;
pub mod runs;
pub mod runs_file;
pub mod runs_merge;
pub mod saving;
pub mod settings;
pub mod table;
pub mod timing;
pub mod variable_commands;

use std::sync::Arc;

use self::bench::BenchState;
use self::bulk::BulkState;
use self::command::{Command, TimingCommand, ViewCommand};
use self::compare::Comparison;
use self::draft::Draft;
use self::effect::{Effect, Event, Over};
use self::exercises::Exercises;
use self::facts::{Facts, Inputs, KeyChoice, Minted};
use self::filing::Filing;
use self::inspection::Inspection;
use self::key_commands::Generation;
use self::keys::{Keys, SecretInput};
use self::library::Library;
use self::login::LoginState;
use self::minted_tokens::MintedTokens;
use self::muted::Shown;
use self::notice::{Cause, Notices};
use self::pending::Pending;
use self::question::Question;
use self::recovery::Recovery;
use self::runs::Runs;
use self::settings::{Keeping, Motion, Settings};
use self::timing::{LONG, QUIET, SHORT, SampleInputs, TimingState};
use crate::jose::json::Json;
use crate::jose::jwa::KeyKind;
use crate::jose::secret::{Secret, SecretEncoding};
use crate::measure::variant::Variant;
use crate::template::file::TemplateFile;

/// The state of the program.
#[derive(Debug)]
pub struct Workbench {
    draft: Draft,
    keys: Keys,
    facts: Facts,
    last_good: Option<Arc<Minted>>,
    timing: TimingState,
    question: Option<Question>,
    filing: Filing,
    pending: Pending,
    notices: Notices,
    settings: Settings,
    inspection: Inspection,
    comparison: Comparison,
    bench: BenchState,
    runs: Runs,
    login: LoginState,
    exercises: Exercises,
    bulk: BulkState,
    /// Whether the desktop asks for less motion.
    reduces_motion: bool,
    library: Library,
    minted_tokens: MintedTokens,
    recovery: Recovery,
    /// What was found about the draft.
    findings: Shown,
    keeping: Keeping,
    /// How far this computer's time zone is ahead of UTC at an instant, in seconds.
    local_offset: fn(i64) -> i32,
    now: i64,
}

impl Workbench {
    /// A workbench with a draft of `template`, and the effects that show it. `secret` is UTF-8 text.
    pub fn new(template: TemplateFile, secret: Secret, settings: Settings, now: i64) -> (Self, Vec<Effect>) {
        let secret = SecretInput { text: secret, encoding: SecretEncoding::Utf8 };
        let library = Library::new(settings.library.open);
        let mut workbench = Self {
            draft: Draft::new(template, None, 1),
            keys: Keys::new(secret),
            facts: Facts::none(),
            last_good: None,
            timing: TimingState::default(),
            question: None,
            filing: Filing::default(),
            pending: Pending::default(),
            notices: Notices::default(),
            settings,
            inspection: Inspection::default(),
            comparison: Comparison::default(),
            bench: BenchState::default(),
            runs: Runs::default(),
            login: LoginState::default(),
            exercises: Exercises::default(),
            bulk: BulkState::default(),
            reduces_motion: false,
            library,
            minted_tokens: MintedTokens::default(),
            recovery: Recovery::default(),
            findings: Shown::default(),
            keeping: Keeping::default(),
            local_offset: |_| 0,
            now,
        };
        let mut effects = vec![workbench.derive()];
        effects.extend(workbench.generate_for_new_draft());
        effects.extend(workbench.follow_library());
        (workbench, effects)
    }

    /// The draft.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// The secret and the key pairs.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The facts of the draft; those of an earlier revision while long texts are being derived.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Whether the facts are those of the text as it is now.
    pub fn is_settled(&self) -> bool {
        self.facts.revision == self.draft.revision()
    }

    /// The token of the draft, when the draft as it is can be signed.
    pub fn minted(&self) -> Option<&Arc<Minted>> {
        self.facts.outcome.as_ref().ok()
    }

    /// The newest token there was, and whether it is still that of the draft.
    pub fn last_good(&self) -> Option<(&Arc<Minted>, bool)> {
        self.last_good.as_ref().map(|minted| (minted, self.facts.outcome.is_ok()))
    }

    /// The measurement.
    pub fn timing(&self) -> &TimingState {
        &self.timing
    }

    /// The key generation that is running.
    pub fn generation(&self) -> Option<&Generation> {
        self.pending.generation.as_ref()
    }

    /// The open question.
    pub fn question(&self) -> Option<&Question> {
        self.question.as_ref()
    }

    /// The notices.
    pub fn notices(&self) -> &Notices {
        &self.notices
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The token under inspection.
    pub fn inspection(&self) -> &Inspection {
        &self.inspection
    }

    /// The variants side by side.
    pub fn comparison(&self) -> &Comparison {
        &self.comparison
    }

    /// What is measured for the Compare and Timing pages.
    pub fn bench(&self) -> &BenchState {
        &self.bench
    }

    /// The measurements that were kept.
    pub fn runs(&self) -> &Runs {
        &self.runs
    }

    /// What was found about the draft.
    pub fn findings(&self) -> &Shown {
        &self.findings
    }

    /// The instant of the last thing that happened, or of the last tick of the clock, seconds since 1970 UTC.
    pub fn now(&self) -> i64 {
        self.now
    }

    /// Does what the user asked for at `now`, and says what is to be done elsewhere.
    pub fn apply(&mut self, command: Command, now: i64) -> Vec<Effect> {
        self.now = now;
        let (revision, newest) = (self.draft.revision(), self.notices.next());
        let cause = matches!(command, Command::Draft(_)).then_some(Cause::Draft);
        let mut effects: Vec<_> = self.drop_hint(&command).into_iter().collect();
        effects.extend(self.obey(command));
        if self.draft.revision() != revision {
            self.notices.retried(Cause::Draft);
        }
        self.follow_up(cause, newest, &mut effects);
        effects
    }

    fn obey(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::Draft(command) => self.apply_draft(command),
            Command::Key(command) => self.apply_key(command),
            Command::File(command) => self.apply_file(command),
            Command::Timing(command) => self.apply_timing(command),
            Command::Inspect(command) => self.apply_inspect(command),
            Command::Compare(command) => self.apply_compare(command),
            Command::Bench(command) => self.apply_bench(command),
            Command::Login(command) => self.apply_login(command),
            Command::Exercise(command) => self.apply_exercise(command),
            Command::Bulk(command) => self.apply_bulk(command),
            Command::Library(command) => self.apply_library(command),
            Command::Import(command) => self.apply_import(command),
            Command::Minted(command) => self.apply_minted(command),
            Command::Recovery(command) => self.apply_recovery(command),
            Command::Settings(command) => self.apply_settings(command),
            Command::Copy(what) => self.apply_copy(what),
            Command::View(command) => self.apply_view(command),
        }
    }

    /// Takes in what came of an effect at `now`.
    pub fn on_event(&mut self, event: Event, now: i64) -> Vec<Effect> {
        self.now = now;
        let newest = self.notices.next();
        let cause = match &event {
            Event::Copied(..) => Some(Cause::Copy),
            other => self.filing.tasks.end(other).map(Cause::File),
        };
        let mut effects = self.hear(event, now);
        self.follow_up(cause, newest, &mut effects);
        effects
    }

    /// What follows from everything that happens. Errors told from the notice `newest` on have that `cause`, and those of
    /// an earlier attempt go as soon as there is a new one.
    fn follow_up(&mut self, cause: Option<Cause>, newest: u64, effects: &mut Vec<Effect>) {
        if let Some(cause) = cause {
            self.notices.are_of(cause, newest);
        }
        effects.extend(self.check_exercise());
        self.keep_draft(effects);
        for task in self.filing.tasks.begin(effects) {
            self.notices.retried(Cause::File(task));
        }
        if effects.iter().any(|effect| matches!(effect, Effect::Copy { .. })) {
            self.notices.retried(Cause::Copy);
        }
    }

    fn hear(&mut self, event: Event, now: i64) -> Vec<Effect> {
        match event {
            Event::Derived(facts) => return self.on_derived(*facts),
            Event::Sampled { revision, timing, progress } => self.timing.sampled(revision, timing, progress),
            Event::SampleFailed { revision, problem } => {
                if revision == self.draft.revision() {
                    self.timing.failed(problem);
                }
            }
            Event::VariantDerived(id, revision, facts) => return self.on_variant_derived(id, revision, facts),
            Event::LoginServer(heard) => return self.on_login_server(heard),
            Event::Benched { ticket, figures, progress } => return self.on_benched(ticket, figures, progress),
            Event::BenchFailed { ticket, problem } => self.on_bench_failed(ticket, problem),
            Event::Exported(path, outcome) => self.on_exported(&path, outcome),
            Event::RunsLoaded(runs) => self.runs.load(runs),
            Event::VariantOpened(path, opened) => return self.on_variant_opened(&path, opened),
            Event::ComparisonSaved(path, outcome) => return self.on_comparison_saved(&path, outcome),
            Event::Bulk(event) => return self.on_bulk(event),
            Event::Library(event) => return self.on_library(event),
            Event::Recovery(event) => return self.on_recovery(event),
            Event::SecretGenerated(secret) => return self.on_secret(secret),
            Event::KeyGenerated { ticket, key } => return self.on_key_generated(ticket, key),
            Event::Read(revision, reading) => return self.on_read(revision, reading),
            Event::Diagnosing { ticket, attempts } => self.on_diagnosing(ticket, attempts),
            Event::Diagnosed { ticket, diagnosis } => self.on_diagnosed(ticket, diagnosis),
            Event::KeyDecrypted { ticket, key } => return self.on_decrypted(ticket, key),
            Event::Clipboard(text) => return self.on_clipboard(text),
            Event::Picked(pick, path) => return self.on_picked(pick, path, Over::Anything),
            Event::PickUnavailable(pick, suggestion) => self.question = Some(Question::Path { pick, suggestion }),
            Event::Opened(path, opened) => return self.on_opened(path, opened),
            Event::Saved(path, outcome) => return self.on_saved(&path, outcome),
            Event::KeyWritten(path, outcome) => self.on_key_written(&path, outcome),
            Event::ChangedOnDisk(origin) => self.on_changed_on_disk(&origin),
            Event::Copied(what, outcome) => self.on_copied(what, outcome),
            Event::SettingsSaved(outcome) => self.on_settings_saved(outcome),
            Event::MotionReduced => self.reduces_motion = true,
            Event::Failed(problem) => self.notices.error(problem, now),
        }
        Vec::new()
    }

    /// Lets time pass: notices go, verdicts and findings that depend on the instant are made anew. Returns whether
    /// notices went.
    pub fn tick(&mut self, now: i64) -> bool {
        if std::mem::replace(&mut self.now, now) != now {
            self.refresh_findings();
            if self.inspection.follows_the_clock() {
                self.judge();
            }
            // What is solved stays so without being saved at once: the next thing that happens does that.
            self.check_exercise();
        }
        self.notices.expire(now)
    }

    /// What the facts of the draft as it is now follow from.
    pub fn inputs(&self) -> Inputs {
        let template = self.draft.template();
        Inputs {
            revision: self.draft.revision(),
            header: template.header.clone(),
            claims: template.claims.clone(),
            serialization: template.serialization,
            variables: template.variables.clone(),
            schema: template.claims_schema.as_deref().map(Arc::from),
            key: self.key_choice(),
            typed: self
                .algorithm()
                .is_some_and(|algorithm| algorithm.key_kind() == KeyKind::Secret)
                .then(|| self.keys.secret().clone()),
            now: self.now,
        }
    }

    fn key_choice(&self) -> KeyChoice {
        let header = Json::parse(&self.draft.template().header);
        let Ok(algorithm) = header.and_then(|header| facts::algorithm_of(&header)) else {
            return KeyChoice::NoAlgorithm;
        };
        match self.keys.for_algorithm(algorithm) {
            Some(Ok(key)) => KeyChoice::Held(key),
            Some(Err(problem)) => KeyChoice::Unreadable(problem),
            None => KeyChoice::Missing(algorithm.key_kind()),
        }
    }

    fn derive(&self) -> Effect {
        Effect::Derive(Box::new(self.inputs()))
    }

    /// To be called after every change of the draft or its key.
    fn changed(&mut self) -> Vec<Effect> {
        self.draft.touch();
        let mut effects = vec![self.derive()];
        if self.timing.progress().is_some() {
            self.timing.stopped();
            effects.push(Effect::StopSampling);
        }
        effects
    }

    fn on_derived(&mut self, facts: Facts) -> Vec<Effect> {
        if facts.revision < self.facts.revision || facts.revision > self.draft.revision() {
            return Vec::new();
        }
        self.facts = facts;
        self.refresh_findings();
        self.remember_what_was_minted_anew();
        let mut effects = self.copy_what_waits();
        effects.extend(self.draft_was_derived());
        effects.extend(self.preview_many());
        let Ok(minted) = &self.facts.outcome else {
            effects.push(Effect::StopSampling);
            return effects;
        };
        self.last_good = Some(Arc::clone(minted));
        effects.extend(self.sample_inputs().map(|inputs| Effect::Sample { inputs, delay: QUIET, length: SHORT }));
        effects
    }

    /// What is measured: the draft as it is now, so that there is nothing while it is being derived.
    fn sample_inputs(&self) -> Option<SampleInputs> {
        let minted = self.minted().filter(|_| self.is_settled())?;
        let KeyChoice::Held(key) = self.key_choice() else { return None };
        let [header, payload] = [&minted.header, &minted.claims].map(|json| json.text().as_bytes().to_vec());
        let variant = Variant::new(key, minted.algorithm, header, payload);
        Some(SampleInputs { revision: self.facts.revision, variant })
    }

    fn apply_timing(&mut self, command: TimingCommand) -> Vec<Effect> {
        match command {
            TimingCommand::Measure => {
                let Some(inputs) = self.sample_inputs() else { return Vec::new() };
                self.timing.started(inputs.revision, LONG);
                vec![Effect::Sample { inputs, delay: std::time::Duration::ZERO, length: LONG }]
            }
            TimingCommand::Cancel => {
                self.timing.stopped();
                vec![Effect::StopSampling]
            }
        }
    }

    /// Whether nothing on show is to move by itself.
    pub const fn reduces_motion(&self) -> bool {
        match self.settings.motion {
            Motion::System => self.reduces_motion,
            Motion::Reduced => true,
            Motion::Full => false,
        }
    }

    fn apply_view(&mut self, command: ViewCommand) -> Vec<Effect> {
        let mut effects = Vec::new();
        match command {
            ViewCommand::DismissNotice(id) => {
                self.notices.dismiss(id);
                return Vec::new();
            }
            ViewCommand::Page(page) => {
                let before = std::mem::replace(&mut self.settings.page, page);
                if [before, page].contains(&page::Page::Settings) {
                    effects.extend(self.follow_library());
                }
                if matches!(page, page::Page::Compare | page::Page::Timing) {
                    effects.extend(self.refresh_draft_variant());
                }
                effects.extend(self.preview_many());
            }
            ViewCommand::Theme(theme) => self.settings.theme = theme,
            ViewCommand::Motion(motion) => self.settings.motion = motion,
            ViewCommand::Scale(scale) if scale.is_nan() => {}
            ViewCommand::Scale(scale) => self.settings.scale = scale.clamp(0.5, 3.0),
            ViewCommand::Budget(budget) => self.settings.budget = budget.id().into_owned(),
            ViewCommand::WindowSize(width, height) => self.settings.window_size = (width, height),
        }
        effects.push(self.save_settings());
        effects
    }
}
