//! What tests share: the product's own taxonomies and areas, and made-up tables.

use std::fs;
use std::path::PathBuf;

use domain::{
    Area, AreaKind, Areas, Catalogue, OutcodeArea, Point, Postcode, Taxonomy, TaxonomyTerm,
};

use super::{Column, Field, Mapper, Mapping, PostcodeSays};
use crate::tables::{Heading, Row};
use crate::{Finding, Incoming, Intake, Record, Spot, Stop};

pub(super) fn catalogue() -> Catalogue {
    let mut files: Vec<PathBuf> = fs::read_dir(asset("taxonomies"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    Catalogue::new(files.iter().map(taxonomy).collect())
}

fn asset(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets")).join(name)
}

fn taxonomy(path: &PathBuf) -> Taxonomy {
    let file: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap();
    let code = path.file_stem().unwrap().to_str().unwrap().to_owned();
    let text = |table: &toml::Table, key: &str| table[key].as_str().unwrap().to_owned();
    let term = |value: &toml::Value| {
        let table = value.as_table().unwrap();
        let term = text(table, "code");
        TaxonomyTerm {
            id: Catalogue::term_id(&code, &term).to_string(),
            code: Some(term),
            name: text(table, "name"),
            description: None,
            taxonomy: Some(code.clone()),
            rest: domain::Rest::new(),
        }
    };
    let terms = file["term"].as_array().unwrap().iter().map(term).collect();
    Taxonomy {
        name: text(&file, "name"),
        description: text(&file, "description"),
        source: String::new(),
        terms,
        code,
    }
}

pub(super) fn areas() -> Areas {
    let file: toml::Table = fs::read_to_string(asset("areas.toml"))
        .unwrap()
        .parse()
        .unwrap();
    let area = |value: &toml::Value| {
        let text = |key: &str| Some(value.get(key)?.as_str()?.to_owned());
        let also = value["also"].as_array().unwrap().iter();
        Area {
            code: text("code").unwrap(),
            name: text("name").unwrap(),
            kind: match text("kind").unwrap().as_str() {
                "county" => AreaKind::County,
                "borough" => AreaKind::Borough,
                "neighbourhood" => AreaKind::Neighbourhood,
                _ => AreaKind::Neighbouring,
            },
            within: text("within"),
            also: also.map(|name| name.as_str().unwrap().to_owned()).collect(),
        }
    };
    let areas = file["area"].as_array().unwrap().iter().map(area).collect();
    Areas::new(areas, outcodes())
}

fn outcodes() -> Vec<OutcodeArea> {
    let text = fs::read_to_string(asset("outcodes.csv")).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    let read = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        OutcodeArea {
            outcode: cells[0].parse().unwrap(),
            centre: Point::new(cells[1].parse().unwrap(), cells[2].parse().unwrap()).unwrap(),
            areas: cells[3].split([';', ' ']).map(str::to_owned).collect(),
        }
    };
    lines.map(read).collect()
}

pub(super) fn headings(names: &[&str]) -> Vec<Heading> {
    let nth = |at: usize| {
        names[..at]
            .iter()
            .filter(|name| **name == names[at])
            .count()
    };
    (0..names.len())
        .map(|at| Heading {
            name: names[at].to_owned(),
            nth: u32::try_from(nth(at)).unwrap(),
            letter: char::from(b'A' + u8::try_from(at % 26).unwrap()).to_string(),
        })
        .collect()
}

pub(super) fn row(line: u64, cells: &[&str]) -> Row {
    Row {
        line,
        cells: cells.iter().map(|&cell| cell.to_owned()).collect(),
        ..Row::default()
    }
}

/// A mapping of these columns, a source with the name "Test list".
pub(super) fn mapping(columns: &[(&str, &str)]) -> Mapping {
    let column = |(heading, field): &(&str, &str)| Column {
        heading: (*heading).to_owned(),
        nth: 0,
        field: (!field.is_empty()).then(|| field.parse::<Field>().unwrap()),
        values: Vec::new(),
    };
    Mapping {
        source: "Test list".to_owned(),
        columns: columns.iter().map(column).collect(),
        ..Mapping::default()
    }
}

/// What came of a table.
#[derive(Default)]
pub(super) struct Taken {
    pub(super) records: Vec<Incoming>,
    pub(super) findings: Vec<Finding>,
}

impl Intake for Taken {
    fn take(&mut self, incoming: Incoming) -> Result<(), Stop> {
        self.records.push(incoming);
        Ok(())
    }

    fn find(&mut self, finding: Finding) -> Result<(), Stop> {
        self.findings.push(finding);
        Ok(())
    }

    fn step(&mut self, _: u64, _: u64) -> Result<(), Stop> {
        Ok(())
    }
}

impl Taken {
    pub(super) fn services(&self) -> Vec<&domain::Service> {
        self.records
            .iter()
            .filter_map(|incoming| match &incoming.record {
                Record::Service(service) => Some(&**service),
                Record::Organisation(_) | Record::Place(_) => None,
            })
            .collect()
    }

    pub(super) fn places(&self) -> Vec<&domain::Place> {
        self.records
            .iter()
            .filter_map(|incoming| match &incoming.record {
                Record::Place(place) => Some(&**place),
                Record::Organisation(_) | Record::Service(_) => None,
            })
            .collect()
    }

    pub(super) fn organisations(&self) -> Vec<&domain::Organisation> {
        self.records
            .iter()
            .filter_map(|incoming| match &incoming.record {
                Record::Organisation(organisation) => Some(&**organisation),
                Record::Place(_) | Record::Service(_) => None,
            })
            .collect()
    }

    pub(super) fn said(&self) -> Vec<String> {
        let said = |finding: &Finding| {
            format!("{:?} {}: {}", finding.weight, finding.spot, finding.message)
        };
        self.findings.iter().map(said).collect()
    }
}

/// Maps rows; nothing is known of postcodes.
pub(super) fn map(mapping: &Mapping, headings: &[Heading], rows: &[Row]) -> Taken {
    map_with(mapping, headings, rows, &|_| PostcodeSays::NoPack)
}

pub(super) fn map_with(
    mapping: &Mapping,
    headings: &[Heading],
    rows: &[Row],
    says: &dyn Fn(&Postcode) -> PostcodeSays,
) -> Taken {
    let areas = areas();
    let mut taken = Taken::default();
    let mut mapper = Mapper::new(mapping, headings, &catalogue(), &areas, says).unwrap();
    for row in rows {
        mapper
            .row(row, &Spot::file("list.csv"), &mut taken)
            .unwrap();
    }
    taken
}
