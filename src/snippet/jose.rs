//! Node with the package jose.

use super::layout::{self, Code};
use super::model::{Draft, Entry, Piece, Value};
use super::node::Node;
use super::{Snippet, unsupported};
use crate::jose::error::Problem;

pub(super) fn write(draft: &Draft) -> Result<Snippet, Problem> {
    let node = Node::new(draft)?;
    if draft.header_member("crit").is_some() {
        let why = "jose refuses extensions in crit that it does not know";
        return Err(unsupported(why, "Remove crit from the header, or use npm's jsonwebtoken."));
    }
    let mut code = Code::new::<Node<'_>>();
    let imports = if node.draft.is_hmac() {
        "import { SignJWT } from \"jose\";"
    } else {
        "import { SignJWT, importPKCS8 } from \"jose\";"
    };
    node.head(&mut code, "jose", &[], &[imports]);
    let pem = format!("await importPKCS8(readFileSync(setting, \"utf8\"), \"{}\")", draft.algorithm);
    node.key(&mut code, "new TextEncoder().encode(setting)", &pem);
    code.add("export async function mint() {");
    code.inside(|code| {
        node.claims(code);
        let alg = Value::Text(vec![Piece::Plain(draft.algorithm.name().to_owned())]);
        let mut header = vec![Entry { name: vec![Piece::Plain("alg".to_owned())], value: alg }];
        header.extend(draft.header.iter().cloned());
        code.comment("alg is needed, whatever the key; the rest of the header may be left out.");
        code.value(
            "const header = ",
            layout::object(&node, &header, |node, entry| layout::value(node, &entry.value)),
            ";",
        );
        code.add("return new SignJWT(claims).setProtectedHeader(header).sign(key);");
    });
    code.add("}\n\nconsole.log(await mint());");
    let run = format!("{}node mint.mjs", node.draft.environment());
    Ok(Snippet {
        code: code.into_text(),
        install: vec!["npm install jose".to_owned()],
        run,
        notes: node.draft.notes(true),
    })
}
