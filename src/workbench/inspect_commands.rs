//! Commands about the token under inspection, and what came of reading it.

use std::sync::Arc;

use super::Workbench;
use super::command::{FileCommand, InspectCommand};
use super::effect::Effect;
use super::fixing::trimmed;
use super::inspection::{Doctor, KeyPick};
use super::key_ring::KeyOrigin;
use super::keys::{KeyChange, SecretInput};
use super::muted::Shown;
use super::page::Page;
use super::reading::{Candidate, Reading, ReadingInputs};
use crate::findings::{Change, Finding};
use crate::jose::compact::{Decoded, Fault, Part, TokenKind};
use crate::jose::doctor::{Cause, Diagnosis, Suspect};
use crate::jose::error::Problem;
use crate::jose::json::Serialization;
use crate::jose::jwa::KeyKind;
use crate::jose::secret::Secret;
use crate::jose::unwrap::Instead;
use crate::jose::verify::{Verdict, verify};
use crate::template::default::default_template;
use crate::template::file::TemplateFile;
use crate::template::scan::escape;

impl Workbench {
    pub(super) fn apply_inspect(&mut self, command: InspectCommand) -> Vec<Effect> {
        match command {
            InspectCommand::SetText(text) => {
                self.inspection.set_text(text);
                return self.reread();
            }
            InspectCommand::Clear => {
                self.inspection.set_text(String::new());
                return self.reread();
            }
            InspectCommand::PasteFresh => return vec![Effect::ReadClipboard],
            InspectCommand::ChooseSignature(index) => {
                self.inspection.set_signature(index);
                return self.reread();
            }
            InspectCommand::UseKey(pick) => {
                self.inspection.against.key = pick;
                return self.reread();
            }
            InspectCommand::SetSecret(text) => {
                self.inspection.against.secret.text = text;
                return self.reread();
            }
            InspectCommand::SetSecretEncoding(encoding) => {
                self.inspection.against.secret.encoding = encoding;
                return self.reread();
            }
            InspectCommand::SetNow(now) => self.inspection.against.now = now,
            InspectCommand::SetLeeway(leeway) => self.inspection.set_leeway(leeway),
            InspectCommand::Expect(expected) => self.inspection.against.expected = expected,
            InspectCommand::Diagnose => return self.diagnose(),
            InspectCommand::StopDiagnosis => return vec![Effect::StopDiagnosis],
            InspectCommand::TakeDiagnosis => return self.take_diagnosis(),
            InspectCommand::Fix(finding) => return self.fix_inspected(*finding),
            InspectCommand::Mute(finding) => self.inspection.muted.mute(&finding),
            InspectCommand::Unmute => self.inspection.muted.clear(),
            InspectCommand::OpenInstead => return self.open_instead(),
            InspectCommand::InspectDraft => return self.inspect_draft(),
            InspectCommand::EditInCraft => return self.apply_file(FileCommand::TakeInspected),
        }
        self.judge();
        Vec::new()
    }

    /// Goes to the Inspect page with this text.
    pub(super) fn inspect(&mut self, text: String) -> Vec<Effect> {
        self.settings.page = Page::Inspect;
        self.inspection.set_text(text);
        self.reread()
    }

    /// The same with the token of the draft.
    fn inspect_draft(&mut self) -> Vec<Effect> {
        let token = self.minted().map(|minted| minted.token.as_str().to_owned());
        token.map(|token| self.inspect(token)).unwrap_or_default()
    }

    /// To be called after every change of the text or the keys.
    pub(super) fn reread(&mut self) -> Vec<Effect> {
        self.inspection.revision += 1;
        self.inspection.doctor = Doctor::Idle;
        if self.inspection.is_empty() {
            self.inspection.read = self.inspection.revision;
            self.inspection.reading = None;
            self.inspection.verification = None;
            self.inspection.findings = Shown::default();
            return vec![Effect::StopDiagnosis];
        }
        let pick = self.inspection.against.key;
        let (candidates, unreadable) = match self.candidates(pick) {
            Ok(candidates) => (candidates, None),
            Err(problem) => (Vec::new(), Some(problem)),
        };
        let inputs = ReadingInputs {
            revision: self.inspection.revision,
            text: self.inspection.text().to_owned(),
            signature: self.inspection.signature(),
            pick,
            candidates,
            unreadable,
        };
        vec![Effect::StopDiagnosis, Effect::Read(Box::new(inputs))]
    }

    pub(super) fn on_read(&mut self, revision: u64, reading: Option<Box<Reading>>) -> Vec<Effect> {
        if revision > self.inspection.revision || revision < self.inspection.read {
            return Vec::new();
        }
        self.inspection.read = revision;
        self.inspection.reading = reading.map(Arc::from);
        self.judge();
        let failed = self
            .inspection
            .verification
            .as_ref()
            .is_some_and(|verification| matches!(verification.verdict, Verdict::Invalid | Verdict::NotChecked));
        let matches = self.inspection.reading.as_ref().is_some_and(|reading| reading.signature.matches());
        if failed && !matches && self.inspection.is_settled() { self.diagnose() } else { Vec::new() }
    }

    /// Makes the verdict and the findings for the instant chosen.
    pub(super) fn judge(&mut self) {
        let Some(reading) = self.inspection.reading.clone() else {
            self.inspection.verification = None;
            self.inspection.findings = Shown::default();
            return;
        };
        let now = self.inspection.now(self.now);
        let against = &self.inspection.against;
        let verification =
            verify(&reading.decoded, &reading.signature, &against.expected, now, against.leeway, self.clock());
        let mut findings = reading.findings.clone();
        findings.extend(reading.findings_at(now, against.leeway, self.clock()));
        self.inspection.verification = Some(verification);
        self.inspection.findings = Shown::of(findings, &self.inspection.muted);
    }

    /// The keys that a pick stands for.
    fn candidates(&self, pick: KeyPick) -> Result<Vec<Candidate>, Problem> {
        Ok(match pick {
            KeyPick::Automatic => self.all_candidates(),
            KeyPick::Typed => vec![secret_candidate(pick, "typed here", &self.inspection.against.secret)?],
            KeyPick::Craft => vec![secret_candidate(pick, CRAFT_SECRET, self.keys.secret())?],
            KeyPick::Ring(id) => {
                self.ring_candidates().filter(|candidate| candidate.pick == KeyPick::Ring(id)).collect()
            }
        })
    }

    /// Every key at hand.
    pub(super) fn all_candidates(&self) -> Vec<Candidate> {
        let typed = &self.inspection.against.secret;
        let typed = (!typed.text.is_empty()).then(|| secret_candidate(KeyPick::Typed, "typed here", typed).ok());
        let craft = secret_candidate(KeyPick::Craft, CRAFT_SECRET, self.keys.secret()).ok();
        self.ring_candidates().chain(typed.flatten()).chain(craft).collect()
    }

    fn ring_candidates(&self) -> impl Iterator<Item = Candidate> {
        self.keys.ring().keys().iter().map(|entry| Candidate {
            pick: KeyPick::Ring(entry.id),
            name: entry.name.clone(),
            key: Arc::clone(&entry.key),
            typed: None,
            source: entry.source.clone(),
        })
    }

    fn diagnose(&mut self) -> Vec<Effect> {
        let Some(reading) = &self.inspection.reading else { return Vec::new() };
        let suspects: Vec<_> = self.suspects(reading);
        if suspects.is_empty() || reading.decoded.kind != TokenKind::Jws {
            return Vec::new();
        }
        let token = reading.token.clone();
        let ticket = self.pending.ticket();
        self.inspection.doctor = Doctor::Busy { ticket, attempts: 0 };
        vec![Effect::Diagnose { ticket, token, suspects }]
    }

    /// The key that was used first, then all others.
    fn suspects(&self, reading: &Reading) -> Vec<Suspect> {
        let used = reading.used.iter();
        let picked = reading.used.as_ref().map(|used| used.pick);
        let mut suspects: Vec<_> = used.map(Candidate::suspect).collect();
        let others = self.all_candidates().into_iter().filter(|candidate| Some(candidate.pick) != picked);
        suspects.extend(others.map(|candidate| candidate.suspect()));
        suspects
    }

    pub(super) fn on_diagnosing(&mut self, of: u64, made: usize) {
        if let Doctor::Busy { ticket, attempts } = &mut self.inspection.doctor
            && *ticket == of
        {
            *attempts = made;
        }
    }

    pub(super) fn on_diagnosed(&mut self, of: u64, diagnosis: Box<Diagnosis>) {
        if matches!(self.inspection.doctor, Doctor::Busy { ticket, .. } if ticket == of) {
            self.inspection.doctor = Doctor::Done(diagnosis);
        }
    }

    /// Verifies with the key that the doctor found.
    fn take_diagnosis(&mut self) -> Vec<Effect> {
        let Doctor::Done(diagnosis) = &self.inspection.doctor else { return Vec::new() };
        let Some(Cause { key, secret, .. }) = &diagnosis.found else { return Vec::new() };
        if let Some((text, encoding)) = secret.clone() {
            self.inspection.against.secret = SecretInput { text, encoding };
            self.inspection.against.key = KeyPick::Typed;
        } else if let Some(key) = key.clone() {
            let id = self.keys.ring_mut().add(Arc::new(key), KeyOrigin::Pasted, None);
            self.inspection.against.key = KeyPick::Ring(id);
        } else {
            return Vec::new();
        }
        self.reread()
    }

    /// Changes the pasted text or the typed secret; never header or claims: that would need a new signature.
    fn fix_inspected(&mut self, finding: Finding) -> Vec<Effect> {
        let Some(fix) = finding.fix.filter(|_| self.inspection.is_settled()) else { return Vec::new() };
        let against = &mut self.inspection.against;
        match fix.change {
            Change::Token(edit) => {
                let Some(reading) = &self.inspection.reading else { return Vec::new() };
                let text = edit.apply(&reading.token.text);
                self.inspection.set_text(text);
            }
            Change::ReadSecretAs(encoding) => against.secret.encoding = encoding,
            Change::TrimSecret => against.secret.text = trimmed(&against.secret.text),
            Change::ExtractPublic => {
                return match against.key {
                    KeyPick::Ring(id) => self.derive_public(id),
                    KeyPick::Automatic | KeyPick::Typed | KeyPick::Craft => Vec::new(),
                };
            }
            Change::Header(_)
            | Change::Claims(_)
            | Change::Sign(_)
            | Change::GenerateSecret
            | Change::GenerateKey(_)
            | Change::DeclareVariable(_)
            | Change::RemoveVariable(_) => return Vec::new(),
        }
        self.reread()
    }

    pub(super) fn on_clipboard(&mut self, text: Result<String, Problem>) -> Vec<Effect> {
        match text {
            Ok(text) => self.inspect(text),
            Err(problem) => self.complain(problem),
        }
    }

    /// A text that is no token goes where it belongs.
    fn open_instead(&mut self) -> Vec<Effect> {
        let Some(reading) = &self.inspection.reading else { return Vec::new() };
        match reading.unwrapped.instead {
            Some(Instead::Key) => {
                let key = Secret::from(self.inspection.text().to_owned());
                self.inspection.set_text(String::new());
                self.settings.page = Page::Keys;
                let mut effects = self.read_key(KeyOrigin::Pasted, key);
                effects.extend(self.reread());
                effects
            }
            Some(Instead::Claims) => self.apply_file(FileCommand::TakeInspected),
            None => Vec::new(),
        }
    }

    /// Makes the inspected token, or claims, the draft.
    pub(super) fn take_inspected(&mut self) -> Vec<Effect> {
        let Some(reading) = self.inspection.reading.clone() else { return Vec::new() };
        let template = match reading.unwrapped.instead {
            Some(Instead::Claims) => claims_draft(self.inspection.text()),
            Some(Instead::Key) => return Vec::new(),
            None => match token_draft(&reading.decoded, &reading.token.text) {
                Ok(template) => template,
                Err(problem) => return self.complain(problem),
            },
        };
        self.settings.page = Page::Craft;
        let mut effects = self.begin(template, None);
        if let Some(used) = &reading.used {
            effects.extend(self.carry_key(used));
        }
        effects
    }

    /// Signs with the key that the token was verified with, where it can sign.
    fn carry_key(&mut self, used: &Candidate) -> Vec<Effect> {
        match (used.pick, used.key.kind()) {
            (KeyPick::Typed, _) => {
                let secret = self.inspection.against.secret.clone();
                self.change_key(KeyChange::Secret(secret))
            }
            (KeyPick::Ring(id), KeyKind::Secret) => self.use_key(id),
            (KeyPick::Ring(id), _) if used.key.is_private() => self.use_key(id),
            (KeyPick::Ring(_) | KeyPick::Craft | KeyPick::Automatic, _) => Vec::new(),
        }
    }
}

/// What the secret of the Craft page is called here.
const CRAFT_SECRET: &str = "on the Craft page";

fn secret_candidate(pick: KeyPick, name: &str, secret: &SecretInput) -> Result<Candidate, Problem> {
    Ok(Candidate {
        pick,
        name: name.to_owned(),
        key: secret.key()?,
        typed: Some((secret.text.clone(), secret.encoding)),
        source: None,
    })
}

fn claims_draft(text: &str) -> TemplateFile {
    let mut template = default_template();
    template.name = String::new();
    template.claims = text.to_owned();
    template
}

/// A token becomes a draft of its header and claims, byte for byte.
pub(super) fn token_draft(decoded: &Decoded, token: &str) -> Result<TemplateFile, Problem> {
    if decoded.kind == TokenKind::Jwe {
        return Err(Problem::new(
            "token-encrypted",
            "This token is encrypted; its claims cannot be read without its key",
        )
        .help("Open a signed token: it has three parts."));
    }
    // Two parts are a token whose end was not copied; header and claims are there.
    let enough = decoded.kind == TokenKind::Invalid && token.matches('.').count() == 1;
    let matters = |fault: &&Fault| match fault.part {
        Part::Header | Part::Payload => fault.problem.code != "token-object",
        Part::Token => !enough,
        _ => false,
    };
    if let Some(fault) = decoded.faults.iter().find(matters) {
        return Err(fault.problem.clone());
    }
    let text = |part| {
        let bytes = decoded.segment(part).map(|segment| segment.bytes.as_slice()).unwrap_or_default();
        escape(std::str::from_utf8(bytes).unwrap_or_default()).into_owned()
    };
    let mut template = default_template();
    template.name = "From a token".to_owned();
    template.header = text(Part::Header);
    template.claims = text(Part::Payload);
    template.serialization = Serialization::AsTyped;
    Ok(template)
}
