//! What software that makes tokens gets wrong.

use std::ops::ControlFlow;

use pkcs8::der::asn1::UintRef;
use pkcs8::der::{self, Decode as _, Reader as _, SliceReader};

use super::super::compact::Part;
use super::super::jwa::Family;
use super::{Cause, End, Suspect, Visit, found, quoted};

impl Visit<'_, '_> {
    /// An ECDSA signature as most libraries make it, a SEQUENCE of two INTEGERs, not R and S side by side
    /// (RFC 7518 §3.4).
    pub(super) fn signature_in_der(&mut self, suspects: &[Suspect]) -> ControlFlow<End> {
        let algorithm = self.case.algorithm;
        if algorithm.family() != Family::Ecdsa {
            return ControlFlow::Continue(());
        }
        let Some(signature) = side_by_side(self.case.signature, algorithm.signature_len(0)) else {
            return ControlFlow::Continue(());
        };
        for Suspect { name, key, .. } in suspects {
            let input = self.case.signing_input;
            if self.attempt(
                &format!("{} with the signature taken for DER", quoted(name)),
                key,
                algorithm,
                input,
                &signature,
            )? {
                return found(Cause {
                    message: format!("The signature is right, but in DER; {algorithm} wants R and S side by side (RFC 7518 §3.4)."),
                    help: "Have whoever signs convert it, in Java with SHA256withECDSAinP1363Format, in Node with dsaEncoding: \
                           'ieee-p1363'."
                        .to_owned(),
                    key: None,
                    secret: None,
                });
            }
        }
        ControlFlow::Continue(())
    }

    /// Another algorithm than the header says: another hash, PSS instead of PKCS #1 v1.5.
    pub(super) fn other_algorithms(&mut self, suspect: &Suspect) -> ControlFlow<End> {
        let Suspect { name, key, .. } = suspect;
        let said = self.case.algorithm;
        for algorithm in key.kind().algorithms().filter(|algorithm| *algorithm != said) {
            if self.verifies(&format!("{} with {algorithm}", quoted(name)), key, algorithm)? {
                return found(Cause {
                    message: format!(
                        "The header says {said}, but the token was signed with {algorithm} and the key of {}.",
                        quoted(name)
                    ),
                    help: format!("Have whoever signs write alg {algorithm} into the header, or sign with {said}."),
                    key: None,
                    secret: None,
                });
            }
        }
        ControlFlow::Continue(())
    }

    /// A signature over something else than the first two parts as they were sent (RFC 7515 §5.1, step 5).
    pub(super) fn other_signing_inputs(&mut self, suspects: &[Suspect]) -> ControlFlow<End> {
        let algorithm = self.case.algorithm;
        let signature = self.case.signature;
        for (input, what) in self.inputs() {
            for Suspect { name, key, .. } in suspects {
                if self.attempt(&format!("{} over {what}", quoted(name)), key, algorithm, &input, signature)? {
                    return found(Cause {
                        message: format!("The token was signed with the key of {}, but over {what}.", quoted(name)),
                        help: "Have whoever signs do it over the first two parts exactly as they are sent (RFC 7515 §5.1).".to_owned(),
                        key: None,
                        secret: None,
                    });
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn inputs(&self) -> Vec<(Vec<u8>, &'static str)> {
        let parts = [Part::Header, Part::Payload].map(|part| self.case.decoded.segment(part));
        let [Some(header), Some(payload)] = parts else { return Vec::new() };
        let encoded: Vec<&[u8]> = self.case.signing_input.splitn(2, |byte| *byte == b'.').collect();
        let padded: Vec<Vec<u8>> = encoded
            .iter()
            .map(|part| [part, b"==".get(..part.len().wrapping_neg() % 4).unwrap_or_default()].concat())
            .collect();
        let standard = |part: &Vec<u8>| {
            part.iter()
                .map(|byte| {
                    if *byte == b'-' {
                        b'+'
                    } else if *byte == b'_' {
                        b'/'
                    } else {
                        *byte
                    }
                })
                .collect::<Vec<u8>>()
        };
        vec![
            (padded.join(&b'.'), "the parts with '=' padding"),
            (padded.iter().map(standard).collect::<Vec<_>>().join(&b'.'), "the parts in standard base64"),
            ([header.bytes.as_slice(), &payload.bytes].join(&b'.'), "the decoded parts"),
            (payload.bytes.clone(), "the decoded payload alone"),
            (encoded.get(1).copied().unwrap_or_default().to_vec(), "the payload alone"),
        ]
    }
}

/// R and S of a signature in DER (RFC 3279 §2.2.3), each as half of `len` bytes.
fn side_by_side(signature: &[u8], len: usize) -> Option<Vec<u8>> {
    let numbers = SliceReader::new(signature)
        .and_then(|mut reader| {
            reader.sequence(|numbers| der::Result::Ok([UintRef::decode(numbers)?, UintRef::decode(numbers)?]))
        })
        .ok()?;
    let mut fixed = Vec::with_capacity(len);
    for number in numbers {
        let zeros = (len / 2).checked_sub(number.as_bytes().len())?;
        fixed.extend(std::iter::repeat_n(0, zeros));
        fixed.extend_from_slice(number.as_bytes());
    }
    Some(fixed)
}
