//! What is said of a file: where, how bad, and why.

use std::fmt;

/// A spot in a file, as exactly as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The file as a person knows it: its name, or its path inside a folder or archive.
    pub file: String,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The line or row, counted from 1 as an editor or a spreadsheet counts.
    pub line: Option<u64>,
    /// The column by its heading, or the member of a JSON record (`phones[0].number`).
    pub column: Option<String>,
}

impl Spot {
    /// Somewhere in this file.
    #[must_use]
    pub fn file(name: &str) -> Self {
        Self {
            file: name.to_owned(),
            ..Self::default()
        }
    }

    /// The same file and sheet, at this line.
    #[must_use]
    pub fn at_line(&self, line: u64) -> Self {
        Self {
            line: Some(line),
            ..self.clone()
        }
    }

    /// The same line, in this column.
    #[must_use]
    pub fn in_column(&self, column: &str) -> Self {
        Self {
            column: Some(column.to_owned()),
            ..self.clone()
        }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(f, ", sheet {sheet}")?;
        }
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", {column}")?;
        }
        Ok(())
    }
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The record does not come in.
    Refused,
    /// It comes in, and somebody should look at it.
    Doubtful,
    /// Something was done that one may want to know.
    Note,
}

/// Something worth telling about what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How bad.
    pub weight: Weight,
    /// Where.
    pub spot: Spot,
    /// The name of the record, where it has one.
    pub record: Option<String>,
    /// What is the matter with what, and what to do: `"WA154 1HF" is not a postcode; kept as written`.
    pub message: String,
}
