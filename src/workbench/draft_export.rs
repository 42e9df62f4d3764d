//! What of the draft can be written to a file of its own; the draft keeps the file it has.

use std::path::PathBuf;

use super::Workbench;
use super::command::Part;
use super::effect::{Effect, Over, Pick};
use super::minted_tokens::Way;
use crate::jose::error::Problem;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DraftExport {
    /// The template, as it would be saved.
    Copy,
    /// The claims text, as it is typed.
    ClaimsTyped,
    /// The payload of the token: the claims as they were signed.
    ClaimsSigned,
    /// The token, readable by nobody else.
    Token,
}

impl DraftExport {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 4] = [Self::Copy, Self::ClaimsTyped, Self::ClaimsSigned, Self::Token];

    /// What the file dialog is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Copy => "Save a copy of the template",
            Self::ClaimsTyped => "Save the claims as typed",
            Self::ClaimsSigned => "Save the claims as signed",
            Self::Token => "Save the token",
        }
    }

    /// How the file's name ends, without the period.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Copy => "jwt.json",
            Self::ClaimsTyped | Self::ClaimsSigned => "json",
            Self::Token => "jwt",
        }
    }

    /// Whether there must be a token for it.
    pub const fn needs_token(self) -> bool {
        matches!(self, Self::ClaimsSigned | Self::Token)
    }
}

impl Workbench {
    /// Asks where to write it.
    pub(super) fn export_draft(&self, what: DraftExport) -> Vec<Effect> {
        let name = self.draft.suggested_file_name();
        let stem = name.strip_suffix(".jwt.json").unwrap_or(&name);
        let stem = match what {
            DraftExport::Copy => format!("{stem}-copy"),
            DraftExport::ClaimsTyped | DraftExport::ClaimsSigned => format!("{stem}-claims"),
            DraftExport::Token => stem.to_owned(),
        };
        vec![Effect::Pick(Pick::ExportDraft(what), self.folder().join(format!("{stem}.{}", what.extension())))]
    }

    /// A path was chosen: writes what the draft is by now.
    pub(super) fn write_draft_export(&mut self, what: DraftExport, path: PathBuf, over: Over) -> Vec<Effect> {
        match self.exported_draft(what) {
            Ok(bytes) => {
                let private = what == DraftExport::Token;
                if private {
                    self.remember_token(Way::Saved);
                }
                vec![Effect::WriteExport { path, bytes, over, private }]
            }
            Err(problem) => self.complain(problem),
        }
    }

    fn exported_draft(&self, what: DraftExport) -> Result<Vec<u8>, Problem> {
        let minted = || {
            self.minted().filter(|_| self.is_settled()).ok_or_else(|| {
                Problem::new("no-token", "There is no token yet.")
                    .help("Mend what is marked in the draft, then save again.")
            })
        };
        Ok(match what {
            DraftExport::Copy => self.draft.template().to_text()?.into_bytes(),
            DraftExport::ClaimsTyped => self.draft.text(Part::Claims).as_bytes().to_vec(),
            DraftExport::ClaimsSigned => minted()?.claims.text().as_bytes().to_vec(),
            DraftExport::Token => minted()?.token.as_str().as_bytes().to_vec(),
        })
    }
}
