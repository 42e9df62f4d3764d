//! Rules for the whole accessibility tree of a window: every control has a name that can be read out, a role with the state
//! that belongs to it, and a place in the order of the tab key.

use std::collections::{HashMap, HashSet};

use eframe::egui::accesskit::{Action, Role};
use eframe::egui::{Color32, Key, Modifiers, Rect, Shape};
use egui_kittest::kittest::{AccessKitNode, NodeT as _};
use egui_kittest::{Harness, Node};
use jwt_workbench::ui::theme::Tokens;

/// More controls than any page has.
const MOST_STOPS: usize = 400;
/// Centres that are nearer than this stand on one line, in points.
const SAME_LINE: f32 = 3.0;

/// Refuses what a screen reader could not tell, or the keyboard not reach.
#[track_caller]
pub(crate) fn check<State>(window: &mut Harness<'_, State>, place: &str) {
    let mut faults = faults(&window.root());
    faults.extend(walk(window));
    assert!(faults.is_empty(), "{place}:\n  {}", faults.join("\n  "));
}

/// The same where the tab key does not go around, as in a menu.
#[track_caller]
pub(crate) fn check_nodes<State>(window: &Harness<'_, State>, place: &str) {
    let faults = faults(&window.root());
    assert!(faults.is_empty(), "{place}:\n  {}", faults.join("\n  "));
}

/// What can be reached: a dialog alone where there is one, or else everything.
fn reachable<'tree>(root: &Node<'tree>) -> Vec<Node<'tree>> {
    let dialog = root.children_recursive().filter(|node| node.accesskit_node().is_modal()).last();
    dialog.unwrap_or(*root).children_recursive().collect()
}

/// What is wrong with the nodes as they are.
fn faults(root: &Node<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen: HashMap<(String, Role, String), usize> = HashMap::new();
    for node in reachable(root) {
        let node = node.accesskit_node();
        if node.is_hidden() {
            continue;
        }
        let name = node.label().unwrap_or_default();
        let told = format!("{:?} “{name}”", node.role());
        let spoken = [Some(name.clone()), node.description(), node.value().filter(|_| !is_field(node.role()))];
        if spoken.iter().flatten().any(|text| text.chars().any(is_private)) {
            faults.push(format!("{told} has a glyph in its words"));
        }
        if !is_control(&node) {
            continue;
        }
        if !name.chars().any(char::is_alphanumeric) {
            faults.push(format!("{told} has no name, at {:?}, in {}", node.bounding_box(), context(&node)));
        }
        faults.extend(state_fault(&node).map(|fault| format!("{told} {fault}")));
        *seen.entry((context(&node), node.role(), name)).or_default() += 1;
    }
    let twice = seen.into_iter().filter(|(_, count)| *count > 1);
    faults.extend(twice.map(|((context, role, name), count)| format!("{count} times {role:?} “{name}” in {context}")));
    faults.sort();
    faults
}

/// The names of what a node stands in, from near to far.
fn context(node: &AccessKitNode<'_>) -> String {
    let mut names = Vec::new();
    let mut above = node.parent();
    while let Some(parent) = above {
        // Nothing is read out of what only lays things out.
        let told = parent.role() != Role::GenericContainer;
        names.extend(parent.label().filter(|name| told && !name.is_empty()));
        above = parent.parent();
    }
    if names.is_empty() { "the window".to_owned() } else { names.join(" < ") }
}

fn is_private(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

const fn is_field(role: Role) -> bool {
    matches!(role, Role::TextInput | Role::MultilineTextInput | Role::PasswordInput | Role::SearchInput)
}

fn takes_keyboard(node: &AccessKitNode<'_>) -> bool {
    node.data().supports_action(Action::Focus)
}

/// Whether something can be done with it.
fn is_control(node: &AccessKitNode<'_>) -> bool {
    takes_keyboard(node)
        || is_field(node.role())
        || matches!(
            node.role(),
            Role::Button
                | Role::Link
                | Role::CheckBox
                | Role::RadioButton
                | Role::ComboBox
                | Role::Slider
                | Role::SpinButton
                | Role::Switch
                | Role::Tab
                | Role::MenuItem
                | Role::MenuItemCheckBox
                | Role::MenuItemRadio
                | Role::ListBoxOption
        )
}

/// What its role promises and it does not tell.
fn state_fault(node: &AccessKitNode<'_>) -> Option<&'static str> {
    let fault = match node.role() {
        Role::CheckBox | Role::RadioButton | Role::Switch | Role::MenuItemCheckBox | Role::MenuItemRadio => {
            (node.toggled().is_none(), "does not tell whether it is on")
        }
        Role::Tab | Role::ListBoxOption => {
            (node.is_selected().is_none() && node.toggled().is_none(), "does not tell whether it is selected")
        }
        Role::Slider | Role::SpinButton | Role::ScrollBar | Role::Splitter => {
            let [least, most] = [node.min_numeric_value(), node.max_numeric_value()];
            (node.numeric_value().is_none() || least.is_none() || most.is_none(), "has no value in a range")
        }
        role if is_field(role) => (node.value().is_none(), "has no value"),
        Role::Unknown | Role::GenericContainer | Role::Label | Role::Image | Role::Group => {
            (true, "takes the keyboard but has no role of a control")
        }
        _ => (false, ""),
    };
    fault.0.then_some(fault.1)
}

/// No ring is farther from what has the keyboard than this, in points.
const NEAR: f32 = 10.0;

/// One stop of the tab key.
struct Stop {
    id: String,
    told: String,
    rect: Rect,
    card: String,
}

fn focused<State>(window: &Harness<'_, State>) -> Option<Stop> {
    let node = window.root().children_recursive().find(|node| node.accesskit_node().is_focused())?;
    let consumer = node.accesskit_node();
    Some(Stop {
        id: format!("{:?}", consumer.id()),
        told: format!("{:?} “{}”", consumer.role(), consumer.label().unwrap_or_default()),
        rect: node.rect(),
        card: context(&consumer),
    })
}

fn press<State>(window: &mut Harness<'_, State>, key: Key) {
    window.key_press_modifiers(Modifiers::NONE, key);
    // What is not in view takes some frames to come there.
    window.run_steps(8);
}

/// Whether the focus ring is drawn around a good part of it, or the cursor in it.
fn is_seen<State>(window: &Harness<'_, State>, stop: &Stop) -> bool {
    // What is out of date is drawn paler.
    let ring = |colour: Color32| {
        let [red, green, blue, alpha] = colour.to_srgba_unmultiplied();
        let is = |wanted: Color32| {
            let same = |(one, other): (u8, u8)| one.abs_diff(other) <= 4;
            [(red, wanted.r()), (green, wanted.g()), (blue, wanted.b())].into_iter().all(same)
        };
        alpha > 100 && [Tokens::dark(), Tokens::light()].iter().any(|tokens| is(tokens.accent.main))
    };
    let shows = |shape: &Shape, clip: Rect| {
        let part = stop.rect.intersect(clip);
        let drawn = shape.visual_bounding_rect();
        // The ring around a field goes around its unit or button, too.
        let around = || {
            let close = part.y_range().expand(NEAR).contains(drawn.top())
                && part.y_range().expand(NEAR).contains(drawn.bottom());
            part.is_positive() && close && drawn.intersect(part).area() > part.area() / 5.0
        };
        match shape {
            Shape::Rect(rect) => ring(rect.stroke.color) && around(),
            Shape::LineSegment { points: [from, to], stroke } => {
                ring(stroke.color) && from.x == to.x && part.contains(drawn.center())
            }
            _ => false,
        }
    };
    window.output().shapes.iter().any(|shape| any(&shape.shape, &|it| shows(it, shape.clip_rect)))
}

fn any(shape: &Shape, holds: &dyn Fn(&Shape) -> bool) -> bool {
    match shape {
        Shape::Vec(shapes) => shapes.iter().any(|shape| any(shape, holds)),
        shape => holds(shape),
    }
}

/// Lines are read from the left. What was scrolled since is where it is now.
fn order_fault<State>(window: &Harness<'_, State>, from: &Stop, to: &Stop) -> Option<String> {
    let is_from = |node: &Node<'_>| format!("{:?}", node.accesskit_node().id()) == from.id;
    let before = window.root().children_recursive().find(is_from)?.rect();
    let same_line = (before.center().y - to.rect.center().y).abs() < SAME_LINE && from.card == to.card;
    let backwards = same_line && to.rect.center().x < before.center().x;
    backwards.then(|| format!("{} comes before {} in {}", from.told, to.told, to.card))
}

/// Goes once around with the tab key: every control is a stop, none keeps the keyboard, and lines are read from the left.
fn walk<State>(window: &mut Harness<'_, State>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut stops: Vec<Stop> = Vec::new();
    let mut visited = HashSet::new();
    for _ in 0..MOST_STOPS {
        press(window, Key::Tab);
        let Some(mut stop) = focused(window) else { continue };
        if stops.last().is_some_and(|last| last.id == stop.id) {
            // An editor writes a tab; Escape, which closes the find bar first, and the tab key leave it.
            press(window, Key::Escape);
            press(window, Key::Escape);
            press(window, Key::Tab);
            let Some(next) = focused(window).filter(|next| next.id != stop.id) else {
                faults.push(format!("{} keeps the keyboard", stop.told));
                break;
            };
            stop = next;
        }
        if !visited.insert(stop.id.clone()) {
            break;
        }
        if let Some(last) = stops.last() {
            faults.extend(order_fault(window, last, &stop));
        }
        if !is_seen(window, &stop) {
            faults.push(format!(
                "{} in {} does not show that it has the keyboard, at {:?}",
                stop.told, stop.card, stop.rect
            ));
        }
        stops.push(stop);
    }
    for node in reachable(&window.root()) {
        let node = node.accesskit_node();
        if !takes_keyboard(&node)
            || node.is_disabled()
            || node.is_hidden()
            || visited.contains(&format!("{:?}", node.id()))
        {
            continue;
        }
        let told = format!("{:?} “{}”", node.role(), node.label().unwrap_or_default());
        let card = context(&node);
        // Figures that came meanwhile may have given it another identifier; the arrow keys go on along rows.
        let row = format!("{:?} ", Role::Row);
        let same = |stop: &Stop| stop.told == told || (told.starts_with(&row) && stop.told.starts_with(&row));
        if !stops.iter().any(|stop| same(stop) && stop.card == card) {
            faults.push(format!("{told} in {card} is never reached"));
        }
    }
    faults
}
