//! Distances, corner radii and sizes in logical pixels, the same in both appearances.
//!
//! There are three sizes of text (11.5, 13 and 16) and one of monospaced text, and four heights of rows. `tests/tidy`
//! refuses sizes of text and distances that are written as numbers elsewhere.

/// Distances between things: a 4/8 rhythm.
pub mod space {
    /// Between lines that belong together.
    pub const XXS: f32 = 2.0;
    /// Between an icon and its text.
    pub const XS: f32 = 4.0;
    /// Between neighbouring controls.
    pub const S: f32 = 8.0;
    /// Between cards, and from a card's edge to its text.
    pub const M: f32 = 12.0;
    /// Between groups.
    pub const L: f32 = 16.0;
    /// From the edge of a page to what is in it.
    pub const XL: f32 = 24.0;
}

/// Corner radii.
pub mod radius {
    /// Highlights behind a few letters, bars.
    pub const SMALL: u8 = 3;
    /// Buttons, fields and other controls.
    pub const CONTROL: u8 = 6;
    /// Cards, windows and menus.
    pub const CARD: u8 = 8;
    /// Dialogs.
    pub const DIALOG: u8 = 12;
    /// Chips: half their height.
    pub const CHIP: u8 = 10;
}

/// Heights of controls and sizes of text.
pub mod size {
    /// A card's header.
    pub const CARD_HEADER: f32 = 34.0;
    /// A button.
    pub const BUTTON: f32 = 26.0;
    /// A text field or a selector.
    pub const FIELD: f32 = 28.0;
    /// A chip.
    pub const CHIP: f32 = 20.0;
    /// A row of a dense list.
    pub const ROW_DENSE: f32 = 24.0;
    /// A row of a list or a table, and the titles above it.
    pub const ROW: f32 = 28.0;
    /// A row with a field in it.
    pub const ROW_FIELD: f32 = 32.0;
    /// A row of two lines.
    pub const ROW_DOUBLE: f32 = 44.0;
    /// A bar of parts.
    pub const BAR: f32 = 10.0;
    /// A bar that tells how far something is.
    pub const PROGRESS: f32 = 6.0;
    /// The dot before a state.
    pub const DOT: f32 = 9.0;
    /// Ordinary text, controls and card titles.
    pub const TEXT: f32 = 13.0;
    /// Text of chips, captions, table titles and axes. At 12 the dots of the i close, see the test in `fonts`.
    pub const TEXT_SMALL: f32 = 11.5;
    /// The title of a page or a dialog.
    pub const TEXT_TITLE: f32 = 16.0;
    /// Monospaced text: tokens and JSON.
    pub const MONO: f32 = 12.5;
    /// From one line of monospaced text to the next.
    pub const MONO_LINE: f32 = 19.0;
    /// Icons in buttons and beside text.
    pub const ICON: f32 = 15.0;
    /// Icons of the rail.
    pub const ICON_LARGE: f32 = 20.0;
}
