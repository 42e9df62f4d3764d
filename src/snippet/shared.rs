//! What the languages say alike.

use super::KEY_FILE_VARIABLE;
use super::layout::Code;
use super::model::{Draft, KeySource, Need, Value};
use super::words::{Escape, quoted};
use crate::jose::jwa::KeyKind;

impl Draft {
    /// The comment at the top: what the file is and what it needs.
    pub(super) fn title(&self, code: &mut Code, what: &str, install: &str) {
        let name = if self.title.is_empty() { String::new() } else { format!("{}: ", self.title) };
        code.comment(&format!("{name}{what}, signed with {}.", self.algorithm));
        code.comment(install);
        code.blank();
    }

    /// What comes before the command that runs the file, in a shell.
    pub(super) fn environment(&self) -> String {
        match &self.key {
            KeySource::Secret { env, .. } => format!("{env}=… "),
            KeySource::Pem(_) => format!("{KEY_FILE_VARIABLE}=private.pem "),
        }
    }

    /// The environment variable that leads to the key.
    pub(super) fn key_variable(&self) -> &str {
        match &self.key {
            KeySource::Secret { env, .. } => env,
            KeySource::Pem(_) => KEY_FILE_VARIABLE,
        }
    }

    /// Whether it is signed with a shared secret.
    pub(super) fn is_hmac(&self) -> bool {
        self.algorithm.key_kind() == KeyKind::Secret
    }

    /// What to know about the code in any language; `pkcs8` when the library reads keys in that form alone.
    pub(super) fn notes(&self, pkcs8: bool) -> Vec<String> {
        let mut notes = self.losses.clone();
        if self.needs(Need::Counter) {
            notes.push("The counter starts again with the program: keep it in a database if it must not.".to_owned());
        }
        if pkcs8 && !self.is_hmac() {
            notes.push("The key file is PEM in PKCS#8 form: -----BEGIN PRIVATE KEY-----.".to_owned());
        }
        notes
    }

    /// The members of the header besides `typ` where it is what libraries write by themselves.
    pub(super) fn header_besides_default(&self) -> Vec<super::model::Entry> {
        let is_default = |name: Option<&str>, value: &Value| name == Some("typ") && value.plain() == Some("JWT");
        self.header.iter().filter(|entry| !is_default(entry.plain_name(), &entry.value)).cloned().collect()
    }

    /// Whether an object stands anywhere below header and claims.
    pub(super) fn has_objects(&self) -> bool {
        self.any(|value| matches!(value, Value::Object(_)))
    }
}

/// The comment over a constant that the template does not declare.
pub(super) fn comment_undeclared(code: &mut Code, declared: bool) {
    if !declared {
        code.comment("The template does not say what this is: give it a value.");
    }
}

/// The largest of the units that so many seconds are a multiple of: how many, and the unit's index in `units`.
pub(super) fn in_units<'u>(seconds: u64, units: &[(u64, &'u str)]) -> (u64, &'u str) {
    units
        .iter()
        .find(|(unit, _)| seconds.is_multiple_of(*unit))
        .map_or((seconds, ""), |(unit, words)| (seconds / unit, words))
}

/// The variable's name as a quoted text.
pub(super) fn quoted_variable(draft: &Draft, escape: Escape) -> String {
    quoted(draft.key_variable(), escape)
}
