//! The desktop's side: what it thinks of our files, and the program started the way it starts programs.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use jwt_workbench::jose::base64url;
use tempfile::TempDir;

use crate::display::Display;
use crate::root::Root;
use crate::{program, said};

const ENTRY: &str = "usr/share/applications/jwt-workbench.desktop";
const TEMPLATE: &str = r#"{"format": "jwt-workbench.template", "version": 1, "header": {"alg": "RS256", "typ": "JWT"},
"claims": {"sub": "from-the-desktop", "exp": "{{now+30m}}"}}"#;
/// How long anything may take to show up.
const PATIENCE: Duration = Duration::from_secs(60);

/// The desktop entry and the description follow the rules. Nobody has given the program an address, so its identifier
/// does not begin with one.
#[track_caller]
pub(crate) fn accepts(root: &Root) {
    assert_eq!(said(&mut program("desktop-file-validate", [root.path(ENTRY)])), "");
    let metainfo = root.path("usr/share/metainfo/jwt-workbench.metainfo.xml");
    let without_address = "--override=cid-desktopapp-is-not-rdns=info";
    said(&mut program("appstreamcli", ["validate", "--no-net", without_address, &metainfo]));
}

/// The entry opens a template and a key, and the token in the window is signed with the key: openssl says so.
#[track_caller]
pub(crate) fn starts_the_program(root: &Root) {
    let session = Session::new(root);
    let (key, template) = (session.file("private.pem"), session.file("work.jwt.json"));
    let public = session.file("public.pem");
    fs::write(&template, TEMPLATE).expect("the template is written");
    said(&mut program("openssl", ["genpkey", "-algorithm", "RSA", "-out", &key]));
    said(&mut program("openssl", ["pkey", "-in", &key, "-pubout", "-out", &public]));
    let window = session.start(&["launch", &root.path(ENTRY), &key, &template]);
    let token = window.token("RS256");
    window.quit();

    let (signed, signature) = token.rsplit_once('.').expect("a token has dots");
    assert!(payload_of(&token).contains(r#""sub":"from-the-desktop""#), "{token}");
    let (signed_file, signature_file) = (session.file("signed"), session.file("signature"));
    fs::write(&signed_file, signed).expect("the text is written");
    fs::write(&signature_file, base64url::decode(signature).expect("base64url")).expect("the signature is written");
    said(&mut program("openssl", ["dgst", "-sha256", "-verify", &public, "-signature", &signature_file, &signed_file]));
}

/// A double click on a template: its name gives its type, the type gives the program.
#[track_caller]
pub(crate) fn opens_templates_with_it(root: &Root) {
    let session = Session::new(root);
    let template = session.file("work.jwt.json");
    let text = TEMPLATE.replace("RS256", "HS256").replace("from-the-desktop", "from-its-type");
    fs::write(&template, text).expect("the template is written");
    for (name, kind) in [("work.jwt.json", "template"), ("work.jwt-compare.json", "comparison")] {
        fs::write(session.file(name), fs::read(&template).expect("it was written")).expect("a copy is written");
        let told =
            said(&mut session.program("gio", &["info", "--attributes=standard::content-type", &session.file(name)]));
        assert!(told.contains(&format!("application/x-jwt-workbench-{kind}+json")), "{told}");
    }
    let window = session.start(&["open", &template]);
    let token = window.token("HS256");
    assert!(payload_of(&token).contains(r#""sub":"from-its-type""#), "{token}");
    window.quit();
}

fn payload_of(token: &str) -> String {
    let part = token.split('.').nth(1).unwrap_or_default();
    String::from_utf8(base64url::decode(part).expect("base64url")).expect("claims are text")
}

/// A user with a home of their own, on a display of their own, on a system that has only what is in the root.
struct Session {
    display: Display,
    home: TempDir,
    data: String,
    path: String,
}

impl Session {
    fn new(root: &Root) -> Self {
        let path = format!("{}:{}", root.path("usr/bin"), std::env::var("PATH").expect("there is a PATH"));
        let home = TempDir::new().expect("a temporary home");
        Self { display: Display::start(), home, data: root.path("usr/share"), path }
    }

    /// A place in the home.
    fn file(&self, name: &str) -> String {
        self.home.path().join(name).to_str().expect("a path in UTF-8").to_owned()
    }

    fn program(&self, name: &str, arguments: &[&str]) -> Command {
        let mut command = program(name, arguments);
        command
            .env("HOME", self.home.path())
            .env("PATH", &self.path)
            .env("DISPLAY", &self.display.name)
            .env("XDG_DATA_DIRS", &self.data)
            .env("XDG_RUNTIME_DIR", self.home.path())
            .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("XDG_CURRENT_DESKTOP");
        for kind in ["CONFIG", "DATA", "STATE", "CACHE"] {
            command.env(format!("XDG_{kind}_HOME"), self.home.path().join(kind));
        }
        command
    }

    /// Lets gio start the program, and waits for its window.
    #[track_caller]
    fn start(&self, arguments: &[&str]) -> Window<'_> {
        let status = self.program("gio", arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
        assert!(status.is_ok_and(|status| status.success()), "gio {arguments:?}");
        // The class of the window is what the desktop entry says it is.
        let seconds = PATIENCE.as_secs().to_string();
        let search = ["--sync", "--onlyvisible", "--limit", "1", "--class", "^jwt-workbench$"];
        let id = said(self.program("timeout", &[&seconds, "xdotool", "search"]).args(search)).trim().to_owned();
        let process = said(&mut self.program("xdotool", &["getwindowpid", &id])).trim().to_owned();
        said(&mut self.program("xdotool", &["windowfocus", "--sync", &id]));
        Window { session: self, process }
    }
}

/// The program's window; the program ends when this is dropped.
struct Window<'a> {
    session: &'a Session,
    process: String,
}

impl Window<'_> {
    fn key(&self, keys: &str) {
        said(&mut self.session.program("xdotool", &["key", "--clearmodifiers", keys]));
    }

    /// Copies the token until it is one of this algorithm.
    #[track_caller]
    fn token(&self, alg: &str) -> String {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            self.key("ctrl+shift+c");
            thread::sleep(Duration::from_millis(200));
            let clipboard =
                self.session.program("timeout", &["5", "xclip", "-selection", "clipboard", "-out"]).output();
            let text = String::from_utf8(clipboard.expect("xclip runs").stdout).expect("a token is text");
            let header = base64url::decode(text.split('.').next().unwrap_or_default()).unwrap_or_default();
            if String::from_utf8_lossy(&header).contains(&format!("\"{alg}\"")) {
                return text;
            }
        }
        let picture = Path::new(env!("CARGO_TARGET_TMPDIR")).join("package.png");
        self.session.display.screenshot(&picture);
        panic!("no {alg} token was copied, see {}", picture.display());
    }

    /// Asks the program to end, and waits until it has.
    #[track_caller]
    fn quit(&self) {
        self.key("ctrl+q");
        let start = Instant::now();
        while self.is_running() {
            assert!(start.elapsed() < PATIENCE, "the program goes on");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// What has ended and was not waited for has no command line any more.
    fn is_running(&self) -> bool {
        fs::read(format!("/proc/{}/cmdline", self.process)).is_ok_and(|line| !line.is_empty())
    }
}

impl Drop for Window<'_> {
    fn drop(&mut self) {
        if self.is_running() {
            program("kill", [&self.process]).status().ok();
        }
    }
}
