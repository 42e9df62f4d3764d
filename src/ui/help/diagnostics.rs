//! What a bug report needs, as a text to copy. Nothing of the user's is in it: no claims, no tokens, no keys, and no
//! names of files or folders. So what goes in is named one by one.

use eframe::egui::Context;

use super::build;
use crate::jobs::system;
use crate::workbench::Workbench;

/// The text.
pub fn diagnostics(ctx: &Context, workbench: &Workbench, graphics: &str) -> String {
    let size = ctx.content_rect().size();
    let settings = workbench.settings();
    let (safety, new) = (settings.safety, settings.new_drafts);
    let yes = |is: bool| if is { "yes" } else { "no" };
    [
        format!("JWT Workbench {}", build::version()),
        format!("Built with {}", build::libraries()),
        format!("System: {}", system::system()),
        format!("Drawn by: {graphics}"),
        format!("Window: {:.0} x {:.0} points, {:.2} pixels a point", size.x, size.y, ctx.pixels_per_point()),
        format!("Theme: {}, zoom {:.0} %", settings.theme.label(), settings.scale * 100.0),
        format!("Page: {}", settings.page.label()),
        format!("Drafts kept: {}", yes(safety.keep_drafts)),
        format!(
            "Clipboard cleared: secrets after {} s, tokens after {} s (0 is never), on exit: {}",
            safety.clear_secrets_after,
            safety.clear_tokens_after,
            yes(safety.clear_on_exit)
        ),
        format!("New drafts: {}, valid for {} s (0 is for ever)", new.algorithm.name(), new.lifetime),
        format!("Variants compared: {}", workbench.comparison().variants().len()),
    ]
    .join("\n")
}
