//! A place where services happen.

use serde::{Deserialize, Serialize};

use crate::{
    Accessibility, Address, Attribute, Held, Language, Many, Phone, Point, RecordId, Rest, Schedule,
};

/// In the shape of an HSDS `location`. Several services may share one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Identity.
    pub id: RecordId,
    /// `physical`, `postal` or `virtual`.
    pub location_type: String,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Degrees north.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latitude: Option<f64>,
    /// Degrees east.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longitude: Option<f64>,
    /// How to get there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transportation: Option<String>,
    /// Addresses.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub addresses: Many<Address>,
    /// Access notes.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub accessibility: Many<Accessibility>,
    /// Telephone numbers.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub phones: Many<Phone>,
    /// When it is open.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub schedules: Many<Schedule>,
    /// Languages spoken there.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub languages: Many<Language>,
    /// Ties to taxonomy terms.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub attributes: Many<Attribute>,
    /// Members not known to this version.
    #[serde(flatten)]
    pub rest: Rest,
}

impl Place {
    /// A physical place of which only the name is known.
    #[must_use]
    pub fn named(id: RecordId, name: &str) -> Self {
        Self {
            id,
            location_type: "physical".to_owned(),
            name: Some(name.to_owned()),
            description: None,
            latitude: None,
            longitude: None,
            transportation: None,
            addresses: Many::default(),
            accessibility: Many::default(),
            phones: Many::default(),
            schedules: Many::default(),
            languages: Many::default(),
            attributes: Many::default(),
            rest: Rest::new(),
        }
    }

    /// Where it lies, when both coordinates are known and on the globe.
    #[must_use]
    pub fn point(&self) -> Option<Point> {
        Point::new(self.latitude?, self.longitude?).ok()
    }
}

/// The tie between a service and a place (HSDS `service_at_location`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceAtLocation {
    /// Identity of the tie.
    pub id: RecordId,
    /// The place; absent, as `location` is: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location_id: Option<RecordId>,
    /// The place, where its source wrote the place itself here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Held>,
    /// What happens there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Numbers for this service there.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub phones: Many<Phone>,
    /// Hours of this service there.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub schedules: Many<Schedule>,
    /// Members not known to this version.
    #[serde(flatten)]
    pub rest: Rest,
}

impl ServiceAtLocation {
    /// The place, however its source named it; none: not known.
    #[must_use]
    pub fn place(&self) -> Option<RecordId> {
        let held = self.location.as_ref().map(|held| held.id);
        self.location_id.or(held)
    }
}
