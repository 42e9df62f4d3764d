//! The parts of the window: what assistive technologies see of them, the keyboard, and pictures of all of them.
#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

use eframe::egui::{self, Ui, Vec2};
use egui_kittest::{Harness, kittest::Queryable as _};
use jwt_workbench::ui::theme::{self, icon, space};
use jwt_workbench::ui::widgets::{
    button, card::Card, chip::Chip, empty_state, field::Field, gauge, key_value::KeyValue, message, secret_field,
    segmented, select, stacked_bar, token_view,
};
use jwt_workbench::workbench::settings::Theme;

#[derive(Default)]
struct Gallery {
    theme: Theme,
    dressed: bool,
    secret: String,
    revealed: bool,
    instant: String,
    wrong: String,
    algorithm: usize,
    encoding: usize,
    lifetime: usize,
    pressed: Vec<&'static str>,
}

impl Gallery {
    fn new(theme: Theme) -> Self {
        Self {
            theme,
            secret: "correct horse battery".to_owned(),
            instant: "2026-11-21 18:29:12 UTC".to_owned(),
            wrong: "tomorrow".to_owned(),
            lifetime: 2,
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
    if !state.dressed {
        theme::install(ui.ctx());
        theme::apply(ui.ctx(), state.theme);
        state.dressed = true;
        return;
    }
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
            Field::new("Expires at", &mut state.instant).show_with(ui, |ui| {
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
            if let Some(chosen) = select::choose(ui, "Secret encoding", state.encoding, &ENCODINGS, 84.0) {
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
                ui.add(button::Button::new(button::Kind::Normal, "Open").icon(icon::FOLDER_OPEN));
            });
            ui.horizontal(|ui| {
                Chip::ok("signed").show(ui);
                Chip::warning("unsaved").show(ui);
                Chip::error("2").name("2 errors").show(ui);
                Chip::neutral("HS256").show(ui);
                Chip::accent("baseline").show(ui);
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
            gauge::show(ui, "Cookie budget", 0.42);
            gauge::show(ui, "Header budget", 0.93);
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
            ui.menu_button("as", |ui| ui.label("menu"));
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
            ui.spacing_mut().item_spacing.y = 0.0;
            for (name, value, note) in [
                ("iss", "https://id.acme.dev", "issuer"),
                ("sub", "user-42", "subject"),
                ("iat", "1795284752", "17:59:12 UTC, 9 s ago"),
                ("account", "100002348117421473", ""),
            ] {
                KeyValue::new(name, value).note(note).name_colour(t.part.payload).show(ui);
            }
        });
    Card::new("Findings").show(ui, |ui| {
        message::line(
            ui,
            message::Sign::Error,
            "K01",
            "Secret is shorter than the hash: 144 of 256 bits.",
            "",
            "Generate",
        );
        message::line(
            ui,
            message::Sign::Warning,
            "S07",
            "account: JavaScript reads 100002348117421470.",
            "",
            "Make it text",
        );
        message::error(
            ui,
            "Expected ',' or '}' after the value.",
            "Put a comma before the next name, or close the object with a brace where it ends.",
        );
        message::info(ui, "Nothing leaves this machine.", "");
        message::ok(ui, "The signature is right.", "");
    });
    Card::new("Keys").show(ui, |ui| {
        empty_state::show(ui, icon::KEY, "No key yet", "RS256 signs with an RSA key.", "Generate a key");
    });
}

fn harness(theme: Theme) -> Harness<'static, Gallery> {
    let mut harness =
        Harness::builder().with_size(Vec2::new(1210.0, 800.0)).wgpu().build_ui_state(gallery, Gallery::new(theme));
    harness.run();
    harness
}

fn picture(harness: &mut Harness<'static, Gallery>, name: &str) {
    let image = harness.render().expect("a picture of the gallery");
    std::fs::create_dir_all("target/pictures").expect("a folder for pictures");
    image.save(format!("target/pictures/{name}.png")).expect("a picture on disk");
}

#[test]
fn pictures_of_every_widget_in_both_themes() {
    for (theme, name) in [(Theme::Dark, "kit-dark"), (Theme::Light, "kit-light")] {
        let mut harness = harness(theme);
        picture(&mut harness, name);
        harness.get_by_role_and_label(egui::Role::ComboBox, "Algorithm").click();
        harness.run();
        picture(&mut harness, &format!("{name}-open"));
    }
}
