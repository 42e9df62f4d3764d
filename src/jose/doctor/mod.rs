//! The key doctor: tries what people get wrong with keys, and says which mistake it was.

mod secrets;
mod token;

use std::ops::ControlFlow;

use super::compact::{Decoded, Part};
use super::json::Value;
use super::jwa::{Algorithm, Family};
use super::key::Key;
use super::secret::{Secret, SecretEncoding};
use super::text::shown;
use super::verify;

/// A key that may have been meant, with everything that can be got wrong about it.
#[derive(Clone, Debug)]
pub struct Suspect {
    /// What the user knows it as.
    pub name: String,
    /// The key as it is understood now.
    pub key: Key,
    /// A secret as it was typed, and how that was understood.
    pub typed: Option<(Secret, SecretEncoding)>,
    /// The text or bytes that the key was read from.
    pub source: Option<Secret>,
}

/// What the doctor has to say.
#[derive(Clone, Debug)]
pub struct Diagnosis {
    /// The mistake, if one of those tried it was.
    pub found: Option<Cause>,
    /// What was tried, each in a few words, in order.
    pub tried: Vec<String>,
    /// Whether it was stopped before everything was tried.
    pub stopped: bool,
}

/// A mistake that explains why the signature did not match.
#[derive(Clone, Debug)]
pub struct Cause {
    /// What it is, in a sentence.
    pub message: String,
    /// What to do about it, in a sentence.
    pub help: String,
    /// The key that does verify the signature; `None` when the token itself is wrong (a DER signature, another `alg`).
    pub key: Option<Key>,
    /// The secret and the encoding to type it with, when that is all there is to change.
    pub secret: Option<(Secret, SecretEncoding)>,
}

/// Tries every mistake with every suspect, the likeliest first. `go_on` is asked before each attempt, with how many
/// there have been.
pub fn diagnose(
    token: &str,
    decoded: &Decoded,
    suspects: &[Suspect],
    go_on: &mut dyn FnMut(usize) -> bool,
) -> Diagnosis {
    let Some(case) = Case::of(token, decoded) else {
        return Diagnosis { found: None, tried: Vec::new(), stopped: false };
    };
    let mut visit = Visit { case, go_on, attempts: 0, tried: Vec::new() };
    let end = visit.examine(suspects);
    let (found, stopped) = match end {
        ControlFlow::Break(End::Found(cause)) => (Some(*cause), false),
        ControlFlow::Break(End::Stopped) => (None, true),
        ControlFlow::Continue(()) => (None, false),
    };
    Diagnosis { found, tried: visit.tried, stopped }
}

/// A signature that did not match.
struct Case<'d> {
    algorithm: Algorithm,
    signing_input: &'d [u8],
    signature: &'d [u8],
    kid: Option<String>,
    decoded: &'d Decoded,
}

impl<'d> Case<'d> {
    /// Nothing when there is no signature of a known algorithm to look at, or when a part is not base64url: then that is
    /// the mistake, and no key mends it.
    fn of(token: &'d str, decoded: &'d Decoded) -> Option<Self> {
        if decoded.faults.iter().any(|fault| fault.problem.code.starts_with("base64url")) {
            return None;
        }
        let signature = decoded.segment(Part::Signature)?;
        Some(Self {
            algorithm: verify::named(decoded).ok()?,
            signing_input: token.get(..signature.span.start.checked_sub(1)?)?.as_bytes(),
            signature: &signature.bytes,
            kid: decoded.parameter("kid").and_then(Value::as_str).map(|kid| kid.into_owned()),
            decoded,
        })
    }
}

/// Why a visit ends before everything was tried.
enum End {
    Found(Box<Cause>),
    Stopped,
}

/// One examination, and what has been tried in it.
struct Visit<'d, 'g> {
    case: Case<'d>,
    go_on: &'g mut dyn FnMut(usize) -> bool,
    attempts: usize,
    tried: Vec<String>,
}

impl Visit<'_, '_> {
    fn examine(&mut self, suspects: &[Suspect]) -> ControlFlow<End> {
        self.other_keys(suspects)?;
        suspects.iter().try_for_each(|suspect| self.misread_secret(suspect))?;
        self.signature_in_der(suspects)?;
        suspects.iter().try_for_each(|suspect| self.other_algorithms(suspect))?;
        suspects.iter().try_for_each(|suspect| self.key_as_secret(suspect))?;
        self.other_signing_inputs(suspects)
    }

    /// Another key at hand than the one that was used.
    fn other_keys(&mut self, suspects: &[Suspect]) -> ControlFlow<End> {
        for Suspect { name, key, .. } in suspects {
            let algorithm = self.case.algorithm;
            if !self.verifies(&format!("{} as it is", quoted(name)), key, algorithm)? {
                continue;
            }
            let asked = self.case.kid.as_deref().filter(|kid| Some(*kid) != key.kid());
            let although =
                asked.map_or_else(String::new, |kid| format!(", although the token asks for kid {}", shown(kid)));
            return found(Cause {
                message: format!("The token was signed with the key of {}{although}.", quoted(name)),
                help: "Verify with that key.".to_owned(),
                key: Some(key.clone()),
                secret: None,
            });
        }
        ControlFlow::Continue(())
    }

    /// Whether `key` verifies the signature, as it is, with `algorithm`.
    fn verifies(&mut self, what: &str, key: &Key, algorithm: Algorithm) -> ControlFlow<End, bool> {
        let (input, signature) = (self.case.signing_input, self.case.signature);
        self.attempt(what, key, algorithm, input, signature)
    }

    /// One attempt. A key of the wrong kind is none.
    fn attempt(
        &mut self,
        what: &str,
        key: &Key,
        algorithm: Algorithm,
        input: &[u8],
        signature: &[u8],
    ) -> ControlFlow<End, bool> {
        let Ok(verifier) = key.verifier(algorithm) else { return ControlFlow::Continue(false) };
        if !(self.go_on)(self.attempts) {
            return ControlFlow::Break(End::Stopped);
        }
        self.attempts += 1;
        self.tried.push(what.to_owned());
        ControlFlow::Continue(verifier.verify(input, signature).is_ok())
    }

    /// Whether the token is said to be signed with a shared secret.
    fn needs_secret(&self) -> bool {
        self.case.algorithm.family() == Family::Hmac
    }
}

fn found<T>(cause: Cause) -> ControlFlow<End, T> {
    ControlFlow::Break(End::Found(Box::new(cause)))
}

/// The name of a suspect as it stands in a sentence.
fn quoted(name: &str) -> String {
    format!("'{}'", shown(name))
}
