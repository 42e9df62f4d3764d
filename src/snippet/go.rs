//! Go with golang-jwt.

use super::layout::{self, Code, Dialect, Line, Written};
use super::model::{Draft, KeySource, Need, Number, Piece, Value};
use super::shared::{comment_undeclared, in_units, quoted_variable};
use super::words::{self, Case, Escape, quoted};
use super::{Snippet, unsupported};
use crate::jose::error::Problem;
use crate::jose::jwa::KeyKind;
use crate::jose::secret::SecretEncoding;

const INSTALL: &str = "go get github.com/golang-jwt/jwt/v5";
const INSTALL_UUID: &str = "go get github.com/google/uuid";

/// Keywords, what is predeclared, and names the code has already.
const TAKEN: [&str; 60] = [
    "any",
    "append",
    "atomic",
    "base64",
    "bool",
    "break",
    "byte",
    "case",
    "chan",
    "claims",
    "const",
    "continue",
    "counter",
    "default",
    "defer",
    "else",
    "err",
    "error",
    "errors",
    "false",
    "fallthrough",
    "float64",
    "fmt",
    "for",
    "func",
    "go",
    "goto",
    "hex",
    "if",
    "import",
    "int",
    "interface",
    "json",
    "jwt",
    "key",
    "len",
    "log",
    "main",
    "make",
    "map",
    "mint",
    "minted",
    "nil",
    "now",
    "os",
    "package",
    "rand",
    "random",
    "range",
    "readKey",
    "return",
    "select",
    "string",
    "strings",
    "struct",
    "switch",
    "time",
    "true",
    "type",
    "uuid",
];

/// Longer than this a duration of Go runs over.
const MAX_DURATION: u64 = 9_000_000_000;

pub(super) fn write(draft: &Draft) -> Result<Snippet, Problem> {
    let is_large = |start: u64| i64::try_from(start).is_err();
    let large = draft.any(|value| match value {
        Value::Counter { start } => is_large(*start),
        Value::Text(pieces) => pieces.iter().any(|piece| matches!(piece, Piece::Counter { start } if is_large(*start))),
        _ => false,
    });
    if large {
        let why = "The counter starts beyond the integers of 64 bits";
        return Err(unsupported(why, "Start it from a smaller number, or use Python with PyJWT."));
    }
    let go = Go { draft, constants: words::names(&draft.constants, Case::Camel, &TAKEN) };
    let mut code = Code::new::<Go<'_>>();
    draft.title(&mut code, "a token with golang-jwt", INSTALL);
    code.add("package main");
    go.imports(&mut code);
    go.constants(&mut code);
    go.mint(&mut code);
    go.read_key(&mut code);
    if draft.needs(Need::Random) {
        code.add("\nfunc random(size int) string {");
        code.add("\tbytes := make([]byte, size)\n\trand.Read(bytes) // never fails");
        code.add("\treturn base64.RawURLEncoding.EncodeToString(bytes)\n}");
    }
    code.add("\nfunc main() {\n\tkey, err := readKey()\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}");
    code.add("\ttoken, err := mint(key)\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tfmt.Println(token)\n}");
    let mut install = vec![INSTALL.to_owned()];
    if draft.needs(Need::Uuid) {
        install.push(INSTALL_UUID.to_owned());
    }
    let run = format!("{}go run mint.go", draft.environment());
    Ok(Snippet { code: code.into_text(), install, run, notes: draft.notes(false) })
}

struct Go<'d> {
    draft: &'d Draft,
    constants: Vec<String>,
}

impl Go<'_> {
    fn imports(&self, code: &mut Code) {
        let encoding = match &self.draft.key {
            KeySource::Secret { encoding, .. } => Some(*encoding),
            KeySource::Pem(_) => None,
        };
        let padded = matches!(encoding, Some(SecretEncoding::Base64 | SecretEncoding::Base64url));
        let has_large = self.draft.any(|value| matches!(value, Value::Number(number) if !is_plain(number)));
        let wanted = [
            (self.draft.needs(Need::Random), "crypto/rand"),
            (padded || self.draft.needs(Need::Random), "encoding/base64"),
            (encoding == Some(SecretEncoding::Hex), "encoding/hex"),
            (has_large, "encoding/json"),
            (true, "errors"),
            (true, "fmt"),
            (true, "log"),
            (true, "os"),
            (padded, "strings"),
            (self.draft.needs(Need::Counter), "sync/atomic"),
            (self.draft.needs(Need::Now), "time"),
        ];
        code.add("\nimport (");
        code.inside(|code| {
            wanted.iter().filter(|(wanted, _)| *wanted).for_each(|(_, path)| code.add(&format!("\"{path}\"")));
            code.blank();
            code.add("\"github.com/golang-jwt/jwt/v5\"");
            if self.draft.needs(Need::Uuid) {
                code.add("\"github.com/google/uuid\"");
            }
        });
        code.add(")\n");
    }

    fn constants(&self, code: &mut Code) {
        for (constant, name) in self.draft.constants.iter().zip(&self.constants) {
            comment_undeclared(code, constant.declared);
            let fixed = match &constant.value {
                Value::Text(_) | Value::Bool(_) => true,
                Value::Number(number) => is_plain(number),
                _ => false,
            };
            // What is nil needs to be told what it could be.
            let before = match (fixed, &constant.value) {
                (true, _) => format!("const {name} = "),
                (false, Value::Null) => format!("var {name} any = "),
                (false, _) => format!("var {name} = "),
            };
            code.value(&before, layout::value(self, &constant.value), "");
        }
        if self.draft.needs(Need::Counter) {
            code.add("var minted atomic.Int64");
        }
    }

    fn mint(&self, code: &mut Code) {
        code.add("\nfunc mint(key any) (string, error) {");
        code.inside(|code| {
            if self.draft.needs(Need::Now) {
                code.add("now := time.Now()");
            }
            if self.draft.needs(Need::Counter) {
                code.add("counter := minted.Add(1) - 1");
            }
            let mut claims = layout::object(self, &self.draft.claims, Self::member);
            layout::reopen::<Self>(&mut claims, "jwt.MapClaims{");
            code.value(&format!("token := jwt.NewWithClaims(jwt.SigningMethod{}, ", self.draft.algorithm), claims, ")");
            for entry in self.draft.header_besides_default() {
                let before = format!("token.Header[{}] = ", self.name(&entry.name));
                code.value(&before, layout::value(self, &entry.value), "");
            }
            if self.draft.header_member("typ").is_none() {
                code.comment("golang-jwt writes typ: \"JWT\" unless it is removed.");
                code.add("delete(token.Header, \"typ\")");
            }
            code.add("return token.SignedString(key)");
        });
        code.add("}");
    }

    fn member(&self, entry: &super::model::Entry) -> Vec<Line> {
        layout::value(self, &entry.value)
    }

    fn read_key(&self, code: &mut Code) {
        let variable = quoted_variable(self.draft, Escape::Wide);
        let missing = quoted(&format!("{} is not set", self.draft.key_variable()), Escape::Wide);
        code.add("\nfunc readKey() (any, error) {");
        code.inside(|code| {
            code.add(&format!("setting := os.Getenv({variable})\nif setting == \"\" {{"));
            code.add(&format!("\treturn nil, errors.New({missing})\n}}"));
            let made = match &self.draft.key {
                KeySource::Secret { encoding, .. } => match encoding {
                    SecretEncoding::Utf8 => "[]byte(setting), nil",
                    SecretEncoding::Base64 => "base64.RawStdEncoding.DecodeString(strings.TrimRight(setting, \"=\"))",
                    SecretEncoding::Base64url => {
                        "base64.RawURLEncoding.DecodeString(strings.TrimRight(setting, \"=\"))"
                    }
                    SecretEncoding::Hex => "hex.DecodeString(setting)",
                },
                KeySource::Pem(kind) => {
                    code.add("pem, err := os.ReadFile(setting)\nif err != nil {\n\treturn nil, err\n}");
                    match kind {
                        KeyKind::Rsa => "jwt.ParseRSAPrivateKeyFromPEM(pem)",
                        KeyKind::Ed25519 => "jwt.ParseEdPrivateKeyFromPEM(pem)",
                        _ => "jwt.ParseECPrivateKeyFromPEM(pem)",
                    }
                }
            };
            code.add(&format!("return {made}"));
        });
        code.add("}");
    }
}

/// Whether a number of Go holds it.
fn is_plain(number: &Number) -> bool {
    number.integer().is_some() || (!number.is_integer() && number.fits_double())
}

impl Dialect for Go<'_> {
    const INDENT: &'static str = "\t";
    const OBJECT: (&'static str, &'static str) = ("map[string]any{", "}");
    const ARRAY: (&'static str, &'static str) = ("[]any{", "}");
    const NULL: &'static str = "nil";

    fn number(&self, number: &Number) -> Written {
        if is_plain(number) {
            Written::exact(number.raw())
        } else {
            Written::exact(format!("json.Number(\"{}\")", number.raw()))
        }
    }

    fn text(&self, text: &str) -> String {
        quoted(text, Escape::Wide)
    }

    fn joined(&self, pieces: &[Piece]) -> String {
        match pieces {
            [Piece::Uuid] => return "uuid.NewString()".to_owned(),
            [Piece::Random { bytes }] => return format!("random({bytes})"),
            [Piece::Constant(index)] => return self.constant(*index),
            _ => {}
        }
        let (mut format, mut values) = (String::new(), String::new());
        for piece in pieces {
            let (verb, value) = match piece {
                Piece::Plain(text) => {
                    format.push_str(&words::body(text, '"', Escape::Wide).replace('%', "%%"));
                    continue;
                }
                Piece::Now { offset } => ("%d", self.now(*offset)),
                Piece::Uuid => ("%s", "uuid.NewString()".to_owned()),
                Piece::Counter { start } => ("%d", self.counter(*start)),
                Piece::Random { bytes } => ("%s", format!("random({bytes})")),
                Piece::Constant(index) => ("%v", self.constant(*index)),
            };
            format.push_str(verb);
            values.push_str(&format!(", {value}"));
        }
        format!("fmt.Sprintf(\"{format}\"{values})")
    }

    fn now(&self, offset: i64) -> String {
        let seconds = offset.unsigned_abs();
        let sign = if offset < 0 { "-" } else { "" };
        let (count, unit) = in_units(seconds, &[(3_600, "time.Hour"), (60, "time.Minute"), (1, "time.Second")]);
        match seconds {
            0 => "now.Unix()".to_owned(),
            1..=MAX_DURATION => format!("now.Add({sign}{count} * {unit}).Unix()"),
            _ => format!("now.Unix() {} {seconds}", if offset < 0 { '-' } else { '+' }),
        }
    }

    fn counter(&self, start: u64) -> String {
        if start == 0 { "counter".to_owned() } else { format!("{start}+counter") }
    }

    fn constant(&self, index: usize) -> String {
        self.constants.get(index).cloned().unwrap_or_default()
    }
}
