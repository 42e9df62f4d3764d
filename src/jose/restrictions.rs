//! What a JWK says it may be used for (RFC 7517 §4.2 to §4.4).

use super::error::Problem;
use super::jwa::Algorithm;
use super::key::Operation;
use super::text::shown;

/// The members `alg`, `use` and `key_ops` of a JWK; absent ones restrict nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restrictions {
    /// The algorithm it is for (§4.4).
    pub alg: Option<String>,
    /// `sig` or `enc` (§4.2).
    pub usage: Option<String>,
    /// The operations it is for, such as `sign` and `verify` (§4.3).
    pub key_ops: Option<Vec<String>>,
}

impl Restrictions {
    /// Whether nothing here speaks against `algorithm` and `operation`.
    ///
    /// # Errors
    ///
    /// The first member that does.
    pub fn permit(&self, algorithm: Algorithm, operation: Operation) -> Result<(), Problem> {
        if let Some(usage) = self.usage.as_deref().filter(|usage| *usage != "sig") {
            return Err(contradiction("use", usage, "it signs and verifies only as 'sig' (RFC 7517 §4.2)"));
        }
        let name = operation.name();
        if let Some(operations) = &self.key_ops
            && !operations.iter().any(|allowed| allowed == name)
        {
            let allowed = operations.join(", ");
            return Err(contradiction("key_ops", &allowed, &format!("'{name}' is not among them (RFC 7517 §4.3)")));
        }
        match self.alg.as_deref() {
            Some(alg) if !names(alg, algorithm) => {
                Err(contradiction("alg", alg, &format!("it is not for {algorithm} (RFC 7517 §4.4)")))
            }
            _ => Ok(()),
        }
    }

    /// More bytes than its texts take as JSON.
    pub(super) fn text_len(&self) -> usize {
        let texts = self.alg.iter().chain(&self.usage).chain(self.key_ops.iter().flatten());
        texts.map(|text| text.len() * 6 + 8).sum()
    }

    /// What holds for the public part: who may sign hands it out for verifying.
    #[must_use]
    pub fn public(&self) -> Self {
        let verifying = |operation: &String| if operation == "sign" { "verify".to_owned() } else { operation.clone() };
        let key_ops = self.key_ops.as_ref().map(|operations| {
            let mut operations: Vec<String> = operations.iter().map(verifying).collect();
            operations.dedup();
            operations
        });
        Self { key_ops, ..self.clone() }
    }
}

/// Whether `alg` of a JWK means `algorithm`. `Ed25519` is EdDSA's name of RFC 9864; `ES521` is what some write for
/// ES512, after its curve.
fn names(alg: &str, algorithm: Algorithm) -> bool {
    match alg {
        "Ed25519" => algorithm == Algorithm::EdDSA,
        "ES521" => algorithm == Algorithm::ES512,
        _ => alg == algorithm.name(),
    }
}

fn contradiction(member: &str, value: &str, why: &str) -> Problem {
    Problem::new("key-restricted", format!("The key says of itself {member} '{}': {why}", shown(value)))
        .help("Use another key, or take that member out of the JWK if it is wrong.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use Operation::{Sign, Verify};

    fn restrictions(alg: &str, usage: &str, key_ops: &[&str]) -> Restrictions {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let key_ops = (!key_ops.is_empty()).then(|| key_ops.iter().map(|name| (*name).to_owned()).collect());
        Restrictions { alg: text(alg), usage: text(usage), key_ops }
    }

    #[track_caller]
    fn check(restrictions: &Restrictions, algorithm: Algorithm, operation: Operation, expected: &str) {
        match restrictions.permit(algorithm, operation) {
            Ok(()) => assert_eq!("", expected),
            Err(problem) => assert!(!expected.is_empty() && problem.message.contains(expected), "{}", problem.message),
        }
    }

    #[test]
    fn what_a_jwk_says_of_itself_is_held_against_its_use() {
        use Algorithm::{ES256, ES512, EdDSA, HS256, PS256, PS384};
        check(&Restrictions::default(), ES256, Sign, "");
        check(&restrictions("ES256", "sig", &["sign"]), ES256, Sign, "");
        check(&restrictions("ES256", "sig", &["sign"]), ES256, Verify, "key_ops 'sign': 'verify' is not among them");
        check(&restrictions("ES256", "sig", &["sign"]).public(), ES256, Verify, "");
        check(&restrictions("", "", &["encrypt"]), ES256, Verify, "key_ops 'encrypt'");
        check(&restrictions("", "enc", &[]), ES256, Verify, "use 'enc'");
        check(&restrictions("PS256", "", &[]), PS384, Verify, "alg 'PS256': it is not for PS384");
        check(&restrictions("PS256", "", &[]), PS256, Verify, "");
        check(&restrictions("A256KW", "sig", &[]), HS256, Verify, "alg 'A256KW'");
        check(&restrictions("ES521", "sig", &[]), ES256, Verify, "alg 'ES521'");
        check(&restrictions("ES521", "sig", &[]), ES512, Verify, "");
        check(&restrictions("Ed25519", "", &[]), EdDSA, Verify, "");
    }
}
