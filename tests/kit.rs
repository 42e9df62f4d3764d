//! The parts of the window: what assistive technologies see of them, the keyboard, and pictures of all of them.
#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

use std::cell::Cell;
use std::rc::Rc;

use eframe::egui::{self, Key, Role, Ui, Vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use jwt_workbench::ui::theme::{self, icon, space};
use jwt_workbench::ui::widgets::{
    button, card::Card, chip::Chip, field::Field, message, secret_field, segmented, select, stacked_bar, token_view,
};

#[derive(Default)]
struct Gallery {
    secret: String,
    revealed: bool,
    instant: String,
    wrong: String,
    algorithm: usize,
    encoding: usize,
    lifetime: usize,
    cell: String,
    kind: usize,
    pressed: Vec<&'static str>,
}

impl Gallery {
    fn new() -> Self {
        Self {
            secret: "correct horse battery".to_owned(),
            instant: "2026-11-21 18:29:12 UTC".to_owned(),
            wrong: "tomorrow".to_owned(),
            lifetime: 2,
            cell: "https://id.acme.dev".to_owned(),
            ..Self::default()
        }
    }
}

const ENCODINGS: [(usize, &str, &str); 3] = [
    (0, "UTF-8", "The text itself is the secret"),
    (1, "Base64", "RFC 4648 §4, with padding"),
    (2, "Hex", "Two digits a byte"),
];

type Choices = Vec<(usize, &'static str, &'static str)>;

fn algorithms() -> Vec<(&'static str, Choices)> {
    vec![
        (
            "HMAC",
            vec![
                (0, "HS256", "HMAC with SHA-256, one shared secret"),
                (1, "HS384", "HMAC with SHA-384, one shared secret"),
            ],
        ),
        ("RSA", vec![(2, "RS256", "RSASSA-PKCS1-v1_5 with SHA-256"), (3, "PS256", "RSASSA-PSS with SHA-256")]),
        ("Elliptic curve", vec![(4, "ES256", "ECDSA with P-256 and SHA-256"), (5, "EdDSA", "Ed25519")]),
    ]
}

fn token() -> String {
    let part = |length: usize, seed: usize| -> String {
        let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        (0..length).map(|index| char::from(letters[(index * 31 + seed * 7 + index * index) % 64])).collect()
    };
    format!("{}.{}.{}", part(59, 1), part(291, 2), part(43, 3))
}

fn gallery(ui: &mut Ui, state: &mut Gallery) {
    ui.painter().rect_filled(ui.ctx().content_rect(), 0.0, theme::tokens(ui).surface.window);
    ui.columns(2, |columns| {
        left(&mut columns[0], state);
        right(&mut columns[1], state);
    });
}

fn left(ui: &mut Ui, state: &mut Gallery) {
    ui.spacing_mut().item_spacing.y = space::M;
    let lifetimes: Vec<_> = ["5 m", "15 m", "30 m", "1 h", "8 h", "24 h", "None"]
        .iter()
        .enumerate()
        .map(|(at, text)| (at, (*text).to_owned()))
        .collect();
    let card = Card::new("Expiry").subtitle("18:29:12 UTC  ·  19:29:12 local  ·  in 29:51").show(ui, |ui| {
        ui.horizontal(|ui| {
            if let Some(taken) = segmented::choose(ui, "Lifetime", Some(&state.lifetime), &lifetimes) {
                state.lifetime = taken;
            }
            Field::new("Expires at", &mut state.instant).prefix("exp").show_with(ui, |ui| {
                if button::link(ui, "fix").clicked() {
                    state.pressed.push("fix");
                }
            });
        });
    });
    assert!(card.response.rect.height() > 60.0);
    Card::new("Algorithm and key").show(ui, |ui| {
        ui.horizontal(|ui| {
            caption(ui, "Algorithm");
            if let Some(chosen) = select::choose_grouped(ui, "Algorithm", state.algorithm, &algorithms(), 120.0) {
                state.algorithm = chosen;
            }
            ui.weak("HMAC with SHA-256, one shared secret");
        });
        ui.horizontal(|ui| {
            caption(ui, "Secret");
            secret_field::show(ui, "Secret", &mut state.secret, &mut state.revealed, 290.0);
            if let Some(chosen) = select::choose_told(ui, "Secret encoding", state.encoding, &ENCODINGS, 84.0) {
                state.encoding = chosen;
            }
            if button::normal(ui, "Generate").clicked() {
                state.pressed.push("generate");
            }
        });
        ui.horizontal(|ui| {
            ui.add_space(86.0);
            Chip::error("K01").show(ui);
            ui.label("144 bits; HS256 asks for 256 or more.");
            button::link(ui, "Generate one");
        });
    });
    Card::new("Controls")
        .subtitle("every kind of them")
        .actions(|ui| {
            button::ghost(ui, "Format");
            button::icon(ui, icon::ARROWS_CLOCKWISE, "Mint again");
        })
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                button::primary(ui, "Copy");
                button::normal(ui, "Measure");
                button::ghost(ui, "Cancel");
                button::link(ui, "Make it text");
                ui.add_enabled_ui(false, |ui| button::normal(ui, "Disabled"));
                ui.add(button::Button::new(button::Kind::Normal, "as").trailing_icon(icon::CARET_DOWN));
                ui.add(button::Button::new(button::Kind::Normal, "Add").icon(icon::PLUS));
            });
            ui.horizontal(|ui| {
                Chip::ok("signed").show(ui);
                Chip::warning("unsaved").show(ui);
                Chip::error("2 errors").show(ui);
                Chip::neutral("HS256").show(ui);
                let mut on = true;
                ui.checkbox(&mut on, "Check box");
                assert!(!ui.radio(true, "Radio").clicked());
            });
            Field::new("Wrong instant", &mut state.wrong)
                .error(Some("This is no instant. Write 2026-11-21 18:29:12."))
                .show(ui);
            let mut empty = String::new();
            Field::new("Search actions", &mut empty).placeholder("Search actions").show_with(ui, |ui| {
                ui.weak("Ctrl K");
            });
        });
}

fn caption(ui: &mut Ui, text: &str) {
    let left = ui.cursor().left();
    ui.label(text);
    ui.add_space(left + 78.0 - ui.cursor().left());
}

fn right(ui: &mut Ui, state: &mut Gallery) {
    ui.spacing_mut().item_spacing.y = space::M;
    let t = theme::tokens(ui);
    Card::new("Token")
        .subtitle("393 bytes")
        .actions(|ui| {
            button::menu(ui, "as", "Copy as", |ui| ui.button("Bearer header"));
            if button::primary(ui, "Copy token").clicked() {
                state.pressed.push("copy");
            }
            Chip::ok("signed").show(ui);
        })
        .show(ui, |ui| {
            token_view::show(ui, "gallery", &token(), 59, 291, false, 118.0);
            stacked_bar::show(
                ui,
                "Sizes of the three parts",
                &[
                    (59, t.part.header_fill, "Header: 59 bytes".to_owned()),
                    (291, t.part.payload_fill, "Payload: 291 bytes".to_owned()),
                    (43, t.part.signature_fill, "Signature: 43 bytes".to_owned()),
                ],
            );
            ui.horizontal(|ui| {
                ui.colored_label(t.part.header, "header 59");
                ui.colored_label(t.part.payload, "payload 291");
                ui.colored_label(t.part.signature, "signature 43");
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    select::choose_quiet(
                        ui,
                        "Budget",
                        0,
                        &[(0, "4,096-byte cookie", "name and attributes count"), (1, "8 KiB", "nginx")],
                    );
                    ui.label("10 % of a");
                });
            });
        });
    Card::new("Decoded")
        .subtitle("anyone can read this")
        .actions(|ui| {
            segmented::choose(ui, "Decoded as", Some(&0), &[(0, "Tree".to_owned()), (1, "JSON".to_owned())]);
        })
        .show(ui, |ui| {
            ui.label("{ \"iss\": \"https://id.acme.dev\" }");
        });
    Card::new("Findings").show(ui, |ui| {
        message::error(
            ui,
            "Expected ',' or '}' after the value.",
            "Put a comma before the next name, or close the object with a brace where it ends.",
        );
        message::warning(ui, "This is a public key: it can verify, not sign.", "Open the private key.");
    });
    Card::new("Table").flush().show(ui, |ui| {
        ui.horizontal(|ui| {
            Field::new("Quiet cell", &mut state.cell).quiet().mono().width(180.0).show(ui);
            let kinds = [(0, "Text", ""), (1, "Number", "")];
            if let Some(kind) = select::choose_cell(ui, 0, "Type of the cell", state.kind, &kinds, 92.0) {
                state.kind = kind;
            }
        });
    });
}

fn harness(theme: egui::Theme) -> Harness<'static, Gallery> {
    let builder = Harness::builder().with_size(Vec2::new(1210.0, 820.0)).with_theme(theme).wgpu();
    builder.with_context_setup(theme::install).build_ui_state(gallery, Gallery::new())
}

/// A window with nothing in it but what `content` draws.
fn window<'a, S: 'a>(state: S, content: impl FnMut(&mut Ui, &mut S) + 'a) -> Harness<'a, S> {
    let mut window = Harness::builder().with_context_setup(theme::install).build_ui_state(content, state);
    window.run();
    window
}

fn picture(harness: &mut Harness<'static, Gallery>, name: &str) {
    let image = harness.render().expect("a picture of the gallery");
    std::fs::create_dir_all("target/pictures").expect("a folder for pictures");
    image.save(format!("target/pictures/{name}.png")).expect("a picture on disk");
}

/// Pictures to look at, in `target/pictures`; what can be checked is checked below.
#[test]
fn every_widget_draws_in_both_appearances() {
    for (theme, name) in [(egui::Theme::Dark, "kit-dark"), (egui::Theme::Light, "kit-light")] {
        let mut harness = harness(theme);
        harness.run();
        picture(&mut harness, name);
        harness.get_by_role_and_label(Role::ComboBox, "Algorithm").focus();
        harness.run();
        harness.key_press(Key::Enter);
        harness.run();
        picture(&mut harness, &format!("{name}-open"));
    }
}

#[test]
fn cards_have_headings() {
    let harness = harness(egui::Theme::Dark);
    for title in ["Expiry", "Algorithm and key", "Token", "Findings"] {
        harness.get_by_role_and_label(Role::Heading, title);
    }
}

#[test]
fn buttons_are_found_by_name_and_pressed_by_keyboard() {
    let mut harness = harness(egui::Theme::Dark);
    harness.get_by_role_and_label(Role::Button, "Generate").focus();
    harness.run();
    harness.key_press(Key::Space);
    harness.run();
    harness.get_by_role_and_label(Role::Link, "fix").click();
    harness.run();
    harness.get_by_role_and_label(Role::Button, "Copy token").click();
    harness.run();
    assert_eq!(harness.state().pressed, ["generate", "fix", "copy"]);
    harness.get_by_role_and_label(Role::Button, "Mint again");
    assert!(harness.get_by_role_and_label(Role::Button, "Disabled").accesskit_node().is_disabled());
}

#[test]
fn a_menu_button_opens_its_menu() {
    let mut harness = harness(egui::Theme::Dark);
    assert!(harness.query_by_label("Bearer header").is_none());
    harness.get_by_role_and_label(Role::Button, "Copy as").click();
    harness.run();
    harness.get_by_label("Bearer header").click();
    harness.run();
    assert!(harness.query_by_label("Bearer header").is_none());
}

#[test]
fn a_choice_of_a_segmented_row_is_taken_by_pointer_and_keyboard() {
    let mut harness = harness(egui::Theme::Dark);
    let on = |harness: &Harness<'_, Gallery>, label| {
        let node = harness.get_by_role_and_label(Role::RadioButton, label);
        node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
    };
    assert!(on(&harness, "30 m") && !on(&harness, "1 h"));
    harness.get_by_role_and_label(Role::RadioButton, "1 h").click();
    harness.run();
    assert!(!on(&harness, "30 m") && on(&harness, "1 h"));
    harness.get_by_role_and_label(Role::RadioButton, "None").focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().lifetime, 6);
}

#[test]
fn a_selector_works_by_keyboard() {
    let mut harness = harness(egui::Theme::Dark);
    let field = |harness: &Harness<'_, Gallery>| harness.get_by_role_and_label(Role::ComboBox, "Algorithm").value();
    assert_eq!(field(&harness).as_deref(), Some("HS256"));
    harness.get_by_role_and_label(Role::ComboBox, "Algorithm").focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert!(harness.get_by_role_and_label(Role::ListBoxOption, "HS256").is_focused());
    for _ in 0..3 {
        harness.key_press(Key::ArrowDown);
        harness.run();
    }
    assert!(harness.get_by_role_and_label(Role::ListBoxOption, "PS256").is_focused());
    harness.key_press(Key::Enter);
    harness.run();
    assert!(harness.query_by_role(Role::ListBoxOption).is_none(), "the list is closed");
    assert_eq!(field(&harness).as_deref(), Some("PS256"));
    assert!(harness.get_by_role_and_label(Role::ComboBox, "Algorithm").is_focused());
}

#[test]
fn escape_closes_a_selector_and_changes_nothing() {
    let mut harness = harness(egui::Theme::Dark);
    harness.get_by_role_and_label(Role::ComboBox, "Secret encoding").click();
    harness.run();
    assert_eq!(harness.get_all_by_role(Role::ListBoxOption).count(), 3);
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_role(Role::ListBoxOption).is_none());
    assert_eq!(harness.state().encoding, 0);
}

#[test]
fn a_wrong_field_says_why() {
    let harness = harness(egui::Theme::Dark);
    let node = harness.get_by_label("Wrong instant");
    assert_eq!(node.accesskit_node().data().invalid(), Some(egui::accesskit::Invalid::True));
    assert!(node.accesskit_node().data().description().is_some_and(|words| words.starts_with("This is no instant")));
}

#[test]
fn a_secret_is_hidden_until_it_is_revealed() {
    let mut harness = harness(egui::Theme::Dark);
    let field = harness.get_by_role_and_label(Role::PasswordInput, "Secret");
    assert!(!field.value().unwrap_or_default().contains("horse"));
    harness.get_by_label("Reveal secret").click();
    harness.run();
    let field = harness.get_by_role_and_label(Role::TextInput, "Secret");
    assert_eq!(field.value().as_deref(), Some("correct horse battery"));
    harness.get_by_label("Hide secret").click();
    harness.run();
    harness.get_by_role_and_label(Role::PasswordInput, "Secret");
}

#[test]
fn what_was_typed_into_a_secret_field_is_not_kept_for_undo() {
    let id: Rc<Cell<Option<egui::Id>>> = Rc::default();
    let seen = Rc::clone(&id);
    let mut window = window((String::new(), false), move |ui, (text, revealed)| {
        seen.set(Some(secret_field::show(ui, "Secret", text, revealed, 300.0).id));
    });
    window.get_by_role_and_label(Role::PasswordInput, "Secret").focus();
    window.run();
    for letter in ["h", "u", "s", "h"] {
        window.event(egui::Event::Text(letter.to_owned()));
        window.run_steps(8);
    }
    assert_eq!(window.state().0, "hush");
    let state = egui::text_edit::TextEditState::load(&window.ctx, id.get().expect("a field")).expect("its state");
    let empty = (egui::text::CCursorRange::default(), String::new());
    assert!(!state.undoer().has_undo(&empty), "an earlier text could be brought back");
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(window.state().0, "hush");
}

#[test]
fn a_token_is_copied_by_keyboard() {
    let mut window = window((), |ui, ()| {
        token_view::show(ui, "token", "aaa.bbbb.cc", 3, 4, false, 118.0);
    });
    window.get_by_label("Token").focus();
    window.run();
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    window.run();
    window.event(egui::Event::Copy);
    window.step();
    let copied = window.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    assert_eq!(copied.as_deref(), Some("aaa.bbbb.cc"));
}

#[test]
fn a_double_click_on_a_token_takes_one_part() {
    let mut window = window((), |ui, ()| {
        token_view::show(ui, "token", "aaa.bbbb.cc", 3, 4, false, 118.0);
    });
    let place = window.get_by_label("Token").rect().left_top() + egui::vec2(45.0, 8.0);
    window.hover_at(place);
    window.run();
    for pressed in [true, false, true, false] {
        let (button, modifiers) = (egui::PointerButton::Primary, egui::Modifiers::NONE);
        // All within one frame: frames of the harness are too far apart for a double click.
        window.input_mut().events.push(egui::Event::PointerButton { pos: place, button, pressed, modifiers });
    }
    window.run();
    window.event(egui::Event::Copy);
    window.step();
    let commands = &window.output().platform_output.commands;
    assert!(commands.iter().any(|command| matches!(command, egui::OutputCommand::CopyText(text) if text == "bbbb")));
}

#[test]
fn only_the_visible_rows_of_a_token_cost_time() {
    let token = format!("{}.{}.{}", "a".repeat(100), "b".repeat(6_000_000), "c".repeat(43));
    let mut window = window((), move |ui, ()| {
        token_view::show(ui, "token", &token, 100, 6_000_000, false, 118.0);
    });
    let start = std::time::Instant::now();
    for _ in 0..10 {
        window.step();
    }
    let frame = start.elapsed() / 10;
    assert!(frame < std::time::Duration::from_millis(20), "{frame:?} a frame, unoptimised");
}

#[test]
fn any_text_can_be_shown_as_a_token() {
    for text in ["", ".", "..", "ä€😀.ä", "\n\t\u{0}"] {
        for (header, payload) in [(0, 0), (1, 0), (3, 9), (usize::MAX / 4, 7)] {
            let mut window =
                Harness::builder().allow_missing_glyphs().with_context_setup(theme::install).build_ui(|ui| {
                    ui.set_max_width(20.0);
                    token_view::show(ui, "token", text, header, payload, true, 118.0);
                });
            window.run();
        }
    }
}

/// A start of the program has 300 ms for everything; the typefaces may take a small part of it.
#[test]
fn the_typefaces_are_ready_soon() {
    let start = std::time::Instant::now();
    let context = egui::Context::default();
    theme::install(&context);
    let took = start.elapsed();
    assert!(took < std::time::Duration::from_millis(150), "{took:?}, unoptimised");
}
