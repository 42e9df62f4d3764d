//! What is measured: one header and payload under one key, and what a server does with them.

use std::hint::black_box;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use super::clock;
use super::rounds::Call;
use crate::jose::base64url;
use crate::jose::compact::{Token, mint};
use crate::jose::error::Problem;
use crate::jose::jwa::Algorithm;
use crate::jose::jws::{Signer, Verifier};
use crate::jose::key::Key;

/// The very bytes of a token, and the key to sign them with.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The key to sign and verify with.
    pub key: Arc<Key>,
    /// The algorithm.
    pub algorithm: Algorithm,
    /// The header bytes.
    pub header: Vec<u8>,
    /// The payload bytes.
    pub payload: Vec<u8>,
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
    signer: Signer,
    verifier: Verifier,
    token: Token,
    signature: Vec<u8>,
    key_setup: Duration,
}

impl Subject {
    /// Builds signer and verifier, and mints the token a first time.
    ///
    /// # Errors
    /// When the key cannot sign with the algorithm.
    pub fn new(variant: Variant) -> Result<Self, Problem> {
        let setup = || Ok((variant.key.signer(variant.algorithm)?, variant.key.verifier(variant.algorithm)?));
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
        let token = mint(&signer, &variant.header, &variant.payload)?;
        let signature = base64url::decode(token.signature())?;
        Ok(Self { variant, signer, verifier, token, signature, key_setup })
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
    /// When the signature cannot be made, or does not verify.
    pub fn run(&self, operation: Operation) -> Result<(), Problem> {
        match operation {
            Operation::Sign => self.mint(),
            Operation::Verify => self.check(),
            Operation::Signature => {
                self.signer.sign(black_box(self.token.signing_input().as_bytes())).map(|signature| {
                    black_box(signature);
                })
            }
            Operation::Assembly => {
                black_box(self.assemble());
                Ok(())
            }
            Operation::KeySetup => black_box(&self.variant.key).signer(self.variant.algorithm).map(|signer| {
                black_box(signer);
            }),
        }
    }

    /// The operation, to be sampled.
    pub fn call(self: &Rc<Self>, operation: Operation) -> Call<'static> {
        let subject = Rc::clone(self);
        Box::new(move || subject.run(operation))
    }

    fn mint(&self) -> Result<(), Problem> {
        let Variant { header, payload, .. } = &self.variant;
        mint(black_box(&self.signer), black_box(header), black_box(payload)).map(|token| {
            black_box(token);
        })
    }

    fn check(&self) -> Result<(), Problem> {
        let token = black_box(&self.token);
        black_box(base64url::decode(token.header())?);
        black_box(base64url::decode(token.payload())?);
        let signature = base64url::decode(token.signature())?;
        self.verifier.verify(token.signing_input().as_bytes(), &signature)
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
    use crate::jose::secret::Secret;

    #[test]
    fn every_operation_runs_and_assembly_is_the_token() {
        let variant = Variant {
            key: Arc::new(Key::secret(Secret::from(vec![7; 32]))),
            algorithm: Algorithm::HS256,
            header: br#"{"alg":"HS256"}"#.to_vec(),
            payload: b"{}".to_vec(),
        };
        let subject = Subject::new(variant.clone()).unwrap();
        for operation in Operation::ALL {
            subject.run(operation).unwrap();
        }
        assert_eq!(subject.assemble(), subject.token().as_str());
        assert!(subject.key_setup() > Duration::ZERO);
        assert!(Subject::new(Variant { algorithm: Algorithm::RS256, ..variant }).is_err());
    }
}
