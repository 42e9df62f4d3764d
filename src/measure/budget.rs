//! Limits a token meets on its way: one cookie, or the request headers a server accepts by default.

use serde::{Deserialize, Serialize};

/// What counts against a cookie besides the token. Separators are counted too, so the share errs on the safe side.
const COOKIE: &str = "token=; Path=/; Secure; HttpOnly; SameSite=Lax";

/// What counts against the headers besides the token (RFC 6750 §2.1), with the end of the line.
const AUTHORIZATION: &str = "Authorization: Bearer \r\n";

/// A limit in bytes that a token shares with what is sent around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Budget {
    /// One cookie in a browser (RFC 6265 §6.1).
    #[default]
    Cookie,
    /// One header line in nginx.
    Nginx,
    /// One header line in Apache httpd.
    Apache,
    /// All headers of a request in Apache Tomcat.
    Tomcat,
    /// All headers of a request in Node.js.
    Node,
}

impl Budget {
    /// All budgets, in the order to offer them.
    pub const ALL: [Self; 5] = [Self::Cookie, Self::Nginx, Self::Apache, Self::Tomcat, Self::Node];

    /// The name in settings files; the same as its serde name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Cookie => "cookie",
            Self::Nginx => "nginx",
            Self::Apache => "apache",
            Self::Tomcat => "tomcat",
            Self::Node => "node",
        }
    }

    /// The budget of that [`id`](Self::id).
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|budget| budget.id() == id)
    }

    /// The name to show, as it stands after "of" and an article: "4,096-byte cookie".
    pub const fn label(self) -> &'static str {
        match self {
            Self::Cookie => "4,096-byte cookie",
            Self::Nginx => "8 KiB nginx header line",
            Self::Apache => "8,190-byte Apache header line",
            Self::Tomcat => "8 KiB Tomcat request head",
            Self::Node => "16 KiB Node.js request head",
        }
    }

    /// One line: what the limit is, what is counted, and where it is set.
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::Cookie => {
                "Browsers drop a cookie over 4,096 bytes (RFC 6265 §6.1: name, value and attributes together). \
                 Counted: token=…; Path=/; Secure; HttpOnly; SameSite=Lax."
            }
            Self::Nginx => {
                "nginx answers 400 to a header line that does not fit one buffer (large_client_header_buffers 4 8k). \
                 Counted: the line Authorization: Bearer …."
            }
            Self::Apache => {
                "Apache httpd answers 400 to a header line over 8,190 bytes (LimitRequestFieldSize 8190). \
                 Counted: the line Authorization: Bearer …."
            }
            Self::Tomcat => {
                "Tomcat answers 400 when the request line and all headers are over 8,192 bytes \
                 (maxHttpRequestHeaderSize, by default maxHttpHeaderSize 8192). \
                 Counted: only the line Authorization: Bearer …; the other headers need room as well."
            }
            Self::Node => {
                "Node.js answers 431 when all headers are over 16 KiB (--max-http-header-size 16384). \
                 Counted: only the line Authorization: Bearer …; the other headers need room as well."
            }
        }
    }

    /// The limit in bytes.
    pub const fn limit(self) -> usize {
        match self {
            Self::Cookie => 4_096,
            Self::Nginx | Self::Tomcat => 8 * 1_024,
            Self::Apache => 8_190,
            Self::Node => 16 * 1_024,
        }
    }

    /// The bytes counted besides the token: cookie name and attributes, or the header's name and scheme.
    pub const fn overhead(self) -> usize {
        match self {
            Self::Cookie => COOKIE.len(),
            Self::Nginx | Self::Apache | Self::Tomcat | Self::Node => AUTHORIZATION.len(),
        }
    }

    /// The part of the limit that a token of `token_len` bytes takes with its overhead: 1.0 is exactly full.
    pub fn share(self, token_len: usize) -> f64 {
        (token_len.saturating_add(self.overhead())) as f64 / self.limit() as f64
    }

    /// The bytes left beside a token of `token_len` bytes; negative when it does not fit.
    pub fn remaining(self, token_len: usize) -> i64 {
        let used = i64::try_from(token_len.saturating_add(self.overhead())).unwrap_or(i64::MAX);
        self.limit() as i64 - used
    }

    /// The share in words: "10 % of a 4,096-byte cookie".
    ///
    /// A token that does not fit never reads as 100 %, however little it is over.
    pub fn describe(self, token_len: usize) -> String {
        let percent = self.share(token_len) * 100.0;
        let percent = if percent > 100.0 { percent.ceil() } else { percent.round() };
        let article = if self.label().starts_with('8') { "an" } else { "a" };
        format!("{percent:.0} % of {article} {}", self.label())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(budget: Budget, token_len: usize, remaining: i64, description: &str) {
        assert_eq!(budget.remaining(token_len), remaining);
        assert_eq!(budget.describe(token_len), description);
        assert_eq!(budget.share(token_len) > 1.0, remaining < 0, "share and remaining disagree");
    }

    #[test]
    fn the_last_byte_that_fits_is_told_from_the_first_that_does_not() {
        check(Budget::Cookie, 612, 3_438, "16 % of a 4,096-byte cookie");
        check(Budget::Cookie, 4_050, 0, "100 % of a 4,096-byte cookie");
        check(Budget::Cookie, 4_051, -1, "101 % of a 4,096-byte cookie");
        check(Budget::Nginx, 8_168, 0, "100 % of an 8 KiB nginx header line");
        check(Budget::Apache, 8_167, -1, "101 % of an 8,190-byte Apache header line");
        check(Budget::Tomcat, 0, 8_168, "0 % of an 8 KiB Tomcat request head");
        check(Budget::Node, 16_384, -24, "101 % of a 16 KiB Node.js request head");
    }

    #[test]
    fn every_budget_is_found_by_its_id_and_stored_under_it() {
        for budget in Budget::ALL {
            assert_eq!(Budget::from_id(budget.id()), Some(budget));
            assert_eq!(serde_json::to_value(budget).unwrap(), budget.id());
        }
        assert_eq!(Budget::from_id("iis"), None);
    }

    #[test]
    fn an_explanation_names_the_limit_it_explains() {
        for (budget, source) in [
            (Budget::Cookie, "RFC 6265 §6.1"),
            (Budget::Nginx, "large_client_header_buffers 4 8k"),
            (Budget::Apache, "LimitRequestFieldSize 8190"),
            (Budget::Tomcat, "maxHttpRequestHeaderSize"),
            (Budget::Node, "--max-http-header-size 16384"),
        ] {
            assert!(budget.explanation().contains(source), "{budget:?}: {}", budget.explanation());
        }
    }

    #[test]
    fn an_absurd_length_does_not_overflow() {
        assert!(Budget::Cookie.remaining(usize::MAX) < 0);
        assert!(Budget::Cookie.share(usize::MAX) > 1.0);
    }
}
