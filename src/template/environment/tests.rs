//! Exports as the programs write them.

use super::*;
use crate::jose::json::Json;

#[track_caller]
fn check(found: &Environment, program: &str, name: &str, variables: &str, left_out: &[(&str, &str)]) {
    assert_eq!((found.program, found.name.as_str()), (program, name));
    assert_eq!(found.variables.to_json(), variables);
    let left: Vec<(&str, &str)> = found.left_out.iter().map(|left| (left.name.as_str(), left.why)).collect();
    assert_eq!(left, left_out);
}

fn json(text: &str) -> Option<Environment> {
    Environment::of_json(Json::parse(text).unwrap().root())
}

#[test]
fn postman_gives_its_values_and_never_its_secrets() {
    let text = r#"{
      "id": "4f0b8d3c-3a57-4c2f-9d0e-6a1de1f6a111", "name": "Staging",
      "values": [
        {"key": "base_url", "value": "https://api.example.com", "type": "default", "enabled": true},
        {"key": "quota", "value": 5, "enabled": true},
        {"key": "token", "value": "hunter2", "type": "secret", "enabled": true},
        {"key": "old", "value": "x", "type": "any", "enabled": false},
        {"key": "now", "value": "x", "enabled": true},
        {"key": "tenant", "value": "acme", "description": {"content": "Whose it is", "type": "text/plain"}}
      ],
      "_postman_variable_scope": "environment", "_postman_exported_using": "Postman/11.2.0"
    }"#;
    let found = json(text).unwrap();
    let variables = r#"{ "base_url": "https://api.example.com", "quota": 5, "tenant": "acme" }"#;
    check(&found, "Postman", "Staging", variables, &[("token", SECRET), ("old", OFF), ("now", NAME)]);
    assert_eq!(found.variables.get("tenant").unwrap().description, "Whose it is");
    assert!(!format!("{found:?}").contains("hunter2"));
}

#[test]
fn insomnia_gives_the_data_of_all_environments() {
    let text = r#"{"_type": "export", "__export_format": 4, "__export_source": "insomnia.desktop.app:v2023.5.8", "resources": [
        {"_id": "wrk_1", "_type": "workspace", "name": "API"},
        {"_id": "env_1", "_type": "environment", "parentId": "wrk_1", "name": "Base Environment", "isPrivate": false,
         "data": {"host": "api.example.com", "user": {"roles": ["a"]}, "password": "hunter2"},
         "kvPairData": [{"id": "1", "name": "password", "value": "hunter2", "type": "secret", "enabled": true}]},
        {"_id": "env_2", "_type": "environment", "parentId": "env_1", "name": "Prod", "data": {"host": "other", "user": {"roles": ["a"]}}},
        {"_id": "env_3", "_type": "environment", "parentId": "env_1", "name": "Mine", "isPrivate": true, "data": {"key": "hunter2"}}
    ]}"#;
    let found = json(text).unwrap();
    let variables = r#"{ "host": "api.example.com", "user": {"roles": ["a"]} }"#;
    let left = [("password", SECRET), ("host", TWICE), ("key", SECRET)];
    check(&found, "Insomnia", "Base Environment, Prod, Mine", variables, &left);
    assert!(!format!("{found:?}").contains("hunter2"));
    let yaml = "type: collection.insomnia.rest/5.0\nname: API\nenvironments:\n  name: Base\n  data:\n    a: b\n";
    assert!(Environment::of_text(yaml).unwrap().unwrap_err().help.contains("version 4"));
}

#[test]
fn bruno_gives_its_vars_in_both_forms() {
    let text = "meta {\n  name: Local\n}\n\nvars {\n  host: http://localhost:8080\n  ~old: x\n  note: '''\n    one\n      two\n  '''\n  \
                empty:\n}\nvars:secret [\n  jwt-token,\n  ~other\n]\n";
    let found = Environment::of_text(text).unwrap().unwrap();
    let variables = r#"{ "host": "http://localhost:8080", "note": "one\n  two", "empty": "" }"#;
    check(&found, "Bruno", "", variables, &[("old", OFF), ("jwt-token", SECRET), ("other", SECRET)]);
    let found = Environment::of_text("vars:secret [a, b]\n").unwrap().unwrap();
    check(&found, "Bruno", "", "{}", &[("a", SECRET), ("b", SECRET)]);
    let text = r#"{"name": "Local", "variables": [
        {"name": "host", "value": "h", "enabled": true, "secret": false, "type": "text"},
        {"name": "token", "value": "hunter2", "enabled": true, "secret": true},
        {"name": "off", "value": "", "enabled": false}]}"#;
    let found = json(text).unwrap();
    check(&found, "Bruno", "Local", r#"{ "host": "h" }"#, &[("token", SECRET), ("off", OFF)]);
    assert!(!format!("{found:?}").contains("hunter2"));
    let several = format!(r#"{{"name": "API", "version": "1", "environments": [{text}]}}"#);
    assert_eq!(json(&several).unwrap().variables.len(), 1);
}

#[test]
fn what_is_no_export_is_none() {
    for text in ["{}", r#"{"values": []}"#, r#"{"values": [1]}"#, r#"{"resources": [{"_type": "workspace"}]}"#, "[]"] {
        assert_eq!(json(text), None, "{text}");
    }
    for text in [r#"{"variables": [{"key": "a", "name": "b"}]}"#, r#"{"variables": {"a": "b"}}"#, r#"{"sub": "me"}"#] {
        assert_eq!(json(text), None, "{text}");
    }
    assert_eq!(Environment::of_text("vars"), None);
    assert_eq!(Environment::of_text("get {\n  url: x\n}\n"), None);
}
