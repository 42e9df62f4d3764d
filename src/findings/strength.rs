//! How hard a secret is to guess.

use zxcvbn::matching::patterns::MatchPattern;
use zxcvbn::zxcvbn;

/// Fewer bits than this are within reach of guessing (NIST SP 800-131A: 112 bits of security strength).
pub const ENOUGH_BITS: f64 = 112.0;

/// How many characters of the beginning are looked at, and if those do not suffice, how many more: the estimate takes
/// longer than the length grows, and more characters only make a secret harder to guess.
const WINDOWS: [usize; 2] = [32, 64];
/// The most characters that are estimated at once. A longer walk over the keyboard may turn so often that the number of
/// such walks, up to 5 to the power of its turns, is more than zxcvbn can count.
const PIECE: usize = 28;

/// Secrets of documentation, tutorials and frameworks, in lower case.
const WELL_KNOWN: [&str; 40] = [
    "secret",
    "secretkey",
    "secret_key",
    "secret-key",
    "mysecret",
    "my_secret",
    "my-secret",
    "mysecretkey",
    "my-secret-key",
    "supersecret",
    "super-secret",
    "supersecretkey",
    "topsecret",
    "shhhhh",
    "shhhhhared-secret",
    "jwtsecret",
    "jwt_secret",
    "jwt-secret",
    "jwt_secret_key",
    "your-secret-key",
    "your_secret_key",
    "your-256-bit-secret",
    "your-384-bit-secret",
    "your-512-bit-secret",
    "a-string-secret-at-least-256-bits-long",
    "a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long",
    "a-string-secret-at-least-512-bits-long",
    "secret-key-that-is-at-least-256-bits-long",
    "password",
    "changeme",
    "change-me",
    "changeit",
    "keyboard cat",
    "hmackey",
    "hmac-secret",
    "test",
    "admin",
    "token",
    "private",
    "default",
];

/// The words that secrets of the lazy are made of.
const LIKELY_WORDS: [&str; 160] = [
    "about",
    "access",
    "account",
    "admin",
    "after",
    "again",
    "all",
    "and",
    "another",
    "any",
    "api",
    "app",
    "application",
    "are",
    "auth",
    "backend",
    "base",
    "bearer",
    "better",
    "bit",
    "bits",
    "board",
    "bytes",
    "can",
    "change",
    "changed",
    "char",
    "characters",
    "chars",
    "client",
    "code",
    "com",
    "config",
    "cookie",
    "data",
    "database",
    "default",
    "demo",
    "dev",
    "development",
    "different",
    "dont",
    "encryption",
    "enough",
    "enter",
    "env",
    "environment",
    "example",
    "express",
    "fake",
    "first",
    "for",
    "from",
    "generate",
    "github",
    "good",
    "has",
    "hash",
    "have",
    "here",
    "hmac",
    "hs256",
    "hs512",
    "http",
    "https",
    "its",
    "json",
    "just",
    "jwt",
    "key",
    "keyboard",
    "keys",
    "kit",
    "length",
    "local",
    "localhost",
    "login",
    "long",
    "longer",
    "make",
    "more",
    "must",
    "name",
    "need",
    "never",
    "new",
    "node",
    "nobody",
    "not",
    "now",
    "only",
    "our",
    "own",
    "pass",
    "passphrase",
    "password",
    "phrase",
    "place",
    "please",
    "prod",
    "production",
    "project",
    "public",
    "put",
    "random",
    "real",
    "really",
    "refresh",
    "replace",
    "safe",
    "sample",
    "secret",
    "secrets",
    "secure",
    "security",
    "server",
    "service",
    "session",
    "set",
    "sha256",
    "should",
    "sign",
    "signature",
    "signing",
    "some",
    "something",
    "still",
    "string",
    "strong",
    "super",
    "test",
    "testing",
    "text",
    "that",
    "the",
    "there",
    "this",
    "time",
    "token",
    "tokens",
    "top",
    "ultra",
    "unique",
    "use",
    "used",
    "user",
    "users",
    "using",
    "value",
    "variable",
    "very",
    "web",
    "what",
    "will",
    "with",
    "word",
    "work",
    "world",
    "you",
    "your",
];

/// What a likely word adds: there are about a thousand of them.
const BITS_OF_A_WORD: f64 = 10.0;
/// What a sign between words adds.
const BITS_OF_A_SIGN: f64 = 2.0;

/// Why a secret can be guessed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Weakness {
    /// It is one of those that everybody tries first.
    WellKnown,
    /// It has about so many bits of entropy, fewer than [`ENOUGH_BITS`].
    Guessable {
        /// The estimate; at least 0.
        bits: f64,
    },
}

/// What is wrong with a secret as something to guess; `None` for one that holds, and for an empty one.
///
/// An estimate: random text of enough length never is weak, and what is made of words, dates, repetitions and keyboard
/// patterns is. A leaked random secret cannot be told from any other.
pub fn weakness(secret: &[u8]) -> Option<Weakness> {
    let bits = match std::str::from_utf8(secret) {
        Ok("") => return None,
        Ok(text) if is_well_known(text) => return Some(Weakness::WellKnown),
        Ok(text) => text_bits(text),
        Err(_binary) => binary_bits(secret),
    };
    (bits < ENOUGH_BITS).then_some(Weakness::Guessable { bits })
}

fn is_well_known(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 80 && WELL_KNOWN.contains(&&*text.to_lowercase())
}

/// At most 8 bits a byte, but no more than as many different bytes can make.
fn binary_bits(secret: &[u8]) -> f64 {
    let mut seen = [false; 256];
    secret.iter().for_each(|byte| {
        if let Some(seen) = seen.get_mut(usize::from(*byte)) {
            *seen = true
        }
    });
    let different = seen.iter().filter(|seen| **seen).count();
    8.0 * secret.len().min(different * 2) as f64
}

fn text_bits(text: &str) -> f64 {
    let start = |count: usize| text.char_indices().nth(count).and_then(|(end, _)| text.get(..end)).unwrap_or(text);
    let end = || text.char_indices().rev().nth(WINDOWS[1] - 1).and_then(|(start, _)| text.get(start..)).unwrap_or(text);
    let mut bits = 0.0;
    for window in WINDOWS.map(start).into_iter().chain([end()]) {
        bits = window_bits(window).max(bits);
        if bits >= ENOUGH_BITS || window.len() == text.len() {
            break;
        }
    }
    bits
}

/// The bits of the most guessable way to put the text together. What follows no pattern counts as random, with as many
/// bits a character as its alphabet gives.
fn window_bits(text: &str) -> f64 {
    let per_char = f64::from(alphabet(text)).log2();
    let most = per_char * text.chars().count() as f64;
    if most < ENOUGH_BITS {
        return most;
    }
    let worded = worded_bits(text, per_char);
    if worded < ENOUGH_BITS || looks_random(text) {
        return worded;
    }
    let random = |count: usize| per_char * count as f64;
    let of_piece = |piece: &str| -> f64 {
        let found = zxcvbn(piece, &[]);
        let bits = found.sequence().iter().map(|found| {
            let most = random(found.token.chars().count());
            match (&found.pattern, found.guesses) {
                (MatchPattern::BruteForce, _) | (_, None) => most,
                (_, Some(guesses)) => most.min((guesses.max(1) as f64).log2()),
            }
        });
        bits.sum()
    };
    pieces(text).map(of_piece).sum()
}

/// The text in pieces of at most [`PIECE`] characters.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = rest.char_indices().nth(PIECE).map_or(rest.len(), |(end, _)| end);
        let (piece, after) = rest.split_at_checked(end)?;
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Whether it is plainly hex or base64 of random bytes: the kind of character changes from one to the next as often as
/// it does in those and in no words, and nothing repeats. Most real secrets are of this kind, and are done with here:
/// the dictionaries of the other way take 50 ms to load, and then more than all other rules together.
fn looks_random(text: &str) -> bool {
    let bytes = text.as_bytes();
    let has = |is: fn(&u8) -> bool| bytes.iter().any(is);
    let is_encoding = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'+' | b'/' | b'=');
    let least_changes = match alphabet(text) {
        16 => 0.35,
        _ if has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_digit) => 0.5,
        _ => return false,
    };
    let kind = |byte: u8| (byte.is_ascii_digit(), byte.is_ascii_uppercase(), byte.is_ascii_lowercase());
    let changes = bytes.windows(2).filter(|pair| kind(pair[0]) != kind(pair[1])).count();
    let mut fours: Vec<&[u8]> = bytes.windows(4).collect();
    fours.sort_unstable();
    bytes.iter().all(is_encoding)
        && changes as f64 >= least_changes * bytes.len() as f64
        && fours.windows(2).all(|pair| pair[0] != pair[1])
}

/// The fewest bits for which the text can be put together from likely words, signs between them and random characters.
fn worded_bits(text: &str, per_char: f64) -> f64 {
    let chars: Vec<char> = text.to_ascii_lowercase().chars().collect();
    let mut fewest = vec![0.0_f64];
    for end in 1..=chars.len() {
        let behind =
            |len: usize| end.checked_sub(len).and_then(|start| Some((fewest.get(start)?, chars.get(start..end)?)));
        let word = LIKELY_WORDS.iter().filter_map(|word| {
            let (before, found) = behind(word.len())?;
            word.chars().eq(found.iter().copied()).then_some(before + BITS_OF_A_WORD)
        });
        let char = behind(1).map(|(before, found)| {
            before + if matches!(found, ['-' | '_' | ' ' | '.']) { BITS_OF_A_SIGN } else { per_char }
        });
        let best = word.chain(char).fold(f64::INFINITY, f64::min);
        fewest.push(best);
    }
    fewest.last().copied().unwrap_or_default()
}

/// How many characters there are of the kinds that occur.
fn alphabet(text: &str) -> u32 {
    let has = |is: fn(char) -> bool| text.chars().any(is);
    let is_hex = |lower: bool| {
        text.chars()
            .all(|char| char.is_ascii_digit() || (char.is_ascii_hexdigit() && char.is_ascii_lowercase() == lower))
    };
    if text.chars().all(|char| char.is_ascii_digit()) {
        return 10;
    }
    if is_hex(true) || is_hex(false) {
        return 16;
    }
    let sizes = [
        (has(|char| char.is_ascii_lowercase()), 26),
        (has(|char| char.is_ascii_uppercase()), 26),
        (has(|char| char.is_ascii_digit()), 10),
        (has(|char| char.is_ascii() && !char.is_ascii_alphanumeric()), 33),
        (has(|char| !char.is_ascii()), 100),
    ];
    sizes.into_iter().filter(|(has, _)| *has).map(|(_, size)| size).sum::<u32>().max(2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::jwa::KeyKind;
    use crate::jose::key::Key;
    use crate::jose::secret::{Secret, SecretEncoding};

    #[test]
    fn what_people_type_is_weak() {
        for weak in [
            "secret",
            "Your-256-bit-secret",
            "a",
            "hunter2",
            "correct horse battery",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "abcdefghijklmnopqrstuvwxyz0123456789",
            "12345678901234567890123456789012",
            "my-super-long-secret-key-for-jwt",
            "qwertyuiopasdfghjklzxcvbnm123456",
            "passwordpasswordpasswordpassword",
            "change_this_to_a_long_random_string",
            "OrbitLanternQuarry7Velvet",
            "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
            "Passw0rdPassw0rdPassw0rdPassw0rd",
        ] {
            assert!(weakness(weak.as_bytes()).is_some(), "{weak}");
        }
        assert_eq!(weakness(b"secret\n"), Some(Weakness::WellKnown));
        assert!(weakness(&[0xff; 64]).is_some());
    }

    /// So many turns on the keyboard are more than the estimate of them can count.
    #[test]
    fn a_long_walk_to_and_fro_on_the_keyboard_is_weak() {
        for weak in ["09", "as", "qw", "2q", "4567654"] {
            for length in [30, 36, 48, 64, 90, 200] {
                let text: String = weak.chars().cycle().take(length).collect();
                assert!(weakness(text.as_bytes()).is_some(), "{text}");
            }
        }
    }

    #[test]
    fn most_random_secrets_are_known_at_a_glance() {
        let mut seen = 0;
        for _ in 0..200 {
            let key = Key::generate(KeyKind::Secret, Some(256)).unwrap();
            let secret = Secret::from(key.secret_bytes().to_vec());
            let texts = [SecretEncoding::Base64url, SecretEncoding::Hex].map(|encoding| encoding.encode(&secret));
            seen += texts.iter().filter(|text| text.as_str().is_some_and(looks_random)).count();
        }
        assert!(seen > 340, "{seen} of 400");
    }

    #[test]
    fn a_long_secret_takes_no_longer() {
        for text in ["a", "aB3$", "secret", "qwertyuiop0123456789", "\u{e4}\u{1f600}"] {
            let start = std::time::Instant::now();
            weakness(text.repeat(100_000).as_bytes());
            let taken = start.elapsed();
            println!("{text} and so on: {taken:?}");
            assert!(taken.as_millis() < 500, "{text}: {taken:?}");
        }
    }

    #[test]
    fn random_secrets_never_are() {
        for _ in 0..300 {
            let key = Key::generate(KeyKind::Secret, Some(256)).unwrap();
            let secret = Secret::from(key.secret_bytes().to_vec());
            assert_eq!(weakness(secret.bytes()), None);
            for encoding in [SecretEncoding::Base64, SecretEncoding::Base64url, SecretEncoding::Hex] {
                assert_eq!(weakness(encoding.encode(&secret).bytes()), None, "{}", encoding.label());
            }
        }
        assert_eq!(weakness(b""), None);
        assert_eq!(weakness(b"orbit-lantern-quarry-velvet-77-mosaic-harbor-tundra-Zx9"), None);
    }
}
