//! Hostile texts typed as claims and as header.

use jwt_workbench::jose::base64url;
use jwt_workbench::jose::json::{self, Json, Serialization, Value};
use jwt_workbench::jose::text::Position;
use jwt_workbench::template::scan::escape;
use jwt_workbench::workbench::command::{Command, Copied, DraftCommand, Part, TimingCommand};
use jwt_workbench::workbench::effect::Effect;
use jwt_workbench::workbench::facts::{Blocked, Place, Remedy};

use crate::desk::Desk;
use crate::{check_problem, corpus};

/// The cases of JSONTestSuite that are text, with their names; the others cannot be typed.
fn test_suite() -> Vec<(String, String)> {
    let text = |line: &serde_json::Value| {
        let bytes = base64url::decode(line["token"].as_str().unwrap().split('.').nth(1).unwrap()).unwrap();
        Some((line["id"].as_str().unwrap().to_owned(), String::from_utf8(bytes).ok()?))
    };
    corpus("jsontestsuite-as-payload.jsonl").iter().filter_map(text).collect()
}

#[track_caller]
fn check_blocked(id: &str, blocked: &Blocked, part: Part, text: &str) {
    check_problem(&blocked.problem);
    assert_eq!(blocked.place, Place::Text(part), "{id}");
    let span = blocked.problem.span.unwrap_or_else(|| panic!("{id} has no place"));
    assert!(span.start <= span.end && text.get(span.range()).is_some(), "{id}: {span:?}");
    assert!(Position::of(text, span.start).column >= 1);
    if let Some(Remedy::JumpTo(of, offset)) = blocked.remedies.first() {
        assert_eq!((*of, *offset), (part, span.start), "{id}");
    }
}

#[test]
fn broken_json_is_said_with_its_place_and_undo_brings_everything_back() {
    for part in [Part::Claims, Part::Header] {
        let mut desk = Desk::new();
        desk.type_text(part, desk.workbench.draft().text(part).to_owned().replace(' ', "  ").as_str());
        let (before, good) = (desk.belongings(), desk.minted().token.as_str().to_owned());
        let mut seen = 0;
        for (id, text) in test_suite().iter().filter(|(id, _)| id.starts_with("n_")) {
            desk.type_text(part, text);
            assert_eq!(desk.workbench.draft().text(part), text, "{id}");
            check_blocked(id, desk.blocked(), part, text);
            let (last, current) = desk.workbench.last_good().unwrap();
            assert!(!current && last.token.as_str().split('.').next() == good.split('.').next(), "{id}");
            // Neither a lens nor a save does harm to a broken text.
            desk.draft(DraftCommand::Format(part)).draft(DraftCommand::AddClaim);
            if part == Part::Claims {
                desk.complaint();
                assert_eq!(desk.claims(), text, "{id}");
            }
            while desk.workbench.draft().text(part) != before.template_text(part) {
                assert!(desk.workbench.draft().history().can_undo(), "{id} cannot be undone");
                desk.draft(DraftCommand::Undo);
            }
            desk.minted();
            seen += 1;
        }
        let after = desk.belongings();
        assert_eq!((after.template, after.secret), (before.template, before.secret));
        assert!(seen == 0 || seen > 50, "{seen}");
    }
}

#[test]
fn what_may_or_may_not_be_json_never_panics() {
    let mut desk = Desk::new();
    for (id, text) in test_suite().iter().filter(|(id, _)| !id.starts_with("n_")) {
        for part in [Part::Claims, Part::Header] {
            desk.type_text(part, text);
            match desk.workbench.facts().outcome.as_ref() {
                Ok(minted) => assert_eq!(minted.claims.text(), json::minify(&Json::parse(text).unwrap()), "{id}"),
                Err(blocked) => check_problem(&blocked.problem),
            }
            desk.draft(DraftCommand::Undo);
        }
    }
}

#[test]
fn naughty_strings_reach_the_payload_exactly() {
    let mut desk = Desk::new();
    for line in corpus("naughty-strings.jsonl") {
        let text = line["text"].as_str().unwrap();
        for literal in [json::quote(text), serde_json::to_string(text).unwrap()] {
            let claims = format!("{{ {literal}: [ {literal} ] }}");
            for serialization in [Serialization::Compact, Serialization::AsTyped, Serialization::Sorted] {
                desk.draft(DraftCommand::SetSerialization(serialization)).type_text(Part::Claims, &escape(&claims));
                let payload = Json::parse(desk.payload()).unwrap();
                let member = payload.root().member(text).unwrap_or_else(|| panic!("{text:?} is gone"));
                assert_eq!(member.value.items().next().map(Value::raw), Some(literal.as_str()));
                assert_eq!(member.value.items().next().and_then(Value::as_str).as_deref(), Some(text));
            }
            assert!(desk.claims().contains(escape(&literal).as_ref()));
        }
    }
}

#[test]
fn naughty_strings_as_they_are_never_panic() {
    let mut desk = Desk::new();
    for line in corpus("naughty-strings.jsonl") {
        for part in [Part::Claims, Part::Header] {
            desk.type_text(part, line["text"].as_str().unwrap());
            if let Err(blocked) = &desk.workbench.facts().outcome {
                check_problem(&blocked.problem);
            }
        }
        desk.type_text(Part::Header, "{\"alg\":\"HS256\"}");
        // Braces may look like a placeholder: then the message is about that.
        desk.type_text(Part::Claims, &format!("{{\"v\":{}}}", line["text"]));
        if let Err(blocked) = &desk.workbench.facts().outcome {
            check_blocked(&line["id"].to_string(), blocked, Part::Claims, desk.claims());
        }
    }
}

#[test]
fn a_header_without_a_usable_algorithm_is_said_and_offers_one() {
    #[track_caller]
    fn check(header: &str, code: &str) {
        let mut desk = Desk::new();
        desk.type_text(Part::Header, header);
        let blocked = desk.blocked();
        check_blocked(header, blocked, Part::Header, header);
        assert_eq!(blocked.problem.code, code, "{header}: {}", blocked.problem.message);
        let offer = blocked.remedies.iter().find_map(|remedy| match remedy {
            Remedy::UseAlgorithm(algorithm) => Some(*algorithm),
            _ => None,
        });
        if let Some(algorithm) = offer {
            desk.draft(DraftCommand::SetAlgorithm(algorithm));
            desk.minted();
        } else {
            assert!(!blocked.remedies.is_empty(), "{header}: nothing is offered");
        }
    }
    check("{}", "alg-missing");
    check(r#"{"typ":"JWT"}"#, "alg-missing");
    check(r#"{"Alg":"HS256"}"#, "alg-missing");
    check(r#"{"alg":"none"}"#, "algorithm-none");
    check(r#"{"alg":"NONE"}"#, "algorithm-none");
    check(r#"{"alg":null}"#, "alg-not-text");
    check(r#"{"alg":256}"#, "alg-not-text");
    check(r#"{"alg":["HS256"]}"#, "alg-not-text");
    check(r#"{"alg":"hs256"}"#, "algorithm-case");
    check(r#"{"alg":""}"#, "algorithm-unknown");
    check(r#"{"alg":"HS256 "}"#, "algorithm-unknown");
    check(r#"{"alg":"\u0000\u202e\n"}"#, "algorithm-unknown");
    check(r#"{"alg":"ES256K"}"#, "algorithm-unsupported");
    check(r#"{"alg":"RSA-OAEP"}"#, "algorithm-encryption");
    check(r#"{"alg":"HS256","alg":"none"}"#, "algorithm-none");
    check(&format!(r#"{{"alg":"{}"}}"#, "x".repeat(100_000)), "algorithm-unknown");
    check("[]", "header-not-object");
    check("\"HS256\"", "header-not-object");
    check("7", "header-not-object");
    check("", "json-syntax");
    check("{\"alg\":\"HS256\"", "json-syntax");
    check("alg: HS256", "json-syntax");
}

#[test]
fn any_other_header_passes_through_as_typed() {
    let mut desk = Desk::new();
    for header in [
        r#"{"alg":"HS256","crit":["exp2"],"exp2":1}"#,
        r#"{"crit":[],"alg":"HS256","b64":true,"x5c":[null],"jwk":{"kty":"oct"},"jku":"http://[::1"}"#,
        r#"{"alg":"HS256","typ":7,"kid":{"a":1.0},"cty":null,"":1e400}"#,
        r#"{"\u0061lg":"HS256","kid":"\ud800","kid":"a"}"#,
        r#"{"alg":"none","alg":"HS256"}"#,
    ] {
        desk.type_text(Part::Header, header);
        assert_eq!(desk.minted().header.text(), header);
        desk.draft(DraftCommand::SetHeaderText("kid", "a".to_owned()));
        desk.draft(DraftCommand::SetHeaderText("kid", String::new()));
        desk.minted();
    }
}

#[test]
fn placeholders_that_cannot_be_filled_in_are_shown_at_their_place() {
    let mut desk = Desk::new();
    for inner in [
        "",
        " ",
        "now+",
        "now-",
        "now+5x",
        "now+9999999999999999999w",
        "now+9223372036854775807s",
        "now-100000w",
        "counter:-1",
        "counter:99999999999999999999",
        "random",
        "random:0",
        "random:1025",
        "random:x",
        "uuid:4",
        "nobody",
        "no body",
        "now + 1 h",
        "now+1.5h",
        "ünîcödé",
        "\u{202e}now",
    ] {
        let claims = format!("{{\n  \"a\": \"{{{{{inner}}}}}\"\n}}");
        desk.type_text(Part::Claims, &claims);
        check_blocked(inner, desk.blocked(), Part::Claims, &claims);
        let span = desk.blocked().problem.span.unwrap();
        assert_eq!(&claims[span.range()], format!("{{{{{inner}}}}}"));
    }
    for claims in ["{\"a\":\"{{\"}", "{\"a\":\"{{now\"}", "{\"{{nobody}}\":1}", "{\"a\":\"{{{now}}}\"}"] {
        desk.type_text(Part::Claims, claims);
        check_blocked(claims, desk.blocked(), Part::Claims, claims);
    }
}

#[test]
fn claims_of_other_kinds_and_depths_are_told() {
    let mut desk = Desk::new();
    for claims in ["[]", "null", "\"text\"", "1", "true", "[{\"sub\":\"x\"}]"] {
        desk.type_text(Part::Claims, claims);
        assert_eq!(desk.blocked().problem.code, "claims-not-object");
        check_blocked(claims, desk.blocked(), Part::Claims, claims);
    }
    let nested = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
    desk.type_text(Part::Claims, &nested(511));
    assert_eq!(desk.payload(), nested(511));
    for depth in [512, 600, 100_000] {
        desk.type_text(Part::Claims, &nested(depth));
        assert_eq!(desk.blocked().problem.code, "json-depth");
        check_blocked("deep", desk.blocked(), Part::Claims, desk.claims());
    }
}

/// Texts made to cost more than their length: each is done in a moment, even in a build that is not optimised.
#[test]
fn no_text_makes_the_program_wait() {
    let many = 100_000;
    let members: String = (2..many).map(|number| format!(",\"claim{number}\":0")).collect();
    let texts = [
        format!("{{\"claim\":0{members}}}"),
        format!("{{\"a\":\"{}\"{}}}", "{{uuid}}".repeat(2_000), " ".repeat(500_000)),
        format!("{{\"{}\"{}:1}}", "{{uuid}}".repeat(2_000), " ".repeat(500_000)),
        format!("{{\"a\":\"{}{{{{now}}}}\"}}", "\\\"".repeat(200_000)),
        format!("{{\"a\":\"{}\"}}", "{".repeat(400_001)),
        format!("{{\"a\":[\"{}\"]}}", vec!["{{now}}"; 20_000].join("\",\"")),
        format!("{{{}\"z\":0}}", "\"exp\":1,".repeat(50_000)),
        format!("{{\"a\":\"{}", "x".repeat(1_000_000)),
        format!("{{\"a\":{}", "9".repeat(1_000_000)),
    ];
    let mut desk = Desk::new();
    for text in texts {
        let started = std::time::Instant::now();
        desk.type_text(Part::Claims, &text);
        desk.draft(DraftCommand::AddClaim);
        desk.draft(DraftCommand::SetExpiry(jwt_workbench::workbench::expiry::Expiry::Never));
        desk.draft(DraftCommand::Format(Part::Claims));
        let start: String = text.chars().take(40).collect();
        assert!(started.elapsed() < std::time::Duration::from_secs(5), "{:?} for {start}", started.elapsed());
    }
}

/// While a long text is being derived, the token at hand is that of an older one: copying waits for the new one.
#[test]
fn a_copied_token_is_that_of_the_newest_text() {
    let mut desk = Desk::new();
    desk.holds_facts = true;
    desk.type_text(Part::Claims, "{\"a\":1}").apply(Command::Copy(Copied::Token));
    let copied = |desk: &Desk| desk.left.iter().any(|effect| matches!(effect, Effect::Copy { .. }));
    desk.apply(Command::Timing(TimingCommand::Measure));
    assert!(!copied(&desk) && desk.workbench.timing().progress().is_none());
    desk.finish_deriving();
    assert_eq!(desk.payload(), "{\"a\":1}");
    assert!(copied(&desk));

    desk.left.clear();
    desk.type_text(Part::Claims, "{\"a\":}").apply(Command::Copy(Copied::Bearer)).finish_deriving();
    assert!(!copied(&desk));
    assert!(desk.complaint().text.contains("no token to copy"), "{}", desk.complaint().text);
}
