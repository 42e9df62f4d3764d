//! Templates: the file format, placeholders, variables and rendering.

pub mod cells;
pub mod comparison_file;
pub mod default;
pub mod duration;
pub mod environment;
pub mod file;
pub mod gallery;
pub mod placeholder;
pub mod recognise;
pub mod relative;
pub mod render;
mod save;
pub mod scan;
pub mod schema;
mod scope;
pub mod variables;
