//! Imports: any text as an environment of another program, and any claims as relative ones.

use jwt_workbench::jose::instant::InstantFormat;
use jwt_workbench::jose::json::Json;
use jwt_workbench::template::environment::Environment;
use jwt_workbench::template::placeholder::check_name;
use jwt_workbench::template::relative::relative;

use super::input::{Input, check_problem, seed};

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let texts = [
        r#"{"name":"S","values":[{"key":"a","value":"b","enabled":true},{"key":"c","value":"d","type":"secret"}]}"#,
        r#"{"_type":"export","resources":[{"_type":"environment","name":"B","data":{"a":{"b":[1]}},"kvPairData":[{"name":"a","type":"secret"}]}]}"#,
        r#"{"environments":[{"name":"L","variables":[{"name":"a","value":"b","secret":true},{"name":"c","value":1}]}]}"#,
        "vars {\n  a: b\n  ~c: d\n  e: '''\n    f\n  '''\n}\nvars:secret [\n  g,\n  ~h\n]\n",
        "type: environment.insomnia.rest/5.0\n",
        r#"{"iat":1795284752,"exp":1795286552,"nbf":-1,"auth_time":1e3,"jti":"5f0b8d3c-3a57-4c2f-9d0e-6a1de1f6a111"}"#,
    ];
    texts.iter().map(|text| seed(&[], 0, text)).collect()
}

pub(super) fn run(bytes: &[u8]) {
    let text = Input::new(bytes).text();
    match Environment::of_text(&text) {
        Some(Ok(environment)) => check(&environment),
        Some(Err(problem)) => check_problem(&problem, &text),
        None => {}
    }
    let Ok(json) = Json::parse(&text) else { return };
    if let Some(environment) = Environment::of_json(json.root()) {
        check(&environment);
    }
    if let Some((changes, edit)) = relative(&json, InstantFormat::UTC) {
        let made = Json::parse(&edit.apply(&text));
        assert!(made.is_ok() && !changes.is_empty(), "{text}");
        let Ok(made) = made else { return };
        assert!(relative(&made, InstantFormat::UTC).is_none_or(|(again, _)| again.len() < changes.len()), "{text}");
    }
}

/// Every variable can be named by a placeholder, and is JSON where it says so.
fn check(environment: &Environment) {
    for (name, variable) in environment.variables.iter() {
        assert!(check_name(name).is_ok(), "{name:?}");
        assert!(!variable.json || Json::parse(&variable.text).is_ok(), "{variable:?}");
    }
}
