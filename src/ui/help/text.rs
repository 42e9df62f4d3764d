//! The text of a section: Markdown read into blocks, once.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// One thing below the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// A heading; 1 is the title of the section.
    Heading(u8, String),
    /// Running text.
    Paragraph(Vec<Span>),
    /// An entry of a list: how deep it stands, the sign before it, and its text.
    Item(usize, String, Vec<Span>),
    /// Lines as they are typed.
    Code(String),
    /// A picture by its name, and what it shows.
    Picture(String, String),
}

/// A stretch of text that looks the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    /// The words.
    pub(super) text: String,
    /// How they are drawn, and where they lead.
    pub(super) look: Look,
}

/// How words are drawn, and where they lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// The kind of words.
    pub(super) kind: Kind,
    /// Where a click leads.
    pub(super) link: Option<String>,
}

/// A kind of words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// Running text.
    #[default]
    Plain,
    /// What a line is about.
    Strong,
    /// What something in the window is called.
    Name,
    /// As it is typed.
    Code,
}

impl Span {
    /// Words of a kind.
    pub(super) fn of(kind: Kind, text: impl Into<String>) -> Self {
        Self { text: text.into(), look: Look { kind, link: None } }
    }

    /// Ordinary words.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::of(Kind::Plain, text)
    }

    /// Words that lead somewhere.
    pub(super) fn link(text: impl Into<String>, to: &str) -> Self {
        Self { text: text.into(), look: Look { kind: Kind::Plain, link: Some(to.to_owned()) } }
    }
}

impl Block {
    /// Its words, for searching.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Heading(_, text) | Self::Code(text) | Self::Picture(_, text) => text.clone(),
            Self::Paragraph(spans) | Self::Item(_, _, spans) => spans.iter().map(|span| span.text.as_str()).collect(),
        }
    }

    /// What a link calls this heading: its first word, or all of it with hyphens.
    pub(super) fn is_called(&self, anchor: &str) -> bool {
        let Self::Heading(_, text) = self else { return false };
        let slug: Vec<String> = text
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        slug.join("-") == anchor || slug.first().is_some_and(|first| first == anchor)
    }
}

/// The blocks of a text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for event in Parser::new_ext(text, Options::empty()) {
        reader.take(event);
    }
    reader.blocks
}

/// What has been read so far.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    spans: Vec<Span>,
    look: Look,
    code: Option<String>,
    /// The number of the next entry of every list that is open; `None` for a list without numbers.
    lists: Vec<Option<u64>>,
    /// The sign of the entry whose text is being read.
    sign: Option<String>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.push(&text, self.look.kind),
            },
            Event::Code(text) => self.push(&text, Kind::Code),
            Event::SoftBreak | Event::HardBreak => self.push(" ", self.look.kind),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong => self.look.kind = Kind::Strong,
            Tag::Emphasis => self.look.kind = Kind::Name,
            Tag::Link { dest_url, .. } => self.look.link = Some(dest_url.into_string()),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => self.code = Some(String::new()),
            Tag::List(first) => {
                // The text of the entry that this list stands in ends here.
                self.item();
                self.lists.push(first);
            }
            Tag::Item => {
                self.sign = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}.", *number - 1)
                    }
                    _ => "•".to_owned(),
                });
            }
            Tag::Image { dest_url, .. } => self.look.link = Some(dest_url.into_string()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong | TagEnd::Emphasis => self.look.kind = Kind::Plain,
            TagEnd::Link => self.look.link = None,
            TagEnd::CodeBlock => {
                let code = self.code.take().unwrap_or_default();
                self.blocks.push(Block::Code(code.trim_end().to_owned()));
            }
            TagEnd::Heading(level) => {
                let text = self.spans.drain(..).map(|span| span.text).collect();
                self.blocks.push(Block::Heading(depth(level), text));
            }
            TagEnd::Paragraph if self.sign.is_none() && !self.spans.is_empty() => {
                let spans = std::mem::take(&mut self.spans);
                self.blocks.push(Block::Paragraph(spans));
            }
            TagEnd::Item => self.item(),
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Image => {
                let about = self.spans.pop().map(|span| span.text).unwrap_or_default();
                self.blocks.push(Block::Picture(self.look.link.take().unwrap_or_default(), about));
            }
            _ => {}
        }
    }

    /// Ends the entry whose text is being read.
    fn item(&mut self) {
        if let Some(sign) = self.sign.take() {
            let depth = self.lists.len().saturating_sub(1);
            self.blocks.push(Block::Item(depth, sign, std::mem::take(&mut self.spans)));
        }
    }

    fn push(&mut self, text: &str, kind: Kind) {
        let look = Look { kind, ..self.look.clone() };
        match self.spans.last_mut() {
            Some(last) if last.look == look => last.text.push_str(text),
            _ => self.spans.push(Span { text: text.to_owned(), look }),
        }
    }
}

const fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        _ => 3,
    }
}

/// Some words around a place of a text, from one space to another, with dots where it goes on.
pub(super) fn around(text: &str, place: Range<usize>) -> String {
    const BEFORE: usize = 40;
    const BEHIND: usize = 90;
    let start = text.floor_char_boundary(place.start.saturating_sub(BEFORE));
    let end = text.ceil_char_boundary((place.end + BEHIND).min(text.len()));
    let start = if start == 0 {
        0
    } else {
        text.get(start..).and_then(|rest| rest.find(' ')).map_or(start, |at| start + at + 1)
    };
    let end = if end == text.len() { end } else { text.get(..end).and_then(|rest| rest.rfind(' ')).unwrap_or(end) };
    let middle = text.get(start.min(end)..end).unwrap_or_default();
    let dots = |is: bool| if is { "…" } else { "" };
    format!("{}{middle}{}", dots(start > 0), dots(end < text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_blocks() {
        let read = blocks(
            "# Title\n\nSome **bold** and `code` with *Name* and [a link](keys#es256).\n\n1. One\n2. Two\n   - inner\n\n```\na\nb\n```\n\n![A picture](craft)\n",
        );
        assert_eq!(read.first(), Some(&Block::Heading(1, "Title".to_owned())));
        let Some(Block::Paragraph(spans)) = read.get(1) else { panic!("{read:?}") };
        let kinds: Vec<Kind> = spans.iter().map(|span| span.look.kind).collect();
        let plain = Kind::Plain;
        assert_eq!(kinds, [plain, Kind::Strong, plain, Kind::Code, plain, Kind::Name, plain, plain, plain]);
        assert_eq!(spans[7].look.link.as_deref(), Some("keys#es256"));
        assert_eq!(read.get(2), Some(&Block::Item(0, "1.".to_owned(), vec![Span::plain("One")])));
        assert_eq!(read.get(3), Some(&Block::Item(0, "2.".to_owned(), vec![Span::plain("Two")])));
        assert_eq!(read.get(4), Some(&Block::Item(1, "•".to_owned(), vec![Span::plain("inner")])));
        assert_eq!(read.get(5), Some(&Block::Code("a\nb".to_owned())));
        assert_eq!(read.get(6), Some(&Block::Picture("craft".to_owned(), "A picture".to_owned())));
        assert_eq!(read.len(), 7);
    }

    #[test]
    fn headings_are_found_by_what_links_call_them() {
        let heading = Block::Heading(2, "K01: The secret is as long as the hash".to_owned());
        assert!(heading.is_called("k01") && heading.is_called("k01-the-secret-is-as-long-as-the-hash"));
        assert!(!heading.is_called("k0"));
    }

    #[test]
    fn a_place_is_told_with_the_words_around_it() {
        let text = "é ".repeat(100) + "needle" + &" ü".repeat(100);
        let found = around(&text, 300..306);
        assert!(found.starts_with('…') && found.ends_with('…') && found.contains("needle"), "{found}");
        assert_eq!(around("a needle", 2..8), "a needle");
    }
}
