//! What an import would change, for the user to agree to.

use crate::jose::text::Edit;
use crate::template::environment::{Environment, LeftOut};
use crate::template::relative::Relative;
use crate::template::variables::{Variable, Variables};

/// A change that waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preview {
    /// Variables of another program's environment.
    Variables(VariablesPreview),
    /// Fixed instants of the claims that become relative.
    Times {
        /// What becomes what.
        changes: Vec<Relative>,
        /// The edit of the claims that does it.
        edit: Edit,
        /// The revision of the draft that it is for.
        revision: u64,
    },
}

/// What would become of the draft's variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariablesPreview {
    /// Where they come from: `Postman environment "Staging"`.
    pub source: String,
    /// New ones.
    pub added: Vec<(String, Variable)>,
    /// Ones that get another value: the name, the value now and the value then.
    pub changed: Vec<(String, Variable, Variable)>,
    /// How many are there already, with the same value.
    pub same: usize,
    /// What is not taken over, and why.
    pub left_out: Vec<LeftOut>,
}

impl VariablesPreview {
    /// Holds an environment against the variables there are. A description is kept where the environment has none.
    pub(super) fn of(environment: Environment, variables: &Variables) -> Self {
        let Environment { program, name, variables: new, left_out } = environment;
        let source = if name.is_empty() {
            format!("{program} environment")
        } else {
            format!("{program} environment \"{name}\"")
        };
        let mut preview = Self { source, added: Vec::new(), changed: Vec::new(), same: 0, left_out };
        for (name, variable) in new.iter() {
            let mut variable = variable.clone();
            let Some(known) = variables.get(name) else {
                preview.added.push((name.to_owned(), variable));
                continue;
            };
            if variable.description.is_empty() {
                variable.description.clone_from(&known.description);
            }
            if *known == variable {
                preview.same += 1;
            } else {
                preview.changed.push((name.to_owned(), known.clone(), variable));
            }
        }
        preview
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty()
    }
}
