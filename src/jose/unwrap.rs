//! Taking a token out of what stands around it where people copy tokens from: headers, cookies, responses, logs.

/// A token freed of what stood around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unwrapped {
    /// The token in compact serialization; of a JWS in JSON serialization one for each signature. Never empty when
    /// there is any text at all: what is no token is taken as it is.
    pub tokens: Vec<Bare>,
    /// What was removed, each fit for "Removed ...": `"Bearer "`, `2 line breaks`.
    pub removed: Vec<String>,
    /// What the text is, if it is not a token but something this program knows.
    pub instead: Option<Instead>,
}

/// One token without wrapping.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bare {
    /// The compact serialization.
    pub text: String,
    /// The unprotected header of a JWS in JSON serialization (RFC 7515 §7.2.1), as JSON text.
    pub unprotected: Option<String>,
}

/// What a text is that is not a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Instead {
    /// A JSON object that could be claims, or a template.
    Claims,
    /// A key: PEM, JWK or JWK Set.
    Key,
}

/// Frees a token of what stands around it.
pub fn unwrap(text: &str) -> Unwrapped {
    Unwrapped { tokens: vec![Bare { text: text.trim().to_owned(), unprotected: None }], ..Unwrapped::default() }
}
