//! Random sequences of commands and answers, in any order: no panic, undo and redo lead back and forth, and what is not
//! marked as unsaved is on the disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jwt_workbench::jose::doctor::diagnose;
use jwt_workbench::jose::error::Problem;
use jwt_workbench::jose::jwa::KeyKind;
use jwt_workbench::jose::secret::Secret;
use jwt_workbench::template::default::default_template;
use jwt_workbench::template::file::TemplateFile;
use jwt_workbench::template::recognise::{Opened, recognise};
use jwt_workbench::workbench::Workbench;
use jwt_workbench::workbench::command::{Answer, Command, DraftCommand, FileCommand, Part, ViewCommand};
use jwt_workbench::workbench::compare::derive as compare;
use jwt_workbench::workbench::effect::{Effect, Event, Origin, Over, SaveFailure};
use jwt_workbench::workbench::facts::{SignerCache, derive};
use jwt_workbench::workbench::file_stamp::FileStamp;
use jwt_workbench::workbench::library::entry::{Entry, Listing, Shelf};
use jwt_workbench::workbench::library::{LibraryEffect, LibraryEvent};
use jwt_workbench::workbench::login::Heard;
use jwt_workbench::workbench::minted_tokens::{MOST, MintedCommand};
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::reading::Reading;
use jwt_workbench::workbench::settings::Settings;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::acts::{Act, FILES, KEYS, NOW, Outcome, TOKEN, Typing, draft, file, file_path, key, typing, view};
use crate::check_problem;
use crate::comparing::{benched, check_comparison, check_settled, comparing};
use crate::minting_many::{minted_many, minting_many};
use crate::recovering::{Kept, found, recovering};

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
