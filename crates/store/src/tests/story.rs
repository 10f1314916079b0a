//! One directory from its first start on.

use domain::RecordId;
use serde_json::json;

use super::samples::{directory, organisation, place, service, service_id};
use crate::{Changes, Counts, Op, Store, Unmet};

fn fresh() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let opened = Store::open(folder.path()).unwrap();
    assert!(opened.fresh && opened.incidents.is_empty());
    (folder, opened.store)
}

fn load(services: usize) -> Op {
    Op::Load(Box::new(directory(services)))
}

#[test]
fn what_was_loaded_comes_back_whole() {
    let (folder, store) = fresh();
    let done = store.transact(load(10)).unwrap();
    assert_eq!((done.revision, done.rows.len()), (1, 10));
    drop(store);
    let opened = Store::open(folder.path()).unwrap();
    assert!(!opened.fresh && opened.incidents.is_empty());
    let store = opened.store;
    let counts = Counts {
        services: 10,
        organisations: 3,
        places: 5,
    };
    assert_eq!(store.counts().unwrap(), counts);
    assert_eq!(store.taxonomies().unwrap(), directory(10).taxonomies);
    assert_eq!(store.thesaurus().unwrap(), directory(10).thesaurus);
    let areas = store.areas().unwrap();
    assert_eq!(areas.all(), directory(10).areas);
    assert_eq!(
        areas.outcode(&"M6".parse().unwrap()),
        directory(10).outcodes.first()
    );

    let entry = store.entry(service_id(4)).unwrap().unwrap();
    assert_eq!(entry.service, service(4));
    assert_eq!(entry.organisation, Some(organisation(1)));
    assert_eq!(entry.places, [place(2)]);
    assert_eq!(store.entry(RecordId::named("nobody")).unwrap(), None);
    let orphan = store.entry(service_id(9)).unwrap().unwrap();
    assert_eq!(orphan.organisation, None, "its organisation is not here");
}

#[test]
fn loading_the_same_again_changes_nothing() {
    let (_folder, store) = fresh();
    store.transact(load(10)).unwrap();
    let again = store.transact(load(10)).unwrap();
    assert_eq!((again.revision, again.rows), (1, vec![]));
    let more = store.transact(load(12)).unwrap();
    assert_eq!(more.revision, 2);
    // Two new ones, and the one whose organisation came with them.
    assert_eq!(more.rows.len(), 3);
}

#[test]
fn pages_and_cards_agree() {
    let (_folder, store) = fresh();
    store.transact(load(10)).unwrap();
    let mut all = Vec::new();
    loop {
        let after = all.last().map_or(0, |card: &crate::Card| card.row);
        let page = store.page(after, 4).unwrap();
        if page.is_empty() {
            break;
        }
        all.extend(page);
    }
    assert_eq!(all.len(), 10);
    let mut rows: Vec<i64> = all.iter().map(|card| card.row).collect();
    assert!(rows.is_sorted());
    rows.reverse();
    all.reverse();
    rows.insert(3, 4711);
    assert_eq!(
        store.cards(&rows).unwrap(),
        all,
        "in the order asked, without what is not there"
    );
    let card = all
        .iter()
        .find(|card| card.service.id == service_id(4))
        .unwrap();
    assert_eq!(card.organisation.as_deref(), Some("Friends 1"));
    assert_eq!(card.places[0].point, place(2).point());
}

#[test]
fn changes_reach_the_services_that_they_touch() {
    let (_folder, store) = fresh();
    store.transact(load(10)).unwrap();
    let row = |n| store.row_of(service_id(n)).unwrap().unwrap();
    let mut friends = organisation(1);
    friends.name = "Neighbours".to_owned();
    let done = store
        .transact(Op::PutOrganisation(Box::new(friends)))
        .unwrap();
    assert_eq!(
        (done.revision, done.rows),
        (2, vec![row(3), row(4), row(5)])
    );
    let mut hall = place(0);
    hall.latitude = None;
    let done = store.transact(Op::PutPlace(Box::new(hall))).unwrap();
    assert_eq!((done.revision, done.rows), (3, vec![row(0), row(1)]));
    let mut one = service(9);
    one.name = "Renamed".to_owned();
    let done = store.transact(Op::PutService(Box::new(one))).unwrap();
    assert_eq!((done.revision, done.rows), (4, vec![row(9)]));
    let changes = |rows| Changes {
        rows,
        gone: Vec::new(),
    };
    assert_eq!(
        store.changed_since(1).unwrap(),
        changes(vec![row(0), row(1), row(3), row(4), row(5), row(9)])
    );
    assert_eq!(store.changed_since(3).unwrap(), changes(vec![row(9)]));
    assert_eq!(store.changed_since(4).unwrap(), changes(vec![]));
}

#[test]
fn a_removed_service_stays_removed_until_it_is_put_back() {
    let (_folder, store) = fresh();
    store.transact(load(10)).unwrap();
    let last = store.row_of(service_id(9)).unwrap().unwrap();
    let done = store.transact(Op::RemoveService(service_id(9))).unwrap();
    assert_eq!((done.revision, done.rows), (2, vec![last]));
    assert_eq!(
        store.changed_since(1).unwrap(),
        Changes {
            rows: vec![],
            gone: vec![last]
        }
    );
    assert_eq!(store.entry(service_id(9)).unwrap(), None);
    assert_eq!(
        store
            .transact(Op::RemoveService(service_id(9)))
            .unwrap()
            .revision,
        2
    );
    assert_eq!(
        store.transact(load(10)).unwrap().revision,
        2,
        "loading does not bring it back"
    );
    let kept: String = store
        .read(|conn| conn.query_row("SELECT body FROM history", [], |row| row.get(0)))
        .unwrap();
    assert_eq!(
        serde_json::from_str::<domain::Service>(&kept).unwrap(),
        service(9)
    );

    let back = store
        .transact(Op::PutService(Box::new(service(9))))
        .unwrap();
    assert!(back.rows[0] > last, "a row never means another service");
    assert_eq!(store.cards(&back.rows).unwrap()[0].places.len(), 1);
}

#[test]
fn filling_adds_and_replaces_nothing() {
    let (_folder, store) = fresh();
    let mut mine = service(1);
    mine.name = "Mine".to_owned();
    store
        .transact(Op::PutService(Box::new(mine.clone())))
        .unwrap();
    store
        .transact(Op::PutService(Box::new(service(2))))
        .unwrap();
    store.transact(Op::RemoveService(service_id(2))).unwrap();
    store.transact(Op::Fill(Box::new(directory(10)))).unwrap();
    assert_eq!(store.counts().unwrap().services, 9);
    assert_eq!(store.entry(service_id(1)).unwrap().unwrap().service, mine);
    assert_eq!(store.entry(service_id(2)).unwrap(), None);
    assert!(!store.taxonomies().unwrap().is_empty());
}

#[test]
fn settings_and_unmet_searches_are_no_change_of_the_directory() {
    let (_folder, store) = fresh();
    let set = |value| Op::SetSetting {
        key: "theme".to_owned(),
        value,
    };
    assert_eq!(store.setting("theme").unwrap(), None);
    store.transact(set(json!("dark"))).unwrap();
    store.transact(set(json!({"name": "light"}))).unwrap();
    assert_eq!(
        store.setting("theme").unwrap(),
        Some(json!({"name": "light"}))
    );
    let unmet = |areas: &[&str], day: &str| Op::KeepUnmet {
        words: "llama walking".to_owned(),
        areas: areas.iter().map(|area| (*area).to_owned()).collect(),
        day: day.to_owned(),
    };
    store.transact(unmet(&["E2", "E1"], "2026-11-22")).unwrap();
    store.transact(unmet(&["E1", "E2"], "2026-11-22")).unwrap();
    store.transact(unmet(&[], "2026-11-23")).unwrap();
    let kept = |areas: &[&str], day: &str, times| Unmet {
        words: "llama walking".to_owned(),
        areas: areas.iter().map(|area| (*area).to_owned()).collect(),
        day: day.to_owned(),
        times,
    };
    assert_eq!(
        store.unmet().unwrap(),
        [
            kept(&[], "2026-11-23", 1),
            kept(&["E1", "E2"], "2026-11-22", 2)
        ]
    );
    assert_eq!(store.revision().unwrap(), 0);
}

#[test]
fn a_store_may_be_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    let (_folder, store) = fresh();
    shared(&store);
    store.transact(load(30)).unwrap();
    std::thread::scope(|scope| {
        let read = || {
            (0..50)
                .map(|_| store.page(0, 100).unwrap().len())
                .sum::<usize>()
        };
        let readers: Vec<_> = (0..4).map(|_| scope.spawn(read)).collect();
        for n in 0..10 {
            let mut one = service(n);
            one.name.push('!');
            store.transact(Op::PutService(Box::new(one))).unwrap();
        }
        assert!(
            readers
                .into_iter()
                .all(|reader| reader.join().unwrap() == 50 * 30)
        );
    });
}
