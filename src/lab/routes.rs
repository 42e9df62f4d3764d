//! What the server answers.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Query, Request, State};
use axum::http::header::{ALLOW, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HOST, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::heartbeat::Subscriber;
use super::minter::{Minted, Minter};
use super::news::{News, Served};
use super::password::StoredHash;
use crate::jose::compact;
use crate::jose::error::Problem;
use crate::jose::instant::InstantFormat;
use crate::jose::verify::{Expectations, Verdict, check_signature, verify};
use crate::measure::login::pattern::{Minting, Payload};

/// The most bytes of a login's body.
pub(super) const MOST_BODY_BYTES: usize = 16 * 1_024;
/// The header field with the number of a request; see [`Served::number`].
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const JSON: &str = "application/json";
/// A small page for trying a login with the network panel of a browser.
const PAGE: &str = include_str!("../../assets/lab.html");

/// What a login does to get a token.
pub(super) type Work = dyn Fn(&Minter, Payload) -> Result<Minted, Problem> + Send + Sync;

/// What the handlers know.
pub(super) struct Lab {
    pub(super) minter: Minter,
    pub(super) work: Box<Work>,
    /// Of the demo user's password, when it is verified.
    pub(super) hash: Option<StoredHash>,
    pub(super) address: SocketAddr,
    pub(super) subscribers: watch::Receiver<Subscriber>,
    /// Whether what still waits for the loop is to be turned away.
    pub(super) is_stopping: Arc<AtomicBool>,
}

/// The routes of the server.
pub(super) fn router(lab: Lab) -> Router {
    let lab = Arc::new(lab);
    Router::new()
        .route("/", get(page))
        .route("/login", post(login))
        .route("/me", get(me))
        .route("/ping", get(ping))
        .method_not_allowed_fallback(wrong_method)
        .fallback(nothing_here)
        .layer(DefaultBodyLimit::max(MOST_BODY_BYTES))
        .layer(middleware::from_fn_with_state(Arc::clone(&lab), check_host))
        .with_state(lab)
}

/// A page elsewhere whose name was made to point to this machine (DNS rebinding) asks with its own name.
async fn check_host(State(lab): State<Arc<Lab>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if !is_ours(host, lab.address.port()) {
        let words = format!("This server answers to 127.0.0.1:{0} and localhost:{0} only", lab.address.port());
        return refusal(StatusCode::FORBIDDEN, "wrong_host", &words);
    }
    if lab.is_stopping.load(Ordering::Relaxed) {
        return refusal(StatusCode::SERVICE_UNAVAILABLE, "stopping", "The server is being stopped");
    }
    next.run(request).await
}

fn is_ours(host: &str, port: u16) -> bool {
    let (name, given) = host.rsplit_once(':').unwrap_or((host, "80"));
    (name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost")) && given.parse() == Ok(port)
}

async fn page() -> Response {
    ([(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-store")], PAGE).into_response()
}

/// Nothing, as quickly as it can be done.
async fn ping(State(lab): State<Arc<Lab>>, headers: HeaderMap) -> Response {
    if let Some(number) = number(&headers) {
        let now = Instant::now();
        lab.report(Served { number, began: now, ended: now, password: None, minting: None, cpu: None });
    }
    ([(CONTENT_TYPE, "text/plain")], "ok").into_response()
}

/// What is asked of a login, in its query.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Asked {
    #[serde(default)]
    payload: Payload,
    #[serde(default)]
    minting: Minting,
}

/// The body of a login.
#[derive(Debug, Default, Deserialize)]
struct Credentials {
    username: String,
    password: String,
}

/// The answer to a login (RFC 6749 §5.1).
#[derive(Debug, Serialize)]
struct Granted<'a> {
    access_token: &'a str,
    token_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_in: Option<u64>,
}

async fn login(
    State(lab): State<Arc<Lab>>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let body = match body {
        Ok(body) => body,
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            let words = format!("The body of a login has at most {MOST_BODY_BYTES} bytes");
            return refusal(StatusCode::PAYLOAD_TOO_LARGE, "invalid_request", &words);
        }
        Err(_broken) => return refusal(StatusCode::BAD_REQUEST, "invalid_request", "The body did not arrive whole"),
    };
    let Ok(Query(asked)) = asked else {
        let words = "Write payload=full or payload=minimal, and minting=on-loop or minting=off-loop";
        return refusal(StatusCode::BAD_REQUEST, "invalid_request", words);
    };
    // Read before any work, and only where it matters.
    let credentials = match lab.hash.as_ref().map(|_hash| credentials(&headers, &body)) {
        Some(None) => {
            let words = "Send username and password as a JSON object or as a form";
            return refusal(StatusCode::BAD_REQUEST, "invalid_request", words);
        }
        Some(Some(credentials)) => Some(credentials),
        None => None,
    };
    let number = number(&headers);
    match asked.minting {
        Minting::OnLoop => lab.log_in(number, asked.payload, credentials.as_ref()),
        Minting::OffLoop => {
            let work = move || lab.log_in(number, asked.payload, credentials.as_ref());
            match tokio::task::spawn_blocking(work).await {
                Ok(response) => response,
                Err(_panicked) => refusal(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "The token was not made"),
            }
        }
    }
}

/// Who wants to log in; `None` when the body does not say.
fn credentials(headers: &HeaderMap, body: &[u8]) -> Option<Credentials> {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
    {
        let find = |wanted: &str| {
            let mut members = url::form_urlencoded::parse(body);
            members.find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
        };
        return Some(Credentials { username: find("username")?, password: find("password")? });
    }
    serde_json::from_slice(body).ok()
}

/// The number a request of the load carries.
fn number(headers: &HeaderMap) -> Option<u64> {
    headers.get(REQUEST_ID)?.to_str().ok()?.parse().ok()
}

impl Lab {
    /// The work of a login, all of it on the calling thread.
    fn log_in(&self, number: Option<u64>, payload: Payload, credentials: Option<&Credentials>) -> Response {
        if self.is_stopping.load(Ordering::Relaxed) {
            return refusal(StatusCode::SERVICE_UNAVAILABLE, "stopping", "The server is being stopped");
        }
        // A key that cannot be made ready is told by the work itself.
        self.minter.prepare().ok();
        let began = Instant::now();
        let verified = self.hash.as_ref().zip(credentials).map(|(hash, credentials)| {
            let is_right = hash.verify(&credentials.username, &credentials.password);
            (is_right, began.elapsed())
        });
        let minted = match verified {
            Some((false, _)) => None,
            Some((true, _)) | None => Some((self.work)(&self.minter, payload)),
        };
        if let Some(number) = number {
            let minted = minted.as_ref().and_then(|minted| minted.as_ref().ok());
            self.report(Served {
                number,
                began,
                ended: Instant::now(),
                password: verified.map(|(_, took)| took),
                minting: minted.map(|minted| minted.took),
                cpu: minted.and_then(|minted| minted.cpu),
            });
        }
        match minted {
            None => {
                let refused = refusal(StatusCode::UNAUTHORIZED, "invalid_grant", "Wrong name or password");
                with_challenge(refused, "Bearer realm=\"login lab\"")
            }
            Some(Err(problem)) => refusal(StatusCode::INTERNAL_SERVER_ERROR, "server_error", &problem.message),
            Some(Ok(minted)) => granted(&minted),
        }
    }

    /// Tells whoever measures.
    fn report(&self, served: Served) {
        if let Some(subscriber) = self.subscribers.borrow().as_ref() {
            subscriber.send(News::Served(served)).ok();
        }
    }
}

fn granted(minted: &Minted) -> Response {
    let granted = Granted { access_token: &minted.token, token_type: "bearer", expires_in: minted.expires_in };
    match serde_json::to_vec(&granted) {
        Ok(body) => ([(CONTENT_TYPE, JSON), (CACHE_CONTROL, "no-store")], body).into_response(),
        Err(_) => refusal(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "The answer could not be written"),
    }
}

/// Verifies the bearer token and answers with its claims.
async fn me(State(lab): State<Arc<Lab>>, headers: HeaderMap) -> Response {
    let Some(given) = headers.get(AUTHORIZATION) else {
        // RFC 6750 §3.1: a request without a token is told no reason.
        let refused = refusal(StatusCode::UNAUTHORIZED, "no_token", "Send a bearer token");
        return with_challenge(refused, "Bearer realm=\"login lab\"");
    };
    match given.to_str().ok().and_then(bearer) {
        Some(token) => lab.claims(token),
        None => invalid_token("The field Authorization holds no bearer token"),
    }
}

fn bearer(field: &str) -> Option<&str> {
    let (scheme, token) = field.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Bearer").then_some(token.trim())
}

impl Lab {
    fn claims(&self, token: &str) -> Response {
        let inputs = self.minter.inputs();
        let decoded = compact::decode(token);
        let signature = check_signature(token, &decoded, Some(&inputs.key), &[inputs.algorithm]);
        let verification =
            verify(&decoded, &signature, &Expectations::default(), self.minter.now(), 0, InstantFormat::UTC);
        match decoded.claims().filter(|_claims| verification.verdict == Verdict::Verified) {
            Some(claims) => {
                let head = [(CONTENT_TYPE, JSON), (CACHE_CONTROL, "no-store")];
                (head, claims.text().to_owned()).into_response()
            }
            None => invalid_token(&verification.reason),
        }
    }
}

/// RFC 6750 §3.1. The reason stands in the body only: a header field cannot hold every letter.
fn invalid_token(reason: &str) -> Response {
    let refused = refusal(StatusCode::UNAUTHORIZED, "invalid_token", reason);
    with_challenge(refused, "Bearer realm=\"login lab\", error=\"invalid_token\"")
}

async fn wrong_method(request: Request) -> Response {
    let allowed = if request.uri().path() == "/login" { "POST" } else { "GET, HEAD" };
    let words = format!("Use {allowed} here");
    let mut response = refusal(StatusCode::METHOD_NOT_ALLOWED, "invalid_request", &words);
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
    response
}

async fn nothing_here() -> Response {
    let words = "There are POST /login, GET /me, GET /ping and GET /";
    refusal(StatusCode::NOT_FOUND, "not_found", words)
}

/// An answer without a token, in the form of RFC 6749 §5.2.
fn refusal(status: StatusCode, error: &str, description: &str) -> Response {
    let body = serde_json::json!({ "error": error, "error_description": description });
    (status, [(CONTENT_TYPE, JSON), (CACHE_CONTROL, "no-store")], body.to_string()).into_response()
}

fn with_challenge(mut response: Response, challenge: &'static str) -> Response {
    response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_names_are_ours() {
        for host in ["127.0.0.1:8080", "localhost:8080", "LOCALHOST:8080"] {
            assert!(is_ours(host, 8_080), "{host}");
        }
        for host in ["127.0.0.1", "127.0.0.1:80", "acme.dev:8080", "localhost.acme.dev:8080", "", ":8080", "[::1]:8080"]
        {
            assert!(!is_ours(host, 8_080), "{host}");
        }
        assert!(is_ours("localhost", 80), "port 80 may be left out");
    }

    #[test]
    fn a_bearer_token_is_found_whatever_the_case_of_its_scheme() {
        assert_eq!(bearer("Bearer a.b.c"), Some("a.b.c"));
        assert_eq!(bearer("bearer a.b.c"), Some("a.b.c"));
        assert_eq!(bearer("Basic abc"), None);
        assert_eq!(bearer("Bearer"), None);
    }
}
