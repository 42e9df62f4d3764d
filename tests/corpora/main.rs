//! What others collected, scored: `make corpora` prints the table.
//!
//! The corpora lie beside the project, or where `JWT_WORKBENCH_CORPORA` says; without them this passes unread.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking and prints its table")]

mod others;
mod score;
mod texts;
mod verdicts;

use self::score::{Corpora, Score};

/// The rows of the table.
const ROWS: [fn(&Corpora) -> Score; 11] = [
    verdicts::wycheproof_jws,
    verdicts::wycheproof_jwk,
    verdicts::wycheproof_jwe,
    verdicts::rfc_7515,
    texts::harvested_tokens,
    texts::json_refused,
    texts::json_accepted,
    texts::json_kept,
    others::keys,
    others::weak_secrets,
    others::naughty_strings,
];

#[test]
fn everything_comes_out_as_it_must() {
    let Some(corpora) = Corpora::find() else { return };
    let scores: Vec<Score> = ROWS.iter().map(|row| row(&corpora)).collect();
    let table: Vec<String> = scores.iter().map(Score::line).collect();
    println!("{}", table.join("\n"));
    assert!(scores.iter().all(Score::is_enough), "\n{}", table.join("\n"));
}
