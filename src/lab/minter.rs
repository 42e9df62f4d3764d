//! Mints the token of a login.

use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;

use crate::jose::compact;
use crate::jose::error::Problem;
use crate::jose::json::Json;
use crate::jose::jws::Signer;
use crate::measure::login::pattern::Payload;
use crate::template::render::{Context, Rendering};
use crate::workbench::login::LoginInputs;

/// Two instants this far apart, in seconds, tell an expiry that moves along from one that stands.
const APART: i64 = 1_000;

/// A token, and what it took to make it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minted {
    /// The token in its compact serialization.
    pub token: String,
    /// Seconds until it expires, 0 when it has already; `None` without `exp`.
    pub expires_in: Option<u64>,
    /// Filling in, signing and encoding.
    pub took: Duration,
    /// Processor time of the same; `None` where the system does not tell.
    pub cpu: Option<Duration>,
}

/// Mints tokens on any thread. Every thread has its own signer, made when it mints for the first time.
pub struct Minter {
    /// Tells the signers of this minter from those of another one that the same threads worked for.
    id: u64,
    inputs: LoginInputs,
    started: Instant,
    counter: AtomicU64,
    full: Lifetime,
    minimal: Lifetime,
}

thread_local! {
    static SIGNER: RefCell<Option<(u64, Signer)>> = const { RefCell::new(None) };
}

/// How the time until a token expires comes about.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Lifetime {
    /// There is no `exp`, or none that is a number.
    None,
    /// So many seconds from minting on.
    Relative(f64),
    /// Until this instant, seconds since 1970 UTC.
    Until(f64),
    /// Different for every token; it has to be read.
    Varying,
}

impl Minter {
    /// Makes ready, and mints a token of each payload, so that what cannot be minted is known before anybody logs in.
    ///
    /// # Errors
    /// A key that does not fit or cannot sign, an instant or a counter that a placeholder cannot be filled with.
    pub fn new(inputs: LoginInputs) -> Result<Self, Problem> {
        static MINTERS: AtomicU64 = AtomicU64::new(0);
        let mut minter = Self {
            id: MINTERS.fetch_add(1, Ordering::Relaxed),
            started: Instant::now(),
            counter: AtomicU64::new(0),
            full: Lifetime::None,
            minimal: Lifetime::None,
            inputs,
        };
        minter.full = minter.lifetime(Payload::Full)?;
        minter.minimal = minter.lifetime(Payload::Minimal)?;
        minter.mint(Payload::Full)?;
        minter.mint(Payload::Minimal)?;
        minter.counter = AtomicU64::new(0);
        Ok(minter)
    }

    /// What is minted.
    pub fn inputs(&self) -> &LoginInputs {
        &self.inputs
    }

    /// The instant, in seconds since 1970 UTC.
    pub fn now(&self) -> i64 {
        let passed = i64::try_from(self.started.elapsed().as_secs()).unwrap_or(i64::MAX);
        self.inputs.now.saturating_add(passed)
    }

    /// Makes the signer of the calling thread, if it has none: that is no part of minting.
    ///
    /// # Errors
    /// As for [`Self::mint`].
    pub fn prepare(&self) -> Result<(), Problem> {
        self.with_signer(|_signer| Ok(()))
    }

    /// Mints a token of its own: the counter goes on, whichever thread it is on.
    ///
    /// # Errors
    /// When a placeholder cannot be filled in, or the signature cannot be made.
    pub fn mint(&self, payload: Payload) -> Result<Minted, Problem> {
        self.with_signer(|signer| {
            let counter = self.counter.fetch_add(1, Ordering::Relaxed);
            let now = self.now();
            let began = Instant::now();
            let cpu = ThreadTime::try_now().ok();
            let header = render(&self.inputs.header, now, counter)?;
            let claims = render(self.claims(payload), now, counter)?;
            let token = compact::mint(signer, &header, &claims)?.into_string();
            let cpu = cpu.and_then(|cpu| cpu.try_elapsed().ok());
            let took = began.elapsed();
            Ok(Minted { token, expires_in: self.expires_in(payload, &claims, now), took, cpu })
        })
    }

    fn claims(&self, payload: Payload) -> &Rendering {
        match payload {
            Payload::Full => &self.inputs.full,
            Payload::Minimal => &self.inputs.minimal,
        }
    }

    fn with_signer<T>(&self, work: impl FnOnce(&Signer) -> Result<T, Problem>) -> Result<T, Problem> {
        SIGNER.with_borrow_mut(|slot| {
            if slot.as_ref().is_none_or(|(id, _)| *id != self.id) {
                *slot = Some((self.id, self.inputs.key.signer(self.inputs.algorithm)?));
            }
            match slot {
                Some((_, signer)) => work(signer),
                None => Err(Problem::new("signing-failed", "The key could not be made ready")
                    .help("Try again; if it persists, generate a new key.")),
            }
        })
    }

    fn expires_in(&self, payload: Payload, claims: &[u8], now: i64) -> Option<u64> {
        let lifetime = match payload {
            Payload::Full => self.full,
            Payload::Minimal => self.minimal,
        };
        let left = match lifetime {
            Lifetime::None => return None,
            Lifetime::Relative(seconds) => seconds,
            Lifetime::Until(instant) => instant - now as f64,
            Lifetime::Varying => expiry(claims)? - now as f64,
        };
        Some(left.max(0.0) as u64)
    }

    /// Renders the claims for two instants and sees what became of `exp`. The counter differs too, so that an expiry
    /// made of it is not taken for one that stands.
    fn lifetime(&self, payload: Payload) -> Result<Lifetime, Problem> {
        let now = self.inputs.now;
        let first = expiry(&render(self.claims(payload), now, 0)?);
        // The second instant may be past the last one that can be written.
        let Ok(second) = render(self.claims(payload), now.saturating_add(APART), 1) else {
            return Ok(first.map_or(Lifetime::None, |_expiry| Lifetime::Varying));
        };
        Ok(match (first, expiry(&second)) {
            (None, None) => Lifetime::None,
            (Some(first), Some(second)) if first == second => Lifetime::Until(first),
            (Some(first), Some(second)) if second - first == APART as f64 => Lifetime::Relative(first - now as f64),
            _ => Lifetime::Varying,
        })
    }
}

impl std::fmt::Debug for Minter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Minter").field("algorithm", &self.inputs.algorithm).finish_non_exhaustive()
    }
}

fn render(rendering: &Rendering, now: i64, counter: u64) -> Result<Vec<u8>, Problem> {
    let mut failed = None;
    let mut random = |buffer: &mut [u8]| failed = getrandom::fill(buffer).err().or(failed);
    let mut out = Vec::new();
    rendering.render(&mut Context { now, counter, random: &mut random }, &mut out)?;
    match failed {
        None => Ok(out),
        Some(error) => Err(Problem::new("randomness", format!("The system gives no random bytes: {error}"))
            .help("Try again, or leave the random placeholders out.")),
    }
}

/// The `exp` of claims, seconds since 1970 UTC (RFC 7519 §4.1.4).
fn expiry(claims: &[u8]) -> Option<f64> {
    let json = Json::parse(std::str::from_utf8(claims).ok()?).ok()?;
    json.root().get("exp")?.as_f64()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Arc;

    use super::*;
    use crate::jose::json::Serialization;
    use crate::jose::jwa::Algorithm;
    use crate::jose::key::Key;
    use crate::template::variables::Variables;

    const NOW: i64 = 1_700_000_000;

    fn compiled(text: &str) -> Rendering {
        let json = Json::parse(text).unwrap();
        let none = Json::parse("{}").unwrap();
        Rendering::compile(&json, Serialization::Compact, &Variables::from_json(none.root())).unwrap()
    }

    fn minter(claims: &str) -> Result<Minter, Problem> {
        Minter::new(LoginInputs {
            subject: "draft".to_owned(),
            algorithm: Algorithm::HS256,
            key: Arc::new(Key::secret("0123456789abcdef0123456789abcdef".to_owned().into())),
            header: compiled(r#"{"alg":"HS256"}"#),
            full: compiled(claims),
            minimal: compiled(r#"{"sub":"1"}"#),
            now: NOW,
        })
    }

    fn claims(minted: &Minted) -> String {
        let payload = minted.token.split('.').nth(1).unwrap();
        String::from_utf8(crate::jose::base64url::decode(payload).unwrap()).unwrap()
    }

    #[test]
    fn the_lifetime_is_told_for_every_form_of_exp() {
        #[track_caller]
        fn check(claims: &str, expected: Option<u64>) {
            let minted = minter(claims).unwrap().mint(Payload::Full).unwrap();
            assert_eq!(minted.expires_in, expected, "{claims}");
        }
        check(r#"{"exp":"{{now+30m}}"}"#, Some(1_800));
        check(r#"{"exp":1700000060}"#, Some(60));
        check(r#"{"exp":1700000060.5}"#, Some(60));
        check(r#"{"exp":1600000000}"#, Some(0));
        check(r#"{"exp":"{{now-1h}}"}"#, Some(0));
        check(r#"{"exp":"{{counter:1700000010}}"}"#, Some(10));
        check(r#"{"exp":"soon"}"#, None);
        check(r#"{"sub":"1"}"#, None);
    }

    #[test]
    fn what_cannot_be_minted_is_known_at_the_start() {
        assert_eq!(minter(r#"{"iat":"{{now-99999w}}"}"#).unwrap_err().code, "placeholder-range");
        let mut inputs = minter("{}").unwrap().inputs().clone();
        inputs.algorithm = Algorithm::RS256;
        assert_eq!(Minter::new(inputs).unwrap_err().code, "key-kind");
    }

    #[test]
    fn the_counter_never_comes_twice_on_many_threads() {
        let minter = minter(r#"{"n":"{{counter}}"}"#).unwrap();
        let mint = || (0..200).map(|_| claims(&minter.mint(Payload::Full).unwrap())).collect::<Vec<_>>();
        let minted: Vec<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(mint)).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(minted.iter().collect::<HashSet<_>>().len(), 800);
        assert!(minted.contains(&r#"{"n":1}"#.to_owned()), "the run begins where its counter does");
    }

    #[test]
    fn a_thread_that_worked_for_another_minter_takes_the_new_key() {
        let old = minter("{}").unwrap();
        let mut inputs = old.inputs().clone();
        inputs.key = Arc::new(Key::secret("another secret of 32 bytes and a few".to_owned().into()));
        let new = Minter::new(inputs).unwrap();
        assert_ne!(old.mint(Payload::Full).unwrap().token, new.mint(Payload::Full).unwrap().token);
    }
}
