//! The records that a draft becomes.

use domain::{
    Many, Organisation, Provenance, RecordId, Rest, Schedule, Service, ServiceAtLocation,
};
use serde_json::Value;

use super::draft::Draft;
use super::identity::{Entered, hash, numbered};
use super::parts::identify;
use super::{Field, Mapper, Mapping, address, place};
use crate::Record;
use crate::tidy::{Remark, date, hours};

impl Mapper<'_> {
    /// The records of a draft: what is referred to comes first.
    pub(super) fn records(&mut self, draft: &mut Draft, line: u64) -> Vec<Record> {
        let mut records = self
            .organisation(draft, line)
            .into_iter()
            .chain(self.place(draft, line))
            .collect::<Vec<_>>();
        let mut service = std::mem::replace(
            &mut draft.service,
            Service::named(RecordId::from_bytes([0; 16]), ""),
        );
        service.schedules = schedules(&draft.hours).into_iter().collect();
        let mut provenance = self.provenance.clone();
        provenance.at = draft.source_id.as_ref().map(|id| format!("record {id}"));
        service.signpost.provenance = vec![provenance].into();
        if !draft.extra.is_empty() {
            let extra = std::mem::take(&mut draft.extra);
            service
                .signpost
                .rest
                .insert("extra".to_owned(), Value::Object(extra));
        }
        identify(&mut service);
        draft.service.name.clone_from(&service.name);
        records.push(Record::Service(Box::new(service)));
        records
    }

    fn organisation(&mut self, draft: &mut Draft, line: u64) -> Option<Record> {
        if !draft.organisation.is_said() {
            return None;
        }
        let said = std::mem::take(&mut draft.organisation);
        let name = draft.service.name.clone();
        let key = format!("import/{}/organisation/{}", self.source, said.key(&name));
        let id = RecordId::named(&key);
        draft.service.organization_id = Some(id);
        let record = said.into_record(id, &name);
        match self.organisations.enter(hash(&key), content(&record), line) {
            Entered::First => Some(Record::Organisation(Box::new(record))),
            Entered::Same(_) => None,
            Entered::Another(_) => {
                draft.remarks.push(Remark::note(format!("the row says other things of {} than an earlier one; the earlier ones are kept", record.name)));
                draft.tell(self.column_of(&Field::OrganisationName));
                None
            }
        }
    }

    fn place(&mut self, draft: &mut Draft, line: u64) -> Option<Record> {
        if !draft.place.is_said() {
            return None;
        }
        let point = place::point(draft);
        let service = draft.service.id;
        let key = format!("import/{}/place/{}", self.source, draft.place.key(service));
        let entered = self
            .places
            .enter(hash(&key), hash(&draft.place.content()), line);
        let id = RecordId::named(&numbered(&key, entered));
        draft.service.service_at_locations.push(ServiceAtLocation {
            id: RecordId::named(&format!("{service}/at/{id}")),
            location_id: Some(id),
            location: None,
            description: None,
            phones: Many::default(),
            schedules: Many::default(),
            rest: Rest::new(),
        });
        let mut said = std::mem::take(&mut draft.place);
        if let Entered::Same(_) = entered {
            return None;
        }
        let address = address::address(&mut said, self.areas);
        Some(Record::Place(Box::new(
            said.into_record(id, address, point),
        )))
    }
}

/// What tells an organisation from what an earlier row said of it.
fn content(record: &Organisation) -> u64 {
    let phones: Vec<&String> = record.phones.iter().map(|phone| &phone.number).collect();
    hash(&(
        &record.name,
        &record.description,
        &record.website,
        &record.email,
        phones,
    ))
}

/// Opening hours as HSDS has them: always as written, as days and times too where the whole text can
/// be read with certainty.
fn schedules(texts: &[String]) -> Vec<Schedule> {
    let text = texts.join("\n");
    if text.is_empty() {
        return Vec::new();
    }
    let Some(openings) = hours(&text) else {
        return vec![Schedule {
            description: Some(text),
            ..Schedule::default()
        }];
    };
    let openings = openings.into_iter().map(|opening| Schedule {
        freq: Some("WEEKLY".to_owned()),
        byday: Some(opening.days),
        opens_at: opening.opens,
        closes_at: opening.closes,
        description: opening.said,
        ..Schedule::default()
    });
    openings.collect()
}

pub(super) fn provenance(mapping: &Mapping) -> Provenance {
    let said = mapping
        .dated
        .as_deref()
        .map(str::trim)
        .filter(|dated| !dated.is_empty());
    let dated = said.and_then(date);
    let mut rest = Rest::new();
    if let (Some(said), None) = (said, &dated) {
        rest.insert("dated_as".to_owned(), Value::from(said));
    }
    Provenance {
        source: mapping.source.trim().to_owned(),
        at: None,
        dated,
        entered_by: None,
        licence: mapping.licence.clone(),
        rest,
    }
}
