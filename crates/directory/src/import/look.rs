//! Looks at a source before anything is imported: what it is, its columns, a mapping proposed.

use std::collections::HashMap;
use std::path::Path;

use interchange::mapping::{self, Column, Mapping};
use interchange::tables::{Heading, Row, Table, is_blank, sheets};

use super::origin::Origin;
use super::read::options;
use super::shape::{
    ColumnLook, ImportFormat, ImportLook, ImportSource, TableLook, TermChoice, ValueCount,
};
use crate::error::Error;
use crate::open::Directory;

/// Rows looked at.
const SAMPLE: usize = 1_000;
/// Examples of a column.
const EXAMPLES: usize = 5;
/// Different values of a column that are told; with more, its values are no list of choices.
const VALUES: usize = 50;
/// Letters of an example.
const EXAMPLE_LENGTH: usize = 120;

/// The first rows of a table.
struct Sample {
    headings: Vec<Heading>,
    rows: Vec<Row>,
    said: String,
}

impl Directory {
    /// What a source is. For a table: its columns, and a mapping: the given one where there is one
    /// with columns, else a saved one that fits, else as guessed.
    ///
    /// # Errors
    /// [`Error::Interchange`] when it can't be read, [`Error::NoSource`].
    pub fn import_look(&self, job: &str, given: &ImportSource) -> Result<ImportLook, Error> {
        let job = self.jobs.begin(job, "Looking");
        let origin = Origin::of(given)?;
        let format = origin.format(given.format)?;
        job.step(0, 0)
            .map_err(interchange::InterchangeError::from)?;
        let mut look = ImportLook {
            from: given.from.clone(),
            name: origin.name(),
            format,
            said: String::new(),
            table: None,
        };
        match (format, origin.path()) {
            (ImportFormat::Csv | ImportFormat::Xlsx, Some(path)) => {
                let (said, table) = self.look_at_table(path, &origin, given)?;
                look.said = said;
                look.table = Some(table);
            }
            (ImportFormat::Csv | ImportFormat::Xlsx, None) => return Err(Error::TableFromWeb),
            (ImportFormat::Hsds, _) => "HSDS".clone_into(&mut look.said),
            (ImportFormat::Oruk, _) => "Open Referral UK".clone_into(&mut look.said),
        }
        Ok(look)
    }

    fn look_at_table(
        &self,
        path: &Path,
        origin: &Origin,
        given: &ImportSource,
    ) -> Result<(String, TableLook), Error> {
        let asked = given.mapping.clone().unwrap_or_default();
        let sample = sample(path, &asked)?;
        let guesses = mapping::guess(&sample.headings, &sample.rows, &self.catalogue, &self.areas);
        let saved = if asked.columns.is_empty() {
            self.fitting(&sample.headings)?
        } else {
            None
        };
        let taken_from = saved.as_ref().map(|(name, _)| name.clone());
        let columns = sample.headings.iter().zip(&guesses);
        let guessed = || Mapping {
            source: origin.source(given),
            columns: columns
                .map(|(heading, guess)| Column {
                    heading: heading.name.clone(),
                    nth: heading.nth,
                    field: guess.field.clone(),
                    values: guess.values.clone(),
                })
                .collect(),
            ..asked.clone()
        };
        let mapping = match saved {
            Some((_, mapping)) => mapping,
            None if asked.columns.is_empty() => guessed(),
            None => asked.clone(),
        };
        let looks = sample.headings.iter().enumerate().map(|(n, heading)| {
            let why = guesses.get(n).and_then(|guess| guess.why.clone());
            column(heading, n, &sample.rows, why)
        });
        let table = TableLook {
            sheets: sheets(path)?.into_iter().map(|sheet| sheet.name).collect(),
            columns: looks.collect(),
            mapping,
            taken_from,
            fields: mapping::fields(&self.catalogue),
            terms: self.term_choices(),
        };
        Ok((sample.said, table))
    }

    /// The mapping that is proposed for a table: a saved one that fits, or as guessed.
    pub(crate) fn proposed(&self, path: &Path, source: &str) -> Result<Mapping, Error> {
        let given = ImportSource {
            from: path.display().to_string(),
            source: Some(source.to_owned()),
            ..ImportSource::default()
        };
        let origin = Origin::Path(path.to_owned());
        Ok(self.look_at_table(path, &origin, &given)?.1.mapping)
    }

    fn term_choices(&self) -> Vec<TermChoice> {
        let taxonomies = self.catalogue.taxonomies().iter();
        let choices = taxonomies.flat_map(|taxonomy| {
            taxonomy.terms.iter().filter_map(|term| {
                Some(TermChoice {
                    taxonomy: taxonomy.code.clone(),
                    taxonomy_name: taxonomy.name.clone(),
                    term: term.code.clone()?,
                    name: term.name.clone(),
                })
            })
        });
        choices.collect()
    }
}

fn sample(path: &Path, mapping: &Mapping) -> Result<Sample, Error> {
    let mut table = Table::open(path, &options(mapping))?;
    let mut rows = Vec::new();
    let mut row = Row::default();
    while rows.len() < SAMPLE && table.next(&mut row)? {
        rows.push(row.clone());
    }
    let whole = rows.len() < SAMPLE;
    let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let counted = crate::said::count(count, "row", "rows");
    let counted = if whole {
        counted
    } else {
        format!("more than {counted}")
    };
    Ok(Sample {
        said: format!("{}, {counted}", table.about.said),
        headings: table.headings,
        rows,
    })
}

fn column(heading: &Heading, n: usize, rows: &[Row], why: Option<String>) -> ColumnLook {
    let cells = rows.iter().filter_map(|row| row.cells.get(n));
    let filled: Vec<&str> = cells
        .map(|cell| cell.trim())
        .filter(|cell| !is_blank(cell))
        .collect();
    let mut times: HashMap<&str, u32> = HashMap::new();
    let mut examples: Vec<String> = Vec::new();
    for cell in &filled {
        let seen = times.entry(cell).or_default();
        *seen += 1;
        if *seen == 1 && examples.len() < EXAMPLES {
            examples.push(crate::said::shortened(cell, EXAMPLE_LENGTH));
        }
    }
    let repeated = times.len() <= VALUES && times.len() * 2 <= filled.len().max(2);
    let mut values: Vec<ValueCount> = times
        .into_iter()
        .filter(|_| repeated)
        .map(|(value, times)| ValueCount {
            value: value.to_owned(),
            times,
        })
        .collect();
    values.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.value.cmp(&b.value)));
    let name = if heading.name.is_empty() {
        format!("Column {}", heading.letter)
    } else {
        heading.name.clone()
    };
    ColumnLook {
        heading: name,
        nth: heading.nth,
        examples,
        values,
        filled: u32::try_from(filled.len()).unwrap_or(u32::MAX),
        why,
    }
}
