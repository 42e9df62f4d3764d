//! Texts that say which version they are, and that can be told from a mixture of two.

/// The most bytes of a text.
const MOST: u64 = 1_500_000;

/// The text of a version: the same bytes every time, from a few hundred up to [`MOST`].
pub(crate) fn text(version: u64) -> String {
    let mut state = version;
    // One in four is long.
    let most = if version.is_multiple_of(4) { MOST } else { MOST / 100 };
    let length = 200 + (next(&mut state) % most) as usize;
    let mut text = format!("version {version}\n");
    while text.len() < length {
        text.push_str(&format!("{:016x}\n", next(&mut state)));
    }
    text
}

/// The version of a text; `None` when a byte of it is missing, too many, or of another version.
pub(crate) fn of(bytes: &[u8]) -> Option<u64> {
    let line = bytes.split(|byte| *byte == b'\n').next()?;
    let version = std::str::from_utf8(line).ok()?.strip_prefix("version ")?.parse().ok()?;
    (text(version).as_bytes() == bytes).then_some(version)
}

/// SplitMix64.
pub(crate) fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[test]
fn a_mixture_of_two_versions_is_no_version() {
    for version in [0, 1, 7, 12] {
        let whole = text(version);
        assert_eq!(of(whole.as_bytes()), Some(version));
        let other = text(version + 1);
        let half = whole.len() / 2;
        assert_eq!(of(&whole.as_bytes()[..half]), None, "the end is missing");
        assert_eq!(of(format!("{whole}x").as_bytes()), None);
        let other_half = other.get(half..).unwrap_or_default();
        assert_eq!(of(format!("{}{other_half}", &whole[..half]).as_bytes()), None);
        let renamed = whole.replacen(&version.to_string(), &(version + 1).to_string(), 1);
        assert_eq!(of(renamed.as_bytes()), None);
    }
}
