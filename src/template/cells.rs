//! The values of one row.

/// The values of one row, in the order of the columns; refilled for each row without new memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    text: String,
    ends: Vec<usize>,
}

impl Cells {
    /// Takes all values out.
    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Adds a value behind the others.
    pub fn push(&mut self, value: &str) {
        self.text.push_str(value);
        self.ends.push(self.text.len());
    }

    /// The value of a column, counted from 0; `None` when the row is too short.
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.text.get(start..end)
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All values, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|index| self.get(index))
    }
}

impl<T: AsRef<str>> FromIterator<T> for Cells {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut cells = Self::default();
        for value in values {
            cells.push(value.as_ref());
        }
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_as_they_were_put_in() {
        let values = ["a", "", "ü\n", ""];
        let mut cells: Cells = values.iter().collect();
        assert_eq!(cells.iter().collect::<Vec<_>>(), values);
        assert_eq!((cells.len(), cells.get(2), cells.get(4)), (4, Some("ü\n"), None));
        cells.clear();
        assert!(cells.is_empty() && cells.get(0).is_none());
    }
}
