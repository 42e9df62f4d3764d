//! Saving the comparison and opening it again, and files that become variants.

use std::path::PathBuf;

use jwt_workbench::jose::error::Problem;
use jwt_workbench::jose::jwa::KeyKind;
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::Secret;
use jwt_workbench::template::comparison_file::ComparisonFile;
use jwt_workbench::template::file::TemplateFile;
use jwt_workbench::template::recognise::{Opened, recognise};
use jwt_workbench::workbench::command::{Answer, Command, CompareCommand, DraftCommand, FileCommand, KeyCommand};
use jwt_workbench::workbench::compare::variant::VariantOrigin;
use jwt_workbench::workbench::effect::{Effect, Event, Over, Pick, SaveFailure};
use jwt_workbench::workbench::file_stamp::FileStamp;
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::question::Question;

use crate::{Bench, SECRET, hs256};

const CLAIMS: &str = "{ \"n\": 1.0,\n  \"n\": 18446744073709551616, \"exp\": \"{{now+30m}}\" }";

fn stamp(inode: u64) -> FileStamp {
    FileStamp { modified: 1, len: 2, inode }
}

fn path() -> PathBuf {
    PathBuf::from("/x/a.jwt-compare.json")
}

impl Bench {
    /// Three variants: the draft, a copy of it, and a token.
    fn with_three() -> Self {
        let mut bench = Self::comparing();
        bench
            .type_claims(CLAIMS)
            .compare(CompareCommand::AddSnapshot)
            .compare(CompareCommand::AddTokens(hs256(CLAIMS)));
        bench
    }

    /// What is to be written.
    #[track_caller]
    fn written(&self) -> (&str, Over) {
        match self.left.as_slice() {
            [Effect::SaveComparison { text, over, .. }] => (text, *over),
            other => panic!("nothing is written: {other:?}"),
        }
    }

    fn picked(&mut self, pick: Pick) -> &mut Self {
        self.left.clear();
        self.event(Event::Picked(pick, Some(path())));
        self
    }

    fn saved(&mut self, outcome: Result<FileStamp, SaveFailure>) -> &mut Self {
        self.left.clear();
        self.event(Event::ComparisonSaved(path(), outcome));
        self
    }

    fn opened(&mut self, text: &str, inode: u64) -> &mut Self {
        self.left.clear();
        let opened = recognise(text.as_bytes()).map(|opened| (Box::new(opened), stamp(inode)));
        self.event(Event::Opened(path(), opened));
        self
    }

    fn answer(&mut self, answer: Answer) -> &mut Self {
        self.apply(Command::File(FileCommand::Answer(answer)))
    }

    fn add_file(&mut self, name: &str, opened: Opened) -> &mut Self {
        self.apply(Command::Compare(CompareCommand::AddFile(PathBuf::from(name))));
        assert!(matches!(self.left.as_slice(), [Effect::OpenVariant(path)] if path.to_str() == Some(name)));
        self.event(Event::VariantOpened(PathBuf::from(name), Ok(Box::new(opened))));
        self
    }
}

#[test]
fn what_is_saved_opens_as_the_same_comparison_without_any_key() {
    let mut bench = Bench::with_three();
    bench.paste_key(&Key::generate(KeyKind::P256, None).unwrap());
    let token = bench.id(2);
    bench.compare(CompareCommand::SetBaseline(token)).compare(CompareCommand::Save);
    assert!(matches!(bench.left.as_slice(), [Effect::Pick(Pick::SaveComparison, start)]
        if start.to_str() == Some("comparison.jwt-compare.json")));
    let (text, over) = bench.picked(Pick::SaveComparison).written();
    assert_eq!(over, Over::Anything);
    assert!(!text.contains(SECRET) && !text.contains("PRIVATE") && !text.contains("\"d\""), "{text}");
    assert!(text.contains(CLAIMS), "byte for byte: {text}");
    let text = text.to_owned();
    assert!(bench.comparison().is_unsaved());
    bench.saved(Ok(stamp(1)));
    assert_eq!((bench.comparison().is_unsaved(), bench.comparison().path()), (false, Some(path().as_path())));
    assert!(bench.workbench.settings().recent_files.contains(&path()));

    let mut other = Bench::new();
    other.opened(&text, 1);
    assert_eq!(other.workbench.settings().page, Page::Compare);
    assert_eq!(other.names(), bench.names());
    assert_eq!((other.comparison().is_unsaved(), other.comparison().path()), (false, Some(path().as_path())));
    assert_eq!(other.baseline().id, other.id(2));
    assert_eq!(other.at(0).origin, VariantOrigin::Snapshot, "the draft of then is not that of now");
    for index in 0..3 {
        assert_eq!(other.facts(index).sizes, bench.facts(index).sizes);
        assert_eq!(
            (&other.at(index).template.claims, &other.at(index).token),
            (&bench.at(index).template.claims, &bench.at(index).token)
        );
    }
    assert!(other.at(2).key.is_some(), "the key at hand verifies the token");
    other.compare(CompareCommand::Save);
    assert_eq!(other.written().1, Over::Known(stamp(1)));
    assert_eq!(other.written().0, text.replace("\"origin\": \"draft\"", "\"origin\": \"snapshot\""));
}

#[test]
fn a_file_that_another_program_changed_is_not_overwritten() {
    let mut bench = Bench::with_three();
    bench.compare(CompareCommand::Save).picked(Pick::SaveComparison).saved(Ok(stamp(1)));
    bench.compare(CompareCommand::AddSnapshot).compare(CompareCommand::Save);
    assert_eq!(bench.written().1, Over::Known(stamp(1)));
    bench.saved(Err(SaveFailure::Changed));
    assert!(matches!(bench.workbench.question(), Some(Question::ReplaceComparison { changed: true, .. })));
    bench.answer(Answer::Cancel);
    assert!(bench.left.is_empty() && bench.comparison().is_unsaved());
    bench.compare(CompareCommand::Save).saved(Err(SaveFailure::Changed)).answer(Answer::Save);
    assert_eq!(bench.written().1, Over::Anything);
    let problem = Problem::new("file-full", "There is no space left.");
    bench.saved(Err(SaveFailure::Problem(problem)));
    assert_eq!((bench.notice(), bench.comparison().is_unsaved()), ("There is no space left.", true));
    bench.compare(CompareCommand::Save).saved(Ok(stamp(2)));
    assert!(!bench.comparison().is_unsaved());
}

#[test]
fn what_changes_while_it_is_written_is_unsaved_and_the_next_save_waits() {
    let mut bench = Bench::with_three();
    bench.compare(CompareCommand::Save).picked(Pick::SaveComparison).compare(CompareCommand::AddSnapshot);
    bench.compare(CompareCommand::SaveAs);
    bench.picked(Pick::SaveComparison);
    assert!(bench.left.is_empty(), "one save at a time");
    bench.saved(Ok(stamp(1)));
    assert!(bench.comparison().is_unsaved());
    let (text, over) = bench
        .left
        .iter()
        .find_map(|effect| match effect {
            Effect::SaveComparison { text, over, .. } => Some((text.clone(), *over)),
            _ => None,
        })
        .unwrap();
    assert_eq!((ComparisonFile::parse(&text).unwrap().variants.len(), over), (4, Over::Known(stamp(1))));
    bench.saved(Ok(stamp(2)));
    assert!(!bench.comparison().is_unsaved());
}

#[test]
fn a_variant_that_cannot_be_saved_is_named() {
    let mut bench = Bench::with_three();
    bench.type_claims("{").compare(CompareCommand::Save).picked(Pick::SaveComparison);
    assert!(bench.left.is_empty());
    assert!(bench.notice().contains("cannot be saved"), "{}", bench.notice());
}

#[test]
fn an_unsaved_comparison_is_not_dropped_without_asking() {
    let mut saved = Bench::with_three();
    let text = saved.compare(CompareCommand::Save).picked(Pick::SaveComparison).written().0.to_owned();
    let mut bench = Bench::comparing();
    bench.opened(&text, 1);
    assert_eq!(bench.names().len(), 3, "the draft alone is nothing to lose");
    bench.compare(CompareCommand::AddSnapshot).opened(&text, 2);
    assert!(matches!(bench.workbench.question(), Some(Question::UnsavedComparison { .. })));
    bench.answer(Answer::Cancel);
    assert_eq!(bench.names().len(), 4);
    bench.opened(&text, 2).answer(Answer::Discard);
    assert_eq!(bench.names().len(), 3);
    bench.compare(CompareCommand::AddSnapshot).opened(&text, 3).answer(Answer::Save);
    assert_eq!(bench.written().1, Over::Known(stamp(2)));
    bench.saved(Ok(stamp(4)));
    assert_eq!(bench.names().len(), 3, "once it is saved, the other one is opened");
    bench.compare(CompareCommand::AddSnapshot).apply(Command::File(FileCommand::Quit));
    assert!(matches!(bench.workbench.question(), Some(Question::UnsavedComparison { .. })));
    bench.answer(Answer::Cancel);
    assert!(bench.left.is_empty());
    bench.apply(Command::File(FileCommand::Quit)).answer(Answer::Discard);
    assert!(matches!(bench.left.as_slice(), [Effect::Quit]));
    bench.apply(Command::Draft(DraftCommand::AddClaim)).apply(Command::File(FileCommand::Quit));
    assert!(matches!(bench.workbench.question(), Some(Question::Unsaved { .. })), "the draft comes first");
    bench.answer(Answer::Discard);
    assert!(matches!(bench.workbench.question(), Some(Question::UnsavedComparison { .. })));
    bench.answer(Answer::Save).saved(Ok(stamp(5)));
    assert!(matches!(bench.workbench.question(), Some(Question::Unsaved { .. })), "the draft is unsaved still");
}

#[test]
fn an_answer_for_a_comparison_that_is_gone_changes_nothing() {
    let mut bench = Bench::with_three();
    bench.compare(CompareCommand::Save).picked(Pick::SaveComparison);
    let text = bench.written().0.to_owned();
    bench.opened(&text, 7).answer(Answer::Discard).compare(CompareCommand::AddSnapshot);
    bench.saved(Ok(stamp(1)));
    assert!(bench.comparison().is_unsaved());
    bench.compare(CompareCommand::Save);
    assert_eq!(bench.written().1, Over::Known(stamp(7)));
}

#[test]
fn files_become_variants() {
    let mut bench = Bench::new();
    let template = TemplateFile::new("Mine", "{\"alg\":\"HS256\"}", CLAIMS);
    bench.add_file("/x/t.jwt.json", Opened::Template(template.clone()));
    assert_eq!(bench.names(), [bench.workbench.draft().title().as_str(), "Mine"], "the draft comes first");
    assert_eq!(bench.at(1).origin, VariantOrigin::File(PathBuf::from("/x/t.jwt.json")));
    bench.add_file("/x/claims.json", Opened::Claims("{\"sub\": 1.0}".to_owned()));
    assert_eq!((bench.names()[2], bench.facts(2).payload.as_slice()), ("claims", &b"{\"sub\":1.0}"[..]));
    bench.add_file("/x/token.txt", Opened::Token(format!("Bearer {}", hs256("{}"))));
    assert_eq!((bench.names()[3], bench.at(3).token.as_deref()), ("token", Some(hs256("{}").as_str())));
    let origin = VariantOrigin::File(PathBuf::from("/x/token.txt"));
    assert_eq!((&bench.at(3).origin, bench.at(3).key.is_some()), (&origin, true));
    bench.add_file("/x/key.pem", Opened::Key(Secret::from("-----BEGIN".to_owned())));
    assert_eq!((bench.notice(), bench.names().len()), ("key.pem is a key, not a token or a template.", 4));
    let problem = Problem::new("file-missing", "It is gone.");
    bench.event(Event::VariantOpened(PathBuf::from("x"), Err(problem)));
    assert_eq!((bench.notice(), bench.names().len()), ("It is gone.", 4));
    bench.compare(CompareCommand::Save).picked(Pick::SaveComparison);
    let text = bench.written().0.to_owned();
    assert!(text.contains("\"file\": \"t.jwt.json\"") && !text.contains("/x/"), "{text}");
    bench.add_file("/x/c.jwt-compare.json", Opened::Comparison(ComparisonFile::parse(&text).unwrap()));
    assert_eq!(bench.names().len(), 8, "all variants of a comparison are added");
    assert_eq!(bench.at(5).origin, VariantOrigin::File(PathBuf::from("t.jwt.json")));
    bench.compare(CompareCommand::AddFiles);
    assert!(matches!(bench.left.as_slice(), [Effect::Pick(Pick::AddVariants, _)]));
    bench.picked(Pick::AddVariants);
    assert!(matches!(bench.left.as_slice(), [Effect::OpenVariant(_)]));
    bench.compare(CompareCommand::Open).picked(Pick::OpenComparison);
    assert!(matches!(bench.left.as_slice(), [Effect::Open(_)]));
}

#[test]
fn a_token_in_a_file_that_cannot_be_read_is_left_out_and_said() {
    let text = format!(
        r#"{{"format":"jwt-workbench.comparison","version":1,"baseline":1,"variants":[
        {{"name":"bad","token":"a.b.c"}},{{"name":"good","token":"{}"}}]}}"#,
        hs256("{}")
    );
    let mut bench = Bench::new();
    bench.opened(&text, 1);
    assert_eq!((bench.names(), bench.baseline().id), (vec!["good"], bench.id(0)));
    assert!(bench.notice().starts_with("bad: "), "{}", bench.notice());
    bench.apply(Command::Key(KeyCommand::SetSecret(Secret::from("x".to_owned()))));
    assert_eq!(bench.names(), ["good"], "no draft comes uncalled");
}
