//! Secret bytes and text: one type that wipes itself and never prints what it holds.

use std::fmt;

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use zeroize::{Zeroize as _, Zeroizing};

use super::base64url;
use super::error::Problem;
use super::text::Span;

/// Bytes or text nobody else may see: wiped when dropped, shown as `[redacted]`, compared in constant time, and without
/// any way into a file other than [`Secret::bytes`].
#[derive(Clone, Default)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// What it holds.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The number of bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What it holds as text, when it is UTF-8.
    pub fn as_str(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }
}

impl From<Vec<u8>> for Secret {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

impl From<Zeroizing<Vec<u8>>> for Secret {
    fn from(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self(bytes)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        text.into_bytes().into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        aws_lc_rs::constant_time::verify_slices_are_equal(&self.0, &other.0).is_ok()
    }
}

impl Eq for Secret {}

/// How the text of a secret field stands for bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SecretEncoding {
    /// The bytes of the text itself.
    #[default]
    Utf8,
    /// Standard base64, with or without padding (RFC 4648 §4).
    Base64,
    /// URL-safe base64, with or without padding (RFC 4648 §5).
    Base64url,
    /// Two hexadecimal digits a byte, in either case.
    Hex,
}

const LENIENT_PADDING: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const BASE64: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT_PADDING);
const BASE64URL: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT_PADDING.with_encode_padding(false));

impl SecretEncoding {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Utf8, Self::Base64, Self::Base64url, Self::Hex];

    /// Its name as shown and as written in files and on the command line.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "utf8",
            Self::Base64 => "base64",
            Self::Base64url => "base64url",
            Self::Hex => "hex",
        }
    }

    /// The bytes that `text` stands for. White space around encoded text is skipped; in UTF-8 every byte counts.
    ///
    /// # Errors
    ///
    /// The place of the first character that does not belong there, as bytes of `text`. The message never repeats
    /// what the secret holds.
    pub fn decode(self, text: &Secret) -> Result<Secret, Problem> {
        if self == Self::Utf8 {
            return Ok(text.clone());
        }
        let bytes = text.bytes();
        let start = bytes.len() - bytes.trim_ascii_start().len();
        let encoded = bytes.trim_ascii();
        match self {
            Self::Base64 => self.decode_base64(&BASE64, encoded, start),
            Self::Base64url => self.decode_base64(&BASE64URL, encoded, start),
            Self::Hex | Self::Utf8 => self.decode_hex(encoded, start),
        }
    }

    /// The text that stands for `bytes`.
    ///
    /// Bytes that are not UTF-8 have no text in [`SecretEncoding::Utf8`]: the result then holds the bytes themselves
    /// and its [`Secret::as_str`] is `None`.
    #[must_use]
    pub fn encode(self, bytes: &Secret) -> Secret {
        match self {
            Self::Utf8 => bytes.clone(),
            Self::Base64 => BASE64.encode(bytes.bytes()).into(),
            Self::Base64url => BASE64URL.encode(bytes.bytes()).into(),
            Self::Hex => {
                let digits = b"0123456789abcdef";
                let digit = |nibble: u8| digits.get(usize::from(nibble)).copied().unwrap_or_default();
                let mut text = Zeroizing::new(Vec::with_capacity(bytes.len() * 2));
                for byte in bytes.bytes() {
                    text.extend([digit(byte >> 4), digit(byte & 15)]);
                }
                text.into()
            }
        }
    }

    fn decode_base64(self, engine: &GeneralPurpose, encoded: &[u8], start: usize) -> Result<Secret, Problem> {
        let mut decoded = Zeroizing::new(vec![0; base64::decoded_len_estimate(encoded.len())]);
        match engine.decode_slice(encoded, &mut decoded) {
            Ok(len) => {
                decoded.truncate(len);
                Ok(decoded.into())
            }
            Err(base64::DecodeSliceError::DecodeError(base64::DecodeError::InvalidByte(at, _))) => {
                Err(self.misplaced(start, at))
            }
            Err(_length_padding_or_last_symbol) => Err(Problem::new(
                "secret-encoding",
                format!("The secret is not whole {}: its end does not come out even", self.label()),
            )
            .help("Copy the whole secret again, or choose utf8 if the text itself is the secret.")
            .at(Span::new(start, start + encoded.len()))),
        }
    }

    fn decode_hex(self, encoded: &[u8], start: usize) -> Result<Secret, Problem> {
        let mut decoded = Zeroizing::new(Vec::with_capacity(encoded.len() / 2));
        let mut high = None;
        for (at, byte) in encoded.iter().enumerate() {
            let Some(digit) = char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok()) else {
                return Err(self.misplaced(start, at));
            };
            match high.take() {
                None => high = Some(digit),
                Some(high) => decoded.push(high << 4 | digit),
            }
        }
        if high.is_some() {
            return Err(Problem::new("secret-encoding", "The secret has an odd number of hexadecimal digits")
                .help("Copy the whole secret again: every byte is two digits.")
                .at(Span::new(start + encoded.len() - 1, start + encoded.len())));
        }
        Ok(decoded.into())
    }

    fn misplaced(self, start: usize, at: usize) -> Problem {
        let alphabet = match self {
            Self::Utf8 => "any character",
            Self::Base64 => "A-Z, a-z, 0-9, + and /",
            Self::Base64url => "A-Z, a-z, 0-9, - and _",
            Self::Hex => "0-9 and a-f",
        };
        Problem::new(
            "secret-encoding",
            format!("Byte {} of the secret does not belong in {}, which is {alphabet}", start + at + 1, self.label()),
        )
        .help("Mend the secret, or choose the encoding it is really in; utf8 takes the text as it is.")
        .at(Span::new(start + at, start + at + 1))
    }
}

/// A fresh random secret of `len` bytes from the operating system.
///
/// # Errors
///
/// When the operating system has no randomness to give.
pub(super) fn random(len: usize) -> Result<Secret, Problem> {
    let mut bytes = Zeroizing::new(vec![0; len]);
    if let Err(error) = getrandom::fill(&mut bytes) {
        bytes.zeroize();
        return Err(Problem::new("randomness", format!("The operating system gave no randomness: {error}"))
            .help("Try again; if it persists, check that /dev/urandom can be read."));
    }
    Ok(bytes.into())
}

/// Random bytes as a text that is itself the secret: base64url letters, repeating the first few up to a length that no
/// base64 has, so that neither people nor programs take the text for an encoding of other bytes.
pub fn letters(bytes: &Secret) -> Secret {
    let mut text = Zeroizing::new(base64url::encode(bytes.bytes()).into_bytes());
    let missing = ((5 - text.len() % 4) % 4).min(text.len());
    text.extend_from_within(..missing);
    Secret(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret {
        text.to_owned().into()
    }

    #[test]
    fn nothing_is_printed() {
        let secret = secret("hunter2");
        assert_eq!(format!("{secret} {secret:?} {:?}", Some(&secret)), "[redacted] [redacted] Some([redacted])");
    }

    #[test]
    fn equality_looks_at_all_bytes() {
        assert_eq!(secret("abc"), secret("abc"));
        assert_ne!(secret("abc"), secret("abd"));
        assert_ne!(secret("abc"), secret("abcd"));
    }

    #[track_caller]
    fn check(encoding: SecretEncoding, text: &str, bytes: &[u8]) {
        assert_eq!(encoding.decode(&secret(text)).unwrap().bytes(), bytes);
    }

    #[test]
    fn texts_decode() {
        check(SecretEncoding::Utf8, " ä\n", " ä\n".as_bytes());
        check(SecretEncoding::Base64, "+/8=", &[0xfb, 0xff]);
        check(SecretEncoding::Base64, "+/8", &[0xfb, 0xff]);
        check(SecretEncoding::Base64url, " -_8\n", &[0xfb, 0xff]);
        check(SecretEncoding::Base64url, "-_8=", &[0xfb, 0xff]);
        check(SecretEncoding::Hex, "fBfF", &[0xfb, 0xff]);
        check(SecretEncoding::Hex, "", &[]);
    }

    #[track_caller]
    fn check_refused(encoding: SecretEncoding, text: &str, start: usize, message: &str) {
        let problem = encoding.decode(&secret(text)).unwrap_err();
        assert_eq!(problem.span.unwrap().start, start);
        assert!(problem.message.contains(message), "{}", problem.message);
        assert!(!problem.help.is_empty());
    }

    #[test]
    fn broken_texts_say_where() {
        check_refused(SecretEncoding::Base64, "ab-d", 2, "Byte 3 of the secret does not belong in base64");
        check_refused(SecretEncoding::Base64url, " ab+d", 3, "Byte 4");
        check_refused(SecretEncoding::Base64, "abcde", 0, "not whole base64");
        check_refused(SecretEncoding::Base64, "ab=", 0, "end");
        check_refused(SecretEncoding::Hex, "abc", 2, "odd number");
        check_refused(SecretEncoding::Hex, "0x12", 1, "0-9 and a-f");
    }

    #[test]
    fn every_encoding_round_trips_any_bytes() {
        let bytes = Secret::from((0..=255).collect::<Vec<u8>>());
        for encoding in SecretEncoding::ALL {
            assert_eq!(encoding.decode(&encoding.encode(&bytes)).unwrap(), bytes);
            assert_eq!(serde_json::to_string(&encoding).unwrap(), format!("\"{}\"", encoding.label()));
        }
    }

    #[test]
    fn drawn_letters_are_no_encoding_of_other_bytes() {
        for len in [16, 32, 48, 64] {
            let text = letters(&Secret::from(vec![0xfb; len]));
            assert!(text.len() >= len && text.as_str().is_some());
            for encoding in [SecretEncoding::Base64, SecretEncoding::Base64url, SecretEncoding::Hex] {
                assert!(encoding.decode(&text).is_err(), "{len} bytes as {}", encoding.label());
            }
        }
    }
}
