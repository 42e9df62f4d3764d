//! Java with jjwt.

use super::layout::{self, Code, Dialect, Written};
use super::model::{Draft, KeySource, Need, Number, Piece, Value};
use super::shared::{comment_undeclared, in_units, quoted_variable};
use super::words::{self, Case, Escape, quoted};
use super::{Snippet, unsupported};
use crate::jose::error::Problem;
use crate::jose::jwa::KeyKind;
use crate::jose::secret::SecretEncoding;

const INSTALL: &str = "Maven or Gradle: io.jsonwebtoken:jjwt-api, jjwt-impl and jjwt-jackson, 0.12 or newer";

/// Names the code has already.
const TAKEN: [&str; 2] = ["MINTED", "RANDOM"];

pub(super) fn write(draft: &Draft) -> Result<Snippet, Problem> {
    check(draft)?;
    let java = Java { draft, constants: words::names(&draft.constants, Case::Screaming, &TAKEN) };
    let mut code = Code::new::<Java<'_>>();
    draft.title(&mut code, "a token with jjwt", INSTALL);
    java.imports(&mut code);
    code.add("public class Mint {");
    code.inside(|code| {
        java.constants(code);
        java.mint(code);
        java.read_key(code);
        java.helpers(code);
        code.add("\npublic static void main(String[] arguments) throws Exception {");
        code.add("    System.out.println(mint(readKey()));\n}");
    });
    code.add("}");
    let mut notes = draft.notes(true);
    if draft.claims.iter().any(|entry| entry.value == Value::Null) {
        notes.push("jjwt leaves out claims that are null.".to_owned());
    }
    if draft.is_hmac() {
        notes.push("jjwt refuses secrets that are shorter than the hash.".to_owned());
    }
    let run = format!("{}java Mint.java, with the libraries on the class path", draft.environment());
    Ok(Snippet { code: code.into_text(), install: vec![INSTALL.to_owned()], run, notes })
}

/// # Errors
/// Claims that jjwt refuses or changes.
fn check(draft: &Draft) -> Result<(), Problem> {
    for name in ["exp", "iat", "nbf"] {
        match draft.claim(name) {
            Some(Value::Number(number)) if !number.is_integer() => {
                let why = format!("jjwt cuts {name} to whole seconds");
                return Err(unsupported(why, "Write whole seconds, or use golang-jwt: it keeps the fraction."));
            }
            Some(Value::Number(_) | Value::Now { .. } | Value::Counter { .. }) | None => {}
            Some(_) => {
                return Err(unsupported(
                    format!("jjwt takes {name} as an instant only"),
                    "Write it as a number of seconds.",
                ));
            }
        }
    }
    for name in ["iss", "sub", "jti"] {
        if draft.claim(name).is_some_and(|value| !draft.is_text(value)) {
            return Err(unsupported(format!("jjwt refuses {name} unless it is a text"), "Write it as a text."));
        }
    }
    Ok(())
}

struct Java<'d> {
    draft: &'d Draft,
    constants: Vec<String>,
}

impl Java<'_> {
    fn imports(&self, code: &mut Code) {
        let draft = self.draft;
        let padded =
            matches!(draft.key, KeySource::Secret { encoding: SecretEncoding::Base64 | SecretEncoding::Base64url, .. });
        let number =
            |test: fn(&Number) -> bool| draft.any(|value| matches!(value, Value::Number(number) if test(number)));
        let has_arrays = draft.any(|value| matches!(value, Value::Array(_)));
        let utf8 = matches!(draft.key, KeySource::Secret { encoding: SecretEncoding::Utf8, .. });
        let hex = matches!(draft.key, KeySource::Secret { encoding: SecretEncoding::Hex, .. });
        let wanted = [
            (true, "io.jsonwebtoken.Jwts"),
            (draft.is_hmac(), "io.jsonwebtoken.security.Keys"),
            (number(|number| is_large(number) && !number.is_integer()), "java.math.BigDecimal"),
            (number(|number| is_large(number) && number.is_integer()), "java.math.BigInteger"),
            (utf8, "java.nio.charset.StandardCharsets"),
            (!draft.is_hmac(), "java.nio.file.Files"),
            (!draft.is_hmac(), "java.nio.file.Path"),
            (!draft.is_hmac(), "java.security.KeyFactory"),
            (!draft.is_hmac(), "java.security.PrivateKey"),
            (draft.needs(Need::Random), "java.security.SecureRandom"),
            (!draft.is_hmac(), "java.security.spec.PKCS8EncodedKeySpec"),
            (draft.needs(Need::Now), "java.time.Duration"),
            (draft.needs(Need::Now), "java.time.Instant"),
            (has_arrays, "java.util.Arrays"),
            (padded || !draft.is_hmac() || draft.needs(Need::Random), "java.util.Base64"),
            (hex, "java.util.HexFormat"),
            (draft.has_objects(), "java.util.LinkedHashMap"),
            (draft.has_objects(), "java.util.Map"),
            (draft.needs(Need::Uuid), "java.util.UUID"),
            (draft.needs(Need::Counter), "java.util.concurrent.atomic.AtomicLong"),
            (draft.is_hmac(), "javax.crypto.SecretKey"),
        ];
        wanted.iter().filter(|(wanted, _)| *wanted).for_each(|(_, name)| code.add(&format!("import {name};")));
        code.blank();
    }

    fn constants(&self, code: &mut Code) {
        for (constant, name) in self.draft.constants.iter().zip(&self.constants) {
            comment_undeclared(code, constant.declared);
            let kind = if matches!(constant.value, Value::Text(_)) { "String" } else { "Object" };
            code.value(&format!("static final {kind} {name} = "), layout::value(self, &constant.value), ";");
        }
        if self.draft.needs(Need::Counter) {
            code.add("static final AtomicLong MINTED = new AtomicLong();");
        }
        if self.draft.needs(Need::Random) {
            code.add("static final SecureRandom RANDOM = new SecureRandom();");
        }
        code.blank();
    }

    fn key_type(&self) -> &'static str {
        if self.draft.is_hmac() { "SecretKey" } else { "PrivateKey" }
    }

    fn mint(&self, code: &mut Code) {
        code.add(&format!("static String mint({} key) {{", self.key_type()));
        code.inside(|code| {
            if self.draft.needs(Need::Now) {
                code.add("Instant now = Instant.now();");
            }
            if self.draft.needs(Need::Counter) {
                code.add("long counter = MINTED.getAndIncrement();");
            }
            code.add("return Jwts.builder()");
            code.inside(|code| {
                if !self.draft.header.is_empty() {
                    code.add(".header()");
                    for entry in &self.draft.header {
                        let before = format!("    .add({}, ", self.name(&entry.name));
                        code.value(&before, layout::value(self, &entry.value), ")");
                    }
                    code.add("    .and()");
                }
                for entry in &self.draft.claims {
                    if entry.plain_name() == Some("aud") && self.draft.is_text(&entry.value) {
                        code.comment("single() keeps aud a text; jjwt would make it an array.");
                        code.value(".audience().single(", layout::value(self, &entry.value), ")");
                    } else {
                        let before = format!(".claim({}, ", self.name(&entry.name));
                        code.value(&before, layout::value(self, &entry.value), ")");
                    }
                }
                code.add(&format!(".signWith(key, Jwts.SIG.{})\n.compact();", self.draft.algorithm));
            });
        });
        code.add("}\n");
    }

    fn read_key(&self, code: &mut Code) {
        code.add(&format!("static {} readKey() throws Exception {{", self.key_type()));
        code.inside(|code| {
            code.add(&format!("String setting = System.getenv({});", quoted_variable(self.draft, Escape::Pairs)));
            match &self.draft.key {
                KeySource::Secret { encoding, .. } => {
                    let bytes = match encoding {
                        SecretEncoding::Utf8 => "setting.getBytes(StandardCharsets.UTF_8)",
                        SecretEncoding::Base64 => "Base64.getDecoder().decode(setting)",
                        SecretEncoding::Base64url => "Base64.getUrlDecoder().decode(setting)",
                        SecretEncoding::Hex => "HexFormat.of().parseHex(setting)",
                    };
                    code.add(&format!("return Keys.hmacShaKeyFor({bytes});"));
                }
                KeySource::Pem(kind) => {
                    let name = match kind {
                        KeyKind::Rsa => "RSA",
                        KeyKind::Ed25519 => "Ed25519",
                        _ => "EC",
                    };
                    code.add(
                        "String pem = Files.readString(Path.of(setting)).replaceAll(\"-----[A-Z ]+-----\", \"\");",
                    );
                    code.add("byte[] der = Base64.getMimeDecoder().decode(pem);");
                    code.add(&format!(
                        "return KeyFactory.getInstance(\"{name}\").generatePrivate(new PKCS8EncodedKeySpec(der));"
                    ));
                }
            }
        });
        code.add("}");
    }

    fn helpers(&self, code: &mut Code) {
        if self.draft.has_objects() {
            code.add("\nstatic Map<String, Object> object(Object... members) {");
            code.add("    Map<String, Object> object = new LinkedHashMap<>();");
            code.add("    for (int i = 0; i < members.length; i += 2) {");
            code.add("        object.put((String) members[i], members[i + 1]);\n    }\n    return object;\n}");
        }
        if self.draft.needs(Need::Random) {
            code.add(
                "\nstatic String random(int size) {\n    byte[] bytes = new byte[size];\n    RANDOM.nextBytes(bytes);",
            );
            code.add("    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);\n}");
        }
    }

    fn piece(&self, piece: &Piece) -> String {
        match piece {
            Piece::Plain(text) => self.text(text),
            Piece::Now { offset } => self.now(*offset),
            Piece::Uuid => "UUID.randomUUID()".to_owned(),
            Piece::Counter { start } => format!("({})", self.counter(*start)),
            Piece::Random { bytes } => format!("random({bytes})"),
            Piece::Constant(index) => self.constant(*index),
        }
    }
}

/// Whether it takes a class for numbers of any size.
fn is_large(number: &Number) -> bool {
    if number.is_integer() { number.integer().is_none() } else { !number.fits_double() }
}

impl Dialect for Java<'_> {
    const OBJECT: (&'static str, &'static str) = ("object(", ")");
    const ARRAY: (&'static str, &'static str) = ("Arrays.asList(", ")");
    /// A bare null would stand for the array of all arguments.
    const NULL: &'static str = "(Object) null";
    const LAST_COMMA: bool = false;

    fn number(&self, number: &Number) -> Written {
        let raw = number.raw();
        Written::exact(match (is_large(number), number.integer()) {
            (true, _) if number.is_integer() => format!("new BigInteger(\"{raw}\")"),
            (true, _) => format!("new BigDecimal(\"{raw}\")"),
            (false, Some(value)) if i32::try_from(value).is_err() => format!("{raw}L"),
            (false, _) => raw.to_owned(),
        })
    }

    fn text(&self, text: &str) -> String {
        quoted(text, Escape::Pairs)
    }

    fn joined(&self, pieces: &[Piece]) -> String {
        match pieces {
            [Piece::Uuid] => "UUID.randomUUID().toString()".to_owned(),
            [Piece::Random { .. } | Piece::Constant(_)] => pieces.iter().map(|piece| self.piece(piece)).collect(),
            pieces => {
                let begins_with_text = matches!(pieces.first(), Some(Piece::Plain(_)));
                let start = if begins_with_text { None } else { Some("\"\"".to_owned()) };
                let parts: Vec<String> =
                    start.into_iter().chain(pieces.iter().map(|piece| self.piece(piece))).collect();
                parts.join(" + ")
            }
        }
    }

    fn named(&self, name: &str) -> String {
        format!("{name}, ")
    }

    fn now(&self, offset: i64) -> String {
        let units = [(86_400, "Days"), (3_600, "Hours"), (60, "Minutes"), (1, "Seconds")];
        let (count, unit) = in_units(offset.unsigned_abs(), &units);
        match offset {
            0 => "now.getEpochSecond()".to_owned(),
            1.. => format!("now.plus(Duration.of{unit}({count}L)).getEpochSecond()"),
            _ => format!("now.minus(Duration.of{unit}({count}L)).getEpochSecond()"),
        }
    }

    fn counter(&self, start: u64) -> String {
        if start == 0 { "counter".to_owned() } else { format!("{start}L + counter") }
    }

    fn constant(&self, index: usize) -> String {
        self.constants.get(index).cloned().unwrap_or_default()
    }
}
