//! Notices: what happened elsewhere and is told at the edge of the window.

use std::ops::Range;

use super::file_task::FileTask;
use crate::jose::error::Problem;

/// How a notice looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something was done.
    Done,
    /// Something to know.
    Info,
    /// Something failed.
    Error,
}

/// What a notice offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Read the file again.
    Reload,
    /// Put back the variants that were removed last.
    RestoreVariants,
    /// Put back the template that was deleted under this ticket.
    RestoreTemplate(u64),
}

/// A message about something that happened elsewhere. Errors stay until they are closed, or tried again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Tells notices apart.
    pub id: u64,
    /// How it looks.
    pub kind: NoticeKind,
    /// What happened.
    pub text: String,
    /// The next step, or empty.
    pub help: String,
    /// A button on it.
    pub offer: Option<Offer>,
    /// When it came, seconds since 1970 UTC.
    pub since: i64,
    /// What failed, for an error that the next attempt takes away.
    pub of: Option<Cause>,
}

/// What an error may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Changing the draft.
    Draft,
    /// Putting something on the clipboard.
    Copy,
    /// Reading or writing a file.
    File(FileTask),
}

/// The age, in seconds, of a notice that is not an error and has not gone by itself.
const LIFETIME: Range<i64> = 0..6;
/// Notices shown at once; older ones go first.
const MAX_NOTICES: usize = 4;

/// The notices, oldest first.
#[derive(Debug, Default)]
pub struct Notices {
    list: Vec<Notice>,
    next_id: u64,
}

impl Notices {
    /// The notices, oldest first.
    pub fn list(&self) -> &[Notice] {
        &self.list
    }

    /// Whether one of them goes by itself some time.
    pub fn is_waiting(&self) -> bool {
        self.list.iter().any(Notice::goes_by_itself)
    }

    pub(super) fn done(&mut self, text: impl Into<String>, now: i64) {
        self.push(NoticeKind::Done, text.into(), String::new(), None, now);
    }

    pub(super) fn info(&mut self, text: impl Into<String>, help: impl Into<String>, offer: Option<Offer>, now: i64) {
        self.push(NoticeKind::Info, text.into(), help.into(), offer, now);
    }

    pub(super) fn error(&mut self, problem: Problem, now: i64) {
        self.push(NoticeKind::Error, problem.message, problem.help, None, now);
    }

    pub(super) fn dismiss(&mut self, id: u64) {
        self.list.retain(|notice| notice.id != id);
    }

    /// The number of the next notice: those from it on are newer than all there are.
    pub(super) fn next(&self) -> u64 {
        self.next_id
    }

    /// The errors from this number on have this cause.
    pub(super) fn are_of(&mut self, cause: Cause, from: u64) {
        let new = self.list.iter_mut().filter(|notice| notice.id >= from && notice.kind == NoticeKind::Error);
        new.for_each(|notice| notice.of = Some(cause));
    }

    /// It is tried again, or came right: what was said of it no longer holds.
    pub(super) fn retried(&mut self, cause: Cause) {
        self.list.retain(|notice| notice.of != Some(cause));
    }

    /// What is offered about the file of the draft no longer holds.
    pub(super) fn drop_offers(&mut self) {
        self.drop_offer(Offer::Reload);
    }

    pub(super) fn drop_offer(&mut self, offer: Offer) {
        self.list.retain(|notice| notice.offer != Some(offer));
    }

    /// Lets go of the notices whose time is over, or was never: clocks are set back. Returns whether one went.
    pub fn expire(&mut self, now: i64) -> bool {
        let before = self.list.len();
        self.list.retain(|notice| !notice.goes_by_itself() || LIFETIME.contains(&now.saturating_sub(notice.since)));
        before != self.list.len()
    }

    fn push(&mut self, kind: NoticeKind, text: String, help: String, offer: Option<Offer>, since: i64) {
        self.list.retain(|notice| notice.text != text);
        self.list.push(Notice { id: self.next_id, kind, text, help, offer, since, of: None });
        self.next_id += 1;
        while self.list.len() > MAX_NOTICES {
            self.list.remove(0);
        }
    }
}

impl Notice {
    fn goes_by_itself(&self) -> bool {
        self.kind != NoticeKind::Error && self.offer != Some(Offer::Reload)
    }
}
