//! A service: one thing a person can be sent to; the directory's entry.

use serde::{Deserialize, Serialize};

use crate::{
    Attribute, Check, CostOption, Held, Language, Linked, Many, Phone, Provenance, RecordId, Rest,
    Schedule, ServiceAtLocation, State, StateKind, Url, When,
};

/// HSDS `status`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum HsdsStatus {
    /// Runs.
    #[default]
    #[serde(rename = "active")]
    Active,
    /// Does not run now.
    #[serde(rename = "inactive")]
    Inactive,
    /// Is no more.
    #[serde(rename = "defunct")]
    Defunct,
    /// Will run again.
    #[serde(rename = "temporarily closed")]
    TemporarilyClosed,
}

/// An area whose residents may use a service (HSDS `service_area`): its coverage, which is not the
/// same as where its places are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceArea {
    /// Identifier as its source gave it.
    #[serde(default)]
    pub id: String,
    /// The area's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The area's code (GSS, or `<GSS>/<slug>` for a neighbourhood) where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extent: Option<String>,
    /// Members not known to this version.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A note for staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InternalNote {
    /// What it is about: the heading that it stood under.
    pub label: String,
    /// The note.
    pub text: String,
    /// Members not known to this version.
    #[serde(flatten)]
    pub rest: Rest,
}

/// What Signpost says of a service beyond HSDS.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceNotes {
    /// The line that matters: what it is, for whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Names beside `name` and `alternate_name`.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub other_names: Many<String>,
    /// Words by which it should be found, given by an editor.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub keywords: Many<String>,
    /// Its state where HSDS has no word for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// Last checks, one for each group of fields or one for the whole.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub checks: Many<Check>,
    /// Where the record came from.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub provenance: Many<Provenance>,
    /// Notes for staff. Not public: never exported, indexed or shown to others unless asked for.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub internal: Many<InternalNote>,
    /// Members not known to this version.
    #[serde(flatten)]
    pub rest: Rest,
}

impl ServiceNotes {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// In the shape of an HSDS `service`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Service {
    /// Identity.
    pub id: RecordId,
    /// The organisation that runs it; absent, as `organization` is: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<RecordId>,
    /// The organisation that runs it, where its source wrote the organisation itself here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<Held>,
    /// Its name.
    pub name: String,
    /// Another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternate_name: Option<String>,
    /// What it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its web page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// More of its web.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub additional_urls: Many<Url>,
    /// Electronic mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// HSDS state.
    #[serde(default)]
    pub status: HsdsStatus,
    /// How a person gets in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application_process: Option<String>,
    /// What it costs, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fees_description: Option<String>,
    /// How long one waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait_time: Option<String>,
    /// Who may come, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eligibility_description: Option<String>,
    /// From this age, years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_age: Option<serde_json::Number>,
    /// Up to this age, years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_age: Option<serde_json::Number>,
    /// When it was last assured to be right, as its source wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assured_date: Option<String>,
    /// Something to know before going.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert: Option<String>,
    /// Telephone numbers.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub phones: Many<Phone>,
    /// When it runs.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub schedules: Many<Schedule>,
    /// Its coverage.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub service_areas: Many<ServiceArea>,
    /// Its places.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub service_at_locations: Many<ServiceAtLocation>,
    /// Languages in which it is given.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub languages: Many<Language>,
    /// What it costs.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub cost_options: Many<CostOption>,
    /// Who pays for it.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub funding: Many<Linked>,
    /// Ties to taxonomy terms: needs, tier, populations and the rest.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub attributes: Many<Attribute>,
    /// What Signpost adds.
    #[serde(default, skip_serializing_if = "ServiceNotes::is_empty")]
    pub signpost: ServiceNotes,
    /// Members not known to this version.
    #[serde(flatten)]
    pub rest: Rest,
}

impl Service {
    /// A service of which only identity and name are known.
    #[must_use]
    pub fn named(id: RecordId, name: &str) -> Self {
        Self {
            id,
            organization_id: None,
            organization: None,
            name: name.to_owned(),
            alternate_name: None,
            description: None,
            url: None,
            additional_urls: Many::default(),
            email: None,
            status: HsdsStatus::default(),
            application_process: None,
            fees_description: None,
            wait_time: None,
            eligibility_description: None,
            minimum_age: None,
            maximum_age: None,
            assured_date: None,
            alert: None,
            phones: Many::default(),
            schedules: Many::default(),
            service_areas: Many::default(),
            service_at_locations: Many::default(),
            languages: Many::default(),
            cost_options: Many::default(),
            funding: Many::default(),
            attributes: Many::default(),
            signpost: ServiceNotes::default(),
            rest: Rest::new(),
        }
    }

    /// The organisation that runs it, however its source named it; none: not known.
    #[must_use]
    pub fn organisation(&self) -> Option<RecordId> {
        let held = self.organization.as_ref().map(|held| held.id);
        self.organization_id.or(held)
    }

    /// The attributes that tie it to terms of this taxonomy.
    pub fn attributes_in<'a>(
        &'a self,
        taxonomy: &'a str,
    ) -> impl Iterator<Item = &'a Attribute> + 'a {
        self.attributes
            .iter()
            .filter(move |attribute| attribute.code_in(taxonomy).is_some())
    }

    /// The codes of its terms of this taxonomy.
    pub fn codes<'a>(&'a self, taxonomy: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.attributes
            .iter()
            .filter_map(move |attribute| attribute.code_in(taxonomy))
    }

    /// The codes of the areas it covers; none: coverage not known.
    pub fn coverage(&self) -> impl Iterator<Item = &str> {
        self.service_areas
            .iter()
            .filter_map(|area| area.extent.as_deref())
    }

    /// All its names beside `name`.
    pub fn other_names(&self) -> impl Iterator<Item = &str> {
        let others = self.signpost.other_names.iter().map(String::as_str);
        self.alternate_name.as_deref().into_iter().chain(others)
    }

    /// The HSDS `assured_date`, when it can be read.
    #[must_use]
    pub fn assured(&self) -> Option<When> {
        let text = self.assured_date.as_deref()?;
        text.parse()
            .or_else(|_| text.split(['T', ' ']).next().unwrap_or(text).parse())
            .ok()
    }

    /// What keeps people from getting in, from Signpost's own state or else the HSDS one.
    #[must_use]
    pub fn state(&self) -> StateKind {
        match (&self.signpost.state, self.status) {
            (Some(state), _) => state.kind,
            (None, HsdsStatus::Active) => StateKind::Open,
            (None, HsdsStatus::Inactive | HsdsStatus::TemporarilyClosed) => StateKind::Paused,
            (None, HsdsStatus::Defunct) => StateKind::Closed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_this_version_does_not_know_is_kept() {
        let text = r#"{"id":"6f1c0c1e-9a52-5d1c-8a48-1de8cf1f0f3a","name":"A","status":"active","phones":[{"id":"1","number":"x","extension":4}],"attributes":[],"zzz":{"deep":[1,null]}}"#;
        let service: Service = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&service).unwrap(), text);
    }

    #[test]
    fn hsds_states_have_signpost_words() {
        let mut service = Service::named(RecordId::named("s"), "S");
        assert_eq!(service.state(), StateKind::Open);
        service.status = HsdsStatus::Defunct;
        assert_eq!(service.state(), StateKind::Closed);
    }
}
