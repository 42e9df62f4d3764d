//! Keys for what has none: made once for each kind and size, and kept for the life of the program.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use super::job_failed;
use crate::jose::error::Problem;
use crate::jose::jwa::KeyKind;
use crate::jose::key::Key;
use crate::measure::ladder::Rung;
use crate::workbench::compare::derive::STAND_IN_RSA_BITS;

/// Between two looks at whether the key is still wanted.
const LOOK: Duration = Duration::from_millis(10);

/// A kind of key and its size in bits; `None` where there is only one.
type Size = (KeyKind, Option<usize>);

/// See the module.
#[derive(Default)]
pub struct StandInKeys {
    made: Vec<(Size, Arc<Key>)>,
    /// The key that is being made. It is waited for even when nobody wants it any more: its thread would disturb the
    /// next measurement.
    coming: Option<(Size, Receiver<Result<Key, Problem>>)>,
}

impl StandInKeys {
    /// The key of a rung: that of the last time, or a new one, which for RSA takes up to some seconds. `None` when
    /// `go_on` says that nobody wants it any more; it is asked every 10 ms.
    ///
    /// # Errors
    /// When no key can be made: the system gives no randomness or no thread.
    pub fn get(&mut self, rung: Rung, go_on: &mut dyn FnMut() -> bool) -> Result<Option<Arc<Key>>, Problem> {
        let size = size_of(rung);
        loop {
            let (coming, receiver) = match self.coming.take() {
                Some(coming) => coming,
                None => match self.made.iter().find(|(made, _)| *made == size) {
                    Some((_, key)) => return Ok(Some(Arc::clone(key))),
                    None => (size, start(size)?),
                },
            };
            match receiver.recv_timeout(LOOK) {
                Ok(key) => self.made.push((coming, Arc::new(key?))),
                Err(RecvTimeoutError::Disconnected) => return Err(job_failed("generate-key")),
                Err(RecvTimeoutError::Timeout) => {
                    self.coming = Some((coming, receiver));
                    if !go_on() {
                        return Ok(None);
                    }
                }
            }
        }
    }
}

fn size_of(rung: Rung) -> Size {
    let kind = rung.algorithm.key_kind();
    let bits = match kind {
        KeyKind::Secret => rung.algorithm.minimum_secret_bits(),
        KeyKind::Rsa => Some(rung.rsa_bits.unwrap_or(STAND_IN_RSA_BITS)),
        KeyKind::P256 | KeyKind::P384 | KeyKind::P521 | KeyKind::Ed25519 => None,
    };
    (kind, bits)
}

fn start((kind, bits): Size) -> Result<Receiver<Result<Key, Problem>>, Problem> {
    let (sender, receiver) = channel();
    let make = move || {
        // Who does not wait any more needs no key.
        sender.send(Key::generate(kind, bits)).ok();
    };
    let spawned = thread::Builder::new().name("generate-key".to_owned()).spawn(make);
    spawned.map(|_| receiver).map_err(|_no_thread| job_failed("generate-key"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::jwa::Algorithm;

    #[test]
    fn a_rung_has_one_key_that_fits_it() {
        let mut keys = StandInKeys::default();
        let mut get = |algorithm, rsa_bits| keys.get(Rung { algorithm, rsa_bits }, &mut || true).unwrap().unwrap();
        for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512, Algorithm::ES512, Algorithm::EdDSA] {
            let key = get(algorithm, None);
            assert_eq!(key.fits(algorithm), Ok(()));
            assert!(algorithm.minimum_secret_bits().is_none_or(|bits| bits == key.bits()));
            assert!(Arc::ptr_eq(&key, &get(algorithm, None)));
        }
        let key = get(Algorithm::RS256, None);
        assert_eq!(key.bits(), 2_048);
        assert!(Arc::ptr_eq(&key, &get(Algorithm::PS512, Some(2_048))), "the same key does for all that use it alike");
    }

    #[test]
    fn who_gives_up_waiting_gets_it_the_next_time() {
        let mut keys = StandInKeys::default();
        let rung = Rung { algorithm: Algorithm::RS256, rsa_bits: Some(4_096) };
        let first = keys.get(rung, &mut || false).unwrap();
        assert!(first.is_none() && keys.made.is_empty());
        let secret = keys.get(Rung { algorithm: Algorithm::HS256, rsa_bits: None }, &mut || true).unwrap();
        assert_eq!(secret.unwrap().kind(), KeyKind::Secret);
        assert_eq!(keys.made.len(), 2, "the key that was being made is kept");
        assert_eq!(keys.get(rung, &mut || false).unwrap().unwrap().bits(), 4_096);
    }
}
