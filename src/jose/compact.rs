//! The compact serialization (RFC 7515 §3.1 and §7.1): minting tokens, and reading what somebody pasted.

pub use super::decode::{Decoded, Fault, Part, Parts, Segment, TokenKind, decode, split};

use super::base64url;
use super::error::Problem;
use super::jws::{LONGEST_SIGNATURE, Signer};

/// A signed token in its compact serialization, with the places of its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    text: String,
    header_len: usize,
    payload_len: usize,
}

impl Token {
    /// Puts a token together from its three decoded parts.
    pub fn of_parts(header: &[u8], payload: &[u8], signature: &[u8]) -> Self {
        let [header, payload, signature] = [header, payload, signature].map(base64url::encode);
        let (header_len, payload_len) = (header.len(), payload.len());
        Self { text: [header, payload, signature].join("."), header_len, payload_len }
    }

    /// The whole token.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The encoded header.
    pub fn header(&self) -> &str {
        self.text.get(..self.header_len).unwrap_or_default()
    }

    /// The encoded payload.
    pub fn payload(&self) -> &str {
        self.text.get(self.header_len + 1..self.signing_input_len()).unwrap_or_default()
    }

    /// The encoded signature.
    pub fn signature(&self) -> &str {
        self.text.get(self.signing_input_len() + 1..).unwrap_or_default()
    }

    /// Header and payload with the dot between them: what the signature covers.
    pub fn signing_input(&self) -> &str {
        self.text.get(..self.signing_input_len()).unwrap_or_default()
    }

    /// The characters of the token, which are also its bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether there is nothing in it; a minted token never is empty.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The token as a string.
    pub fn into_string(self) -> String {
        self.text
    }

    const fn signing_input_len(&self) -> usize {
        self.header_len + 1 + self.payload_len
    }
}

/// Signs `header` and `payload` exactly as they are and puts the three parts together.
///
/// # Errors
///
/// When the signature cannot be made; see [`Signer::sign`].
pub fn mint(signer: &Signer, header: &[u8], payload: &[u8]) -> Result<Token, Problem> {
    let header_len = base64url::encoded_len(header.len());
    let payload_len = base64url::encoded_len(payload.len());
    let signature_len = base64url::encoded_len(signer.signature_len());
    let mut text = String::with_capacity(header_len + 1 + payload_len + 1 + signature_len);
    base64url::encode_into(header, &mut text);
    text.push('.');
    base64url::encode_into(payload, &mut text);
    let signature = signer.sign(text.as_bytes())?;
    text.push('.');
    base64url::encode_into(&signature, &mut text);
    Ok(Token { text, header_len, payload_len })
}

/// The same at the end of `out`, with a header that is encoded already: for many tokens, without memory of their own.
///
/// # Errors
///
/// When the signature cannot be made; `out` is then as it was before.
pub fn mint_into(signer: &Signer, header: &[u8], payload: &[u8], out: &mut Vec<u8>) -> Result<(), Problem> {
    let start = out.len();
    out.extend_from_slice(header);
    out.push(b'.');
    base64url::append(payload, out);
    let mut signature = [0; LONGEST_SIGNATURE];
    match signer.sign_into(out.get(start..).unwrap_or_default(), &mut signature) {
        Ok(signature) => {
            out.push(b'.');
            base64url::append(signature, out);
            Ok(())
        }
        Err(problem) => {
            out.truncate(start);
            Err(problem)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::jwa::Algorithm;
    use super::super::key::Key;
    use super::*;

    #[test]
    fn a_token_is_its_three_parts() {
        let key = Key::secret("secret".to_owned().into());
        let token = mint(&key.signer(Algorithm::HS256).unwrap(), br#"{"alg":"HS256"}"#, b"{}").unwrap();
        assert_eq!(token.as_str(), "eyJhbGciOiJIUzI1NiJ9.e30.XmNK3GpH3Ys_7wsYBfq4C3M6goz71I7dTgUkuIa5lyQ");
        assert_eq!(token.header(), "eyJhbGciOiJIUzI1NiJ9");
        assert_eq!(token.payload(), "e30");
        assert_eq!(token.signing_input(), "eyJhbGciOiJIUzI1NiJ9.e30");
        assert_eq!(token.signature(), "XmNK3GpH3Ys_7wsYBfq4C3M6goz71I7dTgUkuIa5lyQ");
        let signature = base64url::decode(token.signature()).unwrap();
        assert_eq!(Token::of_parts(br#"{"alg":"HS256"}"#, b"{}", &signature), token);
        key.verifier(Algorithm::HS256).unwrap().verify(token.signing_input().as_bytes(), &signature).unwrap();
    }

    #[test]
    fn a_token_behind_others_is_the_same_token() {
        let key = Key::secret("secret".to_owned().into());
        let signer = key.signer(Algorithm::HS384).unwrap();
        let mut out = b"before,".to_vec();
        mint_into(&signer, base64url::encode(b"{}").as_bytes(), b"{\"a\":1}", &mut out).unwrap();
        let token = mint(&signer, b"{}", b"{\"a\":1}").unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), format!("before,{}", token.as_str()));
    }

    #[test]
    fn the_text_is_allocated_once() {
        let key = Key::secret("secret".to_owned().into());
        let token = mint(&key.signer(Algorithm::HS512).unwrap(), b"{}", &[b'x'; 1000]).unwrap().into_string();
        assert_eq!(token.capacity(), token.len());
    }
}
