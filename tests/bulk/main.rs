//! Minting many: what is written is complete, in order, verified, and the same however the work is divided.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

mod ending;
mod forms;
mod pieces;
mod pyjwt;
mod rows;
#[path = "../common/tools.rs"]
mod tools;

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jsonwebtoken::{DecodingKey, Validation};
use jwt_workbench::bulk::control::Control;
use jwt_workbench::bulk::plan::{Faulty, Form, Order, Plan, Shard, Supply};
use jwt_workbench::bulk::progress::{Ended, Outcome};
use jwt_workbench::jobs::minting::{self, Target};
use jwt_workbench::jose::key::Key;
use jwt_workbench::template::file::TemplateFile;
use jwt_workbench::workbench::effect::Over;
use serde_json::Value;

const NOW: i64 = 1_795_284_752;
const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// A claim of each kind, and the variable `user`.
const CLAIMS: &str =
    r#"{"sub":"{{user}}","n":"{{counter}}","jti":"{{uuid}}","nonce":"{{random:16}}","exp":"{{now+30m}}"}"#;

fn order(claims: &str, supply: Supply) -> Order {
    let mut template = TemplateFile::new("", r#"{"alg":"HS256"}"#, claims);
    template.variables.set("user", "nobody");
    let plan = Plan {
        supply,
        form: Form::Lines,
        url: "http://localhost:8080/api".to_owned(),
        faulty: Faulty::Stop,
        threads: NonZeroUsize::new(2).unwrap(),
        from: 0,
        shard: Shard::WHOLE,
    };
    Order { template, key: Arc::new(Key::secret(SECRET.to_owned().into())), now: NOW, plan }
}

/// A folder for the files of a test.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        path
    }

    /// The names of all files, hidden ones too.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.0.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

fn run(order: &Order, target: &Target) -> Outcome {
    minting::run(order, target, None, &Control::default(), &mut |_| ())
}

/// Mints into a file and reads it.
#[track_caller]
fn minted(order: &Order, path: &Path) -> String {
    let outcome = run(order, &Target::File(path.to_path_buf(), Over::Anything));
    assert_eq!((outcome.ended, outcome.resume), (Ended::Done, None));
    fs::read_to_string(path).unwrap()
}

/// The claims of a token, verified by another implementation.
#[track_caller]
fn verified(token: &str) -> Value {
    let mut validation = Validation::new(jsonwebtoken::Algorithm::HS256);
    validation.validate_exp = false;
    validation.required_spec_claims.clear();
    jsonwebtoken::decode::<Value>(token, &DecodingKey::from_secret(SECRET.as_bytes()), &validation).unwrap().claims
}

/// The counters of tokens, one a line.
#[track_caller]
fn counters(lines: &str) -> Vec<u64> {
    assert!(lines.is_empty() || lines.ends_with('\n'), "the last line is complete");
    lines.lines().map(|token| verified(token)["n"].as_u64().unwrap()).collect()
}
