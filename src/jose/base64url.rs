//! base64url without padding (RFC 7515 §2, RFC 4648 §5), strictly: every text that is not exactly what an encoder writes
//! is refused, so that one value has one spelling.

use base64::Engine as _;

use super::error::Problem;
use super::text::Span;

/// With vector instructions: beside a fast signature such as EdDSA even base64url would count.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
static URL_SAFE_NO_PAD: std::sync::LazyLock<base64::engine::simd::Simd> =
    std::sync::LazyLock::new(|| base64::engine::simd::Simd::url_safe(base64::engine::general_purpose::NO_PAD));

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Encodes `bytes`.
pub fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Encodes `bytes` at the end of `out`.
pub fn encode_into(bytes: &[u8], out: &mut String) {
    URL_SAFE_NO_PAD.encode_string(bytes, out);
}

/// Encodes `bytes` at the end of `out`, which is text as far as it goes.
pub fn append(bytes: &[u8], out: &mut Vec<u8>) {
    let before = out.len();
    out.resize(before.saturating_add(encoded_len(bytes.len())), 0);
    if let Some(room) = out.get_mut(before..) {
        // The room is just as large as it has to be.
        URL_SAFE_NO_PAD.encode_slice(bytes, room).ok();
    }
}

/// The number of characters that so many `bytes` become.
pub fn encoded_len(bytes: usize) -> usize {
    let rest = match bytes % 3 {
        0 => 0,
        bytes => bytes + 1,
    };
    (bytes / 3).saturating_mul(4).saturating_add(rest)
}

/// Decodes `text`.
///
/// # Errors
/// The span is the offending character of `text`. The codes are `base64url-character`, `base64url-padding`,
/// `base64url-length` and `base64url-trailing-bits`.
pub fn decode(text: &str) -> Result<Vec<u8>, Problem> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_refused| explain(text))
}

/// Says why `text` was refused.
#[cold]
fn explain(text: &str) -> Problem {
    let foreign = text.char_indices().find(|(_, char)| !(char.is_ascii_alphanumeric() || matches!(char, '-' | '_')));
    if let Some((at, char)) = foreign {
        return foreign_character(char).at(Span::new(at, at + char.len_utf8()));
    }
    let last = Span::new(text.len().saturating_sub(1), text.len());
    if text.len() % 4 == 1 {
        let message =
            format!("base64url cannot have a length of {}: the last character carries no whole byte", text.len());
        return Problem::new("base64url-length", message)
            .help("Look for a character that got lost or was added when the text was copied.")
            .at(last);
    }
    Problem::new("base64url-trailing-bits", "The last base64url character carries bits that belong to no byte")
        .help("Look for characters that got lost at the end, or encode the value again.")
        .at(last)
}

fn foreign_character(char: char) -> Problem {
    match char {
        '=' => Problem::new("base64url-padding", "base64url in JOSE has no '=' padding (RFC 7515 §2)")
            .help("Remove every '='."),
        '+' | '/' => {
            let right = if char == '+' { '-' } else { '_' };
            let message = format!("'{char}' belongs to standard base64, not to base64url (RFC 4648 §5)");
            Problem::new("base64url-character", message)
                .help(format!("Write '{right}' instead, or encode the value again."))
        }
        _ => {
            let found = if char.is_whitespace() || char.is_control() {
                format!("white space or a control character (U+{:04X})", char as u32)
            } else {
                format!("'{char}'")
            };
            Problem::new(
                "base64url-character",
                format!("Expected a base64url character (A-Z a-z 0-9 - _), found {found}"),
            )
            .help("Remove the character, or copy the text again.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoding_follows_the_rfc() {
        // RFC 7515 appendix C.
        assert_eq!(encode(&[3, 236, 255, 224, 193]), "A-z_4ME");
        for bytes in 0..100 {
            let data = vec![0xfb; bytes];
            let mut text = String::from("kept.");
            encode_into(&data, &mut text);
            assert_eq!(text.len(), 5 + encoded_len(bytes));
            assert_eq!(decode(&text[5..]).unwrap(), data);
        }
        assert_eq!(encoded_len(usize::MAX), usize::MAX);
    }

    /// Checks that `marked` is refused for the character between `»` and `«`.
    #[track_caller]
    fn check(marked: &str, code: &str, in_message: &str) {
        let start = marked.find('»').unwrap();
        let end = marked.find('«').unwrap() - '»'.len_utf8();
        let problem = decode(&marked.replace(['»', '«'], "")).unwrap_err();
        assert_eq!((problem.code, problem.span), (code, Some(Span::new(start, end))));
        assert!(problem.message.contains(in_message), "{}", problem.message);
        assert!(problem.help.ends_with('.'));
    }

    #[test]
    fn every_other_spelling_is_refused_where_it_is_wrong() {
        check("QQ»=«=", "base64url-padding", "padding");
        check("ab»+«/", "base64url-character", "standard base64");
        check("ab»/«_", "base64url-character", "standard base64");
        check("abcd»\n«efgh", "base64url-character", "U+000A");
        check("abc»é«d", "base64url-character", "'é'");
        check("abcd»e«", "base64url-length", "length of 5");
        check("»A«", "base64url-length", "length of 1");
        check("Q»R«", "base64url-trailing-bits", "last");
        check("QU»J«", "base64url-trailing-bits", "last");
        // The first wrong character counts, not the length.
        check("»*«", "base64url-character", "'*'");
    }
}
