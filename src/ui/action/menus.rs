//! The menu bar: which action is in which menu.

use super::{
    Action, COMPARE_ADD, COMPARE_FILES, COMPARE_MEASURE, KEY_EXPORTS, LOGIN, MINT_MANY, RSA_BITS, TABLE_EXPORTS,
};
use crate::jose::json::Serialization;
use crate::jose::jwa::{Algorithm, KeyKind};
use crate::ui::request::ClaimsView;
use crate::workbench::command::Part;
use crate::workbench::draft_export::DraftExport;
use crate::workbench::expiry::PRESETS;
use crate::workbench::page::Page;
use crate::workbench::settings::Theme;

/// A menu of the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Templates and drafts as files.
    File,
    /// The draft.
    Edit,
    /// What becomes of it, and of tokens from elsewhere.
    Token,
    /// What it is signed with.
    Key,
    /// Variants side by side.
    Compare,
    /// What the window shows.
    View,
    /// Finding one's way.
    Help,
}

/// What stands in a menu.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// An action.
    Act(Action),
    /// The files that were open lately, in a menu of their own.
    RecentFiles,
    /// More, in a menu of its own.
    Sub(&'static str, Vec<Self>),
    /// A line between two groups.
    Line,
}

impl Menu {
    /// Every menu, from left to right.
    pub const ALL: [Self; 7] = [Self::File, Self::Edit, Self::Token, Self::Key, Self::Compare, Self::View, Self::Help];

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Token => "Token",
            Self::Key => "Key",
            Self::Compare => "Compare",
            Self::View => "View",
            Self::Help => "Help",
        }
    }

    /// Every action in it, from top to bottom.
    pub fn actions(self) -> Vec<Action> {
        actions(&self.items())
    }

    /// What stands in it, from top to bottom.
    pub fn items(self) -> Vec<Item> {
        match self {
            Self::File => file(),
            Self::Edit => edit(),
            Self::Token => token(),
            Self::Key => key(),
            Self::Compare => compare(),
            Self::View => view(),
            Self::Help => {
                let find = [Action::Manual, Action::Exercises, Action::Palette, Action::Shortcuts];
                groups([acts(find), acts([Action::About])])
            }
        }
    }
}

/// The actions among the items, those of inner menus, too.
fn actions(items: &[Item]) -> Vec<Action> {
    let of = |item: &Item| match item {
        Item::Act(action) => vec![*action],
        Item::Sub(_, items) => actions(items),
        Item::RecentFiles | Item::Line => Vec::new(),
    };
    items.iter().flat_map(of).collect()
}

fn acts(actions: impl IntoIterator<Item = Action>) -> Vec<Item> {
    actions.into_iter().map(Item::Act).collect()
}

/// The groups with lines between them.
fn groups(groups: impl IntoIterator<Item = Vec<Item>>) -> Vec<Item> {
    let mut items = Vec::new();
    for group in groups {
        if !items.is_empty() {
            items.push(Item::Line);
        }
        items.extend(group);
    }
    items
}

fn file() -> Vec<Item> {
    let mut open = acts([Action::New, Action::Open, Action::Import]);
    open.push(Item::RecentFiles);
    let export = groups([acts(DraftExport::ALL.map(Action::ExportDraft)), acts([Action::MintMany])]);
    let mut save = acts([Action::Save, Action::SaveAs]);
    save.push(Item::Sub("Export", export));
    groups([open, save, acts([Action::OpenKeptDraft, Action::DiscardKeptDraft]), acts([Action::Quit])])
}

fn edit() -> Vec<Item> {
    let layouts = [Part::Claims, Part::Header].map(|part| [Action::Format(part), Action::Minify(part)]).concat();
    groups([
        acts([Action::Undo, Action::Redo]),
        acts([Action::CopyToken, Action::CopyBearer, Action::CopyCurl, Action::CopyAsCode]),
        acts([Action::FocusClaims, Action::FocusHeader, Action::Find]),
        acts([Action::AddClaim, Action::AddVariable, Action::RelativeTimes, Action::RemoveSchema]),
        acts(layouts),
    ])
}

fn token() -> Vec<Item> {
    let mut make = acts([Action::MintAgain, Action::Measure, Action::StopMeasuring]);
    make.push(Item::Sub("Many", acts(MINT_MANY)));
    make.push(Item::Sub("Login lab", acts(LOGIN)));
    let inspect = [Action::InspectDraft, Action::InspectClipboard, Action::EditInCraft, Action::CopyReport];
    let expiry = acts(PRESETS.map(Action::ExpireIn).into_iter().chain([Action::NeverExpire]));
    groups([
        make,
        acts(inspect.into_iter().chain([Action::RunDoctor, Action::StopDoctor])),
        acts([Action::NextFinding, Action::FixFinding, Action::UnmuteFindings]),
        vec![
            Item::Sub("Algorithm", acts(Algorithm::ALL.map(Action::UseAlgorithm))),
            Item::Sub("Expiry", expiry),
            Item::Sub("Serialization", acts(Serialization::ALL.map(Action::UseSerialization))),
        ],
    ])
}

fn key() -> Vec<Item> {
    let rsa = RSA_BITS.map(|bits| Action::GenerateKey(KeyKind::Rsa, Some(bits)));
    let curves = KeyKind::CURVES.map(|kind| Action::GenerateKey(kind, None));
    groups([
        acts([Action::GenerateSecret, Action::CopySecret]),
        acts(rsa.into_iter().chain(curves)),
        acts([Action::OpenKey, Action::PasteKey]),
        vec![
            Item::Sub("Copy key", acts(KEY_EXPORTS.map(Action::CopyKey))),
            Item::Sub("Save key", acts(KEY_EXPORTS.map(Action::ExportKey))),
        ],
    ])
}

fn compare() -> Vec<Item> {
    let mut files = acts(COMPARE_FILES);
    files.push(Item::Sub("Export table", acts(TABLE_EXPORTS.map(Action::ExportTable))));
    groups([acts(COMPARE_ADD), acts(COMPARE_MEASURE), files])
}

fn view() -> Vec<Item> {
    groups([
        acts(Page::ALL.map(Action::Go).into_iter().chain([Action::NextPage, Action::PreviousPage])),
        acts([Action::Library]),
        acts([ClaimsView::Text, ClaimsView::Table].map(Action::ClaimsView)),
        acts(Theme::ALL.map(Action::UseTheme)),
        acts([Action::ZoomIn, Action::ZoomOut, Action::ZoomReset, Action::FullScreen]),
        acts([Action::ShowHints, Action::ResetSettings]),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the menu bar need not have, and why.
    const LEFT_OUT: [(Action, &str); 1] = [(Action::MenuBar, "it leads to the menus, so whoever reads it is there")];

    #[test]
    fn every_action_is_in_the_menu_bar() {
        let found: Vec<Action> = Menu::ALL.into_iter().flat_map(Menu::actions).collect();
        let left_out = |action: &Action| LEFT_OUT.iter().any(|(other, _)| other == action);
        let missing: Vec<_> =
            Action::all().into_iter().filter(|action| !found.contains(action) && !left_out(action)).collect();
        assert!(missing.is_empty(), "not in the menu bar: {missing:?}");
        let unknown: Vec<_> = found.iter().filter(|action| !Action::all().contains(action)).collect();
        assert!(unknown.is_empty(), "not in the palette: {unknown:?}");
        assert!(LEFT_OUT.iter().all(|(action, _)| !found.contains(action)), "an exception that is none");
    }

    #[test]
    fn no_menu_begins_or_ends_with_a_line_or_has_two_in_a_row() {
        for menu in Menu::ALL {
            let items = menu.items();
            assert!(items.first() != Some(&Item::Line) && items.last() != Some(&Item::Line), "{menu:?}");
            assert!(items.windows(2).all(|pair| pair != [Item::Line, Item::Line]), "{menu:?}");
        }
    }
}
