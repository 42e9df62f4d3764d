//! Finding actions by a few of their letters.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::ui::action::Action;

/// How much a letter found in another word for an action counts, in percent of one in its name.
const SYNONYM_PERCENT: u32 = 70;

/// An action that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The action.
    pub(super) action: Action,
    /// The letters of its name that were looked for, by their place among its characters, in order.
    pub(super) letters: Vec<u32>,
    /// Whether it stands at the top because it was used lately.
    pub(super) recent: bool,
}

/// Searches the actions. It keeps the tables of the matcher, which are large.
pub(super) struct Search {
    matcher: Matcher,
    text: Vec<char>,
}

impl Default for Search {
    fn default() -> Self {
        let mut config = Config::DEFAULT;
        // Whoever types the beginning of a name means that name.
        config.prefer_prefix = true;
        Self { matcher: Matcher::new(config), text: Vec::new() }
    }
}

impl Search {
    /// The actions that a query finds, best first. Without a query it is all of them, those of `recent` first; those that
    /// cannot be done now come last then, and behind their equals otherwise.
    pub(super) fn find(&mut self, query: &str, recent: &[Action], is_enabled: impl Fn(Action) -> bool) -> Vec<Found> {
        let found = |action, letters, recent| Found { action, letters, recent };
        if query.trim().is_empty() {
            let mut all = Action::all();
            all.retain(|action| !recent.contains(action));
            all.sort_by_key(|action| !is_enabled(*action));
            let recent = recent.iter().map(|action| found(*action, Vec::new(), true));
            return recent.chain(all.into_iter().map(|action| found(action, Vec::new(), false))).collect();
        }
        let pattern = Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
        let mut scored: Vec<_> = Action::all()
            .into_iter()
            .filter_map(|action| {
                let label = action.label();
                let (score, letters) = self.score(&pattern, &label, action.synonyms())?;
                let rank = (Reverse(score), !is_enabled(action), label.chars().count());
                Some((rank, found(action, letters, false)))
            })
            .collect();
        scored.sort_by_key(|(rank, _)| *rank);
        scored.into_iter().map(|(_, found)| found).collect()
    }

    /// How well a name, or one of the other words, holds the letters; more is better.
    fn score(&mut self, pattern: &Pattern, label: &str, synonyms: &str) -> Option<(u32, Vec<u32>)> {
        let mut letters = Vec::new();
        let by_name = pattern.indices(Utf32Str::new(label, &mut self.text), &mut self.matcher, &mut letters);
        letters.sort_unstable();
        letters.dedup();
        // The name belongs to it, so that "clipboard token" finds what copies the token.
        let all = format!("{label} {synonyms}");
        let by_synonym = pattern.score(Utf32Str::new(&all, &mut self.text), &mut self.matcher);
        let by_synonym = by_synonym.map(|score| score * SYNONYM_PERCENT / 100);
        match (by_name, by_synonym) {
            (Some(name), synonym) if synonym.is_none_or(|synonym| name >= synonym) => Some((name, letters)),
            (_, Some(synonym)) => Some((synonym, if by_name.is_some() { letters } else { Vec::new() })),
            (name, None) => name.map(|name| (name, letters)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbench::page::Page;
    use crate::workbench::settings::Theme;

    fn found(query: &str) -> Vec<Action> {
        Search::default().find(query, &[], |_| true).into_iter().map(|found| found.action).collect()
    }

    #[test]
    fn every_action_is_found_first_by_its_name() {
        for action in Action::all() {
            assert_eq!(found(&action.label()).first(), Some(&action), "{}", action.label());
            assert_eq!(found(&action.label().to_lowercase()).first(), Some(&action), "{}", action.label());
        }
    }

    #[test]
    fn a_few_letters_do() {
        assert_eq!(found("ctok").first(), Some(&Action::CopyToken));
        assert_eq!(found("zxqj"), []);
        assert_eq!(found("").len(), Action::all().len());
    }

    #[test]
    fn other_words_find_what_is_called_differently() {
        for (words, wanted) in [
            ("expiration", Action::ExpireIn(300)),
            ("dark mode", Action::UseTheme(Theme::Dark)),
            ("curl", Action::CopyCurl),
            ("decode", Action::Go(Page::Inspect)),
            ("preferences", Action::Go(Page::Settings)),
            ("benchmark", Action::Measure),
            ("batch", Action::MintMany),
            ("hotkeys", Action::Shortcuts),
            ("jwks", Action::OpenKey),
        ] {
            let found = found(words);
            assert!(found.iter().take(8).any(|action| *action == wanted), "{words}: {:?}", found.get(..8));
        }
    }

    #[test]
    fn matched_letters_are_those_of_the_name() {
        let first = Search::default().find("cotok", &[], |_| true).into_iter().next();
        let letters = first.filter(|found| found.action == Action::CopyToken).map(|found| found.letters);
        assert_eq!(letters, Some(vec![0, 1, 5, 6, 7]));
    }

    #[test]
    fn what_was_used_lately_comes_first_and_what_cannot_be_done_last() {
        let recent = [Action::CopyToken, Action::Undo];
        let all = Search::default().find(" ", &recent, |action| action != Action::New);
        assert_eq!(all.first().map(|found| (found.action, found.recent)), Some((Action::CopyToken, true)));
        assert_eq!(all.get(1).map(|found| found.action), Some(Action::Undo));
        assert_eq!(all.last().map(|found| found.action), Some(Action::New));
        assert_eq!(all.len(), Action::all().len());
    }
}
