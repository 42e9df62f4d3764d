//! What a user may do to a workbench, and how what happens elsewhere may end: any of it, in any order.

use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use jwt_workbench::jose::json::Serialization;
use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::{Secret, SecretEncoding};
use jwt_workbench::workbench::command::{
    Answer, Command, Copied, DraftCommand, FileCommand, InspectCommand, KeyCommand, Part, TimingCommand, ViewCommand,
};
use jwt_workbench::workbench::draft_export::DraftExport;
use jwt_workbench::workbench::effect::{KeyExport, KeyRef};
use jwt_workbench::workbench::expiry::Expiry;
use jwt_workbench::workbench::importing::ImportCommand;
use jwt_workbench::workbench::inspection::KeyPick;
use jwt_workbench::workbench::library::LibraryCommand;
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::settings::Motion;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::choosing::choosing;
use crate::comparing::Comparing;

pub(crate) static KEYS: LazyLock<Vec<Arc<Key>>> =
    LazyLock::new(|| KeyKind::CURVES.map(|kind| Arc::new(Key::generate(kind, None).unwrap())).into());

/// Texts that are claims, and texts on the way there.
pub(crate) const TEXTS: [&str; 14] = [
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

pub(crate) fn text() -> impl Strategy<Value = String> {
    select(TEXTS.to_vec()).prop_map(str::to_owned)
}

/// Edits of a text as a user makes them: a letter typed or deleted at a place, or all of it replaced.
#[derive(Clone, Debug)]
pub(crate) enum Typing {
    All(String),
    Insert(Index, char),
    Delete(Index),
}

impl Typing {
    pub(crate) fn apply(&self, text: &str) -> String {
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
pub(crate) enum Act {
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
pub(crate) enum Outcome {
    Well,
    Badly,
}

pub(crate) fn part() -> impl Strategy<Value = Part> {
    select(vec![Part::Claims, Part::Header])
}

pub(crate) fn typing() -> impl Strategy<Value = Act> {
    let letters = vec!['a', '"', '{', '}', ',', ':', ' ', '\n', 'é', '1', '😀'];
    let typing = prop_oneof![
        1 => text().prop_map(Typing::All),
        3 => (any::<Index>(), select(letters)).prop_map(|(at, letter)| Typing::Insert(at, letter)),
        1 => any::<Index>().prop_map(Typing::Delete),
    ];
    (part(), typing).prop_map(|(part, typing)| Act::Type(part, typing))
}

pub(crate) fn expiry() -> impl Strategy<Value = Expiry> {
    prop_oneof![
        (-10_000..10_000i64).prop_map(Expiry::Relative),
        any::<i64>().prop_map(Expiry::At),
        Just(Expiry::Never),
        text().prop_map(Expiry::Other),
    ]
}

pub(crate) fn draft() -> impl Strategy<Value = DraftCommand> {
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

pub(crate) fn key() -> impl Strategy<Value = KeyCommand> {
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

pub(crate) fn file() -> impl Strategy<Value = FileCommand> {
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

pub(crate) fn view() -> impl Strategy<Value = Command> {
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

pub(crate) fn library() -> impl Strategy<Value = LibraryCommand> {
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

pub(crate) fn import() -> impl Strategy<Value = ImportCommand> {
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

pub(crate) fn inspect() -> impl Strategy<Value = InspectCommand> {
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

pub(crate) const FILES: usize = 3;
pub(crate) const NOW: i64 = 1_795_284_752;

pub(crate) fn file_path(number: usize) -> PathBuf {
    PathBuf::from(format!("/fake/{number}.jwt.json"))
}
