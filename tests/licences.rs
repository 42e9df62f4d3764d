//! `assets/licences.txt` tells the licences of everything the program is built from, as it is built now.
//!
//! `JWT_WORKBENCH_WRITE=1 cargo test --test licences` writes it anew from the sources that Cargo has.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on says why")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

const FILE: &str = "assets/licences.txt";

/// What the program is built for; the same as in `deny.toml`.
const TARGETS: [&str; 5] = [
    "x86_64-unknown-linux-gnu",
    "aarch64-unknown-linux-gnu",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-msvc",
];

/// The licence of the Lucide icons, whose crate comes without it.
const LUCIDE: &str = "ISC License

Copyright (c) for portions of Lucide are held by Cole Bemis 2013-2022 as part of Feather (MIT).
All other copyright (c) for Lucide are held by Lucide Contributors 2022.

Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted,
provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED \"AS IS\" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE.";

/// A crate that the program is linked with.
struct Package {
    name: String,
    version: String,
    licence: String,
    folder: PathBuf,
}

/// What `cargo metadata` says about the program with the features it is built with.
fn metadata() -> Value {
    let targets = TARGETS.iter().flat_map(|target| ["--filter-platform", target]);
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--locked", "--format-version", "1"]).args(targets);
    let output = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Every crate that the program is linked with, by name and version.
fn packages(metadata: &Value) -> Vec<Package> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let nodes: BTreeMap<String, Value> =
        list(&metadata["resolve"]["nodes"]).into_iter().map(|node| (text(&node["id"]), node)).collect();
    let root = text(&metadata["resolve"]["root"]);
    let mut linked = BTreeSet::from([root.clone()]);
    let mut open = vec![root.clone()];
    while let Some(id) = open.pop() {
        for dependency in list(&nodes[&id]["deps"]) {
            // Those for tests and for building are not part of the program.
            let is_normal = list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
            let id = text(&dependency["pkg"]);
            if is_normal && linked.insert(id.clone()) {
                open.push(id);
            }
        }
    }
    linked.remove(&root);
    let mut packages: Vec<Package> = list(&metadata["packages"])
        .iter()
        .filter(|package| linked.contains(&text(&package["id"])))
        .map(|package| Package {
            name: text(&package["name"]),
            version: text(&package["version"]),
            licence: text(&package["license"]).replace('/', " OR ").replace("  ", " "),
            folder: Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap().to_owned(),
        })
        .collect();
    packages.sort_by(|one, other| (&one.name, &one.version).cmp(&(&other.name, &other.version)));
    packages
}

/// The texts of a crate's licence: that of MIT or Apache-2.0 where one of them may be chosen, else all there are.
fn texts(package: &Package) -> Vec<String> {
    let mut files: Vec<PathBuf> = [package.folder.clone(), package.folder.join("fonts")]
        .iter()
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file() && is_licence(&lower_name(path)))
        .collect();
    files.sort();
    if !package.licence.contains(" AND ") {
        for choice in ["mit", "apache"] {
            if let Some(file) = files.iter().find(|path| lower_name(path).contains(choice)) {
                files = vec![file.clone()];
                break;
            }
        }
    }
    files.iter().map(|path| String::from_utf8_lossy(&std::fs::read(path).unwrap()).replace("\r\n", "\n")).collect()
}

fn lower_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().to_lowercase()
}

fn is_licence(name: &str) -> bool {
    let starts = ["licen", "copying", "unlicense", "notice", "copyright", "ufl", "hack-regular.txt"];
    let is_text = !name.ends_with(".ttf") && !name.ends_with(".rs");
    is_text && (starts.iter().any(|start| name.starts_with(start)) || name.contains("license.txt"))
}

/// A text without its lines of copyright, and those lines.
fn split(text: &str) -> (String, Vec<String>) {
    let is_copyright = |line: &&str| {
        let line = line.trim().to_lowercase();
        line.starts_with("copyright (c)") || line.starts_with("copyright ©") || line.starts_with("copyright 2")
    };
    let (copyrights, rest): (Vec<&str>, Vec<&str>) = text.lines().partition(is_copyright);
    let copyrights = copyrights.into_iter().map(|line| line.trim().to_owned()).collect();
    (rest.join("\n").trim().to_owned(), copyrights)
}

/// The letters of a text: texts with the same letters are the same.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The whole file.
fn licences(packages: &[Package]) -> String {
    let mut file = String::from("Licences of what JWT Workbench is built from\n\n");
    file.push_str("JWT Workbench itself: MIT or Apache-2.0, as you like.\n");
    file.push_str("Typefaces: Inter and JetBrains Mono, SIL Open Font License 1.1. Icons: Lucide, ISC.\n\n");
    file.push_str(
        "Where a crate may be used under one of several licences, the text of one of them is given below.\n\n",
    );
    for Package { name, version, licence, .. } in packages {
        file.push_str(&format!("{name} {version}: {licence}\n"));
    }
    let mut kinds: BTreeMap<String, (String, BTreeMap<String, BTreeSet<String>>)> = BTreeMap::new();
    for package in packages {
        let mut texts = texts(package);
        if package.name == "lucide-icons" {
            texts = vec![LUCIDE.to_owned()];
        }
        for text in texts {
            let (rest, copyrights) = split(&text);
            let (_, users) = kinds.entry(letters(&rest)).or_insert_with(|| (rest, BTreeMap::new()));
            users.entry(package.name.clone()).or_default().extend(copyrights);
        }
    }
    for (text, users) in kinds.values() {
        file.push_str(&format!("\n{}\n", "=".repeat(80)));
        for (name, copyrights) in users {
            let copyrights: Vec<&str> = copyrights.iter().map(String::as_str).collect();
            let told = if copyrights.is_empty() { String::new() } else { format!(": {}", copyrights.join("; ")) };
            file.push_str(&format!("{name}{told}\n"));
        }
        file.push_str(&format!("\n{text}\n"));
    }
    file
}

#[test]
fn the_licences_are_those_of_what_is_linked() {
    let packages = packages(&metadata());
    assert!(packages.len() > 300, "{} crates", packages.len());
    let wanted = licences(&packages);
    if std::env::var_os("JWT_WORKBENCH_WRITE").is_some() {
        std::fs::write(FILE, &wanted).unwrap();
    }
    let kept = std::fs::read_to_string(FILE).unwrap_or_default().replace("\r\n", "\n");
    let different = kept.lines().zip(wanted.lines()).find(|(kept, wanted)| kept != wanted);
    let words = "it is out of date: JWT_WORKBENCH_WRITE=1 cargo test --test licences writes it";
    assert!(kept == wanted, "{FILE}: {words}; first difference: {different:?}");
    assert!(wanted.len() < 400_000, "{} bytes", wanted.len());
}

#[test]
fn every_crate_is_under_a_licence_whose_text_is_there() {
    let kept = std::fs::read_to_string(FILE).unwrap();
    for words in [
        "Permission is hereby granted, free of charge",
        "Apache License",
        "SIL OPEN FONT LICENSE",
        "Lucide Contributors",
        "Mozilla Public License",
        "UBUNTU FONT LICENCE",
        "UNICODE LICENSE V3",
        "Boost Software License",
    ] {
        assert!(kept.to_lowercase().contains(&words.to_lowercase()), "{words}");
    }
    let unlicensed: Vec<_> = packages(&metadata()).into_iter().filter(|package| package.licence.is_empty()).collect();
    assert!(unlicensed.is_empty(), "{:?}", unlicensed.iter().map(|package| &package.name).collect::<Vec<_>>());
}
