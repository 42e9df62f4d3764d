//! The choice of an algorithm, by family.

use eframe::egui::Ui;

use super::widgets::select;
use crate::jose::jwa::{Algorithm, Family};

/// Width of the closed selector, in points.
const WIDTH: f32 = 112.0;

/// A selector called `name`; returns the algorithm that the user chooses instead.
pub(super) fn choose(ui: &mut Ui, name: &str, current: Option<Algorithm>) -> Option<Algorithm> {
    let families = [Family::Hmac, Family::RsaPkcs1, Family::RsaPss, Family::Ecdsa, Family::EdDsa];
    let groups = families.map(|family| {
        let members = Algorithm::ALL.iter().copied().filter(|algorithm| algorithm.family() == family);
        (family.label(), members.map(|algorithm| (Some(algorithm), algorithm.name(), algorithm.summary())).collect())
    });
    select::choose_grouped(ui, name, current, &groups, WIDTH).flatten()
}
