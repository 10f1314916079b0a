//! A service as a form, and back.

use domain::{HsdsStatus, Many, RecordId, Rest, Service, ServiceAtLocation, State, StateKind};

use super::form::{OrganisationPick, PlaceTie, ServiceForm};
use super::rows::{Line, lines, put_lines};
use super::terms::{
    Around, Words, areas, languages, put_areas, put_languages, put_terms, put_words, terms,
};
use super::text::{blank, number, put, shown};

impl ServiceForm {
    /// The form of a service: names of its organisation and places are looked up in what is given
    /// with it.
    pub(crate) fn of(record: &Service, words: &Words<'_>, around: &Around<'_>) -> Self {
        let state = record.signpost.state.as_ref();
        let age = |age: Option<&serde_json::Number>| age.map(ToString::to_string);
        Self {
            name: record.name.trim().to_owned(),
            alternate_name: shown(record.alternate_name.as_ref()),
            other_names: record.signpost.other_names.to_vec(),
            summary: shown(record.signpost.summary.as_ref()),
            description: shown(record.description.as_ref()),
            organisation: record.organisation().map(|id| OrganisationPick {
                id: id.to_string(),
                name: around.organisation.unwrap_or_default().to_owned(),
            }),
            url: shown(record.url.as_ref()),
            links: lines(&record.additional_urls),
            email: shown(record.email.as_ref()),
            phones: lines(&record.phones),
            state: record.state().into(),
            state_until: state.and_then(|state| Some(state.until.as_ref()?.to_string())),
            state_words: shown(state.and_then(|state| state.words.as_ref())),
            application_process: shown(record.application_process.as_ref()),
            eligibility: shown(record.eligibility_description.as_ref()),
            minimum_age: age(record.minimum_age.as_ref()),
            maximum_age: age(record.maximum_age.as_ref()),
            wait_time: shown(record.wait_time.as_ref()),
            fees: shown(record.fees_description.as_ref()),
            costs: lines(&record.cost_options),
            alert: shown(record.alert.as_ref()),
            schedules: lines(&record.schedules),
            places: around.named(lines(&record.service_at_locations)),
            areas: areas(record, words),
            languages: languages(&record.languages),
            keywords: record.signpost.keywords.to_vec(),
            terms: terms(record, words),
            internal: lines(&record.signpost.internal),
        }
    }

    /// Puts into a service what differs from it.
    pub(crate) fn put(&self, record: &mut Service, words: &Words<'_>) {
        let before = Self::of(record, words, &Around::default());
        let id = record.id;
        if self.name.trim() != before.name {
            self.name.trim().clone_into(&mut record.name);
        }
        self.put_texts(&before, record);
        self.put_organisation(&before, record);
        self.put_state(&before, record);
        for (target, before, after) in [
            (
                &mut record.minimum_age,
                &before.minimum_age,
                &self.minimum_age,
            ),
            (
                &mut record.maximum_age,
                &before.maximum_age,
                &self.maximum_age,
            ),
        ] {
            if blank(after.as_ref()) != *before {
                *target = after.as_deref().and_then(number);
            }
        }
        put_lines(&mut record.additional_urls, id, &self.links);
        put_lines(&mut record.phones, id, &self.phones);
        put_lines(&mut record.cost_options, id, &self.costs);
        put_lines(&mut record.schedules, id, &self.schedules);
        put_lines(&mut record.signpost.internal, id, &self.internal);
        self.put_places(record);
        put_words(&mut record.signpost.other_names, &self.other_names);
        put_words(&mut record.signpost.keywords, &self.keywords);
        put_areas(record, &self.areas, words);
        put_languages(&mut record.languages, id, &self.languages);
        put_terms(record, &self.terms, words);
    }

    fn put_texts(&self, before: &Self, record: &mut Service) {
        for (target, before, after) in [
            (
                &mut record.alternate_name,
                &before.alternate_name,
                &self.alternate_name,
            ),
            (&mut record.signpost.summary, &before.summary, &self.summary),
            (
                &mut record.description,
                &before.description,
                &self.description,
            ),
            (&mut record.url, &before.url, &self.url),
            (&mut record.email, &before.email, &self.email),
            (
                &mut record.application_process,
                &before.application_process,
                &self.application_process,
            ),
            (
                &mut record.eligibility_description,
                &before.eligibility,
                &self.eligibility,
            ),
            (&mut record.wait_time, &before.wait_time, &self.wait_time),
            (&mut record.fees_description, &before.fees, &self.fees),
            (&mut record.alert, &before.alert, &self.alert),
        ] {
            put(target, before.as_ref(), after.as_ref());
        }
    }

    fn put_organisation(&self, before: &Self, record: &mut Service) {
        let id = |form: &Self| form.organisation.as_ref().map(|pick| pick.id.clone());
        if id(self) != id(before) {
            record.organization = None;
            record.organization_id = id(self).and_then(|id| id.parse().ok());
        }
    }

    /// HSDS has a word for some states; the others, and dates and words, stand beside it.
    fn put_state(&self, before: &Self, record: &mut Service) {
        let until = blank(self.state_until.as_ref());
        let words = blank(self.state_words.as_ref());
        let same = (self.state, &until, &words)
            == (before.state, &before.state_until, &before.state_words);
        if same {
            return;
        }
        let kind = StateKind::from(self.state);
        record.status = match kind {
            StateKind::Open | StateKind::Full | StateKind::WaitingList | StateKind::FundingEnds => {
                HsdsStatus::Active
            }
            StateKind::Paused => HsdsStatus::TemporarilyClosed,
            StateKind::Closed => HsdsStatus::Defunct,
        };
        let former = record.signpost.state.take();
        let of_same_kind = former.filter(|state| state.kind == kind);
        let mut state = of_same_kind.unwrap_or_else(|| State {
            kind,
            since: None,
            until: None,
            words: None,
            rest: Rest::new(),
        });
        if until != before.state_until || state.until.is_none() {
            state.until = until.and_then(|until| until.parse().ok());
        }
        state.words = words;
        let said = state.since.is_some()
            || state.until.is_some()
            || state.words.is_some()
            || !state.rest.is_empty();
        let hsds_says_it = matches!(
            kind,
            StateKind::Open | StateKind::Paused | StateKind::Closed
        );
        record.signpost.state = (said || !hsds_says_it).then_some(state);
    }

    fn put_places(&self, record: &mut Service) {
        let ties = self.places.iter().map(|tie| PlaceTie {
            name: None,
            address: None,
            ..tie.clone()
        });
        let ties: Vec<PlaceTie> = ties.collect();
        // Ties of which nobody knows the place are none of the form's.
        let (mut known, kept): (Vec<ServiceAtLocation>, Vec<ServiceAtLocation>) = record
            .service_at_locations
            .iter()
            .cloned()
            .partition(|tie| tie.place().is_some());
        if kept.is_empty() {
            put_lines(&mut record.service_at_locations, record.id, &ties);
            return;
        }
        let mut list = Many::from(std::mem::take(&mut known));
        put_lines(&mut list, record.id, &ties);
        let of_form = list.iter().cloned().chain(kept);
        record.service_at_locations = of_form.collect();
    }
}

impl Line for PlaceTie {
    type Element = ServiceAtLocation;

    fn of(tie: &ServiceAtLocation) -> Self {
        Self {
            place: tie.place().map(|id| id.to_string()).unwrap_or_default(),
            name: None,
            address: None,
            description: shown(tie.description.as_ref()),
            schedules: lines(&tie.schedules),
        }
    }

    fn key(&self) -> String {
        self.place.clone()
    }

    fn is_told_by_its_place() -> bool {
        false
    }

    fn is_blank(&self) -> bool {
        self.place.trim().is_empty()
    }

    fn fresh(&self, owner: RecordId) -> ServiceAtLocation {
        ServiceAtLocation {
            id: RecordId::named(&format!("{owner}/at/{}", self.place)),
            location_id: self.place.parse().ok(),
            location: None,
            description: None,
            phones: Many::default(),
            schedules: Many::default(),
            rest: Rest::new(),
        }
    }

    fn put(&self, before: &Self, tie: &mut ServiceAtLocation) {
        put(
            &mut tie.description,
            before.description.as_ref(),
            self.description.as_ref(),
        );
        put_lines(&mut tie.schedules, tie.id, &self.schedules);
    }
}
