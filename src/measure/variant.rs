//! What is measured: one header and payload under one key, and what a server does with them.

use std::hint::black_box;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use super::clock;
use super::ladder::Rung;
use super::rounds::Call;
use crate::jose::base64url;
use crate::jose::compact::{Token, mint};
use crate::jose::error::Problem;
use crate::jose::jwa::Algorithm;
use crate::jose::jws::{Signer, Verifier};
use crate::jose::key::Key;

/// Why a token without a key is not timed.
const NO_KEY: &str = "no key";

/// Why a token under a public key is not signed.
const NO_PRIVATE_KEY: &str = "no private key";

/// Why a token that came with its signature is not verified.
const NOT_VERIFIED: &str = "the key does not verify it";

/// The very bytes of a token, and the key to sign them with.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The key to sign and verify with; a public one verifies only, and without one nothing is timed.
    pub key: Option<Arc<Key>>,
    /// The algorithm.
    pub algorithm: Algorithm,
    /// The header bytes.
    pub header: Vec<u8>,
    /// The payload bytes.
    pub payload: Vec<u8>,
    /// The signature that came with them; `None` when it is made here.
    pub signature: Option<Vec<u8>>,
}

impl Variant {
    /// A header and a payload that are signed with `key`.
    pub const fn new(key: Arc<Key>, algorithm: Algorithm, header: Vec<u8>, payload: Vec<u8>) -> Self {
        Self { key: Some(key), algorithm, header, payload, signature: None }
    }
}

/// What can be timed of a variant; the times are those of one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Minting: base64url of header and payload, the signature, and putting the token together.
    Sign,
    /// Checking: base64url decoding of the three parts, and the check of the signature.
    Verify,
    /// The signature alone, the raw primitive: no base64url, no text.
    Signature,
    /// Everything but the signature: base64url of the three parts, and putting the token together.
    Assembly,
    /// What comes once for each key: building the signer from it.
    KeySetup,
}

impl Operation {
    /// All of them, in the order to show them in.
    pub const ALL: [Self; 5] = [Self::Sign, Self::Verify, Self::Signature, Self::Assembly, Self::KeySetup];

    /// The two that every token goes through.
    pub const TOKEN: [Self; 2] = [Self::Sign, Self::Verify];

    /// The name for machines.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::Verify => "verify",
            Self::Signature => "signature",
            Self::Assembly => "assembly",
            Self::KeySetup => "key_setup",
        }
    }

    /// The name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Sign => "Sign",
            Self::Verify => "Verify",
            Self::Signature => "Signature alone",
            Self::Assembly => "Everything but the signature",
            Self::KeySetup => "Key setup",
        }
    }
}

/// A variant made ready: everything a server has at hand before the next token.
#[derive(Debug)]
pub struct Subject {
    variant: Variant,
    signer: Option<Signer>,
    verifier: Option<Verifier>,
    token: Token,
    signature: Vec<u8>,
    key_setup: Duration,
    untimed: Option<String>,
}

impl Subject {
    /// Builds signer and verifier, and mints the token a first time, unless it came with its signature. What the key at
    /// hand does not allow is left out: see [`Self::can`].
    ///
    /// # Errors
    /// When the key is not one for the algorithm.
    pub fn new(variant: Variant) -> Result<Self, Problem> {
        let Some(key) = variant.key.clone() else { return Ok(Self::untimed(variant, NO_KEY.to_owned())) };
        let setup = || {
            let signer = key.is_private().then(|| key.signer(variant.algorithm)).transpose()?;
            Ok((signer, key.verifier(variant.algorithm)?))
        };
        // The first time, the library makes itself ready; that is not the key's doing.
        setup()?;
        let mut pair = None;
        let key_setup = clock::timed(|| {
            pair = Some(setup()?);
            Ok(())
        })?;
        let (signer, verifier) = match pair {
            Some(pair) => pair,
            None => setup()?,
        };
        let token = match (&variant.signature, &signer) {
            (Some(signature), _) => Token::of_parts(&variant.header, &variant.payload, signature),
            (None, Some(signer)) => mint(signer, &variant.header, &variant.payload)?,
            (None, None) => return Ok(Self::untimed(variant, NO_PRIVATE_KEY.to_owned())),
        };
        let signature = base64url::decode(token.signature())?;
        let verifies = verifier.verify(token.signing_input().as_bytes(), &signature).is_ok();
        let untimed = match (verifies, &signer) {
            (false, _) => Some(NOT_VERIFIED.to_owned()),
            (true, None) => Some(NO_PRIVATE_KEY.to_owned()),
            (true, Some(_)) => None,
        };
        let verifier = verifies.then_some(verifier);
        Ok(Self { variant, signer, verifier, token, signature, key_setup, untimed })
    }

    /// The token alone, with nothing to be timed for the reason `why`. A signature that nobody can make is as long as it
    /// would be, under RSA as with a key of 2048 bits.
    pub fn untimed(variant: Variant, why: String) -> Self {
        let bits = variant.key.as_ref().map(|key| key.bits());
        let rung = Rung { algorithm: variant.algorithm, rsa_bits: bits };
        let signature = variant.signature.clone().unwrap_or_else(|| vec![0; rung.signature_len()]);
        let token = Token::of_parts(&variant.header, &variant.payload, &signature);
        let (signer, verifier, key_setup) = (None, None, Duration::ZERO);
        Self { variant, signer, verifier, token, signature, key_setup, untimed: Some(why) }
    }

    /// Whether an operation can be timed with the key at hand.
    pub const fn can(&self, operation: Operation) -> bool {
        match operation {
            Operation::Verify => self.verifier.is_some(),
            Operation::Sign | Operation::Signature | Operation::Assembly | Operation::KeySetup => self.signer.is_some(),
        }
    }

    /// Why not everything can be timed, in a few words; `None` when it can.
    pub fn why_untimed(&self) -> Option<&str> {
        self.untimed.as_deref()
    }

    /// The algorithm.
    pub const fn algorithm(&self) -> Algorithm {
        self.variant.algorithm
    }

    /// The token.
    pub const fn token(&self) -> &Token {
        &self.token
    }

    /// How long building signer and verifier from the key took, once.
    pub const fn key_setup(&self) -> Duration {
        self.key_setup
    }

    /// The operation once.
    ///
    /// # Errors
    /// When it cannot be timed, the signature cannot be made, or does not verify.
    pub fn run(&self, operation: Operation) -> Result<(), Problem> {
        match operation {
            Operation::Sign => self.mint(),
            Operation::Verify => self.check(),
            Operation::Signature => {
                self.signer()?.sign(black_box(self.token.signing_input().as_bytes())).map(|signature| {
                    black_box(signature);
                })
            }
            Operation::Assembly => {
                self.signer()?;
                black_box(self.assemble());
                Ok(())
            }
            Operation::KeySetup => {
                let key = self.variant.key.as_ref().ok_or_else(|| self.refusal())?;
                black_box(key).signer(self.variant.algorithm).map(|signer| {
                    black_box(signer);
                })
            }
        }
    }

    /// The operation, to be sampled.
    pub fn call(self: &Rc<Self>, operation: Operation) -> Call<'static> {
        let subject = Rc::clone(self);
        Box::new(move || subject.run(operation))
    }

    fn mint(&self) -> Result<(), Problem> {
        let Variant { header, payload, .. } = &self.variant;
        mint(black_box(self.signer()?), black_box(header), black_box(payload)).map(|token| {
            black_box(token);
        })
    }

    fn signer(&self) -> Result<&Signer, Problem> {
        self.signer.as_ref().ok_or_else(|| self.refusal())
    }

    #[cold]
    fn refusal(&self) -> Problem {
        let why = self.untimed.as_deref().unwrap_or(NO_KEY);
        Problem::new("not-timed", format!("This cannot be timed: {why}"))
            .help("Choose the private key that belongs to the token.")
    }

    fn check(&self) -> Result<(), Problem> {
        let verifier = self.verifier.as_ref().ok_or_else(|| self.refusal())?;
        let token = black_box(&self.token);
        black_box(base64url::decode(token.header())?);
        black_box(base64url::decode(token.payload())?);
        let signature = base64url::decode(token.signature())?;
        verifier.verify(token.signing_input().as_bytes(), &signature)
    }

    /// What [`mint`] does besides signing.
    fn assemble(&self) -> String {
        let Variant { header, payload, .. } = black_box(&self.variant);
        let mut text = String::with_capacity(self.token.len());
        base64url::encode_into(header, &mut text);
        text.push('.');
        base64url::encode_into(payload, &mut text);
        text.push('.');
        base64url::encode_into(black_box(&self.signature), &mut text);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::jwa::KeyKind;
    use crate::jose::secret::Secret;

    fn secret_variant() -> Variant {
        let key = Arc::new(Key::secret(Secret::from(vec![7; 32])));
        Variant::new(key, Algorithm::HS256, br#"{"alg":"HS256"}"#.to_vec(), b"{}".to_vec())
    }

    #[track_caller]
    fn check(variant: &Variant, can: &[Operation], why: Option<&str>) {
        let subject = Subject::new(variant.clone()).unwrap();
        let found: Vec<Operation> = Operation::ALL.into_iter().filter(|operation| subject.can(*operation)).collect();
        assert_eq!((found.as_slice(), subject.why_untimed()), (can, why));
        for operation in Operation::ALL {
            assert_eq!(subject.run(operation).is_ok(), can.contains(&operation), "{operation:?}");
        }
        let parts = [base64url::encode(&variant.header), base64url::encode(&variant.payload)];
        assert_eq!([subject.token().header(), subject.token().payload()], parts);
        if let Some(signature) = &variant.signature {
            assert_eq!(subject.token().signature(), base64url::encode(signature));
        }
    }

    #[test]
    fn what_is_timed_depends_on_the_key_at_hand() {
        let private = Arc::new(Key::generate(KeyKind::P256, None).unwrap());
        let public = Arc::new(private.public().unwrap());
        let header = br#"{"alg":"ES256"}"#.to_vec();
        let minted = Variant::new(Arc::clone(&private), Algorithm::ES256, header, b"{}".to_vec());
        let signature = Subject::new(minted.clone()).unwrap().signature;
        let pasted = Variant { signature: Some(signature), ..minted.clone() };
        let changed = Variant { payload: b"[]".to_vec(), ..pasted.clone() };
        let with = |variant: &Variant, key: Option<&Arc<Key>>| Variant { key: key.cloned(), ..variant.clone() };
        let without_verify = [Operation::Sign, Operation::Signature, Operation::Assembly, Operation::KeySetup];
        check(&minted, &Operation::ALL, None);
        check(&pasted, &Operation::ALL, None);
        check(&with(&pasted, Some(&public)), &[Operation::Verify], Some("no private key"));
        check(&with(&minted, Some(&public)), &[], Some("no private key"));
        check(&changed, &without_verify, Some("the key does not verify it"));
        check(&with(&changed, Some(&public)), &[], Some("the key does not verify it"));
        check(&with(&pasted, None), &[], Some("no key"));
        let unsigned = Subject::new(with(&minted, None)).unwrap();
        assert_eq!(unsigned.token().len(), Subject::new(minted).unwrap().token().len());
    }

    #[test]
    fn every_operation_runs_and_assembly_is_the_token() {
        let variant = secret_variant();
        let subject = Subject::new(variant.clone()).unwrap();
        for operation in Operation::ALL {
            subject.run(operation).unwrap();
        }
        assert_eq!(subject.assemble(), subject.token().as_str());
        assert!(subject.key_setup() > Duration::ZERO);
        assert!(Subject::new(Variant { algorithm: Algorithm::RS256, ..variant }).is_err());
    }
}
