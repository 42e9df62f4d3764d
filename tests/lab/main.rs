//! The login lab: a real server on loopback, a real load.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on says why")]

mod client;
mod curl;
mod heartbeat;
mod load;
mod routes;
mod stopping;

use std::sync::Arc;

use jwt_workbench::jose::json::{Json, Serialization};
use jwt_workbench::jose::jwa::Algorithm;
use jwt_workbench::jose::key::Key;
use jwt_workbench::lab::{self, Measured, Measurement, Server};
use jwt_workbench::measure::login::pattern::{Minting, Pattern, Payload};
use jwt_workbench::measure::login::plan::Plan;
use jwt_workbench::template::render::Rendering;
use jwt_workbench::template::variables::Variables;
use jwt_workbench::workbench::login::LoginInputs;

const ON_LOOP: Pattern = Pattern { payload: Payload::Full, minting: Minting::OnLoop };
const OFF_LOOP: Pattern = Pattern { payload: Payload::Full, minting: Minting::OffLoop };
/// The instant that the server begins with: the answers of the lab do not depend on the day.
const NOW: i64 = 1_750_000_000;
const SECRET: &str = "a secret for the login lab, 32 bytes and more";

fn compiled(text: &str) -> Rendering {
    let json = Json::parse(text).unwrap();
    let none = Json::parse("{}").unwrap();
    Rendering::compile(&json, Serialization::Compact, &Variables::from_json(none.root())).unwrap()
}

fn inputs(full: &str) -> LoginInputs {
    LoginInputs {
        subject: "Access token".to_owned(),
        algorithm: Algorithm::HS256,
        key: Arc::new(Key::secret(SECRET.to_owned().into())),
        header: compiled(r#"{"alg":"HS256","typ":"JWT"}"#),
        full: compiled(full),
        minimal: compiled(r#"{"sub":"user-42","exp":"{{now+30m}}"}"#),
        now: NOW,
    }
}

const CLAIMS: &str =
    r#"{"iss":"https://id.acme.dev","sub":"user-42","iat":"{{now}}","exp":"{{now+30m}}","roles":["a","b"]}"#;

/// A short measurement of these patterns.
fn plan(patterns: &[Pattern]) -> Plan {
    Plan { patterns: patterns.to_vec(), seconds: 1, ..Plan::default() }
}

fn start(plan: &Plan) -> Server {
    lab::start(inputs(CLAIMS), plan, 0).unwrap()
}

/// Measures to the end.
fn measured(server: &Server, plan: &Plan) -> Measured {
    let measurement = Measurement { plan: plan.clone(), others: Vec::new() };
    lab::measure(server.handle(), &measurement, &mut |_measured, _share| true).unwrap()
}
