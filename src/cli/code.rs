//! `jwt-workbench code`: a template as code.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser as _};

use super::failure::Stop;
use super::input::Input;
use super::output::{self, Output};
use super::source::Changes;
use crate::jose::jwa::Algorithm;
use crate::snippet::{Language, Snippet};

/// What to write as code.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The key is never written into the code: it reads the secret from JWT_SECRET, or from the variable \
    the template names, and a private key from the PEM file whose path is in JWT_KEY_FILE.",
    mut_arg("now", |now| now.hide(true))
)]
pub struct Code {
    /// The language and its library
    #[arg(value_parser = languages().map(|name| named(&name)))]
    language: Language,
    /// A template, or claims as a JSON object; - reads standard input. Without it: HS256, valid for 30 minutes
    template: Option<PathBuf>,
    /// The algorithm, written into the header: HS256, RS256 or PS256, the same with 384 or 512; ES256, ES384, ES512, EdDSA
    #[arg(long)]
    alg: Option<String>,
    #[command(flatten)]
    changes: Changes,
}

fn languages() -> PossibleValuesParser {
    PossibleValuesParser::new(Language::ALL.map(|language| PossibleValue::new(language.name()).help(language.label())))
}

fn named(name: &str) -> Language {
    Language::ALL.into_iter().find(|language| language.name() == name).unwrap_or(Language::PyJwt)
}

impl Code {
    /// Prints the code, and on standard error what to install and how to run it.
    ///
    /// # Errors
    /// Whatever is wrong with the arguments and the template, and what the library cannot do.
    pub fn run(&self) -> Result<ExitCode, Stop> {
        let mut input = Input::default();
        let mut source = self.changes.source(self.template.as_ref(), &mut input)?;
        if let Some(name) = &self.alg {
            source.set_algorithm(Algorithm::from_name(name)?)?;
        }
        let Snippet { code, install, run, notes } = source.draft()?.snippet(self.language)?;
        let mut output = Output::standard();
        output.line(code.trim_end())?;
        output.finish()?;
        let install = install.iter().map(|command| format!("Install: {command}"));
        let run = format!("Run, saved as {}: {run}", self.language.file_name());
        install.chain([run]).chain(notes).for_each(|note| output::note(&note));
        Ok(ExitCode::SUCCESS)
    }
}
