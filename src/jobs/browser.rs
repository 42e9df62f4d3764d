//! Opens a page of this machine itself in the browser of the desktop.

use crate::jose::error::Problem;

/// What an address of the login lab begins with; the port follows.
const LOOPBACK: &str = "http://127.0.0.1:";

/// Opens the root page of a server on loopback. Blocks until the desktop has answered.
///
/// # Errors
/// `browser` when the address is another one, or the desktop has nothing to open it with.
pub fn open(address: &str) -> Result<(), Problem> {
    if !is_ours(address) {
        return Err(Problem::new("browser", "Only pages of this machine itself are opened")
            .help("Copy the address, and open it by hand"));
    }
    webbrowser::open(address).map_err(|error| {
        Problem::new("browser", format!("No browser can be opened: {error}"))
            .help(format!("Open {address} in a browser by hand"))
    })
}

/// Whether this is `http://127.0.0.1:PORT/`, and nothing more.
fn is_ours(address: &str) -> bool {
    let port = address.strip_prefix(LOOPBACK).map(|rest| rest.strip_suffix('/').unwrap_or(rest));
    port.is_some_and(|port| {
        port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_a_root_page_on_loopback_is_opened() {
        assert!(is_ours("http://127.0.0.1:8000/") && is_ours("http://127.0.0.1:1"));
        for address in [
            "",
            "http://127.0.0.1/",
            "http://127.0.0.1:0/",
            "http://127.0.0.1:65536/",
            "http://127.0.0.1:+1/",
            "http://127.0.0.1:8000/a",
            "http://127.0.0.1:8000//",
            "http://127.0.0.1:8000@example.com/",
            "https://127.0.0.1:8000/",
            "http://example.com:8000/",
            "file:///etc/hosts",
        ] {
            assert!(!is_ours(address), "{address}");
            let problem = open(address).unwrap_err();
            assert_eq!(problem.code, "browser");
            assert!(!problem.help.is_empty());
        }
    }
}
