//! The ways to draw the window: which are tried, and how each is set up.

use std::sync::Arc;

use eframe::egui_wgpu::{NativeAdapterSelectorMethod, WgpuConfiguration, WgpuSetupCreateNew};
use eframe::glow::{HasContext as _, Version};
use eframe::wgpu::{Adapter, AdapterInfo, Backends, DeviceDescriptor, DeviceType, MemoryHints, Surface};
use eframe::{CreationContext, NativeOptions, Renderer};

/// A way to draw the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// A graphics card, with wgpu.
    GraphicsCard,
    /// OpenGL, by whatever the system has for it. Where the processor draws, one frame takes a quarter of the time that
    /// wgpu takes there, and the window opens sooner.
    OpenGl,
    /// wgpu, by the processor.
    Anything,
}

impl Drawing {
    /// What to try, best first.
    pub fn attempts() -> &'static [Self] {
        if may_have_card() {
            &[Self::GraphicsCard, Self::OpenGl, Self::Anything]
        } else {
            &[Self::OpenGl, Self::Anything]
        }
    }

    /// Seconds from one step of the countdown to the next: where the processor draws, a frame takes it 10 to 20 ms, and a
    /// quiet window shall take less than 1 % of its time.
    pub fn countdown_step(self) -> i64 {
        if self == Self::GraphicsCard { 1 } else { 2 }
    }

    /// The options of eframe for it.
    pub(super) fn options(self) -> NativeOptions {
        let (renderer, only_cards) = match self {
            Self::GraphicsCard => (Renderer::Wgpu, true),
            Self::OpenGl => (Renderer::Glow, false),
            Self::Anything => (Renderer::Wgpu, false),
        };
        // There is no gradient that dithering would smooth, and it costs the processor time.
        NativeOptions { renderer, wgpu_options: wgpu(only_cards), dithering: false, ..NativeOptions::default() }
    }
}

/// What draws the window, in words for a bug report: the interface, the card or program behind it, and its driver.
pub(super) fn graphics(creation: &CreationContext<'_>) -> String {
    if let Some(state) = &creation.wgpu_render_state {
        let AdapterInfo { name, backend, driver, driver_info, .. } = state.adapter.get_info();
        return format!("wgpu with {backend}: {name}, {driver} {driver_info}").trim_end().to_owned();
    }
    creation.gl.as_ref().map_or_else(String::new, |gl| {
        let Version { major, minor, is_embedded, vendor_info, .. } = gl.version();
        let kind = if *is_embedded { "OpenGL ES" } else { "OpenGL" };
        format!("{kind} {major}.{minor} {vendor_info}").trim_end().to_owned()
    })
}

/// Whether it is worth looking for a graphics card. Loading Vulkan only to find none takes longer than a frame.
fn may_have_card() -> bool {
    // On Linux every driver with Vulkan offers its card as a render node.
    !cfg!(target_os = "linux")
        || std::fs::read_dir("/dev/dri").is_ok_and(|mut nodes| {
            nodes.any(|node| node.is_ok_and(|node| node.file_name().to_string_lossy().starts_with("renderD")))
        })
}

fn wgpu(only_cards: bool) -> WgpuConfiguration {
    let mut setup = WgpuSetupCreateNew::without_display_handle();
    // OpenGL has a renderer of its own.
    setup.instance_descriptor.backends = Backends::from_env().unwrap_or(Backends::PRIMARY);
    setup.native_adapter_selector = only_cards.then(|| Arc::new(choose_card) as NativeAdapterSelectorMethod);
    let describe = Arc::clone(&setup.device_descriptor);
    setup.device_descriptor =
        Arc::new(move |adapter| DeviceDescriptor { memory_hints: MemoryHints::MemoryUsage, ..describe(adapter) });
    WgpuConfiguration { wgpu_setup: setup.into(), ..WgpuConfiguration::default() }
}

/// The card that draws a quiet window with the least power.
fn choose_card(adapters: &[Adapter], surface: Option<&Surface<'_>>) -> Result<Adapter, String> {
    let fits = |adapter: &&Adapter| surface.is_none_or(|surface| adapter.is_surface_supported(surface));
    let cards =
        adapters.iter().filter(fits).filter_map(|adapter| Some((rank(adapter.get_info().device_type)?, adapter)));
    cards.min_by_key(|(rank, _)| *rank).map(|(_, card)| card.clone()).ok_or_else(|| "there is none".to_owned())
}

/// `None` for the processor.
fn rank(kind: DeviceType) -> Option<u8> {
    match kind {
        DeviceType::IntegratedGpu => Some(0),
        DeviceType::DiscreteGpu => Some(1),
        DeviceType::VirtualGpu | DeviceType::Other => Some(2),
        DeviceType::Cpu => None,
    }
}
