//! The icons for every system, read back.

use std::fs;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/dist/icons");

#[test]
fn icons_have_the_sizes_that_are_asked_for() {
    for size in [16, 24, 32, 48, 64, 128, 256, 512] {
        let picture = fs::read(format!("{FOLDER}/{size}.png")).expect("the icon is there");
        assert_eq!(png_size(&picture), size);
    }
}

#[test]
fn the_icon_of_windows_can_be_read_back() {
    let bytes = fs::read(format!("{FOLDER}/jwt-workbench.ico")).expect("the icon is there");
    let number = |at: usize, length: usize| {
        bytes[at..at + length].iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte))
    };
    assert_eq!((number(0, 2), number(2, 2)), (0, 1), "it is no icon");
    let entries = (0..number(4, 2)).map(|index| 6 + 16 * index);
    let sizes: Vec<usize> = entries
        .map(|entry| {
            let (length, start) = (number(entry + 8, 4), number(entry + 12, 4));
            let size = png_size(&bytes[start..start + length]);
            assert_eq!(size % 256, number(entry, 1));
            size
        })
        .collect();
    assert_eq!(sizes, [16, 24, 32, 48, 64, 256]);
}

#[test]
fn the_icon_of_macos_can_be_read_back() {
    let bytes = fs::read(format!("{FOLDER}/jwt-workbench.icns")).expect("the icon is there");
    let number = |at: usize| bytes[at..at + 4].iter().fold(0, |number, byte| number << 8 | usize::from(*byte));
    assert_eq!((&bytes[..4], number(4)), (&b"icns"[..], bytes.len()));
    let mut at = 8;
    let mut kinds = Vec::new();
    while at < bytes.len() {
        let length = number(at + 4);
        kinds.push((String::from_utf8_lossy(&bytes[at..at + 4]).into_owned(), png_size(&bytes[at + 8..at + length])));
        at += length;
    }
    let kinds: Vec<(&str, usize)> = kinds.iter().map(|(kind, size)| (kind.as_str(), *size)).collect();
    let small = [("icp4", 16), ("ic11", 32), ("icp5", 32), ("ic12", 64)];
    let large = [("ic07", 128), ("ic13", 256), ("ic08", 256), ("ic14", 512), ("ic09", 512)];
    assert_eq!(kinds, [&small[..], &large[..]].concat());
}

/// The side of a square picture.
#[track_caller]
fn png_size(bytes: &[u8]) -> usize {
    let picture = image::load_from_memory_with_format(bytes, image::ImageFormat::Png).expect("it is a PNG picture");
    assert_eq!(picture.width(), picture.height());
    usize::try_from(picture.width()).expect("a small number")
}
