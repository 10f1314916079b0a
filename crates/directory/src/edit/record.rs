//! Records between their three shapes: members, types, forms.

use domain::{Kind, Many, Organisation, Place, Record, RecordId, Rest, Service};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::form::{OrganisationForm, PlaceForm, RecordForm, ServiceForm};
use super::terms::{Around, Words};
use crate::error::Error;
use crate::open::Directory;

impl RecordForm {
    /// What sort of record it is of.
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::Service(_) => Kind::Service,
            Self::Organisation(_) => Kind::Organisation,
            Self::Place(_) => Kind::Place,
        }
    }
}

impl Directory {
    /// A record as it is seen here; none: it is not here.
    pub(crate) fn seen(&self, kind: Kind, id: RecordId) -> Result<Option<Record>, Error> {
        let body = self.store().body(kind, id)?;
        body.map(|body| members(kind, id, &body)).transpose()
    }

    /// The form of a record.
    pub(crate) fn form_of(&self, kind: Kind, record: &Record) -> Result<RecordForm, Error> {
        Ok(match kind {
            Kind::Organisation => {
                RecordForm::Organisation(OrganisationForm::of(&typed::<Organisation>(record)?))
            }
            Kind::Place => RecordForm::Place(PlaceForm::of(&typed::<Place>(record)?)),
            Kind::Service => {
                let service: Service = typed(record)?;
                let organisation = service.organisation();
                let organisation = organisation.and_then(|id| self.name_of(Kind::Organisation, id));
                let ties = service.service_at_locations.iter();
                let places = ties.filter_map(|tie| self.seen(Kind::Place, tie.place()?).ok()?);
                let places: Vec<Place> = places.filter_map(|place| typed(&place).ok()).collect();
                let around = Around {
                    organisation: organisation.as_deref(),
                    places: &places,
                };
                RecordForm::Service(Box::new(ServiceForm::of(&service, &self.words(), &around)))
            }
        })
    }

    /// A record with what a form says differently. What the form does not speak of stays.
    pub(crate) fn filled_in(&self, record: &Record, form: &RecordForm) -> Result<Record, Error> {
        match form {
            RecordForm::Organisation(form) => {
                let mut organisation: Organisation = typed(record)?;
                form.put(&mut organisation);
                untyped(&organisation)
            }
            RecordForm::Place(form) => {
                let mut place: Place = typed(record)?;
                form.put(&mut place);
                untyped(&place)
            }
            RecordForm::Service(form) => {
                let mut service: Service = typed(record)?;
                form.put(&mut service, &self.words());
                untyped(&service)
            }
        }
    }

    fn words(&self) -> Words<'_> {
        Words {
            catalogue: &self.catalogue,
            areas: &self.areas,
        }
    }
}

/// A record of which nothing is known.
pub(crate) fn nothing_known(kind: Kind, id: RecordId) -> Result<Record, Error> {
    match kind {
        Kind::Service => untyped(&Service::named(id, "")),
        Kind::Place => untyped(&Place {
            name: None,
            ..Place::named(id, "")
        }),
        Kind::Organisation => untyped(&Organisation {
            id,
            name: String::new(),
            alternate_name: None,
            description: None,
            email: None,
            website: None,
            additional_websites: Many::default(),
            phones: Many::default(),
            organization_identifiers: Many::default(),
            attributes: Many::default(),
            rest: Rest::new(),
        }),
    }
}

/// The members of a record.
pub(crate) fn members(kind: Kind, id: RecordId, body: &str) -> Result<Record, Error> {
    serde_json::from_str(body).map_err(|_unreadable| Error::Unreadable(kind, id))
}

/// A record as its type.
pub(crate) fn typed<T: DeserializeOwned>(record: &Record) -> Result<T, Error> {
    let read = serde_json::from_value(Value::Object(record.clone()));
    read.map_err(|error| Error::Invalid(vec![format!("The record can't be read: {error}.")]))
}

fn untyped<T: Serialize>(record: &T) -> Result<Record, Error> {
    match serde_json::to_value(record) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) | Err(_) => Err(Error::Invalid(vec![
            "The record can't be written.".to_owned(),
        ])),
    }
}
