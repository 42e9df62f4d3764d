//! Reads a settings text that may be damaged: what is broken loses itself, and nothing else.

use serde::Deserialize as _;
use serde_json::{Map, Value};

use super::{Settings, VERSION};
use crate::jose::error::Problem;
use crate::jose::text::{Position, Span, visible};

/// Items of a list with something broken in it that are looked at one by one.
const MOST_ITEMS: usize = 1_000;
/// Names of lost fields that a message tells.
const NAMES: usize = 4;

/// What was found in a settings text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The settings; what was not found or is lost has its default.
    pub settings: Settings,
    /// Members that this version does not know, in the groups they were found in. They are kept on save.
    unknown: Map<String, Value>,
    /// The fields that could not be read, such as `safety.keep_drafts`.
    lost: Vec<String>,
    /// Where the damage begins, in bytes; `None` when nothing is wrong.
    damage: Option<usize>,
}

impl Found {
    /// Reads what can be read.
    pub fn read(text: &str) -> Self {
        let mut found = Self::default();
        let known = tree(&found.settings);
        let members = match serde_json::from_str(text) {
            Ok(Value::Object(members)) => members,
            Ok(_) => {
                found.damage = Some(0);
                Map::new()
            }
            Err(error) => {
                found.damage = Some(offset_of(text, Position { line: error.line(), column: error.column() }));
                salvage(text, &known, &mut found.lost)
            }
        };
        if found.damage.is_none() {
            found.unknown = unknown(&known, &members);
        }
        let mut whole = Value::Object(known);
        adopt(&mut whole, "", Value::Object(members), &mut found.lost);
        found.settings = Settings::deserialize(whole).unwrap_or_default();
        found.settings.bring_into_range();
        let first = found.lost.first().and_then(|name| place_of(text, name));
        found.damage = found.damage.or(first).or((!found.lost.is_empty()).then_some(0));
        found
    }

    /// Whether a later version of the program wrote it, so that this one must leave it alone.
    pub const fn is_later(&self) -> bool {
        self.settings.version > VERSION
    }

    /// What is wrong with the text, and where; `None` when everything was read.
    pub fn problem(&self) -> Option<Problem> {
        let offset = self.damage?;
        let message = match self.lost.as_slice() {
            [] => "The settings file is damaged".to_owned(),
            [one] => format!("The settings file is damaged: {one} cannot be read"),
            several => {
                let names: Vec<_> = several.iter().take(NAMES).map(|name| visible(name)).collect();
                let more = if several.len() > NAMES { " and others" } else { "" };
                format!("The settings file is damaged: {}{more} cannot be read", names.join(", "))
            }
        };
        let help = "What cannot be read has its default; correct the file, or choose again.";
        Some(Problem::new("settings-unreadable", message).help(help).at(Span::new(offset, offset)))
    }

    /// The text of `settings` with the members that only another version knows.
    pub fn text_with(&self, settings: &Settings) -> String {
        if self.unknown.is_empty() {
            return settings.to_text();
        }
        let mut whole = tree(&settings.as_written());
        join(&mut whole, &self.unknown);
        serde_json::to_string_pretty(&whole).map(|text| text + "\n").unwrap_or_default()
    }
}

/// The settings as JSON members.
fn tree(settings: &Settings) -> Map<String, Value> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    }
}

/// Puts `found` in its place in `whole` as far as `whole` stays what settings are; tells what had to be left out.
fn adopt(whole: &mut Value, pointer: &str, found: Value, lost: &mut Vec<String>) {
    let Some(before) = whole.pointer_mut(pointer).map(|slot| std::mem::replace(slot, found)) else { return };
    if Settings::deserialize(&*whole).is_ok() {
        return;
    }
    let Some(slot) = whole.pointer_mut(pointer) else { return };
    match (std::mem::replace(slot, before.clone()), before) {
        (Value::Object(members), Value::Object(before)) => {
            for (name, member) in members.into_iter().filter(|(name, _)| before.contains_key(name)) {
                adopt(whole, &format!("{pointer}/{name}"), member, lost);
            }
        }
        (Value::Array(items), before) => {
            lost.push(pointer.trim_start_matches('/').replace('/', "."));
            let kept: Vec<Value> =
                items.into_iter().take(MOST_ITEMS).filter(|item| fits(whole, pointer, item)).collect();
            put(whole, pointer, Value::Array(kept));
            if Settings::deserialize(&*whole).is_err() {
                put(whole, pointer, before);
            }
        }
        _ => lost.push(pointer.trim_start_matches('/').replace('/', ".")),
    }
}

/// Whether a list with this item alone is one that the settings can have there.
fn fits(whole: &mut Value, pointer: &str, item: &Value) -> bool {
    put(whole, pointer, Value::Array(vec![item.clone()]));
    Settings::deserialize(&*whole).is_ok()
}

fn put(whole: &mut Value, pointer: &str, value: Value) {
    if let Some(slot) = whole.pointer_mut(pointer) {
        *slot = value;
    }
}

/// Finds the known fields in a text that is no JSON, each by its name. Those whose name is there without a value are lost.
fn salvage(text: &str, known: &Map<String, Value>, lost: &mut Vec<String>) -> Map<String, Value> {
    let mut members = Map::new();
    for (name, default) in known {
        let value = match default {
            Value::Object(group) => Some(Value::Object(salvage(text, group, lost))),
            _ => value_of(text, name),
        };
        match value {
            Some(value) => {
                members.insert(name.clone(), value);
            }
            None if place_of(text, name).is_some() => lost.push(name.clone()),
            None => {}
        }
    }
    members
}

/// The value after the first `"name":` that has one.
fn value_of(text: &str, name: &str) -> Option<Value> {
    let quoted = format!("\"{name}\"");
    text.match_indices(&quoted).find_map(|(at, _)| {
        let rest = text.get(at + quoted.len()..)?.trim_start().strip_prefix(':')?;
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        let value = values.next()?.ok()?;
        // A number at the very end may have lost its last digits.
        let is_cut = value.is_number() && values.byte_offset() == rest.len();
        (!is_cut).then_some(value)
    })
}

/// Where the field with this name, or with this path, stands in the text.
fn place_of(text: &str, path: &str) -> Option<usize> {
    let name = path.rsplit('.').next().unwrap_or(path);
    text.find(&format!("\"{name}\""))
}

/// The members of `found` that are not `known`.
fn unknown(known: &Map<String, Value>, found: &Map<String, Value>) -> Map<String, Value> {
    let mut others = Map::new();
    for (name, value) in found {
        match (known.get(name), value) {
            (None, value) => {
                others.insert(name.clone(), value.clone());
            }
            (Some(Value::Object(known)), Value::Object(found)) => {
                let inner = unknown(known, found);
                if !inner.is_empty() {
                    others.insert(name.clone(), Value::Object(inner));
                }
            }
            (Some(_), _) => {}
        }
    }
    others
}

/// Adds the members of `others` that are not there yet.
fn join(whole: &mut Map<String, Value>, others: &Map<String, Value>) {
    for (name, value) in others {
        match (whole.get_mut(name), value) {
            (Some(Value::Object(whole)), Value::Object(others)) => join(whole, others),
            (Some(_), _) => {}
            (None, value) => {
                whole.insert(name.clone(), value.clone());
            }
        }
    }
}

/// The byte of the place where serde_json stopped reading; its column counts bytes from 1, and 0 is the line's start.
fn offset_of(text: &str, place: Position) -> usize {
    let line_start: usize = text.split_inclusive('\n').take(place.line.saturating_sub(1)).map(str::len).sum();
    line_start + place.column.saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use proptest::prelude::*;

    use super::*;
    use crate::workbench::page::Page;
    use crate::workbench::settings::Theme;
    use crate::workbench::settings::hint::Hint;

    /// Settings in which every field has another value than by default.
    fn chosen() -> Settings {
        let text = r#"{
          "version": 1, "theme": "dark", "scale": 1.25, "motion": "reduced", "window_size": [1000.0, 700.0], "page": "keys", "budget": "nginx",
          "recent_files": ["/a.jwt.json", "/b \"c\".jwt.json"],
          "library": { "open": true, "folders": ["/templates", "/ü"] },
          "safety": { "keep_drafts": false, "clear_secrets_after": 60, "clear_tokens_after": 120, "clear_on_exit": false },
          "new_drafts": { "algorithm": "ES256", "lifetime": 3600 },
          "clock": { "hours": 12, "zones": "local-utc" },
          "exercises": ["expiry"], "hints": ["typing"] }"#;
        Settings::from_text(text).unwrap()
    }

    /// The fields of a tree without groups, each with its value.
    fn leaves(members: &Map<String, Value>) -> Vec<(String, Value)> {
        let inner = |(name, value): (&String, &Value)| match value {
            Value::Object(group) => leaves(group),
            value => vec![(name.clone(), value.clone())],
        };
        members.iter().flat_map(inner).collect()
    }

    #[test]
    fn the_manual_tells_of_every_field() {
        let manual = include_str!("../../../assets/manual/settings.md");
        for (name, value) in tree(&Settings::default()) {
            let names = match value {
                Value::Object(group) => group.keys().map(|inner| format!("{name}.{inner}")).collect(),
                _ => vec![name],
            };
            names.iter().for_each(|name| assert!(manual.contains(&format!("- `{name}`: ")), "{name}"));
        }
    }

    #[track_caller]
    fn check_lost(text: &str, lost: &[&str]) -> Settings {
        let found = Found::read(text);
        assert_eq!(found.lost, lost);
        assert!(found.problem().is_some());
        found.settings
    }

    #[test]
    fn no_two_fields_share_a_name_and_every_one_was_chosen() {
        let (defaults, chosen) = (leaves(&tree(&Settings::default())), leaves(&tree(&chosen())));
        let mut names: Vec<_> = defaults.iter().map(|(name, _)| name).collect();
        names.dedup();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), defaults.len(), "they are found by their names in a damaged text");
        let same: Vec<_> = defaults.iter().zip(&chosen).filter(|(default, chosen)| default == chosen).collect();
        assert_eq!(same.iter().map(|(field, _)| field.0.as_str()).collect::<Vec<_>>(), ["version"]);
    }

    #[test]
    fn a_broken_field_loses_only_itself() {
        let text = chosen().to_text();
        let settings = check_lost(&text.replace("\"dark\"", "\"mauve\""), &["theme"]);
        assert_eq!(settings, Settings { theme: Theme::System, ..chosen() });
        let settings =
            check_lost(&text.replace("\"keep_drafts\": false", "\"keep_drafts\": 0"), &["safety.keep_drafts"]);
        assert!(settings.safety.keep_drafts);
        assert_eq!(settings.safety.clear_tokens_after, 120, "the rest of its group stays");
        let settings = check_lost(&text.replace("\"ES256\"", "\"none\""), &["new_drafts.algorithm"]);
        assert_eq!(settings.new_drafts.lifetime, 3_600);
        let settings = check_lost(r#"{"recent_files":["/a",7,"/b"],"page":"keys"}"#, &["recent_files"]);
        assert_eq!(
            (settings.page, settings.recent_files),
            (Page::Keys, vec![PathBuf::from("/a"), PathBuf::from("/b")])
        );
        let settings = check_lost(r#"{"safety":null,"window_size":[900],"theme":"dark"}"#, &["safety", "window_size"]);
        assert_eq!(settings, Settings { theme: Theme::Dark, ..Settings::default() });
    }

    #[test]
    fn a_text_that_is_no_json_is_searched_for_its_fields() {
        let text = chosen().to_text();
        for (from, to) in [("{\n", "\n"), ("\"dark\",", "\"dark\""), ("  \"page\"", "oops \"page\""), ("}\n", "")] {
            let broken = text.replacen(from, to, 1);
            let found = Found::read(&broken);
            assert!(found.problem().is_some(), "{broken}");
            assert_eq!(found.settings, chosen(), "{broken}");
        }
        assert_eq!(check_lost("{\"theme\": \"dark\", \"scale\": 1e999}", &["scale"]).theme, Theme::Dark);
        assert_eq!(
            check_lost("{\"theme\": \"dark\", \"clear_secrets_after\": 3", &["clear_secrets_after"]).theme,
            Theme::Dark
        );
        let deep = "[".repeat(100_000);
        assert_eq!(Found::read(&deep).settings, Settings::default());
    }

    #[test]
    fn what_another_version_knows_is_kept() {
        let text = r#"{"colour":{"name":"mauve"},"theme":"dark","safety":{"keep_drafts":false,"shred":true}}"#;
        let found = Found::read(text);
        assert_eq!(found.problem(), None);
        let saved = found.text_with(&Settings { theme: Theme::Light, ..found.settings.clone() });
        let saved: Value = saved.parse().unwrap();
        assert_eq!(saved["colour"]["name"], "mauve");
        assert_eq!((&saved["safety"]["shred"], &saved["safety"]["keep_drafts"]), (&true.into(), &false.into()));
        assert_eq!(saved["theme"], "light");
        assert!(!found.is_later());
        assert!(Found::read(r#"{"version":2,"theme":"dark"}"#).is_later());
    }

    #[test]
    fn a_plain_text_is_written_as_always() {
        let mut settings = chosen();
        settings.remember_file(Path::new("/c"));
        settings.hints = vec![Hint::Copying];
        assert_eq!(Found::read(&settings.to_text()).text_with(&settings), settings.to_text());
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let found = Found::read(&String::from_utf8_lossy(&bytes));
            prop_assert_eq!(Settings::from_text(&found.settings.to_text()), Ok(found.settings.as_written()));
        }

        /// Bytes are written over, cut off or put in anywhere: all fields in other lines are read as they were. (A line that
        /// opens a group counts as part of it: with another name it is another group.)
        #[test]
        fn damage_loses_what_it_touches_and_nothing_else(
            at in 0_usize..2_000,
            junk in proptest::collection::vec(any::<u8>(), 0..12),
            removed in 0_usize..12,
        ) {
            let text = chosen().to_text();
            let at = at % text.len();
            let end = (at + removed).min(text.len());
            let mut bytes = text.as_bytes().to_vec();
            bytes.splice(at..end, junk);
            let damaged = String::from_utf8_lossy(&bytes).into_owned();
            let read: Map<String, Value> = leaves(&tree(&Found::read(&damaged).settings)).into_iter().collect();
            for (name, value) in leaves(&tree(&chosen())) {
                let field = span_of(&text, &name);
                // The byte before and the byte after belong to it, too: a comma, a quotation mark.
                if end.max(at + 1) < field.0 || at > field.1 {
                    prop_assert_eq!(read.get(&name), Some(&value), "{} in {}", name, damaged);
                }
            }
        }
    }

    /// From the line that a field begins on, or that its group begins on, to the end of its value.
    fn span_of(text: &str, name: &str) -> (usize, usize) {
        let start = text.find(&format!("\"{name}\"")).unwrap();
        let line = text[..start].rfind('\n').map_or(0, |end| end + 1);
        let rest = &text[start + name.len() + 3..];
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        values.next();
        let end = start + name.len() + 3 + values.byte_offset();
        let is_in_group = text[line..].starts_with("    ");
        let start = if is_in_group { text[..line].rfind("\n  \"").map_or(0, |start| start + 1) } else { start };
        (start.saturating_sub(1), end + 1)
    }
}
