//! JWT Workbench: see a JSON Web Token while you craft it.
//!
//! Layers, from the ground up; a module uses only what stands below it (`tests/tidy.rs` checks):
//! `jose` and then `measure` and `template`, `findings` and `snippet`, `workbench`, `jobs`, `cli`, `ui`, `app`, and `window` on top.

pub mod app;
pub mod bulk;
pub mod cli;
pub mod findings;
pub mod jobs;
pub mod jose;
pub mod lab;
pub mod measure;
pub mod snippet;
pub mod template;
pub mod ui;
pub mod window;
pub mod workbench;
