//! The example templates that come with the program, from `assets/templates`.

use super::file::TemplateFile;
use crate::jose::error::Problem;

/// What an example is about; the order here is the one to show them in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Category {
    /// What most back ends make.
    Everyday,
    /// What a standard asks for.
    Standards,
    /// Large tokens, and many of them.
    SizeAndLoad,
    /// The lesson's four ways to write an expiry.
    Expiry,
}

impl Category {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Everyday, Self::Standards, Self::SizeAndLoad, Self::Expiry];

    /// The heading.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Everyday => "Everyday",
            Self::Standards => "By the standards",
            Self::SizeAndLoad => "Size and load",
            Self::Expiry => "Expiry, right and wrong",
        }
    }

    /// The examples of this category, in order.
    pub fn examples(self) -> impl Iterator<Item = &'static Example> {
        EXAMPLES.iter().filter(move |example| example.category == self)
    }
}

/// An example template.
#[derive(Debug)]
pub struct Example {
    /// What it is about.
    pub category: Category,
    /// The name a copy of it is saved under.
    pub file_name: &'static str,
    /// The text of the file.
    pub text: &'static str,
}

impl Example {
    /// Reads the example; its name and description are in it.
    ///
    /// # Errors
    /// None in a release: a test reads every example.
    pub fn template(&self) -> Result<TemplateFile, Problem> {
        TemplateFile::parse(self.text)
    }
}

macro_rules! example {
    ($category:ident, $name:literal) => {
        Example {
            category: Category::$category,
            file_name: concat!($name, ".jwt.json"),
            text: include_str!(concat!("../../assets/templates/", $name, ".jwt.json")),
        }
    };
}

/// All examples, in the order to show them in.
pub const EXAMPLES: &[Example] = &[
    example!(Everyday, "minimal-session"),
    example!(Everyday, "api-client"),
    example!(Everyday, "service-to-service"),
    example!(Everyday, "password-reset"),
    example!(Everyday, "email-verification"),
    example!(Standards, "oidc-id-token"),
    example!(Standards, "rfc9068-access-token"),
    example!(SizeAndLoad, "enterprise-40-groups"),
    example!(SizeAndLoad, "load-test-user"),
    example!(Expiry, "expiry-utc-30m"),
    example!(Expiry, "expiry-string-datetime"),
    example!(Expiry, "expiry-local-time"),
    example!(Expiry, "expiry-float"),
];
