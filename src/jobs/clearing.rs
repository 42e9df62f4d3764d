//! What of ours is on the clipboard and is to be cleared: its digest and its time, never the text.

use std::time::Instant;

use aws_lc_rs::digest::{self, Digest};

use crate::workbench::copying::Stay;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Clearing(Option<Held>);

#[derive(Debug)]
struct Held {
    digest: Digest,
    due: Option<Instant>,
    on_exit: bool,
}

impl Clearing {
    /// `text` is on the clipboard since `now`, in place of what was there.
    pub(super) fn copied(&mut self, text: &str, stay: Stay, now: Instant) {
        let Stay { clear_after, clear_on_exit } = stay;
        self.0 = (clear_after.is_some() || clear_on_exit).then(|| Held {
            digest: digest_of(text),
            due: clear_after.and_then(|time| now.checked_add(time)),
            on_exit: clear_on_exit,
        });
    }

    /// When it is to be cleared.
    pub(super) fn due(&self) -> Option<Instant> {
        self.0.as_ref()?.due
    }

    /// Whether it is to be cleared when the program ends.
    pub(super) fn on_exit(&self) -> bool {
        self.0.as_ref().is_some_and(|held| held.on_exit)
    }

    /// Whether `text` is what was copied.
    pub(super) fn is_ours(&self, text: &str) -> bool {
        self.0.as_ref().is_some_and(|held| held.digest.as_ref() == digest_of(text).as_ref())
    }

    /// There is nothing to clear any more.
    pub(super) fn forget(&mut self) {
        self.0 = None;
    }
}

fn digest_of(text: &str) -> Digest {
    digest::digest(&digest::SHA256, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const SOON: Stay = Stay { clear_after: Some(Duration::from_secs(30)), clear_on_exit: false };

    #[test]
    fn only_the_text_itself_is_ours_and_a_second_copy_begins_anew() {
        let (mut clearing, start) = (Clearing::default(), Instant::now());
        assert!(!clearing.is_ours("") && clearing.due().is_none() && !clearing.on_exit());
        clearing.copied("first", SOON, start);
        assert!(clearing.is_ours("first") && !clearing.is_ours("first ") && !clearing.is_ours("other"));
        assert_eq!(clearing.due(), Some(start + Duration::from_secs(30)));
        let later = start + Duration::from_secs(20);
        clearing.copied("second", SOON, later);
        assert!(clearing.is_ours("second") && !clearing.is_ours("first"));
        assert_eq!(clearing.due(), Some(later + Duration::from_secs(30)));
        clearing.copied("public", Stay::FOR_EVER, later);
        assert!(!clearing.is_ours("public") && clearing.due().is_none());
    }

    #[test]
    fn what_goes_only_on_exit_has_no_time() {
        let mut clearing = Clearing::default();
        clearing.copied("token", Stay { clear_after: None, clear_on_exit: true }, Instant::now());
        assert!(clearing.on_exit() && clearing.due().is_none() && clearing.is_ours("token"));
        clearing.forget();
        assert!(!clearing.on_exit() && !clearing.is_ours("token"));
    }

    #[test]
    fn nothing_of_the_text_is_kept() {
        let mut clearing = Clearing::default();
        clearing.copied("tweet-canary", SOON, Instant::now());
        assert!(!format!("{clearing:?}").contains("tweet"));
    }
}
