//! Help: the manual, what figures and findings are, the shortcuts, and what the program is.

use jwt_workbench::ui::help::{Section, diagnostics};
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::settings::LibrarySettings;

use super::*;

/// The titles of the sections, as headings of the manual.
fn reads(window: &Window, title: &str) -> bool {
    window.query_by_role_and_label(Role::Heading, title).is_some()
}

fn manual_is_open(window: &Window) -> bool {
    window.query_by_role_and_label(Role::TextInput, "Search the manual").is_some()
}

fn search(window: &mut Window, text: &str) {
    window.get_by_role_and_label(Role::TextInput, "Search the manual").focus();
    window.run_steps(2);
    window.get_by_role_and_label(Role::TextInput, "Search the manual").type_text(text);
    window.run_steps(3);
}

#[test]
fn f1_opens_the_section_of_the_page_and_escape_gives_the_keyboard_back() {
    let mut window = open();
    for (page, section) in [
        (Page::Craft, Section::FirstToken),
        (Page::Inspect, Section::Refused),
        (Page::Compare, Section::Compare),
        (Page::Timing, Section::Timing),
        (Page::Bulk, Section::MintMany),
        (Page::Keys, Section::Keys),
        (Page::Settings, Section::Settings),
    ] {
        act(&mut window, &format!("Go to {}", page.label()));
        press(&mut window, Modifiers::NONE, Key::F1);
        assert!(reads(&window, section.title()), "{section:?} on {page:?}");
        assert!(window.get_by_role_and_label(Role::TextInput, "Search the manual").is_focused());
        press(&mut window, Modifiers::NONE, Key::Escape);
        assert!(!manual_is_open(&window), "{page:?}");
    }
    act(&mut window, "Go to Craft");
    press(&mut window, Modifiers::COMMAND, Key::L);
    assert!(window.get_by_role_and_label(Role::MultilineTextInput, "Claims, JSON").is_focused());
    press(&mut window, Modifiers::NONE, Key::F1);
    press(&mut window, Modifiers::NONE, Key::F1);
    assert!(!manual_is_open(&window), "F1 closes what it opened");
    window.run_steps(3);
    assert!(window.get_by_role_and_label(Role::MultilineTextInput, "Claims, JSON").is_focused());
}

#[test]
fn the_manual_is_searched_and_walked_by_the_keyboard_and_remembers_its_place() {
    let mut window = open();
    press(&mut window, Modifiers::NONE, Key::F1);
    search(&mut window, "longest stall");
    assert!(window.query_all_by_label_contains("Every figure: Longest stall").count() > 0);
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert!(reads(&window, "Every figure") && reads(&window, "Longest stall"));
    let place = window.get_by_role_and_label(Role::Heading, "Longest stall").rect();
    assert!(place.top() > 60.0 && place.top() < 300.0, "it is scrolled to: {place:?}");
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, Modifiers::NONE, Key::F1);
    assert!(reads(&window, "Longest stall"), "the place is remembered");
    press(&mut window, Modifiers::ALT, Key::ArrowLeft);
    assert!(reads(&window, "A first token"), "and so is where one came from");
    window.get_by_role_and_label(Role::Link, "Choosing claims").click();
    window.run_steps(3);
    assert!(reads(&window, "Budgets"));
    click(&mut window, Role::Button, "Back");
    assert!(reads(&window, "A first token"));
    search(&mut window, "no such words");
    assert!(window.query_all_by_label_contains("Nothing in the manual").count() > 0);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(manual_is_open(&window) && reads(&window, "A first token"), "the first Escape takes the search back");
    click(&mut window, Role::Button, "Close the manual");
    assert!(!manual_is_open(&window));
}

#[test]
fn every_section_opens_from_the_contents_with_its_pictures() {
    let mut window = open();
    press(&mut window, Modifiers::NONE, Key::F1);
    let mut pictures = 0;
    for section in Section::ALL {
        click(&mut window, Role::Button, section.title());
        assert!(reads(&window, section.title()), "{section:?}");
        pictures += window.query_all_by_role(Role::Image).count();
    }
    assert!(pictures >= 8, "{pictures}");
}

#[test]
fn a_card_tells_what_its_figures_are() {
    let mut window = open();
    window.get_by_role_and_label(Role::Button, "What is this: Token").focus();
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert!(window.query_all_by_label_contains("as it is sent: header, payload and signature").count() > 0);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(window.query_all_by_label_contains("as it is sent: header, payload and signature").count(), 0);
    assert!(window.get_by_role_and_label(Role::Button, "What is this: Token").is_focused());
    press(&mut window, Modifiers::NONE, Key::Enter);
    press(&mut window, Modifiers::NONE, Key::Tab);
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert!(reads(&window, Section::Claims.title()), "the way on is one key away");
}

#[test]
fn a_finding_leads_to_its_rule() {
    let mut window = open();
    press(&mut window, Modifiers::NONE, Key::F8);
    assert!(window.query_all_by_label_contains("Add iss, aud and sub").count() > 0, "what to do is told");
    window.query_all_by_label("More in the manual: C01").next().expect("a way on").focus();
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::Enter);
    let place = window.get_by_role_and_label(Role::Heading, "C01: Issuer, audience and identity are named").rect();
    assert!(place.top() > 60.0 && place.top() < 300.0, "it is scrolled to: {place:?}");
}

#[test]
fn shortcuts_are_searched_by_action_and_by_key() {
    let mut window = open();
    press(&mut window, Modifiers::COMMAND, Key::Slash);
    let field = window.get_by_role_and_label(Role::TextInput, "Search shortcuts");
    assert!(field.is_focused());
    field.type_text("ctrl+m");
    window.run_steps(3);
    assert!(window.query_all_by_label("Measure signing and verifying").count() > 0);
    assert_eq!(window.query_all_by_label("Search actions").count(), 1, "only the button of the title bar is left");
    press(&mut window, Modifiers::NONE, Key::Escape);
    window.run_steps(3);
    assert!(window.query_all_by_label("New draft").count() > 0, "all of them are back");
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.query_by_role_and_label(Role::TextInput, "Search shortcuts").is_none());
}

#[test]
fn about_tells_what_runs_and_leads_to_the_licences() {
    let mut window = open();
    act(&mut window, "About JWT Workbench");
    window.run_steps(5);
    for words in [env!("CARGO_PKG_VERSION"), "egui 0.", "aws-lc-rs 1.", "jsonwebtoken 11."] {
        assert!(window.query_all_by_label_contains(words).count() > 0, "{words}");
    }
    click(&mut window, Role::Button, "Copy diagnostics");
    assert!(window.query_by_role_and_label(Role::Button, "Diagnostics copied").is_some());
    click(&mut window, Role::Button, "Licences");
    assert!(window.query_all_by_label_contains("JWT Workbench itself: MIT or Apache-2.0").count() > 0);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(window.query_all_by_label_contains("JWT Workbench itself").count(), 0);
    act(&mut window, "About JWT Workbench");
    window.run_steps(5);
    click(&mut window, Role::Button, "Manual");
    assert!(manual_is_open(&window));
}

#[test]
fn diagnostics_hold_nothing_of_the_users() {
    const CANARY: &str = "canary";
    let folder = tempfile::Builder::new().prefix(CANARY).tempdir().unwrap();
    let path = folder.path().join("canary.jwt.json");
    let text = "{\"format\":\"jwt-workbench.template\",\"version\":1,\"name\":\"canary\",\"variables\":{\"canary\":\"canary\"},\
        \"header\":{\"alg\":\"HS256\",\"kid\":\"canary\"},\"claims\":{\"sub\":\"canary\"}}\n";
    std::fs::write(&path, text).unwrap();
    let settings = Settings {
        recent_files: vec![path.clone()],
        library: LibrarySettings { open: true, folders: vec![folder.path().to_owned()] },
        ..Settings::default()
    };
    let mut window = Harness::builder().with_size([1280.0, 820.0]).with_max_steps(20).build_eframe(|creation| {
        App::new(&creation.egui_ctx, vec![path.clone()], settings, SettingsStore::at(folder.path().join("s")), None)
    });
    window.run_steps(3);
    step_until(&mut window, "the file", |window| claims(window).contains(CANARY));
    let secret = window.get_by_role_and_label(Role::PasswordInput, "Secret");
    secret.focus();
    window.run_steps(2);
    window.get_by_role_and_label(Role::PasswordInput, "Secret").type_text("canary secret of thirty two bytes");
    window.run_steps(3);
    act(&mut window, "Inspect this draft's token");
    act(&mut window, "Compare the draft as it is now");
    window.run_steps(5);
    let token = window.state().workbench().minted().expect("a token").token.as_str().to_owned();
    let told = diagnostics(&window.ctx, window.state().workbench(), "OpenGL");
    assert!(told.contains(env!("CARGO_PKG_VERSION")) && told.contains("Variants compared"), "{told}");
    assert!(!told.to_lowercase().contains(CANARY), "{told}");
    for part in token.split('.') {
        assert!(!told.contains(part), "{told}");
    }
    let home = std::env::home_dir().unwrap();
    assert!(!told.contains(&*home.to_string_lossy()), "{told}");
}
