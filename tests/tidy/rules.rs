//! One rule is one function from a source file to what it found there.

use std::fmt;

use crate::source::{ItemPath, Source, Token};

/// The layers from the ground up; those in one row do not use each other.
const LAYERS: &[&[&str]] = &[
    &["jose"],
    &["measure", "template"],
    &["bulk", "findings", "snippet"],
    &["workbench"],
    &["lab"],
    &["jobs"],
    &["cli"],
    &["ui"],
    &["app"],
    &["window"],
    &["main"],
];

/// Layers without files, threads, network or clock.
const PURE: &[&str] = &["jose", "measure", "template", "findings", "snippet", "workbench"];

/// Most lines that a source file may have.
pub(crate) const LONGEST: usize = 600;

/// A place that breaks a rule.
pub(crate) struct Finding {
    path: String,
    /// Counted from 1.
    pub(crate) line: usize,
    message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

fn finding(source: &Source, line: usize, message: String) -> Finding {
    Finding { path: source.path.clone(), line, message }
}

fn height(layer: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&layer))
}

/// Every module of the root is one of the known layers.
pub(crate) fn known_layer(source: &Source) -> Vec<Finding> {
    match source.layer() {
        Some(layer) if height(&layer).is_none() => {
            let message = format!("'{layer}' has no place among the layers: give it one in tests/tidy/rules.rs");
            vec![finding(source, 1, message)]
        }
        _ => Vec::new(),
    }
}

/// A module uses only what stands below it.
pub(crate) fn layers(source: &Source) -> Vec<Finding> {
    let Some(own) = source.layer() else {
        return Vec::new();
    };
    let Some(own_height) = height(&own) else {
        return Vec::new();
    };
    let upward = |path: &ItemPath| -> Option<Finding> {
        let used = path.names.first().filter(|used| path.ours && **used != own)?;
        (height(used)? >= own_height).then(|| {
            let message =
                format!("'{own}' uses '{}', but '{used}' does not stand below '{own}'", path.names.join("::"));
            finding(source, path.line, message)
        })
    };
    source.paths().iter().filter_map(upward).collect()
}

/// Nothing below the window knows the toolkit.
pub(crate) fn toolkit(source: &Source) -> Vec<Finding> {
    if source.layer().is_none_or(|layer| height(&layer) >= height("ui")) {
        return Vec::new();
    }
    let knows = |path: &&ItemPath| path.names.first().is_some_and(|name| name.starts_with("egui") || name == "eframe");
    let found = source.paths();
    found
        .iter()
        .filter(knows)
        .map(|path| finding(source, path.line, "the toolkit belongs to 'ui' and above".to_owned()))
        .collect()
}

/// The pure layers get bytes, time and randomness handed in. Measuring time is what `measure` is for.
pub(crate) fn purity(source: &Source) -> Vec<Finding> {
    let Some(layer) = source.layer().filter(|layer| PURE.contains(&layer.as_str())) else {
        return Vec::new();
    };
    let impure = |path: &ItemPath| -> Option<Finding> {
        let names: Vec<&str> = path.names.iter().map(String::as_str).collect();
        let world = matches!(names.as_slice(), ["std", "fs" | "thread" | "net" | "process" | "env", ..]);
        let clock = names.contains(&"SystemTime")
            || (names.contains(&"Instant") && layer != "measure")
            || names.ends_with(&["Utc", "now"])
            || names.ends_with(&["Local", "now"]);
        (world || clock).then(|| {
            let message =
                format!("'{layer}' touches '{}': let the caller hand in what comes from it", names.join("::"));
            finding(source, path.line, message)
        })
    };
    source.paths_outside_tests().iter().filter_map(impure).collect()
}

/// No file grows beyond [`LONGEST`] lines.
pub(crate) fn length(source: &Source) -> Vec<Finding> {
    let message = || format!("{} lines; a file has at most {LONGEST}: split it by noun", source.lines);
    if source.lines > LONGEST { vec![finding(source, source.lines, message())] } else { Vec::new() }
}

/// Outside tests every missing value and every error is handled.
pub(crate) fn unwrapping(source: &Source) -> Vec<Finding> {
    // A file of this name is declared under `#[cfg(test)]` by its parent.
    if source.path.ends_with("/tests.rs") {
        return Vec::new();
    }
    let tokens = source.tokens_outside_tests();
    let unwraps = |window: &&[Token]| {
        matches!([&*window[0].text, &*window[1].text, &*window[2].text], [".", "unwrap" | "expect", "("])
    };
    let message = |window: &[Token]| format!("'.{}(' can end the program: handle the other case", window[1].text);
    tokens.windows(3).filter(unwraps).map(|window| finding(source, window[1].line, message(window))).collect()
}

/// Outside tests only the theme knows colours; `TRANSPARENT` and `PLACEHOLDER` are none.
pub(crate) fn colours(source: &Source) -> Vec<Finding> {
    if source.path.starts_with("src/ui/theme") {
        return Vec::new();
    }
    let message = || "a colour outside the theme: name it there".to_owned();
    let literal = |name: &String| {
        name.starts_with("from_")
            || (name.chars().all(|c| !c.is_lowercase()) && name != "TRANSPARENT" && name != "PLACEHOLDER")
    };
    let is_colour = |path: &&ItemPath| {
        path.names.windows(2).any(|pair| (pair[0] == "Color32" || pair[0] == "Rgba") && literal(&pair[1]))
    };
    let paths = source.paths_outside_tests();
    let constants = paths.iter().filter(is_colour).map(|path| finding(source, path.line, message()));
    let macros = source.tokens.iter().filter(|token| token.text == "hex_color");
    constants.chain(macros.map(|token| finding(source, token.line, message()))).collect()
}

/// Sizes of text and distances between things are steps of the scale in `theme::measures`; 0 and 1 are none.
pub(crate) fn measures(source: &Source) -> Vec<Finding> {
    if !source.path.starts_with("src/ui/") || source.path.starts_with("src/ui/theme/") {
        return Vec::new();
    }
    let tokens = source.tokens_outside_tests();
    let text = |at: usize| tokens.get(at).map_or("", |token: &Token| token.text.as_str());
    let is_step = |at: usize| text(at).parse::<u32>().is_ok_and(|number| number > 1) && text(at + 3) != "*";
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let written = match token.text.as_str() {
            "regular" | "medium" | "semibold" | "mono" | "size" | "add_space" if text(at + 1) == "(" => is_step(at + 2),
            "item_spacing" => (at..tokens.len()).take_while(|at| text(*at) != ";").any(is_step),
            _ => false,
        };
        if written {
            let message = "a size of text or a distance as a number: take a step of the scale in theme::measures";
            found.push(finding(source, token.line, message.to_owned()));
        }
    }
    found
}
