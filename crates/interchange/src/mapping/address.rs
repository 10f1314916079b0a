//! An address as HSDS divides it, as far as its parts are certain.

use domain::{Address, Areas, Postcode, Rest};
use serde_json::Value;

use super::draft::PlaceDraft;

/// The address of a place; none: the row says none. Its identifier comes last.
pub(super) fn address(place: &mut PlaceDraft, areas: &Areas) -> Option<Address> {
    let mut lines = std::mem::take(&mut place.lines);
    if let [whole] = lines.as_slice() {
        lines = parts(whole);
    }
    if place.postal_code.is_none() {
        take_postcode(place, &mut lines);
    }
    if place.city.is_none() && lines.len() > 1 {
        let last = lines.pop_if(|last| areas.named(last).is_some());
        place.city = last;
    }
    if lines.is_empty()
        && place.city.is_none()
        && place.postal_code.is_none()
        && place.county.is_none()
    {
        return None;
    }
    let mut lines = lines.into_iter();
    let first = lines.next();
    let others: Vec<String> = lines.collect();
    let mut rest = Rest::new();
    if let Some(county) = place.county.take() {
        rest.insert("state_province".to_owned(), Value::from(county));
    }
    // A United Kingdom postcode says the country; nothing else here does.
    if place.postcode.is_some() {
        rest.insert("country".to_owned(), Value::from("GB"));
    }
    rest.insert("address_type".to_owned(), Value::from("physical"));
    Some(Address {
        id: String::new(),
        address_1: first,
        address_2: (!others.is_empty()).then(|| others.join(", ")),
        city: place.city.take(),
        postal_code: place.postal_code.take(),
        rest,
    })
}

fn parts(whole: &str) -> Vec<String> {
    whole
        .split([',', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A postcode at the end of an address, where it has no column of its own.
fn take_postcode(place: &mut PlaceDraft, lines: &mut Vec<String>) {
    let Some(last) = lines.last_mut() else {
        return;
    };
    let words: Vec<&str> = last.split_whitespace().collect();
    let Some((first, code)) = words.split_last_chunk::<2>() else {
        return;
    };
    let Ok(postcode) = code.join(" ").parse::<Postcode>() else {
        return;
    };
    let before = first.join(" ");
    place.postal_code = Some(postcode.to_string());
    place.postcode = Some(postcode);
    if before.is_empty() {
        lines.pop();
    } else {
        *last = before;
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_data::areas;
    use super::*;

    fn read(lines: &[&str]) -> Address {
        let mut place = PlaceDraft {
            lines: lines.iter().map(|&line| line.to_owned()).collect(),
            ..PlaceDraft::default()
        };
        address(&mut place, &areas()).unwrap()
    }

    #[test]
    fn an_address_is_divided_where_its_parts_are_certain() {
        let one = read(&["1 High Street, Farnworth, Bolton, BL4 9XX"]);
        assert_eq!(one.address_1.as_deref(), Some("1 High Street"));
        assert_eq!(one.address_2.as_deref(), Some("Farnworth"));
        assert_eq!(one.city.as_deref(), Some("Bolton"));
        assert_eq!(one.postal_code.as_deref(), Some("BL4 9XX"));
        assert_eq!(one.rest["country"], "GB");
        let abroad = read(&["9525 Sterling Drive, Cutler Bay, FL 33157"]);
        assert_eq!(abroad.address_2.as_deref(), Some("Cutler Bay, FL 33157"));
        assert!(!abroad.rest.contains_key("country"));
        let lines = read(&["The Hall", "2 Low Road", "Sale"]);
        assert_eq!(lines.address_2.as_deref(), Some("2 Low Road"));
        assert_eq!(lines.city.as_deref(), Some("Sale"));
    }
}
