//! Help that needs no network: the manual, what every finding and figure is, the shortcuts, and what the program is.

mod contents;
pub(super) mod hint;
pub(super) mod manual;
mod picture;
mod reading;
pub mod section;
mod shortcuts;
mod text;
pub mod topic;

pub use self::manual::Manual;
pub use self::section::Section;
pub use self::shortcuts::ShortcutList;
pub use self::topic::Topic;
