//! Changes to the typefaces, made to their bytes in memory; the fonts themselves stay as they are.
//!
//! egui shapes text with a font's default features and takes the first font of a family that has a character. But
//! * running numbers must not shake, so figures need one width (the feature `tnum`);
//! * JSON and tokens must show the characters that are there, so no ligatures (the feature `calt`);
//! * icons live in Unicode's private use area, which text fonts fill with glyphs of their own.
//!
//! The tables are those of OpenType 1.9: `GSUB` names its features by tag, so exchanging a tag for that of a feature
//! which is always on, or for one that nobody asks for, switches them. `cmap` maps groups of characters to glyphs.

use std::ops::RangeInclusive;

/// A tag that no shaper asks for.
const OFF: [u8; 4] = *b"zz00";
/// Contextual alternates: a feature that every shaper applies.
const ALWAYS_ON: [u8; 4] = *b"calt";
/// Characters whose meaning is up to each font.
const PRIVATE_USE: RangeInclusive<u32> = 0xE000..=0xF8FF;

/// The font without contextual ligatures and, where `switch_on` names a feature, with that one.
///
/// A font without these features, or bytes that are no font, come back unchanged.
pub(super) fn without_ligatures(mut font: Vec<u8>, switch_on: Option<[u8; 4]>) -> Vec<u8> {
    for at in feature_tags(&font).unwrap_or_default() {
        let Some(tag) = font.get_mut(at..at + 4) else { continue };
        if *tag == ALWAYS_ON {
            tag.copy_from_slice(&OFF);
        } else if switch_on.is_some_and(|wanted| *tag == wanted) {
            tag.copy_from_slice(&ALWAYS_ON);
        }
    }
    font
}

/// The font without glyphs for the private use area, so that a font behind it can draw those characters.
pub(super) fn without_private_use(mut font: Vec<u8>) -> Vec<u8> {
    for at in character_groups(&font).unwrap_or_default() {
        let (Some(first), Some(last)) = (u32_at(&font, at), u32_at(&font, at + 4)) else { continue };
        if PRIVATE_USE.contains(&first) && PRIVATE_USE.contains(&last) {
            // A group that ends before it begins holds no character, and the order of the groups stays as it was.
            font[at + 4..at + 8].copy_from_slice(&(first - 1).to_be_bytes());
        }
    }
    font
}

/// Where the feature tags of the `GSUB` table stand.
fn feature_tags(font: &[u8]) -> Option<Vec<usize>> {
    let gsub = table(font, *b"GSUB")?;
    let list = gsub + usize::from(u16_at(font, gsub + 6)?);
    let count = usize::from(u16_at(font, list)?);
    Some((0..count).map(|index| list + 2 + 6 * index).collect())
}

/// Where the groups of the `cmap` subtables of format 12 stand: first character, last character, first glyph.
fn character_groups(font: &[u8]) -> Option<Vec<usize>> {
    let cmap = table(font, *b"cmap")?;
    let subtables = usize::from(u16_at(font, cmap + 2)?);
    let mut groups = Vec::new();
    for index in 0..subtables {
        let subtable = cmap + usize::try_from(u32_at(font, cmap + 4 + 8 * index + 4)?).ok()?;
        if u16_at(font, subtable)? == 12 {
            let count = usize::try_from(u32_at(font, subtable + 12)?).ok()?;
            groups.extend((0..count).map(|group| subtable + 16 + 12 * group));
        }
    }
    // Platforms share subtables.
    groups.sort_unstable();
    groups.dedup();
    Some(groups)
}

/// Where the table named `tag` starts.
fn table(font: &[u8], tag: [u8; 4]) -> Option<usize> {
    let count = usize::from(u16_at(font, 4)?);
    let record = (0..count).map(|index| 12 + 16 * index).find(|&at| font.get(at..at + 4) == Some(&tag))?;
    usize::try_from(u32_at(font, record + 8)?).ok()
}

fn u16_at(font: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(font.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(font: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(font.get(at..at + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inter() -> Vec<u8> {
        damascene_fonts_inter::INTER_VARIABLE.to_vec()
    }

    fn tags(font: &[u8]) -> Vec<String> {
        let at = feature_tags(font).expect("a font with features");
        at.into_iter().map(|at| String::from_utf8_lossy(&font[at..at + 4]).into_owned()).collect()
    }

    #[test]
    fn only_the_named_features_change() {
        let (before, after) = (inter(), without_ligatures(inter(), Some(*b"tnum")));
        for (old, new) in tags(&before).iter().zip(tags(&after)) {
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
    fn only_groups_of_private_characters_are_emptied() {
        let (before, after) = (inter(), without_private_use(inter()));
        let mut emptied = 0;
        for at in character_groups(&before).expect("a font with characters") {
            let (first, last) = (u32_at(&before, at).unwrap(), u32_at(&before, at + 4).unwrap());
            let private = PRIVATE_USE.contains(&first);
            assert_eq!(u32_at(&after, at + 4).unwrap(), if private { first - 1 } else { last });
            emptied += u32::from(private);
        }
        assert!(emptied > 0);
    }

    #[test]
    fn bytes_that_are_no_font_stay_as_they_are() {
        for bytes in [&b""[..], b"\0\x01\0\0", b"not a font at all, but long enough to look at"] {
            assert_eq!(without_ligatures(bytes.to_vec(), None), bytes);
            assert_eq!(without_private_use(bytes.to_vec()), bytes);
        }
    }
}
