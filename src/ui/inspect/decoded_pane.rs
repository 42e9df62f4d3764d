//! What is in the inspected token: header and claims beside each other where there is room, signature, or the five parts
//! of an encrypted token.

use eframe::egui::{Label, RichText, ScrollArea, Ui, vec2};

use super::part_view::{PartView, View};
use super::token_pane::ink;
use crate::findings::Part as Place;
use crate::jose::compact::{Part, Segment, TokenKind};
use crate::jose::text::Span;
use crate::ui::action::Action;
use crate::ui::request::CommandQueue;
use crate::ui::theme::{self, fonts, size, space};
use crate::ui::widgets::card::Card;
use crate::ui::widgets::{button, dot, message, segmented};
use crate::workbench::Workbench;
use crate::workbench::reading::Reading;

/// From this width on header and claims stand beside each other, in points.
const WIDE: f32 = 760.0;
/// The share of the header there.
const HEADER_SHARE: f32 = 0.38;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    #[default]
    Claims,
    Header,
    Signature,
}

/// View state of the decoded card.
#[derive(Default)]
pub(super) struct DecodedPane {
    shown: Shown,
    header: PartView,
    claims: PartView,
}

impl DecodedPane {
    /// Shows a place of the token.
    pub(super) fn show_place(&mut self, part: Place, span: Option<Span>) {
        let offset = span.map_or(0, |span| span.start);
        match part {
            Place::Header => {
                self.shown = Shown::Header;
                self.header.focus(offset);
            }
            Place::Payload => {
                self.shown = Shown::Claims;
                self.claims.focus(offset);
            }
            Place::Signature => self.shown = Shown::Signature,
            Place::Token | Place::Key => {}
        }
    }

    /// Draws the card in `height` points.
    pub(super) fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, now: i64, height: f32, commands: &CommandQueue) {
        // Distances are told from the instant that the token is held against.
        let now = workbench.inspection().now(now);
        let reading = workbench.inspection().reading();
        let wide = ui.available_width() >= WIDE;
        let (shown, mut chosen) = (self.shown, None);
        let card = Card::new("Decoded").subtitle("anyone can read this").height(height).actions(|ui| {
            let Some(reading) = reading else { return };
            let views = views(reading, wide);
            let current = views.iter().map(|(view, _)| *view).find(|view| *view == shown);
            chosen = segmented::choose(ui, "Decoded part", Some(&current.unwrap_or_default()), &views);
            ui.add_enabled_ui(Action::EditInCraft.is_enabled(workbench), |ui| {
                let tip = "Make header, claims and key a draft, byte for byte";
                if button::normal(ui, "Edit in Craft").on_hover_text(tip).clicked() {
                    commands.push(Action::EditInCraft);
                }
            });
        });
        card.show(ui, |ui| match reading {
            Some(reading) => self.parts(ui, workbench, reading, now, wide, commands),
            None => message::remark(ui, "Nothing to decode yet."),
        });
        if let Some(chosen) = chosen {
            self.shown = chosen;
        }
    }

    fn parts(
        &mut self,
        ui: &mut Ui,
        workbench: &Workbench,
        reading: &Reading,
        now: i64,
        wide: bool,
        commands: &CommandQueue,
    ) {
        let findings = workbench.inspection().findings().findings.as_slice();
        let view = |name, part| View { name, reading, part, findings, now, clock: workbench.clock() };
        let header = view("Decoded header", Part::Header);
        let claims = view("Decoded claims", Part::Payload);
        let encrypted = reading.decoded.kind == TokenKind::Jwe;
        let height = ui.available_height();
        match self.shown {
            _ if reading.decoded.segments.is_empty() => message::remark(ui, "There is no part that could be decoded."),
            Shown::Signature => signature(ui, reading),
            Shown::Claims if encrypted => encrypted_parts(ui, reading),
            Shown::Claims | Shown::Header if wide && !encrypted => {
                let whole = ui.available_width();
                ui.horizontal_top(|ui| {
                    let side = |ui: &mut Ui, width: f32, view: &View<'_>, part: &mut PartView| {
                        ui.allocate_ui(vec2(width, height), |ui| part.ui(ui, view, height, commands));
                    };
                    side(ui, whole * HEADER_SHARE - space::S, &header, &mut self.header);
                    side(ui, whole * (1.0 - HEADER_SHARE), &claims, &mut self.claims);
                });
            }
            Shown::Header => self.header.ui(ui, &header, height, commands),
            Shown::Claims => self.claims.ui(ui, &claims, height, commands),
        }
    }
}

/// What there is to choose from.
fn views(reading: &Reading, wide: bool) -> Vec<(Shown, String)> {
    let claims = match reading.decoded.kind {
        TokenKind::Jwe => "Parts",
        TokenKind::Jws | TokenKind::Invalid if wide => "Header and claims",
        TokenKind::Jws | TokenKind::Invalid => "Claims",
    };
    let mut views = vec![(Shown::Claims, claims.to_owned())];
    if !wide || reading.decoded.kind == TokenKind::Jwe {
        views.push((Shown::Header, "Header".to_owned()));
    }
    if reading.decoded.segment(Part::Signature).is_some() {
        views.push((Shown::Signature, "Signature".to_owned()));
    }
    views
}

fn signature(ui: &mut Ui, reading: &Reading) {
    let tokens = theme::tokens(ui);
    let Some(segment) = reading.decoded.segment(Part::Signature) else { return };
    ScrollArea::vertical().id_salt("inspected-signature").auto_shrink(false).show(ui, |ui| {
        message::remark(ui, &size_words(segment));
        let text = reading.token.text.get(segment.span.range()).unwrap_or_default();
        ui.label(RichText::new(text).font(fonts::mono(size::MONO)).color(tokens.part.signature));
        message::remark(
            ui,
            "It covers header and payload, byte for byte. It hides nothing: it shows whether something was changed.",
        );
        if let Some(unprotected) = &reading.token.unprotected {
            ui.add_space(space::S);
            ui.label(RichText::new("Unprotected header, which no signature covers").font(fonts::semibold(size::TEXT)));
            ui.label(RichText::new(unprotected).font(fonts::mono(size::MONO)));
        }
    });
}

/// The parts of a JWE by name, with their sizes (RFC 7516 §3.1).
fn encrypted_parts(ui: &mut Ui, reading: &Reading) {
    let tokens = theme::tokens(ui);
    message::remark(ui, "This token is encrypted. Only its header can be read without the key.");
    ui.add_space(space::XS);
    for segment in &reading.decoded.segments {
        ui.horizontal(|ui| {
            ui.set_min_height(size::ROW_DENSE);
            dot::filled(ui, ink(segment.part, tokens));
            let left = ui.cursor().left();
            ui.label(RichText::new(segment.part.label()).font(fonts::medium(size::TEXT)));
            ui.add_space((left + 170.0 - ui.cursor().left()).max(0.0));
            ui.add(Label::new(RichText::new(size_words(segment)).color(tokens.text.secondary)).truncate());
        });
    }
}

fn size_words(segment: &Segment) -> String {
    match (segment.bytes.len(), segment.span.len()) {
        (0, 0) => "empty".to_owned(),
        (bytes, encoded) => format!("{bytes} bytes, {encoded} in base64url"),
    }
}
