//! From documents to records of the directory.

mod split;

use domain::{Organisation, Place, Service};
use serde_json::{Map, Value};

use super::entities::{Entity, entity};
use super::normal::Normal;
use super::remarks::Remarks;
use super::seen::{Met, Seen};
use super::walk::Taker;
use super::{Summary, ids, upgrade, which};
use crate::{Finding, Incoming, Intake, Record, Spot, Stop, Weight};

type Members = Map<String, Value>;

/// Takes documents of any version, from wherever they come, and hands records on. What several
/// documents share is handed on once, and again when a later one says more.
pub struct Feed<'a> {
    namespace: String,
    intake: &'a mut dyn Intake,
    services: Seen,
    organisations: Seen,
    places: Seen,
    summary: Summary,
    words_told: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Service,
    Organisation,
    Place,
}

impl<'a> Feed<'a> {
    /// A feed of this intake. Identifiers that are no UUIDs are named within the namespace, so a
    /// source has to have the same one each time.
    pub fn new(namespace: &str, intake: &'a mut dyn Intake) -> Self {
        Self {
            namespace: namespace.to_owned(),
            intake,
            services: Seen::default(),
            organisations: Seen::default(),
            places: Seen::default(),
            summary: Summary::default(),
            words_told: false,
        }
    }

    /// Takes one document: a service, an organisation, a location, or a service at a location.
    ///
    /// # Errors
    /// [`Stop`] when the intake says so.
    pub fn put(&mut self, document: Value, spot: &Spot) -> Result<(), Stop> {
        self.document(document, Remarks::default(), spot)
    }

    /// Takes one document of which it is known what it is.
    pub(super) fn put_as(
        &mut self,
        entity: &Entity,
        members: Members,
        spot: &Spot,
    ) -> Result<(), Stop> {
        self.summary.documents += 1;
        match entity.name {
            "organization" => self.organisation(members, Remarks::default(), spot),
            "location" => self.place(members, Remarks::default(), spot),
            _ => self.service(members, Remarks::default(), spot),
        }
    }

    /// Tells how far the reading is.
    ///
    /// # Errors
    /// [`Stop`] when the intake says so.
    pub fn step(&mut self, done: u64, total: u64) -> Result<(), Stop> {
        self.intake.step(done, total)
    }

    /// What came of it.
    #[must_use]
    pub fn finish(self) -> Summary {
        Summary {
            services: self.services.count(),
            organisations: self.organisations.count(),
            places: self.places.count(),
            ..self.summary
        }
    }

    fn dispatch(&mut self, members: Members, remarks: Remarks, spot: &Spot) -> Result<(), Stop> {
        let Some(entity) = which::of(&members, &spot.file) else {
            return Ok(());
        };
        match entity.name {
            "service" => self.service(members, remarks, spot),
            "organization" => self.organisation(members, remarks, spot),
            "location" => self.place(members, remarks, spot),
            "service_at_location" => self.tie(members, remarks, spot),
            _ => self.words(spot),
        }
    }

    fn service(&mut self, mut members: Members, remarks: Remarks, spot: &Spot) -> Result<(), Stop> {
        upgrade::upgrade("service", &mut members);
        let Some((mut members, mut normal)) = self.normal("service", members, remarks, spot)?
        else {
            return Ok(());
        };
        let organisation = split::organisation(&mut members, &mut normal);
        let places = split::places(&mut members, &mut normal);
        let shared = organisation.map(|members| (Sort::Organisation, members));
        let shared = shared
            .into_iter()
            .chain(places.into_iter().map(|members| (Sort::Place, members)));
        let all: Vec<_> = shared.chain([(Sort::Service, members)]).collect();
        self.hand_all(all, normal, spot)
    }

    fn organisation(
        &mut self,
        mut members: Members,
        remarks: Remarks,
        spot: &Spot,
    ) -> Result<(), Stop> {
        upgrade::upgrade("organization", &mut members);
        let services = split::rows(&mut members, "services");
        let mut id = None;
        if let Some((members, normal)) = self.normal("organization", members, remarks, spot)? {
            id = members.get("id").cloned();
            let places = split::copies(&members, "locations");
            let places = places.into_iter().map(|place| (Sort::Place, place));
            let all = places.chain([(Sort::Organisation, members)]).collect();
            self.hand_all(all, normal, spot)?;
        }
        for mut service in services {
            let told = ["organization", "organization_id", "organisation"];
            let is_told = told.iter().any(|name| service.contains_key(*name));
            if let Some(id) = id.clone().filter(|_| !is_told) {
                let _none = service.insert("organization_id".to_owned(), id);
            }
            self.service(service, Remarks::default(), spot)?;
        }
        Ok(())
    }

    fn place(&mut self, mut members: Members, remarks: Remarks, spot: &Spot) -> Result<(), Stop> {
        let ties = split::rows(&mut members, "service_at_locations");
        upgrade::upgrade("location", &mut members);
        let Some((members, normal)) = self.normal("location", members, remarks, spot)? else {
            return Ok(());
        };
        let id = members.get("id").cloned().unwrap_or_default();
        self.hand_all(vec![(Sort::Place, members)], normal, spot)?;
        for mut tie in ties {
            let _none = tie.insert("location_id".to_owned(), id.clone());
            self.tie(tie, Remarks::default(), spot)?;
        }
        Ok(())
    }

    /// A service at a location becomes part of its service.
    fn tie(&mut self, mut members: Members, remarks: Remarks, spot: &Spot) -> Result<(), Stop> {
        upgrade::upgrade("service_at_location", &mut members);
        let service = match members.shift_remove("service") {
            Some(Value::Object(service)) => Some(service),
            _ => members
                .get("service_id")
                .and_then(|id| ids::canonical(&self.namespace, "service", id))
                .and_then(|id| self.services.body(&id)),
        };
        let Some(mut service) = service else {
            let message = "the service that is here at a location is not given here or before; \
                           left out"
                .to_owned();
            return self.refuse(spot.clone(), message);
        };
        match service.get_mut("service_at_locations") {
            Some(Value::Array(ties)) => ties.push(Value::Object(members)),
            _ => {
                let ties = Value::Array(vec![Value::Object(members)]);
                let _other = service.insert("service_at_locations".to_owned(), ties);
            }
        }
        self.service(service, remarks.apart(), spot)
    }

    /// Taxonomies and their terms come with the records that use them.
    fn words(&mut self, spot: &Spot) -> Result<(), Stop> {
        if std::mem::replace(&mut self.words_told, true) {
            return Ok(());
        }
        self.summary.notes += 1;
        self.intake.find(Finding {
            weight: Weight::Note,
            spot: spot.clone(),
            record: None,
            message: "taxonomies and their terms are not taken by themselves; they come with the \
                      records that use them"
                .to_owned(),
        })
    }

    /// A document made right, if it has what it is nothing without.
    fn normal(
        &mut self,
        name: &str,
        mut members: Members,
        remarks: Remarks,
        spot: &Spot,
    ) -> Result<Option<(Members, Normal)>, Stop> {
        let Some(entity) = entity(name) else {
            return Ok(None);
        };
        let mut normal = Normal::new(&self.namespace, remarks);
        normal.document(entity, &mut members);
        let missing = missing(entity, &members);
        let Some(missing) = missing else {
            return Ok(Some((members, normal)));
        };
        let record = members.get("name").and_then(Value::as_str);
        self.tell(normal.remarks, spot, record)?;
        self.refuse(
            spot.clone(),
            format!("the {name} has no {missing} and was left out"),
        )?;
        Ok(None)
    }

    fn hand_all(
        &mut self,
        all: Vec<(Sort, Members)>,
        mut normal: Normal,
        spot: &Spot,
    ) -> Result<(), Stop> {
        let record = all.last().and_then(|(_, members)| members.get("name"));
        let record = record.and_then(Value::as_str).map(str::to_owned);
        self.tell(std::mem::take(&mut normal.remarks), spot, record.as_deref())?;
        for (sort, members) in all {
            self.hand(sort, members, &normal, spot)?;
        }
        Ok(())
    }

    fn hand(
        &mut self,
        sort: Sort,
        members: Members,
        normal: &Normal,
        spot: &Spot,
    ) -> Result<(), Stop> {
        let id = members
            .get("id")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let seen = match sort {
            Sort::Service => &mut self.services,
            Sort::Organisation => &mut self.organisations,
            Sort::Place => &mut self.places,
        };
        let (members, differs) = match seen.meet(&id, &members) {
            Met::New => (Some(members), None),
            Met::Known => (None, None),
            Met::More(both, first) => (
                Some(both),
                first.then_some("what was read first counts, with what only the others say"),
            ),
            Met::Against(first) | Met::Other(first) => {
                (None, first.then_some("what was read first counts"))
            }
        };
        if let Some(how) = differs {
            let mut remarks = Remarks::default();
            let message = format!("{id} is described differently in several places; {how}");
            remarks.note(&super::remarks::Way::Top, message);
            self.tell(remarks, spot, None)?;
        }
        let Some(members) = members else {
            return Ok(());
        };
        match record(sort, members) {
            Ok(record) => self.intake.take(Incoming {
                record,
                source_id: normal.original(&id),
                spot: spot.clone(),
            }),
            Err(why) => self.refuse(spot.clone(), format!("{id} was left out: {why}")),
        }
    }

    fn tell(&mut self, remarks: Remarks, spot: &Spot, record: Option<&str>) -> Result<(), Stop> {
        let (doubtful, notes) = remarks.counts();
        self.summary.doubtful += doubtful;
        self.summary.notes += notes;
        remarks.tell(self.intake, spot, record)
    }
}

impl Taker for Feed<'_> {
    fn document(&mut self, value: Value, remarks: Remarks, spot: &Spot) -> Result<(), Stop> {
        self.summary.documents += 1;
        if let Value::Object(members) = value {
            return self.dispatch(members, remarks, spot);
        }
        let what = super::remarks::quoted(&value);
        let message = format!("a record is due here, not {what}; left out");
        self.refuse(spot.clone(), message)
    }

    fn refuse(&mut self, spot: Spot, message: String) -> Result<(), Stop> {
        self.summary.refused += 1;
        self.intake.find(Finding {
            weight: Weight::Refused,
            spot,
            record: None,
            message,
        })
    }

    fn step(&mut self, done: u64, total: u64) -> Result<(), Stop> {
        self.intake.step(done, total)
    }
}

/// What it lacks that it is nothing without.
fn missing(entity: &Entity, members: &Members) -> Option<&'static str> {
    let needed: &[&'static str] = match entity.name {
        "location" => {
            return (!members.contains_key("id")).then_some("id");
        }
        _ => &["id", "name"],
    };
    needed
        .iter()
        .find(|name| !members.contains_key(**name))
        .copied()
}

fn record(sort: Sort, members: Members) -> Result<Record, serde_json::Error> {
    let value = Value::Object(members);
    Ok(match sort {
        Sort::Service => Record::Service(Box::new(serde_json::from_value::<Service>(value)?)),
        Sort::Organisation => {
            Record::Organisation(Box::new(serde_json::from_value::<Organisation>(value)?))
        }
        Sort::Place => Record::Place(Box::new(serde_json::from_value::<Place>(value)?)),
    })
}
