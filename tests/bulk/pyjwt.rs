//! A written file as PyJWT sees it.

use std::process::Command;

use jwt_workbench::bulk::plan::Supply;

use super::tools::tool;
use super::{CLAIMS, Folder, SECRET, minted, order};

/// Verifies every 37th token of a file, and says how many those were and what their counters add up to.
const SCRIPT: &str = r#"
import sys, jwt
path, secret = sys.argv[1:]
lines = open(path).read().splitlines()[::37]
options = {"verify_exp": False, "verify_sub": False}
claims = [jwt.decode(line, secret, algorithms=["HS256"], options=options) for line in lines]
print(len(claims), sum(claim["n"] for claim in claims))
"#;

#[test]
fn pyjwt_verifies_a_sample_of_the_file() {
    let Some(python) = tool("bin/python", "JWT_WORKBENCH_PYTHON") else { return };
    let folder = Folder::new();
    let path = folder.path("tokens.txt");
    minted(&order(CLAIMS, Supply::Count(10_000)), &path);
    let output = Command::new(python).args(["-c", SCRIPT]).arg(&path).arg(SECRET).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let sample: Vec<u64> = (1..=10_000).step_by(37).collect();
    let expected = format!("{} {}\n", sample.len(), sample.iter().sum::<u64>());
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
}
