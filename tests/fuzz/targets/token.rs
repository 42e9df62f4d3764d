//! Tokens: what is taken for one, what is in it, whether it is right, and if not, why.

use std::sync::LazyLock;

use jwt_workbench::cli::inspect::Look;
use jwt_workbench::cli::inspect_json;
use jwt_workbench::findings::{Subject, find};
use jwt_workbench::jose::compact::{Decoded, Part, TokenKind, decode, mint};
use jwt_workbench::jose::doctor::{Suspect, diagnose};
use jwt_workbench::jose::instant::InstantFormat;
use jwt_workbench::jose::jwa::Algorithm;
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::{Secret, SecretEncoding};
use jwt_workbench::jose::unwrap::unwrap;
use jwt_workbench::jose::verify::{
    Expectations, MAX_LEEWAY, Outcome, SignatureCheck, Verdict, check_signature, verify,
};

use super::input::{Input, check_problem, check_span, corpus, seed};

/// How many bytes of choices come before the text.
const CHOICES: usize = 19;
/// As the third byte: the text is claims, and is signed first.
const SIGNED: u8 = 1;
/// The doctor looks at tokens up to this length, and gives up after so many attempts.
const DOCTOR: (usize, usize) = (400, 40);
const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// The secret, and key pairs of RFC 8037 A.1 and RFC 7515 A.3.
static KEYS: LazyLock<[Key; 4]> = LazyLock::new(|| {
    let read = |jwk: &str| Key::read(jwk.as_bytes()).unwrap();
    let curve = read(
        r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}"#,
    );
    [
        Key::secret(Secret::from(SECRET.to_owned())),
        read(
            r#"{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
        ),
        curve.public().unwrap(),
        curve,
    ]
});

pub(super) fn keys() -> &'static [Key] {
    &*KEYS
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let claims = [
        r#"{"exp":1795285752,"nbf":0,"iat":1.5,"iss":"a","aud":["b","c"],"sub":"d"}"#,
        r#"{"exp":"{{now}}","nbf":-1e300,"exp":9223372036854775807}"#,
        "not JSON",
    ];
    let signer = KEYS[1].signer(Algorithm::EdDSA).unwrap();
    let token = mint(&signer, br#"{"alg":"EdDSA","typ":"at+jwt","crit":["exp"]}"#, claims[0].as_bytes()).unwrap();
    let (header, payload, signature) = (token.header(), token.payload(), token.signature());
    let texts = [
        token.as_str().to_owned(),
        format!("Authorization: Bearer {header}.\r\n {payload}.{signature}"),
        format!("Set-Cookie: session=\"{header}.{payload}.{signature}\"; Path=/; HttpOnly"),
        format!("https://example.com/#access_token={header}%2E{payload}%2E{signature}&token_type=bearer"),
        format!(r#"{{"access_token":"{header}.{payload}.{signature}","expires_in":60}}"#),
        format!(r#"{{"payload":"{payload}","protected":"{header}","header":{{"kid":"a"}},"signature":"{signature}"}}"#),
        format!(r#"{{"payload":"{payload}","signatures":[{{"protected":"{header}","signature":"{signature}"}}]}}"#),
        format!("{header}.{payload}."),
        format!("{header}.{payload}.{signature}.AA.AA"),
        format!("{header}=.{payload}/+.{signature}"),
    ];
    let corpora = ["harvested-tokens.jsonl", "rfc-vectors.jsonl", "wycheproof-jose.jsonl"];
    let tokens = texts.into_iter().chain(corpora.into_iter().flat_map(|name| corpus(name, "token")));
    let read = tokens.enumerate().map(|(index, text)| seed(&[index as u8], CHOICES, &text));
    read.chain(claims.map(|text| seed(&[0, 0, SIGNED], CHOICES, text))).collect()
}

pub(super) fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let key = match input.index(KEYS.len() + 1) {
        0 => None,
        index => KEYS.get(index - 1),
    };
    let is_signed = input.byte() == SIGNED;
    let now = input.long();
    let leeway = input.long().cast_unsigned() % (MAX_LEEWAY + 1);
    let text = input.text();
    if is_signed {
        let token = mint(&KEYS[0].signer(Algorithm::HS256).unwrap(), br#"{"alg":"HS256"}"#, text.as_bytes()).unwrap();
        let signature = check(token.as_str(), Some(&KEYS[0]), now, leeway);
        assert!(signature.matches(), "{signature:?}");
        assert!(!check(token.as_str(), Some(&KEYS[1]), now, leeway).matches());
    } else {
        let unwrapped = unwrap(&text);
        assert!(!unwrapped.tokens.is_empty() || !text.contains(char::is_alphanumeric));
        for token in &unwrapped.tokens {
            check_bare(&token.text);
            check(&token.text, key, now, leeway);
        }
    }
}

/// A sound token is taken as it is.
fn check_bare(token: &str) {
    let decoded = decode(token);
    if decoded.kind != TokenKind::Invalid && decoded.faults.is_empty() {
        let again = unwrap(token);
        assert!(again.removed.is_empty() && again.tokens.iter().all(|bare| bare.text == token), "{token}: {again:?}");
    }
}

/// Everything that is done with one token.
fn check(token: &str, key: Option<&Key>, now: i64, leeway: u64) -> SignatureCheck {
    let decoded = decode(token);
    check_decoded(token, &decoded);
    let signature = check_signature(token, &decoded, key, &[]);
    check_verdict(&decoded, &signature, key, now, leeway);
    if token.len() <= DOCTOR.0 {
        consult(token, &decoded);
    }
    signature
}

fn check_decoded(token: &str, decoded: &Decoded) {
    for segment in &decoded.segments {
        check_span(segment.span, token);
    }
    for fault in &decoded.faults {
        check_problem(&fault.problem, token);
    }
    assert!(decoded.kind != TokenKind::Jws || decoded.segment(Part::Signature).is_some());
    let look = Look::at(token);
    let json = inspect_json::write(&look, &find(&Subject::received(&look.decoded, token.len(), &[])));
    // A number beyond a double, or half of a pair, is JSON all the same: only the grammar is checked.
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&json) {
        panic!("{error}: {json}");
    }
}

/// The verdict follows from the checks.
fn check_verdict(decoded: &Decoded, signature: &SignatureCheck, key: Option<&Key>, now: i64, leeway: u64) {
    let expected = Expectations { iss: "a".to_owned(), ..Expectations::default() };
    for expected in [Expectations::default(), expected] {
        let verification = verify(decoded, signature, &expected, now, leeway, InstantFormat::UTC);
        let failed = verification.checks.iter().any(|check| check.outcome == Outcome::Fail);
        if verification.verdict == Verdict::Verified {
            assert!(signature.matches() && key.is_some() && !failed, "{verification:?}");
        }
        assert!(verification.checks.iter().all(|check| !check.detail.is_empty()), "{verification:?}");
    }
}

/// A cause with a key is one that mends it.
fn consult(token: &str, decoded: &Decoded) {
    let suspects: Vec<Suspect> = KEYS
        .iter()
        .map(|key| Suspect {
            name: key.describe(),
            key: key.clone(),
            typed: key.to_pem(false).is_err().then(|| (Secret::from(SECRET.to_owned()), SecretEncoding::Utf8)),
            source: key.to_pem(false).ok(),
        })
        .collect();
    let diagnosis = diagnose(token, decoded, &suspects, &mut |attempts| attempts < DOCTOR.1);
    if let Some(cause) = diagnosis.found {
        assert!(!cause.message.is_empty() && !cause.help.is_empty(), "{cause:?}");
        if let Some(key) = &cause.key {
            assert!(check_signature(token, decoded, Some(key), &[]).matches(), "{cause:?}");
        }
    }
}
