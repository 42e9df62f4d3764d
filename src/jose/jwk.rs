//! Reading JSON Web Keys (RFC 7517, RFC 7518 §6, RFC 8037 §2); [`super::jwk_write`] writes them.

use std::borrow::Cow;

use aws_lc_rs::signature::{EcdsaKeyPair, RsaKeyPair};
use pkcs1::RsaPublicKeyRef;
use pkcs1::der::Encode as _;
use pkcs1::der::asn1::UintRef;
use zeroize::Zeroizing;

use super::base64url;
use super::error::Problem;
use super::json::{Kind, Value};
use super::jwa::KeyKind;
use super::key::{self, Key};
use super::key_der;
use super::restrictions::Restrictions;
use super::text::shown;

/// Every member that is read, so that none of them stands there twice.
const MEMBERS: [&str; 18] =
    ["kty", "kid", "alg", "use", "key_ops", "crv", "x", "y", "d", "n", "e", "p", "q", "dp", "dq", "qi", "k", "oth"];

/// A JSON value read as a JWK; spans are those of the value.
pub(super) struct Jwk<'j>(pub(super) Value<'j>);

impl Jwk<'_> {
    pub(super) fn read(&self) -> Result<Key, Problem> {
        self.check_shape()?;
        let kid = self.text("kid")?.map(|kid| kid.as_str().to_owned());
        let kty = self.text("kty")?.ok_or_else(|| {
            Problem::new("jwk-member", "This JSON is no JWK: it has no member 'kty' (RFC 7517 §4.1)")
                .help("Open a JWK; it looks like {\"kty\":\"EC\",\"crv\":\"P-256\",...}.")
        })?;
        let key = match kty.as_str() {
            "RSA" => self.rsa(),
            "EC" => self.ec(),
            "OKP" => self.okp(),
            "oct" => self.oct(),
            "AKP" => Err(Problem::new("key-unsupported", "This JWK holds a post-quantum key, which is not supported")
                .help("Use an RSA, EC, OKP or oct key.")),
            other => Err(self.at(
                "kty",
                Problem::new("jwk-member", format!("The key type '{}' is not known", shown(other)))
                    .help("Write RSA, EC, OKP or oct, exactly so (RFC 7518 §6.1)."),
            )),
        }?;
        Ok(key.with_kid(kid).with_restrictions(self.restrictions()?))
    }

    fn restrictions(&self) -> Result<Restrictions, Problem> {
        let text = |name| Ok::<_, Problem>(self.text(name)?.map(|text| text.as_str().to_owned()));
        Ok(Restrictions { alg: text("alg")?, usage: text("use")?, key_ops: self.key_ops()? })
    }

    fn key_ops(&self) -> Result<Option<Vec<String>>, Problem> {
        let Some(value) = self.0.get("key_ops") else { return Ok(None) };
        let names = value.items().map(|item| item.as_str().map(Cow::into_owned)).collect::<Option<Vec<_>>>();
        match names.filter(|_| value.kind() == Kind::Array) {
            Some(names) => Ok(Some(names)),
            None => Err(self.at(
                "key_ops",
                Problem::new("jwk-member", "'key_ops' must be an array of strings")
                    .help("Write it as [\"sign\"] or [\"verify\"] (RFC 7517 §4.3)."),
            )),
        }
    }

    fn check_shape(&self) -> Result<(), Problem> {
        if self.0.kind() != Kind::Object {
            return Err(Problem::new("jwk-member", format!("A JWK is an object; this is {}", self.0.kind().label()))
                .help("Open one key, from '{' to '}'."));
        }
        for name in MEMBERS {
            if let Some(second) = self.0.members().filter(|member| member.name() == name).nth(1) {
                return Err(Problem::new("jwk-member", format!("The member '{name}' stands there twice"))
                    .help("Remove one of them (RFC 7517 §4).")
                    .at(second.name_span));
            }
        }
        Ok(())
    }

    fn oct(&self) -> Result<Key, Problem> {
        let secret = self.required("k")?;
        if secret.is_empty() {
            return Err(
                self.at("k", Problem::new("secret-empty", "The secret of this JWK is empty").help("Generate one."))
            );
        }
        Ok(Key::secret(secret.into()))
    }

    fn ec(&self) -> Result<Key, Problem> {
        let crv = self.curve()?;
        let (kind, len) = match crv.as_str() {
            "P-256" => (KeyKind::P256, 32),
            "P-384" => (KeyKind::P384, 48),
            "P-521" => (KeyKind::P521, 66),
            other => return Err(self.at("crv", key_der::unsupported_curve(&shown(other)))),
        };
        let point = [&[4], self.sized("x", len)?.as_slice(), self.sized("y", len)?.as_slice()].concat();
        if self.0.get("d").is_none() {
            return Key::from_public(kind, &point).map_err(|_rejected| {
                Problem::new("key-mismatch", format!("x and y are no point of {}", kind.label()))
                    .help("Copy the whole JWK again, or check crv.")
            });
        }
        let pair = EcdsaKeyPair::from_private_key_and_public_key(key::ecdsa(kind), &self.sized("d", len)?, &point);
        Key::from_ec(kind, &pair.map_err(|_rejected| mismatch("d does not belong to x and y"))?)
    }

    fn okp(&self) -> Result<Key, Problem> {
        let crv = self.curve()?;
        match crv.as_str() {
            "Ed25519" => {}
            "X25519" | "X448" => {
                return Err(self.at("crv", key_der::key_agreement(&format!("an {} key", crv.as_str()))));
            }
            other => return Err(self.at("crv", key_der::unsupported_curve(&shown(other)))),
        }
        let x = self.sized("x", 32)?;
        if self.0.get("d").is_none() {
            return Key::from_public(KeyKind::Ed25519, &x);
        }
        key_der::ed25519(&self.sized("d", 32)?, Some(&x)).map_err(|_rejected| mismatch("d does not belong to x"))
    }

    fn rsa(&self) -> Result<Key, Problem> {
        let (n, e) = (self.number("n")?, self.number("e")?);
        key::check_rsa(&n, &e).map_err(|problem| {
            let member = if problem.code == "key-exponent" { "e" } else { "n" };
            self.at(member, problem)
        })?;
        let integers = (UintRef::new(&n), UintRef::new(&e));
        let (Ok(modulus), Ok(public_exponent)) = integers else { return Err(mismatch("n and e are no RSA key")) };
        let public = RsaPublicKeyRef { modulus, public_exponent };
        if self.0.get("d").is_none() {
            let public = public.to_der().map_err(|_too_long| mismatch("n and e are no RSA key"))?;
            return Key::from_public(KeyKind::Rsa, &public).map_err(|_rejected| mismatch("n and e are no RSA key"));
        }
        if self.0.get("oth").is_some() {
            return Err(self.at(
                "oth",
                Problem::new("key-unsupported", "This RSA key has more than two primes")
                    .help("Generate another RSA key."),
            ));
        }
        if let Some(missing) = ["p", "q", "dp", "dq", "qi"].into_iter().find(|name| self.0.get(name).is_none()) {
            return Err(self.at(
                "d",
                Problem::new("jwk-member", format!("This private RSA key has d but no {missing}"))
                    .help("Export it with p, q, dp, dq and qi (RFC 7518 §6.3.2); software that made the key can."),
            ));
        }
        let [d, p, q, dp, dq, qi] = [
            self.number("d")?,
            self.number("p")?,
            self.number("q")?,
            self.number("dp")?,
            self.number("dq")?,
            self.number("qi")?,
        ];
        let pair = RsaKeyPair::from_components(&aws_lc_rs::rsa::KeyPairComponents {
            public_key: aws_lc_rs::rsa::PublicKeyComponents { n: n.as_slice(), e: e.as_slice() },
            d: d.as_slice(),
            p: p.as_slice(),
            q: q.as_slice(),
            dP: dp.as_slice(),
            dQ: dq.as_slice(),
            qInv: qi.as_slice(),
        });
        Key::from_rsa(&pair.map_err(|_rejected| mismatch("n, e, d, p, q, dp, dq and qi are not one RSA key"))?)
    }

    fn curve(&self) -> Result<Zeroizing<String>, Problem> {
        self.text("crv")?.ok_or_else(|| missing("crv"))
    }

    /// An unsigned number without the leading zeros that RFC 7518 §2 forbids and some libraries write.
    fn number(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, Problem> {
        let mut bytes = self.required(name)?;
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        bytes.drain(..zeros);
        Ok(bytes)
    }

    /// A coordinate or private number of exactly `len` bytes (RFC 7518 §6.2.1.2 and §6.2.2.1).
    fn sized(&self, name: &str, len: usize) -> Result<Zeroizing<Vec<u8>>, Problem> {
        let bytes = self.required(name)?;
        if bytes.len() == len {
            return Ok(bytes);
        }
        Err(self.at(
            name,
            Problem::new("jwk-member", format!("'{name}' has {} bytes; this curve needs {len}", bytes.len()))
                .help("Copy the whole JWK again; leading zero bytes belong to it."),
        ))
    }

    fn required(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, Problem> {
        let text = self.text(name)?.ok_or_else(|| missing(name))?;
        base64url::decode(&text).map(Zeroizing::new).map_err(|problem| {
            self.at(name, Problem { message: format!("In '{name}': {}", problem.message), ..problem })
        })
    }

    fn text(&self, name: &str) -> Result<Option<Zeroizing<String>>, Problem> {
        let Some(value) = self.0.get(name) else { return Ok(None) };
        match value.as_str() {
            Some(text) => Ok(Some(Zeroizing::new(text.into_owned()))),
            None => Err(self.at(
                name,
                Problem::new("jwk-member", format!("'{name}' must be a string; it is {}", value.kind().label()))
                    .help("Put the value in double quotes."),
            )),
        }
    }

    /// Places a problem at the value of a member.
    fn at(&self, name: &str, problem: Problem) -> Problem {
        match self.0.get(name) {
            Some(value) => problem.at(value.span()),
            None => problem,
        }
    }
}

fn missing(name: &str) -> Problem {
    Problem::new("jwk-member", format!("This JWK has no '{name}'")).help("Copy the whole JWK again, from '{' to '}'.")
}

pub(super) fn mismatch(what: &str) -> Problem {
    Problem::new("key-mismatch", format!("The members of this JWK contradict each other: {what}"))
        .help("Copy the whole JWK again; members of two keys may have been mixed.")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7517 §A.2, the EC key.
    const X: &str = "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4";
    const Y: &str = "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM";
    const D: &str = "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE";

    fn ec(crv: &str, x: &str, d: &str) -> String {
        format!(r#"{{"kty":"EC","crv":"{crv}","x":"{x}","y":"{Y}","d":"{d}"}}"#)
    }

    #[track_caller]
    fn check_refused(jwk: &str, code: &str, message: &str, place: &str) {
        let problem = Key::read(jwk.as_bytes()).unwrap_err();
        assert_eq!(problem.code, code, "{}", problem.message);
        assert!(problem.message.contains(message), "{}", problem.message);
        assert!(!problem.help.is_empty(), "{}", problem.message);
        assert_eq!(problem.span.map_or("", |span| &jwk[span.range()]), place, "{}", problem.message);
    }

    #[test]
    fn members_are_checked() {
        let swapped = ec("P-256", Y, D);
        let other = ec("P-256", X, "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAA");
        assert!(Key::read(ec("P-256", X, D).as_bytes()).unwrap().is_private());
        check_refused(&other, "key-mismatch", "d does not belong to x and y", "");
        check_refused(&swapped, "key-mismatch", "d does not belong to x and y", "");
        check_refused(&swapped.replace("\"d\"", "\"D\""), "key-mismatch", "no point of P-256", "");
        check_refused(&ec("P-384", X, D), "jwk-member", "'x' has 32 bytes; this curve needs 48", &format!("\"{X}\""));
        check_refused(&ec("P-192", X, D), "key-curve", "P-192", "\"P-192\"");
        check_refused(&ec("P-256", "MKBC=", D), "base64url-padding", "In 'x': ", "\"MKBC=\"");
        check_refused(&ec("P-256", X, D).replace("EC", "ec"), "jwk-member", "The key type 'ec' is not known", "\"ec\"");
        check_refused(r#"{"kty":"EC"}"#, "jwk-member", "no 'crv'", "");
        check_refused(r#"{"kty":5}"#, "jwk-member", "'kty' must be a string; it is a number", "5");
        check_refused(r#"{"kty":"oct","k":""}"#, "secret-empty", "empty", "\"\"");
        check_refused(r#"{"kty":"oct","k":"AA","k":"BB"}"#, "jwk-member", "'k' stands there twice", "\"k\"");
        check_refused(r#"{"kty":"OKP","crv":"X25519","x":"AA"}"#, "key-unsupported", "X25519", "\"X25519\"");
        check_refused(r#"{"kty":"AKP"}"#, "key-unsupported", "post-quantum", "");
    }

    #[test]
    fn other_json_is_named() {
        check_refused(r#"{"sub":"me"}"#, "jwk-member", "no member 'kty'", "");
        check_refused(r#"{"keys":[{},{}]}"#, "jwk-set", "JWK Set of 2 keys", "");
        check_refused("[1]", "jwk-member", "this is an array", "");
    }

    #[test]
    fn a_broken_text_is_not_quoted() {
        let problem = Key::read(b"{\"kty\":\"oct\",\n\"k\":hunter2}").unwrap_err();
        assert_eq!(problem.message, "This JWK is not well-formed JSON");
        assert_eq!(problem.span.map(|span| span.start), Some(18));
        assert!(!format!("{problem:?}").contains("hunter"), "{problem:?}");
    }

    #[test]
    fn numbers_of_rsa_keys_are_checked() {
        let n = base64url::encode(&[0xff; 256]);
        let public = |n: &str, e: &str| format!(r#"{{"kty":"RSA","n":"{n}","e":"{e}"}}"#);
        let zero = base64url::encode(&[&[0], [0xff; 256].as_slice()].concat());
        assert_eq!(
            Key::read(public(&zero, "AQAB").as_bytes()).unwrap().to_jwk(false),
            Key::read(public(&n, "AQAB").as_bytes()).unwrap().to_jwk(false)
        );
        check_refused(&public(&n, "AQ"), "key-exponent", "2048 bits is 1", "\"AQ\"");
        check_refused(&public(&n, "Ag"), "key-exponent", "2048 bits is even", "\"Ag\"");
        check_refused(&public(&n, ""), "key-exponent", "even", "\"\"");
        let short = base64url::encode(&[0xff; 128]);
        check_refused(&public(&short, "AQAB"), "key-too-short", "1024 bits", &format!("\"{short}\""));
        let long = base64url::encode(&[0xff; 2048]);
        check_refused(&public(&long, "AQAB"), "key-too-long", "16384 bits", &format!("\"{long}\""));
        let only_d = format!(r#"{{"kty":"RSA","n":"{n}","e":"AQAB","d":"AQ"}}"#);
        check_refused(&only_d, "jwk-member", "has d but no p", "\"AQ\"");
    }
}
