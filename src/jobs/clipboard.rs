//! The clipboard, on a thread of its own: another program can keep it waiting for seconds.

use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::JoinHandle;

use arboard::{Error, Set};
use zeroize::Zeroizing;

use crate::jose::error::Problem;

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
/// runs; dropping it hands the text to the clipboard manager, when there is one.
#[derive(Debug)]
pub struct Clipboard {
    requests: Option<Sender<Request>>,
    thread: Option<JoinHandle<()>>,
}

type Answer<T> = Box<dyn FnOnce(Result<T, Problem>) + Send>;

enum Request {
    Copy { text: Zeroizing<String>, sensitivity: Sensitivity, answer: Answer<()> },
    Paste { answer: Answer<String> },
}

impl Clipboard {
    /// Starts the thread. The clipboard itself is opened by the first copy or paste.
    ///
    /// # Errors
    /// `thread` when the system gives no thread.
    pub fn start() -> Result<Self, Problem> {
        let (requests, inbox) = mpsc::channel();
        let thread =
            std::thread::Builder::new().name("clipboard".into()).spawn(move || serve(&inbox)).map_err(|error| {
                Problem::new("thread", format!("The clipboard cannot be used: {error}"))
                    .help("Close other programs and start again.")
            })?;
        Ok(Self { requests: Some(requests), thread: Some(thread) })
    }

    /// Copies `text`. `answer` is called on the clipboard's thread once it is there, or with the reason why not.
    pub fn copy(
        &self,
        text: Zeroizing<String>,
        sensitivity: Sensitivity,
        answer: impl FnOnce(Result<(), Problem>) + Send + 'static,
    ) {
        self.request(Request::Copy { text, sensitivity, answer: Box::new(answer) });
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

fn serve(inbox: &Receiver<Request>) {
    let mut open = None;
    while let Ok(request) = inbox.recv() {
        match request {
            Request::Copy { text, sensitivity, answer } => answer(copy(&mut open, &text, sensitivity)),
            Request::Paste { answer } => answer(paste(&mut open)),
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
        let clipboard = Clipboard::start().unwrap();
        let (sender, receiver) = mpsc::channel();
        let copied = sender.clone();
        clipboard.copy(Zeroizing::new("eyJ.x.y".to_owned()), Sensitivity::Secret, move |result| {
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
