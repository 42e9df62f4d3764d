//! Minting many against the raw primitives on prepared bytes, on one thread and on two.
//!
//! Run with `cargo bench --bench bulk`. Times are medians of contenders that take turns within one run.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

mod common;

use std::error::Error;
use std::hint::black_box;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use common::{Contender, claims, medians, verdict};
use jwt_workbench::bulk::control::Control;
use jwt_workbench::bulk::plan::{Faulty, Form, Order, Plan, Shard, Supply};
use jwt_workbench::bulk::preview::Preview;
use jwt_workbench::bulk::rows::Rows;
use jwt_workbench::bulk::run::Run;
use jwt_workbench::bulk::sink::{Lost, Placed, Sink};
use jwt_workbench::bulk::writer::{Before, Output};
use jwt_workbench::jose::base64url;
use jwt_workbench::jose::error::Problem;
use jwt_workbench::jose::json::{self, Json};
use jwt_workbench::jose::jwa::KeyKind;
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::Secret;
use jwt_workbench::template::file::TemplateFile;

const LASTING: Duration = Duration::from_secs(10);

/// What is put into the claims beside their two instants: five placeholders in some 300 bytes.
const PLACEHOLDERS: [(&str, &str); 3] = [("n", "{{counter}}"), ("jti", "{{uuid}}"), ("nonce", "{{random:8}}")];

/// A primitive on the prepared header, payload and signing input.
type Raw = Box<dyn FnMut(&[Vec<u8>; 3])>;

/// Takes everything and keeps nothing.
struct Nowhere;

impl Sink for Nowhere {
    fn write(&mut self, text: &[u8], _tokens: &[Placed]) -> Result<(), Lost> {
        black_box(text);
        Ok(())
    }

    fn reject(&mut self, _row: &[u8]) -> Result<(), Problem> {
        Ok(())
    }
}

/// One algorithm.
struct Case {
    algorithm: &'static str,
    key: Key,
    raw: Raw,
    /// The tokens of one run.
    count: u64,
    /// The least share of the raw rate that a thread is to reach.
    goal: f64,
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("Minting many: medians in µs a token. Raw is HMAC and base64url for HS256, else the signature alone.");
    println!(
        "{:8}{:>10}{:>12}{:>13}{:>12}{:>8}{:>9}{:>14}{:>8}{:>9}",
        "", "raw", "one thread", "two threads", "of raw", "goal", "", "two / one", "goal", ""
    );
    let claims = template()?;
    for case in [hs256()?, es256()?, rs256()?] {
        case.run(&claims)?;
    }
    Ok(())
}

/// The claims with their placeholders.
fn template() -> Result<String, Problem> {
    PLACEHOLDERS.iter().try_fold(claims(290), |claims, (name, value)| {
        let json = Json::parse(&claims)?;
        Ok(json::set_member(json.root(), name, &json::quote(value)).apply(&claims))
    })
}

impl Case {
    fn run(mut self, claims: &str) -> Result<(), Box<dyn Error>> {
        let key = Arc::new(self.key);
        let order = |threads: usize, count| -> Result<Order, Box<dyn Error>> {
            let plan = Plan {
                supply: Supply::Count(count),
                form: Form::Lines,
                url: String::new(),
                faulty: Faulty::Stop,
                threads: NonZeroUsize::new(threads).ok_or("no threads")?,
                from: 0,
                shard: Shard::WHOLE,
            };
            let header = format!(r#"{{"alg":"{}","typ":"JWT"}}"#, self.algorithm);
            Ok(Order {
                template: TemplateFile::new("", header, claims),
                key: Arc::clone(&key),
                now: 1_795_284_752,
                plan,
            })
        };
        let token = Preview::of(&order(1, 1)?, None::<Rows<&[u8]>>)?.tokens.remove(0)?;
        let mut parts = token.split('.');
        let [header, payload] = [parts.next(), parts.next()].map(|part| part.unwrap_or_default());
        let input = format!("{header}.{payload}").into_bytes();
        println!("{} bytes of payload, {} of token:", base64url::decode(payload)?.len(), token.len());
        let prepared = [base64url::decode(header)?, base64url::decode(payload)?, input];
        let (one, two) = (order(1, self.count)?, order(2, self.count)?);
        let times = medians(
            vec![
                Contender::new("raw", || {
                    for _ in 0..self.count {
                        (self.raw)(black_box(&prepared));
                    }
                }),
                Contender::new("one", || mint(&one)),
                Contender::new("two", || mint(&two)),
            ],
            LASTING,
        );
        let [raw, one, two] = [0, 1, 2].map(|index| times[index].1 * 1e6 / self.count as f64);
        println!(
            "{:8}{raw:>10.3}{one:>12.3}{two:>13.3}{:>11.1}%{:>7.0}%{:>9}{:>14.2}{:>8}{:>9}",
            self.algorithm,
            raw / one * 100.0,
            self.goal * 100.0,
            verdict(one / raw, 1.0 / self.goal),
            one / two,
            1.8,
            verdict(two / one, 1.0 / 1.8),
        );
        Ok(())
    }
}

fn mint(order: &Order) {
    let Ok(run) = Run::prepare(order, None) else { return };
    let output = Output { sink: &mut Nowhere, before: Before::Nothing };
    black_box(run.go(output, &Control::default(), &mut |_| ()));
}

fn hs256() -> Result<Case, Box<dyn Error>> {
    let secret = [0x5a; 32];
    let key = hmac::Key::new(hmac::HMAC_SHA256, &secret);
    let mut room = Vec::new();
    let raw = move |[header, payload, input]: &[Vec<u8>; 3]| {
        let signature = hmac::sign(&key, input);
        room.clear();
        for part in [header.as_slice(), payload, signature.as_ref()] {
            base64url::append(part, &mut room);
        }
        black_box(&room);
    };
    let key = Key::secret(Secret::from(secret.to_vec()));
    Ok(Case { algorithm: "HS256", key, raw: Box::new(raw), count: 262_144, goal: 0.70 })
}

/// A generated key, and its PKCS #8 form for the raw primitive.
fn generated(kind: KeyKind) -> Result<(Key, Vec<u8>), Box<dyn Error>> {
    let key = Key::generate(kind, None)?;
    let (_, pkcs8) = pem_rfc7468::decode_vec(key.to_pem(true)?.bytes()).map_err(|error| error.to_string())?;
    Ok((key, pkcs8))
}

fn es256() -> Result<Case, Box<dyn Error>> {
    let (key, pkcs8) = generated(KeyKind::P256)?;
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &pkcs8)?;
    let raw = move |[_, _, input]: &[Vec<u8>; 3]| {
        black_box(pair.sign(&SystemRandom::new(), input)).ok();
    };
    Ok(Case { algorithm: "ES256", key, raw: Box::new(raw), count: 16_384, goal: 0.95 })
}

fn rs256() -> Result<Case, Box<dyn Error>> {
    let (key, pkcs8) = generated(KeyKind::Rsa)?;
    let pair = RsaKeyPair::from_pkcs8(&pkcs8)?;
    let raw = move |[_, _, input]: &[Vec<u8>; 3]| {
        let mut signature = vec![0; pair.public_modulus_len()];
        pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), input, &mut signature).ok();
        black_box(signature);
    };
    Ok(Case { algorithm: "RS256", key, raw: Box::new(raw), count: 1_024, goal: 0.95 })
}
