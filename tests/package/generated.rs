//! The manual pages and the completions in `dist/` follow from the command line. They are kept as files, so that nothing has
//! to be run to package the program, also for another system, and the program is no bigger for them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use jwt_workbench::cli;

const NAME: &str = "jwt-workbench";
/// Set it to write the files anew.
const UPDATE: &str = "JWT_WORKBENCH_WRITE";

/// Where each file belongs, and what is to be in it.
fn files() -> BTreeMap<PathBuf, String> {
    let mut files = BTreeMap::new();
    let mut grammar = cli::grammar().disable_help_subcommand(true);
    grammar.build();
    pages(&grammar, &mut files);
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell] {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut cli::grammar(), NAME, &mut script);
        let name = match shell {
            Shell::Zsh => format!("_{NAME}"),
            Shell::Bash => format!("{NAME}.bash"),
            Shell::Fish => format!("{NAME}.fish"),
            _ => format!("{NAME}.ps1"),
        };
        files.insert(Path::new("dist/completions").join(name), text(script));
    }
    files
}

/// The page of a command and those of the commands below it.
fn pages(command: &clap::Command, files: &mut BTreeMap<PathBuf, String>) {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    let mut page = Vec::new();
    Man::new(command.clone())
        .title(name.to_uppercase())
        .date(release_date())
        .source(format!("JWT Workbench {}", env!("CARGO_PKG_VERSION")))
        .manual("User Commands")
        .render(&mut page)
        .expect("a page is written to memory");
    let is_top = name == NAME;
    closing_sections(is_top).to_writer(&mut page).expect("a page is written to memory");
    files.insert(Path::new("dist/man").join(format!("{name}.1")), text(page));
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        pages(below, files);
    }
}

/// What the grammar of the command line does not know.
fn closing_sections(is_top: bool) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["EXIT STATUS"]);
    for (code, meaning) in [
        ("0", "Done."),
        ("1", "The verdict is negative, or a run was ended before it was done."),
        ("2", "The arguments or what was read cannot be used; the message tells what helps."),
    ] {
        roff.control("TP", []).text([bold(code)]).text([roman(meaning)]);
    }
    if is_top {
        roff.control("SH", ["FILES"]);
        for (file, meaning) in [
            ("$XDG_CONFIG_HOME/jwt-workbench, ~/.config/jwt-workbench", "Settings. Never a token, a key or a secret."),
            ("$XDG_DATA_HOME/jwt-workbench, ~/.local/share/jwt-workbench", "Runs and drafts that are kept."),
        ] {
            roff.control("TP", []).text([bold(file)]).text([roman(meaning)]);
        }
    } else {
        roff.control("SH", ["SEE ALSO"]).text([bold(NAME), roman("(1)")]);
    }
    roff
}

/// Lines without spaces at their ends, as every text file here.
fn text(bytes: Vec<u8>) -> String {
    let text = String::from_utf8(bytes).expect("what is generated is text");
    text.lines().flat_map(|line| [line.trim_end(), "\n"]).collect()
}

#[test]
fn the_manual_and_the_completions_are_those_of_the_command_line() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let wanted = files();
    if std::env::var_os(UPDATE).is_some() {
        for (path, text) in &wanted {
            fs::write(root.join(path), text).expect("the file is written");
        }
    }
    let outdated: Vec<_> =
        wanted.iter().filter(|(path, text)| fs::read_to_string(root.join(path)).ok().as_ref() != Some(text)).collect();
    assert!(outdated.is_empty(), "outdated: {:?}; run {UPDATE}=1 cargo test --test package", names(&outdated));
    let there: Vec<PathBuf> = ["dist/man", "dist/completions"]
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).expect("the folder is there"))
        .map(|entry| entry.expect("the folder can be read").path())
        .map(|path| path.strip_prefix(root).expect("it is one of ours").to_owned())
        .filter(|path| !wanted.contains_key(path))
        .collect();
    assert!(there.is_empty(), "of commands that are gone: {there:?}");
}

fn names<'a>(files: &[(&'a PathBuf, &String)]) -> Vec<&'a Path> {
    files.iter().map(|(path, _)| path.as_path()).collect()
}

/// The day of the newest release.
fn release_date() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/dist/linux/jwt-workbench.metainfo.xml");
    let metainfo = fs::read_to_string(path).expect("the description is there");
    let date = metainfo.split(" date=\"").nth(1).and_then(|rest| rest.split('"').next());
    date.expect("a release has a date").to_owned()
}
