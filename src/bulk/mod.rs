//! Many tokens from one template: by count, or one for each row of a file, on all cores, in order, with a memory that
//! does not grow with their number.

pub mod control;
pub mod plan;
pub mod preview;
pub mod progress;
pub mod row;
