//! Folds what happened into the figures of a report. Needs the same memory however long a measurement takes.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::answers::Kept;
use super::load::access_token;
use super::news::{Finished, News, Served};
use super::{Measured, server::About};
use crate::jose::error::Problem;
use crate::measure::histogram::Histogram;
use crate::measure::login::exchange::Route;
use crate::measure::login::pattern::Pattern;
use crate::measure::login::plan::Plan;
use crate::measure::login::report::{LoginReport, LoginRow, LoginTrace, PingPoint, Spread};
use crate::measure::login::{quoted, rule};

/// The most points of a row's curve of pings.
const MOST_POINTS: usize = 600;

/// The measurement so far.
pub(super) struct Recording {
    report: LoginReport,
    pings: Vec<Vec<PingPoint>>,
    kept: Kept,
    lateness: Histogram,
    count: u64,
    row: Option<Row>,
}

/// What is being measured.
struct Row {
    name: String,
    pattern: Option<Pattern>,
    length: Duration,
    began: Option<Instant>,
    settled: Option<Instant>,
    /// What the server did for requests whose end is not yet told.
    served: HashMap<u64, Served>,
    asked: u64,
    answered: u64,
    all_answered: u64,
    errors: u64,
    body_bytes: Option<usize>,
    wire_bytes: Option<usize>,
    token_bytes: Option<usize>,
    points: Vec<Option<PingPoint>>,
    login: Histogram,
    ping: Histogram,
    processing: Histogram,
    cpu: Histogram,
    password: Histogram,
    queue: Histogram,
    stall: Histogram,
}

impl Recording {
    /// Nothing measured yet.
    ///
    /// # Errors
    /// As for [`Histogram::new`].
    pub(super) fn new(plan: Plan, about: &About) -> Result<Self, Problem> {
        let report = LoginReport {
            plan,
            subject: about.subject.clone(),
            algorithm: about.algorithm.clone(),
            key: about.key.clone(),
            ..LoginReport::default()
        };
        let (pings, kept, lateness) = (Vec::new(), Kept::default(), Histogram::new()?);
        Ok(Self { report, pings, kept, lateness, count: 0, row: None })
    }

    /// Begins a row; what comes belongs to it.
    ///
    /// # Errors
    /// As for [`Histogram::new`].
    pub(super) fn begin(&mut self, name: String, pattern: Option<Pattern>, length: Duration) -> Result<(), Problem> {
        self.row = Some(Row::new(name, pattern, length)?);
        Ok(())
    }

    /// Requests so far, which is the number of the last one.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// How long the row has been measured, once it began.
    pub(super) fn elapsed(&self) -> Duration {
        self.row.as_ref().and_then(|row| row.began).map_or(Duration::ZERO, |began| began.elapsed())
    }

    /// Takes in what happened.
    pub(super) fn hear(&mut self, news: News) {
        let Some(row) = &mut self.row else { return };
        match news {
            News::Began(began) => row.began = Some(began),
            News::Settled(settled) => row.settled = Some(settled),
            News::Stall(late) if row.is_running() => row.stall.record(nanos(late)),
            News::Stall(_) => {}
            News::Served(served) => {
                row.served.insert(served.number, served);
            }
            News::Finished(finished) => {
                self.count = self.count.max(finished.number);
                if finished.route != Route::Me {
                    self.lateness.record(nanos(finished.released - finished.due));
                }
                let served = row.served.remove(&finished.number);
                row.add(&finished, served.as_ref());
                let began = row.began.unwrap_or(finished.released);
                self.kept.add(*finished, served, (self.report.rows.len(), row.pattern.unwrap_or_default()), began);
            }
        }
    }

    /// Ends the row as the response time of `/ping` on an idle server; it becomes no row of the report.
    pub(super) fn end_idle(&mut self) {
        self.report.idle = self.row.take().and_then(|row| spread(&row.ping));
        self.kept.clear();
        self.count = 0;
    }

    /// Ends the row. It gets a verdict when it was measured to its end.
    pub(super) fn end(&mut self, is_whole: bool) {
        let Some(row) = self.row.take() else { return };
        if row.began.is_none() {
            return;
        }
        let mut figures = row.figures();
        if is_whole {
            figures.ruling = Some(rule::ruling(&figures, self.report.idle));
        }
        self.report.rows.push(figures);
        self.pings.push(row.points());
        self.report.disagreements = quoted::disagreements(&self.report);
    }

    /// What there is so far.
    pub(super) fn measured(&self) -> Measured {
        let mut report = self.report.clone();
        let mut pings = self.pings.clone();
        report.lateness = spread(&self.lateness);
        // A row whose load has not begun has nothing to show.
        if let Some(row) = self.row.as_ref().filter(|row| row.began.is_some()) {
            report.rows.push(row.figures());
            pings.push(row.points());
        }
        Measured { report, trace: LoginTrace { pings, exchanges: self.kept.exchanges(), count: self.count } }
    }

    /// The same while the idle server is measured: nothing of it is a row.
    pub(super) fn measured_idle(&self) -> Measured {
        Measured { report: LoginReport { lateness: None, ..self.report.clone() }, trace: LoginTrace::default() }
    }
}

impl Row {
    fn new(name: String, pattern: Option<Pattern>, length: Duration) -> Result<Self, Problem> {
        Ok(Self {
            name,
            pattern,
            length,
            began: None,
            settled: None,
            served: HashMap::new(),
            asked: 0,
            answered: 0,
            all_answered: 0,
            errors: 0,
            body_bytes: None,
            wire_bytes: None,
            token_bytes: None,
            points: vec![None; MOST_POINTS],
            login: Histogram::new()?,
            ping: Histogram::new()?,
            processing: Histogram::new()?,
            cpu: Histogram::new()?,
            password: Histogram::new()?,
            queue: Histogram::new()?,
            stall: Histogram::new()?,
        })
    }

    /// Whether the load is on.
    fn is_running(&self) -> bool {
        self.began.is_some() && self.settled.is_none()
    }

    fn add(&mut self, finished: &Finished, served: Option<&Served>) {
        let total = nanos(finished.ended - finished.released);
        let received = finished.outcome.as_ref().ok().filter(|received| received.head.status == 200);
        let token = received.and_then(|received| match finished.route {
            Route::Login => access_token(&received.body),
            Route::Me | Route::Ping => None,
        });
        let is_answered = received.is_some() && (finished.route != Route::Login || token.is_some());
        if !is_answered {
            self.errors += 1;
        }
        match finished.route {
            Route::Me => return,
            Route::Login => {
                self.asked += 1;
                // A refusal may be quick: only what was granted tells how long a login takes.
                if let Some((received, token)) = received.zip(token) {
                    self.answered += 1;
                    self.login.record(total);
                    self.body_bytes = Some(received.body.len());
                    self.wire_bytes = Some(received.wire_bytes);
                    self.token_bytes = Some(token.len());
                }
                if let Some(served) = served {
                    self.add_served(finished, served);
                }
            }
            Route::Ping => {
                // A ping that failed was felt for as long as it took to fail.
                self.ping.record(total);
                self.add_point(finished.released, total);
            }
        }
        self.all_answered += u64::from(is_answered);
    }

    fn add_served(&mut self, finished: &Finished, served: &Served) {
        self.queue.record(nanos(served.began.saturating_duration_since(finished.released)));
        for (time, histogram) in
            [(served.minting, &mut self.processing), (served.cpu, &mut self.cpu), (served.password, &mut self.password)]
        {
            if let Some(time) = time {
                histogram.record(nanos(time));
            }
        }
    }

    fn add_point(&mut self, released: Instant, longest_ns: u64) {
        let at = self.began.map_or(Duration::ZERO, |began| released.saturating_duration_since(began)).as_secs_f64();
        let place = at / self.length.as_secs_f64().max(1e-9) * MOST_POINTS as f64;
        let last = self.points.len().saturating_sub(1);
        if let Some(point) = self.points.get_mut((place as usize).min(last))
            && point.is_none_or(|point| point.longest_ns < longest_ns)
        {
            *point = Some(PingPoint { at, longest_ns });
        }
    }

    fn points(&self) -> Vec<PingPoint> {
        self.points.iter().flatten().copied().collect()
    }

    fn figures(&self) -> LoginRow {
        let until = self.settled.unwrap_or_else(Instant::now);
        let seconds = self.began.map_or(Duration::ZERO, |began| until.saturating_duration_since(began)).as_secs_f64();
        LoginRow {
            name: self.name.clone(),
            pattern: self.pattern,
            seconds,
            asked: self.asked,
            answered: self.answered,
            errors: self.errors,
            requests_per_second: if seconds > 0.0 { self.all_answered as f64 / seconds } else { 0.0 },
            processing: spread(&self.processing),
            cpu: spread(&self.cpu),
            password: spread(&self.password),
            queue: spread(&self.queue),
            stall: spread(&self.stall),
            login: spread(&self.login),
            ping: spread(&self.ping),
            body_bytes: self.body_bytes,
            wire_bytes: self.wire_bytes,
            token_bytes: self.token_bytes,
            ruling: None,
        }
    }
}

/// A duration in nanoseconds.
pub(super) fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

/// The spread of a histogram; `None` when it is empty.
fn spread(histogram: &Histogram) -> Option<Spread> {
    let [p50_ns, p95_ns, p99_ns] = [50.0, 95.0, 99.0].map(|percent| histogram.percentile(percent));
    let samples = histogram.count();
    (samples > 0).then(|| Spread { samples, p50_ns, p95_ns, p99_ns, max_ns: histogram.max() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::news::Received;

    fn about() -> About {
        About { subject: "draft".to_owned(), algorithm: "HS256".to_owned(), key: "Secret, 256 bits".to_owned() }
    }

    fn finished(number: u64, route: Route, start: Instant) -> News {
        let (head, ()) = hyper::Response::new(()).into_parts();
        let released = start + Duration::from_micros(20 * number);
        let body = if route == Route::Login { r#"{"access_token":"a.b.c"}"# } else { "ok" };
        let received = Received { head, body: body.into(), wire_bytes: body.len() + 40 };
        let ended = released + Duration::from_micros(100 + number % 1_000);
        let due = released - Duration::from_micros(7);
        News::Finished(Box::new(Finished { number, route, due, released, ended, outcome: Ok(received) }))
    }

    fn recording(length: Duration, start: Instant) -> Recording {
        let mut recording = Recording::new(Plan::default(), &about()).unwrap();
        recording.begin("row".to_owned(), Some(Pattern::default()), length).unwrap();
        recording.hear(News::Began(start));
        recording
    }

    #[test]
    fn a_million_requests_need_no_more_room_than_a_few() {
        let start = Instant::now();
        let mut recording = recording(Duration::from_secs(20), start);
        for number in 1..=1_000_000 {
            let route = if number % 10 == 0 { Route::Login } else { Route::Ping };
            let (password, minting, cpu) = (None, Some(Duration::from_micros(40)), None);
            let served = Served { number, began: start, ended: start, password, minting, cpu };
            recording.hear(News::Served(served));
            recording.hear(finished(number, route, start));
        }
        let Measured { report, trace } = recording.measured();
        assert_eq!((trace.count, report.rows[0].asked, report.rows[0].answered), (1_000_000, 100_000, 100_000));
        assert_eq!(report.rows[0].ping.map(|ping| ping.samples), Some(900_000));
        assert_eq!(report.lateness.map(|late| late.max_ns / 100), Some(70));
        assert_eq!(trace.exchanges.len(), 500);
        assert_eq!(trace.pings[0].len(), MOST_POINTS);
        assert!(trace.pings[0].windows(2).all(|pair| pair[0].at < pair[1].at));
        assert!(recording.row.unwrap().served.is_empty());
    }

    #[test]
    fn stalls_count_only_while_the_load_is_on() {
        let start = Instant::now();
        let mut recording = Recording::new(Plan::default(), &about()).unwrap();
        recording.hear(News::Stall(Duration::from_secs(9)));
        recording.begin("row".to_owned(), None, Duration::from_secs(1)).unwrap();
        recording.hear(News::Stall(Duration::from_secs(9)));
        recording.hear(News::Began(start));
        recording.hear(News::Stall(Duration::from_millis(5)));
        recording.hear(News::Settled(start + Duration::from_secs(2)));
        recording.hear(News::Stall(Duration::from_secs(9)));
        recording.end(true);
        let row = recording.measured().report.rows.remove(0);
        assert_eq!(row.stall.map(|stall| (stall.samples, stall.max_ns / 1_000_000)), Some((1, 5)));
        assert_eq!(row.seconds, 2.0);
        assert!(row.ruling.is_some());
    }

    #[test]
    fn the_longest_ping_of_a_moment_is_drawn() {
        let start = Instant::now();
        let mut recording = recording(Duration::from_secs(600), start);
        for number in [1, 999, 500] {
            recording.hear(finished(number, Route::Ping, start));
        }
        let points = recording.measured().trace.pings.remove(0);
        assert_eq!(points.len(), 1, "all within a second of ten minutes");
        assert_eq!(points[0].longest_ns, 1_099_000);
    }
}
