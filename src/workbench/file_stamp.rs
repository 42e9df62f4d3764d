//! What a file looked like when it was last read or written, to notice changes made by others.

use serde::{Deserialize, Serialize};

/// The marks by which a changed file is told from an unchanged one. Two equal stamps mean: nobody touched the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileStamp {
    /// Time of the last change, in nanoseconds since 1970-01-01 UTC; 0 where the platform does not tell.
    pub modified: i128,
    /// Size in bytes.
    pub len: u64,
    /// The file's number on its disk, which a replacement changes; 0 where the platform has none.
    pub inode: u64,
}
