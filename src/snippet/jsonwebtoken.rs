//! Node with the package jsonwebtoken.

use super::layout::{self, Code, Line};
use super::model::{Draft, Piece, Value};
use super::node::Node;
use super::{Snippet, unsupported};
use crate::jose::error::Problem;
use crate::jose::jwa::Algorithm;

/// The claims that it wants to be numbers.
const NUMBERS: [&str; 3] = ["exp", "iat", "nbf"];

pub(super) fn write(draft: &Draft) -> Result<Snippet, Problem> {
    if draft.algorithm == Algorithm::EdDSA {
        return Err(unsupported("npm's jsonwebtoken does not sign with EdDSA", "Use jose for Node: it does."));
    }
    if !is_ascii(draft) {
        let why = "npm's jsonwebtoken garbles letters beyond ASCII in the header";
        return Err(unsupported(why, "Keep the header to ASCII, or use jose for Node."));
    }
    let node = Node::new(draft)?;
    let mut code = Code::new::<Node<'_>>();
    let crypto: &[&str] = if node.draft.is_hmac() { &[] } else { &["createPrivateKey"] };
    node.head(&mut code, "jsonwebtoken", crypto, &["import jwt from \"jsonwebtoken\";"]);
    node.key(&mut code, "setting", "createPrivateKey(readFileSync(setting))");
    code.add("export function mint() {");
    code.inside(|code| {
        node.claims(code);
        let is_text = !takes_object(draft);
        if is_text {
            code.comment("A text is signed as it is; an object is refused unless exp, iat and nbf are numbers.");
        }
        let payload = if is_text { "JSON.stringify(claims)" } else { "claims" };
        code.value("const options = ", options(&node, is_text), ";");
        if draft.algorithm == Algorithm::HS256 {
            code.comment("HS256 is what jsonwebtoken takes when nothing is said: algorithm may be left out.");
        }
        if !is_text && draft.claim("iat").is_none() {
            code.comment("jsonwebtoken adds iat unless it is told not to: noTimestamp.");
        }
        code.add(&format!("return jwt.sign({payload}, key, options);"));
    });
    code.add("}\n\nconsole.log(mint());");
    let run = format!("{}node mint.mjs", node.draft.environment());
    Ok(Snippet {
        code: code.into_text(),
        install: vec!["npm install jsonwebtoken".to_owned()],
        run,
        notes: node.draft.notes(true),
    })
}

/// Whether all names and texts of the header are ASCII.
fn is_ascii(draft: &Draft) -> bool {
    let mut is_ascii = true;
    let ascii = |pieces: &[Piece]| pieces.iter().all(|piece| !matches!(piece, Piece::Plain(text) if !text.is_ascii()));
    for entry in &draft.header {
        is_ascii &= ascii(&entry.name);
        entry.value.visit(&mut |value| match value {
            Value::Text(pieces) => is_ascii &= ascii(pieces),
            Value::Constant(_) => is_ascii &= draft.known_text(value).is_none_or(str::is_ascii),
            _ => {}
        });
    }
    is_ascii
}

/// Whether it takes the claims as an object and leaves them as they are.
fn takes_object(draft: &Draft) -> bool {
    NUMBERS.iter().all(|name| {
        let value = match draft.claim(name) {
            Some(Value::Constant(index)) => draft.constants.get(*index).map(|constant| &constant.value),
            value => value,
        };
        match value {
            // An iat of 0 would be replaced.
            Some(Value::Number(number)) => number.double().is_some_and(|double| double != 0.0),
            Some(Value::Now { .. } | Value::Counter { .. }) | None => true,
            Some(_) => false,
        }
    })
}

/// What is said to `jwt.sign` besides claims and key.
fn options(node: &Node<'_>, is_text: bool) -> Vec<Line> {
    let draft = node.draft;
    let mut options = vec![layout::one(format!("algorithm: \"{}\"", draft.algorithm))];
    let is_default =
        |name: Option<&str>, value: &Value| name == Some("typ") && value.plain() == Some("JWT") && !is_text;
    let header: Vec<_> =
        draft.header.iter().filter(|entry| !is_default(entry.plain_name(), &entry.value)).cloned().collect();
    if draft.header_member("typ").is_none() && !is_text {
        // What is undefined is left out of the header.
        let mut lines = node.object(&header);
        if header.is_empty() {
            lines = layout::one("{ typ: undefined }".to_owned());
        } else {
            layout::add_member(&mut lines, "typ: undefined,");
        }
        layout::prefix(&mut lines, "header: ");
        options.push(lines);
    } else if !header.is_empty() {
        let mut lines = node.object(&header);
        layout::prefix(&mut lines, "header: ");
        options.push(lines);
    }
    if !is_text && draft.claim("iat").is_none() {
        options.push(layout::one("noTimestamp: true".to_owned()));
    }
    layout::enclosed::<Node<'_>>("{", options, "}")
}
