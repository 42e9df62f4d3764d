//! Threads, shards and resumed runs: every token once, and the same wherever it is minted.

use std::collections::HashSet;
use std::num::NonZeroUsize;

use jwt_workbench::bulk::control::Control;
use jwt_workbench::bulk::plan::{Form, Shard, Supply};
use jwt_workbench::bulk::progress::Ended;
use jwt_workbench::jobs::minting::{self, Target};
use jwt_workbench::workbench::effect::Over;

use super::{CLAIMS, Folder, counters, minted, order, run, verified};

const COUNT: u64 = 5_000;

#[test]
fn every_token_is_unique_and_in_order_on_any_number_of_threads() {
    let folder = Folder::new();
    for threads in [1, 2, 5] {
        let mut order = order(CLAIMS, Supply::Count(COUNT));
        order.plan.threads = NonZeroUsize::new(threads).unwrap();
        let lines = minted(&order, &folder.path("tokens.txt"));
        assert_eq!(counters(&lines), (1..=COUNT).collect::<Vec<_>>(), "{threads} threads");
        for claim in ["jti", "nonce"] {
            let values: HashSet<String> =
                lines.lines().map(|token| verified(token)[claim].as_str().unwrap().to_owned()).collect();
            assert_eq!(values.len() as u64, COUNT, "{claim} on {threads} threads");
        }
        assert!(lines.lines().all(|token| verified(token)["exp"] == super::NOW + 1800));
    }
    assert_eq!(folder.names(), ["tokens.txt"], "nothing else is left");
}

#[test]
fn shards_are_disjoint_reproducible_and_together_the_whole() {
    let folder = Folder::new();
    let claims = r#"{"sub":"user-{{counter}}","n":"{{counter}}","iat":"{{now}}"}"#;
    let whole = minted(&order(claims, Supply::Count(1_003)), &folder.path("whole.txt"));
    let mut pieces: Vec<String> = Vec::new();
    for shard in ["0/3", "1/3", "2/3"] {
        let mut order = order(claims, Supply::Count(1_003));
        order.plan.shard = Shard::parse(shard).unwrap();
        let piece = minted(&order, &folder.path("piece.txt"));
        assert_eq!(piece, minted(&order, &folder.path("again.txt")), "{shard} is the same again");
        pieces.extend(piece.lines().map(str::to_owned));
    }
    pieces.sort_by_key(|token| verified(token)["n"].as_u64());
    assert_eq!(pieces, whole.lines().collect::<Vec<_>>());
}

#[test]
fn a_run_that_is_resumed_is_the_whole_run_in_every_form() {
    let claims = r#"{"sub":"{{user}}","n":"{{counter}}"}"#;
    for form in Form::ALL.into_iter().filter(|form| *form != Form::Folder) {
        let folder = Folder::new();
        let mut rows = "user,note\n".to_owned();
        rows.extend((0..3_000).map(|number| format!("user-{number},\"a \"\"b\"\"\"\n")));
        let rows = folder.file("users.csv", rows);
        for supply in [Supply::Count(3_000), Supply::Rows(rows)] {
            let mut order = order(claims, supply);
            order.plan.form = form;
            let whole = minted(&order, &folder.path("whole"));
            let path = folder.path("pieces");
            let mut target = Target::File(path.clone(), Over::Anything);
            let mut runs = 0;
            loop {
                // Each run is ended when it tells of its progress, the last ones are shorter than that.
                let control = Control::default();
                control.pause();
                control.resume();
                let outcome = minting::run(&order, &target, None, &control, &mut |_| control.cancel());
                runs += 1;
                let Some(resume) = outcome.resume else {
                    assert_eq!(outcome.ended, Ended::Done);
                    break;
                };
                assert!(resume >= order.plan.from && runs < 100, "{form:?}");
                if outcome.progress.minted > 0 {
                    target = Target::Append(path.clone());
                }
                order.plan.from = resume;
            }
            // At least one piece is put behind another, however fast the machine is.
            let mut again = order.clone();
            again.plan.from = 0;
            if let Supply::Count(count) = &mut again.plan.supply {
                *count = 1_000;
                minted(&again, &path);
                again.plan.supply = Supply::Count(3_000);
                again.plan.from = 1_000;
                assert_eq!(run(&again, &Target::Append(path.clone())).ended, Ended::Done);
            }
            assert!(std::fs::read_to_string(&path).unwrap() == whole, "{form:?} in {runs} runs is the whole");
        }
    }
}
