//! S01 to S09.

use jwt_workbench::findings::Severity::{Error, Info, Warning};
use jwt_workbench::jose::base64url;

use crate::world::{CLAIMS, HEADER, World};
use crate::{Case, fires, silent};

pub(crate) fn cases() -> Vec<Case> {
    [tokens(), texts(), values(), characters()].into_iter().flatten().collect()
}

fn token(header: &str, payload: &str, signature: &str) -> String {
    format!("{header}.{payload}.{signature}")
}

fn tokens() -> Vec<Case> {
    let [header, payload] = [HEADER, CLAIMS].map(|text| base64url::encode(text.as_bytes()));
    let good = || World::token(&token(&header, &payload, "AA"));
    let with_payload = |payload: &str| World::token(&token(&header, payload, "AA"));
    let object = base64url::encode(br#"{"a":"??>"}"#);
    vec![
        fires("S01", Error, World::token("abc"), "Found 1 part; a signed token has 3, an encrypted one 5")
            .without_fix(),
        fires("S01", Error, World::token("e30.e30"), "Found 2 parts"),
        fires("S01", Error, World::token(&format!("{header}.{payload}.A.A")), "Found 4 parts"),
        fires("S01", Error, World::token(""), "no token"),
        silent("S01", good()),
        silent("S01", World::token("e30....")),
        silent("S01", World::good()),
        fires("S02", Info, good().removed(&["'Bearer '"]), "Removed 'Bearer ' before decoding.").without_fix(),
        fires("S02", Info, good().removed(&["'Bearer '", "1 line break"]), "Removed 'Bearer ' and 1 line break before"),
        fires(
            "S02",
            Info,
            good().removed(&["quotes", "2 spaces", "percent-escapes"]),
            "quotes, 2 spaces and percent-escapes",
        ),
        silent("S02", good()),
        silent("S02", World::good()),
        silent("S02", World::token("abc")),
        fires("S03", Error, with_payload(&format!("{object}=")), "Payload, character 16: base64url in JOSE has no '='")
            .fixed_to(token(&header, &object, "AA")),
        fires("S03", Error, with_payload(&object.replace('-', "+")), "'+' belongs to standard base64")
            .fixed_to(token(&header, &object, "AA")),
        fires("S03", Error, World::token(&token(&header, &payload, "AB")), "Signature, character 2: ")
            .fixed_to(token(&header, &payload, "AA")),
        fires("S03", Error, with_payload("e30*e30e30"), "Payload, character 4").without_fix(),
        fires("S03", Error, World::token(&token(&header, &payload, "A")), "length of 1"),
        silent("S03", good()),
        silent("S03", World::token("e30..AA")),
        silent("S03", World::good()),
        fires("S04", Error, with_payload("AAAA"), "Payload, 1:1: ").without_fix(),
        fires("S04", Error, with_payload("_w"), "Payload, byte 1: not UTF-8"),
        fires("S04", Error, World::token(&token("e30x", &payload, "AA")), "Header, 1:3: "),
        silent("S04", good()),
        silent("S04", with_payload("W10")),
        fires("S05", Error, with_payload("W10"), "Payload is an array").without_fix(),
        fires("S05", Error, World::token(&token("NQ", &payload, "AA")), "Header is a number"),
        silent("S05", good()),
        silent("S05", with_payload("_w")),
    ]
}

fn texts() -> Vec<Case> {
    let claims = |text: &str| World::good().claims(text);
    vec![
        fires("S04", Error, claims("{\n\"a\" 1}"), "Payload is not JSON, 2:5: Expected ':'").without_fix(),
        fires("S04", Error, World::good().header("{"), "Header is not JSON, 1:2: "),
        fires("S04", Error, claims(""), "Payload is not JSON, 1:1: "),
        silent("S04", World::good()),
        silent("S04", claims("[]")),
        fires("S05", Error, claims(" [1]\n"), "Payload is an array; the claims of a JWT must be an object")
            .fixed_to(" {\"value\": [1], \"exp\": \"{{now+30m}}\"}\n"),
        fires("S05", Error, claims(r#""{\"sub\":\"u\"}""#), "Payload is a string")
            .fixed_to(r#"{"sub":"u","exp":"{{now+30m}}"}"#),
        fires("S05", Error, World::good().header("null"), "Header is null; a header must be an object")
            .fixed_to(r#"{"alg":"HS256"}"#),
        silent("S05", World::good()),
        silent("S05", claims("{}")),
        fires("S06", Warning, World::good().with("n", r#"{"a":1, "b":2, "a":3}"#), "'a' appears twice (")
            .fixed_to(World::good().with("n", r#"{"b":2, "a":3}"#).claims),
        fires(
            "S06",
            Warning,
            claims("{\n \"exp\": 1,\n \"exp\": 2,\n \"\\u0065xp\": 3}"),
            "'exp' appears 3 times (2:2, 3:2, 4:2)",
        )
        .fixed_to("{\n \"\\u0065xp\": 3}"),
        fires(
            "S06",
            Error,
            World::good().header(r#"{"alg":"none","alg":"HS256","typ":"JWT"}"#),
            "appears twice (1:2 and 1:15)",
        )
        .fixed_to(World::good().header),
        fires("S06", Warning, claims(r#"[{"":1,"":2}]"#).received(), "'' appears twice").without_fix(),
        silent("S06", World::good()),
        silent("S06", claims(r#"{"a":{"a":1},"A":2,"b":["a","a"]}"#)),
        silent("S06", claims(r#"[{"a":1},{"a":1}]"#)),
        fires("S08", Warning, claims(&nested(33)), "Nested 33 levels, the innermost at 1:33").without_fix(),
        fires("S08", Error, claims(&nested(128)), "Nested 128 levels"),
        fires("S08", Error, claims(&nested(513)), "More than 512 arrays and objects"),
        fires("S08", Warning, World::good().header(&nested(127)).received(), "refuse more than 32"),
        silent("S08", claims(&nested(32))),
        silent("S08", World::good()),
        silent("S08", claims(&format!("[{}]", "[],".repeat(200) + "1"))),
    ]
}

fn nested(levels: usize) -> String {
    format!("{}{}", "[".repeat(levels), "]".repeat(levels))
}

fn values() -> Vec<Case> {
    let with = |value: &str| World::good().with("n", value);
    vec![
        fires(
            "S07",
            Warning,
            with("12345678901234567890"),
            "12345678901234567890 becomes 12345678901234567000 in JavaScript",
        )
        .fixed_to(with(r#""12345678901234567890""#).claims),
        fires("S07", Warning, with("[9007199254740993]"), "becomes 9007199254740992")
            .fixed_to(with(r#"["9007199254740993"]"#).claims),
        fires("S07", Warning, with("9007199254740992"), "beyond ±(2^53 − 1)"),
        fires("S07", Warning, with("0.1234567890123456789"), "becomes 0.12345678901234568"),
        fires("S07", Warning, World::good().with("exp", "1e400"), "becomes Infinity").without_fix(),
        fires("S07", Warning, with("-1e400").received(), "becomes -Infinity").without_fix(),
        silent("S07", with("9007199254740991")),
        silent("S07", with(r#""12345678901234567890""#)),
        silent("S07", with("1795285752.482913")),
        silent("S07", with("1.0")),
        silent("S07", World::good()),
    ]
}

fn characters() -> Vec<Case> {
    let with = |value: &str| World::good().with("n", value);
    vec![
        fires("S09", Warning, with("\"adm\u{200b}in\""), r"'adm\u200bin' contains a zero width space (U+200B)")
            .fixed_to(with("\"admin\"").claims),
        fires("S09", Warning, with(r#""a\\\u202e\u0041b""#), "text direction mark")
            .fixed_to(with(r#""a\\\u0041b""#).claims),
        fires("S09", Warning, World::good().with("ro\u{2060}le", "1"), "word joiner")
            .fixed_to(World::good().with("role", "1").claims),
        fires("S09", Warning, World::good().with("ex\u{200b}p", "1"), "zero width space").without_fix(),
        fires("S09", Warning, with(r#""a\u0000""#), "null character").fixed_to(with("\"a\"").claims),
        fires("S09", Warning, with("\"Ame\u{301}lie\""), "is not NFC").fixed_to(with("\"Amélie\"").claims),
        fires("S09", Warning, with("\"pay\u{200d}pal\""), "zero width joiner").fixed_to(with("\"paypal\"").claims),
        fires("S09", Warning, with("\"a\u{e0041}b\""), "tag character"),
        silent("S09", with(r#""line\nline\ttab\r""#)),
        silent("S09", with("\"👩\u{200d}👧 नमस्\u{200d}ते 🏴\u{e0067}\u{e0062}\u{e007f}\"")),
        silent("S09", with("\"Amélie 漢字 שלום\"")),
        silent("S09", World::good()),
    ]
}
