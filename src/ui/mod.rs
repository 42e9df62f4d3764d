//! The window's contents, drawn from the workbench. Panes collect wishes; they change nothing themselves.

pub mod action;
mod activity_bar;
mod algorithm_select;
mod announcer;
mod bulk;
pub mod chart;
mod code_dialog;
mod columns;
pub mod compare;
pub mod craft;
pub mod dialogs;
pub mod editor;
mod exercises;
mod figures;
mod findings_at;
mod findings_pane;
mod ground;
pub mod help;
mod hint_line;
mod import_dialog;
pub mod inspect;
mod instant;
mod json_rows;
mod keyboard;
pub mod keys_page;
mod library;
pub mod notices;
mod number;
pub mod palette;
mod passphrase;
pub mod picture;
pub mod rail;
pub mod request;
mod secret_encoding;
pub mod settings_page;
mod side_panel;
mod splitter;
pub mod status_bar;
mod table;
pub mod theme;
pub mod timing;
pub mod title_bar;
mod verdict_look;
pub mod widgets;

use eframe::egui::{self, CentralPanel, Frame, Margin, Panel, Role, UiBuilder, ViewportCommand};

use self::action::Action;
use self::activity_bar::ActivityBar;
use self::announcer::Announcer;
use self::bulk::BulkPage;
use self::code_dialog::CodeDialog;
use self::compare::ComparePage;
use self::compare::minimise::Minimise;
use self::craft::CraftPage;
use self::dialogs::{Answers, Dialog};
use self::exercises::ExercisePanel;
use self::ground::Ground;
use self::help::{About, Licences, Manual, Section, ShortcutList, Surroundings};
use self::inspect::InspectPage;
use self::keyboard::Keyboard;
use self::keys_page::KeysPage;
use self::library::LibraryPanel;
use self::palette::{Palette, Recent, Shown};
use self::request::{CommandQueue, Request};
use self::settings_page::SettingsPage;
use self::timing::TimingPage;
use self::widgets::menu_bar::MenuBar;
use self::widgets::watch_keyboard;
use crate::workbench::Workbench;
use crate::workbench::bulk::BulkCommand;
use crate::workbench::command::{Command, CompareCommand, FileCommand, ViewCommand};
use crate::workbench::library::LibraryCommand;
use crate::workbench::page::Page;
use crate::workbench::settings::SettingsCommand;
use crate::workbench::settings::hint::Hint;

/// View-only state: which dialogs are open, and what each page remembers of itself.
#[derive(Default)]
pub struct Ui {
    craft: CraftPage,
    inspect: InspectPage,
    compare: ComparePage,
    timing: TimingPage,
    bulk: BulkPage,
    keys: KeysPage,
    settings: SettingsPage,
    library: LibraryPanel,
    exercises: ExercisePanel,
    palette: Option<Palette>,
    recent: Recent,
    /// What the palette was closed with. It is asked for when egui lets the keyboard into the window again.
    chosen: Option<Action>,
    menu_bar: MenuBar,
    full_screen: bool,
    dialog: Option<Dialog>,
    manual: Manual,
    surroundings: Surroundings,
    answers: Answers,
    keyboard: Keyboard,
    announcer: Announcer,
    activities: ActivityBar,
    window_title: String,
    /// The part of the window to be exported as a picture, in points.
    picture: Option<egui::Rect>,
}

impl Ui {
    /// Draws everything at `now` and collects the wishes.
    pub fn show(&mut self, ui: &mut egui::Ui, workbench: &Workbench, now: i64, commands: &CommandQueue) {
        let chosen = self.chosen.take();
        watch_keyboard(ui.ctx());
        let modal =
            self.palette.is_some() || self.dialog.is_some() || self.manual.is_open() || workbench.question().is_some();
        self.keyboard.keep_focus(ui.ctx(), modal);
        if self.palette.as_ref().is_none_or(Palette::is_focused) {
            self.keyboard.give_typed_ahead(ui.ctx());
        } else {
            self.keyboard.hold_typing(ui.ctx());
        }
        if !modal {
            self.keyboard.take_shortcut(ui.ctx(), workbench, commands);
            dropped_files(ui.ctx(), workbench, commands);
        }
        if std::mem::take(&mut self.full_screen) {
            let is_full = ui.input(|input| input.viewport().fullscreen.unwrap_or(false));
            ui.ctx().send_viewport_cmd(ViewportCommand::Fullscreen(!is_full));
        }
        self.bars(ui, workbench, now, commands);
        self.exercises.show(ui, workbench, commands);
        if workbench.settings().page == Page::Craft {
            self.library.show(ui, workbench, commands);
        }
        let ground = Ground::begin(ui);
        CentralPanel::default().frame(Frame::new()).show(ui, |ui| match workbench.settings().page {
            Page::Craft => self.craft.ui(ui, workbench, now, commands),
            Page::Inspect => self.inspect.ui(ui, workbench, now, commands),
            Page::Compare => self.compare.ui(ui, workbench, commands),
            Page::Timing => self.timing.ui(ui, workbench, commands),
            Page::Bulk => self.bulk.ui(ui, workbench, commands),
            Page::Keys => self.keys.ui(ui, workbench, now, commands),
            Page::Settings => self.settings.ui(ui, workbench, commands),
        });
        ground.end(ui);
        notices::ui(ui, workbench, commands);
        self.announcer.ui(ui, workbench);
        self.overlays(ui, workbench, commands);
        if let Some(action) = chosen {
            commands.push(action);
        }
        if self.keyboard.is_waiting() || self.chosen.is_some() {
            ui.ctx().request_repaint();
        }
    }

    fn bars(&mut self, ui: &mut egui::Ui, workbench: &Workbench, now: i64, commands: &CommandQueue) {
        let bar = |margin: Margin| Frame::new().inner_margin(margin);
        Panel::top("title")
            .exact_size(title_bar::HEIGHT)
            .frame(bar(Margin::symmetric(12, 0)))
            .show(ui, |ui| title_bar::ui(ui, workbench, &mut self.menu_bar, commands));
        Panel::bottom("status")
            .exact_size(status_bar::HEIGHT)
            .frame(bar(Margin::symmetric(12, 0)))
            .show(ui, |ui| status_bar::ui(ui, workbench, now, &mut self.activities, commands));
        Panel::left("rail").exact_size(rail::WIDTH).resizable(false).frame(bar(Margin::symmetric(4, 8))).show(
            ui,
            |ui| {
                let pages = UiBuilder::new().accessibility_role(Role::Navigation).accessibility_label("Pages");
                ui.scope_builder(pages, |ui| rail::ui(ui, workbench, commands));
            },
        );
    }

    fn overlays(&mut self, ui: &egui::Ui, workbench: &Workbench, commands: &CommandQueue) {
        if dialogs::question(ui, workbench, &mut self.answers, commands) {
            return;
        }
        if let Some(palette) = &mut self.palette {
            match palette.ui(ui, workbench, &mut self.recent) {
                Shown::Open => {}
                Shown::Closed => self.palette = None,
                Shown::Chosen(action) => {
                    self.palette = None;
                    self.chosen = Some(action);
                }
            }
        }
        self.manual.ui(ui);
        if let Some(dialog) = &mut self.dialog
            && !dialog.ui(ui, workbench, commands)
        {
            self.dialog = None;
        }
    }

    /// What the program runs on, for those who want to know.
    pub const fn surroundings_mut(&mut self) -> &mut Surroundings {
        &mut self.surroundings
    }

    /// Turns a wish into commands; what concerns the view alone is done here.
    pub fn resolve(&mut self, request: Request, workbench: &Workbench) -> Option<Command> {
        match request {
            Request::Do(command) => return Some(command),
            Request::Act(action) if action.is_enabled(workbench) => {
                return self.resolve(action.request(workbench), workbench);
            }
            Request::Act(_) => {}
            Request::ClaimsView(view) => self.craft.show_claims_as(view),
            Request::Find => self.craft.find(),
            Request::Focus(part, offset) => self.craft.focus(part, offset),
            Request::AddVariable => return Some(self.craft.add_variable(workbench)),
            Request::NextFinding => self.next_finding(workbench),
            Request::ShowFinding(finding) => self.craft.show_finding(&finding),
            Request::ShowTab(tab) => return self.show_tab(tab),
            Request::GoToTab(page, tab) => {
                self.show_tab(tab);
                return Some(Command::View(ViewCommand::Page(page)));
            }
            Request::ExportPicture(rect) => self.picture = Some(rect),
            Request::PasteTokens => self.dialog = Some(Dialog::PasteTokens(String::new())),
            Request::Import => self.dialog = Some(Dialog::Import(String::new())),
            Request::Minimise => {
                self.dialog = Minimise::of(workbench).map(|minimise| Dialog::Minimise(Box::new(minimise)))
            }
            Request::PasteKey => self.dialog = Some(Dialog::PasteKey(String::new())),
            Request::Code => self.dialog = Some(Dialog::Code(CodeDialog::default())),
            Request::FullScreen => self.full_screen = true,
            Request::MenuBar => self.menu_bar.enter(),
            Request::Manual => {
                let shows_login_lab = self.timing.shows_login_lab();
                self.manual.open_for(Section::of_page(workbench.settings().page, shows_login_lab));
            }
            Request::Shortcuts => self.dialog = Some(Dialog::Shortcuts(ShortcutList::default())),
            Request::Palette => {
                self.palette = Some(Palette::default());
                let is_due = hint_line::is_due(workbench, Hint::Palette);
                return is_due.then_some(Command::Settings(SettingsCommand::CloseHint(Hint::Palette)));
            }
            Request::About => self.dialog = Some(Dialog::About(About::new(&self.surroundings))),
            Request::Licences => self.dialog = Some(Dialog::Licences(Licences::default())),
        }
        None
    }

    fn show_tab(&mut self, tab: &str) -> Option<Command> {
        self.compare.show_tab(tab);
        self.timing.show_tab(tab);
        self.library.show_tab(tab).then_some(Command::Library(LibraryCommand::Show))
    }

    fn next_finding(&mut self, workbench: &Workbench) {
        if workbench.settings().page == Page::Inspect {
            self.inspect.next_finding(workbench);
        } else {
            self.craft.next_finding(workbench);
        }
    }

    /// Whether something on show changes with every second.
    pub fn shows_time(&self, workbench: &Workbench) -> bool {
        let counts = match workbench.settings().page {
            Page::Inspect => workbench.inspection().follows_the_clock(),
            // The bar at the foot counts down on every other page.
            Page::Craft | Page::Compare | Page::Timing | Page::Bulk | Page::Keys | Page::Settings => {
                workbench.last_good().is_some_and(|(minted, _)| minted.expires().is_some())
            }
        };
        counts || workbench.notices().is_waiting() || workbench.generation().is_some()
    }

    /// Whether a pane wants a picture.
    pub const fn wants_picture(&self) -> bool {
        self.picture.is_some()
    }

    /// The part of the window, in points, that a pane wants a picture of; told once.
    pub const fn take_picture(&mut self) -> Option<egui::Rect> {
        self.picture.take()
    }

    /// Sets the window's title when it is another one.
    pub fn set_window_title(&mut self, ctx: &egui::Context, title: String) {
        if self.window_title != title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.window_title = title;
        }
    }
}

/// What is dropped on the Compare page is compared, rows on the Bulk page are minted for; all else is opened.
fn dropped_files(ctx: &egui::Context, workbench: &Workbench, commands: &CommandQueue) {
    for file in ctx.input(|input| input.raw.dropped_files.clone()) {
        let path = file.path().to_owned();
        commands.push(match workbench.settings().page {
            Page::Compare => Command::Compare(CompareCommand::AddFile(path)),
            Page::Bulk if bulk::are_rows(&path) => Command::Bulk(BulkCommand::UseRows(path)),
            _ => Command::File(FileCommand::OpenPath(path)),
        });
    }
}
