//! What a token costs: bytes and time.

pub mod budget;
pub mod capacity;
mod clock;
pub mod comparison;
pub mod costs;
pub mod growth;
pub mod histogram;
pub mod ladder;
pub mod login;
pub mod matrix;
mod random;
pub mod report;
pub mod rounds;
pub mod run_difference;
pub mod sampler;
pub mod series;
pub mod sizes;
pub mod throughput;
pub mod timing;
pub mod trace;
pub mod variant;
pub mod weight;
