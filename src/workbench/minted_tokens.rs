//! The tokens that left the program since it started: in memory only, the last 50.
//!
//! A token leaves when it is copied, saved, or minted anew at the user's wish. What is typed meanwhile leaves nothing here.

use std::sync::Arc;

use super::Workbench;
use super::command::FileCommand;
use super::copying::CopyKind;
use super::effect::Effect;
use super::facts::Minted;
use super::inspection::KeyPick;
use super::key_ring::KeyId;
use super::page::Page;
use crate::jose::json::Json;
use crate::jose::jwa::{Algorithm, KeyKind};
use crate::jose::secret::Secret;
use crate::template::file::TemplateFile;

/// The most tokens that are remembered.
pub const MOST: usize = 50;

/// The most bytes that they and their drafts may have together; the newest is kept whatever it has.
pub const MOST_BYTES: usize = 32 << 20;

/// Tells remembered tokens apart; never used again for another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MintedId(u64);

/// How a token left the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Onto the clipboard: alone, as a header line, or in a curl command.
    Copied,
    /// Into a file.
    Saved,
    /// It was minted again with a new now.
    MintedAnew,
}

impl Way {
    /// In a word or two: `copied`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Copied => "copied",
            Self::Saved => "saved",
            Self::MintedAnew => "minted anew",
        }
    }
}

/// A token that left the program, and the draft that it was minted from.
#[derive(Debug)]
pub struct MintedToken {
    /// Which one it is.
    pub id: MintedId,
    /// The token.
    pub token: Secret,
    /// When it left last, seconds since 1970 UTC.
    pub at: i64,
    /// How it left last.
    pub way: Way,
    /// The name of its template.
    pub name: String,
    /// The algorithm that signed it.
    pub algorithm: Algorithm,
    /// `sub`, where it is a text.
    pub subject: Option<String>,
    /// `jti`, where it is a text.
    pub identifier: Option<String>,
    /// `nbf`, where it is a whole number of seconds since 1970 UTC.
    pub begins: Option<i64>,
    /// `exp`, likewise.
    pub expires: Option<i64>,
    template: Arc<TemplateFile>,
    /// The key of the ring that signed it; `None` for the typed secret.
    key: Option<KeyId>,
}

/// Whether a token can be used at some instant, as far as its times say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It expired so many seconds ago.
    Expired(i64),
    /// It begins in so many seconds.
    NotYet(i64),
    /// It expires in so many seconds.
    Expires(i64),
    /// It never expires.
    Unending,
}

impl MintedToken {
    /// How it stands at `now`, seconds since 1970 UTC.
    pub fn standing(&self, now: i64) -> Standing {
        match (self.begins, self.expires) {
            (_, Some(expires)) if expires <= now => Standing::Expired(now.saturating_sub(expires)),
            (Some(begins), _) if begins > now => Standing::NotYet(begins.saturating_sub(now)),
            (_, Some(expires)) => Standing::Expires(expires.saturating_sub(now)),
            (_, None) => Standing::Unending,
        }
    }

    fn bytes(&self) -> usize {
        self.token.len() + self.template.header.len() + self.template.claims.len()
    }
}

/// The tokens, the latest first.
#[derive(Debug, Default)]
pub struct MintedTokens {
    list: Vec<MintedToken>,
    last: u64,
}

impl MintedTokens {
    /// All of them, the latest first.
    pub fn list(&self) -> &[MintedToken] {
        &self.list
    }

    /// The token of this identifier, unless it was forgotten.
    pub fn get(&self, id: MintedId) -> Option<&MintedToken> {
        self.list.iter().find(|minted| minted.id == id)
    }

    /// Puts a token at the top. One that is there already moves up; it keeps its identifier.
    fn remember(&mut self, mut new: MintedToken) {
        if let Some(at) = self.list.iter().position(|held| held.token == new.token) {
            new.id = self.list.remove(at).id;
        } else {
            self.last += 1;
            new.id = MintedId(self.last);
        }
        if let Some(held) = self.list.iter().find(|held| held.template == new.template) {
            new.template = Arc::clone(&held.template);
        }
        self.list.insert(0, new);
        let mut bytes = 0;
        let fits = |minted: &MintedToken| {
            bytes += minted.bytes();
            bytes <= MOST_BYTES
        };
        let kept = self.list.iter().take(MOST).map(fits).take_while(|fits| *fits).count();
        self.list.truncate(kept.max(1));
    }

    /// It left again: to the top with it.
    fn touch(&mut self, id: MintedId, at: i64) {
        if let Some(place) = self.list.iter().position(|minted| minted.id == id) {
            let minted = self.list.remove(place);
            self.list.insert(0, MintedToken { at, way: Way::Copied, ..minted });
        }
    }
}

/// What the user wants of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MintedCommand {
    /// Look at it on the Inspect page, with the key that signed it where that is still there.
    Inspect(MintedId),
    /// Compare it with the draft.
    Compare(MintedId),
    /// Copy it again.
    Copy(MintedId),
    /// Make the draft that it was minted from the draft again; asks about unsaved changes first.
    Restore(MintedId),
    /// Forget it and wipe it.
    Forget(MintedId),
    /// Forget them all.
    Clear,
}

impl Workbench {
    /// The tokens that left the program since it started.
    pub fn minted_tokens(&self) -> &MintedTokens {
        &self.minted_tokens
    }

    pub(super) fn apply_minted(&mut self, command: MintedCommand) -> Vec<Effect> {
        match command {
            MintedCommand::Inspect(id) => self.inspect_minted(id),
            MintedCommand::Compare(id) => {
                let minted = self.minted_tokens.get(id);
                let token = minted.and_then(|minted| Some((minted.token.as_str()?.to_owned(), minted.name.clone())));
                token.map(|(token, name)| self.add_token(token, &format!("{name} (token)"))).unwrap_or_default()
            }
            MintedCommand::Copy(id) => {
                self.minted_tokens.touch(id, self.now);
                let text = self.minted_tokens.get(id).map(|minted| minted.token.clone());
                text.map(|text| self.copy_text(text, CopyKind::Token)).into_iter().collect()
            }
            MintedCommand::Restore(id) => self.apply_file(FileCommand::TakeMinted(id)),
            MintedCommand::Forget(id) => {
                self.minted_tokens.list.retain(|minted| minted.id != id);
                Vec::new()
            }
            MintedCommand::Clear => {
                self.minted_tokens.list.clear();
                Vec::new()
            }
        }
    }

    /// To be called when the token of the draft leaves the program.
    pub(super) fn remember_token(&mut self, way: Way) {
        let Some(minted) = self.minted().filter(|_| self.is_settled()).cloned() else { return };
        let Minted { token, algorithm, claims, .. } = minted.as_ref();
        let kind = algorithm.key_kind();
        let text = |name| claims.root().get(name).and_then(|value| value.as_str()).map(|text| text.into_owned());
        self.minted_tokens.remember(MintedToken {
            id: MintedId(0),
            token: Secret::from(token.as_str().to_owned()),
            at: self.now,
            way,
            name: self.plain_draft_name(),
            algorithm: *algorithm,
            subject: text("sub"),
            identifier: text("jti"),
            begins: instant(claims, "nbf"),
            expires: minted.expires(),
            template: Arc::new(self.draft.template().clone()),
            key: self.keys.chosen(kind).filter(|_| kind != KeyKind::Secret).map(|entry| entry.id),
        });
    }

    /// To be called when new facts are there: the user may have asked for a token with a new now.
    pub(super) fn remember_what_was_minted_anew(&mut self) {
        if self.pending.remember_next.take_if(|revision| *revision <= self.facts.revision) == Some(self.facts.revision)
        {
            self.remember_token(Way::MintedAnew);
        }
    }

    /// Whether the draft it was minted from is another one than the draft as it is.
    pub(super) fn is_of_another_draft(&self, id: MintedId) -> bool {
        self.minted_tokens.get(id).is_some_and(|minted| *minted.template != *self.draft.template())
    }

    /// Makes the draft it was minted from the draft, and signs with its key where that is still there.
    pub(super) fn take_minted(&mut self, id: MintedId) -> Vec<Effect> {
        let Some(minted) = self.minted_tokens.get(id) else { return Vec::new() };
        let (template, key) = (Arc::clone(&minted.template), minted.key);
        self.settings.page = Page::Craft;
        let mut effects =
            if self.is_of_another_draft(id) { self.begin(Arc::unwrap_or_clone(template), None) } else { Vec::new() };
        effects.extend(key.map(|key| self.use_key(key)).into_iter().flatten());
        effects
    }

    fn inspect_minted(&mut self, id: MintedId) -> Vec<Effect> {
        let Some(minted) = self.minted_tokens.get(id) else { return Vec::new() };
        let Some(text) = minted.token.as_str().map(str::to_owned) else { return Vec::new() };
        let held = minted.key.filter(|key| self.keys.ring().get(*key).is_some());
        self.inspection.against.key = held.map_or(KeyPick::Automatic, KeyPick::Ring);
        self.inspect(text)
    }
}

fn instant(claims: &Json, name: &str) -> Option<i64> {
    claims.root().get(name)?.as_i64()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::default::default_template;

    fn token(text: &str, claims_bytes: usize) -> MintedToken {
        let mut template = default_template();
        template.claims = "x".repeat(claims_bytes);
        MintedToken {
            id: MintedId(0),
            token: Secret::from(text.to_owned()),
            at: 0,
            way: Way::Copied,
            name: String::new(),
            algorithm: Algorithm::HS256,
            subject: None,
            identifier: None,
            begins: None,
            expires: None,
            template: Arc::new(template),
            key: None,
        }
    }

    fn texts(tokens: &MintedTokens) -> Vec<&str> {
        tokens.list().iter().filter_map(|minted| minted.token.as_str()).collect()
    }

    #[test]
    fn the_latest_is_first_and_no_token_is_there_twice() {
        let mut tokens = MintedTokens::default();
        ["a", "b", "a", "c"].into_iter().for_each(|text| tokens.remember(token(text, 1)));
        assert_eq!(texts(&tokens), ["c", "a", "b"]);
        let (newest, kept) = (tokens.list()[0].id, tokens.list()[2].id);
        tokens.touch(kept, 7);
        assert_eq!((texts(&tokens), tokens.list()[0].id, tokens.list()[0].at), (vec!["b", "c", "a"], kept, 7));
        assert_ne!(newest, kept);
    }

    #[test]
    fn there_are_only_so_many_and_only_so_many_bytes() {
        let mut tokens = MintedTokens::default();
        (0..MOST + 5).for_each(|number| tokens.remember(token(&number.to_string(), 1)));
        assert_eq!((tokens.list().len(), texts(&tokens)[MOST - 1]), (MOST, "5"));
        tokens.remember(token("large", MOST_BYTES - 100));
        assert!((1..MOST).contains(&tokens.list().len()), "{}", tokens.list().len());
        tokens.remember(token("larger", MOST_BYTES));
        assert_eq!(texts(&tokens), ["larger"], "the newest stays whatever it has");
    }

    #[test]
    fn drafts_that_are_the_same_are_held_once() {
        let mut tokens = MintedTokens::default();
        ["a", "b"].into_iter().for_each(|text| tokens.remember(token(text, 9)));
        assert!(Arc::ptr_eq(&tokens.list()[0].template, &tokens.list()[1].template));
    }

    #[test]
    fn times_say_how_a_token_stands() {
        #[track_caller]
        fn check(begins: Option<i64>, expires: Option<i64>, standing: Standing) {
            assert_eq!(MintedToken { begins, expires, ..token("a", 1) }.standing(100), standing);
        }
        check(None, None, Standing::Unending);
        check(None, Some(100), Standing::Expired(0));
        check(Some(200), Some(90), Standing::Expired(10));
        check(Some(101), Some(200), Standing::NotYet(1));
        check(Some(100), Some(160), Standing::Expires(60));
        check(Some(i64::MAX), None, Standing::NotYet(i64::MAX - 100));
        check(None, Some(i64::MIN), Standing::Expired(i64::MAX));
    }
}
