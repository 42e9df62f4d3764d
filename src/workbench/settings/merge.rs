//! Two windows with the same settings file: each writes what was changed in it, and leaves the rest as the other wrote it.

use serde_json::{Map, Value};

use super::Settings;

/// The settings to write: `theirs`, which are in the file, with everything that `ours` changed since `base`.
///
/// Members are taken one by one. Lists of texts (recent files, folders, exercises) are merged item by item: what we put in
/// front comes first, what we took out goes, what we added comes last.
pub fn merge(base: &Settings, ours: &Settings, theirs: &Settings) -> Settings {
    let [base, new, old] = [base, ours, theirs].map(|settings| settings.to_text().parse::<Value>().unwrap_or_default());
    Settings::from_text(&value(&base, &new, &old).to_string()).unwrap_or_else(|_| ours.clone())
}

fn value(base: &Value, ours: &Value, theirs: &Value) -> Value {
    match (base, ours, theirs) {
        _ if ours == base => theirs.clone(),
        (Value::Object(base), Value::Object(ours), Value::Object(theirs)) => Value::Object(object(base, ours, theirs)),
        (Value::Array(base), Value::Array(ours), Value::Array(theirs))
            if [base, ours, theirs].into_iter().all(|list| is_texts(list)) =>
        {
            Value::Array(list(base, ours, theirs))
        }
        _ => ours.clone(),
    }
}

fn object(base: &Map<String, Value>, ours: &Map<String, Value>, theirs: &Map<String, Value>) -> Map<String, Value> {
    let merged = |(name, ours): (&String, &Value)| {
        let (base, theirs) = (base.get(name).unwrap_or(&Value::Null), theirs.get(name).unwrap_or(ours));
        (name.clone(), value(base, ours, theirs))
    };
    ours.iter().map(merged).collect()
}

fn is_texts(list: &[Value]) -> bool {
    list.iter().all(Value::is_string)
}

fn list(base: &[Value], ours: &[Value], theirs: &[Value]) -> Vec<Value> {
    let first_kept = base.iter().find(|item| ours.contains(item));
    let front: Vec<Value> = ours.iter().take_while(|item| Some(*item) != first_kept).cloned().collect();
    let added = ours.iter().filter(|item| !base.contains(item) && !front.contains(item));
    let stays = |item: &&Value| {
        let is_removed = base.contains(item) && !ours.contains(item);
        !is_removed && !front.contains(item)
    };
    let mut merged = front.clone();
    merged.extend(theirs.iter().filter(stays).cloned());
    let added: Vec<Value> = added.filter(|item| !merged.contains(item)).cloned().collect();
    merged.extend(added);
    merged
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::workbench::page::Page;
    use crate::workbench::settings::SafetySettings;
    use crate::workbench::settings::Theme;

    #[track_caller]
    fn check(base: &[&str], ours: &[&str], theirs: &[&str], expected: &[&str]) {
        let values = |items: &[&str]| items.iter().map(|item| Value::from(*item)).collect::<Vec<_>>();
        assert_eq!(list(&values(base), &values(ours), &values(theirs)), values(expected));
    }

    #[test]
    fn lists_are_merged_item_by_item() {
        check(&[], &["a"], &["b"], &["a", "b"]);
        check(&["1", "2"], &["x", "1", "2"], &["y", "1", "2"], &["x", "y", "1", "2"]);
        check(&["1", "2", "3"], &["3", "1", "2"], &["y", "1", "2", "3"], &["3", "y", "1", "2"]);
        check(&["1", "2"], &["2"], &["y", "1", "2"], &["y", "2"]);
        check(&["1", "2"], &["1", "2", "z"], &["2", "c"], &["2", "c", "z"]);
        check(&["1"], &["1", "z"], &["1", "z"], &["1", "z"]);
        check(&["1", "2"], &[], &["1", "2", "c"], &["c"]);
    }

    #[test]
    fn each_window_keeps_what_it_changed() {
        let mut base = Settings { theme: Theme::Light, ..Settings::default() };
        base.remember_file(&PathBuf::from("/old"));
        let mut ours = Settings { theme: Theme::Dark, window_size: (900.0, 600.0), ..base.clone() };
        ours.safety.clear_tokens_after = 60;
        ours.remember_file(&PathBuf::from("/ours"));
        let mut theirs = Settings { scale: 1.5, page: Page::Inspect, exercises: vec!["expiry".into()], ..base.clone() };
        theirs.safety.keep_drafts = false;
        theirs.remember_file(&PathBuf::from("/theirs"));
        let merged = merge(&base, &ours, &theirs);
        assert_eq!((merged.theme, merged.window_size), (Theme::Dark, (900.0, 600.0)));
        assert_eq!((merged.scale, merged.page), (1.5, Page::Inspect));
        assert_eq!(merged.exercises, ["expiry"]);
        let safety = SafetySettings { keep_drafts: false, clear_tokens_after: 60, ..SafetySettings::default() };
        assert_eq!(merged.safety, safety);
        assert_eq!(merged.recent_files, ["/ours", "/theirs", "/old"].map(PathBuf::from));
    }

    #[test]
    fn a_full_list_of_recent_files_loses_the_oldest_and_not_the_newest() {
        let mut base = Settings::default();
        (0..10).rev().for_each(|number| base.remember_file(&PathBuf::from(format!("/{number}"))));
        let opened = |path: &str| {
            let mut settings = base.clone();
            settings.remember_file(&PathBuf::from(path));
            settings
        };
        let merged = merge(&base, &opened("/ours"), &opened("/theirs"));
        assert_eq!(merged.recent_files.len(), 10);
        assert_eq!(merged.recent_files[..3], ["/ours", "/theirs", "/0"].map(PathBuf::from));
    }

    #[test]
    fn nothing_changed_means_theirs() {
        let theirs = Settings { theme: Theme::Dark, scale: 2.0, ..Settings::default() };
        assert_eq!(merge(&Settings::default(), &Settings::default(), &theirs), theirs);
        assert_eq!(merge(&theirs, &Settings::default(), &theirs), Settings::default());
    }
}
