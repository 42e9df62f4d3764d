//! Saving where it cannot be done, over what is not ours, and twice at once: the file is whole, the draft is kept.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use jwt_workbench::jobs::files;
use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::template::file::TemplateFile;
use jwt_workbench::workbench::command::{self, Answer, DraftCommand, FileCommand, KeyCommand, Part};
use jwt_workbench::workbench::effect::{Effect, Event, KeyExport, KeyRef, Pick, SaveFailure};
use jwt_workbench::workbench::question::Question;

use crate::desk::Desk;
use crate::files::{Folder, TEMPLATE};
use crate::skipped;
use crate::small_disk::SmallDisk;

const PRIVATE_PEM: KeyExport = KeyExport { private: true, jwk: false };

/// A desk with an unsaved draft and a P-256 key.
fn busy() -> Desk {
    let mut desk = Desk::new();
    desk.type_text(Part::Claims, "{\"sub\":\"mine\"}");
    desk
}

/// A desk with the draft of this file, edited.
fn opened(path: &Path) -> Desk {
    let mut desk = Desk::new();
    desk.open(path).type_text(Part::Claims, "{\"sub\":\"mine\"}");
    assert!(desk.workbench.draft().is_unsaved());
    desk
}

/// A save that fails: on its own, and asked for by quitting.
#[track_caller]
fn check_fails(desk: &mut Desk, save: impl Fn(&mut Desk) -> &mut Desk, words: &str) {
    let before = desk.belongings();
    save(desk);
    assert!(desk.complaint().text.contains(words), "{}", desk.complaint().text);
    assert_eq!(desk.belongings(), before);
    desk.left.clear();
    desk.file(FileCommand::Quit).file(FileCommand::Answer(Answer::Save));
    save(desk);
    assert_eq!(desk.belongings(), before);
    assert!(!desk.left.iter().any(|effect| matches!(effect, Effect::Quit)), "the window was closed");
    desk.minted();
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_place_that_cannot_be_written_to_is_told() {
    let folder = Folder::new();
    let file = folder.file("file", "original");
    check_fails(&mut busy(), |desk| desk.save_as(&folder.path("")), "it is a folder");
    check_fails(&mut busy(), |desk| desk.save_as(&folder.path("none/a.jwt.json")), "its folder does not exist");
    check_fails(&mut busy(), |desk| desk.save_as(&file.join("a")), "a file, not a folder");
    check_fails(&mut busy(), |desk| desk.save_as(&folder.path(&"n".repeat(300))), "does not accept this name");
    check_fails(&mut busy(), |desk| desk.save_as(Path::new("/dev/full")), "a pipe or a device");
    check_fails(&mut busy(), |desk| desk.save_as(Path::new("/sys/kernel/a.jwt.json")), "no permission");
    check_fails(&mut busy(), |desk| desk.save_as(Path::new("/")), "does not name a file");
    assert_eq!(fs::read(&file).unwrap(), b"original");
    assert_eq!(names(&folder.path("")), ["file"]);
}

#[test]
fn a_folder_or_file_nobody_may_write_to_keeps_its_file() {
    let folder = Folder::new();
    let path = folder.file("a.jwt.json", TEMPLATE);
    let mut desk = opened(&path);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    check_fails(&mut desk, |desk| desk.file(FileCommand::Save), "read-only");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(folder.path(""), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::metadata(&path).unwrap().uid() == 0 {
        skipped("permissions of folders do not bind root");
    } else {
        check_fails(&mut desk, |desk| desk.file(FileCommand::Save), "no permission");
    }
    fs::set_permissions(folder.path(""), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!((fs::read_to_string(&path).unwrap().as_str(), names(&folder.path("")).len()), (TEMPLATE, 1));
    desk.file(FileCommand::Save);
    assert!(!desk.workbench.draft().is_unsaved());
}

#[test]
fn a_full_disk_keeps_the_file_and_the_draft() {
    let folder = Folder::new();
    let Some(disk) = SmallDisk::mount(folder.path("")) else {
        return skipped("a small disk can be mounted by root only");
    };
    let path = folder.file("a.jwt.json", TEMPLATE);
    let mut desk = opened(&path);
    desk.type_text(Part::Claims, &format!("{{\"sub\":\"{}\"}}", "x".repeat(70_000)));
    check_fails(&mut desk, |desk| desk.file(FileCommand::Save), "no space left");
    check_fails(&mut desk, |desk| desk.save_as(&folder.path("b.jwt.json")), "no space left");
    assert_eq!(fs::read_to_string(&path).unwrap(), TEMPLATE);
    assert_eq!(names(&disk.0), ["a.jwt.json"]);
    desk.type_text(Part::Claims, "{}").file(FileCommand::Save);
    assert_eq!(fs::read_to_string(&path).unwrap(), TEMPLATE.replace("{ \"n\" : 1.0 }", "{}"));
}

#[test]
fn a_broken_text_cannot_be_saved_and_says_where_it_is_broken() {
    let folder = Folder::new();
    let path = folder.file("a.jwt.json", TEMPLATE);
    for (part, text, words) in [
        (Part::Claims, "{\n \"a\": }", "claims are not valid JSON at 2:7"),
        (Part::Header, "{\"alg\" \"HS256\"}", "header is not valid JSON at 1:8"),
        (Part::Header, "[]", "header is an array"),
    ] {
        let mut desk = opened(&path);
        desk.type_text(part, text);
        let before = desk.belongings();
        desk.file(FileCommand::Save);
        assert!(desk.complaint().text.contains(words), "{}", desk.complaint().text);
        desk.file(FileCommand::Quit).file(FileCommand::Answer(Answer::Save));
        assert!(!desk.left.iter().any(|effect| matches!(effect, Effect::Quit)));
        assert_eq!(desk.belongings(), before);
        assert_eq!(fs::read_to_string(&path).unwrap(), TEMPLATE);
        desk.draft(DraftCommand::Undo).file(FileCommand::Save);
        assert!(!desk.workbench.draft().is_unsaved());
        fs::write(&path, TEMPLATE).unwrap();
    }
}

#[test]
fn a_file_that_another_program_replaced_is_not_overwritten_without_asking() {
    let folder = Folder::new();
    let theirs = TEMPLATE.replace("1.0 }", "2.0 }");
    for answer in [Answer::Cancel, Answer::Save, Answer::Discard] {
        let path = folder.file("a.jwt.json", TEMPLATE);
        let mut desk = opened(&path);
        let before = desk.belongings();
        fs::remove_file(&path).unwrap();
        folder.file("a.jwt.json", &theirs);
        desk.file(FileCommand::Save);
        assert!(matches!(desk.workbench.question(), Some(Question::Changed { path: asked }) if *asked == path));
        assert_eq!((fs::read_to_string(&path).unwrap(), desk.belongings()), (theirs.clone(), before.clone()));
        desk.file(FileCommand::Answer(answer));
        assert_eq!(desk.workbench.question(), None, "one answer is enough");
        let (on_disk, claims) = match answer {
            Answer::Cancel => (theirs.clone(), "{\"sub\":\"mine\"}"),
            Answer::Save => (TEMPLATE.replace("{ \"n\" : 1.0 }", "{\"sub\":\"mine\"}"), "{\"sub\":\"mine\"}"),
            Answer::Discard => (theirs.clone(), "{ \"n\" : 2.0 }"),
        };
        assert_eq!((fs::read_to_string(&path).unwrap().as_str(), desk.claims()), (on_disk.as_str(), claims));
        assert_eq!(desk.workbench.draft().is_unsaved(), answer == Answer::Cancel);
    }
}

#[test]
fn a_reload_that_drops_changes_asks_once() {
    let folder = Folder::new();
    let path = folder.file("a.jwt.json", TEMPLATE);
    let mut desk = opened(&path);
    desk.file(FileCommand::Reload).file(FileCommand::Answer(Answer::Cancel));
    assert_eq!(desk.claims(), "{\"sub\":\"mine\"}");
    desk.file(FileCommand::Reload).file(FileCommand::Answer(Answer::Discard));
    assert_eq!((desk.workbench.question(), desk.claims()), (None, "{ \"n\" : 1.0 }"));
    // What was agreed to is over: the next file asks again.
    desk.type_text(Part::Claims, "{}").open(&path);
    assert!(desk.workbench.question().is_some());
    // A reload of a file that has become unreadable drops nothing.
    desk.file(FileCommand::Answer(Answer::Cancel));
    fs::write(&path, "{").unwrap();
    desk.file(FileCommand::Reload).file(FileCommand::Answer(Answer::Discard));
    desk.complaint();
    assert_eq!(desk.claims(), "{}");
}

#[test]
fn a_file_that_was_removed_is_written_again() {
    let folder = Folder::new();
    let path = folder.file("a.jwt.json", TEMPLATE);
    let mut desk = opened(&path);
    fs::remove_file(&path).unwrap();
    desk.file(FileCommand::Save);
    assert!(fs::read_to_string(&path).unwrap().contains("mine"));
}

#[test]
fn a_link_stays_and_its_file_is_saved() {
    let folder = Folder::new();
    let (path, link) = (folder.file("a.jwt.json", TEMPLATE), folder.path("link"));
    symlink(&path, &link).unwrap();
    let mut desk = opened(&link);
    desk.file(FileCommand::Save);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&path).unwrap().contains("mine"));
    fs::write(&path, TEMPLATE).unwrap();
    desk.type_text(Part::Claims, "{}").file(FileCommand::Save);
    assert!(matches!(desk.workbench.question(), Some(Question::Changed { .. })), "a change behind the link is seen");
}

/// Without a file dialog, nobody else asks before a file is replaced.
#[test]
fn a_typed_path_replaces_no_file_without_asking() {
    let folder = Folder::new();
    let path = folder.file("other.txt", "precious");
    let mut desk = busy();
    desk.event(Event::PickUnavailable(Pick::SaveAs, PathBuf::new()));
    desk.file(FileCommand::AnswerPath(path.clone()));
    assert!(matches!(desk.workbench.question(), Some(Question::Replace { path: asked }) if *asked == path));
    desk.file(FileCommand::Answer(Answer::Cancel));
    assert_eq!((fs::read_to_string(&path).unwrap().as_str(), desk.belongings().path), ("precious", None));
    desk.event(Event::PickUnavailable(Pick::SaveAs, PathBuf::new()));
    desk.file(FileCommand::AnswerPath(path.clone())).file(FileCommand::Answer(Answer::Save));
    assert!(fs::read_to_string(&path).unwrap().contains("mine"));
    assert_eq!((desk.workbench.draft().is_unsaved(), desk.belongings().path), (false, Some(path)));

    let key = folder.file("key.pem", "precious");
    desk.key(KeyCommand::Generate(KeyKind::P256, None)).draft(DraftCommand::SetAlgorithm(Algorithm::ES256));
    desk.event(Event::PickUnavailable(Pick::ExportKey(KeyRef::InUse, PRIVATE_PEM), PathBuf::new()));
    desk.file(FileCommand::AnswerPath(key.clone()));
    assert!(desk.complaint().text.contains("already"), "{}", desk.complaint().text);
    assert_eq!(fs::read_to_string(&key).unwrap(), "precious");
    desk.event(Event::PickUnavailable(Pick::ExportKey(KeyRef::InUse, PRIVATE_PEM), PathBuf::new()));
    desk.file(FileCommand::AnswerPath(folder.path("new.pem")));
    let mode = fs::metadata(folder.path("new.pem")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // A dialog of the system has asked already.
    desk.picked(Pick::ExportKey(KeyRef::InUse, PRIVATE_PEM), &key);
    assert!(fs::read_to_string(&key).unwrap().starts_with("-----BEGIN PRIVATE KEY-----"));
}

#[test]
fn an_export_that_fails_keeps_the_key_and_says_nothing_of_it() {
    let folder = Folder::new();
    let mut desk = Desk::new();
    desk.key(KeyCommand::Generate(KeyKind::P256, None)).draft(DraftCommand::SetAlgorithm(Algorithm::ES256));
    let before = desk.belongings();
    for path in [folder.path(""), folder.path("none/k.pem"), PathBuf::from("/dev/full"), PathBuf::from("/")] {
        desk.picked(Pick::ExportKey(KeyRef::InUse, PRIVATE_PEM), &path);
        desk.complaint();
        assert_eq!(desk.belongings(), before);
    }
    assert!(names(&folder.path("")).is_empty());
}

/// A desk whose saves are not run but kept, to be answered when the test says so.
fn holding() -> Desk {
    let mut desk = Desk::new();
    desk.holds_saves = true;
    desk
}

/// Writes the oldest save that is kept, and answers it.
#[track_caller]
fn finish_save(desk: &mut Desk) {
    let place = desk.left.iter().position(|effect| matches!(effect, Effect::Save { .. })).expect("a save");
    let Effect::Save { path, text, .. } = desk.left.remove(place) else { unreachable!() };
    let outcome = files::save(&path, text.as_bytes()).map_err(SaveFailure::Problem);
    desk.event(Event::Saved(path, outcome));
}

fn saves(desk: &Desk) -> usize {
    desk.left.iter().filter(|effect| matches!(effect, Effect::Save { .. })).count()
}

#[test]
fn saving_twice_at_once_writes_the_newest_text_and_asks_nothing() {
    let folder = Folder::new();
    let path = folder.file("a.jwt.json", TEMPLATE);
    let mut desk = holding();
    desk.open(&path).type_text(Part::Claims, "{\"a\":1}").file(FileCommand::Save);
    desk.file(FileCommand::Save).type_text(Part::Claims, "{\"a\":2}").file(FileCommand::Save);
    assert_eq!(saves(&desk), 1, "one after the other");
    finish_save(&mut desk);
    assert!(desk.workbench.draft().is_unsaved(), "the newest text is not on the disk yet");
    finish_save(&mut desk);
    assert!(!desk.workbench.draft().is_unsaved());
    assert_eq!((saves(&desk), desk.workbench.question()), (0, None));
    assert!(fs::read_to_string(&path).unwrap().contains("{\"a\":2}"));

    // For real, with all threads that belong to it.
    let mut desk = Desk::new();
    desk.open(&path);
    for number in 0..20 {
        desk.start(command::Command::Draft(DraftCommand::Type(Part::Claims, format!("{{\"a\":{number}}}"))));
        desk.start(command::Command::File(FileCommand::Save)).start(command::Command::File(FileCommand::Save));
    }
    desk.wait();
    assert_eq!((desk.workbench.question(), desk.workbench.draft().is_unsaved()), (None, false));
    let on_disk = TemplateFile::parse(&fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(&on_disk, desk.workbench.draft().template());
}

#[test]
fn a_save_that_fails_while_another_waits_keeps_the_mark() {
    let folder = Folder::new();
    let path = folder.file("a.jwt.json", TEMPLATE);
    let mut desk = holding();
    desk.open(&path).type_text(Part::Claims, "{\"a\":1}").file(FileCommand::Save);
    desk.type_text(Part::Claims, "{\"a\":2}").file(FileCommand::Quit).file(FileCommand::Answer(Answer::Save));
    desk.left.retain(|effect| !matches!(effect, Effect::Save { .. }));
    let problem = files::save(&folder.path(""), b"").unwrap_err();
    desk.event(Event::Saved(path.clone(), Err(SaveFailure::Problem(problem))));
    assert!(desk.workbench.draft().is_unsaved());
    assert!(!desk.left.iter().any(|effect| matches!(effect, Effect::Quit)));
    desk.file(FileCommand::Save);
    finish_save(&mut desk);
    assert!(!desk.workbench.draft().is_unsaved());
}

#[test]
fn quitting_waits_for_the_newest_text() {
    let folder = Folder::new();
    let path = folder.file("a.jwt.json", TEMPLATE);
    let mut desk = holding();
    desk.open(&path).type_text(Part::Claims, "{\"a\":1}").file(FileCommand::Save);
    desk.type_text(Part::Claims, "{\"a\":2}").file(FileCommand::Quit).file(FileCommand::Answer(Answer::Save));
    finish_save(&mut desk);
    assert!(!desk.left.iter().any(|effect| matches!(effect, Effect::Quit)), "not yet");
    finish_save(&mut desk);
    assert!(desk.left.iter().any(|effect| matches!(effect, Effect::Quit)));
    assert!(fs::read_to_string(&path).unwrap().contains("{\"a\":2}"));
}

/// The answer to a save belongs to the draft that was saved, not to the one that has taken its place.
#[test]
fn a_new_draft_does_not_inherit_the_file_of_the_old_one() {
    let folder = Folder::new();
    let path = folder.file("a.jwt.json", TEMPLATE);
    for outcome in [Ok(()), Err(SaveFailure::Changed)] {
        let mut desk = holding();
        desk.open(&path).type_text(Part::Claims, "{\"a\":1}").file(FileCommand::Save);
        desk.file(FileCommand::New).file(FileCommand::Answer(Answer::Discard));
        let fresh = desk.belongings();
        match outcome {
            Ok(()) => finish_save(&mut desk),
            Err(failure) => desk.event(Event::Saved(path.clone(), Err(failure))),
        }
        assert_eq!((desk.belongings(), desk.workbench.question()), (fresh, None));
        desk.left.clear();
        desk.type_text(Part::Claims, "{\"b\":1}").file(FileCommand::Save);
        let picks = desk.left.iter().any(|effect| matches!(effect, Effect::Pick(Pick::SaveAs, _)));
        assert!(picks, "it has no file of its own");
    }
}
