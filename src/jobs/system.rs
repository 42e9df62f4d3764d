//! What the program runs on and where its files are, for the user and for bug reports.

use std::path::PathBuf;

use super::settings_store::SettingsStore;

/// The operating system and the kind of desktop session, as far as the system tells: `Debian GNU/Linux 13 (linux x86_64),
/// x11`.
pub fn system() -> String {
    let (os, architecture) = (std::env::consts::OS, std::env::consts::ARCH);
    let name = std::fs::read_to_string("/etc/os-release").ok().and_then(|text| pretty_name(&text));
    let system = name.map_or_else(|| format!("{os} {architecture}"), |name| format!("{name} ({os} {architecture})"));
    match std::env::var("XDG_SESSION_TYPE") {
        Ok(session) if !session.is_empty() => format!("{system}, {session}"),
        _ => system,
    }
}

/// The name that `os-release` has for people, see `man os-release`.
fn pretty_name(text: &str) -> Option<String> {
    let value = text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
    Some(value.trim().trim_matches(['"', '\'']).to_owned()).filter(|name| !name.is_empty())
}

/// Where the program keeps its files, each with what it is; nothing for a user without a home folder.
pub fn places(store: &SettingsStore) -> Vec<(&'static str, PathBuf)> {
    let settings = store.path().map(|path| ("Settings", path.to_owned()));
    let drafts = store.drafts().folder().map(|path| ("Unsaved drafts", path.to_owned()));
    let runs = store.runs().path().map(|path| ("Kept runs", path.to_owned()));
    [settings, drafts, runs].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_has_a_name() {
        let text = "NAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\n";
        assert_eq!(pretty_name(text).as_deref(), Some("Debian GNU/Linux 13 (trixie)"));
        assert_eq!(pretty_name("PRETTY_NAME=\"\"\n"), None);
        assert!(system().contains(std::env::consts::ARCH));
    }

    #[test]
    fn places_are_those_of_the_store() {
        assert!(places(&SettingsStore::nowhere()).is_empty());
        let names: Vec<_> = places(&SettingsStore::at("/x/settings.json")).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["Settings", "Unsaved drafts", "Kept runs"]);
    }
}
