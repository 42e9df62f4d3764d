//! From texts and key to the facts of a variant. A pure function, to be called anywhere.

use std::sync::Arc;

use super::variant::{VariantFacts, VariantId};
use crate::jose::base64url;
use crate::jose::error::Problem;
use crate::jose::json::{Json, Kind};
use crate::jose::jwa::KeyKind;
use crate::jose::key::Key;
use crate::measure::costs::Costs;
use crate::measure::sizes::Sizes;
use crate::template::file::TemplateFile;
use crate::template::render::{Context, Rendering, first};
use crate::workbench::facts::algorithm_of;

/// Up to so many bytes of text are derived at once, more in a thread.
const QUICK_BYTES: usize = 8 * 1024;

/// The RSA modulus of a key that is generated because there is none, in bits.
pub const STAND_IN_RSA_BITS: usize = 2_048;

/// Everything that the facts of a variant follow from.
#[derive(Clone, Debug)]
pub struct VariantInputs {
    /// The variant.
    pub id: VariantId,
    /// Tells this derivation from an older one.
    pub revision: u64,
    /// The texts.
    pub template: Arc<TemplateFile>,
    /// The token as pasted.
    pub token: Option<Arc<str>>,
    /// The key.
    pub key: Option<Arc<Key>>,
    /// The instant of minting, seconds since 1970 UTC.
    pub now: i64,
}

impl VariantInputs {
    /// Whether deriving takes so short that the window need not notice.
    pub fn is_quick(&self) -> bool {
        self.template.header.len() + self.template.claims.len() <= QUICK_BYTES
    }
}

/// Derives the facts. `random` fills a buffer with random bytes.
///
/// # Errors
/// Texts that are no JSON, placeholders that cannot be filled in, an algorithm that cannot sign here.
pub fn derive(inputs: &VariantInputs, random: &mut dyn FnMut(&mut [u8])) -> Result<VariantFacts, Problem> {
    let TemplateFile { header, claims, serialization, variables, .. } = inputs.template.as_ref();
    let header = Json::parse(header)?;
    let claims = Json::parse(claims)?;
    let algorithm = algorithm_of(&header);
    let mut context = Context { now: inputs.now, counter: 0, random };
    let mut render = |json: &Json| {
        let mut bytes = Vec::with_capacity(json.text().len());
        let rendering = Rendering::compile(json, *serialization, variables).map_err(first)?;
        rendering.render(&mut context, &mut bytes)?;
        Ok::<_, Problem>(bytes)
    };
    let (header_bytes, payload) = (render(&header)?, render(&claims)?);
    let pasted = inputs.token.as_deref().map(|token| token.rsplit('.').next().unwrap_or_default());
    let (algorithm, signature) = match pasted {
        Some(signature) => (algorithm.ok(), base64url::encoded_len(base64url::decode(signature)?.len())),
        None => {
            let algorithm = algorithm?;
            let bits = inputs.key.as_ref().filter(|key| key.kind() == KeyKind::Rsa).map(|key| key.bits());
            let bytes = algorithm.signature_len(bits.unwrap_or(STAND_IN_RSA_BITS));
            (Some(algorithm), base64url::encoded_len(bytes))
        }
    };
    let text = String::from_utf8_lossy(&payload).into_owned();
    let encoded = |bytes: &[u8]| base64url::encoded_len(bytes.len());
    Ok(VariantFacts {
        algorithm_name: header.root().get("alg").and_then(|alg| alg.as_str()).unwrap_or_default().into_owned(),
        algorithm,
        claims: Json::parse(&text).ok().filter(|json| json.root().kind() == Kind::Object),
        sizes: Sizes::of_parts(encoded(&header_bytes), encoded(&payload), signature),
        costs: Costs::of(&header_bytes, &payload, signature),
        key: key_words(inputs),
        signature: pasted.map(base64url::decode).transpose()?,
        header: header_bytes,
        payload,
    })
}

fn key_words(inputs: &VariantInputs) -> String {
    match (&inputs.key, &inputs.token) {
        (Some(key), _) => key.describe(),
        (None, Some(_)) => "no key".to_owned(),
        (None, None) => "a new key".to_owned(),
    }
}
