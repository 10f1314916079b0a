//! The real postcodes of a county, where they are at hand.

use std::fs;
use std::io::Read;
use std::path::PathBuf;

use domain::Point;

use super::projection::grid_reference;
use super::{Folder, code};
use crate::postcodes::{Found, Pack};

const PLACES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/places");
const LIVE: &str = "gm_postcodes.csv.gz";
const ENDED: &str = "gm_terminated_2014_to_2025.csv.gz";

fn place(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(PLACES).join(name);
    let found = path.exists();
    if !found {
        println!("skipped: {} is not here", path.display());
    }
    found.then_some(path)
}

/// Postcode, point, district of each line.
fn lines(path: &PathBuf) -> Vec<(String, Point, String)> {
    let mut text = String::new();
    let file = fs::File::open(path).unwrap();
    let mut unpacked = flate2::read::GzDecoder::new(file);
    unpacked.read_to_string(&mut text).unwrap();
    let line = |line: &str| {
        let fields: Vec<&str> = line.split(',').collect();
        let point = Point::new(fields[1].parse().unwrap(), fields[2].parse().unwrap()).unwrap();
        (fields[0].to_owned(), point, fields[3].to_owned())
    };
    text.lines().skip(1).map(line).collect()
}

/// The furthest that any postcode is from where it should be, metres.
fn furthest(pack: &Pack, lines: &[(String, Point, String)]) -> f64 {
    let off = |(text, at, wanted): &(String, Point, String)| {
        let Found::Live { point, district } = pack.lookup(&code(text)) else {
            panic!("{text} is in use");
        };
        assert_eq!(district.as_ref(), Some(wanted), "{text}");
        point.unwrap().distance_km(*at) * 1000.0
    };
    lines.iter().map(off).fold(0.0, f64::max)
}

#[test]
fn a_county_fits_into_a_megabyte_and_every_postcode_is_found() {
    let (Some(live), Some(ended)) = (place(LIVE), place(ENDED)) else {
        return;
    };
    let folder = Folder::new();
    let (import, pack) = folder.import(&[&live, &ended]).unwrap();
    assert_eq!((import.refused, import.findings.len()), (0, 0));
    let (live, ended) = (lines(&live), lines(&ended));
    let size = fs::metadata(folder.pack()).unwrap().len();
    let off = furthest(&pack, &live);
    println!("{}; {size} bytes, {off:.2} m", import.about.said());
    assert!(size <= 1_000_000, "{size} bytes");
    assert!(off <= 2.0, "{off} m");
    assert_eq!(pack.about().live, u64::try_from(live.len()).unwrap());
    assert_eq!(pack.about().ended, u64::try_from(ended.len()).unwrap());
    for (text, _, _) in &ended {
        assert_eq!(pack.lookup(&code(text)), Found::Ended, "{text}");
    }
}

#[test]
fn the_same_county_on_the_grid_lies_in_the_same_place() {
    let Some(live) = place(LIVE) else { return };
    let live = lines(&live);
    let mut rows = String::new();
    for (text, at, district) in &live {
        let (easting, northing) = grid_reference(*at);
        rows.push_str(&format!(
            "\"{text}\",10,{easting},{northing},\"E92000001\",\"\",\"\",\"\",\"{district}\",\"\"\r\n"
        ));
    }
    let folder = Folder::new();
    let zip = folder.zip("codepo_gb.zip", &[("Data/CSV/all.csv", &rows)]);
    let (_, pack) = folder.import(&[&zip]).unwrap();
    let off = furthest(&pack, &live);
    println!("furthest {off:.2} m");
    assert!(off <= 2.0, "{off} m");
}
