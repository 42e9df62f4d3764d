//! Writing JSON Web Keys (RFC 7517, RFC 7518 §6, RFC 8037 §2), and their thumbprints (RFC 7638).

use aws_lc_rs::digest;
use pkcs1::der::Decode as _;
use pkcs1::{RsaPrivateKeyRef, RsaPublicKeyRef};
use pkcs8::PrivateKeyInfoRef;
use zeroize::Zeroizing;

use super::error::Problem;
use super::jwa::KeyKind;
use super::jwk::mismatch;
use super::key::Key;
use super::restrictions::Restrictions;
use super::secret::Secret;
use super::{base64url, json, key_der};

impl Key {
    /// The key as a JWK on one line: `kty`, `kid` and what it says of its use if there is any, then the
    /// members in the order of the RFCs.
    ///
    /// # Errors
    ///
    /// When the private part is wanted of a public key, or only the public part of a shared secret, which has none.
    pub fn to_jwk(&self, private: bool) -> Result<Secret, Problem> {
        let mut jwk = Members::new(self.material_len());
        jwk.text(
            "kty",
            match self.kind() {
                KeyKind::Secret => "oct",
                KeyKind::Rsa => "RSA",
                KeyKind::P256 | KeyKind::P384 | KeyKind::P521 => "EC",
                KeyKind::Ed25519 => "OKP",
            },
        );
        if let Some(kid) = self.kid() {
            jwk.text("kid", kid);
        }
        let kept = if private { self.restrictions().clone() } else { self.restrictions().public() };
        jwk.restrictions(&kept);
        match self.kind() {
            KeyKind::Secret if private => jwk.bytes("k", self.secret_bytes()),
            KeyKind::Secret => {
                return Err(Problem::new("key-secret", "A shared secret has no public part")
                    .help("Export it as a private JWK, and give it only to those who may sign."));
            }
            KeyKind::Rsa => {
                self.rsa_public_members(&mut jwk)?;
                if private {
                    self.rsa_private_members(&mut jwk)?;
                }
            }
            KeyKind::P256 | KeyKind::P384 | KeyKind::P521 | KeyKind::Ed25519 => {
                self.curve_members(&mut jwk);
                if private {
                    jwk.bytes("d", &key_der::private_number(self)?);
                }
            }
        }
        Ok(jwk.close())
    }

    /// The SHA-256 thumbprint of the public key, base64url (RFC 7638). A shared secret has none here: its thumbprint
    /// would help to guess it (RFC 7638 §7).
    pub fn thumbprint(&self) -> Option<String> {
        let mut jwk = Members::new(self.material_len());
        match self.kind() {
            KeyKind::Secret => return None,
            KeyKind::Rsa => {
                let public = RsaPublicKeyRef::from_der(self.public_bytes()?).ok()?;
                jwk.bytes("e", public.public_exponent.as_bytes());
                jwk.text("kty", "RSA");
                jwk.bytes("n", public.modulus.as_bytes());
            }
            KeyKind::P256 | KeyKind::P384 | KeyKind::P521 => {
                let (x, y) = self.coordinates();
                jwk.text("crv", self.kind().label());
                jwk.text("kty", "EC");
                jwk.bytes("x", x);
                jwk.bytes("y", y);
            }
            KeyKind::Ed25519 => {
                jwk.text("crv", "Ed25519");
                jwk.text("kty", "OKP");
                jwk.bytes("x", self.public_bytes()?);
            }
        }
        Some(base64url::encode(digest::digest(&digest::SHA256, jwk.close().bytes()).as_ref()))
    }

    fn curve_members(&self, jwk: &mut Members) {
        jwk.text("crv", self.kind().label());
        if self.kind() == KeyKind::Ed25519 {
            jwk.bytes("x", self.public_bytes().unwrap_or_default());
        } else {
            let (x, y) = self.coordinates();
            jwk.bytes("x", x);
            jwk.bytes("y", y);
        }
    }

    fn rsa_public_members(&self, jwk: &mut Members) -> Result<(), Problem> {
        let public = RsaPublicKeyRef::from_der(self.public_bytes().unwrap_or_default())
            .map_err(|_der| mismatch("n and e are no RSA key"))?;
        jwk.bytes("n", public.modulus.as_bytes());
        jwk.bytes("e", public.public_exponent.as_bytes());
        Ok(())
    }

    fn rsa_private_members(&self, jwk: &mut Members) -> Result<(), Problem> {
        let unreadable = || mismatch("its private part is no RSA key");
        let info = PrivateKeyInfoRef::from_der(self.pkcs8()?.bytes()).map_err(|_der| unreadable())?;
        let rsa = RsaPrivateKeyRef::from_der(info.private_key.as_bytes()).map_err(|_der| unreadable())?;
        jwk.bytes("d", rsa.private_exponent.as_bytes());
        jwk.bytes("p", rsa.prime1.as_bytes());
        jwk.bytes("q", rsa.prime2.as_bytes());
        jwk.bytes("dp", rsa.exponent1.as_bytes());
        jwk.bytes("dq", rsa.exponent2.as_bytes());
        jwk.bytes("qi", rsa.coefficient.as_bytes());
        Ok(())
    }

    /// The two halves of the uncompressed point.
    fn coordinates(&self) -> (&[u8], &[u8]) {
        let point = self.public_bytes().and_then(|point| point.get(1..)).unwrap_or_default();
        point.split_at(point.len() / 2)
    }
}

/// A flat JSON object in the making, in a buffer that never moves: what moves leaves a copy behind.
struct Members(Zeroizing<String>);

impl Members {
    /// Makes room for members of `material_len` bytes and their names.
    fn new(material_len: usize) -> Self {
        Self(Zeroizing::new(String::with_capacity(material_len * 2 + 256)))
    }

    fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        self.0.push_str(&json::quote(value));
    }

    fn restrictions(&mut self, restrictions: &Restrictions) {
        if let Some(usage) = &restrictions.usage {
            self.text("use", usage);
        }
        if let Some(operations) = &restrictions.key_ops {
            self.name("key_ops");
            let names: Vec<String> = operations.iter().map(|name| json::quote(name)).collect();
            self.0.push_str(&format!("[{}]", names.join(",")));
        }
        if let Some(alg) = &restrictions.alg {
            self.text("alg", alg);
        }
    }

    fn bytes(&mut self, name: &str, value: &[u8]) {
        self.name(name);
        self.0.push('"');
        base64url::encode_into(value, &mut self.0);
        self.0.push('"');
    }

    fn name(&mut self, name: &str) {
        let before = if self.0.is_empty() { "{\"" } else { ",\"" };
        self.0.push_str(before);
        self.0.push_str(name);
        self.0.push_str("\":");
    }

    fn close(mut self) -> Secret {
        self.0.push('}');
        std::mem::take(&mut *self.0).into()
    }
}
