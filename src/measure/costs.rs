//! What each member of a header or payload costs in the token, in bytes and in base64url characters.
//!
//! Nothing is left over and nothing counted twice: the parts of a token and the periods between them add up to its
//! length, and so do the members of an object and what the object itself takes. base64url writes three bytes as four
//! characters, so a character can hold bits of two neighbours; it counts for the first of the two. A member's share of
//! the characters therefore depends on where it stands, by less than one character; what its removal would save is
//! counted by [`PartCosts::saving`].

use std::cmp::Reverse;

use crate::jose::base64url;
use crate::jose::json::{self, Json, Kind, Value};
use crate::jose::text::Span;

/// What one value costs, its name, colon and comma included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// The name of a member, unescaped; the place of an item, `[0]`; empty for the outermost value.
    pub name: String,
    /// What kind of value it is; `None` for bytes that are not JSON.
    pub kind: Option<Kind>,
    /// Its bytes in the decoded part: from its name, or the item's first byte, to the next member or item.
    pub span: Span,
    /// The base64url characters that count for these bytes.
    pub characters: usize,
    /// The members or items, in the order of the text.
    pub children: Vec<Self>,
}

impl Cost {
    /// Its decoded bytes: name, colon, value, the comma behind it, and white space up to the next one.
    pub const fn bytes(&self) -> usize {
        self.span.len()
    }

    /// The characters that are no child's: the name, the brackets, and white space around the children.
    pub fn own_characters(&self) -> usize {
        self.characters.saturating_sub(self.children.iter().map(|child| child.characters).sum())
    }

    /// The children, the most expensive first; equal ones in the order of the text.
    pub fn heaviest(&self) -> Vec<&Self> {
        let mut children: Vec<&Self> = self.children.iter().collect();
        children.sort_by_key(|child| Reverse(child.characters));
        children
    }

    fn new(name: String, kind: Option<Kind>, span: Span) -> Self {
        let characters = base64url::encoded_len(span.end) - base64url::encoded_len(span.start);
        Self { name, kind, span, characters, children: Vec::new() }
    }

    /// The cost of a value that takes the bytes of `span`, and of everything in it. Texts are at most
    /// [`json::MAX_DEPTH`] levels deep, so this is, too.
    fn of(name: String, value: Value<'_>, span: Span) -> Self {
        let mut cost = Self::new(name, Some(value.kind()), span);
        let members = value.members().map(|member| (member.name().into_owned(), member.span(), member.value));
        let items = value.items().enumerate().map(|(index, item)| (format!("[{index}]"), item.span(), item));
        let mut children = members.chain(items).peekable();
        while let Some((name, own, child)) = children.next() {
            let end = children.peek().map_or(own.end, |(_, next, _)| next.start);
            cost.children.push(Self::of(name, child, Span::new(own.start, end)));
        }
        cost
    }
}

/// The costs of one header or payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartCosts {
    json: Option<Json>,
    /// The whole part.
    pub root: Cost,
}

impl PartCosts {
    /// The costs in these decoded bytes; of bytes that are not JSON the whole alone.
    pub fn of(bytes: &[u8]) -> Self {
        let all = Span::new(0, bytes.len());
        let json = std::str::from_utf8(bytes).ok().and_then(|text| Json::parse(text).ok());
        let root = match &json {
            Some(json) => Cost::of(String::new(), json.root(), all),
            None => Cost::new(String::new(), None, all),
        };
        Self { json, root }
    }

    /// The text as JSON, if it is.
    pub const fn json(&self) -> Option<&Json> {
        self.json.as_ref()
    }

    /// The way to a cost of this part as a normalised query, such as `$.roles[1]` (RFC 9535 §2.3).
    pub fn path(&self, cost: &Cost) -> String {
        self.json.as_ref().map_or_else(String::new, |json| json.path_at(cost.span.start))
    }

    /// How many characters shorter the part is without one of its values, by removing it from the text and encoding
    /// that again. `place` leads there: the number of the child at each level from the outermost value.
    ///
    /// A member's name goes everywhere in its object, so that no duplicate takes its place. `None` when there is no such
    /// place, or it is the outermost value.
    pub fn saving(&self, place: &[usize]) -> Option<usize> {
        let json = self.json.as_ref()?;
        let (last, way) = place.split_last()?;
        let container = way.iter().try_fold(json.root(), |value, index| child(value, *index))?;
        child(container, *last)?;
        let edit = match container.members().nth(*last) {
            Some(member) => json::remove_all(container, &member.name()),
            None => json::remove(container, *last),
        };
        let without = edit.apply(json.text());
        Some(self.root.characters.saturating_sub(base64url::encoded_len(without.len())))
    }
}

fn child(value: Value<'_>, index: usize) -> Option<Value<'_>> {
    value.members().nth(index).map(|member| member.value).or_else(|| value.items().nth(index))
}

/// The costs of a whole token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Costs {
    /// The header.
    pub header: PartCosts,
    /// The payload.
    pub payload: PartCosts,
    /// The characters of the signature.
    pub signature: usize,
}

impl Costs {
    /// The two periods of the compact serialization (RFC 7515 §7.1).
    pub const PERIODS: usize = 2;

    /// The costs of a token with these decoded parts and a signature of so many characters.
    pub fn of(header: &[u8], payload: &[u8], signature: usize) -> Self {
        Self { header: PartCosts::of(header), payload: PartCosts::of(payload), signature }
    }

    /// The length of the token: what all the parts add up to.
    pub const fn token(&self) -> usize {
        self.header.root.characters + self.payload.root.characters + self.signature + Self::PERIODS
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};

    use super::*;

    /// Everything that is counted once: the own characters of every value.
    fn sum_of_parts(cost: &Cost) -> usize {
        cost.own_characters() + cost.children.iter().map(sum_of_parts).sum::<usize>()
    }

    fn claims() -> impl Strategy<Value = String> {
        let scalar = prop_oneof![
            any::<i64>().prop_map(|number| number.to_string()),
            any::<String>().prop_map(|text| json::quote(&text)),
            Just("null".to_owned()),
            Just("1.50e+3".to_owned()),
        ];
        let value = scalar.prop_recursive(4, 40, 6, |inner| {
            let member = ("[a-zé\"]{0,6}", inner.clone(), "[ \n]{0,2}");
            prop_oneof![
                prop::collection::vec(inner, 0..6).prop_map(|items| format!("[{}]", items.join(", "))),
                prop::collection::vec(member, 0..6).prop_map(object),
            ]
        });
        prop::collection::vec(("[a-z]{0,6}", value, "[ \n]{0,2}"), 0..8).prop_map(object)
    }

    fn object(members: Vec<(String, String, String)>) -> String {
        let member = |(name, value, space): (String, String, String)| {
            format!("{space}{}{space}:{value}{space}", json::quote(&name))
        };
        format!("{{{}}}", members.into_iter().map(member).collect::<Vec<_>>().join(","))
    }

    proptest! {
        #[test]
        fn the_parts_add_up_to_the_token(claims in claims(), signature in 0usize..700) {
            let header = br#"{"alg":"HS256","kid":"a"}"#;
            let token = [
                base64url::encode(header),
                base64url::encode(claims.as_bytes()),
                "s".repeat(signature),
            ].join(".");
            let costs = Costs::of(header, claims.as_bytes(), signature);
            prop_assert_eq!(costs.token(), token.len());
            let parts = sum_of_parts(&costs.header.root) + sum_of_parts(&costs.payload.root);
            prop_assert_eq!(parts + signature + Costs::PERIODS, token.len());
            prop_assert_eq!(costs.payload.root.bytes(), claims.len());
        }

        #[test]
        fn a_share_is_within_a_character_of_its_bytes(claims in claims()) {
            let costs = PartCosts::of(claims.as_bytes());
            for cost in &costs.root.children {
                let exact = cost.bytes() as f64 * 4.0 / 3.0;
                prop_assert!((cost.characters as f64 - exact).abs() < 1.0, "{cost:?}");
            }
        }

        #[test]
        fn a_saving_is_what_encoding_again_says(claims in claims()) {
            let costs = PartCosts::of(claims.as_bytes());
            for (index, cost) in costs.root.children.iter().enumerate() {
                let json = Json::parse(&claims).unwrap();
                let without = json::remove_all(json.root(), &cost.name).apply(&claims);
                let gone = Json::parse(&without).unwrap().root().member(&cost.name).is_none();
                prop_assert!(gone, "{without}");
                let before = base64url::encode(claims.as_bytes()).len();
                prop_assert_eq!(costs.saving(&[index]), Some(before - base64url::encode(without.as_bytes()).len()));
            }
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, usize, usize)]) {
        let costs = PartCosts::of(text.as_bytes());
        let found: Vec<_> =
            costs.root.heaviest().iter().map(|cost| (cost.name.as_str(), cost.bytes(), cost.characters)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_member_has_its_name_colon_and_comma() {
        // {"a":1,"bc":22} is 15 bytes and 20 characters: 2 and 1 for the brackets, 8 and 9 for the members.
        check(r#"{"a":1,"bc":22}"#, &[("bc", 7, 9), ("a", 6, 8)]);
        check(r#"{ "a" : 1 , "b" : 2 }"#, &[("a", 10, 13), ("b", 7, 10)]);
        check("[1, 2]", &[("[0]", 3, 4), ("[1]", 1, 1)]);
        check("{}", &[]);
        check("not JSON", &[]);
    }

    #[test]
    fn a_cost_has_a_path_and_a_place() {
        let costs = PartCosts::of(br#"{"roles":["a","b"],"a b":{"c":1}}"#);
        let [roles, other] = &costs.root.children[..] else { panic!("two members") };
        assert_eq!(costs.path(&costs.root), "$");
        assert_eq!(costs.path(roles), "$.roles");
        assert_eq!(costs.path(&roles.children[1]), "$.roles[1]");
        assert_eq!(costs.path(&other.children[0]), r#"$["a b"].c"#);
        // Without "b" the text has 29 of its 33 bytes.
        assert_eq!(costs.saving(&[0, 1]), Some(44 - 39));
        assert_eq!(costs.saving(&[1, 0]), Some(base64url::encoded_len(33) - base64url::encoded_len(28)));
        assert_eq!([costs.saving(&[]), costs.saving(&[2]), costs.saving(&[0, 0, 0])], [None; 3]);
    }

    #[test]
    fn the_deepest_text_has_its_costs() {
        let text = "[".repeat(json::MAX_DEPTH) + &"]".repeat(json::MAX_DEPTH);
        let costs = PartCosts::of(text.as_bytes());
        assert_eq!(sum_of_parts(&costs.root), base64url::encoded_len(text.len()));
    }
}
