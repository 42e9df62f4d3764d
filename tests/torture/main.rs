//! kill -9 at random moments of saving: no file is lost, and none is half old and half new.
//!
//! A few kills by default; `make torture KILLS=1000` for more. The seed is printed and can be given again with
//! `JWT_WORKBENCH_TORTURE_SEED`; what a kill hits depends on the machine as well.
#![cfg(unix)]
#![expect(clippy::expect_used, clippy::print_stderr, reason = "a test fails by panicking and tells its figures")]

mod killing;
mod roles;
mod version;

use std::env;
use std::time::Instant;

use killing::{Count, Victim};
use roles::Role;

fn number(name: &str) -> Option<u64> {
    env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is not a number: {text}")))
}

#[test]
fn no_kill_loses_or_mixes_a_file() {
    if env::var_os(roles::ROLE).is_some() {
        return;
    }
    let kills = number("JWT_WORKBENCH_TORTURE_KILLS").unwrap_or(60) as usize;
    let seed = number("JWT_WORKBENCH_TORTURE_SEED").unwrap_or_else(|| u64::from(std::process::id()));
    eprintln!("{kills} kills, seed {seed}");
    let started = Instant::now();
    let mut random = seed;
    let mut victims: Vec<(&str, Victim)> = Role::ALL.map(|role| (role.name(), Victim::new(role))).into();
    for round in 0..kills {
        let place = round % victims.len();
        victims[place].1.kill(&mut random);
    }
    let mut all = Count::default();
    print_row("", ["kills", "amid a save", "old whole", "new whole", "lost", "mixed", "swept", "stray"]);
    for (name, victim) in &victims {
        print_count(name, victim.count);
        all.add(victim.count);
    }
    print_count("all", all);
    eprintln!("{:.1} s", started.elapsed().as_secs_f64());
    assert!(all.is_clean(), "see the table; seed {seed}");
    assert!(all.amid > 0, "no kill came in the middle of a save: nothing was tried");
}

fn print_count(name: &str, count: Count) {
    let Count { kills, amid, old, new, lost, mixed, swept, stray } = count;
    print_row(name, [kills, amid, old, new, lost, mixed, swept, stray]);
}

fn print_row(name: &str, cells: [impl ToString; 8]) {
    let cells = cells.map(|cell| format!("{:>12}", cell.to_string()));
    eprintln!("{name:<12}{}", cells.concat());
}
