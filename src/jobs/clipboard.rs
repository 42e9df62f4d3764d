//! The clipboard, on a thread of its own: another program can keep it waiting for seconds.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Instant;

use arboard::{Error, Set};
use zeroize::Zeroizing;

use super::clearing::Clearing;
use crate::jose::error::Problem;
use crate::workbench::copying::Stay;

/// How a text is handed to the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sensitivity {
    /// May be kept in clipboard histories.
    Plain,
    /// A token, a key or a secret: histories and cloud clipboards are asked to leave it out, where the platform
    /// has a way to ask.
    Secret,
}

/// The clipboard. On Linux the program that copied a text has to serve it, so keep this for as long as the program
/// runs; dropping it clears what is to be cleared then, and hands anything else to the clipboard manager, when there is
/// one. What a mouse has selected (the primary selection) is never touched.
#[derive(Debug)]
pub struct Clipboard {
    requests: Option<Sender<Request>>,
    thread: Option<JoinHandle<()>>,
}

type Answer<T> = Box<dyn FnOnce(Result<T, Problem>) + Send>;

enum Request {
    Copy { text: Zeroizing<String>, sensitivity: Sensitivity, stay: Stay, answer: Answer<()> },
    Paste { answer: Answer<String> },
}

impl Clipboard {
    /// Starts the thread. The clipboard itself is opened by the first copy or paste. `report` is called on it when
    /// something cannot be cleared.
    ///
    /// # Errors
    /// `thread` when the system gives no thread.
    pub fn start(report: impl Fn(Problem) + Send + 'static) -> Result<Self, Problem> {
        let (requests, inbox) = mpsc::channel();
        let desk = Desk { open: None, clearing: Clearing::default(), report };
        let thread = std::thread::Builder::new().name("clipboard".into()).spawn(move || desk.serve(&inbox)).map_err(
            |error| {
                Problem::new("thread", format!("The clipboard cannot be used: {error}"))
                    .help("Close other programs and start again.")
            },
        )?;
        Ok(Self { requests: Some(requests), thread: Some(thread) })
    }

    /// Copies `text`, which may stay for so long. `answer` is called on the clipboard's thread once it is there, or with
    /// the reason why not.
    pub fn copy(
        &self,
        text: Zeroizing<String>,
        sensitivity: Sensitivity,
        stay: Stay,
        answer: impl FnOnce(Result<(), Problem>) + Send + 'static,
    ) {
        self.request(Request::Copy { text, sensitivity, stay, answer: Box::new(answer) });
    }

    /// Reads the text on the clipboard. `answer` is called on the clipboard's thread.
    pub fn paste(&self, answer: impl FnOnce(Result<String, Problem>) + Send + 'static) {
        self.request(Request::Paste { answer: Box::new(answer) });
    }

    fn request(&self, request: Request) {
        let Some(requests) = &self.requests else { return };
        // The thread is gone only when the platform's clipboard code panicked: answer, so that nobody waits.
        if let Err(mpsc::SendError(request)) = requests.send(request) {
            match request {
                Request::Copy { answer, .. } => answer(Err(unreachable_clipboard())),
                Request::Paste { answer } => answer(Err(unreachable_clipboard())),
            }
        }
    }
}

impl Drop for Clipboard {
    fn drop(&mut self) {
        self.requests = None;
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

/// The thread's side.
struct Desk<R> {
    open: Option<arboard::Clipboard>,
    clearing: Clearing,
    report: R,
}

impl<R: Fn(Problem)> Desk<R> {
    fn serve(mut self, inbox: &Receiver<Request>) {
        while let Some(request) = self.next(inbox) {
            match request {
                Request::Copy { text, sensitivity, stay, answer } => {
                    let outcome = copy(&mut self.open, &text, sensitivity);
                    if outcome.is_ok() {
                        self.clearing.copied(&text, stay, Instant::now());
                    }
                    answer(outcome);
                }
                Request::Paste { answer } => answer(paste(&mut self.open)),
            }
        }
        if self.clearing.on_exit() {
            self.clear();
        }
    }

    /// The next request; what is due before it comes is cleared. Sleeps for ever while nothing is to be cleared.
    fn next(&mut self, inbox: &Receiver<Request>) -> Option<Request> {
        while let Some(due) = self.clearing.due() {
            match inbox.recv_timeout(due.saturating_duration_since(Instant::now())) {
                Ok(request) => return Some(request),
                Err(RecvTimeoutError::Timeout) => self.clear(),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        inbox.recv().ok()
    }

    /// Clears the clipboard if it holds what we put there, and nothing else.
    fn clear(&mut self) {
        // No text there, or none that can be read: somebody else has copied something.
        let is_ours = paste(&mut self.open).is_ok_and(|text| self.clearing.is_ours(&Zeroizing::new(text)));
        self.clearing.forget();
        if !is_ours {
            return;
        }
        let cleared = opened(&mut self.open).and_then(|open| open.clear().map_err(|error| problem(&error)));
        if cleared.is_err() {
            let problem = Problem::new("clipboard", "What was copied could not be cleared from the clipboard");
            (self.report)(problem.help("Copy something else in its place."));
        }
    }
}

fn copy(open: &mut Option<arboard::Clipboard>, text: &str, sensitivity: Sensitivity) -> Result<(), Problem> {
    let set = opened(open)?.set();
    let set = match sensitivity {
        Sensitivity::Plain => set,
        Sensitivity::Secret => keep_out_of_history(set),
    };
    set.text(text).map_err(|error| {
        *open = None;
        problem(&error)
    })
}

fn paste(open: &mut Option<arboard::Clipboard>) -> Result<String, Problem> {
    opened(open)?.get().text().map_err(|error| problem(&error))
}

fn opened(open: &mut Option<arboard::Clipboard>) -> Result<&mut arboard::Clipboard, Problem> {
    match open {
        Some(clipboard) => Ok(clipboard),
        None => Ok(open.insert(arboard::Clipboard::new().map_err(|error| problem(&error))?)),
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn keep_out_of_history(set: Set<'_>) -> Set<'_> {
    arboard::SetExtLinux::exclude_from_history(set)
}

#[cfg(target_os = "macos")]
fn keep_out_of_history(set: Set<'_>) -> Set<'_> {
    arboard::SetExtApple::exclude_from_history(set)
}

#[cfg(windows)]
fn keep_out_of_history(set: Set<'_>) -> Set<'_> {
    use arboard::SetExtWindows as _;
    set.exclude_from_history().exclude_from_cloud().exclude_from_monitoring()
}

fn problem(error: &Error) -> Problem {
    match error {
        Error::ContentNotAvailable => Problem::new("clipboard-empty", "There is no text on the clipboard")
            .help("Copy the text again, then paste."),
        Error::ClipboardOccupied => {
            Problem::new("clipboard-busy", "Another program is using the clipboard").help("Try again in a moment.")
        }
        _ => unreachable_clipboard(),
    }
}

fn unreachable_clipboard() -> Problem {
    Problem::new("clipboard", "The clipboard of this desktop cannot be reached")
        .help("Select the text and copy it with the keyboard, or save it to a file.")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs where there is a display; elsewhere it checks that the refusal is a clear one.
    #[test]
    fn a_copied_text_can_be_pasted_or_the_reason_is_told() {
        let clipboard = Clipboard::start(|_| ()).unwrap();
        let (sender, receiver) = mpsc::channel();
        let copied = sender.clone();
        clipboard.copy(Zeroizing::new("eyJ.x.y".to_owned()), Sensitivity::Secret, Stay::FOR_EVER, move |result| {
            copied.send(result.map(|()| "copied".to_owned())).unwrap();
        });
        clipboard.paste(move |result| sender.send(result).unwrap());
        let answers: Vec<_> = receiver.iter().take(2).collect();
        match &answers[0] {
            Ok(_) => assert_eq!(answers[1], Ok("eyJ.x.y".to_owned())),
            Err(problem) => assert_eq!(*problem, unreachable_clipboard()),
        }
    }
}
