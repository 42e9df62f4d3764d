//! Mints tokens on one thread.

use super::randomness::Randomness;
use super::recipe::{Recipe, Refusal};
use crate::jose::base64url;
use crate::jose::compact;
use crate::jose::error::Problem;
use crate::jose::jws::Signer;
use crate::template::cells::Cells;

/// Mints token after token of a recipe, in memory that is used again. Stays on its thread, as its signer does.
pub struct Minter<'r> {
    signer: Signer,
    filler: Filler<'r>,
}

impl<'r> Minter<'r> {
    /// Makes ready to sign.
    ///
    /// # Errors
    /// When the key cannot be used; see [`Key::signer`](crate::jose::key::Key::signer).
    pub fn new(recipe: &'r Recipe) -> Result<Self, Problem> {
        Ok(Self { signer: recipe.signer()?, filler: Filler::new(recipe) })
    }

    /// Appends the token that so many others of the run come before to `out`.
    ///
    /// # Errors
    /// Values that are out of range or not of their type, and a system without random bytes; `out` is then as it was
    /// before.
    pub fn mint(&mut self, counter: u64, row: &Cells, out: &mut Vec<u8>) -> Result<(), Refusal> {
        self.filler.fill(counter, row)?;
        Ok(compact::mint_into(&self.signer, &self.filler.encoded_header, &self.filler.payload, out)?)
    }
}

/// Fills in what is to be signed.
pub(super) struct Filler<'r> {
    recipe: &'r Recipe,
    randomness: Randomness,
    header: Vec<u8>,
    encoded_header: Vec<u8>,
    payload: Vec<u8>,
}

impl<'r> Filler<'r> {
    pub(super) fn new(recipe: &'r Recipe) -> Self {
        Self {
            recipe,
            randomness: Randomness::new(),
            header: Vec::new(),
            encoded_header: recipe.constant_header().unwrap_or_default().to_vec(),
            payload: Vec::new(),
        }
    }

    /// Fills in the encoded header and the payload of the token that so many others of the run come before.
    ///
    /// # Errors
    /// As for [`Minter::mint`].
    pub(super) fn fill(&mut self, counter: u64, row: &Cells) -> Result<(), Refusal> {
        let Self { recipe, randomness, header, encoded_header, payload } = self;
        let mut random = |bytes: &mut [u8]| randomness.fill(bytes);
        payload.clear();
        if recipe.constant_header().is_none() {
            header.clear();
            recipe.header(counter, row, &mut random, header)?;
            encoded_header.clear();
            base64url::append(header, encoded_header);
        }
        recipe.payload(counter, row, &mut random, payload)?;
        self.randomness.failure().map_or(Ok(()), |problem| Err(problem.into()))
    }
}
