//! Leaving claims out of a template.

use crate::jose::error::Problem;
use crate::jose::json::{self, Json, Kind};
use crate::template::file::TemplateFile;

/// The template with these claims only, everything else byte for byte, and which of them it has, in its order.
///
/// # Errors
/// Claims that are no JSON object.
pub fn minimal(template: &TemplateFile, names: &[String]) -> Result<(TemplateFile, Vec<String>), Problem> {
    let claims = claims_object(template)?;
    let is_wanted = |name: &str| names.iter().any(|wanted| wanted == name);
    let mut kept: Vec<String> = Vec::new();
    for member in claims.root().members() {
        let name = member.name();
        if is_wanted(&name) && !kept.iter().any(|kept| *kept == name) {
            kept.push(name.into_owned());
        }
    }
    let edit = json::remove_members(claims.root(), |member| !is_wanted(&member.name()));
    let mut minimal = template.clone();
    minimal.claims = edit.apply(&template.claims);
    Ok((minimal, kept))
}

/// The claims of a template, which are an object.
///
/// # Errors
/// Claims that are something else, or no JSON.
pub(super) fn claims_object(template: &TemplateFile) -> Result<Json, Problem> {
    let claims = Json::parse(&template.claims)?;
    if claims.root().kind() == Kind::Object {
        return Ok(claims);
    }
    Err(Problem::new("not-an-object", "The claims of this variant are no JSON object, so none can be left out.")
        .help("Choose another variant."))
}
