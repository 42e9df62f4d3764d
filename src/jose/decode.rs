//! Reading a text that should be a token, as far as it can be read.

use std::collections::HashSet;

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::base64url;
use super::error::Problem;
use super::json::{Json, Kind, Value};
use super::text::{Position, Span, shown};

/// What a text is by the number of its parts (RFC 7516 §9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Three parts: signed, or unsecured.
    Jws,
    /// Five parts: encrypted.
    Jwe,
    /// Anything else.
    Invalid,
}

/// What a part of a token, or the token as a whole, is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Token,
    /// The first part.
    Header,
    /// The second part of a signed token.
    Payload,
    /// The third part of a signed token.
    Signature,
    /// The second part of an encrypted token.
    EncryptedKey,
    /// The third part of an encrypted token.
    InitializationVector,
    /// The fourth part of an encrypted token.
    Ciphertext,
    /// The fifth part of an encrypted token.
    AuthenticationTag,
}

impl Part {
    /// Its name in the words of the RFCs, at the start of a sentence.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Token => "Token",
            Self::Header => "Header",
            Self::Payload => "Payload",
            Self::Signature => "Signature",
            Self::EncryptedKey => "Encrypted key",
            Self::InitializationVector => "Initialization vector",
            Self::Ciphertext => "Ciphertext",
            Self::AuthenticationTag => "Authentication tag",
        }
    }
}

/// What stands between the dots of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The stretches between the dots, at least one, in bytes of the text.
    pub segments: Vec<Span>,
    /// What so many of them make.
    pub kind: TokenKind,
}

/// Takes a text apart at its dots and says what is wrong with the number of parts. Nothing is stripped: white space and
/// `Bearer` belong to the part they stand in.
pub fn split(text: &str) -> (Parts, Vec<Problem>) {
    let mut segments = Vec::new();
    let mut start = 0;
    for end in memchr::memchr_iter(b'.', text.as_bytes()).chain([text.len()]) {
        segments.push(Span::new(start, end));
        start = end + 1;
    }
    let kind = match segments.len() {
        3 => TokenKind::Jws,
        5 => TokenKind::Jwe,
        _ => TokenKind::Invalid,
    };
    let problems = if kind == TokenKind::Invalid { vec![wrong_number(text, &segments)] } else { Vec::new() };
    (Parts { segments, kind }, problems)
}

fn wrong_number(text: &str, segments: &[Span]) -> Problem {
    if text.trim().is_empty() {
        return Problem::new("token-empty", "There is no token here")
            .help("Paste a token.")
            .at(Span::new(0, text.len()));
    }
    if text.trim_start().starts_with('{') {
        return Problem::new(
            "token-json",
            "This is JSON; a token in the compact serialization is parts with dots between",
        )
        .help("If it is a JWS in its JSON serialization, join 'protected', 'payload' and 'signature' with dots.")
        .at(Span::new(0, text.len()));
    }
    let found = match segments.len() {
        1 => "1 part".to_owned(),
        number => format!("{number} parts"),
    };
    let first_extra = segments.get(5).map_or(text.len(), |extra| extra.start - 1);
    let help = if segments.len() < 3 {
        "Copy the whole token again: its end is missing. Without a signature it still ends in a dot."
    } else {
        "Copy the token again, and nothing else: no other text has dots in such places."
    };
    Problem::new("token-parts", format!("Found {found}; a signed token has 3, an encrypted one 5 (RFC 7519 §7.2)"))
        .help(help)
        .at(Span::new(first_extra, text.len()))
}

/// A part of a token, as far as it can be decoded.
#[derive(Clone, Debug)]
pub struct Segment {
    /// What it is.
    pub part: Part,
    /// Where it stands in the token.
    pub span: Span,
    /// Its bytes; where the base64url is at fault, what comes before that or can be guessed.
    pub bytes: Vec<u8>,
    /// Its text, if it is header or payload and those are JSON.
    pub json: Option<Json>,
}

impl Segment {
    /// The characters of the token that hold some of its bytes: three bytes take four characters.
    pub fn encoded(&self, bytes: Span) -> Span {
        encoded_span(self.span, bytes)
    }
}

/// Something wrong with one part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The part.
    pub part: Part,
    /// What is wrong; the message names the place, the span is bytes of the token.
    pub problem: Problem,
    /// For a fault in JSON, the place in the decoded text of the part.
    pub position: Option<Position>,
}

/// A text taken for a token: everything that could be read of it, and everything that is wrong with it.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// What it is by the number of parts.
    pub kind: TokenKind,
    /// The parts in their order; of an invalid token the first two are taken for header and payload, if they are there.
    pub segments: Vec<Segment>,
    /// What is wrong: with the whole first, then part by part.
    pub faults: Vec<Fault>,
    /// The unprotected header that came with a token in JSON serialization (RFC 7515 §7.2.1).
    pub unprotected: Option<Json>,
}

impl Decoded {
    /// The part of that name, if there is one.
    pub fn segment(&self, part: Part) -> Option<&Segment> {
        self.segments.iter().find(|segment| segment.part == part)
    }

    /// The header as JSON, if it is an object.
    pub fn header(&self) -> Option<&Json> {
        self.object(Part::Header)
    }

    /// The payload as JSON, if it is an object.
    pub fn claims(&self) -> Option<&Json> {
        self.object(Part::Payload)
    }

    /// The header parameter called `name`, from the protected or the unprotected header. Which of them it is in decides
    /// nothing, for they have no name in common; where they do, that is a fault.
    pub fn parameter(&self, name: &str) -> Option<Value<'_>> {
        let unprotected = || self.unprotected.as_ref()?.root().get(name);
        self.header().and_then(|header| header.root().get(name)).or_else(unprotected)
    }

    /// Adds the unprotected header, given as JSON text.
    pub(super) fn with_unprotected(self, text: &str) -> Self {
        let Ok(unprotected) = Json::parse(text) else { return self };
        let mut faults = self.faults;
        let is_absent = self.segments.first().is_some_and(|header| header.span.is_empty());
        // A header that is unprotected as a whole leaves the first part empty.
        faults.retain(|fault| !(is_absent && fault.part == Part::Header));
        let both = self.segments.first().and_then(|header| {
            let protected: HashSet<_> = header.json.as_ref()?.root().members().map(|member| member.name()).collect();
            let name =
                unprotected.root().members().map(|member| member.name()).find(|name| protected.contains(name))?;
            Some((header.span, shown(&name)))
        });
        faults.extend(both.map(|(span, name)| {
            Fault {
                part: Part::Header,
                problem: Problem::new(
                    "header-twice",
                    format!("'{name}' stands in both the protected and the unprotected header (RFC 7515 §7.2.1)"),
                )
                .help("Remove it from one of them.")
                .at(span),
                position: None,
            }
        }));
        Self { faults, unprotected: Some(unprotected), ..self }
    }

    fn object(&self, part: Part) -> Option<&Json> {
        self.segment(part)?.json.as_ref().filter(|json| json.root().kind() == Kind::Object)
    }
}

/// Reads a token as far as it goes (RFC 7515 §5.2, steps 1 to 6, without giving up at the first fault).
pub fn decode(text: &str) -> Decoded {
    let (Parts { segments: spans, kind }, problems) = split(text);
    let names: &[Part] = match kind {
        TokenKind::Jws => &[Part::Header, Part::Payload, Part::Signature],
        TokenKind::Jwe => {
            &[Part::Header, Part::EncryptedKey, Part::InitializationVector, Part::Ciphertext, Part::AuthenticationTag]
        }
        TokenKind::Invalid if spans.len() > 1 => &[Part::Header, Part::Payload],
        TokenKind::Invalid => &[],
    };
    let mut faults: Vec<Fault> =
        problems.into_iter().map(|problem| Fault { part: Part::Token, problem, position: None }).collect();
    let segments = names.iter().zip(spans).map(|(part, span)| decode_segment(text, *part, span, &mut faults)).collect();
    Decoded { kind, segments, faults, unprotected: None }
}

fn decode_segment(text: &str, part: Part, span: Span, faults: &mut Vec<Fault>) -> Segment {
    let encoded = text.get(span.range()).unwrap_or_default();
    let is_json = matches!(part, Part::Header | Part::Payload);
    let (bytes, json) = match base64url::decode(encoded) {
        Ok(bytes) if is_json => {
            let (json, fault) = read_json(part, span, &bytes);
            faults.extend(fault);
            (bytes, json)
        }
        Ok(bytes) => (bytes, None),
        Err(problem) => {
            faults.push(base64_fault(part, span, encoded, problem));
            let bytes = decode_leniently(encoded);
            let json = is_json.then(|| Json::parse(std::str::from_utf8(&bytes).ok()?).ok()).flatten();
            (bytes, json)
        }
    };
    Segment { part, span, bytes, json }
}

/// The header and, in a JWT, the payload are JSON objects in UTF-8 (RFC 7519 §7.2).
fn read_json(part: Part, span: Span, bytes: &[u8]) -> (Option<Json>, Option<Fault>) {
    let label = part.label();
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            let message = format!("{label}, byte {}: not UTF-8 text", at + 1);
            let problem = Problem::new("token-utf8", message)
                .help("Claims are JSON in UTF-8; whoever made the token must encode them so.")
                .at(encoded_span(span, Span::new(at, at + 1)));
            return (None, Some(Fault { part, problem, position: None }));
        }
    };
    match Json::parse(text) {
        Ok(json) => {
            let root = json.root();
            let fault = (root.kind() != Kind::Object).then(|| {
                let (what, help) = if part == Part::Header {
                    ("a header is an object (RFC 7515 §4)", "Make the header an object with at least \"alg\".")
                } else {
                    ("the claims of a JWT are an object (RFC 7519 §7.2)", "Put the value into an object, under a name.")
                };
                let problem = Problem::new("token-object", format!("{label} is {}; {what}", root.kind().label()))
                    .help(help)
                    .at(encoded_span(span, root.span()));
                Fault { part, problem, position: Some(Position::of(text, root.span().start)) }
            });
            (Some(json), fault)
        }
        Err(problem) => {
            let at = problem.span.unwrap_or_default();
            let position = Position::of(text, at.start);
            let message = format!("{label}, {position}: {}", problem.message);
            let problem = Problem { message, span: Some(encoded_span(span, at)), ..problem };
            (None, Some(Fault { part, problem, position: Some(position) }))
        }
    }
}

fn base64_fault(part: Part, span: Span, encoded: &str, problem: Problem) -> Fault {
    let at = problem.span.unwrap_or_default();
    let character = Position::of(encoded, at.start).column;
    let message = format!("{}, character {character}: {}", part.label(), problem.message);
    let span = Span::new(span.start + at.start, span.start + at.end);
    Fault { part, problem: Problem { message, span: Some(span), ..problem }, position: None }
}

/// The characters of a part that hold some of its bytes: three bytes take four characters.
fn encoded_span(part: Span, bytes: Span) -> Span {
    let start = (part.start + bytes.start * 4 / 3).min(part.end);
    Span::new(start, (part.start + (bytes.end * 4).div_ceil(3)).clamp(start, part.end))
}

/// The bytes of a faulty part that can still be made out: standard base64 is taken for base64url, padding and white space
/// are skipped, and the first other character ends it.
fn decode_leniently(encoded: &str) -> Vec<u8> {
    const ENGINE: GeneralPurpose = GeneralPurpose::new(
        &URL_SAFE,
        GeneralPurposeConfig::new()
            .with_decode_allow_trailing_bits(true)
            .with_decode_padding_mode(DecodePaddingMode::RequireNone),
    );
    let mut clean: Vec<u8> = encoded
        .bytes()
        .filter(|byte| *byte != b'=' && !byte.is_ascii_whitespace())
        .map(|byte| match byte {
            b'+' => b'-',
            b'/' => b'_',
            other => other,
        })
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        .collect();
    if clean.len() % 4 == 1 {
        clean.pop();
    }
    ENGINE.decode(clean).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(header: &str, payload: &[u8], signature: &str) -> String {
        format!("{}.{}.{signature}", base64url::encode(header.as_bytes()), base64url::encode(payload))
    }

    /// Checks the only fault: its part, code, place in the token, and line and column if it is in JSON.
    #[track_caller]
    fn check(token: &str, part: Part, code: &str, place: &str, message: &str) -> Decoded {
        let decoded = decode(token);
        let [fault] = decoded.faults.as_slice() else { panic!("{:?}", decoded.faults) };
        assert_eq!((fault.part, fault.problem.code), (part, code), "{}", fault.problem.message);
        assert_eq!(&token[fault.problem.span.unwrap().range()], place, "{}", fault.problem.message);
        assert!(fault.problem.message.starts_with(message), "{}", fault.problem.message);
        assert!(!fault.problem.help.is_empty());
        decoded
    }

    #[test]
    fn a_sound_token_is_read_in_full() {
        let text = token(r#"{"alg":"none"}"#, br#"{"a":1.0}"#, "");
        let decoded = decode(&text);
        assert_eq!((decoded.kind, decoded.faults.len()), (TokenKind::Jws, 0));
        assert_eq!(decoded.header().unwrap().text(), r#"{"alg":"none"}"#);
        assert_eq!(decoded.claims().unwrap().text(), r#"{"a":1.0}"#);
        assert_eq!(decoded.segment(Part::Signature).unwrap().bytes, b"");
    }

    #[test]
    fn an_encrypted_token_shows_its_header() {
        let decoded = decode(&format!("{}.AA.AA.AA.AA", base64url::encode(br#"{"enc":"A256GCM"}"#)));
        assert_eq!((decoded.kind, decoded.faults.len()), (TokenKind::Jwe, 0));
        assert!(decoded.header().is_some() && decoded.claims().is_none());
        assert_eq!(decoded.segment(Part::AuthenticationTag).unwrap().bytes, [0]);
    }

    #[test]
    fn the_number_of_parts_is_checked() {
        check("", Part::Token, "token-empty", "", "There is no token here");
        check("abcd", Part::Token, "token-parts", "", "Found 1 part;");
        check("e30.e30", Part::Token, "token-parts", "", "Found 2 parts;");
        check("e30.e30.AA.AA", Part::Token, "token-parts", "", "Found 4 parts;");
        check("e30.e30.AA.AA.AA.A.B", Part::Token, "token-parts", ".A.B", "Found 7 parts;");
        check(r#"{"payload":""}"#, Part::Token, "token-json", r#"{"payload":""}"#, "This is JSON");
        let decoded = check("e30.e30", Part::Token, "token-parts", "", "Found 2 parts");
        assert!(decoded.header().is_some() && decoded.claims().is_some() && decoded.segment(Part::Signature).is_none());
    }

    #[test]
    fn faults_in_base64url_hide_nothing() {
        let decoded = check("e30.e30=.AA", Part::Payload, "base64url-padding", "=", "Payload, character 4: ");
        assert_eq!(decoded.claims().unwrap().text(), "{}");
        check("e30.e30.A", Part::Signature, "base64url-length", "A", "Signature, character 1: ");
        check("e30.e31.AA", Part::Payload, "base64url-trailing-bits", "1", "Payload, character 3: ");
        check("e30.e30.AA\n", Part::Signature, "base64url-character", "\n", "Signature, character 3: ");
        let decoded = check("Bearer e30.e30.AA", Part::Header, "base64url-character", " ", "Header, character 7: ");
        assert!(decoded.claims().is_some());
        let decoded = check("e30.eyJhIj+x.AA", Part::Payload, "base64url-character", "+", "Payload, character 7: ");
        assert!(decoded.segment(Part::Payload).unwrap().bytes.starts_with(b"{\"a\""));
        check("e30.äe30.AA", Part::Payload, "base64url-character", "ä", "Payload, character 1: ");
    }

    #[test]
    fn faults_in_json_have_a_line_and_a_column() {
        let text = token("{}", b"{\n \"a\" 1}", "AA");
        let decoded = check(&text, Part::Payload, "json-syntax", "DF", "Payload, 2:6: Expected ':' after the name");
        assert_eq!(decoded.faults[0].position, Some(Position { line: 2, column: 6 }));
        assert_eq!(decoded.segment(Part::Payload).unwrap().bytes, b"{\n \"a\" 1}");
        check(&token("[]", b"{}", "AA"), Part::Header, "token-object", "W10", "Header is an array; a header is");
        check(&token("{}", b"7", "AA"), Part::Payload, "token-object", "Nw", "Payload is a number; the claims");
        check(&token("{}", b"", "AA"), Part::Payload, "json-syntax", "", "Payload, 1:1: The text is empty");
        check(&token("{}", b"{\"a\xff", "AA"), Part::Payload, "token-utf8", "_w", "Payload, byte 4: not UTF-8 text");
    }
}
