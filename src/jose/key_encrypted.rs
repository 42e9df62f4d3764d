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
