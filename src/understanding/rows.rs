//! Many short lists in one piece of memory: tens of thousands of small allocations would fragment it for good.

/// Lists, known by their index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows<T> {
    /// Where each list ends, and the next one begins.
    ends: Vec<usize>,
    items: Vec<T>,
}

impl<T> Rows<T> {
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Adds a list.
    pub fn push(&mut self, row: impl IntoIterator<Item = T>) {
        self.items.extend(row);
        self.ends.push(self.items.len());
    }

    /// The list at this index; panics if there is none.
    #[must_use]
    pub fn row(&self, at: usize) -> &[T] {
        let begin = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[begin..self.ends[at]]
    }

    /// The items of all lists, to change in place.
    pub fn items_mut(&mut self) -> &mut [T] {
        &mut self.items
    }

    /// Appends all lists of another.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        let moved = self.items.len();
        self.ends.extend(other.ends.iter().map(|end| end + moved));
        self.items.extend(other.items);
        self
    }
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self {
            ends: Vec::new(),
            items: Vec::new(),
        }
    }
}

impl<T, R: IntoIterator<Item = T>> FromIterator<R> for Rows<T> {
    fn from_iter<I: IntoIterator<Item = R>>(all: I) -> Self {
        let mut rows = Self::default();
        all.into_iter().for_each(|row| rows.push(row));
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_stay_apart() {
        let rows: Rows<u8> = [vec![1, 2], vec![]].into_iter().collect();
        let rows = rows.with([vec![3]].into_iter().collect());
        assert_eq!(
            (rows.row(0), rows.row(1), rows.row(2)),
            (&[1, 2][..], &[][..], &[3][..])
        );
        assert_eq!(rows.len(), 3);
    }
}
