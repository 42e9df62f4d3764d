//! Everything that rules look at, owned, and what a fix makes of it.

use std::sync::{Arc, LazyLock};

use jwt_workbench::findings::filled::Filled;
use jwt_workbench::findings::{self, Change, Finding, KeySubject, Part, Purpose, Subject, TemplateSubject, Text};
use jwt_workbench::jose::compact::{Decoded, decode};
use jwt_workbench::jose::error::Problem;
use jwt_workbench::jose::instant::InstantFormat;
use jwt_workbench::jose::json::{self, Json, Serialization, Value};
use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::{Secret, SecretEncoding};
use jwt_workbench::template::schema::Schema;
use jwt_workbench::template::variables::Variables;

/// The time in these tests: 2026-11-21 18:29:12 UTC.
pub(crate) const NOW: i64 = 1_795_285_752;

pub(crate) const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;
pub(crate) const CLAIMS: &str =
    r#"{"iss":"https://a.example","sub":"u","aud":"b","exp":"{{now+30m}}","iat":"{{now}}","jti":"{{uuid}}"}"#;

/// A draft, or a token that was received, with the key and the clock.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) header: String,
    pub(crate) claims: String,
    pub(crate) token: Option<String>,
    key: Option<Key>,
    refused: Option<Problem>,
    typed: Option<(String, SecretEncoding)>,
    removed: Vec<String>,
    len: Option<usize>,
    purpose: Purpose,
    now: i64,
    zone: i32,
    pub(crate) variables: Variables,
    schema: Option<Arc<Result<Schema, Problem>>>,
}

impl World {
    /// A draft about which there is nothing to say.
    pub(crate) fn good() -> Self {
        Self {
            header: HEADER.to_owned(),
            claims: CLAIMS.to_owned(),
            token: None,
            key: None,
            refused: None,
            typed: None,
            removed: Vec::new(),
            len: Some(300),
            purpose: Purpose::Issuing,
            now: NOW,
            zone: 0,
            variables: Variables::default(),
            schema: None,
        }
    }

    pub(crate) fn header(self, header: &str) -> Self {
        Self { header: header.to_owned(), ..self }
    }

    pub(crate) fn claims(self, claims: &str) -> Self {
        Self { claims: claims.to_owned(), ..self }
    }

    /// The good claims with this one, or with another value for it.
    pub(crate) fn with(self, name: &str, value: impl ToString) -> Self {
        let json = Json::parse(&self.claims).unwrap();
        let claims = json::set_member(json.root(), name, &value.to_string()).apply(&self.claims);
        Self { claims, ..self }
    }

    /// The good claims without this one.
    pub(crate) fn without(self, name: &str) -> Self {
        let json = Json::parse(&self.claims).unwrap();
        let claims = json::remove_all(json.root(), name).apply(&self.claims);
        Self { claims, ..self }
    }

    /// The good header with this member.
    pub(crate) fn with_header(self, name: &str, value: &str) -> Self {
        let json = Json::parse(&self.header).unwrap();
        let header = json::set_member(json.root(), name, value).apply(&self.header);
        Self { header, ..self }
    }

    /// The same with these variables, a JSON object.
    pub(crate) fn variables(self, object: &str) -> Self {
        Self { variables: Variables::from_json(Json::parse(object).unwrap().root()), ..self }
    }

    /// The same with this schema for the claims.
    pub(crate) fn schema(self, text: &str) -> Self {
        Self { schema: Some(Arc::new(Schema::compile(text))), ..self }
    }

    pub(crate) fn alg(self, algorithm: Algorithm) -> Self {
        self.with_header("alg", &json::quote(algorithm.name()))
    }

    pub(crate) fn key(self, key: Key) -> Self {
        Self { key: Some(key), typed: None, ..self }
    }

    /// A key file that cannot be used.
    pub(crate) fn refused(text: &str) -> Self {
        Self { refused: Some(Key::read(text.as_bytes()).unwrap_err()), ..Self::good() }
    }

    pub(crate) fn secret(self, text: &str) -> Self {
        self.secret_in(text, SecretEncoding::Utf8)
    }

    pub(crate) fn secret_in(self, text: &str, encoding: SecretEncoding) -> Self {
        let key = Key::secret(encoding.decode(&Secret::from(text.to_owned())).unwrap());
        Self { key: Some(key), typed: Some((text.to_owned(), encoding)), ..self }
    }

    pub(crate) fn received(self) -> Self {
        Self { purpose: Purpose::Receiving, ..self }
    }

    /// A token that was pasted.
    pub(crate) fn token(token: &str) -> Self {
        Self { token: Some(token.to_owned()), len: Some(token.len()), ..Self::good().received() }
    }

    pub(crate) fn removed(self, removed: &[&str]) -> Self {
        Self { removed: removed.iter().map(|removed| (*removed).to_owned()).collect(), ..self }
    }

    pub(crate) fn len(self, len: usize) -> Self {
        Self { len: Some(len), ..self }
    }

    pub(crate) fn at(self, now: i64) -> Self {
        Self { now, ..self }
    }

    pub(crate) fn zone(self, hours: i32, minutes: i32) -> Self {
        Self { zone: hours * 3600 + minutes * 60, ..self }
    }

    /// Everything found.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        match &self.token {
            Some(token) => self.of_token(&decode(token)),
            None => self.of_draft(),
        }
    }

    fn of_token(&self, decoded: &Decoded) -> Vec<Finding> {
        let subject = Subject::received(decoded, self.len.unwrap(), &self.removed);
        self.found(&Subject { key: self.key_subject(), ..subject })
    }

    fn of_draft(&self) -> Vec<Finding> {
        let header = Json::parse(&self.header);
        let claims = Json::parse(&self.claims);
        let filled = [&header, &claims].map(|json| self.filled(json));
        let [header, claims] = [(&self.header, &header, &filled[0]), (&self.claims, &claims, &filled[1])]
            .map(|(text, json, filled)| Text { text, json: json.as_ref(), filled: filled.as_ref() });
        self.found(&Subject {
            header: Some(header),
            claims: Some(claims),
            key: self.key_subject(),
            decoded: None,
            removed: &self.removed,
            token_len: self.len,
            template: (self.purpose == Purpose::Issuing).then_some(TemplateSubject {
                variables: &self.variables,
                serialization: Serialization::Compact,
                schema: self.schema.as_deref(),
            }),
            purpose: self.purpose,
        })
    }

    fn filled(&self, json: &Result<Json, Problem>) -> Option<Filled> {
        Some(Filled::of(json.as_ref().ok()?, &self.variables, self.now))
    }

    fn key_subject(&self) -> Option<KeySubject<'_>> {
        let typed = self.typed.as_ref().map(|(text, encoding)| (text.as_str(), *encoding));
        Some(KeySubject { key: self.key.as_ref()?, typed })
    }

    fn found(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let mut found = findings::find(subject);
        found.extend(findings::find_at(subject, self.now, 60, self.zone, InstantFormat::UTC));
        found.extend(self.refused.as_ref().map(findings::refused_key));
        found.sort_by_key(Finding::order);
        found
    }

    /// The text that findings of this part have their places in.
    pub(crate) fn text_of(&self, part: Part) -> Option<&str> {
        match part {
            Part::Header if self.token.is_none() => Some(&self.header),
            Part::Payload if self.token.is_none() => Some(&self.claims),
            _ => None,
        }
    }

    /// After a fix, as the window makes it.
    pub(crate) fn changed(&self, change: &Change) -> Self {
        let world = self.clone();
        let algorithm = Json::parse(&self.header)
            .ok()
            .and_then(|header| Algorithm::from_name(&header.root().get("alg").and_then(Value::as_str)?).ok());
        match change {
            Change::Header(edit) => Self { header: edit.apply(&self.header), ..world },
            Change::Claims(edit) => Self { claims: edit.apply(&self.claims), ..world },
            Change::Token(edit) => Self { token: Some(edit.apply(self.token.as_ref().unwrap())), ..world },
            Change::Sign(algorithm) => {
                let fit = self.key.as_ref().is_some_and(|key| key.signer(*algorithm).is_ok());
                let world = world.alg(*algorithm);
                if fit { world } else { world.key(key_for(*algorithm)) }
            }
            Change::GenerateSecret => world.key(key_for(algorithm.unwrap_or(Algorithm::HS256))),
            Change::ReadSecretAs(encoding) => world.secret_in(&self.typed.as_ref().unwrap().0, *encoding),
            Change::TrimSecret => world.secret(self.typed.as_ref().unwrap().0.trim()),
            Change::GenerateKey(kind) => world.key(generated(*kind)),
            Change::DeclareVariable(name) => {
                let mut world = world;
                world.variables.set(name, "");
                world
            }
            Change::RemoveVariable(name) => {
                let mut world = world;
                world.variables.remove(name);
                world
            }
            Change::ExtractPublic => world.key(self.key.as_ref().unwrap().public().unwrap()),
        }
    }
}

fn key_for(algorithm: Algorithm) -> Key {
    match algorithm.minimum_secret_bits() {
        Some(bits) => Key::generate(KeyKind::Secret, Some(bits)).unwrap(),
        None => generated(algorithm.key_kind()),
    }
}

/// A key pair; an RSA one is made once.
pub(crate) fn generated(kind: KeyKind) -> Key {
    static RSA: LazyLock<Key> = LazyLock::new(|| Key::generate(KeyKind::Rsa, None).unwrap());
    if kind == KeyKind::Rsa { RSA.clone() } else { Key::generate(kind, None).unwrap() }
}
