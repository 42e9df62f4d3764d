//! Where a place in the text is within the value.

use super::value::{Member, Value};

pub(super) fn value_at(root: Value<'_>, offset: usize) -> Option<Value<'_>> {
    let span = root.span();
    let inside = span.start <= offset && offset <= span.end;
    inside.then(|| std::iter::successors(Some(root), |value| step(*value, offset).map(Step::value)).last()).flatten()
}

pub(super) fn path_at(root: Value<'_>, offset: usize) -> String {
    let mut path = String::from("$");
    let mut value = root;
    while let Some(next) = step(value, offset) {
        match next {
            Step::Member(member) if is_identifier(&member.name()) => path.extend([".", &member.name()]),
            Step::Member(member) => path.extend(["[", member.raw_name(), "]"]),
            Step::Item(index, _) => path.extend(["[", &index.to_string(), "]"]),
        }
        value = next.value();
    }
    path
}

/// One level further in.
enum Step<'j> {
    Member(Member<'j>),
    Item(usize, Value<'j>),
}

impl<'j> Step<'j> {
    fn value(self) -> Value<'j> {
        match self {
            Self::Member(member) => member.value,
            Self::Item(_, item) => item,
        }
    }
}

/// The member or item of `value` that the cursor at `offset` touches.
fn step(value: Value<'_>, offset: usize) -> Option<Step<'_>> {
    let member = value.members().find(|member| offset <= member.value.span().end);
    if let Some(member) = member {
        return (member.name_span.start <= offset).then_some(Step::Member(member));
    }
    let (index, item) = value.items().enumerate().find(|(_, item)| offset <= item.span().end)?;
    (item.span().start <= offset).then_some(Step::Item(index, item))
}

/// Whether `$.name` needs no quotes (`member-name-shorthand`, RFC 9535 §2.5.1.1).
fn is_identifier(name: &str) -> bool {
    let starts = |first: char| first == '_' || first.is_ascii_alphabetic() || !first.is_ascii();
    name.starts_with(starts) && name.chars().all(|char| starts(char) || char.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::Json;

    /// Checks the path at the cursor `|` and the text of the value there.
    #[track_caller]
    fn check(marked: &str, path: &str, value: Option<&str>) {
        let offset = marked.find('|').unwrap();
        let text = marked.replace('|', "");
        let json = Json::parse(&text).unwrap();
        assert_eq!(json.path_at(offset), path);
        assert_eq!(json.value_at(offset).map(|value| value.raw()), value);
    }

    #[test]
    fn a_cursor_has_a_path() {
        check(r#"{"roles": ["a", "|b"]}"#, "$.roles[1]", Some(r#""b""#));
        check(r#"{"ro|les": ["a", "b"]}"#, "$.roles", Some(r#"["a", "b"]"#));
        check(r#"{"a":| 1}"#, "$.a", Some("1"));
        check(r#"{"a": 1|}"#, "$.a", Some("1"));
        check(r#"{"a": 1 |, "b": 2}"#, "$", Some(r#"{"a": 1 , "b": 2}"#));
        check(r#"[[], [[1|]]]"#, "$[1][0][0]", Some("1"));
        check(r#"[[], [[1]|]]"#, "$[1][0]", Some("[1]"));
    }

    #[test]
    fn names_that_are_no_identifiers_are_quoted() {
        check(r#"{"a b": {"é_1": |1}}"#, r#"$["a b"].é_1"#, Some("1"));
        check(r#"{"": |1}"#, r#"$[""]"#, Some("1"));
        check(r#"{"\u0061": |1}"#, "$.a", Some("1"));
        check(r#"{"https://a/b": |1}"#, r#"$["https://a/b"]"#, Some("1"));
    }

    #[test]
    fn outside_the_outermost_value_there_is_nothing() {
        check(" |{}", "$", Some("{}"));
        check("| {} ", "$", None);
        check("{} |", "$", None);
    }
}
