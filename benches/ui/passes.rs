//! When the steps of each frame were, seen from inside of the frame.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use cpu_time::{ProcessTime, ThreadTime};
use eframe::egui::{Event, Id, Key, LayerId, Order, PaintCallback, Rect, Shape, Ui};
use eframe::egui_glow::CallbackFn;

/// One frame.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pass {
    /// egui was about to be given the events.
    pub(crate) began: Instant,
    /// Keys that were pressed among those events.
    pub(crate) presses: usize,
    /// From the events to the end of what our code does: events and commands, layout, shapes. Twice where egui ran twice.
    pub(crate) ours: Duration,
    /// The same in time of the processor, on the thread of the window.
    pub(crate) ours_cpu: Duration,
    /// From there to the first call that draws: egui's end of the frame, triangles, textures handed to OpenGL.
    pub(crate) triangles: Duration,
    /// From there until the buffers were swapped: all calls of OpenGL, and the rasteriser where the processor draws.
    pub(crate) drawing: Duration,
    /// From the end of our code until then in time of the processor, on all threads: the rasteriser has its own.
    pub(crate) drawing_cpu: Duration,
    /// The buffers were swapped.
    pub(crate) swapped: Instant,
    /// Everything on show was that of the text.
    pub(crate) settled: bool,
    /// The revision of the draft.
    pub(crate) revision: u64,
}

/// The clock of the frame that is being made.
pub(crate) struct Stopwatch {
    zero: Instant,
    /// Nanoseconds from `zero` to the first call that draws.
    painting: Arc<AtomicU64>,
    open: Option<Open>,
    swapped: Cell<Option<(Instant, ProcessTime)>>,
}

struct Open {
    began: Instant,
    cpu: ThreadTime,
    presses: usize,
    ended: Instant,
    ours_cpu: Duration,
    all_cpu: ProcessTime,
    settled: bool,
    revision: u64,
}

impl Stopwatch {
    pub(crate) fn new() -> Self {
        Self { zero: Instant::now(), painting: Arc::default(), open: None, swapped: Cell::default() }
    }

    /// A frame begins. Gives the one before, when it was drawn.
    pub(crate) fn begin(&mut self, events: &[Event]) -> Option<Pass> {
        let before = self.finish();
        let began = Instant::now();
        let presses = events.iter().filter(|event| is_press(event)).count();
        let cpu = ThreadTime::now();
        let all_cpu = ProcessTime::now();
        self.open = Some(Open {
            began,
            cpu,
            presses,
            ended: began,
            ours_cpu: Duration::ZERO,
            all_cpu,
            settled: false,
            revision: 0,
        });
        before
    }

    /// Our code has drawn a `revision` of the draft, and all that follows from it when that is `settled`.
    pub(crate) fn drew(&mut self, ui: &Ui, settled: bool, revision: u64) {
        // The lowest layer is drawn first.
        let layer = LayerId::new(Order::Background, Id::unique("first call that draws"));
        let (zero, painting) = (self.zero, Arc::clone(&self.painting));
        let callback = CallbackFn::new(move |_, _| {
            painting.store(zero.elapsed().as_nanos() as u64, Ordering::Relaxed);
        });
        let rect = Rect::from_min_size(ui.ctx().content_rect().min, eframe::egui::vec2(1.0, 1.0));
        let shape = Shape::Callback(PaintCallback { rect, callback: Arc::new(callback) });
        ui.ctx().layer_painter(layer).add(shape);
        if let Some(open) = &mut self.open {
            open.ended = Instant::now();
            open.ours_cpu = open.cpu.elapsed();
            open.all_cpu = ProcessTime::now();
            open.settled = settled;
            open.revision = revision;
        }
    }

    /// eframe asks for the interval of its own saving right after the buffers were swapped.
    pub(crate) fn swapped(&self) {
        self.swapped.set(Some((Instant::now(), ProcessTime::now())));
    }

    fn finish(&mut self) -> Option<Pass> {
        let (swapped, cpu) = self.swapped.take()?;
        let Open { began, presses, ended, ours_cpu, all_cpu, settled, revision, .. } = self.open.take()?;
        let drawing_cpu = cpu.duration_since(all_cpu);
        let painting = self.zero + Duration::from_nanos(self.painting.load(Ordering::Relaxed));
        let (triangles, drawing) =
            (painting.saturating_duration_since(ended), swapped.saturating_duration_since(painting));
        Some(Pass {
            began,
            presses,
            ours: ended - began,
            ours_cpu,
            triangles,
            drawing,
            drawing_cpu,
            swapped,
            settled,
            revision,
        })
    }
}

/// Each key that the typist presses is one of these.
fn is_press(event: &Event) -> bool {
    match event {
        Event::Key { key, pressed, repeat, .. } => {
            let alone = matches!(key, Key::ControlLeft | Key::ControlRight | Key::ShiftLeft | Key::ShiftRight);
            *pressed && !repeat && !alone
        }
        Event::Cut | Event::Copy | Event::Paste(_) => true,
        _ => false,
    }
}
