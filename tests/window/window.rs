//! The program in a real window, used with keyboard and mouse as a person does.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::display::Display;

/// How long anything may take to show up.
const PATIENCE: Duration = Duration::from_secs(20);

/// A place on the rail where nothing stands: it has a colour as soon as anything is drawn, and another one behind a dialog.
const RAIL: (u32, u32) = (4, 500);
/// A place on the upper edge of the command palette, above its letters.
const PALETTE: (u32, u32) = (640, 76);

/// A running program with a display and a home of its own; all of it ends when this is dropped.
///
/// When a test fails, a picture of the window and what the program said stay in `target/tmp/window`.
pub(crate) struct Window {
    program: Child,
    display: Display,
    home: TempDir,
    name: String,
    /// From the start of the program to the first pixels on the display.
    pub(crate) first_frame: Duration,
}

impl Window {
    /// Starts the program, waits until it has drawn and has the keyboard. `name` is for the pictures.
    pub(crate) fn start(name: &str, arguments: &[&str]) -> Self {
        Self::start_with(name, arguments, "{}")
    }

    /// Starts it with a settings file.
    pub(crate) fn start_with(name: &str, arguments: &[&str], settings: &str) -> Self {
        let display = Display::start();
        let home = TempDir::new().expect("a temporary home");
        let folder = home.path().join("config/jwt-workbench");
        fs::create_dir_all(&folder).expect("a folder for the settings");
        fs::write(folder.join("settings.json"), settings).expect("the settings are written");
        let start = Instant::now();
        let program = spawn(&display, home.path(), arguments);
        let mut window = Self { program, display, home, name: name.to_owned(), first_frame: Duration::ZERO };
        while window.display.pixel(RAIL.0, RAIL.1) == [0; 3] {
            window.assert_alive("the first frame");
            assert!(start.elapsed() < PATIENCE, "no frame was drawn");
            thread::sleep(Duration::from_millis(2));
        }
        window.first_frame = start.elapsed();
        window.take_keyboard();
        window
    }

    /// Kills the program without a warning, and starts it again in the same home.
    pub(crate) fn kill_and_restart(&mut self) {
        self.program.kill().expect("the program can be killed");
        self.program.wait().expect("the program can be waited for");
        self.program = spawn(&self.display, self.home.path(), &[]);
        self.take_keyboard();
        self.settle();
    }

    fn take_keyboard(&self) {
        let process = self.program.id().to_string();
        let id = self.xdotool(&["search", "--sync", "--onlyvisible", "--pid", &process]);
        self.xdotool(&["windowfocus", "--sync", id.trim()]);
    }

    /// The home of the program.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Presses keys together: `ctrl+shift+c`.
    pub(crate) fn key(&self, keys: &str) {
        self.xdotool(&["key", "--clearmodifiers", keys]);
    }

    /// Types a text, one key after the other.
    pub(crate) fn type_text(&self, text: &str) {
        self.xdotool(&["type", "--delay", "8", "--", text]);
    }

    /// Clicks at a place, in pixels from the top left corner.
    pub(crate) fn click(&self, x: u32, y: u32) {
        self.xdotool(&["mousemove", "--sync", &x.to_string(), &y.to_string(), "click", "1"]);
    }

    /// Runs an action by its name through the command palette.
    #[track_caller]
    pub(crate) fn action(&mut self, name: &str) {
        let open = self.display.pixel(RAIL.0, RAIL.1);
        self.key("ctrl+k");
        self.wait_until("the palette", PATIENCE, |window| window.display.pixel(RAIL.0, RAIL.1) != open);
        self.type_text(name);
        let palette = self.display.pixel(PALETTE.0, PALETTE.1);
        self.key("Return");
        // The window is bright again, or a dialog has followed at once and what the palette covered is dim.
        let is_gone = |window: &mut Self| {
            let at = |(x, y)| window.display.pixel(x, y);
            at(RAIL) == open || at(PALETTE) != palette
        };
        self.wait_until("the end of the palette", PATIENCE, is_gone);
        // A frame comes from top to bottom: the rail may still be that of the one before, and the keyboard too.
        std::thread::sleep(Duration::from_millis(300));
    }

    /// The text on the clipboard; empty when there is none.
    pub(crate) fn clipboard(&self) -> String {
        let output = Command::new("xclip")
            .args(["-selection", "clipboard", "-out"])
            .env("DISPLAY", &self.display.name)
            .output()
            .expect("xclip runs");
        String::from_utf8(output.stdout).expect("text is copied as UTF-8")
    }

    /// Puts a text on the clipboard, as another program does.
    pub(crate) fn put_on_clipboard(&self, text: &str) {
        let mut xclip = Command::new("xclip")
            .args(["-selection", "clipboard", "-in"])
            .env("DISPLAY", &self.display.name)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("xclip starts");
        let mut input = xclip.stdin.take().expect("the text goes through a pipe");
        input.write_all(text.as_bytes()).expect("xclip reads the text");
        drop(input);
        // It leaves a process behind that serves the text.
        assert!(xclip.wait().expect("xclip ends").success());
    }

    /// Copies with `copy` again and again until the clipboard holds what is wanted.
    #[track_caller]
    pub(crate) fn copied(&mut self, what: &str, copy: impl Fn(&mut Self), wanted: impl Fn(&str) -> bool) -> String {
        let mut text = String::new();
        self.wait_until(what, PATIENCE, |window| {
            copy(window);
            thread::sleep(Duration::from_millis(150));
            text = window.clipboard();
            wanted(&text)
        });
        text
    }

    /// Waits for something to become true.
    #[track_caller]
    pub(crate) fn wait_until(&mut self, what: &str, patience: Duration, mut is_so: impl FnMut(&mut Self) -> bool) {
        let start = Instant::now();
        while !is_so(self) {
            self.assert_alive(what);
            assert!(start.elapsed() < patience, "still waiting for {what} after {patience:?}");
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Waits until the program has ended by itself, and gives everything it wrote into its home.
    #[track_caller]
    pub(crate) fn ended(&mut self) -> Vec<(PathBuf, Vec<u8>)> {
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.program.try_wait().expect("the program can be waited for") {
                break status;
            }
            assert!(start.elapsed() < PATIENCE, "the program does not end");
            thread::sleep(Duration::from_millis(20));
        };
        assert!(status.success(), "the program ended with {status}");
        files(self.home.path())
    }

    /// Ends the program by a signal, such as `KILL`, and gives everything it wrote into its home.
    pub(crate) fn end_by(&mut self, signal: &str) -> Vec<(PathBuf, Vec<u8>)> {
        let process = self.program.id().to_string();
        let killed = Command::new("kill").args(["-s", signal, &process]).status().expect("kill runs");
        assert!(killed.success(), "the program cannot be ended by {signal}");
        let status = self.program.wait().expect("the program can be waited for");
        assert!(status.code().is_none(), "it was not the signal that ended the program: {status}");
        files(self.home.path())
    }

    /// Writes a picture of the display to `target/tmp/window`, and tells where.
    pub(crate) fn screenshot(&self, name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("window");
        fs::create_dir_all(&folder).expect("the folder of the pictures can be made");
        let path = folder.join(format!("{name}.png"));
        self.display.screenshot(&path);
        path
    }

    /// Lets pass what goes on for a while after the last key: the short measurement, the notices.
    pub(crate) fn settle(&self) {
        thread::sleep(Duration::from_secs(6));
    }

    /// The share of one core that the program uses while nobody touches it, in percent.
    pub(crate) fn idle_cpu(&self, time: Duration) -> f64 {
        let before = self.cpu_time();
        thread::sleep(time);
        100.0 * (self.cpu_time() - before).as_secs_f64() / time.as_secs_f64()
    }

    /// Memory that the program has in use, in MiB.
    pub(crate) fn memory(&self) -> f64 {
        let status = self.proc_file("status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("the kernel tells VmRSS");
        let kibibytes: f64 = line.trim().trim_end_matches(" kB").parse().expect("VmRSS is a number");
        kibibytes / 1024.0
    }

    fn cpu_time(&self) -> Duration {
        const TICKS_PER_SECOND: u64 = 100;
        let stat = self.proc_file("stat");
        // After the name in brackets: state is field 3, utime and stime are 14 and 15.
        let (_, fields) = stat.rsplit_once(')').expect("the name of the program stands in brackets");
        let ticks: u64 =
            fields.split_whitespace().skip(11).take(2).map(|field| field.parse::<u64>().unwrap_or(0)).sum();
        Duration::from_millis(ticks * 1000 / TICKS_PER_SECOND)
    }

    fn proc_file(&self, name: &str) -> String {
        fs::read_to_string(format!("/proc/{}/{name}", self.program.id())).expect("the program is running")
    }

    #[track_caller]
    fn assert_alive(&mut self, what: &str) {
        if let Ok(Some(status)) = self.program.try_wait() {
            panic!("the program ended ({status}) while waiting for {what}");
        }
    }

    /// Runs a command of xdotool and gives what it printed.
    #[track_caller]
    fn xdotool(&self, arguments: &[&str]) -> String {
        let output =
            Command::new("xdotool").args(arguments).env("DISPLAY", &self.display.name).output().expect("xdotool runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "xdotool {arguments:?} failed: {said}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

/// Starts the program on a display, in a home.
fn spawn(display: &Display, home: &Path, arguments: &[&str]) -> Child {
    let said = fs::File::create(home.join("said.txt")).expect("a file for what the program says");
    let printed = said.try_clone().expect("the same file for what it prints");
    let temporary = home.join("tmp");
    fs::create_dir_all(&temporary).expect("a folder for temporary files");
    // A crash would leave the memory in the home, if the program let it.
    Command::new("sh")
        .args(["-c", "ulimit -c unlimited; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_jwt-workbench")])
        .args(arguments)
        .current_dir(home)
        .env("TMPDIR", temporary)
        .env("DISPLAY", &display.name)
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("XDG_STATE_HOME", home.join("state"))
        .env("XDG_RUNTIME_DIR", home)
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .stdout(printed)
        .stderr(said)
        .spawn()
        .expect("the program starts")
}

/// All files below a folder, with what is in them.
pub(crate) fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(folder).expect("the folder can be read").filter_map(Result::ok);
    let (folders, files): (Vec<_>, Vec<_>) = entries.map(|entry| entry.path()).partition(|path| path.is_dir());
    let here = files.into_iter().filter_map(|path| Some((path.clone(), fs::read(path).ok()?)));
    here.chain(folders.iter().flat_map(|folder| self::files(folder))).collect()
}

impl Drop for Window {
    fn drop(&mut self) {
        if thread::panicking() {
            let said = fs::read_to_string(self.home.path().join("said.txt")).unwrap_or_default();
            let picture = self.screenshot(&format!("failed-{}", self.name));
            eprintln!("A picture is in {}. The program said:\n{said}", picture.display());
        }
        self.program.kill().ok();
        self.program.wait().ok();
    }
}
