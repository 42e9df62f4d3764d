//! curl: a request that bears the token.

use super::Snippet;
use super::model::{Draft, Value};
use crate::jose::error::Problem;

/// Where the request goes when the token does not say for whom it is.
const NOWHERE: &str = "https://api.example.com";

pub(super) fn write(draft: &Draft) -> Result<Snippet, Problem> {
    let name = if draft.title.is_empty() { String::new() } else { format!("{}: ", draft.title) };
    let url = audience(draft).unwrap_or(NOWHERE);
    let code = format!(
        "# {name}a request that bears the token.\n\
        : \"${{TOKEN:?put the token into TOKEN}}\"\n\
        url={}\n\n\
        # The same as --header \"Authorization: Bearer $TOKEN\".\n\
        curl --fail-with-body --silent --show-error --oauth2-bearer \"$TOKEN\" \"$url\"\n",
        single_quoted(url)
    );
    Ok(Snippet {
        code,
        install: Vec::new(),
        run: "TOKEN=$(jwt-workbench mint TEMPLATE) sh request.sh".to_owned(),
        notes: vec!["The token is not in the code: it comes from TOKEN.".to_owned()],
    })
}

/// The first audience that is an address.
fn audience(draft: &Draft) -> Option<&str> {
    let texts: Vec<&Value> = match draft.claim("aud")? {
        Value::Array(items) => items.iter().collect(),
        value => vec![value],
    };
    let is_address = |text: &&str| text.starts_with("https://") && text.chars().all(|char| char.is_ascii_graphic());
    texts.into_iter().filter_map(|value| draft.known_text(value)).find(is_address)
}

/// A text as a shell takes it literally.
fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
