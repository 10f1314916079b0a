//! What stands in which column of a list of postcodes, from its headings; Code-Point Open, which
//! has none, from its first line.

use domain::Postcode;

use super::about::Kind;
use super::lines::Splitter;

/// Where a list says what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) kind: Kind,
    pub(super) delimiter: u8,
    /// Its first line is headings.
    pub(super) headed: bool,
    pub(super) postcode: usize,
    pub(super) placed: Placed,
    pub(super) district: Option<usize>,
    pub(super) ending: Ending,
}

/// How it says where a postcode is: by the numbers of two columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Placed {
    /// Latitude and longitude.
    Degrees(usize, usize),
    /// Easting and northing on the National Grid.
    Grid(usize, usize),
    /// Not at all.
    Nowhere,
}

/// How it says that a postcode is no longer in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// All in it are in use.
    None,
    /// All in it have ended: its name says so.
    All,
    /// By a date, or a yes, in this column.
    Column(usize),
}

// Letters and digits of headings, in small letters; the first that is there is taken. `pcds` has the
// usual shape, the others of the ONS are padded.
const POSTCODE: [&str; 10] = [
    "pcds",
    "postcode",
    "postcodes",
    "pcd8",
    "pcd2",
    "pcd7",
    "pcd",
    "postcodeunit",
    "pc",
    "fullpostcode",
];
const LATITUDE: [&str; 2] = ["lat", "latitude"];
const LONGITUDE: [&str; 4] = ["long", "lon", "lng", "longitude"];
const EASTING: [&str; 5] = ["oseast1m", "east1m", "easting", "eastings", "ea"];
const NORTHING: [&str; 5] = ["osnrth1m", "north1m", "northing", "northings", "no"];
const ENDED: [&str; 8] = [
    "doterm",
    "dateoftermination",
    "terminated",
    "terminationdate",
    "ended",
    "enddate",
    "dateended",
    "notinuse",
];
/// A district's code before its name.
const DISTRICT: [&str; 17] = [
    "oslaua",
    "laua",
    "ladcd",
    "ladcode",
    "admindistrictcode",
    "adminstrictdistrictcode",
    "districtcode",
    "localauthoritycode",
    "boroughcode",
    "dc",
    "admindistrict",
    "district",
    "borough",
    "localauthority",
    "ladnm",
    "ladname",
    "lad",
];
/// Words in a file's name by which all in it have ended.
const ENDED_NAMES: [&str; 3] = ["terminated", "ended", "disused"];

impl Shape {
    /// The shape of the list with this first line, if it is a list of postcodes.
    pub(super) fn of(file: &str, first: &[u8]) -> Option<Self> {
        [b',', b';', b'\t'].into_iter().find_map(|delimiter| {
            let mut fields = Splitter::new(delimiter);
            if !fields.split(first) {
                return None;
            }
            let ending = ending_by_name(file);
            headed(&fields, delimiter, ending).or_else(|| bare(&fields, delimiter, ending))
        })
    }

    /// What a column is called in messages.
    pub(super) fn column(&self, n: usize) -> String {
        format!("column {}", n + 1)
    }
}

fn headed(fields: &Splitter, delimiter: u8, by_name: Ending) -> Option<Shape> {
    let headings: Vec<String> = (0..fields.len()).map(|n| plain(fields.field(n))).collect();
    let find = |names: &[&str]| {
        let place = |name: &&str| headings.iter().position(|heading| heading == name);
        names.iter().find_map(place)
    };
    let postcode = find(&POSTCODE)?;
    let degrees = find(&LATITUDE).zip(find(&LONGITUDE));
    let grid = find(&EASTING).zip(find(&NORTHING));
    let placed = match (degrees, grid) {
        (Some((north, east)), _) => Placed::Degrees(north, east),
        (None, Some((east, north))) => Placed::Grid(east, north),
        (None, None) => Placed::Nowhere,
    };
    let of_year = || {
        headings
            .iter()
            .position(|heading| is_lad_of_a_year(heading))
    };
    let ended = find(&ENDED);
    let ons = find(&["doterm"]).is_some() && find(&["pcd", "pcd7", "pcds"]).is_some();
    let code_point = ["pc", "pq", "ea", "no", "cy"];
    let code_point = code_point.iter().all(|name| find(&[name]).is_some());
    Some(Shape {
        kind: match (ons, code_point) {
            (true, _) => Kind::Onspd,
            (false, true) => Kind::CodePointOpen,
            (false, false) => Kind::List,
        },
        delimiter,
        headed: true,
        postcode,
        placed,
        district: of_year().or_else(|| find(&DISTRICT)),
        ending: ended.map_or(by_name, Ending::Column),
    })
}

/// Without headings: Code-Point Open by its ten columns, or nothing but postcodes.
fn bare(fields: &Splitter, delimiter: u8, ending: Ending) -> Option<Shape> {
    let text = |n| std::str::from_utf8(fields.field(n)).ok();
    text(0)?.parse::<Postcode>().ok()?;
    let numbers = (1..4).all(|n| text(n).is_some_and(|text| text.parse::<u32>().is_ok()));
    let code_point = fields.len() == 10 && numbers;
    let (kind, placed, district) = match (code_point, fields.len()) {
        (true, _) => (Kind::CodePointOpen, Placed::Grid(2, 3), Some(8)),
        (false, 1) => (Kind::List, Placed::Nowhere, None),
        (false, _) => return None,
    };
    Some(Shape {
        kind,
        delimiter,
        headed: false,
        postcode: 0,
        placed,
        district,
        ending,
    })
}

/// `lad25cd`, `lad23nm`: a district as of a year.
fn is_lad_of_a_year(heading: &str) -> bool {
    let rest = heading
        .strip_prefix("lad")
        .or_else(|| heading.strip_prefix("laua"));
    rest.is_some_and(|rest| {
        let kind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        kind.len() < rest.len() && ["cd", "nm", ""].contains(&kind)
    })
}

fn ending_by_name(file: &str) -> Ending {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let mut words = name.split(|c: char| !c.is_ascii_alphanumeric());
    if words.any(|word| ENDED_NAMES.contains(&word.to_ascii_lowercase().as_str())) {
        Ending::All
    } else {
        Ending::None
    }
}

fn plain(heading: &[u8]) -> String {
    let letters = heading.iter().filter(|byte| byte.is_ascii_alphanumeric());
    letters
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(file: &str, line: &str) -> Shape {
        Shape::of(file, format!("{line}\r\n").as_bytes()).unwrap_or_else(|| panic!("{line}"))
    }

    #[test]
    fn every_edition_of_the_ons_directory_is_known() {
        let old = shape(
            "ONSPD.csv",
            "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,\
             osnrth1m,osgrdind,lat,long",
        );
        assert_eq!(
            (old.kind, old.postcode, old.district, old.placed, old.ending),
            (
                Kind::Onspd,
                2,
                Some(7),
                Placed::Degrees(14, 15),
                Ending::Column(4)
            )
        );
        let new = shape(
            "ONSPD.csv",
            "\"PCD7\",\"PCD8\",\"DOINTR\",\"DOTERM\",\"LAD25CD\",\"EAST1M\",\"NORTH1M\"",
        );
        assert_eq!(
            (new.kind, new.postcode, new.district, new.placed),
            (Kind::Onspd, 1, Some(4), Placed::Grid(5, 6))
        );
    }

    #[test]
    fn code_point_needs_no_headings_and_lists_any_of_the_usual_ones() {
        let bare = shape(
            "m.csv",
            "\"M1 1AA\",10,384569,398194,\"E92000001\",\"\",\"\",\"\",\"E08000003\",\"E05000001\"",
        );
        assert_eq!((bare.kind, bare.headed), (Kind::CodePointOpen, false));
        assert_eq!((bare.placed, bare.district), (Placed::Grid(2, 3), Some(8)));
        let listed = shape("list.csv", "Post Code;Latitude;Longitude;Borough");
        assert_eq!(listed.delimiter, b';');
        assert_eq!(
            (listed.placed, listed.district),
            (Placed::Degrees(1, 2), Some(3))
        );
        assert_eq!(
            shape("old/terminated_2020.csv", "postcode").ending,
            Ending::All
        );
        assert_eq!(
            shape("terminated/extended.csv", "M1 1AA").ending,
            Ending::None
        );
        for line in ["name,address", "M1 1AA,Mrs Smith", "", "\"postcode"] {
            assert_eq!(Shape::of("x.csv", line.as_bytes()), None, "{line}");
        }
    }
}
