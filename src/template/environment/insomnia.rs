//! Insomnia: version 4 is `{ "_type": "export", "resources": [ { "_type": "environment", "name", "data": { … } } ] }`.
//! Version 5 is YAML, which is not read here.

use super::{Environment, OFF, SECRET, is, text, variable};
use crate::jose::error::Problem;
use crate::jose::json::{Kind, Value};

pub(super) fn read(root: Value<'_>) -> Option<Environment> {
    let resources = root.get("resources").filter(|resources| resources.kind() == Kind::Array)?;
    let environments: Vec<Value<'_>> =
        resources.items().filter(|resource| text(*resource, "_type") == "environment").collect();
    let is_export = text(root, "_type") == "export" || !environments.is_empty();
    if !is_export {
        return None;
    }
    let names: Vec<String> = environments.iter().map(|environment| text(*environment, "name")).collect();
    let mut found = Environment::new("Insomnia", names.join(", "));
    environments.into_iter().for_each(|environment| add(&mut found, environment));
    Some(found)
}

/// Adds one environment. Where it is kept as rows, they say which of its data is secret or switched off.
fn add(found: &mut Environment, environment: Value<'_>) {
    let rows: Vec<Value<'_>> = environment.get("kvPairData").map(|rows| rows.items().collect()).unwrap_or_default();
    let row = |name: &str| rows.iter().copied().find(|row| text(*row, "name") == name);
    for row in &rows {
        let name = text(*row, "name");
        if text(*row, "type") == "secret" {
            found.leave_out(&name, SECRET);
        } else if is(*row, "enabled", false) {
            found.leave_out(&name, OFF);
        }
    }
    for member in environment.get("data").map(Value::members).into_iter().flatten() {
        let name = member.name();
        let told = row(&name).is_some_and(|row| text(row, "type") == "secret" || is(row, "enabled", false));
        if told {
            continue;
        }
        if is(environment, "isPrivate", true) || name == "__insomnia_vault" {
            found.leave_out(&name, SECRET);
        } else {
            found.add(&name, variable(member.value));
        }
    }
}

/// Whether a text is an export of version 5.
pub(super) fn is_yaml(text: &str) -> bool {
    let mut lines = text.lines().take(20);
    lines.any(|line| line.trim().strip_prefix("type:").is_some_and(|kind| kind.contains("insomnia.rest/5")))
}

pub(super) fn yaml() -> Problem {
    Problem::new("environment", "This is an export of Insomnia in version 5, which is YAML")
        .help("Export from Insomnia as JSON, version 4; then import that file.")
}
