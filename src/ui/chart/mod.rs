//! Charts: axes with units, lines, steps, spreads and marks. They draw what they are given and know nothing of tokens.
//!
//! Points are made ready by the panes once for each set of figures; here they are only put on the screen.

mod axis;
pub mod bars;
pub mod decimate;
mod ink;
pub mod look;
mod plot;
mod scale;
pub mod series;
pub mod switch;
mod tip;
pub mod unit;

pub use self::axis::Axis;
pub use self::ink::hatched;
pub use self::look::{Dash, Look, Marker};
pub use self::plot::Plot;
pub use self::scale::Scale;
pub use self::series::{Mark, Series, Shape};
pub use self::unit::Unit;
