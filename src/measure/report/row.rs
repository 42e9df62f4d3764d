//! One variant's figures, and how they compare with the baseline's.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize};

use super::Label;
use super::claims::Claims;
use crate::jose::base64url;
use crate::jose::compact::Token;
use crate::jose::json::Json;
use crate::jose::text::grouped;
use crate::measure::budget::Budget;
use crate::measure::comparison::{Comparison, Verdict, compare};
use crate::measure::histogram::Summary;
use crate::measure::sampler::Sampler;
use crate::measure::sizes::Sizes;
use crate::measure::timing::is_noisy;
use crate::measure::variant::Operation;
use crate::measure::weight::Ruling;

/// The figures of one variant.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Row {
    /// What it is called.
    pub name: String,
    /// Its algorithm.
    pub algorithm: String,
    /// Its key in a few words.
    pub key: String,
    /// How many members its payload has.
    pub claims: usize,
    /// Its sizes.
    pub bytes: Bytes,
    /// How much longer it is than the baseline.
    pub difference: Difference,
    /// What it takes of the budget.
    pub budget: Share,
    /// What it takes of time.
    pub times: Times,
    /// Why not everything was timed, in a few words such as `no private key`; `None` when it was.
    pub untimed: Option<String>,
    /// Whether it is light or heavy, and why.
    pub ruling: Ruling,
    /// How it compares with the baseline; `None` for the baseline itself.
    pub against: Option<Against>,
    /// What each claim costs; `None` unless asked for.
    pub costs: Option<Claims>,
}

/// The bytes of a token as sent, and of header and payload before base64url.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bytes {
    /// The whole token.
    pub token: usize,
    /// The header as sent.
    pub header: usize,
    /// The payload as sent.
    pub payload: usize,
    /// The signature as sent.
    pub signature: usize,
    /// The header's JSON.
    pub header_json: usize,
    /// The payload's JSON.
    pub payload_json: usize,
}

impl From<Sizes> for Bytes {
    fn from(sizes: Sizes) -> Self {
        let Sizes { token, header, payload, signature, header_bytes, payload_bytes, .. } = sizes;
        Self { token, header, payload, signature, header_json: header_bytes, payload_json: payload_bytes }
    }
}

/// A difference to the baseline's token.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// In bytes; negative when it is shorter.
    pub bytes: i64,
    /// In percent of the baseline's token.
    pub percent: f64,
}

impl Difference {
    fn of(token: usize, baseline: usize) -> Self {
        let bytes = token as i64 - baseline as i64;
        Self { bytes, percent: bytes as f64 * 100.0 / baseline.max(1) as f64 }
    }

    /// "256 bytes (14 %) shorter".
    fn describe(self) -> String {
        let (bytes, percent) = (self.bytes.unsigned_abs(), self.percent.abs());
        match self.bytes {
            0 => "as long".to_owned(),
            difference => {
                let what = if bytes == 1 { "byte" } else { "bytes" };
                format!(
                    "{} {what} ({percent:.0} %) {}",
                    grouped(bytes),
                    if difference < 0 { "shorter" } else { "longer" }
                )
            }
        }
    }
}

/// What a token takes of a budget.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// In percent of the limit, what stands around the token included.
    pub percent: f64,
    /// The bytes that are left; negative when it does not fit.
    pub remaining: i64,
}

/// The times of one token, and what they make in a second; `None` for what could not be timed with the key at hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Times {
    /// Minting: base64url, the signature, and putting the token together.
    pub sign: Option<Summary>,
    /// Checking: decoding the three parts, and the check of the signature.
    pub verify: Option<Summary>,
    /// The signature alone.
    pub signature: Option<Summary>,
    /// Everything but the signature.
    pub assembly: Option<Summary>,
    /// Building the signer from the key, which comes once for each key.
    pub key_setup: Option<Summary>,
    /// Tokens minted by one thread in a second, at the median.
    pub tokens_per_second: Option<f64>,
    /// Whether other work on the machine disturbed signing or verifying.
    pub noisy: bool,
}

/// What the samples say of a variant beside the baseline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Against {
    /// Signing; `None` when one of the two cannot sign.
    pub sign: Option<Ratio>,
    /// Verifying; `None` when one of the two cannot be verified.
    pub verify: Option<Ratio>,
    /// All of it in plain words.
    pub words: String,
}

/// The time of a variant over that of the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ratio {
    /// Whether it is faster.
    pub verdict: Verdict,
    /// In the median round.
    pub ratio: f64,
    /// It is hardly smaller than this.
    pub low: f64,
    /// It is hardly larger than this; infinite, `null` in JSON, when nothing can be said.
    #[serde(deserialize_with = "infinite")]
    pub high: f64,
}

/// JSON has no infinity: it writes `null`.
fn infinite<'d, D: Deserializer<'d>>(deserializer: D) -> Result<f64, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or(f64::INFINITY))
}

impl From<Comparison> for Ratio {
    fn from(Comparison { verdict, ratio, interval: (low, high) }: Comparison) -> Self {
        Self { verdict, ratio, low, high }
    }
}

impl Ratio {
    /// In words, with the ends of the bootstrap interval: "1.21 times as fast, 98 % interval 1.18–1.24".
    pub fn words(&self) -> String {
        let Self { verdict, ratio, low, high } = *self;
        if !high.is_finite() {
            return "too few samples to tell".to_owned();
        }
        let (words, from, to) = match verdict {
            Verdict::Faster => (format!("{:.2} times as fast", 1.0 / ratio), 1.0 / high, 1.0 / low),
            Verdict::Slower => (format!("{ratio:.2} times as slow"), low, high),
            Verdict::Equal => ("as fast".to_owned(), low, high),
            Verdict::Unknown => ("no difference can be told".to_owned(), low, high),
        };
        format!("{words}, 98 % interval {from:.2}–{to:.2}")
    }
}

impl Row {
    /// The figures of the variant number `index`, held against that number `baseline`; `None` when there is no such
    /// variant.
    pub(super) fn of(label: &Label, sampler: &Sampler, index: usize, baseline: usize, budget: Budget) -> Option<Self> {
        let (token, base) = (sampler.token(index)?, sampler.token(baseline)?);
        let name = sampler.algorithm(index)?.name();
        let difference = Difference::of(token.len(), base.len());
        let times = Times::of(sampler, index);
        let sign_p50 = times.sign.as_ref().filter(|sign| sign.count > 0).map(|sign| sign.p50);
        Some(Self {
            name: label.name.clone(),
            algorithm: algorithm(token).unwrap_or_else(|| name.to_owned()),
            key: label.key.clone(),
            claims: members(token),
            bytes: Sizes::of(token).into(),
            difference,
            budget: Share { percent: budget.share(token.len()) * 100.0, remaining: budget.remaining(token.len()) },
            times,
            untimed: sampler.untimed(index).map(str::to_owned),
            ruling: Ruling::of(budget, token.len(), sign_p50),
            against: (index != baseline).then(|| Against::of(sampler, index, baseline, difference)),
            costs: None,
        })
    }
}

/// What the header says; a token that is not timed may have an algorithm that is unknown here.
fn algorithm(token: &Token) -> Option<String> {
    json(token.header())?.root().get("alg")?.as_str().map(Cow::into_owned)
}

/// The members of the payload; 0 when it is no object.
fn members(token: &Token) -> usize {
    json(token.payload()).map_or(0, |json| json.root().members().len())
}

fn json(part: &str) -> Option<Json> {
    Json::parse(&String::from_utf8(base64url::decode(part).ok()?).ok()?).ok()
}

impl Times {
    fn of(sampler: &Sampler, index: usize) -> Self {
        let summary = |operation| sampler.samples(index, operation).map(|samples| samples.summary());
        let (sign, verify) = (summary(Operation::Sign), summary(Operation::Verify));
        let p50 = sign.as_ref().map(|sign| sign.p50).filter(|p50| *p50 > 0);
        let noisy = [&sign, &verify].into_iter().flatten().any(is_noisy);
        Self {
            signature: summary(Operation::Signature),
            assembly: summary(Operation::Assembly),
            key_setup: summary(Operation::KeySetup),
            tokens_per_second: p50.map(|p50| 1e9 / p50 as f64),
            noisy,
            sign,
            verify,
        }
    }
}

impl Against {
    fn of(sampler: &Sampler, index: usize, baseline: usize, difference: Difference) -> Self {
        let compared = |operation| {
            let [base, variant] = [baseline, index].map(|variant| sampler.samples(variant, operation));
            Some(compare(&base?.series, &variant?.series))
        };
        let (sign, verify) = (compared(Operation::Sign), compared(Operation::Verify));
        let times = [("signs", sign), ("verifies", verify)].map(|(does, compared)| Some(describe(does, compared?)));
        let times: Vec<String> = times.into_iter().flatten().collect();
        let words = if times.is_empty() {
            difference.describe()
        } else {
            format!("{}; {}", difference.describe(), times.join(", "))
        };
        Self { sign: sign.map(Ratio::from), verify: verify.map(Ratio::from), words }
    }
}

fn describe(does: &str, compared: Comparison) -> String {
    match compared.verdict {
        Verdict::Unknown => format!("whether it {does} as fast cannot be told yet"),
        _ => format!("{does} {}", compared.describe()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_reads_as_people_say_it() {
        #[track_caller]
        fn check(token: usize, baseline: usize, expected: &str) {
            assert_eq!(Difference::of(token, baseline).describe(), expected);
        }
        check(1_568, 1_824, "256 bytes (14 %) shorter");
        check(1_824, 1_568, "256 bytes (16 %) longer");
        check(3_000, 200, "2,800 bytes (1400 %) longer");
        check(101, 100, "1 byte (1 %) longer");
        check(100, 100, "as long");
    }

    #[test]
    fn what_cannot_be_told_is_said_so() {
        let compared = |verdict, ratio| Comparison { verdict, ratio, interval: (0.0, f64::INFINITY) };
        assert_eq!(describe("signs", compared(Verdict::Faster, 0.25)), "signs 4.00 times as fast");
        assert_eq!(describe("verifies", compared(Verdict::Slower, 1.984)), "verifies 1.98 times as slow");
        assert_eq!(describe("signs", compared(Verdict::Equal, 1.01)), "signs as fast");
        let unknown = describe("signs", compared(Verdict::Unknown, 1.2));
        assert_eq!(unknown, "whether it signs as fast cannot be told yet");
    }

    #[test]
    fn the_ends_of_an_interval_are_those_of_what_is_said() {
        let words = |verdict, ratio, low, high| Ratio { verdict, ratio, low, high }.words();
        let faster = words(Verdict::Faster, 0.5, 0.4, 0.625);
        assert_eq!(faster, "2.00 times as fast, 98 % interval 1.60–2.50");
        assert_eq!(words(Verdict::Slower, 2.0, 1.9, 2.1), "2.00 times as slow, 98 % interval 1.90–2.10");
        assert_eq!(words(Verdict::Equal, 1.0, 0.99, 1.01), "as fast, 98 % interval 0.99–1.01");
        assert_eq!(words(Verdict::Unknown, 1.2, 0.9, 1.4), "no difference can be told, 98 % interval 0.90–1.40");
        assert_eq!(words(Verdict::Unknown, 1.0, 0.0, f64::INFINITY), "too few samples to tell");
    }
}
