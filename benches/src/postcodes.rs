//! Generated postcodes: as many as the country has, spread over it as its own are, in the files in
//! which Ordnance Survey gives them out. None of them is where the real one is.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use domain::Postcode;

use crate::generate::Chance;

/// Outcodes of an area, sectors of an outcode, units of a sector: about what the country has.
const OUTCODES: usize = 24;
const SECTORS: usize = 4;
const UNITS: usize = 147;
/// Postcodes of an area.
const OF_AREA: usize = OUTCODES * SECTORS * UNITS;
/// The first area is called `DA`: `BT` would be Northern Ireland, which lies on another grid.
const FIRST_AREA: usize = 40;
/// Letters of units; the others look like these.
const LETTERS: &[u8] = b"ABDEFGHJLNPQRSTUWXYZ";

/// A generated postcode with its place on the National Grid, metres.
#[derive(Debug, Clone)]
pub struct Unit {
    /// The postcode.
    pub postcode: Postcode,
    /// Metres east.
    pub easting: usize,
    /// Metres north.
    pub northing: usize,
    /// Its district's code, of which there are about 350.
    pub district: String,
}

/// About so many postcodes, the same ones every time, in no order.
pub fn units(count: usize) -> impl Iterator<Item = Unit> {
    (0..count.div_ceil(OF_AREA)).flat_map(area)
}

/// Writes them as Code-Point Open comes, unpacked: a table for each area, without headings.
///
/// # Errors
/// The folder can't be written.
pub fn write(count: usize, folder: &Path) -> io::Result<()> {
    let tables = folder.join("Data").join("CSV");
    fs::create_dir_all(&tables)?;
    for n in 0..count.div_ceil(OF_AREA) {
        let name = format!("{}.csv", letters(n + FIRST_AREA).to_lowercase());
        let mut out = BufWriter::new(File::create(tables.join(name))?);
        for unit in area(n) {
            let Unit {
                postcode,
                easting,
                northing,
                district,
            } = unit;
            write!(
                out,
                "\"{postcode}\",10,{easting},{northing},\"E92000001\",\"E19000001\",\
                 \"E18000002\",\"\",\"{district}\",\"E05000001\"\r\n"
            )?;
        }
        out.flush()?;
    }
    Ok(())
}

/// Two letters of an area or a unit: `AA`, `AB`…
fn letters(number: usize) -> String {
    let letter = |n: usize| {
        LETTERS
            .get(n % LETTERS.len())
            .copied()
            .map_or('A', char::from)
    };
    [letter(number / LETTERS.len()), letter(number)]
        .iter()
        .collect()
}

fn area(n: usize) -> Vec<Unit> {
    let mut chance = Chance::new(n as u64 + 1);
    let name = letters(n + FIRST_AREA);
    let mut units = Vec::with_capacity(OF_AREA);
    let middle = [
        chance.between(200_000, 600_000),
        chance.between(60_000, 900_000),
    ];
    for outcode in 1..=OUTCODES {
        let outcode_at = middle.map(|m| m - 20_000 + chance.below(40_000));
        for sector in 0..SECTORS {
            // Every fifth sector is in the country, where postcodes lie far from one another.
            let wide = if chance.permille(200) { 9_000 } else { 1_500 };
            let sector_at = outcode_at.map(|m| m - 2_000 + chance.below(4_000));
            let mut free: Vec<usize> = (0..LETTERS.len() * LETTERS.len()).collect();
            for _unit in 0..UNITS {
                let pair = free.swap_remove(chance.below(free.len()));
                let [easting, northing] = sector_at.map(|m| m - wide + chance.below(2 * wide));
                let text = format!("{name}{outcode} {sector}{}", letters(pair));
                let district = easting / 40_000 * 24 + northing / 40_000;
                units.extend(text.parse().ok().map(|postcode| Unit {
                    postcode,
                    easting,
                    northing,
                    district: format!("E07000{district:03}"),
                }));
            }
        }
    }
    units
}
