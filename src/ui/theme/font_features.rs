//! Switches OpenType features of a font on and off.
//!
//! egui shapes text with a font's default features only. The interface needs figures of one width (`tnum`, so that a
//! running number does not shake), and JSON and tokens must show the characters that are there, so no ligatures (`calt`).
//! A feature is found by its tag in the `GSUB` table (OpenType 1.9, chapter "Common table formats"): exchanging the tag for
//! that of a feature which is always on, or for one that nobody asks for, is all it takes. The change is made to the bytes
//! in memory; the font itself stays as it is.

/// A tag that no shaper asks for.
const OFF: [u8; 4] = *b"zz00";
/// Contextual alternates: a feature that every shaper applies.
const ALWAYS_ON: [u8; 4] = *b"calt";

/// The font with contextual ligatures off and, where `switch_on` names a feature, that one on.
///
/// A font without these features, or bytes that are no font, come back unchanged.
pub(super) fn without_ligatures(font: &[u8], switch_on: Option<[u8; 4]>) -> Vec<u8> {
    let mut bytes = font.to_vec();
    for at in feature_tags(font).unwrap_or_default() {
        let Some(tag) = bytes.get_mut(at..at + 4) else { continue };
        if *tag == ALWAYS_ON {
            tag.copy_from_slice(&OFF);
        } else if switch_on.is_some_and(|wanted| *tag == wanted) {
            tag.copy_from_slice(&ALWAYS_ON);
        }
    }
    bytes
}

/// Where the feature tags of the `GSUB` table stand in `font`, as byte offsets.
fn feature_tags(font: &[u8]) -> Option<Vec<usize>> {
    let gsub = table(font, *b"GSUB")?;
    let list = gsub + usize::from(u16_at(font, gsub + 6)?);
    let count = usize::from(u16_at(font, list)?);
    Some((0..count).map(|index| list + 2 + 6 * index).collect())
}

/// Where the table named `tag` starts.
fn table(font: &[u8], tag: [u8; 4]) -> Option<usize> {
    let count = usize::from(u16_at(font, 4)?);
    let record = (0..count).map(|index| 12 + 16 * index).find(|&at| font.get(at..at + 4) == Some(&tag))?;
    let offset = font.get(record + 8..record + 12)?.try_into().ok()?;
    usize::try_from(u32::from_be_bytes(offset)).ok()
}

fn u16_at(font: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(font.get(at..at + 2)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(font: &[u8]) -> Vec<String> {
        let at = feature_tags(font).expect("a font with features");
        at.into_iter().map(|at| String::from_utf8_lossy(&font[at..at + 4]).into_owned()).collect()
    }

    #[test]
    fn only_the_named_features_change() {
        let before = damascene_fonts_inter::INTER_VARIABLE;
        let after = without_ligatures(before, Some(*b"tnum"));
        assert_eq!(before.len(), after.len());
        for (old, new) in tags(before).iter().zip(tags(&after)) {
            let expected = match old.as_str() {
                "calt" => "zz00",
                "tnum" => "calt",
                other => other,
            };
            assert_eq!(new, expected);
        }
        let changed = before.iter().zip(&after).filter(|(old, new)| old != new).count();
        assert!((8..2_000).contains(&changed), "{changed} bytes differ");
    }

    #[test]
    fn bytes_that_are_no_font_stay_as_they_are() {
        for bytes in [&b""[..], b"\0\x01\0\0", b"not a font at all, but long enough to look at"] {
            assert_eq!(without_ligatures(bytes, None), bytes);
        }
    }
}
