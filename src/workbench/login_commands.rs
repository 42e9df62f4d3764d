//! What the user asks of the login lab.

use std::sync::Arc;
use std::time::Duration;

use super::Workbench;
use super::bench::{Bench, BenchSubject, Purpose};
use super::bench_commands::Pace;
use super::command::LoginCommand;
use super::compare::variant::VariantId;
use super::copying::CopyKind;
use super::effect::Effect;
use super::login::{Asked, Heard, LoginInputs, LoginState, MINIMAL_CLAIMS, MadeOf, Serving, curl};
use crate::jose::error::Problem;
use crate::jose::json::Json;
use crate::jose::key::Key;
use crate::jose::secret::Secret;
use crate::measure::login::exchange::Route;
use crate::measure::login::plan::Plan;
use crate::template::file::TemplateFile;

/// The most later requests that carry the token.
const MOST_LATER_REQUESTS: u32 = 1_000_000;

impl Workbench {
    /// The login lab.
    pub fn login(&self) -> &LoginState {
        &self.login
    }

    /// Whether the server mints something else than what would be minted now, or with other threads: it needs a restart.
    /// Without a server nothing is outdated.
    pub fn login_is_outdated(&self) -> bool {
        let Some(asked) = &self.login.asked else { return false };
        let same =
            |(template, key): (&TemplateFile, Arc<Key>)| asked.is_of(template, &key, &self.login.plan, self.login.port);
        !self.minted_by_logins().is_some_and(same)
    }

    /// Whether the figures are of something else than what would be minted now.
    pub(super) fn login_figures_are_outdated(&self, made_of: &BenchSubject) -> bool {
        let same = |(template, key): (&TemplateFile, Arc<Key>)| {
            made_of.login.as_ref().is_some_and(|made_of| made_of.is(template, &key))
        };
        !self.minted_by_logins().is_some_and(same)
    }

    pub(super) fn apply_login(&mut self, command: LoginCommand) -> Vec<Effect> {
        match command {
            LoginCommand::Start => {
                // What measures the server that is replaced would count its end as errors.
                let mut effects = self.stop_measuring_logins();
                effects.extend(self.start_login());
                return effects;
            }
            LoginCommand::Stop => return self.stop_login(),
            LoginCommand::SetPlan(plan) => self.login.plan = plan.bounded(),
            LoginCommand::SetPort(port) => self.login.port = port,
            LoginCommand::SetSubject(subject) => self.set_login_subject(subject),
            LoginCommand::SetProfile(profile) => self.login.profile = profile,
            LoginCommand::SetOwnNetwork(network) => {
                if [network.round_trip_ms, network.down_mbit, network.up_mbit].into_iter().all(f64::is_finite) {
                    self.login.own_network = network.bounded();
                }
            }
            LoginCommand::SetLaterRequests(count) => self.login.later_requests = count.clamp(1, MOST_LATER_REQUESTS),
            LoginCommand::CopyCurl(route) => return self.copy_login_curl(route),
            LoginCommand::OpenInBrowser => {
                return match &self.login.serving {
                    Some(serving) => vec![Effect::Browse(format!("http://{}/", serving.address))],
                    None => self.complain(not_serving()),
                };
            }
        }
        Vec::new()
    }

    fn set_login_subject(&mut self, subject: Option<VariantId>) {
        if subject.is_none_or(|id| self.comparison.get(id).is_some()) {
            self.login.subject = subject;
        }
    }

    /// Starts the server with what is minted now, in place of one that runs.
    fn start_login(&mut self) -> Vec<Effect> {
        let (inputs, made_of) = match self.login_inputs() {
            Ok(inputs) => inputs,
            Err(problem) => return self.cannot_start_login(problem),
        };
        let LoginState { plan, port, .. } = &self.login;
        let (plan, port, ticket) = (plan.clone(), *port, self.pending.ticket());
        self.login.problem = None;
        self.login.serving = None;
        self.login.asked = Some(Asked {
            ticket,
            subject: inputs.subject.clone(),
            algorithm: inputs.algorithm,
            made_of,
            plan: plan.clone(),
            port,
        });
        vec![Effect::StartLogin { inputs: Box::new(inputs), plan, port, ticket }]
    }

    fn cannot_start_login(&mut self, problem: Problem) -> Vec<Effect> {
        self.login.problem = Some(problem.clone());
        self.complain(problem)
    }

    fn stop_login(&mut self) -> Vec<Effect> {
        let mut effects = self.stop_measuring_logins();
        if self.login.asked.take().is_some() {
            self.login.serving = None;
            self.login.is_stopping = true;
            effects.push(Effect::StopLogin);
        }
        effects
    }

    fn stop_measuring_logins(&mut self) -> Vec<Effect> {
        let is_measured = self.bench.running().is_some_and(|running| running.bench == Bench::Login);
        if is_measured { self.stop_bench() } else { Vec::new() }
    }

    /// Measures logins, on a server that mints what is minted now.
    pub(super) fn measure_logins(&mut self) -> Vec<Effect> {
        self.bench.waiting = None;
        let mut effects = Vec::new();
        if self.login.asked.is_none() || self.login_is_outdated() {
            effects = self.start_login();
        }
        // What could not be started was told.
        let Some(made_of) = self.login.asked.as_ref().map(|asked| asked.made_of.clone()) else { return effects };
        if effects.is_empty() && self.login_is_outdated() {
            return effects;
        }
        let subject = BenchSubject { login: Some(made_of), ..BenchSubject::default() };
        let length = length(&self.login.plan);
        let pace = Pace { delay: Duration::ZERO, length, purpose: Purpose::Asked };
        effects.extend(self.begin_bench(Bench::Login, Vec::new(), 0, subject, pace));
        effects
    }

    pub(super) fn on_login_server(&mut self, heard: Heard) -> Vec<Effect> {
        match heard {
            Heard::Started { ticket, address } => {
                if let Some(asked) = self.login.asked.as_ref().filter(|asked| asked.ticket == ticket) {
                    let (subject, algorithm) = (asked.subject.clone(), asked.algorithm);
                    self.login.serving = Some(Serving { address, subject, algorithm });
                }
            }
            Heard::Failed { ticket, problem } => {
                if self.login.asked.take_if(|asked| asked.ticket == ticket).is_some() {
                    self.login.serving = None;
                    return self.cannot_start_login(problem);
                }
            }
            Heard::Stopped => self.login.is_stopping = false,
        }
        Vec::new()
    }

    /// The texts that a login mints, and the key it signs with; `None` without a key, and when the variant is gone.
    fn minted_by_logins(&self) -> Option<(&TemplateFile, Arc<Key>)> {
        match self.login.subject {
            None => {
                let template = self.draft.template();
                Some((template, self.key_for(template)?))
            }
            Some(id) => {
                let variant = self.comparison.get(id)?;
                Some((&variant.template, self.signing_key(variant, &variant.template)?))
            }
        }
    }

    /// What the server is to be started with.
    fn login_inputs(&self) -> Result<(LoginInputs, MadeOf), Problem> {
        let (subject, template): (String, Arc<TemplateFile>) = match self.login.subject {
            None => (self.plain_draft_name(), Arc::new(self.draft.template().clone())),
            Some(id) => {
                let variant = self.comparison.get(id).ok_or_else(|| {
                    Problem::new("login-subject", "The variant that logins were to mint is no longer there.")
                        .help("Choose another one, or the draft.")
                })?;
                (variant.name.clone(), Arc::clone(&variant.template))
            }
        };
        let Some((_, key)) = self.minted_by_logins() else { return Err(self.no_login_key(&template)) };
        let keep = MINIMAL_CLAIMS.map(str::to_owned);
        let inputs = LoginInputs::of(subject, &template, Arc::clone(&key), &keep, self.now)?;
        Ok((inputs, MadeOf::new(template, key)))
    }

    /// Why there is no key: the texts may name no algorithm, the secret may be unreadable, or there is none.
    fn no_login_key(&self, template: &TemplateFile) -> Problem {
        let algorithm = match Json::parse(&template.header).and_then(|header| super::facts::algorithm_of(&header)) {
            Ok(algorithm) => algorithm,
            Err(problem) => return problem,
        };
        if let Some(Err(problem)) = self.keys.for_algorithm(algorithm) {
            return problem;
        }
        let message =
            format!("{algorithm} signs with a private {} key, and there is none.", algorithm.key_kind().label());
        Problem::new("key-missing", message).help("Generate a key on the Craft page, or choose another variant.")
    }

    fn copy_login_curl(&mut self, route: Route) -> Vec<Effect> {
        let Some(serving) = &self.login.serving else { return self.complain(not_serving()) };
        let text = curl(route, &format!("http://{}", serving.address));
        vec![self.copy_text(Secret::from(text), CopyKind::Command)]
    }
}

/// How long a measurement takes: the idle server first, then every pattern.
fn length(plan: &Plan) -> Duration {
    let patterns = u64::try_from(plan.patterns.len()).unwrap_or(u64::MAX);
    Duration::from_secs(patterns.saturating_mul(u64::from(plan.seconds)).saturating_add(1))
}

fn not_serving() -> Problem {
    Problem::new("login-stopped", "The server of the login lab is not running.").help("Start it first.")
}
