//! The file of the runs that are kept: one object of JSON, the newest run first.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::bench::Bench;
use super::runs::{MOST_RUNS, Run};
use crate::jose::error::Problem;
use crate::measure::report::Report;

/// The version that is written; a newer one is not read.
const VERSION: u64 = 1;

/// The most bytes of the file.
pub const MOST_BYTES: usize = 16 << 20;

/// What is understood of a file.
#[derive(Debug)]
pub struct RunsRead {
    /// The runs, the newest first.
    pub runs: Vec<Run>,
    /// How many were in the file that are not understood.
    pub unreadable: usize,
}

#[derive(Serialize, Deserialize)]
struct RunsFile<R> {
    version: u64,
    runs: Vec<R>,
}

#[derive(Serialize)]
struct Written<'a> {
    name: &'a str,
    at: i64,
    bench: &'static str,
    report: &'a Report,
}

#[derive(Deserialize)]
struct Kept {
    name: String,
    at: i64,
    bench: String,
    report: Report,
}

/// The text of the file, with the newest runs that fit into [`MOST_RUNS`] and [`MOST_BYTES`]. `runs` are the newest
/// first.
pub fn to_text(runs: &[Run]) -> String {
    let mut left = MOST_BYTES - 1_024;
    let written = |run: &Run| {
        let written = Written { name: &run.name, at: run.at, bench: run.bench.name(), report: &run.report };
        // Texts and finite numbers can always be written.
        let text = serde_json::to_string(&written).unwrap_or_default();
        left = left.checked_sub(text.len() + 4)?;
        Some(text)
    };
    let runs: Vec<String> = runs.iter().take(MOST_RUNS).map_while(written).collect();
    format!("{{\n\"version\": {VERSION},\n\"runs\": [\n{}\n]\n}}\n", runs.join(",\n"))
}

/// Reads the file. A run that is not understood does not keep the others from being read.
///
/// # Errors
/// `runs-unreadable` when the text is no such file, or that of a newer version.
pub fn from_text(text: &str) -> Result<RunsRead, Problem> {
    let file: RunsFile<Value> =
        serde_json::from_str(text).map_err(|_not_json| unreadable("It is not a file of kept runs."))?;
    if file.version > VERSION {
        return Err(unreadable("A newer version of the program wrote it."));
    }
    let count = file.runs.len();
    let kept = file.runs.into_iter().filter_map(|run| serde_json::from_value::<Kept>(run).ok());
    let run = |Kept { name, at, bench, report }| Some(Run::loaded(name, at, Bench::from_name(&bench)?, report.into()));
    let runs: Vec<Run> = kept.filter_map(run).collect();
    Ok(RunsRead { unreadable: count - runs.len(), runs })
}

fn unreadable(why: &str) -> Problem {
    Problem::new("runs-unreadable", "The kept runs cannot be read").help(why)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::jose::base64url;
    use crate::jose::jwa::Algorithm;
    use crate::jose::key::Key;
    use crate::jose::secret::Secret;
    use crate::measure::budget::Budget;
    use crate::measure::report::{Label, Machine, Settings};
    use crate::measure::sampler::Sampler;
    use crate::measure::variant::{Operation, Variant};

    const SECRET: &str = "a-secret-that-nobody-may-ever-read";

    fn report() -> Report {
        let key = Arc::new(Key::secret(Secret::from(SECRET.to_owned())));
        let payload = br#"{"sub":"user-42","email":"a@acme.dev"}"#.to_vec();
        let variant = Variant::new(Arc::clone(&key), Algorithm::HS256, br#"{"alg":"HS256"}"#.to_vec(), payload);
        let mut sampler = Sampler::new(vec![variant.clone(), variant], &Operation::ALL).unwrap();
        (0..4).for_each(|_| sampler.run_slice(std::time::Duration::ZERO));
        let machine = Machine { os: "linux".into(), architecture: "x86_64".into(), processor: None, cores: 2 };
        let labels = ["as is", "again"].map(|name| Label { name: name.to_owned(), key: key.describe() });
        Report::new(&labels, &sampler, 0, machine, Settings::new(1.0, Budget::default()))
    }

    fn runs(count: u64) -> Vec<Run> {
        let report = Arc::new(report());
        let run = |number| {
            let bench = Bench::ALL[number as usize % Bench::ALL.len()];
            Run::loaded(format!("run {number}"), 1_795_284_752 + number as i64, bench, Arc::clone(&report))
        };
        (1..=count).rev().map(run).collect()
    }

    #[test]
    fn what_is_written_is_read() {
        let runs = runs(5);
        let read = from_text(&to_text(&runs)).unwrap();
        assert_eq!(read.unreadable, 0);
        assert_eq!(read.runs.len(), 5);
        for (read, run) in read.runs.iter().zip(&runs) {
            assert_eq!((&read.name, read.at, read.bench), (&run.name, run.at, run.bench));
            assert_eq!(read.report.to_json(), run.report.to_json());
        }
        assert!(from_text(&to_text(&[])).unwrap().runs.is_empty());
    }

    /// This rate differs in its last digit when a quick reader of numbers reads it.
    #[test]
    fn every_digit_of_a_figure_survives() {
        let mut report = report();
        report.variants[0].times.tokens_per_second = Some(1_748_251.748_251_748_5);
        let run = Run::loaded("run 1".into(), 0, Bench::Variants, Arc::new(report));
        let read = from_text(&to_text(std::slice::from_ref(&run))).unwrap();
        assert_eq!(read.runs[0].report.to_json(), run.report.to_json());
    }

    #[test]
    fn the_newest_hundred_are_kept() {
        let read = from_text(&to_text(&runs(MOST_RUNS as u64 + 3))).unwrap();
        assert_eq!((read.runs.len(), read.runs[0].name.as_str()), (MOST_RUNS, "run 103"));
    }

    #[test]
    fn a_file_that_would_be_too_large_keeps_the_newest_that_fit() {
        let mut runs = runs(40);
        runs.iter_mut().for_each(|run| run.name = "n".repeat(1 << 20));
        let text = to_text(&runs);
        assert!(text.len() <= MOST_BYTES);
        assert_eq!(from_text(&text).unwrap().runs.len(), 15);
    }

    #[test]
    fn what_is_not_understood_is_told() {
        for text in ["", "{", "[]", "null", r#"{"version":2,"runs":[]}"#, r#"{"version":1}"#] {
            assert_eq!(from_text(text).unwrap_err().code, "runs-unreadable", "{text}");
        }
        let strange = to_text(&runs(3)).replace("\"ladder\"", "\"stairs\"").replace("run 3", "run III");
        let read = from_text(&strange).unwrap();
        assert_eq!((read.runs.len(), read.unreadable), (2, 1));
    }

    #[test]
    fn nothing_secret_is_in_the_file() {
        let text = to_text(&runs(2));
        let secret = base64url::encode(SECRET.as_bytes());
        for what in [SECRET, &secret, "user-42", "a@acme.dev", "eyJ"] {
            assert!(!text.contains(what), "{what}");
        }
        assert!(text.contains("as is"));
    }
}
