//! Importing and taking it back.

use std::ops::ControlFlow;

use domain::RecordId;

use super::samples::{directory, organisation, place, service, service_id};
use crate::{
    Import, ImportAbout, Kind, Op, Staged, StagedRecord, StagedWriter, Store, StoreError, Undone,
};

struct Desk {
    folder: tempfile::TempDir,
    store: Store,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap().store;
        store.transact(Op::Load(Box::new(directory(4)))).unwrap();
        Self { folder, store }
    }

    fn staged(&self, records: &[StagedRecord]) -> Staged {
        let mut writer = StagedWriter::create(self.folder.path()).unwrap();
        for record in records {
            writer.push(record).unwrap();
        }
        writer.finish().unwrap()
    }

    fn op(&self, source: &str, records: &[StagedRecord]) -> Op {
        let about = ImportAbout {
            source: source.to_owned(),
            origin: "generated.csv".to_owned(),
            day: "2026-01-05".to_owned(),
            ..ImportAbout::default()
        };
        Op::Import(Box::new(Import {
            about,
            records: self.staged(records),
            at_revision: self.store.revision().unwrap(),
        }))
    }

    fn import(&self, source: &str, records: &[StagedRecord]) -> i64 {
        self.store.transact(self.op(source, records)).unwrap();
        self.store.imports().unwrap()[0].row
    }

    fn name(&self, id: RecordId) -> Option<String> {
        let entry = self.store.entry(id).unwrap();
        entry.map(|entry| entry.service.name)
    }

    fn bodies(&self) -> Vec<(Kind, i64, String)> {
        let of = |kind| {
            let rows = self.store.bodies_after(kind, i64::MIN, 1000).unwrap();
            rows.into_iter().map(move |(row, body)| (kind, row, body))
        };
        Kind::ALL.into_iter().flat_map(of).collect()
    }
}

fn staged<T: serde::Serialize>(kind: Kind, id: RecordId, record: &T) -> StagedRecord {
    StagedRecord {
        kind,
        id,
        source_id: Some("7".to_owned()),
        at: "generated.csv, line 2".to_owned(),
        digest: 1,
        body: Some(serde_json::to_string(record).unwrap()),
    }
}

/// A service that changes, a new one with a new organisation and a new place.
fn sample() -> Vec<StagedRecord> {
    let mut changed = service(1);
    changed.name = "Renamed".to_owned();
    vec![
        staged(Kind::Organisation, organisation(9).id, &organisation(9)),
        staged(Kind::Place, place(9).id, &place(9)),
        staged(Kind::Service, service_id(1), &changed),
        staged(Kind::Service, service_id(20), &service(20)),
    ]
}

#[test]
fn an_import_is_one_change_and_undoing_it_leaves_everything_as_it_was() {
    let desk = Desk::new();
    let before = desk.bodies();
    let revision = desk.store.revision().unwrap();
    let row = desk.import("A list", &sample());
    assert_eq!(desk.store.revision().unwrap(), revision + 1);
    assert_eq!(desk.name(service_id(1)).as_deref(), Some("Renamed"));
    assert!(desk.name(service_id(20)).is_some());
    let origins = desk.store.origins(Kind::Service, service_id(1)).unwrap();
    assert_eq!(origins[0].about.source, "A list");
    assert_eq!(origins[0].source_id.as_deref(), Some("7"));

    let done = desk.store.transact(Op::UndoImport(row)).unwrap();
    assert_eq!((done.undone.removed, done.undone.restored), (3, 1));
    assert_eq!(desk.bodies(), before);
    assert!(desk.store.imports().unwrap()[0].undone);
    let origins = desk.store.origins(Kind::Service, service_id(1)).unwrap();
    assert!(origins.is_empty());
    let again = desk.store.transact(Op::UndoImport(row));
    assert!(matches!(again, Err(StoreError::NothingToUndo)));

    desk.import("A list", &sample());
    assert!(desk.name(service_id(20)).is_some(), "it comes in again");
}

#[test]
fn what_was_changed_since_stays_when_an_import_is_undone() {
    let desk = Desk::new();
    let row = desk.import("A list", &sample());
    let mut edited = service(20);
    edited.name = "Edited".to_owned();
    let edit = Op::PutService(Box::new(edited));
    desk.store.transact(edit).unwrap();
    let done = desk.store.transact(Op::UndoImport(row)).unwrap();
    let undone = Undone {
        removed: 2,
        restored: 1,
        left: 1,
    };
    assert_eq!(done.undone, undone);
    assert_eq!(desk.name(service_id(20)).as_deref(), Some("Edited"));
}

#[test]
fn an_organisation_that_is_still_named_stays() {
    let desk = Desk::new();
    let row = desk.import("A list", &sample());
    let mut other = service(30);
    other.organization_id = Some(organisation(9).id);
    desk.store
        .transact(Op::PutService(Box::new(other)))
        .unwrap();
    desk.store.transact(Op::UndoImport(row)).unwrap();
    let entry = desk.store.entry(service_id(30)).unwrap().unwrap();
    assert_eq!(entry.organisation, Some(organisation(9)));
}

#[test]
fn a_later_import_of_the_same_source_is_undone_first() {
    let desk = Desk::new();
    let first = desk.import("A list", &sample());
    let second = desk.import("A list", &sample()[2..3]);
    let other = desk.import("Another list", &sample()[..1]);
    let undo = |row| desk.store.transact(Op::UndoImport(row));
    assert!(matches!(undo(first), Err(StoreError::NothingToUndo)));
    assert_eq!(desk.store.known_of("A list").unwrap().len(), 1);
    undo(second).unwrap();
    assert_eq!(desk.store.known_of("A list").unwrap().len(), 4);
    undo(first).unwrap();
    undo(other).unwrap();
    assert!(desk.store.known_of("A list").unwrap().is_empty());
}

#[test]
fn a_cancelled_import_and_one_worked_out_for_another_state_change_nothing() {
    let desk = Desk::new();
    let before = (desk.bodies(), desk.store.revision().unwrap());
    let many: Vec<_> = (100..1000)
        .map(|n| staged(Kind::Service, service_id(n), &service(n)))
        .collect();
    let op = desk.op("A list", &many);
    let stop = |done, _| match done {
        0..500 => ControlFlow::Continue(()),
        _ => ControlFlow::Break(()),
    };
    let stopped = desk.store.transact_watched(op.clone(), &mut { stop });
    assert!(matches!(stopped, Err(StoreError::Cancelled)));
    assert_eq!((desk.bodies(), desk.store.revision().unwrap()), before);
    assert!(desk.store.imports().unwrap().is_empty());

    let edit = Op::PutOrganisation(Box::new(organisation(50)));
    desk.store.transact(edit).unwrap();
    let stale = desk.store.transact(op);
    assert!(matches!(stale, Err(StoreError::Stale)));
}
