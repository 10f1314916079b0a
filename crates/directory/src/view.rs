//! An entry whole: everything that is known, and what is not known said plainly.

mod parts;
mod shape;

use domain::{FieldName, Place, Point, RecordId};
use interchange::hsds::full_service;
use store::{Entry, Kind};

pub use shape::{
    AssessedTerm, CheckView, EntryOrganisation, EntryView, PhoneView, PlaceView, SourceView,
    TermView,
};

pub(crate) use parts::address_line;
use parts::{
    ages, assessed, checks, coverage, imported, not_known, opening, phones, place_view, sources,
};

use crate::Today;
use crate::error::Error;
use crate::hit::{FreshnessView, StatusView, cost, names};
use crate::open::Directory;
use crate::said::filled;

impl Directory {
    /// An entry whole, with distances from a postcode or outcode where one is given.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub fn entry(&self, id: &str, near: Option<&str>, today: Today) -> Result<EntryView, Error> {
        let entry = self.record(id)?;
        let from = near
            .and_then(|near| self.locate(near).ok())
            .map(|located| located.near.point);
        let places = entry
            .places
            .iter()
            .map(|place| place_view(place, self.away(place, from)))
            .collect();
        self.shown(&entry, places, today)
    }

    /// Kilometres to a place, by its own point or that of its postcode.
    fn away(&self, place: &Place, from: Option<Point>) -> Option<f64> {
        let address = place.addresses.first();
        let postcode = address.and_then(|address| address.postal_code.as_deref());
        let to = self.pack.point(place.point(), postcode)?;
        Some(from?.distance_km(to))
    }

    /// An entry whole, as a table has it.
    pub(crate) fn whole_view(&self, entry: &Entry, today: Today) -> Result<EntryView, Error> {
        let places = entry.places.iter().map(|place| place_view(place, None));
        self.shown(entry, places.collect(), today)
    }

    fn shown(
        &self,
        entry: &Entry,
        places: Vec<PlaceView>,
        today: Today,
    ) -> Result<EntryView, Error> {
        let mut view = Self::view(entry, places, today);
        let origins = self.store().origins(Kind::Service, entry.service.id)?;
        view.sources.extend(origins.into_iter().map(imported));
        Ok(view)
    }

    /// A record: fields by their HSDS names; of an entry with its organisation and places within.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub fn show(&self, id: &str) -> Result<serde_json::Value, Error> {
        let (kind, _, record) = self.any(id)?;
        if kind != Kind::Service {
            return Ok(serde_json::Value::Object(record));
        }
        let Entry {
            service,
            organisation,
            places,
            ..
        } = self.record(id)?;
        Ok(full_service(&service, organisation.as_ref(), &places))
    }

    /// An organisation or a place in words, field by field; none: it is an entry, or not here.
    #[must_use]
    pub fn show_fields(&self, id: &str) -> Option<Vec<(String, String)>> {
        let (kind, _, record) = self.any(id).ok()?;
        if kind == Kind::Service {
            return None;
        }
        let said = |field: &FieldName| {
            let value = domain::change::value(&record, field)?;
            Some((
                field.label().to_owned(),
                self.value_said(field, Some(&value))?,
            ))
        };
        let fields = domain::change::fields_of(&record);
        Some(fields.iter().filter_map(said).collect())
    }

    fn record(&self, id: &str) -> Result<Entry, Error> {
        let found = id
            .parse::<RecordId>()
            .ok()
            .map(|id| self.store().entry(id))
            .transpose()?;
        found
            .flatten()
            .ok_or_else(|| Error::NotFound(id.to_owned()))
    }

    #[expect(
        clippy::too_many_lines,
        reason = "one line for each of the entry's members"
    )]
    fn view(entry: &Entry, places: Vec<PlaceView>, today: Today) -> EntryView {
        let Entry {
            service,
            organisation,
            ..
        } = entry;
        let first = |taxonomy| assessed(service, taxonomy).into_iter().next();
        let mut view = EntryView {
            id: service.id.to_string(),
            name: service.name.clone(),
            alternate_names: service.other_names().map(str::to_owned).collect(),
            organisation: organisation.as_ref().map(|o| EntryOrganisation {
                id: o.id.to_string(),
                name: o.name.clone(),
                description: filled(o.description.as_ref()),
                url: filled(o.website.as_ref()),
            }),
            summary: filled(service.signpost.summary.as_ref()),
            description: filled(service.description.as_ref()),
            status: StatusView::of(service, today),
            alert: filled(service.alert.as_ref()),
            needs: assessed(service, "need"),
            tier: first("tier"),
            delivery_level: first("delivery-level"),
            activities: assessed(service, "activity"),
            populations: assessed(service, "population"),
            support_types: assessed(service, "support-type"),
            models: assessed(service, "model"),
            does: assessed(service, "what-it-does"),
            coverage: coverage(service),
            meets_you: names(service, "meets-you"),
            who_for: filled(service.eligibility_description.as_ref()),
            ages: ages(service),
            languages: service
                .languages
                .iter()
                .filter_map(|l| l.name.clone())
                .collect(),
            way_in: names(service, "way-in"),
            application_process: filled(service.application_process.as_ref()),
            referrers: names(service, "referral-source"),
            phones: phones(entry),
            email: filled(service.email.as_ref())
                .or_else(|| filled(organisation.as_ref()?.email.as_ref())),
            url: filled(service.url.as_ref())
                .or_else(|| filled(organisation.as_ref()?.website.as_ref())),
            opening: opening(entry),
            cost: cost(service),
            wait: filled(service.wait_time.as_ref()),
            access: places
                .iter()
                .filter_map(|place| place.access.clone())
                .collect(),
            places,
            checked: FreshnessView::of(service, today),
            checks: checks(service, today),
            sources: sources(service),
            not_known: Vec::new(),
        };
        view.not_known = not_known(&view);
        view
    }
}
