//! A canary as a secret and in keys: it sings in nothing that is printed, told or written.

use std::fmt::Debug;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use jwt_workbench::cli;
use jwt_workbench::jobs::files;
use jwt_workbench::jose::base64url;
use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::{Secret, SecretEncoding};
use jwt_workbench::template::recognise::recognise;
use jwt_workbench::ui::request::Request;
use jwt_workbench::workbench::Workbench;
use jwt_workbench::workbench::command::{Command, Copied, DraftCommand, FileCommand, KeyCommand, Part};
use jwt_workbench::workbench::effect::{Effect, Event, KeyExport, KeyRef, Pick};
use jwt_workbench::workbench::facts::{SignerCache, derive};
use jwt_workbench::workbench::settings::Settings;

use crate::desk::NOW;
use crate::files::Folder;

const CANARY: &str = "tweet-canary-7f3a9c51d2-tweet-tweet";

/// What must not be seen: forms of one secret.
struct Watch(Vec<String>);

impl Watch {
    /// Every form that bytes take: text, encodings, and the list of numbers that a derived `Debug` prints.
    fn bytes(bytes: &[u8]) -> Self {
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let numbers: Vec<_> = bytes.iter().map(u8::to_string).collect();
        let standard = SecretEncoding::Base64.encode(&Secret::from(bytes.to_vec()));
        let mut forms = vec![
            hex.to_uppercase(),
            hex,
            numbers.join(", "),
            base64url::encode(bytes),
            standard.as_str().unwrap().trim_end_matches('=').to_owned(),
        ];
        forms.extend(String::from_utf8(bytes.to_vec()));
        Self(forms)
    }

    /// The private parts of a key in the forms it is exported in.
    fn key(key: &Key) -> Self {
        let jwk: serde_json::Value = serde_json::from_slice(key.to_jwk(true).unwrap().bytes()).unwrap();
        let d = base64url::decode(jwk["d"].as_str().unwrap()).unwrap();
        let pem = key.to_pem(true).unwrap();
        let lines = pem.as_str().unwrap().lines().filter(|line| !line.starts_with('-')).map(str::to_owned);
        Self(Self::bytes(&d).0.into_iter().chain(lines).collect())
    }

    /// Looks for pieces of half a secret's length, so that a message that repeats a part is found as well.
    #[track_caller]
    fn check(&self, what: &str, text: &str) {
        for form in &self.0 {
            let half = (form.len() / 2).max(8);
            for start in (0..form.len() - half).step_by(half / 2) {
                assert!(!text.contains(&form[start..start + half]), "{what} tells {form}:\n{text:.2000}");
            }
        }
    }

    #[track_caller]
    fn check_debug(&self, value: &impl Debug) {
        self.check("Debug", &format!("{value:?}"));
        self.check("Debug", &format!("{value:#?}"));
    }
}

/// A workbench whose every command, effect, event and message is listened to.
struct Cage {
    workbench: Workbench,
    watch: Watch,
    signers: SignerCache,
}

impl Cage {
    fn new(secret: &str, watch: Watch) -> Self {
        let template = jwt_workbench::template::default::default_template();
        let (workbench, effects) = Workbench::new(template, Secret::from(secret.to_owned()), Settings::default(), NOW);
        let mut cage = Self { workbench, watch, signers: SignerCache::default() };
        cage.take(effects);
        cage
    }

    #[track_caller]
    fn apply(&mut self, command: Command) -> Vec<Effect> {
        self.watch.check_debug(&command);
        self.watch.check_debug(&Request::Do(command.clone()));
        let effects = self.workbench.apply(command, NOW);
        self.take(effects)
    }

    #[track_caller]
    fn event(&mut self, event: Event) -> Vec<Effect> {
        self.watch.check_debug(&event);
        let effects = self.workbench.on_event(event, NOW);
        self.take(effects)
    }

    #[track_caller]
    fn take(&mut self, effects: Vec<Effect>) -> Vec<Effect> {
        self.watch.check_debug(&effects);
        for effect in &effects {
            match effect {
                Effect::Derive(inputs) => {
                    let facts = derive(inputs, &mut self.signers, &mut |buffer| buffer.fill(7));
                    if let Err(blocked) = &facts.outcome {
                        self.watch.check_debug(&blocked.problem);
                    }
                    self.event(Event::Derived(Box::new(facts)));
                }
                Effect::Save { text, .. } => self.watch.check("a template", text),
                Effect::SaveSettings(settings) => self.watch.check("the settings", &settings.to_text()),
                _ => {}
            }
        }
        self.watch.check_debug(&self.workbench);
        self.watch.check("a template", &self.workbench.draft().template().to_text().unwrap());
        self.watch.check("the settings", &self.workbench.settings().to_text());
        effects
    }

    fn key(&mut self, command: KeyCommand) -> Vec<Effect> {
        self.apply(Command::Key(command))
    }
}

#[test]
fn a_typed_secret_is_told_by_nothing() {
    let canary = Secret::from(CANARY.to_owned());
    for encoding in SecretEncoding::ALL {
        let mut cage = Cage::new(CANARY, Watch::bytes(CANARY.as_bytes()));
        cage.key(KeyCommand::SetSecretEncoding(encoding));
        cage.key(KeyCommand::SetSecret(encoding.encode(&canary)));
        assert_eq!(cage.workbench.active_key().unwrap().secret_bytes(), CANARY.as_bytes());
        // As what it is not: the messages name places, not letters.
        for wrong in SecretEncoding::ALL {
            cage.key(KeyCommand::SetSecretEncoding(wrong));
        }
        for command in [DraftCommand::Undo, DraftCommand::Redo, DraftCommand::AddClaim] {
            cage.apply(Command::Draft(command));
        }
        cage.apply(Command::Copy(Copied::Secret));
        cage.apply(Command::File(FileCommand::SaveAs));
        cage.event(Event::Picked(Pick::SaveAs, Some(PathBuf::from("/tmp/a.jwt.json"))));
        for algorithm in Algorithm::ALL {
            cage.apply(Command::Draft(DraftCommand::SetAlgorithm(algorithm)));
        }
        cage.event(Event::SecretGenerated(Ok(canary.clone())));
        cage.apply(Command::File(FileCommand::New));
    }
}

#[test]
fn a_private_key_is_told_by_nothing() {
    for kind in [KeyKind::P256, KeyKind::Ed25519] {
        let key = Arc::new(Key::generate(kind, None).unwrap());
        let algorithm = kind.algorithms().next().unwrap();
        let mut cage = Cage::new(CANARY, Watch::key(&key));
        cage.watch.check_debug(&key);
        cage.watch.check_debug(&key.signer(algorithm).unwrap());
        cage.apply(Command::Draft(DraftCommand::SetAlgorithm(algorithm)));
        for text in [key.to_pem(true).unwrap(), key.to_jwk(true).unwrap()] {
            cage.key(KeyCommand::Paste(text.clone()));
            assert_eq!(cage.workbench.active_key().unwrap().describe(), key.describe());
            cage.watch.check_debug(&recognise(text.bytes()));
        }
        cage.event(Event::KeyGenerated { ticket: 0, key: Ok(Arc::clone(&key)) });
        for form in [(true, true), (true, false), (false, true)] {
            let export = KeyExport { private: form.0, jwk: form.1 };
            cage.apply(Command::Copy(Copied::Key(KeyRef::InUse, export)));
            cage.key(KeyCommand::Export(KeyRef::InUse, export));
            cage.event(Event::Picked(Pick::ExportKey(KeyRef::InUse, export), Some(PathBuf::from("/tmp/key"))));
        }
        cage.apply(Command::Draft(DraftCommand::Undo));
    }
}

/// What is wrong with a broken key is told without a part of it, wherever it breaks.
#[test]
fn a_broken_key_is_not_quoted() {
    let key = Key::generate(KeyKind::P256, None).unwrap();
    let oct = format!("{{\"kty\":\"oct\",\"k\":\"{}\"}}", base64url::encode(CANARY.as_bytes()));
    let forms = [
        (Watch::key(&key), key.to_pem(true).unwrap()),
        (Watch::key(&key), key.to_jwk(true).unwrap()),
        (Watch::bytes(CANARY.as_bytes()), Secret::from(oct)),
        (Watch::bytes(CANARY.as_bytes()), Secret::from(format!("{{\"kty\":\"oct\",\"k\":{CANARY}}}"))),
        (Watch::bytes(CANARY.as_bytes()), Secret::from(format!("{{\"k\":'{CANARY}',\"kty\":\"oct\"}}"))),
    ];
    for (watch, text) in forms {
        let text = text.as_str().unwrap().to_owned();
        let cut = (0..text.len()).map(|end| text[..end].to_owned());
        let changed = (0..text.len()).flat_map(|at| {
            ["\"", "{", ",", " ", "é", "\\", "\u{0}"].map(|new| format!("{}{new}{}", &text[..at], &text[at + 1..]))
        });
        for broken in cut.chain(changed) {
            if let Err(problem) = Key::read(broken.as_bytes()) {
                watch.check_debug(&problem);
            }
            watch.check_debug(&recognise(broken.as_bytes()).map(|_| ()));
        }
    }
}

/// Typed into the wrong field it is a part of the draft: nothing can be done there but to say what a draft is.
#[test]
fn other_places_that_hold_a_secret_for_a_moment_do_not_tell_it() {
    let watch = Watch::bytes(CANARY.as_bytes());
    let folder = Folder::new();
    watch.check_debug(&files::read(&folder.file("secret", CANARY), 1_000).unwrap());
    for arguments in [["--secret", CANARY], ["--secret-file", "x"]] {
        let arguments = ["jwt-workbench", "mint"].into_iter().chain(arguments).map(Into::into);
        watch.check_debug(&cli::parse(arguments).unwrap());
    }
}

#[test]
fn a_saved_file_and_the_settings_of_a_real_run_hold_no_secret() {
    use jwt_workbench::jobs::settings_store::SettingsStore;

    let folder = Folder::new();
    let watch = Watch::bytes(CANARY.as_bytes());
    let mut desk = crate::desk::Desk::new();
    desk.key(KeyCommand::SetSecret(Secret::from(CANARY.to_owned()))).type_text(Part::Claims, "{\"a\":1}");
    desk.save_as(&folder.path("a.jwt.json"));
    let store = SettingsStore::at(folder.path("settings.json"));
    store.save(desk.workbench.settings()).unwrap();
    for entry in fs::read_dir(folder.path("")).unwrap() {
        let path = entry.unwrap().path();
        watch.check(&path.display().to_string(), &fs::read_to_string(&path).unwrap());
    }
    assert!(desk.workbench.settings().to_text().contains("a.jwt.json"), "the settings were written");
}
