//! Every page at every size and scale: nothing sticks out of the window, and pictures to look at.

use std::path::PathBuf;

use eframe::egui::accesskit::Role;
use eframe::egui::{Rect, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jwt_workbench::app::App;
use jwt_workbench::jobs::settings_store::SettingsStore;
use jwt_workbench::ui::request::Request;
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::settings::{Settings, Theme};

/// Inside of the window in pixels, and how many of them make a point.
type Screen = ([f32; 2], f32);

/// The smallest and largest windows, at scales of 100 to 200 percent.
const SCREENS: [Screen; 8] = [
    ([900.0, 600.0], 1.0),
    ([1280.0, 820.0], 1.0),
    ([1280.0, 820.0], 1.25),
    ([1280.0, 820.0], 1.5),
    ([1280.0, 820.0], 2.0),
    ([1920.0, 1080.0], 1.0),
    ([2560.0, 1440.0], 1.0),
    ([2560.0, 1440.0], 2.0),
];

/// A page, and the part of it that is on show.
fn places() -> Vec<(Page, Option<&'static str>)> {
    let of = |page: Page| {
        let tabs = page.tabs().iter().map(move |tab| (page, Some(*tab)));
        std::iter::once((page, None)).chain(tabs)
    };
    Page::ALL.into_iter().flat_map(of).collect()
}

fn window(screen: Screen, theme: Theme, page: Page, tab: Option<&'static str>, renders: bool) -> Harness<'static, App> {
    let (pixels, scale) = screen;
    let files = files(page);
    let builder = Harness::builder()
        .with_size(Vec2::from(pixels) / scale)
        .with_pixels_per_point(scale)
        .with_max_steps(20)
        .allow_missing_glyphs();
    let builder = if renders { builder.wgpu() } else { builder };
    let mut window = builder.build_eframe(move |creation| {
        let settings = Settings { page, theme, ..Settings::default() };
        let app = App::new(&creation.egui_ctx, files, settings, SettingsStore::nowhere(), None);
        tab.into_iter().for_each(|tab| app.ask(Request::ShowTab(tab)));
        app
    });
    window.run_steps(6);
    window
}

/// What the page has to show.
fn files(page: Page) -> Vec<PathBuf> {
    let template = match page {
        Page::Bulk => "load-test-user",
        Page::Craft | Page::Inspect => "rfc9068-access-token",
        Page::Compare | Page::Timing | Page::Keys | Page::Settings => return Vec::new(),
    };
    vec![PathBuf::from(format!("assets/templates/{template}.jwt.json"))]
}

/// The names of everything that reaches over the left or the right border.
fn beyond(window: &Harness<'_, App>) -> Vec<String> {
    let screen = window.ctx.content_rect();
    let sticks_out = |rect: Rect| rect.is_positive() && (rect.right() > screen.right() + 1.0 || rect.left() < -1.0);
    let all = window.root().query_all_by(|node| {
        // A text that is wider than its editor scrolls in it.
        node.bounding_box().is_some() && node.role() != Role::MultilineTextInput
    });
    let out = all.filter(|node| sticks_out(node.rect()));
    out.map(|node| format!("{:?} {:?} {:?}", node.accesskit_node().role(), node.accesskit_node().label(), node.rect()))
        .collect()
}

#[test]
fn nothing_sticks_out_of_the_window() {
    let mut wrong = Vec::new();
    for screen in SCREENS {
        for (page, tab) in places() {
            let window = window(screen, Theme::Dark, page, tab, false);
            let found = beyond(&window);
            if !found.is_empty() {
                wrong.push(format!("{screen:?} {} {tab:?}:\n    {}", page.name(), found.join("\n    ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Pictures to look at, in `target/pictures/looks`: `LOOKS=craft cargo test --test looks -- --ignored` for one page.
#[test]
#[ignore = "pictures for the eye, minutes of them"]
fn pictures_of_everything() {
    let only = std::env::var("LOOKS").unwrap_or_default();
    let folder = PathBuf::from("target/pictures/looks");
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    for (page, tab) in places() {
        for theme in [Theme::Dark, Theme::Light] {
            for (pixels, scale) in SCREENS {
                let part = tab.map(|tab| format!("-{tab}")).unwrap_or_default();
                let [width, height] = pixels;
                let name = format!("{}{part}-{width}x{height}-{:.0}-{}", page.name(), scale * 100.0, theme.label());
                if !name.contains(&only) {
                    continue;
                }
                let mut window = window((pixels, scale), theme, page, tab, true);
                let image = window.render().expect("a picture");
                image.save(folder.join(format!("{name}.png"))).expect("a picture on disk");
            }
        }
    }
}
