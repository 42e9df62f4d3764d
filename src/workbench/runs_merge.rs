//! Two windows with the same file of kept runs: what one of them keeps, renames or drops, the other does not undo.

use super::runs::Run;

/// The runs to write, the newest first: `theirs`, which are in the file, with everything that `ours` changed since `base`.
pub fn merge(base: &[Run], ours: &[Run], theirs: &[Run]) -> Vec<Run> {
    let is_new = |run: &&Run| find(base, run).is_none() && find(theirs, run).is_none();
    let renamed = |their: &Run| -> Option<Run> {
        let Some(before) = find(base, their) else { return Some(find(ours, their).unwrap_or(their).clone()) };
        // It was dropped here.
        let our = find(ours, their)?;
        let name = if our.name == before.name { &their.name } else { &our.name };
        Some(Run { name: name.clone(), ..their.clone() })
    };
    let mut merged: Vec<Run> = ours.iter().filter(is_new).cloned().collect();
    merged.extend(theirs.iter().filter_map(renamed));
    merged.sort_by_key(|run| std::cmp::Reverse(run.at));
    merged
}

/// The same measurement, whatever it is called.
fn find<'r>(runs: &'r [Run], wanted: &Run) -> Option<&'r Run> {
    let is_same = |run: &&Run| {
        (run.at, run.bench) == (wanted.at, wanted.bench) && run.report.to_json() == wanted.report.to_json()
    };
    runs.iter().find(is_same)
}
