//! Everything a user can ask for, with its data.

use std::path::PathBuf;

use super::bench::Bench;
use super::bulk::BulkCommand;
use super::compare::variant::VariantId;
use super::compare::what_if::Changes;
use super::draft_export::DraftExport;
use super::effect::{ExportForm, KeyExport, KeyRef};
use super::exercises::exercise::{Exercise, Start};
use super::exercises::form::{Form, Judgement};
use super::expiry::Expiry;
use super::importing::ImportCommand;
use super::inspection::KeyPick;
use super::key_ring::KeyId;
use super::library::LibraryCommand;
use super::minted_tokens::{MintedCommand, MintedId};
use super::page::Page;
use super::recovery::{DraftId, RecoveryCommand};
use super::runs::RunId;
use super::settings::{Motion, SettingsCommand, Theme};
use crate::findings::Finding;
use crate::jose::json::Serialization;
use crate::jose::jwa::{Algorithm, KeyKind};
use crate::jose::secret::{Secret, SecretEncoding};
use crate::jose::verify::Expectations;
use crate::measure::budget::Budget;
use crate::measure::login::exchange::Route;
use crate::measure::login::network::{Network, Profile};
use crate::measure::login::plan::Plan;

/// One wish of the user, by what it is about.
#[derive(Clone, Debug)]
pub enum Command {
    /// Change the draft.
    Draft(DraftCommand),
    /// Change or use the keys.
    Key(KeyCommand),
    /// Open, save, close.
    File(FileCommand),
    /// Measure.
    Timing(TimingCommand),
    /// Look at a token that was made elsewhere.
    Inspect(InspectCommand),
    /// Compare variants.
    Compare(CompareCommand),
    /// Measure for the Compare and Timing pages.
    Bench(BenchCommand),
    /// The login lab.
    Login(LoginCommand),
    /// The exercises.
    Exercise(ExerciseCommand),
    /// Mint many.
    Bulk(BulkCommand),
    /// The templates of the user.
    Library(LibraryCommand),
    /// Make a draft, variables or a schema of something else.
    Import(ImportCommand),
    /// The tokens that were minted.
    Minted(MintedCommand),
    /// Drafts that were not saved.
    Recovery(RecoveryCommand),
    /// Choose what holds for the whole program.
    Settings(SettingsCommand),
    /// Put something on the clipboard.
    Copy(Copied),
    /// Change how the program looks; never the draft.
    View(ViewCommand),
}

/// The two texts of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The JOSE header (RFC 7515 §4).
    Header,
    /// The claims (RFC 7519 §4).
    Claims,
}

/// Changes of the draft. Each is one step of undo; typing is joined into runs.
#[derive(Clone, Debug)]
pub enum DraftCommand {
    /// The text as the user has typed it.
    Type(Part, String),
    /// Lay the text out over lines, two spaces a level.
    Format(Part),
    /// Remove white space.
    Minify(Part),
    /// Add a claim at the end, with a name that is free.
    AddClaim,
    /// Give the claim at this place another name.
    RenameClaim(usize, String),
    /// Give the claim at this place another value, as JSON text.
    SetClaim(usize, String),
    /// Remove the claim at this place.
    RemoveClaim(usize),
    /// Move a claim from one place to another.
    MoveClaim(usize, usize),
    /// Set or remove `exp`.
    SetExpiry(Expiry),
    /// Set `alg` in the header.
    SetAlgorithm(Algorithm),
    /// Set a text member of the header, or remove it when empty.
    SetHeaderText(&'static str, String),
    /// Choose how the payload is written.
    SetSerialization(Serialization),
    /// Hold the claims against no schema any more.
    RemoveSchema,
    /// Declare a variable with a name that is free.
    AddVariable,
    /// Declare a variable or change its value.
    SetVariable {
        /// Its name.
        name: String,
        /// Its value.
        text: String,
        /// Whether the value is JSON rather than text.
        json: bool,
    },
    /// Say what the variable of this name is for.
    DescribeVariable(String, String),
    /// Give the variable of the first name the second one, in the texts too.
    RenameVariable(String, String),
    /// Remove a variable.
    RemoveVariable(String),
    /// Take the last step back.
    Undo,
    /// Do the last undone step again.
    Redo,
    /// Mint again with a new `now`, identifiers and random values.
    MintAgain,
    /// Do what this finding offers.
    Fix(Box<Finding>),
    /// Do not show this finding again.
    Mute(Box<Finding>),
    /// Show the muted findings again.
    Unmute,
}

/// Changes and uses of the keys.
#[derive(Clone, Debug)]
pub enum KeyCommand {
    /// The secret as typed.
    SetSecret(Secret),
    /// How the typed secret stands for bytes.
    SetSecretEncoding(SecretEncoding),
    /// Draw a secret that fits the algorithm.
    GenerateSecret,
    /// Generate a key pair; RSA takes its length in bits.
    Generate(KeyKind, Option<usize>),
    /// Forget about the running generation.
    CancelGeneration,
    /// Read a key from text (PEM, JWK).
    Paste(Secret),
    /// Ask for a key file.
    Open,
    /// Sign with no key of this kind; it stays on the ring.
    Remove(KeyKind),
    /// Sign with this key of the ring.
    Use(KeyId),
    /// Give a key of the ring another name.
    Rename(KeyId, String),
    /// Drop a key of the ring and wipe it.
    Forget(KeyId),
    /// Put the public part of a key on the ring.
    DerivePublic(KeyId),
    /// Ask where to export a key.
    Export(KeyRef, KeyExport),
    /// The passphrase of the key that is being opened.
    Unlock(Secret),
    /// Leave the encrypted key alone.
    CancelUnlock,
}

/// Looking at a token that was made elsewhere. None of these changes the draft, except the last two.
#[derive(Clone, Debug)]
pub enum InspectCommand {
    /// The text as pasted or typed.
    SetText(String),
    /// Drop the text and everything read from it.
    Clear,
    /// Replace the text by what is on the clipboard.
    PasteFresh,
    /// Look at another signature of the same payload, counted from 0.
    ChooseSignature(usize),
    /// Verify with this key.
    UseKey(KeyPick),
    /// The secret to verify with, as typed.
    SetSecret(Secret),
    /// How that secret stands for bytes.
    SetSecretEncoding(SecretEncoding),
    /// Hold the token against this instant, seconds since 1970 UTC; `None` for the clock.
    SetNow(Option<i64>),
    /// How many seconds the clocks may differ.
    SetLeeway(u64),
    /// What the receiver expects.
    Expect(Expectations),
    /// Find out why the signature does not match.
    Diagnose,
    /// Enough of that.
    StopDiagnosis,
    /// Verify with what the key doctor found.
    TakeDiagnosis,
    /// Do what this finding offers, to the text or the typed secret.
    Fix(Box<Finding>),
    /// Do not show this finding again.
    Mute(Box<Finding>),
    /// Show the muted findings again.
    Unmute,
    /// The text is no token: open it where it belongs.
    OpenInstead,
    /// Look at the token of the draft.
    InspectDraft,
    /// Make header, claims and key a draft, byte for byte.
    EditInCraft,
}

/// Files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileCommand {
    /// A new draft: the default template.
    New,
    /// A new draft from the example of this file name.
    NewFromExample(&'static str),
    /// The draft that an exercise begins with.
    StartExercise(Start),
    /// Ask for a file.
    Open,
    /// Open this file.
    OpenPath(PathBuf),
    /// Save to the draft's file, asking for one if it has none.
    Save,
    /// Ask for a file and save to it.
    SaveAs,
    /// Ask for a file and write this of the draft to it; the draft keeps its own.
    Export(DraftExport),
    /// Read the draft's file again, dropping what is unsaved.
    Reload,
    /// Go on with the file that was opened while the draft was unsaved.
    TakeOpened,
    /// Go on with a draft that was not saved in place of this one.
    OpenKept(DraftId),
    /// Go on with the inspected token in place of the draft.
    TakeInspected,
    /// Go on with this variant of the comparison in place of the draft.
    TakeVariant(VariantId),
    /// Go on with the draft that this token was minted from.
    TakeMinted(MintedId),
    /// Close the window.
    Quit,
    /// Answer the open question.
    Answer(Answer),
    /// The path typed in answer to [`Question::Path`](super::question::Question::Path).
    AnswerPath(PathBuf),
    /// Take this file out of the recent ones.
    ForgetRecent(PathBuf),
}

/// Answers to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Save first, then go on; or overwrite.
    Save,
    /// Go on without saving; or reload from disk.
    Discard,
    /// Leave everything as it is.
    Cancel,
}

/// Measuring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimingCommand {
    /// Measure for some seconds.
    Measure,
    /// End the running measurement.
    Cancel,
}

/// Variants side by side. None of these changes the draft, except [`CompareCommand::ApplyWhatIf`] on the draft's own
/// variant and [`CompareCommand::OpenInCraft`].
#[derive(Clone, Debug)]
pub enum CompareCommand {
    /// Add the draft, to be followed as it changes.
    AddDraft,
    /// Add the draft as it is now.
    AddSnapshot,
    /// Ask for files and add them.
    AddFiles,
    /// Add this file: a template, claims or a token.
    AddFile(PathBuf),
    /// Add every token in a pasted text.
    AddTokens(String),
    /// Add the token on the Inspect page.
    AddInspected,
    /// Add a copy below.
    Duplicate(VariantId),
    /// Remove it.
    Remove(VariantId),
    /// Put back what was removed last.
    RestoreRemoved,
    /// Call it something else.
    Rename(VariantId, String),
    /// Move it to this place in the table.
    Move(VariantId, usize),
    /// Hold the others against it.
    SetBaseline(VariantId),
    /// Show its costs.
    Select(VariantId),
    /// Make it the draft.
    OpenInCraft(VariantId),
    /// Add a variant of the selected one that has these claims only.
    Minimise(Vec<String>),
    /// Look at these changes of the selected variant.
    WhatIf(Changes),
    /// Make the changes.
    ApplyWhatIf,
    /// Add what would come of the changes as a variant.
    KeepWhatIf,
    /// Remove all variants, and start with the draft again.
    Clear,
    /// Save all variants to the comparison's file, asking for one if it has none.
    Save,
    /// Ask for a file and save to it.
    SaveAs,
    /// Ask for a comparison file and open it.
    Open,
    /// Ask for a file and write the table to it.
    Export(ExportForm),
}

/// Measuring for the Compare and Timing pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BenchCommand {
    /// Measure; a measurement that runs is ended.
    Measure(Bench),
    /// End the running measurement; what it has so far stays.
    Stop,
    /// How long to take samples, in seconds from 1 to 600.
    SetSeconds(u64),
    /// Measure the growth of these algorithms.
    SetGrowth(Vec<Algorithm>),
    /// Keep the newest figures of a kind as a run of this name.
    Keep(Bench, String),
    /// Call a run something else.
    RenameRun(RunId, String),
    /// Drop a run.
    ForgetRun(RunId),
    /// Ask for a file and write the newest figures of a kind to it.
    Export(Bench, ExportForm),
    /// Ask for a file and write a run to it.
    ExportRun(RunId, ExportForm),
    /// Ask for a file and write this picture of a chart to it, a PNG.
    ExportPicture(Vec<u8>),
}

/// The login lab. It is measured with [`BenchCommand::Measure`] of [`Bench::Login`].
#[derive(Clone, Debug, PartialEq)]
pub enum LoginCommand {
    /// Start the server, or start it again with what is minted now.
    Start,
    /// Stop it, and what measures it; the port is free at once.
    Stop,
    /// How it is to be measured; every figure is kept in its range.
    SetPlan(Plan),
    /// The port to listen at; 0 for a free one.
    SetPort(u16),
    /// What is minted; `None` for the draft.
    SetSubject(Option<VariantId>),
    /// The network that the way of the answer is modelled for.
    SetProfile(Profile),
    /// The figures of the user's own network.
    SetOwnNetwork(Network),
    /// Later requests that carry the token, 1 to 1,000,000.
    SetLaterRequests(u32),
    /// Copy a curl command for this path of the server, such as `/login`.
    CopyCurl(Route),
    /// Open the server's page in the browser.
    OpenInBrowser,
}

/// The exercises. None of these changes a draft of the user's own without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExerciseCommand {
    /// Open the panel.
    Open,
    /// Close it; nothing is checked any more.
    Close,
    /// Show this exercise.
    Choose(Exercise),
    /// Take the draft that it begins with.
    Start(Start),
    /// Show its hint.
    ShowHint(Exercise),
    /// Show its solution.
    ShowSolution(Exercise),
    /// Say what is to be thought of a form.
    Answer(Form, Judgement),
    /// Do it, to the draft that the exercise began.
    DoIt(Exercise),
    /// Put the user's own secret back in place of that of an exercise.
    PutSecretBack,
    /// Forget which exercises are solved.
    ResetProgress,
}

/// What can be copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Copied {
    /// The token.
    Token,
    /// `Authorization: Bearer` and the token (RFC 6750 §2.1).
    Bearer,
    /// A curl command that sends the token.
    Curl,
    /// A single value.
    Value(String),
    /// Where a value stands in a text, or where a file is.
    Path(String),
    /// The secret, as typed.
    Secret,
    /// A key.
    Key(KeyRef, KeyExport),
    /// The verdict on the inspected token and every check, without the token.
    Report,
    /// The draft as code.
    Code(String),
}

/// How the program looks.
#[derive(Clone, Debug, PartialEq)]
pub enum ViewCommand {
    /// Go to a page.
    Page(Page),
    /// Choose light or dark.
    Theme(Theme),
    /// Choose whether things move by themselves.
    Motion(Motion),
    /// Choose the UI scale, 1 being the designed size.
    Scale(f32),
    /// Choose the budget that sizes are held against.
    Budget(Budget),
    /// Remember the size of the window, in points.
    WindowSize(f32, f32),
    /// Close a notice.
    DismissNotice(u64),
}
