//! The template that the program starts with, in the window and on the command line.

use super::file::TemplateFile;

/// The text of the template file: HS256, one subject, valid for 30 minutes.
pub const DEFAULT_TEMPLATE: &str = include_str!("../../assets/default.jwt.json");

/// The template that the program starts with.
pub fn default_template() -> TemplateFile {
    // A test reads the text, so the second choice is never needed.
    TemplateFile::parse(DEFAULT_TEMPLATE)
        .unwrap_or_else(|_| TemplateFile::new("First token", "{\"alg\": \"HS256\"}", "{}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_template_reads() {
        let template = TemplateFile::parse(DEFAULT_TEMPLATE).unwrap();
        assert_eq!(template.header, r#"{ "alg": "HS256", "typ": "JWT" }"#);
        assert!(template.claims.contains("{{now+30m}}"));
    }
}
