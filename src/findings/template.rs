//! V01 and V02: placeholders that mean nothing, and variables that nothing uses.

use std::collections::HashSet;

use super::{Change, Finding, Part, Severity, Subject, TemplateSubject, Text};
use crate::jose::error::Problem;
use crate::jose::json::Json;
use crate::jose::text::shown;
use crate::template::placeholder::{self, Placeholder};
use crate::template::render::Rendering;
use crate::template::scan;

pub(super) fn find(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(template) = subject.template else { return };
    for (part, text) in [(Part::Header, subject.header), (Part::Payload, subject.claims)] {
        if let Some(Text { json: Ok(json), .. }) = text {
            found.extend(meaningless(part, json, template));
        }
    }
    found.extend(unused(subject, template));
}

/// V01: placeholders that cannot be filled in, each where it stands first.
fn meaningless(part: Part, json: &Json, template: TemplateSubject<'_>) -> Vec<Finding> {
    if !json.text().contains("{{") {
        return Vec::new();
    }
    let problems = Rendering::compile(json, template.serialization, template.variables).err().unwrap_or_default();
    problems.into_iter().map(|problem| told(part, json, problem)).collect()
}

fn told(part: Part, json: &Json, problem: Problem) -> Finding {
    let unknown = unknown_name(json, &problem);
    let message = format!("{}. {}", problem.message.trim_end_matches('.'), problem.help);
    let finding = Finding { span: problem.span, ..Finding::new("V01", Severity::Error, part, message) };
    match unknown {
        Some(name) => finding.fixed_by(format!("Declare {name}"), Change::DeclareVariable(name)),
        None => finding,
    }
}

/// The name in a placeholder that no variable has, though one could.
fn unknown_name(json: &Json, problem: &Problem) -> Option<String> {
    let span = problem.span.filter(|_| problem.code == placeholder::UNKNOWN)?;
    let inner = json.text().get(span.start + 2..span.end.checked_sub(2)?)?;
    match placeholder::parse(inner) {
        Ok(Placeholder::Variable(name)) => placeholder::check_name(&name).is_ok().then_some(name),
        _ => None,
    }
}

/// V02: variables that no placeholder names. Nothing is said while a text cannot be read.
fn unused(subject: &Subject<'_>, template: TemplateSubject<'_>) -> Vec<Finding> {
    if template.variables.is_empty() {
        return Vec::new();
    }
    let texts = [subject.header, subject.claims].into_iter().flatten();
    let mut used = HashSet::new();
    for text in texts {
        let Ok(json) = text.json else { return Vec::new() };
        used.extend(scan::scan(json).into_iter().filter_map(|occurrence| match occurrence.placeholder {
            Ok(Placeholder::Variable(name)) => Some(name),
            _ => None,
        }));
    }
    let unused = template.variables.iter().filter(|(name, _)| !used.contains(*name));
    let finding = |name: &str| {
        let message = format!("The variable '{}' is declared, and nothing uses it.", shown(name));
        let finding = Finding::new("V02", Severity::Info, Part::Payload, message);
        let path = format!("variables.{name}");
        Finding { path, ..finding.fixed_by("Remove it", Change::RemoveVariable(name.to_owned())) }
    };
    unused.map(|(name, _)| finding(name)).take(super::MOST_OF_A_RULE).collect()
}
