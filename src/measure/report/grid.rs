//! A table of texts, written for people, for Markdown and for spreadsheets.

use std::borrow::Cow;

use crate::jose::text::visible;

/// On which side the texts of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Words.
    Left,
    /// Figures.
    Right,
}

/// Columns with their titles, and rows with a text for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    columns: Vec<(&'static str, Side)>,
    rows: Vec<Vec<String>>,
}

impl Grid {
    /// A table without rows.
    pub fn new(columns: &[(&'static str, Side)]) -> Self {
        Self { columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Adds a row with a text for each column.
    pub fn push(&mut self, row: Vec<String>) {
        debug_assert_eq!(row.len(), self.columns.len(), "a text for each column");
        self.rows.push(row);
    }

    /// Aligned columns, two spaces apart, without spaces at the ends of lines.
    pub fn to_text(&self) -> String {
        let titles: Vec<Cow<'_, str>> = self.columns.iter().map(|(title, _)| (*title).into()).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(|text| visible(text)).collect());
        let lines: Vec<Vec<Cow<'_, str>>> = std::iter::once(titles).chain(rows).collect();
        let width = |column: usize| {
            lines.iter().filter_map(|line| line.get(column)).map(|text| text.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.columns.len()).map(width).collect();
        let padded = |((text, width), (_, side)): ((&Cow<'_, str>, &usize), &(&str, Side))| match side {
            Side::Left => format!("{text:<width$}"),
            Side::Right => format!("{text:>width$}"),
        };
        let line = |line: &Vec<Cow<'_, str>>| {
            let texts: Vec<String> = line.iter().zip(&widths).zip(&self.columns).map(padded).collect();
            texts.join("  ").trim_end().to_owned()
        };
        lines.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// A table of GitHub Flavored Markdown.
    pub fn to_markdown(&self) -> String {
        let line = |texts: Vec<Cow<'_, str>>| format!("| {} |", texts.join(" | "));
        let cell = |text: &String| Cow::Owned(visible(text).replace('\\', "\\\\").replace('|', "\\|"));
        let titles = line(self.columns.iter().map(|(title, _)| (*title).into()).collect());
        let sides = self.columns.iter().map(|(_, side)| if *side == Side::Left { "---" } else { "---:" }.into());
        let rows = self.rows.iter().map(|row| line(row.iter().map(cell).collect()));
        [titles, line(sides.collect())].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
    }

    /// Comma-separated values (RFC 4180), the lines ending as text lines do, without one after the last.
    pub fn to_csv(&self) -> String {
        let titles = self.columns.iter().map(|(title, _)| quoted(title)).collect::<Vec<_>>().join(",");
        let rows = self.rows.iter().map(|row| row.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(","));
        std::iter::once(titles).chain(rows).collect::<Vec<_>>().join("\n")
    }
}

/// A field of RFC 4180: quoted when it holds what would end it.
fn quoted(field: &str) -> Cow<'_, str> {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\"")).into()
    } else {
        field.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Grid {
        let mut grid = Grid::new(&[("Name", Side::Left), ("Bytes", Side::Right)]);
        grid.push(vec!["a|b, \"c\"".to_owned(), "1,024".to_owned()]);
        grid.push(vec!["ü\n".to_owned(), "7".to_owned()]);
        grid
    }

    #[test]
    fn text_is_aligned_on_one_line_a_row() {
        assert_eq!(grid().to_text(), "Name      Bytes\na|b, \"c\"  1,024\nü\\u000a       7");
    }

    #[test]
    fn markdown_keeps_its_columns() {
        assert_eq!(
            grid().to_markdown(),
            "| Name | Bytes |\n| --- | ---: |\n| a\\|b, \"c\" | 1,024 |\n| ü\\\\u000a | 7 |"
        );
    }

    #[test]
    fn fields_are_quoted_where_they_must() {
        assert_eq!(grid().to_csv(), "Name,Bytes\n\"a|b, \"\"c\"\"\",\"1,024\"\n\"ü\n\",7");
    }
}
