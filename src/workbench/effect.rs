//! What the workbench wants done elsewhere, and what came of it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::bench::{BenchInputs, Figures};
use super::bulk::{BulkEffect, BulkEvent};
use super::compare::derive::VariantInputs;
use super::compare::variant::{VariantFacts, VariantId};
use super::copying::{CopyKind, Stay};
use super::draft_export::DraftExport;
use super::facts::{Facts, Inputs};
use super::file_stamp::FileStamp;
use super::key_ring::KeyId;
use super::library::{LibraryEffect, LibraryEvent};
use super::login::{Heard, LoginInputs};
use super::reading::{Reading, ReadingInputs};
use super::recovery::{RecoveryEffect, RecoveryEvent};
use super::settings::Settings;
use super::timing::{Progress, SampleInputs};
use crate::bulk::plan::Form;
use crate::jose::doctor::{Diagnosis, Suspect};
use crate::jose::error::Problem;
use crate::jose::jwa::KeyKind;
use crate::jose::key::Key;
use crate::jose::secret::Secret;
use crate::jose::unwrap::Bare;
use crate::measure::login::plan::Plan;
use crate::measure::timing::Timing;
use crate::template::recognise::Opened;

/// Work for the edge: threads, files, the clipboard, the dice. Every effect ends in at most one kind of [`Event`].
#[derive(Debug)]
pub enum Effect {
    /// Derive the facts of a revision. A newer request makes an older one pointless.
    Derive(Box<Inputs>),
    /// Time the minting of a draft after `delay`, for `length`. A newer request ends an older one.
    Sample {
        /// What to mint.
        inputs: SampleInputs,
        /// Quiet time to wait for first.
        delay: Duration,
        /// How long to measure.
        length: Duration,
    },
    /// End the running measurement; what it has so far stays.
    StopSampling,
    /// Derive the facts of a variant. A newer request for the same variant makes an older one pointless.
    DeriveVariant(Box<VariantInputs>),
    /// Measure for the Compare and Timing pages. Ends one that runs; samples of the draft wait until it is done.
    Bench(Box<BenchInputs>),
    /// End that measurement; what it has so far stays.
    StopBench,
    /// Start the server of the login lab, in place of one that runs.
    StartLogin {
        /// What it mints.
        inputs: Box<LoginInputs>,
        /// Its threads.
        plan: Plan,
        /// The port; 0 for a free one.
        port: u16,
        /// Tells this server from one before it.
        ticket: u64,
    },
    /// Stop it; the port is free when the event comes.
    StopLogin,
    /// Open this address of the machine itself in the browser.
    Browse(String),
    /// Read a file that is to be a variant.
    OpenVariant(PathBuf),
    /// Write an export: a table, a picture, claims, a token.
    WriteExport {
        /// Where to.
        path: PathBuf,
        /// The whole file.
        bytes: Vec<u8>,
        /// What may be overwritten.
        over: Over,
        /// Mode 0600: nobody else may read it.
        private: bool,
    },
    /// Write the comparison.
    SaveComparison {
        /// Where to.
        path: PathBuf,
        /// The whole file.
        text: String,
        /// What may be overwritten.
        over: Over,
    },
    /// Write the runs that are kept.
    SaveRuns(Vec<super::runs::Run>),
    /// Draw a secret of so many bytes.
    GenerateSecret {
        /// Random bytes.
        bytes: usize,
    },
    /// Generate an asymmetric key pair.
    GenerateKey {
        /// The kind of key.
        kind: KeyKind,
        /// RSA modulus length; `None` for the other kinds.
        bits: Option<usize>,
        /// Tells this generation from one cancelled before it.
        ticket: u64,
    },
    /// Read the token under inspection. A newer request makes an older one pointless.
    Read(Box<ReadingInputs>),
    /// Find out why a signature does not match. A newer request ends an older one.
    Diagnose {
        /// Tells this visit from one before it.
        ticket: u64,
        /// The token.
        token: Bare,
        /// The keys that may have been meant.
        suspects: Vec<Suspect>,
    },
    /// End the diagnosis.
    StopDiagnosis,
    /// Decrypt a private key with its passphrase.
    DecryptKey {
        /// The file.
        key: Secret,
        /// The passphrase.
        passphrase: Secret,
        /// Tells this attempt from one given up before it.
        ticket: u64,
    },
    /// Read the text on the clipboard.
    ReadClipboard,
    /// Ask the user for a path, starting at this one.
    Pick(Pick, PathBuf),
    /// Read a file that may be a template, claims, a token or a key.
    Open(PathBuf),
    /// Read a file that is to be a key.
    OpenKey(PathBuf),
    /// Write a template.
    Save {
        /// Where to.
        path: PathBuf,
        /// The whole file.
        text: String,
        /// What may be overwritten.
        over: Over,
    },
    /// Write a key, mode 0600.
    WriteKey {
        /// Where to.
        path: PathBuf,
        /// PEM or JWK.
        text: Secret,
        /// What may be overwritten.
        over: Over,
    },
    /// Tell when this file changes on disk; `None` to watch nothing.
    Watch(Option<Origin>),
    /// Put a text on the clipboard, kept out of clipboard histories where the platform can.
    Copy {
        /// The text.
        text: Secret,
        /// What it is.
        what: CopyKind,
        /// How long it may stay there.
        stay: Stay,
    },
    /// Mint many.
    Bulk(BulkEffect),
    /// The folders of templates.
    Library(LibraryEffect),
    /// Drafts that were not saved.
    Recovery(RecoveryEffect),
    /// Write the settings.
    SaveSettings(Box<Settings>),
    /// Close the window.
    Quit,
}

/// What a file may take the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Whatever is there: the user was asked.
    Anything,
    /// The file that looked like this when it was read, or none.
    Known(FileStamp),
    /// Nothing: there must be no file.
    Nothing,
}

/// A file, and what it looked like when it was last read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Where it is.
    pub path: PathBuf,
    /// What it looked like; `None` when it is gone.
    pub stamp: Option<FileStamp>,
}

/// A question for a path, and what the path is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// A file to open: template, claims, token or key.
    Open,
    /// A file to save the template to.
    SaveAs,
    /// A key file to read.
    Key,
    /// A file for an exported key.
    ExportKey(KeyRef, KeyExport),
    /// Files to compare.
    AddVariants,
    /// A comparison to open.
    OpenComparison,
    /// A file to save the comparison to.
    SaveComparison,
    /// A file for a part of the draft.
    ExportDraft(DraftExport),
    /// A file for an export.
    Export(ExportForm),
    /// A file of rows to mint for.
    BulkRows,
    /// A file, or a folder, for the tokens of a run.
    BulkOutput(Form),
    /// A folder of templates.
    LibraryFolder,
}

impl Pick {
    /// Whether the path is a folder.
    pub const fn is_folder(self) -> bool {
        matches!(self, Self::LibraryFolder | Self::BulkOutput(Form::Folder))
    }
}

/// The form of an exported table or chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExportForm {
    /// Comma-separated values, times in nanoseconds.
    Csv,
    /// One JSON object, as `jwt-workbench measure --json` prints it.
    Json,
    /// Tables of Markdown.
    Markdown,
    /// A picture.
    Png,
}

impl ExportForm {
    /// What the user calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Json => "JSON",
            Self::Markdown => "Markdown",
            Self::Png => "PNG",
        }
    }

    /// How the file's name ends, without the period.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Markdown => "md",
            Self::Png => "png",
        }
    }
}

/// A key to be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyRef {
    /// The one that the draft is signed with.
    InUse,
    /// This one of the ring.
    Ring(KeyId),
}

/// The form of an exported key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyExport {
    /// With the private part.
    pub private: bool,
    /// JWK (RFC 7517) instead of PEM (RFC 7468).
    pub jwk: bool,
}

impl KeyExport {
    /// Whether there is such a form of `key`.
    pub fn fits(self, key: &Key) -> bool {
        match key.kind() {
            // A secret has no public half, and PEM has no form for it.
            KeyKind::Secret => self.private && self.jwk,
            _ => !self.private || key.is_private(),
        }
    }

    /// A file name that says what is inside.
    pub const fn file_name(self) -> &'static str {
        match (self.private, self.jwk) {
            (true, false) => "private-key.pem",
            (true, true) => "private-key.jwk.json",
            (false, false) => "public-key.pem",
            (false, true) => "public-key.jwk.json",
        }
    }
}

/// What came of an [`Effect`], or happened outside.
#[derive(Debug)]
pub enum Event {
    /// The desktop asks for less motion.
    MotionReduced,
    /// The server of the login lab was started, stopped, or failed.
    LoginServer(Heard),
    /// The facts of a revision, which may be older than the current one.
    Derived(Box<Facts>),
    /// A measurement so far.
    Sampled {
        /// The revision it belongs to.
        revision: u64,
        /// The figures so far.
        timing: Box<Timing>,
        /// How far it is; `None` when it ended.
        progress: Option<Progress>,
    },
    /// A measurement could not be made.
    SampleFailed {
        /// The revision it belongs to.
        revision: u64,
        /// Why.
        problem: Problem,
    },
    /// The facts of a variant, of the revision that was asked for.
    VariantDerived(VariantId, u64, Result<Arc<VariantFacts>, Problem>),
    /// A measurement for the Compare and Timing pages so far.
    Benched {
        /// The ticket of the request.
        ticket: u64,
        /// The figures so far; the same as before when `None`.
        figures: Option<Arc<Figures>>,
        /// How far it is; `None` when it ended.
        progress: Option<Progress>,
    },
    /// Such a measurement could not be made.
    BenchFailed {
        /// The ticket of the request.
        ticket: u64,
        /// Why.
        problem: Problem,
    },
    /// A file that is to be a variant was read, or why not.
    VariantOpened(PathBuf, Result<Box<Opened>, Problem>),
    /// An export was written, or why not.
    Exported(PathBuf, Result<(), SaveFailure>),
    /// The comparison was written, or why not.
    ComparisonSaved(PathBuf, Result<FileStamp, SaveFailure>),
    /// The runs that were kept before the program started, the newest first.
    RunsLoaded(Vec<super::runs::Run>),
    /// A secret was drawn.
    SecretGenerated(Result<Secret, Problem>),
    /// A key pair was generated.
    KeyGenerated {
        /// The ticket of the request.
        ticket: u64,
        /// The key.
        key: Result<Arc<Key>, Problem>,
    },
    /// A text was read; `None` when there was nothing in it.
    Read(u64, Option<Box<Reading>>),
    /// The key doctor has made so many attempts.
    Diagnosing {
        /// The ticket of the request.
        ticket: u64,
        /// Attempts so far.
        attempts: usize,
    },
    /// The key doctor is done.
    Diagnosed {
        /// The ticket of the request.
        ticket: u64,
        /// What it says.
        diagnosis: Box<Diagnosis>,
    },
    /// A key was decrypted, or not.
    KeyDecrypted {
        /// The ticket of the request.
        ticket: u64,
        /// The key.
        key: Result<Arc<Key>, Problem>,
    },
    /// What is on the clipboard.
    Clipboard(Result<String, Problem>),
    /// The user chose a path, or none.
    Picked(Pick, Option<PathBuf>),
    /// No dialog can be shown on this system: ask with a text field.
    PickUnavailable(Pick, PathBuf),
    /// A file was read, or why not.
    Opened(PathBuf, Result<(Box<Opened>, FileStamp), Problem>),
    /// A template was written, or why not.
    Saved(PathBuf, Result<FileStamp, SaveFailure>),
    /// A key was written, or why not.
    KeyWritten(PathBuf, Result<(), SaveFailure>),
    /// The open file was changed or removed by another program.
    ChangedOnDisk(Origin),
    /// About minting many.
    Bulk(BulkEvent),
    /// About the folders of templates.
    Library(LibraryEvent),
    /// About drafts that were not saved.
    Recovery(RecoveryEvent),
    /// A text is on the clipboard for so long, or why not.
    Copied(CopyKind, Result<Stay, Problem>),
    /// The settings were written, or why not.
    SettingsSaved(Result<(), Problem>),
    /// Something failed that belongs to no other event: the watcher, drafts that cannot be kept.
    Failed(Problem),
}

/// Why a file was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveFailure {
    /// The file on disk is not the one that was read; ask before overwriting it.
    Changed,
    /// There is a file already; ask before overwriting it.
    Exists,
    /// Anything else.
    Problem(Problem),
}

impl From<Problem> for SaveFailure {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}
