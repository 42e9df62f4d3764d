//! Postman: `{ "name", "values": [ { "key", "value", "type", "enabled" } ], "_postman_variable_scope" }`.

use super::{Environment, OFF, SECRET, is, text, variable};
use crate::jose::json::{Kind, Value};

pub(super) fn read(root: Value<'_>) -> Option<Environment> {
    let values = root.get("values").filter(|values| values.kind() == Kind::Array)?;
    let named = |value: Value<'_>| value.get("key").is_some_and(|key| key.kind() == Kind::String);
    let is_export = root.get("_postman_variable_scope").is_some() || !values.is_empty();
    if !is_export || !values.items().all(named) {
        return None;
    }
    let mut environment = Environment::new("Postman", text(root, "name"));
    for value in values.items() {
        let name = text(value, "key");
        if text(value, "type") == "secret" {
            environment.leave_out(&name, SECRET);
        } else if is(value, "enabled", false) {
            environment.leave_out(&name, OFF);
        } else {
            let mut variable = value.get("value").map(variable).unwrap_or_default();
            variable.description = described(value);
            environment.add(&name, variable);
        }
    }
    Some(environment)
}

/// What a value is for: a text, or an object with a text in it.
fn described(value: Value<'_>) -> String {
    match value.get("description") {
        Some(description) if description.kind() == Kind::Object => text(description, "content"),
        _ => text(value, "description"),
    }
}
