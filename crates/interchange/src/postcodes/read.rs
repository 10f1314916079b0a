//! Reading all that was named, line by line, into one draft.

use std::path::PathBuf;

use super::about::{About, Kind, Source};
use super::code::split;
use super::draft::{Draft, TooMany};
use super::headings::Shape;
use super::lines::{Lines, MOST_BYTES, Splitter};
use super::rows::{Fault, Row};
use super::source::{Given, Table};
use super::{Import, Watch};
use crate::{Finding, InterchangeError, Spot, Weight};

/// Lines between two words to whoever watches.
const STEP: u64 = 2_000;
/// So many lines that can't be understood are told one by one.
const TOLD: u64 = 5;
/// After so many lines a file is given up when most of them can't be understood.
const ENOUGH: u64 = 1_000;

/// Reads everything.
pub(super) fn all(
    from: &[PathBuf],
    watch: &mut Watch<'_>,
) -> Result<(Draft, Import), InterchangeError> {
    let given: Vec<Given> = from
        .iter()
        .map(|path| Given::look(path))
        .collect::<Result<_, _>>()?;
    let total = given
        .iter()
        .flat_map(|one| &one.tables)
        .map(|t| t.bytes)
        .sum();
    let mut reading = Reading {
        draft: Draft::default(),
        lines: 0,
        refused: 0,
        findings: Vec::new(),
        left: MOST_BYTES,
        done: 0,
        total,
        watch,
    };
    let mut sources = Vec::new();
    for one in &given {
        sources.push(reading.given(one)?);
    }
    reading.finish(sources)
}

struct Reading<'a, 'w> {
    draft: Draft,
    lines: u64,
    refused: u64,
    findings: Vec<Finding>,
    /// Bytes that may still come out of the files.
    left: u64,
    /// Bytes of the tables that were read, and of all.
    done: u64,
    total: u64,
    watch: &'a mut Watch<'w>,
}

/// What was met in a table.
#[derive(Default)]
struct Met {
    lines: u64,
    refused: u64,
    northern_ireland: bool,
    first: Option<Finding>,
}

impl Reading<'_, '_> {
    fn given(&mut self, given: &Given) -> Result<Source, InterchangeError> {
        let mut kinds: Vec<Kind> = Vec::new();
        let mut northern_ireland = false;
        for table in &given.tables {
            let found = self.table(table)?;
            self.done = self.done.saturating_add(table.bytes);
            if let Some((kind, met)) = found {
                kinds.push(kind);
                northern_ireland |= met.northern_ireland;
            } else if given.single {
                return Err(no_list(&table.name));
            } else {
                self.pass_over(&table.name);
            }
        }
        let kind = kinds.first().copied().ok_or_else(|| no_list(&given.name))?;
        Ok(Source {
            kind,
            name: given.name.clone(),
            dated: given.dated.clone(),
            northern_ireland,
        })
    }

    /// Reads a table if it is a list of postcodes.
    fn table(&mut self, table: &Table) -> Result<Option<(Kind, Met)>, InterchangeError> {
        let mut kind = None;
        table.read(&mut |input| {
            let done = input.done;
            let mut lines = Lines::new(input, &table.name, self.left);
            let mut first = lines.next()?.map(<[u8]>::to_vec);
            // Remarks may stand above the headings.
            while first.as_ref().is_some_and(|line| line.starts_with(b"#")) {
                first = lines.next()?.map(<[u8]>::to_vec);
            }
            let Some((shape, first)) =
                first.and_then(|line| Some((Shape::of(&table.name, &line)?, line)))
            else {
                return Ok(());
            };
            let steps = || done().min(table.bytes);
            let first = (!shape.headed).then_some(first);
            let met = self.rows(&shape, first, &mut lines, &steps)?;
            self.left = lines.left();
            kind = Some((shape.kind, met));
            Ok(())
        })?;
        Ok(kind)
    }

    fn rows(
        &mut self,
        shape: &Shape,
        first: Option<Vec<u8>>,
        lines: &mut Lines<'_>,
        read: &dyn Fn() -> u64,
    ) -> Result<Met, InterchangeError> {
        let mut fields = Splitter::new(shape.delimiter);
        let mut met = Met::default();
        if let Some(line) = first {
            let whole = fields.split(&line);
            self.line(shape, whole.then_some(&fields), lines, &mut met)?;
        }
        while let Some(line) = lines.next()? {
            if line.trim_ascii().is_empty() {
                continue;
            }
            let whole = fields.split(line);
            self.line(shape, whole.then_some(&fields), lines, &mut met)?;
            if met.lines.is_multiple_of(STEP) {
                (self.watch)(self.done.saturating_add(read()), self.total)?;
            }
            if met.lines == ENOUGH {
                met.check()?;
            }
        }
        met.check()?;
        self.lines += met.lines;
        self.refused += met.refused;
        Ok(met)
    }

    fn line(
        &mut self,
        shape: &Shape,
        fields: Option<&Splitter>,
        lines: &Lines<'_>,
        met: &mut Met,
    ) -> Result<(), InterchangeError> {
        met.lines += 1;
        let unclosed = || Fault {
            column: shape.postcode,
            why: "the line is not whole: a quote is not closed, or it has hundreds of fields"
                .to_owned(),
        };
        let row = fields
            .ok_or_else(unclosed)
            .and_then(|fields| shape.row(fields));
        match row {
            Ok(row) => {
                met.northern_ireland |= row.postcode.outcode().as_str().starts_with("BT");
                self.take(&row).map_err(|TooMany { what }| {
                    let why = format!(
                        "there are more {what} than the United Kingdom has: this is no list of \
                         its postcodes"
                    );
                    let spot = lines.spot();
                    InterchangeError::TooLarge { spot, why }
                })
            }
            Err(Fault { column, why }) => {
                met.refused += 1;
                let finding = Finding {
                    weight: Weight::Refused,
                    spot: lines.spot().in_column(&shape.column(column)),
                    record: None,
                    message: why,
                };
                if self.refused + met.refused <= TOLD {
                    self.findings.push(finding.clone());
                }
                met.first.get_or_insert(finding);
                Ok(())
            }
        }
    }

    fn take(&mut self, row: &Row<'_>) -> Result<(), TooMany> {
        let Some(code) = split(&row.postcode) else {
            return Ok(());
        };
        if row.ended {
            self.draft.ended(code)
        } else {
            self.draft.live(code, row.point, row.district.as_deref())
        }
    }

    fn pass_over(&mut self, name: &str) {
        self.findings.push(Finding {
            weight: Weight::Note,
            spot: Spot::file(name),
            record: None,
            message: "has no column of postcodes, so it was passed over".to_owned(),
        });
    }

    fn finish(mut self, sources: Vec<Source>) -> Result<(Draft, Import), InterchangeError> {
        (self.watch)(self.total, self.total)?;
        self.draft.settle();
        let refused = |one: &&Finding| one.weight == Weight::Refused;
        let first = self.findings.iter().find(refused);
        let mut about = About {
            sources,
            left_out: self.refused,
            first_left_out: first.map(|one| format!("{}: {}", one.spot, one.message)),
            ..About::default()
        };
        for units in self.draft.sectors.values() {
            let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
            about.live += count(units.live.len());
            about.ended += count(units.ended.len());
            let without = units.live.iter().filter(|live| live.at.is_none());
            about.without_point += count(without.count());
        }
        if about.live + about.ended == 0 {
            let names = about.sources.iter().map(|source| source.name.as_str());
            return Err(no_list(&names.collect::<Vec<_>>().join(", ")));
        }
        let import = Import {
            about,
            lines: self.lines,
            refused: self.refused,
            findings: self.findings,
        };
        Ok((self.draft, import))
    }
}

impl Met {
    /// A table most of whose lines can't be understood is not what it seems to be.
    fn check(&self) -> Result<(), InterchangeError> {
        match &self.first {
            Some(first) if self.refused * 2 > self.lines => Err(InterchangeError::Broken {
                spot: first.spot.clone(),
                why: format!(
                    "{}. Of {} lines read {} are no lines of a list of postcodes: choose another \
                     file",
                    first.message, self.lines, self.refused
                ),
            }),
            _ => Ok(()),
        }
    }
}

fn no_list(name: &str) -> InterchangeError {
    InterchangeError::Broken {
        spot: Spot::file(name),
        why:
            "holds no list of postcodes. Choose the ZIP file of OS Code-Point Open or of ONSPD, or \
              a CSV file with a column headed \"postcode\""
                .to_owned(),
    }
}
