//! From a row to records.

use domain::{Areas, Catalogue, GssCode, Point, Postcode, Provenance, RecordId};

use super::draft::Draft;
use super::fill::{fill, follow_rules};
use super::identity::{Entered, Ledger, hash, numbered};
use super::plan::{Plan, Planned, Terms, plan};
use super::records::provenance;
use super::{Field, Mapping, coverage};
use crate::tables::{Heading, Row};
use crate::tidy::{Oddity, Remark, clean, fold, is_unsaid, quoted};
use crate::{Finding, Incoming, Intake, Spot, Stop, Weight};

/// What the files of postcodes say of one.
#[derive(Debug, Clone, PartialEq)]
pub enum PostcodeSays {
    /// It is in use.
    Known {
        /// Where it lies.
        point: Option<Point>,
        /// The code of the district in which it lies.
        district: Option<GssCode>,
    },
    /// It was in use once.
    Ended,
    /// It never was, as far as is known.
    Unknown,
    /// There are no files of postcodes here.
    NoPack,
}

/// Makes records of rows. Rows come in the file's order, each once.
pub struct Mapper<'a> {
    plan: Plan,
    pub(super) source: String,
    pub(super) provenance: Provenance,
    pub(super) areas: &'a Areas,
    districts: &'a dyn Fn(&Postcode) -> PostcodeSays,
    services: Ledger,
    pub(super) places: Ledger,
    pub(super) organisations: Ledger,
}

impl<'a> Mapper<'a> {
    /// A mapper by this mapping for a table with these headings. `districts` says what is known of a
    /// postcode.
    ///
    /// # Errors
    /// All that is missing in the mapping or said twice, each in a sentence for people.
    pub fn new(
        mapping: &Mapping,
        headings: &[Heading],
        catalogue: &Catalogue,
        areas: &'a Areas,
        districts: &'a dyn Fn(&Postcode) -> PostcodeSays,
    ) -> Result<Self, Vec<String>> {
        Ok(Self {
            plan: plan(mapping, headings, catalogue)?,
            source: mapping.source.trim().to_owned(),
            provenance: provenance(mapping),
            areas,
            districts,
            services: Ledger::default(),
            places: Ledger::default(),
            organisations: Ledger::default(),
        })
    }

    /// Makes the records of a row and hands them over, with what is to be told of it. `spot` is the
    /// table's; the line is the row's own.
    ///
    /// # Errors
    /// [`Stop`] when the taker ends the reading.
    pub fn row(&mut self, row: &Row, spot: &Spot, intake: &mut dyn Intake) -> Result<(), Stop> {
        let mut draft = self.read(row);
        let spot = spot.at_line(row.line);
        if draft.service.name.is_empty() {
            return intake.find(Finding {
                weight: Weight::Refused,
                spot,
                record: None,
                message: "the row has no name, so nothing can be made of it".to_owned(),
            });
        }
        let key = self.key(&draft);
        let entered = self.services.enter(hash(&key), self.content(row), row.line);
        let id = RecordId::named(&numbered(&key, entered));
        draft.service.id = id;
        draft.service.service_areas = coverage::areas(&mut draft, self.areas, id)
            .into_iter()
            .collect();
        if let Entered::Same(met) = entered {
            draft.doubt(format!(
                "the row is the same as line {}; taken once",
                met.line
            ));
            draft.tell(None);
            return self.tell(&mut draft, &spot, intake);
        }
        if let (Entered::Another(_), Some(used)) = (entered, &draft.source_id) {
            let message = format!("another row has the identifier {used} too; both are taken");
            draft.doubt(message);
            draft.tell(self.column_of(&Field::SourceId));
        }
        let source_id = draft.source_id.clone();
        let give = |record| Incoming {
            record,
            source_id: source_id.clone(),
            spot: spot.clone(),
        };
        for record in self.records(&mut draft, row.line) {
            intake.take(give(record))?;
        }
        self.tell(&mut draft, &spot, intake)
    }

    /// The terms that a column of this taxonomy may name.
    pub(super) fn terms(&self, taxonomy: &str) -> Option<&Terms> {
        self.plan.terms.get(taxonomy)
    }

    /// What is known of postcodes.
    pub(super) fn districts(&self) -> &'a dyn Fn(&Postcode) -> PostcodeSays {
        self.districts
    }

    /// All cells of a row in their fields, and the fixed values where they say nothing.
    fn read(&self, row: &Row) -> Draft {
        let mut draft = Draft::new();
        let mut said = vec![false; self.plan.fixed.len()];
        for (at, column) in self.plan.columns.iter().enumerate() {
            let cell = row.cells.get(column.cell).map_or("", String::as_str);
            if is_unsaid(cell) {
                continue;
            }
            if let Some(flag) = column.instead_of.and_then(|fixed| said.get_mut(fixed)) {
                *flag = true;
            }
            self.cell(&mut draft, column, at, cell);
        }
        for (fixed, _) in self.plan.fixed.iter().zip(said).filter(|(_, said)| !said) {
            fill(self, &mut draft, fixed, usize::MAX, &fixed.heading);
            draft.tell(None);
        }
        if !row.surplus.is_empty() {
            let beyond = row.surplus.join(", ");
            draft.doubt(format!("there are cells beyond the last heading: {}; left out, and others may stand in a wrong column", quoted(&beyond)));
            draft.tell(None);
        }
        draft
    }

    fn cell(&self, draft: &mut Draft, column: &Planned, at: usize, cell: &str) {
        let longest = longest(&column.field);
        let cleaned = clean(cell, longest);
        for oddity in &cleaned.oddities {
            draft.remarks.push(remark(*oddity, longest));
        }
        let text = cleaned.text.as_ref();
        if !text.is_empty() && follow_rules(draft, &column.rules, text) {
            fill(self, draft, column, at, text);
        }
        draft.tell(Some(at));
    }

    /// By what the service is known again.
    fn key(&self, draft: &Draft) -> String {
        let source = &self.source;
        let own_number = draft
            .organisation
            .charity
            .as_ref()
            .filter(|_| !self.plan.names_organisation);
        match (&draft.source_id, own_number) {
            (Some(id), _) => format!("import/{source}/service/{id}"),
            (None, Some(number)) => format!("import/{source}/service/charity {number}"),
            (None, None) => {
                let place = &draft.place;
                let lines = place.lines.join(" ");
                let at = place.postal_code.as_deref().unwrap_or(&lines);
                format!(
                    "import/{source}/service/~{}|{}",
                    fold(&draft.service.name),
                    fold(at)
                )
            }
        }
    }

    /// What the mapped cells of a row say.
    fn content(&self, row: &Row) -> u64 {
        let cells = self
            .plan
            .columns
            .iter()
            .map(|column| row.cells.get(column.cell).map(|cell| cell.trim()));
        hash(&cells.collect::<Vec<_>>())
    }

    /// The column that fills a field.
    pub(super) fn column_of(&self, field: &Field) -> Option<usize> {
        self.plan
            .columns
            .iter()
            .position(|column| column.field == *field)
    }

    fn tell(&self, draft: &mut Draft, spot: &Spot, intake: &mut dyn Intake) -> Result<(), Stop> {
        for (column, remark) in draft.told.drain(..) {
            let column = column.and_then(|at| self.plan.columns.get(at));
            intake.find(Finding {
                weight: remark.weight,
                spot: column.map_or_else(|| spot.clone(), |column| spot.in_column(&column.heading)),
                record: Some(draft.service.name.clone()),
                message: remark.message,
            })?;
        }
        Ok(())
    }
}

fn longest(field: &Field) -> usize {
    let names = [
        Field::Name,
        Field::OrganisationName,
        Field::PlaceName,
        Field::SourceId,
    ];
    let texts = [Field::Description, Field::OrganisationDescription];
    if names.contains(field) {
        300
    } else if texts.contains(field) {
        20_000
    } else {
        5_000
    }
}

fn remark(oddity: Oddity, longest: usize) -> Remark {
    match oddity {
        Oddity::Markup => {
            Remark::note("there was HTML in the text; it is plain text now".to_owned())
        }
        Oddity::Controls => {
            Remark::note("there were control characters in the text; they are left out".to_owned())
        }
        Oddity::Garbled => Remark::doubt(
            "there are characters in the text that a wrong encoding made; kept as written"
                .to_owned(),
        ),
        Oddity::Cut => Remark::doubt(format!(
            "the text is longer than {longest} characters, and was cut"
        )),
    }
}
