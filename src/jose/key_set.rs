//! Choosing among keys: by key ID, then by what each is for (RFC 7515 §4.1.4, RFC 7517 §4.2 to §4.5, RFC 8725 §3.1).

use super::jwa::Algorithm;
use super::key::{Key, Operation};

/// The keys that can be meant by a header with this `kid` and algorithm, the likeliest first. Keys of that `kid` push
/// all others out; of those, keys that may be used push out those that may not, and keys of a fitting kind those of
/// another. Among equals, a key made for this algorithm alone comes first.
///
/// Nothing is guessed: what comes out together is equally good, and a lone key that must not be used comes out, too, so
/// that the reason can be told. Empty only when there are no keys.
pub fn candidates<'k>(
    keys: impl IntoIterator<Item = &'k Key>,
    kid: Option<&str>,
    algorithm: Algorithm,
    operation: Operation,
) -> Vec<&'k Key> {
    let keys = preferred(keys.into_iter().collect(), |key| kid.is_some() && key.kid() == kid);
    let keys = preferred(keys, |key| key.permits(algorithm, operation).is_ok());
    let mut keys = preferred(keys, |key| key.fits(algorithm).is_ok());
    keys.sort_by_key(|key| key.restrictions().alg.as_deref() != Some(algorithm.name()));
    keys
}

/// The keys for which this holds, or all when it holds for none.
fn preferred(keys: Vec<&Key>, holds: impl Fn(&Key) -> bool) -> Vec<&Key> {
    let found: Vec<&Key> = keys.iter().copied().filter(|key| holds(key)).collect();
    if found.is_empty() { keys } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::jwa::KeyKind;
    use crate::jose::secret::Secret;

    fn secret(kid: Option<&str>, members: &str) -> Key {
        let kid = kid.map(|kid| format!(r#","kid":"{kid}""#)).unwrap_or_default();
        let jwk = format!(r#"{{"kty":"oct","k":"{}"{kid}{members}}}"#, "A".repeat(43));
        Key::read(jwk.as_bytes()).unwrap()
    }

    #[track_caller]
    fn check(keys: &[Key], kid: Option<&str>, algorithm: Algorithm, expected: &[usize]) {
        let found = candidates(keys, kid, algorithm, Operation::Verify);
        let index = |found: &&Key| keys.iter().position(|key| std::ptr::eq(key, *found)).unwrap();
        assert_eq!(found.iter().map(index).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_key_id_comes_first_then_what_a_key_is_for() {
        let keys = [
            secret(Some("a"), r#","use":"enc""#),
            secret(Some("b"), ""),
            secret(None, r#","alg":"HS256""#),
            Key::generate(KeyKind::P256, None).unwrap().with_kid(Some("p".to_owned())),
            Key::secret(Secret::from(vec![1; 8])).with_kid(Some("short".to_owned())),
        ];
        check(&keys, Some("b"), Algorithm::HS256, &[1]);
        check(&keys, Some("a"), Algorithm::HS256, &[0]);
        check(&keys, Some("p"), Algorithm::HS256, &[3]);
        check(&keys, Some("short"), Algorithm::HS256, &[4]);
        check(&keys, Some("unknown"), Algorithm::HS256, &[2, 1]);
        check(&keys, None, Algorithm::HS256, &[2, 1]);
        check(&keys, None, Algorithm::ES256, &[3]);
        check(&keys, None, Algorithm::HS384, &[0, 1, 2, 4]);
        check(&keys[3..4], None, Algorithm::HS256, &[0]);
        check(&[], None, Algorithm::HS256, &[]);
    }

    #[test]
    fn keys_of_one_name_are_all_tried() {
        let keys = [secret(Some("a"), ""), secret(Some("b"), ""), secret(Some("a"), "")];
        check(&keys, Some("a"), Algorithm::HS256, &[0, 2]);
    }
}
