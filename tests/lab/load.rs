//! What the load measures.

use super::*;

#[test]
fn all_patterns_are_measured() {
    let plan = plan(&Pattern::ALL);
    let server = start(&plan);
    let Measured { report, trace } = measured(&server, &plan);
    assert_eq!(report.rows.iter().filter_map(|row| row.pattern).collect::<Vec<_>>(), Pattern::ALL);
    for row in &report.rows {
        assert_eq!((row.asked, row.answered, row.errors), (40, 40, 0), "{row:?}");
        assert_eq!(row.processing.unwrap().samples, 40);
        assert_eq!(row.ping.unwrap().samples, 200);
        assert!(row.ruling.is_some());
    }
    assert_eq!(trace.pings.len(), 4);
    assert_eq!(trace.count, 4 * 241);
}
