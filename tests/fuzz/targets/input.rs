//! Reading choices from the bytes of an input, and where inputs come from.

use std::borrow::Cow;
use std::path::PathBuf;

use jwt_workbench::jose::error::Problem;
use jwt_workbench::jose::text::Span;

/// Bytes that choices are taken from, one after the other. Where they are used up, every choice is the first.
pub(super) struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) fn byte(&mut self) -> u8 {
        self.bytes::<1>()[0]
    }

    pub(super) fn long(&mut self) -> i64 {
        i64::from_le_bytes(self.bytes())
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        let (taken, rest) = self.0.split_at(N.min(self.0.len()));
        bytes[..taken.len()].copy_from_slice(taken);
        self.0 = rest;
        bytes
    }

    /// An index into `len` things, of which there is at least one.
    pub(super) fn index(&mut self, len: usize) -> usize {
        usize::from(u16::from_le_bytes(self.bytes())) % len
    }

    pub(super) fn pick<T: Copy>(&mut self, things: &[T]) -> T {
        things[usize::from(self.byte()) % things.len()]
    }

    /// What is left, as text.
    pub(super) fn text(self) -> Cow<'a, str> {
        String::from_utf8_lossy(self.0)
    }
}

/// The bytes before a text that stand for the first of every choice, but for those given.
pub(super) fn seed(choices: &[u8], len: usize, text: &str) -> Vec<u8> {
    let mut bytes = choices.to_vec();
    bytes.resize(len, 0);
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

/// The member `field` of every row of a corpus; nothing where the corpora are not.
pub(super) fn corpus(name: &str, field: &str) -> Vec<String> {
    let folder = std::env::var_os("JWT_WORKBENCH_CORPORA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/dev"), PathBuf::from);
    let rows = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
    rows.lines()
        .filter_map(|row| Some(serde_json::from_str::<serde_json::Value>(row).ok()?.get(field)?.as_str()?.to_owned()))
        .collect()
}

#[track_caller]
pub(super) fn check_span(span: Span, text: &str) {
    assert!(text.get(span.range()).is_some(), "{span:?} is no stretch of {text:?}");
}

/// A problem says what is wrong, where in `text`, and what to do.
#[track_caller]
pub(super) fn check_problem(problem: &Problem, text: &str) {
    assert!(!problem.message.is_empty() && !problem.help.is_empty(), "{problem:?}");
    if let Some(span) = problem.span {
        check_span(span, text);
    }
}
