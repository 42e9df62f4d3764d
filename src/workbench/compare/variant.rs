//! A variant: header, claims and key of one token among those that are compared, and what follows from them.

use std::path::PathBuf;
use std::sync::Arc;

use crate::jose::error::Problem;
use crate::jose::json::Json;
use crate::jose::jwa::Algorithm;
use crate::jose::key::Key;
use crate::measure::costs::Costs;
use crate::measure::sizes::Sizes;
use crate::template::file::TemplateFile;

/// Tells variants apart; never used again for another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VariantId(pub(super) u64);

/// Where a variant came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VariantOrigin {
    /// The draft of the Craft page, as it is now: it changes with it.
    Draft,
    /// The draft as it was once, a copy of another variant, or what came of "what if".
    Snapshot,
    /// A file.
    File(PathBuf),
    /// A token that was pasted.
    Token,
}

/// One of the tokens that are compared.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Which one it is.
    pub id: VariantId,
    /// What the user calls it.
    pub name: String,
    /// Where it came from.
    pub origin: VariantOrigin,
    /// Header, claims, serialization and variables; of a pasted token its two texts byte for byte.
    pub template: Arc<TemplateFile>,
    /// The token as it was pasted; `None` when it is minted here.
    pub token: Option<Arc<str>>,
    /// The key; public keys only verify. Without one, a template is measured with a new key, and a pasted token not at
    /// all.
    pub key: Option<Arc<Key>>,
    /// What follows from them; `Err` says why it cannot be minted or read, and is never fatal for the others.
    pub facts: Result<Arc<VariantFacts>, Problem>,
    /// The newest question for its facts: answers to earlier ones are dropped.
    pub(in crate::workbench) asked: u64,
    /// The question that `facts` are the answer to.
    pub(in crate::workbench) answered: u64,
    /// Whether the user named it: the draft's variant then no longer takes the name of the draft.
    pub(in crate::workbench) renamed: bool,
}

impl Variant {
    /// Whether the facts are those of its texts and key as they are now.
    pub fn is_settled(&self) -> bool {
        self.answered == self.asked
    }
}

/// What follows from a variant; derived once for each change.
#[derive(Debug)]
pub struct VariantFacts {
    /// The algorithm; `None` for a pasted token whose algorithm is unknown here.
    pub algorithm: Option<Algorithm>,
    /// What the header says.
    pub algorithm_name: String,
    /// The header as signed.
    pub header: Vec<u8>,
    /// The payload as signed.
    pub payload: Vec<u8>,
    /// The payload read as JSON, when it is an object.
    pub claims: Option<Json>,
    /// The sizes of the token.
    pub sizes: Sizes,
    /// What every member costs.
    pub costs: Costs,
    /// The key in a few words: `RSA 2048`, `a new key`.
    pub key: String,
    /// The signature as pasted; `None` when it is made here.
    pub signature: Option<Vec<u8>>,
}

impl VariantFacts {
    /// How many members the payload has; 0 when it is no object.
    pub fn claim_count(&self) -> usize {
        self.claims.as_ref().map_or(0, |json| json.root().members().len())
    }
}
