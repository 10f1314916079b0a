//! What stands in a column, as far as a sample shows.

use std::collections::{HashMap, HashSet};

use domain::Areas;

use super::Field;
use super::headings::{Meaning, words};
use super::kinds::{Kind, kinds_of};
use crate::tables::Row;
use crate::tidy::{clean, fold, is_unsaid};

/// At most so many rows are looked at, so much of each cell.
const ROWS: usize = 200;
const LONGEST: usize = 1_000;

/// Whether values can be what a heading says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// They look like it.
    Confirms,
    /// They may be anything.
    Allows,
    /// They are something else.
    Contradicts,
}

/// What a sample of a column holds.
pub(super) struct Content {
    /// The values that say something.
    pub(super) values: Vec<String>,
    rows: usize,
    distinct: usize,
    characters: usize,
    kinds: HashMap<Kind, usize>,
}

impl Content {
    pub(super) fn of(sample: &[Row], column: usize, areas: &Areas) -> Self {
        let cells = sample
            .iter()
            .take(ROWS)
            .filter_map(|row| row.cells.get(column));
        let said = cells.filter(|cell| !is_unsaid(cell));
        let values: Vec<String> = said
            .map(|cell| clean(cell, LONGEST).text.into_owned())
            .collect();
        let mut kinds: HashMap<Kind, usize> = HashMap::new();
        for value in &values {
            for kind in kinds_of(value, areas) {
                *kinds.entry(kind).or_default() += 1;
            }
        }
        let distinct = values
            .iter()
            .map(|value| fold(value))
            .collect::<HashSet<_>>()
            .len();
        Self {
            rows: sample.len().min(ROWS),
            distinct,
            characters: values.iter().map(|value| value.chars().count()).sum(),
            kinds,
            values,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Whether at least so many in a hundred values are of a kind.
    fn mostly(&self, kind: Kind, percent: usize) -> bool {
        let count = self.kinds.get(&kind).copied().unwrap_or(0);
        !self.values.is_empty() && count * 100 >= self.values.len() * percent
    }

    fn average(&self) -> usize {
        self.characters / self.values.len().max(1)
    }

    fn names_each_row(&self) -> bool {
        self.distinct == self.values.len() && self.values.len() * 100 >= self.rows * 95
    }

    /// Whether the values can be what a heading says.
    pub(super) fn verdict(&self, meaning: &Meaning) -> Verdict {
        let Meaning::Field(field) = meaning else {
            return self.of_staff();
        };
        if self.is_empty() {
            // A column without values cannot be what every row has to have.
            let wanted = [Field::Name, Field::SourceId].contains(field);
            return if wanted {
                Verdict::Contradicts
            } else {
                Verdict::Allows
            };
        }
        if self.mostly(Kind::YesOrNo, 90) {
            return self.yes_or_no(field);
        }
        let needs = self.needs();
        match needs.iter().find(|(fields, _)| fields.contains(field)) {
            Some((_, true)) => Verdict::Confirms,
            Some((_, false)) => Verdict::Contradicts,
            None if *field == Field::Name => self.name(),
            None if *field == Field::OpeningHours => self.hours(),
            None if *field == Field::Coverage => self.coverage(),
            None => self.words(),
        }
    }

    /// Fields whose values are told by their looks, and whether these look so.
    fn needs(&self) -> [(&'static [Field], bool); 12] {
        let some = |kind| self.mostly(kind, 20);
        let contact = some(Kind::Email) || some(Kind::Phone) || some(Kind::Web);
        let code = self.mostly(Kind::Code, 80);
        let names = self.names_each_row() && self.average() <= 60 && !self.mostly(Kind::Email, 50);
        let varied = self.average() <= 14 && self.distinct * 2 > self.values.len();
        [
            (
                &[Field::Email, Field::OrganisationEmail],
                self.mostly(Kind::Email, 40),
            ),
            (
                &[Field::Phone, Field::OrganisationPhone],
                self.mostly(Kind::Phone, 40),
            ),
            (
                &[Field::Url, Field::OrganisationUrl],
                self.mostly(Kind::Web, 40),
            ),
            (&[Field::Contact], contact),
            (
                &[Field::Latitude, Field::Longitude],
                self.mostly(Kind::Number, 80),
            ),
            (&[Field::Postcode], code || self.mostly(Kind::Postcode, 30)),
            (&[Field::Keywords], self.average() <= 120),
            (&[Field::CheckedOn], self.mostly(Kind::Date, 60)),
            (
                &[Field::MinimumAge, Field::MaximumAge],
                self.mostly(Kind::Age, 60),
            ),
            (&[Field::SourceId], names),
            (&[Field::CharityNumber, Field::CompanyNumber], varied),
            (
                &[Field::Status],
                self.distinct <= 10 && self.average() <= 30,
            ),
        ]
    }

    /// Text of any sort, but not nothing else than email addresses. Categories are short.
    fn words(&self) -> Verdict {
        if self.mostly(Kind::Email, 90) {
            Verdict::Contradicts
        } else {
            Verdict::Allows
        }
    }

    /// Numbers, addresses and dates of work under a heading for staff are for staff all the same.
    fn of_staff(&self) -> Verdict {
        if self.mostly(Kind::Person, 50) {
            Verdict::Confirms
        } else {
            Verdict::Allows
        }
    }

    fn yes_or_no(&self, field: &Field) -> Verdict {
        let commissioned = matches!(field, Field::Term(taxonomy) if taxonomy == "commissioned");
        if *field == Field::Status || commissioned {
            Verdict::Confirms
        } else {
            Verdict::Contradicts
        }
    }

    fn hours(&self) -> Verdict {
        if self.mostly(Kind::Hours, 30) {
            Verdict::Confirms
        } else if self.mostly(Kind::Whole, 50) {
            Verdict::Contradicts
        } else {
            Verdict::Allows
        }
    }

    fn name(&self) -> Verdict {
        let other = [
            Kind::Email,
            Kind::Web,
            Kind::Phone,
            Kind::Number,
            Kind::Date,
        ];
        let few = self.values.len() >= 10 && self.distinct * 10 < self.values.len();
        if few || self.average() > 150 || other.iter().any(|kind| self.mostly(*kind, 50)) {
            return Verdict::Contradicts;
        }
        Verdict::Allows
    }

    fn coverage(&self) -> Verdict {
        if self.mostly(Kind::AreaCode, 30) || self.mostly(Kind::AreaName, 30) {
            return Verdict::Confirms;
        }
        if self.mostly(Kind::Number, 50) {
            Verdict::Contradicts
        } else {
            Verdict::Allows
        }
    }

    /// What the values are by themselves, where they are plainly something.
    pub(super) fn looks_like(&self, heading: &str) -> Option<(Meaning, &'static str)> {
        // Other codes of statistics look like an area's, and dates of work like hours.
        let field = |field, why| Some((Meaning::Field(field), why));
        if self.mostly(Kind::Email, 80) {
            return field(Field::Email, "its values are email addresses");
        }
        if self.mostly(Kind::Web, 80) {
            return field(Field::Url, "its values are web addresses");
        }
        if self.mostly(Kind::Phone, 80) {
            return field(Field::Phone, "its values are telephone numbers");
        }
        if self.mostly(Kind::Postcode, 80) {
            return field(Field::Postcode, "its values are postcodes");
        }
        if self.mostly(Kind::North, 90) {
            return field(Field::Latitude, "its values are degrees north");
        }
        if self.mostly(Kind::East, 90) {
            return field(Field::Longitude, "its values are degrees east");
        }
        if self.mostly(Kind::AreaName, 80) || self.mostly(Kind::AreaCode, 80) {
            return field(Field::Coverage, "its values are areas");
        }
        if self.mostly(Kind::Hours, 50) {
            return field(Field::OpeningHours, "its values are opening hours");
        }
        let about_people = words(heading)
            .iter()
            .any(|word| word == "contact" || word == "name");
        (about_people && self.mostly(Kind::Person, 80))
            .then_some((Meaning::Staff, "its values are people's names"))
    }

    /// How much the values look like names of services; 0: not at all.
    pub(super) fn likeness_to_names(&self) -> usize {
        let other = [
            Kind::Email,
            Kind::Web,
            Kind::Phone,
            Kind::Number,
            Kind::Date,
            Kind::Postcode,
            Kind::YesOrNo,
            Kind::AreaCode,
        ];
        if self.is_empty()
            || other.iter().any(|kind| self.mostly(*kind, 30))
            || !(3..=90).contains(&self.average())
        {
            return 0;
        }
        self.distinct * 100 / self.values.len() + self.values.len() * 100 / self.rows.max(1)
    }
}
