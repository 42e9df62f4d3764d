//! Bruno: a `.bru` file with the blocks `vars { name: value }` and `vars:secret [ name ]`, or a JSON export with
//! `"variables": [ { "name", "value", "enabled", "secret" } ]`, alone or in `"environments"`.

use super::{Environment, OFF, SECRET, is, text, variable};
use crate::jose::json::{Kind, Value};
use crate::template::variables::Variable;

const PROGRAM: &str = "Bruno";
/// What a value of several lines stands between.
const FENCE: &str = "'''";

pub(super) fn read_json(root: Value<'_>) -> Option<Environment> {
    let one = is_environment(root).then_some(root);
    let many = root.get("environments").filter(|all| !all.is_empty() && all.items().all(is_environment));
    let environments: Vec<Value<'_>> = one.into_iter().chain(many.into_iter().flat_map(Value::items)).collect();
    if environments.is_empty() {
        return None;
    }
    let names: Vec<String> = environments.iter().map(|environment| text(*environment, "name")).collect();
    let mut found = Environment::new(PROGRAM, names.join(", "));
    for value in environments.into_iter().filter_map(|environment| environment.get("variables")).flat_map(Value::items)
    {
        let name = text(value, "name");
        if is(value, "secret", true) {
            found.leave_out(&name, SECRET);
        } else if is(value, "enabled", false) {
            found.leave_out(&name, OFF);
        } else {
            found.add(&name, value.get("value").map(variable).unwrap_or_default());
        }
    }
    Some(found)
}

fn is_environment(value: Value<'_>) -> bool {
    let is_variable =
        |item: Value<'_>| item.get("name").is_some_and(|name| name.kind() == Kind::String) && item.get("key").is_none();
    let variables = value.get("variables").filter(|variables| variables.kind() == Kind::Array);
    variables.is_some_and(|variables| !variables.is_empty() && variables.items().all(is_variable))
}

pub(super) fn read_text(text: &str) -> Option<Environment> {
    let mut found = Environment::new(PROGRAM, "");
    let mut blocks = 0;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        match line.split_whitespace().collect::<String>().as_str() {
            "vars{" => read_vars(&mut lines, &mut found),
            "vars{}" => {}
            opened if opened.starts_with("vars:secret[") => read_secrets(line, &mut lines, &mut found),
            _ => continue,
        }
        blocks += 1;
    }
    (blocks > 0).then_some(found)
}

fn read_vars<'t>(lines: &mut impl Iterator<Item = &'t str>, found: &mut Environment) {
    while let Some(line) = lines.next().map(str::trim).filter(|line| *line != "}") {
        let (off, pair) = line.strip_prefix('~').map_or((false, line), |rest| (true, rest));
        let Some((name, value)) = pair.split_once(':') else { continue };
        let (name, value) = (name.trim().trim_matches('"'), value.trim());
        let value = if value == FENCE { fenced(lines) } else { value.to_owned() };
        if off {
            found.leave_out(name, OFF);
        } else {
            found.add(name, Variable::text(value));
        }
    }
}

/// The lines up to the closing fence, without the indentation that all of them have.
fn fenced<'t>(lines: &mut impl Iterator<Item = &'t str>) -> String {
    let inside: Vec<&str> = lines.take_while(|line| line.trim() != FENCE).collect();
    let indentation = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let common = inside.iter().filter(|line| !line.trim().is_empty()).map(indentation).min().unwrap_or_default();
    let lines: Vec<&str> = inside.iter().map(|line| line.get(common..).unwrap_or_default()).collect();
    lines.join("\n")
}

/// The names in brackets, one a line or several with commas between them. No value is ever looked at.
fn read_secrets<'t>(first: &str, lines: &mut impl Iterator<Item = &'t str>, found: &mut Environment) {
    let mut rest = first.split_once('[').map_or("", |(_, rest)| rest);
    loop {
        let (names, closed) = rest.split_once(']').map_or((rest, false), |(names, _)| (names, true));
        for name in names.split(',').map(|name| name.trim().trim_start_matches('~')).filter(|name| !name.is_empty()) {
            found.leave_out(name, SECRET);
        }
        match lines.next().filter(|_| !closed) {
            Some(line) => rest = line,
            None => return,
        }
    }
}
