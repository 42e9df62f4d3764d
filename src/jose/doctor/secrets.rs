//! What people get wrong with shared secrets.

use std::ops::ControlFlow;

use super::super::jwa::KeyKind;
use super::super::key::Key;
use super::super::secret::{Secret, SecretEncoding};
use super::{Cause, End, Suspect, Visit, found, quoted};

impl Visit<'_, '_> {
    /// A secret read in the wrong encoding, or with a line end too many or too few.
    pub(super) fn misread_secret(&mut self, suspect: &Suspect) -> ControlFlow<End> {
        if !self.needs_secret() {
            return ControlFlow::Continue(());
        }
        let name = quoted(&suspect.name);
        if let Some((text, encoding)) = &suspect.typed {
            let others = SecretEncoding::ALL.into_iter().filter(|other| other != encoding);
            for other in others {
                let (message, help) = (
                    format!("The secret {name} is meant as {}, not as {}.", other.label(), encoding.label()),
                    format!("Read the secret as {}.", other.label()),
                );
                self.secret(&format!("{name} as {}", other.label()), (text.clone(), other), &message, &help)?;
            }
        }
        let text = match &suspect.typed {
            Some((text, _)) => text.clone(),
            None => suspect.key.secret_bytes().to_vec().into(),
        };
        for Variant { bytes, what, message } in variants(&text) {
            let help = "Change the secret so, or have whoever signs do it: every byte of a secret counts.";
            let message = format!("The token was signed with the secret {name} {message}.");
            self.secret(&format!("{name} {what}"), (bytes, SecretEncoding::Utf8), &message, help)?;
        }
        ControlFlow::Continue(())
    }

    /// The text of a key taken for a shared secret: what an attacker does with a public one (RFC 8725 §2.1).
    pub(super) fn key_as_secret(&mut self, suspect: &Suspect) -> ControlFlow<End> {
        if !self.needs_secret() {
            return ControlFlow::Continue(());
        }
        let Suspect { name, key, source, .. } = suspect;
        let name = quoted(name);
        let exported = [key.to_pem(false), key.to_jwk(false), key.to_pem(true), key.to_jwk(true)];
        let exported = exported.into_iter().flatten().filter(|_| key.kind() != KeyKind::Secret);
        let texts = source.iter().cloned().chain(exported);
        for text in texts {
            let same = Variant { bytes: text.clone(), what: "as it is", message: "" };
            for Variant { bytes, what, .. } in std::iter::once(same).chain(variants(&text)) {
                let message = format!("The token was signed with the text of the key {name} as a shared secret.");
                let help = "Whoever has that text can sign: use an algorithm for its kind of key, and accept no other.";
                self.secret(
                    &format!("the text of {name} as a secret, {what}"),
                    (bytes, SecretEncoding::Utf8),
                    &message,
                    help,
                )?;
            }
        }
        ControlFlow::Continue(())
    }

    fn secret(
        &mut self,
        what: &str,
        (text, encoding): (Secret, SecretEncoding),
        message: &str,
        help: &str,
    ) -> ControlFlow<End> {
        let Ok(bytes) = encoding.decode(&text) else { return ControlFlow::Continue(()) };
        let key = Key::secret(bytes);
        if !self.verifies(what, &key, self.case.algorithm)? {
            return ControlFlow::Continue(());
        }
        found(Cause {
            message: message.to_owned(),
            help: help.to_owned(),
            key: Some(key),
            secret: Some((text, encoding)),
        })
    }
}

/// A secret with other white space at its ends.
struct Variant {
    bytes: Secret,
    what: &'static str,
    message: &'static str,
}

fn variants(text: &Secret) -> impl Iterator<Item = Variant> {
    let bytes = text.bytes();
    let line = bytes.strip_suffix(b"\n").map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let trimmed = bytes.trim_ascii();
    let without = line.map(|line| (line.to_vec(), "without the line end", "without the line end at its end"));
    let trimmed = (trimmed.len() < bytes.len())
        .then(|| (trimmed.to_vec(), "without white space at its ends", "without the white space at its ends"));
    let with = |end: &[u8]| [bytes, end].concat();
    [
        without,
        trimmed,
        Some((with(b"\n"), "with a line end (LF)", "and a line end (LF) behind it")),
        Some((with(b"\r\n"), "with a line end (CR LF)", "and a line end (CR LF) behind it")),
    ]
    .into_iter()
    .flatten()
    .map(|(bytes, what, message)| Variant { bytes: bytes.into(), what, message })
}
