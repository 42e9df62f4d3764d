//! The comparison without a window: commands in, state out.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on says why")]

#[path = "../common/bench.rs"]
mod bench;
mod files;
mod measuring;
mod variants;
mod what_if;

use std::sync::Arc;

use bench::{Bench, SECRET};
use jwt_workbench::jose::compact;
use jwt_workbench::jose::jwa::Algorithm;
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::secret::Secret;
use jwt_workbench::measure::report::{Machine, Report, Settings};
use jwt_workbench::measure::sampler::Sampler;
use jwt_workbench::workbench::bench::{BenchInputs, Figures};
use jwt_workbench::workbench::command::{Command, CompareCommand, DraftCommand, KeyCommand, Part, ViewCommand};
use jwt_workbench::workbench::compare::Comparison;
use jwt_workbench::workbench::compare::variant::{Variant, VariantFacts, VariantId};
use jwt_workbench::workbench::page::Page;

impl Bench {
    /// A bench whose Compare page is open.
    fn comparing() -> Self {
        let mut bench = Self::new();
        bench.page(Page::Compare);
        bench
    }

    fn page(&mut self, page: Page) -> &mut Self {
        self.apply(Command::View(ViewCommand::Page(page)))
    }

    #[track_caller]
    fn compare(&mut self, command: CompareCommand) -> &mut Self {
        self.apply(Command::Compare(command))
    }

    fn comparison(&self) -> &Comparison {
        self.workbench.comparison()
    }

    #[track_caller]
    fn at(&self, index: usize) -> &Variant {
        &self.comparison().variants()[index]
    }

    #[track_caller]
    fn facts(&self, index: usize) -> &Arc<VariantFacts> {
        self.at(index).facts.as_ref().expect("facts")
    }

    #[track_caller]
    fn id(&self, index: usize) -> VariantId {
        self.at(index).id
    }

    fn names(&self) -> Vec<&str> {
        self.comparison().variants().iter().map(|variant| variant.name.as_str()).collect()
    }

    fn selected(&self) -> &Variant {
        self.comparison().selected().expect("one is selected")
    }

    fn baseline(&self) -> &Variant {
        self.comparison().baseline().expect("there is a baseline")
    }

    /// The newest notice.
    fn notice(&self) -> &str {
        self.workbench.notices().list().last().map_or("", |notice| notice.text.as_str())
    }

    fn type_claims(&mut self, text: &str) -> &mut Self {
        self.apply(Command::Draft(DraftCommand::Type(Part::Claims, text.to_owned())))
    }

    fn paste_key(&mut self, key: &Key) -> &mut Self {
        self.apply(Command::Key(KeyCommand::Paste(key.to_jwk(true).unwrap())))
    }
}

fn minted(key: &Key, algorithm: Algorithm, header: &str, claims: &str) -> String {
    compact::mint(&key.signer(algorithm).unwrap(), header.as_bytes(), claims.as_bytes()).unwrap().into_string()
}

/// A token of these claims, signed with the secret of the Craft page.
fn hs256(claims: &str) -> String {
    let key = Key::secret(Secret::from(SECRET.to_owned()));
    minted(&key, Algorithm::HS256, "{\"typ\":\"JWT\", \"alg\":\"HS256\"}", claims)
}

/// Figures of a measurement, as far as the workbench is concerned: who they are of.
fn figures_of(inputs: &BenchInputs) -> Figures {
    let machine = Machine { os: "os".to_owned(), architecture: "arch".to_owned(), processor: None, cores: 1 };
    let settings = Settings::new(inputs.length.as_secs_f64(), inputs.budget);
    Figures {
        login: None,
        report: Report::new(&[], &Sampler::of(&[]), 0, machine, settings),
        ids: inputs.contenders.iter().map(|contender| contender.id).collect(),
        rungs: inputs.contenders.iter().map(|contender| contender.rung).collect(),
        traces: Vec::new(),
        revision: inputs.revision,
    }
}
