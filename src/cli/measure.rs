//! `jwt-workbench measure`: what tokens cost, in bytes and in time.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::failure::Stop;
use super::input::Input;
use super::key_arguments::KeyArguments;
use super::measure_token::{PastedToken, PastedVariant};
use super::output::Output;
use super::signing_key;
use super::source::{Changes, Given, Pasted, Source, Texts};
use crate::jobs::{machine, throughput};
use crate::jose::error::Problem;
use crate::jose::json::Value;
use crate::jose::jwa::Algorithm;
use crate::jose::key::Key;
use crate::measure::budget::Budget;
use crate::measure::growth::Growth;
use crate::measure::report::{self, Claims, Label, Rates, Report, Settings};
use crate::measure::sampler::Sampler;
use crate::measure::variant::{Operation, Variant};
use crate::template::file::KeyHints;

/// One turn of measuring.
const SLICE: Duration = Duration::from_millis(20);

/// How long at most each of the four rates of a variant is measured.
const LONGEST_RATE: Duration = Duration::from_secs(1);

/// What to measure.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Without a key, and for algorithms it does not fit, a new key is made: it changes no size and hardly a \
                  time. Tokens are timed only with their key.\nExit codes: 0 measured, 2 bad usage or input. --help describes the JSON.",
    after_long_help = JSON_HELP
)]
pub struct Measure {
    /// Templates, claims as JSON objects, tokens, or comparisons; the first is what the others are held against. A token is measured as
    /// it is, a comparison stands for its variants. Without any: HS256, three claims
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// An algorithm to measure every template with; may be repeated; all stands for every one
    #[arg(long)]
    alg: Vec<String>,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    key: KeyArguments,
    /// How long to take samples, all variants together
    #[arg(long, value_name = "S", default_value = "2", value_parser = seconds)]
    seconds: f64,
    /// What sizes are held against: cookie, nginx, apache, tomcat, node, iis, kestrel, alb, cloudfront, cloudflare, or a
    /// number of bytes
    #[arg(long, value_name = "NAME|BYTES", default_value = "cookie", value_parser = budget)]
    budget: Budget,
    #[command(flatten)]
    besides: Besides,
    #[command(flatten)]
    form: Form,
}

/// What to measure besides sizes and times.
#[derive(Clone, Copy, Debug, clap::Args)]
struct Besides {
    /// Tell what each claim costs in bytes of the token
    #[arg(long)]
    costs: bool,
    /// Measure time against payloads from 64 B to 1 MiB as well, so long for each algorithm
    #[arg(long)]
    growth: bool,
    /// Measure tokens in a second as well, of one thread and of all cores
    #[arg(long)]
    throughput: bool,
}

/// How to write the figures.
#[derive(Clone, Copy, Debug, clap::Args)]
#[group(multiple = false)]
struct Form {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Print comma-separated values, one line for each variant; times are nanoseconds
    #[arg(long, conflicts_with_all = ["costs", "growth", "throughput"])]
    csv: bool,
    /// Print tables of Markdown
    #[arg(long)]
    markdown: bool,
}

const JSON_HELP: &str = "\
Without a key, and for algorithms it does not fit, a new key is made: it changes no size and hardly a time. Not so for
a token in a file: without a key that fits it only its sizes are told, with a public key verifying is timed, with the
private key or secret everything.
A variant is light, fair from 15 % of the budget or 100 us of signing on, and heavy from 40 % or 1 ms on; the worse of
the two decides, and over 100 % it is too large.
Exit codes: 0 measured, 2 bad usage or input.

The JSON, all times in nanoseconds and all sizes in bytes:
  version, build            of the program; a debug build is slow
  machine                   os, architecture, processor (null if unknown), cores
  settings                  seconds, budget, budget_bytes, budget_overhead (taken besides the token)
  noisy                     whether other work disturbed the samples of any variant
  baseline                  the place among the variants of what the others are held against: 0
  variants[]                in the order of the arguments
    name, algorithm, key    key in a few words, never its material
    claims                  members of the payload
    bytes                   token, header, payload, signature as sent; header_json, payload_json decoded
    difference              bytes and percent to the baseline's token
    budget                  percent taken, remaining bytes (negative: does not fit)
    untimed                 why something is null in times, in a few words; null when nothing is
    ruling                  weight (light, fair, heavy, too_large), and the rule that gave it in words: reason
    times                   sign, verify, signature (alone), assembly (all but the signature), key_setup (once for each
                            key), each with samples, min_ns, p50_ns, p95_ns, p99_ns, max_ns, mad_ns (median absolute
                            deviation); tokens_per_second (one thread, at the median); noisy
    against                 null for the baseline; sign and verify, each null if not timed, else with verdict (faster, slower, equal, unknown),
                            ratio in the median round, low and high (its 98 % bootstrap interval; high null if unknown);
                            words
    costs                   with --costs: header and payload, each with name, bytes, characters (of the token), saving
                            (by which the token is shorter without it), more_elements (of an array that fit into the
                            budget), children; signature; periods
  growth[]                  with --growth: algorithm, key, points[] (payload, token, sign, raw), sign and raw, each with
                            fixed_ns, ns_per_byte, worst (relative distance); crossover_bytes
  throughput[]              with --throughput: name, algorithm, and in a second: one_thread, all_cores (tokens);
                            raw_one_thread, raw_all_cores (signatures alone)
Members may be added; none is changed.";

impl Measure {
    /// Whether the answer and errors are JSON.
    pub const fn is_json(&self) -> bool {
        self.form.json
    }

    /// Measures and prints the figures.
    ///
    /// # Errors
    /// Whatever is wrong with the arguments, the templates, the key or the output.
    pub fn run(&self) -> Result<ExitCode, Stop> {
        let (contenders, baseline) = self.contenders()?;
        let mut sampler = Sampler::of(&Operation::ALL);
        for Contender { variant, untimed, .. } in &contenders {
            match untimed {
                Some(why) => sampler.add_untimed(variant.clone(), why.clone())?,
                None => sampler.add_lenient(variant.clone())?,
            }
        }
        let start = Instant::now();
        // Each variant has a turn at least, however short the time.
        while sampler.has_work() && (sampler.rounds() == 0 || start.elapsed().as_secs_f64() < self.seconds) {
            sampler.run_slice(SLICE.min(Duration::from_secs_f64(self.seconds)));
        }
        let labels: Vec<Label> = contenders.iter().map(|contender| contender.label.clone()).collect();
        let settings = Settings::new(self.seconds, self.budget);
        let mut report = Report::new(&labels, &sampler, baseline, machine::machine(), settings);
        if self.besides.costs {
            for (index, row) in report.variants.iter_mut().enumerate() {
                row.costs = sampler.token(index).map(|token| Claims::of(token, self.budget)).transpose()?;
            }
        }
        if self.besides.growth {
            report.growth = self.growth(&contenders)?;
        }
        if self.besides.throughput {
            let signing = report.variants.iter().zip(&contenders).filter(|(row, _)| row.times.sign.is_some());
            let rates = signing.map(|(row, contender)| self.rates(row, &contender.variant));
            report.throughput = rates.collect::<Result<_, _>>()?;
        }
        let mut output = Output::standard();
        output.line(&self.form.write(&report))?;
        output.finish()?;
        Ok(ExitCode::SUCCESS)
    }

    /// Every template with every algorithm, and every token; and which of them is the baseline: the first, or that of the
    /// comparison that comes first.
    fn contenders(&self) -> Result<(Vec<Contender>, usize), Stop> {
        let files: Vec<Option<&PathBuf>> =
            if self.files.is_empty() { vec![None] } else { self.files.iter().map(Some).collect() };
        let mut input = Input::default();
        let mut all = Contenders {
            now: self.changes.now()?,
            algorithms: self.algorithms()?,
            keys: Keys::new(&self.key),
            list: Vec::new(),
        };
        let mut chosen = 0;
        for file in files {
            match self.changes.given(file, &mut input)? {
                Given::Comparison { variants, baseline, .. } => {
                    let is_first = all.list.is_empty();
                    for (index, given) in variants.into_iter().enumerate() {
                        if is_first && index == baseline {
                            chosen = all.list.len();
                        }
                        all.add(given, &mut input)?;
                    }
                }
                given => all.add(given, &mut input)?,
            }
        }
        all.keys.check()?;
        Ok((all.list, chosen))
    }

    fn algorithms(&self) -> Result<Vec<Algorithm>, Problem> {
        let mut algorithms = Vec::new();
        for name in &self.alg {
            if name.eq_ignore_ascii_case("all") {
                algorithms.extend(Algorithm::ALL);
            } else {
                algorithms.push(Algorithm::from_name(name)?);
            }
        }
        Ok(algorithms)
    }

    /// Time against size, once for each algorithm and key.
    fn growth(&self, contenders: &[Contender]) -> Result<Vec<report::Growth>, Problem> {
        let mut measured: Vec<report::Growth> = Vec::new();
        for Contender { label: Label { key, .. }, variant, .. } in contenders {
            let Some(private) =
                variant.key.as_ref().filter(|key| key.is_private() && key.fits(variant.algorithm).is_ok())
            else {
                continue;
            };
            let algorithm = variant.algorithm.name();
            if measured.iter().any(|growth| growth.algorithm == algorithm && growth.key == *key) {
                continue;
            }
            let mut growth = Growth::new(private, variant.algorithm)?;
            let start = Instant::now();
            while growth.rounds() == 0 || start.elapsed().as_secs_f64() < self.seconds {
                growth.run_slice(SLICE);
            }
            measured.push(report::Growth::new(algorithm, key, growth.curve()));
        }
        Ok(measured)
    }

    /// Tokens and signatures in a second, on one thread and on all cores.
    fn rates(&self, row: &report::Row, variant: &Variant) -> Result<Rates, Problem> {
        let length = Duration::from_secs_f64(self.seconds / 4.0).min(LONGEST_RATE);
        let rate = |operation, threads| throughput::measure(variant, operation, threads, length);
        let of = |operation| Ok::<_, Problem>([rate(operation, 1)?, rate(operation, throughput::cores())?]);
        Ok(Rates::new(row, of(Operation::Sign)?, of(Operation::Signature)?))
    }
}

impl Form {
    fn write(self, report: &Report) -> String {
        match self {
            Self { json: true, .. } => report.to_json(),
            Self { csv: true, .. } => report.to_csv(),
            Self { markdown: true, .. } => report.to_markdown(),
            Self { .. } => report.to_text(),
        }
    }
}

/// What is measured, and what it is called.
struct Contender {
    label: Label,
    variant: Variant,
    /// Why nothing of it can be timed, unless the key alone says so.
    untimed: Option<String>,
}

/// What is measured so far, and what more of it is made with.
struct Contenders<'a> {
    now: i64,
    algorithms: Vec<Algorithm>,
    keys: Keys<'a>,
    list: Vec<Contender>,
}

impl Contenders<'_> {
    fn add(&mut self, given: Given, input: &mut Input) -> Result<(), Stop> {
        let Self { now, algorithms, keys, list } = self;
        match given {
            Given::Template(source) if algorithms.is_empty() => list.push(contender(&source, *now, keys, input)?),
            Given::Template(source) => {
                for algorithm in algorithms {
                    let mut source = source.clone();
                    source.set_algorithm(*algorithm)?;
                    list.push(contender(&source, *now, keys, input)?);
                }
            }
            Given::Token(pasted) => list.push(token(&pasted, keys, input)?),
            Given::Comparison { variants, .. } => {
                for variant in variants {
                    self.add(variant, input)?;
                }
            }
        }
        Ok(())
    }
}

/// A token as it is, and a key for it if one was named.
fn token(pasted: &Pasted, keys: &mut Keys<'_>, input: &mut Input) -> Result<Contender, Stop> {
    let token = PastedToken::read(pasted)?;
    let PastedVariant { variant, untimed } = token.variant(keys.for_tokens(input)?);
    let key = variant.key.as_ref().map_or_else(|| "no key".to_owned(), |key| key.describe());
    Ok(Contender { label: Label { name: pasted.label.clone(), key }, variant, untimed })
}

/// The bytes of one token, and the key for it.
fn contender(source: &Source, now: i64, keys: &mut Keys<'_>, input: &mut Input) -> Result<Contender, Stop> {
    let texts = Texts::read(source)?;
    let algorithm = texts.algorithm()?;
    let kid = texts.header.root().get("kid").and_then(Value::as_str);
    let key = keys.of(algorithm, kid.as_deref(), &source.template.key, input)?;
    let (mut header, mut payload) = (Vec::new(), Vec::new());
    texts.compile()?.render(now, 0, &mut header, &mut payload)?;
    let label = Label { name: source.template.name.clone(), key: key.describe() };
    Ok(Contender { label, variant: Variant::new(key, algorithm, header, payload), untimed: None })
}

/// The keys of one run. Variants of the same algorithm and `kid` share one, so that they differ in nothing else.
pub(super) struct Keys<'a> {
    arguments: &'a KeyArguments,
    chosen: Vec<(Algorithm, Option<String>, Arc<Key>)>,
    /// Whether the key that was named fits an algorithm, and if none so far, why not.
    named: Option<Result<(), Problem>>,
    /// Those that were named, for tokens; read once.
    for_tokens: Option<Vec<Key>>,
}

impl<'a> Keys<'a> {
    pub(super) const fn new(arguments: &'a KeyArguments) -> Self {
        Self { arguments, chosen: Vec::new(), named: None, for_tokens: None }
    }

    /// The key that was named when it fits, else a new one.
    pub(super) fn of(
        &mut self,
        algorithm: Algorithm,
        kid: Option<&str>,
        hints: &KeyHints,
        input: &mut Input,
    ) -> Result<Arc<Key>, Stop> {
        let known = self.chosen.iter().find(|(of, id, _)| *of == algorithm && id.as_deref() == kid);
        if let Some((_, _, key)) = known {
            return Ok(Arc::clone(key));
        }
        let named = signing_key::named(self.arguments, algorithm, kid, hints, input)?;
        let signs = |key: &Key| {
            signing_key::may_sign(key, algorithm)?;
            // A public key fits and does not sign.
            key.signer(algorithm).map(|_signer| ())
        };
        let fits = named.as_ref().map(signs);
        let key = match (named, &fits) {
            (Some(key), Some(Ok(()))) => key,
            _ => Key::generate(algorithm.key_kind(), algorithm.minimum_secret_bits())?,
        };
        if self.named != Some(Ok(())) {
            self.named = fits;
        }
        let key = Arc::new(key);
        self.chosen.push((algorithm, kid.map(str::to_owned), Arc::clone(&key)));
        Ok(key)
    }

    /// Every key that was named, to verify tokens with.
    fn for_tokens(&mut self, input: &mut Input) -> Result<&[Key], Stop> {
        let keys = match self.for_tokens.take() {
            Some(keys) => keys,
            None => self.arguments.given(None, input)?.map(|keys| keys.file.keys).unwrap_or_default(),
        };
        Ok(self.for_tokens.insert(keys))
    }

    /// Refuses a key that was named and fits none of the algorithms. Beside tokens it may be meant for those alone.
    pub(super) fn check(self) -> Result<(), Problem> {
        if self.for_tokens.is_some() { Ok(()) } else { self.named.unwrap_or(Ok(())) }
    }
}

fn seconds(text: &str) -> Result<f64, &'static str> {
    let seconds = text.parse::<f64>().ok().filter(|seconds| (0.01..=3_600.0).contains(seconds));
    seconds.ok_or("write a number of seconds from 0.01 to 3600")
}

fn budget(text: &str) -> Result<Budget, String> {
    let id = if text.bytes().all(|byte| byte.is_ascii_digit()) { format!("own:{text}") } else { text.to_owned() };
    Budget::try_from(id).map_err(|problem| format!("{}. {}", problem.message, problem.help))
}
