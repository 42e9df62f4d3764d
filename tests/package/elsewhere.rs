//! What is prepared for macOS and Windows, as far as it can be tried on Linux.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::{have, program, said};

const DIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/dist");
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The bundle has everything that its description names.
#[test]
fn the_bundle_for_macos_is_complete() {
    if !have(&["python3"]) {
        return;
    }
    let out = TempDir::new().expect("a folder for the bundle");
    let mut script = program::<&str>(&format!("{DIST}/macos/bundle.sh"), []);
    said(script.env("OUT", out.path()).env("BINARY", env!("CARGO_BIN_EXE_jwt-workbench")));
    let contents = out.path().join("JWT Workbench.app/Contents");
    let read = r#"import plistlib, sys
d = plistlib.load(open(sys.argv[1], "rb"))
declared = [t["UTTypeIdentifier"] for t in d["UTExportedTypeDeclarations"]]
opened = [t for kind in d["CFBundleDocumentTypes"] for t in kind["LSItemContentTypes"]]
assert declared == opened, (declared, opened)
print(d["CFBundleExecutable"], d["CFBundleIconFile"], d["CFBundleVersion"], d["CFBundleShortVersionString"])"#;
    let plist = contents.join("Info.plist");
    let told = said(program("python3", ["-c", read]).arg(plist));
    assert_eq!(told.trim(), format!("jwt-workbench jwt-workbench {VERSION} {VERSION}"));
    assert!(contents.join("MacOS/jwt-workbench").is_file());
    assert!(contents.join("Resources/jwt-workbench.icns").is_file());
}

/// The manifest is XML, and asks for what the program relies on.
#[test]
fn the_manifest_for_windows_says_what_it_should() {
    if !have(&["python3"]) {
        return;
    }
    let read = "import sys, xml.etree.ElementTree as tree
for element in tree.parse(sys.argv[1]).iter():
    print(element.tag.split('}')[1], (element.text or '').strip())";
    let told = said(program("python3", ["-c", read]).arg(format!("{DIST}/windows/jwt-workbench.manifest")));
    for line in ["dpiAwareness PerMonitorV2", "longPathAware true", "activeCodePage UTF-8"] {
        assert!(told.lines().any(|told| told == line), "{line} is not in\n{told}");
    }
}

/// The installer and the archive take only files that there are, or that the build makes.
#[test]
fn what_is_packed_for_windows_is_there() {
    let folder = Path::new(DIST).join("windows");
    let script = fs::read_to_string(folder.join("jwt-workbench.iss")).expect("the script is there");
    let quoted = |line: &str| line.split('"').nth(1).map(|path| path.replace('\\', "/"));
    let sources: Vec<String> = script.lines().filter(|line| line.starts_with("Source: ")).filter_map(quoted).collect();
    assert!(sources.len() > 3, "{sources:?}");
    let is_missing = |path: &&String| !path.contains("/target/") && !folder.join(path).is_file();
    assert_eq!(sources.iter().find(is_missing), None);

    let pack = fs::read_to_string(folder.join("pack.ps1")).expect("the script is there");
    let copied = pack.lines().find(|line| line.starts_with("Copy-Item ")).expect("it copies files");
    let named = copied.split([' ', ',']).skip(1).filter(|name| name.contains('.') || name.starts_with("LICENSE"));
    for name in named.map(|name| name.replace('\\', "/")).filter(|name| !name.starts_with("target/")) {
        assert!(Path::new(DIST).parent().is_some_and(|root| root.join(&name).is_file()), "{name} is not there");
    }
}
