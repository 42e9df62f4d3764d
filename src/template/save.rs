//! Writing a template file: a new one neatly, an existing one by the smallest edits.

use super::file::{BYTE_ORDER_MARK, FORMAT, MEMBERS, TemplateFile, VERSION, named};
use super::variables::{Variable, Variables};
use crate::jose::error::Problem;
use crate::jose::json::{self, Json, Kind, Value};
use crate::jose::text::{Edit, Position};

impl TemplateFile {
    /// The text of the file.
    ///
    /// Of a template that was read, everything that did not change stays byte for byte, members this program does not
    /// know included. Reading the text gives the same template again, but for two things: white space around the header
    /// and the claims is left out, and a JSON variable that is a string is text then, which means the same.
    ///
    /// # Errors
    /// A header that is no JSON object, claims or a JSON variable that are not JSON (the span is in the text concerned),
    /// and a file that would be too large to read again.
    pub fn to_text(&self) -> Result<String, Problem> {
        check_part(&self.header, "header", "is", Some(Kind::Object))?;
        check_part(&self.claims, "claims", "are", None)?;
        if let Some(name) = self.variables.broken() {
            return Err(Problem::new("variable", format!("The variable '{name}' is declared as JSON and is not JSON"))
                .help("Mend its value, or declare it as text; then save again."));
        }
        let text = match &self.original {
            Some(original) => self.edited(original)?,
            None => self.neat(),
        };
        Self::parse(&text)?;
        Ok(text)
    }

    fn neat(&self) -> String {
        let mut lines = vec![format!("\"format\": \"{FORMAT}\""), format!("\"version\": {VERSION}")];
        lines.push(format!("\"name\": {}", json::quote(&self.name)));
        if !self.description.is_empty() {
            lines.push(format!("\"description\": {}", json::quote(&self.description)));
        }
        lines.push(format!("\"serialization\": {}", named(&self.serialization)));
        if !self.variables.is_empty() {
            lines.push(format!("\"variables\": {}", self.variables.to_json()));
        }
        let described: Vec<String> =
            descriptions(&self.variables).map(|(name, text)| format!("{}: {text}", json::quote(name))).collect();
        if !described.is_empty() {
            lines.push(format!("\"variable_descriptions\": {{ {} }}", described.join(", ")));
        }
        lines.push(format!("\"header\": {}", self.header.trim()));
        lines.push(format!("\"claims\": {}", self.claims.trim()));
        if let Some(schema) = &self.claims_schema {
            lines.push(format!("\"claims_schema\": {}", schema.trim()));
        }
        let hints: Vec<String> =
            self.hints().into_iter().filter_map(|(name, hint)| Some(format!("\"{name}\": {}", hint?))).collect();
        if !hints.is_empty() {
            lines.push(format!("\"key\": {{ {} }}", hints.join(", ")));
        }
        format!("{{\n  {}\n}}\n", lines.join(",\n  "))
    }

    /// The hints about the key as JSON.
    fn hints(&self) -> [(&'static str, Option<String>); 2] {
        [
            ("secret_encoding", self.key.secret_encoding.as_ref().map(named)),
            ("env", self.key.env.as_deref().map(json::quote)),
        ]
    }

    fn edited(&self, original: &str) -> Result<String, Problem> {
        let before = Self::parse(original)?;
        let body = original.strip_prefix(BYTE_ORDER_MARK).unwrap_or(original);
        let mut text = Text(body.to_owned());
        let changes = [
            ("name", before.name != self.name, json::quote(&self.name)),
            ("description", before.description != self.description, json::quote(&self.description)),
            ("serialization", before.serialization != self.serialization, named(&self.serialization)),
            ("header", before.header != self.header.trim(), self.header.trim().to_owned()),
            ("claims", before.claims != self.claims.trim(), self.claims.trim().to_owned()),
        ];
        for (name, _, value) in changes.iter().filter(|(_, changed, _)| *changed) {
            text.set(name, value)?;
        }
        match &self.claims_schema {
            same if *same == before.claims_schema => {}
            Some(schema) => text.set("claims_schema", schema.trim())?,
            None => text.edit(|root| json::remove_all(root, "claims_schema"))?,
        }
        let mut known = before.variables.clone();
        text.rename_variables(&mut known, &self.variables)?;
        text.set_object("variables", &variable_changes(&known, &self.variables))?;
        if text.variables()?.to_json() != self.variables.to_json() {
            // Variables that only changed places are too rare for more than writing them all anew.
            text.set("variables", &self.variables.to_json())?;
        }
        text.set_object("variable_descriptions", &description_changes(&known, &self.variables))?;
        let hints = before.hints().into_iter().zip(self.hints()).filter(|(old, new)| old != new);
        text.set_object("key", &hints.map(|(_, new)| new).collect::<Vec<_>>())?;
        let mark = original.strip_suffix(body).unwrap_or_default();
        Ok(format!("{mark}{}", text.0))
    }
}

/// The members to set, or to remove, so that one set of variables becomes the other.
fn variable_changes<'v>(before: &'v Variables, after: &'v Variables) -> Vec<(&'v str, Option<String>)> {
    let gone = before.iter().filter(|(name, _)| after.get(name).is_none()).map(|(name, _)| (name, None));
    let set = after.iter().map(|(name, variable)| (name, Some(variable.to_json())));
    gone.chain(set.filter(|(name, json)| before.get(name).map(Variable::to_json) != *json)).collect()
}

/// What the variables are for, as JSON, of those that say so.
fn descriptions(variables: &Variables) -> impl Iterator<Item = (&str, String)> {
    let described = variables.iter().filter(|(_, variable)| !variable.description.is_empty());
    described.map(|(name, variable)| (name, json::quote(&variable.description)))
}

/// The same as [`variable_changes`] for what the variables are for.
fn description_changes<'v>(before: &'v Variables, after: &'v Variables) -> Vec<(&'v str, Option<String>)> {
    let of = |variables: &Variables, name: &str| {
        variables.get(name).map(|variable| variable.description.clone()).filter(|text| !text.is_empty())
    };
    let gone = descriptions(before).filter(|(name, _)| of(after, name).is_none()).map(|(name, _)| (name, None));
    let set = descriptions(after).filter(|(name, _)| of(before, name) != of(after, name));
    gone.chain(set.map(|(name, text)| (name, Some(text)))).collect()
}

fn check_part(text: &str, name: &str, verb: &str, kind: Option<Kind>) -> Result<(), Problem> {
    let json = Json::parse(text).map_err(|problem| {
        let place = problem.span.map(|span| format!(" at {}", Position::of(text, span.start))).unwrap_or_default();
        let message = format!("The {name} {verb} not valid JSON{place}, so it cannot be saved: {}", problem.message);
        Problem { message, ..problem }
    })?;
    match kind {
        Some(kind) if json.root().kind() != kind => {
            let message = format!("The {name} {verb} {}, not {}", json.root().kind().label(), kind.label());
            Err(Problem::new("template", message).help("Write it in braces, then save again.").at(json.root().span()))
        }
        _ => Ok(()),
    }
}

/// The text of a file on its way from one edit to the next.
struct Text(String);

impl Text {
    /// Sets a member of the file; a new one comes behind those that stand before it in a neat file.
    fn set(&mut self, name: &str, value: &str) -> Result<(), Problem> {
        self.edit(|root| match root.member(name) {
            Some(member) => json::set_value(member.value, value),
            None => json::insert(root, place(root, name), name, value),
        })
    }

    /// Sets, or removes, members of the object that is a member of the file.
    fn set_object(&mut self, name: &str, changes: &[(&str, Option<String>)]) -> Result<(), Problem> {
        if changes.is_empty() {
            return Ok(());
        }
        let json = Json::parse(&self.0)?;
        // An object without members opens on its line.
        let object = json.root().get(name).filter(|object| !object.is_empty()).map_or("{ }", Value::raw);
        let mut object = Self(object.to_owned());
        for (name, value) in changes {
            object.edit(|object| match (value, object.member(name)) {
                (Some(value), _) => json::set_member(object, name, value),
                (None, Some(member)) => json::remove(object, member.index),
                (None, None) => Edit::default(),
            })?;
        }
        let emptied = changes.iter().any(|(_, value)| value.is_none()) && Json::parse(&object.0)?.root().is_empty();
        if emptied && name == "variable_descriptions" {
            return self.edit(|root| json::remove_all(root, name));
        }
        self.set(name, &object.0)
    }

    /// Renames, in their places, the variables of which nothing but the name changed place; `known` follows.
    fn rename_variables(&mut self, known: &mut Variables, after: &Variables) -> Result<(), Problem> {
        if known.len() != after.len() {
            return Ok(());
        }
        let pairs = known.clone();
        for ((old, _), (new, _)) in pairs.iter().zip(after.iter()).filter(|((old, _), (new, _))| old != new) {
            if after.get(old).is_some() || !known.rename(old, new) {
                continue;
            }
            for holder in ["variables", "variable_descriptions"] {
                self.edit(|root| {
                    let member = root.get(holder).and_then(|object| object.member(old));
                    member.map(|member| json::rename(&member, new)).unwrap_or_default()
                })?;
            }
        }
        Ok(())
    }

    fn variables(&self) -> Result<Variables, Problem> {
        Ok(Json::parse(&self.0)?.root().get("variables").map(Variables::from_json).unwrap_or_default())
    }

    fn edit(&mut self, edit: impl FnOnce(Value<'_>) -> Edit) -> Result<(), Problem> {
        let json = Json::parse(&self.0)?;
        self.0 = edit(json.root()).apply(&self.0);
        Ok(())
    }
}

/// The index for a new member: behind the last one that comes before it in a neat file.
fn place(root: Value<'_>, name: &str) -> usize {
    let earlier = MEMBERS.iter().take_while(|known| **known != name);
    earlier.filter_map(|known| root.member(known)).map(|member| member.index + 1).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::json::Serialization;
    use crate::jose::secret::SecretEncoding;

    const FILE: &str = "\u{feff}{ \"format\" : \"jwt-workbench.template\",\r\n\t\"owner\": [ 1.0 ],\r\n\t\"version\": 1,\r\n\
        \t\"name\": \"A\\u0062\",\r\n\t\"variables\": {\r\n\t\t\"tenant\": \"acme\",\r\n\t\t\"quota\": 5\r\n\t},\r\n\
        \t\"header\": { \"alg\":\"HS256\" },\r\n\t\"claims\": { \"n\": 1e5,\r\n \"n\": 2 },\r\n\
        \t\"key\": { \"env\": \"A\", \"vault\": true } }\r\n\r\n";

    /// Reads [`FILE`], changes the template, and compares the saved file with [`FILE`] after the same change by text.
    #[track_caller]
    fn check(change: impl FnOnce(&mut TemplateFile), edits: &[(&str, &str)]) {
        let mut template = TemplateFile::parse(FILE).unwrap();
        change(&mut template);
        let text = template.to_text().unwrap();
        let expected = edits.iter().fold(FILE.to_owned(), |text, (old, new)| {
            assert_eq!(text.matches(old).count(), 1, "{old}");
            text.replace(old, new)
        });
        assert_eq!(text, expected);
        assert_eq!(TemplateFile::parse(&text), Ok(template));
    }

    #[test]
    fn what_did_not_change_stays_byte_for_byte() {
        check(|_| (), &[]);
        check(|t| t.name = "New".into(), &[("\"A\\u0062\"", "\"New\"")]);
        check(|t| t.header = "{ \"alg\":\n\"ES256\" }".into(), &[("{ \"alg\":\"HS256\" }", "{ \"alg\":\n\"ES256\" }")]);
        check(|t| t.claims = "[]".into(), &[("{ \"n\": 1e5,\r\n \"n\": 2 }", "[]")]);
        check(|t| t.description = "D".into(), &[("A\\u0062\",", "A\\u0062\",\r\n\t\"description\": \"D\",")]);
        check(
            |t| t.serialization = Serialization::Sorted,
            &[("A\\u0062\",", "A\\u0062\",\r\n\t\"serialization\": \"sorted\",")],
        );
    }

    #[test]
    fn variables_and_hints_are_edited_one_by_one() {
        check(|t| t.variables.set("quota", "7"), &[("\"quota\": 5", "\"quota\": 7")]);
        check(|t| t.variables.set("new", "x"), &[("\"quota\": 5", "\"quota\": 5,\r\n\t\t\"new\": \"x\"")]);
        check(|t| drop(t.variables.remove("quota")), &[(",\r\n\t\t\"quota\": 5", "")]);
        check(
            |t| {
                let tenant = t.variables.remove("tenant").unwrap();
                t.variables.insert("tenant", tenant);
            },
            &[("{\r\n\t\t\"tenant\": \"acme\",\r\n\t\t\"quota\": 5\r\n\t}", "{ \"quota\": 5, \"tenant\": \"acme\" }")],
        );
        check(|t| t.key.env = Some("B".into()), &[("\"env\": \"A\"", "\"env\": \"B\"")]);
        check(|t| t.key.env = None, &[("\"env\": \"A\", ", "")]);
        check(
            |t| t.key.secret_encoding = Some(SecretEncoding::Hex),
            &[("\"vault\": true", "\"vault\": true, \"secret_encoding\": \"hex\"")],
        );
    }

    #[test]
    fn the_schema_is_kept_byte_for_byte_and_leaves_no_trace() {
        const SCHEMA: &str = "{ \"type\":\n\"object\",  \"required\": [] }";
        let claims = "\"claims\": { \"n\": 1e5,\r\n \"n\": 2 },";
        check(
            |t| t.claims_schema = Some(SCHEMA.into()),
            &[(claims, &format!("{claims}\r\n\t\"claims_schema\": {SCHEMA},"))],
        );
        let mut template = TemplateFile::parse(FILE).unwrap();
        template.claims_schema = Some(SCHEMA.into());
        let mut with = TemplateFile::parse(&template.to_text().unwrap()).unwrap();
        assert_eq!(with.claims_schema.as_deref(), Some(SCHEMA));
        with.claims_schema = None;
        assert_eq!(with.to_text().unwrap(), FILE);
    }

    #[test]
    fn a_renamed_variable_stays_in_its_place() {
        check(|t| assert!(t.variables.rename("tenant", "customer")), &[("\"tenant\":", "\"customer\":")]);
    }

    #[test]
    fn descriptions_of_variables_are_edited_one_by_one_and_leave_no_trace() {
        const PLAIN: &str = "{\n  \"format\": \"jwt-workbench.template\",\n  \"version\": 1,\n  \
            \"variables\": { \"tenant\": \"acme\" },\n  \"header\": {},\n  \"claims\": {}\n}\n";
        let mut template = TemplateFile::parse(PLAIN).unwrap();
        let describe = |template: &mut TemplateFile, words: &str| {
            template.variables.get_mut("tenant").unwrap().description = words.to_owned();
        };
        describe(&mut template, "Whose \"data\"");
        let described = template.to_text().unwrap();
        let member = "  \"variable_descriptions\": { \"tenant\": \"Whose \\\"data\\\"\" },\n";
        assert_eq!(described, PLAIN.replace("  \"header\"", &format!("{member}  \"header\"")));
        let mut template = TemplateFile::parse(&described).unwrap();
        assert_eq!(template.variables.get("tenant").unwrap().description, "Whose \"data\"");
        assert!(template.variables.rename("tenant", "customer"));
        assert_eq!(template.to_text().unwrap(), described.replace("\"tenant\"", "\"customer\""));
        assert!(template.variables.rename("customer", "tenant"));
        describe(&mut template, "");
        assert_eq!(template.to_text().unwrap(), PLAIN);
        // What is said of variables that are not declared is kept.
        let other = PLAIN.replace("  \"header\"", "  \"variable_descriptions\": {\"x\": \"y\"},\n  \"header\"");
        let mut template = TemplateFile::parse(&other).unwrap();
        assert_eq!(template.to_text().unwrap(), other);
        describe(&mut template, "W");
        assert_eq!(template.to_text().unwrap(), other.replace("\"y\"}", "\"y\", \"tenant\": \"W\"}"));
    }

    #[test]
    fn members_that_were_missing_are_added() {
        let text =
            "{\n  \"format\": \"jwt-workbench.template\",\n  \"version\": 1,\n  \"header\": {},\n  \"claims\": {}\n}\n";
        let mut template = TemplateFile::parse(text).unwrap();
        template.name = "N".into();
        template.variables.set("a", "b");
        template.key.env = Some("E".into());
        assert_eq!(
            template.to_text().unwrap(),
            text.replace("1,", "1,\n  \"name\": \"N\",\n  \"variables\": { \"a\": \"b\" },")
                .replace("claims\": {}", "claims\": {},\n  \"key\": { \"env\": \"E\" }")
        );
    }

    #[test]
    fn a_new_file_is_neat_and_holds_the_texts_as_typed() {
        let mut template = TemplateFile::new("N \"1\"", "{\"alg\":  \"HS256\"}", " {\n  \"sub\": \"ä\"\n}\n");
        let text = template.to_text().unwrap();
        assert_eq!(
            text,
            "{\n  \"format\": \"jwt-workbench.template\",\n  \"version\": 1,\n  \"name\": \"N \\\"1\\\"\",\n  \
             \"serialization\": \"compact\",\n  \"header\": {\"alg\":  \"HS256\"},\n  \
             \"claims\": {\n  \"sub\": \"ä\"\n}\n}\n"
        );
        assert_eq!(TemplateFile::parse(&text).unwrap().claims, "{\n  \"sub\": \"ä\"\n}");
        template.claims = template.claims.trim().into();
        template.description = "D".into();
        template.serialization = Serialization::AsTyped;
        template.variables.set("tenant", "acme");
        template.key.secret_encoding = Some(SecretEncoding::Utf8);
        let text = template.to_text().unwrap();
        assert_eq!(TemplateFile::parse(&text), Ok(template));
        assert!(text.ends_with(",\n  \"key\": { \"secret_encoding\": \"utf8\" }\n}\n"), "{text}");
    }

    #[test]
    fn what_could_not_be_read_again_is_not_written() {
        #[track_caller]
        fn check(change: impl FnOnce(&mut TemplateFile), message: &str) {
            let mut template = TemplateFile::new("", "{}", "{}");
            change(&mut template);
            let problem = template.to_text().unwrap_err();
            assert!(problem.message.contains(message), "{}", problem.message);
            assert!(!problem.help.is_empty());
        }
        check(|t| t.claims = "{}, \"key\": {}".into(), "The claims are not valid JSON");
        check(|t| t.claims = String::new(), "The claims are not valid JSON");
        check(|t| t.header = "[]".into(), "The header is an array, not an object");
        check(|t| t.claims = format!("{}{}", "[".repeat(512), "]".repeat(512)), "nested");
        check(|t| t.variables.insert("q", Variable::json("x")), "'q' is declared as JSON");
        check(|t| t.claims = format!("\"{}\"", "x".repeat(16 << 20)), "MiB");
    }
}
