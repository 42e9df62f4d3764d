//! What this program was built from.

/// The licences of everything it is built from, each crate with its version first; written by `tests/licences.rs`.
pub(super) const LICENCES: &str = include_str!("../../../assets/licences.txt");

/// The libraries that decide how the program looks and signs.
const NAMED: [&str; 4] = ["egui", "wgpu", "aws-lc-rs", "jsonwebtoken"];

/// The version, and how it was compiled: `0.1.0, optimised`.
pub(super) fn version() -> String {
    let kind = if cfg!(debug_assertions) { "debug build" } else { "optimised" };
    format!("{}, {kind}", env!("CARGO_PKG_VERSION"))
}

/// The libraries worth naming, with their versions.
pub(super) fn libraries() -> String {
    let named =
        NAMED.map(|name| version_of(name).map_or_else(|| name.to_owned(), |version| format!("{name} {version}")));
    named.join(", ")
}

/// The version of a crate.
fn version_of(name: &str) -> Option<&'static str> {
    let line = LICENCES.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))?;
    line.split_once(':').map(|(version, _)| version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_library_that_is_named_has_a_version() {
        for name in NAMED {
            let version = version_of(name).unwrap_or_else(|| panic!("{name}"));
            assert!(
                version.starts_with(|digit: char| digit.is_ascii_digit()) && version.contains('.'),
                "{name} {version}"
            );
        }
        assert_eq!(version_of("egu"), None);
        assert!(version().starts_with(env!("CARGO_PKG_VERSION")));
    }
}
