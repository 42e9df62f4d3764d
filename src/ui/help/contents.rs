//! The whole manual: every section as blocks, with what is listed from its single source, and the search over it.

use super::section::Section;
use super::text::{self, Block, Kind, Span, around};
use super::topic::Topic;
use crate::findings::rules::RULES;

/// No more places are listed for a search.
const MOST_HITS: usize = 60;

/// A section with its text.
#[derive(Clone, Debug)]
pub(super) struct Chapter {
    /// Which it is.
    pub(super) section: Section,
    /// From top to bottom.
    pub(super) blocks: Vec<Block>,
}

/// A place that a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// The section.
    pub(super) section: Section,
    /// The number of the block in it.
    pub(super) block: usize,
    /// The heading above it.
    pub(super) heading: String,
    /// The words around it.
    pub(super) words: String,
}

/// Every section; `shortcuts` are what the keyboard section lists.
pub(super) fn chapters(shortcuts: Vec<Block>) -> Vec<Chapter> {
    let mut shortcuts = Some(shortcuts);
    let chapter = |section: Section| {
        let mut blocks = text::blocks(section.text());
        blocks.extend(match section {
            Section::Findings => rules(),
            Section::Figures => topics(),
            Section::Keyboard => shortcuts.take().unwrap_or_default(),
            _ => Vec::new(),
        });
        Chapter { section, blocks }
    };
    Section::ALL.into_iter().map(chapter).collect()
}

/// Every rule, as it is written where it is told.
fn rules() -> Vec<Block> {
    let strong = |text: &str| Span::of(Kind::Strong, text);
    RULES
        .iter()
        .flat_map(|rule| {
            [
                Block::Heading(3, format!("{}: {}", rule.id, rule.title)),
                Block::Paragraph(vec![Span::plain(rule.why)]),
                Block::Paragraph(vec![strong("What to do. "), Span::plain(rule.mend)]),
                Block::Paragraph(vec![strong("Where it is written. "), Span::plain(format!("{}.", rule.basis))]),
            ]
        })
        .collect()
}

/// Every figure.
fn topics() -> Vec<Block> {
    let more = |section: Section| Span::link(format!("More: {}", section.title()), section.name());
    let of = |topic: &Topic| {
        let words = Span::plain(format!("{} ", topic.explanation()));
        [Block::Heading(3, topic.name().to_owned()), Block::Paragraph(vec![words, more(topic.section())])]
    };
    Topic::ALL.iter().flat_map(of).collect()
}

/// The blocks that hold every word of `query`, those with all of them in a heading first.
pub(super) fn search(chapters: &[Chapter], query: &str) -> Vec<Hit> {
    let query = query.to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    if words.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for chapter in chapters {
        let mut heading = String::new();
        for (block, content) in chapter.blocks.iter().enumerate() {
            let text = content.words();
            let lower = text.to_lowercase();
            let is_heading = matches!(content, Block::Heading(..));
            if is_heading {
                heading.clone_from(&text);
            }
            if words.iter().all(|word| lower.contains(word)) {
                let first = words.first().and_then(|word| lower.find(word)).unwrap_or_default();
                // Lower case can be longer or shorter than what it was made of: then the place is only near.
                let place = first.min(text.len())..(first + query.len()).min(text.len());
                let below = chapter.blocks.get(block + 1).filter(|_| is_heading).map(Block::words);
                let words = below.map_or_else(|| around(&text, place), |below| around(&below, 0..0));
                found.push((!is_heading, Hit { section: chapter.section, block, heading: heading.clone(), words }));
            }
        }
    }
    found.sort_by_key(|(below, _)| *below);
    found.into_iter().map(|(_, hit)| hit).take(MOST_HITS).collect()
}

/// Where a link of the manual leads: a section, and the block of it to show.
pub(super) fn target(chapters: &[Chapter], link: &str) -> Option<(Section, usize)> {
    let (name, anchor) = link.split_once('#').unwrap_or((link, ""));
    let section = Section::from_name(name)?;
    let blocks = &chapters.iter().find(|chapter| chapter.section == section)?.blocks;
    let block = if anchor.is_empty() { 0 } else { blocks.iter().position(|block| block.is_called(anchor))? };
    Some((section, block))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::help::picture;

    #[test]
    fn every_link_leads_somewhere_and_every_picture_is_there() {
        let chapters = chapters(Vec::new());
        for chapter in &chapters {
            for block in &chapter.blocks {
                match block {
                    Block::Paragraph(spans) | Block::Item(_, _, spans) => {
                        for link in spans.iter().filter_map(|span| span.look.link.as_deref()) {
                            assert!(target(&chapters, link).is_some(), "{link} in {:?}", chapter.section);
                        }
                    }
                    Block::Picture(name, about) => {
                        assert!(picture::bytes(name, true).is_some(), "{name} in {:?}", chapter.section);
                        assert!(!about.is_empty(), "{name} in {:?} is not described", chapter.section);
                    }
                    Block::Heading(..) | Block::Code(_) => {}
                }
            }
        }
    }

    #[test]
    fn every_section_begins_with_its_title_and_says_something() {
        for chapter in chapters(Vec::new()) {
            let title = chapter.section.title().to_owned();
            assert_eq!(chapter.blocks.first(), Some(&Block::Heading(1, title)), "{:?}", chapter.section);
            assert!(chapter.blocks.len() > 3, "{:?}", chapter.section);
        }
    }

    #[test]
    fn every_rule_and_every_figure_is_in_the_manual() {
        let chapters = chapters(Vec::new());
        for rule in RULES {
            let found = target(&chapters, &format!("findings#{}", rule.id.to_lowercase()));
            assert!(found.is_some(), "{}", rule.id);
        }
        for topic in Topic::ALL {
            let hits = search(&chapters, topic.name());
            assert!(hits.iter().any(|hit| hit.section == Section::Figures && hit.heading == topic.name()), "{topic:?}");
        }
    }

    #[test]
    fn a_search_finds_what_holds_all_words_headings_first() {
        let chapters = chapters(Vec::new());
        let hits = search(&chapters, "  Longest STALL ");
        assert_eq!(hits.first().map(|hit| hit.heading.as_str()), Some("Longest stall"));
        assert!(hits.iter().any(|hit| hit.words.contains("event loop stood still")), "a heading with what is below it");
        assert!(search(&chapters, "zebra crossing").is_empty());
        assert!(search(&chapters, " ").is_empty());
        assert_eq!(search(&chapters, "e").len(), MOST_HITS);
    }

    #[test]
    fn a_link_to_nothing_leads_nowhere() {
        let chapters = chapters(Vec::new());
        assert_eq!(target(&chapters, "nowhere"), None);
        assert_eq!(target(&chapters, "keys#nothing-of-that-name"), None);
        assert_eq!(target(&chapters, "keys"), Some((Section::Keys, 0)));
    }
}
