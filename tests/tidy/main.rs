//! Rules of the house that the compiler does not know: layers, purity, size of files, colours, examples.
//!
//! Every rule reads the sources as they are; `tests` below proves that each of them finds what it forbids.

mod cards;
mod rules;
mod source;

use std::fs;
use std::path::{Path, PathBuf};

use rules::Finding;
use source::Source;

/// Every source file of the program, in order of their paths.
fn sources() -> Vec<Source> {
    let mut sources: Vec<Source> = files("src")
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| Source::new(&path.to_string_lossy().replace('\\', "/"), &read(&path)))
        .collect();
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

/// All files below a folder of the package; none when there is no such folder.
fn files(folder: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .filter_map(Result::ok)
        .flat_map(|entry| {
            let path = entry.path();
            if path.is_dir() { files(&path.to_string_lossy()) } else { vec![path] }
        })
        .collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[track_caller]
fn check(rule: fn(&Source) -> Vec<Finding>) {
    let findings: Vec<String> = sources().iter().flat_map(rule).map(|finding| finding.to_string()).collect();
    assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
}

#[test]
fn every_module_has_a_place_among_the_layers() {
    check(rules::known_layer);
}

#[test]
fn a_layer_uses_only_what_stands_below_it() {
    check(rules::layers);
}

#[test]
fn only_the_window_knows_egui() {
    check(rules::toolkit);
}

#[test]
fn the_pure_layers_touch_no_file_thread_or_clock() {
    check(rules::purity);
}

#[test]
fn files_stay_short() {
    check(rules::length);
}

#[test]
fn nothing_can_panic_on_a_missing_value() {
    check(rules::unwrapping);
}

#[test]
fn colours_come_from_the_theme() {
    check(rules::colours);
}

#[test]
fn sizes_of_text_and_distances_are_steps_of_the_scale() {
    check(rules::measures);
}

#[test]
fn every_example_is_json() {
    for path in files("assets").iter().filter(|path| path.extension().is_some_and(|extension| extension == "json")) {
        let parsed: Result<serde_json::Value, _> = serde_json::from_str(&read(path));
        assert!(parsed.is_ok(), "{}: {}", path.display(), parsed.unwrap_err());
    }
}

mod tests {
    use super::*;

    #[track_caller]
    fn check(rule: fn(&Source) -> Vec<Finding>, path: &str, text: &str, lines: &[usize]) {
        let found: Vec<usize> = rule(&Source::new(path, text)).iter().map(|finding| finding.line).collect();
        assert_eq!(found, lines, "{path}: {text}");
    }

    #[test]
    fn an_upward_arrow_is_found_however_it_is_written() {
        let jose = "src/jose/compact.rs";
        check(rules::layers, jose, "use crate::ui::Theme;", &[1]);
        check(rules::layers, jose, "use std::fmt;\nuse crate::{jose::Key, measure::{Sizes}};", &[2]);
        check(rules::layers, jose, "use crate::{\n    jose::Key,\n    workbench,\n};", &[3]);
        check(rules::layers, jose, "use super::super::ui::Theme;", &[1]);
        check(rules::layers, jose, "pub(crate) use crate::template as other;", &[1]);
        check(rules::layers, jose, "fn f() -> crate::jobs::Job {\n    todo!(\"{}\", crate::cli::NAME)\n}", &[1, 2]);
        check(rules::layers, jose, "mod inner {\n    use super::super::super::app;\n}", &[2]);
        check(rules::layers, jose, "use jwt_workbench::ui;", &[1]);
        check(rules::layers, "src/jose/json/mod.rs", "use super::super::workbench::Draft;", &[1]);
        check(rules::layers, "src/measure/sizes.rs", "use crate::template::Rendering;", &[1]);
        check(rules::layers, "src/workbench/draft.rs", "use crate::jobs::clock;", &[1]);
        check(rules::layers, "src/cli/mint.rs", "use crate::ui::Theme;", &[1]);
        check(rules::layers, "src/ui/craft.rs", "use crate::app::App;", &[1]);
    }

    #[test]
    fn arrows_that_run_downward_or_along_are_fine() {
        check(rules::layers, "src/jose/jws.rs", "use crate::jose::{Key, error::Problem};\nuse super::text::Span;", &[]);
        check(rules::layers, "src/ui/craft.rs", "use crate::workbench::Workbench;\nfn f(k: &crate::jose::Key) {}", &[]);
        check(rules::layers, "src/main.rs", "use jwt_workbench::{app, cli};", &[]);
        check(rules::layers, "src/lib.rs", "pub mod ui;\nuse crate::app::App;", &[]);
        check(rules::layers, "src/jose/mod.rs", "mod inner {\n    use super::error;\n}\nuse self::text::Span;", &[]);
    }

    #[test]
    fn comments_and_texts_are_no_code() {
        let text = "// use crate::ui;\n/* crate::ui /* x */ crate::ui */\nconst A: &str = r#\"crate::ui::\"#;\n\
                    const B: &str = \"\\\"crate::ui::\"; const C: char = '\"'; fn f<'a>(x: &'a u8) {}";
        check(rules::layers, "src/jose/x.rs", text, &[]);
        check(rules::layers, "src/jose/x.rs", &format!("{text}\nuse crate::ui;"), &[5]);
    }

    #[test]
    fn a_module_without_a_place_is_found() {
        check(rules::known_layer, "src/elsewhere/mod.rs", "", &[1]);
        check(rules::known_layer, "src/jose/mod.rs", "", &[]);
    }

    #[test]
    fn the_toolkit_below_the_window_is_found() {
        check(rules::toolkit, "src/workbench/draft.rs", "use eframe::egui;\nfn f(ui: &mut egui::Ui) {}", &[1, 2]);
        check(rules::toolkit, "src/cli/mod.rs", "use egui_plot::Plot;", &[1]);
        check(rules::toolkit, "src/ui/craft.rs", "use eframe::egui;", &[]);
        check(rules::toolkit, "src/app.rs", "use eframe::egui;", &[]);
    }

    #[test]
    fn files_threads_and_clocks_in_a_pure_layer_are_found() {
        check(rules::purity, "src/jose/key.rs", "use std::{fmt, fs::File};", &[1]);
        check(rules::purity, "src/template/file.rs", "fn f() { std::thread::sleep(x) }", &[1]);
        check(rules::purity, "src/workbench/draft.rs", "use std::time::{Duration, SystemTime};", &[1]);
        check(rules::purity, "src/workbench/draft.rs", "let now = chrono::Utc::now();", &[1]);
        check(rules::purity, "src/jose/key.rs", "use std::path::Path;\nuse std::time::Duration;", &[]);
        check(rules::purity, "src/measure/sampler.rs", "use std::time::Instant;", &[]);
        check(rules::purity, "src/measure/sampler.rs", "use std::time::SystemTime;", &[1]);
        check(rules::purity, "src/jobs/files.rs", "use std::fs;", &[]);
        check(rules::purity, "src/jose/key.rs", "#[cfg(test)]\nmod tests {\n    use std::fs;\n}", &[]);
    }

    #[test]
    fn long_files_are_found() {
        check(rules::length, "src/jose/key.rs", &"\n".repeat(rules::LONGEST), &[]);
        check(rules::length, "src/jose/key.rs", &"\n".repeat(rules::LONGEST + 1), &[rules::LONGEST + 1]);
    }

    #[test]
    fn unwrapping_is_found_outside_tests() {
        check(rules::unwrapping, "src/jose/key.rs", "a\n    .unwrap();\nb.expect(\"c\");", &[2, 3]);
        check(
            rules::unwrapping,
            "src/jose/key.rs",
            "a.unwrap_or(1); b.unwrap_or_default(); #[expect(x)] fn f() {}",
            &[],
        );
        let tested = "#[cfg(test)]\n#[track_caller]\nfn check() { a.unwrap() }\n#[cfg(test)]\nmod tests;\nb.unwrap();";
        check(rules::unwrapping, "src/jose/key.rs", tested, &[6]);
    }

    #[test]
    fn sizes_and_distances_beside_the_scale_are_found() {
        let pane = "src/ui/craft/key_pane.rs";
        check(rules::measures, pane, "ui.add_space(6.0);\nfonts::medium(12.5);\nx.size(11.0);", &[1, 2, 3]);
        check(rules::measures, pane, "ui.spacing_mut().item_spacing = vec2(space::S, 5.0);", &[1]);
        check(rules::measures, pane, "ui.spacing_mut().item_spacing.x = space::XS + 2.0;", &[1]);
        check(rules::measures, pane, "item_spacing = vec2(2.0 * space::L, 0.0);\nadd_space(space::M);", &[]);
        check(rules::measures, "src/ui/theme/measures.rs", "fonts::medium(12.5);", &[]);
        check(rules::measures, pane, "#[cfg(test)]\nmod tests {\n    fn f() { fonts::medium(12.5) }\n}", &[]);
    }

    #[test]
    fn colours_outside_the_theme_are_found() {
        check(rules::colours, "src/ui/craft.rs", "Color32::from_rgb(1, 2, 3);\negui::Color32::RED;", &[1, 2]);
        check(rules::colours, "src/ui/craft.rs", "hex_color!(\"#123456\");\nColor32::TRANSPARENT;", &[1]);
        check(rules::colours, "src/ui/theme.rs", "Color32::from_rgb(1, 2, 3)", &[]);
        check(rules::colours, "src/ui/theme/dark.rs", "Color32::from_rgb(1, 2, 3)", &[]);
    }
}
