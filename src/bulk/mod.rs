//! Many tokens from one template: by count, or one for each row of a file, on all cores, in order, with a memory that
//! does not grow with their number.

pub mod control;
mod crew;
mod feeder;
pub mod minter;
pub mod plan;
pub mod preview;
pub mod progress;
mod randomness;
pub mod recipe;
pub mod records;
pub mod row;
mod row_reader;
pub mod rows;
pub mod run;
pub mod shape;
pub mod sink;
mod stopwatch;
mod supply;
mod task;
pub mod writer;
