//! The Timing page: how long minting and verifying take, and on what that depends.

mod algorithms_pane;
mod distribution_pane;
mod growth_pane;
mod runs_pane;
mod throughput_pane;

use eframe::egui::{Frame, Margin, Ui};

use self::algorithms_pane::AlgorithmsPane;
use self::distribution_pane::DistributionPane;
use self::growth_pane::GrowthPane;
use self::runs_pane::RunsPane;
use self::throughput_pane::ThroughputPane;
use super::request::CommandQueue;
use super::widgets::segmented;
use crate::workbench::Workbench;

/// What is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Tab {
    /// The samples of the variants.
    #[default]
    Distribution,
    /// Time against size.
    Growth,
    /// Every algorithm on the same claims.
    Algorithms,
    /// Tokens in a second.
    Throughput,
    /// What was kept.
    Runs,
}

/// View state of the page.
#[derive(Default)]
pub struct TimingPage {
    tab: Tab,
    distribution: DistributionPane,
    growth: GrowthPane,
    algorithms: AlgorithmsPane,
    throughput: ThroughputPane,
    runs: RunsPane,
}

impl TimingPage {
    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        Frame::new().inner_margin(Margin::same(12)).show(ui, |ui| {
            let choices = [
                (Tab::Distribution, "Distribution".to_owned()),
                (Tab::Growth, "Growth".to_owned()),
                (Tab::Algorithms, "Algorithms".to_owned()),
                (Tab::Throughput, "Throughput".to_owned()),
                (Tab::Runs, "Runs".to_owned()),
            ];
            if let Some(tab) = segmented::choose(ui, "What is timed", Some(&self.tab), &choices) {
                self.tab = tab;
            }
            match self.tab {
                Tab::Distribution => self.distribution.ui(ui, workbench, commands),
                Tab::Growth => self.growth.ui(ui, workbench, commands),
                Tab::Algorithms => self.algorithms.ui(ui, workbench, commands),
                Tab::Throughput => self.throughput.ui(ui, workbench, commands),
                Tab::Runs => self.runs.ui(ui, workbench, commands),
            }
        });
    }
}
