//! What the user asks of the library, and what came of it.

use std::path::{Path, PathBuf};

use super::entry::{Entry, Listing, Shelf};
use super::{Library, LibraryCommand, LibraryEffect, LibraryEvent, file_name};
use crate::jose::error::Problem;
use crate::jose::secret::Secret;
use crate::jose::text::visible;
use crate::template::default::DEFAULT_TEMPLATE;
use crate::workbench::Workbench;
use crate::workbench::effect::{Effect, Origin, Over, Pick};
use crate::workbench::notice::Offer;
use crate::workbench::page::Page;

impl Workbench {
    /// The library.
    pub fn library(&self) -> &Library {
        &self.library
    }

    pub(in crate::workbench) fn apply_library(&mut self, command: LibraryCommand) -> Vec<Effect> {
        let effect = match command {
            LibraryCommand::Toggle => return self.toggle_library(),
            LibraryCommand::Show => {
                self.library.open = true;
                return self.follow_library();
            }
            LibraryCommand::Refresh => return self.follow_library(),
            LibraryCommand::ChooseFolder => return vec![self.pick(Pick::LibraryFolder)],
            LibraryCommand::UseFolder(folder) => LibraryEffect::AddFolder { folder, make: true },
            LibraryCommand::ForgetFolder(folder) => return self.forget_folder(&folder),
            LibraryCommand::MoveFolder(folder, place) => return self.move_folder(&folder, place),
            LibraryCommand::New(folder) => {
                LibraryEffect::Create { folder, stem: "new-template".to_owned(), text: self.new_template() }
            }
            LibraryCommand::SaveDraft(folder) => return self.save_draft_into(&folder),
            LibraryCommand::Duplicate(path) => LibraryEffect::Duplicate(path),
            LibraryCommand::Rename(path, typed) => return self.rename_template(path, &typed),
            LibraryCommand::Delete(path) => match self.check_not_saving(&path) {
                Ok(()) => LibraryEffect::Delete(path),
                Err(problem) => return self.complain(problem),
            },
            LibraryCommand::Restore(ticket) => return self.restore_template(ticket),
            LibraryCommand::Reveal(path) => LibraryEffect::Reveal(path),
        };
        vec![Effect::Library(effect)]
    }

    pub(in crate::workbench) fn on_library(&mut self, event: LibraryEvent) -> Vec<Effect> {
        match event {
            LibraryEvent::Listed(listing) => self.on_listed(*listing),
            LibraryEvent::FolderAdded(folder) => return self.on_folder_added(folder),
            LibraryEvent::Created(path) => self.library.greet(path),
            LibraryEvent::Renamed { from, to, name } => return self.on_renamed(&from, to, name),
            LibraryEvent::Deleted(path, bytes) => return self.on_deleted(path, bytes),
            LibraryEvent::Restored { ticket, path, stamp } => {
                return self.on_restored(ticket, Origin { path, stamp: Some(stamp) });
            }
            LibraryEvent::Failed(problem) => return self.complain(problem),
        }
        Vec::new()
    }

    /// Reads the folders and watches them, while the panel is open or the settings tell of them.
    pub(in crate::workbench) fn follow_library(&self) -> Vec<Effect> {
        let is_told = self.settings.page == Page::Settings && !self.settings.library.folders.is_empty();
        let effect = if self.library.open || is_told {
            LibraryEffect::Follow(self.settings.library.folders.clone())
        } else {
            LibraryEffect::Rest
        };
        // A library that was never opened costs nothing.
        let idle = !self.library.open && !is_told && self.library.revision == 0;
        if idle { Vec::new() } else { vec![Effect::Library(effect)] }
    }

    /// From another page the panel is shown, not hidden: there it cannot be seen.
    fn toggle_library(&mut self) -> Vec<Effect> {
        let elsewhere = self.settings.page != Page::Craft;
        self.library.open = elsewhere || !self.library.open;
        self.settings.page = Page::Craft;
        self.settings.library.open = self.library.open;
        let mut effects = self.follow_library();
        effects.push(self.save_settings());
        effects
    }

    fn on_listed(&mut self, listing: Listing) {
        // One of other folders is followed by that of these.
        if listing.is_of(&self.settings.library.folders) {
            self.library.listing = listing;
            self.library.revision += 1;
        }
    }

    fn on_folder_added(&mut self, folder: PathBuf) -> Vec<Effect> {
        if folder.to_str().is_none() {
            let message = "The name of this folder is not Unicode text, so the settings cannot hold it";
            return self
                .complain(Problem::new("folder-name", message).help("Rename the folder, or choose another one."));
        }
        if self.settings.library.folders.contains(&folder) {
            self.notices.info("This folder is in the library already.", "", None, self.now);
            return Vec::new();
        }
        self.settings.library.folders.push(folder);
        self.folders_changed()
    }

    fn forget_folder(&mut self, folder: &Path) -> Vec<Effect> {
        self.settings.library.folders.retain(|known| known != folder);
        self.folders_changed()
    }

    fn move_folder(&mut self, folder: &Path, place: usize) -> Vec<Effect> {
        let folders = &mut self.settings.library.folders;
        let Some(before) = folders.iter().position(|known| known == folder) else { return Vec::new() };
        let folder = folders.remove(before);
        folders.insert(place.min(folders.len()), folder);
        self.folders_changed()
    }

    fn folders_changed(&self) -> Vec<Effect> {
        let mut effects = self.follow_library();
        effects.push(self.save_settings());
        effects
    }

    /// The template of a new draft under a name that says that it wants another one.
    fn new_template(&self) -> String {
        let mut template = self.settings.new_drafts.template();
        template.name = "New template".to_owned();
        template.description.clear();
        template.to_text().unwrap_or_else(|_| DEFAULT_TEMPLATE.to_owned())
    }

    fn save_draft_into(&mut self, folder: &Path) -> Vec<Effect> {
        let stem = file_name::slug(&self.draft.template().name);
        let path = self.library.free_path(folder, &stem);
        self.library.greet(path.clone());
        self.save_to(path, Over::Nothing)
    }

    fn rename_template(&mut self, path: PathBuf, typed: &str) -> Vec<Effect> {
        let Some(entry) = self.library.entry(&path) else { return Vec::new() };
        if entry.changeable_name() == typed.trim() {
            return Vec::new();
        }
        let name = entry.summary().map_or("", |summary| &summary.name);
        let renamed = file_name::renamed(&entry.stem(), name, typed);
        match renamed.and_then(|renamed| self.check_not_saving(&path).map(|()| renamed)) {
            Ok(renamed) => {
                vec![Effect::Library(LibraryEffect::Rename { path, stem: renamed.stem, name: renamed.name })]
            }
            Err(problem) => self.complain(problem),
        }
    }

    /// A file that is being written would come back under its old name.
    fn check_not_saving(&self, path: &Path) -> Result<(), Problem> {
        if self.filing.saving.is_some() && self.draft.path() == Some(path) {
            return Err(Problem::new("file-busy", "This template is being saved").help("Try again in a moment."));
        }
        Ok(())
    }

    /// The draft follows its file.
    fn on_renamed(&mut self, from: &Path, to: Origin, name: Option<String>) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.library.moved = Some((from.to_owned(), to.path.clone()));
        if let Some(recent) = self.settings.recent_files.iter_mut().find(|recent| *recent == from) {
            recent.clone_from(&to.path);
            effects.push(self.save_settings());
        }
        if self.draft.path() == Some(from) {
            self.notices.drop_offers();
            self.draft.moved(to.clone(), name);
            effects.push(Effect::Watch(Some(to)));
        }
        effects
    }

    /// The draft stays, and is all there is of it.
    fn on_deleted(&mut self, path: PathBuf, bytes: Option<Secret>) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.draft.path() == Some(path.as_path()) {
            self.notices.drop_offers();
            self.draft.lose_file();
            effects.push(Effect::Watch(None));
        }
        let text = format!("{} is in the trash.", visible(&file_name::stem(&path)));
        let offer = bytes.map(|bytes| Offer::RestoreTemplate(self.library.bury(path, bytes)));
        self.notices.info(text, "", offer, self.now);
        effects
    }

    fn restore_template(&mut self, ticket: u64) -> Vec<Effect> {
        self.notices.drop_offer(Offer::RestoreTemplate(ticket));
        let deleted = self.library.deleted.iter().find(|deleted| deleted.ticket == ticket);
        let restore = deleted.map(|deleted| LibraryEffect::Restore {
            ticket,
            path: deleted.path.clone(),
            bytes: deleted.bytes.clone(),
        });
        restore.map(Effect::Library).into_iter().collect()
    }

    fn on_restored(&mut self, ticket: u64, origin: Origin) -> Vec<Effect> {
        self.library.deleted.retain(|deleted| deleted.ticket != ticket);
        self.notices.done(format!("{} is back.", visible(&file_name::stem(&origin.path))), self.now);
        let own = self.draft.find_file(&origin);
        own.then_some(Effect::Watch(Some(origin))).into_iter().collect()
    }
}

impl Library {
    /// A path in a folder that no listed file has.
    fn free_path(&self, folder: &Path, stem: &str) -> PathBuf {
        let path = |number: usize| match number {
            1 => file_name::in_folder(folder, stem),
            _ => file_name::in_folder(folder, &format!("{stem}-{number}")),
        };
        (1..).map(path).find(|path| self.entry(path).is_none()).unwrap_or_else(|| path(1))
    }

    /// The folder that new templates go to: that of this file where it is in the library, else the first.
    pub fn folder_for_new(&self, near: Option<&Path>) -> Option<PathBuf> {
        let beside = near.and_then(|path| self.entry(path)).and_then(|entry: &Entry| entry.path.parent());
        let first = || self.shelves().iter().find(|shelf| shelf.problem.is_none()).map(|shelf: &Shelf| &*shelf.folder);
        beside.or_else(first).map(Path::to_owned)
    }
}
