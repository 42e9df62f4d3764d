//! The JSON editor as the keyboard, a screen reader and a program that types meet it.
#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

use eframe::egui::{self, Event, Key, Modifiers, Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use jwt_workbench::jose::instant::InstantFormat;
use jwt_workbench::jose::{error::Problem, json::Json, text::Span};
use jwt_workbench::ui::editor::{
    Choice, EditorBuffer, EditorInput, EditorOutput, JsonEditor, Placeholder, PlaceholderKind, TokenBuffer,
    TokenEditor, Wanted,
};
use jwt_workbench::ui::theme;
use jwt_workbench::workbench::marks::{Mark, Note};

const NAME: &str = "Claims, JSON";

struct Page {
    buffer: EditorBuffer,
    document: String,
    revision: u64,
    problem: Option<Problem>,
    hints: Vec<Mark>,
    placeholders: Vec<Placeholder>,
    focus: Option<Option<usize>>,
    find: bool,
    pending: bool,
    output: Option<EditorOutput>,
    /// Another widget, behind the editor.
    pressed: bool,
}

fn choices(wanted: Wanted) -> Vec<Choice> {
    match wanted {
        Wanted::Placeholder => ["now", "now+30m", "uuid"].map(|text| Choice::new(text, "a value")).to_vec(),
        Wanted::Name => ["iss", "sub"].map(|text| Choice::new(text, "a claim")).to_vec(),
    }
}

fn show(ui: &mut egui::Ui, page: &mut Page) {
    page.buffer.follow(&page.document, page.revision);
    let input = EditorInput {
        accessible_name: NAME,
        problem: page.problem.as_ref(),
        hints: &page.hints,
        now: 0,
        clock: InstantFormat::UTC,
        placeholders: &page.placeholders,
        underlines: &[],
        pending: page.pending,
        height: 240.0,
        focus: page.focus.take(),
        find: std::mem::take(&mut page.find),
        choices: Some(&choices),
    };
    let output = JsonEditor::new("test").show(ui, &mut page.buffer, input);
    if output.changed {
        page.buffer.text().clone_into(&mut page.document);
        page.revision += 1;
    }
    page.output = Some(output);
    page.pressed |= ui.button("Behind").clicked();
}

/// An editor of `text` that has the keyboard, with the cursor at the byte `cursor`.
fn editor(text: &str, cursor: usize) -> Harness<'static, Page> {
    let page = Page {
        buffer: EditorBuffer::default(),
        document: text.to_owned(),
        revision: 1,
        problem: None,
        hints: Vec::new(),
        placeholders: Vec::new(),
        focus: Some(Some(cursor)),
        find: false,
        pending: false,
        output: None,
        pressed: false,
    };
    let mut harness = Harness::builder()
        .with_size(vec2(480.0, 320.0))
        .with_context_setup(theme::install)
        .allow_missing_glyphs()
        .build_ui_state(show, page);
    harness.run();
    harness
}

/// Sends events as one frame, as a program that types fast does.
fn at_once(harness: &mut Harness<'_, Page>, events: impl IntoIterator<Item = Event>) {
    let mut events: Vec<Event> = events.into_iter().collect();
    let last = events.pop().expect("an event");
    events.into_iter().for_each(|event| harness.input_mut().events.push(event));
    harness.event(last);
    harness.run();
}

fn type_text(harness: &mut Harness<'_, Page>, text: &str) {
    at_once(harness, [Event::Text(text.to_owned())]);
}

fn press(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

fn text(harness: &Harness<'_, Page>) -> String {
    harness.state().buffer.text().to_owned()
}

fn cursor(harness: &Harness<'_, Page>) -> Option<usize> {
    harness.state().output.as_ref().and_then(|output| output.cursor)
}

/// Replaces `|` by the cursor, sends the events, and compares with an expected text with a `|` of its own.
#[track_caller]
fn check(before: &str, events: &[Event], after: &str) {
    let split = |text: &str| {
        let at = text.find('|').expect("a cursor");
        (text.replacen('|', "", 1), at)
    };
    let (start, at) = split(before);
    let mut harness = editor(&start, at);
    at_once(&mut harness, events.iter().cloned());
    let (expected, end) = split(after);
    assert_eq!(text(&harness), expected);
    assert_eq!(cursor(&harness), Some(end), "the cursor in {expected:?}");
}

const NONE: Modifiers = Modifiers::NONE;

#[test]
fn typing_changes_the_text_and_says_so() {
    let mut harness = editor("{}", 1);
    harness.event(Event::Text("\"ä\"".to_owned()));
    harness.step();
    let output = harness.state().output.as_ref().expect("shown");
    assert!(output.changed && output.has_focus);
    harness.run();
    assert_eq!((text(&harness), cursor(&harness)), ("{\"ä\"}".to_owned(), Some(5)));
    assert!(!harness.state().output.as_ref().expect("shown").changed);
}

#[test]
fn enter_keeps_the_indentation_and_adds_a_step_behind_an_opening_bracket() {
    let enter = [press(Key::Enter, NONE)];
    check("{|", &enter, "{\n  |");
    check("  {\n    \"a\": 1,|", &enter, "  {\n    \"a\": 1,\n    |");
    check("\t\"a\": [ |1]", &enter, "\t\"a\": [ \n\t  |1]");
    check("|{}", &enter, "\n|{}");
    check("  \"{\"|", &enter, "  \"{\"\n  |");
}

#[test]
fn tab_inserts_two_spaces_and_shift_tab_takes_them_away() {
    check("{\n|\"a\"", &[press(Key::Tab, NONE)], "{\n  |\"a\"");
    check("{\n    \"a|\"", &[press(Key::Tab, Modifiers::SHIFT)], "{\n  \"a|\"");
    check(" \"a|\"", &[press(Key::Tab, Modifiers::SHIFT)], "\"a|\"");
    check("\"a|\"", &[press(Key::Tab, Modifiers::SHIFT)], "\"a|\"");
}

#[test]
fn tab_moves_all_selected_lines() {
    let mut harness = editor("[\n1,\n\n  2\n]", 2);
    let down = press(Key::ArrowDown, Modifiers::SHIFT);
    at_once(&mut harness, [down.clone(), down.clone(), down]);
    at_once(&mut harness, [press(Key::Tab, NONE)]);
    assert_eq!(text(&harness), "[\n  1,\n\n    2\n]");
    at_once(&mut harness, [press(Key::Tab, Modifiers::SHIFT)]);
    at_once(&mut harness, [press(Key::Tab, Modifiers::SHIFT)]);
    assert_eq!(text(&harness), "[\n1,\n\n2\n]");
    type_text(&mut harness, "x");
    assert_eq!(text(&harness), "[\nx]", "the lines are still selected");
}

#[test]
fn what_a_program_types_or_pastes_arrives_exactly() {
    let typed = "{\"a\":[\"\\\"\", '{', (x)]".chars().map(|letter| Event::Text(letter.to_string()));
    check("|", &typed.collect::<Vec<_>>(), "{\"a\":[\"\\\"\", '{', (x)]|");
    check("  {|", &[Event::Paste("\n".to_owned())], "  {\n|");
    check("  {|", &[Event::Paste("\t".to_owned())], "  {\t|");
    check("|", &[Event::Paste("{\n\t\"ä\": 1\n}\n".to_owned())], "{\n\t\"ä\": 1\n}\n|");
    let line = |text: &str| Event::Text(text.to_owned());
    let all = [line("{"), press(Key::Enter, NONE), line("\"a\": 1"), press(Key::Enter, NONE), line("}")];
    check("|", &all, "{\n  \"a\": 1\n  }|");
}

#[test]
fn escape_and_tab_leave_the_text() {
    let mut harness = editor("{}", 1);
    harness.key_press(Key::Escape);
    harness.run();
    harness.key_press(Key::Tab);
    harness.run();
    assert_eq!(text(&harness), "{}");
    assert!(!harness.state().output.as_ref().expect("shown").has_focus);
    assert!(harness.get_by_label("Behind").is_focused());

    let mut harness = editor("{}", 1);
    at_once(&mut harness, [press(Key::Escape, NONE), press(Key::Tab, NONE)]);
    assert_eq!(text(&harness), "{}");
    assert!(harness.get_by_label("Behind").is_focused());

    let mut harness = editor("{}", 1);
    harness.key_press(Key::Escape);
    harness.run();
    type_text(&mut harness, " ");
    harness.key_press(Key::Tab);
    harness.run();
    assert_eq!(text(&harness), "{   }", "typing brings the tab key back");
}

#[test]
fn the_first_key_after_the_focus_is_for_the_text_too() {
    for (key, expected) in [(Key::ArrowDown, Some(2)), (Key::Tab, Some(2)), (Key::Escape, Some(0))] {
        let mut harness = editor("{\n}", 0);
        harness.get_by_label("Behind").focus();
        harness.run();
        harness.state_mut().focus = Some(Some(0));
        harness.step();
        harness.key_press(key);
        harness.run();
        assert_eq!(cursor(&harness), expected, "{key:?}");
    }
}

#[test]
fn undo_belongs_to_the_application() {
    let mut harness = editor("{}", 1);
    for letter in ["a", "b", "c"] {
        type_text(&mut harness, letter);
    }
    let keys = [press(Key::Z, Modifiers::COMMAND), press(Key::Y, Modifiers::COMMAND)];
    for key in keys {
        at_once(&mut harness, [key]);
        assert_eq!(text(&harness), "{abc}");
    }
    at_once(&mut harness, [Event::Text("d".to_owned()), press(Key::Z, Modifiers::COMMAND)]);
    assert_eq!(text(&harness), "{abcd}");
}

#[test]
fn the_cursor_follows_a_text_that_is_changed_from_outside() {
    let mut harness = editor("{\n  \"ä\": 1,\n  \"b\": 2\n}", 21);
    harness.state_mut().document = "{\n  \"ä\": 100000,\n  \"€\": 0,\n  \"b\": 2\n}".to_owned();
    harness.state_mut().revision += 1;
    harness.run();
    type_text(&mut harness, "X");
    assert_eq!(text(&harness), "{\n  \"ä\": 100000,\n  \"€\": 0,\n  \"b\": 2X\n}");
}

#[test]
fn focus_puts_the_cursor_at_a_byte() {
    let document = "{\"日本\": \"é\", \"b\": 2}";
    let at = document.find("\"b\"").expect("a name");
    let mut harness = editor(document, 0);
    harness.state_mut().focus = Some(Some(at));
    harness.run();
    assert_eq!(cursor(&harness), Some(at));
    at_once(&mut harness, [press(Key::ArrowLeft, NONE), Event::Text("😀".to_owned())]);
    assert_eq!(text(&harness), document.replace(", \"b\"", ",😀 \"b\""));
    assert_eq!(cursor(&harness), Some(at - 1 + "😀".len()));
}

#[test]
fn the_text_field_has_a_name_and_says_that_it_has_many_lines() {
    let harness = editor("{\n}", 0);
    let field = harness.get_by_role_and_label(Role::MultilineTextInput, NAME);
    assert!(field.is_focused());
    assert_eq!(field.accesskit_node().value().as_deref(), Some("{\n}"));
}

#[test]
fn a_problem_is_said_with_its_place_and_clicking_it_goes_there() {
    let document = "{\n  \"ä\": 1\n  \"b\": 2\n}";
    let mut harness = editor(document, 0);
    let problem = Json::parse(document).expect_err("a comma is missing");
    let place = problem.span.expect("a place").start;
    let words = format!("3:3  {}.  {}", problem.message, problem.help);
    harness.state_mut().problem = Some(problem);
    harness.run();
    harness.get_by_label(&words).click();
    harness.run();
    assert_eq!(cursor(&harness), Some(place));
}

#[test]
fn what_is_known_of_a_text_stays_while_the_next_is_being_read() {
    let mut harness = editor("[1 2]", 4);
    harness.state_mut().problem = Some(Problem::new("json-syntax", "No comma").at(Span::new(3, 4)).help("Write one."));
    harness.run();
    harness.get_by_label("1:4  No comma.  Write one.");
    let page = harness.state_mut();
    page.problem = None;
    page.pending = true;
    page.focus = Some(Some(1));
    harness.run();
    at_once(&mut harness, [Event::Paste("0,\n".to_owned())]);
    harness.get_by_label("2:3  No comma.  Write one.");
    harness.state_mut().pending = false;
    harness.run();
    assert!(harness.query_by_label_contains("No comma").is_none());
}

#[test]
fn the_line_numbers_select_lines() {
    let mut harness = editor("[\n1,\n2\n]", 0);
    let at = |line: f32| egui::pos2(12.0, 10.0 + 19.0 * line + 8.0);
    harness.drag_at(at(1.0));
    harness.run();
    harness.hover_at(at(2.0));
    harness.run();
    harness.drop_at(at(2.0));
    harness.run();
    type_text(&mut harness, "x");
    assert_eq!(text(&harness), "[\nx]");
}

#[test]
fn the_find_bar_counts_and_goes_around() {
    let mut harness = editor("iss ISS\nÄ iss", 0);
    harness.state_mut().find = true;
    harness.run();
    type_text(&mut harness, "iss");
    harness.get_by_label("1 of 3");
    for (modifiers, shown) in [(NONE, "2 of 3"), (NONE, "3 of 3"), (NONE, "1 of 3"), (Modifiers::SHIFT, "3 of 3")] {
        harness.key_press_modifiers(modifiers, Key::Enter);
        harness.run();
        harness.get_by_label(shown);
    }
    harness.get_by_label("Previous match").click();
    harness.run();
    harness.get_by_label("2 of 3");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_label("Find").is_none());
    type_text(&mut harness, "sub");
    assert_eq!(text(&harness), "iss sub\nÄ iss", "what was found is selected");
}

#[test]
fn the_find_bar_says_when_there_is_nothing() {
    let mut harness = editor("{}", 0);
    harness.state_mut().find = true;
    harness.run();
    type_text(&mut harness, "x");
    harness.get_by_label("nothing found");
    assert_eq!(text(&harness), "{}");
}

#[test]
fn a_long_text_scrolls_to_the_cursor() {
    let document = format!("[{}\n1]", "\n  \"0123456789\",".repeat(2_000));
    let mut harness = editor(&document, document.len() - 2);
    type_text(&mut harness, "7");
    assert!(text(&harness).ends_with("\n71]"));
    assert_eq!(cursor(&harness), Some(document.len() - 1));
}

#[test]
fn a_line_of_a_megabyte_is_typed_into_like_any_other() {
    let text_before = format!("[\n{}0]\n", "\"wört-\\\"{{now}}\", ".repeat(50_000));
    let middle = text_before[..text_before.len() / 2].rfind("wört").expect("a word");
    let last = text_before.rfind("wört").expect("a word");
    for place in [3, middle, last] {
        let mut harness = editor(&text_before, place);
        type_text(&mut harness, "é");
        at_once(&mut harness, [press(Key::ArrowRight, Modifiers::NONE), press(Key::Enter, Modifiers::NONE)]);
        at_once(&mut harness, [Event::Text("x".to_owned()), press(Key::Backspace, Modifiers::NONE)]);
        let (before, behind) = text_before.split_at(place);
        let (next, rest) = behind.split_at(1);
        assert!(text(&harness) == format!("{before}é{next}\n{rest}"), "typed at {place}");
        assert_eq!(cursor(&harness), Some(place + "é".len() + 2));
    }
}

#[test]
fn page_down_goes_a_page_down() {
    let document = "1,\n".repeat(100);
    let mut harness = editor(&document, 1);
    at_once(&mut harness, [press(Key::PageDown, NONE)]);
    let line = cursor(&harness).expect("the keyboard") / 3;
    assert!((8..=12).contains(&line), "{line} lines of 19 points are not a page of 240");
    at_once(&mut harness, [press(Key::PageUp, NONE)]);
    assert_eq!(cursor(&harness), Some(1));
}

#[test]
fn a_frame_holds_only_the_rows_that_can_be_seen() {
    let document = "\"a line\",\n".repeat(5_000);
    let mut harness = editor(&document, 40_000);
    harness.state_mut().hints =
        (0..5_000).map(|line| Mark { offset: line * 10, note: Note::Words("beside".to_owned()) }).collect();
    harness.run();
    let rows = |harness: &Harness<'_, Page>| -> usize {
        let text = |shape: &egui::Shape| if let egui::Shape::Text(text) = shape { text.galley.rows.len() } else { 0 };
        harness.output().shapes.iter().map(|clipped| text(&clipped.shape)).sum()
    };
    // The letters, those of the text field, the numbers and the hints, of a dozen lines each.
    assert!((40..=80).contains(&rows(&harness)), "{} rows", rows(&harness));
    at_once(&mut harness, [press(Key::A, Modifiers::COMMAND)]);
    assert!((40..=80).contains(&rows(&harness)), "{} rows", rows(&harness));
}

#[test]
fn marks_of_another_text_do_no_harm() {
    let mut harness = editor("{\"ä\": 1}", 0);
    let page = harness.state_mut();
    let mark = |offset, words: &str| Mark { offset, note: Note::Words(words.to_owned()) };
    page.hints = vec![mark(3, "inside a letter"), mark(usize::MAX, "far away")];
    page.placeholders =
        [Span::new(3, 4), Span::new(90, 99)].map(|span| Placeholder { span, kind: PlaceholderKind::Variable }).to_vec();
    page.problem = Some(Problem::new("json-syntax", "Somewhere").at(Span::new(3, usize::MAX)));
    page.focus = Some(Some(3));
    harness.run();
    harness.state_mut().focus = Some(Some(usize::MAX));
    harness.run();
    type_text(&mut harness, "x");
    assert_eq!(text(&harness), "{\"ä\": 1}x");
}

/// A window with the editor for tokens.
fn token_window(text: &str) -> Harness<'static, (TokenBuffer, bool)> {
    let mut buffer = TokenBuffer::default();
    buffer.follow(text);
    let mut window = Harness::builder().with_size([320.0, 240.0]).with_context_setup(theme::install).build_ui_state(
        |ui, (buffer, changed): &mut (TokenBuffer, bool)| *changed |= token_editor(ui, buffer),
        (buffer, false),
    );
    window.run_steps(3);
    window
}

fn token_editor(ui: &mut egui::Ui, buffer: &mut TokenBuffer) -> bool {
    let focus = ui.memory(|memory| memory.focused().is_none());
    let editor = TokenEditor {
        accessible_name: "Token",
        height: (60.0, 120.0),
        focus,
        keeps_undo: true,
        ..TokenEditor::default()
    };
    editor.show(ui, "test", buffer).changed
}

#[test]
fn a_token_is_typed_pasted_and_deleted_like_any_text() {
    let mut window = token_window("");
    window.event(Event::Paste("eyJ".repeat(40)));
    window.run_steps(2);
    window.event(Event::Text(".x".to_owned()));
    window.run_steps(2);
    assert_eq!(window.state().0.text(), format!("{}.x", "eyJ".repeat(40)));
    assert!(window.state().1, "it says that it was changed");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(2);
    window.key_press(Key::Backspace);
    window.run_steps(2);
    assert_eq!(window.state().0.text(), "");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_steps(2);
    assert!(!window.state().0.text().is_empty(), "that can be taken back");
}

#[test]
fn the_cursor_walks_over_the_rows_of_a_token() {
    let mut window = token_window(&"a".repeat(200));
    window.key_press_modifiers(Modifiers::CTRL, Key::Home);
    window.run_steps(2);
    window.key_press(Key::ArrowDown);
    window.run_steps(2);
    window.event(Event::Text("|".to_owned()));
    window.run_steps(2);
    let row = window.state().0.text().find('|').expect("typed");
    assert!((30..60).contains(&row), "a row has {row} letters");
}

#[test]
fn a_megabyte_without_white_space_is_shown_and_typed_into_at_once() {
    let context = egui::Context::default();
    theme::install(&context);
    let mut buffer = TokenBuffer::default();
    buffer.follow(&"A".repeat(1_000_000));
    let mut frame = |events: Vec<Event>| {
        let start = std::time::Instant::now();
        let input = egui::RawInput {
            events,
            screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, vec2(600.0, 400.0))),
            ..egui::RawInput::default()
        };
        let mut output = context.run_ui(input, |ui| {
            token_editor(ui, &mut buffer);
        });
        output.textures_delta.clear();
        (start.elapsed(), buffer.text().len())
    };
    let (first, _) = frame(Vec::new());
    frame(Vec::new());
    let (typed, length) = frame(vec![Event::Text("B".to_owned())]);
    assert_eq!(length, 1_000_001);
    let limit = std::time::Duration::from_millis(400);
    assert!(first < limit && typed < limit, "{first:?} and {typed:?}, unoptimised");
}

#[test]
fn a_placeholder_is_completed_by_keyboard_in_one_change() {
    check("{\"a\": \"|\"}", &[Event::Text("{".into()), Event::Text("{".into())], "{\"a\": \"{{|\"}");
    let mut harness = editor("{\"a\": \"\"}", 7);
    type_text(&mut harness, "{");
    type_text(&mut harness, "{");
    let list = harness.get_by_role_and_label(Role::ListBox, "Suggestions");
    assert_eq!(list.children().count(), 3);
    at_once(&mut harness, [press(Key::ArrowDown, Modifiers::NONE)]);
    at_once(&mut harness, [press(Key::ArrowDown, Modifiers::NONE)]);
    let revision = harness.state().revision;
    at_once(&mut harness, [press(Key::Enter, Modifiers::NONE)]);
    assert_eq!(text(&harness), "{\"a\": \"{{now+30m}}\"}");
    assert_eq!(cursor(&harness), Some(18));
    assert_eq!(harness.state().revision, revision + 1);
    assert_eq!(harness.query_all_by_role(Role::ListBox).count(), 0);
}

#[test]
fn keys_stay_with_the_text_while_nothing_is_chosen() {
    let mut harness = editor("{\"a\": \"\"}", 7);
    type_text(&mut harness, "{");
    type_text(&mut harness, "{");
    at_once(&mut harness, [press(Key::Enter, Modifiers::NONE)]);
    assert_eq!(text(&harness), "{\"a\": \"{{\n  \"}");
}

#[test]
fn escape_closes_the_list_and_not_the_editor() {
    let mut harness = editor("{\n  \n}", 4);
    type_text(&mut harness, "\"");
    assert_eq!(harness.query_all_by_role(Role::ListBox).count(), 1);
    at_once(&mut harness, [press(Key::Escape, Modifiers::NONE)]);
    assert_eq!(harness.query_all_by_role(Role::ListBox).count(), 0);
    type_text(&mut harness, "i");
    assert_eq!(harness.query_all_by_role(Role::ListBox).count(), 0, "it stays closed");
    assert_eq!(cursor(&harness), Some(6));
    at_once(&mut harness, [press(Key::Space, Modifiers::CTRL)]);
    assert_eq!(harness.query_all_by_role(Role::ListBox).count(), 1, "it opens when it is asked for");
    at_once(&mut harness, [press(Key::Tab, Modifiers::NONE)]);
    assert_eq!(text(&harness), "{\n  \"iss\": \n}");
    assert_eq!(cursor(&harness), Some(11));
}

#[test]
fn a_click_takes_a_completion() {
    let mut harness = editor("{\n  \n}", 4);
    type_text(&mut harness, "\"");
    harness.get_by_role_and_label(Role::ListBoxOption, "sub").click();
    harness.run();
    assert_eq!(text(&harness), "{\n  \"sub\": \n}");
    assert_eq!(cursor(&harness), Some(11), "the text keeps the keyboard");
}
