//! What the library tells of a template: its name, what it is for, what it makes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::jose::base64url;
use crate::jose::json::{self, Json, Serialization};
use crate::jose::jwa::Algorithm;
use crate::template::file::TemplateFile;
use crate::template::render::{Context, Rendering};
use crate::template::variables::Variables;
use crate::workbench::compare::derive::STAND_IN_RSA_BITS;
use crate::workbench::facts::algorithm_of;

/// Bytes of the claims that are kept for the preview.
const MOST_CLAIMS: usize = 2_000;
/// Bytes of the description that are kept.
const MOST_DESCRIPTION: usize = 1_000;
/// Names of claims that can be searched for.
const MOST_NAMES: usize = 300;
/// An instant of ten digits, as those of our time have.
const SOME_DAY: i64 = 1_800_000_000;

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The name in the template; may be empty.
    pub name: String,
    /// What it is for; may be empty. Cut when it is very long.
    pub description: String,
    /// The words of the description that begin with #, without it, in lower case, each once.
    pub tags: Vec<String>,
    /// How it is signed, when the header says.
    pub algorithm: Option<Algorithm>,
    /// About how many bytes a token of it has; RSA is taken to have 2,048 bits.
    pub size: usize,
    /// The claims laid out over lines, or the beginning of them; as typed where they are no JSON.
    pub claims: String,
    /// Everything that can be searched for, in lower case.
    pub(super) haystack: String,
}

impl Summary {
    /// The summary of a template.
    pub fn of(template: &TemplateFile) -> Self {
        let header = Json::parse(&template.header).ok();
        let claims = Json::parse(&template.claims).ok();
        let algorithm = header.as_ref().and_then(|header| algorithm_of(header).ok());
        let part = |json: Option<&Json>, serialization| {
            json.map_or(0, |json| base64url_len(rendered_len(json, serialization, &template.variables)))
        };
        let signature = algorithm.map_or(0, |algorithm| base64url_len(algorithm.signature_len(STAND_IN_RSA_BITS)));
        let size = part(header.as_ref(), Serialization::Compact)
            + part(claims.as_ref(), template.serialization)
            + signature
            + ".".len() * 2;
        let description = beginning(&template.description, MOST_DESCRIPTION);
        let laid_out = claims.as_ref().map_or_else(|| template.claims.clone(), |claims| json::format(claims, 2));
        let mut haystack = format!("{}\n{description}\n", template.name);
        haystack.push_str(algorithm.map(Algorithm::name).unwrap_or_default());
        for member in claims.iter().flat_map(|claims| claims.root().members()).take(MOST_NAMES) {
            write!(haystack, "\n{}", member.name()).ok();
        }
        Self {
            name: template.name.clone(),
            tags: tags(&description),
            description,
            algorithm,
            size,
            claims: beginning(&laid_out, MOST_CLAIMS),
            haystack: haystack.to_lowercase(),
        }
    }
}

/// The words of a text that begin with #, in lower case.
fn tags(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '(' | ')'));
    let tags = words.filter_map(|word| word.strip_prefix('#')).map(|word| {
        let letters = word.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        letters.to_lowercase()
    });
    tags.filter(|tag| !tag.is_empty()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The bytes of a text as it is signed. What cannot be filled in counts as it stands.
fn rendered_len(json: &Json, serialization: Serialization, variables: &Variables) -> usize {
    let mut out = Vec::new();
    let mut context = Context { now: SOME_DAY, counter: 0, random: &mut |bytes| bytes.fill(0) };
    let rendering = Rendering::compile(json, serialization, variables).ok();
    match rendering.map(|rendering| rendering.render(&mut context, &mut out)) {
        Some(Ok(())) => out.len(),
        _ => json::minify(json).len(),
    }
}

/// The characters that so many bytes take in base64url.
fn base64url_len(bytes: usize) -> usize {
    base64url::encoded_len(bytes)
}

fn beginning(text: &str, most: usize) -> String {
    if text.len() <= most {
        return text.to_owned();
    }
    let end = text.floor_char_boundary(most);
    format!("{}…", text.get(..end).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::default::default_template;

    #[test]
    fn a_summary_tells_what_the_template_makes() {
        let mut template = default_template();
        template.name = "Gateway".into();
        template.description = "What our gateway expects #Auth, #edge-1. #auth (#x) # none".into();
        let summary = Summary::of(&template);
        assert_eq!(summary.tags, ["auth", "edge-1", "x"]);
        assert_eq!(summary.algorithm, Some(Algorithm::HS256));
        assert!(summary.claims.starts_with("{\n  \"sub\""), "{}", summary.claims);
        for word in ["gateway", "#auth", "hs256", "exp"] {
            assert!(summary.haystack.contains(word), "{word}");
        }
    }

    #[test]
    fn the_size_is_that_of_the_token() {
        // {"alg":"HS256","typ":"JWT"} has 27 bytes, {"sub":"a","exp":1800000000} has 28.
        let template =
            TemplateFile::new("", r#"{"alg":"HS256","typ":"JWT"}"#, "{ \"sub\": \"a\",\n\"exp\": \"{{now}}\" }");
        assert_eq!(Summary::of(&template).size, 36 + 1 + 38 + 1 + 43);
        let unknown = TemplateFile::new("", r#"{"alg":"HS256","typ":"JWT"}"#, r#"{"sub":"{{tenant}}"}"#);
        assert_eq!(Summary::of(&unknown).size, 36 + 1 + 27 + 1 + 43);
        let broken = TemplateFile::new("", "{", "{");
        assert_eq!((Summary::of(&broken).size, Summary::of(&broken).algorithm), (2, None));
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let mut template = default_template();
        template.claims = format!("[\"{}\"]", "ä".repeat(MOST_CLAIMS));
        assert!(Summary::of(&template).claims.ends_with("ä…"));
    }
}
