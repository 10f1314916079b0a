//! A line of a list of postcodes: which postcode, whether it is in use, where, in which district.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use domain::{ParsePostcodeError, Point, Postcode};

use super::grid;
use super::headings::{Ending, Placed, Shape};
use super::lines::Splitter;

/// A postcode of the British Isles lies within these degrees.
const LATITUDES: RangeInclusive<f64> = 49.0..=61.5;
const LONGITUDES: RangeInclusive<f64> = -9.5..=2.5;
/// From here on a latitude is the ONS's way to say that it is not known.
const NO_LATITUDE: f64 = 90.0;
/// A district's name has fewer letters than this.
const LONGEST_DISTRICT: usize = 100;

/// A line, understood.
#[derive(Debug, PartialEq)]
pub(super) struct Row<'a> {
    pub(super) postcode: Postcode,
    pub(super) ended: bool,
    pub(super) point: Option<Point>,
    pub(super) district: Option<Cow<'a, str>>,
}

/// Why a line can't be understood, and in which column.
#[derive(Debug, PartialEq)]
pub(super) struct Fault {
    pub(super) column: usize,
    pub(super) why: String,
}

impl Shape {
    pub(super) fn row<'a>(&self, fields: &'a Splitter) -> Result<Row<'a>, Fault> {
        let fault = |column, why| Fault { column, why };
        let said = text(fields.field(self.postcode));
        let postcode: Postcode = said.parse().map_err(|_shown: ParsePostcodeError| {
            let shown = ParsePostcodeError(shortened(&said));
            fault(self.postcode, shown.to_string())
        })?;
        let ended = match self.ending {
            Ending::All => true,
            Ending::None => false,
            Ending::Column(n) => says_yes(fields.field(n)),
        };
        let point = if ended {
            None
        } else {
            self.point(fields, &postcode)?
        };
        let district = self.district.map(|n| text(fields.field(n)));
        Ok(Row {
            postcode,
            ended,
            point,
            district: district.filter(|name| is_district(name)),
        })
    }

    fn point(&self, fields: &Splitter, postcode: &Postcode) -> Result<Option<Point>, Fault> {
        let number = |column: usize| {
            let text = text(fields.field(column));
            if text.is_empty() {
                return Ok(None);
            }
            let why = || format!("\"{}\" is not a number", shortened(&text));
            let parsed = text.parse::<f64>().ok().filter(|n| n.is_finite());
            parsed.map(Some).ok_or_else(|| Fault { column, why: why() })
        };
        match self.placed {
            Placed::Nowhere => Ok(None),
            Placed::Degrees(north, east) => {
                let (Some(up), Some(right)) = (number(north)?, number(east)?) else {
                    return Ok(None);
                };
                degrees(up, right).map_err(|why| Fault { column: north, why })
            }
            Placed::Grid(east, north) => {
                let (Some(right), Some(up)) = (number(east)?, number(north)?) else {
                    return Ok(None);
                };
                // Northern Ireland has a grid of its own.
                let irish = postcode.outcode().as_str().starts_with("BT");
                if irish || right == 0.0 && up == 0.0 {
                    return Ok(None);
                }
                let why = || format!("{right}, {up} does not lie on the National Grid");
                let point = grid::point(right, up);
                point.map(Some).ok_or_else(|| Fault {
                    column: east,
                    why: why(),
                })
            }
        }
    }
}

fn degrees(north: f64, east: f64) -> Result<Option<Point>, String> {
    if north >= NO_LATITUDE || north == 0.0 && east == 0.0 {
        return Ok(None);
    }
    let point = Point::new(north, east).ok();
    let near = LATITUDES.contains(&north) && LONGITUDES.contains(&east);
    point.filter(|_| near).map(Some).ok_or_else(|| {
        let swapped = LATITUDES.contains(&east) && LONGITUDES.contains(&north);
        let advice = if swapped {
            ": latitude and longitude are in each other's column"
        } else {
            ""
        };
        format!("{north}, {east} does not lie in the British Isles{advice}")
    })
}

/// A date of ending, or a yes.
fn says_yes(field: &[u8]) -> bool {
    let no: [&[u8]; 5] = [b"", b"0", b"no", b"n", b"false"];
    !no.iter().any(|no| field.eq_ignore_ascii_case(no))
}

/// The ONS writes E99999999 and the like where there is no district.
fn is_district(name: &str) -> bool {
    !name.is_empty() && name.len() < LONGEST_DISTRICT && !name.ends_with("99999999")
}

/// UTF-8, or else Windows-1252, which gives every byte a letter.
fn text(field: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(field).map_or_else(
        |_other| {
            encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(field)
                .0
        },
        Cow::Borrowed,
    )
}

/// As much of a field as a message can hold.
fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(headings: &str, line: &str) -> Result<(bool, bool, Option<String>), Fault> {
        let shape = Shape::of("list.csv", format!("{headings}\n").as_bytes()).unwrap();
        let mut fields = Splitter::new(shape.delimiter);
        assert!(fields.split(format!("{line}\n").as_bytes()));
        let row = shape.row(&fields)?;
        Ok((
            row.ended,
            row.point.is_some(),
            row.district.map(Cow::into_owned),
        ))
    }

    #[test]
    fn what_the_ons_does_not_know_is_not_known() {
        let ons = |line| row("pcds,doterm,oslaua,lat,long", line);
        let salford = Some("E08000006".to_owned());
        let known = ons("M6 5JA,,E08000006,53.49,-2.28");
        assert_eq!(known, Ok((false, true, salford.clone())));
        assert_eq!(
            ons("M6 5ZZ,202203,E08000006,53.49,-2.28"),
            Ok((true, false, salford))
        );
        assert_eq!(
            ons("JE1 1AA,,L99999999,99.999999,0.000000"),
            Ok((false, false, None))
        );
    }

    #[test]
    fn a_fault_names_its_column() {
        let list = |line| row("postcode,lat,lon", line).unwrap_err();
        assert_eq!(list("WA154 1HF,53.4,-2.3").column, 0);
        assert_eq!(list("M6 5JA,north,-2.3").column, 1);
        assert!(list("M6 5JA,-2.3,53.4").why.contains("each other's"));
        let grid = |line| row("postcode,easting,northing", line);
        assert_eq!(grid("M6 5JA,900000,1").unwrap_err().column, 1);
        assert_eq!(grid("BT1 1AA,333600,373900"), Ok((false, false, None)));
        assert_eq!(grid("M6 5JA,0,0"), Ok((false, false, None)));
        assert!(grid("M6 5JA,381600,398900").unwrap().1);
    }
}
