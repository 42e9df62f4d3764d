//! A token in a file, to be measured as it is.

use std::sync::Arc;

use super::failure::Stop;
use super::source::Pasted;
use crate::jose::base64url;
use crate::jose::compact::{Decoded, TokenKind};
use crate::jose::error::Problem;
use crate::jose::json::Value;
use crate::jose::jwa::Algorithm;
use crate::jose::key::{Key, Operation};
use crate::jose::key_set;
use crate::jose::unwrap::unwrap;
use crate::measure::variant::Variant;

/// The three decoded parts of a signed token, and what it says it was signed with.
pub struct PastedToken {
    header: Vec<u8>,
    payload: Vec<u8>,
    signature: Vec<u8>,
    algorithm: Result<Algorithm, Problem>,
    kid: Option<String>,
}

impl PastedToken {
    /// Takes the token out of what stands around it.
    ///
    /// # Errors
    /// An encrypted token, one with several signatures, and parts that are not base64url.
    pub fn read(pasted: &Pasted) -> Result<Self, Stop> {
        let Pasted { name, text, .. } = pasted;
        let found = unwrap(text).tokens;
        let [token] = found.as_slice() else {
            let message = format!("{name} holds a token with {} signatures; one is measured", found.len());
            return Err(Problem::new("file-kind", message)
                .help("Join header, payload and one signature by dots.")
                .into());
        };
        let decoded = token.decode();
        let parts: Vec<&str> = token.text.split('.').collect();
        let (TokenKind::Jws, [header, payload, signature]) = (decoded.kind, parts.as_slice()) else {
            return Err(Problem::new("file-kind", format!("{name} holds no signed token of three parts"))
                .help("To see what is in it: jwt-workbench inspect.")
                .into());
        };
        let part = |what: &str, text: &str| {
            base64url::decode(text).map_err(|problem| {
                let message = format!("{name}, {what}: {}", problem.message);
                Problem { message, span: None, ..problem }
            })
        };
        Ok(Self {
            header: part("header", header)?,
            payload: part("payload", payload)?,
            signature: part("signature", signature)?,
            algorithm: algorithm(&decoded),
            kid: decoded.parameter("kid").and_then(Value::as_str).map(|kid| kid.into_owned()),
        })
    }

    /// What is measured with one of `keys`: of several that can be meant, the one that verifies the token.
    pub fn variant(self, keys: &[Key]) -> PastedVariant {
        let Self { header, payload, signature, algorithm, kid } = self;
        let (algorithm, untimed) = match algorithm {
            Ok(algorithm) => (algorithm, None),
            // The name in the header is told; this one stands in and is never used.
            Err(problem) => (Algorithm::HS256, Some(problem.message)),
        };
        let key = if untimed.is_none() {
            choose(keys, kid.as_deref(), algorithm, &header, &payload, &signature)
        } else {
            None
        };
        let untimed = untimed.or_else(|| {
            let refusal = key?.restrictions().permit(algorithm, Operation::Verify).err()?;
            Some(refusal.message)
        });
        let key = key.filter(|_| untimed.is_none()).cloned().map(Arc::new);
        let variant = Variant { key, algorithm, header, payload, signature: Some(signature) };
        PastedVariant { variant, untimed }
    }
}

/// A token with the key to measure it with.
pub struct PastedVariant {
    /// What is measured.
    pub variant: Variant,
    /// Why nothing can be timed, unless the key alone says so.
    pub untimed: Option<String>,
}

fn algorithm(decoded: &Decoded) -> Result<Algorithm, Problem> {
    let name = decoded.parameter("alg").and_then(Value::as_str);
    let name = name.ok_or_else(|| Problem::new("alg-missing", "the header names no algorithm"))?;
    Algorithm::for_verifying(&name)
}

/// The key that verifies; without one, the likeliest.
fn choose<'k>(
    keys: &'k [Key],
    kid: Option<&str>,
    algorithm: Algorithm,
    header: &[u8],
    payload: &[u8],
    signature: &[u8],
) -> Option<&'k Key> {
    let found = key_set::candidates(keys, kid, algorithm, Operation::Verify);
    let input = [header, payload].map(base64url::encode).join(".");
    let verifies =
        |key: &&Key| key.verifier(algorithm).is_ok_and(|verifier| verifier.verify(input.as_bytes(), signature).is_ok());
    found.iter().copied().find(verifies).or_else(|| found.first().copied())
}
