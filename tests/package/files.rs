//! Which files there are, and what is in those that no other program checks.

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
fn icons_have_the_sizes_that_are_asked_for() {
    for size in [16, 24, 32, 48, 64, 128, 256, 512] {
        let picture = fs::read(format!("{DIST}/icons/{size}.png")).expect("the icon is there");
        assert_eq!(png_size(&picture), size);
    }
}

#[test]
fn the_icon_of_windows_can_be_read_back() {
    let bytes = fs::read(format!("{DIST}/icons/jwt-workbench.ico")).expect("the icon is there");
    let number = |at: usize, length: usize| {
        bytes[at..at + length].iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte))
    };
    assert_eq!((number(0, 2), number(2, 2)), (0, 1), "it is no icon");
    let entries = (0..number(4, 2)).map(|index| 6 + 16 * index);
    let sizes: Vec<usize> = entries
        .map(|entry| {
            let (length, start) = (number(entry + 8, 4), number(entry + 12, 4));
            let size = png_size(&bytes[start..start + length]);
            assert_eq!(size % 256, number(entry, 1));
            size
        })
        .collect();
    assert_eq!(sizes, [16, 24, 32, 48, 64, 256]);
}

#[test]
fn the_icon_of_macos_can_be_read_back() {
    let bytes = fs::read(format!("{DIST}/icons/jwt-workbench.icns")).expect("the icon is there");
    let number = |at: usize| bytes[at..at + 4].iter().fold(0, |number, byte| number << 8 | usize::from(*byte));
    assert_eq!((&bytes[..4], number(4)), (&b"icns"[..], bytes.len()));
    let mut at = 8;
    let mut kinds = Vec::new();
    while at < bytes.len() {
        let length = number(at + 4);
        kinds.push((String::from_utf8_lossy(&bytes[at..at + 4]).into_owned(), png_size(&bytes[at + 8..at + length])));
        at += length;
    }
    let kinds: Vec<(&str, usize)> = kinds.iter().map(|(kind, size)| (kind.as_str(), *size)).collect();
    let small = [("icp4", 16), ("ic11", 32), ("icp5", 32), ("ic12", 64)];
    let large = [("ic07", 128), ("ic13", 256), ("ic08", 256), ("ic14", 512), ("ic09", 512)];
    assert_eq!(kinds, [&small[..], &large[..]].concat());
}

/// The side of a square picture.
#[track_caller]
fn png_size(bytes: &[u8]) -> usize {
    let picture = image::load_from_memory_with_format(bytes, image::ImageFormat::Png).expect("it is a PNG picture");
    assert_eq!(picture.width(), picture.height());
    usize::try_from(picture.width()).expect("a small number")
}

#[test]
fn the_versions_agree() {
    let metainfo = fs::read_to_string(format!("{DIST}/linux/jwt-workbench.metainfo.xml")).expect("it is there");
    let newest = metainfo.split("<release version=\"").nth(1).and_then(|rest| rest.split('"').next());
    assert_eq!(newest, Some(env!("CARGO_PKG_VERSION")));
}
