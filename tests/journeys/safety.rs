//! Drafts that were not saved, what is copied, and two windows on the same file.

use std::fs;
use std::path::Path;

use eframe::egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use jwt_workbench::app::App;
use jwt_workbench::jobs::clock;
use jwt_workbench::jobs::draft_store::DraftStore;
use jwt_workbench::jobs::settings_store::SettingsStore;
use jwt_workbench::template::file::TemplateFile;
use jwt_workbench::workbench::effect::Origin;
use jwt_workbench::workbench::kept_draft::KeptDraft;
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::settings::Settings;

use super::{Window, act, claims, click, press, step_until, type_claims};

/// A window with settings and drafts of its own.
fn open_in(home: &Path, files: Vec<std::path::PathBuf>) -> Window {
    let store = SettingsStore::at(home.join("settings.json"));
    let (settings, _) = store.load();
    let mut window = Harness::builder().with_size([1280.0, 820.0]).with_max_steps(20).build_eframe(move |creation| {
        let settings = Settings { page: Page::Craft, ..settings };
        App::new(&creation.egui_ctx, files, settings, store, None)
    });
    window.run_steps(3);
    window
}

/// Leaves a draft behind, as a window does that was killed some seconds ago.
fn leave(home: &Path, name: &str, claims: &str, origin: Option<Origin>, ago: i64) {
    let template = TemplateFile::new(name, "{\"alg\":\"HS256\"}", claims);
    let draft = KeptDraft { template, origin, at: clock::now() - ago };
    DraftStore::at(home.join("drafts")).begin().unwrap().write(&draft).unwrap();
}

fn files_in(folder: &Path) -> usize {
    fs::read_dir(folder).map_or(0, Iterator::count)
}

fn offers(window: &Window) -> usize {
    window.state().workbench().recovery().offers().len()
}

#[test]
fn a_draft_that_was_not_saved_is_shown_and_opened() {
    let home = tempfile::tempdir().unwrap();
    leave(home.path(), "Access token", "{\n  \"sub\": \"left\",", None, 300);
    let mut window = open_in(home.path(), Vec::new());
    step_until(&mut window, "the offer", |window| {
        window.query_all_by_label_contains("A draft was not saved: Access token, 5 min").count() > 0
    });
    assert!(window.query_by_label("  \"sub\": \"left\",").is_none());
    click(&mut window, Role::Button, "Show the draft Access token");
    assert!(window.query_by_label("  \"sub\": \"left\",").is_some(), "its first lines");
    click(&mut window, Role::Button, "Hide the draft Access token");
    click(&mut window, Role::Button, "Open the draft Access token");
    assert_eq!(claims(&window), "{\n  \"sub\": \"left\",", "broken as it was");
    assert!(window.state().workbench().draft().is_unsaved());
    assert_eq!(window.query_all_by_label_contains("was not saved").count(), 0, "the bar is gone");
}

#[test]
fn a_draft_is_discarded_with_the_keyboard_alone() {
    use eframe::egui::{Key, Modifiers};
    let home = tempfile::tempdir().unwrap();
    leave(home.path(), "Old", "{}", None, 60);
    leave(home.path(), "New", "{}", None, 6);
    let mut window = open_in(home.path(), Vec::new());
    step_until(&mut window, "the offers", |window| offers(window) == 2);
    act(&mut window, "Discard the draft that was not saved");
    assert_eq!(offers(&window), 1);
    assert!(window.query_all_by_label_contains("saved: Old").count() > 0, "the newest went first");
    window.get_by_role_and_label(Role::Button, "Open the draft Old").focus();
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::Tab);
    press(&mut window, Modifiers::NONE, Key::Tab);
    assert!(window.get_by_role_and_label(Role::Button, "Discard the draft Old").is_focused());
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(offers(&window), 0);
    step_until(&mut window, "empty folder", |_| files_in(&home.path().join("drafts")) == 0);
}

#[test]
fn unsaved_work_is_asked_about_before_the_draft_is_opened() {
    let home = tempfile::tempdir().unwrap();
    leave(home.path(), "Left", "{\"left\":1}", None, 60);
    let mut window = open_in(home.path(), Vec::new());
    step_until(&mut window, "the offer", |window| offers(window) == 1);
    type_claims(&mut window, "{\"mine\":1}");
    click(&mut window, Role::Button, "Open the draft Left");
    click(&mut window, Role::Button, "Cancel");
    assert_eq!((claims(&window), offers(&window)), ("{\"mine\":1}", 1));
    click(&mut window, Role::Button, "Open the draft Left");
    click(&mut window, Role::Button, "Don't save");
    assert_eq!((claims(&window), offers(&window)), ("{\"left\":1}", 0));
}

#[test]
fn a_draft_whose_file_was_changed_since_says_so() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a.jwt.json");
    let write = |claims: &str| {
        let text = TemplateFile::new("A", "{\"alg\":\"HS256\"}", claims).to_text().unwrap();
        jwt_workbench::jobs::files::save(&path, text.as_bytes()).unwrap()
    };
    let stamp = write("{\"n\":1}");
    leave(home.path(), "A", "{\"n\":2}", Some(Origin { path: path.clone(), stamp: Some(stamp) }), 60);
    write("{\"other\":3}");
    let mut window = open_in(home.path(), Vec::new());
    step_until(&mut window, "the offer", |window| offers(window) == 1);
    click(&mut window, Role::Button, "Open the draft a.jwt.json");
    step_until(&mut window, "the notice", |window| {
        window.query_all_by_label_contains("a.jwt.json was changed by another program").count() > 0
    });
    act(&mut window, "Save");
    step_until(&mut window, "the question", |window| {
        window.query_by_role_and_label(Role::Button, "Overwrite").is_some()
    });
    assert!(fs::read_to_string(&path).unwrap().contains("other"), "nothing is overwritten without asking");
}

#[test]
fn typing_is_kept_and_a_clean_exit_forgets_it() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("drafts");
    let mut window = open_in(home.path(), Vec::new());
    type_claims(&mut window, "{\"typed\":1}");
    let is_kept = || {
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        entries.filter_map(|entry| fs::read_to_string(entry.path()).ok()).any(|text| text.contains("typed"))
    };
    step_until(&mut window, "the kept draft", |_| is_kept());
    act(&mut window, "Quit");
    click(&mut window, Role::Button, "Don't save");
    drop(window);
    assert_eq!(files_in(&folder), 0);
}

#[test]
fn two_windows_on_one_file_never_overwrite_each_other_silently() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a.jwt.json");
    fs::write(&path, TemplateFile::new("A", "{\"alg\":\"HS256\"}", "{\"n\":0}").to_text().unwrap()).unwrap();
    let mut first = open_in(home.path(), vec![path.clone()]);
    let mut second = open_in(home.path(), vec![path.clone()]);
    for window in [&mut first, &mut second] {
        step_until(window, "the file", |window| claims(window) == "{\"n\":0}");
    }
    type_claims(&mut second, "{\"second\":1}");
    type_claims(&mut first, "{\"first\":1}");
    act(&mut first, "Save");
    step_until(&mut first, "the save", |window| !window.state().workbench().draft().is_unsaved());
    step_until(&mut second, "the notice", |window| {
        window.query_all_by_label_contains("was changed by another program").count() > 0
    });
    act(&mut second, "Save");
    step_until(&mut second, "the question", |window| {
        window.query_by_role_and_label(Role::Button, "Overwrite").is_some()
    });
    assert!(fs::read_to_string(&path).unwrap().contains("first"));
    click(&mut second, Role::Button, "Cancel");
    assert_eq!(claims(&second), "{\"second\":1}");
}

#[test]
fn the_safety_settings_are_chosen_and_saved() {
    let home = tempfile::tempdir().unwrap();
    let mut window = open_in(home.path(), Vec::new());
    act(&mut window, "Go to Settings");
    click(&mut window, Role::CheckBox, "Keep unsaved drafts for after a crash");
    click(&mut window, Role::CheckBox, "Clear copied secrets, keys and tokens when the program closes");
    for (name, choice) in
        [("Clear copied secrets and keys after", "After 1 minute"), ("Clear copied tokens after", "After 5 minutes")]
    {
        click(&mut window, Role::ComboBox, name);
        click(&mut window, Role::ListBoxOption, choice);
    }
    drop(window);
    let (settings, _) = SettingsStore::at(home.path().join("settings.json")).load();
    let safety = settings.safety;
    assert!(!safety.keep_drafts && !safety.clear_on_exit);
    assert_eq!((safety.clear_secrets_after, safety.clear_tokens_after), (60, 300));
}

/// Pictures for who looks after the pages: in `target/tmp/safety`.
#[test]
fn the_bar_and_the_card_fit_every_window() {
    let home = tempfile::tempdir().unwrap();
    for (name, ago) in [("Access token of the gateway", 300), ("Refresh token", 7_200), ("Session", 90_000), ("D", 9)] {
        leave(home.path(), name, "{\n  \"sub\": \"user-42\",\n  \"exp\": \"{{now+30m}}\"\n}", None, ago);
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("safety");
    fs::create_dir_all(&folder).unwrap();
    let mut window = open_in(home.path(), Vec::new());
    step_until(&mut window, "the offers", |window| offers(window) == 4);
    click(&mut window, Role::Button, "Show the draft Refresh token");
    for theme in ["light", "dark"] {
        for (page, size) in [("Craft", [1280.0, 820.0]), ("Craft", [900.0, 600.0]), ("Settings", [900.0, 600.0])] {
            act(&mut window, &format!("Use the {theme} theme"));
            act(&mut window, &format!("Go to {page}"));
            window.set_size(size.into());
            window.run_steps(8);
            if page == "Craft" {
                let discard = window.get_by_role_and_label(Role::Button, "Discard the draft Refresh token").rect();
                assert!(discard.right() <= size[0], "{discard:?} in {size:?}");
            }
            let picture = window.render().unwrap();
            picture.save(folder.join(format!("{page}-{theme}-{}.png", size[0]))).unwrap();
        }
    }
}
