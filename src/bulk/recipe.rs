//! What every token of a run is made from, compiled once for all threads.

use std::sync::Arc;

use super::plan::Order;
use super::records::Layout;
use crate::jose::base64url;
use crate::jose::error::Problem;
use crate::jose::header::algorithm_of;
use crate::jose::json::{Json, Kind};
use crate::jose::jwa::Algorithm;
use crate::jose::jws::Signer;
use crate::jose::key::{Key, Operation};
use crate::template::cells::Cells;
use crate::template::render::{Context, Rendering, first};
use crate::template::variables::Variable;

/// The texts of the template, compiled, and the key.
#[derive(Debug)]
pub struct Recipe {
    key: Arc<Key>,
    algorithm: Algorithm,
    now: i64,
    header: Part,
    claims: Part,
    /// The encoded header, where it is the same for every token.
    constant_header: Option<Vec<u8>>,
}

/// Header or claims.
#[derive(Debug)]
struct Part {
    name: &'static str,
    json: Json,
    rendering: Rendering,
}

/// Why there is no token.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub problem: Problem,
    /// Whether it is the row, so that the next one may do.
    pub is_row: bool,
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self { problem, is_row: false }
    }
}

impl Recipe {
    /// Compiles what is ordered for rows with these columns; none for a run by count.
    ///
    /// # Errors
    /// Texts that are not JSON objects, placeholders that nothing fills, and a key that does not sign with the algorithm.
    pub fn new(order: &Order, columns: &[String], layout: Option<Layout>) -> Result<Self, Problem> {
        let template = &order.template;
        let mut variables = template.variables.clone();
        if layout == Some(Layout::Ndjson) {
            // The values come as JSON, strings in their quotes.
            for column in columns {
                variables.insert(column, Variable::json("null"));
            }
        }
        let compile = |name: &'static str, text: &str| {
            let json = Json::parse(text).map_err(|problem| problem.placed(name, Some(text)))?;
            let compiled = Rendering::compile_rows(&json, template.serialization, &variables, columns);
            let rendering = compiled.map_err(|problems| first(problems).placed(name, Some(text)))?;
            Ok(Part { name, json, rendering })
        };
        let header = compile("The header", &template.header)?;
        let claims = compile("The claims", &template.claims)?;
        if claims.json.root().kind() != Kind::Object {
            let message =
                format!("The claims are {}; the claims of a JWT are an object", claims.json.root().kind().label());
            return Err(Problem::new("claims-not-object", message).help("Write them as {\"name\": value}."));
        }
        let algorithm =
            algorithm_of(&header.json).map_err(|problem| problem.placed(header.name, Some(&template.header)))?;
        order.key.fits(algorithm)?;
        order.key.restrictions().permit(algorithm, Operation::Sign)?;
        let mut recipe =
            Self { key: Arc::clone(&order.key), algorithm, now: order.now, header, claims, constant_header: None };
        if recipe.header.rendering.is_constant() {
            let mut text = Vec::new();
            recipe
                .header
                .render(&mut recipe.context(0, &mut |_| ()), &Cells::default(), &mut text)
                .map_err(|no| no.problem)?;
            recipe.constant_header = Some(base64url::encode(&text).into_bytes());
        }
        Ok(recipe)
    }

    /// Something that signs, for the calling thread.
    ///
    /// # Errors
    /// See [`Key::signer`].
    pub(super) fn signer(&self) -> Result<Signer, Problem> {
        self.key.signer(self.algorithm)
    }

    /// The encoded header, where it is the same for every token.
    pub(super) fn constant_header(&self) -> Option<&[u8]> {
        self.constant_header.as_deref()
    }

    /// How long a token is, roughly, in bytes.
    pub(super) fn token_len(&self) -> usize {
        let bytes = self.header.json.text().len() + self.claims.json.text().len();
        base64url::encoded_len(bytes) + base64url::encoded_len(self.algorithm.signature_len(2048))
    }

    /// The algorithm of every token.
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Appends the header of one token to `out`.
    pub(super) fn header(
        &self,
        counter: u64,
        row: &Cells,
        random: Random<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        self.header.render(&mut self.context(counter, random), row, out)
    }

    /// Appends the payload of one token to `out`.
    pub(super) fn payload(
        &self,
        counter: u64,
        row: &Cells,
        random: Random<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), Refusal> {
        self.claims.render(&mut self.context(counter, random), row, out)
    }

    const fn context<'a>(&self, counter: u64, random: Random<'a>) -> Context<'a> {
        Context { now: self.now, counter, random }
    }
}

/// Fills a buffer with random bytes.
pub(super) type Random<'a> = &'a mut dyn FnMut(&mut [u8]);

impl Part {
    fn render(&self, context: &mut Context<'_>, row: &Cells, out: &mut Vec<u8>) -> Result<(), Refusal> {
        self.rendering.render_row(context, row, out).map_err(|problem| {
            let is_row = matches!(problem.code, "row" | "variable");
            let problem = if is_row {
                Problem { span: None, ..problem }
            } else {
                problem.placed(self.name, Some(self.json.text()))
            };
            Refusal { problem, is_row }
        })
    }
}
