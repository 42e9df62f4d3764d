//! The arguments of the window.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};

use crate::jobs::files;
use crate::jose::error::Problem;
use crate::jose::text::visible_path;
use crate::workbench::page::Page;
use crate::workbench::settings::Theme;

/// How the window is opened.
#[derive(Debug, clap::Args)]
pub struct Window {
    /// Templates, claims, tokens or keys to open
    pub files: Vec<PathBuf>,
    /// Open the window, draw it fully, write the picture to this file and exit; the pages compare and timing are measured
    /// first, with the files after the first one beside it
    #[arg(long, value_name = "OUT.png")]
    pub screenshot: Option<PathBuf>,
    /// The page to show
    #[arg(long, value_parser = PossibleValuesParser::new(Page::ALL.map(Page::name))
        .try_map(|name| Page::from_name(&name)))]
    pub page: Option<Page>,
    /// The part of the Compare or Timing page to show
    #[arg(long, requires = "page", value_parser = PossibleValuesParser::new(tabs())
        .map(|name| tabs().find(|tab| **tab == *name).unwrap_or_default()))]
    pub tab: Option<&'static str>,
    /// The colours to use
    #[arg(long, value_parser = PossibleValuesParser::new(["light", "dark"])
        .map(|name| if name == "light" { Theme::Light } else { Theme::Dark }))]
    pub theme: Option<Theme>,
    /// Width and height of the window, such as 1280x820
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = size)]
    pub size: Option<(f32, f32)>,
}

impl Window {
    /// Refuses files that are not there: a mistyped command looks like a file. And a part that the page does not have.
    ///
    /// # Errors
    /// `file-missing`, `tab-unknown`.
    pub fn check(&self) -> Result<(), Problem> {
        if let (Some(page), Some(tab)) = (self.page, self.tab)
            && !page.tabs().contains(&tab)
        {
            let known = if page.tabs().is_empty() { "none".to_owned() } else { page.tabs().join(", ") };
            return Err(Problem::new("tab-unknown", format!("The page {} has no part named {tab}", page.name()))
                .help(format!("Its parts are: {known}.")));
        }
        match self.files.iter().find(|file| files::stamp(file).is_none()) {
            None => Ok(()),
            Some(missing) => Err(Problem::new(files::MISSING, format!("There is no file {}", visible_path(missing)))
                .help("Check its name. Commands are mint, inspect, verify, measure and key; --help shows them.")),
        }
    }
}

fn tabs() -> impl Iterator<Item = &'static str> {
    Page::ALL.into_iter().flat_map(|page| page.tabs().iter().copied())
}

fn size(text: &str) -> Result<(f32, f32), &'static str> {
    const RANGE: std::ops::RangeInclusive<u16> = 200..=16_384;
    text.split_once('x')
        .and_then(|(width, height)| Some((width.parse::<u16>().ok()?, height.parse::<u16>().ok()?)))
        .filter(|(width, height)| RANGE.contains(width) && RANGE.contains(height))
        .map(|(width, height)| (width.into(), height.into()))
        .ok_or("write width x height in points, from 200x200 to 16384x16384, such as 1280x820")
}
