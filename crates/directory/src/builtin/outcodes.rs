//! `outcodes.csv`: where the first halves of postcodes lie.

use std::collections::HashSet;

use domain::{Outcode, OutcodeArea, Point};

use super::AssetFile;
use super::fault::{At, Faults};
use super::known::Known;

const HEADER: &str = "outcode,latitude,longitude,areas";

pub(super) fn read(
    files: &[AssetFile<'_>],
    known: &Known<'_>,
    faults: &Faults,
) -> Vec<OutcodeArea> {
    files
        .iter()
        .flat_map(|file| rows(*file, known, faults))
        .collect()
}

/// Lines with where they start, without their ends.
fn lines(file: AssetFile<'_>) -> impl Iterator<Item = (At<'_>, &str)> {
    let mut offset = 0;
    file.text.split_inclusive('\n').map(move |line| {
        let at = At { file, offset };
        offset += line.len();
        (at, line.trim_end_matches(['\n', '\r']))
    })
}

fn rows(file: AssetFile<'_>, known: &Known<'_>, faults: &Faults) -> Vec<OutcodeArea> {
    let mut lines = lines(file).skip_while(|(_, line)| line.starts_with('#'));
    let header = lines.next();
    if header.is_none_or(|(_, line)| line != HEADER) {
        let at = header.map_or(At { file, offset: 0 }, |(at, _)| at);
        faults.add(at, "header", format!("should be \"{HEADER}\""));
        return Vec::new();
    }
    let mut found: Vec<OutcodeArea> = Vec::new();
    let mut seen = HashSet::new();
    for (at, line) in lines {
        let fault = |message| faults.add(at, "row", message);
        match row(line, known, &fault) {
            Err(message) => fault(message),
            Ok(row) => {
                if !seen.insert(row.outcode.clone()) {
                    fault(format!("\"{}\" stands here twice: keep one", row.outcode));
                } else if let Some(last) = found.last().filter(|last| last.outcode > row.outcode) {
                    fault(format!(
                        "\"{}\" belongs before \"{}\": sort them",
                        row.outcode, last.outcode
                    ));
                }
                found.push(row);
            }
        }
    }
    found
}

/// A row, or why it cannot be read. Unknown areas go to `fault` one by one.
fn row(line: &str, known: &Known<'_>, fault: &dyn Fn(String)) -> Result<OutcodeArea, String> {
    let fields: Vec<&str> = line.split(',').collect();
    let &[outcode, latitude, longitude, codes] = fields.as_slice() else {
        let n = fields.len();
        return Err(format!(
            "has {n} fields, not four: write {HEADER}, without quotes"
        ));
    };
    let parsed: Outcode = outcode.parse().map_err(|_ignored| {
        format!("\"{outcode}\" is not the first half of a postcode: it should look like M6 or SK13")
    })?;
    if parsed.as_str() != outcode {
        return Err(format!("\"{outcode}\" should be written \"{parsed}\""));
    }
    let centre = Point::new(degrees(latitude)?, degrees(longitude)?).map_err(|e| e.to_string())?;
    let areas: Vec<String> = codes.split(';').map(str::to_owned).collect();
    for code in &areas {
        if let Err(message) = known.area(code) {
            fault(message);
        }
    }
    Ok(OutcodeArea {
        outcode: parsed,
        centre,
        areas,
    })
}

fn degrees(text: &str) -> Result<f64, String> {
    text.parse()
        .map_err(|_ignored| format!("\"{text}\" is not a number of degrees: write 53.4794"))
}
