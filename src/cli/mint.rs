//! `jwt-workbench mint`: tokens from a template, one a line.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};

use super::failure::{Failure, Stop};
use super::input::{self, Input};
use super::key_arguments::KeyArguments;
use super::output::{self, Output};
use super::signing_key;
use crate::jose::compact;
use crate::jose::error::Problem;
use crate::jose::json::{self, Json, Kind, Serialization, Value};
use crate::jose::jwa::Algorithm;
use crate::jose::text::visible_path;
use crate::template::default::default_template;
use crate::template::duration;
use crate::template::file::TemplateFile;
use crate::template::recognise::{Opened, recognise};
use crate::template::render::{Context, Rendering};
use crate::workbench::expiry::Expiry;
use crate::workbench::facts::algorithm_of;

/// What to mint.
#[derive(Debug, clap::Args)]
#[command(after_help = "Claims may hold placeholders: {{now}} {{now+30m}} {{uuid}} {{counter}} {{random:16}} {{name}}")]
pub struct Mint {
    /// A template, or claims as a JSON object; - reads standard input. Without it: HS256, valid for 30 minutes
    template: Option<PathBuf>,
    /// The claims, instead of those of the template; @FILE reads a file, - standard input
    #[arg(long, value_name = "JSON|@FILE")]
    claims: Option<String>,
    /// The header, instead of that of the template; @FILE reads a file, - standard input
    #[arg(long, value_name = "JSON|@FILE")]
    header: Option<String>,
    /// The algorithm, written into the header: HS256, RS256 or PS256, the same with 384 or 512; ES256, ES384, ES512, EdDSA
    #[arg(long)]
    alg: Option<String>,
    #[command(flatten)]
    key: KeyArguments,
    /// Let the token expire so long after minting, such as 30m, 1h30m, 7d; -5m has expired already
    #[arg(long, value_name = "DURATION", group = "expiry", allow_hyphen_values = true)]
    expires_in: Option<String>,
    /// Let the token expire at an instant: RFC 3339, or seconds since 1970 UTC
    #[arg(long, value_name = "INSTANT", group = "expiry")]
    expires_at: Option<String>,
    /// Leave exp out
    #[arg(long, group = "expiry")]
    no_expiry: bool,
    /// Mint as if it were this instant: RFC 3339, or seconds since 1970 UTC
    #[arg(long, value_name = "INSTANT", allow_hyphen_values = true)]
    now: Option<String>,
    /// Give a variable of the template a value; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// How the bytes to sign come from the texts
    #[arg(long, value_parser = PossibleValuesParser::new(["compact", "as-typed", "sorted"]).map(|name| serialization(&name)))]
    serialization: Option<Serialization>,
    /// How many tokens
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = count)]
    count: u64,
    /// Write the tokens to a file only you can read, instead of to standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Mint {
    /// Mints and prints the tokens.
    ///
    /// # Errors
    /// Whatever is wrong with the arguments, the template, the key or the output.
    pub fn run(&self) -> Result<ExitCode, Stop> {
        let mut input = Input::default();
        let now = input::now(self.now.as_deref())?;
        let source = self.source(&mut input)?;
        let template = &source.template;
        let texts = Texts::read(&source)?;
        let algorithm = algorithm_of(&texts.header).map_err(|problem| texts.in_header(problem))?;
        let kid = texts.header.root().get("kid").and_then(Value::as_str);
        let mut chosen = signing_key::choose(&self.key, algorithm, kid.as_deref(), &template.key, &mut input)?;
        let signer = chosen.key.signer(algorithm)?;
        let (header, claims) = texts.compile(template)?;
        let mut output = match &self.output {
            Some(path) => Output::private_file(path)?,
            None => Output::standard(),
        };
        let no_randomness = Cell::new(None);
        let mut random = |buffer: &mut [u8]| {
            if let Err(problem) = crate::jobs::fill_random(buffer) {
                no_randomness.set(Some(problem));
            }
        };
        let mut context = Context { now, counter: 0, random: &mut random };
        let (mut header_bytes, mut payload) = (Vec::new(), Vec::new());
        for counter in 0..self.count {
            context.counter = counter;
            header_bytes.clear();
            payload.clear();
            header.render(&mut context, &mut header_bytes).map_err(|problem| texts.in_header(problem))?;
            claims.render(&mut context, &mut payload).map_err(|problem| texts.in_claims(problem))?;
            if let Some(problem) = no_randomness.take() {
                return Err(problem.into());
            }
            let token = compact::mint(&signer, &header_bytes, &payload)?;
            if let Some(note) = chosen.note.take() {
                output::note(&note);
            }
            output.line(token.as_str())?;
        }
        output.finish()?;
        Ok(ExitCode::SUCCESS)
    }

    /// The template with everything the options change.
    fn source(&self, input: &mut Input) -> Result<Source, Stop> {
        let mut source = Source {
            template: default_template(),
            header_name: "the header".to_owned(),
            claims_name: "the claims".to_owned(),
        };
        if let Some(path) = &self.template {
            let name = if path == Path::new("-") { "standard input".into() } else { visible_path(path) };
            source.template = open(path, &name, input)?;
            source.header_name = format!("the header of {name}");
            source.claims_name = format!("the claims of {name}");
        }
        if let Some(argument) = &self.header {
            (source.template.header, source.header_name) = input.text(argument, "the header")?;
        }
        if let Some(argument) = &self.claims {
            (source.template.claims, source.claims_name) = input.text(argument, "the claims")?;
        }
        let template = &mut source.template;
        if let Some(serialization) = self.serialization {
            template.serialization = serialization;
        }
        if let Some(name) = &self.alg {
            let algorithm = Algorithm::from_name(name)?;
            template.header = with_algorithm(&template.header, &source.header_name, algorithm)?;
        }
        if let Some(expiry) = self.expiry()? {
            template.claims = with_expiry(&template.claims, &source.claims_name, &expiry)?;
        }
        for assignment in &self.set {
            let (name, value) = assignment.split_once('=').filter(|(name, _)| !name.is_empty()).ok_or_else(|| {
                Problem::new("usage", format!("--set {assignment} names no variable"))
                    .help("Write it as --set name=value.")
            })?;
            template.variables.set(name, value);
        }
        Ok(source)
    }

    fn expiry(&self) -> Result<Option<Expiry>, Problem> {
        if self.no_expiry {
            return Ok(Some(Expiry::Never));
        }
        if let Some(instant) = &self.expires_at {
            return Ok(Some(Expiry::At(input::parse_instant(instant)?)));
        }
        let Some(text) = &self.expires_in else { return Ok(None) };
        let offset = match text.strip_prefix('-') {
            Some(past) => -duration::parse(past)?,
            None => duration::parse(text)?,
        };
        Ok(Some(Expiry::Relative(offset)))
    }
}

fn count(text: &str) -> Result<u64, &'static str> {
    text.parse().ok().filter(|count| *count > 0).ok_or("write a whole number, 1 or more")
}

fn serialization(name: &str) -> Serialization {
    match name {
        "as-typed" => Serialization::AsTyped,
        "sorted" => Serialization::Sorted,
        _ => Serialization::Compact,
    }
}

fn open(path: &Path, name: &str, input: &mut Input) -> Result<TemplateFile, Stop> {
    let bytes = input.bytes(path)?;
    let opened = recognise(bytes.bytes()).map_err(|problem| {
        let text = String::from_utf8_lossy(bytes.bytes());
        Failure::in_text(problem, &text, name)
    })?;
    match opened {
        Opened::Template(template) => Ok(template),
        Opened::Claims(claims) => {
            let mut template = default_template();
            template.claims = claims;
            Ok(template)
        }
        Opened::Token(_) => Err(Problem::new("file-kind", format!("{name} holds a token, not a template"))
            .help("To see what is in it: jwt-workbench inspect.")
            .into()),
        Opened::Key(_) => Err(Problem::new("file-kind", format!("{name} holds a key, not a template"))
            .help("To sign with it: --key FILE.")
            .into()),
    }
}

fn with_algorithm(header: &str, name: &str, algorithm: Algorithm) -> Result<String, Stop> {
    let json = Json::parse(header).map_err(|problem| Failure::in_text(problem, header, name))?;
    Ok(json::set_member(json.root(), "alg", &json::quote(algorithm.name())).apply(header))
}

fn with_expiry(claims: &str, name: &str, expiry: &Expiry) -> Result<String, Stop> {
    let in_claims = |problem| Failure::in_text(problem, claims, name);
    let json = Json::parse(claims).map_err(in_claims)?;
    Ok(expiry.write(&json).map_err(in_claims)?.apply(claims))
}

/// A template, and what the user knows its two texts as.
struct Source {
    template: TemplateFile,
    header_name: String,
    claims_name: String,
}

/// The two texts of a source as JSON.
struct Texts<'s> {
    header: Json,
    claims: Json,
    source: &'s Source,
}

impl<'s> Texts<'s> {
    fn read(source: &'s Source) -> Result<Self, Stop> {
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

    fn compile(&self, template: &TemplateFile) -> Result<(Rendering, Rendering), Stop> {
        let compile = |json| Rendering::compile(json, template.serialization, &template.variables).map_err(first);
        let header = compile(&self.header).map_err(|problem| self.in_header(problem))?;
        let claims = compile(&self.claims).map_err(|problem| self.in_claims(problem))?;
        Ok((header, claims))
    }

    fn in_header(&self, problem: Problem) -> Failure {
        Failure::in_text(problem, self.header.text(), &self.source.header_name)
    }

    fn in_claims(&self, problem: Problem) -> Failure {
        Failure::in_text(problem, self.claims.text(), &self.source.claims_name)
    }
}

fn first(problems: Vec<Problem>) -> Problem {
    problems.into_iter().next().unwrap_or_else(|| Problem::new("placeholder", "A placeholder cannot be filled in"))
}
