//! Opening files: a comparison in place of the one there is, and files that become variants.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::adding::{New, stem};
use super::variant::VariantOrigin;
use crate::jose::error::Problem;
use crate::jose::text::visible;
use crate::jose::unwrap::{self, Bare};
use crate::template::comparison_file::{ComparisonFile, Content, SavedVariant, Source};
use crate::template::default::default_template;
use crate::template::file::TemplateFile;
use crate::template::recognise::Opened;
use crate::workbench::Workbench;
use crate::workbench::effect::{Effect, Origin};
use crate::workbench::file_stamp::FileStamp;
use crate::workbench::page::Page;

impl Workbench {
    /// Shows this comparison in place of the one there is.
    pub(in crate::workbench) fn take_comparison(
        &mut self,
        path: PathBuf,
        file: ComparisonFile,
        stamp: FileStamp,
    ) -> Vec<Effect> {
        let (new, places) = self.saved_variants(file.variants);
        if new.is_empty() {
            return Vec::new();
        }
        self.settings.page = Page::Compare;
        self.settings.remember_file(&path);
        self.comparison.begin_anew();
        let mut effects = self.add_all(new);
        let comparison = &mut self.comparison;
        let at = places.iter().position(|place| *place == file.baseline).unwrap_or_default();
        comparison.baseline = comparison.variants.get(at).map(|variant| variant.id);
        comparison.selected = comparison.baseline;
        comparison.origin = Some(Origin { path, stamp: Some(stamp) });
        comparison.saved = comparison.changes;
        effects.push(self.save_settings());
        effects
    }

    /// A file that is to be a variant was read.
    pub(in crate::workbench) fn on_variant_opened(
        &mut self,
        path: &Path,
        opened: Result<Box<Opened>, Problem>,
    ) -> Vec<Effect> {
        match opened.and_then(|opened| self.variants_of(path, *opened)) {
            Ok(new) if new.is_empty() => Vec::new(),
            Ok(new) => {
                let mut effects = self.ready_to_add();
                effects.extend(self.add_all(new));
                effects
            }
            Err(problem) => self.complain(problem),
        }
    }

    fn variants_of(&mut self, path: &Path, opened: Opened) -> Result<Vec<New>, Problem> {
        let file_name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let origin = VariantOrigin::File(path.to_owned());
        match opened {
            Opened::Template(template) => {
                let name = if template.name.trim().is_empty() { stem(path) } else { template.name.clone() };
                Ok(vec![self.template_variant(name, origin, template)])
            }
            Opened::Claims(claims) => {
                let mut template = default_template();
                template.claims = claims;
                template.name = stem(path);
                Ok(vec![self.template_variant(stem(path), origin, template)])
            }
            Opened::Token(text) => {
                let tokens = unwrap::tokens(&text);
                let new = tokens.iter().map(|token| self.pasted(token, &token.decode(), &stem(path)));
                let new: Result<Vec<New>, Problem> = new.collect();
                let new = new.map_err(|problem| problem.placed(&file_name, None))?;
                Ok(new.into_iter().map(|new| New { origin: origin.clone(), ..new }).collect())
            }
            Opened::Comparison(file) => Ok(self.saved_variants(file.variants).0),
            Opened::Schema(_) => {
                let message = format!("{} is a schema, not a token or a template.", visible(&file_name));
                Err(Problem::new("file-kind", message).help("Open it on the Craft page to hold claims against it."))
            }
            Opened::Environment(_) => {
                let message = format!("{} holds variables, not a token or a template.", visible(&file_name));
                Err(Problem::new("file-kind", message).help("Open it on the Craft page to import them."))
            }
            Opened::Key(_) => {
                let message = format!("{} is a key, not a token or a template.", visible(&file_name));
                Err(Problem::new("file-kind", message)
                    .help("Open it on the Keys page; variants are then signed and verified with it."))
            }
        }
    }

    fn template_variant(&self, name: String, origin: VariantOrigin, template: TemplateFile) -> New {
        New { name, origin, key: self.key_for(&template), template: Arc::new(template), token: None }
    }

    /// The variants of a file that can be shown, and the place each has in it; says what cannot.
    fn saved_variants(&mut self, saved: Vec<SavedVariant>) -> (Vec<New>, Vec<usize>) {
        let mut new = Vec::new();
        let mut places = Vec::new();
        for (place, SavedVariant { name, source, file, content }) in saved.into_iter().enumerate() {
            let origin = match (source, file) {
                (Source::File, Some(file)) => VariantOrigin::File(PathBuf::from(file)),
                (Source::Token, _) => VariantOrigin::Token,
                // The draft is another one by now; what it was then is a copy.
                (Source::Draft | Source::Snapshot | Source::File, _) => VariantOrigin::Snapshot,
            };
            let variant = match content {
                Content::Template(template) => Ok(self.template_variant(name, origin, *template)),
                Content::Token(text) => {
                    let token = Bare { text, unprotected: None };
                    let read = self.pasted(&token, &token.decode(), &name).map(|new| New { origin, ..new });
                    read.map_err(|problem| problem.placed(&name, None))
                }
            };
            match variant {
                Ok(variant) => {
                    new.push(variant);
                    places.push(place);
                }
                Err(problem) => drop(self.complain(problem)),
            }
        }
        (new, places)
    }
}
