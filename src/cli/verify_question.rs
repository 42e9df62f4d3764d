//! What `verify` is asked, and its answer.

use std::fmt::Write as _;

use super::key_arguments::Keys;
use crate::jose::compact::Decoded;
use crate::jose::doctor::{Diagnosis, diagnose};
use crate::jose::error::Problem;
use crate::jose::instant::InstantFormat;
use crate::jose::json;
use crate::jose::jwa::Algorithm;
use crate::jose::unwrap::{Bare, Unwrapped};
use crate::jose::verify::{Expectations, Verdict, Verification, check_with_file, verify};

/// A token, and everything it is held against.
pub struct Question {
    /// The token, or one for each of its signatures.
    pub token: Unwrapped,
    /// The keys to choose from.
    pub keys: Keys,
    /// The algorithms that are accepted; empty for any that the key is for.
    pub allowed: Vec<Algorithm>,
    /// What is expected of the claims.
    pub expected: Expectations,
    /// Seconds since 1970 UTC.
    pub now: i64,
    /// By how many seconds clocks may differ.
    pub leeway: u64,
}

/// The answer about one signature.
pub struct Answer {
    /// The verdict with its checks.
    pub verification: Verification,
    /// The token with this signature.
    pub token: Bare,
    /// What was decoded of it.
    decoded: Decoded,
}

impl Question {
    /// The answer about the first signature that can be verified, else about the first.
    ///
    /// # Errors
    /// No token, something else than a token, and no key for a token that needs one.
    pub fn answer(&self) -> Result<Answer, Problem> {
        if let Some(instead) = self.token.instead {
            return Err(super::inspect::no_token(instead));
        }
        let mut answers = self.token.tokens.iter().map(|token| self.about(token));
        let first = answers.next().ok_or_else(|| {
            Problem::new("token-empty", "There is no token here").help("Name a token, or - to read standard input.")
        })?;
        let is_verified = |answer: &Answer| answer.verification.verdict == Verdict::Verified;
        let answer = if is_verified(&first) { first } else { answers.find(is_verified).unwrap_or(first) };
        if answer.verification.verdict == Verdict::NotChecked && self.keys.is_empty() {
            return Err(Problem::new("key-missing", "A signed token is verified with a key, and none was given")
                .help("Name one with --key FILE, or a secret with --secret-file FILE or --secret-env NAME."));
        }
        Ok(answer)
    }

    fn about(&self, token: &Bare) -> Answer {
        let decoded = token.decode();
        let (_, signature) = check_with_file(&token.text, &decoded, &self.keys.file, &self.allowed);
        let verification = verify(&decoded, &signature, &self.expected, self.now, self.leeway, InstantFormat::UTC);
        Answer { verification, token: token.clone(), decoded }
    }

    /// What the key doctor says about a signature that does not match.
    pub fn explain(&self, answer: &Answer) -> Diagnosis {
        diagnose(&answer.token.text, &answer.decoded, &self.keys.suspects(), &mut |_| true)
    }
}

/// The answer as one JSON object.
pub fn to_json(verification: &Verification) -> String {
    let Verification { verdict, reason, checks } = verification;
    let mut out = format!(r#"{{"verdict":"{}","reason":{},"checks":["#, verdict.name(), json::quote(reason));
    for (index, check) in checks.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        let (name, outcome, detail) = (check.name.name(), check.outcome.name(), json::quote(&check.detail));
        // Writing to memory cannot fail.
        write!(out, r#"{comma}{{"check":"{name}","result":"{outcome}","detail":{detail}}}"#).ok();
    }
    out.push_str("]}");
    out
}
