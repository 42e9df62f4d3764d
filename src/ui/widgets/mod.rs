//! The parts that pages are built from. One widget, one file.
//!
//! Widgets keep no copy of what they show: they are given the present value and hand back what the user chose, so that
//! the page can turn it into a command.

pub mod budget;
pub mod busy;
pub mod button;
pub mod card;
pub mod check_box;
pub mod chip;
pub mod cut;
pub mod dot;
pub mod empty;
pub mod field;
mod focus;
pub mod ladder;
pub mod menu;
pub mod menu_bar;
pub mod message;
mod plate;
pub mod secret_field;
pub mod segmented;
pub mod select;
pub mod severity;
pub mod sign;
pub mod stacked_bar;
pub mod token_view;
pub mod trailing;
pub mod treemap;

pub use focus::{focus_ring, follow_keyboard, watch_keyboard};
