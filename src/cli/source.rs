//! The texts a token is made of: a template, and what the options put in its place.

use std::cell::Cell;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser as _};

use super::failure::{Failure, Stop};
use super::input::{self, Input};
use crate::jose::compact::Part;
use crate::jose::error::Problem;
use crate::jose::json::{self, Json, Kind, Serialization};
use crate::jose::jwa::Algorithm;
use crate::jose::text::visible_path;
use crate::snippet::{Draft, Misread};
use crate::template::comparison_file::{ComparisonFile, Content as Saved, SavedVariant};
use crate::template::default::default_template;
use crate::template::file::TemplateFile;
use crate::template::recognise::{Opened, recognise};
use crate::template::render::{Context, Rendering, first};
use crate::workbench::expiry::Expiry;
use crate::workbench::facts::algorithm_of;

/// What takes the place of a template's own texts.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Changes {
    /// The claims, instead of those of the template; @FILE reads a file, - standard input
    #[arg(long, value_name = "JSON|@FILE")]
    claims: Option<String>,
    /// The header, instead of that of the template; @FILE reads a file, - standard input
    #[arg(long, value_name = "JSON|@FILE")]
    header: Option<String>,
    /// Mint as if it were this instant: RFC 3339, or seconds since 1970 UTC
    #[arg(long, value_name = "INSTANT", allow_hyphen_values = true)]
    now: Option<String>,
    /// Give a variable of the template a value; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// How the bytes to sign come from the texts
    #[arg(long, value_parser = PossibleValuesParser::new(["compact", "as-typed", "sorted"]).map(|name| serialization(&name)))]
    serialization: Option<Serialization>,
}

impl Changes {
    /// The instant to mint at, in seconds since 1970-01-01 UTC.
    ///
    /// # Errors
    /// See [`input::now`].
    pub fn now(&self) -> Result<i64, Stop> {
        input::now(self.now.as_deref())
    }

    /// The template in a file, or the default one, with everything the options change.
    ///
    /// # Errors
    /// Files that cannot be read or hold no template, and a variable without a name.
    pub fn source(&self, template: Option<&PathBuf>, input: &mut Input) -> Result<Source, Stop> {
        match self.given(template, input)? {
            Given::Template(source) => Ok(source),
            Given::Token(Pasted { name, .. }) => {
                Err(Problem::new("file-kind", format!("{name} holds a token, not a template"))
                    .help("To see what is in it: jwt-workbench inspect.")
                    .into())
            }
            Given::Comparison { name, .. } => {
                Err(Problem::new("file-kind", format!("{name} holds a comparison, not a template"))
                    .help("Open it in the window, or measure it: jwt-workbench measure FILE.")
                    .into())
            }
        }
    }

    /// The same, and the token in a file that holds one: nothing of it is changed; and all variants of a comparison.
    ///
    /// # Errors
    /// Files that cannot be read or hold none of these, and a variable without a name.
    pub fn given(&self, file: Option<&PathBuf>, input: &mut Input) -> Result<Given, Stop> {
        let Some(path) = file else {
            let [header_name, claims_name] = ["the header", "the claims"].map(str::to_owned);
            let source = Source { template: default_template(), header_name, claims_name };
            return self.changed(source, input).map(Given::Template);
        };
        let name: String = if path == Path::new("-") { "standard input".into() } else { visible_path(path) };
        match open(path, &name, input)? {
            Content::Template(template) => self.changed(Source::of(*template, &name), input).map(Given::Template),
            Content::Token(text) => Ok(Given::Token(Pasted { label: stem(&name), name, text })),
            Content::Comparison(ComparisonFile { baseline, variants }) => {
                let variant = |SavedVariant { name, content, .. }: SavedVariant| match content {
                    Saved::Template(mut template) => {
                        template.name.clone_from(&name);
                        let source = Source::of(*template, &name);
                        self.changed(source, input).map(Given::Template)
                    }
                    Saved::Token(text) => Ok(Given::Token(Pasted { label: name.clone(), name, text })),
                };
                let variants = variants.into_iter().map(variant).collect::<Result<_, _>>()?;
                Ok(Given::Comparison { name, variants, baseline })
            }
        }
    }

    /// The source with what the options change.
    fn changed(&self, mut source: Source, input: &mut Input) -> Result<Source, Stop> {
        if let Some(argument) = &self.header {
            (source.template.header, source.header_name) = input.text(argument, "the header")?;
        }
        if let Some(argument) = &self.claims {
            (source.template.claims, source.claims_name) = input.text(argument, "the claims")?;
        }
        if let Some(serialization) = self.serialization {
            source.template.serialization = serialization;
        }
        for assignment in &self.set {
            let (name, value) = assignment.split_once('=').filter(|(name, _)| !name.is_empty()).ok_or_else(|| {
                Problem::new("usage", format!("--set {assignment} names no variable"))
                    .help("Write it as --set name=value.")
            })?;
            source.template.variables.set(name, value);
        }
        Ok(source)
    }
}

fn serialization(name: &str) -> Serialization {
    match name {
        "as-typed" => Serialization::AsTyped,
        "sorted" => Serialization::Sorted,
        _ => Serialization::Compact,
    }
}

/// What can be measured.
pub enum Given {
    /// A template, with everything the options change.
    Template(Source),
    /// A token.
    Token(Pasted),
    /// A comparison.
    Comparison {
        /// What the user knows the file as.
        name: String,
        /// Its variants, each a template or a token.
        variants: Vec<Self>,
        /// Which of them the others are held against.
        baseline: usize,
    },
}

/// A token in a file.
pub struct Pasted {
    /// What the user knows the file or variant as.
    pub name: String,
    /// What it is called in a table.
    pub label: String,
    /// The text of the file.
    pub text: String,
}

/// What is in a file.
enum Content {
    Template(Box<TemplateFile>),
    Token(String),
    Comparison(ComparisonFile),
}

fn open(path: &Path, name: &str, input: &mut Input) -> Result<Content, Stop> {
    let bytes = input.bytes(path)?;
    let opened = recognise(bytes.bytes()).map_err(|problem| {
        let text = String::from_utf8_lossy(bytes.bytes());
        Failure::in_text(problem, &text, name)
    })?;
    match opened {
        Opened::Template(template) => Ok(Content::Template(Box::new(template))),
        Opened::Claims(claims) => {
            let mut template = default_template();
            template.claims = claims;
            template.name = stem(name);
            Ok(Content::Template(Box::new(template)))
        }
        Opened::Comparison(file) => Ok(Content::Comparison(file)),
        Opened::Token(text) => Ok(Content::Token(text)),
        Opened::Schema(_) => Err(Problem::new("file-kind", format!("{name} holds a schema, not a template"))
            .help("Import it in the window: a template keeps its schema.")
            .into()),
        Opened::Environment(_) => Err(Problem::new("file-kind", format!("{name} holds variables, not a template"))
            .help("Import it in the window, or give its values with --set name=value.")
            .into()),
        Opened::Key(_) => Err(Problem::new("file-kind", format!("{name} holds a key, not a template"))
            .help("To sign with it: --key FILE.")
            .into()),
    }
}

/// What a variant from a file is called that has no name of its own.
fn stem(name: &str) -> String {
    Path::new(name).file_stem().map_or_else(|| name.to_owned(), |stem| stem.to_string_lossy().into_owned())
}

/// A template, and what the user knows its two texts as.
#[derive(Clone)]
pub struct Source {
    /// The template.
    pub template: TemplateFile,
    header_name: String,
    claims_name: String,
}

impl Source {
    fn of(template: TemplateFile, name: &str) -> Self {
        Self { template, header_name: format!("the header of {name}"), claims_name: format!("the claims of {name}") }
    }

    /// Writes the algorithm into the header.
    ///
    /// # Errors
    /// When the header is not JSON.
    pub fn set_algorithm(&mut self, algorithm: Algorithm) -> Result<(), Stop> {
        let header = &self.template.header;
        let json = Json::parse(header).map_err(|problem| Failure::in_text(problem, header, &self.header_name))?;
        self.template.header = json::set_member(json.root(), "alg", &json::quote(algorithm.name())).apply(header);
        Ok(())
    }

    /// Writes the expiry into the claims.
    ///
    /// # Errors
    /// When the claims are not a JSON object.
    pub fn set_expiry(&mut self, expiry: &Expiry) -> Result<(), Stop> {
        let claims = &self.template.claims;
        let in_claims = |problem| Failure::in_text(problem, claims, &self.claims_name);
        let json = Json::parse(claims).map_err(in_claims)?;
        self.template.claims = expiry.write(&json).map_err(in_claims)?.apply(claims);
        Ok(())
    }
}

impl Source {
    /// What code is written from.
    ///
    /// # Errors
    /// Texts that are not JSON objects, and placeholders that cannot be filled in.
    pub fn draft(&self) -> Result<Draft, Stop> {
        Draft::read(&self.template).map_err(|Misread { part, problem }| {
            let in_header = part == Part::Header;
            let text = if in_header { &self.template.header } else { &self.template.claims };
            let name = if in_header { &self.header_name } else { &self.claims_name };
            Failure::in_text(problem, text, name).into()
        })
    }
}

/// The two texts of a source as JSON.
pub struct Texts<'s> {
    /// The header.
    pub header: Json,
    /// The claims, an object.
    pub claims: Json,
    source: &'s Source,
}

impl<'s> Texts<'s> {
    /// Reads both.
    ///
    /// # Errors
    /// Texts that are not JSON, and claims that are no object.
    pub fn read(source: &'s Source) -> Result<Self, Stop> {
        let Source { template, header_name, claims_name } = source;
        let parse = |text: &str, name: &str| {
            Json::parse(text).map_err(|problem| Stop::from(Failure::in_text(problem, text, name)))
        };
        let header = parse(&template.header, header_name)?;
        let claims = parse(&template.claims, claims_name)?;
        let texts = Self { header, claims, source };
        let root = texts.claims.root();
        if root.kind() != Kind::Object {
            let message = format!("The claims are {}; the claims of a JWT are an object", root.kind().label());
            let problem = Problem::new("claims-not-object", message).help("Write them as {\"name\": value}.");
            return Err(texts.in_claims(problem.at(root.span())).into());
        }
        Ok(texts)
    }

    /// The algorithm that the header names.
    ///
    /// # Errors
    /// When it names none that can sign.
    pub fn algorithm(&self) -> Result<Algorithm, Stop> {
        Ok(algorithm_of(&self.header).map_err(|problem| self.in_header(problem))?)
    }

    /// Both texts, ready to be filled in.
    ///
    /// # Errors
    /// Placeholders that cannot be filled in.
    pub fn compile(&self) -> Result<Parts<'_>, Stop> {
        let template = &self.source.template;
        let compile = |json| Rendering::compile(json, template.serialization, &template.variables).map_err(first);
        let header = compile(&self.header).map_err(|problem| self.in_header(problem))?;
        let claims = compile(&self.claims).map_err(|problem| self.in_claims(problem))?;
        Ok(Parts { texts: self, header, claims })
    }

    /// A problem of the header, under the name the user knows it by.
    fn in_header(&self, problem: Problem) -> Failure {
        Failure::in_text(problem, self.header.text(), &self.source.header_name)
    }

    /// A problem of the claims, under the name the user knows them by.
    fn in_claims(&self, problem: Problem) -> Failure {
        Failure::in_text(problem, self.claims.text(), &self.source.claims_name)
    }
}

/// The two texts, compiled.
pub struct Parts<'t> {
    texts: &'t Texts<'t>,
    header: Rendering,
    claims: Rendering,
}

impl Parts<'_> {
    /// Puts the bytes of header and payload for one token in place of what is in `header` and `payload`: the token of the
    /// instant `now` that so many others come before.
    ///
    /// # Errors
    /// Values that are out of range, and a system that gives no random bytes.
    pub fn render(&self, now: i64, counter: u64, header: &mut Vec<u8>, payload: &mut Vec<u8>) -> Result<(), Stop> {
        let no_randomness = Cell::new(None);
        let mut random = |buffer: &mut [u8]| {
            if let Err(problem) = crate::jobs::fill_random(buffer) {
                no_randomness.set(Some(problem));
            }
        };
        let mut context = Context { now, counter, random: &mut random };
        header.clear();
        payload.clear();
        self.header.render(&mut context, header).map_err(|problem| self.texts.in_header(problem))?;
        self.claims.render(&mut context, payload).map_err(|problem| self.texts.in_claims(problem))?;
        no_randomness.take().map_or(Ok(()), |problem: Problem| Err(problem.into()))
    }
}
