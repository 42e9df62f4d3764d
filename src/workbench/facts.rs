//! What follows from a draft: parsed texts, the token, its decoded parts and sizes. Derived once per revision.

use std::sync::Arc;

use super::command::Part;
use super::expiry::Expiry;
use super::keys::SecretInput;
use super::marks::{Mark, marks};
use crate::findings::filled::Filled;
use crate::findings::{self, Finding, KeySubject, Purpose, Subject, TemplateSubject, Text};
use crate::jose::base64url;
use crate::jose::compact::{self, Token};
use crate::jose::error::Problem;
use crate::jose::header::NOT_AN_OBJECT;
pub use crate::jose::header::algorithm_of;
use crate::jose::instant::InstantFormat;
use crate::jose::json::{Json, Kind, Serialization};
use crate::jose::jwa::{Algorithm, Family, KeyKind};
use crate::jose::jws::Signer;
use crate::jose::key::Key;
use crate::measure::sizes::Sizes;
use crate::template::placeholder::Placeholder;
use crate::template::render::{Context, Rendering};
use crate::template::scan::{self, Occurrence};
use crate::template::schema::Schema;
use crate::template::variables::Variables;

/// Texts up to this many bytes are derived at once; longer ones in a thread.
const QUICK_BYTES: usize = 16 * 1024;

/// Everything that the facts follow from.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The revision of the draft.
    pub revision: u64,
    /// The header text.
    pub header: String,
    /// The claims text.
    pub claims: String,
    /// How header and payload are written.
    pub serialization: Serialization,
    /// The variables of the template.
    pub variables: Variables,
    /// The text of the schema that the claims are held against.
    pub schema: Option<Arc<str>>,
    /// The key for the algorithm in the header, looked up by the workbench.
    pub key: KeyChoice,
    /// The secret as typed, when that is the key.
    pub typed: Option<SecretInput>,
    /// The instant of minting, seconds since 1970 UTC.
    pub now: i64,
}

/// The key that the header's algorithm asks for.
#[derive(Clone, Debug)]
pub enum KeyChoice {
    /// This one.
    Held(Arc<Key>),
    /// There is one, but it cannot be read.
    Unreadable(Problem),
    /// There is none of this kind.
    Missing(KeyKind),
    /// The header does not name a usable algorithm.
    NoAlgorithm,
}

impl Inputs {
    /// Whether deriving takes so short that the window need not notice (2 ms at most).
    pub fn is_quick(&self) -> bool {
        let rsa = matches!(&self.key, KeyChoice::Held(key) if key.kind() == KeyKind::Rsa);
        !rsa && self.schema.is_none() && self.header.len() + self.claims.len() <= QUICK_BYTES
    }
}

/// The facts of one revision.
#[derive(Debug)]
pub struct Facts {
    /// The revision of the draft that they belong to.
    pub revision: u64,
    /// The header text, read as JSON.
    pub header: Result<Json, Problem>,
    /// The claims text, read as JSON.
    pub claims: Result<Json, Problem>,
    /// How the claims say when the token expires; `None` while they are no JSON.
    pub expiry: Option<Expiry>,
    /// The algorithm that the header names.
    pub algorithm: Result<Algorithm, Problem>,
    /// The placeholders in the claims text.
    pub placeholders: Vec<Occurrence>,
    /// The placeholders in the header text.
    pub header_placeholders: Vec<Occurrence>,
    /// What is told beside the claims text, in the order of the text.
    pub marks: Vec<Mark>,
    /// The token, or why there is none.
    pub outcome: Result<Arc<Minted>, Blocked>,
    /// What was found, apart from what depends on the instant.
    pub findings: Vec<Finding>,
    /// The schema that the claims are held against, or why it cannot be used.
    pub schema: Option<Arc<Result<Schema, Problem>>>,
    /// What the placeholders of header and claims stand for.
    filled: [Filled; 2],
}

impl Facts {
    /// The facts before anything was derived.
    pub fn none() -> Self {
        let pending = || Problem::new("pending", "Nothing was read yet.");
        Self {
            revision: 0,
            header: Err(pending()),
            claims: Err(pending()),
            expiry: None,
            algorithm: Err(pending()),
            placeholders: Vec::new(),
            header_placeholders: Vec::new(),
            marks: Vec::new(),
            outcome: Err(Blocked { place: Place::Text(Part::Claims), problem: pending(), remedies: Vec::new() }),
            findings: Vec::new(),
            schema: None,
            filled: Default::default(),
        }
    }

    /// The findings that depend on the instant.
    pub fn findings_at(&self, now: i64, format: InstantFormat) -> Vec<Finding> {
        let [header, claims] = &self.filled;
        let subject = Subject {
            header: self.header.as_ref().ok().map(|json| Text {
                text: json.text(),
                json: Ok(json),
                filled: Some(header),
            }),
            claims: self.claims.as_ref().ok().map(|json| Text {
                text: json.text(),
                json: Ok(json),
                filled: Some(claims),
            }),
            ..NOTHING
        };
        findings::find_at(&subject, now, 0, (format.offset)(now), format)
    }
}

/// A draft of which nothing is known yet.
const NOTHING: Subject<'static> = Subject {
    header: None,
    claims: None,
    key: None,
    decoded: None,
    removed: &[],
    token_len: None,
    template: None,
    purpose: Purpose::Issuing,
};

/// A token and what is in it.
#[derive(Debug)]
pub struct Minted {
    /// The token in compact serialization.
    pub token: Token,
    /// The algorithm that signed it.
    pub algorithm: Algorithm,
    /// The header, decoded from the token.
    pub header: Json,
    /// The claims, decoded from the token.
    pub claims: Json,
    /// The sizes of the parts.
    pub sizes: Sizes,
    /// When it was minted, seconds since 1970 UTC.
    pub at: i64,
    expires: Option<i64>,
}

impl Minted {
    /// The instant of `exp`, where it is a plain NumericDate.
    pub fn expires(&self) -> Option<i64> {
        self.expires
    }
}

/// Why there is no token, where that is to be mended, and how by one click.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// Where to look.
    pub place: Place,
    /// What is wrong.
    pub problem: Problem,
    /// What can be offered, best first.
    pub remedies: Vec<Remedy>,
}

/// Where a token is blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the header or the claims text.
    Text(Part),
    /// At the key.
    Key,
}

/// A one-click way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Draw a secret.
    GenerateSecret,
    /// Generate a key of this kind.
    GenerateKey(KeyKind),
    /// Open a key file.
    OpenKey,
    /// Set `alg` to this.
    UseAlgorithm(Algorithm),
    /// Declare the variable of this name.
    DeclareVariable(String),
    /// Wrap the claims in an object.
    JumpTo(Part, usize),
}

/// A schema, or what is wrong with its text.
type ReadSchema = Arc<Result<Schema, Problem>>;

/// The signer that was built last, what was found about its key, and the schema that was read last. One of each is
/// enough: they change only with the key, the algorithm or the schema.
#[derive(Default)]
pub struct SignerCache {
    schema: Option<(Arc<str>, ReadSchema)>,
    last: Option<(Arc<Key>, Signer)>,
    judged: Option<(Arc<Key>, Algorithm, Vec<Finding>)>,
}

impl SignerCache {
    /// The schema of this text, read anew only when the text changed.
    fn schema(&mut self, text: &Arc<str>) -> ReadSchema {
        match &self.schema {
            Some((of, schema)) if of == text => Arc::clone(schema),
            _ => {
                let schema = Arc::new(Schema::compile(text));
                self.schema = Some((Arc::clone(text), Arc::clone(&schema)));
                schema
            }
        }
    }

    /// The signer of this key for this algorithm, built anew only when one of them changed.
    fn signer(&mut self, key: &Arc<Key>, algorithm: Algorithm) -> Result<&Signer, Problem> {
        let hit =
            matches!(&self.last, Some((held, signer)) if Arc::ptr_eq(held, key) && signer.algorithm() == algorithm);
        if !hit {
            self.last = None;
        }
        match &mut self.last {
            Some((_, signer)) => Ok(signer),
            empty => Ok(&empty.insert((Arc::clone(key), key.signer(algorithm)?)).1),
        }
    }

    /// What is found about this key with this algorithm, found anew only when one of them changed.
    fn findings(&mut self, key: &Arc<Key>, algorithm: Algorithm, find: impl FnOnce() -> Vec<Finding>) -> Vec<Finding> {
        match &self.judged {
            Some((held, of, findings)) if Arc::ptr_eq(held, key) && *of == algorithm => findings.clone(),
            _ => {
                let findings = find();
                self.judged = Some((Arc::clone(key), algorithm, findings.clone()));
                findings
            }
        }
    }
}

/// Derives all facts of a revision. `random` fills a buffer with random bytes.
pub fn derive(inputs: &Inputs, signers: &mut SignerCache, random: &mut dyn FnMut(&mut [u8])) -> Facts {
    if !matches!(inputs.key, KeyChoice::Held(_)) {
        // A key that was forgotten is not kept here either.
        (signers.last, signers.judged) = (None, None);
    }
    let header = Json::parse(&inputs.header);
    let claims = Json::parse(&inputs.claims);
    let algorithm = header.as_ref().map_err(Clone::clone).and_then(algorithm_of);
    let placeholders = claims.as_ref().map(scan::scan).unwrap_or_default();
    let header_placeholders = header.as_ref().map(scan::scan).unwrap_or_default();
    let marks =
        claims.as_ref().map(|json| marks(json, &placeholders, &inputs.variables, inputs.now)).unwrap_or_default();
    let outcome = mint(inputs, &header, &claims, &algorithm, signers, random).map(Arc::new);
    let filled = [&header, &claims]
        .map(|json| json.as_ref().map(|json| Filled::of(json, &inputs.variables, inputs.now)).unwrap_or_default());
    let token_len = outcome.as_ref().ok().map(|minted| minted.token.len());
    let schema = inputs.schema.as_ref().map(|text| signers.schema(text));
    let subject = subject(inputs, [&header, &claims], &filled, schema.as_deref(), token_len);
    let mut findings = findings::find_in_texts(&subject);
    if let (KeyChoice::Held(key), Ok(algorithm)) = (&inputs.key, &algorithm) {
        findings.extend(signers.findings(key, *algorithm, || findings::find_about_key(&subject)));
    }
    Facts {
        revision: inputs.revision,
        expiry: claims.as_ref().ok().map(Expiry::read),
        header,
        claims,
        algorithm,
        placeholders,
        header_placeholders,
        marks,
        outcome,
        findings,
        schema,
        filled,
    }
}

/// The draft as the rules look at it.
fn subject<'a>(
    inputs: &'a Inputs,
    [header, claims]: [&'a Result<Json, Problem>; 2],
    [filled_header, filled_claims]: &'a [Filled; 2],
    schema: Option<&'a Result<Schema, Problem>>,
    token_len: Option<usize>,
) -> Subject<'a> {
    let key = match &inputs.key {
        KeyChoice::Held(key) => Some(key.as_ref()),
        KeyChoice::Unreadable(_) | KeyChoice::Missing(_) | KeyChoice::NoAlgorithm => None,
    };
    let typed = inputs.typed.as_ref().map(|typed| (typed.text.as_str().unwrap_or_default(), typed.encoding));
    Subject {
        header: Some(Text { text: &inputs.header, json: header.as_ref(), filled: Some(filled_header) }),
        claims: Some(Text { text: &inputs.claims, json: claims.as_ref(), filled: Some(filled_claims) }),
        key: key.map(|key| KeySubject { key, typed }),
        token_len,
        template: Some(TemplateSubject { variables: &inputs.variables, serialization: inputs.serialization, schema }),
        ..NOTHING
    }
}

fn mint(
    inputs: &Inputs,
    header: &Result<Json, Problem>,
    claims: &Result<Json, Problem>,
    algorithm: &Result<Algorithm, Problem>,
    signers: &mut SignerCache,
    random: &mut dyn FnMut(&mut [u8]),
) -> Result<Minted, Blocked> {
    let header = readable(header, Part::Header)?;
    let claims = readable(claims, Part::Claims)?;
    let algorithm = *algorithm.as_ref().map_err(blocked_algorithm)?;
    if claims.root().kind() != Kind::Object {
        return Err(blocked_claims_kind(claims));
    }
    let key = chosen_key(&inputs.key, algorithm)?;
    let signer = signers.signer(key, algorithm).map_err(|problem| blocked_key(problem, algorithm))?;
    let mut context = Context { now: inputs.now, counter: 0, random };
    let header = rendered(header, Part::Header, inputs, &mut context)?;
    let payload = rendered(claims, Part::Claims, inputs, &mut context)?;
    let token = compact::mint(signer, &header, &payload).map_err(|problem| blocked_key(problem, algorithm))?;
    decoded(token, algorithm, inputs.now)
}

fn readable(json: &Result<Json, Problem>, part: Part) -> Result<&Json, Blocked> {
    json.as_ref().map_err(|problem| {
        let jump = problem.span.map(|span| Remedy::JumpTo(part, span.start));
        Blocked { place: Place::Text(part), problem: problem.clone(), remedies: jump.into_iter().collect() }
    })
}

fn rendered(json: &Json, part: Part, inputs: &Inputs, context: &mut Context<'_>) -> Result<Vec<u8>, Blocked> {
    let blocked = |problem: Problem| {
        let jump = problem.span.map(|span| Remedy::JumpTo(part, span.start));
        let declare = unknown_variable(json, &problem).map(Remedy::DeclareVariable);
        Blocked { place: Place::Text(part), problem, remedies: declare.into_iter().chain(jump).collect() }
    };
    let first = |problems: Vec<Problem>| {
        problems.into_iter().next().unwrap_or_else(|| Problem::new("placeholder", "A placeholder cannot be filled in."))
    };
    let rendering = Rendering::compile(json, inputs.serialization, &inputs.variables)
        .map_err(|problems| blocked(first(problems)))?;
    let mut bytes = Vec::with_capacity(json.text().len() + 64);
    rendering.render(context, &mut bytes).map_err(blocked)?;
    Ok(bytes)
}

/// The name in a placeholder that no variable has.
fn unknown_variable(json: &Json, problem: &Problem) -> Option<String> {
    let span = problem.span?;
    scan::scan(json).into_iter().find(|occurrence| occurrence.span == span).and_then(|occurrence| {
        match occurrence.placeholder {
            Ok(Placeholder::Variable(name)) => Some(name),
            _ => None,
        }
    })
}

fn chosen_key(key: &KeyChoice, algorithm: Algorithm) -> Result<&Arc<Key>, Blocked> {
    match key {
        KeyChoice::Held(key) => Ok(key),
        KeyChoice::Unreadable(problem) => Err(blocked_key(problem.clone(), algorithm)),
        KeyChoice::Missing(_) | KeyChoice::NoAlgorithm => {
            let message = format!(
                "{} signs with a private {} key, and there is none yet.",
                algorithm.name(),
                algorithm.key_kind().label()
            );
            Err(blocked_key(
                Problem::new("key-missing", message).help("Generate a key, open a file or paste one."),
                algorithm,
            ))
        }
    }
}

fn blocked_key(problem: Problem, algorithm: Algorithm) -> Blocked {
    let remedies = match algorithm.family() {
        Family::Hmac => vec![Remedy::GenerateSecret],
        Family::RsaPkcs1 | Family::RsaPss | Family::Ecdsa | Family::EdDsa => {
            vec![Remedy::GenerateKey(algorithm.key_kind()), Remedy::OpenKey]
        }
    };
    Blocked { place: Place::Key, problem, remedies }
}

fn blocked_algorithm(problem: &Problem) -> Blocked {
    // An algorithm can be set in an object only.
    let remedy = match problem.span.filter(|_| problem.code == NOT_AN_OBJECT) {
        Some(span) => Remedy::JumpTo(Part::Header, span.start),
        None => Remedy::UseAlgorithm(Algorithm::HS256),
    };
    Blocked { place: Place::Text(Part::Header), problem: problem.clone(), remedies: vec![remedy] }
}

fn blocked_claims_kind(claims: &Json) -> Blocked {
    let problem = Problem::new(
        "claims-not-object",
        "The claims of a JWT are a JSON object (RFC 7519 §4), and this is something else.",
    )
    .help("Write the claims as { \"name\": value }.")
    .at(claims.root().span());
    let jump = Remedy::JumpTo(Part::Claims, claims.root().span().start);
    Blocked { place: Place::Text(Part::Claims), problem, remedies: vec![jump] }
}

/// Reads the token back, so that what is shown is what is in it.
fn decoded(token: Token, algorithm: Algorithm, at: i64) -> Result<Minted, Blocked> {
    let read = |part: &str| -> Result<Json, Problem> {
        let bytes = base64url::decode(part)?;
        let text = String::from_utf8(bytes).map_err(|error| {
            Problem::new("utf8", format!("Byte {} is not UTF-8.", error.utf8_error().valid_up_to()))
                .help("Write the text as UTF-8.")
        })?;
        Json::parse(&text)
    };
    let blocked = |part| move |problem| Blocked { place: Place::Text(part), problem, remedies: Vec::new() };
    let header = read(token.header()).map_err(blocked(Part::Header))?;
    let claims = read(token.payload()).map_err(blocked(Part::Claims))?;
    let sizes = Sizes::of(&token);
    let expires = claims.root().get("exp").and_then(|exp| exp.as_i64());
    Ok(Minted { token, algorithm, header, claims, sizes, at, expires })
}
