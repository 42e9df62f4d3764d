//! Taking a token out of what stands around it where people copy tokens from: headers, cookies, responses, logs.

mod around;
mod json;
mod search;

use std::borrow::Cow;

use self::around::White;
use super::compact::{self, Decoded};

/// A token freed of what stood around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unwrapped {
    /// The token in compact serialization; of a JWS in JSON serialization one for each signature. Never empty when
    /// there is any text at all: what is no token is taken as it is.
    pub tokens: Vec<Bare>,
    /// What was removed, each fit for "Removed ...": `"Bearer "`, `2 line breaks`.
    pub removed: Vec<String>,
    /// What the text is, if it is not a token but something this program knows.
    pub instead: Option<Instead>,
    /// The serialization that the token came in.
    pub form: Form,
    /// How many tokens there are in the text, of which the first complete one was taken; 0 when nothing in it begins like a
    /// token.
    pub found: usize,
}

/// One token without wrapping.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bare {
    /// The compact serialization.
    pub text: String,
    /// The unprotected header of a token in JSON serialization (RFC 7515 §7.2.1), as JSON text.
    pub unprotected: Option<String>,
}

impl Bare {
    /// Reads the token together with its unprotected header.
    pub fn decode(&self) -> Decoded {
        let decoded = compact::decode(&self.text);
        match &self.unprotected {
            Some(header) => decoded.with_unprotected(header),
            None => decoded,
        }
    }
}

/// A serialization of RFC 7515 §7 or RFC 7516 §7.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Form {
    /// Parts with dots between.
    #[default]
    Compact,
    /// A JSON object with one signature or recipient.
    Flattened,
    /// A JSON object with a list of signatures or recipients.
    General,
}

/// What a text is that is not a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Instead {
    /// A JSON object that could be claims, or a template.
    Claims,
    /// A key: PEM, JWK or JWK Set.
    Key,
}

/// Frees a token of what stands around it.
pub fn unwrap(text: &str) -> Unwrapped {
    let body = text.trim_matches(is_white);
    if body.starts_with(['{', '['])
        && let Some(unwrapped) = json::unwrap(body)
    {
        return with_removed(unwrapped, White::of_ends(text, body).words());
    }
    let (plain, escapes) = without_escapes(text);
    let Some(found) = search::search(&plain) else {
        let instead = body.contains("-----BEGIN ").then_some(Instead::Key);
        return Unwrapped { instead, ..bare(&plain, escapes) };
    };
    let (before, after) = (&plain[..found.start], &plain[found.end..]);
    let mut removed = around::removed(before, after, found.white);
    removed.extend(escapes_removed(escapes));
    if found.full_stop {
        removed.push("the full stop at the end".to_owned());
    }
    let token = Bare { text: found.token, unprotected: None };
    Unwrapped { tokens: vec![token], removed, found: found.number, ..Unwrapped::default() }
}

/// Every token in a text, in its order; of a JWS in JSON serialization one for each signature. Empty when nothing in it
/// begins like a token.
pub fn tokens(text: &str) -> Vec<Bare> {
    let body = text.trim_matches(is_white);
    if body.starts_with('{')
        && let Some(unwrapped) = json::unwrap(body)
        && unwrapped.form != Form::Compact
    {
        return unwrapped.tokens;
    }
    let (plain, _) = without_escapes(text);
    search::all(&plain).into_iter().map(|found| Bare { text: found.token, unprotected: None }).collect()
}

/// A text in which nothing begins like a token: its ends are taken off all the same.
fn bare(text: &str, escapes: usize) -> Unwrapped {
    let span = around::inside(text);
    let token = text.get(span.range()).unwrap_or_default();
    if token.is_empty() {
        return Unwrapped::default();
    }
    let mut removed = around::removed(&text[..span.start], &text[span.end..], White::default());
    removed.extend(escapes_removed(escapes));
    let token = Bare { text: token.to_owned(), unprotected: None };
    Unwrapped { tokens: vec![token], removed, ..Unwrapped::default() }
}

fn with_removed(unwrapped: Unwrapped, more: Vec<String>) -> Unwrapped {
    Unwrapped { removed: [unwrapped.removed, more].concat(), ..unwrapped }
}

/// The text without percent escapes (RFC 3986 §2.1), which no token contains, and how many there were.
fn without_escapes(text: &str) -> (Cow<'_, str>, usize) {
    let hex = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_hexdigit);
    let bytes = text.as_bytes();
    let escapes = memchr::memchr_iter(b'%', bytes).filter(|at| hex(bytes.get(at + 1)) && hex(bytes.get(at + 2)));
    match escapes.count() {
        0 => (text.into(), 0),
        number => (percent_encoding::percent_decode_str(text).decode_utf8_lossy(), number),
    }
}

fn escapes_removed(number: usize) -> Option<String> {
    (number > 0).then(|| around::counted(number, "percent escape"))
}

/// White space, and the marks without width that texts carry along.
fn is_white(char: char) -> bool {
    char.is_whitespace() || matches!(char, '\u{feff}' | '\u{200b}' | '\u{2060}')
}

#[cfg(test)]
mod tests {
    use super::super::compact::{Part, TokenKind};
    use super::*;

    const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c2VyLTQyIn0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    /// Checks what is removed around [`TOKEN`], which stands as T in `text`.
    #[track_caller]
    fn check(text: &str, removed: &[&str]) {
        let text = text.replace('T', TOKEN);
        let unwrapped = unwrap(&text);
        assert_eq!(unwrapped.tokens, [Bare { text: TOKEN.to_owned(), unprotected: None }], "{text}");
        assert_eq!(unwrapped.removed, removed, "{text}");
        assert_eq!((unwrapped.instead, unwrapped.form), (None, Form::Compact), "{text}");
    }

    #[test]
    fn every_token_of_a_text_is_found() {
        let texts = |text: &str| tokens(text).into_iter().map(|bare| bare.text).collect::<Vec<_>>();
        let other = TOKEN.replace("eyJzdWIi", "eyJpc3Mi");
        assert_eq!(texts(&format!("a: {TOKEN}\nb: \"{other}\", {TOKEN}.")), [TOKEN, other.as_str(), TOKEN]);
        assert_eq!(texts(&format!("{{\"a\": \"{TOKEN}\", \"b\": [\"{other}\"]}}")), [TOKEN, other.as_str()]);
        let general = r#"{"payload":"e30","signatures":[{"protected":"eyJhIjoxfQ","signature":"AA"},
            {"protected":"eyJhIjoyfQ","signature":"AQ"}]}"#;
        assert_eq!(texts(general), ["eyJhIjoxfQ.e30.AA", "eyJhIjoyfQ.e30.AQ"]);
        assert!(texts("").is_empty() && texts("hello.world").is_empty() && texts("{").is_empty());
    }

    #[test]
    fn a_token_is_freed_of_what_stands_around_it() {
        check("T", &[]);
        check("\u{feff} T\r\n", &["1 line break", "1 space", "1 invisible character"]);
        check("\"T\"", &["1 pair of quotes"]);
        check("'`T`'", &["2 pairs of quotes"]);
        check("“T”", &["1 pair of quotes"]);
        check("Bearer T", &["\"Bearer \""]);
        check("authorization:  bearer T\n", &["\"authorization:  bearer \"", "1 line break"]);
        check("Authorization: T", &["\"Authorization: \""]);
        check("\"Authorization\": \"Bearer T\",", &["\"Bearer \"", "1 pair of quotes", "other text around it"]);
        check(
            "curl -H 'Authorization: Bearer T' https://api",
            &["\"Authorization: Bearer \"", "1 pair of quotes", "the curl command around it"],
        );
        check("Cookie: a=b; token=T; c=d", &["\"token=\"", "the cookies around it"]);
        check("Set-Cookie: session=T; HttpOnly", &["\"session=\"", "the cookies around it"]);
        check("https://app/cb?x=1&access_token=T&y=2", &["\"access_token=\"", "the URL around it"]);
        check("https://app/cb#id_token=T", &["\"id_token=\"", "the URL around it"]);
        check("T,", &["the comma at the end"]);
        check("\"T\";", &["1 pair of quotes", "the semicolon at the end"]);
        check("my token is T.", &["other text around it", "the full stop at the end"]);
        check(r#"{"access_token": "T", "expires_in": 3600}"#, &["the JSON around \"access_token\""]);
        check(r#"{"data": {"auth": {"id_token": "Bearer T"}}}"#, &["\"Bearer \"", "the JSON around \"id_token\""]);
        check(r#"{"refresh_token": "T", "access_token": "opaque"}"#, &["the JSON around \"refresh_token\""]);
        check(r#"{"access_token": "T", "#, &["1 pair of quotes", "the JSON around it"]);
    }

    #[test]
    fn a_token_that_was_broken_or_escaped_is_put_together() {
        #[track_caller]
        fn check(text: &str, removed: &[&str]) {
            let unwrapped = unwrap(text);
            assert_eq!(unwrapped.tokens, [Bare { text: TOKEN.to_owned(), unprotected: None }], "{text}");
            assert_eq!(unwrapped.removed, removed, "{text}");
        }
        check(&TOKEN.replace('.', ".\n  "), &["2 line breaks", "4 spaces"]);
        check(&TOKEN.replace("9.", "\r\n9."), &["1 line break"]);
        check(&TOKEN.replace("mB92", "mB\n92"), &["1 line break"]);
        check(&format!("{}\nhello", TOKEN.replace("mB92", "mB\n92")), &["other text around it", "1 line break"]);
        check(&TOKEN.replace('.', "%2E"), &["2 percent escapes"]);
        check(&format!("{TOKEN} and {TOKEN}"), &["other text around it"]);
    }

    #[test]
    fn what_belongs_to_a_broken_token_stays() {
        #[track_caller]
        fn check(text: &str) {
            assert_eq!(unwrap(text).tokens, [Bare { text: text.to_owned(), unprotected: None }]);
            assert_eq!(unwrap(text).removed, [""; 0], "{text}");
        }
        for text in [
            "e30.e30=.AA",
            "e30.e30",
            "eyJhbGciOiJub25lIn0.e30.",
            "eyJhbGciOiJub25lIn0.+++/.A?",
            "e30.äe30.AA",
            "\u{fffd}.e30.AA",
            "a.b.c.d",
            "abc",
        ] {
            check(text);
        }
        let bare = unwrap("'Bearer abc.def.ghi',");
        assert_eq!(bare.tokens[0].text, "abc.def.ghi");
        assert_eq!(unwrap(" \n"), Unwrapped::default());
    }

    #[test]
    fn what_is_no_token_is_told_apart() {
        #[track_caller]
        fn check(text: &str, instead: Option<Instead>) {
            let unwrapped = unwrap(text);
            assert_eq!((unwrapped.instead, unwrapped.found), (instead, 0), "{text}");
            assert_eq!(unwrapped.tokens.len(), 1, "{text}");
        }
        check(r#"{"sub": "user-42"}"#, Some(Instead::Claims));
        check(r#"{"format": "jwt-workbench.template"}"#, Some(Instead::Claims));
        check(r#"{"kty": "oct", "k": "AA"}"#, Some(Instead::Key));
        check(r#"{"kty": "oct", "k": AA}"#, Some(Instead::Key));
        check(r#"{"keys": [{"kty": "oct", "k": "AA"}]}"#, Some(Instead::Key));
        check("-----BEGIN PUBLIC KEY-----\nAAAA\n", Some(Instead::Key));
        check("{", None);
        check("[1]", None);
        check("hello world", None);
    }

    #[test]
    fn json_serializations_become_compact() {
        let flattened = r#"{"payload":"e30","protected":"eyJhbGciOiJIUzI1NiJ9","header":{"kid":"a"},"signature":"AA"}"#;
        let unwrapped = unwrap(flattened);
        let bare =
            Bare { text: "eyJhbGciOiJIUzI1NiJ9.e30.AA".to_owned(), unprotected: Some(r#"{"kid":"a"}"#.to_owned()) };
        assert_eq!((unwrapped.form, &unwrapped.tokens), (Form::Flattened, &vec![bare.clone()]));
        let decoded = bare.decode();
        assert_eq!(decoded.faults, []);
        assert_eq!(decoded.parameter("kid").and_then(|kid| kid.as_str()).as_deref(), Some("a"));
        let general =
            r#"{"payload":"e30","signatures":[{"header":{"alg":"none"}},{"protected":"e30","signature":"AA"}]}"#;
        let unwrapped = unwrap(general);
        let texts: Vec<_> = unwrapped.tokens.iter().map(|bare| bare.text.as_str()).collect();
        assert_eq!((unwrapped.form, texts), (Form::General, vec![".e30.", "e30.e30.AA"]));
        assert_eq!(unwrapped.tokens[0].decode().faults, []);
        let twice = flattened.replace("kid", "alg");
        assert_eq!(unwrap(&twice).tokens[0].decode().faults[0].problem.code, "header-twice");
        let jwe =
            r#"{"protected":"e30","unprotected":{"a":1},"header":{"b":2},"iv":"AA","ciphertext":"BB","tag":"CC"}"#;
        let unwrapped = unwrap(jwe);
        assert_eq!(unwrapped.tokens[0].text, "e30..AA.BB.CC");
        let decoded = unwrapped.tokens[0].decode();
        assert_eq!((decoded.kind, decoded.segment(Part::Ciphertext).is_some()), (TokenKind::Jwe, true));
    }

    #[test]
    fn long_texts_take_no_longer_than_they_must() {
        let million = 1 << 20;
        for text in
            ["a", "eyJ", "eyJ ", "eyJ.", "e30. ", "%2E", "\n", "{\"a\":", "\"", "Bearer ", "a.eyJ\n", "eyJ.a.b a "]
        {
            let text = text.repeat(million / text.len());
            let unwrapped = unwrap(&text);
            assert!(unwrapped.tokens.len() <= 1);
            unwrapped.tokens.first().map(Bare::decode);
        }
    }
}
