//! What a token costs: bytes and time.

pub mod budget;
pub mod capacity;
pub mod costs;
pub mod histogram;
pub mod sampler;
pub mod sizes;
pub mod timing;
