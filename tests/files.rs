//! Files under real conditions: full disks, links, pipes, folders nobody may write to, changes by other programs.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test fails by panicking and says what it skips")]

#[path = "common/small_disk.rs"]
mod small_disk;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use jwt_workbench::jobs::files::{self, Access, Saving};
use jwt_workbench::jobs::watch::{Change, Watcher};
use jwt_workbench::jose::error::Problem;
use small_disk::SmallDisk;

const LIMIT: u64 = 16 << 20;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[track_caller]
fn refused(result: Result<impl std::fmt::Debug, Problem>, code: &str, words: &str) {
    let problem = result.unwrap_err();
    assert_eq!(problem.code, code, "{problem:?}");
    assert!(problem.message.contains(words), "{}", problem.message);
    assert!(!problem.message.contains("os error") && !problem.help.is_empty(), "{problem:?}");
}

/// Says on the test's output that a condition cannot be made here.
fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}

#[test]
fn what_is_saved_is_read() {
    let folder = folder();
    let path = folder.path().join("a.jwt.json");
    for bytes in [b"one".as_slice(), b"", &[0xff; 300_000]] {
        let stamp = files::save(&path, bytes).unwrap();
        let content = files::read(&path, LIMIT).unwrap();
        assert_eq!(content.bytes.bytes(), bytes);
        assert_eq!((content.stamp, files::stamp(&path)), (stamp, Some(stamp)));
    }
    assert_eq!(names(folder.path()), ["a.jwt.json"], "no temporary file stays");
}

#[test]
fn a_path_without_a_file_name_is_refused() {
    for path in ["", "/", ".."] {
        refused(files::save(Path::new(path), b"x"), "file-folder", "does not name a file");
    }
}

#[test]
fn a_stamp_tells_a_changed_file_from_an_unchanged_one() {
    let folder = folder();
    let path = folder.path().join("a");
    let first = files::save(&path, b"same").unwrap();
    assert_eq!(files::stamp(&path), Some(first));
    assert_ne!(files::save(&path, b"same").unwrap(), first, "a replacement is a change even with the same bytes");
    fs::remove_file(&path).unwrap();
    assert_eq!(files::stamp(&path), None);
}

#[test]
fn reading_refuses_what_is_no_ordinary_file() {
    let folder = folder();
    refused(files::read(&folder.path().join("none"), LIMIT), files::MISSING, "no such file");
    refused(files::read(folder.path(), LIMIT), "file-folder", "it is a folder");
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    refused(files::read(&file.join("below"), LIMIT), files::MISSING, "a file, not a folder");
    refused(files::read(Path::new("/dev/zero"), LIMIT), "file-special", "a pipe or a device");
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    refused(files::read(&pipe, LIMIT), "file-special", "a pipe or a device");
    refused(files::save(&pipe, b"x"), "file-special", "a pipe or a device");
}

#[test]
fn a_file_over_the_limit_is_refused_by_its_size() {
    let folder = folder();
    let path = folder.path().join("large");
    fs::File::create(&path).unwrap().set_len(100_000_000).unwrap();
    let started = Instant::now();
    refused(files::read(&path, LIMIT), "file-too-large", "it has 96 MiB, the limit is 16 MiB");
    assert!(started.elapsed() < Duration::from_millis(10), "it was read: {:?}", started.elapsed());
    fs::File::create(&path).unwrap().set_len(LIMIT + 1).unwrap();
    refused(files::read(&path, LIMIT), "file-too-large", "it has 17 MiB, the limit is 16 MiB");
    fs::File::create(&path).unwrap().set_len(LIMIT).unwrap();
    assert_eq!(files::read(&path, LIMIT).unwrap().bytes.len() as u64, LIMIT);
    // Files of the kernel say they are empty, and are not.
    refused(files::read(Path::new("/proc/self/smaps"), 100), "file-too-large", "it has more than 100 bytes");
}

mod permissions {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn a_save_keeps_the_permissions_and_a_new_file_has_those_of_the_umask() {
        let folder = folder();
        let path = folder.path().join("a");
        let like_any_other = folder.path().join("b");
        files::save(&path, b"1").unwrap();
        fs::write(&like_any_other, "1").unwrap();
        assert_eq!(mode(&path), mode(&like_any_other));
        for kept in [0o600, 0o640, 0o664, 0o666, 0o755] {
            fs::set_permissions(&path, fs::Permissions::from_mode(kept)).unwrap();
            files::save(&path, b"2").unwrap();
            assert_eq!(mode(&path), kept, "{kept:o}");
        }
    }

    #[test]
    fn a_private_save_is_for_the_owner_from_the_start() {
        let folder = folder();
        let path = folder.path().join("key.pem");
        let mut saving = Saving::begin(&path, Access::Private).unwrap();
        saving.write_all(b"half").unwrap();
        saving.flush().unwrap();
        let temporary = folder.path().join(&names(folder.path())[0]);
        assert_eq!((mode(&temporary), fs::read(&temporary).unwrap()), (0o600, b"half".to_vec()));
        saving.commit().unwrap();
        assert_eq!(mode(&path), 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        files::save_private(&path, b"new").unwrap();
        assert_eq!(mode(&path), 0o600, "an existing file becomes private");
    }

    #[test]
    fn the_owner_is_kept_where_that_is_allowed() {
        let folder = folder();
        let path = folder.path().join("a");
        fs::write(&path, "1").unwrap();
        if std::os::unix::fs::chown(&path, Some(12345), Some(12346)).is_err() {
            return skipped("only root can give a file away");
        }
        files::save(&path, b"2").unwrap();
        let metadata = fs::metadata(&path).unwrap();
        assert_eq!((metadata.uid(), metadata.gid()), (12345, 12346));
    }

    #[test]
    fn a_read_only_file_is_not_replaced() {
        let folder = folder();
        let path = folder.path().join("a");
        fs::write(&path, "original").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
        refused(files::save(&path, b"new"), "file-read-only", "the file is read-only");
        assert_eq!(fs::read(&path).unwrap(), b"original");
        assert_eq!(names(folder.path()), ["a"]);
    }

    #[test]
    fn a_folder_nobody_may_write_to_is_told() {
        let folder = folder();
        let path = folder.path().join("a");
        fs::write(&path, "original").unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
        if fs::metadata(folder.path()).unwrap().uid() == 0 {
            skipped("permissions do not bind root; a folder of the kernel stands in");
            refused(files::save(Path::new("/proc/self/new"), b"x"), files::MISSING, "Cannot save /proc/self/new");
            refused(files::save(Path::new("/sys/kernel/new"), b"x"), "file-permission", "no permission to write there");
        } else {
            refused(files::save(&path, b"new"), "file-permission", "no permission to write there");
        }
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"original");
    }

    #[test]
    fn a_link_stays_a_link_and_its_file_is_replaced() {
        let folder = folder();
        let (home, store) = (folder.path().join("home"), folder.path().join("store"));
        fs::create_dir(&home).unwrap();
        fs::create_dir(&store).unwrap();
        let (link, target) = (home.join("link"), store.join("target"));
        std::os::unix::fs::symlink("../store/target", &link).unwrap();
        files::save(&link, b"through a dangling link").unwrap();
        fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
        files::save(&link, b"again").unwrap();
        assert_eq!((fs::read(&target).unwrap(), mode(&target)), (b"again".to_vec(), 0o640));
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!((names(&home), names(&store)), (vec!["link".to_owned()], vec!["target".to_owned()]));

        std::os::unix::fs::symlink("circle", home.join("circle")).unwrap();
        refused(files::save(&home.join("circle"), b"x"), "file", "in a circle");
    }
}

#[test]
fn a_save_without_a_place_is_told() {
    let folder = folder();
    refused(files::save(folder.path(), b"x"), "file-folder", "it is a folder");
    refused(files::save(&folder.path().join("none/a"), b"x"), files::MISSING, "its folder does not exist");
    let file = folder.path().join("file");
    fs::write(&file, "original").unwrap();
    refused(files::save(&file.join("a"), b"x"), files::MISSING, "a file, not a folder");
    refused(files::save(&folder.path().join("n".repeat(300)), b"x"), "file", "the disk does not accept this name");
    assert_eq!(fs::read(&file).unwrap(), b"original");
    assert_eq!(names(folder.path()), ["file"]);
}

#[test]
fn a_save_that_is_given_up_leaves_no_trace() {
    let folder = folder();
    let path = folder.path().join("a");
    fs::write(&path, "original").unwrap();
    let mut saving = Saving::begin(&path, Access::Kept).unwrap();
    saving.write_all(b"half").unwrap();
    drop(saving);
    assert_eq!((fs::read(&path).unwrap(), names(folder.path())), (b"original".to_vec(), vec!["a".to_owned()]));
}

#[test]
fn a_full_disk_leaves_the_original_whole() {
    let folder = folder();
    let Some(disk) = SmallDisk::mount(folder.path()) else {
        return skipped("a small disk can be mounted by root only");
    };
    let path = disk.0.join("a.jwt.json");
    files::save(&path, &[b'o'; 20_000]).unwrap();
    refused(files::save(&path, &[b'n'; 60_000]), "file-full", "there is no space left on the disk");
    assert_eq!(fs::read(&path).unwrap(), [b'o'; 20_000]);
    assert_eq!(names(&disk.0), ["a.jwt.json"], "the temporary file is gone");
    files::save(&path, &[b'n'; 20_000]).unwrap();
    refused(files::save(&disk.0.join("new"), &[b'n'; 60_000]), "file-full", "there is no space left on the disk");
    assert_eq!(names(&disk.0), ["a.jwt.json"], "no empty file where there was none");
}

fn watcher() -> (Watcher, Receiver<Result<Change, Problem>>) {
    let (sender, receiver) = channel();
    (Watcher::start(move |change| sender.send(change).unwrap()).unwrap(), receiver)
}

const SOON: Duration = Duration::from_secs(10);
const QUIET: Duration = Duration::from_millis(500);

/// One after the other: the last one counts the threads of this process that watch.
#[test]
fn the_watcher() {
    tells_each_change_once();
    sees_what_happened_before_it_was_asked_and_through_links();
    sleeps_while_nothing_happens_and_ends();
}

fn tells_each_change_once() {
    let folder = folder();
    let path = folder.path().join("a");
    let known = files::save(&path, b"0").unwrap();
    let (watcher, changes) = watcher();
    watcher.watch(&path, Some(known));
    fs::write(folder.path().join("other"), "x").unwrap();
    files::read(&path, LIMIT).unwrap();
    assert!(changes.recv_timeout(QUIET).is_err(), "another file and reading are no changes");

    for text in ["1", "12", "123"] {
        fs::write(&path, text).unwrap();
    }
    // On a busy machine they are not at once; still none is told twice.
    let last = Change { path: path.clone(), stamp: files::stamp(&path) };
    let told = (1..=3).find(|_| changes.recv_timeout(SOON).unwrap().unwrap() == last);
    assert!(told.is_some(), "the last of three writes is told within three changes");
    assert!(changes.recv_timeout(QUIET).is_err(), "it is told once");

    let stamp = files::save(&path, b"replaced").unwrap();
    assert_eq!(changes.recv_timeout(SOON).unwrap().unwrap().stamp, Some(stamp));
    fs::remove_file(&path).unwrap();
    assert_eq!(changes.recv_timeout(SOON).unwrap().unwrap().stamp, None);
    let stamp = files::save(&path, b"back").unwrap();
    assert_eq!(changes.recv_timeout(SOON).unwrap().unwrap().stamp, Some(stamp));

    watcher.forget();
    files::save(&path, b"unseen").unwrap();
    assert!(changes.recv_timeout(QUIET).is_err());
}

fn sees_what_happened_before_it_was_asked_and_through_links() {
    let folder = folder();
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    fs::create_dir(&first).unwrap();
    fs::create_dir(&second).unwrap();
    let (link, target) = (first.join("link"), second.join("target"));
    let known = files::save(&target, b"0").unwrap();
    std::os::unix::fs::symlink(&target, &link).unwrap();
    let later = files::save(&target, b"1").unwrap();
    let (watcher, changes) = watcher();
    watcher.watch(&link, Some(known));
    assert_eq!(changes.recv_timeout(SOON).unwrap().unwrap().stamp, Some(later));
    let latest = files::save(&target, b"2").unwrap();
    assert_eq!(changes.recv_timeout(SOON).unwrap().unwrap(), Change { path: link, stamp: Some(latest) });
    watcher.watch(&folder.path().join("none/a"), None);
    refused(changes.recv_timeout(SOON).unwrap(), "watch", "cannot be noticed");
}

#[cfg(not(target_os = "linux"))]
fn sleeps_while_nothing_happens_and_ends() {
    skipped("only Linux tells how often a thread woke up");
}

#[cfg(target_os = "linux")]
fn sleeps_while_nothing_happens_and_ends() {
    let watching = |count: usize| {
        let deadline = Instant::now() + SOON;
        while wake_ups().len() != count {
            assert!(Instant::now() < deadline, "expected {count} threads: {:?}", wake_ups());
            std::thread::sleep(Duration::from_millis(10));
        }
    };
    watching(0);
    let folder = folder();
    let path = folder.path().join("a");
    let known = files::save(&path, b"0").unwrap();
    let (watcher, changes) = watcher();
    watcher.watch(&path, Some(known));
    assert!(changes.recv_timeout(QUIET).is_err());
    watching(2);
    let before = wake_ups();
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(wake_ups(), before, "nobody woke up");
    drop(watcher);
    watching(0);
}

/// The threads that watch, and how often each went to sleep so far: every wake-up is followed by that.
#[cfg(target_os = "linux")]
fn wake_ups() -> Vec<String> {
    let threads = fs::read_dir("/proc/self/task").unwrap().map(|thread| thread.unwrap().path());
    let mut counts: Vec<_> = threads
        .filter_map(|thread| {
            let name = fs::read_to_string(thread.join("comm")).ok()?;
            let status = fs::read_to_string(thread.join("status")).ok()?;
            let count = status.lines().find(|line| line.starts_with("voluntary"))?;
            let watches = name.starts_with("file-watch") || name.starts_with("notify");
            watches.then(|| format!("{} {}", name.trim(), count))
        })
        .collect();
    counts.sort();
    counts
}
