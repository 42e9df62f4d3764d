//! Findings: whatever the texts, the secret and the instant are, what is found has its place, and fixes mend it.

use jwt_workbench::findings::filled::Filled;
use jwt_workbench::findings::{
    Change, Finding, KeySubject, Part, Purpose, Subject, TemplateSubject, Text, find, find_at,
};
use jwt_workbench::jose::compact::{Decoded, decode};
use jwt_workbench::jose::error::Problem;
use jwt_workbench::jose::instant::InstantFormat;
use jwt_workbench::jose::json::{Json, Serialization};
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::{Secret, SecretEncoding};
use jwt_workbench::jose::verify::MAX_LEEWAY;
use jwt_workbench::jose::{base64url, text::Edit};
use jwt_workbench::template::gallery::EXAMPLES;
use jwt_workbench::template::variables::Variables;

use super::input::{Input, check_span, corpus, seed};

/// How many bytes of choices come before the texts.
const CHOICES: usize = 22;
const MOST_OF_A_RULE: usize = 20;
/// From this choice of a finding on the secret is looked at too: to guess how strong one is takes milliseconds.
const WITH_KEY: u8 = 224;

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let headers = [
        r#"{"alg":"HS256","typ":"JWT"}"#,
        r#"{"alg":"none","jwk":{"kty":"oct","k":"AA"},"jku":"http://a","crit":["b64"],"b64":false,"x5c":[""]}"#,
        "{\"typ\":\"at+jwt\",\n \"alg\": \"hs256\", \"kid\": \"../../key' OR 1=1\"}",
    ];
    let claims = [
        r#"{"exp":1795285752,"iat":1795285752000,"nbf":"1795285752","password":"hunter2","aud":[],"iss":""}"#,
        "{\n  \"exp\": \"{{now+30m}}\",\n  \"exp\": 1e400,\n  \"Exp\": null,\n  \"a\": 12345678901234567890\n}",
        r#"{"email":"a@example.com","card":"4111111111111111","key":"-----BEGIN PRIVATE KEY-----","ssn":"078-05-1120"}"#,
        "[1, tru",
    ];
    let secrets = ["secret", "c2VjcmV0c2VjcmV0c2VjcmV0", "0123456789abcdef0123456789abcdef\n", ""];
    let texts = headers.iter().flat_map(|header| {
        claims.iter().zip(secrets).map(move |(claims, secret)| format!("{header}\0{claims}\0{secret}"))
    });
    let examples = EXAMPLES.iter().filter_map(|example| {
        let template = example.template().ok()?;
        Some(format!("{}\0{}\0secret", template.header, template.claims))
    });
    let rows = corpus("jsontestsuite-transform.jsonl", "raw").into_iter().map(|raw| format!("{}\0{raw}\0", headers[0]));
    let instant = 1_795_285_752_i64.to_le_bytes();
    let texts: Vec<String> = texts.chain(examples).chain(rows).collect();
    let choices =
        [0, 1, 2, 3, 4, WITH_KEY, WITH_KEY + 1].map(|chosen| [&instant[..], &[0; CHOICES - 9], &[chosen]].concat());
    choices.iter().flat_map(|choices| texts.iter().map(move |text| seed(choices, CHOICES, text))).collect()
}

/// What is looked at, and from when.
struct Case {
    texts: [String; 2],
    secret: Option<String>,
    encoding: SecretEncoding,
    purpose: Purpose,
    now: i64,
    leeway: u64,
    utc_offset: i32,
    pasted: bool,
}

pub(super) fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let now = input.long();
    let leeway = input.long().cast_unsigned() % (MAX_LEEWAY + 1);
    let utc_offset = (input.index(usize::from(u16::MAX)) as i32 - 0x7fff) * 2;
    let encoding = input.pick(&SecretEncoding::ALL);
    let purpose = input.pick(&[Purpose::Issuing, Purpose::Receiving]);
    let pasted = input.byte() % 2 == 1;
    let chosen = input.byte();
    let text = input.text();
    let mut parts = text.splitn(3, '\0').map(str::to_owned);
    let mut next = || parts.next().unwrap_or_default();
    let texts = [next(), next()];
    let secret = Some(next()).filter(|_| chosen >= WITH_KEY);
    let case = Case { texts, secret, encoding, purpose, now, leeway, utc_offset, pasted };
    let before = look(&case);
    // A fix may write {{now+30m}}, which is no likely time outside of the years 1970 to 2286.
    let is_fixable = (0..9_999_000_000).contains(&now);
    let Some(finding) = before.get(usize::from(chosen) % before.len().max(1)).filter(|_| is_fixable) else { return };
    let count = |findings: &[Finding]| findings.iter().filter(|other| other.id == finding.id).count();
    // Of a rule that fires very often only the first findings are told.
    let Some(mended) = fix(&case, finding).filter(|_| count(&before) < MOST_OF_A_RULE) else { return };
    assert!(count(&look(&mended)) < count(&before), "{finding:?}\n{:?}\n{:?}", case.texts, mended.texts);
}

/// Everything that is found, in its order and in its place.
fn look(case: &Case) -> Vec<Finding> {
    let texts = [0, 1].map(|index| case.texts[index].as_str());
    let token = texts.map(|text| base64url::encode(text.as_bytes())).join(".") + ".AAAA";
    let decoded: Option<Decoded> = case.pasted.then(|| decode(&token));
    let parsed: [Result<Json, Problem>; 2] = texts.map(Json::parse);
    let variables = Variables::default();
    let filled = [0, 1].map(|index| Some(Filled::of(parsed[index].as_ref().ok()?, &variables, case.now)));
    let part =
        |index: usize| Some(Text { text: texts[index], json: parsed[index].as_ref(), filled: filled[index].as_ref() });
    let typed = case.secret.as_deref().map(|typed| (typed, case.encoding));
    let key =
        typed.and_then(|(typed, encoding)| encoding.decode(&Secret::from(typed.to_owned())).ok()).map(Key::secret);
    let subject = Subject {
        header: part(0),
        claims: part(1),
        key: key.as_ref().map(|key| KeySubject { key, typed }),
        decoded: decoded.as_ref(),
        removed: &[],
        token_len: Some(token.len()),
        template: Some(TemplateSubject { variables: &variables, serialization: Serialization::Compact, schema: None }),
        purpose: case.purpose,
    };
    let mut all = Vec::new();
    for found in [find(&subject), find_at(&subject, case.now, case.leeway, case.utc_offset, InstantFormat::UTC)] {
        assert!(found.is_sorted_by_key(Finding::order), "{found:?}");
        for finding in &found {
            assert!(!finding.message.is_empty(), "{finding:?}");
            finding.token.into_iter().for_each(|span| check_span(span, &token));
            let text = texts[usize::from(finding.part == Part::Payload)];
            finding.span.into_iter().for_each(|span| check_span(span, text));
            assert!(finding.rule().is_some(), "{finding:?}");
        }
        all.extend(found);
    }
    all
}

/// The case as its texts are after a fix; `None` for a fix of something else.
fn fix(case: &Case, finding: &Finding) -> Option<Case> {
    let apply = |index: usize, edit: &Edit| {
        let text = &case.texts[index];
        for replacement in edit.replacements() {
            check_span(replacement.span, text);
        }
        let mut texts = case.texts.clone();
        texts[index] = edit.apply(text);
        let (before, after) = (Json::parse(text), Json::parse(&texts[index]));
        assert!(before.is_err() || after.is_ok(), "{finding:?}: {text:?} -> {:?}", texts[index]);
        Case { texts, secret: case.secret.clone(), ..*case }
    };
    match &finding.fix.as_ref()?.change {
        Change::Header(edit) => Some(apply(0, edit)),
        Change::Claims(edit) => Some(apply(1, edit)),
        Change::TrimSecret => {
            let secret = case.secret.as_ref().map(|secret| secret.trim().to_owned());
            Some(Case { texts: case.texts.clone(), secret, ..*case })
        }
        Change::ReadSecretAs(encoding) => {
            Some(Case { texts: case.texts.clone(), secret: case.secret.clone(), encoding: *encoding, ..*case })
        }
        Change::Token(_)
        | Change::Sign(_)
        | Change::GenerateSecret
        | Change::GenerateKey(_)
        | Change::ExtractPublic
        | Change::DeclareVariable(_)
        | Change::RemoveVariable(_) => None,
    }
}
