//! Real lists, where they are present: every cell as a plain reader of CSV has it.

use std::path::{Path, PathBuf};

use super::{Options, Row, Table, is_blank};

const FOLDER: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/data/directories"
);

/// File, rows, columns.
const LISTS: [(&str, usize, usize); 14] = [
    ("gm-ogl/charities_operating_in_trafford.csv", 736, 11),
    ("gm-ogl/gm_dentists.csv", 539, 10),
    ("gm-ogl/gm_food_banks.csv", 171, 9),
    ("gm-ogl/gm_jobcentreplus.csv", 26, 7),
    ("gm-ogl/gm_libraries.csv", 141, 10),
    ("gm-ogl/gm_probation_offices.csv", 12, 9),
    ("gm-ogl/mental_health_services_RAW.csv", 60, 7),
    ("gm-ogl/sports_facilities.csv", 314, 35),
    ("gm-ogl/trafford_care_homes.csv", 56, 14),
    ("gm-ogl/trafford_defibrillators.csv", 185, 9),
    ("gm-ogl/trafford_schools_and_colleges.csv", 103, 19),
    ("ilao-hsds11/services.csv", 430, 15),
    ("ilao-hsds11/regular_schedules.csv", 2_492, 7),
    ("legalaid-florida/services.csv", 135, 21),
];

fn present(name: &str) -> Option<PathBuf> {
    let path = Path::new(FOLDER).join(name);
    if !path.exists() {
        println!("skipped: no {name}");
        return None;
    }
    Some(path)
}

fn cells(path: &Path) -> Vec<Vec<String>> {
    let mut table = Table::open(path, &Options::default()).unwrap();
    let (mut rows, mut row) = (Vec::new(), Row::default());
    while table.next(&mut row).unwrap() {
        assert!(
            !row.short && row.surplus.is_empty(),
            "{}, line {}",
            path.display(),
            row.line
        );
        rows.push(row.cells.clone());
    }
    rows
}

#[test]
fn real_lists_come_in_cell_by_cell() {
    for (name, count, columns) in LISTS {
        let Some(path) = present(name) else { continue };
        let table = Table::open(&path, &Options::default()).unwrap();
        assert_eq!(
            (table.about.said.as_str(), table.headings.len()),
            ("CSV, UTF-8, commas", columns)
        );
        assert_eq!(
            (table.about.header_line, table.findings.len()),
            (1, 0),
            "{name}"
        );
        let read = cells(&path);
        assert_eq!(read.len(), count, "{name}");
        let plain = csv::ReaderBuilder::new().from_path(&path).unwrap();
        for (row, record) in read.iter().zip(plain.into_records()) {
            assert_eq!(row, &record.unwrap().iter().collect::<Vec<_>>(), "{name}");
        }
    }
}

#[test]
fn quirks_of_real_lists_survive() {
    let Some(path) = present("gm-ogl/gm_food_banks.csv") else {
        return;
    };
    let odd = |path: &Path, wanted: &dyn Fn(&str) -> bool| {
        cells(path)
            .iter()
            .flatten()
            .filter(|cell| wanted(cell))
            .count()
    };
    assert!(
        odd(&path, &|cell| cell.contains('\n')) + odd(&path, &|cell| cell.contains('\u{a0}')) > 0
    );
    let Some(path) = present("gm-ogl/charities_operating_in_trafford.csv") else {
        return;
    };
    assert!(odd(&path, &is_blank) > 0);
}
