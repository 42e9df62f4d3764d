//! The system's file dialogs, one at a time and off the UI thread.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rfd::AsyncFileDialog;

use super::core_dumps::Readable;
use super::{Outbox, spawn};
use crate::bulk::plan::Form;
use crate::workbench::effect::{Event, Pick};

/// Nobody cancels a dialog this fast: an answer of nothing by then means that no dialog could be shown. The library
/// below cannot tell the two apart.
const TOO_FAST_FOR_A_HUMAN: Duration = Duration::from_millis(300);

/// Whether a dialog is open.
#[derive(Debug, Default)]
pub struct Dialogs {
    open: bool,
}

impl Dialogs {
    /// Shows a dialog and sends the answer; does nothing while another one is open.
    pub fn pick(&mut self, pick: Pick, start: PathBuf, outbox: &Outbox) {
        if self.open {
            return;
        }
        self.open = true;
        let start = std::path::absolute(&start).unwrap_or(start);
        if !can_be_shown() {
            outbox.send(Event::PickUnavailable(pick, start));
            return;
        }
        let dialog = dialog(pick, &start);
        let unavailable = {
            let start = start.clone();
            move |_| Event::PickUnavailable(pick, start.clone())
        };
        spawn("file-dialog", outbox.clone(), unavailable, move || {
            let started = Instant::now();
            let readable = Readable::begin();
            let path = pollster::block_on(answer(dialog, pick));
            drop(readable);
            if path.is_none() && started.elapsed() < TOO_FAST_FOR_A_HUMAN {
                return Some(Event::PickUnavailable(pick, start));
            }
            Some(Event::Picked(pick, path))
        });
    }

    /// To be called when an answer has come.
    pub fn closed(&mut self) {
        self.open = false;
    }
}

/// Whether a dialog has a chance: on Linux it needs a session bus for the desktop's portal, or zenity.
fn can_be_shown() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    let bus = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some()
        || runtime.is_some_and(|folder| folder.join("bus").exists());
    let path = std::env::var_os("PATH").unwrap_or_default();
    bus || std::env::split_paths(&path).any(|folder| folder.join("zenity").is_file())
}

async fn answer(dialog: AsyncFileDialog, pick: Pick) -> Option<PathBuf> {
    let file = match pick {
        Pick::Open | Pick::Key | Pick::AddVariants | Pick::OpenComparison | Pick::BulkRows => dialog.pick_file().await,
        Pick::BulkOutput(Form::Folder) | Pick::LibraryFolder => dialog.pick_folder().await,
        Pick::SaveAs
        | Pick::ExportKey(..)
        | Pick::SaveComparison
        | Pick::ExportDraft(_)
        | Pick::Export(_)
        | Pick::BulkOutput(_) => dialog.save_file().await,
    };
    file.map(|file| file.path().to_owned())
}

fn dialog(pick: Pick, start: &Path) -> AsyncFileDialog {
    let mut dialog = AsyncFileDialog::new();
    let folder = if start.is_dir() { Some(start) } else { start.parent() };
    if let Some(folder) = folder.filter(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    let is_saved = match pick {
        Pick::SaveAs | Pick::ExportKey(..) | Pick::SaveComparison | Pick::ExportDraft(_) | Pick::Export(_) => true,
        Pick::BulkOutput(form) => form != Form::Folder,
        Pick::Open | Pick::Key | Pick::AddVariants | Pick::OpenComparison | Pick::BulkRows | Pick::LibraryFolder => {
            false
        }
    };
    if let Some(name) = start.file_name().filter(|_| is_saved) {
        dialog = dialog.set_file_name(name.to_string_lossy());
    }
    match pick {
        Pick::Open => dialog
            .set_title("Open a template, claims, token or key")
            .add_filter("Templates and JSON", &["json", "bru", "jwt"])
            .add_filter("All files", &["*"]),
        Pick::SaveAs => dialog.set_title("Save the template").add_filter("Template", &["jwt.json", "json"]),
        Pick::Key => dialog
            .set_title("Open a key")
            .add_filter("Keys", &["pem", "key", "jwk", "json", "der", "p8", "pub"])
            .add_filter("All files", &["*"]),
        Pick::ExportKey(..) => dialog.set_title("Export the key"),
        Pick::AddVariants => dialog
            .set_title("Add a template, claims or token to the comparison")
            .add_filter("Templates and JSON", &["json"])
            .add_filter("All files", &["*"]),
        Pick::OpenComparison => dialog.set_title("Open a comparison").add_filter("Comparison", &["json"]),
        Pick::SaveComparison => {
            dialog.set_title("Save the comparison").add_filter("Comparison", &["jwt-compare.json", "json"])
        }
        Pick::BulkRows => dialog
            .set_title("Choose a file of rows")
            .add_filter("CSV and NDJSON", &["csv", "ndjson", "jsonl", "json", "txt"])
            .add_filter("All files", &["*"]),
        Pick::BulkOutput(Form::Folder) => dialog.set_title("Choose a folder for the tokens"),
        Pick::BulkOutput(_) => dialog.set_title("Mint into"),
        Pick::LibraryFolder => dialog.set_title("Choose a folder of templates"),
        Pick::ExportDraft(what) => dialog.set_title(what.title()).add_filter("File", &[what.extension()]),
        Pick::Export(form) => dialog.set_title("Export").add_filter(form.label(), &[form.extension()]),
    }
}
