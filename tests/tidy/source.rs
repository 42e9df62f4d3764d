//! A source file as the rules read it: its tokens without comments and texts, and the paths in them.

/// One source file.
pub(crate) struct Source {
    /// Path in the package, with `/` on every system: `src/jose/key.rs`.
    pub(crate) path: String,
    /// Number of lines.
    pub(crate) lines: usize,
    /// Everything but comments, strings, characters and lifetimes.
    pub(crate) tokens: Vec<Token>,
}

/// A name or a sign. `::` is one sign, every other sign is one character.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    /// As written, without `r#`.
    pub(crate) text: String,
    /// Counted from 1.
    pub(crate) line: usize,
}

/// A path with its place, `crate`, `self` and `super` resolved.
#[derive(Debug, PartialEq)]
pub(crate) struct ItemPath {
    /// Whether `names` starts at the root of this package.
    pub(crate) ours: bool,
    /// From the root of the crate concerned, or as written.
    pub(crate) names: Vec<String>,
    /// Counted from 1, of the last name.
    pub(crate) line: usize,
}

impl Source {
    /// Reads a file's text.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), lines: text.lines().count(), tokens: tokens(text) }
    }

    /// The module that the file is: `["jose", "key"]`; empty for the root.
    pub(crate) fn module(&self) -> Vec<String> {
        let path = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        let mut names: Vec<String> = path.split('/').map(str::to_owned).collect();
        if names.last().is_some_and(|last| last == "mod" || last == "lib") {
            names.pop();
        }
        names
    }

    /// The first name of [`Self::module`]: the layer; `None` for the root.
    pub(crate) fn layer(&self) -> Option<String> {
        self.module().into_iter().next()
    }

    /// The tokens outside items marked `#[cfg(test)]`.
    pub(crate) fn tokens_outside_tests(&self) -> Vec<Token> {
        const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
        let mut kept = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let rest = &self.tokens[at..];
            if rest.iter().map(|token| token.text.as_str()).take(MARK.len()).eq(MARK) {
                at += MARK.len() + item_length(&rest[MARK.len()..]);
            } else {
                kept.push(self.tokens[at].clone());
                at += 1;
            }
        }
        kept
    }

    /// All paths of two names or more, and everything that a `use` names.
    pub(crate) fn paths(&self) -> Vec<ItemPath> {
        paths(&self.tokens, &self.module())
    }

    /// The same outside items marked `#[cfg(test)]`.
    pub(crate) fn paths_outside_tests(&self) -> Vec<ItemPath> {
        paths(&self.tokens_outside_tests(), &self.module())
    }
}

/// How many tokens the item at the start has: up to the `;` or the closing brace that ends it.
fn item_length(tokens: &[Token]) -> usize {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => {
                depth = depth.saturating_sub(1);
                if depth == 0 && token.text == "}" {
                    return index + 1;
                }
            }
            ";" if depth == 0 => return index + 1,
            _ => {}
        }
    }
    tokens.len()
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let length = skipped(rest);
        let taken = if length > 0 {
            length
        } else {
            let name = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
            let taken = if name > 0 {
                name
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            if !first.is_whitespace() {
                tokens.push(Token { text: rest[..taken].to_owned(), line });
            }
            taken
        };
        line += rest[..taken].matches('\n').count();
        rest = &rest[taken..];
    }
    tokens
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Length of the comment, string, character or lifetime that `rest` starts with; 0 when it starts with none of them.
fn skipped(rest: &str) -> usize {
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return block_comment(rest);
    }
    for prefix in ["b", "c", ""] {
        if let Some(quoted) = rest.strip_prefix(prefix) {
            if quoted.starts_with('"') {
                return prefix.len() + text_literal(quoted);
            }
            if quoted.starts_with("r\"") || quoted.starts_with("r#\"") || quoted.starts_with("r##") {
                return prefix.len() + raw_literal(quoted);
            }
            if quoted.starts_with('\'') {
                return prefix.len() + character_or_lifetime(quoted);
            }
        }
    }
    if rest.starts_with("r#") { 2 } else { 0 }
}

fn block_comment(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

fn text_literal(rest: &str) -> usize {
    let mut escaped = false;
    for (index, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return index + 1,
            _ => {}
        }
    }
    rest.len()
}

fn raw_literal(rest: &str) -> usize {
    let hashes = rest[1..].bytes().take_while(|&byte| byte == b'#').count();
    let start = 1 + hashes + 1;
    let end = format!("\"{}", "#".repeat(hashes));
    rest[start..].find(&end).map_or(rest.len(), |found| start + found + end.len())
}

fn character_or_lifetime(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), Some((escaped, c))) => {
            let after = escaped + c.len_utf8();
            rest[after..].find('\'').map_or(rest.len(), |end| after + end + 1)
        }
        (Some(_), Some((end, '\''))) => end + 1,
        _ => 1 + rest[1..].find(|c: char| !is_name(c)).unwrap_or(rest.len() - 1),
    }
}

fn paths(tokens: &[Token], file: &[String]) -> Vec<ItemPath> {
    let mut found = Vec::new();
    let mut module = file.to_vec();
    // Depths of the braces at which the inline modules around this place were opened.
    let mut inline = Vec::new();
    let mut depth = 0;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let text = |offset: usize| tokens.get(at + offset).map_or("", |token| token.text.as_str());
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                if inline.last() == Some(&depth) {
                    inline.pop();
                    module.pop();
                }
            }
            "mod" if text(2) == "{" => {
                module.push(text(1).to_owned());
                inline.push(depth);
                depth += 1;
                at += 2;
            }
            "use" => {
                at += 1;
                at += use_tree(&tokens[at..], &[], &module, &mut found);
                continue;
            }
            name if name.starts_with(is_name) && text(1) == "::" => {
                at += inline_path(&tokens[at..], &module, &mut found);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Reads `a::b::{c, d as e}`; returns how many tokens it has.
fn use_tree(tokens: &[Token], prefix: &[String], module: &[String], found: &mut Vec<ItemPath>) -> usize {
    let mut names = prefix.to_vec();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token.text.as_str() {
            "::" => {}
            "{" => {
                while tokens.get(at).is_some_and(|token| token.text != "}") {
                    at += use_tree(&tokens[at..], &names, module, found);
                    if tokens.get(at).is_some_and(|token| token.text == ",") {
                        at += 1;
                    }
                }
                return at + 1;
            }
            "," | "}" | ";" => {
                at -= 1;
                break;
            }
            "as" => at += 1,
            name => {
                names.push(name.to_owned());
                if tokens.get(at).is_none_or(|next| next.text != "::") {
                    found.push(resolve(&names, token.line, module));
                }
            }
        }
    }
    at
}

fn inline_path(tokens: &[Token], module: &[String], found: &mut Vec<ItemPath>) -> usize {
    let mut names = vec![tokens[0].text.clone()];
    let mut at = 1;
    while let (Some(sign), Some(name)) = (tokens.get(at), tokens.get(at + 1)) {
        if sign.text != "::" || !name.text.starts_with(is_name) {
            break;
        }
        names.push(name.text.clone());
        at += 2;
    }
    found.push(resolve(&names, tokens[at - 1].line, module));
    at
}

fn resolve(names: &[String], line: usize, module: &[String]) -> ItemPath {
    let mut base = match names.first().map(String::as_str) {
        Some("crate" | "jwt_workbench") => Vec::new(),
        Some("self" | "super") => module.to_vec(),
        _ => {
            return ItemPath { ours: false, names: names.to_vec(), line };
        }
    };
    for name in names {
        match name.as_str() {
            "crate" | "jwt_workbench" | "self" => {}
            "super" => {
                base.pop();
            }
            name => base.push(name.to_owned()),
        }
    }
    ItemPath { ours: true, names: base, line }
}
