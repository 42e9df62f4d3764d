//! Drafts that were not saved: kept while they are typed, and offered after a crash. Never a key, never a secret.

use uuid::Uuid;

use super::Workbench;
use super::command::{FileCommand, ViewCommand};
use super::effect::Effect;
use super::kept_draft::KeptDraft;
use super::page::Page;
use crate::jose::text::visible;

/// Tells drafts of earlier windows apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DraftId(pub Uuid);

/// A draft that a window left behind which did not close.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftDraft {
    /// Which one it is.
    pub id: DraftId,
    /// The draft.
    pub draft: KeptDraft,
}

/// What is known about drafts that were not saved.
#[derive(Debug, Default)]
pub struct Recovery {
    /// Those of earlier windows, the newest first.
    offers: Vec<LeftDraft>,
    /// The revision of our own draft that is kept, or on its way to be.
    kept: Option<u64>,
    /// The newest revision that was looked at.
    seen: Option<u64>,
    /// Whether the user knows that a draft with a private key is not kept.
    told: bool,
    /// Whether the window closes, with nothing in it to be kept.
    closing: bool,
}

impl Recovery {
    /// The drafts that are offered, the newest first.
    pub fn offers(&self) -> &[LeftDraft] {
        &self.offers
    }
}

/// What the user wants of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecoveryCommand {
    /// Go on with this draft in place of the one there is.
    Open(DraftId),
    /// Forget this draft for ever.
    Discard(DraftId),
}

/// What it wants done elsewhere.
#[derive(Debug)]
pub enum RecoveryEffect {
    /// Keep this draft about a second from now, in place of what this window kept before.
    Keep(Box<KeptDraft>),
    /// There is nothing to keep any more.
    Drop,
    /// This draft of an earlier window is now what this window keeps.
    Adopt(DraftId),
    /// Remove this draft of an earlier window.
    Discard(DraftId),
}

/// What came of it.
#[derive(Debug)]
pub enum RecoveryEvent {
    /// These drafts were left behind by windows that did not close, the newest first. They are held for this window.
    Found(Vec<LeftDraft>),
}

impl Workbench {
    /// Drafts that were not saved.
    pub fn recovery(&self) -> &Recovery {
        &self.recovery
    }

    pub(super) fn apply_recovery(&mut self, command: RecoveryCommand) -> Vec<Effect> {
        match command {
            RecoveryCommand::Open(id) => self.apply_file(FileCommand::OpenKept(id)),
            RecoveryCommand::Discard(id) => {
                let discarded = self.take_offer(id).map(|_| Effect::Recovery(RecoveryEffect::Discard(id)));
                discarded.into_iter().collect()
            }
        }
    }

    pub(super) fn on_recovery(&mut self, event: RecoveryEvent) -> Vec<Effect> {
        let RecoveryEvent::Found(found) = event;
        if !found.is_empty() && self.settings.page != Page::Craft {
            self.notices.info("A draft was not saved.", "It is offered on the Craft page.", None, self.now);
        }
        self.recovery.offers = found;
        Vec::new()
    }

    /// Goes on with a draft of an earlier window. It is tied to its file as that was when the draft was begun: the
    /// watcher tells when the file is another one by now, and saving asks.
    pub(super) fn open_kept(&mut self, id: DraftId) -> Vec<Effect> {
        let Some(LeftDraft { draft, .. }) = self.take_offer(id) else { return Vec::new() };
        let title = draft.title();
        let mut effects = vec![Effect::Recovery(RecoveryEffect::Adopt(id))];
        if self.settings.page != Page::Craft {
            effects.extend(self.apply_view(ViewCommand::Page(Page::Craft)));
        }
        effects.extend(self.begin(draft.template, draft.origin));
        self.draft.was_never_saved();
        self.notices.done(format!("{} is open again. It is not saved yet.", visible(&title)), self.now);
        effects
    }

    fn take_offer(&mut self, id: DraftId) -> Option<LeftDraft> {
        let place = self.recovery.offers.iter().position(|offer| offer.id == id)?;
        Some(self.recovery.offers.remove(place))
    }

    /// Keeps the draft as it is now, or drops what was kept. To be called after everything that happens.
    pub(super) fn keep_draft(&mut self, effects: &mut Vec<Effect>) {
        let quits = effects.iter().position(|effect| matches!(effect, Effect::Quit));
        self.recovery.closing |= quits.is_some();
        let revision = self.draft.revision();
        let wanted = self.draft.is_unsaved() && self.settings.safety.keep_drafts && !self.recovery.closing;
        if !wanted {
            self.recovery.seen = None;
            if self.recovery.kept.take().is_some() {
                // Before the window closes, not after.
                effects.insert(quits.unwrap_or(effects.len()), Effect::Recovery(RecoveryEffect::Drop));
            }
        } else if self.recovery.seen.replace(revision) != Some(revision) {
            effects.extend(self.kept_now(revision).map(Effect::Recovery));
        }
    }

    fn kept_now(&mut self, revision: u64) -> Option<RecoveryEffect> {
        if let Some(draft) = KeptDraft::of(&self.draft, self.now) {
            self.recovery.kept = Some(revision);
            return Some(RecoveryEffect::Keep(Box::new(draft)));
        }
        if !std::mem::replace(&mut self.recovery.told, true) {
            let help = "Save it yourself, or take the key out of its texts.";
            self.notices.info("A draft with a private key in it is not kept for after a crash.", help, None, self.now);
        }
        self.recovery.kept.take().map(|_| RecoveryEffect::Drop)
    }
}
