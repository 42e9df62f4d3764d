//! Which files there are.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::root::Root;
use crate::{program, said};

const DIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/dist");

/// The package has what `dist/linux/install.sh` installs, with pages compressed, a copyright file, and nothing else.
#[track_caller]
pub(crate) fn are_those_of_the_list(root: &Root, before: &BTreeSet<PathBuf>) {
    let by_hand = installed_by_hand();
    let name_of_debian = |path: &PathBuf| {
        let text = path.to_string_lossy().replace("share/zsh/site-functions", "share/zsh/vendor-completions");
        PathBuf::from(if text.contains("/man/") { format!("usr/{text}.gz") } else { format!("usr/{text}") })
    };
    let mut wanted: BTreeSet<PathBuf> = by_hand.iter().map(name_of_debian).collect();
    wanted.insert("usr/share/doc/jwt-workbench/copyright".into());
    let is_ours = |path: &&PathBuf| Path::new(&root.path("")).join(path).is_file() && !before.contains(*path);
    let is_made_by_triggers =
        |path: &&PathBuf| path.starts_with("usr/share/mime") && !path.starts_with("usr/share/mime/packages");
    let there = root.files();
    let there: BTreeSet<PathBuf> =
        there.iter().filter(is_ours).filter(|path| !is_made_by_triggers(path)).cloned().collect();
    assert_eq!(there, wanted);
}

/// Lays the list out in a folder and takes it away again; what was in the folder in between.
fn installed_by_hand() -> BTreeSet<PathBuf> {
    let folder = TempDir::new().expect("a folder to install in");
    let install = |arguments: &[&str]| {
        let mut script = program(&format!("{DIST}/linux/install.sh"), arguments);
        said(
            script.env("PREFIX", "/").env("DESTDIR", folder.path()).env("BINARY", env!("CARGO_BIN_EXE_jwt-workbench")),
        );
        let found =
            said(&mut program("find", [folder.path().to_str().expect("UTF-8"), "-type", "f", "-printf", "%P\n"]));
        found.lines().map(PathBuf::from).collect::<BTreeSet<PathBuf>>()
    };
    let files = install(&[]);
    assert!(install(&["--uninstall"]).is_empty(), "something is left of an installation by hand");
    assert!(fs::read_dir(&folder).expect("the folder is there").next().is_none(), "empty folders are left");
    files
}

#[test]
fn the_versions_agree() {
    let metainfo = fs::read_to_string(format!("{DIST}/linux/jwt-workbench.metainfo.xml")).expect("it is there");
    let newest = metainfo.split("<release version=\"").nth(1).and_then(|rest| rest.split('"').next());
    assert_eq!(newest, Some(env!("CARGO_PKG_VERSION")));
}
