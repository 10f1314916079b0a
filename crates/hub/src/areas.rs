//! The areas by which coverage and curators' boroughs are told, and where the first halves of
//! postcodes lie: the same files that desks carry.

use domain::{Area, AreaKind, Areas, OutcodeArea, Point};
use serde::Deserialize;

const FILE: &str = include_str!("../../../assets/areas.toml");
const OUTCODES: &str = include_str!("../../../assets/outcodes.csv");

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
    let outcodes = OUTCODES.lines().filter_map(outcode);
    Areas::new(areas.filter_map(area).collect(), outcodes.collect())
}

/// A row of `outcode,latitude,longitude,areas`; none: the heading, or a word about the file.
fn outcode(line: &str) -> Option<OutcodeArea> {
    let mut fields = line.split(',');
    let [outcode, north, east, areas] = std::array::from_fn(|_| fields.next());
    Some(OutcodeArea {
        outcode: outcode?.parse().ok()?,
        centre: Point::new(north?.parse().ok()?, east?.parse().ok()?).ok()?,
        areas: areas?.split(';').map(str::to_owned).collect(),
    })
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
    fn every_outcode_of_the_file_is_known() {
        let areas = built_in();
        let rows = OUTCODES
            .lines()
            .filter(|line| !line.starts_with('#'))
            .count()
            - 1;
        assert_eq!(areas.outcodes().count(), rows);
        for outcode in areas.outcodes() {
            assert!(
                outcode.areas.iter().all(|code| areas.get(code).is_some()),
                "{outcode:?}"
            );
        }
    }

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
