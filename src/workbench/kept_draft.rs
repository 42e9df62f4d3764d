//! The text of a draft that is kept while it is typed: the template as it stands, broken JSON included, and where it came
//! from. There is no field for a key, and a draft with a private key in its texts is not kept at all.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::draft::Draft;
use super::effect::Origin;
use super::file_stamp::FileStamp;
use crate::jose::error::Problem;
use crate::template::file::TemplateFile;

/// The value of the member `format`.
const FORMAT: &str = "jwt-workbench.draft";
/// The version that is written; a newer one is not read.
const VERSION: u32 = 1;

/// A draft as it was at an instant.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptDraft {
    /// The template, as typed.
    pub template: TemplateFile,
    /// The file it is to be saved to, and what that looked like when it was read.
    pub origin: Option<Origin>,
    /// When it was typed, seconds since 1970 UTC.
    pub at: i64,
}

#[derive(Serialize, Deserialize)]
struct Written {
    format: String,
    version: u32,
    at: i64,
    path: Option<PathBuf>,
    stamp: Option<FileStamp>,
    template: TemplateFile,
}

impl KeptDraft {
    /// The draft as it is now; `None` when its texts hold a private key, which is never written down.
    pub fn of(draft: &Draft, now: i64) -> Option<Self> {
        let template = draft.template();
        let is_safe = !template.texts().any(holds_private_key);
        is_safe.then(|| Self { template: template.clone(), origin: draft.origin().cloned(), at: now })
    }

    /// The name to show: the file's, else the template's.
    pub fn title(&self) -> String {
        Draft::new(self.template.clone(), self.origin.clone(), 0).title()
    }

    /// The text of its file.
    pub fn to_text(&self) -> String {
        let Self { template, origin, at } = self.clone();
        // A path that is not Unicode has no place in JSON text.
        let origin = origin.filter(|origin| origin.path.to_str().is_some());
        let (path, stamp) = origin.map_or((None, None), |origin| (Some(origin.path), origin.stamp));
        let written = Written { format: FORMAT.to_owned(), version: VERSION, at, path, stamp, template };
        // Texts and whole numbers can always be written.
        serde_json::to_string_pretty(&written).unwrap_or_default()
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    /// `draft-unreadable` for any other text, and for that of a newer version.
    pub fn from_text(text: &str) -> Result<Self, Problem> {
        let unreadable = || Problem::new("draft-unreadable", "This is not a draft that was kept");
        let written: Written = serde_json::from_str(text).map_err(|_not_json| unreadable())?;
        if written.format != FORMAT || written.version > VERSION {
            return Err(unreadable().help("Update the program."));
        }
        let Written { at, path, stamp, template, .. } = written;
        Ok(Self { template, origin: path.map(|path| Origin { path, stamp }), at })
    }
}

/// Whether there is a private key in a text, as PEM or as JWK, in JSON within a string as well.
fn holds_private_key(text: &str) -> bool {
    let is_pem = ["PRIVATE KEY-----", "PRIVATE KEY BLOCK-----"].iter().any(|line| text.contains(line));
    is_pem || (has_member(text, "kty") && ["d", "k"].iter().any(|name| has_member(text, name)))
}

/// Whether a text has a member of this name somewhere, broken as it may be.
fn has_member(text: &str, name: &str) -> bool {
    let quoted = format!("\"{name}");
    text.match_indices(&quoted).any(|(place, start)| {
        let rest = text[place + start.len()..].trim_start_matches('\\');
        rest.strip_prefix('"').is_some_and(|rest| rest.trim_start().starts_with(':'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::json::Serialization;

    fn kept(template: TemplateFile, origin: Option<Origin>) -> Option<KeptDraft> {
        KeptDraft::of(&Draft::new(template, origin, 1), 7)
    }

    #[test]
    fn broken_texts_and_everything_else_read_back() {
        let mut template = TemplateFile::new("A \"draft\"", "{\"alg\":", "{\"n\": 1.50, \"é\": \"\u{0}");
        template.description = "D".into();
        template.serialization = Serialization::Sorted;
        template.variables.set("tenant", "acme");
        let stamp = FileStamp { modified: 1_795_284_752_123_456_789, len: 5, inode: u64::MAX };
        for origin in [None, Some(Origin { path: "/tmp/a.jwt.json".into(), stamp: Some(stamp) })] {
            let kept = kept(template.clone(), origin).unwrap();
            assert_eq!(KeptDraft::from_text(&kept.to_text()), Ok(kept));
        }
    }

    #[test]
    fn members_of_others_survive_a_crash() {
        let file =
            r#"{"format":"jwt-workbench.template","version":1,"owner":[1.0],"name":"A","header":{},"claims":{}}"#;
        let kept = kept(TemplateFile::parse(file).unwrap(), None).unwrap();
        let read = KeptDraft::from_text(&kept.to_text()).unwrap();
        assert_eq!(read.template.to_text().as_deref(), Ok(file));
    }

    #[test]
    fn other_files_are_refused() {
        let good = kept(TemplateFile::new("", "{}", "{}"), None).unwrap().to_text();
        assert!(KeptDraft::from_text(&good).is_ok());
        let newer = good.replace("\"version\": 1", "\"version\": 2");
        let other = good.replace("jwt-workbench.draft", "jwt-workbench.template");
        for text in ["", "null", "{}", "[1]", &good[..good.len() / 2], &newer, &other] {
            assert_eq!(KeptDraft::from_text(text).unwrap_err().code, "draft-unreadable", "{text}");
        }
    }

    #[test]
    fn a_private_key_is_seen_wherever_it_stands() {
        #[track_caller]
        fn check(text: &str, expected: bool) {
            assert_eq!(holds_private_key(text), expected, "{text}");
            let template = TemplateFile::new("", "{}", text);
            assert_eq!(kept(template, None).is_none(), expected);
            let mut template = TemplateFile::new("", "{}", "{}");
            template.variables.set("key", text);
            assert_eq!(kept(template, None).is_none(), expected);
        }
        check("{\"k\": \"-----BEGIN EC PRIVATE KEY-----\\nMH", true);
        check("{\"a\":\"-----BEGIN PUBLIC KEY-----\"}", false);
        check(r#"{"jwk":{"kty":"EC","crv":"P-256","x":"a","y":"b","d" : "c"}}"#, true);
        check(r#"{"jwk":"{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}"}"#, true);
        check(r#"{"cnf":{"jwk":{"kty":"EC","crv":"P-256","x":"a","y":"b"}}}"#, false);
        check(r#"{"d":1,"k":2}"#, false);
        check(r#"{"kty":"d","why":"k"}"#, false);
    }
}
