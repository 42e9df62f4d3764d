//! What is killed: this very test binary, started once more, writing one version after the other.

use std::env;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use jwt_workbench::jobs::Jobs;
use jwt_workbench::jobs::draft_store::{DraftFile, DraftStore};
use jwt_workbench::jobs::files;
use jwt_workbench::jobs::settings_store::SettingsStore;
use jwt_workbench::jose::base64url;
use jwt_workbench::jose::secret::Secret;
use jwt_workbench::template::default::default_template;
use jwt_workbench::workbench::effect::{Effect, Event, Over};
use jwt_workbench::workbench::kept_draft::KeptDraft;
use jwt_workbench::workbench::settings::Settings;

use crate::version;

/// Names the role for the child.
pub(crate) const ROLE: &str = "JWT_WORKBENCH_TORTURE_ROLE";
/// The file that it writes.
pub(crate) const TARGET: &str = "JWT_WORKBENCH_TORTURE_TARGET";
/// The version that it begins with.
pub(crate) const FIRST: &str = "JWT_WORKBENCH_TORTURE_FIRST";

/// The parts of the program that write while somebody may kill it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Saving the draft.
    Template,
    /// Writing a table or a picture.
    Export,
    /// Exporting a key.
    Key,
    /// The settings.
    Settings,
    /// A draft that is kept while it is typed.
    Draft,
    /// Many tokens into a file, by the program itself.
    Mint,
}

/// Tokens of one version of [`Role::Mint`].
const TOKENS: usize = 40_000;

impl Role {
    pub(crate) const ALL: [Self; 6] =
        [Self::Template, Self::Export, Self::Key, Self::Settings, Self::Draft, Self::Mint];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Template => "template",
            Self::Export => "export",
            Self::Key => "key",
            Self::Settings => "settings",
            Self::Draft => "draft",
            Self::Mint => "mint",
        }
    }

    /// How it is started to write the version `first` and, but for minting, one after the other from then on.
    pub(crate) fn command(self, target: &Path, first: u64) -> Command {
        if self == Self::Mint {
            let mut command = Command::new(env!("CARGO_BIN_EXE_jwt-workbench"));
            let claims = format!(r#"{{"version":{first},"number":"{{{{counter}}}}"}}"#);
            command.args(["mint", "--secret-env", "TORTURE_SECRET", "--claims", &claims]);
            command.args(["--count", &TOKENS.to_string(), "--output"]).arg(target);
            command.env("TORTURE_SECRET", "0123456789abcdef0123456789abcdef0123456789A");
            return command;
        }
        let mut command = Command::new(env::current_exe().expect("this binary"));
        command.args(["--exact", "roles::role", "--nocapture", "--test-threads", "1"]);
        command.env(ROLE, self.name()).env(TARGET, target).env(FIRST, first.to_string());
        command
    }

    /// Whether it says when it begins and what it has written.
    pub(crate) fn speaks(self) -> bool {
        self != Self::Mint
    }

    /// Whether a file is part of what it writes, in the end or while nothing goes wrong.
    pub(crate) fn owns(self, path: &Path, target: &Path) -> bool {
        let ends = |end: &str| path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(end));
        match self {
            Self::Draft => path.starts_with(target) && (ends(".draft.json") || ends(".lock")) && !is_hidden(path),
            Self::Settings => path == target || (ends(".lock") && !is_hidden(path)),
            Self::Template | Self::Export | Self::Key | Self::Mint => path == target,
        }
    }

    /// Writes a version and waits until it is on the disk.
    pub(crate) fn write(self, target: &Path, version: u64, edge: &mut Edge) {
        let path = target.to_owned();
        match self {
            Self::Template => {
                let text = version::text(version);
                let over = files::stamp(target).map_or(Over::Nothing, Over::Known);
                edge.run(Effect::Save { path, text, over });
            }
            Self::Export => {
                let bytes = version::text(version).into_bytes();
                edge.run(Effect::WriteExport { path, bytes, private: false, over: Over::Anything });
            }
            Self::Key => {
                let text = Secret::from(version::text(version));
                edge.run(Effect::WriteKey { path, text, over: Over::Anything });
            }
            Self::Settings => SettingsStore::at(target).save(&settings(version)).expect("settings are saved"),
            Self::Draft => edge.draft(target).write(&draft(version)).expect("the draft is kept"),
            Self::Mint => {
                let output = self.command(target, version).output().expect("the program runs");
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            }
        }
    }

    /// The version that the file holds; `None` when it is not one whole version.
    pub(crate) fn read(self, target: &Path) -> Option<u64> {
        match self {
            Self::Template | Self::Export | Self::Key => version::of(&std::fs::read(target).ok()?),
            Self::Settings => match SettingsStore::at(target).load() {
                (read, None) => {
                    let folder = read.library.folders.first()?.to_str()?;
                    let version = folder.strip_prefix("/version/")?.parse().ok()?;
                    (settings(version) == read).then_some(version)
                }
                (_, Some(_)) => None,
            },
            Self::Draft => match DraftStore::at(target).left_behind().as_slice() {
                [(_, left)] => version::of(left.draft.template.claims.as_bytes()),
                _ => None,
            },
            Self::Mint => minted(&std::fs::read_to_string(target).ok()?),
        }
    }
}

/// Settings that say which version they are: hundreds of folders, so that writing them takes its time.
fn settings(version: u64) -> Settings {
    let mut settings = Settings::default();
    let mut state = version;
    settings.library.folders.push(PathBuf::from(format!("/version/{version}")));
    let count = version::next(&mut state) % 400;
    settings.library.folders.extend((0..count).map(|_| format!("/{:x}", version::next(&mut state)).into()));
    settings
}

fn draft(version: u64) -> KeptDraft {
    let mut template = default_template();
    template.claims = version::text(version);
    KeptDraft { template, origin: None, at: 1_795_284_752 }
}

/// The version of a file of tokens: all of them, each with its number, in order.
fn minted(text: &str) -> Option<u64> {
    let claims = |token: &str| {
        let payload = base64url::decode(token.split('.').nth(1)?).ok()?;
        let claims: serde_json::Value = serde_json::from_slice(&payload).ok()?;
        Some((claims["version"].as_u64()?, claims["number"].as_u64()?))
    };
    let tokens: Vec<(u64, u64)> = text.lines().map(claims).collect::<Option<_>>()?;
    let (version, first) = *tokens.first()?;
    let are_in_order = tokens.iter().zip(first..).all(|(token, number)| *token == (version, number));
    (are_in_order && tokens.len() == TOKENS && text.ends_with('\n')).then_some(version)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// The edge of the program, as the window uses it.
pub(crate) struct Edge {
    jobs: Jobs,
    woken: Receiver<()>,
    draft: Option<DraftFile>,
}

impl Edge {
    pub(crate) fn start() -> Self {
        let (wake, woken) = channel();
        let jobs = Jobs::new(SettingsStore::nowhere(), move || wake.send(()).unwrap_or_default());
        Self { jobs, woken, draft: None }
    }

    /// The file of the draft: the one that was left behind, or a new one.
    fn draft(&mut self, folder: &Path) -> &DraftFile {
        self.draft.get_or_insert_with(|| {
            let store = DraftStore::at(folder);
            let left = store.left_behind().into_iter().next().map(|(file, _)| file);
            left.unwrap_or_else(|| store.begin().expect("a folder for drafts"))
        })
    }

    /// Runs an effect that writes a file, and waits until it is written.
    fn run(&mut self, effect: Effect) {
        assert!(self.jobs.run(effect).is_none(), "files are written on a thread");
        loop {
            self.woken.recv_timeout(Duration::from_secs(20)).expect("an answer comes");
            match self.jobs.poll() {
                Some(Event::Saved(_, Ok(_)) | Event::Exported(_, Ok(())) | Event::KeyWritten(_, Ok(()))) => return,
                Some(event @ (Event::Saved(..) | Event::Exported(..) | Event::KeyWritten(..))) => panic!("{event:?}"),
                _ => {}
            }
        }
    }
}

/// The child's part; without a role there is nothing to do.
#[test]
fn role() {
    let Ok(name) = env::var(ROLE) else { return };
    let role = Role::ALL.into_iter().find(|role| role.name() == name).expect("a role that is known");
    let target = PathBuf::from(env::var_os(TARGET).expect("a target"));
    let first: u64 = env::var(FIRST).expect("a version").parse().expect("a number");
    let mut edge = Edge::start();
    say("ready");
    for version in first.. {
        role.write(&target, version, &mut edge);
        say(&format!("written {version}"));
    }
}

/// One line for the parent, at once.
fn say(line: &str) {
    let mut output = std::io::stdout().lock();
    writeln!(output, "{line}").and_then(|()| output.flush()).expect("the parent listens");
}
