//! What a token costs: bytes and time.

pub mod budget;
pub mod histogram;
