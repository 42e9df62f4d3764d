//! One walk over everything in a JSON text, in its order.

use std::iter::Enumerate;

use crate::jose::json::{Items, Json, Kind, Member, Members, Value};

/// A value and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'j> {
    /// The value as it stands in the text.
    pub(super) value: Value<'j>,
    /// The object or array it is in, and its place there; `None` for the outermost value.
    pub(super) holder: Option<(Value<'j>, usize)>,
    /// The member it is the value of, in an object.
    pub(super) member: Option<Member<'j>>,
    /// How many arrays and objects it is in.
    pub(super) depth: usize,
}

/// Every value of `json`, an array or object before what is in it. Takes no more stack however deep the text is.
pub(super) fn walk(json: &Json) -> Walk<'_> {
    Walk { open: Vec::new(), next: Some(Place { value: json.root(), holder: None, member: None, depth: 0 }) }
}

/// See [`walk`].
pub(super) struct Walk<'j> {
    /// The arrays and objects around the next value, each with what is still to come of it.
    open: Vec<(Value<'j>, Children<'j>)>,
    next: Option<Place<'j>>,
}

enum Children<'j> {
    Members(Members<'j>),
    Items(Enumerate<Items<'j>>),
}

impl<'j> Iterator for Walk<'j> {
    type Item = Place<'j>;

    fn next(&mut self) -> Option<Place<'j>> {
        let place = self.next.take().or_else(|| self.following())?;
        match place.value.kind() {
            Kind::Object => self.open.push((place.value, Children::Members(place.value.members()))),
            Kind::Array => self.open.push((place.value, Children::Items(place.value.items().enumerate()))),
            Kind::Null | Kind::Bool | Kind::Number | Kind::String => {}
        }
        Some(place)
    }
}

impl<'j> Walk<'j> {
    fn following(&mut self) -> Option<Place<'j>> {
        loop {
            let depth = self.open.len();
            let (holder, children) = self.open.last_mut()?;
            let child = match children {
                Children::Members(members) => members.next().map(|member| (member.index, member.value, Some(member))),
                Children::Items(items) => items.next().map(|(index, item)| (index, item, None)),
            };
            match child {
                Some((index, value, member)) => {
                    return Some(Place { value, holder: Some((*holder, index)), member, depth });
                }
                None => drop(self.open.pop()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_met_once_and_in_order() {
        let json = Json::parse(r#"{"a": [1, {"b": "x"}], "c": {}, "d": []}"#).unwrap();
        let met: Vec<(&str, usize)> = walk(&json).skip(1).map(|place| (place.value.raw(), place.depth)).collect();
        let expected = [(r#"[1, {"b": "x"}]"#, 1), ("1", 2), (r#"{"b": "x"}"#, 2), (r#""x""#, 3), ("{}", 1), ("[]", 1)];
        assert_eq!(met, expected);
    }

    #[test]
    fn the_deepest_text_can_be_walked() {
        let deep = crate::jose::json::MAX_DEPTH;
        let json = Json::parse(&format!("{}{}", "[".repeat(deep), "]".repeat(deep))).unwrap();
        assert_eq!(walk(&json).last().map(|place| place.depth), Some(deep - 1));
    }
}
