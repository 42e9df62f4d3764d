//! A folder that is the root of a system with nothing in it but the types of files that every desktop knows.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::{program, said};

/// What dpkg wants to find by its name, also for users whose PATH has no such folders.
const PATH: &str = "/usr/sbin:/usr/bin:/sbin:/bin";

/// See the module. The Debian package of the development build is installed in it.
pub(crate) struct Root {
    folder: TempDir,
    packages: TempDir,
}

impl Root {
    /// A root whose dpkg believes that what is installed on this machine is installed, so that it holds the package's
    /// dependencies against it.
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().expect("a folder for the root");
        let root = Self { folder, packages: TempDir::new().expect("a folder for the package") };
        for new in ["var/lib/dpkg/info", "var/lib/dpkg/updates", "usr/share/applications", "usr/share/mime/packages"] {
            fs::create_dir_all(root.path(new)).expect("a folder in the root");
        }
        for known in ["var/lib/dpkg/status", "usr/share/mime/packages/freedesktop.org.xml"] {
            fs::copy(Path::new("/").join(known), root.path(known)).expect("this machine has it");
        }
        root.run_triggers();
        root
    }

    /// A place in the root.
    pub(crate) fn path(&self, inside: &str) -> String {
        self.folder.path().join(inside).to_str().expect("a path in UTF-8").to_owned()
    }

    /// Packs the development build and installs it.
    pub(crate) fn install(&self) {
        let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/dist/linux/pack.sh");
        said(program(pack, ["deb"]).env("PROFILE", "dev").env("OUT", self.packages.path()));
        let made = fs::read_dir(&self.packages).expect("the folder of the package").next();
        let package = made.expect("one package").expect("it can be read").path();
        self.dpkg(&["--install", package.to_str().expect("a path in UTF-8")]);
        self.run_triggers();
    }

    /// Removes the package and everything that belongs to it.
    pub(crate) fn purge(&self) {
        self.dpkg(&["--purge", "jwt-workbench"]);
        self.run_triggers();
    }

    fn dpkg(&self, arguments: &[&str]) {
        let root = format!("--root={}", self.folder.path().display());
        let quiet = ["--log=/dev/null", "--force-not-root", "--no-triggers"];
        said(program("dpkg", [root.as_str()]).args(quiet).args(arguments).env("PATH", PATH));
    }

    /// What the packages of a desktop do whenever another package brings such files.
    fn run_triggers(&self) {
        said(&mut program("update-mime-database", [self.path("usr/share/mime")]));
        said(&mut program("update-desktop-database", [self.path("usr/share/applications")]));
    }

    /// Every file and folder but the records of dpkg.
    pub(crate) fn files(&self) -> BTreeSet<PathBuf> {
        let mut files = BTreeSet::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("the folder can be read") {
                let path = entry.expect("the entry can be read").path();
                let inside = path.strip_prefix(self.folder.path()).expect("it is in the root").to_owned();
                if inside.starts_with("var/lib/dpkg") {
                    continue;
                }
                if path.is_dir() {
                    folders.push(path);
                }
                files.insert(inside);
            }
        }
        files
    }
}
