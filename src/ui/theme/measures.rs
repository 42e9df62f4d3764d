//! Distances, corner radii and sizes in logical pixels, the same in both appearances.

/// Distances between things: a 4/8 rhythm.
pub mod space {
    /// Between an icon and its text.
    pub const XS: f32 = 4.0;
    /// Between neighbouring controls.
    pub const S: f32 = 8.0;
    /// Between cards, and from a card's edge to its text.
    pub const M: f32 = 12.0;
    /// Between groups.
    pub const L: f32 = 16.0;
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
    /// A row of a list or a table.
    pub const ROW: f32 = 24.0;
    /// A bar of parts.
    pub const BAR: f32 = 10.0;
    /// Ordinary text.
    pub const TEXT: f32 = 13.0;
    /// Text of controls and card titles.
    pub const TEXT_CONTROL: f32 = 12.5;
    /// Text of chips and captions.
    pub const TEXT_SMALL: f32 = 11.5;
    /// The title of a page or a dialog.
    pub const TEXT_TITLE: f32 = 16.0;
    /// Monospaced text: tokens and JSON.
    pub const MONO: f32 = 12.5;
    /// From one line of monospaced text to the next.
    pub const MONO_LINE: f32 = 19.0;
    /// Icons in buttons and beside text.
    pub const ICON: f32 = 15.0;
}
