//! Shortcuts of all actions, and the typing that follows one of them.

use eframe::egui::{Context, Event, Id, Order, PointerState};

use super::action::{Action, Platform, Shortcuts};
use super::request::CommandQueue;
use crate::workbench::Workbench;
use crate::workbench::page::Page;

/// The shortcuts, and what was typed behind one of them within a single frame.
pub(super) struct Keyboard {
    shortcuts: Shortcuts,
    typed_ahead: Vec<Event>,
    /// What had the focus when nothing lay over the window.
    focused: Option<Id>,
    covered: bool,
    /// In how many frames it is still to be given back.
    returning: u8,
}

impl Default for Keyboard {
    fn default() -> Self {
        let shortcuts = Shortcuts::on(Platform::HERE);
        Self { shortcuts, typed_ahead: Vec::new(), focused: None, covered: false, returning: 0 }
    }
}

impl Keyboard {
    /// Takes the first shortcut out of the frame's events and asks for its action.
    ///
    /// The action may move the keyboard to another field, so what was typed after it belongs to the next frame: on a
    /// slow machine a whole word can arrive in the same frame as the shortcut before it.
    pub(super) fn take_shortcut(&mut self, ctx: &Context, workbench: &Workbench, commands: &CommandQueue) {
        let page = workbench.settings().page;
        let pressed = ctx.input_mut(|input| {
            let found = input.events.iter().enumerate().find_map(|(at, event)| Some((at, self.action(event, page)?)));
            let (at, action) = found?;
            self.typed_ahead = input.events.split_off(at + 1);
            input.events.pop();
            Some(action)
        });
        // A disabled action swallows its keys, so that Ctrl+Z in an untouched draft reaches nothing by accident.
        if let Some(action) = pressed.filter(|action| action.is_enabled(workbench)) {
            commands.push(action);
        }
    }

    /// Gives the focus back to what had it before something covered the window, unless something else takes it.
    pub(super) fn keep_focus(&mut self, ctx: &Context, covered: bool) {
        if self.covered && !covered {
            // egui bars what lay under a dialog from the focus for one frame more.
            self.returning = 2;
        }
        if covered && !self.covered {
            // A tooltip stays open while the pointer rests on what it belongs to, also above a dialog: egui is to forget
            // the pointer until it moves.
            ctx.input_mut(|input| input.pointer = PointerState::default());
        }
        self.covered = covered;
        let focused = ctx.memory(|memory| memory.focused());
        let in_window = |id| ctx.read_response(id).is_some_and(|response| response.layer_id.order == Order::Background);
        match self.focused {
            _ if covered => {}
            Some(before) if self.returning > 0 && !focused.is_some_and(in_window) => {
                self.returning -= 1;
                ctx.memory_mut(|memory| memory.request_focus(before));
                ctx.request_repaint();
            }
            _ => {
                self.returning = 0;
                self.focused = focused;
            }
        }
    }

    /// Keeps what is typed for later: the field that will take it is not there yet.
    pub(super) fn hold_typing(&mut self, ctx: &Context) {
        let typed = |event: &mut Event| matches!(event, Event::Key { .. } | Event::Text(_) | Event::Paste(_));
        ctx.input_mut(|input| self.typed_ahead.extend(input.events.extract_if(.., typed)));
    }

    /// Gives what was typed ahead to this frame, before anything of its own. To be called when the field is there.
    pub(super) fn give_typed_ahead(&mut self, ctx: &Context) {
        let ahead = std::mem::take(&mut self.typed_ahead);
        if !ahead.is_empty() {
            ctx.input_mut(|input| drop(input.events.splice(0..0, ahead)));
        }
    }

    /// Whether something typed ahead waits for the next frame.
    pub(super) fn is_waiting(&self) -> bool {
        !self.typed_ahead.is_empty()
    }

    /// The action that a key press asks for. Where the draft is not on show, undo and redo are for the field at hand.
    fn action(&self, event: &Event, page: Page) -> Option<Action> {
        let Event::Key { key, pressed: true, modifiers, .. } = event else { return None };
        let action = self.shortcuts.action(*key, *modifiers)?;
        let is_for_field = page != Page::Craft && matches!(action, Action::Undo | Action::Redo);
        (!is_for_field).then_some(action)
    }
}
