//! Everything that writes a file, on disks that fail: the user is told what happened and what to do, what was there before is
//! there still, and nothing else is.
//!
//! What `tests/files.rs` and `tests/hostile/saves.rs` try in depth for templates is tried here for every writer.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test fails by panicking and says what it skips")]

#[path = "common/small_disk.rs"]
mod small_disk;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use jwt_workbench::jobs::Jobs;
use jwt_workbench::jobs::settings_store::SettingsStore;
use jwt_workbench::jose::secret::Secret;
use jwt_workbench::template::default::default_template;
use jwt_workbench::workbench::Workbench;
use jwt_workbench::workbench::effect::{Effect, Event, Over, SaveFailure};
use jwt_workbench::workbench::kept_draft::KeptDraft;
use jwt_workbench::workbench::notice::NoticeKind;
use jwt_workbench::workbench::recovery::RecoveryEffect;
use jwt_workbench::workbench::settings::Settings;
use small_disk::SmallDisk;

const NOW: i64 = 1_795_284_752;
/// What is written, unless it has a form of its own.
const NEW: &str = "new\n";
const ORIGINAL: &[u8] = b"original\n";

/// What writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Writer {
    Template,
    Comparison,
    Export,
    Key,
    Settings,
    Draft,
    Mint,
}

impl Writer {
    /// Those that write a file of the user's choice.
    const CHOSEN: [Self; 5] = [Self::Template, Self::Comparison, Self::Export, Self::Key, Self::Mint];
    const ALL: [Self; 7] =
        [Self::Template, Self::Comparison, Self::Export, Self::Key, Self::Mint, Self::Settings, Self::Draft];

    /// Its file in a folder.
    fn path(self, folder: &Path) -> PathBuf {
        folder.join(if self == Self::Settings { "settings.json" } else { "target" })
    }

    fn effect(self, path: PathBuf, over: Over) -> Effect {
        match self {
            Self::Template => Effect::Save { path, text: NEW.to_owned(), over },
            Self::Comparison => Effect::SaveComparison { path, text: NEW.to_owned(), over },
            Self::Export => Effect::WriteExport { path, bytes: NEW.as_bytes().to_vec(), private: false, over },
            Self::Key => Effect::WriteKey { path, text: Secret::from(NEW.to_owned()), over },
            Self::Settings => Effect::SaveSettings(Box::default()),
            Self::Draft => {
                let draft = KeptDraft { template: default_template(), origin: None, at: NOW };
                Effect::Recovery(RecoveryEffect::Keep(Box::new(draft)))
            }
            Self::Mint => unreachable!("a program of its own"),
        }
    }

    /// Writes into the folder. Returns what the user is told when it fails: what happened and what to do.
    fn write(self, folder: &Path, over: Over) -> Result<(), String> {
        if self == Self::Mint {
            return mint(&self.path(folder));
        }
        let mut jobs = Jobs::new(SettingsStore::at(folder.join("settings.json")), || ());
        let secret = Secret::from("0123456789abcdef0123456789abcdef".to_owned());
        let (mut workbench, _) = Workbench::new(default_template(), secret, Settings::default(), NOW);
        let before = whole(folder);
        jobs.run(self.effect(self.path(folder), over));
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(10) {
            while let Some(event) = jobs.poll() {
                let is_written = matches!(
                    event,
                    Event::Saved(_, Ok(_))
                        | Event::ComparisonSaved(_, Ok(_))
                        | Event::Exported(_, Ok(()))
                        | Event::KeyWritten(_, Ok(()))
                );
                // The answer to a comparison is heard by a workbench that saves one; `tests/comparison` does.
                if let Event::ComparisonSaved(_, Err(SaveFailure::Problem(problem))) = &event {
                    return Err(format!("{} {}", problem.message, problem.help));
                }
                workbench.on_event(event, NOW);
                if is_written {
                    return Ok(());
                }
            }
            let notices = workbench.notices().list();
            if let Some(notice) = notices.iter().find(|notice| notice.kind == NoticeKind::Error) {
                assert!(!notice.help.is_empty(), "{self:?} says no next step: {}", notice.text);
                return Err(format!("{} {}", notice.text, notice.help));
            }
            // These two say nothing when all is well.
            if matches!(self, Self::Settings | Self::Draft) && whole(folder) != before {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        panic!("{self:?} neither writes nor says why not");
    }
}

fn mint(path: &Path) -> Result<(), String> {
    let output = Command::new(env!("CARGO_BIN_EXE_jwt-workbench"))
        .args(["mint", "--count", "50", "--secret-env", "DISK_SECRET", "--output"])
        .arg(path)
        .env("DISK_SECRET", "0123456789abcdef0123456789abcdef0123456789A")
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    match output.status.code() {
        Some(0) => Ok(()),
        Some(2) => Err(said),
        code => panic!("mint ended with {code:?}: {said}"),
    }
}

/// Every file below a folder with what is in it; empty when there is none. Locks come and go.
fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("an entry").path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let files = files.into_iter().filter(|path| path.extension().is_none_or(|end| end != "lock"));
    let here = files.map(|path| (path.clone(), fs::read(&path).unwrap_or_default()));
    let mut tree: Vec<_> = here.chain(folders.iter().flat_map(|folder| tree(folder))).collect();
    tree.sort();
    tree
}

/// The same without what is being written.
fn whole(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let is_hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    tree(folder).into_iter().filter(|(path, _)| !is_hidden(path)).collect()
}

/// The writer fails, says so in these words, and leaves everything as it is.
#[track_caller]
fn check_fails(writer: Writer, folder: &Path, over: Over, words: &str) {
    let before = tree(folder);
    let Err(said) = writer.write(folder, over) else { panic!("{writer:?} wrote where it cannot") };
    assert!(said.contains(words), "{writer:?}: {said}");
    assert!(!said.contains("os error"), "{writer:?}: {said}");
    assert_eq!(tree(folder), before, "{writer:?} left something behind, or changed something");
}

/// A folder with a file for every writer that has one there.
fn with_originals() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fill(folder.path());
    folder
}

fn fill(folder: &Path) {
    fs::write(folder.join("target"), ORIGINAL).expect("the original");
    fs::write(folder.join("settings.json"), "{}").expect("the settings");
}

#[test]
fn a_full_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(disk) = SmallDisk::mount(folder.path()) else {
        return eprintln!("skipped: a small disk can be mounted by root only");
    };
    fill(&disk.0);
    // The folder that drafts are in is there before the disk is full.
    fs::create_dir(disk.0.join("drafts")).expect("a folder");
    let mut ballast = vec![b'b'; 64 << 10];
    while fs::write(disk.0.join("ballast"), &ballast).is_err() {
        ballast.truncate(ballast.len() - 1_024);
    }
    for writer in Writer::ALL {
        check_fails(writer, &disk.0, Over::Anything, "no space left on the disk");
    }
    fs::remove_file(disk.0.join("ballast")).expect("the ballast goes");
    for writer in Writer::ALL {
        assert_eq!(writer.write(&disk.0, Over::Anything), Ok(()), "{writer:?}: there is room again");
    }
}

#[test]
fn a_read_only_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(disk) = SmallDisk::mount(folder.path()) else {
        return eprintln!("skipped: a small disk can be mounted by root only");
    };
    fill(&disk.0);
    let remounted = Command::new("mount").args(["-o", "remount,ro"]).arg(&disk.0).status().expect("mount runs");
    assert!(remounted.success());
    for writer in Writer::ALL {
        check_fails(writer, &disk.0, Over::Anything, "the disk is read-only");
    }
}

#[test]
fn a_read_only_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = with_originals();
    for writer in Writer::CHOSEN.into_iter().chain([Writer::Settings]) {
        let path = writer.path(folder.path());
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("permissions");
        check_fails(writer, folder.path(), Over::Anything, "the file is read-only");
    }
}

#[test]
fn a_vanished_folder_and_one_that_became_a_file() {
    let folder = with_originals();
    for writer in Writer::CHOSEN {
        check_fails(writer, &folder.path().join("gone"), Over::Anything, "its folder does not exist");
    }
    for writer in Writer::ALL {
        check_fails(writer, &folder.path().join("target"), Over::Anything, "a file, not a folder");
    }
}

#[test]
fn a_link_stays_a_link_and_what_it_names_is_replaced() {
    for writer in Writer::CHOSEN.into_iter().chain([Writer::Settings]) {
        let folder = with_originals();
        let (path, elsewhere) = (writer.path(folder.path()), folder.path().join("elsewhere"));
        fs::rename(&path, &elsewhere).expect("the original moves");
        let before = fs::read(&elsewhere).expect("the original");
        std::os::unix::fs::symlink("elsewhere", &path).expect("a link");
        writer.write(folder.path(), Over::Anything).expect("it is written");
        assert!(fs::symlink_metadata(&path).expect("the link").is_symlink(), "{writer:?}");
        assert_ne!(fs::read(&elsewhere).expect("the file"), before, "{writer:?}");
    }
}

/// Templates and comparisons ask instead; `tests/hostile` answers.
#[test]
fn a_file_that_is_there_already_is_not_replaced_unasked() {
    let folder = with_originals();
    for writer in [Writer::Export, Writer::Key] {
        check_fails(writer, folder.path(), Over::Nothing, "there is such a file already");
    }
}
