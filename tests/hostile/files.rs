//! Opening what is no template, and keys that do not fit: said in plain words, and the draft stays as it is.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::SecretEncoding;
use jwt_workbench::workbench::command::{self, Answer, DraftCommand, FileCommand, InspectCommand, KeyCommand, Part};
use jwt_workbench::workbench::effect::Pick;
use jwt_workbench::workbench::facts::Place;
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::question::Question;

use crate::desk::{Belongings, Desk};
use crate::{check_problem, skipped};

pub(crate) const TEMPLATE: &str = "{\n  \"format\": \"jwt-workbench.template\",\n  \"version\": 1,\n  \"name\": \"A\",\n  \
    \"own\": [ 1.0 ],\n  \"header\": {\"alg\":\"HS256\"},\n  \"claims\": { \"n\" : 1.0 }\n}\n";

pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        path
    }
}

/// A desk with work on it: an unsaved edit, one that was undone, and a key.
fn busy() -> Desk {
    let mut desk = Desk::new();
    desk.key(KeyCommand::Generate(KeyKind::P256, None));
    desk.type_text(Part::Claims, "{\"sub\":\"mine\"}").draft(DraftCommand::AddClaim).draft(DraftCommand::Undo);
    desk
}

/// Opens a file that is refused, once as any file and once as a key.
#[track_caller]
fn check_refused(path: &Path, words: &str, key_words: &str) {
    let mut desk = busy();
    let before = desk.belongings();
    let token = desk.minted().token.as_str().to_owned();
    let told = |desk: &Desk, words: &str| {
        let notice = desk.complaint();
        assert!(notice.text.contains(words), "{:?} is not said: {}", words, notice.text);
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        assert!(notice.text.contains(&*name), "{name:?} is not named: {}", notice.text);
    };
    desk.open(path);
    told(&desk, words);
    desk.picked(Pick::Key, path);
    told(&desk, key_words);
    assert_eq!(desk.belongings(), before);
    assert_eq!(desk.minted().token.as_str(), token);
    assert!(desk.workbench.question().is_none());
}

#[test]
fn what_is_no_ordinary_file_is_refused() {
    let folder = Folder::new();
    let large = folder.path("large.json");
    fs::File::create(&large).unwrap().set_len(100_000_000).unwrap();
    check_refused(&large, "96 MiB, the limit is 16 MiB", "96 MiB");
    check_refused(&folder.path(""), "it is a folder", "it is a folder");
    check_refused(Path::new("/dev/zero"), "a pipe or a device", "a pipe or a device");
    check_refused(&folder.path("none.json"), "no such file", "no such file");
    check_refused(&folder.file("file", "").join("below"), "a file, not a folder", "a file, not a folder");
    let pipe = folder.path("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    check_refused(&pipe, "a pipe or a device", "a pipe or a device");
    std::os::unix::fs::symlink("circle", folder.path("circle")).unwrap();
    check_refused(&folder.path("circle"), "symbolic links", "symbolic links");
    std::os::unix::fs::symlink("gone", folder.path("link")).unwrap();
    check_refused(&folder.path("link"), "no such file", "no such file");
}

#[test]
fn what_is_no_text_of_ours_is_refused() {
    let folder = Folder::new();
    let utf16: Vec<u8> = "\u{feff}{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check_refused(&folder.file("empty.json", ""), "empty", "nothing");
    check_refused(&folder.file("blank.json", " \n\t"), "empty", "nothing");
    check_refused(&folder.file("binary", b"\x89PNG\r\n\x1a\n\0\0"), "not UTF-8", "no key");
    check_refused(&folder.file("zeros", [0; 4_000]), "is zero", "no key");
    check_refused(&folder.file("utf16.json", utf16), "UTF-16", "UTF-16");
    check_refused(&folder.file("latin1.json", b"{\"n\":\"\xe4\"}"), "byte 6", "no key");
    check_refused(&folder.file("prose.txt", "Dear reader,\nhello."), "neither", "neither PEM nor a JWK");
    check_refused(&folder.file("array.json", "[1, 2]"), "array", "array");
    check_refused(&folder.file("page.html", "<!DOCTYPE html>"), "neither", "HTML");
    check_refused(&folder.file("two.txt", "eyJhIjoxfQ.e30.AA\neyJhIjoxfQ.e30.AA\n"), "2 tokens", "neither PEM nor");
    check_refused(&folder.file("broken.json", "{\n  \"sub\": \"x\",\n}"), "3:1", "3:1");
    check_refused(&folder.file("mark.json", "\u{feff}{\n  \"sub\" 1}"), "2:9", "2:9");
    let deep = format!("{{\"a\":{}", "[".repeat(100_000));
    check_refused(&folder.file("deep.json", deep), "nested", "not well-formed");
}

#[test]
fn a_template_that_cannot_be_read_is_refused_with_its_place() {
    #[track_caller]
    fn check(old: &str, new: &str, words: &str) {
        assert!(TEMPLATE.contains(old));
        let folder = Folder::new();
        check_refused(&folder.file("a.jwt.json", TEMPLATE.replace(old, new)), words, "");
    }
    check("\"version\": 1", "\"version\": 2", "3:14: This file is version 2");
    check("\"version\": 1", "\"version\": 1e99", "3:14");
    check("\"version\": 1,", "", "no member 'version'");
    check(".template", ".session", "2:13");
    check("\"name\": \"A\"", "\"name\": \"A", "4:14");
    check("\"name\": \"A\"", "\"name\": [\"A\"]", "4:11: The member 'name' is an array");
    check("\"own\"", "\"name\"", "'name' appears twice");
    check("{\"alg\":\"HS256\"}", "\"HS256\"", "6:13: The member 'header' is a string");
    check("\"claims\"", "\"claim\"", "no member 'claims'");
    check("[ 1.0 ]", &"[".repeat(600), "nested");
    check("\"A\"", &format!("\"{}\"", "x".repeat(17 << 20)), "18 MiB");
    check("\"own\": [ 1.0 ]", "\"serialization\": \"\u{202e}\\u0000\\n\"", "5:20");
}

#[test]
fn a_template_of_many_megabytes_opens() {
    let folder = Folder::new();
    let long = TEMPLATE.replace("1.0 }", &format!("\"{}\" }}", "x".repeat(4 << 20)));
    let mut desk = Desk::new();
    desk.open(&folder.file("long.jwt.json", &long));
    assert_eq!(desk.minted().sizes.payload_bytes, (4 << 20) + 8);
    desk.draft(DraftCommand::AddClaim).file(FileCommand::Save);
    assert!(!desk.workbench.draft().is_unsaved());
}

/// A command of OpenSSL or OpenSSH, or `None` where there is none.
fn made(program: &str, arguments: &[&str], folder: &Folder) -> Option<()> {
    let run = Command::new(program).args(arguments).current_dir(folder.path("")).output();
    let made = run.is_ok_and(|output| output.status.success());
    if !made {
        skipped(&format!("{program} cannot make such a file here"));
    }
    made.then_some(())
}

#[test]
fn files_that_are_something_else_than_a_key_say_how_to_get_one() {
    let folder = Folder::new();
    let check = |name: &str, words: &str, command: &str| {
        check_refused(&folder.path(name), words, words);
        let mut desk = Desk::new();
        desk.open(&folder.path(name));
        assert!(desk.complaint().help.contains(command), "{name}: {}", desk.complaint().help);
    };
    let key = ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
    if made("openssl", &[&key[..], &["-aes256", "-pass", "pass:x", "-out", "locked.pem"]].concat(), &folder).is_some() {
        let mut desk = Desk::new();
        desk.open(&folder.path("locked.pem"));
        let asked = desk.workbench.question();
        assert!(matches!(asked, Some(Question::Passphrase { name, .. }) if name.contains("locked.pem")), "{asked:?}");
    }
    let request = ["req", "-x509", "-newkey", "ed25519", "-nodes", "-subj", "/CN=x", "-keyout", "k.pem", "-out"];
    if made("openssl", &[&request[..], &["certificate.pem"]].concat(), &folder).is_some() {
        let mut desk = Desk::new();
        desk.open(&folder.path("certificate.pem"));
        assert!(desk.news().text.contains("public key: Ed25519, public"), "{:?}", desk.news());
        let both =
            [fs::read(folder.path("certificate.pem")).unwrap(), fs::read(folder.path("k.pem")).unwrap()].concat();
        let mut desk = Desk::new();
        desk.open(&folder.file("both.pem", both));
        assert!(desk.belongings().keys[4].as_ref().unwrap().starts_with("Ed25519, private"));
    }
    if made("ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-f", "id"], &folder).is_some() {
        check("id", "OpenSSH private key", "openssl genpkey");
        check("id.pub", "OpenSSH public key", "ssh-keygen -e");
    }
    folder.file("set.json", r#"{"keys":[{"kty":"oct","k":"AAAA"},{"kty":"oct","k":"AAAB"}]}"#);
    let mut desk = Desk::new();
    desk.open(&folder.path("set.json"));
    assert!(desk.news().text.contains("2 keys were added"), "{:?}", desk.news());
    folder.file("cut.pem", "-----BEGIN PRIVATE KEY-----\nMC4CAQAw\n");
    check("cut.pem", "END line", "Copy the whole key");
    folder.file("cut.jwk", "{\"kty\":\"oct\",\n\"k\":\"AAAA\"");
    check("cut.jwk", "2:11", "Copy the whole JWK");
    folder.file("putty.ppk", "PuTTY-User-Key-File-3: ssh-ed25519\n");
    check("putty.ppk", "PuTTY", "PuTTYgen");
}

#[test]
fn a_key_opens_in_every_form_it_is_exported_in() {
    let folder = Folder::new();
    for (slot, kind) in KeyKind::CURVES.into_iter().enumerate() {
        let key = Key::generate(kind, None).unwrap();
        let pem = folder.file("key.pem", key.to_pem(true).unwrap().bytes());
        let jwk = folder.file("key.jwk.json", key.to_jwk(true).unwrap().bytes());
        let der = folder.path("key.der");
        let mut forms = vec![pem.clone(), jwk];
        let arguments = ["pkey", "-in", "key.pem", "-outform", "DER", "-out", "key.der"];
        forms.extend(made("openssl", &arguments, &folder).map(|()| der));
        for path in forms {
            for pick in [Pick::Key, Pick::Open] {
                let mut desk = busy();
                let before = desk.belongings();
                desk.key(KeyCommand::Remove(kind)).picked(pick, &path);
                let expected = format!("{} {}", key.describe(), key.thumbprint().unwrap());
                let after = desk.belongings();
                assert_eq!(after.keys[slot + 1], Some(expected), "{}", path.display());
                assert_eq!(after.template, before.template);
            }
        }
    }
}

#[test]
fn a_key_of_another_kind_is_kept_and_says_what_it_fits() {
    let folder = Folder::new();
    let mut desk = Desk::new();
    let key = Key::generate(KeyKind::P384, None).unwrap();
    desk.open(&folder.file("k.pem", key.to_pem(true).unwrap().bytes()));
    let news = desk.news();
    assert!(news.text.contains("P-384") && news.help.contains("ES384"), "{news:?}");
    desk.minted();
    desk.draft(DraftCommand::SetAlgorithm(Algorithm::ES384));
    assert_eq!(desk.minted().algorithm, Algorithm::ES384);
    desk.draft(DraftCommand::SetAlgorithm(Algorithm::RS256));
    assert_eq!(desk.blocked().place, Place::Key);
    check_problem(&desk.blocked().problem);
    assert!(desk.belongings().keys[2].is_some(), "the other key is kept");
}

#[test]
fn a_shared_secret_as_a_file_says_where_it_went() {
    let folder = Folder::new();
    let mut desk = Desk::new();
    desk.draft(DraftCommand::SetAlgorithm(Algorithm::ES256));
    let before = desk.belongings();
    desk.open(&folder.file("oct.jwk", r#"{"kty":"oct","k":"AAEC_w"}"#));
    assert_eq!(desk.belongings().secret, ("AAEC_w".to_owned(), SecretEncoding::Base64url));
    let news = desk.news();
    assert!(news.text.contains("secret") && news.help.contains("HS256"), "{news:?}");
    desk.draft(DraftCommand::Undo);
    assert_eq!(desk.belongings().secret, before.secret);
}

#[test]
fn a_public_key_says_that_it_does_not_sign_and_takes_no_private_keys_place() {
    let folder = Folder::new();
    let [own, other] = [(); 2].map(|()| Key::generate(KeyKind::P256, None).unwrap());
    let private = folder.file("private.pem", own.to_pem(true).unwrap().bytes());
    let public = folder.file("public.pem", other.to_pem(false).unwrap().bytes());

    let mut desk = Desk::new();
    desk.draft(DraftCommand::SetAlgorithm(Algorithm::ES256)).open(&public);
    assert!(desk.news().text.contains("public key") && desk.news().help.contains("private key"), "{:?}", desk.news());
    assert_eq!(desk.blocked().place, Place::Key);
    assert!(desk.blocked().problem.message.contains("public key"));
    desk.open(&private);
    desk.minted();

    let before = desk.belongings();
    desk.open(&public);
    assert!(desk.news().text.contains("public key"), "{:?}", desk.news());
    assert_eq!(desk.belongings(), before);
    desk.minted();
}

#[test]
fn tokens_open_as_far_as_they_can_be_read() {
    #[track_caller]
    fn opened(text: &str) -> Desk {
        let mut desk = Desk::new();
        let before = desk.belongings();
        desk.open(&Folder::new().file("token.txt", text));
        assert_eq!(desk.workbench.settings().page, Page::Inspect);
        assert_eq!(desk.belongings(), before, "looking at a token changes no draft");
        desk.apply(command::Command::Inspect(InspectCommand::EditInCraft));
        desk
    }
    #[track_caller]
    fn check(text: &str, claims: &str) {
        let desk = opened(text);
        assert_eq!(desk.claims(), claims, "{text}");
        assert_eq!(desk.workbench.settings().page, Page::Craft);
        desk.minted();
    }
    #[track_caller]
    fn refused(text: &str, words: &str) {
        let desk = opened(text);
        assert_eq!(desk.workbench.settings().page, Page::Inspect);
        assert!(desk.complaint().text.contains(words), "{}", desk.complaint().text);
        assert_eq!(desk.belongings(), Desk::new().belongings());
    }
    const HEADER: &str = "eyJhbGciOiJIUzI1NiJ9";
    const CLAIMS: &str = "eyJzdWIiOiJ4In0";
    let token = format!("{HEADER}.{CLAIMS}.AAAA");
    check(&token, "{\"sub\":\"x\"}");
    check(&format!("\u{feff}{token}\r\n"), "{\"sub\":\"x\"}");
    check(&format!("Authorization: Bearer {token}\n"), "{\"sub\":\"x\"}");
    check(&format!("curl -H 'Authorization: Bearer {token}' https://a.example/"), "{\"sub\":\"x\"}");
    check(&format!("\"{token}\""), "{\"sub\":\"x\"}");
    check(&token.replace('.', ".\n"), "{\"sub\":\"x\"}");
    check(&format!("{HEADER}.{CLAIMS}"), "{\"sub\":\"x\"}");
    check(&format!("{HEADER}.{CLAIMS}."), "{\"sub\":\"x\"}");
    check(&format!("{HEADER}.{CLAIMS}.not base64"), "{\"sub\":\"x\"}");
    check(&format!("{HEADER}.eyJhIjoie3tub3d9fSJ9.AA"), "{\"a\":\"{{{{now}}\"}");
    refused(&format!("{HEADER}.AAAA.BBBB.CCCC.DDDD"), "encrypted");
    refused(&format!("{HEADER}.eyJ%.AA"), "Payload, character 4");
    refused(&format!("{HEADER}._w.AA"), "Payload, byte 1");
    refused(&format!("{HEADER}..AA"), "Payload");
    refused(&format!("{HEADER}."), "Payload");
    refused("eyJhbGciOi.e30.AA", "Header");
    refused(&format!("{HEADER}.e30.AA.BB"), "4 parts");
    refused(&format!("{HEADER}.e30.AA.BB.CC.DD.EE"), "7 parts");
}

#[test]
fn every_key_of_the_corpus_is_taken_or_refused_in_plain_words() {
    let folder = Folder::new();
    let mut desk = Desk::new();
    for line in crate::corpus("keys.jsonl") {
        let content = match (line["text"].as_str(), line["b64"].as_str()) {
            (Some(text), _) => text.as_bytes().to_vec(),
            (None, Some(text)) => SecretEncoding::Base64.decode(&text.to_owned().into()).unwrap().bytes().to_vec(),
            (None, None) => continue,
        };
        let path = folder.file("key", content);
        let before = desk.workbench.notices().list().len();
        desk.picked(Pick::Key, &path).open(&path);
        for notice in desk.workbench.notices().list() {
            crate::check_plain(&notice.text);
        }
        assert!(!desk.workbench.notices().list().is_empty() || before == 0, "{}", line["id"]);
        desk.file(FileCommand::Answer(Answer::Cancel));
    }
}

#[test]
fn a_draft_with_changes_is_not_dropped_for_a_file_without_asking() {
    let folder = Folder::new();
    let mut desk = busy();
    let before = desk.belongings();
    for (name, text) in [("a.jwt.json", TEMPLATE), ("c.json", "{\"a\":1}")] {
        desk.open(&folder.file(name, text));
        assert!(matches!(desk.workbench.question(), Some(Question::Unsaved { .. })), "{name}");
        desk.file(FileCommand::Answer(Answer::Cancel));
        assert_eq!(desk.belongings(), before, "{name}");
    }
    desk.open(&folder.path("a.jwt.json")).file(FileCommand::Answer(Answer::Discard));
    assert_eq!(desk.claims(), "{ \"n\" : 1.0 }");
    assert_eq!(desk.belongings().path, Some(folder.path("a.jwt.json")));
}

/// A file that cannot be opened today may be mended tomorrow: only one that is gone leaves the list.
#[test]
fn a_recent_file_is_forgotten_only_when_it_is_gone() {
    let folder = Folder::new();
    let path = folder.file("a.jwt.json", TEMPLATE);
    let mut desk = Desk::new();
    let recent = |desk: &Desk| desk.workbench.settings().recent_files.clone();
    desk.open(&path);
    fs::write(&path, "{").unwrap();
    desk.open(&path);
    assert_eq!(recent(&desk), std::slice::from_ref(&path));
    fs::remove_file(&path).unwrap();
    desk.open(&path);
    assert!(recent(&desk).is_empty());
    let Belongings { path: kept, .. } = desk.belongings();
    assert_eq!(kept, Some(path), "the draft is still that of the file");
}
