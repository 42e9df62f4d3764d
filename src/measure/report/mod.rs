//! Figures of several variants side by side, one of them being what the others are held against: the table of the Compare
//! page, and what is exported from it.

mod claims;
mod grid;
mod row;
#[cfg(test)]
mod tests;
mod text;

use serde::{Deserialize, Serialize};

use super::budget::Budget;
use super::growth::Curve;
use super::login::report::LoginReport;
use super::sampler::Sampler;
use super::throughput::Throughput;

pub use self::claims::{ClaimCost, Claims};
pub use self::grid::{Grid, Side};
pub use self::row::{Against, Bytes, Difference, Ratio, Row, Share, Times};

/// Every figure, with what is needed to judge it. Its JSON is stable: members are added, never changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// The version of the program.
    pub version: String,
    /// `optimised`, or `debug` for a build whose times say little.
    pub build: String,
    /// What was measured on.
    pub machine: Machine,
    /// What was asked for.
    pub settings: Settings,
    /// Whether other work disturbed the samples of a variant.
    pub noisy: bool,
    /// The place of the variant that the others are held against.
    #[serde(default)]
    pub baseline: usize,
    /// The variants, in the order they were given in.
    pub variants: Vec<Row>,
    /// Time against size, one for each algorithm; empty unless asked for.
    pub growth: Vec<Growth>,
    /// Tokens in a second, one for each variant; empty unless asked for.
    pub throughput: Vec<Rates>,
    /// Logins under load, when those were measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login: Option<LoginReport>,
}

/// A machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// Its operating system, such as `linux`.
    pub os: String,
    /// Its architecture, such as `x86_64`.
    pub architecture: String,
    /// Its processor, where the system says.
    pub processor: Option<String>,
    /// How many threads it runs at once.
    pub cores: usize,
}

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// How long samples were taken, all variants together.
    pub seconds: f64,
    /// What sizes are held against.
    pub budget: Budget,
    /// The bytes of the budget.
    pub budget_bytes: usize,
    /// The bytes of it that are taken besides the token.
    pub budget_overhead: usize,
}

impl Settings {
    /// So many seconds, and sizes held against `budget`.
    pub const fn new(seconds: f64, budget: Budget) -> Self {
        Self { seconds, budget, budget_bytes: budget.limit(), budget_overhead: budget.overhead() }
    }
}

/// Time against size for one algorithm.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Growth {
    /// The algorithm.
    pub algorithm: String,
    /// The key.
    pub key: String,
    /// The figures.
    #[serde(flatten)]
    pub curve: Curve,
    /// From this payload on, in bytes, the bytes cost more than what every token costs.
    pub crossover_bytes: Option<f64>,
}

impl Growth {
    /// The figures for a key of that description.
    pub fn new(algorithm: &str, key: &str, curve: Curve) -> Self {
        let crossover_bytes = curve.sign.and_then(|line| line.crossover());
        Self { algorithm: algorithm.to_owned(), key: key.to_owned(), curve, crossover_bytes }
    }
}

/// Tokens in a second.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rates {
    /// The variant.
    pub name: String,
    /// Its algorithm.
    pub algorithm: String,
    /// Tokens that one thread mints in a second.
    pub one_thread: f64,
    /// Tokens that all cores mint together.
    pub all_cores: f64,
    /// Signatures alone that one thread makes: the limit of the raw primitive.
    pub raw_one_thread: f64,
    /// Signatures alone that all cores make together: the limit of the machine.
    pub raw_all_cores: f64,
}

impl Rates {
    /// The rates of a variant; `tokens` and `raw` are of one thread and of all cores.
    pub fn new(row: &Row, tokens: [Throughput; 2], raw: [Throughput; 2]) -> Self {
        let [[one_thread, all_cores], [raw_one_thread, raw_all_cores]] =
            [tokens, raw].map(|rates| rates.map(Throughput::per_second));
        let Row { name, algorithm, .. } = row;
        Self { name: name.clone(), algorithm: algorithm.clone(), one_thread, all_cores, raw_one_thread, raw_all_cores }
    }
}

/// What a variant is called, and the key it is signed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The name.
    pub name: String,
    /// The key in a few words, without its material.
    pub key: String,
}

impl Report {
    /// What the samples say so far; `labels` are those of the sampler's variants, in their order. They are held against
    /// the one at `baseline`, or the first when there is none.
    pub fn new(labels: &[Label], sampler: &Sampler, baseline: usize, machine: Machine, settings: Settings) -> Self {
        let baseline = if baseline < labels.len() { baseline } else { 0 };
        let row = |(index, label): (usize, &Label)| Row::of(label, sampler, index, baseline, settings.budget);
        let variants: Vec<Row> = labels.iter().enumerate().filter_map(row).collect();
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            build: if cfg!(debug_assertions) { "debug" } else { "optimised" }.to_owned(),
            machine,
            settings,
            noisy: variants.iter().any(|row| row.times.noisy),
            baseline,
            variants,
            growth: Vec::new(),
            throughput: Vec::new(),
            login: None,
        }
    }

    /// One line of JSON.
    pub fn to_json(&self) -> String {
        // Texts and finite numbers can always be written.
        serde_json::to_string(self).unwrap_or_default()
    }
}
