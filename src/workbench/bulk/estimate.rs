//! How large the output will be: an estimate from the first tokens.

use crate::bulk::plan::Form;
use crate::bulk::preview::Preview;
use crate::workbench::Workbench;

use super::setup::By;

/// How many tokens there will be, and about how many bytes they take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// Tokens, faulty rows included.
    pub tokens: u64,
    /// Bytes, about.
    pub bytes: u64,
}

impl Workbench {
    /// How large the output will be; `None` while the number of rows or the first token is not known.
    pub fn estimate(&self) -> Option<Estimate> {
        let setup = &self.bulk.setup;
        let preview = self.bulk.preview.as_ref()?.as_ref().ok()?;
        let total = match setup.by {
            By::Count => setup.count,
            By::Rows => preview.total?,
        };
        let tokens = total.saturating_sub(setup.from);
        let bytes = entry(setup.form, preview, setup.url.len(), total)?;
        Some(Estimate { tokens, bytes: (bytes * tokens as f64) as u64 })
    }
}

/// The bytes of one token with what is written around it, on the average of the first rows.
fn entry(form: Form, preview: &Preview, url: usize, total: u64) -> Option<f64> {
    let made: Vec<usize> = preview.tokens.iter().flatten().map(String::len).collect();
    let token = made.iter().sum::<usize>() as f64 / (!made.is_empty()).then_some(made.len())? as f64;
    let rows = preview.rows.len().max(1) as f64;
    let values = preview.rows.iter().flat_map(|row| &row.values).map(String::len).sum::<usize>() as f64 / rows;
    let names = preview.columns.iter().map(String::len).sum::<usize>() as f64;
    let columns = preview.columns.len() as f64;
    // By count the tokens are numbered.
    let digits = f64::from(total.max(1).ilog10()) + 1.0;
    let (listed, named) = if preview.columns.is_empty() {
        (digits + 1.0, digits + 5.0)
    } else {
        (values + columns, names + values + 6.0 * columns)
    };
    Some(match form {
        Form::Folder => token,
        Form::Lines | Form::Wrk => token + 1.0,
        Form::Csv | Form::Jmeter => token + listed + 1.0,
        Form::Ndjson => token + named + 13.0,
        Form::K6 => token + named + 14.0,
        Form::Vegeta => token + url as f64 + 66.0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bulk::row::Row;

    #[test]
    fn an_entry_is_the_token_and_what_is_around_it() {
        let token = |length: usize| Ok("x".repeat(length));
        let row = Row { line: 2, values: vec!["ann".to_owned(), "a@b".to_owned()] };
        let rows = Preview {
            columns: vec!["name".to_owned(), "email".to_owned()],
            rows: vec![row],
            tokens: vec![token(100), token(200)],
            ..Preview::default()
        };
        assert_eq!(entry(Form::Lines, &rows, 0, 10), Some(151.0));
        assert_eq!(entry(Form::Csv, &rows, 0, 10), Some(150.0 + 6.0 + 2.0 + 1.0), "ann,a@b,TOKEN and the line's end");
        let object = r#"{"name":"ann","email":"a@b","token":""}"#.len() as f64;
        assert_eq!(entry(Form::Ndjson, &rows, 0, 10), Some(150.0 + object + 1.0));
        let count = Preview { tokens: vec![token(150)], ..Preview::default() };
        assert_eq!(entry(Form::Csv, &count, 0, 1_000), Some(150.0 + 4.0 + 2.0));
        let object = r#"{"n":1000,"token":""}"#.len() as f64;
        assert_eq!(entry(Form::Ndjson, &count, 0, 1_000), Some(150.0 + object + 1.0));
        assert_eq!(entry(Form::Lines, &Preview::default(), 0, 10), None, "without a token nothing is known");
    }
}
