//! Every check, how it comes out and what it says.

use jwt_workbench::jose::base64url;
use jwt_workbench::jose::compact::decode;
use jwt_workbench::jose::instant::InstantFormat;
use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::unwrap::{Bare, unwrap};
use jwt_workbench::jose::verify::{Check, Expectations, Outcome, Verdict, Verification, check_signature, verify};

/// 2026-11-21 17:59:12 UTC.
const NOW: i64 = 1_795_283_952;

fn secret() -> Key {
    Key::secret("a secret of more than thirty-two bytes".to_owned().into())
}

fn signed(key: &Key, algorithm: Algorithm, header: &str, payload: &str) -> String {
    let input = format!("{}.{}", base64url::encode(header.as_bytes()), base64url::encode(payload.as_bytes()));
    let signature = key.signer(algorithm).unwrap().sign(input.as_bytes()).unwrap();
    format!("{input}.{}", base64url::encode(&signature))
}

fn hs256(payload: &str) -> String {
    signed(&secret(), Algorithm::HS256, r#"{"alg":"HS256"}"#, payload)
}

fn verified(token: &str, key: Option<&Key>, expected: &Expectations, leeway: u64) -> Verification {
    let decoded = decode(token);
    let verification =
        verify(&decoded, &check_signature(token, &decoded, key, &[]), expected, NOW, leeway, InstantFormat::UTC);
    let names: Vec<_> = verification.checks.iter().map(|check| check.name.name()).collect();
    assert_eq!(names, ["signature", "alg", "key", "exp", "nbf", "iat", "iss", "aud", "sub", "crit", "typ"]);
    for Check { name, detail, .. } in &verification.checks {
        assert!(!detail.is_empty() && !detail.ends_with('.'), "{}: {detail}", name.name());
    }
    assert!(verification.reason.ends_with('.'), "{}", verification.reason);
    verification
}

/// Checks how one check of a token with these claims comes out.
#[track_caller]
fn check_claim(claims: &str, expected: &Expectations, leeway: u64, name: &str, outcome: Outcome, detail: &str) {
    let verification = verified(&hs256(claims), Some(&secret()), expected, leeway);
    let check = verification.checks.iter().find(|check| check.name.name() == name).unwrap();
    assert_eq!((check.outcome, check.detail.as_str()), (outcome, detail), "{claims}");
    let verdict = if outcome == Outcome::Fail { Verdict::Invalid } else { Verdict::Verified };
    assert_eq!(verification.verdict, verdict, "{}", verification.reason);
}

#[test]
fn times_are_told_with_their_figures() {
    use Outcome::{Fail, Pass, Skipped};
    #[track_caller]
    fn check(claims: &str, leeway: u64, name: &str, outcome: Outcome, detail: &str) {
        check_claim(claims, &Expectations::default(), leeway, name, outcome, detail);
    }
    let out = "which is outside the calendar";
    check("{}", 0, "exp", Skipped, "no exp: it never expires");
    check(r#"{"exp":1795283953}"#, 0, "exp", Pass, "expires in 1 s, 2026-11-21 17:59:13 UTC");
    check(
        r#"{"exp":1795272432}"#,
        60,
        "exp",
        Fail,
        "expired 3 h 12 min ago, 2026-11-21 14:47:12 UTC; leeway 60 s would not help",
    );
    check(r#"{"exp":1795272432}"#, 0, "exp", Fail, "expired 3 h 12 min ago, 2026-11-21 14:47:12 UTC");
    check(
        r#"{"exp":1795283952}"#,
        0,
        "exp",
        Fail,
        "expired just now, 2026-11-21 17:59:12 UTC; a leeway of 1 s would allow it",
    );
    check(r#"{"exp":1795283893}"#, 60, "exp", Pass, "expired 59 s ago, 2026-11-21 17:58:13 UTC; leeway 60 s allows it");
    check(
        r#"{"exp":1795283892}"#,
        60,
        "exp",
        Fail,
        "expired 1 min ago, 2026-11-21 17:58:12 UTC; leeway 60 s would not help",
    );
    check(r#"{"exp":1795283952.5}"#, 0, "exp", Pass, "expires in 1 s, 2026-11-21 17:59:13 UTC");
    check(r#"{"exp":1e308}"#, 0, "exp", Pass, &format!("expires in 292277024570 years, 1e308, {out}"));
    check(r#"{"exp":1e999}"#, u64::MAX, "exp", Pass, &format!("expires in 292277024570 years, 1e999, {out}"));
    check(r#"{"exp":-1e999}"#, 0, "exp", Fail, &format!("expired 292277024626 years ago, -1e999, {out}"));
    check(r#"{"exp":-1}"#, 0, "exp", Fail, "expired 56 years ago, 1969-12-31 23:59:59 UTC");
    check(
        r#"{"exp":"1795283953"}"#,
        0,
        "exp",
        Fail,
        "exp is the text \"1795283953\"; it must be a number of seconds (RFC 7519 §2)",
    );
    check(r#"{"exp":null}"#, 0, "exp", Fail, "exp is null; it must be a number of seconds (RFC 7519 §2)");
    check(
        r#"{"exp":1,"exp":1795283953}"#,
        0,
        "exp",
        Pass,
        "expires in 1 s, 2026-11-21 17:59:13 UTC; exp stands there 2 times, and parsers differ in which one they take: \
         this is the last",
    );
    check(r#"{"nbf":1795283952}"#, 0, "nbf", Pass, "valid since 2026-11-21 17:59:12 UTC");
    check(
        r#"{"nbf":1795283953}"#,
        0,
        "nbf",
        Fail,
        "not valid for another 1 s, until 2026-11-21 17:59:13 UTC; a leeway of 1 s would allow it",
    );
    check(
        r#"{"nbf":1795283953}"#,
        1,
        "nbf",
        Pass,
        "not valid for another 1 s, until 2026-11-21 17:59:13 UTC; leeway 1 s allows it",
    );
    check(r#"{"iat":1795280352}"#, 0, "iat", Pass, "issued 2026-11-21 16:59:12 UTC");
    check(
        r#"{"iat":1795291152}"#,
        60,
        "iat",
        Fail,
        "issued 2 h in the future, 2026-11-21 19:59:12 UTC; leeway 60 s would not help",
    );
    for now in [i64::MIN, i64::MAX] {
        let token = hs256(r#"{"exp":-1e999,"nbf":1e999,"iat":-9223372036854775808}"#);
        let decoded = decode(&token);
        verify(
            &decoded,
            &check_signature(&token, &decoded, None, &[]),
            &Expectations::default(),
            now,
            u64::MAX,
            InstantFormat::UTC,
        );
    }
}

#[test]
fn claims_are_held_against_what_is_expected() {
    use Outcome::{Fail, Pass, Skipped};
    let expected = |iss: &str, aud: &str, sub: &str| Expectations {
        iss: iss.to_owned(),
        aud: aud.to_owned(),
        sub: sub.to_owned(),
        typ: String::new(),
    };
    let orders = expected("", "orders-api", "");
    let check = check_claim;
    check("{}", &expected("", "", ""), 0, "aud", Skipped, "not expected; no aud in the token");
    check(r#"{"aud":["a","b"]}"#, &expected("", "", ""), 0, "aud", Skipped, "not expected; the token says a, b");
    check("{}", &orders, 0, "aud", Fail, "no aud in the token, expected orders-api");
    check(r#"{"aud":"billing-api"}"#, &orders, 0, "aud", Fail, "token says billing-api, expected orders-api");
    check(r#"{"aud":["a","orders-api"]}"#, &orders, 0, "aud", Pass, "a, orders-api");
    check(r#"{"aud":["a"]}"#, &orders, 0, "aud", Fail, "token says a, expected orders-api");
    check(r#"{"aud":[]}"#, &orders, 0, "aud", Fail, "token says nobody, expected orders-api");
    check(
        r#"{"aud":["orders-api",1]}"#,
        &orders,
        0,
        "aud",
        Fail,
        "aud is an array; it must be a string or an array of strings",
    );
    check(
        r#"{"iss":"https://id.acme.dev"}"#,
        &expected("https://id.acme.dev", "", ""),
        0,
        "iss",
        Pass,
        "https://id.acme.dev",
    );
    check(r#"{"iss":"a/"}"#, &expected("a", "", ""), 0, "iss", Fail, "token says a/, expected a");
    check(r#"{"iss":1}"#, &expected("a", "", ""), 0, "iss", Fail, "iss is a number; it must be a string");
    check(r#"{"sub":"me"}"#, &expected("", "", "me"), 0, "sub", Pass, "me");
    check("{}", &expected("", "", "me"), 0, "sub", Fail, "no sub in the token, expected me");
    check("[1]", &orders, 0, "aud", Skipped, "the payload is not a JSON object, so it has no claims");
    check("not JSON", &orders, 0, "exp", Skipped, "the payload is not a JSON object, so it has no claims");
}

/// Checks how one check of a token with this header comes out.
#[track_caller]
fn check_header(header: &str, typ: &str, name: &str, outcome: Outcome, detail: &str) {
    let expected = Expectations { typ: typ.to_owned(), ..Expectations::default() };
    let token = signed(&secret(), Algorithm::HS256, header, "{}");
    let verification = verified(&token, Some(&secret()), &expected, 0);
    let check = verification.checks.iter().find(|check| check.name.name() == name).unwrap();
    assert_eq!((check.outcome, check.detail.as_str()), (outcome, detail), "{header}");
    assert_eq!(verification.verdict == Verdict::Verified, outcome != Outcome::Fail, "{}", verification.reason);
}

#[test]
fn extensions_that_must_be_understood_are_not() {
    use Outcome::{Fail, Pass, Skipped};
    check_header(r#"{"alg":"HS256"}"#, "", "crit", Pass, "no critical extensions");
    check_header(
        r#"{"alg":"HS256","crit":["exp2"],"exp2":1}"#,
        "",
        "crit",
        Fail,
        "header requires 'exp2', which is not understood here",
    );
    check_header(r#"{"alg":"HS256","crit":[]}"#, "", "crit", Fail, "crit is empty (RFC 7515 §4.1.11)");
    check_header(
        r#"{"alg":"HS256","crit":"b64"}"#,
        "",
        "crit",
        Fail,
        "crit is not an array of names (RFC 7515 §4.1.11)",
    );
    check_header(
        r#"{"alg":"HS256","b64":false,"crit":["b64"]}"#,
        "",
        "crit",
        Fail,
        "header requires 'b64', which is not understood here; a JWT may not leave its payload unencoded (RFC 7797 §7)",
    );
    check_header(
        r#"{"alg":"HS256","b64":false}"#,
        "",
        "crit",
        Fail,
        "payload is said not to be base64url (b64 is false), which crit must announce (RFC 7797 §6)",
    );
    check_header(r#"{"alg":"HS256","typ":"JWT"}"#, "", "typ", Skipped, "not expected; the header says JWT");
    check_header(r#"{"alg":"HS256","typ":"application/AT+jwt"}"#, "at+jwt", "typ", Pass, "application/AT+jwt");
    check_header(r#"{"alg":"HS256","typ":"JWT"}"#, "at+jwt", "typ", Fail, "header says JWT, expected at+jwt");
    check_header(r#"{"alg":"HS256"}"#, "at+jwt", "typ", Fail, "no typ in the header, expected at+jwt");
    check_header(r#"{"alg":"HS256","typ":1}"#, "", "typ", Fail, "typ is a number; it must be a string");
}

/// Checks the verdict, its reason and the outcomes of signature, algorithm and key in short.
#[track_caller]
fn check_verdict(token: &str, key: Option<&Key>, verdict: Verdict, outcomes: [Outcome; 3], reason: &str) {
    let verification = verified(token, key, &Expectations::default(), 0);
    let found: Vec<_> = verification.checks.iter().take(3).map(|check| check.outcome).collect();
    assert_eq!((verification.verdict, found.as_slice()), (verdict, outcomes.as_slice()), "{}", verification.reason);
    assert!(verification.reason.contains(reason), "{}", verification.reason);
}

#[test]
fn the_header_decides_nothing_by_itself() {
    use Outcome::{Fail, Pass, Skipped};
    let [p256, ed25519] = [KeyKind::P256, KeyKind::Ed25519].map(|kind| Key::generate(kind, None).unwrap());
    let public = p256.public().unwrap();
    let es256 = signed(&p256, Algorithm::ES256, r#"{"alg":"ES256"}"#, "{}");
    check_verdict(&es256, Some(&public), Verdict::Verified, [Pass, Pass, Pass], "The signature is right, and nothing");
    check_verdict(&es256, None, Verdict::NotChecked, [Skipped, Skipped, Skipped], "no key");
    check_verdict(
        &es256,
        Some(&ed25519),
        Verdict::Invalid,
        [Skipped, Fail, Skipped],
        "which needs a P-256 key; this is an Ed25519 key",
    );
    let forged = signed(&Key::secret(public.to_pem(false).unwrap()), Algorithm::HS256, r#"{"alg":"HS256"}"#, "{}");
    check_verdict(&forged, Some(&public), Verdict::Invalid, [Skipped, Fail, Skipped], "algorithm confusion");
    check_verdict(&hs256("{}"), Some(&secret()), Verdict::Verified, [Pass, Pass, Pass], "right");
    let other = Key::secret("another secret of more than thirty-two bytes".to_owned().into());
    check_verdict(
        &hs256("{}"),
        Some(&other),
        Verdict::Invalid,
        [Fail, Pass, Pass],
        "The signature is wrong: the HS256 signature does not match this secret (Secret, 352 bits).",
    );
    let named = signed(&ed25519, Algorithm::EdDSA, r#"{"alg":"Ed25519"}"#, "{}");
    check_verdict(&named, Some(&ed25519), Verdict::Verified, [Pass, Pass, Pass], "right");
    let decoded = decode(&es256);
    let check = check_signature(&es256, &decoded, Some(&public), &[Algorithm::RS256, Algorithm::PS256]);
    assert_eq!((check.verdict, check.checks[0].outcome), (Verdict::Invalid, Pass));
    assert_eq!(check.checks[1].detail, "the header says ES256, allowed is RS256, PS256");
}

#[test]
fn what_is_not_signed_is_never_a_success() {
    use Outcome::{Fail, Pass, Skipped};
    let secret = secret();
    let unsigned = |header: &str, signature: &str| format!("{}.e30.{signature}", base64url::encode(header.as_bytes()));
    for header in [r#"{"alg":"none"}"#, r#"{"alg":"nOnE"}"#] {
        for key in [None, Some(&secret)] {
            check_verdict(&unsigned(header, ""), key, Verdict::Unsecured, [Skipped, Fail, Skipped], "unsecured");
        }
    }
    check_verdict(
        &unsigned(r#"{"alg":"ES256K"}"#, "AA"),
        Some(&secret),
        Verdict::Unsupported,
        [Skipped, Fail, Skipped],
        "secp256k1",
    );
    check_verdict(
        &unsigned("{}", "AA"),
        Some(&secret),
        Verdict::Invalid,
        [Skipped, Fail, Skipped],
        "names no algorithm",
    );
    check_verdict(
        &unsigned(r#"{"alg":1}"#, "AA"),
        Some(&secret),
        Verdict::Invalid,
        [Skipped, Fail, Skipped],
        "Alg is a number",
    );
    let twice = r#"{"alg":"none","alg":"HS256"}"#;
    check_verdict(&unsigned(twice, "AA"), Some(&secret), Verdict::Invalid, [Skipped, Fail, Skipped], "more than once");
    check_verdict(
        "W10.e30.AA",
        Some(&secret),
        Verdict::Invalid,
        [Skipped, Fail, Skipped],
        "no header that can be read",
    );
    check_verdict(&unsigned(r#"{"alg":"HS256"}"#, ""), Some(&secret), Verdict::Invalid, [Fail, Pass, Pass], "is empty");
    check_verdict("e30.AA.AA.AA.AA", Some(&secret), Verdict::Encrypted, [Skipped, Skipped, Skipped], "encrypted");
    check_verdict("e30.e30", None, Verdict::Invalid, [Fail, Skipped, Skipped], "Found 2 parts");
    check_verdict("", None, Verdict::Invalid, [Fail, Skipped, Skipped], "no token");
    let empty = Key::secret(Default::default());
    check_verdict(&hs256("{}"), Some(&empty), Verdict::Invalid, [Skipped, Pass, Fail], "empty");
}

#[test]
fn the_exact_characters_are_what_is_signed() {
    use Outcome::{Fail, Pass};
    let secret = secret();
    let token = hs256("{}");
    let (input, signature) = token.rsplit_once('.').unwrap();
    let padded = format!("{input}=");
    let mac = secret.signer(Algorithm::HS256).unwrap().sign(padded.as_bytes()).unwrap();
    let covered = format!("{padded}.{}", base64url::encode(&mac));
    check_verdict(
        &covered,
        Some(&secret),
        Verdict::Invalid,
        [Fail, Pass, Pass],
        "it matches, but not what it covers: Payload, character 4",
    );
    check_verdict(
        &format!("{padded}.{signature}"),
        Some(&secret),
        Verdict::Invalid,
        [Fail, Pass, Pass],
        "does not match",
    );
    check_verdict(&format!("{token}="), Some(&secret), Verdict::Invalid, [Fail, Pass, Pass], "Signature, character 44");
    check_verdict(
        &format!("{input}.AAAA"),
        Some(&secret),
        Verdict::Invalid,
        [Fail, Pass, Pass],
        "it has 3 bytes; HS256 signatures made with this key have 32",
    );
}

#[test]
fn a_header_that_is_not_signed_counts_too() {
    let secret = secret();
    let mac = secret.signer(Algorithm::HS256).unwrap().sign(b".e30").unwrap();
    let mut bare =
        Bare { text: format!(".e30.{}", base64url::encode(&mac)), unprotected: Some(r#"{"alg":"HS256"}"#.to_owned()) };
    let verdict = |bare: &Bare| check_signature(&bare.text, &bare.decode(), Some(&secret), &[]).verdict;
    assert_eq!(verdict(&bare), Verdict::Verified);
    bare.unprotected = Some(r#"{"alg":"HS256","crit":["a"]}"#.to_owned());
    let decoded = bare.decode();
    let verification = verify(
        &decoded,
        &check_signature(&bare.text, &decoded, Some(&secret), &[]),
        &Expectations::default(),
        NOW,
        0,
        InstantFormat::UTC,
    );
    assert!(verification.reason.contains("not in the protected header"), "{}", verification.reason);
    let mut twice = Bare { text: hs256("{}"), unprotected: Some(r#"{"kid":"a"}"#.to_owned()) };
    assert_eq!(verdict(&twice), Verdict::Verified);
    twice.unprotected = Some(r#"{"alg":"HS256"}"#.to_owned());
    assert_eq!(verdict(&twice), Verdict::Invalid);
}

#[test]
fn the_reason_tells_everything_that_failed() {
    let token = hs256(r#"{"exp":1795272432,"aud":"billing-api"}"#);
    let expected = Expectations { aud: "orders-api".to_owned(), ..Expectations::default() };
    assert_eq!(
        verified(&token, Some(&secret()), &expected, 60).reason,
        "The signature is right, the token is not valid here. It expired 3 h 12 min ago, and it is meant for billing-api, not for orders-api."
    );
    let other = Key::secret("another secret of more than thirty-two bytes".to_owned().into());
    let reason = verified(&token, Some(&other), &Expectations::default(), 0).reason;
    assert!(
        reason.starts_with("The signature is wrong: ") && reason.ends_with(". It expired 3 h 12 min ago."),
        "{reason}"
    );
}

/// However long a text is, it is read in one pass: anything else would take minutes here.
#[test]
fn a_megabyte_is_read_at_once() {
    let long = "x".repeat(1 << 20);
    let claims = format!(r#"{{"long":"{}"}}"#, "x".repeat(3 << 18));
    let json = format!(r#"{{"payload":"{long}","protected":"e30","signature":"AA"}}"#);
    let lines = hs256(&claims).as_bytes().chunks(64).map(|line| String::from_utf8_lossy(line) + "\n").collect();
    for text in
        [hs256(&claims), lines, long.clone(), format!("eyJh{long}"), format!("e30.{long}"), ".".repeat(1 << 20), json]
    {
        let before = std::time::Instant::now();
        let unwrapped = unwrap(&text);
        let bare = unwrapped.tokens.first().unwrap();
        let decoded = bare.decode();
        let check = check_signature(&bare.text, &decoded, Some(&secret()), &[]);
        verify(&decoded, &check, &Expectations::default(), NOW, 0, InstantFormat::UTC);
        println!("{:>10} bytes {:?} {:?}: {:?}", text.len(), decoded.kind, check.verdict, before.elapsed());
        assert_eq!(check.matches(), text.contains(".eyJsb25n"));
    }
}
