//! Starting a role, killing it at a random moment, and looking at what it left.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;

use crate::roles::{Edge, Role};
use crate::version;

/// What the kills of one role came to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    pub(crate) kills: usize,
    /// Kills in the middle of a save: its temporary file was there, or it was done and not yet said to be.
    pub(crate) amid: usize,
    /// The file is the last version that was said to be written.
    pub(crate) old: usize,
    /// The file is the version after it: the kill came after the rename.
    pub(crate) new: usize,
    /// The file is gone, or older than what was said to be written.
    pub(crate) lost: usize,
    /// The file is no whole version, or another file changed.
    pub(crate) mixed: usize,
    /// Temporary files that were left, and the next save removed.
    pub(crate) swept: usize,
    /// Anything else that was left, or that stayed.
    pub(crate) stray: usize,
}

impl Count {
    pub(crate) fn is_clean(&self) -> bool {
        (self.lost, self.mixed, self.stray) == (0, 0, 0) && self.old + self.new == self.kills
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.kills += other.kills;
        self.amid += other.amid;
        self.old += other.old;
        self.new += other.new;
        self.lost += other.lost;
        self.mixed += other.mixed;
        self.swept += other.swept;
        self.stray += other.stray;
    }
}

/// Files of the user beside the target; the last one has almost a name of ours.
const NEIGHBOURS: [(&str, &str); 3] =
    [("neighbour.jwt.json", "{}"), (".hidden", "x"), (".target.jwt.json.jwt-workbench-notes", "mine")];

/// A folder with a file that is written again and again, and others that must stay as they are.
pub(crate) struct Victim {
    role: Role,
    folder: TempDir,
    target: PathBuf,
    /// The version in the file.
    version: u64,
    /// What every other file of the folder must hold.
    others: BTreeMap<PathBuf, Vec<u8>>,
    pub(crate) count: Count,
}

impl Victim {
    pub(crate) fn new(role: Role) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("target.jwt.json");
        role.write(&target, 0, &mut Edge::start());
        for (name, text) in NEIGHBOURS {
            fs::write(folder.path().join(name), text).expect("a neighbour");
        }
        let mut others = files(folder.path());
        others.retain(|path, _| !role.owns(path, &target));
        Self { role, folder, target, version: 0, others, count: Count::default() }
    }

    /// Lets it write for a random time and kills it.
    pub(crate) fn kill(&mut self, seed: &mut u64) {
        let longest = if self.role.speaks() { 60_000 } else { 300_000 };
        let told = self.run_and_kill(Duration::from_micros(1_000 + version::next(seed) % longest));
        self.count.kills += 1;
        let mut left = files(self.folder.path());
        left.retain(|path, _| !self.role.owns(path, &self.target));
        let held = self.role.read(&self.target);
        match held {
            Some(version) if version == told => self.count.old += 1,
            Some(version) if version == told + 1 => self.count.new += 1,
            Some(_) => self.count.lost += 1,
            None if self.target.exists() => self.count.mixed += 1,
            None => self.count.lost += 1,
        }
        self.count.mixed += self.others.iter().filter(|(path, bytes)| left.get(*path) != Some(bytes)).count();
        left.retain(|path, _| !self.others.contains_key(path));
        self.count.amid += usize::from(!left.is_empty() || held == Some(told + 1));
        self.save_again(held.unwrap_or(told), &left);
    }

    /// Runs the role for so long after it is ready. Returns the last version that it said was written.
    fn run_and_kill(&self, time: Duration) -> u64 {
        let mut command = self.role.command(&self.target, self.version + 1);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the role starts");
        let mut said = BufReader::new(child.stdout.take().expect("its output is a pipe"));
        let mut line = String::new();
        // The test harness says the name of the test in the same line.
        while self.role.speaks() && !line.trim_end().ends_with("ready") {
            line.clear();
            assert!(said.read_line(&mut line).expect("it says something") > 0, "it ended before it began");
        }
        std::thread::sleep(time);
        // On Unix this is SIGKILL.
        child.kill().expect("it can be killed");
        let status = child.wait().expect("it ends");
        let mut rest = String::new();
        said.read_to_string(&mut rest).expect("its last words");
        assert!(status.success() || status.code().is_none(), "it failed: {status}, {rest}");
        if status.success() {
            return self.version + 1;
        }
        let written = rest.lines().rev().find_map(|line| line.strip_prefix("written ")?.parse().ok());
        written.unwrap_or(self.version)
    }

    /// The next save goes well and leaves nothing but the files that belong there.
    fn save_again(&mut self, held: u64, left: &BTreeMap<PathBuf, Vec<u8>>) {
        self.version = held + 1;
        self.role.write(&self.target, self.version, &mut Edge::start());
        let mut stays = files(self.folder.path());
        stays.retain(|path, _| !self.role.owns(path, &self.target) && !self.others.contains_key(path));
        self.count.stray += stays.len();
        self.count.swept += left.keys().filter(|path| !stays.contains_key(*path)).count();
        if self.role.read(&self.target) != Some(self.version) {
            self.count.mixed += 1;
        }
    }
}

/// Every file below a folder with what is in it.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            let bytes = fs::read(&path).expect("a file");
            files.insert(path, bytes);
        }
    }
    files
}
