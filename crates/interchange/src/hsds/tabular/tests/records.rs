//! From tables to records of the directory and back to tables.

use std::collections::{BTreeMap, HashMap};

use domain::{Organisation, Place, Service};

use super::super::{PackageWriter, read as read_package};
use super::*;
use crate::Record;
use crate::hsds::{Summary, full_service, organisation, place};

#[derive(Default)]
struct Directory {
    services: Vec<Service>,
    organisations: HashMap<domain::RecordId, Organisation>,
    places: HashMap<domain::RecordId, Place>,
}

fn directory(path: &Path) -> (Directory, Summary, Seen) {
    let mut seen = Seen::default();
    let summary = read_package(path, "generated", &mut seen).unwrap();
    let mut directory = Directory::default();
    for incoming in seen.taken.drain(..) {
        match incoming.record {
            Record::Service(service) => directory.services.push(*service),
            Record::Organisation(one) => drop(directory.organisations.insert(one.id, *one)),
            Record::Place(one) => drop(directory.places.insert(one.id, *one)),
        }
    }
    (directory, summary, seen)
}

/// The services with all that stands in them.
fn full(directory: &Directory) -> BTreeMap<domain::RecordId, Value> {
    let full = directory.services.iter().map(|service| {
        let of = service.organisation();
        let of = of.and_then(|id| directory.organisations.get(&id));
        let places: Vec<Place> = service
            .service_at_locations
            .iter()
            .filter_map(|tie| directory.places.get(&tie.place()?).cloned())
            .collect();
        (service.id, full_service(service, of, &places))
    });
    full.collect()
}

fn export(directory: &Directory, to: &Path) {
    let mut writer = PackageWriter::create(to).unwrap();
    for one in directory.organisations.values() {
        writer.organisation(&organisation(one)).unwrap();
    }
    for one in directory.places.values() {
        writer.place(&place(one)).unwrap();
    }
    for service in full(directory).values() {
        writer.service(service).unwrap();
    }
    writer.finish().unwrap();
}

#[test]
fn directories_of_others_become_records_and_their_packages_say_the_same() {
    for (package, services, organisations, places, refused) in [
        // The last of 430 rows has neither identifier nor name.
        ("directories/ilao-hsds11", 429, 33, 520, 1),
        ("directories/ohana-sanmateo", 23, 8, 22, 0),
        ("directories/legalaid-florida", 135, 20, 378, 0),
        ("schemas/hsds-3.1.1/examples/csv", 1, 1, 1, 0),
        ("schemas/hsds-3.0/examples/csv", 1, 1, 1, 0),
    ] {
        let Some(path) = shared(package) else {
            return;
        };
        let (first, summary, seen) = directory(&path);
        assert_eq!(
            (
                summary.services,
                summary.organisations,
                summary.places,
                summary.refused
            ),
            (services, organisations, places, refused),
            "{package}: {:?}",
            seen.said(Weight::Refused)
        );
        let folder = tempfile::tempdir().unwrap();
        let once = folder.path().join("once");
        export(&first, &once);
        let (second, summary, seen) = directory(&once);
        assert_eq!(summary.services, services, "{package}");
        assert_eq!(
            seen.said(Weight::Doubtful),
            Vec::<String>::new(),
            "{package}"
        );
        assert_eq!(full(&first), full(&second), "{package}");
    }
}
