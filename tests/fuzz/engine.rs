//! The targets under libFuzzer, for `.ci/fuzz.sh`: the one that `FUZZ_TARGET` names. Its seeds are written into its corpus
//! first.

#![no_main]
#![expect(clippy::unwrap_used, reason = "a target fails by panicking")]

mod targets;

use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use targets::Target;

static TARGET: LazyLock<&'static Target> = LazyLock::new(|| {
    let wanted = std::env::var("FUZZ_TARGET").unwrap_or_default();
    targets::ALL.iter().find(|target| target.name == wanted).unwrap_or_else(|| panic!("FUZZ_TARGET={wanted}"))
});

fn write_seeds() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz/corpus").join(TARGET.name);
    std::fs::create_dir_all(&corpus).unwrap();
    for (index, seed) in (TARGET.seeds)().into_iter().enumerate() {
        std::fs::write(corpus.join(format!("seed-{index}")), seed).unwrap();
    }
}

fuzz_target!(init: write_seeds(), |bytes: &[u8]| (TARGET.run)(bytes));
