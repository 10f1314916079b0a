//! Finds the rows that have a text in a column.

use std::hash::{BuildHasher, RandomState};

use super::grid::Grid;

/// Hashes with a key of its own, so that no file can be made to collide.
pub(super) type Hashing = RandomState;

/// The rows of a grid by what stands in one column; rows with nothing there are left out.
#[derive(Debug)]
pub(super) struct Index {
    column: usize,
    sorted: Vec<(u64, u32)>,
}

impl Index {
    /// Of this column.
    pub(super) fn of(grid: &Grid, column: usize, hashing: &Hashing) -> Self {
        let rows = (0..grid.len()).filter_map(|row| {
            let cell = grid.cell(row, column).trim();
            let number = u32::try_from(row).ok()?;
            (!cell.is_empty()).then(|| (hashing.hash_one(cell), number))
        });
        let mut sorted: Vec<(u64, u32)> = rows.collect();
        sorted.sort_unstable();
        Self { column, sorted }
    }

    /// The rows with this text, in the order of the file.
    pub(super) fn rows<'a>(
        &'a self,
        grid: &'a Grid,
        text: &'a str,
        hashing: &Hashing,
    ) -> impl Iterator<Item = usize> + 'a {
        let text = text.trim();
        let hash = hashing.hash_one(text);
        let first = self.sorted.partition_point(|&(other, _)| other < hash);
        let from = self.sorted.get(first..).unwrap_or_default().iter();
        from.take_while(move |(other, _)| *other == hash)
            .filter_map(|&(_, row)| usize::try_from(row).ok())
            .filter(move |&row| grid.cell(row, self.column).trim() == text)
    }
}
