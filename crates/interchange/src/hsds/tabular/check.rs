//! What is doubtful about a package's tables as such, before their rows are put together.

use std::collections::HashSet;

use super::heading::Refers;
use super::kind::Make;
use super::library::{At, Library};
use super::load::Table;
use crate::{Finding, Intake, Spot, Stop, Weight};

/// So many faults of one kind in one table are told one by one.
const MOST: u64 = 500;

/// Tells identifiers that stand twice, references that lead nowhere and rows that belong to
/// nothing.
pub(super) fn check(library: &Library, intake: &mut dyn Intake) -> Result<(), Stop> {
    for (number, table) in library.tables().iter().enumerate() {
        if table.kind.make != Make::Beyond {
            identifiers(table, intake)?;
            references(library, number, table, intake)?;
            columns(table, intake)?;
        }
    }
    Ok(())
}

/// Records without an identifier, and rows whose identifier stands further up in the same table.
fn identifiers(table: &Table, intake: &mut dyn Intake) -> Result<(), Stop> {
    let mut told = Told::of(table);
    let mut seen = HashSet::new();
    for row in 0..table.grid.len() {
        let Some(id) = table.cell(row, "id") else {
            if is_record(table) && table.cell(row, "name").is_some() {
                let message = "The row has no identifier; it is known by its name. Give it one, or a change of its name makes another record of it.";
                told.tell((row, "id"), message.to_owned(), intake)?;
            }
            continue;
        };
        if !seen.insert(id) {
            let message = if is_record(table) {
                format!(
                    "{id:?} stands further up already; the first row counts and this one was left out. Give it an identifier of its own."
                )
            } else {
                format!("{id:?} stands further up already; both rows were taken.")
            };
            told.tell((row, "id"), message, intake)?;
        }
    }
    told.end("identifiers that are missing or stand twice", intake)
}

fn references(
    library: &Library,
    number: usize,
    table: &Table,
    intake: &mut dyn Intake,
) -> Result<(), Stop> {
    let mut told = Told::of(table);
    for row in 0..table.grid.len() {
        let at = At { table: number, row };
        let lost = lost(library, at, table);
        if lost.is_empty() && hangs(library, at, table) {
            continue;
        }
        let left_out = !is_record(table) && !is_shared(table) && !hangs(library, at, table);
        let end = if left_out {
            " The row belongs to nothing and was left out."
        } else {
            ""
        };
        if lost.is_empty() && left_out {
            told.tell(
                (row, ""),
                "It names nothing that it belongs to; the row was left out.".to_owned(),
                intake,
            )?;
        }
        for (column, id) in lost {
            let message = format!(
                "{id:?} is in no table of the package.{end} Look whether the row it means is missing."
            );
            told.tell((row, column), message, intake)?;
        }
    }
    told.end("references that lead nowhere", intake)
}

/// References of a row that lead nowhere.
fn lost<'a>(library: &Library, at: At, table: &'a Table) -> Vec<(&'a str, &'a str)> {
    let columns = table.columns.iter().enumerate();
    let lost = columns.filter_map(|(number, column)| {
        let refers = column.refers.filter(|refers| *refers != Refers::Entity)?;
        let cell = table.grid.cell(at.row, number).trim();
        let lost = !cell.is_empty() && !library.resolves(at, refers, cell);
        lost.then_some((column.heading.as_str(), cell))
    });
    lost.collect()
}

/// Whether a row hangs on another one that is there.
fn hangs(library: &Library, at: At, table: &Table) -> bool {
    if is_record(table) || is_shared(table) {
        return true;
    }
    let mut columns = table.columns.iter().enumerate();
    columns.any(|(number, column)| {
        let cell = table.grid.cell(at.row, number).trim();
        column.refers.is_some_and(|refers| {
            refers != Refers::Entity
                && !is_own(table, refers)
                && !cell.is_empty()
                && library.resolves(at, refers, cell)
        })
    })
}

/// Whether a column refers to what hangs on the row rather than to what the row hangs on.
fn is_own(table: &Table, refers: Refers) -> bool {
    let Refers::To(entity) = refers else {
        return false;
    };
    table.kind.entity.is_some_and(|of| {
        of.links
            .iter()
            .any(|link| !link.many && link.child == entity)
    })
}

/// Rows that come in whether anything names them or not.
fn is_record(table: &Table) -> bool {
    let records = ["organization", "service", "location"];
    table
        .kind
        .entity
        .is_some_and(|entity| records.contains(&entity.name))
}

/// Rows that others refer to, and that need not be referred to.
fn is_shared(table: &Table) -> bool {
    let shared = [
        "program",
        "taxonomy_term",
        "taxonomy",
        "unit",
        "meta_table_description",
    ];
    table
        .kind
        .entity
        .is_some_and(|entity| shared.contains(&entity.name))
}

/// Columns that are for a publisher's own staff, and tables without rows.
fn columns(table: &Table, intake: &mut dyn Intake) -> Result<(), Stop> {
    let internal = table
        .columns
        .iter()
        .filter(|column| super::upgrade::is_internal(&column.name));
    for column in internal {
        note(
            &table.spot.in_column(&column.heading),
            "This column is for the publisher's own staff and was left out.",
            intake,
        )?;
    }
    if table.grid.len() == 0 {
        note(&table.spot, "The file has headings only.", intake)?;
    }
    Ok(())
}

fn note(spot: &Spot, message: &str, intake: &mut dyn Intake) -> Result<(), Stop> {
    intake.find(Finding {
        weight: Weight::Note,
        spot: spot.clone(),
        record: None,
        message: message.to_owned(),
    })
}

/// Counts what is told of a table, so that a file that is wrong throughout does not drown the rest.
struct Told<'a> {
    table: &'a Table,
    count: u64,
}

impl<'a> Told<'a> {
    fn of(table: &'a Table) -> Self {
        Self { table, count: 0 }
    }

    fn tell(
        &mut self,
        (row, column): (usize, &str),
        message: String,
        intake: &mut dyn Intake,
    ) -> Result<(), Stop> {
        self.count = self.count.saturating_add(1);
        if self.count > MOST {
            return Ok(());
        }
        let spot = self.table.spot(row);
        intake.find(Finding {
            weight: Weight::Doubtful,
            spot: if column.is_empty() {
                spot
            } else {
                spot.in_column(column)
            },
            record: self.table.cell(row, "name").map(str::to_owned),
            message,
        })
    }

    fn end(self, what: &str, intake: &mut dyn Intake) -> Result<(), Stop> {
        let more = self.count.saturating_sub(MOST);
        if more == 0 {
            return Ok(());
        }
        intake.find(Finding {
            weight: Weight::Doubtful,
            spot: self.table.spot.clone(),
            record: None,
            message: format!("{more} more {what} are not listed."),
        })
    }
}
