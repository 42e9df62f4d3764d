//! Help that needs no network: the manual, what every finding and figure is, the shortcuts, and what the program is.

mod about;
mod build;
mod contents;
mod diagnostics;
pub(super) mod hint;
mod licences;
pub(super) mod manual;
mod picture;
mod reading;
pub mod section;
mod shortcuts;
mod text;
pub mod topic;

pub use self::about::{About, Surroundings};
pub use self::diagnostics::diagnostics;
pub use self::licences::Licences;
pub use self::manual::Manual;
pub use self::section::Section;
pub use self::shortcuts::ShortcutList;
pub use self::topic::Topic;
