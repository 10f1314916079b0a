//! The cells of one file, close together: all text in one piece, and where each cell ends.

/// What one file may hold as text, and all files together.
pub(super) const MOST_TEXT: usize = 1 << 30;

/// A file's rows, all as wide as its headings.
#[derive(Debug, Default)]
pub(super) struct Grid {
    text: String,
    ends: Vec<u32>,
    lines: Vec<u32>,
    width: usize,
}

impl Grid {
    /// With room for this many columns.
    pub(super) fn of_width(width: usize) -> Self {
        Self {
            width,
            ..Self::default()
        }
    }

    /// Adds a row; cells that it lacks are empty, those it has beyond the headings are not kept.
    pub(super) fn push<'a>(&mut self, line: u64, cells: impl Iterator<Item = &'a str>) {
        let lacking = std::iter::repeat("");
        for cell in cells.chain(lacking).take(self.width) {
            self.text.push_str(cell);
            self.ends
                .push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        }
        self.lines.push(u32::try_from(line).unwrap_or(u32::MAX));
    }

    /// How many rows.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// How many bytes of text.
    pub(super) fn size(&self) -> usize {
        self.text.len()
    }

    /// The line where a row begins.
    pub(super) fn line(&self, row: usize) -> u64 {
        self.lines.get(row).copied().map_or(0, u64::from)
    }

    /// A cell; nothing where there is no such cell.
    pub(super) fn cell(&self, row: usize, column: usize) -> &str {
        if column >= self.width {
            return "";
        }
        let at = row.saturating_mul(self.width).saturating_add(column);
        let end = |at: usize| {
            let end = self.ends.get(at).copied().unwrap_or_default();
            usize::try_from(end).unwrap_or_default()
        };
        let from = at.checked_sub(1).map_or(0, end);
        self.text.get(from..end(at)).unwrap_or_default()
    }
}
