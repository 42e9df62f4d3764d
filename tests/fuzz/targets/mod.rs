//! What is fuzzed. A target is a function from any bytes that panics where a promise is broken.

mod findings;
mod imports;
mod input;
mod json_edits;
mod key;
mod template;
mod token;

/// One of them.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    pub(crate) run: fn(&[u8]),
    /// Inputs to start from.
    pub(crate) seeds: fn() -> Vec<Vec<u8>>,
}

pub(crate) const ALL: [Target; 6] = [
    Target { name: "token", run: token::run, seeds: token::seeds },
    Target { name: "json_edits", run: json_edits::run, seeds: json_edits::seeds },
    Target { name: "key", run: key::run, seeds: key::seeds },
    Target { name: "template", run: template::run, seeds: template::seeds },
    Target { name: "imports", run: imports::run, seeds: imports::seeds },
    Target { name: "findings", run: findings::run, seeds: findings::seeds },
];
