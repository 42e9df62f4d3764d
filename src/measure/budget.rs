//! Limits a token meets on its way: one cookie, or the request headers a server accepts by default.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::jose::error::Problem;
use crate::jose::text::shown;

/// What counts against a cookie besides the token. Separators are counted too, so the share errs on the safe side.
const COOKIE: &str = "token=; Path=/; Secure; HttpOnly; SameSite=Lax";

/// What counts against the headers besides the token (RFC 6750 §2.1), with the end of the line.
const AUTHORIZATION: &str = "Authorization: Bearer \r\n";

/// What the id of a limit of one's own starts with; the number of bytes follows.
const OWN: &str = "own:";

/// A limit in bytes that a token shares with what is sent around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
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
    /// One header line, and all of a request's head, in IIS.
    Iis,
    /// All headers of a request in Kestrel, the server of ASP.NET Core.
    Kestrel,
    /// One header line at an AWS Application Load Balancer.
    Alb,
    /// A request without its body at AWS CloudFront.
    CloudFront,
    /// All headers of a request at Cloudflare.
    Cloudflare,
    /// A limit of one's own, in bytes; nothing but the token counts against it.
    Own(u32),
}

/// What is known of a budget.
struct Limit {
    id: &'static str,
    label: &'static str,
    /// In bytes.
    bytes: usize,
    /// What counts besides the token.
    besides: &'static str,
    explanation: &'static str,
}

const COOKIE_LIMIT: Limit = Limit {
    id: "cookie",
    label: "4,096-byte cookie",
    bytes: 4_096,
    besides: COOKIE,
    explanation: "Browsers drop a cookie over 4,096 bytes (RFC 6265 §6.1: name, value and attributes together). \
                  Counted: token=…; Path=/; Secure; HttpOnly; SameSite=Lax.",
};

const NGINX: Limit = Limit {
    id: "nginx",
    label: "8 KiB nginx header line",
    bytes: 8 * 1_024,
    besides: AUTHORIZATION,
    explanation: "nginx answers 400 to a header line that does not fit one buffer (large_client_header_buffers 4 8k). \
                  Counted: the whole line that starts with Authorization: Bearer.",
};

const APACHE: Limit = Limit {
    id: "apache",
    label: "8,190-byte Apache header line",
    bytes: 8_190,
    besides: AUTHORIZATION,
    explanation: "Apache httpd answers 400 to a header line over 8,190 bytes (LimitRequestFieldSize 8190). \
                  Counted: the whole line that starts with Authorization: Bearer.",
};

const TOMCAT: Limit = Limit {
    id: "tomcat",
    label: "8 KiB Tomcat request head",
    bytes: 8 * 1_024,
    besides: AUTHORIZATION,
    explanation: "Tomcat answers 400 when the request line and all headers are over 8,192 bytes \
                  (maxHttpRequestHeaderSize, by default maxHttpHeaderSize 8192). \
                  Counted: only the line that starts with Authorization: Bearer; the other headers need room as well.",
};

const NODE: Limit = Limit {
    id: "node",
    label: "16 KiB Node.js request head",
    bytes: 16 * 1_024,
    besides: AUTHORIZATION,
    explanation: "Node.js answers 431 when all headers are over 16 KiB (--max-http-header-size 16384). \
                  Counted: only the line that starts with Authorization: Bearer; the other headers need room as well.",
};

const IIS: Limit = Limit {
    id: "iis",
    label: "16 KiB IIS request head",
    bytes: 16 * 1_024,
    besides: AUTHORIZATION,
    explanation: "IIS answers 400 when one header, or the request line and all headers, are over 16,384 bytes \
                  (MaxFieldLength and MaxRequestBytes of http.sys). \
                  Counted: only the line that starts with Authorization: Bearer; the other headers need room as well.",
};

const KESTREL: Limit = Limit {
    id: "kestrel",
    label: "32 KiB Kestrel request head",
    bytes: 32 * 1_024,
    besides: AUTHORIZATION,
    explanation: "Kestrel answers 431 when all headers are over 32 KiB (MaxRequestHeadersTotalSize 32768). \
                  Counted: only the line that starts with Authorization: Bearer; the other headers need room as well.",
};

const ALB: Limit = Limit {
    id: "alb",
    label: "16 KiB ALB header line",
    bytes: 16 * 1_024,
    besides: AUTHORIZATION,
    explanation: "An AWS Application Load Balancer refuses a header over 16 KiB; all headers together may have 64 KiB \
                  (fixed quotas). Counted: the whole line that starts with Authorization: Bearer.",
};

const CLOUD_FRONT: Limit = Limit {
    id: "cloudfront",
    label: "20,480-byte CloudFront request",
    bytes: 20_480,
    besides: AUTHORIZATION,
    explanation: "AWS CloudFront refuses a request whose headers and query string are over 20,480 bytes. \
                  Counted: only the line that starts with Authorization: Bearer; the rest needs room as well.",
};

const CLOUDFLARE: Limit = Limit {
    id: "cloudflare",
    label: "128 KB Cloudflare request head",
    bytes: 128_000,
    besides: AUTHORIZATION,
    explanation: "Cloudflare takes 128 KB of headers in all, here 128,000 bytes; its older documents say 32 KB in all \
                  and 16 KB a header. \
                  Counted: only the line that starts with Authorization: Bearer; the other headers need room as well.",
};

impl Budget {
    /// All budgets with a limit of their own, in the order to offer them; [`Budget::Own`] comes besides.
    pub const ALL: [Self; 10] = [
        Self::Cookie,
        Self::Nginx,
        Self::Apache,
        Self::Tomcat,
        Self::Node,
        Self::Iis,
        Self::Kestrel,
        Self::Alb,
        Self::CloudFront,
        Self::Cloudflare,
    ];

    const fn facts(self) -> Limit {
        match self {
            Self::Cookie => COOKIE_LIMIT,
            Self::Nginx => NGINX,
            Self::Apache => APACHE,
            Self::Tomcat => TOMCAT,
            Self::Node => NODE,
            Self::Iis => IIS,
            Self::Kestrel => KESTREL,
            Self::Alb => ALB,
            Self::CloudFront => CLOUD_FRONT,
            Self::Cloudflare => CLOUDFLARE,
            Self::Own(bytes) => Limit {
                id: "own",
                label: "limit of your own",
                bytes: bytes as usize,
                besides: "",
                explanation: "A limit of your own. Counted: the token alone.",
            },
        }
    }

    /// The name in settings files, `own:2000` for a limit of one's own; the same as its serde name.
    pub fn id(self) -> Cow<'static, str> {
        match self {
            Self::Own(bytes) => format!("{OWN}{bytes}").into(),
            _ => self.facts().id.into(),
        }
    }

    /// The budget of that [`id`](Self::id).
    pub fn from_id(id: &str) -> Option<Self> {
        match id.strip_prefix(OWN) {
            Some(bytes) => bytes.parse().ok().filter(|bytes| *bytes > 0).map(Self::Own),
            None => Self::ALL.into_iter().find(|budget| budget.facts().id == id),
        }
    }

    /// The name to show, as it stands after "of" and an article: "4,096-byte cookie".
    pub const fn label(self) -> &'static str {
        self.facts().label
    }

    /// One line: what the limit is, what is counted, and where it is set.
    pub const fn explanation(self) -> &'static str {
        self.facts().explanation
    }

    /// The limit in bytes.
    pub const fn limit(self) -> usize {
        self.facts().bytes
    }

    /// The bytes counted besides the token: cookie name and attributes, or the header's name and scheme.
    pub const fn overhead(self) -> usize {
        self.facts().besides.len()
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

    /// The share in whole percent. A token that does not fit never reads as 100 %, however little it is over.
    pub fn percent(self, token_len: usize) -> f64 {
        let percent = self.share(token_len) * 100.0;
        if percent > 100.0 { percent.ceil() } else { percent.round() }
    }

    /// The share in words: "10 % of a 4,096-byte cookie".
    pub fn describe(self, token_len: usize) -> String {
        format!("{:.0} % of {}", self.percent(token_len), self.phrase())
    }

    /// The name with its article: "a 4,096-byte cookie".
    pub fn phrase(self) -> String {
        let article = if self.label().starts_with('8') { "an" } else { "a" };
        format!("{article} {}", self.label())
    }
}

impl From<Budget> for String {
    fn from(budget: Budget) -> Self {
        budget.id().into_owned()
    }
}

impl TryFrom<String> for Budget {
    type Error = Problem;

    fn try_from(id: String) -> Result<Self, Problem> {
        Self::from_id(&id).ok_or_else(|| {
            let names: Vec<_> = Self::ALL.into_iter().map(Self::id).collect();
            Problem::new("budget", format!("There is no budget called {}", shown(&id)))
                .help(format!("Write one of {}, or own: and a number of bytes, such as own:2000.", names.join(", ")))
        })
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
        check(Budget::Iis, 16_360, 0, "100 % of a 16 KiB IIS request head");
        check(Budget::Kestrel, 32_745, -1, "101 % of a 32 KiB Kestrel request head");
        check(Budget::Alb, 16_361, -1, "101 % of a 16 KiB ALB header line");
        check(Budget::CloudFront, 20_456, 0, "100 % of a 20,480-byte CloudFront request");
        check(Budget::Cloudflare, 127_976, 0, "100 % of a 128 KB Cloudflare request head");
        check(Budget::Own(2_000), 2_000, 0, "100 % of a limit of your own");
        check(Budget::Own(2_000), 2_001, -1, "101 % of a limit of your own");
    }

    #[test]
    fn every_budget_is_found_by_its_id_and_stored_under_it() {
        for budget in Budget::ALL {
            assert_eq!(Budget::from_id(&budget.id()), Some(budget));
            assert_eq!(serde_json::to_value(budget).unwrap(), *budget.id());
        }
        assert_eq!(Budget::from_id("own:2000"), Some(Budget::Own(2_000)));
        assert_eq!(serde_json::from_str::<Budget>("\"own:2000\"").unwrap(), Budget::Own(2_000));
        for unknown in ["", "Cookie", "own", "own:", "own:0", "own:-1", "own:1.5", "own:4294967296"] {
            assert_eq!(Budget::from_id(unknown), None, "{unknown}");
        }
        let refused = Budget::try_from("lighttpd".to_owned()).unwrap_err();
        assert!(refused.message.contains("lighttpd") && refused.help.contains("cloudflare, or own:"), "{refused:?}");
    }

    #[test]
    fn an_explanation_names_the_limit_it_explains() {
        for (budget, source) in [
            (Budget::Cookie, "RFC 6265 §6.1"),
            (Budget::Nginx, "large_client_header_buffers 4 8k"),
            (Budget::Apache, "LimitRequestFieldSize 8190"),
            (Budget::Tomcat, "maxHttpRequestHeaderSize"),
            (Budget::Node, "--max-http-header-size 16384"),
            (Budget::Iis, "MaxFieldLength"),
            (Budget::Kestrel, "MaxRequestHeadersTotalSize"),
            (Budget::Alb, "16 KiB"),
            (Budget::CloudFront, "20,480"),
            (Budget::Cloudflare, "128 KB"),
        ] {
            assert!(budget.explanation().contains(source), "{budget:?}: {}", budget.explanation());
        }
        for budget in Budget::ALL {
            let words = budget.explanation();
            assert!(words.ends_with('.') && !words.ends_with("….") && !words.contains(".."), "{words}");
        }
    }

    #[test]
    fn an_absurd_length_does_not_overflow() {
        assert!(Budget::Cookie.remaining(usize::MAX) < 0);
        assert!(Budget::Cookie.share(usize::MAX) > 1.0);
    }
}
