//! WCAG 2.2 AA over the tokens of both appearances: 4.5 to 1 for text (1.4.3), 3 to 1 for what has to be seen without
//! being read (1.4.11). What is disabled is exempt; quiet lines between things are decoration.

use eframe::egui::Color32;

use super::Tokens;
use super::tokens::Series;

const TEXT: f64 = 4.5;
const GRAPHIC: f64 = 3.0;

fn luminance(colour: Color32) -> f64 {
    let channel = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(colour.r()) + 0.7152 * channel(colour.g()) + 0.0722 * channel(colour.b())
}

/// Contrast ratio of WCAG 2.2, 1 to 21.
fn contrast(one: Color32, other: Color32) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

type Named = (&'static str, Color32);

/// Every ink on every ground, in both appearances.
#[track_caller]
fn check(at_least: f64, inks: impl Fn(&Tokens) -> Vec<Named>, grounds: impl Fn(&Tokens) -> Vec<Named>) {
    let mut faint = Vec::new();
    for (theme, tokens) in [("dark", Tokens::dark()), ("light", Tokens::light())] {
        for (what, ink) in inks(tokens) {
            for (on, ground) in grounds(tokens) {
                let ratio = contrast(ink, ground);
                if ratio < at_least {
                    faint.push(format!("{theme}: {what} on {on} has {ratio:.2}, below {at_least}"));
                }
            }
        }
    }
    assert!(faint.is_empty(), "{}", faint.join("\n"));
}

/// What anything may lie on: also rows under the pointer and chosen rows.
fn surfaces(t: &Tokens) -> Vec<Named> {
    vec![
        ("the window", t.surface.window),
        ("a card", t.surface.panel),
        ("a field", t.surface.field),
        ("something raised", t.surface.raised),
        ("something under the pointer", t.surface.hover),
        ("the line with the cursor", t.syntax.current_line),
        ("something chosen", t.accent.background),
    ]
}

/// What an editor paints behind letters.
fn marked(t: &Tokens) -> Vec<Named> {
    vec![
        ("a card", t.surface.panel),
        ("a field", t.surface.field),
        ("the line with the cursor", t.syntax.current_line),
        ("selected text", t.accent.selection),
        ("what a search found", t.syntax.match_background),
    ]
}

fn judgements(t: &Tokens) -> Vec<Named> {
    vec![
        ("what is in order", t.status.ok_background),
        ("a warning", t.status.warning_background),
        ("an error", t.status.error_background),
    ]
}

fn states(t: &Tokens) -> Vec<Named> {
    vec![("ok", t.status.ok), ("warning", t.status.warning), ("error", t.status.error)]
}

fn parts(t: &Tokens) -> Vec<Named> {
    vec![("header part", t.part.header), ("payload part", t.part.payload), ("signature part", t.part.signature)]
}

fn plain(t: &Tokens) -> Vec<Named> {
    vec![("primary text", t.text.primary), ("secondary text", t.text.secondary), ("muted text", t.text.muted)]
}

fn fills(t: &Tokens) -> Vec<Named> {
    vec![
        ("header area", t.part.header_fill),
        ("payload area", t.part.payload_fill),
        ("signature area", t.part.signature_fill),
    ]
}

fn cells(t: &Tokens) -> Vec<Named> {
    vec![
        ("a cell that can be entered", t.part.payload_cell),
        ("a cell under the pointer", t.part.payload_cell_hover),
        ("a cell with nothing in it", t.part.payload_leaf),
    ]
}

fn series(t: &Tokens) -> Vec<Named> {
    const NAMES: [&str; Series::COUNT] = ["one", "two", "three", "four", "five", "six", "seven", "eight"];
    NAMES.into_iter().enumerate().map(|(number, name)| (name, t.series.nth(number))).collect()
}

#[test]
fn contrast_of_black_on_white_is_21() {
    assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 1e-9);
}

#[test]
fn text_is_readable_on_every_surface() {
    check(TEXT, |t| [plain(t), states(t), parts(t), vec![("links", t.accent.main)]].concat(), surfaces);
    check(TEXT, |t| [plain(t), vec![("ok", t.status.ok)]].concat(), |t| judgements(t)[..1].to_vec());
    check(TEXT, |t| [plain(t), vec![("warning", t.status.warning)]].concat(), |t| judgements(t)[1..2].to_vec());
    check(TEXT, |t| [plain(t), vec![("error", t.status.error)]].concat(), |t| judgements(t)[2..].to_vec());
}

#[test]
fn json_and_tokens_are_readable_whatever_is_painted_behind_them() {
    let json = |t: &Tokens| {
        vec![
            ("names", t.syntax.name),
            ("strings", t.syntax.string),
            ("numbers", t.syntax.number),
            ("keywords", t.syntax.keyword),
            ("punctuation", t.syntax.punctuation),
        ]
    };
    check(TEXT, json, marked);
    check(TEXT, |t| [parts(t), states(t)].concat(), |t| vec![("selected text", t.accent.selection)]);
    check(TEXT, |t| vec![("hints", t.syntax.hint)], surfaces);
    check(TEXT, |t| vec![("punctuation", t.syntax.punctuation)], |t| vec![("a pair of brackets", t.syntax.bracket)]);
    check(TEXT, |t| vec![("a variable", t.syntax.keyword)], |t| vec![("a placeholder", t.accent.background)]);
}

#[test]
fn text_on_filled_things_is_readable() {
    check(
        TEXT,
        |t| vec![("the primary button", t.accent.on_main)],
        |t| vec![("its fill", t.accent.main), ("its fill under the pointer", t.accent.hover)],
    );
    check(TEXT, |t| vec![("text", t.part.on_cell)], cells);
    check(
        TEXT,
        |t| vec![("a selected label", t.accent.hover), ("secondary text", t.text.secondary)],
        |t| vec![("selected text", t.accent.selection)],
    );
}

#[test]
fn the_keyboard_is_seen_on_every_surface() {
    let ring = |t: &Tokens| vec![("the focus ring", t.accent.main)];
    check(GRAPHIC, ring, surfaces);
    check(GRAPHIC, ring, judgements);
    check(GRAPHIC, ring, |t| vec![("selected text", t.accent.selection)]);
}

#[test]
fn fields_are_seen_by_their_borders() {
    let border = |t: &Tokens| vec![("the border of a field", t.surface.line_field)];
    check(GRAPHIC, border, |t| {
        vec![("the window", t.surface.window), ("a card", t.surface.panel), ("its inside", t.surface.field)]
    });
}

#[test]
fn signs_bars_and_charts_are_seen_on_every_surface() {
    check(GRAPHIC, |t| [states(t), fills(t), series(t)].concat(), surfaces);
    check(GRAPHIC, cells, |t| vec![("a card", t.surface.panel)]);
    check(TEXT, series, |t| vec![("a card", t.surface.panel)]);
}

#[test]
fn every_series_has_a_colour_of_its_own() {
    for t in [Tokens::dark(), Tokens::light()] {
        let colours = series(t);
        for (number, (name, colour)) in colours.iter().enumerate() {
            assert!(!colours.iter().skip(number + 1).any(|(_, other)| other == colour), "{name} is there twice");
        }
        assert_eq!(t.series.nth(Series::COUNT), t.series.one, "they begin again");
    }
}
