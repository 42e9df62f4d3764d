//! The application, driven as eframe drives it, but without a window.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use eframe::App as _;
use eframe::egui::{Context, Event, Key, Modifiers, RawInput, Rect, Vec2, ViewportId, ViewportInfo, vec2};
use jwt_workbench::app::App;
use jwt_workbench::jobs::settings_store::SettingsStore;
use jwt_workbench::workbench::settings::Settings;

const SIZE: Vec2 = vec2(1280.0, 820.0);

/// The application and what eframe holds for it.
pub(crate) struct Driver {
    ctx: Context,
    pub(crate) app: App,
    frame: eframe::Frame,
    started: Instant,
}

/// What one frame took.
pub(crate) struct Frame {
    /// Events, commands and drawing.
    pub(crate) layout: Duration,
    /// Making triangles of what was drawn.
    pub(crate) triangles: Duration,
}

impl Driver {
    pub(crate) fn open(files: Vec<PathBuf>, settings: Settings) -> Self {
        let ctx = Context::default();
        let app = App::new(&ctx, files, settings, SettingsStore::nowhere(), None);
        Self { ctx, app, frame: eframe::Frame::_new_kittest(), started: Instant::now() }
    }

    pub(crate) fn press(&mut self, key: Key, modifiers: Modifiers) -> Frame {
        let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        self.draw(vec![event(true), event(false)])
    }

    pub(crate) fn draw(&mut self, events: Vec<Event>) -> Frame {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Default::default(), SIZE)),
            time: Some(self.started.elapsed().as_secs_f64()),
            focused: true,
            events,
            ..RawInput::default()
        };
        input.viewports.insert(ViewportId::ROOT, ViewportInfo { focused: Some(true), ..ViewportInfo::default() });
        let Self { app, frame, .. } = self;
        let began = Instant::now();
        let mut output = self.ctx.run_ui(input, |ui| {
            app.logic(ui.ctx(), frame);
            app.ui(ui, frame);
        });
        let layout = began.elapsed();
        output.textures_delta.clear();
        let began = Instant::now();
        std::hint::black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
        Frame { layout, triangles: began.elapsed() }
    }
}
