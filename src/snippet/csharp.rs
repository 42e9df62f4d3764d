//! C# with System.IdentityModel.Tokens.Jwt.

use super::layout::{self, Code, Dialect, Written};
use super::model::{Draft, KeySource, Need, Number, Piece, Value};
use super::shared::{comment_undeclared, in_units, quoted_variable};
use super::words::{self, Case, Escape, quoted};
use super::{Snippet, language, unsupported};
use crate::jose::error::Problem;
use crate::jose::jwa::{Algorithm, Family, KeyKind};
use crate::jose::secret::SecretEncoding;

const INSTALL: &str = "dotnet add package System.IdentityModel.Tokens.Jwt";

/// Names the code has already.
const TAKEN: [&str; 6] = ["Main", "Mint", "ReadKey", "Program", "Minted", "Console"];

pub(super) fn write(draft: &Draft) -> Result<Snippet, Problem> {
    if draft.algorithm == Algorithm::EdDSA {
        let why = "System.IdentityModel.Tokens.Jwt does not sign with EdDSA";
        return Err(unsupported(why, "Use ES256, or golang-jwt: it has EdDSA."));
    }
    language::check_range(
        draft,
        |_| false,
        "Write the number as text, or use Go with golang-jwt, which keeps it as it is.",
    )?;
    let csharp = CSharp { draft, constants: words::names(&draft.constants, Case::Pascal, &TAKEN) };
    let mut code = Code::new::<CSharp<'_>>();
    draft.title(&mut code, "a token with System.IdentityModel.Tokens.Jwt", INSTALL);
    code.add("using System.IdentityModel.Tokens.Jwt;");
    if !draft.is_hmac() || draft.needs(Need::Random) {
        code.add("using System.Security.Cryptography;");
    }
    if matches!(draft.key, KeySource::Secret { encoding: SecretEncoding::Utf8, .. }) {
        code.add("using System.Text;");
    }
    code.add("using Microsoft.IdentityModel.Tokens;\n");
    code.add("static class Program\n{");
    code.inside(|code| {
        csharp.constants(code);
        csharp.mint(code);
        csharp.read_key(code);
        code.add("\nstatic void Main() => Console.WriteLine(Mint(ReadKey()));");
    });
    code.add("}");
    let mut notes = draft.notes(false);
    if draft.is_hmac() {
        notes.push("The library refuses secrets that are shorter than the hash.".to_owned());
    }
    let run = format!("{}dotnet run", draft.environment());
    Ok(Snippet { code: code.into_text(), install: vec![INSTALL.to_owned()], run, notes })
}

struct CSharp<'d> {
    draft: &'d Draft,
    constants: Vec<String>,
}

impl CSharp<'_> {
    fn constants(&self, code: &mut Code) {
        for (constant, name) in self.draft.constants.iter().zip(&self.constants) {
            comment_undeclared(code, constant.declared);
            let kind = if matches!(constant.value, Value::Text(_)) { "const string" } else { "static readonly object" };
            code.value(&format!("{kind} {name} = "), layout::value(self, &constant.value), ";");
        }
        if self.draft.needs(Need::Counter) {
            code.add("static long Minted;");
        }
        if !self.draft.constants.is_empty() || self.draft.needs(Need::Counter) {
            code.blank();
        }
    }

    fn mint(&self, code: &mut Code) {
        code.add("static string Mint(SecurityKey key)\n{");
        code.inside(|code| {
            if self.draft.needs(Need::Now) {
                code.add("var now = DateTimeOffset.UtcNow;");
            }
            if self.draft.needs(Need::Counter) {
                code.add("var counter = Interlocked.Increment(ref Minted) - 1;");
            }
            let algorithm = algorithm(self.draft.algorithm);
            code.add(&format!(
                "var header = new JwtHeader(new SigningCredentials(key, SecurityAlgorithms.{algorithm}));"
            ));
            if self.draft.header_member("typ").is_none() {
                code.comment("The library writes typ: \"JWT\" unless it is removed.");
                code.add("header.Remove(\"typ\");");
            }
            for entry in self.draft.header_besides_default() {
                let before = format!("header[{}] = ", self.pieces(&entry.name));
                code.value(&before, layout::value(self, &entry.value), ";");
            }
            let mut claims =
                layout::object(self, &self.draft.claims, |csharp, entry| layout::value(csharp, &entry.value));
            layout::reopen::<Self>(&mut claims, "new JwtPayload {");
            code.value("var payload = ", claims, ";");
            code.add("return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(header, payload));");
        });
        code.add("}\n");
    }

    fn read_key(&self, code: &mut Code) {
        let variable = quoted_variable(self.draft, Escape::Wide);
        let missing = quoted(&format!("{} is not set", self.draft.key_variable()), Escape::Wide);
        code.add("static SecurityKey ReadKey()\n{");
        code.inside(|code| {
            code.add(&format!("var setting = Environment.GetEnvironmentVariable({variable})"));
            code.add(&format!("    ?? throw new InvalidOperationException({missing});"));
            match &self.draft.key {
                KeySource::Secret { encoding, .. } => {
                    let bytes = match encoding {
                        SecretEncoding::Utf8 => "Encoding.UTF8.GetBytes(setting)",
                        SecretEncoding::Base64 => {
                            code.comment("The padding may be missing.");
                            "Convert.FromBase64String(setting.TrimEnd('=') + new string('=', -setting.TrimEnd('=').Length & 3))"
                        }
                        SecretEncoding::Base64url => "Base64UrlEncoder.DecodeBytes(setting)",
                        SecretEncoding::Hex => "Convert.FromHexString(setting)",
                    };
                    code.add(&format!("return new SymmetricSecurityKey({bytes});"));
                }
                KeySource::Pem(kind) => {
                    let (class, key) =
                        if *kind == KeyKind::Rsa { ("RSA", "RsaSecurityKey") } else { ("ECDsa", "ECDsaSecurityKey") };
                    code.add(&format!("var key = {class}.Create();"));
                    code.add("key.ImportFromPem(File.ReadAllText(setting));");
                    code.add(&format!("return new {key}(key);"));
                }
            }
        });
        code.add("}");
    }

    fn piece(&self, piece: &Piece) -> String {
        let inside = match piece {
            Piece::Plain(text) => return words::body(text, '"', Escape::Wide).replace('{', "{{").replace('}', "}}"),
            Piece::Now { offset } => self.now(*offset),
            Piece::Uuid => "Guid.NewGuid()".to_owned(),
            Piece::Counter { start } => self.counter(*start),
            Piece::Random { bytes } => random(*bytes),
            Piece::Constant(index) => self.constant(*index),
        };
        format!("{{{inside}}}")
    }
}

fn algorithm(algorithm: Algorithm) -> String {
    let family = match algorithm.family() {
        Family::Hmac => "HmacSha",
        Family::RsaPkcs1 => "RsaSha",
        Family::RsaPss => "RsaSsaPssSha",
        Family::Ecdsa | Family::EdDsa => "EcdsaSha",
    };
    format!("{family}{}", algorithm.name().get(2..).unwrap_or_default())
}

fn random(bytes: usize) -> String {
    format!("Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes({bytes}))")
}

impl Dialect for CSharp<'_> {
    const OBJECT: (&'static str, &'static str) = ("new Dictionary<string, object> {", "}");
    const ARRAY: (&'static str, &'static str) = ("new object[] {", "}");
    const NULL: &'static str = "null!";

    fn number(&self, number: &Number) -> Written {
        let raw = number.raw();
        match number.integer() {
            Some(value) if i32::try_from(value).is_err() => Written::exact(format!("{raw}L")),
            Some(_) => Written::exact(raw),
            None if number.fits_double() => Written::exact(format!("{raw}d")),
            None => Written::rounded(format!("{raw}d"), number),
        }
    }

    fn text(&self, text: &str) -> String {
        quoted(text, Escape::Wide)
    }

    fn joined(&self, pieces: &[Piece]) -> String {
        match pieces {
            [Piece::Uuid] => "Guid.NewGuid().ToString()".to_owned(),
            [Piece::Random { bytes }] => random(*bytes),
            [Piece::Constant(index)] => self.constant(*index),
            pieces => format!("$\"{}\"", pieces.iter().map(|piece| self.piece(piece)).collect::<String>()),
        }
    }

    fn named(&self, name: &str) -> String {
        format!("[{name}] = ")
    }

    fn now(&self, offset: i64) -> String {
        let units = [(86_400, "Days"), (3_600, "Hours"), (60, "Minutes"), (1, "Seconds")];
        let (count, unit) = in_units(offset.unsigned_abs(), &units);
        let sign = if offset < 0 { "-" } else { "" };
        let moved = if offset == 0 { String::new() } else { format!(".Add{unit}({sign}{count})") };
        format!("now{moved}.ToUnixTimeSeconds()")
    }

    fn counter(&self, start: u64) -> String {
        if start == 0 { "counter".to_owned() } else { format!("{start} + counter") }
    }

    fn constant(&self, index: usize) -> String {
        self.constants.get(index).cloned().unwrap_or_default()
    }
}
