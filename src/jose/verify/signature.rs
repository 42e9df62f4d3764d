//! The checks of signature, algorithm and key (RFC 7515 §5.2, RFC 8725 §3.1 and §3.2).

use super::super::compact::{Decoded, Part, TokenKind};
use super::super::error::Problem;
use super::super::json::Value;
use super::super::jwa::{Algorithm, Family, KeyKind};
use super::super::key::{Key, Operation};
use super::super::text::shown;
use super::{Check, CheckName, Outcome, SignatureCheck, Verdict};

/// Checks the signature of `token` (whose parts are `decoded`) with `key`. `allowed` limits the algorithms; empty, any
/// that the key is for will do.
pub fn check_signature(token: &str, decoded: &Decoded, key: Option<&Key>, allowed: &[Algorithm]) -> SignatureCheck {
    match decoded.kind {
        TokenKind::Jws => {}
        TokenKind::Jwe => return SignatureCheck::unchecked("an encrypted token has no signature", Verdict::Encrypted),
        TokenKind::Invalid => return not_a_token(decoded),
    }
    let algorithm = match named(decoded) {
        Ok(algorithm) => algorithm,
        Err(refused) => return refused,
    };
    let algorithm_check = check_algorithm(decoded, algorithm, key, allowed);
    let (signature, key) = match key {
        None => (
            Check::skipped(CheckName::Signature, "there is no key to check it with"),
            Check::skipped(CheckName::Key, "there is none"),
        ),
        Some(key) => (check_bytes(token, decoded, algorithm, key), check_key(decoded, algorithm, key)),
    };
    let checks = vec![signature, algorithm_check, key];
    let outcome = |wanted: Outcome| checks.iter().any(|check| check.outcome == wanted);
    let verdict = match (outcome(Outcome::Fail), checks.first().map(|check| check.outcome)) {
        (true, _) => Verdict::Invalid,
        (false, Some(Outcome::Pass)) => Verdict::Verified,
        (false, _) => Verdict::NotChecked,
    };
    SignatureCheck { checks, verdict }
}

impl SignatureCheck {
    /// Nothing was checked, for one and the same reason.
    fn unchecked(why: &str, verdict: Verdict) -> Self {
        let names = [CheckName::Signature, CheckName::Algorithm, CheckName::Key];
        Self { checks: names.into_iter().map(|name| Check::skipped(name, why)).collect(), verdict }
    }

    /// The algorithm stands in the way of everything else.
    fn refused(detail: String, verdict: Verdict) -> Self {
        let not_checked = "not checked, because of the algorithm";
        let checks = vec![
            Check::skipped(CheckName::Signature, not_checked),
            Check::fail(CheckName::Algorithm, detail),
            Check::skipped(CheckName::Key, not_checked),
        ];
        Self { checks, verdict }
    }
}

fn not_a_token(decoded: &Decoded) -> SignatureCheck {
    let fault = decoded.faults.first().map_or("this is no token", |fault| fault.problem.message.as_str());
    let mut check = SignatureCheck::unchecked("there is no token", Verdict::Invalid);
    check.checks.insert(0, Check::fail(CheckName::Signature, fault));
    check.checks.remove(1);
    check
}

/// The algorithm that the header names, or what comes of it when that is none.
pub(in super::super) fn named(decoded: &Decoded) -> Result<Algorithm, SignatureCheck> {
    let refuse = |detail: &str| Err(SignatureCheck::refused(detail.to_owned(), Verdict::Invalid));
    if let Some(twice) = decoded.faults.iter().find(|fault| fault.problem.code == "header-twice") {
        return refuse(&twice.problem.message);
    }
    let Some(alg) = decoded.parameter("alg") else {
        return refuse(match (decoded.header(), &decoded.unprotected) {
            (None, None) => "there is no header that can be read, so it names no algorithm",
            _ => "the header names no algorithm (RFC 7515 §4.1.1)",
        });
    };
    let count = |header: Value<'_>| header.members().filter(|member| member.name() == "alg").count();
    if decoded.header().is_some_and(|header| count(header.root()) > 1) {
        return refuse("alg stands in the header more than once; names are unique there (RFC 7515 §4)");
    }
    let Some(name) = alg.as_str() else {
        return refuse(&format!("alg is {}; it must be a string (RFC 7515 §4.1.1)", alg.kind().label()));
    };
    Algorithm::for_verifying(&name).map_err(|Problem { code, message, .. }| {
        let verdict = if code == "algorithm-none" { Verdict::Unsecured } else { Verdict::Unsupported };
        SignatureCheck::refused(message, verdict)
    })
}

fn check_algorithm(decoded: &Decoded, algorithm: Algorithm, key: Option<&Key>, allowed: &[Algorithm]) -> Check {
    let name = CheckName::Algorithm;
    if !allowed.is_empty() && !allowed.contains(&algorithm) {
        let allowed: Vec<_> = allowed.iter().map(|algorithm| algorithm.name()).collect();
        return Check::fail(name, format!("the header says {algorithm}, allowed is {}", allowed.join(", ")));
    }
    match key {
        Some(key) if !key.kind().fits(algorithm) => Check::fail(name, other_kind(algorithm, key)),
        Some(key) => Check::pass(name, format!("{algorithm} fits {}", key.kind().phrase())),
        None => {
            Check::skipped(name, format!("the header says {}; there is no key to fit it to", said(decoded, algorithm)))
        }
    }
}

/// The name in the header, which is not always that of the algorithm: `Ed25519` is EdDSA.
fn said(decoded: &Decoded, algorithm: Algorithm) -> String {
    decoded.parameter("alg").and_then(Value::as_str).map_or_else(|| algorithm.name().to_owned(), |name| shown(&name))
}

/// The key is of another kind than the algorithm needs. The header does not get to decide what a key is taken for
/// (RFC 8725 §3.1).
fn other_kind(algorithm: Algorithm, key: &Key) -> String {
    if algorithm.family() == Family::Hmac {
        return format!(
            "the header says {algorithm}, which would take this {} key, known to anyone, for a shared secret: that is \
             algorithm confusion (RFC 8725 §3.1)",
            key.kind().label(),
        );
    }
    format!(
        "the header says {algorithm}, which needs {}; this is {}",
        algorithm.key_kind().phrase(),
        key.kind().phrase()
    )
}

fn check_key(decoded: &Decoded, algorithm: Algorithm, key: &Key) -> Check {
    let name = CheckName::Key;
    if !key.kind().fits(algorithm) {
        return Check::skipped(name, "it is of another kind than the algorithm needs");
    }
    match key.permits(algorithm, Operation::Verify) {
        Ok(()) => Check::pass(name, format!("{}{}", key.describe(), other_kid(decoded, key))),
        Err(problem) => Check::fail(name, problem.message),
    }
}

/// A `kid` is a hint, not a condition (RFC 7515 §4.1.4): that it differs is said, no more.
fn other_kid(decoded: &Decoded, key: &Key) -> String {
    let wanted = decoded.parameter("kid").and_then(Value::as_str);
    match (wanted, key.kid()) {
        (Some(wanted), Some(own)) if wanted != own => {
            format!("; the header asks for kid {}, this key's is {}", shown(&wanted), shown(own))
        }
        _ => String::new(),
    }
}

/// Whether the third part is the signature over the exact characters of the first two.
fn check_bytes(token: &str, decoded: &Decoded, algorithm: Algorithm, key: &Key) -> Check {
    let name = CheckName::Signature;
    if !key.kind().fits(algorithm) {
        return Check::skipped(name, "not checked, because of the algorithm");
    }
    let Some(signature) = decoded.segment(Part::Signature) else {
        return Check::fail(name, "there is no signature");
    };
    let faults = || decoded.faults.iter().filter(|fault| fault.problem.code.starts_with("base64url"));
    if let Some(fault) = faults().find(|fault| fault.part == Part::Signature) {
        return Check::fail(name, fault.problem.message.as_str());
    }
    if signature.bytes.is_empty() {
        return Check::fail(name, "the signature is empty");
    }
    let verifier = match key.verifier(algorithm) {
        Ok(verifier) => verifier,
        Err(problem) => return Check::skipped(name, problem.message),
    };
    let signing_input = token.get(..signature.span.start.saturating_sub(1)).unwrap_or_default();
    let matches = verifier.verify(signing_input.as_bytes(), &signature.bytes).is_ok();
    match faults().next() {
        _ if !matches => Check::fail(name, mismatch(algorithm, key, signature.bytes.len())),
        // What verifiers decode from such a part differs, if they decode it at all.
        Some(fault) => Check::fail(name, format!("it matches, but not what it covers: {}", fault.problem.message)),
        None => Check::pass(name, format!("{}{}", said(decoded, algorithm), with(key))),
    }
}

/// The key in brackets, with its name if it has one.
fn with(key: &Key) -> String {
    let kid = key.kid().map(|kid| format!(" with kid {}", shown(kid))).unwrap_or_default();
    format!("{kid} ({})", key.describe())
}

fn mismatch(algorithm: Algorithm, key: &Key, len: usize) -> String {
    let needed = algorithm.signature_len(key.bits());
    if len != needed {
        return format!("it has {len} bytes; {algorithm} signatures made with this key have {needed}");
    }
    let what = if key.kind() == KeyKind::Secret { "secret" } else { "key" };
    format!("the {algorithm} signature does not match this {what}{}", with(key))
}
