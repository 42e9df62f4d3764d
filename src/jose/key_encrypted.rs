//! Private keys under a passphrase: `EncryptedPrivateKeyInfo` (RFC 5958 §3) with PBES2 (RFC 8018 §6.2).
//!
//! A file says itself how much work and memory its passphrase costs. What is out of all proportion is refused before
//! any of it is spent.

use pkcs8::PrivateKeyInfoRef;
use pkcs8::pkcs5::{self, pbes2};
use spki::AlgorithmIdentifierRef;
use spki::der::asn1::{AnyRef, OctetStringRef, UintRef};
use spki::der::{Decode as _, Tag, Tagged as _};
use zeroize::Zeroizing;

use super::error::Problem;
use super::key_read::PASSPHRASE_NEEDED;
use super::key_sketch::{elements, parts};
use super::secret::Secret;

/// The most rounds of PBKDF2, which RFC 8018 §4.2 names for especially critical keys: some ten seconds.
const MAX_ITERATIONS: u64 = 10_000_000;
/// The most memory of scrypt, in bytes; OpenSSL asks for 16 MiB.
const MAX_MEMORY: u64 = 256 << 20;
/// The most memory of scrypt times the passes over it, in bytes.
const MAX_WORK: u64 = 1 << 30;
/// The bytes of the initialization vector of DES.
const DES_BLOCK: usize = 8;

/// Whether these bytes are an encrypted private key, as far as their structure tells.
pub(super) fn is_encrypted(der: &[u8]) -> bool {
    parts(der).is_some_and(|parts| parts.iter().map(AnyRef::tag).eq([Tag::Sequence, Tag::OctetString]))
}

/// The private key in PKCS#8 that is inside.
pub(super) fn decrypt(der: &[u8], passphrase: &Secret) -> Result<Zeroizing<Vec<u8>>, Problem> {
    let parts = parts(der).unwrap_or_default();
    let [scheme, data] = parts.as_slice() else { return Err(damaged()) };
    let scheme = algorithm(*scheme)?;
    let data = data.decode_as::<&OctetStringRef>().map_err(|_der| damaged())?;
    let parameters = scheme.parameters.filter(|_| scheme.oid == pbes2::PBES2_OID).ok_or_else(old_scheme)?;
    check_cost(parameters)?;
    let parameters = pbes2::Parameters::try_from(parameters).map_err(|_unknown| unknown_method())?;
    let mut plain = Zeroizing::new(data.as_bytes().to_vec());
    let len = match parameters.decrypt_in_place(passphrase.bytes(), &mut plain) {
        Ok(decrypted) => decrypted.len(),
        Err(pkcs5::Error::DecryptFailed) => return Err(wrong_passphrase()),
        Err(_parameters) => return Err(unknown_method()),
    };
    plain.truncate(len);
    // One wrong passphrase in 256 leaves something that is padded like a key.
    if PrivateKeyInfoRef::from_der(&plain).is_err() {
        return Err(wrong_passphrase());
    }
    Ok(plain)
}

/// Refuses parameters that cost too much, and those that the crate underneath does not look at before it uses them.
fn check_cost(parameters: AnyRef<'_>) -> Result<(), Problem> {
    let algorithms = elements_of(parameters)?;
    let [derivation, cipher] = algorithms.as_slice() else { return Err(damaged()) };
    let (derivation, cipher) = (algorithm(*derivation)?, algorithm(*cipher)?);
    if cipher.oid == pbes2::DES_EDE3_CBC_OID {
        let vector = cipher.parameters.ok_or_else(damaged)?.decode_as::<&OctetStringRef>().map_err(|_der| damaged())?;
        if vector.as_bytes().len() != DES_BLOCK {
            return Err(damaged());
        }
    }
    let numbers: Vec<u64> =
        elements_of(derivation.parameters.ok_or_else(damaged)?)?.iter().filter_map(number).collect();
    match (derivation.oid, numbers.as_slice()) {
        (pbes2::PBKDF2_OID | pbes2::SCRYPT_OID, numbers) if numbers.is_empty() || numbers.contains(&0) => {
            Err(damaged())
        }
        (pbes2::PBKDF2_OID, [iterations, ..]) if *iterations > MAX_ITERATIONS => {
            let asked = if *iterations == u64::MAX { "more than 2^64".to_owned() } else { iterations.to_string() };
            Err(too_costly(&format!("{asked} rounds of PBKDF2; up to {MAX_ITERATIONS}")))
        }
        (pbes2::SCRYPT_OID, [cost, block, passes, ..]) => {
            let memory = cost.saturating_mul(*block).saturating_mul(128);
            if memory > MAX_MEMORY || memory.saturating_mul(*passes) > MAX_WORK {
                let (asked, limit) = (memory >> 20, MAX_MEMORY >> 20);
                return Err(too_costly(&format!("{asked} MiB of scrypt's memory, {passes} times; up to {limit} MiB")));
            }
            Ok(())
        }
        (pbes2::PBKDF2_OID, _) => Ok(()),
        (pbes2::SCRYPT_OID, _) => Err(damaged()),
        _ => Err(unknown_method()),
    }
}

fn algorithm(any: AnyRef<'_>) -> Result<AlgorithmIdentifierRef<'_>, Problem> {
    any.decode_as().map_err(|_der: spki::der::Error| damaged())
}

fn elements_of(any: AnyRef<'_>) -> Result<Vec<AnyRef<'_>>, Problem> {
    elements(any.value()).filter(|_| any.tag() == Tag::Sequence).ok_or_else(damaged)
}

/// An INTEGER as a number; one that is too large for it as the largest.
fn number(any: &AnyRef<'_>) -> Option<u64> {
    let number = any.decode_as::<UintRef<'_>>().ok()?;
    let fold = |number: u64, byte: &u8| if number >> 56 == 0 { number << 8 | u64::from(*byte) } else { u64::MAX };
    Some(number.as_bytes().iter().fold(0, fold))
}

/// The key is encrypted and no passphrase was given.
pub(super) fn passphrase_needed() -> Problem {
    Problem::new(PASSPHRASE_NEEDED, "This private key is encrypted: its passphrase is needed")
        .help("Give its passphrase, or decrypt a copy: openssl pkey -in encrypted.pem -out key.pem")
}

fn wrong_passphrase() -> Problem {
    Problem::new("key-passphrase-wrong", "The passphrase does not open this private key")
        .help("Type it again: letter case and white space count. If it is right, the file is damaged.")
}

fn too_costly(asked: &str) -> Problem {
    Problem::new("key-passphrase-cost", format!("To check its passphrase, this file asks for {asked} are spent here"))
        .help("If it is yours, encrypt it anew: openssl pkcs8 -topk8 -v2 aes-256-cbc -in encrypted.pem -out key.pem")
}

fn old_scheme() -> Problem {
    Problem::new("key-encrypted", "This private key is encrypted in a way older than PBES2 (RFC 8018 §6.2)")
        .help("Encrypt it anew: openssl pkcs8 -topk8 -v2 aes-256-cbc -in encrypted.pem -out key.pem")
}

fn unknown_method() -> Problem {
    Problem::new("key-encrypted", "This private key is encrypted with a cipher or key derivation that is not supported")
        .help("Encrypt it anew: openssl pkcs8 -topk8 -v2 aes-256-cbc -in encrypted.pem -out key.pem")
}

fn damaged() -> Problem {
    Problem::new("key-broken", "This encrypted private key is damaged: how it was encrypted cannot be read")
        .help("Copy or export the whole key again, as PEM or DER.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::key::Key;

    const PBKDF2: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0c";
    const SCRYPT: &[u8] = b"\x2b\x06\x01\x04\x01\xda\x47\x04\x0b";
    const AES_256: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x01\x2a";
    const DES_EDE3: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x03\x07";

    /// A value in DER of at most 127 bytes.
    fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
        let content = parts.concat();
        [&[tag, u8::try_from(content.len()).unwrap()], content.as_slice()].concat()
    }

    fn integer(number: &[u8]) -> Vec<u8> {
        tlv(2, &[&[0], number])
    }

    /// An encrypted key of no meaning with these numbers for its key derivation.
    fn encrypted(derivation: &[u8], numbers: &[&[u8]], cipher: &[u8], vector: usize) -> Vec<u8> {
        let numbers: Vec<Vec<u8>> =
            numbers.iter().map(|number| if number[0] < 0x80 { tlv(2, &[number]) } else { integer(number) }).collect();
        let parameters = tlv(0x30, &[&tlv(4, &[&[7; 8]]), &numbers.concat()]);
        let derivation = tlv(0x30, &[&tlv(6, &[derivation]), &parameters]);
        let cipher = tlv(0x30, &[&tlv(6, &[cipher]), &tlv(4, &[&vec![1; vector]])]);
        let scheme =
            tlv(0x30, &[&tlv(6, &[b"\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0d"]), &tlv(0x30, &[&derivation, &cipher])]);
        tlv(0x30, &[&scheme, &tlv(4, &[&[5; 16]])])
    }

    #[track_caller]
    fn check(der: &[u8], code: &str, message: &str) {
        assert_eq!(Key::read(der).unwrap_err().code, PASSPHRASE_NEEDED);
        let problem = Key::decrypt(der, &Secret::from("x".to_owned())).unwrap_err();
        assert_eq!(problem.code, code, "{}", problem.message);
        assert!(problem.message.contains(message) && !problem.help.is_empty(), "{}", problem.message);
    }

    #[test]
    fn what_costs_too_much_is_refused_before_it_is_spent() {
        let costly = "key-passphrase-cost";
        check(&encrypted(PBKDF2, &[&[8]], AES_256, 16), "key-passphrase-wrong", "passphrase");
        check(&encrypted(PBKDF2, &[&[0x80, 0, 0, 0]], AES_256, 16), costly, "2147483648 rounds");
        check(&encrypted(PBKDF2, &[&[0x7f; 9]], AES_256, 16), costly, "more than 2^64 rounds");
        check(&encrypted(SCRYPT, &[&[64], &[8], &[1]], AES_256, 16), "key-passphrase-wrong", "passphrase");
        check(&encrypted(SCRYPT, &[&[1, 0, 0, 0], &[8], &[1]], AES_256, 16), costly, "16384 MiB");
        check(&encrypted(SCRYPT, &[&[64], &[8], &[0x7f, 0xff]], AES_256, 16), costly, "32767 times");
        check(&encrypted(SCRYPT, &[&[0x7f; 9], &[0x7f; 9], &[0x7f; 9]], AES_256, 16), costly, "MiB");
    }

    #[test]
    fn parameters_that_make_no_sense_are_refused() {
        check(&encrypted(PBKDF2, &[&[0]], AES_256, 16), "key-broken", "damaged");
        check(&encrypted(PBKDF2, &[], AES_256, 16), "key-broken", "damaged");
        check(&encrypted(PBKDF2, &[&[8]], AES_256, 15), "key-encrypted", "not supported");
        check(&encrypted(PBKDF2, &[&[8]], DES_EDE3, 3), "key-broken", "damaged");
        check(&encrypted(SCRYPT, &[&[0], &[8], &[1]], AES_256, 16), "key-broken", "damaged");
        check(&encrypted(SCRYPT, &[&[63], &[8], &[1]], AES_256, 16), "key-encrypted", "not supported");
        check(&encrypted(SCRYPT, &[&[64], &[8]], AES_256, 16), "key-broken", "damaged");
        check(&encrypted(b"\x2a\x03", &[&[8]], AES_256, 16), "key-encrypted", "not supported");
        check(&encrypted(PBKDF2, &[&[8]], b"\x2a\x03", 16), "key-encrypted", "not supported");
        check(b"\x30\x09\x30\x04\x06\x02\x2a\x03\x04\x01\x00", "key-encrypted", "older than PBES2");
    }

    #[test]
    fn no_damage_makes_it_panic() {
        for whole in [encrypted(PBKDF2, &[&[8]], AES_256, 16), encrypted(SCRYPT, &[&[4], &[1], &[1]], DES_EDE3, 8)] {
            for at in 0..whole.len() {
                for flip in [1, 2, 4, 0x15, 0x80, 0xff] {
                    let mut damaged = whole.clone();
                    damaged[at] ^= flip;
                    assert!(Key::decrypt(&damaged, &Secret::from("x".to_owned())).is_err());
                }
            }
        }
    }
}
