//! `measure`: every byte figure is that of the token itself, and the times are there with what is needed to judge them.

use jwt_workbench::jose::base64url;
use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;
use serde_json::Value;

use super::{Folder, SECRET, TEMPLATE, line, mint, part, refused, run};

const CLAIMS: &str = r#"{"sub":"42","roles":["admin","editor"],"profile":{"name":"Ada","city":"London"},"exp":7}"#;

fn measured(arguments: &[&str]) -> Value {
    measured_for("0.05", arguments)
}

fn measured_for(seconds: &str, arguments: &[&str]) -> Value {
    let out = line(&[&["measure", "--json", "--seconds", seconds], arguments].concat());
    serde_json::from_str(&out).unwrap()
}

/// Checks the sizes of a variant against those of a token that `mint` makes of the same texts.
#[track_caller]
fn check_sizes(variant: &Value, baseline: &str, token: &str, limit: usize, besides: usize) {
    let parts: Vec<&str> = token.split('.').collect();
    let bytes = &variant["bytes"];
    assert_eq!(bytes["token"], token.len());
    assert_eq!([&bytes["header"], &bytes["payload"], &bytes["signature"]], [0, 1, 2].map(|part| parts[part].len()));
    assert_eq!([&bytes["header_json"], &bytes["payload_json"]], [0, 1].map(|index| part(token, index).len()));
    let claims: Value = serde_json::from_str(&part(token, 1)).unwrap();
    assert_eq!(variant["claims"], claims.as_object().unwrap().len());
    let difference = token.len() as i64 - baseline.len() as i64;
    assert_eq!(variant["difference"]["bytes"], difference);
    let near = |figure: &Value, expected: f64| assert!((figure.as_f64().unwrap() - expected).abs() < 1e-9, "{figure}");
    near(&variant["difference"]["percent"], difference as f64 * 100.0 / baseline.len() as f64);
    near(&variant["budget"]["percent"], (token.len() + besides) as f64 * 100.0 / limit as f64);
    assert_eq!(variant["budget"]["remaining"], limit as i64 - (token.len() + besides) as i64);
}

#[test]
fn every_size_is_that_of_the_token() {
    let folder = Folder::new();
    let pem = folder.file("key.pem", Key::generate(KeyKind::P256, None).unwrap().to_pem(true).unwrap().bytes());
    let report = measured(&["--claims", CLAIMS, "--alg", "HS256", "--alg", "ES256", "--key", &pem]);
    let [hs256, es256] =
        [mint(&["--claims", CLAIMS]), line(&["mint", "--claims", CLAIMS, "--alg", "ES256", "--key", &pem])];
    let cookie = "token=; Path=/; Secure; HttpOnly; SameSite=Lax".len();
    check_sizes(&report["variants"][0], &hs256, &hs256, 4_096, cookie);
    check_sizes(&report["variants"][1], &hs256, &es256, 4_096, cookie);
    assert_eq!(report["settings"]["budget_overhead"], cookie);
    assert_eq!(report["variants"][0]["key"], "Secret, 256 bits");
    assert_eq!(report["variants"][1]["key"], "EC P-256, private");

    let template = folder.file("t.jwt.json", TEMPLATE);
    let claims = folder.file("claims.json", CLAIMS);
    let secret = ["--secret", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"];
    let options = [&secret[..], &["--set", "quota=10", "--budget", "2000", "--serialization", "as-typed"]].concat();
    let report = measured(&[&options[..], &[&claims, &template]].concat());
    let token =
        |file: &str| line(&[&["mint", file, "--set", "quota=10", "--serialization", "as-typed"], &secret[..]].concat());
    let [first, second] = [token(&claims), token(&template)];
    check_sizes(&report["variants"][0], &first, &first, 2_000, 0);
    check_sizes(&report["variants"][1], &first, &second, 2_000, 0);
    assert_eq!(report["variants"][1]["name"], "T");
    assert_eq!(report["settings"]["budget"], "own:2000");
}

/// The sum over the tree of what each value costs itself.
fn own_sums(cost: &Value) -> u64 {
    let children = cost["children"].as_array().unwrap();
    let of_children: u64 = children.iter().map(|child| child["characters"].as_u64().unwrap()).sum();
    cost["characters"].as_u64().unwrap() - of_children + children.iter().map(own_sums).sum::<u64>()
}

#[test]
fn the_costs_add_up_and_savings_and_room_are_those_of_real_tokens() {
    let report = measured(&["--claims", CLAIMS, "--costs", "--budget", "300", "--secret", SECRET]);
    let costs = &report["variants"][0]["costs"];
    let token = mint(&["--claims", CLAIMS]);
    let rest = costs["signature"].as_u64().unwrap() + costs["periods"].as_u64().unwrap();
    assert_eq!(own_sums(&costs["header"]) + own_sums(&costs["payload"]) + rest, token.len() as u64);
    let claims = costs["payload"]["children"].as_array().unwrap();
    assert_eq!(claims.len(), 4);
    for claim in claims {
        let name = claim["name"].as_str().unwrap();
        let mut without: Vec<&str> = vec![r#""sub":"42""#, r#""roles":["admin","editor"]"#];
        without.extend([r#""profile":{"name":"Ada","city":"London"}"#, r#""exp":7"#]);
        without.retain(|member| !member.starts_with(&format!("\"{name}\"")));
        let shorter = mint(&["--claims", &format!("{{{}}}", without.join(","))]);
        assert_eq!(claim["saving"], token.len() - shorter.len(), "{name}");
    }
    let roles = claims.iter().find(|claim| claim["name"] == "roles").unwrap();
    let more = roles["more_elements"].as_u64().unwrap() as usize;
    let with = |more: usize| {
        let roles = format!("\"editor\"{}", ",\"editor\"".repeat(more));
        mint(&["--claims", &CLAIMS.replace("\"editor\"", &roles)]).len()
    };
    assert!(with(more) <= 300 && with(more + 1) > 300, "{more}");
}

#[test]
fn times_come_with_their_samples_and_in_order() {
    let report = measured(&["--alg", "HS256", "--alg", "HS512"]);
    for variant in report["variants"].as_array().unwrap() {
        for operation in ["sign", "verify", "signature", "assembly", "key_setup"] {
            let times = &variant["times"][operation];
            let ns = |name: &str| times[name].as_u64().unwrap();
            assert!(ns("samples") > 0 && ns("min_ns") > 0, "{operation}: {times}");
            let percentiles = ["min_ns", "p50_ns", "p95_ns", "p99_ns", "max_ns"].map(ns);
            assert!(percentiles.is_sorted() && ns("mad_ns") < ns("max_ns"), "{operation}: {times}");
        }
        let p50 = variant["times"]["sign"]["p50_ns"].as_f64().unwrap();
        let rate = variant["times"]["tokens_per_second"].as_f64().unwrap();
        assert!((rate * p50 / 1e9 - 1.0).abs() < 1e-9);
    }
    assert_eq!(report["variants"][0]["against"], Value::Null);
    let against = &report["variants"][1]["against"];
    assert!(against["words"].as_str().unwrap().starts_with("43 bytes (29 %) longer; "), "{against}");
    assert!(["faster", "slower", "equal", "unknown"].contains(&against["sign"]["verdict"].as_str().unwrap()));
    assert_eq!(report["version"], env!("CARGO_PKG_VERSION"));
    assert!(report["machine"]["cores"].as_u64().unwrap() > 0);
}

#[test]
fn an_rsa_signature_is_found_slower_than_an_hmac() {
    let report = measured_for("0.3", &["--alg", "HS256", "--alg", "RS256"]);
    let sign = &report["variants"][1]["against"]["sign"];
    assert_eq!(sign["verdict"], "slower", "{sign}");
    assert!(sign["low"].as_f64().unwrap() > 10.0 && sign["low"].as_f64() <= sign["ratio"].as_f64(), "{sign}");
}

#[test]
fn every_algorithm_can_be_measured_side_by_side() {
    let report = measured(&["--alg", "all", "--claims", CLAIMS]);
    let names: Vec<&str> =
        report["variants"].as_array().unwrap().iter().map(|variant| variant["algorithm"].as_str().unwrap()).collect();
    assert_eq!(names, Algorithm::ALL.map(Algorithm::name));
    for (variant, algorithm) in report["variants"].as_array().unwrap().iter().zip(Algorithm::ALL) {
        let signature = base64url::encoded_len(algorithm.signature_len(2_048));
        assert_eq!(variant["bytes"]["signature"], signature, "{algorithm}");
    }
}

#[test]
fn growth_and_throughput_are_measured_when_asked_for() {
    let report = measured(&["--growth", "--throughput"]);
    let growth = &report["growth"][0];
    let points = growth["points"].as_array().unwrap();
    assert_eq!((points[0]["payload"].as_u64(), points[7]["payload"].as_u64()), (Some(64), Some(1 << 20)));
    for point in points {
        let payload = base64url::encoded_len(point["payload"].as_u64().unwrap() as usize);
        assert_eq!(point["token"], "eyJhbGciOiJIUzI1NiJ9".len() + payload + 43 + 2);
    }
    assert!(growth["sign"]["ns_per_byte"].as_f64().unwrap() > 0.0);
    let rates = &report["throughput"][0];
    for rate in ["one_thread", "all_cores", "raw_one_thread", "raw_all_cores"] {
        assert!(rates[rate].as_f64().unwrap() > 0.0, "{rates}");
    }
    let plain = measured(&[]);
    assert_eq!((plain["growth"].as_array().unwrap().len(), &plain["variants"][0]["costs"]), (0, &Value::Null));
}

#[test]
fn tables_are_for_people_markdown_and_spreadsheets() {
    let arguments = ["measure", "--seconds", "0.05", "--alg", "HS256", "--alg", "ES256", "--claims", CLAIMS];
    let text = run(&[&arguments[..], &["--costs"]].concat());
    assert_eq!((text.code, text.err.as_str()), (0, ""));
    for words in [
        "Sizes in bytes as sent",
        "Of the budget",
        "Verdict",
        "Verdicts\n- First token, HS256: light. It takes ",
        "samples of each",
        "What each claim",
        "Beside First token, HS256",
    ] {
        assert!(text.out.contains(words), "{words}: {}", text.out);
    }
    assert!(text.out.contains("Measured for 0.05 s by JWT Workbench"), "{}", text.out);
    assert!(text.out.lines().all(|line| line == line.trim_end()), "{}", text.out);
    assert_eq!(text.out.matches("What each claim").count(), 1, "the claims are the same: {}", text.out);

    let markdown = run(&[&arguments[..], &["--markdown"]].concat()).out;
    assert!(markdown.starts_with("### Sizes") && markdown.contains("\n| First token | ES256 | 4 |"), "{markdown}");

    let csv = run(&[&arguments[..], &["--csv"]].concat()).out;
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].starts_with("name,algorithm,key,claims,header_bytes"), "{csv}");
    assert!(lines[1].starts_with("First token,HS256,\"Secret, 256 bits\",4,"), "{csv}");
    let token = mint(&["--claims", CLAIMS]).len().to_string();
    let index = lines[0].split(',').position(|name| name == "token_bytes").unwrap();
    // The description of the key has a comma of its own.
    assert_eq!(lines[1].split(',').nth(index + 1), Some(token.as_str()), "{csv}");
    // So does the rule of the verdict: one, and another where time decides it with size.
    let rule = lines[1].split('"').nth(3).unwrap();
    assert!(rule.starts_with("It takes ") && lines[1].contains(",light,"), "{csv}");
    let commas = |line: &str| {
        line.matches(',').count()
            - line.split('"').skip(1).step_by(2).map(|text| text.matches(',').count()).sum::<usize>()
    };
    assert!(lines.iter().all(|line| commas(line) == commas(lines[0])), "{csv}");
}

/// Files with a token of the claims, and with the private and the public key it was signed with.
fn signed_token(folder: &Folder) -> (String, [String; 3]) {
    let key = Key::generate(KeyKind::P256, None).unwrap();
    let private = folder.file("private.pem", key.to_pem(true).unwrap().bytes());
    let public = folder.file("public.pem", key.to_pem(false).unwrap().bytes());
    let token = line(&["mint", "--claims", CLAIMS, "--alg", "ES256", "--key", &private]);
    let file = folder.file("token.txt", format!("Authorization: Bearer {token}\n"));
    (token, [file, private, public])
}

#[test]
fn a_token_is_measured_as_far_as_the_key_allows() {
    const ALL: [&str; 5] = ["sign", "verify", "signature", "assembly", "key_setup"];
    let folder = Folder::new();
    let (token, [file, private, public]) = signed_token(&folder);
    let other = folder.file("other.pem", Key::generate(KeyKind::P256, None).unwrap().to_pem(false).unwrap().bytes());
    let cookie = "token=; Path=/; Secure; HttpOnly; SameSite=Lax".len();
    let check = |arguments: &[&str], timed: &[&str], untimed: Option<&str>| {
        let report = measured(&[&[file.as_str()], arguments].concat());
        let variant = &report["variants"][0];
        check_sizes(variant, &token, &token, 4_096, cookie);
        assert_eq!(variant["algorithm"], "ES256");
        assert_eq!(variant["name"], "token");
        let found: Vec<&str> = ALL.into_iter().filter(|name| !variant["times"][name].is_null()).collect();
        assert_eq!(found, timed, "{variant}");
        match untimed {
            Some(words) => assert!(variant["untimed"].as_str().unwrap().contains(words), "{variant}"),
            None => assert!(variant["untimed"].is_null(), "{variant}"),
        }
    };
    check(&[], &[], Some("no key"));
    check(&["--key", &private], &ALL, None);
    check(&["--key", &public], &["verify"], Some("no private key"));
    check(&["--key", &other], &[], Some("the key does not verify it"));
    check(&["--secret", SECRET], &[], Some("ES256"));
}

#[test]
fn tokens_stand_beside_templates_and_nothing_of_them_is_changed() {
    let folder = Folder::new();
    let (token, [file, _, public]) = signed_token(&folder);
    let claims = folder.file("claims.json", r#"{"sub":"42"}"#);
    let report =
        measured(&["--alg", "HS256", "--alg", "ES256", "--key", &public, &claims, &file, "--throughput", "--growth"]);
    let names: Vec<&str> =
        report["variants"].as_array().unwrap().iter().map(|variant| variant["algorithm"].as_str().unwrap()).collect();
    assert_eq!(names, ["HS256", "ES256", "ES256"]);
    let [first, second, pasted] = [0, 1, 2].map(|index| &report["variants"][index]);
    assert_eq!((pasted["bytes"]["token"].as_u64(), report["baseline"].as_u64()), (Some(token.len() as u64), Some(0)));
    assert_eq!(second["key"], "EC P-256, private", "a template is signed with a new key");
    assert!(second["untimed"].is_null() && first["against"].is_null());
    refused(&["measure", "--alg", "ES256", "--key", &public], "This is a public key", "private key");
    assert!(pasted["against"]["sign"].is_null() && pasted["against"]["verify"]["ratio"].is_number(), "{pasted}");
    assert_eq!(report["throughput"].as_array().unwrap().len(), 2, "what cannot sign has no rate");
    let text = run(&["measure", "--seconds", "0.05", &claims, &file]).out;
    assert!(
        text.contains("Not fully timed\n") && text.contains("token, ES256: no key.") && text.contains("\nclaims  "),
        "{text}"
    );
    let csv = run(&["measure", "--seconds", "0.05", &claims, &file, "--csv"]).out;
    assert!(csv.lines().nth(2).unwrap().ends_with(",no key"), "{csv}");
    let unknown =
        folder.file("unknown.txt", token.replacen(token.split('.').next().unwrap(), "eyJhbGciOiJFUzI1NksifQ", 1));
    let report = measured(&[&unknown, "--key", &public]);
    let variant = &report["variants"][0];
    assert_eq!(variant["algorithm"], "ES256K");
    assert!(
        variant["untimed"].as_str().unwrap().contains("ES256K") && variant["times"]["verify"].is_null(),
        "{variant}"
    );
}

#[test]
fn the_verdict_stands_with_its_rule_everywhere() {
    let folder = Folder::new();
    let (token, [file, ..]) = signed_token(&folder);
    let percent = |budget: usize| (token.len() as f64 / budget as f64 * 1_000.0).floor() / 10.0;
    for (part, weight, rule) in
        [(0.1, "light", "less than 15 %"), (0.3, "fair", "15 % or more"), (0.5, "heavy", "40 % or more")]
    {
        let budget = (token.len() as f64 / part).floor() as usize;
        let arguments = [file.as_str(), "--budget", &budget.to_string()];
        let report = measured(&arguments);
        let ruling = &report["variants"][0]["ruling"];
        assert_eq!(ruling["weight"], weight);
        let reason = ruling["reason"].as_str().unwrap();
        assert!(reason.contains(&format!("{:.1} % of a limit of your own, {rule}", percent(budget))), "{reason}");
        for form in [&[][..], &["--markdown"], &["--csv"]] {
            let out = run(&[&["measure", "--seconds", "0.01"], &arguments[..], form].concat()).out;
            assert!(out.contains(weight) && out.contains(reason), "{out}");
        }
    }
    let report = measured(&[&file, "--budget", "100"]);
    assert_eq!(report["variants"][0]["ruling"]["weight"], "too_large");
}

#[test]
fn what_cannot_be_measured_is_refused() {
    let folder = Folder::new();
    refused(&["measure", "missing.json"], "there is no such file", "Check the name");
    refused(&["measure", "--alg", "none"], "none", "");
    refused(&["measure", "--claims", "[1]"], "The claims are an array", "{\"name\": value}");
    let pem = folder.file("key.pem", Key::generate(KeyKind::P256, None).unwrap().to_pem(true).unwrap().bytes());
    refused(&["measure", "--key", &pem], "HS256", "");
    for wrong in [&["--seconds", "0"][..], &["--seconds", "NaN"], &["--budget", "lighttpd"], &["--budget", "0"]] {
        assert_eq!(run(&[&["measure"], wrong].concat()).code, 2, "{wrong:?}");
    }
    for wrong in [&["--json", "--csv"][..], &["--csv", "--costs"], &["--csv", "--growth"]] {
        assert_eq!(run(&[&["measure"], wrong].concat()).code, 2, "{wrong:?}");
    }
    let encrypted =
        folder.file("jwe.txt", "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA");
    refused(&["measure", &encrypted], "no signed token", "inspect");
    let json = run(&["measure", "--json", "missing.json"]);
    assert_eq!((json.code, json.err.as_str()), (2, ""));
    assert!(json.out.starts_with("{\"error\""), "{}", json.out);
}

#[test]
fn the_help_documents_every_member_of_the_json() {
    let help = run(&["measure", "--help"]).out;
    let report = measured(&["--alg", "HS256", "--alg", "HS384", "--costs", "--growth", "--throughput"]);
    fn names<'v>(value: &'v Value, into: &mut Vec<&'v str>) {
        match value {
            Value::Object(members) => members.iter().for_each(|(name, value)| {
                into.push(name);
                names(value, into);
            }),
            Value::Array(items) => items.iter().for_each(|item| names(item, into)),
            _ => {}
        }
    }
    let mut all = Vec::new();
    names(&report, &mut all);
    assert!(all.len() > 100);
    let words: Vec<&str> = help.split(|char: char| !char.is_alphanumeric() && char != '_').collect();
    let missing: Vec<&str> = all.into_iter().filter(|name| !words.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_comparison_is_measured_with_its_own_baseline() {
    let folder = Folder::new();
    let token = mint(&["--claims", CLAIMS]);
    let template =
        r#"{"format":"jwt-workbench.template","version":1,"name":"x","header":{"alg":"ES256"},"claims":{"sub":"42"}}"#;
    let file = folder.file(
        "saved.jwt-compare.json",
        format!(
            r#"{{"format":"jwt-workbench.comparison","version":1,"baseline":1,"variants":[
            {{"name":"As pasted v1.2","origin":"token","token":"{token}"}},
            {{"name":"Lean","origin":"file","template":{template}}}]}}"#
        ),
    );
    let report = measured(&[&file]);
    let name = |index: usize| report["variants"][index]["name"].as_str().unwrap().to_owned();
    assert_eq!((report["baseline"].as_u64(), name(0), name(1)), (Some(1), "As pasted v1.2".into(), "Lean".into()));
    assert_eq!(report["variants"][0]["bytes"]["token"], token.len());
    assert_eq!(
        (&report["variants"][1]["algorithm"], &report["variants"][1]["against"]),
        (&"ES256".into(), &Value::Null)
    );
    refused(&["mint", &file], "holds a comparison", "measure FILE");
}
