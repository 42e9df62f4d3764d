//! Changes to the typefaces, made to their bytes in memory; the fonts themselves stay as they are.
//!
//! egui shapes text with a font's default features and takes the first font of a family that has a character. But
//! * running numbers must not shake, so figures need one width (the feature `tnum`, but without the wide hyphens and
//!   spaces that it brings along);
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
/// Figures of one width.
const TABULAR: [u8; 4] = *b"tnum";
/// Characters whose meaning is up to each font.
const PRIVATE_USE: RangeInclusive<u32> = 0xE000..=0xF8FF;

/// The font without contextual ligatures.
///
/// A font without any, or bytes that are no font, come back unchanged.
pub(super) fn without_ligatures(mut font: Vec<u8>) -> Vec<u8> {
    retag(&mut font, ALWAYS_ON, OFF);
    font
}

/// The font with figures of one width. Without ligatures first: both take the same tag.
pub(super) fn with_tabular_figures(mut font: Vec<u8>) -> Vec<u8> {
    for at in other_substitutes(&font).unwrap_or_default() {
        if let Some(substitute) = font.get_mut(at.place..at.place + 2) {
            substitute.copy_from_slice(&at.glyph.to_be_bytes());
        }
    }
    retag(&mut font, TABULAR, ALWAYS_ON);
    font
}

/// The font without glyphs for the private use area, so that a font behind it can draw those characters.
pub(super) fn without_private_use(mut font: Vec<u8>) -> Vec<u8> {
    for at in character_groups(&font).unwrap_or_default() {
        let (Some(first), Some(last)) = (u32_at(&font, at), u32_at(&font, at + 4)) else { continue };
        if PRIVATE_USE.contains(&first)
            && PRIVATE_USE.contains(&last)
            && let Some(end) = font.get_mut(at + 4..at + 8)
        {
            // A group that ends before it begins holds no character, and the order of the groups stays as it was.
            end.copy_from_slice(&(first - 1).to_be_bytes());
        }
    }
    font
}

fn retag(font: &mut [u8], from: [u8; 4], to: [u8; 4]) {
    for at in features(font).unwrap_or_default() {
        if let Some(tag) = font.get_mut(at..at + 4).filter(|tag| **tag == from) {
            tag.copy_from_slice(&to);
        }
    }
}

/// Where the records of the `GSUB` table's features stand: a tag and an offset.
fn features(font: &[u8]) -> Option<Vec<usize>> {
    let list = feature_list(font)?;
    let count = usize::from(u16_at(font, list)?);
    Some((0..count).map(|index| list + 2 + 6 * index).collect())
}

fn feature_list(font: &[u8]) -> Option<usize> {
    let gsub = table(font, *b"GSUB")?;
    Some(gsub + usize::from(u16_at(font, gsub + 6)?))
}

/// A place in a list of substitutes, and the glyph that is substituted there.
struct Substitute {
    place: usize,
    glyph: u16,
}

/// What the feature for tabular figures substitutes apart from the ten figures.
fn other_substitutes(font: &[u8]) -> Option<Vec<Substitute>> {
    let figures: Vec<_> = ('0'..='9').filter_map(|figure| glyph_of(font, figure)).collect();
    let record = features(font)?.into_iter().find(|&at| font.get(at..at + 4) == Some(&TABULAR))?;
    let feature = feature_list(font)? + usize::from(u16_at(font, record + 4)?);
    let gsub = table(font, *b"GSUB")?;
    let lookups = gsub + usize::from(u16_at(font, gsub + 8)?);
    let mut others = Vec::new();
    for index in 0..usize::from(u16_at(font, feature + 2)?) {
        let lookup = usize::from(u16_at(font, feature + 4 + 2 * index)?);
        let lookup = lookups + usize::from(u16_at(font, lookups + 2 + 2 * lookup)?);
        let subtable = single_substitution(font, lookup)?;
        let covered = coverage(font, subtable + usize::from(u16_at(font, subtable + 2)?))?;
        let substitutes = covered.into_iter().enumerate().filter(|(_, glyph)| !figures.contains(glyph));
        others.extend(substitutes.map(|(index, glyph)| Substitute { place: subtable + 6 + 2 * index, glyph }));
    }
    Some(others)
}

/// The first subtable of a lookup, if it lists a substitute for each glyph.
fn single_substitution(font: &[u8], lookup: usize) -> Option<usize> {
    let mut subtable = lookup + usize::from(u16_at(font, lookup + 6)?);
    let mut kind = u16_at(font, lookup)?;
    if kind == 7 {
        // An extension: the subtable stands further away.
        kind = u16_at(font, subtable + 2)?;
        subtable += usize::try_from(u32_at(font, subtable + 4)?).ok()?;
    }
    (kind == 1 && u16_at(font, subtable)? == 2).then_some(subtable)
}

/// The glyphs of a coverage table, in order.
fn coverage(font: &[u8], at: usize) -> Option<Vec<u16>> {
    let count = usize::from(u16_at(font, at + 2)?);
    if u16_at(font, at)? == 1 {
        return (0..count).map(|index| u16_at(font, at + 4 + 2 * index)).collect();
    }
    let mut glyphs = Vec::new();
    for range in (0..count).map(|index| at + 4 + 6 * index) {
        glyphs.extend(u16_at(font, range)?..=u16_at(font, range + 2)?);
    }
    Some(glyphs)
}

/// The glyph of a character.
fn glyph_of(font: &[u8], character: char) -> Option<u16> {
    let character = u32::from(character);
    character_groups(font)?.into_iter().find_map(|at| {
        let (first, last, glyph) = (u32_at(font, at)?, u32_at(font, at + 4)?, u32_at(font, at + 8)?);
        (first..=last).contains(&character).then(|| u16::try_from(glyph + character - first).ok())?
    })
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
        let at = features(font).expect("a font with features");
        at.into_iter().map(|at| String::from_utf8_lossy(&font[at..at + 4]).into_owned()).collect()
    }

    #[test]
    fn only_the_named_features_change() {
        let (before, after) = (inter(), with_tabular_figures(without_ligatures(inter())));
        for (old, new) in tags(&before).iter().zip(tags(&after)) {
            let expected = match old.as_str() {
                "calt" => "zz00",
                "tnum" => "calt",
                other => other,
            };
            assert_eq!(new, expected);
        }
    }

    #[test]
    fn only_figures_get_another_width() {
        let font = inter();
        let others = other_substitutes(&font).expect("tabular figures");
        let glyph = |character| glyph_of(&font, character).expect("a glyph");
        for (character, is_other) in [('0', false), ('1', false), ('9', false), ('-', true), (' ', true), ('a', false)]
        {
            let found = others.iter().any(|other| other.glyph == glyph(character));
            assert_eq!(found, is_other, "{character:?}");
        }
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
            assert_eq!(with_tabular_figures(without_ligatures(bytes.to_vec())), bytes);
            assert_eq!(without_private_use(bytes.to_vec()), bytes);
        }
    }
}
