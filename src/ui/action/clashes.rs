//! That no shortcut means two things: within the program, for text fields, or for the desktop. On every platform.

use std::collections::HashMap;

use eframe::egui::{Key, KeyboardShortcut, Modifiers};

use super::Action;
use super::platform::Platform;
use super::shortcuts::Shortcuts;

const NONE: Modifiers = Modifiers::NONE;
const ALT: Modifiers = Modifiers::ALT;
const SHIFT: Modifiers = Modifiers::SHIFT;
const CTRL: Modifiers = Modifiers::CTRL;
const CMD: Modifiers = Modifiers::COMMAND;
const CMD_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };
const CTRL_ALT: Modifiers = Modifiers { alt: true, ..Modifiers::CTRL };
const CMD_ALT: Modifiers = Modifiers { alt: true, ..Modifiers::COMMAND };

/// Editing text, everywhere. Undo and redo are not among them: those of the program stand for those of the field.
const TEXT: [(Modifiers, Key); 16] = [
    (CMD, Key::A),
    (CMD, Key::C),
    (CMD, Key::V),
    (CMD, Key::X),
    (CMD, Key::ArrowLeft),
    (CMD, Key::ArrowRight),
    (CMD, Key::ArrowUp),
    (CMD, Key::ArrowDown),
    (CMD, Key::Home),
    (CMD, Key::End),
    (CMD, Key::Backspace),
    (CMD, Key::Delete),
    (CMD, Key::Enter),
    (ALT, Key::ArrowUp),
    (ALT, Key::ArrowDown),
    (NONE, Key::F2),
];

/// Editing text on a Mac, as in Emacs.
const MAC_TEXT: [(Modifiers, Key); 11] = [
    (CTRL, Key::A),
    (CTRL, Key::B),
    (CTRL, Key::D),
    (CTRL, Key::E),
    (CTRL, Key::F),
    (CTRL, Key::H),
    (CTRL, Key::K),
    (CTRL, Key::N),
    (CTRL, Key::P),
    (CTRL, Key::U),
    (CTRL, Key::W),
];

/// What a desktop keeps for itself, or gives to every window.
fn taken(platform: Platform) -> Vec<(Modifiers, Key)> {
    match platform {
        Platform::Linux => vec![
            (ALT, Key::Tab),
            (ALT, Key::F1),
            (ALT, Key::F2),
            (ALT, Key::F4),
            (ALT, Key::F7),
            (ALT, Key::F8),
            (ALT, Key::F10),
            (ALT, Key::Space),
            (ALT, Key::Escape),
            (CTRL_ALT, Key::T),
            (CTRL_ALT, Key::L),
            (CTRL_ALT, Key::Delete),
            (CTRL_ALT, Key::ArrowLeft),
            (CTRL_ALT, Key::ArrowRight),
            (CTRL_ALT, Key::ArrowUp),
            (CTRL_ALT, Key::ArrowDown),
            // IBus: letters by their number, and the next input method.
            (CMD_SHIFT, Key::U),
            (CTRL, Key::Space),
            (SHIFT, Key::Insert),
            (CTRL, Key::Insert),
            (SHIFT, Key::F10),
        ],
        Platform::Windows => vec![
            (ALT, Key::Tab),
            (ALT, Key::F4),
            (ALT, Key::Space),
            (ALT, Key::Escape),
            (CTRL, Key::Escape),
            (CMD_SHIFT, Key::Escape),
            (CTRL_ALT, Key::Delete),
            (CTRL_ALT, Key::Tab),
            (SHIFT, Key::Insert),
            (CTRL, Key::Insert),
            (SHIFT, Key::Delete),
            (SHIFT, Key::F10),
            // AltGr is Ctrl and Alt.
            (CTRL_ALT, Key::E),
            (CTRL_ALT, Key::Q),
        ],
        Platform::Mac => vec![
            (CMD, Key::H),
            (CMD_ALT, Key::H),
            (CMD, Key::M),
            (CMD, Key::W),
            (CMD, Key::Tab),
            (CMD, Key::Space),
            (CMD, Key::Backtick),
            (CMD_ALT, Key::D),
            (CMD_ALT, Key::Escape),
            (CMD_SHIFT, Key::Q),
            (CMD_SHIFT, Key::Num3),
            (CMD_SHIFT, Key::Num4),
            (CMD_SHIFT, Key::Num5),
            (CMD_SHIFT, Key::Slash),
            (CTRL, Key::F2),
            (CTRL, Key::ArrowLeft),
            (CTRL, Key::ArrowRight),
            (CTRL, Key::ArrowUp),
            (CTRL, Key::ArrowDown),
            (CTRL, Key::Space),
            (NONE, Key::F11),
        ],
    }
}

/// What is held when somebody presses a shortcut on a platform.
fn pressed(modifiers: Modifiers, platform: Platform) -> Modifiers {
    let Modifiers { ctrl, command, mac_cmd, .. } = modifiers;
    if platform == Platform::Mac {
        let cmd = mac_cmd || command;
        Modifiers { mac_cmd: cmd, command: cmd, ctrl, ..modifiers }
    } else {
        let ctrl = ctrl || command;
        Modifiers { ctrl, command: ctrl, mac_cmd: false, ..modifiers }
    }
}

#[test]
fn no_two_actions_share_a_shortcut() {
    for platform in Platform::ALL {
        let mut owners: HashMap<(Modifiers, Key), Action> = HashMap::new();
        for action in Action::all() {
            for KeyboardShortcut { modifiers, logical_key } in action.shortcuts_on(platform) {
                let keys = (pressed(modifiers, platform), logical_key);
                if let Some(other) = owners.insert(keys, action) {
                    panic!("{action:?} and {other:?} share {keys:?} on {platform:?}");
                }
            }
        }
    }
}

#[test]
fn every_shortcut_reaches_its_action_and_no_other() {
    for platform in Platform::ALL {
        let shortcuts = Shortcuts::on(platform);
        for action in Action::all() {
            for KeyboardShortcut { modifiers, logical_key } in action.shortcuts_on(platform) {
                let found = shortcuts.action(logical_key, pressed(modifiers, platform));
                assert_eq!(found, Some(action), "{logical_key:?} with {modifiers:?} on {platform:?}");
            }
        }
    }
}

#[test]
fn keys_of_text_fields_and_of_the_desktop_reach_no_action() {
    for platform in Platform::ALL {
        let shortcuts = Shortcuts::on(platform);
        let mac = if platform == Platform::Mac { &MAC_TEXT[..] } else { &[] };
        for (modifiers, key) in TEXT.iter().chain(mac).copied().chain(taken(platform)) {
            let found = shortcuts.action(key, pressed(modifiers, platform));
            assert_eq!(found, None, "{key:?} with {modifiers:?} on {platform:?}");
        }
    }
}

#[test]
fn letters_without_ctrl_are_left_to_typing() {
    for platform in Platform::ALL {
        for action in Action::all() {
            for KeyboardShortcut { modifiers, logical_key } in action.shortcuts_on(platform) {
                let function = logical_key.name().starts_with('F') && logical_key.name().len() > 1;
                assert!(function || modifiers.ctrl || modifiers.command, "{action:?} on {platform:?}");
            }
        }
    }
}

#[test]
fn every_platform_has_its_own_habits() {
    let first = |action: Action, platform| action.shortcuts_on(platform).next();
    let keys = |modifiers, key| Some(KeyboardShortcut::new(modifiers, key));
    assert_eq!(first(Action::Redo, Platform::Windows), keys(CMD, Key::Y));
    assert_eq!(first(Action::Redo, Platform::Linux), keys(CMD_SHIFT, Key::Z));
    assert_eq!(first(Action::Redo, Platform::Mac), keys(CMD_SHIFT, Key::Z));
    assert_eq!(first(Action::FullScreen, Platform::Linux), keys(NONE, Key::F11));
    for platform in Platform::ALL {
        assert_eq!(first(Action::Go(crate::workbench::page::Page::Settings), platform), keys(CMD, Key::Comma));
    }
}
