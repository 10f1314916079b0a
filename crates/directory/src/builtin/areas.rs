//! `areas.toml`: the county, its boroughs, their neighbourhoods and what lies next to them.

use domain::{Area, AreaKind, Catalogue};

use super::fault::Faults;
use super::known::Known;
use super::shelf::Document;
use super::table::{Said, Sorted, Table, Unique};

const KINDS: [(&str, AreaKind); 4] = [
    ("borough", AreaKind::Borough),
    ("neighbourhood", AreaKind::Neighbourhood),
    ("county", AreaKind::County),
    ("neighbouring", AreaKind::Neighbouring),
];

/// An area with its table and what it says it lies within.
struct Row<'a> {
    table: Table<'a>,
    area: Area,
    within: Option<Said<'a>>,
}

pub(super) fn read(documents: &[Document<'_>], faults: &Faults) -> Vec<Area> {
    let mut rows = Vec::new();
    for document in documents {
        let mut file = document.table(faults);
        file.required("source");
        file.required("licence");
        let (mut unique, mut sorted) = (Unique::default(), Sorted::default());
        for table in file.records("area") {
            let (code, row) = row(table);
            unique.add(&row.table, code);
            sorted.add(&row.table, code);
            rows.push(row);
        }
        file.close();
    }
    let areas: Vec<Area> = rows.iter().map(|row| row.area.clone()).collect();
    for row in rows {
        check_within(&row, &areas);
        row.table.close();
    }
    areas
}

fn row(mut table: Table<'_>) -> (Said<'_>, Row<'_>) {
    let code = table.required("code");
    table.named(code);
    let name = table.required("name").owned();
    // A kind that could not be read is a fault already and must not lead to another one.
    let kind = table
        .choice("kind", &KINDS)
        .unwrap_or(AreaKind::Neighbouring);
    let within = table.text("within");
    let area = Area {
        code: code.owned(),
        name,
        kind,
        within: within.map(Said::owned),
        also: table.texts("also").into_iter().map(Said::owned).collect(),
    };
    (
        code,
        Row {
            table,
            area,
            within,
        },
    )
}

/// A borough lies in a county and a neighbourhood in a borough, so that no area lies in itself.
fn check_within(row: &Row<'_>, areas: &[Area]) {
    let (should, kinds): (&str, &[AreaKind]) = match row.area.kind {
        AreaKind::County => ("a county is the whole: leave it out", &[]),
        AreaKind::Neighbouring => ("should be a county's code", &[AreaKind::County]),
        AreaKind::Borough => ("should be a county's code", &[AreaKind::County]),
        AreaKind::Neighbourhood => (
            "should be a borough's code",
            &[AreaKind::Borough, AreaKind::Neighbouring],
        ),
    };
    let optional = matches!(row.area.kind, AreaKind::County | AreaKind::Neighbouring);
    let Some(within) = row.within else {
        if !optional {
            row.table
                .missing("within", "the code of the area around it");
        }
        return;
    };
    let catalogue = Catalogue::default();
    match Known::new(&catalogue, areas).area(within.text) {
        Err(message) => row.table.fault(within, message),
        Ok(around) if !kinds.contains(&around.kind) => {
            row.table
                .fault(within, format!("\"{}\": {should}", within.text));
        }
        Ok(_) => {}
    }
}
