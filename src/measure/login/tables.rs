//! The report as tables: for a terminal, for Markdown, and for spreadsheets.

use super::pattern::{Minting, Pattern, Payload};
use super::plan::Plan;
use super::quoted::quoted;
use super::report::{LoginReport, LoginRow, Spread};
use super::rule::SLOWS_PING_NS;
use crate::jose::text::{grouped, visible};
use crate::measure::histogram::format_ns;
use crate::measure::report::{Grid, Side};

/// From this p99 on, of the idle server or of the load's lateness, other work disturbs what is measured, in nanoseconds: it
/// is as much as what is judged.
const NOISY_NS: u64 = SLOWS_PING_NS;

impl LoginReport {
    /// Whether other work on the machine disturbed the figures: the idle server was slow, or the load came late.
    pub fn is_noisy(&self) -> bool {
        [self.idle, self.lateness].into_iter().flatten().any(|spread| spread.p99_ns >= NOISY_NS)
    }

    /// Tables in Markdown, without a line end after the last.
    pub fn to_markdown(&self) -> String {
        self.sections(Grid::to_markdown, |title| format!("### {title}\n")).join("\n\n")
    }

    /// One line for each pattern or server (RFC 4180); times are nanoseconds.
    pub fn to_csv(&self) -> String {
        Self::all_to_csv(&[self])
    }

    /// The same of several reports, one after the other under one line of names.
    pub fn all_to_csv(reports: &[&Self]) -> String {
        let columns: Vec<(&'static str, Side)> =
            CSV_COLUMNS.iter().chain(&CSV_CONDITIONS).map(|name| (*name, Side::Left)).collect();
        let mut grid = Grid::new(&columns);
        for report in reports {
            for row in &report.rows {
                grid.push([csv_row(row), report.csv_conditions()].concat());
            }
        }
        grid.to_csv()
    }

    /// Aligned tables for a terminal, without a line end after the last.
    pub fn to_text(&self) -> String {
        self.sections(Grid::to_text, str::to_owned).join("\n\n")
    }

    fn sections(&self, write: fn(&Grid) -> String, heading: fn(&str) -> String) -> Vec<String> {
        let section = |title: &str, grid: &Grid| format!("{}\n{}", heading(title), write(grid));
        let mut parts = vec![
            section(&format!("What others feel: logins of {}", visible(&self.what())), &self.felt()),
            section("What the server does for a login", &self.done()),
            section("Bytes of an answer; the last four columns are quoted, not measured", &self.sent()),
        ];
        let list =
            |title: &str, lines: Vec<String>| (!lines.is_empty()).then(|| format!("{title}\n{}", lines.join("\n")));
        let judged = |row: &LoginRow| {
            let ruling = row.ruling.as_ref()?;
            Some(format!("- {}: {}. {}", visible(&row.name), ruling.verdict.label(), ruling.reason))
        };
        parts.extend(list("Verdicts", self.rows.iter().filter_map(judged).collect()));
        let disagreements = self.disagreements.iter().map(|sentence| format!("- {sentence}"));
        parts.extend(list("Where the figures disagree with what is quoted", disagreements.collect()));
        parts.push(self.conditions());
        parts
    }

    /// The subject, its algorithm and its key.
    fn what(&self) -> String {
        format!("{}, {} ({})", self.subject, self.algorithm, self.key)
    }

    fn felt(&self) -> Grid {
        let mut grid = Grid::new(&[
            ("Pattern", Side::Left),
            ("/ping p99", Side::Right),
            ("Stall p99", Side::Right),
            ("Longest stall", Side::Right),
            ("Login p50", Side::Right),
            ("p95", Side::Right),
            ("p99", Side::Right),
            ("Answered", Side::Right),
            ("Errors", Side::Right),
            ("Requests/s", Side::Right),
            ("Verdict", Side::Left),
        ]);
        for row in &self.rows {
            grid.push(vec![
                row.name.clone(),
                time(row.ping, |ping| ping.p99_ns),
                time(row.stall, |stall| stall.p99_ns),
                time(row.stall, |stall| stall.max_ns),
                time(row.login, |login| login.p50_ns),
                time(row.login, |login| login.p95_ns),
                time(row.login, |login| login.p99_ns),
                format!("{} of {}", grouped(row.answered), grouped(row.asked)),
                grouped(row.errors),
                format!("{:.0}", row.requests_per_second),
                row.ruling.as_ref().map(|ruling| ruling.verdict.label().to_owned()).unwrap_or_default(),
            ]);
        }
        grid
    }

    fn done(&self) -> Grid {
        let has_password = self.rows.iter().any(|row| row.password.is_some());
        let mut columns = vec![
            ("Pattern", Side::Left),
            ("Waits p50", Side::Right),
            ("p99", Side::Right),
            ("Minting p50", Side::Right),
            ("p99", Side::Right),
            ("Processor p50", Side::Right),
        ];
        if has_password {
            columns.push(("Password p50", Side::Right));
        }
        let mut grid = Grid::new(&columns);
        for row in self.rows.iter().filter(|row| row.processing.is_some()) {
            let mut line = vec![
                row.name.clone(),
                time(row.queue, |queue| queue.p50_ns),
                time(row.queue, |queue| queue.p99_ns),
                time(row.processing, |minting| minting.p50_ns),
                time(row.processing, |minting| minting.p99_ns),
                time(row.cpu, |cpu| cpu.p50_ns),
            ];
            if has_password {
                line.push(time(row.password, |password| password.p50_ns));
            }
            grid.push(line);
        }
        grid
    }

    fn sent(&self) -> Grid {
        let mut grid = Grid::new(&[
            ("Pattern", Side::Left),
            ("Token", Side::Right),
            ("Body", Side::Right),
            ("On the wire", Side::Right),
            ("Quoted time", Side::Right),
            ("Quoted bytes", Side::Right),
            ("Quoted CPU", Side::Left),
            ("Quoted verdict", Side::Left),
        ]);
        for row in &self.rows {
            let bytes = |bytes: Option<usize>| bytes.map(|bytes| grouped(bytes as u64)).unwrap_or_default();
            let mut line = vec![row.name.clone(), bytes(row.token_bytes), bytes(row.body_bytes), bytes(row.wire_bytes)];
            line.extend(quoted_fields(row.pattern).map(str::to_owned));
            grid.push(line);
        }
        grid
    }

    /// What was sent, and how far to trust the figures.
    fn conditions(&self) -> String {
        let Plan { logins_per_second, pings_per_second, seconds, connections, loop_threads, workers, password, .. } =
            &self.plan;
        let of = |count: u32, what: &str| {
            format!("{} {what}{}", grouped(u64::from(count)), if count == 1 { "" } else { "s" })
        };
        let password = if *password { "the password is verified" } else { "no password is verified" };
        let mut text = format!(
            "{} and {} a second for {} each, over up to {} of each kind; {} of the event loop, {} off it; {password}.",
            of(*logins_per_second, "login"),
            of(*pings_per_second, "ping"),
            of(*seconds, "second"),
            of(*connections, "connection"),
            of(*loop_threads, "thread"),
            of(*workers, "worker"),
        );
        if let Some(idle) = self.idle {
            text.push_str(&format!(
                "\nOn the idle server a /ping takes {} at the median, p99 {}: that is the lab itself.",
                format_ns(idle.p50_ns),
                format_ns(idle.p99_ns)
            ));
        }
        if let Some(lateness) = self.lateness {
            text.push_str(&format!(
                "\nThe load came {} late at the median, p99 {}; waiting counts from when it was sent.",
                format_ns(lateness.p50_ns),
                format_ns(lateness.p99_ns)
            ));
        }
        if self.is_noisy() {
            text.push_str(
                "\nThe machine was busy: what others feel here may be other programs' doing. Close them and measure again.",
            );
        }
        text
    }

    /// The fields under [`CSV_CONDITIONS`].
    fn csv_conditions(&self) -> Vec<String> {
        let Plan { logins_per_second, pings_per_second, connections, loop_threads, workers, password, .. } = &self.plan;
        let mut fields = vec![self.subject.clone(), self.algorithm.clone(), self.key.clone()];
        fields.extend([logins_per_second, pings_per_second, connections, loop_threads, workers].map(u32::to_string));
        fields.push(password.to_string());
        let number = |spread: Option<Spread>, of: fn(Spread) -> u64| {
            spread.map(of).map_or_else(String::new, |ns| ns.to_string())
        };
        fields.push(number(self.idle, |idle| idle.p50_ns));
        fields.push(number(self.idle, |idle| idle.p99_ns));
        fields.push(number(self.lateness, |lateness| lateness.p99_ns));
        fields
    }
}

/// One figure of a spread; empty when nothing was measured.
fn time(spread: Option<Spread>, of: fn(Spread) -> u64) -> String {
    spread.filter(|spread| spread.samples > 0).map(of).map(format_ns).unwrap_or_default()
}

/// Time, bytes, processor and verdict as quoted; empty when nothing is.
fn quoted_fields(pattern: Option<Pattern>) -> [&'static str; 4] {
    let quoted = pattern.and_then(quoted);
    quoted.map_or([""; 4], |quoted| [quoted.time, quoted.bytes, quoted.cpu, quoted.verdict])
}

const CSV_COLUMNS: [&str; 45] = [
    "name",
    "payload",
    "minting",
    "seconds",
    "asked",
    "answered",
    "errors",
    "requests_per_second",
    "processing_p50_ns",
    "processing_p95_ns",
    "processing_p99_ns",
    "processing_max_ns",
    "cpu_p50_ns",
    "cpu_p95_ns",
    "cpu_p99_ns",
    "cpu_max_ns",
    "password_p50_ns",
    "password_p95_ns",
    "password_p99_ns",
    "password_max_ns",
    "queue_p50_ns",
    "queue_p95_ns",
    "queue_p99_ns",
    "queue_max_ns",
    "stall_p50_ns",
    "stall_p95_ns",
    "stall_p99_ns",
    "stall_max_ns",
    "login_p50_ns",
    "login_p95_ns",
    "login_p99_ns",
    "login_max_ns",
    "ping_p50_ns",
    "ping_p95_ns",
    "ping_p99_ns",
    "ping_max_ns",
    "token_bytes",
    "body_bytes",
    "wire_bytes",
    "verdict",
    "verdict_reason",
    "quoted_time",
    "quoted_bytes",
    "quoted_cpu",
    "quoted_verdict",
];

const CSV_CONDITIONS: [&str; 12] = [
    "subject",
    "algorithm",
    "key",
    "logins_per_second",
    "pings_per_second",
    "connections",
    "loop_threads",
    "workers",
    "password",
    "idle_ping_p50_ns",
    "idle_ping_p99_ns",
    "lateness_p99_ns",
];

/// The fields under [`CSV_COLUMNS`].
fn csv_row(row: &LoginRow) -> Vec<String> {
    let payload = row.pattern.map_or("", |pattern| match pattern.payload {
        Payload::Full => "full",
        Payload::Minimal => "minimal",
    });
    let minting = row.pattern.map_or("", |pattern| match pattern.minting {
        Minting::OnLoop => "on-loop",
        Minting::OffLoop => "off-loop",
    });
    let mut fields = vec![row.name.clone(), payload.to_owned(), minting.to_owned(), format!("{:.3}", row.seconds)];
    fields.extend([row.asked, row.answered, row.errors].map(|count| count.to_string()));
    fields.push(format!("{:.1}", row.requests_per_second));
    for spread in [row.processing, row.cpu, row.password, row.queue, row.stall, row.login, row.ping] {
        let times = spread.map(|Spread { p50_ns, p95_ns, p99_ns, max_ns, .. }| [p50_ns, p95_ns, p99_ns, max_ns]);
        fields.extend(times.map_or_else(Default::default, |times| times.map(|ns| ns.to_string())));
    }
    let sizes = [row.token_bytes, row.body_bytes, row.wire_bytes];
    fields.extend(sizes.map(|bytes| bytes.map_or_else(String::new, |bytes| bytes.to_string())));
    let ruling = row.ruling.as_ref();
    fields.push(ruling.map_or("", |ruling| ruling.verdict.label()).to_owned());
    fields.push(ruling.map_or_else(String::new, |ruling| ruling.reason.clone()));
    fields.extend(quoted_fields(row.pattern).map(str::to_owned));
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::login::quoted::disagreements;
    use crate::measure::login::sample::{report, spread};

    fn with_another_server() -> LoginReport {
        let mut report = report();
        let other = report.rows[0].clone();
        report.rows.push(LoginRow {
            name: "a|b".to_owned(),
            pattern: None,
            processing: None,
            cpu: None,
            queue: None,
            stall: None,
            ..other
        });
        report.disagreements = disagreements(&report);
        report
    }

    #[test]
    fn the_text_has_every_figure_in_units_and_says_what_is_quoted() {
        let text = with_another_server().to_text();
        for words in [
            "What others feel: logins of Session, \"full\", HS256 (Secret, 256 bits)",
            "Blocking, full payload         270 µs     300 µs",
            "120 of 120",
            "the last four columns are quoted, not measured",
            "50-100 ms",
            "- Off the loop, minimal: ok. One /ping in a hundred takes 270 µs or longer",
            "Where the figures disagree with what is quoted\n- Quoted: 50-100 ms",
            "40 logins and 200 pings a second for 3 seconds each, over up to 32 connections of each kind; 1 thread of",
            "On the idle server a /ping takes 80.0 µs at the median, p99 240 µs",
            "The load came 50.0 µs late at the median, p99 150 µs",
        ] {
            assert!(text.contains(words), "{words} is not in\n{text}");
        }
        assert!(!text.contains("Password"), "none was verified");
        assert!(
            text.lines().filter(|line| line.starts_with("a|b")).count() == 2,
            "it has no row of its own doing\n{text}"
        );
    }

    #[test]
    fn markdown_has_a_table_under_each_heading() {
        let mut report = with_another_server();
        report.rows[0].password = Some(spread(20_000_000));
        let text = report.to_markdown();
        assert_eq!(text.matches("### ").count(), 3);
        assert!(
            text.contains("| Password p50 |") && text.contains("| 20.0 ms |") && text.contains("| a\\|b |"),
            "{text}"
        );
        for line in text.lines().filter(|line| line.starts_with('|')) {
            assert!(line.ends_with(" |"), "{line}");
        }
    }

    #[test]
    fn every_line_of_the_csv_has_a_field_for_each_name() {
        let report = with_another_server();
        let csv = LoginReport::all_to_csv(&[&report, &report]);
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(lines.len(), 1 + 2 * 5);
        let fields = |line: &str| {
            let mut quoted = false;
            1 + line
                .chars()
                .filter(|char| {
                    quoted ^= *char == '"';
                    *char == ',' && !quoted
                })
                .count()
        };
        for line in &lines {
            assert_eq!(fields(line), CSV_COLUMNS.len() + CSV_CONDITIONS.len(), "{line}");
        }
        assert!(
            lines[1]
                .starts_with("\"Blocking, full payload\",full,on-loop,3.000,120,120,0,240.0,12000,24000,36000,48000,")
        );
        assert!(lines[1].contains(",50-100 ms,100+ B,high,Bad,\"Session, \"\"full\"\"\",HS256,"), "{}", lines[1]);
        assert!(lines[5].starts_with("a|b,,,3.000,120,120,0,240.0,,,,,"), "{}", lines[5]);
        assert_eq!(report.to_csv().lines().count(), 6);
    }

    #[test]
    fn a_busy_machine_is_told() {
        let quiet = report();
        assert!(!quiet.is_noisy() && !quiet.to_text().contains("busy") && !LoginReport::default().is_noisy());
        let slow = Some(Spread { p99_ns: NOISY_NS, ..spread(1_000) });
        for noisy in [LoginReport { idle: slow, ..report() }, LoginReport { lateness: slow, ..report() }] {
            assert!(noisy.is_noisy() && noisy.to_markdown().contains("The machine was busy"));
        }
    }

    #[test]
    fn a_report_without_figures_can_be_written_too() {
        let report = LoginReport::default();
        assert!(report.to_text().contains("40 logins"));
        assert_eq!(report.to_csv().lines().count(), 1);
        assert!(report.to_markdown().contains("| Pattern |"));
    }
}
