//! What is drawn in a chart.

use super::look::Look;

/// How the points of a series are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// A line through them.
    #[default]
    Line,
    /// A line with a sign at each.
    Marked,
    /// A level from each point to the next, filled lightly; the last point ends it.
    Steps,
}

/// A series: points in ascending order of x.
#[derive(Clone, Debug, Default)]
pub struct Series {
    /// What it is called.
    pub name: String,
    /// What tells it from the others.
    pub look: Look,
    /// How it is drawn.
    pub shape: Shape,
    /// The points, x and y in the units of the axes.
    pub points: Vec<(f64, f64)>,
    /// At these x the values reach from the first to the second; upright strokes.
    pub spreads: Vec<(f64, f64, f64)>,
    /// Thinner, without a label, and not told under the pointer: a line that only leads the eye.
    pub quiet: bool,
    /// Without a label at its end, but told under the pointer.
    pub unlabelled: bool,
}

impl Series {
    /// A line through the points.
    pub fn line(name: impl Into<String>, look: Look, points: Vec<(f64, f64)>) -> Self {
        Self { name: name.into(), look, points, ..Self::default() }
    }

    /// Whether its name stands at its end.
    pub(super) const fn is_labelled(&self) -> bool {
        !self.quiet && !self.unlabelled
    }

    /// The value at `x`: that of the step, or of the nearest point; `None` beyond the ends of steps or without points.
    pub(super) fn at(&self, x: f64) -> Option<(f64, f64)> {
        let after = self.points.partition_point(|(at, _)| *at <= x);
        let before = after.checked_sub(1).and_then(|index| self.points.get(index));
        let after = self.points.get(after);
        match (self.shape, before, after) {
            (Shape::Steps, Some(before), Some(_)) => Some(*before),
            (Shape::Steps, ..) | (_, None, None) => None,
            (_, Some(before), Some(after)) => Some(if x - before.0 <= after.0 - x { *before } else { *after }),
            (_, Some(only), None) | (_, None, Some(only)) => Some(*only),
        }
    }
}

/// An upright line at a value of the x axis, with a few words.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Where.
    pub x: f64,
    /// What it says.
    pub text: String,
    /// That of the series it belongs to.
    pub look: Look,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_under_the_pointer_is_the_nearest_or_that_of_the_step() {
        let line = Series::line("a", Look::default(), vec![(0.0, 1.0), (10.0, 2.0)]);
        assert_eq!([-5.0, 4.0, 6.0, 50.0].map(|x| line.at(x).unwrap().1), [1.0, 1.0, 2.0, 2.0]);
        let steps = Series { shape: Shape::Steps, ..line };
        assert_eq!(
            [-5.0, 4.0, 9.0, 10.5].map(|x| steps.at(x).map(|point| point.1)),
            [None, Some(1.0), Some(1.0), None]
        );
        assert_eq!(Series::default().at(1.0), None);
    }
}
