//! Large claims of other shapes.

use crate::claims::claims;

/// Claims of about `bytes` bytes without a line break.
pub(crate) fn one_line(bytes: usize) -> String {
    claims(bytes).split_whitespace().collect()
}

/// Claims of about `bytes` bytes, all of them members of the one object.
pub(crate) fn flat(bytes: usize) -> String {
    let member =
        |number| format!("  \"claim-{number}\": \"https://acme.dev/{number}\",\n  \"at-{number}\": \"{{{{now}}}}\",\n");
    let members: String = (0..bytes / 65).map(member).collect();
    format!("{{\n{members}  \"exp\": \"{{{{now+30m}}}}\"\n}}\n")
}
