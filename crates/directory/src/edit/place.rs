//! A place as a form, and back.

use domain::{Accessibility, Address, Many, Place, RecordId, Rest};
use serde_json::Value;

use super::form::PlaceForm;
use super::rows::{lines, put_lines};
use super::text::{blank, put, shown};

const SIGNPOST: &str = "signpost";
const PRIVATE: &str = "private";

impl PlaceForm {
    /// The form of a place.
    pub(crate) fn of(record: &Place) -> Self {
        let address = record.addresses.first();
        let line =
            |of: fn(&Address) -> &Option<String>| shown(address.and_then(|a| of(a).as_ref()));
        Self {
            name: shown(record.name.as_ref()),
            description: shown(record.description.as_ref()),
            address_1: line(|a| &a.address_1),
            address_2: line(|a| &a.address_2),
            city: line(|a| &a.city),
            postcode: line(|a| &a.postal_code),
            latitude: record.latitude.map(|degrees| degrees.to_string()),
            longitude: record.longitude.map(|degrees| degrees.to_string()),
            private: is_private(record),
            transportation: shown(record.transportation.as_ref()),
            access: shown(access(record)),
            phones: lines(&record.phones),
            schedules: lines(&record.schedules),
        }
    }

    /// Puts into a place what differs from it.
    pub(crate) fn put(&self, record: &mut Place) {
        let before = Self::of(record);
        for (target, before, after) in [
            (&mut record.name, &before.name, &self.name),
            (
                &mut record.description,
                &before.description,
                &self.description,
            ),
            (
                &mut record.transportation,
                &before.transportation,
                &self.transportation,
            ),
        ] {
            put(target, before.as_ref(), after.as_ref());
        }
        self.put_address(&before, record);
        self.put_access(&before, record);
        for (target, before, after) in [
            (&mut record.latitude, &before.latitude, &self.latitude),
            (&mut record.longitude, &before.longitude, &self.longitude),
        ] {
            let after = blank(after.as_ref());
            if after != *before {
                *target = after.and_then(|degrees| degrees.parse().ok());
            }
        }
        if self.private != before.private {
            put_private(&mut record.rest, self.private);
        }
        put_lines(&mut record.phones, record.id, &self.phones);
        put_lines(&mut record.schedules, record.id, &self.schedules);
    }

    fn put_address(&self, before: &Self, record: &mut Place) {
        let lines = |form: &Self| {
            [&form.address_1, &form.address_2, &form.city, &form.postcode]
                .map(|text| blank(text.as_ref()))
        };
        if lines(self) == lines(before) {
            return;
        }
        let mut addresses = record.addresses.to_vec();
        if addresses.is_empty() {
            addresses.push(Address {
                id: RecordId::named(&format!("{}/address", record.id)).to_string(),
                rest: Rest::from_iter([("address_type".to_owned(), Value::from("physical"))]),
                ..Address::default()
            });
        }
        if let Some(address) = addresses.first_mut() {
            put(
                &mut address.address_1,
                before.address_1.as_ref(),
                self.address_1.as_ref(),
            );
            put(
                &mut address.address_2,
                before.address_2.as_ref(),
                self.address_2.as_ref(),
            );
            put(&mut address.city, before.city.as_ref(), self.city.as_ref());
            put(
                &mut address.postal_code,
                before.postcode.as_ref(),
                self.postcode.as_ref(),
            );
        }
        let only = addresses.len() == 1 && lines(self).iter().all(Option::is_none);
        record.addresses = if only {
            Many::default()
        } else {
            addresses.into()
        };
    }

    fn put_access(&self, before: &Self, record: &mut Place) {
        let after = blank(self.access.as_ref());
        if after == blank(before.access.as_ref()) {
            return;
        }
        let mut notes = record.accessibility.to_vec();
        if notes.is_empty() {
            notes.push(Accessibility {
                id: RecordId::named(&format!("{}/access", record.id)).to_string(),
                ..Accessibility::default()
            });
        }
        if let Some(note) = notes.first_mut() {
            let in_details = shown(note.description.as_ref()).is_none() && note.details.is_some();
            let target = if in_details {
                &mut note.details
            } else {
                &mut note.description
            };
            *target = after;
        }
        notes.retain(|note| {
            *note
                != Accessibility {
                    id: note.id.clone(),
                    ..Accessibility::default()
                }
        });
        record.accessibility = notes.into_iter().collect();
    }
}

/// The first note on access.
fn access(record: &Place) -> Option<&String> {
    let note = record.accessibility.first()?;
    let said = |text: &&String| !text.trim().is_empty();
    note.description
        .as_ref()
        .filter(said)
        .or(note.details.as_ref())
}

/// Somebody's home: others see its area only.
fn is_private(record: &Place) -> bool {
    let notes = record.rest.get(SIGNPOST);
    notes
        .and_then(|notes| notes.get(PRIVATE))
        .and_then(Value::as_bool)
        == Some(true)
}

fn put_private(rest: &mut Rest, private: bool) {
    let mut notes = match rest.shift_remove(SIGNPOST) {
        Some(Value::Object(notes)) => notes,
        Some(_) | None => Rest::new(),
    };
    if private {
        let _former = notes.insert(PRIVATE.to_owned(), Value::Bool(true));
    } else {
        let _former = notes.shift_remove(PRIVATE);
    }
    if !notes.is_empty() {
        let _former = rest.insert(SIGNPOST.to_owned(), Value::Object(notes));
    }
}
