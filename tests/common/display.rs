//! A virtual display of its own for every window, and its picture.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// An X server without hardware; it ends when this is dropped.
pub(crate) struct Display {
    server: Child,
    /// `:7`, for `DISPLAY`.
    pub(crate) name: String,
    framebuffer: PathBuf,
    _folder: TempDir,
}

impl Display {
    /// Width and height in pixels.
    pub(crate) const SIZE: (u32, u32) = (1280, 820);

    /// Starts a server on the first free display number; it keeps its picture in a file.
    pub(crate) fn start() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let (width, height) = Self::SIZE;
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", &format!("{width}x{height}x24"), "-fbdir"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb starts");
        let mut number = String::new();
        let output = server.stdout.take().expect("the display number comes through a pipe");
        BufReader::new(output).read_line(&mut number).expect("Xvfb tells its display number");
        let framebuffer = folder.path().join("Xvfb_screen0");
        Self { server, name: format!(":{}", number.trim()), framebuffer, _folder: folder }
    }

    /// The pixel at a place, blue first; black where nothing was drawn.
    pub(crate) fn pixel(&self, x: u32, y: u32) -> [u8; 3] {
        let (width, height) = Self::SIZE;
        let Ok(file) = File::open(&self.framebuffer) else { return [0; 3] };
        let length = file.metadata().map_or(0, |metadata| metadata.len());
        // The pixels stand at the end of the file, four bytes each.
        let start = length.saturating_sub(u64::from(width * height) * 4);
        let mut pixel = [0; 3];
        match file.read_exact_at(&mut pixel, start + u64::from(y * width + x) * 4) {
            Ok(()) => pixel,
            Err(_) => [0; 3],
        }
    }

    /// Writes what is on the display as a PNG file.
    pub(crate) fn screenshot(&self, path: &Path) {
        let (width, height) = Self::SIZE;
        let dump = fs::read(&self.framebuffer).expect("the display keeps its picture in a file");
        // An XWD file: the pixels stand at the end, four bytes each, blue first.
        let pixels = &dump[dump.len() - (width * height * 4) as usize..];
        let rgb = pixels.chunks_exact(4).flat_map(|pixel| [pixel[2], pixel[1], pixel[0]]).collect();
        let picture = image::RgbImage::from_raw(width, height, rgb).expect("as many pixels as the display has");
        picture.save(path).expect("the picture can be written");
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        self.server.kill().ok();
        self.server.wait().ok();
    }
}
