//! The areas by which coverage and curators' boroughs are told: the same file that desks carry.

use domain::{Area, AreaKind, Areas};
use serde::Deserialize;

const FILE: &str = include_str!("../../../assets/areas.toml");

#[derive(Deserialize)]
struct File {
    area: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    code: String,
    name: String,
    kind: String,
    within: Option<String>,
    #[serde(default)]
    also: Vec<String>,
}

/// The areas. A fault in the file is ruled out by the test below, and by those of the desk, which
/// reads the same file in more detail; were there one, no area would be known and every curator's
/// edits of boroughs would wait for an administrator.
pub(crate) fn built_in() -> Areas {
    let file: Option<File> = toml::from_str(FILE).ok();
    let areas = file.into_iter().flat_map(|file| file.area);
    Areas::new(areas.filter_map(area).collect(), Vec::new())
}

fn area(row: Row) -> Option<Area> {
    let kind = match row.kind.as_str() {
        "county" => AreaKind::County,
        "borough" => AreaKind::Borough,
        "neighbourhood" => AreaKind::Neighbourhood,
        "neighbouring" => AreaKind::Neighbouring,
        _ => return None,
    };
    Some(Area {
        code: row.code,
        name: row.name,
        kind,
        within: row.within,
        also: row.also,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_area_of_the_file_is_known() {
        let areas = built_in();
        let rows = FILE.lines().filter(|line| *line == "[[area]]").count();
        assert_eq!(areas.all().len(), rows);
        let salford = areas.named("salford").unwrap();
        assert_eq!(
            (salford.code.as_str(), salford.kind),
            ("E08000006", AreaKind::Borough)
        );
    }
}
