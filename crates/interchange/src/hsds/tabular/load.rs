//! Reads the files of a package into memory, with ways to find their rows.

use std::collections::HashMap;

use super::grid::{Grid, MOST_TEXT};
use super::heading::{Column, Refers, columns, kept_refers};
use super::index::{Hashing, Index};
use super::kind::{Make, TableKind, settle};
use super::package::{Member, Package};
use crate::tables::{Options, Row, Table as Reader};
use crate::{Finding, Intake, InterchangeError, Spot, Stop, Weight};

/// A table in memory.
#[derive(Debug)]
pub(super) struct Table {
    /// Which it is.
    pub kind: TableKind,
    /// Its file.
    pub spot: Spot,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub grid: Grid,
    /// Its rows by columns: their own identifier, and those that say what belongs together.
    pub indexes: HashMap<String, Index>,
}

impl Table {
    /// The number of the column that becomes this member.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// A cell by the member that it becomes, without space around it; none where it is blank.
    pub(super) fn cell(&self, row: usize, name: &str) -> Option<&str> {
        let cell = self.grid.cell(row, self.column(name)?).trim();
        (!cell.is_empty()).then_some(cell)
    }

    /// Where a row is.
    pub(super) fn spot(&self, row: usize) -> Spot {
        self.spot.at_line(self.grid.line(row))
    }
}

/// Counts what is read, for progress.
pub(super) struct Progress {
    /// How much was done.
    pub done: u64,
    /// How much there is.
    pub total: u64,
}

/// Reads every table of a package.
pub(super) fn load(
    package: &mut Package,
    hashing: &Hashing,
    progress: &mut Progress,
    intake: &mut dyn Intake,
) -> Result<Vec<Table>, Stop> {
    let mut tables = Vec::new();
    let mut text = 0;
    for member in package.members.clone() {
        let table = read(package, &member, hashing, (progress, text), intake)?;
        text = text.saturating_add(table.grid.size());
        tables.push(table);
    }
    Ok(tables)
}

fn read(
    package: &mut Package,
    member: &Member,
    hashing: &Hashing,
    (progress, before): (&mut Progress, usize),
    intake: &mut dyn Intake,
) -> Result<Table, Stop> {
    let spot = package.spot(&member.part);
    let file = package.on_disk(&member.part)?;
    let mut reader = open(&file.path, &spot)?;
    let headings: Vec<String> = reader.headings.iter().map(|h| h.name.clone()).collect();
    let kind = settle(member.kind, &headings);
    let mut table = Table {
        kind,
        columns: named(kind, &headings, &spot)?,
        grid: Grid::of_width(headings.len()),
        indexes: HashMap::new(),
        spot,
    };
    for finding in std::mem::take(&mut reader.findings) {
        intake.find(Finding {
            spot: table.spot.clone(),
            ..finding
        })?;
    }
    let from = progress.done;
    let mut row = Row::default();
    while reader
        .next(&mut row)
        .map_err(|error| at(&table.spot, error))?
    {
        ragged(&table, &row, intake)?;
        table
            .grid
            .push(row.line, row.cells.iter().map(String::as_str));
        if before.saturating_add(table.grid.size()) > MOST_TEXT {
            return Err(too_much(&table.spot).into());
        }
        if table.grid.len().is_multiple_of(512) {
            progress.done = from.saturating_add(reader.done());
            intake.step(progress.done, progress.total)?;
        }
    }
    progress.done = from.saturating_add(reader.done());
    intake.step(progress.done, progress.total)?;
    index(&mut table, hashing);
    Ok(table)
}

/// Opens a file of comma-separated cells, or of cells separated otherwise where that makes none.
fn open(path: &std::path::Path, spot: &Spot) -> Result<Reader, InterchangeError> {
    let options = Options {
        header_line: Some(1),
        delimiter: Some(b','),
        ..Options::default()
    };
    let reader = Reader::open(path, &options).map_err(|error| at(spot, error))?;
    if reader.headings.len() > 1 {
        return Ok(reader);
    }
    let any = Options {
        delimiter: None,
        ..options
    };
    Reader::open(path, &any).map_err(|error| at(spot, error))
}

fn named(
    kind: TableKind,
    headings: &[String],
    spot: &Spot,
) -> Result<Vec<Column>, InterchangeError> {
    let mut columns = columns(kind.entity, headings);
    if let Make::Kept(_) = kind.make {
        for column in &mut columns {
            column.refers = kept_refers(&column.name);
        }
    }
    let strange = kind.entity.is_some() && columns.iter().all(|column| column.kind.is_none());
    if strange {
        return Err(InterchangeError::Broken {
            spot: spot.clone(),
            why: format!(
                "none of its headings ({}) is one of HSDS for this table. Look whether the file has a line of headings and commas between its cells, or import it as an ordinary table",
                headings.join(", ").chars().take(200).collect::<String>()
            ),
        });
    }
    Ok(columns)
}

fn index(table: &mut Table, hashing: &Hashing) {
    for (number, column) in table.columns.iter().enumerate() {
        let wanted = match column.refers {
            Some(Refers::To(_) | Refers::Any) => true,
            Some(Refers::Entity) => false,
            None => column.name == "id" || column.name == "row_id",
        };
        if wanted {
            let index = Index::of(&table.grid, number, hashing);
            table.indexes.insert(column.name.clone(), index);
        }
    }
}

fn ragged(table: &Table, row: &Row, intake: &mut dyn Intake) -> Result<(), Stop> {
    let message = if !row.surplus.is_empty() {
        format!(
            "This line has more cells than there are headings; {:?} was left out. Look for a comma that should stand in quotation marks.",
            row.surplus.join(",").chars().take(80).collect::<String>()
        )
    } else if row.short {
        "This line ends before the last heading; what is missing was taken as not known.".to_owned()
    } else {
        return Ok(());
    };
    intake.find(Finding {
        weight: Weight::Doubtful,
        spot: table.spot.at_line(row.line),
        record: None,
        message,
    })
}

/// The same fault, of the file as people know it.
fn at(spot: &Spot, error: InterchangeError) -> InterchangeError {
    let renamed = |old: Spot| Spot {
        file: spot.file.clone(),
        ..old
    };
    match error {
        InterchangeError::Io { path: _, source } => InterchangeError::Io {
            path: spot.file.clone().into(),
            source,
        },
        InterchangeError::Broken { spot, why } => InterchangeError::Broken {
            spot: renamed(spot),
            why,
        },
        InterchangeError::TooLarge { spot, why } => InterchangeError::TooLarge {
            spot: renamed(spot),
            why,
        },
        InterchangeError::Network { address, why } => InterchangeError::Network { address, why },
        InterchangeError::Cancelled => InterchangeError::Cancelled,
    }
}

fn too_much(spot: &Spot) -> InterchangeError {
    InterchangeError::TooLarge {
        spot: spot.clone(),
        why: format!(
            "the tables hold more than {} MB of text, which is more than fits in memory together; split the package",
            MOST_TEXT / 1024 / 1024
        ),
    }
}
