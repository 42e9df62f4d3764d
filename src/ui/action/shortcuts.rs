//! The keys of every action that has some.

use eframe::egui::{Key, KeyboardShortcut, Modifiers};

use super::Action;
use crate::ui::request::ClaimsView;
use crate::workbench::command::Part;
use crate::workbench::page::Page;

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

impl Action {
    /// The keys for it.
    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        let (modifiers, key) = match self {
            Self::New => (CTRL, Key::N),
            Self::Open => (CTRL, Key::O),
            Self::Save => (CTRL, Key::S),
            Self::SaveAs => (CTRL_SHIFT, Key::S),
            Self::Quit => (CTRL, Key::Q),
            Self::Undo => (CTRL, Key::Z),
            Self::Redo => (CTRL_SHIFT, Key::Z),
            Self::Find => (CTRL, Key::F),
            Self::Format(Part::Claims) => (CTRL_SHIFT, Key::F),
            Self::Minify(Part::Claims) => (CTRL_SHIFT, Key::M),
            Self::AddClaim => (CTRL_SHIFT, Key::A),
            Self::ClaimsView(ClaimsView::Text) => (CTRL_SHIFT, Key::E),
            Self::ClaimsView(ClaimsView::Table) => (CTRL_SHIFT, Key::T),
            Self::FocusClaims => (CTRL, Key::L),
            Self::FocusHeader => (CTRL_SHIFT, Key::L),
            Self::MintAgain => (Modifiers::NONE, Key::F5),
            Self::GenerateSecret => (CTRL_SHIFT, Key::G),
            Self::CopyToken => (CTRL_SHIFT, Key::C),
            Self::CopyBearer => (CTRL_SHIFT, Key::B),
            Self::CopyCurl => (CTRL_SHIFT, Key::U),
            Self::CopyAsCode => (CTRL_SHIFT, Key::K),
            Self::Measure => (CTRL, Key::M),
            Self::InspectClipboard => (CTRL_SHIFT, Key::V),
            Self::InspectDraft => (CTRL_SHIFT, Key::I),
            Self::AddSnapshot => (CTRL_SHIFT, Key::D),
            Self::MeasureVariants => (CTRL_SHIFT, Key::R),
            Self::NextFinding => (Modifiers::NONE, Key::F8),
            Self::FixFinding => (Modifiers::SHIFT, Key::F8),
            Self::Go(page) => return page_key(page).map(|key| KeyboardShortcut::new(CTRL, key)),
            Self::ZoomIn => (CTRL, Key::Plus),
            Self::ZoomOut => (CTRL, Key::Minus),
            Self::ZoomReset => (CTRL, Key::Num0),
            Self::Library => (CTRL, Key::B),
            Self::Palette => (CTRL, Key::K),
            Self::Shortcuts => (Modifiers::NONE, Key::F1),
            _ => return None,
        };
        Some(KeyboardShortcut::new(modifiers, key))
    }

    /// Other keys for the same, where another habit is common.
    pub fn second_shortcut(self) -> Option<KeyboardShortcut> {
        match self {
            Self::Redo => Some(KeyboardShortcut::new(CTRL, Key::Y)),
            Self::Palette => Some(KeyboardShortcut::new(CTRL_SHIFT, Key::P)),
            Self::ZoomIn => Some(KeyboardShortcut::new(CTRL, Key::Equals)),
            _ => None,
        }
    }
}

fn page_key(page: Page) -> Option<Key> {
    const KEYS: [Key; 8] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8];
    let place = Page::ALL.iter().position(|other| *other == page)?;
    KEYS.get(place).copied()
}
