//! Fewer points that look the same: of each column of the picture the lowest, the middle and the highest.

/// The most points of a chart, all series together; more are thinned out.
pub const MOST_POINTS: usize = 20_000;

/// What is left of the points in one column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// The middle of the column.
    pub x: f64,
    /// The lowest value.
    pub low: f64,
    /// The median.
    pub middle: f64,
    /// The highest value.
    pub high: f64,
}

/// How many columns each of so many series may have on so many points of width; a column is drawn with three points.
pub fn columns(width: f32, series: usize) -> usize {
    let most = MOST_POINTS / 3 / series.max(1);
    ((width / 3.0) as usize).clamp(1, most.max(1))
}

/// Cuts points in ascending order of x into at most `most` columns of equal width; a column without points is left out.
pub fn decimate(points: impl Iterator<Item = (f64, f64)>, range: (f64, f64), most: usize) -> Vec<Column> {
    let width = ((range.1 - range.0) / most.max(1) as f64).max(f64::MIN_POSITIVE);
    let mut columns = Vec::new();
    let mut values: Vec<f64> = Vec::new();
    let mut current = 0;
    for (x, value) in points.filter(|(x, value)| x.is_finite() && value.is_finite()) {
        let column = (((x - range.0) / width).max(0.0) as usize).min(most.saturating_sub(1));
        if column != current {
            columns.extend(close(&mut values, range.0 + (current as f64 + 0.5) * width));
            current = column;
        }
        values.push(value);
    }
    columns.extend(close(&mut values, range.0 + (current as f64 + 0.5) * width));
    columns
}

fn close(values: &mut Vec<f64>, x: f64) -> Option<Column> {
    let (low, high) = values
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(*value), high.max(*value)));
    let half = values.len() / 2;
    let middle = (!values.is_empty()).then(|| *values.select_nth_unstable_by(half, f64::total_cmp).1)?;
    values.clear();
    Some(Column { x, low, middle, high })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_extreme_is_lost_and_columns_are_few() {
        let points = |index: u32| (f64::from(index), if index == 7_777 { 900.0 } else { f64::from(index % 10) });
        let columns = decimate((0..100_000).map(points), (0.0, 100_000.0), 300);
        assert_eq!(columns.len(), 300);
        assert_eq!(columns.iter().map(|column| column.high).fold(0.0, f64::max), 900.0);
        assert!(columns.iter().all(|column| column.low <= column.middle && column.middle <= column.high));
        assert!(columns.windows(2).all(|pair| pair[0].x < pair[1].x));
    }

    #[test]
    fn the_last_point_belongs_to_the_last_column_and_gaps_stay() {
        let columns = decimate([(0.0, 1.0), (10.0, 2.0)].into_iter(), (0.0, 10.0), 5);
        assert_eq!(
            columns.iter().map(|column| (column.x, column.middle)).collect::<Vec<_>>(),
            [(1.0, 1.0), (9.0, 2.0)]
        );
        assert!(decimate([].into_iter(), (0.0, 1.0), 5).is_empty());
        assert_eq!(decimate([(3.0, 1.0), (3.0, 2.0)].into_iter(), (3.0, 3.0), 5).len(), 1, "no time has passed");
    }

    #[test]
    fn all_series_together_stay_below_the_most() {
        for series in [1, 3, 10, 250] {
            assert!(columns(4_000.0, series) * 3 * series <= MOST_POINTS, "{series}");
        }
        assert_eq!(columns(900.0, 1), 300);
    }
}
