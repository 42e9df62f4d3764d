//! The draft: two JSON texts exactly as typed, and where they came from.

use std::path::{Path, PathBuf};

use super::command::Part;
use super::effect::Origin;
use super::history::{History, TextChange};
use super::library::file_name;
use super::muted::Muted;
use crate::template::file::TemplateFile;

/// A template that is being worked on.
#[derive(Debug)]
pub struct Draft {
    pub(super) template: TemplateFile,
    pub(super) history: History,
    pub(super) muted: Muted,
    /// What is on disk, or what it began as; `None` when that is not known.
    saved: Option<TemplateFile>,
    origin: Option<Origin>,
    /// The file that was its own and is in the trash now.
    lost: Option<PathBuf>,
    born: u64,
    revision: u64,
    unsaved: bool,
}

impl Draft {
    /// A draft of this template; `origin` is the file it was read from.
    pub fn new(template: TemplateFile, origin: Option<Origin>, revision: u64) -> Self {
        Self {
            saved: Some(template.clone()),
            template,
            history: History::default(),
            muted: Muted::default(),
            origin,
            lost: None,
            born: revision,
            revision,
            unsaved: false,
        }
    }

    /// Counts every change; facts carry the revision they belong to.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The revision it began with, which no other draft has.
    pub(super) fn born(&self) -> u64 {
        self.born
    }

    /// The header or the claims, as typed.
    pub fn text(&self, part: Part) -> &str {
        match part {
            Part::Header => &self.template.header,
            Part::Claims => &self.template.claims,
        }
    }

    /// The template as it would be saved.
    pub fn template(&self) -> &TemplateFile {
        &self.template
    }

    /// Undo and redo.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The file, once there is one.
    pub fn path(&self) -> Option<&Path> {
        self.origin.as_ref().map(|origin| origin.path.as_path())
    }

    /// The file and what it looked like when it was last read or written.
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// Whether it differs from what is on disk, or from what it began as.
    pub fn is_unsaved(&self) -> bool {
        self.unsaved || self.lost.is_some()
    }

    /// The name to show: the file's, else the template's.
    pub fn title(&self) -> String {
        let file = self.path().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        file.unwrap_or_else(|| {
            if self.template.name.is_empty() { "Untitled".to_owned() } else { self.template.name.clone() }
        })
    }

    /// A file name for a draft that has none yet.
    pub fn suggested_file_name(&self) -> String {
        format!("{}{}", file_name::slug(&self.template.name), file_name::ENDING)
    }

    /// Makes a text change without recording it.
    pub(super) fn change_text(&mut self, change: &TextChange) {
        let text = match change.part {
            Part::Header => &mut self.template.header,
            Part::Claims => &mut self.template.claims,
        };
        change.apply(text);
    }

    /// To be called after every change.
    pub(super) fn touch(&mut self) {
        self.revision += 1;
        if self.origin.is_none()
            && let Some(saved) = &mut self.saved
        {
            // Without a file, what the template says about the typed secret is nothing to lose.
            saved.key = self.template.key.clone();
        }
        self.unsaved = self.saved.as_ref() != Some(&self.template);
    }

    /// Nobody knows whether this is what is on disk: it is unsaved until it is saved.
    pub(super) fn was_never_saved(&mut self) {
        self.saved = None;
        self.unsaved = true;
    }

    /// `saved` is on disk now; the draft may have changed since.
    pub(super) fn saved_as(&mut self, origin: Origin, saved: TemplateFile) {
        self.origin = Some(origin);
        self.lost = None;
        self.unsaved = self.template != saved;
        self.saved = Some(saved);
    }

    /// Its file is elsewhere now, and may have another name in it.
    pub(super) fn moved(&mut self, to: Origin, name: Option<String>) {
        self.origin = Some(to);
        if let Some(name) = name {
            if let Some(saved) = &mut self.saved {
                saved.name.clone_from(&name);
            }
            self.template.name = name;
        }
    }

    /// Its file is in the trash: the draft is all there is.
    pub(super) fn lose_file(&mut self) {
        self.lost = self.origin.take().map(|origin| origin.path);
    }

    /// The file is back from the trash, as it was. Returns whether it is the draft's own.
    pub(super) fn find_file(&mut self, origin: &Origin) -> bool {
        let found = self.lost.take_if(|lost| *lost == origin.path).is_some();
        if found {
            self.origin = Some(origin.clone());
        }
        found
    }
}
