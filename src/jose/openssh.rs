//! Keys of OpenSSH, read just far enough to name them: RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4, and `PROTOCOL.key` of
//! OpenSSH for private keys.

use super::key;
use super::key_sketch::KeySketch;
use super::pem;

/// What the key in a line such as `ssh-ed25519 AAAA... name` is.
pub(super) fn in_line(line: &str) -> Option<KeySketch> {
    sketch(&pem::decode_body(line.split_ascii_whitespace().nth(1)?)?, false)
}

/// What the key in the body of an `OPENSSH PRIVATE KEY` is; its public part is never encrypted.
pub(super) fn in_block(body: &str) -> Option<KeySketch> {
    let content = pem::decode_body(body)?;
    let mut rest = content.strip_prefix(b"openssh-key-v1\0".as_slice())?;
    // Cipher, key derivation and its options; then the number of keys.
    for _ in 0..3 {
        (_, rest) = string(rest)?;
    }
    sketch(string(rest.get(4..)?)?.0, true)
}

fn sketch(public: &[u8], private: bool) -> Option<KeySketch> {
    let (name, rest) = string(public)?;
    let on = |kind, curve: &str, bits| Some((kind, Some(curve.to_owned()), Some(bits)));
    let (kind, curve, bits) = match name {
        b"ssh-rsa" => Some(("rsa", None, Some(bit_len(string(string(rest)?.1)?.0)))),
        b"ssh-dss" => Some(("dsa", None, Some(bit_len(string(rest)?.0)))),
        b"ecdsa-sha2-nistp256" => on("ec", "P-256", 256),
        b"ecdsa-sha2-nistp384" => on("ec", "P-384", 384),
        b"ecdsa-sha2-nistp521" => on("ec", "P-521", 521),
        b"ssh-ed25519" => on("okp", "Ed25519", 256),
        _ => None,
    }?;
    Some(KeySketch { kind, bits, curve, private: Some(private) })
}

/// A string with its length in front (RFC 4251 §5), and what comes after it.
fn string(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (len, rest) = bytes.split_first_chunk()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*len)).ok()?)
}

/// The bits of an `mpint`, which may begin with a zero byte.
fn bit_len(number: &[u8]) -> usize {
    key::bit_len(number.strip_prefix(&[0]).unwrap_or(number))
}
