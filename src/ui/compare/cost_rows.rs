//! The rows of what each claim costs: derived once for the facts of a variant, and kept for drawing.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::measure::costs::{Cost, Costs, PartCosts};
use crate::workbench::compare::variant::VariantFacts;

/// What a row stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    /// The claim at this place of the payload: it can be left out.
    Claim(usize),
    /// A value of a payload that is no object, at this place.
    Item(usize),
    /// A member of the header.
    Header,
    /// What is left of the header: brackets and white space.
    HeaderRest,
    /// What is left of the payload: brackets and white space, or all of it when it is no JSON.
    Payload,
    /// The signature.
    Signature,
    /// The periods between the parts.
    Periods,
}

impl RowKind {
    /// The part of the token it belongs to, in a word; empty for what says so itself.
    pub(super) const fn part(self) -> &'static str {
        match self {
            Self::Header | Self::HeaderRest => "header",
            Self::Payload => "payload",
            Self::Claim(_) | Self::Item(_) | Self::Signature | Self::Periods => "",
        }
    }

    /// The place in the payload.
    pub(super) const fn place(self) -> Option<usize> {
        match self {
            Self::Claim(place) | Self::Item(place) => Some(place),
            _ => None,
        }
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CostRow {
    pub(super) kind: RowKind,
    pub(super) name: String,
    /// Characters in the token.
    pub(super) characters: usize,
    /// Bytes before base64url.
    pub(super) bytes: usize,
    /// Whether there is something in it to be looked at.
    pub(super) nested: bool,
}

/// All rows of a variant; they add up to its token.
pub(super) struct CostRows {
    facts: Arc<VariantFacts>,
    /// The claims, the most expensive first, and then all that is no claim.
    pub(super) rows: Vec<CostRow>,
    /// The most that one row costs.
    pub(super) most: usize,
    /// What the rows add up to.
    pub(super) total: usize,
    savings: RefCell<BTreeMap<usize, Option<usize>>>,
}

impl CostRows {
    /// The rows of a variant with these facts.
    pub(super) fn of(facts: &Arc<VariantFacts>) -> Self {
        let Costs { header, payload, signature } = &facts.costs;
        let is_object = facts.claims.is_some();
        let mut rows = heaviest(payload, |place| if is_object { RowKind::Claim(place) } else { RowKind::Item(place) });
        rows.extend(heaviest(header, |_| RowKind::Header));
        rows.push(rest(header, RowKind::HeaderRest));
        rows.push(rest(payload, RowKind::Payload));
        let fixed = |kind, name: &str, characters, bytes| {
            let name = name.to_owned();
            CostRow { kind, name, characters, bytes, nested: false }
        };
        rows.push(fixed(RowKind::Signature, "signature", *signature, facts.sizes.signature_bytes));
        rows.push(fixed(RowKind::Periods, "two periods", Costs::PERIODS, Costs::PERIODS));
        rows.retain(|row| row.characters > 0 || row.bytes > 0);
        Self {
            facts: Arc::clone(facts),
            most: rows.iter().map(|row| row.characters).max().unwrap_or_default(),
            total: rows.iter().map(|row| row.characters).sum(),
            rows,
            savings: RefCell::default(),
        }
    }

    /// Whether they are those of these very facts.
    pub(super) fn are_of(&self, facts: &Arc<VariantFacts>) -> bool {
        Arc::ptr_eq(&self.facts, facts)
    }

    /// The facts they are of.
    pub(super) fn facts(&self) -> &Arc<VariantFacts> {
        &self.facts
    }

    /// How long the token is without the claim at this place; counted when it is first asked for.
    pub(super) fn without(&self, place: usize) -> Option<usize> {
        let mut savings = self.savings.borrow_mut();
        let saving = *savings.entry(place).or_insert_with(|| self.facts.costs.payload.saving(&[place]));
        saving.map(|saving| self.total.saturating_sub(saving))
    }

    /// Whether a claim of the variant has this name.
    pub(super) fn has_claim(&self, name: &str) -> bool {
        self.rows.iter().any(|row| matches!(row.kind, RowKind::Claim(_)) && row.name == name)
    }
}

fn heaviest(part: &PartCosts, kind: impl Fn(usize) -> RowKind) -> Vec<CostRow> {
    let row = |(place, cost): (usize, &Cost)| CostRow {
        kind: kind(place),
        name: cost.name.clone(),
        characters: cost.characters,
        bytes: cost.bytes(),
        nested: !cost.children.is_empty(),
    };
    let mut rows: Vec<_> = part.root.children.iter().enumerate().map(row).collect();
    rows.sort_by_key(|row| Reverse(row.characters));
    rows
}

/// What a part takes besides its members.
fn rest(part: &PartCosts, kind: RowKind) -> CostRow {
    let inside: usize = part.root.children.iter().map(Cost::bytes).sum();
    let name = if part.json().is_some() { "brackets" } else { "no JSON" };
    let bytes = part.root.bytes().saturating_sub(inside);
    CostRow { kind, name: name.to_owned(), characters: part.root.own_characters(), bytes, nested: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::base64url::encoded_len;
    use crate::jose::json::{Json, Kind};
    use crate::measure::sizes::Sizes;
    use proptest::prelude::{any, prop, prop_assert_eq, proptest};

    fn facts(header: &[u8], payload: &[u8], signature: usize) -> Arc<VariantFacts> {
        let signature = encoded_len(signature);
        let claims = std::str::from_utf8(payload).ok().and_then(|text| Json::parse(text).ok());
        Arc::new(VariantFacts {
            algorithm: None,
            algorithm_name: String::new(),
            header: header.to_vec(),
            payload: payload.to_vec(),
            claims: claims.filter(|json| json.root().kind() == Kind::Object),
            sizes: Sizes::of_parts(encoded_len(header.len()), encoded_len(payload.len()), signature),
            costs: Costs::of(header, payload, signature),
            key: String::new(),
            signature: None,
        })
    }

    proptest! {
        #[test]
        fn the_rows_add_up_to_the_token(
            names in prop::collection::btree_set("[a-z]{1,12}", 0..20),
            values in prop::collection::vec(any::<u64>(), 20),
            signature in 0_usize..600,
        ) {
            let members: Vec<_> = names.iter().zip(values).map(|(name, value)| format!("\"{name}\":[{value},1]")).collect();
            let payload = format!("{{{}}}", members.join(","));
            let facts = facts(br#"{"alg":"HS256","typ":"JWT"}"#, payload.as_bytes(), signature);
            let rows = CostRows::of(&facts);
            prop_assert_eq!(rows.total, facts.sizes.token);
            let claims = rows.rows.iter().filter(|row| matches!(row.kind, RowKind::Claim(_)));
            prop_assert_eq!(claims.count(), names.len());
        }
    }

    #[test]
    fn the_most_expensive_claim_comes_first_and_all_others_after_the_claims() {
        let facts = facts(br#"{"alg":"HS256"}"#, br#"{"a":1,"long":"0123456789","b":2222}"#, 32);
        let rows = CostRows::of(&facts);
        let names: Vec<_> = rows.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["long", "b", "a", "alg", "brackets", "brackets", "signature", "two periods"]);
        assert_eq!(rows.without(0), Some(facts.sizes.token - 8), "\"a\":1, is six bytes");
    }

    #[test]
    fn a_payload_that_is_no_object_has_no_claims_to_leave_out() {
        for payload in [&b"[1,2]"[..], b"no JSON", b"\xff", b""] {
            let facts = facts(b"{}", payload, 0);
            let rows = CostRows::of(&facts);
            assert_eq!(rows.total, facts.sizes.token);
            assert!(!rows.rows.iter().any(|row| matches!(row.kind, RowKind::Claim(_))), "{payload:?}");
        }
    }
}
