//! What template files are called: `NAME.jwt.json`.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::jose::error::Problem;

/// How the name of a template file ends.
pub const ENDING: &str = ".jwt.json";

/// The most bytes of a name without its ending.
const LONGEST: usize = 200;

/// The new names of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// The file's name without its ending.
    pub stem: String,
    /// The name inside the template, where it changes with that of the file.
    pub name: Option<String>,
}

/// Whether a file of this name is listed.
pub fn is_template(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().ends_with(ENDING.as_bytes()))
}

/// The file's name without its ending.
pub fn stem(path: &Path) -> Cow<'_, str> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    match name.strip_suffix(ENDING) {
        Some(stem) => Cow::Owned(stem.to_owned()),
        None => name,
    }
}

/// The name of a file for a template of this name, without its ending: "Access token" gives `access-token`.
pub fn slug(name: &str) -> String {
    let mut stem = String::new();
    for letter in name.chars() {
        if letter.is_alphanumeric() {
            stem.extend(letter.to_lowercase());
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    let end = stem.floor_char_boundary(LONGEST);
    let stem = stem.get(..end).unwrap_or_default().trim_end_matches('-');
    if stem.is_empty() { "token".to_owned() } else { stem.to_owned() }
}

/// The path of a template file in a folder.
pub fn in_folder(folder: &Path, stem: &str) -> PathBuf {
    folder.join(format!("{stem}{ENDING}"))
}

/// Whether a file of this name is called after the template of that name in it.
pub fn belongs(stem: &str, name: &str) -> bool {
    !name.is_empty() && (stem == name || stem == slug(name))
}

/// The new names when a user types `typed`. Where the file is called after the template both change, else the file's
/// name alone.
///
/// # Errors
/// `file-name` when no file can be called that.
pub fn renamed(stem: &str, name: &str, typed: &str) -> Result<Renamed, Problem> {
    let typed = typed.trim();
    let typed = typed.strip_suffix(ENDING).unwrap_or(typed);
    if belongs(stem, name) && stem != name && !typed.is_empty() {
        return Ok(Renamed { stem: slug(typed), name: Some(typed.to_owned()) });
    }
    check(typed)?;
    Ok(Renamed { stem: typed.to_owned(), name: (stem == name).then(|| typed.to_owned()) })
}

fn check(stem: &str) -> Result<(), Problem> {
    let refuse = |message: &str, help: &str| Err(Problem::new("file-name", message).help(help));
    if stem.is_empty() {
        return refuse("A template needs a name", "Type a name of at least one letter.");
    }
    if stem.len() > LONGEST {
        return refuse("The name is too long for a file", "Type a shorter name.");
    }
    if stem.starts_with('.') {
        return refuse("A file whose name begins with a period is hidden", "Begin the name with a letter.");
    }
    // What one of the systems refuses: a folder of templates is often shared.
    if stem.chars().any(|letter| letter.is_control() || "/\\:*?\"<>|".contains(letter)) {
        return refuse("A file name has none of / \\ : * ? \" < > |", "Type a name without them.");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_come_from_names() {
        for (name, expected) in [
            ("Access token", "access-token"),
            ("  Ä / B  ", "ä-b"),
            ("", "token"),
            ("///", "token"),
            ("v1.2 (new)", "v1-2-new"),
        ] {
            assert_eq!(slug(name), expected);
        }
        assert!(slug(&"ä".repeat(300)).len() <= LONGEST);
        assert_eq!(stem(Path::new("/a/b.c.jwt.json")), "b.c");
        assert!(is_template(Path::new("a.jwt.json")) && !is_template(Path::new("a.json")));
    }

    #[test]
    fn file_and_template_are_renamed_together_where_they_are_called_the_same() {
        let both = |stem: &str, name: &str| Renamed { stem: stem.into(), name: Some(name.into()) };
        assert_eq!(renamed("access-token", "Access token", " ID token "), Ok(both("id-token", "ID token")));
        assert_eq!(renamed("access", "access", "B c.jwt.json"), Ok(both("B c", "B c")));
        let file = Renamed { stem: "b".into(), name: None };
        assert_eq!(renamed("a", "Access token", "b"), Ok(file.clone()));
        assert_eq!(renamed("a", "", "b"), Ok(file));
    }

    #[test]
    fn what_no_file_can_be_called_is_refused() {
        for typed in ["", "  ", ".jwt.json", ".hidden", "a/b", "..", "a\nb", &"x".repeat(201)] {
            let problem = renamed("a", "", typed).unwrap_err();
            assert_eq!(problem.code, "file-name", "{typed}");
            assert!(!problem.help.is_empty());
        }
    }
}
