//! Logins under load: the four ways to mint in a login, what was measured of each, and what follows from it. The server
//! and the load that are measured are in `lab`.

pub mod exchange;
pub mod network;
pub mod pattern;
pub mod plan;
pub mod quoted;
pub mod report;
pub mod rule;
#[cfg(test)]
mod sample;
mod tables;
pub mod waterfall;
