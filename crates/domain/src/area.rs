//! Areas: boroughs, the neighbourhoods in them, the county around them. All of it is data, so that
//! another county needs another file and nothing else.

use std::collections::HashMap;

use crate::{Outcode, Point};

/// A GSS code (`E08000006`), or `<GSS>/<slug>` for a neighbourhood without one.
pub type GssCode = String;

/// What sort of area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaKind {
    /// The whole: covers every borough in it.
    County,
    /// A borough of the county.
    Borough,
    /// A part of a borough.
    Neighbourhood,
    /// Next to the county, outside it.
    Neighbouring,
}

/// An area with the names people use for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Its code.
    pub code: GssCode,
    /// Its name.
    pub name: String,
    /// What sort.
    pub kind: AreaKind,
    /// The code of the area around it.
    pub within: Option<GssCode>,
    /// Towns and districts in it, and other names.
    pub also: Vec<String>,
}

/// Where an outcode lies: the mean of its postcodes, and the boroughs it touches, largest first.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcodeArea {
    /// The outcode.
    pub outcode: Outcode,
    /// Mean of its postcodes; a postcode lies 1.2 km (median) away from it.
    pub centre: Point,
    /// Codes of the areas that it touches.
    pub areas: Vec<GssCode>,
}

/// A point further than this from every outcode's centre lies in no known area.
const FURTHEST_CENTRE_KM: f64 = 5.0;

/// All areas of a directory.
#[derive(Debug, Clone, Default)]
pub struct Areas {
    areas: Vec<Area>,
    by_code: HashMap<GssCode, usize>,
    /// Under each name in lower case; nothing where two areas share it.
    by_name: HashMap<String, Option<usize>>,
    outcodes: HashMap<Outcode, OutcodeArea>,
}

impl Areas {
    /// These areas and outcodes.
    #[must_use]
    pub fn new(areas: Vec<Area>, outcodes: Vec<OutcodeArea>) -> Self {
        let by_code = areas
            .iter()
            .enumerate()
            .map(|(n, area)| (area.code.clone(), n))
            .collect();
        let by_name = names(&areas);
        let outcodes = outcodes
            .into_iter()
            .map(|o| (o.outcode.clone(), o))
            .collect();
        Self {
            areas,
            by_code,
            by_name,
            outcodes,
        }
    }

    /// All areas, in the order of their file.
    #[must_use]
    pub fn all(&self) -> &[Area] {
        &self.areas
    }

    /// The area with this code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Area> {
        self.areas.get(*self.by_code.get(code)?)
    }

    /// The area that goes by this name: its own, or that of a town or district in it. Capitals do not
    /// count, nor words around a name that say what sort of area it is (`City of …`, `… Council`).
    /// A name that two areas share gives none.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Area> {
        let name = name.trim().to_lowercase();
        let found = self
            .by_name
            .get(&name)
            .or_else(|| self.by_name.get(bare(&name)));
        self.areas.get((*found?)?)
    }

    /// Where this outcode lies.
    #[must_use]
    pub fn outcode(&self, outcode: &Outcode) -> Option<&OutcodeArea> {
        self.outcodes.get(outcode)
    }

    /// The choice in which a point most probably lies: that of the nearest outcode's centre, if one
    /// is within five kilometres.
    #[must_use]
    pub fn at(&self, point: Point) -> Option<&Area> {
        let near = |area: &OutcodeArea| (area.centre.distance_km(point), area.outcode.clone());
        let nearest = self.outcodes.values().min_by(|a, b| {
            let ((a_km, a_code), (b_km, b_code)) = (near(a), near(b));
            a_km.total_cmp(&b_km).then(a_code.cmp(&b_code))
        })?;
        let close = nearest.centre.distance_km(point) <= FURTHEST_CENTRE_KM;
        close.then(|| nearest.areas.first().and_then(|code| self.get(code)))?
    }

    /// The middle of an area: the mean of the centres of the outcodes that lie mostly in it.
    #[must_use]
    pub fn centre(&self, code: &str) -> Option<Point> {
        let main = |outcode: &&OutcodeArea| outcode.areas.first().is_some_and(|a| a == code);
        let (mut north, mut east, mut count) = (0.0, 0.0, 0.0);
        for centre in self
            .outcodes
            .values()
            .filter(main)
            .map(|outcode| outcode.centre)
        {
            north += centre.latitude();
            east += centre.longitude();
            count += 1.0;
        }
        Point::new(north / count, east / count).ok()
    }

    /// The choices nearest to a choice, nearest first.
    #[must_use]
    pub fn neighbours(&self, code: &str, most: usize) -> Vec<&Area> {
        let Some(centre) = self.centre(code) else {
            return Vec::new();
        };
        let away = |area: &Area| {
            self.centre(&area.code)
                .map(|other| other.distance_km(centre))
        };
        let others = self.choices().filter(|area| area.code != code);
        let mut near: Vec<_> = others
            .filter_map(|area| Some((away(area)?, area)))
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.code.cmp(&b.1.code)));
        near.into_iter().take(most).map(|(_, area)| area).collect()
    }

    /// All outcodes, in no order.
    pub fn outcodes(&self) -> impl Iterator<Item = &OutcodeArea> {
        self.outcodes.values()
    }

    /// What one filters by: boroughs, then areas next to the county, each in the order of the file.
    pub fn choices(&self) -> impl Iterator<Item = &Area> {
        let of = |kind| self.areas.iter().filter(move |area| area.kind == kind);
        of(AreaKind::Borough).chain(of(AreaKind::Neighbouring))
    }

    /// The choices that somebody in an area of this code could be served under: a county gives every
    /// borough in it, a neighbourhood its borough, a borough itself. An unknown code gives none.
    #[must_use]
    pub fn covered_by(&self, code: &str) -> Vec<&Area> {
        let Some(area) = self.get(code) else {
            return Vec::new();
        };
        match area.kind {
            AreaKind::County => self
                .choices()
                .filter(|c| c.within.as_deref() == Some(code))
                .collect(),
            AreaKind::Borough | AreaKind::Neighbouring => vec![area],
            AreaKind::Neighbourhood => area
                .within
                .as_deref()
                .and_then(|within| self.get(within))
                .into_iter()
                .collect(),
        }
    }
}

/// Words before and after a name that say what sort of area it is, or that all of it is meant.
const BEFORE: [&str; 9] = [
    "the ",
    "all of ",
    "whole of ",
    "across ",
    "metropolitan ",
    "city of ",
    "borough of ",
    "district of ",
    "county of ",
];
const AFTER: [&str; 9] = [
    " (neighbouring area)",
    " council",
    " city",
    " borough",
    " metropolitan",
    " district",
    " mbc",
    " area",
    " wide",
];

/// A name without the words around it.
fn bare(name: &str) -> &str {
    let mut bare = name;
    while let Some(less) = BEFORE
        .iter()
        .find_map(|word| bare.strip_prefix(word))
        .or_else(|| AFTER.iter().find_map(|word| bare.strip_suffix(word)))
    {
        bare = less.trim();
    }
    bare.trim_end_matches('-')
}

/// Names to areas: an area's own name counts before a town's or district's of the same name.
fn names(areas: &[Area]) -> HashMap<String, Option<usize>> {
    let mut also: HashMap<String, Option<usize>> = HashMap::new();
    let mut own: HashMap<String, Option<usize>> = HashMap::new();
    let put = |into: &mut HashMap<String, Option<usize>>, name: String, at: usize| {
        into.entry(name)
            .and_modify(|known| *known = known.filter(|other| *other == at))
            .or_insert(Some(at));
    };
    for (at, area) in areas.iter().enumerate() {
        let name = area.name.to_lowercase();
        let short = bare(&name).to_owned();
        for other in &area.also {
            put(&mut also, other.to_lowercase(), at);
        }
        if short != name {
            put(&mut own, short, at);
        }
        put(&mut own, name, at);
    }
    also.extend(own);
    also
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(code: &str, kind: AreaKind, within: Option<&str>) -> Area {
        let within = within.map(str::to_owned);
        Area {
            code: code.to_owned(),
            name: code.to_owned(),
            kind,
            within,
            also: Vec::new(),
        }
    }

    #[test]
    fn the_county_covers_its_boroughs_and_a_neighbourhood_counts_for_its_borough() {
        let areas = Areas::new(
            vec![
                area("C", AreaKind::County, None),
                area("B1", AreaKind::Borough, Some("C")),
                area("B2", AreaKind::Borough, Some("C")),
                area("B1/n", AreaKind::Neighbourhood, Some("B1")),
                area("X", AreaKind::Neighbouring, None),
            ],
            Vec::new(),
        );
        let codes = |code| {
            areas
                .covered_by(code)
                .iter()
                .map(|a| a.code.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(codes("C"), ["B1", "B2"]);
        assert_eq!(codes("B1/n"), ["B1"]);
        assert_eq!(codes("X"), ["X"]);
        assert!(codes("nowhere").is_empty());
    }

    #[test]
    fn an_area_is_known_by_its_names_and_a_shared_name_is_nobodys() {
        let named = |name: &str, also: &[&str]| Area {
            name: name.to_owned(),
            also: also.iter().map(|&town| town.to_owned()).collect(),
            ..area(name, AreaKind::Borough, None)
        };
        let areas = Areas::new(
            vec![
                named("Whole of Northshire", &["NS"]),
                named("Ashby", &["Mill End", "Newtown"]),
                named("Newtown", &["Mill End", "Over Green"]),
            ],
            Vec::new(),
        );
        let found = |name| areas.named(name).map(|area| area.name.as_str());
        assert_eq!(found(" northshire "), Some("Whole of Northshire"));
        assert_eq!(found("ns"), Some("Whole of Northshire"));
        assert_eq!(found("City of Ashby"), Some("Ashby"));
        assert_eq!(found("ASHBY METROPOLITAN BOROUGH COUNCIL"), Some("Ashby"));
        assert_eq!(found("newtown"), Some("Newtown"));
        assert_eq!(found("Mill End"), None);
        assert_eq!(found("the "), None);
    }
}
