//! Whose residents may use a service: areas by code or name, told apart.

use domain::{Area, AreaKind, Areas, Outcode, RecordId, Rest, ServiceArea, Whereabouts};

use super::draft::Draft;
use crate::tidy::{is_unsaid, quoted};

/// At most so many areas come from one cell.
const MOST: usize = 200;

/// What a piece of text says of an area.
enum Said<'a> {
    /// An area, by its code.
    Code(&'a Area),
    /// An area, by its name.
    Name(&'a Area),
    /// Something like a code that no code can be.
    Malformed,
    /// An area that nobody here knows.
    Unknown,
}

/// What was found of a row.
#[derive(Default)]
struct Found<'a> {
    by_code: Vec<&'a Area>,
    by_name: Vec<&'a Area>,
    unknown: Vec<&'a str>,
    malformed: Vec<(usize, &'a str)>,
}

/// The areas that a row names, as HSDS has them. What is doubtful is told.
pub(super) fn areas(draft: &mut Draft, areas: &Areas, service: RecordId) -> Vec<ServiceArea> {
    let said = std::mem::take(&mut draft.coverage);
    if said.is_empty() {
        return Vec::new();
    }
    let mut found = Found::default();
    for (column, text) in &said {
        let unknown = found.unknown.len();
        read(areas, *column, text, &mut found);
        tell_unknown(
            draft,
            *column,
            found.unknown.get(unknown..).unwrap_or_default(),
        );
    }
    tell_difference(draft, &found, said.last().map(|(column, _)| *column));
    let mut all: Vec<&Area> = Vec::new();
    for area in found.by_code.iter().chain(&found.by_name) {
        if !all.iter().any(|known| known.code == area.code) {
            all.push(area);
        }
    }
    for (column, text) in &found.malformed {
        mend(draft, areas, (*column, text), &mut all);
    }
    let known = all
        .into_iter()
        .map(|area| (area.name.as_str(), Some(area.code.as_str())));
    let unknown = found.unknown.iter().map(|name| (*name, None));
    known
        .chain(unknown)
        .map(|(name, code)| service_area(service, name, code))
        .collect()
}

fn service_area(service: RecordId, name: &str, code: Option<&str>) -> ServiceArea {
    let id = RecordId::named(&format!("{service}/area/{}", code.unwrap_or(name)));
    ServiceArea {
        id: id.to_string(),
        name: Some(name.to_owned()),
        extent: code.map(str::to_owned),
        rest: Rest::new(),
    }
}

fn read<'a>(areas: &'a Areas, column: usize, text: &'a str, found: &mut Found<'a>) {
    // A name may hold what parts a list elsewhere: "Ordsall and Langworthy".
    let whole = said(areas, text);
    let parts: Vec<&str> = match whole {
        Said::Unknown => list(text).take(MOST).collect(),
        Said::Code(_) | Said::Name(_) | Said::Malformed => vec![text],
    };
    for part in parts {
        match said(areas, part) {
            Said::Code(area) => found.by_code.push(area),
            Said::Name(area) => found.by_name.push(area),
            Said::Malformed => found.malformed.push((column, part)),
            Said::Unknown if found.unknown.contains(&part) => {}
            Said::Unknown => found.unknown.push(part),
        }
    }
}

fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', ',', '/', '|', '\n'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" & "))
        .map(|part| part.trim().trim_end_matches('.'))
        .filter(|part| !is_unsaid(part))
}

fn said<'a>(areas: &'a Areas, text: &str) -> Said<'a> {
    if let Some(area) = areas.get(text) {
        return Said::Code(area);
    }
    if let Some(area) = areas.named(text) {
        return Said::Name(area);
    }
    let bytes = text.as_bytes();
    let digits = bytes.iter().skip(1).filter(|b| b.is_ascii_digit()).count();
    let is_code = bytes.first().is_some_and(u8::is_ascii_alphabetic)
        && digits + 1 == bytes.len()
        && (6..=11).contains(&digits);
    if is_code {
        return areas.get(&text.to_ascii_uppercase()).map_or(
            if digits == 8 {
                Said::Unknown
            } else {
                Said::Malformed
            },
            Said::Code,
        );
    }
    let whereabouts = text.parse::<Whereabouts>().ok();
    whereabouts
        .and_then(|place| only_area(areas, place.outcode()))
        .map_or(Said::Unknown, Said::Name)
}

/// The area of an outcode that lies in one alone.
fn only_area<'a>(areas: &'a Areas, outcode: &Outcode) -> Option<&'a Area> {
    match areas.outcode(outcode)?.areas.as_slice() {
        [only] => areas.get(only),
        _ => None,
    }
}

/// A code that cannot be one is taken for what the row says of its area elsewhere, and that is told.
fn mend<'a>(
    draft: &mut Draft,
    areas: &'a Areas,
    (column, text): (usize, &str),
    all: &mut Vec<&'a Area>,
) {
    let place = &draft.place;
    let district = place.district.as_deref().and_then(|code| areas.get(code));
    let by_postcode = district.or_else(|| only_area(areas, place.postcode.as_ref()?.outcode()));
    let message = if let [named] = all.as_slice() {
        format!("taken as {}, which the row names", named.name)
    } else if !all.is_empty() {
        "the areas that the row names are taken".to_owned()
    } else if let Some(area) = by_postcode {
        all.push(area);
        format!("taken as {}, where the postcode lies", area.name)
    } else {
        draft.keep("area code", text);
        "kept as written".to_owned()
    };
    draft.doubt(format!("{} is not an area code; {message}", quoted(text)));
    draft.tell(Some(column));
}

fn tell_unknown(draft: &mut Draft, column: usize, names: &[&str]) {
    if names.is_empty() {
        return;
    }
    let are = if names.len() == 1 {
        "is no area"
    } else {
        "are no areas"
    };
    let message = format!(
        "{} {are} known here; kept by name",
        quoted(&names.join(", "))
    );
    draft.remarks.push(crate::tidy::Remark::note(message));
    draft.tell(Some(column));
}

/// A code and a name that mean different areas: one of them is wrong, and nobody here knows which.
fn tell_difference(draft: &mut Draft, found: &Found<'_>, column: Option<usize>) {
    let ([code], [name]) = (found.by_code.as_slice(), found.by_name.as_slice()) else {
        return;
    };
    let inside = |inner: &Area, outer: &Area| inner.within.as_deref() == Some(outer.code.as_str());
    let agree = code.code == name.code || inside(name, code) || inside(code, name);
    if !agree && code.kind != AreaKind::County && name.kind != AreaKind::County {
        draft.doubt(format!(
            "the code means {} and the name {}; both are taken",
            code.name, name.name
        ));
        draft.tell(column);
    }
}
