//! Verifying a token: every check is made and told, not only the first one that fails (RFC 7515 §5.2, RFC 7519 §7.2,
//! RFC 8725).
//!
//! What depends on token and key alone is a [`SignatureCheck`], made once; what depends on the instant and on what is
//! expected is cheap and made again whenever those change.

mod claims;
mod header;
mod keys;
mod reason;
mod signature;
mod times;

pub use self::keys::check_with_file;
pub use self::signature::check_signature;
pub(super) use self::signature::named;

use self::claims::Claims;
use self::times::Clock;
use super::compact::Decoded;
use super::instant::InstantFormat;

/// The most leeway that can be granted, in seconds: a day.
pub const MAX_LEEWAY: u64 = 86_400;

/// What is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CheckName {
    /// The signature over header and payload.
    Signature,
    /// The header's `alg`: known, allowed, and one the key is for.
    Algorithm,
    /// The key itself: its size, its numbers, and what it says it may be used for.
    Key,
    /// `exp` (RFC 7519 §4.1.4).
    Expiry,
    /// `nbf` (RFC 7519 §4.1.5).
    NotBefore,
    /// `iat` (RFC 7519 §4.1.6).
    IssuedAt,
    /// `iss` (RFC 7519 §4.1.1).
    Issuer,
    /// `aud` (RFC 7519 §4.1.3).
    Audience,
    /// `sub` (RFC 7519 §4.1.2).
    Subject,
    /// `crit` (RFC 7515 §4.1.11).
    Critical,
    /// `typ` (RFC 8725 §3.11).
    Type,
}

impl CheckName {
    /// The name in machine-readable answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::Algorithm => "alg",
            Self::Key => "key",
            Self::Expiry => "exp",
            Self::NotBefore => "nbf",
            Self::IssuedAt => "iat",
            Self::Issuer => "iss",
            Self::Audience => "aud",
            Self::Subject => "sub",
            Self::Critical => "crit",
            Self::Type => "typ",
        }
    }

    /// The name people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Signature => "Signature",
            Self::Algorithm => "Algorithm",
            Self::Key => "Key",
            _ => self.name(),
        }
    }
}

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It holds.
    Pass,
    /// It does not hold.
    Fail,
    /// It was not made, and the detail says why.
    Skipped,
}

impl Outcome {
    /// The name in machine-readable answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Skipped => "skipped",
        }
    }
}

/// One check, with the figures that decided it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What was checked.
    pub name: CheckName,
    /// How it came out.
    pub outcome: Outcome,
    /// Why, in a few words without a full stop: "expired 3 h 12 min ago, 14:47:31 UTC; leeway 60 s would not help".
    pub detail: String,
}

/// What all checks together say. Only [`Verdict::Verified`] is a success.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The signature is right and nothing that was checked speaks against the token.
    Verified,
    /// At least one check failed.
    Invalid,
    /// The algorithm or an extension is not one that can be checked here.
    Unsupported,
    /// A JWE: there is no signature to verify.
    Encrypted,
    /// `alg` is `none`: anyone can have made it.
    Unsecured,
    /// There is no key to check the signature with.
    NotChecked,
}

impl Verdict {
    /// The name in machine-readable answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Invalid => "invalid",
            Self::Unsupported => "unsupported",
            Self::Encrypted => "encrypted",
            Self::Unsecured => "unsecured",
            Self::NotChecked => "not-checked",
        }
    }
}

/// The verdict, its reason and every check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// What it comes down to.
    pub verdict: Verdict,
    /// The verdict in one or two sentences: "The signature is right, but the token expired 3 h 12 min ago."
    pub reason: String,
    /// Every check, in the order of [`CheckName`].
    pub checks: Vec<Check>,
}

/// The part of a verification that depends on token and key alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureCheck {
    /// Signature, algorithm and key, in this order.
    pub checks: Vec<Check>,
    /// What they come down to by themselves.
    pub verdict: Verdict,
}

impl SignatureCheck {
    /// Whether the signature was made with the key, whatever else speaks against the two.
    pub fn matches(&self) -> bool {
        self.checks.iter().any(|check| check.name == CheckName::Signature && check.outcome == Outcome::Pass)
    }
}

/// What the receiver expects of the claims; what is empty is not checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Expectations {
    /// The issuer.
    pub iss: String,
    /// One of the audiences.
    pub aud: String,
    /// The subject.
    pub sub: String,
    /// The type in the header, such as `at+jwt`.
    pub typ: String,
}

/// Completes a signature check with the checks of header and claims, at `now` (seconds since 1970 UTC) and with
/// `leeway` seconds (at most [`MAX_LEEWAY`]); the checks tell instants in this format.
pub fn verify(
    decoded: &Decoded,
    signature: &SignatureCheck,
    expected: &Expectations,
    now: i64,
    leeway: u64,
    format: InstantFormat,
) -> Verification {
    let clock = Clock::new(now, leeway, format);
    let claims = Claims::of(decoded);
    let judged = [
        times::expiry(&claims, clock),
        times::not_before(&claims, clock),
        times::issued_at(&claims, clock),
        claims::issuer(&claims, &expected.iss),
        claims::audience(&claims, &expected.aud),
        claims::subject(&claims, &expected.sub),
        header::critical(decoded),
        header::media_type(decoded, &expected.typ),
    ];
    let is_refused = judged.iter().any(|judged| judged.check.outcome == Outcome::Fail);
    let verdict = match signature.verdict {
        Verdict::Verified if is_refused => Verdict::Invalid,
        verdict => verdict,
    };
    let reason = reason::reason(decoded, signature, &judged, verdict);
    let checks = signature.checks.iter().cloned().chain(judged.into_iter().map(|judged| judged.check)).collect();
    Verification { verdict, reason, checks }
}

impl Check {
    fn pass(name: CheckName, detail: impl Into<String>) -> Self {
        Self { name, outcome: Outcome::Pass, detail: detail.into() }
    }

    fn fail(name: CheckName, detail: impl Into<String>) -> Self {
        Self { name, outcome: Outcome::Fail, detail: detail.into() }
    }

    fn skipped(name: CheckName, detail: impl Into<String>) -> Self {
        Self { name, outcome: Outcome::Skipped, detail: detail.into() }
    }
}

/// A check, and if it failed, what that says about the token, to be told with others in one sentence: "it expired 3 h ago".
struct Judged {
    check: Check,
    because: String,
}

impl Judged {
    fn fail(name: CheckName, detail: impl Into<String>, because: impl Into<String>) -> Self {
        Self { check: Check::fail(name, detail), because: because.into() }
    }
}

impl From<Check> for Judged {
    fn from(check: Check) -> Self {
        Self { check, because: String::new() }
    }
}
