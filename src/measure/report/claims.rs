//! The costs of a token's claims, to be written out.

use serde::{Deserialize, Serialize};

use super::grid::{Grid, Side};
use crate::jose::base64url;
use crate::jose::compact::Token;
use crate::jose::error::Problem;
use crate::jose::json::{Kind, Value};
use crate::measure::budget::Budget;
use crate::measure::capacity::Capacity;
use crate::measure::costs::{Cost, Costs, PartCosts};

/// For so many of the most expensive claims it is counted what their removal saves.
const MOST_SAVINGS: usize = 64;

/// What a token is made of, byte by byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The header and its members.
    pub header: ClaimCost,
    /// The payload and its members.
    pub payload: ClaimCost,
    /// The characters of the signature.
    pub signature: usize,
    /// The two periods between the parts.
    pub periods: usize,
}

/// What one member costs; the characters of the children and its own add up to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimCost {
    /// The name; `[0]` for an item; empty for the whole part.
    pub name: String,
    /// The bytes of its JSON, with name, colon and comma.
    pub bytes: usize,
    /// The base64url characters of the token that count for it.
    pub characters: usize,
    /// How much shorter the token is without it; `None` for nested values, and past the 64 most expensive.
    pub saving: Option<usize>,
    /// How many more elements like the last of an array fit into the budget; `None` unless it is an array.
    pub more_elements: Option<usize>,
    /// The members or items, the most expensive first.
    pub children: Vec<Self>,
}

impl Claims {
    /// The costs in `token`, which is held against `budget`.
    ///
    /// # Errors
    /// None for a minted token: its parts are base64url.
    pub fn of(token: &Token, budget: Budget) -> Result<Self, Problem> {
        let [header, payload] = [token.header(), token.payload()].map(base64url::decode);
        let costs = Costs::of(&header?, &payload?, token.signature().len());
        let mut payload = ClaimCost::of(&costs.payload.root);
        payload.add_savings(&costs.payload);
        payload.add_capacities(&costs.payload, costs.token() - costs.payload.root.characters, budget);
        let header = ClaimCost::of(&costs.header.root);
        Ok(Self { header, payload, signature: costs.signature, periods: Costs::PERIODS })
    }

    /// One line for each claim, the most expensive first, the members of objects below them; then the rest of the token.
    pub fn grid(&self) -> Grid {
        let mut grid = Grid::new(&[
            ("Part", Side::Left),
            ("Bytes", Side::Right),
            ("In the token", Side::Right),
            ("Share", Side::Right),
            ("Token without it", Side::Right),
            ("More elements fit", Side::Right),
        ]);
        let token = self.header.characters + self.payload.characters + self.signature + self.periods;
        let mut line = |name: String, bytes: Option<usize>, characters: usize, cost: Option<&ClaimCost>| {
            let number = |number: Option<usize>| number.map_or_else(String::new, |number| number.to_string());
            grid.push(vec![
                name,
                number(bytes),
                characters.to_string(),
                format!("{:.1} %", characters as f64 * 100.0 / token.max(1) as f64),
                number(cost.and_then(|cost| cost.saving).map(|saving| token - saving)),
                number(cost.and_then(|cost| cost.more_elements)),
            ]);
        };
        for claim in &self.payload.children {
            line(claim.name.clone(), Some(claim.bytes), claim.characters, Some(claim));
            for member in claim.children.iter().filter(|child| !child.name.starts_with('[')) {
                line(format!("  {}", member.name), Some(member.bytes), member.characters, Some(member));
            }
        }
        let own = self.payload.own();
        line("brackets of the payload".to_owned(), Some(own.0), own.1, None);
        line("header".to_owned(), Some(self.header.bytes), self.header.characters, None);
        line("signature".to_owned(), None, self.signature, None);
        line("periods".to_owned(), None, self.periods, None);
        line("token".to_owned(), None, token, None);
        grid
    }
}

impl ClaimCost {
    /// As deep as the text, which is at most [`crate::jose::json::MAX_DEPTH`] levels.
    fn of(cost: &Cost) -> Self {
        Self {
            name: cost.name.clone(),
            bytes: cost.bytes(),
            characters: cost.characters,
            saving: None,
            more_elements: None,
            children: cost.heaviest().into_iter().map(Self::of).collect(),
        }
    }

    /// Whether both have the same names with the same sizes.
    pub(super) fn is_as_large_as(&self, other: &Self) -> bool {
        (&self.name, self.bytes, self.characters) == (&other.name, other.bytes, other.characters)
            && self.children.len() == other.children.len()
            && self.children.iter().zip(&other.children).all(|(own, other)| own.is_as_large_as(other))
    }

    /// The bytes and characters that are no child's.
    fn own(&self) -> (usize, usize) {
        let sum = |of: fn(&Self) -> usize| self.children.iter().map(of).sum::<usize>();
        (self.bytes - sum(|child| child.bytes), self.characters - sum(|child| child.characters))
    }

    fn add_savings(&mut self, part: &PartCosts) {
        for (child, index) in self.children.iter_mut().zip(heaviest_first(part)).take(MOST_SAVINGS) {
            child.saving = part.saving(&[index]);
        }
    }

    fn add_capacities(&mut self, part: &PartCosts, rest: usize, budget: Budget) {
        let Some(json) = part.json() else { return };
        let values: Vec<Value<'_>> = json.root().members().map(|member| member.value).collect();
        for (child, index) in self.children.iter_mut().zip(heaviest_first(part)) {
            let array = values.get(index).filter(|value| value.kind() == Kind::Array);
            let capacity = array.and_then(|array| Capacity::of(budget, rest, json, *array));
            child.more_elements = capacity.map(|capacity| capacity.more);
        }
    }
}

/// The numbers of the members in the text, in the order of [`Cost::heaviest`].
fn heaviest_first(part: &PartCosts) -> Vec<usize> {
    let mut order: Vec<usize> = (0..part.root.children.len()).collect();
    let characters = |index: &usize| part.root.children.get(*index).map_or(0, |cost| cost.characters);
    order.sort_by_key(|index| std::cmp::Reverse(characters(index)));
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::compact::mint;
    use crate::jose::jwa::Algorithm;
    use crate::jose::key::Key;
    use crate::jose::secret::Secret;

    const PAYLOAD: &str = r#"{"sub":"42","roles":["admin","editor"],"profile":{"name":"Ada","city":"London"}}"#;

    fn minted(payload: &str) -> Token {
        let signer = Key::secret(Secret::from(vec![7; 32])).signer(Algorithm::HS256).unwrap();
        mint(&signer, br#"{"alg":"HS256"}"#, payload.as_bytes()).unwrap()
    }

    #[test]
    fn the_lines_that_are_not_nested_add_up_to_the_last() {
        let token = minted(PAYLOAD);
        let costs = Claims::of(&token, Budget::Cookie).unwrap();
        let names: Vec<_> = costs.payload.children.iter().map(|claim| claim.name.as_str()).collect();
        assert_eq!(names, ["profile", "roles", "sub"]);
        let text = costs.grid().to_text();
        let figure = |line: &str| -> usize { line[25..].split_whitespace().nth(1).unwrap().parse().unwrap() };
        let lines: Vec<&str> = text.lines().skip(1).filter(|line| !line.starts_with(' ')).collect();
        assert!(lines.iter().any(|line| line.starts_with("brackets of the payload")), "{text}");
        assert!(lines.last().unwrap().contains(&token.len().to_string()), "{text}");
        assert_eq!(figure(lines[0]), costs.payload.children[0].characters, "{text}");
        let (payload, header) = (token.payload().len(), token.header().len());
        assert_eq!((costs.payload.characters, costs.header.characters, costs.signature), (payload, header, 43));
    }

    #[test]
    fn savings_and_capacities_are_those_of_tokens_minted_again() {
        let token = minted(PAYLOAD);
        let costs = Claims::of(&token, Budget::Own(200)).unwrap();
        let [_, roles, _] = &costs.payload.children[..] else { panic!("three claims") };
        let without = minted(r#"{"sub":"42","profile":{"name":"Ada","city":"London"}}"#);
        assert_eq!(roles.saving, Some(token.len() - without.len()));
        let more = roles.more_elements.unwrap();
        let with = |more: usize| {
            minted(&PAYLOAD.replace(r#""editor""#, &format!("\"editor\"{}", ",\"editor\"".repeat(more)))).len()
        };
        assert!(with(more) <= 200 && with(more + 1) > 200, "{more}");
        assert_eq!(costs.payload.children[0].more_elements, None);
    }
}
