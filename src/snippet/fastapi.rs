//! A FastAPI server with one login: minting on the event loop, where it holds up everybody, or off it.

use super::Snippet;
use super::layout::Code;
use super::model::{Draft, Need, Value};
use super::python::Python;
use crate::jose::error::Problem;

/// What the server needs besides PyJWT.
const PACKAGES: &str = " fastapi uvicorn";

/// The server; `off_loop` mints on a worker thread.
pub(super) fn write(draft: &Draft, off_loop: bool) -> Result<Snippet, Problem> {
    let python = Python::new(draft)?;
    let mut code = Code::new::<Python<'_>>();
    let place = if off_loop { "off the event loop" } else { "on the event loop" };
    python.title(&mut code, &format!("a FastAPI login that mints {place}"), PACKAGES);
    let expires_in = expires_in(draft);
    let clock = matches!(expires_in, Some(Expires::At(_)));
    let standard: &[&str] = if clock { &["import time"] } else { &[] };
    let packages = ["import jwt", "from fastapi import FastAPI", "from fastapi.concurrency import run_in_threadpool"];
    python.imports(&mut code, standard, packages.get(..if off_loop { 3 } else { 2 }).unwrap_or_default());
    python.setup(&mut code);
    if let Some(Expires::In(seconds)) = expires_in {
        code.add(&format!("EXPIRES_IN = {seconds}"));
    }
    code.add("\napp = FastAPI()");
    python.mint(&mut code);
    code.add("\n\n@app.post(\"/login\")\nasync def login():");
    code.inside(|code| {
        code.comment("Check the user's password here; an argon2 hash takes far longer than the token.");
        let minted = if off_loop {
            code.comment(
                "A worker thread mints, and the event loop goes on serving others. A plain `def login()` that",
            );
            code.comment("calls mint() does the same: FastAPI runs it in its thread pool.");
            "await run_in_threadpool(mint)"
        } else {
            code.comment("mint() does not await anything: while it works, the event loop serves nobody else.");
            "mint()"
        };
        code.add(&format!("token = {minted}"));
        let lifetime = match &expires_in {
            Some(Expires::In(_)) => ", \"expires_in\": EXPIRES_IN".to_owned(),
            Some(Expires::At(instant)) => format!(", \"expires_in\": {instant} - int(time.time())"),
            None => String::new(),
        };
        code.add(&format!("return {{\"access_token\": token, \"token_type\": \"bearer\"{lifetime}}}"));
    });
    code.add("\n\n@app.get(\"/ping\")\nasync def ping():\n    return {\"status\": \"ok\"}");
    let mut notes = draft.notes(false);
    if expires_in.is_none() {
        notes.push("The answer has no expires_in, because the draft does not say when the token expires.".to_owned());
    }
    if draft.needs(Need::Counter) {
        notes.push("Every worker process counts for itself.".to_owned());
    }
    Ok(Snippet {
        code: code.into_text(),
        install: vec![python.install(PACKAGES)],
        run: format!("{}uvicorn main:app", draft.environment()),
        notes,
    })
}

/// How long the token lives.
enum Expires {
    /// So many seconds from when it is minted.
    In(i64),
    /// Until this instant, in seconds since 1970.
    At(i64),
}

fn expires_in(draft: &Draft) -> Option<Expires> {
    match draft.claim("exp")? {
        Value::Now { offset } if *offset > 0 => Some(Expires::In(*offset)),
        Value::Number(number) => number.integer().map(Expires::At),
        _ => None,
    }
}
