//! What a new draft begins with. It is written into the texts of the draft, which are the truth from then on.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::jose::json::{self, Json, Kind};
use crate::jose::jwa::Algorithm;
use crate::template::default::default_template;
use crate::template::file::TemplateFile;
use crate::workbench::expiry::Expiry;

/// The longest lifetime that a new draft may have, in seconds: ten years.
const MOST_SECONDS: u32 = 10 * 365 * 86_400;

/// Algorithm and lifetime of new drafts, that of the start included. The command line does not follow them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewDrafts {
    /// The algorithm.
    #[serde(serialize_with = "write_algorithm", deserialize_with = "read_algorithm")]
    pub algorithm: Algorithm,
    /// How long a token is valid, in seconds; 0 for ever, at most ten years.
    pub lifetime: u32,
}

impl Default for NewDrafts {
    fn default() -> Self {
        Self { algorithm: Algorithm::HS256, lifetime: 1_800 }
    }
}

impl NewDrafts {
    /// The same, with a lifetime of at most ten years.
    #[must_use]
    pub fn in_range(self) -> Self {
        Self { lifetime: self.lifetime.min(MOST_SECONDS), ..self }
    }

    /// The default template with this algorithm and this lifetime.
    pub fn template(self) -> TemplateFile {
        let mut template = default_template();
        template.header = self.header(&template.header);
        if let Ok(claims) = Json::parse(&template.claims)
            && Expiry::read(&claims) != self.expiry()
            && let Ok(edit) = self.expiry().write(&claims)
        {
            template.claims = edit.apply(&template.claims);
        }
        template
    }

    /// The header text with this algorithm, and no other byte changed.
    fn header(self, text: &str) -> String {
        let json = Json::parse(text).ok().filter(|json| json.root().kind() == Kind::Object);
        let edit = json.as_ref().map(|json| json::set_member(json.root(), "alg", &json::quote(self.algorithm.name())));
        edit.map_or_else(|| text.to_owned(), |edit| edit.apply(text))
    }

    fn expiry(self) -> Expiry {
        if self.lifetime == 0 { Expiry::Never } else { Expiry::Relative(self.lifetime.into()) }
    }
}

fn write_algorithm<S: Serializer>(algorithm: &Algorithm, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(algorithm.name())
}

fn read_algorithm<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Algorithm, D::Error> {
    let name = String::deserialize(deserializer)?;
    Algorithm::from_name(&name).map_err(|problem| de::Error::custom(problem.message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_the_default_template_to_the_byte() {
        assert_eq!(NewDrafts::default().template(), default_template());
    }

    #[test]
    fn a_choice_is_written_into_the_texts_and_nothing_else_is_changed() {
        let template = NewDrafts { algorithm: Algorithm::ES256, lifetime: 28_800 }.template();
        let before = default_template();
        assert_eq!(template.header, before.header.replace("HS256", "ES256"));
        assert_eq!(template.claims, before.claims.replace("{{now+30m}}", "{{now+8h}}"));
    }

    #[test]
    fn tokens_for_ever_have_no_exp() {
        let template = NewDrafts { lifetime: 0, ..NewDrafts::default() }.template();
        assert!(!template.claims.contains("exp"), "{}", template.claims);
        assert!(template.claims.contains("iat"));
        Json::parse(&template.claims).unwrap();
    }

    #[test]
    fn a_lifetime_comes_into_range() {
        let settings = NewDrafts { lifetime: u32::MAX, ..NewDrafts::default() };
        assert_eq!(settings.in_range().lifetime, MOST_SECONDS);
    }
}
