//! A verdict for people at a terminal.

use super::verify_question::{Answer, Question};
use crate::jose::doctor::Diagnosis;
use crate::jose::text::visible;
use crate::jose::verify::{Check, CheckName, Outcome, Verdict};

/// How many attempts of the key doctor are named one by one.
const SHOWN_ATTEMPTS: usize = 12;

/// Several lines without a line end after the last.
pub fn write(question: &Question, answer: &Answer) -> String {
    let verification = &answer.verification;
    let mut sections = Vec::new();
    if !question.token.removed.is_empty() {
        sections.push(format!("Removed {}", visible(&question.token.removed.join(", "))));
    }
    sections.push(format!("{}: {}", title(verification.verdict), visible(&verification.reason)));
    let checks: Vec<String> = verification.checks.iter().map(check).collect();
    sections.push(format!("Checks{}", checks.concat()));
    let is_wrong = |check: &Check| check.name == CheckName::Signature && check.outcome != Outcome::Pass;
    if verification.verdict == Verdict::Invalid && verification.checks.iter().any(is_wrong) {
        sections.extend(diagnosis(&question.explain(answer)));
    }
    sections.join("\n\n")
}

const fn title(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verified => "Verified",
        Verdict::Invalid => "Rejected",
        Verdict::Unsupported => "Not supported",
        Verdict::Encrypted => "Encrypted",
        Verdict::Unsecured => "Unsecured",
        Verdict::NotChecked => "Not checked",
    }
}

fn check(check: &Check) -> String {
    format!("\n  {:<8}{:<11}{}", check.outcome.name(), check.name.label(), visible(&check.detail))
}

/// What the key doctor found, or tried.
fn diagnosis(diagnosis: &Diagnosis) -> Option<String> {
    if let Some(cause) = &diagnosis.found {
        return Some(format!("Why\n  {}\n  {}", visible(&cause.message), visible(&cause.help)));
    }
    let tried: Vec<&str> = diagnosis.tried.iter().take(SHOWN_ATTEMPTS).map(String::as_str).collect();
    let more = match diagnosis.tried.len().saturating_sub(SHOWN_ATTEMPTS) {
        0 => String::new(),
        more => format!("\n  and {more} more"),
    };
    let title = "None of the usual mistakes explains it. Tried:";
    (!tried.is_empty()).then(|| format!("{title}\n  {}{more}", visible(&tried.join("\n  ")).replace("\\u000a", "\n")))
}
