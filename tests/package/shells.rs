//! The completions, as they were installed, in the shells that they are for.

use std::collections::BTreeSet;

use tempfile::TempDir;

use crate::root::Root;
use crate::{have, program, said};

/// The commands that begin with an m.
const COMMANDS: [&str; 2] = ["measure", "mint"];

/// Every shell that is there completes a command.
#[track_caller]
pub(crate) fn complete(root: &Root) {
    let bash = r#"source "$0"; COMP_WORDS=(jwt-workbench m) COMP_CWORD=1
        "$(complete -p jwt-workbench | sed 's/.*-F \([^ ]*\).*/\1/')" jwt-workbench m jwt-workbench
        echo "${COMPREPLY[@]}""#;
    let script = root.path("usr/share/bash-completion/completions/jwt-workbench");
    let answer = said(&mut program("bash", ["-c", bash, &script]));
    assert_eq!(answer.split_whitespace().collect::<BTreeSet<_>>(), COMMANDS.into());
    if have(&["fish"]) {
        let home = TempDir::new().expect("a home without files to complete");
        let script = root.path("usr/share/fish/vendor_completions.d/jwt-workbench.fish");
        let fish = format!("source {script}; complete --do-complete 'jwt-workbench m'");
        let answer = said(program("fish", ["--no-config", "-c", &fish]).env("HOME", home.path()).current_dir(&home));
        let names: BTreeSet<&str> = answer.lines().filter_map(|line| line.split('\t').next()).collect();
        assert_eq!(names, COMMANDS.into());
    }
    if have(&["zsh"]) {
        // Completing needs a terminal; that zsh takes the script as that of the program, and that it loads, do not.
        let folder = root.path("usr/share/zsh/vendor-completions");
        let zsh = format!(
            "fpath=({folder} $fpath); autoload -Uz compinit; compinit -D; print $_comps[jwt-workbench]; autoload +X _jwt-workbench"
        );
        assert_eq!(said(&mut program("zsh", ["-f", "-c", &zsh])).trim(), "_jwt-workbench");
    }
}
