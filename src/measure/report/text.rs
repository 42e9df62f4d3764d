//! The report as tables: for a terminal, for Markdown, and for spreadsheets.

use super::grid::{Grid, Side};
use super::{Claims, Growth, Machine, Rates, Report, Row};
use crate::jose::text::visible;
use crate::measure::growth::Line;
use crate::measure::histogram::{Summary, format_ns};

impl Report {
    /// Aligned tables with what is needed to judge them, without a line end after the last.
    pub fn to_text(&self) -> String {
        if let Some(login) = &self.login {
            return format!("{}\n{}", login.to_text(), self.conditions());
        }
        self.sections(Grid::to_text, |title| title.to_owned()).join("\n\n")
    }

    /// The same as Markdown.
    pub fn to_markdown(&self) -> String {
        if let Some(login) = &self.login {
            return format!("{}\n{}", login.to_markdown(), self.conditions());
        }
        self.sections(Grid::to_markdown, |title| format!("### {title}")).join("\n\n")
    }

    /// One line for each variant, or each way of logging in; times are nanoseconds.
    pub fn to_csv(&self) -> String {
        if let Some(login) = &self.login {
            return login.to_csv();
        }
        let mut columns: Vec<(&'static str, Side)> = CSV_COLUMNS.iter().map(|name| (*name, Side::Left)).collect();
        columns.extend(CSV_TIMES.iter().map(|name| (*name, Side::Left)));
        let mut grid = Grid::new(&columns);
        for row in &self.variants {
            grid.push(csv_row(row));
        }
        grid.to_csv()
    }

    fn sections(&self, write: fn(&Grid) -> String, heading: fn(&str) -> String) -> Vec<String> {
        let mut sections = Vec::new();
        let mut section = |title: &str, grid: &Grid| sections.extend([heading(title), write(grid)]);
        section(&format!("Sizes in bytes as sent, budget: {}", self.settings.budget.label()), &self.sizes());
        section(&format!("Times of one token, {} samples of each", self.samples()), &self.times());
        section("Where the time of minting goes, p50", &self.stages());
        for (index, row) in self.variants.iter().enumerate() {
            // The same claims under another algorithm cost the same.
            let is_told = |costs: &Claims| {
                let mut before = self.variants.iter().take(index).filter_map(|row| row.costs.as_ref());
                before.any(|told| told.payload.is_as_large_as(&costs.payload))
            };
            if let Some(costs) = row.costs.as_ref().filter(|costs| !is_told(costs)) {
                section(&format!("What each claim of {} costs, {}", row.name, row.algorithm), &costs.grid());
            }
        }
        for growth in &self.growth {
            section(&format!("Time against payload, {} ({})", growth.algorithm, growth.key), &growth.grid());
        }
        if !self.throughput.is_empty() {
            section("Tokens in a second", &self.rates());
        }
        // A title belongs to its table, without an empty line between the two.
        let mut parts: Vec<String> = sections.chunks(2).map(|pair| pair.join("\n")).collect();
        parts.extend(self.growth.iter().filter_map(Growth::describe));
        if self.variants.len() > 1 {
            parts.push(self.verdicts());
        }
        parts.push(self.rulings());
        parts.extend(self.untimed());
        parts.push(self.conditions());
        parts
    }

    fn sizes(&self) -> Grid {
        let mut grid = Grid::new(&[
            ("Variant", Side::Left),
            ("Algorithm", Side::Left),
            ("Claims", Side::Right),
            ("Header", Side::Right),
            ("Payload", Side::Right),
            ("Signature", Side::Right),
            ("Token", Side::Right),
            ("Difference", Side::Right),
            ("Of the budget", Side::Right),
            ("Verdict", Side::Left),
        ]);
        for (index, row) in self.variants.iter().enumerate() {
            let Row { bytes, difference, .. } = row;
            let difference = format!("{:+} ({:+.0} %)", difference.bytes, difference.percent);
            let figures = [row.claims, bytes.header, bytes.payload, bytes.signature, bytes.token];
            let mut line = vec![row.name.clone(), row.algorithm.clone()];
            line.extend(figures.map(|figure| figure.to_string()));
            line.extend([
                if index == self.baseline { String::new() } else { difference },
                format!("{:.0} %", row.budget.percent),
                row.ruling.weight.label().to_owned(),
            ]);
            grid.push(line);
        }
        grid
    }

    fn times(&self) -> Grid {
        let mut grid = Grid::new(&[
            ("Variant", Side::Left),
            ("Algorithm", Side::Left),
            ("Sign p50", Side::Right),
            ("p95", Side::Right),
            ("p99", Side::Right),
            ("Verify p50", Side::Right),
            ("p95", Side::Right),
            ("p99", Side::Right),
            ("Tokens/s", Side::Right),
        ]);
        for Row { name, algorithm, times, .. } in &self.variants {
            let mut line = vec![name.clone(), algorithm.clone()];
            for summary in [&times.sign, &times.verify] {
                let percentiles =
                    summary.as_ref().map(|summary| [summary.p50, summary.p95, summary.p99].map(format_ns));
                line.extend(percentiles.unwrap_or_default());
            }
            line.push(times.tokens_per_second.map_or_else(String::new, |rate| format!("{rate:.0}")));
            grid.push(line);
        }
        grid
    }

    fn stages(&self) -> Grid {
        let mut grid = Grid::new(&[
            ("Variant", Side::Left),
            ("Algorithm", Side::Left),
            ("Signature alone", Side::Right),
            ("All but the signature", Side::Right),
            ("Key setup, once", Side::Right),
            ("Key", Side::Left),
        ]);
        for Row { name, algorithm, key, times, .. } in &self.variants {
            let mut line = vec![name.clone(), algorithm.clone()];
            let p50 =
                |summary: &Option<Summary>| summary.as_ref().map(|summary| format_ns(summary.p50)).unwrap_or_default();
            line.extend([&times.signature, &times.assembly, &times.key_setup].map(p50));
            line.push(key.clone());
            grid.push(line);
        }
        grid
    }

    fn rates(&self) -> Grid {
        let mut grid = Grid::new(&[
            ("Variant", Side::Left),
            ("Algorithm", Side::Left),
            ("One thread", Side::Right),
            ("All cores", Side::Right),
            ("Signature alone", Side::Right),
            ("on all cores", Side::Right),
        ]);
        for rates in &self.throughput {
            let Rates { name, algorithm, one_thread, all_cores, raw_one_thread, raw_all_cores } = rates;
            let mut line = vec![name.clone(), algorithm.clone()];
            line.extend([one_thread, all_cores, raw_one_thread, raw_all_cores].map(|rate| format!("{rate:.0}")));
            grid.push(line);
        }
        grid
    }

    fn samples(&self) -> u64 {
        self.variants.iter().filter_map(|row| Some(row.times.verify.as_ref()?.count)).min().unwrap_or(0)
    }

    /// What may be said of each variant beside the baseline.
    fn verdicts(&self) -> String {
        let baseline =
            self.variants.get(self.baseline).map(|row| format!("{}, {}", row.name, row.algorithm)).unwrap_or_default();
        let line = |row: &Row| Some(format!("- {}, {}: {}.", row.name, row.algorithm, row.against.as_ref()?.words));
        let lines: Vec<String> = self.variants.iter().filter_map(line).collect();
        format!("Beside {baseline}\n{}", lines.join("\n"))
    }

    /// How heavy each variant is, and the rule that says so.
    fn rulings(&self) -> String {
        let line = |row: &Row| {
            let Row { name, algorithm, ruling, .. } = row;
            format!("- {}, {}: {}. {}", visible(name), visible(algorithm), ruling.weight.label(), ruling.reason)
        };
        let lines: Vec<String> = self.variants.iter().map(line).collect();
        format!("Verdicts\n{}", lines.join("\n"))
    }

    /// Which variants were not timed, or not fully, and why; `None` when all were.
    fn untimed(&self) -> Option<String> {
        let line = |row: &Row| {
            let why = row.untimed.as_ref()?;
            Some(format!("- {}, {}: {}.", visible(&row.name), visible(&row.algorithm), why.trim_end_matches('.')))
        };
        let lines: Vec<String> = self.variants.iter().filter_map(line).collect();
        (!lines.is_empty()).then(|| format!("Not fully timed\n{}", lines.join("\n")))
    }

    /// What was measured on, with what, and how far to trust it.
    fn conditions(&self) -> String {
        let Machine { os, architecture, processor, cores } = &self.machine;
        let processor = processor.as_ref().map(|name| format!("{name}, ")).unwrap_or_default();
        let plural = if *cores == 1 { "core" } else { "cores" };
        let mut text = format!(
            "Measured for {} s by JWT Workbench {} ({}) on {processor}{cores} {plural}, {os} {architecture}.",
            self.settings.seconds, self.version, self.build
        );
        if self.noisy {
            let noisy = self.variants.iter().filter(|row| row.times.noisy).count();
            text.push_str(&format!(
                "\nThe machine was busy: p95 is more than 1.5 times p50 for {noisy} of {}. Close other programs and \
                 measure again.",
                self.variants.len()
            ));
        }
        text
    }
}

impl Growth {
    fn grid(&self) -> Grid {
        let mut grid = Grid::new(&[
            ("Payload, bytes", Side::Right),
            ("Token, bytes", Side::Right),
            ("Sign p50", Side::Right),
            ("Signature alone p50", Side::Right),
            ("Samples", Side::Right),
        ]);
        for point in &self.curve.points {
            grid.push(vec![
                point.payload.to_string(),
                point.token.to_string(),
                format_ns(point.sign.p50),
                format_ns(point.raw.p50),
                point.sign.count.to_string(),
            ]);
        }
        grid
    }

    /// The line in words; `None` without one.
    fn describe(&self) -> Option<String> {
        let Line { fixed_ns, ns_per_byte, worst } = self.curve.sign?;
        let fixed = format_ns(fixed_ns.round() as u64);
        let crossover = self.crossover_bytes.map(|bytes| {
            format!(" From {bytes:.0} bytes of payload on, the bytes cost more than what every token costs.")
        });
        Some(format!(
            "{}: every token costs {fixed}, every byte of its payload {ns_per_byte:.2} ns; no measured time is further than \
             {:.0} % from that.{}",
            self.algorithm,
            worst * 100.0,
            crossover.unwrap_or_default()
        ))
    }
}

const CSV_COLUMNS: [&str; 13] = [
    "name",
    "algorithm",
    "key",
    "claims",
    "header_bytes",
    "payload_bytes",
    "signature_bytes",
    "token_bytes",
    "difference_bytes",
    "difference_percent",
    "budget_percent",
    "budget_remaining",
    "samples",
];

const CSV_TIMES: [&str; 18] = [
    "sign_p50_ns",
    "sign_p95_ns",
    "sign_p99_ns",
    "sign_max_ns",
    "verify_p50_ns",
    "verify_p95_ns",
    "verify_p99_ns",
    "verify_max_ns",
    "signature_p50_ns",
    "assembly_p50_ns",
    "key_setup_p50_ns",
    "tokens_per_second",
    "sign_verdict",
    "verify_verdict",
    "noisy",
    "verdict",
    "verdict_reason",
    "untimed",
];

/// The fields under [`CSV_COLUMNS`] and [`CSV_TIMES`].
fn csv_row(row: &Row) -> Vec<String> {
    let Row { bytes, difference, budget, times, against, .. } = row;
    let mut fields = vec![row.name.clone(), row.algorithm.clone(), row.key.clone()];
    let sizes = [row.claims, bytes.header, bytes.payload, bytes.signature, bytes.token];
    fields.extend(sizes.map(|size| size.to_string()));
    fields.extend([difference.bytes.to_string(), format!("{:.2}", difference.percent)]);
    fields.extend([format!("{:.2}", budget.percent), budget.remaining.to_string()]);
    let number = |ns: Option<u64>| ns.map_or_else(String::new, |ns| ns.to_string());
    fields.push(number(times.verify.as_ref().map(|verify| verify.count)));
    for summary in [&times.sign, &times.verify] {
        let percentiles =
            summary.as_ref().map(|summary| [summary.p50, summary.p95, summary.p99, summary.max].map(Some));
        fields.extend(percentiles.unwrap_or_default().map(number));
    }
    let once = [&times.signature, &times.assembly, &times.key_setup];
    fields.extend(once.map(|summary| number(summary.as_ref().map(|summary| summary.p50))));
    fields.push(times.tokens_per_second.map_or_else(String::new, |rate| format!("{rate:.1}")));
    let ratios = against.as_ref().map_or([None; 2], |against| [against.sign, against.verify]);
    fields.extend(ratios.map(|ratio| ratio.map_or("", |ratio| ratio.verdict.name()).to_owned()));
    fields.push(times.noisy.to_string());
    fields.extend([row.ruling.weight.label().to_owned(), row.ruling.reason.clone()]);
    fields.push(row.untimed.clone().unwrap_or_default());
    fields
}
