//! The window: what is drawn with egui. Nothing below this layer knows about it.

pub mod editor;
pub mod theme;
pub mod widgets;
