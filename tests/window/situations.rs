//! What people come for, from the first look to the end, with mouse and keys; a picture of every step stays in
//! `target/tmp/window`, and another program has the last word.

use std::fs;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::api::Api;
use crate::window::Window;
use crate::{is_ready, reader};

/// Where things stand in a window of 1280x820 pixels.
mod place {
    /// The middle of the claims.
    pub(super) const CLAIMS: (u32, u32) = (300, 250);
    /// "1 h" among the lifetimes.
    pub(super) const ONE_HOUR: (u32, u32) = (245, 439);
    /// The button that copies the token.
    pub(super) const COPY: (u32, u32) = (1_174, 69);
    /// The pages on the rail.
    pub(super) const INSPECT: (u32, u32) = (32, 132);
    pub(super) const COMPARE: (u32, u32) = (32, 188);
    /// The first button of the empty Inspect page.
    pub(super) const PASTE_TOKEN: (u32, u32) = (790, 170);
    /// "Expect: aud".
    pub(super) const EXPECTED_AUDIENCE: (u32, u32) = (300, 366);
    /// The tick of the claim that costs most, and the button that leaves it out for good.
    pub(super) const DEAREST_CLAIM: (u32, u32) = (92, 346);
    pub(super) const APPLY: (u32, u32) = (629, 251);
}

/// Lets a frame or two pass, and takes a picture.
fn look(window: &Window, name: &str) {
    thread::sleep(Duration::from_millis(700));
    window.screenshot(name);
}

fn click(window: &Window, (x, y): (u32, u32)) {
    window.click(x, y);
}

/// Somebody has an API in front of them and needs a token that it takes.
#[test]
fn a_first_token_is_needed_now() {
    if !is_ready() {
        return;
    }
    let mut window = Window::start("first-token", &[]);
    look(&window, "first-token-1-opened");
    click(&window, place::CLAIMS);
    window.key("ctrl+a");
    window.type_text(r#"{ "iss": "https://id.acme.dev", "sub": "ann", "aud": "orders-api", "exp": "{{now+5m}}" }"#);
    look(&window, "first-token-2-typed");
    click(&window, place::ONE_HOUR);
    look(&window, "first-token-3-expiry");
    let is_token = |text: &str| text.split('.').count() == 3;
    let token = window.copied("the token", |window| click(window, place::COPY), is_token);
    look(&window, "first-token-4-copied");
    let header = window.copied("the header", |window| window.key("ctrl+shift+b"), |text| text.starts_with("Auth"));
    let secret = window.copied("the secret", |window| window.action("Copy secret"), |text| *text != header);

    let api = Api::start(&secret, "orders-api", "https://id.acme.dev");
    let (status, claims) = api.answer(&format!("Bearer {token}"));
    assert_eq!((status, claims["sub"].as_str()), (200, Some("ann")), "{claims}");
    let (status, _) = api.answer(header.trim_start_matches("Authorization: "));
    assert_eq!(status, 200, "{header}");
    let reading = reader::read_for(&token, "HS256", &secret, &"orders-api".into());
    assert!((3_500.0..=3_601.0).contains(&reading.exp_ahead), "exp is {} s ahead", reading.exp_ahead);
}

/// An API refuses a token and says nothing but 401: its audience is another one. It is found, mended, and taken.
#[test]
fn an_api_answers_401_and_nobody_knows_why() {
    if !is_ready() {
        return;
    }
    let claims = r#"{"iss": "https://id.acme.dev", "aud": "orders", "sub": "user-42"}"#;
    let made = reader::mint("HS256", claims, 3_600);
    let api = Api::start(&made.key, "orders-api", "https://id.acme.dev");
    assert_eq!(api.answer(&format!("Bearer {}", made.token)).0, 401);

    let key = tempfile::Builder::new().suffix(".json").tempfile().expect("a file for the key");
    let secret = jwt_workbench::jose::base64url::encode(made.key.as_bytes());
    fs::write(key.path(), format!(r#"{{"kty":"oct","k":"{secret}"}}"#)).expect("the key is written");
    let mut window = Window::start("refused", &[key.path().to_str().expect("a path in UTF-8")]);
    click(&window, place::INSPECT);
    look(&window, "refused-1-empty");
    window.put_on_clipboard(&format!("Authorization: Bearer {}\n", made.token));
    click(&window, place::PASTE_TOKEN);
    look(&window, "refused-2-pasted");
    let report = window.copied("the report", |window| window.action("Copy report"), |text| text.contains("signature"));
    assert!(report.starts_with("verified: "), "as far as it goes: {report}");
    click(&window, place::EXPECTED_AUDIENCE);
    window.type_text("orders-api");
    window.key("Tab");
    look(&window, "refused-3-expected");
    let is_other = |text: &str| *text != report && text.contains("signature");
    let report = window.copied("the report", |window| window.action("Copy report"), is_other);
    assert!(report.starts_with("invalid: ") && report.contains("fail     aud"), "{report}");

    window.action("Edit in Craft");
    window.action("Show claims as text");
    window.key("ctrl+l");
    window.key("ctrl+a");
    window
        .type_text(r#"{ "iss": "https://id.acme.dev", "aud": "orders-api", "sub": "user-42", "exp": "{{now+30m}}" }"#);
    look(&window, "refused-4-mended");
    let is_new = |text: &str| text.starts_with("eyJ") && *text != made.token;
    let token = window.copied("the token", |window| window.key("ctrl+shift+c"), is_new);
    let (status, claims) = api.answer(&format!("Bearer {token}"));
    assert_eq!((status, claims["aud"].as_str()), (200, Some("orders-api")), "{claims}");
}

/// A gateway's token has outgrown its cookie: the claim that costs most is left out, and the template keeps that.
#[test]
fn the_claims_of_a_gateways_token_are_chosen() {
    if !is_ready() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder for the template");
    let path = folder.path().join("gateway.jwt.json");
    let example = format!("{}/assets/templates/enterprise-40-groups.jwt.json", env!("CARGO_MANIFEST_DIR"));
    fs::copy(example, &path).expect("the template is copied");
    let mut window = Window::start("gateway", &[path.to_str().expect("a path in UTF-8")]);
    let is_token = |text: &str| text.split('.').count() == 3;
    let before = window.copied("the token", |window| window.key("ctrl+shift+c"), is_token);
    click(&window, place::COMPARE);
    look(&window, "gateway-1-costs");
    click(&window, place::DEAREST_CLAIM);
    // The short measurement of "what if" has its figures.
    thread::sleep(Duration::from_secs(2));
    look(&window, "gateway-2-what-if");
    click(&window, place::APPLY);
    look(&window, "gateway-3-applied");
    window.action("Measure all variants");
    window.settle();
    look(&window, "gateway-4-measured");
    let is_new = |text: &str| is_token(text) && *text != before;
    let token = window.copied("the token", |window| window.key("ctrl+shift+c"), is_new);
    let secret = window.copied("the secret", |window| window.action("Copy secret"), |text| *text != token);
    window.key("ctrl+s");
    let holds_no_groups = |text: String| !text.contains("\"groups\"");
    window.wait_until("the saved template", Duration::from_secs(20), |_| {
        fs::read_to_string(&path).is_ok_and(holds_no_groups)
    });

    let reading = reader::read_for(&token, "HS256", &secret, &true.into());
    let claims: Value = serde_json::from_str(&reading.payload).expect("claims are JSON");
    assert!(claims.get("groups").is_none() && claims.get("sub").is_some(), "{claims}");
    assert!(before.len() > 2_400 && token.len() < 600, "{} and {} bytes", before.len(), token.len());
}
