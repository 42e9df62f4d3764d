//! Which of the requests are listed, and in which order.

use crate::measure::login::exchange::{Exchange, Route};
use crate::measure::login::report::LoginTrace;

/// What is asked of a request to be listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    /// A text in its method and path, status, pattern or failure.
    pub(super) text: String,
    /// What was asked for.
    pub(super) route: Option<Route>,
    /// The row of the report.
    pub(super) row: Option<usize>,
    /// Only those that failed or got another status than 200.
    pub(super) errors: bool,
}

/// By what the list is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// The status.
    Status,
    /// Bytes of the body.
    Body,
    /// Bytes on the wire.
    Wire,
    /// How long it took.
    Time,
}

/// The order of the list: as the requests arrived, or by one of their figures and whether the greatest comes first.
pub(super) type Order = Option<(By, bool)>;

/// Whether a request failed, or got another status than 200.
pub(super) fn is_error(exchange: &Exchange) -> bool {
    exchange.status != Some(200)
}

impl Filter {
    /// Whether every request is listed.
    pub(super) fn is_open(&self) -> bool {
        *self == Self::default()
    }

    fn admits(&self, exchange: &Exchange, needle: &str) -> bool {
        self.route.is_none_or(|route| route == exchange.route)
            && self.row.is_none_or(|row| row == exchange.row)
            && (!self.errors || is_error(exchange))
            && (needle.is_empty() || contains(exchange, needle))
    }

    /// The places of the listed requests within the trace, in the order of the list.
    pub(super) fn list(&self, trace: &LoginTrace, order: Order) -> Vec<usize> {
        let needle = self.text.trim().to_lowercase();
        let places = trace.exchanges.iter().enumerate().filter(|(_, exchange)| self.admits(exchange, &needle));
        let mut list: Vec<usize> = places.map(|(place, _)| place).collect();
        if let Some((by, falling)) = order {
            let figure = |place: &usize| {
                trace.exchanges.get(*place).map_or(0, |exchange| match by {
                    By::Status => u64::from(exchange.status.unwrap_or(0)),
                    By::Body => exchange.body_bytes as u64,
                    By::Wire => exchange.wire_bytes as u64,
                    By::Time => exchange.total_ns,
                })
            };
            list.sort_by_key(figure);
            if falling {
                list.reverse();
            }
        }
        list
    }
}

fn contains(exchange: &Exchange, needle: &str) -> bool {
    let has = |text: &str| text.to_lowercase().contains(needle);
    has(exchange.route.label())
        || has(exchange.pattern.label())
        || exchange.status.map_or_else(|| has("failed"), |status| has(&status.to_string()))
        || exchange.failure.as_deref().is_some_and(has)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::login::pattern::Pattern;

    fn exchange(number: u64, route: Route, status: Option<u16>, total_ns: u64) -> Exchange {
        Exchange {
            number,
            route,
            row: number as usize % 2,
            pattern: Pattern::default(),
            at_ns: 0,
            total_ns,
            queued_ns: 0,
            processing_ns: 0,
            status,
            failure: status.is_none().then(|| "connection closed".into()),
            body_bytes: 10,
            wire_bytes: 20,
            answer: None,
        }
    }

    fn trace() -> LoginTrace {
        let exchanges = vec![
            exchange(1, Route::Login, Some(200), 30),
            exchange(2, Route::Ping, Some(200), 10),
            exchange(3, Route::Login, None, 50),
            exchange(4, Route::Ping, Some(503), 20),
        ];
        LoginTrace { exchanges, ..LoginTrace::default() }
    }

    #[test]
    fn requests_are_listed_by_what_is_asked_of_them() {
        #[track_caller]
        fn check(filter: Filter, order: Order, expected: &[usize]) {
            assert_eq!(filter.list(&trace(), order), expected);
        }
        let text = |text: &str| Filter { text: text.to_owned(), ..Filter::default() };
        check(Filter::default(), None, &[0, 1, 2, 3]);
        check(Filter { route: Some(Route::Ping), ..Filter::default() }, None, &[1, 3]);
        check(Filter { errors: true, ..Filter::default() }, None, &[2, 3]);
        check(Filter { row: Some(0), ..Filter::default() }, None, &[1, 3]);
        check(text(" /LOGIN "), None, &[0, 2]);
        check(text("503"), None, &[3]);
        check(text("closed"), None, &[2]);
        check(text("nothing of the kind"), None, &[]);
    }

    #[test]
    fn the_slowest_come_first_when_asked_for() {
        let list = |order| Filter::default().list(&trace(), order);
        assert_eq!(list(Some((By::Time, true))), [2, 0, 3, 1]);
        assert_eq!(list(Some((By::Time, false))), [1, 3, 0, 2]);
    }
}
