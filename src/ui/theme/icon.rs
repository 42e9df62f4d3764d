//! The icons, as characters of the Lucide font. Named here by their shape, once each, so that no page spells a code point.

/// Two arrows in a circle.
pub const ARROWS_CLOCKWISE: &str = "\u{e145}";
/// An open book.
pub const BOOK_OPEN: &str = "\u{e05f}";
/// A sheet of a calendar.
pub const CALENDAR_BLANK: &str = "\u{e063}";
/// Points down: opens a list, or moves something down.
pub const CARET_DOWN: &str = "\u{e06d}";
/// Points left: brings back what was folded to the right.
pub const CARET_LEFT: &str = "\u{e06e}";
/// Points right: something folded.
pub const CARET_RIGHT: &str = "\u{e06f}";
/// Points up.
pub const CARET_UP: &str = "\u{e070}";
/// Comparing.
pub const CHART_COLUMN: &str = "\u{e2a3}";
/// Timing.
pub const TIMER: &str = "\u{e1e0}";
/// The baseline.
pub const STAR: &str = "\u{e176}";
/// A tick.
pub const CHECK: &str = "\u{e06c}";
/// A tick in a circle.
pub const CHECK_CIRCLE: &str = "\u{e226}";
/// Two sheets, one behind the other.
pub const COPY: &str = "\u{e09e}";
/// Six dots: something that can be dragged.
pub const DOTS_SIX: &str = "\u{e0eb}";
/// An eye.
pub const EYE: &str = "\u{e0ba}";
/// An eye, crossed out.
pub const EYE_SLASH: &str = "\u{e0bb}";
/// An open folder.
pub const FOLDER_OPEN: &str = "\u{e247}";
/// A cog wheel.
pub const GEAR: &str = "\u{e154}";
/// The letter i in a circle.
pub const INFO: &str = "\u{e0f9}";
/// A key.
pub const KEY: &str = "\u{e4a3}";
/// Sheets on top of each other: many of something.
pub const LAYERS: &str = "\u{e529}";
/// A closed padlock.
pub const LOCK: &str = "\u{e10b}";
/// An open padlock.
pub const LOCK_OPEN: &str = "\u{e10c}";
/// A magnifying glass.
pub const MAGNIFYING_GLASS: &str = "\u{e151}";
/// A minus sign.
pub const MINUS: &str = "\u{e11c}";
/// A minus sign in a circle.
pub const MINUS_CIRCLE: &str = "\u{e07e}";
/// A pencil and a line.
pub const PENCIL_LINE: &str = "\u{e4f0}";
/// A plus sign.
pub const PLUS: &str = "\u{e13d}";
/// A question mark in a circle.
pub const QUESTION: &str = "\u{e082}";
/// Three dots in a row: a menu.
pub const DOTS_THREE: &str = "\u{e0b6}";
/// A bin.
pub const TRASH: &str = "\u{e18e}";
/// An exclamation mark in a triangle.
pub const WARNING: &str = "\u{e193}";
/// An exclamation mark in a circle.
pub const WARNING_CIRCLE: &str = "\u{e077}";
/// A cross.
pub const X: &str = "\u{e1b2}";
/// A cross in a circle.
pub const X_CIRCLE: &str = "\u{e084}";

#[cfg(test)]
mod tests {
    use super::*;
    use lucide_icons::Icon;

    #[test]
    fn code_points_are_those_of_the_font() {
        for (ours, theirs) in [
            (ARROWS_CLOCKWISE, Icon::RefreshCw),
            (BOOK_OPEN, Icon::BookOpen),
            (CALENDAR_BLANK, Icon::Calendar),
            (CARET_DOWN, Icon::ChevronDown),
            (CARET_LEFT, Icon::ChevronLeft),
            (CARET_RIGHT, Icon::ChevronRight),
            (CARET_UP, Icon::ChevronUp),
            (CHART_COLUMN, Icon::ChartColumn),
            (TIMER, Icon::Timer),
            (STAR, Icon::Star),
            (CHECK, Icon::Check),
            (CHECK_CIRCLE, Icon::CircleCheck),
            (COPY, Icon::Copy),
            (DOTS_SIX, Icon::GripVertical),
            (EYE, Icon::Eye),
            (EYE_SLASH, Icon::EyeOff),
            (FOLDER_OPEN, Icon::FolderOpen),
            (GEAR, Icon::Settings),
            (INFO, Icon::Info),
            (KEY, Icon::KeyRound),
            (LAYERS, Icon::Layers),
            (LOCK, Icon::Lock),
            (LOCK_OPEN, Icon::LockOpen),
            (MAGNIFYING_GLASS, Icon::Search),
            (MINUS, Icon::Minus),
            (MINUS_CIRCLE, Icon::CircleMinus),
            (PENCIL_LINE, Icon::PencilLine),
            (PLUS, Icon::Plus),
            (QUESTION, Icon::CircleQuestionMark),
            (DOTS_THREE, Icon::Ellipsis),
            (TRASH, Icon::Trash2),
            (WARNING, Icon::TriangleAlert),
            (WARNING_CIRCLE, Icon::CircleAlert),
            (X, Icon::X),
            (X_CIRCLE, Icon::CircleX),
        ] {
            assert_eq!(ours, char::from(theirs).to_string(), "{theirs}");
        }
    }
}
