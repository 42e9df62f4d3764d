//! Names that tell things apart.

/// This name, or with a number behind it when it is taken: "A", "A 2", "A 3".
pub(super) fn free_name(name: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(name) {
        return name.to_owned();
    }
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let stem = name.rsplit_once(' ').filter(|(_, last)| is_number(last)).map_or(name, |(stem, _)| stem);
    (2_usize..).map(|number| format!("{stem} {number}")).find(|name| !taken(name)).unwrap_or_else(|| name.to_owned())
}
