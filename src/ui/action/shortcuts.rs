//! The keys of every action that has some, on each platform.

use eframe::egui::{Key, KeyboardShortcut, Modifiers};

use super::Action;
use super::platform::Platform;
use crate::ui::request::ClaimsView;
use crate::workbench::command::Part;
use crate::workbench::page::Page;

const NONE: Modifiers = Modifiers::NONE;
const SHIFT: Modifiers = Modifiers::SHIFT;
/// Ctrl, on every platform.
const CTRL: Modifiers = Modifiers::CTRL;
const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::CTRL };
/// Ctrl, and Cmd on a Mac.
const CMD: Modifiers = Modifiers::COMMAND;
const CMD_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };
const CMD_ALT: Modifiers = Modifiers { alt: true, ..Modifiers::COMMAND };
/// What full screen is on a Mac.
const CTRL_CMD: Modifiers = Modifiers { ctrl: true, mac_cmd: true, command: true, ..Modifiers::NONE };

type Keys = (Modifiers, Key);

impl Action {
    /// The keys for it here, as they are shown.
    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        self.shortcuts_on(Platform::HERE).next()
    }

    /// Other keys for the same here, where another habit is common.
    pub fn second_shortcut(self) -> Option<KeyboardShortcut> {
        self.shortcuts().nth(1)
    }

    /// All keys for it here, the ones to show first.
    pub fn shortcuts(self) -> impl Iterator<Item = KeyboardShortcut> {
        self.shortcuts_on(Platform::HERE)
    }

    /// All keys for it on a platform, the ones to show first.
    pub fn shortcuts_on(self, platform: Platform) -> impl Iterator<Item = KeyboardShortcut> {
        let (first, second) = match self.native_keys(platform) {
            [None, None] => (self.common_keys(), self.second_keys()),
            [first, second] => (first, second),
        };
        [first, second].into_iter().flatten().map(|(modifiers, key)| KeyboardShortcut::new(modifiers, key))
    }

    /// Where the platforms differ: what is usual there, and other keys that are common, too.
    const fn native_keys(self, platform: Platform) -> [Option<Keys>; 2] {
        use Platform::{Linux, Mac, Windows};
        match (self, platform) {
            (Self::Redo, Linux) => [Some((CMD_SHIFT, Key::Z)), Some((CMD, Key::Y))],
            (Self::Redo, Windows) => [Some((CMD, Key::Y)), Some((CMD_SHIFT, Key::Z))],
            (Self::Redo, Mac) => [Some((CMD_SHIFT, Key::Z)), None],
            // Cmd+M puts the window into the Dock.
            (Self::Measure, Mac) => [Some((CMD_ALT, Key::M)), None],
            (Self::FullScreen, Mac) => [Some((CTRL_CMD, Key::F)), None],
            (Self::FullScreen, Linux | Windows) => [Some((NONE, Key::F11)), None],
            _ => [None, None],
        }
    }

    /// What is the same everywhere, Ctrl being Cmd on a Mac.
    fn common_keys(self) -> Option<Keys> {
        Some(match self {
            Self::New => (CMD, Key::N),
            Self::Open => (CMD, Key::O),
            Self::Save => (CMD, Key::S),
            Self::SaveAs => (CMD_SHIFT, Key::S),
            Self::Quit => (CMD, Key::Q),
            Self::Undo => (CMD, Key::Z),
            Self::Find => (CMD, Key::F),
            Self::Format(Part::Claims) => (CMD_SHIFT, Key::F),
            Self::Minify(Part::Claims) => (CMD_SHIFT, Key::M),
            Self::AddClaim => (CMD_SHIFT, Key::A),
            Self::ClaimsView(ClaimsView::Text) => (CMD_SHIFT, Key::E),
            Self::ClaimsView(ClaimsView::Table) => (CMD_SHIFT, Key::T),
            Self::FocusClaims => (CMD, Key::L),
            Self::FocusHeader => (CMD_SHIFT, Key::L),
            Self::MintAgain => (NONE, Key::F5),
            Self::GenerateSecret => (CMD_SHIFT, Key::G),
            Self::CopyToken => (CMD_SHIFT, Key::C),
            Self::CopyBearer => (CMD_SHIFT, Key::B),
            // Not U: IBus takes Ctrl+Shift+U for letters by their number.
            Self::CopyCurl => (CMD_SHIFT, Key::H),
            Self::CopyAsCode => (CMD_SHIFT, Key::K),
            Self::Measure => (CMD, Key::M),
            Self::InspectClipboard => (CMD_SHIFT, Key::V),
            Self::InspectDraft => (CMD_SHIFT, Key::I),
            Self::AddSnapshot => (CMD_SHIFT, Key::D),
            Self::MeasureVariants => (CMD_SHIFT, Key::R),
            Self::NextFinding => (NONE, Key::F8),
            Self::FixFinding => (SHIFT, Key::F8),
            Self::Go(Page::Settings) => (CMD, Key::Comma),
            Self::Go(page) => (CMD, page_key(page)?),
            Self::NextPage => (CTRL, Key::Tab),
            Self::PreviousPage => (CTRL_SHIFT, Key::Tab),
            Self::ZoomIn => (CMD, Key::Plus),
            Self::ZoomOut => (CMD, Key::Minus),
            Self::ZoomReset => (CMD, Key::Num0),
            Self::Library => (CMD, Key::B),
            Self::Palette => (CMD, Key::K),
            Self::MenuBar => (NONE, Key::F10),
            Self::Manual => (NONE, Key::F1),
            Self::Shortcuts => (CMD, Key::Slash),
            _ => return None,
        })
    }

    /// Other keys for the same, where another habit is common.
    fn second_keys(self) -> Option<Keys> {
        Some(match self {
            Self::Palette => (CMD_SHIFT, Key::P),
            Self::ZoomIn => (CMD, Key::Equals),
            // Where the slash is had with shift only.
            Self::Shortcuts => (SHIFT, Key::F1),
            Self::Go(Page::Settings) => (CMD, page_key(Page::Settings)?),
            Self::NextPage => (CTRL, Key::PageDown),
            Self::PreviousPage => (CTRL, Key::PageUp),
            _ => return None,
        })
    }
}

/// Every shortcut of a platform, in the order to look for them.
#[derive(Debug)]
pub(in crate::ui) struct Shortcuts(Vec<(KeyboardShortcut, Action)>);

impl Shortcuts {
    /// Those of this platform.
    pub(in crate::ui) fn on(platform: Platform) -> Self {
        let of = |action: Action| action.shortcuts_on(platform).map(move |keys| (keys, action));
        let mut shortcuts: Vec<_> = Action::all().into_iter().flat_map(of).collect();
        // Ctrl+Shift+S also matches Ctrl+S, so those with more keys are looked for first.
        shortcuts.sort_by_key(|(keys, _)| std::cmp::Reverse(held(keys.modifiers)));
        Self(shortcuts)
    }

    /// The action that a key asks for while these are held.
    pub(in crate::ui) fn action(&self, key: Key, modifiers: Modifiers) -> Option<Action> {
        let fits = |keys: &KeyboardShortcut| {
            let wanted = keys.modifiers;
            keys.logical_key == key
                && modifiers.matches_logically(wanted)
                // AltGr writes letters, and Shift+F10 is not F10.
                && modifiers.alt == wanted.alt
                && (modifiers.shift == wanted.shift || may_need_shift(key))
        };
        self.0.iter().find(|(keys, _)| fits(keys)).map(|(_, action)| *action)
    }
}

/// Whether there are keyboards on which this key is had with shift only.
const fn may_need_shift(key: Key) -> bool {
    matches!(key, Key::Plus | Key::Minus | Key::Equals | Key::Comma)
}

/// How many keys are held.
fn held(modifiers: Modifiers) -> usize {
    let Modifiers { alt, ctrl, shift, mac_cmd, command } = modifiers;
    [alt, ctrl, shift, mac_cmd || command].into_iter().filter(|held| *held).count()
}

/// The digit that stands for the place of a page in the rail.
fn page_key(page: Page) -> Option<Key> {
    const KEYS: [Key; 8] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8];
    let place = Page::ALL.iter().position(|other| *other == page)?;
    KEYS.get(place).copied()
}
