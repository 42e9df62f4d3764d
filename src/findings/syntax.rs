//! S01 to S09: the token as a text, and the JSON in it.

use std::borrow::Cow;
use std::collections::HashSet;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::doc::Doc;
use super::number::{changed, is_unsafe_integer};
use super::walk::{Place, walk};
use super::{Change, Finding, MOST_OF_A_RULE, Part, Severity, Subject, Text};
use crate::jose::base64url;
use crate::jose::compact::{self, Fault, Segment};
use crate::jose::json::{self, Json, Kind, Member, Value, quote};
use crate::jose::text::{Edit, Position, Replacement, Span, is_hidden, shown};

/// From here on parsers begin to refuse (the strictest known stop at 32).
const DEEP: usize = 32;
/// Beyond this the parsers of several languages give up by default.
const TOO_DEEP: usize = 127;

/// What is wrong with a token as a text, and with texts that are no JSON.
pub(super) fn find(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    if let Some(decoded) = subject.decoded {
        found.extend(decoded.faults.iter().map(|fault| faulty(fault, decoded.segments.iter())));
    } else {
        found.extend(subject.header.and_then(|text| not_json(Part::Header, text)));
        found.extend(subject.claims.and_then(|text| not_json(Part::Payload, text)));
    }
    found.extend(unwrapped(subject.removed));
}

/// What is wrong with a JSON text as a whole.
pub(super) fn find_in(doc: Doc<'_>, subject: &Subject<'_>, found: &mut Vec<Finding>) {
    if subject.decoded.is_none() {
        found.extend(no_object(doc));
    }
    found.extend(deep_nesting(doc));
}

/// S01, S03, S04, S05, S08: what could not be read of a token.
fn faulty<'a>(fault: &Fault, mut segments: impl Iterator<Item = &'a Segment>) -> Finding {
    let segment = segments.find(|segment| segment.part == fault.part);
    let id = match fault.problem.code {
        code if code.starts_with("base64url") => "S03",
        "json-depth" => "S08",
        code if code.starts_with("json") => "S04",
        "token-utf8" => "S04",
        "token-object" => "S05",
        _ => "S01",
    };
    let message = format!("{}. {}", fault.problem.message, fault.problem.help);
    let finding = Finding {
        span: segment.filter(|_| fault.position.is_some()).and_then(json_place),
        token: fault.problem.span,
        ..Finding::new(id, Severity::Error, part(fault.part), message)
    };
    match segment.filter(|_| id == "S03").and_then(encoded_again) {
        Some(edit) => finding.fixed_by("Encode again as base64url", Change::Token(edit)),
        None => finding,
    }
}

const fn part(part: compact::Part) -> Part {
    use compact::Part as Of;
    match part {
        Of::Header => Part::Header,
        Of::Payload => Part::Payload,
        Of::Signature => Part::Signature,
        Of::Token | Of::EncryptedKey | Of::InitializationVector | Of::Ciphertext | Of::AuthenticationTag => Part::Token,
    }
}

/// Where the JSON of a part is at fault: the outermost value where that is no object, else what does not parse.
fn json_place(segment: &Segment) -> Option<Span> {
    match &segment.json {
        Some(json) => Some(json.root().span()),
        None => Json::parse(std::str::from_utf8(&segment.bytes).ok()?).err()?.span,
    }
}

/// A part encoded as it should be, if nothing of it got lost in reading: padding aside, every character was needed.
fn encoded_again(segment: &Segment) -> Option<Edit> {
    let is_json = matches!(segment.part, compact::Part::Header | compact::Part::Payload);
    let is_whole = segment.span.len().abs_diff(base64url::encoded_len(segment.bytes.len())) <= 2;
    let is_read = !is_json || segment.json.as_ref().is_some_and(|json| json.root().kind() == Kind::Object);
    (is_whole && is_read).then(|| Edit::replace(segment.span, base64url::encode(&segment.bytes)))
}

/// S02: what stood around the token.
fn unwrapped(removed: &[String]) -> Option<Finding> {
    let (last, others) = removed.split_last()?;
    let all = if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) };
    Some(Finding::new("S02", Severity::Info, Part::Token, format!("Removed {all} before decoding.")))
}

/// S04 of a text that is being written.
fn not_json(part: Part, text: Text<'_>) -> Option<Finding> {
    let problem = text.json.err()?;
    let id = if problem.code == "json-depth" { "S08" } else { "S04" };
    let position = problem.span.map(|span| format!(", {}", Position::of(text.text, span.start))).unwrap_or_default();
    let message = format!("{} is not JSON{position}: {}. {}", part.label(), problem.message, problem.help);
    Some(Finding { span: problem.span, ..Finding::new(id, Severity::Error, part, message) })
}

/// S05 of a text that is being written.
fn no_object(doc: Doc<'_>) -> Option<Finding> {
    let (part, root) = (doc.part, doc.root());
    if root.kind() == Kind::Object {
        return None;
    }
    let must = if part == Part::Header { "a header" } else { "the claims of a JWT" };
    let message = format!("{} is {}; {must} must be an object.", part.label(), root.kind().label());
    let finding = doc.finding("S05", Severity::Error, root.span(), message);
    Some(match part {
        Part::Payload => {
            let (label, object) = as_claims(root);
            finding.fixed_by(label, doc.change(json::set_value(root, &object)))
        }
        _ => finding.fixed_by("Replace with an object", doc.change(json::set_value(root, r#"{"alg":"HS256"}"#))),
    })
}

/// Claims that hold `value`: the object in a text, as it comes of encoding twice, or one with the value as a member. It
/// gets an expiry, so that no mistake makes way for another.
fn as_claims(value: Value<'_>) -> (&'static str, String) {
    let inner =
        value.as_str().and_then(|text| Json::parse(&text).ok()).filter(|json| json.root().kind() == Kind::Object);
    let (label, json) = match inner {
        Some(json) => ("Take the object out of the text", json.text().trim().to_owned()),
        None => ("Put it into an object", format!(r#"{{"value": {}}}"#, value.raw())),
    };
    let object = Json::parse(&json).map_or_else(
        |_wrapped| json.clone(),
        |object| match object.root().get("exp") {
            Some(_) => json.clone(),
            None => json::set_member(object.root(), "exp", "\"{{now+30m}}\"").apply(&json),
        },
    );
    (label, object)
}

/// S06: members of the same name.
pub(super) fn duplicate_names(doc: Doc<'_>, place: &Place<'_>) -> Vec<Finding> {
    let object = place.value;
    let mut seen = HashSet::with_capacity(object.members().len());
    let mut twice: Vec<Cow<'_, str>> = Vec::new();
    for name in object.members().map(|member| member.name()) {
        if let Some(name) = seen.replace(name).filter(|_| twice.len() <= MOST_OF_A_RULE)
            && !twice.contains(&name)
        {
            twice.push(name);
        }
    }
    twice.iter().map(|name| duplicate(doc, object, name)).collect()
}

fn duplicate(doc: Doc<'_>, object: Value<'_>, name: &str) -> Finding {
    let same: Vec<Member<'_>> = object.members().filter(|member| member.name() == name).collect();
    let last = same.last().map_or(0, |member| member.index);
    let places: Vec<String> =
        same.iter().take(4).map(|member| doc.position(member.name_span.start).to_string()).collect();
    let places = match places.as_slice() {
        [one, other] => format!("{one} and {other}"),
        more => more.join(", "),
    };
    let times = if same.len() == 2 { "twice".to_owned() } else { format!("{} times", same.len()) };
    let severity = if doc.part == Part::Header { Severity::Error } else { Severity::Warning };
    let span = same.last().map_or(object.span(), |member| member.name_span);
    let message = format!("'{}' appears {times} ({places}). Parsers disagree on which one wins.", shown(name));
    let edit = json::remove_members(object, |member| member.index != last && member.name() == name);
    doc.finding("S06", severity, span, message).fixed_by("Keep the last", doc.change(edit))
}

/// S07: a number that JavaScript reads as another.
pub(super) fn changing_number(doc: Doc<'_>, place: &Place<'_>) -> Vec<Finding> {
    let (typed, value) = (place.value, doc.value(place.value));
    if value.kind() != Kind::Number {
        return Vec::new();
    }
    let raw = value.raw();
    let message = match changed(raw) {
        Some(other) => format!("{} becomes {other} in JavaScript.", shown(raw)),
        None if is_unsafe_integer(raw) => {
            format!("{raw} is beyond ±(2^53 − 1): JavaScript cannot tell it from the integers next to it.")
        }
        None => return Vec::new(),
    };
    let finding = doc.finding("S07", Severity::Warning, typed.span(), message);
    let is_time = place.depth == 1 && place.member.is_some_and(|member| crate::jose::claims::is_time(&member.name()));
    // A time must be a number, and what a placeholder stands for has no quotes to put around it.
    vec![if is_time || typed.kind() != Kind::Number {
        finding
    } else {
        finding.fixed_by("Turn into a text", doc.change(json::set_value(typed, &quote(raw))))
    }]
}

/// S08: arrays and objects in one another.
fn deep_nesting(doc: Doc<'_>) -> Option<Finding> {
    let containers = walk(doc.json).filter(|place| matches!(place.value.kind(), Kind::Array | Kind::Object));
    let deepest = containers.max_by_key(|place| place.depth).filter(|place| place.depth + 1 > DEEP)?;
    let levels = deepest.depth + 1;
    let (severity, limit) = if levels > TOO_DEEP { (Severity::Error, TOO_DEEP) } else { (Severity::Warning, DEEP) };
    let position = doc.position(deepest.value.span().start);
    let message = format!("Nested {levels} levels, the innermost at {position}; parsers refuse more than {limit}.");
    Some(doc.finding("S08", severity, deepest.value.span(), message))
}

/// S09: characters that are not seen, and letters that can be written in two ways.
pub(super) fn deceptive_text(doc: Doc<'_>, place: &Place<'_>) -> Vec<Finding> {
    let name = place.member.map(|member| Literal {
        text: member.name(),
        raw: member.raw_name(),
        span: member.name_span,
        object: place.holder.map(|(holder, _)| holder),
    });
    let value = place.value;
    let value = value.as_str().map(|text| Literal { text, raw: value.raw(), span: value.span(), object: None });
    name.iter().chain(&value).filter_map(|literal| literal.deceives(doc)).collect()
}

/// A string as it is typed and as it reads.
struct Literal<'j> {
    text: Cow<'j, str>,
    /// With its quotes.
    raw: &'j str,
    span: Span,
    /// For the name of a member, the object.
    object: Option<Value<'j>>,
}

impl Literal<'_> {
    fn deceives(&self, doc: Doc<'_>) -> Option<Finding> {
        let text = &self.text;
        if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r')) {
            return None;
        }
        let (message, label, edit) = if let Some(hidden) = hidden_in(text) {
            let name = json::invisible(hidden).filter(|name| !name.is_empty()).unwrap_or("character that is not seen");
            let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
            let code = u32::from(hidden);
            let message = format!("'{}' contains {article} {name} (U+{code:04X}), which nobody sees.", shown(text));
            (message, "Remove what is not seen", without_hidden(text, self.raw))
        } else if is_nfc_quick(text.chars()) != IsNormalized::Yes && !text.chars().nfc().eq(text.chars()) {
            let message =
                format!("'{}' has letters that look the same in another spelling (it is not NFC).", shown(text));
            let composed: String = text.chars().nfc().collect();
            (message, "Write it in NFC", Some(Edit::replace(Span::new(0, self.raw.len()), quote(&composed))))
        } else {
            return None;
        };
        let finding = doc.finding("S09", Severity::Warning, self.span, message);
        Some(match edit.filter(|edit| !self.clashes(edit)) {
            Some(edit) => finding.fixed_by(label, doc.change(edit.moved(self.span.start))),
            None => finding,
        })
    }

    /// Whether an edit makes it the name of another member.
    fn clashes(&self, edit: &Edit) -> bool {
        self.object.is_some_and(|object| {
            let edited = Json::parse(&edit.apply(self.raw)).ok();
            edited.and_then(|json| object.get(&json.root().as_str()?).map(|_| ())).is_some()
        })
    }
}

/// The first character that is not seen. Line breaks and tabs are, joiners between foreign letters hold them together,
/// and tags make flags of emoji.
fn hidden_in(text: &str) -> Option<char> {
    let mut before = None;
    let mut chars = text.chars().peekable();
    let mut in_flag = false;
    while let Some(char) = chars.next() {
        let ascii = |neighbour: Option<char>| neighbour.is_none_or(|char| char.is_ascii());
        let is_tag = is_tag(char);
        in_flag = char == '\u{1f3f4}' || (in_flag && is_tag);
        let found = match char {
            _ if is_joiner(char) => ascii(before) || ascii(chars.peek().copied()),
            _ => is_never_seen(char) && !(is_tag && in_flag),
        };
        if found {
            return Some(char);
        }
        before = Some(char);
    }
    None
}

const fn is_joiner(char: char) -> bool {
    matches!(char, '\u{200c}' | '\u{200d}')
}

const fn is_tag(char: char) -> bool {
    matches!(char, '\u{e0000}'..='\u{e007f}')
}

fn is_never_seen(char: char) -> bool {
    !matches!(char, '\t' | '\n' | '\r') && (is_hidden(char) || is_tag(char))
}

/// An edit of the string `raw`, which stands for `text` and begins at the byte `start`: it is then without what is not seen, be it written as an escape or not.
fn without_hidden(text: &str, raw: &str) -> Option<Edit> {
    let is_ascii = text.chars().all(|char| char.is_ascii() || is_never_seen(char) || is_joiner(char));
    let mut gone = Vec::new();
    let mut at = 0;
    while let Some(char) = raw.get(at..).and_then(|rest| rest.chars().next()) {
        let (meant, len) = match (char, raw.as_bytes().get(at + 1)) {
            ('\\', Some(b'u')) => {
                let unit = raw.get(at + 2..at + 6).and_then(|digits| u32::from_str_radix(digits, 16).ok());
                (unit.and_then(char::from_u32), 6)
            }
            ('\\', _) => (None, 2),
            _ => (Some(char), char.len_utf8()),
        };
        if meant.is_some_and(|char| is_never_seen(char) || (is_joiner(char) && is_ascii)) {
            gone.push(Span::new(at, at + len));
        }
        at += len;
    }
    let edit = Edit::of(gone.into_iter().map(|span| Replacement { span, text: String::new() }).collect());
    // In a text with emoji a joiner stays, although it may be the one that was found.
    let json = Json::parse(&edit.apply(raw)).ok()?;
    hidden_in(&json.root().as_str()?).is_none().then_some(edit)
}
