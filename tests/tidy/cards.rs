//! Every card with figures in it says what they are.

/// The titles, as they are in the source, of cards without figures of their own: texts, lists and choices.
const WITHOUT_FIGURES: [&str; 16] = [
    "\"Claims\"",
    "\"Decoded\"",
    "\"Faulty rows\"",
    "\"First rows\"",
    "\"First tokens\"",
    "\"Header\"",
    "\"How many\"",
    "\"No keys yet\"",
    "\"Not saved\"",
    "\"Rows\"",
    "\"Text\"",
    "\"Variables\"",
    "\"What is minted\"",
    "\"Why is a token refused?\"",
    // The groups of the settings.
    "self.title",
    // One exchange of the login lab, as text.
    "&title",
];

/// The titles of the cards of a source text that explain nothing, and how many cards there are.
fn silent(text: &str) -> (Vec<&str>, usize) {
    let calls = text.split("Card::new(").skip(1);
    let titles = calls.clone().filter_map(|call| {
        let (title, rest) = call.split_once(").").unwrap_or((call, ""));
        (!rest.starts_with("explains(")).then_some(title)
    });
    (titles.collect(), calls.count())
}

#[test]
fn every_card_with_figures_says_what_they_are() {
    let mut all = 0;
    for path in crate::files("src/ui") {
        // Calls as if they stood on one line.
        let text: String = crate::read(&path).lines().map(str::trim).collect();
        let (silent, cards) = silent(&text);
        all += cards;
        for title in silent {
            assert!(WITHOUT_FIGURES.contains(&title), "{}: the card {title} explains nothing", path.display());
        }
    }
    assert!(all > 40, "{all} cards were found");
}

#[test]
fn a_card_that_explains_nothing_is_found() {
    let text = "Card::new(\"A\").subtitle(x);Card::new(\"B\").explains(&[Topic::Run]);Card::new(title(run)).show(ui)";
    assert_eq!(silent(text), (vec!["\"A\"", "title(run)"], 3));
}
