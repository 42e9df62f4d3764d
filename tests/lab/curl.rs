//! The load and curl see the same answer.

use std::fs;
use std::process::Command;

use super::*;

/// Requests of which the median is taken.
const REQUESTS: usize = 20;
/// Measurements of which one has to agree: a machine that does something else in between makes either side late.
const ROUNDS: usize = 6;

/// What curl tells of a request.
struct Seen {
    head_bytes: usize,
    body_bytes: usize,
    /// From sending to the last byte; without starting curl and without connecting.
    took_ns: u64,
    body: String,
}

/// `POST /login` with curl; `None` when there is no curl.
fn curl(server: &Server, pattern: Pattern) -> Option<Seen> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("body");
    let url = format!("http://{}{}", server.handle().address(), pattern.login_path());
    let output = Command::new("curl")
        .args([
            "-s",
            "-o",
            file.to_str().unwrap(),
            "-w",
            "%{size_header} %{size_download} %{time_connect} %{time_total}",
        ])
        .args(["--noproxy", "*", "-H", "Content-Type: application/json"])
        .args(["-d", r#"{"username":"demo","password":"demo"}"#, &url])
        .output();
    let text = String::from_utf8(output.ok()?.stdout).unwrap();
    let figures: Vec<f64> = text.split(' ').map(|figure| figure.parse().unwrap()).collect();
    let [head, body, connected, total] = figures[..] else { panic!("{text}") };
    Some(Seen {
        head_bytes: head as usize,
        body_bytes: body as usize,
        took_ns: ((total - connected) * 1e9) as u64,
        body: fs::read_to_string(&file).unwrap(),
    })
}

#[test]
fn the_bytes_are_those_that_curl_counts() {
    let plan = plan(&Pattern::ALL);
    let server = start(&plan);
    if curl(&server, ON_LOOP).is_none() {
        println!("skipped: there is no curl");
        return;
    }
    for row in measured(&server, &plan).report.rows {
        let seen = curl(&server, row.pattern.unwrap()).unwrap();
        assert_eq!(row.body_bytes, Some(seen.body_bytes), "{}", row.name);
        assert_eq!(row.wire_bytes, Some(seen.head_bytes + seen.body_bytes), "{}", row.name);
        let granted: serde_json::Value = serde_json::from_str(&seen.body).unwrap();
        assert_eq!(row.token_bytes, granted["access_token"].as_str().map(str::len));
    }
}

/// The work takes 20 ms, so that what curl and the load add of their own is little beside it.
#[test]
fn the_response_time_is_that_of_curl() {
    let plan = Plan { logins_per_second: 10, pings_per_second: 10, seconds: 2, ..plan(&[ON_LOOP]) };
    let slow = |minter: &lab::Minter, payload| {
        std::thread::sleep(std::time::Duration::from_millis(20));
        minter.mint(payload)
    };
    let server = Server::with_work(inputs(CLAIMS), &plan, 0, slow).unwrap();
    if curl(&server, ON_LOOP).is_none() {
        println!("skipped: there is no curl");
        return;
    }
    let round = |_| {
        let mut times: Vec<u64> = (0..REQUESTS).map(|_| curl(&server, ON_LOOP).unwrap().took_ns).collect();
        times.sort_unstable();
        let login = measured(&server, &plan).report.rows[0].login.unwrap();
        assert_eq!(login.samples, REQUESTS as u64);
        (times[REQUESTS / 2], login.p50_ns)
    };
    let agrees = |&(theirs, ours): &(u64, u64)| theirs.abs_diff(ours) <= 2_000_000;
    let rounds: Vec<(u64, u64)> = (0..ROUNDS)
        .map(round)
        .scan(false, |done, pair| {
            let goes_on = !*done;
            *done = agrees(&pair);
            goes_on.then_some(pair)
        })
        .collect();
    assert!(rounds.iter().any(agrees), "curl and the load, never within 2 ms: {rounds:?}");
    assert!(rounds.iter().all(|(theirs, ours)| *theirs.min(ours) >= 20_000_000), "less than the work: {rounds:?}");
}
