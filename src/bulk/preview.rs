//! The first rows of a run and the first tokens, before anything is written.

use std::io::Read;

use super::minter::Minter;
use super::plan::{Order, Plan, Supply};
use super::recipe::Recipe;
use super::records::Layout;
use super::row::{Fault, Row};
use super::row_reader::RowReader;
use super::rows::Rows;
use super::shape::text_of;
use crate::jose::error::Problem;
use crate::jose::json::Json;
use crate::template::cells::Cells;
use crate::template::file::TemplateFile;
use crate::template::placeholder::Placeholder;
use crate::template::scan::scan;

/// The rows and tokens that a preview has.
pub const ROWS: usize = 5;

/// What a run would begin with.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// The names of the columns; none for a run by count.
    pub columns: Vec<String>,
    /// The first rows.
    pub rows: Vec<Row>,
    /// The faulty rows that were met on the way.
    pub faults: Vec<Fault>,
    /// How many rows the file has, where that could be counted; the count for a run by count.
    pub total: Option<u64>,
    /// The first tokens, or why there are none; one for each of the rows.
    pub tokens: Vec<Result<String, Problem>>,
    /// The variables of the template that neither it nor a column gives a value.
    pub unfilled: Vec<String>,
}

/// The most rows that are read for a preview, when many are faulty.
const LOOKED_AT: usize = 1_000;

impl Preview {
    /// What the run of `order` would begin with. A template that nothing can be minted from is no error here: that is said
    /// in the place of the tokens.
    ///
    /// # Errors
    /// Rows that cannot be read at all.
    pub fn of<R: Read>(order: &Order, rows: Option<Rows<R>>) -> Result<Self, Problem> {
        match rows {
            Some(rows) => Self::of_rows(order, rows),
            None => Ok(Self::of_count(order)),
        }
    }

    fn of_count(order: &Order) -> Self {
        let Plan { from, shard, ref supply, .. } = order.plan;
        let count = if let Supply::Count(count) = supply { *count } else { 0 };
        let indices = std::iter::successors(shard.first(from), |index| index.checked_add(shard.step()));
        let indices: Vec<u64> = indices.take_while(|index| *index < count).take(ROWS).collect();
        let none = Cells::default();
        let tokens = tokens(order, &[], None, indices.iter().map(|index| (*index, &none)));
        Self { total: Some(count), tokens, unfilled: unfilled(&order.template, &[]), ..Self::default() }
    }

    fn of_rows<R: Read>(order: &Order, mut rows: Rows<R>) -> Result<Self, Problem> {
        let Plan { from, shard, .. } = order.plan;
        let (columns, layout) = (rows.columns().clone(), rows.layout());
        let mut reader = RowReader::new(columns.clone(), layout);
        let mut preview =
            Self { columns: columns.to_vec(), unfilled: unfilled(&order.template, &columns), ..Self::default() };
        let mut read: Vec<(u64, Cells)> = Vec::new();
        let mut looked_at = 0;
        let mut index = 0;
        while read.len() < ROWS && looked_at < LOOKED_AT {
            let Some((record, line)) = rows.read_row()? else { break };
            let own = index;
            index += 1;
            if own < from || !shard.takes(own) {
                continue;
            }
            looked_at += 1;
            let mut cells = Cells::default();
            match reader.read(&record, &mut cells) {
                Ok(()) => {
                    let values = cells.iter().map(|cell| text_of(cell, layout).into_owned()).collect();
                    preview.rows.push(Row { line, values });
                    read.push((own, cells));
                }
                Err(problem) => {
                    let text = String::from_utf8_lossy(&record).into_owned();
                    preview.faults.push(Fault { line, text, problem });
                }
            }
        }
        preview.tokens = tokens(order, &columns, Some(layout), read.iter().map(|(index, cells)| (*index, cells)));
        Ok(preview)
    }
}

/// The tokens of these indices and rows.
fn tokens<'c>(
    order: &Order,
    columns: &[String],
    layout: Option<Layout>,
    rows: impl Iterator<Item = (u64, &'c Cells)>,
) -> Vec<Result<String, Problem>> {
    let recipe = Recipe::new(order, columns, layout);
    let mut minter = recipe.as_ref().map_err(Clone::clone).and_then(Minter::new);
    let mint = |(index, cells)| {
        let minter = minter.as_mut().map_err(|problem| problem.clone())?;
        let mut token = Vec::new();
        minter.mint(index, cells, &mut token).map_err(|no| no.problem)?;
        Ok(String::from_utf8_lossy(&token).into_owned())
    };
    rows.map(mint).collect()
}

/// The names that nothing gives a value, in the order they come in.
fn unfilled(template: &TemplateFile, columns: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for text in [&template.header, &template.claims] {
        let Ok(json) = Json::parse(text) else { continue };
        for occurrence in scan(&json) {
            let Ok(Placeholder::Variable(name)) = occurrence.placeholder else { continue };
            if template.variables.get(&name).is_none() && !columns.contains(&name) && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}
