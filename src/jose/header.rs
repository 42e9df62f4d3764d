//! The header of a token (RFC 7515 §4).

use super::error::Problem;
use super::json::{Json, Kind};
use super::jwa::Algorithm;

/// The code of the problem "it is no JSON object".
pub const NOT_AN_OBJECT: &str = "header-not-object";

/// Reads the algorithm that a header names (RFC 7515 §4.1.1).
///
/// # Errors
/// When `alg` is missing, not text, or not one that can sign here.
pub fn algorithm_of(header: &Json) -> Result<Algorithm, Problem> {
    let root = header.root();
    if root.kind() != Kind::Object {
        return Err(Problem::new(NOT_AN_OBJECT, "The header is not a JSON object.")
            .help("Write an object such as {\"alg\": \"HS256\"}.")
            .at(root.span()));
    }
    let Some(alg) = root.get("alg") else {
        return Err(Problem::new("alg-missing", "The header names no algorithm: alg is missing.")
            .help("Choose an algorithm.")
            .at(root.span()));
    };
    let Some(name) = alg.as_str() else {
        return Err(Problem::new("alg-not-text", "alg must be a text such as \"HS256\".")
            .help("Choose an algorithm.")
            .at(alg.span()));
    };
    Algorithm::from_name(&name).map_err(|problem| problem.at(alg.span()))
}
