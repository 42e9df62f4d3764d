//! Names and quoted texts, as languages want them.

use super::model::Constant;

/// How the words of a name are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// `RATE_LIMIT`
    Screaming,
    /// `rateLimit`
    Camel,
    /// `RateLimit`
    Pascal,
    /// `rate_limit`
    Snake,
}

/// Names for the constants, each fit for code, none twice and none among those that are `taken`.
pub(super) fn names(constants: &[Constant], case: Case, taken: &[&str]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(constants.len());
    for constant in constants {
        let name = identifier(&constant.name, case);
        let name = if taken.contains(&name.as_str()) { identifier(&format!("{name} value"), case) } else { name };
        let mut free = name.clone();
        let mut number = 2;
        while names.contains(&free) || taken.contains(&free.as_str()) {
            free = format!("{name}{}{number}", if matches!(case, Case::Screaming | Case::Snake) { "_" } else { "" });
            number += 1;
        }
        names.push(free);
    }
    names
}

fn identifier(name: &str, case: Case) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut last_lower = false;
    for char in name.chars() {
        if !char.is_ascii_alphanumeric() {
            words.push(String::new());
            last_lower = false;
            continue;
        }
        if words.is_empty() || (char.is_ascii_uppercase() && last_lower) {
            words.push(String::new());
        }
        last_lower = char.is_ascii_lowercase() || char.is_ascii_digit();
        if let Some(word) = words.last_mut() {
            word.push(char.to_ascii_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    // A name cannot begin with a digit, and one of other letters leaves nothing.
    if words.first().is_none_or(|word| word.starts_with(|char: char| char.is_ascii_digit())) {
        words.insert(0, "value".to_owned());
    }
    match case {
        Case::Screaming => words.join("_").to_uppercase(),
        Case::Snake => words.join("_"),
        Case::Camel | Case::Pascal => words
            .iter()
            .enumerate()
            .map(|(index, word)| if index == 0 && case == Case::Camel { word.clone() } else { capital(word) })
            .collect(),
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}

/// How a character that is not written as it is looks in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Escape {
    /// `\u00ad`, `\U000e0001`: Python, C#, Go.
    Wide,
    /// `\u00ad`, `\udb40\udc01`: JavaScript, Java.
    Pairs,
    /// `\u{ad}`: Rust.
    Braces,
}

/// The body of a text between `quote`s: what closes it, line breaks, control characters and what is not seen or turns
/// the writing around is escaped, everything else stays legible.
pub(super) fn body(text: &str, quote: char, escape: Escape) -> String {
    let mut body = String::with_capacity(text.len() + 2);
    for char in text.chars() {
        match char {
            '\\' => body.push_str("\\\\"),
            '\n' => body.push_str("\\n"),
            '\r' => body.push_str("\\r"),
            '\t' => body.push_str("\\t"),
            _ if char == quote => body.extend(['\\', char]),
            _ if is_hidden(char) => body.push_str(&escaped(char, escape)),
            _ => body.push(char),
        }
    }
    body
}

/// The text between double quotes; see [`body`].
pub(super) fn quoted(text: &str, escape: Escape) -> String {
    format!("\"{}\"", body(text, '"', escape))
}

fn is_hidden(char: char) -> bool {
    // The joiners hold letters and emoji together.
    !matches!(char, ' ' | '\u{3000}' | '\u{200c}' | '\u{200d}') && crate::jose::json::invisible(char).is_some()
}

fn escaped(char: char, escape: Escape) -> String {
    let code = u32::from(char);
    match escape {
        Escape::Braces => format!("\\u{{{code:x}}}"),
        Escape::Wide if code > 0xffff => format!("\\U{code:08x}"),
        Escape::Wide | Escape::Pairs => {
            let mut units = [0; 2];
            char.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::Value;
    use super::*;

    #[test]
    fn names_are_fit_for_code_and_come_once() {
        let constants: Vec<_> = ["rateLimit", "API url", "größe", "2key", "値", "key", "api_URL"]
            .map(|name| Constant { name: name.to_owned(), value: Value::Null, declared: true })
            .into();
        let written = |case, taken: &[&str]| names(&constants, case, taken).join(" ");
        assert_eq!(written(Case::Screaming, &["KEY"]), "RATE_LIMIT API_URL GR_E VALUE_2KEY VALUE KEY_VALUE API_URL_2");
        assert_eq!(written(Case::Camel, &["key"]), "rateLimit apiUrl grE value2key value keyValue apiUrl2");
        assert_eq!(written(Case::Pascal, &[]), "RateLimit ApiUrl GrE Value2key Value Key ApiUrl2");
        assert_eq!(written(Case::Snake, &[]), "rate_limit api_url gr_e value_2key value key api_url_2");
    }

    #[test]
    fn what_closes_a_text_or_is_not_seen_is_escaped() {
        let text = "a\"b'\\ é\n\u{7}\u{202e}\u{e0041}";
        assert_eq!(quoted(text, Escape::Wide), r#""a\"b'\\ é\n\u0007\u202e\U000e0041""#);
        assert_eq!(quoted(text, Escape::Pairs), r#""a\"b'\\ é\n\u0007\u202e\udb40\udc41""#);
        assert_eq!(quoted(text, Escape::Braces), r#""a\"b'\\ é\n\u{7}\u{202e}\u{e0041}""#);
        assert_eq!(body("a`'", '`', Escape::Pairs), "a\\`'");
    }
}
