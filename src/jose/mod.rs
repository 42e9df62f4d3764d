//! The RFCs (7515 to 7519, 7638, 8037, 8259): tokens, keys and JSON as values. No files, clock, threads or window here.

pub mod base64url;
mod certificate;
pub mod claims;
pub mod compact;
mod decode;
pub mod doctor;
pub mod elapsed;
pub mod error;
pub mod json;
pub mod jwa;
mod jwk;
mod jwk_set;
mod jwk_write;
pub mod jws;
pub mod key;
mod key_der;
mod key_encrypted;
pub mod key_read;
pub mod key_set;
pub mod key_sketch;
mod pem;
pub mod restrictions;
mod roca;
pub mod secret;
pub mod text;
pub mod unwrap;
pub mod verify;
