//! Which variant has which claim, and whether it is the baseline's.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::jose::json::{Json, Kind, Value};

/// A claim of one variant held against the baseline's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// The variant has no such claim.
    Missing,
    /// The same value as the baseline's, white space and the spelling of escapes aside; every claim of the baseline itself.
    Same,
    /// Another value of the same kind.
    Changed,
    /// A value of another kind.
    Retyped(Kind),
    /// The baseline has no such claim.
    Added,
}

/// One claim across all variants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixRow {
    /// The name of the claim.
    pub name: String,
    /// One for each variant, in their order.
    pub cells: Vec<Presence>,
}

/// The claims of several payloads: those of the baseline first, in its order, then the others as they come up.
///
/// Of claims with the same name the last one counts, as for most readers; it stands where the first one does. `None`
/// stands for a payload that is no JSON object.
pub fn matrix(payloads: &[Option<&Json>], baseline: usize) -> Vec<MatrixRow> {
    let claims: Vec<Claims<'_>> = payloads.iter().map(|payload| Claims::of(payload.map(Json::root))).collect();
    let none = Claims::default();
    let base = claims.get(baseline).unwrap_or(&none);
    let mut known = HashSet::new();
    let names = base.order.iter().chain(claims.iter().flat_map(|claims| &claims.order));
    let row = |name: &Cow<'_, str>| MatrixRow {
        name: name.to_string(),
        cells: claims.iter().map(|claims| presence(base.values.get(name), claims.values.get(name))).collect(),
    };
    names.filter(|name| known.insert(*name)).map(row).collect()
}

/// The members of one object by name.
#[derive(Default)]
struct Claims<'j> {
    /// The names in the order of the text, each once.
    order: Vec<Cow<'j, str>>,
    values: HashMap<Cow<'j, str>, Value<'j>>,
}

impl<'j> Claims<'j> {
    fn of(object: Option<Value<'j>>) -> Self {
        let mut claims = Self::default();
        for member in object.into_iter().flat_map(Value::members) {
            if claims.values.insert(member.name(), member.value).is_none() {
                claims.order.push(member.name());
            }
        }
        claims
    }
}

fn presence(base: Option<&Value<'_>>, own: Option<&Value<'_>>) -> Presence {
    match (base, own) {
        (_, None) => Presence::Missing,
        (None, Some(_)) => Presence::Added,
        (Some(base), Some(own)) if base.kind() != own.kind() => Presence::Retyped(own.kind()),
        (Some(base), Some(own)) if is_same(*base, *own) => Presence::Same,
        (Some(_), Some(_)) => Presence::Changed,
    }
}

/// Whether two values are the same but for white space, the spelling of escapes and the order of members. Numbers are
/// told apart by their text: `1.0` is not `1` to every reader. Texts are at most [`MAX_DEPTH`](crate::jose::json::MAX_DEPTH) levels
/// deep, so this is, too.
fn is_same(one: Value<'_>, other: Value<'_>) -> bool {
    if one.kind() != other.kind() {
        return false;
    }
    if one.raw() == other.raw() {
        return true;
    }
    match one.kind() {
        Kind::Null | Kind::Bool | Kind::Number => false,
        Kind::String => one.as_str() == other.as_str(),
        Kind::Array => {
            one.len() == other.len() && one.items().zip(other.items()).all(|(one, other)| is_same(one, other))
        }
        Kind::Object => {
            let [one, other] = [one, other].map(|object| Claims::of(Some(object)).values);
            let is_in_other = |(name, value): (&Cow<'_, str>, &Value<'_>)| {
                other.get(name).is_some_and(|counterpart| is_same(*value, *counterpart))
            };
            one.len() == other.len() && one.iter().all(is_in_other)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};

    use super::*;
    use crate::jose::json::quote;

    fn cells(base: &str, own: &str) -> Vec<(String, Presence)> {
        let [base, own] = [base, own].map(|text| Json::parse(text).unwrap());
        let rows = matrix(&[Some(&base), Some(&own)], 0);
        rows.into_iter().map(|row| (row.name, row.cells[1])).collect()
    }

    #[track_caller]
    fn check(base: &str, own: &str, expected: Presence) {
        let [base, own] = [base, own].map(|value| format!("{{\"a\":{value}}}"));
        assert_eq!(cells(&base, &own), [("a".to_owned(), expected)], "{base} {own}");
    }

    #[test]
    fn what_means_the_same_is_the_same() {
        check("1", " 1 ", Presence::Same);
        check(r#""a/b""#, r#""\u0061\/b""#, Presence::Same);
        check(
            r#"{"b":[1,{"c":2,"d":null}],"e":true}"#,
            r#"{ "e" : true, "\u0062": [1, {"d":null, "c": 2}] }"#,
            Presence::Same,
        );
        check(r#"{"b":1,"b":2}"#, r#"{"b":2}"#, Presence::Same);
    }

    #[test]
    fn what_may_mean_something_else_is_changed() {
        check("1", "1.0", Presence::Changed);
        check("1e1", "1E1", Presence::Changed);
        check("9007199254740993", "9007199254740992", Presence::Changed);
        check("true", "false", Presence::Changed);
        check("[1,2]", "[2,1]", Presence::Changed);
        check("[1,2]", "[1]", Presence::Changed);
        check(r#""a""#, r#""A""#, Presence::Changed);
        check(r#"{"b":1}"#, r#"{"b":1,"c":2}"#, Presence::Changed);
        check(r#"{"b":1,"c":2}"#, r#"{"b":1,"d":2}"#, Presence::Changed);
        check(r#"{"b":1,"b":2}"#, r#"{"b":1}"#, Presence::Changed);
        check(r#"{"b":[1]}"#, r#"{"b":["1"]}"#, Presence::Changed);
    }

    #[test]
    fn another_kind_is_told_from_another_value() {
        check("1", r#""1""#, Presence::Retyped(Kind::String));
        check(r#""a""#, r#"["a"]"#, Presence::Retyped(Kind::Array));
        check("{}", "null", Presence::Retyped(Kind::Null));
        check("null", "{}", Presence::Retyped(Kind::Object));
    }

    #[test]
    fn the_claims_of_the_baseline_come_first_then_the_others() {
        let texts =
            [r#"{"c":1,"a":1}"#, r#"{"a":2,"b":1,"a":1}"#, r#"{"d":1,"c":"1"}"#].map(|text| Json::parse(text).unwrap());
        let [first, second, third] = &texts;
        let rows = matrix(&[Some(first), None, Some(second), Some(third)], 2);
        let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["a", "b", "c", "d"]);
        use Presence::{Added, Missing, Same};
        assert_eq!(rows[0].cells, [Same, Missing, Same, Missing]);
        assert_eq!(rows[1].cells, [Missing, Missing, Same, Missing]);
        assert_eq!(rows[2].cells, [Added, Missing, Missing, Added]);
        assert_eq!(rows[3].cells, [Missing, Missing, Missing, Added]);
    }

    #[test]
    fn without_a_baseline_everything_is_added() {
        let object = Json::parse(r#"{"a":1}"#).unwrap();
        let array = Json::parse("[1]").unwrap();
        for rows in [matrix(&[None, Some(&object)], 0), matrix(&[Some(&array), Some(&object)], 0)] {
            assert_eq!(rows, [MatrixRow { name: "a".to_owned(), cells: vec![Presence::Missing, Presence::Added] }]);
        }
        assert_eq!(matrix(&[Some(&object)], 7)[0].cells, [Presence::Added]);
        assert!(matrix(&[], 0).is_empty());
    }

    /// A value as a tree, so that it can be spelled in more than one way.
    #[derive(Clone, Debug)]
    enum Tree {
        Scalar(String),
        Text(String),
        Items(Vec<Self>),
        Members(Vec<(String, Self)>),
    }

    impl Tree {
        fn plain(&self) -> String {
            match self {
                Self::Scalar(text) => text.clone(),
                Self::Text(text) => quote(text),
                Self::Items(items) => format!("[{}]", items.iter().map(Self::plain).collect::<Vec<_>>().join(",")),
                Self::Members(members) => {
                    let member = |(name, value): &(String, Self)| format!("{}:{}", quote(name), value.plain());
                    format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
                }
            }
        }

        /// The same with white space, every letter escaped, and the members from the last to the first.
        fn otherwise(&self) -> String {
            match self {
                Self::Scalar(text) => format!(" {text}\n"),
                Self::Text(text) => escaped(text),
                Self::Items(items) => {
                    format!("[ {} ]", items.iter().map(Self::otherwise).collect::<Vec<_>>().join(" , "))
                }
                Self::Members(members) => {
                    let member = |(name, value): &(String, Self)| format!("{} :{}", escaped(name), value.otherwise());
                    format!("{{\n{}\t}}", members.iter().rev().map(member).collect::<Vec<_>>().join(",\n"))
                }
            }
        }
    }

    fn escaped(text: &str) -> String {
        format!("\"{}\"", text.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect::<String>())
    }

    fn tree() -> impl Strategy<Value = Tree> {
        let leaf = prop_oneof![
            any::<i32>().prop_map(|number| Tree::Scalar(number.to_string())),
            prop_oneof![Just("true"), Just("null"), Just("1.50e+3")].prop_map(|text| Tree::Scalar(text.to_owned())),
            "[a-cé😀\"/\\\\]{0,4}".prop_map(Tree::Text),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Tree::Items),
                prop::collection::btree_map("[a-dé]{0,2}", inner, 0..4)
                    .prop_map(|members| Tree::Members(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn another_spelling_is_the_same_another_tree_is_not(one in tree(), other in tree()) {
            let [plain, otherwise, different] =
                [one.plain(), one.otherwise(), other.otherwise()].map(|text| Json::parse(&text).unwrap());
            prop_assert!(is_same(plain.root(), otherwise.root()) && is_same(otherwise.root(), plain.root()));
            prop_assert_eq!(is_same(plain.root(), different.root()), one.plain() == other.plain());
        }
    }
}
