//! The place of a row: its postcode, its point, and whether they agree.

use domain::{Accessibility, Address, Outcode, Place, Point, Postcode, RecordId};

use super::draft::{Draft, PlaceDraft};
use super::mapper::PostcodeSays;
use crate::tidy::{Remark, fold, quoted};

/// A point further than this from where its postcode lies is told.
const FURTHEST_KM: f64 = 5.0;

/// Reads a postcode. One that is none is kept as written: mending it might send people elsewhere.
pub(super) fn postcode(draft: &mut Draft, text: &str, says: &dyn Fn(&Postcode) -> PostcodeSays) {
    let Ok(postcode) = text.parse::<Postcode>() else {
        if text.parse::<Outcode>().is_ok() {
            let message = format!("{} is only the first half of a postcode", quoted(text));
            draft.remarks.push(Remark::note(message));
        } else {
            draft.doubt(format!(
                "{} is not a postcode; kept as written",
                quoted(text)
            ));
        }
        draft.place.postal_code = Some(text.to_owned());
        return;
    };
    match says(&postcode) {
        PostcodeSays::Known { point, district } => {
            draft.place.point = point;
            draft.place.district = district;
        }
        PostcodeSays::Ended => draft.doubt(format!("the postcode {postcode} is no longer in use")),
        PostcodeSays::Unknown => draft.doubt(format!(
            "the postcode {postcode} is not known; please check it"
        )),
        PostcodeSays::NoPack => {}
    }
    draft.place.postal_code = Some(postcode.to_string());
    draft.place.postcode = Some(postcode);
}

/// Reads degrees north.
pub(super) fn latitude(draft: &mut Draft, (column, heading): (usize, &str), text: &str) {
    let degrees = degrees(draft, heading, text, 90.0);
    draft.place.latitude = degrees.map(|degrees| (column, degrees));
}

/// Reads degrees east.
pub(super) fn longitude(draft: &mut Draft, (column, heading): (usize, &str), text: &str) {
    let degrees = degrees(draft, heading, text, 180.0);
    draft.place.longitude = degrees.map(|degrees| (column, degrees));
}

fn degrees(draft: &mut Draft, heading: &str, text: &str, most: f64) -> Option<f64> {
    let degrees = text.trim_end_matches('°').trim().parse::<f64>().ok();
    let degrees = degrees.filter(|degrees| degrees.abs() <= most);
    if degrees.is_none() {
        draft.doubt(format!("{} is not degrees; kept as written", quoted(text)));
        draft.keep(heading, text);
    }
    degrees
}

/// The point that a row gives, which is told where it lies far from the row's postcode.
pub(super) fn point(draft: &mut Draft) -> Option<Point> {
    let (column, latitude) = draft.place.latitude?;
    let (_, longitude) = draft.place.longitude?;
    let point = Point::new(latitude, longitude).ok()?;
    if latitude == 0.0 && longitude == 0.0 {
        draft.doubt("the coordinates are 0, 0, which is in the sea; left out".to_owned());
        draft.tell(Some(column));
        return None;
    }
    let away = draft.place.point.map(|known| known.distance_km(point));
    if let Some(km) = away.filter(|km| *km > FURTHEST_KM) {
        draft.doubt(format!(
            "the coordinates lie {km:.0} km from the postcode; please check which is right"
        ));
        draft.tell(Some(column));
    }
    Some(point)
}

impl PlaceDraft {
    /// Whether the row says anything of a place.
    pub(super) fn is_said(&self) -> bool {
        self.name.is_some()
            || !self.lines.is_empty()
            || self.city.is_some()
            || self.postal_code.is_some()
            || self.latitude.is_some() && self.longitude.is_some()
            || !self.access.is_empty()
            || !self.transport.is_empty()
    }

    /// By what a place is known again: what it is called and its address, or else its point, or else
    /// the service that is there.
    pub(super) fn key(&self, service: RecordId) -> String {
        let words: Vec<&str> = self
            .name
            .iter()
            .chain(&self.lines)
            .chain(&self.city)
            .chain(&self.postal_code)
            .map(String::as_str)
            .collect();
        match (words.is_empty(), self.latitude, self.longitude) {
            (false, _, _) => fold(&words.join("|")),
            (true, Some((_, north)), Some((_, east))) => format!("{north} {east}"),
            (true, _, _) => service.to_string(),
        }
    }

    /// What tells it from another place with the same key.
    pub(super) fn content(&self) -> impl std::hash::Hash + use<> {
        let bits = |degrees: Option<(usize, f64)>| degrees.map(|(_, degrees)| degrees.to_bits());
        (
            bits(self.latitude),
            bits(self.longitude),
            self.access.clone(),
            self.transport.clone(),
        )
    }

    /// As a record.
    pub(super) fn into_record(
        self,
        id: RecordId,
        address: Option<Address>,
        point: Option<Point>,
    ) -> Place {
        let part = |name: &str| RecordId::named(&format!("{id}/{name}")).to_string();
        let mut place = Place::named(id, "");
        place.name = self.name;
        place.latitude = point.map(Point::latitude);
        place.longitude = point.map(Point::longitude);
        place.transportation = (!self.transport.is_empty()).then(|| self.transport.join("\n"));
        place.addresses = address
            .map(|address| Address {
                id: part("address"),
                ..address
            })
            .into_iter()
            .collect();
        let access = self.access.into_iter().enumerate();
        place.accessibility = access
            .map(|(n, description)| Accessibility {
                id: part(&format!("access/{n}")),
                description: Some(description),
                ..Accessibility::default()
            })
            .collect();
        place
    }
}
