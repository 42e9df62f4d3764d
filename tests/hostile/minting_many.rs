//! Random sequences about minting many: what is asked for, and how previews and runs end.

use std::path::PathBuf;

use jwt_workbench::bulk::plan::{Faulty, Form};
use jwt_workbench::bulk::preview::Preview;
use jwt_workbench::bulk::progress::{Ended, Outcome, Progress};
use jwt_workbench::jose::error::Problem;
use jwt_workbench::workbench::bulk::setup::{By, Setup};
use jwt_workbench::workbench::bulk::{BulkCommand, BulkEffect, BulkEvent};
use jwt_workbench::workbench::command::{Command, ViewCommand};
use jwt_workbench::workbench::page::Page;
use proptest::prelude::*;
use proptest::sample::select;

use crate::acts::TOKEN;

fn path(number: usize) -> PathBuf {
    PathBuf::from(format!("/fake/{number}.csv"))
}

fn bad() -> Problem {
    Problem::new("bad", "It went badly").help("Try again.")
}

/// Commands about minting many, in any order.
pub(crate) fn minting_many() -> impl Strategy<Value = Command> {
    let setup = (select(vec![By::Count, By::Rows]), any::<u64>(), select(Form::ALL.to_vec()), 0..9u64).prop_map(
        |(by, count, form, from)| {
            let (rows, faulty) = (Some(path(0)), if from > 4 { Faulty::Skip } else { Faulty::Stop });
            BulkCommand::SetUp(Box::new(Setup { by, count, form, rows, from, faulty, ..Setup::default() }))
        },
    );
    let plain = vec![
        BulkCommand::PickRows,
        BulkCommand::ReadAgain,
        BulkCommand::AddIdentifier,
        BulkCommand::Pause,
        BulkCommand::GoOn,
        BulkCommand::Cancel,
        BulkCommand::Resume,
        BulkCommand::Forget,
    ];
    let command = prop_oneof![
        2 => setup,
        1 => (0..3usize).prop_map(|number| BulkCommand::UseRows(path(number))),
        3 => Just(BulkCommand::Mint),
        3 => select(plain),
    ];
    prop_oneof![
        6 => command.prop_map(Command::Bulk),
        1 => Just(Command::View(ViewCommand::Page(Page::Bulk))),
    ]
}

/// What a run, or a preview, of this order may come to.
pub(crate) fn minted_many(effect: BulkEffect, well: bool) -> Option<BulkEvent> {
    let progress = Progress { minted: 3, skipped: 1, total: Some(9), ..Progress::default() };
    Some(match effect {
        BulkEffect::Preview(_, ticket) if well => {
            let tokens = vec![Ok(TOKEN.to_owned()), Err(bad())];
            let columns = vec!["tenant".to_owned()];
            let preview = Preview { total: Some(9), tokens, columns, ..Preview::default() };
            BulkEvent::Previewed(ticket, Ok(Box::new(preview)))
        }
        BulkEffect::Preview(_, ticket) => BulkEvent::Previewed(ticket, Err(bad())),
        BulkEffect::Mint { ticket, .. } => {
            let (ended, resume) = if well { (Ended::Done, None) } else { (Ended::Failed(bad()), Some(4)) };
            BulkEvent::Minted(ticket, Box::new(Outcome { progress, ended, resume, faults: Vec::new() }))
        }
        BulkEffect::Pause | BulkEffect::GoOn | BulkEffect::Cancel => return None,
    })
}
