//! The newest requests of every row, with their answers as long as there is room.

use std::cell::OnceCell;
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Instant;

use hyper::http::response;

use super::news::{Finished, Received, Served};
use super::recording::nanos;
use crate::measure::login::exchange::{Answer, Exchange, Route};
use crate::measure::login::pattern::Pattern;

/// The most requests of a row that are kept, of pings and of others each, so that many pings do not push all logins out.
const MOST_OF_A_KIND: usize = 250;
/// The most bytes of answers that are kept in all.
const MOST_ANSWER_BYTES: usize = 4 << 20;

/// The newest requests of every row.
#[derive(Debug, Default)]
pub(super) struct Kept {
    rows: Vec<KeptRow>,
    answer_bytes: usize,
}

#[derive(Debug, Default)]
struct KeptRow {
    pings: VecDeque<KeptExchange>,
    others: VecDeque<KeptExchange>,
}

#[derive(Debug)]
struct KeptExchange {
    /// Without its answer.
    exchange: Exchange,
    received: Option<Received>,
    /// Made of `received` when it is asked for first: most requests are gone before.
    answer: OnceCell<Arc<Answer>>,
}

impl Kept {
    /// Adds a request of this row (the place in the report and its pattern), which began at `began`.
    pub(super) fn add(
        &mut self,
        finished: Finished,
        served: Option<Served>,
        (row, pattern): (usize, Pattern),
        began: Instant,
    ) {
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, KeptRow::default);
        }
        let kept = KeptExchange::new(finished, served, (row, pattern), began);
        self.answer_bytes += kept.answer_bytes();
        let Some(row) = self.rows.get_mut(row) else { return };
        let of_its_kind = if kept.exchange.route == Route::Ping { &mut row.pings } else { &mut row.others };
        of_its_kind.push_back(kept);
        if of_its_kind.len() > MOST_OF_A_KIND
            && let Some(gone) = of_its_kind.pop_front()
        {
            self.answer_bytes -= gone.answer_bytes();
        }
        self.make_room();
    }

    /// Drops the oldest answers until the others fit.
    fn make_room(&mut self) {
        if self.answer_bytes <= MOST_ANSWER_BYTES {
            return;
        }
        for kept in self.rows.iter_mut().flat_map(|row| row.pings.iter_mut().chain(&mut row.others)) {
            if self.answer_bytes <= MOST_ANSWER_BYTES {
                return;
            }
            self.answer_bytes -= kept.answer_bytes();
            kept.received = None;
            kept.answer.take();
        }
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// All that are kept, row by row, in the order they arrived in.
    pub(super) fn exchanges(&self) -> Vec<Exchange> {
        let in_order = |row: &KeptRow| {
            let mut exchanges: Vec<_> = row.pings.iter().chain(&row.others).map(KeptExchange::exchange).collect();
            exchanges.sort_by_key(|exchange| exchange.number);
            exchanges
        };
        self.rows.iter().flat_map(in_order).collect()
    }
}

impl KeptExchange {
    fn new(finished: Finished, served: Option<Served>, (row, pattern): (usize, Pattern), began: Instant) -> Self {
        let Finished { number, route, released, ended, outcome, .. } = finished;
        let (received, failure) = match outcome {
            Ok(received) => (Some(received), None),
            Err(reason) => (None, Some(reason)),
        };
        let exchange = Exchange {
            number,
            route,
            row,
            pattern,
            at_ns: nanos(released.saturating_duration_since(began)),
            total_ns: nanos(ended - released),
            queued_ns: served.map_or(0, |served| nanos(served.began.saturating_duration_since(released))),
            processing_ns: served.map_or(0, |served| nanos(served.ended - served.began)),
            status: received.as_ref().map(|received| received.head.status.as_u16()),
            failure,
            body_bytes: received.as_ref().map_or(0, |received| received.body.len()),
            wire_bytes: received.as_ref().map_or(0, |received| received.wire_bytes),
            answer: None,
        };
        Self { exchange, received, answer: OnceCell::new() }
    }

    /// What its answer takes up, about.
    fn answer_bytes(&self) -> usize {
        if self.received.is_some() { self.exchange.wire_bytes } else { 0 }
    }

    fn exchange(&self) -> Exchange {
        let made = |received: &Received| Arc::clone(self.answer.get_or_init(|| Arc::new(answer(received))));
        Exchange { answer: self.received.as_ref().map(made), ..self.exchange.clone() }
    }
}

fn answer(received: &Received) -> Answer {
    Answer { head: head(&received.head), body: String::from_utf8_lossy(&received.body).into_owned() }
}

fn head(parts: &response::Parts) -> String {
    let mut head = format!("{:?} {}", parts.version, parts.status);
    for (name, value) in &parts.headers {
        // Writing to a string does not fail.
        write!(head, "\n{name}: {}", String::from_utf8_lossy(value.as_bytes())).ok();
    }
    head
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn finished(number: u64, route: Route, body: usize, start: Instant) -> Finished {
        let (mut head, ()) = hyper::Response::new(()).into_parts();
        head.headers.insert("content-type", "text/plain".parse().unwrap());
        let released = start + Duration::from_micros(number);
        let received = Received { head, body: vec![b'x'; body].into(), wire_bytes: body + 50 };
        Finished {
            number,
            route,
            due: released,
            released,
            ended: released + Duration::from_millis(1),
            outcome: Ok(received),
        }
    }

    #[test]
    fn the_newest_of_each_kind_stay_in_their_order() {
        let start = Instant::now();
        let mut kept = Kept::default();
        for number in 1..=100_000 {
            let route = if number % 100 == 0 { Route::Login } else { Route::Ping };
            kept.add(finished(number, route, 2, start), None, (0, Pattern::default()), start);
        }
        let exchanges = kept.exchanges();
        assert_eq!(exchanges.len(), 2 * MOST_OF_A_KIND);
        assert!(exchanges.windows(2).all(|pair| pair[0].number < pair[1].number));
        assert_eq!(exchanges.iter().filter(|exchange| exchange.route == Route::Login).count(), MOST_OF_A_KIND);
        let last = exchanges.last().unwrap();
        assert_eq!((last.number, last.at_ns, last.total_ns), (100_000, 100_000_000, 1_000_000));
        let answer = last.answer.as_ref().unwrap();
        assert_eq!((&*answer.head, &*answer.body), ("HTTP/1.1 200 OK\ncontent-type: text/plain", "xx"));
    }

    #[test]
    fn answers_stay_within_their_room_and_the_newest_remain() {
        let start = Instant::now();
        let mut kept = Kept::default();
        for number in 1..=800 {
            let row = usize::try_from(number / 200).unwrap();
            kept.add(finished(number, Route::Login, 30_000, start), None, (row, Pattern::default()), start);
        }
        let exchanges = kept.exchanges();
        let bytes: usize = exchanges.iter().filter_map(|exchange| exchange.answer.as_ref()).map(|a| a.body.len()).sum();
        assert!(bytes <= MOST_ANSWER_BYTES && bytes > MOST_ANSWER_BYTES / 2, "{bytes}");
        assert_eq!(exchanges.len(), 800, "the requests themselves are still told");
        assert!(exchanges.first().unwrap().answer.is_none());
        assert!(exchanges.last().unwrap().answer.is_some());
        assert_eq!(
            kept.answer_bytes,
            kept.rows.iter().flat_map(|row| &row.others).map(KeptExchange::answer_bytes).sum::<usize>()
        );
    }
}
