//! Finding templates by a few words and by tags.

use std::collections::BTreeMap;

use memchr::memmem::Finder;

use super::entry::Entry;
use super::examples::ExampleEntry;
use super::summary::Summary;

/// What is looked for: every word and every tag must be there.
#[derive(Debug)]
pub struct Search<'q> {
    words: Vec<Finder<'q>>,
    tags: &'q [String],
}

impl<'q> Search<'q> {
    /// A search for the words of `query`, which is in lower case, and for `tags`.
    pub fn new(query: &'q str, tags: &'q [String]) -> Self {
        Self { words: query.split_whitespace().map(Finder::new).collect(), tags }
    }

    /// Whether nothing is looked for: everything is found.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.tags.is_empty()
    }

    /// Whether it finds this template.
    pub fn finds(&self, entry: &Entry) -> bool {
        self.is_empty() || self.finds_in(&entry.key, entry.summary())
    }

    /// Whether it finds this example.
    pub fn finds_example(&self, example: &ExampleEntry) -> bool {
        self.is_empty() || self.finds_in(example.example.file_name, Some(&example.summary))
    }

    fn finds_in(&self, file_name: &str, summary: Option<&Summary>) -> bool {
        let haystack = summary.map_or("", |summary| &summary.haystack);
        let has_tag = |tag: &String| summary.is_some_and(|summary| summary.tags.contains(tag));
        let has =
            |word: &Finder<'_>| word.find(haystack.as_bytes()).is_some() || word.find(file_name.as_bytes()).is_some();
        self.tags.iter().all(has_tag) && self.words.iter().all(has)
    }
}

/// The tags in use, the most frequent first, and how often each is.
pub fn tags(entries: &[Entry]) -> Vec<(&str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for tag in entries.iter().filter_map(Entry::summary).flat_map(|summary| &summary.tags) {
        *counts.entry(tag).or_default() += 1;
    }
    let mut tags: Vec<_> = counts.into_iter().collect();
    tags.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    tags
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::Arc;

    use super::*;
    use crate::jose::error::Problem;
    use crate::template::file::TemplateFile;

    fn entry(file: &str, name: &str, description: &str, claims: &str) -> Entry {
        let mut template = TemplateFile::new(name, r#"{"alg":"ES256"}"#, claims);
        template.description = description.to_owned();
        let mut entry = Entry::new(PathBuf::from(format!("/t/{file}.jwt.json")), 0, "".into(), None);
        entry.content = Some(Arc::new(Ok(Summary::of(&template))));
        entry
    }

    #[test]
    fn every_word_and_tag_must_be_there_and_broken_files_are_found_by_name() {
        let mut broken = entry("Broken-One", "", "", "{}");
        broken.content = Some(Arc::new(Err(Problem::new("x", "X"))));
        let entries = [
            entry("a", "Access token", "For the Gateway #edge #auth", r#"{"tenant":1}"#),
            entry("b", "ID token", "For people #auth", r#"{"nonce":1}"#),
            broken,
        ];
        let found = |query: &str, tags: &[&str]| {
            let tags: Vec<_> = tags.iter().map(|tag| (*tag).to_owned()).collect();
            let search = Search::new(query, &tags);
            entries
                .iter()
                .filter(|entry| search.finds(entry))
                .map(|entry| entry.stem().into_owned())
                .collect::<String>()
        };
        assert_eq!(found("", &[]), "abBroken-One");
        assert_eq!(found("token", &[]), "ab");
        assert_eq!(found("gateway es256", &[]), "a");
        assert_eq!(found("nonce", &[]), "b");
        assert_eq!(found("#auth", &[]), "ab");
        assert_eq!(found("broken", &[]), "Broken-One");
        assert_eq!(found("", &["auth", "edge"]), "a");
        assert_eq!(found("people", &["edge"]), "");
        assert_eq!(tags(&entries), [("auth", 2), ("edge", 1)]);
    }
}
