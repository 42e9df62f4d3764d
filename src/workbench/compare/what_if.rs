//! "What if": changes of a variant that are looked at before they are made.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::minimal::claims_object;
use super::variant::{Variant, VariantId};
use crate::jose::error::Problem;
use crate::jose::json::{self, Json, Kind, Serialization};
use crate::jose::jwa::Algorithm;
use crate::jose::text::{Edit, Replacement, shown};
use crate::template::file::TemplateFile;

/// The most names that stand in the name of an outcome; how many more there are is counted.
const MOST_NAMED: usize = 3;

/// The changes asked for; none is made until they are applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The names of claims that are left out.
    pub without: BTreeSet<String>,
    /// Other names for claims, by the name they have.
    pub renamed: BTreeMap<String, String>,
    /// Another algorithm.
    pub algorithm: Option<Algorithm>,
    /// Another serialization.
    pub serialization: Option<Serialization>,
}

impl Changes {
    /// Whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The template with the changes made by minimal edits; everything else stays byte for byte. Names that no claim has
    /// are ignored.
    ///
    /// # Errors
    /// When a text that is to be changed is no JSON object, or a new name is taken or empty.
    pub fn apply(&self, template: &TemplateFile) -> Result<TemplateFile, Problem> {
        let mut changed = template.clone();
        if !self.without.is_empty() || !self.renamed.is_empty() {
            let claims = claims_object(template)?;
            let edit = json::remove_members(claims.root(), |member| self.without.contains(member.name().as_ref()));
            changed.claims = edit.apply(&template.claims);
            changed.claims = self.with_new_names(&changed)?;
        }
        if let Some(algorithm) = self.algorithm {
            let header = Json::parse(&template.header)?;
            if header.root().kind() != Kind::Object {
                let problem = Problem::new("not-an-object", "The header of this variant is no JSON object.");
                return Err(problem.help("Choose another variant."));
            }
            let edit = json::set_member(header.root(), "alg", &json::quote(algorithm.name()));
            changed.header = edit.apply(&template.header);
        }
        if let Some(serialization) = self.serialization {
            changed.serialization = serialization;
        }
        Ok(changed)
    }

    /// The claims under their new names.
    fn with_new_names(&self, template: &TemplateFile) -> Result<String, Problem> {
        let claims = claims_object(template)?;
        // The name a claim has now, by the one it gets: duplicates of one claim get the same.
        let mut taken: BTreeMap<Cow<'_, str>, Cow<'_, str>> = BTreeMap::new();
        let mut edits = Vec::new();
        for member in claims.root().members() {
            let old = member.name();
            let new = match self.renamed.get(old.as_ref()) {
                Some(new) => Cow::Owned(new.clone()),
                None => old.clone(),
            };
            if new != old {
                check_name(&new)?;
                edits.push(Replacement { span: member.name_span, text: json::quote(&new) });
            }
            match taken.get(&new) {
                Some(other) if *other != old => return Err(name_taken(&new)),
                Some(_) => {}
                None => drop(taken.insert(new, old)),
            }
        }
        Ok(Edit::of(edits).apply(&template.claims))
    }

    /// The changes in plain words, fit for the name of what comes of them: "Without groups, ES256 instead".
    pub fn words(&self) -> String {
        let mut words = Vec::new();
        if !self.without.is_empty() {
            let named: Vec<&str> = self.without.iter().take(MOST_NAMED).map(String::as_str).collect();
            let more = self.without.len() - named.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            words.push(format!("without {}{more}", named.join(", ")));
        }
        for (old, new) in self.renamed.iter().take(MOST_NAMED) {
            words.push(format!("{old} as {new}"));
        }
        words.extend(self.algorithm.map(|algorithm| format!("{} instead", algorithm.name())));
        words.extend(self.serialization.map(|serialization| serialization.label().to_lowercase()));
        let words = words.join(", ");
        match words.strip_prefix("without ") {
            Some(rest) => format!("Without {rest}"),
            None => words,
        }
    }
}

fn check_name(name: &str) -> Result<(), Problem> {
    if name.is_empty() {
        return Err(Problem::new("claim-name", "A claim needs a name.").help("Type one, or leave it as it is."));
    }
    Ok(())
}

fn name_taken(name: &str) -> Problem {
    Problem::new("claim-name", format!("There is another claim called {}.", shown(name)))
        .help("Choose a name that no claim has, or leave the other one out.")
}

/// A variant with changes that are not made yet.
#[derive(Clone, Debug)]
pub struct WhatIf {
    /// The variant that is asked about.
    pub of: VariantId,
    /// The changes.
    pub changes: Changes,
    /// What would come of them: a variant with an identifier of its own, which is measured with the others.
    pub outcome: Variant,
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLAIMS: &str = "{\n  \"sub\": \"me\",\n  \"groups\": [1.0, \"a\"],\n  \"n\": 1.50, \"groups\": 2\n}";

    fn template() -> TemplateFile {
        TemplateFile::new("t", "{ \"alg\" : \"RS256\",  \"kid\":\"a\" }", CLAIMS)
    }

    fn renamed(pairs: &[(&str, &str)]) -> Changes {
        let renamed = pairs.iter().map(|(old, new)| ((*old).to_owned(), (*new).to_owned())).collect();
        Changes { renamed, ..Changes::default() }
    }

    fn without(names: &[&str]) -> Changes {
        Changes { without: names.iter().map(|name| (*name).to_owned()).collect(), ..Changes::default() }
    }

    #[test]
    fn only_what_is_changed_changes() {
        #[track_caller]
        fn check(changes: &Changes, claims: &str, words: &str) {
            let changed = changes.apply(&template()).unwrap();
            assert_eq!((changed.claims.as_str(), changes.words().as_str()), (claims, words));
            assert_eq!(changed.header, template().header);
        }
        check(&Changes::default(), CLAIMS, "");
        check(&without(&["groups", "x"]), "{\n  \"sub\": \"me\",\n  \"n\": 1.50\n}", "Without groups, x");
        check(&without(&["a", "b", "c", "d", "e"]), CLAIMS, "Without a, b, c and 2 more");
        check(&renamed(&[("groups", "g")]), &CLAIMS.replace("groups", "g"), "groups as g");
        let swapped = "{\n  \"n\": \"me\",\n  \"groups\": [1.0, \"a\"],\n  \"sub\": 1.50, \"groups\": 2\n}";
        check(&renamed(&[("sub", "n"), ("n", "sub")]), swapped, "n as sub, sub as n");
        let both = Changes { without: without(&["sub"]).without, ..renamed(&[("n", "sub"), ("sub", "x")]) };
        let claims = "{\n  \"groups\": [1.0, \"a\"],\n  \"sub\": 1.50, \"groups\": 2\n}";
        check(&both, claims, "Without sub, n as sub, sub as x");
    }

    #[test]
    fn algorithm_and_serialization_change_nothing_else() {
        let changes = Changes {
            algorithm: Some(Algorithm::ES256),
            serialization: Some(Serialization::AsTyped),
            ..Changes::default()
        };
        let changed = changes.apply(&template()).unwrap();
        assert_eq!(changed.header, "{ \"alg\" : \"ES256\",  \"kid\":\"a\" }");
        assert_eq!((changed.claims.as_str(), changed.serialization), (CLAIMS, Serialization::AsTyped));
        assert_eq!(changes.words(), "ES256 instead, as typed");
    }

    #[test]
    fn a_name_that_is_taken_or_empty_is_refused() {
        #[track_caller]
        fn check(changes: &Changes, message: &str) {
            let problem = changes.apply(&template()).unwrap_err();
            assert!(problem.message.contains(message) && !problem.help.is_empty(), "{}", problem.message);
        }
        check(&renamed(&[("sub", "n")]), "another claim called n");
        check(&renamed(&[("sub", "x"), ("n", "x")]), "another claim called x");
        check(&renamed(&[("sub", "")]), "needs a name");
        let array = TemplateFile::new("", "[]", "[]");
        assert_eq!(without(&["a"]).apply(&array).unwrap_err().code, "not-an-object");
        let algorithm = Changes { algorithm: Some(Algorithm::ES256), ..Changes::default() };
        assert_eq!(algorithm.apply(&array).unwrap_err().code, "not-an-object");
        assert!(without(&["a"]).apply(&TemplateFile::new("", "{}", "{")).is_err());
    }
}
