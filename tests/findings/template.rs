//! V01 and V02: placeholders and variables.

use jwt_workbench::findings::Severity::{Error, Info};

use crate::world::World;
use crate::{Case, fires, silent};

pub(crate) fn cases() -> Vec<Case> {
    let good = World::good;
    vec![
        fires("V01", Error, good().with("tenant", "\"{{tenant}}\""), "Nothing here is called 'tenant'"),
        fires("V01", Error, good().with_header("kid", "\"a-{{key}}\""), "Nothing here is called 'key'"),
        fires("V01", Error, good().with("exp", "\"{{now+30}}\""), "has no unit").without_fix(),
        fires("V01", Error, good().with("t", "\"{{nwo+30m}}\""), "Did you mean {{now+30m}}?"),
        fires("V01", Error, good().with("t", "\"{{open\""), "has no end").without_fix(),
        fires("V01", Error, good().with("t", "\"{{random}}\""), "needs a number").without_fix(),
        silent("V01", good()),
        silent("V01", good().with("tenant", "\"{{tenant}}\"").variables(r#"{"tenant": "acme"}"#)),
        silent("V01", good().with("t", "\"{{{{tenant}}\"")),
        silent("V01", good().with("t", "\"{{counter:5}} {{random:8}}\"")),
        silent("V01", good().with("tenant", "\"{{tenant}}\"").received()),
        fires("V02", Info, good().variables(r#"{"tenant": "acme"}"#), "'tenant' is declared, and nothing uses it"),
        fires("V02", Info, good().with("t", "\"{{a}}\"").variables(r#"{"a": 1, "b": 2}"#), "'b' is declared"),
        fires("V02", Info, good().with("t", "\"{{{{a}}\"").variables(r#"{"a": ""}"#), "'a' is declared"),
        silent("V02", good()),
        silent("V02", good().with("t", "\"x {{a}}\"").variables(r#"{"a": 1}"#)),
        silent("V02", good().with_header("kid", "\"{{a}}\"").variables(r#"{"a": "k"}"#)),
        fires("V03", Error, good().schema(r#"{"required": ["tenant"]}"#), "The member \"tenant\" is missing")
            .without_fix(),
        fires("V03", Error, good().schema(r#"{"properties": {"exp": {"type": "string"}}}"#), "at 'exp'").without_fix(),
        fires("V03", Error, good().schema(r#"{"$ref": "https://a.example/b.json"}"#), "Nothing is fetched")
            .without_fix(),
        fires(
            "V03",
            Error,
            good()
                .with("t", "\"{{a}}\"")
                .variables(r#"{"a": {"b": [1, "x"]}}"#)
                .schema(r#"{"properties": {"t": {"properties": {"b": {"items": {"type": "integer"}}}}}}"#),
            "at '1'",
        )
        .without_fix(),
        silent("V03", good().schema(r#"{"properties": {"exp": {"type": "integer"}, "iat": {"type": "integer"}}}"#)),
        silent(
            "V03",
            good()
                .with("t", "\"{{a}}\"")
                .variables(r#"{"a": [1]}"#)
                .schema(r#"{"properties": {"t": {"type": "array"}}}"#),
        ),
        silent("V03", good().schema(r#"{"required": ["tenant"]}"#).claims("{")),
        silent("V02", good().claims("{").variables(r#"{"a": "k"}"#)),
    ]
}
