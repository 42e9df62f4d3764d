//! Random sequences of commands and answers, in any order: no panic, undo and redo lead back and forth, and what is not
//! marked as unsaved is on the disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use jwt_workbench::jose::doctor::diagnose;
use jwt_workbench::jose::error::Problem;
use jwt_workbench::jose::json::Serialization;
use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::{Secret, SecretEncoding};
use jwt_workbench::template::default::default_template;
use jwt_workbench::template::file::TemplateFile;
use jwt_workbench::template::recognise::{Opened, recognise};
use jwt_workbench::workbench::Workbench;
use jwt_workbench::workbench::command::{
    Answer, Command, Copied, DraftCommand, FileCommand, InspectCommand, KeyCommand, Part, TimingCommand, ViewCommand,
};
use jwt_workbench::workbench::compare::derive as compare;
use jwt_workbench::workbench::draft_export::DraftExport;
use jwt_workbench::workbench::effect::{Effect, Event, KeyExport, KeyRef, Origin, Over, SaveFailure};
use jwt_workbench::workbench::expiry::Expiry;
use jwt_workbench::workbench::facts::{SignerCache, derive};
use jwt_workbench::workbench::file_stamp::FileStamp;
use jwt_workbench::workbench::importing::ImportCommand;
use jwt_workbench::workbench::inspection::KeyPick;
use jwt_workbench::workbench::library::entry::{Entry, Listing, Shelf};
use jwt_workbench::workbench::library::{LibraryCommand, LibraryEffect, LibraryEvent};
use jwt_workbench::workbench::login::Heard;
use jwt_workbench::workbench::minted_tokens::{MOST, MintedCommand};
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::reading::Reading;
use jwt_workbench::workbench::settings::{Motion, Settings};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::check_problem;
use crate::choosing::choosing;
use crate::comparing::{Comparing, benched, check_comparison, check_settled, comparing};
use crate::minting_many::{minted_many, minting_many};
use crate::recovering::{Kept, found, recovering};

static KEYS: LazyLock<Vec<Arc<Key>>> =
    LazyLock::new(|| KeyKind::CURVES.map(|kind| Arc::new(Key::generate(kind, None).unwrap())).into());

/// Texts that are claims, and texts on the way there.
const TEXTS: [&str; 14] = [
    "{}",
    "",
    "{\"a\":1,\"a\":2}",
    "{\"exp\":\"{{now+5m}}\",\n  \"b\": [1.0]}",
    "{\"é\":\"漢\u{202e}\"}",
    "[",
    "[]",
    "{\"a\":{{now}}}",
    "{\"t\":\"{{tenant}}\"}",
    "{\"exp\":1,\"exp\":2}",
    "\u{feff}{}",
    "{\"alg\":\"HS256\",\"kid\":\"a\"}",
    "{\"alg\":\"ES256\"}",
    "\"\\ud800\"",
];

fn text() -> impl Strategy<Value = String> {
    select(TEXTS.to_vec()).prop_map(str::to_owned)
}

/// Edits of a text as a user makes them: a letter typed or deleted at a place, or all of it replaced.
#[derive(Clone, Debug)]
enum Typing {
    All(String),
    Insert(Index, char),
    Delete(Index),
}

impl Typing {
    fn apply(&self, text: &str) -> String {
        let letters: Vec<char> = text.chars().collect();
        let mut new = letters.clone();
        match self {
            Self::All(text) => return text.clone(),
            Self::Insert(at, letter) => new.insert(at.index(letters.len() + 1), *letter),
            Self::Delete(_) if letters.is_empty() => {}
            Self::Delete(at) => drop(new.remove(at.index(letters.len()))),
        }
        new.into_iter().collect()
    }
}

#[derive(Clone, Debug)]
enum Act {
    Type(Part, Typing),
    Do(Command),
    Compare(Comparing),
    /// Something with the remembered token at a place, if there is one.
    Minted(Index, usize),
    /// Time passes.
    Wait(i64),
    /// One of the answers that are due comes.
    Answer(Index, Outcome),
    /// Another program writes the file of this number.
    Meddle(usize, &'static str),
}

/// How what happens elsewhere ends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Outcome {
    Well,
    Badly,
}

fn part() -> impl Strategy<Value = Part> {
    select(vec![Part::Claims, Part::Header])
}

fn typing() -> impl Strategy<Value = Act> {
    let letters = vec!['a', '"', '{', '}', ',', ':', ' ', '\n', 'é', '1', '😀'];
    let typing = prop_oneof![
        1 => text().prop_map(Typing::All),
        3 => (any::<Index>(), select(letters)).prop_map(|(at, letter)| Typing::Insert(at, letter)),
        1 => any::<Index>().prop_map(Typing::Delete),
    ];
    (part(), typing).prop_map(|(part, typing)| Act::Type(part, typing))
}

fn expiry() -> impl Strategy<Value = Expiry> {
    prop_oneof![
        (-10_000..10_000i64).prop_map(Expiry::Relative),
        any::<i64>().prop_map(Expiry::At),
        Just(Expiry::Never),
        text().prop_map(Expiry::Other),
    ]
}

fn draft() -> impl Strategy<Value = DraftCommand> {
    let index = || 0..4usize;
    prop_oneof![
        part().prop_map(DraftCommand::Format),
        part().prop_map(DraftCommand::Minify),
        Just(DraftCommand::AddClaim),
        (index(), text()).prop_map(|(at, name)| DraftCommand::RenameClaim(at, name)),
        (index(), text()).prop_map(|(at, value)| DraftCommand::SetClaim(at, value)),
        index().prop_map(DraftCommand::RemoveClaim),
        (index(), index()).prop_map(|(from, to)| DraftCommand::MoveClaim(from, to)),
        expiry().prop_map(DraftCommand::SetExpiry),
        select(Algorithm::ALL.to_vec()).prop_map(DraftCommand::SetAlgorithm),
        (select(vec!["kid", "typ"]), select(vec!["", "a", "\u{1f}\""]))
            .prop_map(|(name, text)| DraftCommand::SetHeaderText(name, text.to_owned())),
        select(Serialization::ALL.to_vec()).prop_map(DraftCommand::SetSerialization),
        (select(vec!["tenant", ""]), text(), any::<bool>()).prop_map(|(name, text, json)| DraftCommand::SetVariable {
            name: name.to_owned(),
            text,
            json
        }),
        Just(DraftCommand::RemoveVariable("tenant".to_owned())),
        Just(DraftCommand::AddVariable),
        Just(DraftCommand::RemoveSchema),
        text().prop_map(|words| DraftCommand::DescribeVariable("tenant".to_owned(), words)),
        (select(vec!["tenant", "variable", "plan"]), select(vec!["tenant", "plan", "now", "", "{{"]))
            .prop_map(|(from, to)| DraftCommand::RenameVariable(from.to_owned(), to.to_owned())),
        Just(DraftCommand::Undo),
        Just(DraftCommand::Redo),
        Just(DraftCommand::MintAgain),
    ]
}

fn key() -> impl Strategy<Value = KeyCommand> {
    let pasted = (0..3usize, any::<bool>(), any::<bool>()).prop_map(|(at, private, jwk)| {
        let key = &KEYS[at];
        KeyCommand::Paste(if jwk { key.to_jwk(private) } else { key.to_pem(private) }.unwrap())
    });
    prop_oneof![
        text().prop_map(|text| KeyCommand::SetSecret(Secret::from(text))),
        select(SecretEncoding::ALL.to_vec()).prop_map(KeyCommand::SetSecretEncoding),
        Just(KeyCommand::GenerateSecret),
        select(KeyKind::ALL.to_vec()).prop_map(|kind| KeyCommand::Generate(kind, None)),
        Just(KeyCommand::CancelGeneration),
        pasted,
        text().prop_map(|text| KeyCommand::Paste(Secret::from(text))),
        Just(KeyCommand::Paste(Secret::from("{\"kty\":\"oct\",\"k\":\"AAEC\"}".to_owned()))),
        select(KeyKind::ALL.to_vec()).prop_map(KeyCommand::Remove),
    ]
}

fn file() -> impl Strategy<Value = FileCommand> {
    let path = || (0..FILES).prop_map(file_path);
    prop_oneof![
        1 => Just(FileCommand::New),
        1 => Just(FileCommand::NewFromExample("minimal-session.jwt.json")),
        1 => Just(FileCommand::NewFromExample("none")),
        1 => path().prop_map(FileCommand::OpenPath),
        4 => Just(FileCommand::Save),
        1 => Just(FileCommand::SaveAs),
        1 => Just(FileCommand::Open),
        1 => select(DraftExport::ALL.to_vec()).prop_map(FileCommand::Export),
        1 => Just(FileCommand::Reload),
        1 => Just(FileCommand::TakeOpened),
        1 => Just(FileCommand::Quit),
        5 => select(vec![Answer::Save, Answer::Discard, Answer::Cancel]).prop_map(FileCommand::Answer),
        1 => path().prop_map(FileCommand::AnswerPath),
        1 => path().prop_map(FileCommand::ForgetRecent),
    ]
}

fn view() -> impl Strategy<Value = Command> {
    let export = KeyExport { private: true, jwk: false };
    prop_oneof![
        select(vec![TimingCommand::Measure, TimingCommand::Cancel]).prop_map(Command::Timing),
        select(vec![Copied::Token, Copied::Bearer, Copied::Curl, Copied::Secret, Copied::Key(KeyRef::InUse, export)])
            .prop_map(Command::Copy),
        inspect().prop_map(Command::Inspect),
        import().prop_map(Command::Import),
        library().prop_map(Command::Library),
        choosing().prop_map(Command::Settings),
        select(Page::ALL.to_vec()).prop_map(|page| Command::View(ViewCommand::Page(page))),
        any::<f32>().prop_map(|scale| Command::View(ViewCommand::Scale(scale))),
        select(Motion::ALL.to_vec()).prop_map(|motion| Command::View(ViewCommand::Motion(motion))),
        (0..9u64).prop_map(|id| Command::View(ViewCommand::DismissNotice(id))),
        Just(Command::Key(KeyCommand::Open)),
        Just(Command::Key(KeyCommand::Export(KeyRef::InUse, export))),
    ]
}

fn library() -> impl Strategy<Value = LibraryCommand> {
    let folder = || PathBuf::from("/fake");
    let path = || (0..FILES).prop_map(file_path);
    let names = select(vec!["", "0", "New name", "a/b", "..", "1.jwt.json"]);
    prop_oneof![
        4 => Just(LibraryCommand::Toggle),
        1 => Just(LibraryCommand::Show),
        1 => Just(LibraryCommand::Refresh),
        1 => Just(LibraryCommand::ChooseFolder),
        4 => Just(LibraryCommand::UseFolder(folder())),
        1 => Just(LibraryCommand::ForgetFolder(folder())),
        1 => (0..3_usize).prop_map(move |place| LibraryCommand::MoveFolder(folder(), place)),
        1 => Just(LibraryCommand::New(folder())),
        2 => Just(LibraryCommand::SaveDraft(folder())),
        1 => path().prop_map(LibraryCommand::Duplicate),
        4 => (path(), names).prop_map(|(path, name)| LibraryCommand::Rename(path, name.to_owned())),
        4 => path().prop_map(LibraryCommand::Delete),
        4 => (0..9u64).prop_map(LibraryCommand::Restore),
        1 => path().prop_map(LibraryCommand::Reveal),
    ]
}

fn import() -> impl Strategy<Value = ImportCommand> {
    let texts = vec![
        TOKEN,
        "",
        "{\"sub\":\"me\"}",
        "{\"values\":[{\"key\":\"tenant\",\"value\":\"x\"},{\"key\":\"s\",\"value\":\"y\",\"type\":\"secret\"}]}",
        "vars {\n  tenant: y\n  plan: pro\n}\nvars:secret [\n  s\n]\n",
        "type: environment.insomnia.rest/5.0",
        "{\"type\":\"object\",\"properties\":{\"sub\":{\"type\":\"integer\"}},\"required\":[\"x\"]}",
        "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"$ref\":\"https://x.example/\"}",
    ];
    prop_oneof![
        1 => Just(ImportCommand::Pick),
        4 => select(texts).prop_map(|text| ImportCommand::Text(text.to_owned())),
        2 => Just(ImportCommand::RelativeTimes),
    ]
}

fn inspect() -> impl Strategy<Value = InspectCommand> {
    let texts =
        select(vec![TOKEN, "", "a.b.c", "{\"sub\":\"me\"}", "{\"kty\":\"oct\",\"k\":\"AAEC\"}", "....", "\u{202e}."]);
    let instant = select(vec![None, Some(0), Some(i64::MIN), Some(i64::MAX)]);
    prop_oneof![
        4 => texts.prop_map(|text| InspectCommand::SetText(text.to_owned())),
        1 => Just(InspectCommand::Clear),
        1 => Just(InspectCommand::PasteFresh),
        1 => (0..3usize).prop_map(InspectCommand::ChooseSignature),
        2 => select(vec![KeyPick::Automatic, KeyPick::Typed, KeyPick::Craft]).prop_map(InspectCommand::UseKey),
        2 => text().prop_map(|text| InspectCommand::SetSecret(Secret::from(text))),
        1 => select(SecretEncoding::ALL.to_vec()).prop_map(InspectCommand::SetSecretEncoding),
        2 => instant.prop_map(InspectCommand::SetNow),
        1 => any::<u64>().prop_map(InspectCommand::SetLeeway),
        1 => Just(InspectCommand::Diagnose),
        1 => Just(InspectCommand::StopDiagnosis),
        1 => Just(InspectCommand::TakeDiagnosis),
        1 => Just(InspectCommand::OpenInstead),
        1 => Just(InspectCommand::EditInCraft),
    ]
}

/// `{"alg":"HS256"}` and `{}`, signed with "secret".
pub(crate) const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.e30.XmNK3GpH3Ys_7wsYBfq4C3M6goz71I7dTgUkuIa5lyQ";

const FILES: usize = 3;
const NOW: i64 = 1_795_284_752;

fn file_path(number: usize) -> PathBuf {
    PathBuf::from(format!("/fake/{number}.jwt.json"))
}

fn bad() -> Problem {
    Problem::new("bad", "It went badly").help("Try again.")
}

/// A workbench, and a world around it that answers when the test says so.
struct World {
    workbench: Workbench,
    signers: SignerCache,
    now: i64,
    /// Effects whose answer is due.
    due: Vec<Effect>,
    disk: BTreeMap<PathBuf, (String, FileStamp)>,
    writes: u64,
    kept: Kept,
}

impl World {
    fn new() -> Self {
        let secret = Secret::from("0123456789abcdef0123456789abcdef".to_owned());
        let (workbench, effects) = Workbench::new(default_template(), secret, Settings::default(), NOW);
        let signers = SignerCache::default();
        let (disk, kept) = (BTreeMap::new(), Kept::default());
        let mut world = Self { workbench, signers, now: NOW, due: effects, disk, writes: 0, kept };
        world.settle();
        world.event(found(file_path(1)));
        world
    }

    fn act(&mut self, act: &Act) {
        match act {
            Act::Type(part, typing) => {
                let text = typing.apply(self.workbench.draft().text(*part));
                self.apply(Command::Draft(DraftCommand::Type(*part, text)));
            }
            Act::Do(command) => self.apply(command.clone()),
            Act::Compare(comparing) => comparing.command(&self.workbench).into_iter().for_each(|it| self.apply(it)),
            Act::Minted(place, what) => {
                let list = self.workbench.minted_tokens().list();
                let Some(id) = (!list.is_empty()).then(|| list[place.index(list.len())].id) else { return };
                let commands = [
                    MintedCommand::Inspect(id),
                    MintedCommand::Compare(id),
                    MintedCommand::Copy(id),
                    MintedCommand::Restore(id),
                    MintedCommand::Forget(id),
                    MintedCommand::Clear,
                ];
                self.apply(Command::Minted(commands[what % commands.len()]));
            }
            Act::Wait(seconds) => {
                self.now += seconds;
                self.workbench.tick(self.now);
            }
            Act::Answer(index, outcome) if !self.due.is_empty() => {
                let effect = self.due.remove(index.index(self.due.len()));
                self.answer(effect, *outcome);
            }
            Act::Answer(..) => {}
            Act::Meddle(number, text) => {
                let path = file_path(*number);
                let stamp = self.write(path.clone(), (*text).to_owned());
                self.event(Event::ChangedOnDisk(Origin { path, stamp: Some(stamp) }));
            }
        }
    }

    fn apply(&mut self, command: Command) {
        let effects = self.workbench.apply(command, self.now);
        self.due.extend(self.kept.take_in(effects));
        self.kept.check(&self.workbench);
    }

    fn event(&mut self, event: Event) {
        let effects = self.workbench.on_event(event, self.now);
        self.due.extend(self.kept.take_in(effects));
        self.kept.check(&self.workbench);
    }

    fn write(&mut self, path: PathBuf, text: String) -> FileStamp {
        self.writes += 1;
        let stamp = FileStamp { modified: 0, len: text.len() as u64, inode: self.writes };
        self.disk.insert(path, (text, stamp));
        stamp
    }

    fn save(&mut self, path: &Path, text: String, over: Over, well: bool) -> Result<FileStamp, SaveFailure> {
        let on_disk = self.disk.get(path).map(|(_, stamp)| *stamp);
        match (over, on_disk) {
            _ if !well => Err(SaveFailure::Problem(bad())),
            (Over::Known(known), Some(stamp)) if stamp != known => Err(SaveFailure::Changed),
            (Over::Nothing, Some(_)) => Err(SaveFailure::Exists),
            _ => Ok(self.write(path.to_owned(), text)),
        }
    }

    fn answer(&mut self, effect: Effect, outcome: Outcome) {
        let well = outcome == Outcome::Well;
        let event = match effect {
            Effect::Derive(inputs) => {
                let facts = derive(&inputs, &mut self.signers, &mut |buffer| buffer.fill(7));
                if let Err(blocked) = &facts.outcome {
                    check_problem(&blocked.problem);
                }
                Event::Derived(Box::new(facts))
            }
            Effect::DeriveVariant(inputs) => {
                let facts = compare::derive(&inputs, &mut |buffer| buffer.fill(7)).map(Arc::new);
                Event::VariantDerived(inputs.id, inputs.revision, facts)
            }
            Effect::Bench(inputs) if well => benched(&inputs),
            Effect::Bench(inputs) => Event::BenchFailed { ticket: inputs.ticket, problem: bad() },
            Effect::OpenVariant(path) => {
                let opened = self.disk.get(&path).filter(|_| well).ok_or_else(bad);
                let opened = opened.and_then(|(text, _)| Ok(Box::new(recognise(text.as_bytes())?)));
                Event::VariantOpened(path, opened)
            }
            Effect::WriteExport { path, .. } => Event::Exported(path, if well { Ok(()) } else { Err(bad().into()) }),
            Effect::SaveComparison { path, text, over } => {
                let saved = self.save(&path, text, over, well);
                Event::ComparisonSaved(path, saved)
            }
            Effect::GenerateSecret { bytes } if well => Event::SecretGenerated(Ok(Secret::from(vec![9; bytes]))),
            Effect::GenerateSecret { .. } => Event::SecretGenerated(Err(bad())),
            Effect::GenerateKey { kind, ticket, .. } => {
                let key = KEYS.iter().find(|key| well && key.kind() == kind).cloned().ok_or_else(bad);
                Event::KeyGenerated { ticket, key }
            }
            Effect::Pick(pick, _) if well => Event::Picked(pick, Some(file_path(self.writes as usize % FILES))),
            Effect::Pick(pick, start) if self.writes.is_multiple_of(2) => Event::PickUnavailable(pick, start),
            Effect::Pick(pick, _) => Event::Picked(pick, None),
            Effect::Open(path) => {
                let missing = || Problem::new("file-missing", "There is no such file").help("Look elsewhere.");
                let opened = self.disk.get(&path).filter(|_| well).ok_or_else(missing);
                let opened = opened.and_then(|(text, stamp)| Ok((Box::new(recognise(text.as_bytes())?), *stamp)));
                Event::Opened(path, opened)
            }
            Effect::OpenKey(path) => {
                let stamp = FileStamp { modified: 0, len: 0, inode: 0 };
                let key = KEYS[0].to_pem(true).unwrap();
                Event::Opened(path, if well { Ok((Box::new(Opened::Key(key)), stamp)) } else { Err(bad()) })
            }
            Effect::Save { path, text, over } => {
                let outcome = self.save(&path, text, over, well);
                Event::Saved(path, outcome)
            }
            Effect::WriteKey { path, .. } => Event::KeyWritten(path, if well { Ok(()) } else { Err(bad().into()) }),
            Effect::Copy { what, stay, .. } => Event::Copied(what, if well { Ok(stay) } else { Err(bad()) }),
            Effect::Sample { inputs, .. } => Event::SampleFailed { revision: inputs.revision, problem: bad() },
            Effect::Read(inputs) => Event::Read(inputs.revision, Reading::of(*inputs).map(Box::new)),
            Effect::Diagnose { ticket, token, suspects } => {
                let diagnosis = diagnose(&token.text, &token.decode(), &suspects, &mut |_| well);
                Event::Diagnosed { ticket, diagnosis: Box::new(diagnosis) }
            }
            Effect::DecryptKey { ticket, .. } => {
                Event::KeyDecrypted { ticket, key: if well { Ok(Arc::clone(&KEYS[0])) } else { Err(bad()) } }
            }
            Effect::ReadClipboard => Event::Clipboard(if well { Ok(TOKEN.to_owned()) } else { Err(bad()) }),
            Effect::StartLogin { ticket, .. } if well => {
                Event::LoginServer(Heard::Started { ticket, address: ([127, 0, 0, 1], 4_711).into() })
            }
            Effect::StartLogin { ticket, .. } => Event::LoginServer(Heard::Failed { ticket, problem: bad() }),
            Effect::StopLogin => Event::LoginServer(Heard::Stopped),
            Effect::Bulk(effect) => match minted_many(effect, well) {
                Some(event) => Event::Bulk(event),
                None => return,
            },
            Effect::Browse(_) if !well => Event::Failed(bad()),
            Effect::Library(effect) => match self.library(effect, well) {
                Some(event) => Event::Library(event),
                None => return,
            },
            Effect::SaveSettings(_) if !well => Event::SettingsSaved(Err(bad())),
            Effect::SaveSettings(_)
            | Effect::StopSampling
            | Effect::StopBench
            | Effect::SaveRuns(_)
            | Effect::StopDiagnosis
            | Effect::Browse(_)
            | Effect::Recovery(_)
            | Effect::Watch(_)
            | Effect::Quit => return,
        };
        self.event(event);
    }

    /// What becomes of a wish of the library.
    fn library(&mut self, effect: LibraryEffect, well: bool) -> Option<LibraryEvent> {
        let failed = || LibraryEvent::Failed(bad());
        Some(match effect {
            LibraryEffect::Rest => return None,
            LibraryEffect::Follow(folders) => {
                let entry = |(path, (_, stamp)): (&PathBuf, &(String, FileStamp))| {
                    Entry::new(path.clone(), 0, "".into(), Some(*stamp))
                };
                let entries = if folders.is_empty() { Vec::new() } else { self.disk.iter().map(entry).collect() };
                let shelves = folders.into_iter().map(|folder| Shelf { folder, problem: None }).collect();
                LibraryEvent::Listed(Box::new(Listing { shelves, entries, offered: None }))
            }
            _ if !well => failed(),
            LibraryEffect::AddFolder { folder, .. } => LibraryEvent::FolderAdded(folder),
            LibraryEffect::Create { folder, stem, text } => {
                let path = folder.join(format!("{stem}.jwt.json"));
                self.write(path.clone(), text);
                LibraryEvent::Created(path)
            }
            LibraryEffect::Duplicate(path) | LibraryEffect::Reveal(path) if !self.disk.contains_key(&path) => failed(),
            LibraryEffect::Duplicate(path) => LibraryEvent::Created(path),
            LibraryEffect::Reveal(_) => return None,
            LibraryEffect::Rename { path, stem, name } => {
                let to = path.with_file_name(format!("{stem}.jwt.json"));
                let Some((text, _)) = self.disk.get(&path).filter(|_| !self.disk.contains_key(&to)).cloned() else {
                    return Some(failed());
                };
                self.disk.remove(&path);
                let stamp = Some(self.write(to.clone(), text));
                LibraryEvent::Renamed { from: path, to: Origin { path: to, stamp }, name }
            }
            LibraryEffect::Delete(path) => match self.disk.remove(&path) {
                Some((text, _)) => LibraryEvent::Deleted(path, Some(Secret::from(text))),
                None => failed(),
            },
            LibraryEffect::Restore { path, .. } if self.disk.contains_key(&path) => failed(),
            LibraryEffect::Restore { ticket, path, bytes } => {
                let stamp = self.write(path.clone(), bytes.as_str().unwrap().to_owned());
                LibraryEvent::Restored { ticket, path, stamp }
            }
        })
    }

    /// Everything that is due comes, and comes well, in its order.
    fn settle(&mut self) {
        for _ in 0..100 {
            for effect in std::mem::take(&mut self.due) {
                self.answer(effect, Outcome::Well);
            }
            if self.due.is_empty() {
                return;
            }
        }
        panic!("one thing leads to another for ever: {:?}", self.due);
    }

    /// What is not marked as unsaved is on the disk, unless another program has written there since.
    fn check_mark(&self) {
        let draft = self.workbench.draft();
        let Some(Origin { path, stamp }) = draft.origin().filter(|_| !draft.is_unsaved()) else { return };
        let (text, on_disk) = &self.disk[path];
        if Some(*on_disk) == *stamp {
            assert_eq!(text, &draft.template().to_text().unwrap());
        }
    }

    /// What undo and redo must lead back and forth between.
    fn state(&self) -> (TemplateFile, String, Vec<String>) {
        let keys = self.workbench.keys();
        let secret = format!("{:?} {:?}", keys.secret().encoding, keys.secret().text.as_str());
        let mut pairs: Vec<_> = KeyKind::ALL
            .iter()
            .filter_map(|kind| keys.pair(*kind))
            .map(|key| format!("{} {}", key.describe(), key.thumbprint().unwrap()))
            .collect();
        pairs.sort();
        (self.workbench.draft().template().clone(), secret, pairs)
    }
}

/// Edits of one draft, each of which undo takes back.
fn edits() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        6 => typing(),
        4 => draft().prop_map(|command| Act::Do(Command::Draft(command))),
        2 => key().prop_map(|command| Act::Do(Command::Key(command))),
        2 => (0..4i64).prop_map(Act::Wait),
        2 => any::<Index>().prop_map(|index| Act::Answer(index, Outcome::Well)),
    ];
    vec(act, 1..60)
}

fn anything() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        3 => typing(),
        2 => draft().prop_map(|command| Act::Do(Command::Draft(command))),
        1 => key().prop_map(|command| Act::Do(Command::Key(command))),
        4 => file().prop_map(|command| Act::Do(Command::File(command))),
        1 => view().prop_map(Act::Do),
        1 => recovering().prop_map(Act::Do),
        2 => minting_many().prop_map(Act::Do),
        3 => comparing().prop_map(Act::Compare),
        2 => (any::<Index>(), 0..6usize).prop_map(|(place, what)| Act::Minted(place, what)),
        1 => (0..9i64).prop_map(Act::Wait),
        6 => (any::<Index>(), select(vec![Outcome::Well, Outcome::Well, Outcome::Badly]))
            .prop_map(|(index, outcome)| Act::Answer(index, outcome)),
        1 => (0..FILES, select(vec![crate::files::TEMPLATE, "{\"a\":1}", "{", "", "eyJhIjoxfQ.e30.AA"]))
            .prop_map(|(number, text)| Act::Meddle(number, text)),
    ];
    vec(act, 1..80)
}

/// A few edits and much saving, with answers that come late.
fn saving() -> impl Strategy<Value = Vec<Act>> {
    let few = vec![
        FileCommand::New,
        FileCommand::Save,
        FileCommand::Save,
        FileCommand::SaveAs,
        FileCommand::Reload,
        FileCommand::Quit,
        FileCommand::Answer(Answer::Discard),
        FileCommand::Answer(Answer::Discard),
        FileCommand::Answer(Answer::Save),
        FileCommand::AnswerPath(file_path(0)),
        FileCommand::AnswerPath(file_path(1)),
        FileCommand::OpenPath(file_path(0)),
    ];
    let act = prop_oneof![
        1 => select(vec!["{}", "{\"a\":1}", "["]).prop_map(|text| Act::Type(Part::Claims, Typing::All(text.to_owned()))),
        1 => Just(Act::Do(Command::Draft(DraftCommand::Undo))),
        4 => select(few).prop_map(|command| Act::Do(Command::File(command))),
        4 => (any::<Index>(), select(vec![Outcome::Well, Outcome::Well, Outcome::Well, Outcome::Badly]))
            .prop_map(|(index, outcome)| Act::Answer(index, outcome)),
    ];
    vec(act, 10..60)
}

/// Much comparing and measuring, with answers that come late and keys that come and go.
fn much_comparing() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        12 => comparing().prop_map(Act::Compare),
        1 => typing(),
        1 => draft().prop_map(|command| Act::Do(Command::Draft(command))),
        1 => key().prop_map(|command| Act::Do(Command::Key(command))),
        1 => file().prop_map(|command| Act::Do(Command::File(command))),
        1 => select(Page::ALL.to_vec()).prop_map(|page| Act::Do(Command::View(ViewCommand::Page(page)))),
        9 => (any::<Index>(), select(vec![Outcome::Well, Outcome::Well, Outcome::Badly]))
            .prop_map(|(index, outcome)| Act::Answer(index, outcome)),
    ];
    vec(act, 1..80)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undo_leads_back_to_the_start_and_redo_to_the_end(acts in edits()) {
        let mut world = World::new();
        let start = world.state();
        for act in &acts {
            world.act(act);
        }
        world.settle();
        let end = world.state();
        let unsaved = world.workbench.draft().is_unsaved();
        let mut steps = 0;
        while world.workbench.draft().history().can_redo() {
            world.apply(Command::Draft(DraftCommand::Redo));
        }
        let last = world.state();
        while world.workbench.draft().history().can_undo() {
            world.apply(Command::Draft(DraftCommand::Undo));
            steps += 1;
            prop_assert!(steps <= 1_000);
        }
        prop_assert_eq!(world.state(), start);
        prop_assert!(!world.workbench.draft().is_unsaved());
        while world.workbench.draft().history().can_redo() {
            world.apply(Command::Draft(DraftCommand::Redo));
        }
        prop_assert_eq!(&world.state(), &last);
        if last == end {
            prop_assert_eq!(world.workbench.draft().is_unsaved(), unsaved);
        }
        world.settle();
        prop_assert!(world.workbench.is_settled());
    }

    #[test]
    fn what_is_not_marked_as_unsaved_is_on_the_disk(acts in saving()) {
        let mut world = World::new();
        for act in &acts {
            world.act(act);
            // While a save is under way the disk may be newer than what the workbench has heard of.
            if !world.due.iter().any(|effect| matches!(effect, Effect::Save { .. })) {
                world.check_mark();
            }
        }
        world.settle();
        world.check_mark();
    }

    #[test]
    fn whatever_happens_the_facts_follow_and_the_unsaved_mark_tells_the_truth(acts in anything()) {
        let mut world = World::new();
        for act in &acts {
            world.act(act);
            prop_assert!(world.workbench.facts().revision <= world.workbench.draft().revision());
            check_comparison(&world.workbench);
            prop_assert!(world.workbench.minted_tokens().list().len() <= MOST);
            for notice in world.workbench.notices().list() {
                crate::check_plain(&notice.text);
            }
        }
        world.settle();
        prop_assert!(world.workbench.is_settled(), "the facts are those of the text");
        prop_assert!(world.workbench.generation().is_none(), "nobody waits for ever");
        prop_assert!(!world.workbench.bulk().is_running(), "every run comes to an end");
        world.check_mark();
        check_settled(&world.workbench);
        if let Some(minted) = world.workbench.minted() {
            let signed = world.workbench.algorithm();
            prop_assert_eq!(Some(minted.algorithm), signed);
        }
    }
    #[test]
    fn whatever_is_compared_every_variant_is_worked_out_in_the_end(acts in much_comparing()) {
        let mut world = World::new();
        world.apply(Command::View(ViewCommand::Page(Page::Compare)));
        for act in &acts {
            world.act(act);
            check_comparison(&world.workbench);
            for notice in world.workbench.notices().list() {
                crate::check_plain(&notice.text);
            }
        }
        world.settle();
        check_settled(&world.workbench);
    }
}
