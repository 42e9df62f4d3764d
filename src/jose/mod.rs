//! The RFCs (7515 to 7519, 7638, 8037, 8259): tokens, keys and JSON as values. No files, clock, threads or window here.

pub mod base64url;
pub mod claims;
pub mod compact;
mod decode;
pub mod doctor;
pub mod error;
pub mod json;
pub mod jwa;
mod jwk;
mod jwk_write;
pub mod jws;
pub mod key;
mod key_der;
pub mod key_read;
mod pem;
pub mod secret;
pub mod text;
pub mod unwrap;
pub mod verify;
