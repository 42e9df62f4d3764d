//! How many more elements of an array fit into a budget, by counting.

use super::budget::Budget;
use crate::jose::base64url;
use crate::jose::json::{Json, Kind, Value};
use crate::jose::text::{Edit, Span};

/// How many elements fit beside those an array has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// The element that is repeated, as typed: the last one.
    pub element: String,
    /// How many more of it fit; 0 when the token is too long already.
    pub more: usize,
}

impl Capacity {
    /// How many more copies of its last element `array` takes until a token is over `budget`.
    ///
    /// `payload` is the text as it is signed, and `rest` the characters of the token besides the encoded payload. `None`
    /// when the value is no array, or an array without an element to go by.
    pub fn of(budget: Budget, rest: usize, payload: &Json, array: Value<'_>) -> Option<Self> {
        let repeated = Repeated::of(payload, array)?;
        let fits = |more: usize| {
            let bytes = repeated.bytes.checked_mul(more).and_then(|added| added.checked_add(payload.text().len()));
            let token = bytes.map(base64url::encoded_len).and_then(|characters| characters.checked_add(rest));
            token.is_some_and(|token| budget.remaining(token) >= 0)
        };
        // No element is shorter than the two bytes of `,1`, so no more than the limit can fit.
        let (mut fit, mut too_many) = (0, budget.limit() + 1);
        while too_many - fit > 1 {
            let middle = fit + (too_many - fit) / 2;
            *(if fits(middle) { &mut fit } else { &mut too_many }) = middle;
        }
        Some(Self { element: repeated.element, more: fit })
    }

    /// The edit that adds `more` copies of the last element of `array`; `None` as for [`Self::of`].
    pub fn edit(payload: &Json, array: Value<'_>, more: usize) -> Option<Edit> {
        let Repeated { element, separator, at, .. } = Repeated::of(payload, array)?;
        Some(Edit::replace(Span::new(at, at), format!("{separator}{element}").repeat(more)))
    }
}

/// The last element of an array and what one more of it takes.
struct Repeated {
    element: String,
    /// What stands between the last two elements; a comma where there is only one.
    separator: String,
    /// Where the next one goes.
    at: usize,
    /// The bytes of separator and element.
    bytes: usize,
}

impl Repeated {
    fn of(payload: &Json, array: Value<'_>) -> Option<Self> {
        if array.kind() != Kind::Array {
            return None;
        }
        let last = array.items().last()?;
        let before = array.len().checked_sub(2).and_then(|index| array.items().nth(index));
        let between = before.and_then(|before| payload.text().get(before.span().end..last.span().start));
        let separator = between.unwrap_or(",").to_owned();
        let element = last.raw().to_owned();
        Some(Self { at: last.span().end, bytes: separator.len() + element.len(), separator, element })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts by adding one element after the other to the text and encoding it.
    fn by_hand(budget: Budget, rest: usize, text: &str) -> usize {
        let payload = Json::parse(text).unwrap();
        let array = payload.root().get("roles").unwrap();
        let fits = |more: &usize| {
            let longer = Capacity::edit(&payload, array, *more).unwrap().apply(text);
            let read = Json::parse(&longer).unwrap();
            assert_eq!(read.root().get("roles").unwrap().len(), array.len() + more);
            budget.remaining(base64url::encode(longer.as_bytes()).len() + rest) >= 0
        };
        (0..).find(|more| !fits(more)).unwrap().saturating_sub(1)
    }

    #[track_caller]
    fn check(budget: Budget, rest: usize, text: &str, element: &str) {
        let payload = Json::parse(text).unwrap();
        let array = payload.root().get("roles").unwrap();
        let capacity = Capacity::of(budget, rest, &payload, array).unwrap();
        assert_eq!((capacity.element.as_str(), capacity.more), (element, by_hand(budget, rest, text)), "{text}");
    }

    #[test]
    fn counting_agrees_with_adding_one_by_one() {
        for limit in 150..200 {
            check(Budget::Own(limit), 80, r#"{"roles":["admin","editor"],"sub":"42"}"#, r#""editor""#);
            check(Budget::Own(limit), 80, "{\"roles\": [\n  1,\n  2\n]}", "2");
            check(Budget::Own(limit), 80, r#"{"roles":[{"a":[1]}]}"#, r#"{"a":[1]}"#);
        }
        check(Budget::Cookie, 80, r#"{"roles":["grp-0042-approvers"]}"#, r#""grp-0042-approvers""#);
        check(Budget::Own(10), 80, r#"{"roles":[1]}"#, "1");
    }

    #[test]
    fn without_an_element_there_is_nothing_to_repeat() {
        let payload = Json::parse(r#"{"a":[],"b":{"c":1},"d":1}"#).unwrap();
        for name in ["a", "b", "d"] {
            let value = payload.root().get(name).unwrap();
            assert_eq!(Capacity::of(Budget::Cookie, 80, &payload, value), None, "{name}");
        }
    }
}
