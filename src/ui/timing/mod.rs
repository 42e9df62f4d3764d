//! The Timing page: how long minting and verifying take, and on what that depends.

mod algorithms_pane;
mod distribution_pane;
mod distribution_view;
mod drift;
mod growth_pane;
mod growth_view;
mod login;
mod run_change;
mod runs_pane;
mod states;
mod throughput_pane;
mod top_bar;

use eframe::egui::{Frame, Margin, Rect, Ui};

use self::algorithms_pane::AlgorithmsPane;
use self::distribution_pane::DistributionPane;
use self::growth_pane::GrowthPane;
use self::login::LoginPane;
use self::runs_pane::RunsPane;
use self::throughput_pane::ThroughputPane;
use self::top_bar::Keeping;
use super::request::CommandQueue;
use super::theme::space;
use crate::workbench::Workbench;
use crate::workbench::bench::Bench;

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
    /// Logins under load.
    Login,
    /// What was kept.
    Runs,
}

impl Tab {
    const ALL: [Self; 6] =
        [Self::Distribution, Self::Growth, Self::Algorithms, Self::Throughput, Self::Login, Self::Runs];

    /// What it is called.
    const fn label(self) -> &'static str {
        match self.bench() {
            Some(bench) => states::label(bench),
            None => "Runs",
        }
    }

    /// The measurement whose figures it shows.
    const fn bench(self) -> Option<Bench> {
        match self {
            Self::Distribution => Some(Bench::Variants),
            Self::Growth => Some(Bench::Growth),
            Self::Algorithms => Some(Bench::Ladder),
            Self::Throughput => Some(Bench::Throughput),
            Self::Login => Some(Bench::Login),
            Self::Runs => None,
        }
    }
}

impl TimingPage {
    /// Shows this part; nothing changes when the page has none of that name.
    pub fn show_tab(&mut self, name: &str) {
        self.tab = match name {
            "distribution" => Tab::Distribution,
            "growth" => Tab::Growth,
            "algorithms" => Tab::Algorithms,
            "throughput" => Tab::Throughput,
            "login" => Tab::Login,
            "runs" => Tab::Runs,
            _ => return,
        };
    }

    /// Whether the login lab is on show.
    pub fn shows_login_lab(&self) -> bool {
        self.tab == Tab::Login
    }
}

/// View state of the page.
#[derive(Default)]
pub struct TimingPage {
    tab: Tab,
    keeping: Keeping,
    /// The chart on show, to be exported as a picture.
    picture: Option<Rect>,
    distribution: DistributionPane,
    growth: GrowthPane,
    algorithms: AlgorithmsPane,
    throughput: ThroughputPane,
    login: LoginPane,
    runs: RunsPane,
}

impl TimingPage {
    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, workbench: &Workbench, commands: &CommandQueue) {
        Frame::new().inner_margin(Margin { left: 12, right: 12, top: 12, bottom: 8 }).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::M;
            let picture = self.picture;
            if let Some(tab) = top_bar::ui(ui, workbench, self.tab, picture, &mut self.keeping, commands) {
                self.tab = tab;
            }
            if self.tab != Tab::Runs {
                states::problem(ui, workbench);
            }
            let room = ui.available_rect_before_wrap();
            let picture = match self.tab {
                Tab::Distribution => self.distribution.ui(ui, workbench, commands),
                Tab::Growth => self.growth.ui(ui, workbench, commands),
                Tab::Algorithms => self.algorithms.ui(ui, workbench, commands),
                Tab::Throughput => self.throughput.ui(ui, workbench, commands),
                Tab::Login => self.login.ui(ui, workbench, commands),
                Tab::Runs => {
                    self.runs.ui(ui, workbench, commands);
                    None
                }
            };
            self.picture = picture.map(|rect| rect.intersect(room)).filter(Rect::is_positive);
        });
    }
}
