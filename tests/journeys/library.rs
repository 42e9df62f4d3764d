//! The library beside the Craft page, by role and name.

use std::path::{Path, PathBuf};

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use jwt_workbench::app::App;
use jwt_workbench::jobs::settings_store::SettingsStore;
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::settings::{LibrarySettings, Settings, Theme};

use super::{Window, act, claims, click, open, press, step_until, type_claims};

/// The text of a template.
fn template(name: &str, description: &str, algorithm: &str, claims: &str) -> String {
    format!(
        "{{\n  \"format\": \"jwt-workbench.template\",\n  \"version\": 1,\n  \"name\": \"{name}\",\n  \
         \"description\": \"{description}\",\n  \"header\": {{\"alg\": \"{algorithm}\"}},\n  \"claims\": {claims}\n}}\n"
    )
}

fn write(folder: &Path, stem: &str, text: &str) -> PathBuf {
    let path = folder.join(format!("{stem}.jwt.json"));
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text).unwrap();
    path
}

/// A folder with a few templates, one of them in a folder of its own and one broken.
pub(crate) fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let claims = r#"{"sub":"one","exp":"{{now+30m}}"}"#;
    write(folder.path(), "access-token", &template("Access token", "What our gateway expects #edge", "HS256", claims));
    write(folder.path(), "id-token", &template("ID token", "For the portal #portal", "HS512", r#"{"nonce":"two"}"#));
    write(folder.path(), "teams/admin", &template("Admin", "#edge", "HS384", r#"{"sub":"three"}"#));
    write(folder.path(), "broken", "{ \"format\": \"jwt-workbench.template\", ");
    std::fs::write(folder.path().join("notes.txt"), "not listed").unwrap();
    folder
}

fn settings(folders: &[&Path]) -> Settings {
    let folders = folders.iter().map(|folder| folder.to_path_buf()).collect();
    Settings { library: LibrarySettings { open: true, folders }, ..Settings::default() }
}

fn open_with(settings: Settings, size: (f32, f32)) -> Window {
    let mut window = Harness::builder()
        .with_size([size.0, size.1])
        .with_max_steps(20)
        .build_eframe(|creation| App::new(&creation.egui_ctx, Vec::new(), settings, SettingsStore::nowhere(), None));
    window.run_steps(3);
    window
}

/// A window with the library of these folders, all of it read.
pub(crate) fn open_library(folders: &[&Path]) -> Window {
    let mut window = open_with(settings(folders), (1280.0, 820.0));
    step_until(&mut window, "the folders", |window| {
        let library = window.state().workbench().library();
        library.shelves().len() == folders.len() && library.entries().iter().all(|entry| entry.content.is_some())
    });
    window.run_steps(2);
    window
}

fn is_listed(window: &Window, name: &str) -> bool {
    window.query_by_role_and_label(Role::ListItem, name).is_some()
}

pub(crate) fn search(window: &mut Window, words: &str) {
    window.get_by_role_and_label(Role::TextInput, "Search templates").focus();
    window.run_steps(2);
    window.get_by_role_and_label(Role::TextInput, "Search templates").type_text(words);
    window.run_steps(3);
}

#[test]
fn newcomers_find_it_in_the_rail_and_start_from_an_example() {
    let mut window = open();
    assert!(!window.state().workbench().library().is_open(), "closed by default");
    click(&mut window, Role::Button, "Library");
    step_until(&mut window, "the offer of a folder", |window| window.query_all_by_label_contains("Use ").count() > 0);
    assert!(window.get_by_role_and_label(Role::TextInput, "Search templates").is_focused());
    click(&mut window, Role::ListItem, "Minimal session");
    click(&mut window, Role::Button, "Open");
    assert_eq!(window.state().workbench().draft().template().name, "Minimal session");
    assert_eq!(window.state().workbench().draft().path(), None, "the example itself stays as it is");
    press(&mut window, Modifiers::COMMAND, Key::B);
    assert!(!window.state().workbench().library().is_open());
}

#[test]
fn what_is_typed_finds_a_template_and_enter_opens_it() {
    let folder = folder();
    let mut window = open_library(&[folder.path()]);
    for name in ["Access token", "ID token", "Admin", "broken"] {
        assert!(is_listed(&window, name), "{name}");
    }
    assert!(!is_listed(&window, "notes"));
    assert!(window.query_all_by_label("teams").count() > 0, "the sub-folder is named");
    search(&mut window, "nonce");
    assert!(is_listed(&window, "ID token") && !is_listed(&window, "Access token"));
    press(&mut window, Modifiers::NONE, Key::Enter);
    step_until(&mut window, "the template", |window| claims(window).contains("two"));
    press(&mut window, Modifiers::COMMAND, Key::B);
    assert!(window.query_by_role_and_label(Role::TextInput, "Search templates").is_none());
}

#[test]
fn the_arrow_keys_pick_and_escape_shows_everything_again() {
    let folder = folder();
    let mut window = open_library(&[folder.path()]);
    search(&mut window, "token");
    assert!(!is_listed(&window, "Admin"));
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert!(window.query_all_by_label_contains("nonce").count() > 0, "the second is previewed");
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(is_listed(&window, "Admin"));
    assert!(window.get_by_role_and_label(Role::TextInput, "Search templates").is_focused());
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!window.get_by_role_and_label(Role::TextInput, "Search templates").is_focused());
}

#[test]
fn a_tag_shows_those_that_have_it() {
    let folder = folder();
    let mut window = open_library(&[folder.path()]);
    click(&mut window, Role::CheckBox, "#edge");
    assert!(is_listed(&window, "Access token") && is_listed(&window, "Admin") && !is_listed(&window, "ID token"));
    click(&mut window, Role::CheckBox, "#edge");
    assert!(is_listed(&window, "ID token"));
}

#[test]
fn a_broken_file_says_what_is_wrong_with_it() {
    let folder = folder();
    let mut window = open_library(&[folder.path()]);
    click(&mut window, Role::ListItem, "broken");
    assert!(window.query_all_by_label_contains("broken.jwt.json, 1:").count() > 0);
}

#[test]
fn an_unsaved_draft_is_asked_about_before_a_template_takes_its_place() {
    let folder = folder();
    let mut window = open_library(&[folder.path()]);
    type_claims(&mut window, "{\"mine\":1}");
    click(&mut window, Role::ListItem, "ID token");
    click(&mut window, Role::Button, "Open");
    step_until(&mut window, "the question", |window| {
        window.query_all_by_label_contains("Save the changes").count() > 0
    });
    click(&mut window, Role::Button, "Cancel");
    assert_eq!(claims(&window), "{\"mine\":1}");
}

#[test]
fn a_template_is_renamed_in_its_row_and_the_open_draft_follows() {
    let folder = folder();
    let mut window = open_library(&[folder.path()]);
    search(&mut window, "access");
    press(&mut window, Modifiers::NONE, Key::Enter);
    step_until(&mut window, "the template", |window| claims(window).contains("one"));
    click(&mut window, Role::Button, "Rename template");
    window.get_by_role_and_label(Role::TextInput, "Name of Access token").type_text("Gate token");
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::Enter);
    let renamed = folder.path().join("gate-token.jwt.json");
    step_until(&mut window, "the new name", |window| window.state().workbench().draft().path() == Some(&renamed));
    assert!(!window.state().workbench().draft().is_unsaved());
    assert!(std::fs::read_to_string(&renamed).unwrap().contains("\"name\": \"Gate token\""));
    assert!(!folder.path().join("access-token.jwt.json").exists());
}

#[test]
fn a_new_template_asks_for_its_name_at_once() {
    let folder = folder();
    let mut window = open_library(&[folder.path()]);
    click(&mut window, Role::Button, "New template");
    click(&mut window, Role::MenuItem, "New template");
    step_until(&mut window, "the field", |window| {
        window.query_by_role_and_label(Role::TextInput, "Name of New template").is_some_and(|field| field.is_focused())
    });
    window.get_by_role_and_label(Role::TextInput, "Name of New template").type_text("Night job");
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::Enter);
    step_until(&mut window, "the template", |window| is_listed(window, "Night job"));
    assert!(folder.path().join("night-job.jwt.json").exists());
}

#[test]
fn changes_on_disk_appear_by_themselves() {
    let folder = folder();
    let mut window = open_library(&[folder.path()]);
    write(folder.path(), "later/fresh", &template("Fresh", "", "HS256", "{}"));
    step_until(&mut window, "a template in a new folder", |window| is_listed(window, "Fresh"));
    std::fs::remove_file(folder.path().join("later/fresh.jwt.json")).unwrap();
    step_until(&mut window, "its end", |window| !is_listed(window, "Fresh"));
}

#[test]
fn a_missing_folder_says_so_and_can_be_removed() {
    let folder = folder();
    let gone = folder.path().join("gone");
    let mut window = open_library(&[&gone]);
    assert!(window.query_all_by_label_contains("There is no folder").count() > 0);
    click(&mut window, Role::Link, "Remove from the library");
    step_until(&mut window, "the end of it", |window| window.state().workbench().library().shelves().is_empty());
    assert!(window.state().workbench().settings().library.folders.is_empty());
}

#[test]
fn a_folder_is_typed_where_no_dialog_can_be_shown() {
    let folder = folder();
    let mut window = open_library(&[]);
    click(&mut window, Role::Button, "Choose a folder…");
    step_until(&mut window, "the question", |window| window.query_all_by_label("Use folder").count() > 0);
    press(&mut window, Modifiers::COMMAND, Key::A);
    let path = folder.path().to_str().unwrap();
    window.get_by_role_and_label(Role::TextInput, "Path").type_text(path);
    window.run_steps(2);
    click(&mut window, Role::Button, "Use folder");
    step_until(&mut window, "the templates", |window| is_listed(window, "Access token"));
}

#[test]
fn from_another_page_the_palette_brings_the_library_on_show() {
    let mut window = open_with(Settings { page: Page::Keys, ..Settings::default() }, (1280.0, 820.0));
    act(&mut window, "Library");
    assert_eq!(window.state().workbench().settings().page, Page::Craft);
    assert!(window.state().workbench().library().is_open());
}

#[test]
fn in_a_small_window_the_panel_lies_over_the_page_and_goes_when_something_is_opened() {
    let folder = folder();
    let mut window = open_library(&[folder.path()]);
    let editor = |window: &Window| window.get_by_role_and_label(Role::MultilineTextInput, "Claims, JSON").rect();
    assert!(editor(&window).left() > 300.0, "beside the page");
    window.set_size(vec2(900.0, 600.0));
    window.run_steps(3);
    assert!(editor(&window).left() < 120.0, "over the page");
    search(&mut window, "admin");
    press(&mut window, Modifiers::NONE, Key::Enter);
    step_until(&mut window, "the template", |window| claims(window).contains("three"));
    assert!(!window.state().workbench().library().is_open());
}

/// Pictures of every state, to be looked at: `LIBRARY_PICTURES=folder cargo test --test journeys library_pictures`.
#[test]
fn library_pictures() {
    let Some(target) = std::env::var_os("LIBRARY_PICTURES").map(PathBuf::from) else { return };
    let folder = folder();
    for number in 0..30 {
        let text = template(&format!("Service {number} to billing"), "Night jobs #batch", "ES256", r#"{"sub":"a"}"#);
        write(folder.path(), &format!("service-{number}-to-billing"), &text);
    }
    let shoot = |window: &mut Window, name: &str| {
        window.run_steps(3);
        window.render().expect("a picture").save(target.join(format!("{name}.png"))).expect("a file");
    };
    for (name, size, theme) in [
        ("dark", (1280.0, 820.0), Theme::Dark),
        ("light", (1280.0, 820.0), Theme::Light),
        ("small", (900.0, 600.0), Theme::Dark),
        ("small-light", (900.0, 600.0), Theme::Light),
    ] {
        let mut window = open_with(Settings { theme, ..settings(&[]) }, size);
        step_until(&mut window, "the offer", |window| window.query_all_by_label_contains("Use ").count() > 0);
        shoot(&mut window, &format!("{name}-empty"));
        click(&mut window, Role::ListItem, "Minimal session");
        shoot(&mut window, &format!("{name}-example"));
        let folders = settings(&[folder.path(), &folder.path().join("gone")]);
        let mut window = open_with(Settings { theme, ..folders }, size);
        step_until(&mut window, "the templates", |window| is_listed(window, "broken"));
        shoot(&mut window, &format!("{name}-folders"));
        click(&mut window, Role::ListItem, "broken");
        shoot(&mut window, &format!("{name}-broken"));
        search(&mut window, "token");
        shoot(&mut window, &format!("{name}-search"));
        click(&mut window, Role::Button, "Rename template");
        shoot(&mut window, &format!("{name}-rename"));
    }
}
