//! Which of several keys is meant, and the check with it (RFC 7515 §4.1.4, RFC 7517 §5).

use super::super::compact::Decoded;
use super::super::error::Problem;
use super::super::json::Value;
use super::super::jwa::Algorithm;
use super::super::key::{Key, Operation};
use super::super::key_read::KeyFile;
use super::super::key_set::candidates;
use super::{Check, CheckName, SignatureCheck, Verdict, check_signature};

/// Checks the signature with the key of a file that the header means: of keys that are equally good the one that made the
/// signature. The key is `None` when there is none to use, and then the check tells why.
pub fn check_with_file<'f>(
    token: &str,
    decoded: &Decoded,
    file: &'f KeyFile,
    allowed: &[Algorithm],
) -> (Option<&'f Key>, SignatureCheck) {
    let text = |name| decoded.parameter(name).and_then(Value::as_str);
    let kid = text("kid");
    let is_known = file.keys.iter().any(|key| kid.is_some() && key.kid() == kid.as_deref());
    let named = file.refused.iter().find(|refused| kid.is_some() && refused.kid.as_deref() == kid.as_deref());
    let refused = named.or(file.refused.first().filter(|_| file.keys.is_empty()));
    if let Some(refused) = refused.filter(|_| !is_known) {
        return (None, check_signature(token, decoded, None, allowed).without_key(&refused.problem));
    }
    // A name that is no algorithm is told by the check, whatever the key.
    let algorithm = text("alg").and_then(|alg| Algorithm::for_verifying(&alg).ok()).unwrap_or(Algorithm::HS256);
    let mut best = None;
    for key in candidates(&file.keys, kid.as_deref(), algorithm, Operation::Verify) {
        let check = check_signature(token, decoded, Some(key), allowed);
        if check.matches() {
            return (Some(key), check);
        }
        best = best.or(Some((Some(key), check)));
    }
    best.unwrap_or_else(|| (None, check_signature(token, decoded, None, allowed)))
}

impl SignatureCheck {
    /// The same with a key that cannot be used, for this reason.
    fn without_key(mut self, problem: &Problem) -> Self {
        if self.verdict != Verdict::NotChecked {
            return self;
        }
        for check in &mut self.checks {
            match check.name {
                CheckName::Signature => check.detail = "not checked: the key cannot be used".to_owned(),
                CheckName::Key => *check = Check::fail(CheckName::Key, problem.message.as_str()),
                _ => {}
            }
        }
        Self { verdict: Verdict::Invalid, ..self }
    }
}
