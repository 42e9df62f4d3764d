//! What the server answers.

use jwt_workbench::jose::base64url;
use jwt_workbench::jose::compact;
use jwt_workbench::jose::verify::check_signature;

use super::client::{ask, log_in, me, token};
use super::*;

fn claims(token: &str) -> String {
    String::from_utf8(base64url::decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap()
}

#[test]
fn every_pattern_mints_what_it_says() {
    let server = start(&Plan::default());
    let address = server.handle().address();
    let key = inputs(CLAIMS).key;
    for pattern in Pattern::ALL {
        let answer = log_in(address, pattern.login_path());
        let token = token(&answer);
        assert!(check_signature(&token, &compact::decode(&token), Some(&key), &[Algorithm::HS256]).matches());
        let claims = claims(&token);
        let names = serde_json::from_str::<serde_json::Value>(&claims).unwrap();
        let names: Vec<&str> = names.as_object().unwrap().keys().map(String::as_str).collect();
        match pattern.payload {
            Payload::Full => assert_eq!(names, ["exp", "iat", "iss", "roles", "sub"]),
            Payload::Minimal => assert_eq!(names, ["exp", "sub"]),
        }
        let granted = answer.json();
        assert_eq!((granted["token_type"].as_str(), granted["expires_in"].as_u64()), (Some("bearer"), Some(1_800)));
        assert_eq!(answer.field("cache-control"), Some("no-store"));
        assert_eq!(answer.field("content-type"), Some("application/json"));
        let me = me(address, &token);
        assert_eq!((me.status, me.body), (200, claims), "{pattern:?}");
    }
}

#[test]
fn without_exp_there_is_no_expires_in() {
    let server = lab::start(inputs(r#"{"sub":"user-42"}"#), &Plan::default(), 0).unwrap();
    let answer = log_in(server.handle().address(), "/login");
    assert!(answer.json().get("expires_in").is_none(), "{}", answer.body);
    assert_eq!(answer.json()["token_type"], "bearer");
}

#[test]
fn a_password_is_verified_where_the_plan_says_so() {
    let server = start(&Plan { password: true, ..Plan::default() });
    let address = server.handle().address();
    for minting in ["on-loop", "off-loop"] {
        let line = format!("POST /login?minting={minting}");
        let form = [("Content-Type", "application/x-www-form-urlencoded")];
        let json = [("Content-Type", "application/json")];
        #[track_caller]
        fn check(answer: &client::Answer, status: u16, error: Option<&str>) {
            assert_eq!(answer.status, status, "{}", answer.body);
            assert_eq!(answer.json()["error"].as_str(), error);
        }
        check(&ask(address, &line, &form, "username=demo&password=demo"), 200, None);
        check(&ask(address, &line, &json, r#"{"username":"demo","password":"demo"}"#), 200, None);
        let wrong = ask(address, &line, &json, r#"{"username":"demo","password":"Demo"}"#);
        check(&wrong, 401, Some("invalid_grant"));
        assert!(wrong.field("www-authenticate").is_some());
        check(&ask(address, &line, &form, "username=demo&password=x"), 401, Some("invalid_grant"));
        check(&ask(address, &line, &form, "username=demo"), 400, Some("invalid_request"));
        check(&ask(address, &line, &json, "username=demo&password=demo"), 400, Some("invalid_request"));
        check(&ask(address, &line, &[], ""), 400, Some("invalid_request"));
    }
    let without = start(&Plan::default());
    let answer = ask(without.handle().address(), "POST /login", &[], "whatever");
    assert_eq!(answer.status, 200, "without a password the body does not matter");
}

#[test]
fn me_refuses_what_does_not_verify() {
    let expired = r#"{"sub":"user-42","exp":"{{now-1s}}"}"#;
    let early = r#"{"sub":"user-42","nbf":"{{now+1h}}"}"#;
    for claims in [expired, early] {
        let server = lab::start(inputs(claims), &Plan::default(), 0).unwrap();
        let address = server.handle().address();
        let answer = me(address, &token(&log_in(address, "/login")));
        assert_eq!((answer.status, answer.json()["error"].as_str()), (401, Some("invalid_token")), "{claims}");
        assert!(answer.field("www-authenticate").unwrap().contains("error=\"invalid_token\""));
    }
    let server = start(&Plan::default());
    let address = server.handle().address();
    let good = token(&log_in(address, "/login"));
    let (signed, signature) = good.rsplit_once('.').unwrap();
    let altered = format!("{signed}.{}", signature.chars().rev().collect::<String>());
    for bad in [altered.as_str(), signed, "x", ""] {
        assert_eq!(me(address, bad).status, 401, "{bad}");
    }
    let nothing = ask(address, "GET /me", &[], "");
    assert_eq!((nothing.status, nothing.field("www-authenticate")), (401, Some("bearer realm=\"login lab\"")));
    assert_eq!(ask(address, "GET /me", &[("Authorization", "Basic ZGVtbzpkZW1v")], "").status, 401);
    assert_eq!(me(address, &good).status, 200);
}

#[test]
fn other_requests_are_refused() {
    let server = start(&Plan::default());
    let address = server.handle().address();
    let port = address.port();
    let status = |line: &str, host: &str, body: &str| ask(address, line, &[("Host", host)], body).status;
    let ours = format!("127.0.0.1:{port}");
    assert_eq!(status("GET /ping", &ours, ""), 200);
    assert_eq!(status("GET /ping", &format!("localhost:{port}"), ""), 200);
    for host in ["acme.dev", "127.0.0.1", "127.0.0.1:1", &format!("acme.dev:{port}"), ""] {
        for line in ["GET /ping", "POST /login", "GET /", "GET /elsewhere"] {
            assert_eq!(status(line, host, ""), 403, "{line} {host}");
        }
    }
    assert_eq!(status("GET /elsewhere", &ours, ""), 404);
    assert_eq!(status("GET /login", &ours, ""), 405);
    assert_eq!(status("POST /me", &ours, ""), 405);
    assert_eq!(status("POST /login?payload=huge", &ours, ""), 400);
    assert_eq!(status("POST /login", &ours, &"x".repeat(16 * 1_024)), 200);
    assert_eq!(status("POST /login", &ours, &"x".repeat(16 * 1_024 + 1)), 413);
    assert_eq!(ask(address, "GET /login", &[], "").field("allow"), Some("post"));
}

#[test]
fn there_is_a_page_that_asks_nobody_else() {
    let server = start(&Plan::default());
    let page = ask(server.handle().address(), "GET /", &[], "");
    assert_eq!((page.status, page.field("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(page.body.contains("Log in") && page.body.contains("/login"));
    assert!(!page.body.contains("http:") && !page.body.contains("https:") && !page.body.contains("src="));
}
