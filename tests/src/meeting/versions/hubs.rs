//! This desk, and a hub that is newer or older.

use domain::{Account, Kind, Role, Verdict};
use serde_json::{Value, json};
use store::{ItemFilter, Op, OutboxState};
use sync::{HubFault, Journal, LightState, Remark, SyncError};

use super::other_hub::{Manner, OtherHub};
use super::published;
use crate::meeting::desk::Desk;
use crate::meeting::hold;
use crate::meeting::plan::Doing;
use crate::meeting::stand::{Stand, line_to};
use crate::meeting::world;

fn newer() -> Manner {
    Manner {
        newer: true,
        ..Manner::default()
    }
}

/// A curator's desk that has joined by way of this hub.
fn joined(stand: &Stand, hub: &OtherHub, name: &str) -> Desk {
    let mut desk = stand.fresh(name);
    let code = stand.code(Role::Curator, name);
    let line = line_to(&hub.address());
    let account = desk.join(&*line, &hub.address(), Some(&code), stand.hub.now());
    let expected = Account {
        name: name.to_owned(),
        role: Role::Curator,
        boroughs: Vec::new(),
    };
    assert_eq!(account, Ok(expected));
    desk
}

/// Somebody writes: an edit, a flag.
fn write(desk: &mut Desk, stand: &Stand) {
    desk.work(&Doing::Edit(1, vec![(3, 2)]), stand.hub.now());
    desk.work(&Doing::Flag(2), stand.hub.now());
}

fn waiting(desk: &Desk) -> usize {
    let counts = desk.store().outbox_counts().expect("counts");
    counts.waiting + counts.sent
}

/// How things stand, as people are told.
fn light(desk: &Desk, stand: &Stand) -> (LightState, String) {
    let journal = Journal::read(desk.store()).expect("a journal");
    let counts = sync::Counts {
        waiting: waiting(desk) as u64,
        ..sync::Counts::default()
    };
    let light = sync::light(true, false, &journal, &counts, stand.hub.now());
    (light.state, light.said)
}

/// What the last syncs came to, as another version would have written it down.
fn rewrite_journal(desk: &Desk, member: &str, value: Value) {
    let kept = desk.store().setting("sync").expect("a setting");
    let mut journal = kept.expect("a journal");
    assert!(journal.get(member).is_some(), "{journal}");
    journal[member] = value;
    let key = "sync".to_owned();
    let kept = Op::SetSetting {
        key,
        value: journal,
    };
    desk.store().transact(kept).expect("kept");
}

/// The words of a desk that went by another hub are at the real one, once.
fn arrived(stand: &mut Stand, desk: &mut Desk, name: &str) {
    hold::desk(desk, stand.hub.now(), name);
    assert_eq!(waiting(desk), 0, "{name}");
    let line = stand.hub.connect();
    let now = stand.hub.now();
    stand.admin.sync(&*line, now).expect("in step");
    hold::flags_arrived_once(stand, desk, name);
    for row in hold::rows(desk) {
        let body = |desk: &Desk| desk.store().body(row.deed.kind, row.deed.record);
        let (seen, there) = (body(desk), body(&stand.admin));
        assert_eq!(seen.expect("a body"), there.expect("a body"), "{name}");
    }
}

/// Something that a hub tells of a service.
fn item(number: u64, sort: Value) -> Value {
    let id = world::service(1, "").0;
    json!({"told": "item", "id": domain::RecordId::named(&format!("item {number}")),
        "cursor": number, "kind": "service", "record": id, "name": "Choir", "sort": sort,
        "from": {"account": "Ann", "device": id, "sequence": number, "claimed_at": ""},
        "at": "2026-11-22T09:00:00Z", "state": {"state": "open"}})
}

#[test]
fn a_newer_hub_is_read_as_far_as_it_is_known_and_the_rest_is_kept() {
    let mut stand = Stand::with(4);
    let hub = OtherHub::before(stand.hub.socket(), newer());
    let mut desk = joined(&stand, &hub, "of a newer hub");
    for round in 0..3 {
        write(&mut desk, &stand);
        stand.publish_a_change(0, round);
        let outcome = stand.sync_by(&mut desk, &hub.address()).expect("in step");
        assert_eq!((outcome.applied, outcome.queued), (1, 1));
        assert_eq!(outcome.remarks, []);
        let again = stand.sync_by(&mut desk, &hub.address()).expect("in step");
        assert_eq!((again.adopted.records, again.healed, again.told), (0, 0, 0));
        arrived(&mut stand, &mut desk, "of a newer hub");
    }
    let store = desk.store();
    let kept = |(id, text): (_, String), kind: &str| {
        let there = store.published(kind, id).expect("published").expect("kept");
        assert_eq!(there.body.as_deref(), Some(text.as_str()));
        id
    };
    kept(published::event(), "event");
    let service = kept(published::unreadable(), "service");
    assert_eq!(store.body(Kind::Service, service).expect("a body"), None);
    // What hangs on an item that nobody here knows is kept with it.
    let items = store.items(&ItemFilter::default()).expect("items");
    assert!(items.len() >= 3 && items.iter().all(|item| item.rest.contains_key("seen_by")));
    // Nothing more is fetched or told as long as nothing happens.
    let (manifests, pages) = (hub.asked("GET /manifests"), hub.asked("GET /staff"));
    stand.sync_by(&mut desk, &hub.address()).expect("in step");
    let asked = (hub.asked("GET /manifests"), hub.asked("GET /staff"));
    assert_eq!(asked, (manifests, pages + 1));
}

#[test]
fn a_desk_that_is_too_old_to_write_keeps_its_words_until_it_is_updated() {
    let mut stand = Stand::with(4);
    let hub = OtherHub::before(stand.hub.socket(), newer());
    let name = "too old";
    let mut desk = joined(&stand, &hub, name);
    hub.becomes(|it| it.min_reader = Some(wire::PROTOCOL + 1));
    for round in 0..2 {
        write(&mut desk, &stand);
        stand.publish_a_change(0, round);
        let outcome = stand.sync_by(&mut desk, &hub.address()).expect("in step");
        // It reads on, offline and online, and says what is to be done.
        assert!(outcome.adopted.records > 0);
        assert!(outcome.remarks.contains(&Remark::TooOld));
        assert!(Remark::TooOld.said().contains("until it is updated"));
        assert_eq!(hub.asked("POST /operations"), 0);
        hold::desk(&mut desk, stand.hub.now(), name);
    }
    assert_eq!(waiting(&desk), 4);
    let (state, said) = light(&desk, &stand);
    assert_eq!(state, LightState::Stopped);
    assert!(
        said.contains("too old") && said.contains("4 changes waiting"),
        "{said}"
    );
    // Its program is restarted, and still too old; nothing new is published.
    desk.reopen();
    stand.sync_by(&mut desk, &hub.address()).expect("in step");
    assert_eq!((waiting(&desk), hub.asked("POST /operations")), (4, 0));
    // It is updated: what was written down by the older version says what the hub wants.
    rewrite_journal(&desk, "needs", json!(wire::PROTOCOL));
    stand.sync_by(&mut desk, &hub.address()).expect("in step");
    assert_eq!(hub.asked("POST /operations"), 1);
    arrived(&mut stand, &mut desk, name);
}

#[test]
fn a_hub_that_takes_older_writers_again_is_told_what_waited() {
    let mut stand = Stand::with(4);
    let hub = OtherHub::before(stand.hub.socket(), newer());
    let name = "not too old after all";
    let mut desk = joined(&stand, &hub, name);
    hub.becomes(|it| it.min_reader = Some(wire::PROTOCOL + 1));
    write(&mut desk, &stand);
    let outcome = stand.sync_by(&mut desk, &hub.address()).expect("in step");
    assert_eq!(outcome.remarks, [Remark::TooOld]);
    hub.becomes(|it| it.min_reader = Some(wire::PROTOCOL));
    let outcome = stand.sync_by(&mut desk, &hub.address()).expect("in step");
    assert_eq!((outcome.pushed, outcome.remarks), (2, vec![]));
    assert_ne!(light(&desk, &stand).0, LightState::Stopped);
    arrived(&mut stand, &mut desk, name);
}

#[test]
fn a_push_that_a_newer_hub_does_not_take_stays_and_reading_goes_on() {
    let mut stand = Stand::with(4);
    let hub = OtherHub::before(stand.hub.socket(), newer());
    let name = "not taken";
    let mut desk = joined(&stand, &hub, name);
    let too_old = r#"{"code":"too_old","message":"Update Signpost.","since":20271101}"#;
    hub.becomes(|it| it.takes_no_push = Some((426, too_old)));
    write(&mut desk, &stand);
    let now = stand.hub.now();
    stand.admin.work(&Doing::Flag(3), now);
    stand.publish_a_change(0, 1);
    let before = desk.store().position().expect("a position");
    let error = stand.sync_by(&mut desk, &hub.address()).expect_err("told");
    assert!(matches!(&error, SyncError::Hub(HubFault::Refused { code, .. }) if code == "too_old"));
    assert!(error.to_string().contains("Update Signpost."), "{error}");
    assert_ne!(desk.store().position().expect("a position"), before);
    let told = desk.store().items(&ItemFilter::default()).expect("items");
    assert_eq!((told.len(), waiting(&desk)), (1, 2));
    hub.becomes(|it| it.takes_no_push = None);
    stand.sync_by(&mut desk, &hub.address()).expect("in step");
    arrived(&mut stand, &mut desk, name);
}

#[test]
fn a_verdict_that_nobody_here_knows_blocks_nothing_and_its_words_stay() {
    let mut stand = Stand::with(4);
    let manner = Manner {
        verdicts: vec![1, 2],
        ..newer()
    };
    let hub = OtherHub::before(stand.hub.socket(), manner);
    let name = "not understood";
    let mut desk = joined(&stand, &hub, name);
    for _ in 0..2 {
        write(&mut desk, &stand);
    }
    let outcome = stand.sync_by(&mut desk, &hub.address()).expect("in step");
    assert_eq!((outcome.pushed, outcome.applied, outcome.queued), (4, 1, 1));
    let rows = hold::rows(&desk);
    let unknown = rows
        .iter()
        .filter(|row| row.verdict == Some(Verdict::NotUnderstood));
    assert_eq!(unknown.count(), 2);
    assert!(rows.iter().all(|row| row.state == OutboxState::Answered));
    arrived(&mut stand, &mut desk, name);
}

#[test]
fn what_is_told_and_not_understood_is_told_again_to_the_next_version() {
    let stand = Stand::with(4);
    let id = world::service(1, "").0;
    let told = |sort: &Value| {
        let urgent = json!({"sort": "flag", "text": "Moved", "urgent": true});
        let picture = json!({"told": "picture", "of": id});
        vec![item(1, sort.clone()), item(2, urgent), picture]
    };
    let manner = Manner {
        told: told(&json!({"sort": "question", "text": "Is it free?"})),
        ..newer()
    };
    let hub = OtherHub::before(stand.hub.socket(), manner);
    let mut desk = joined(&stand, &hub, "told");
    let known = |desk: &Desk| {
        let items = desk.store().items(&ItemFilter::default()).expect("items");
        let own = items.into_iter().filter(|item| item.from.account == "Ann");
        own.map(|item| {
            json!(item.sort)["text"]
                .as_str()
                .expect("a text")
                .to_owned()
        })
        .collect::<Vec<_>>()
    };
    assert_eq!(known(&desk), ["Moved"]);
    // This version has heard it, and is told nothing twice.
    let plain = json!({"sort": "flag", "text": "Is it free?"});
    hub.becomes(|it| it.told = told(&plain));
    stand.sync_by(&mut desk, &hub.address()).expect("in step");
    assert_eq!(known(&desk), ["Moved"]);
    rewrite_journal(&desk, "passed_over", json!("the version before"));
    stand.sync_by(&mut desk, &hub.address()).expect("in step");
    let mut all = known(&desk);
    all.sort();
    assert_eq!(all, ["Is it free?", "Moved"]);
}

#[test]
fn a_hub_that_leaves_out_whatever_may_be_left_out_is_enough() {
    let mut stand = Stand::with(4);
    let refusals: [(u16, &'static str); 3] = [
        (
            400,
            r#"{"code":"bad_request","message":"The push can't be read."}"#,
        ),
        (415, r#"{"code":"unsupported","message":"Send JSON."}"#),
        (415, "<html>Unsupported Media Type</html>"),
    ];
    for (at, refusal) in refusals.into_iter().enumerate() {
        let manner = Manner {
            unpacks_nothing: Some(refusal),
            lacks: vec!["live", "history", "metrics"],
            ..Manner::default()
        };
        let hub = OtherHub::before(stand.hub.socket(), manner);
        let name = format!("of an older hub {at}");
        let mut desk = joined(&stand, &hub, &name);
        // More than is sent unpacked.
        for number in 0..40 {
            desk.work(
                &Doing::Edit(number % 4, vec![(3, 2), (9, number)]),
                stand.hub.now(),
            );
        }
        desk.work(&Doing::Flag(1), stand.hub.now());
        let outcome = stand.sync_by(&mut desk, &hub.address()).expect("in step");
        assert!(outcome.pushed >= 21 && outcome.refused == 0, "{outcome:?}");
        assert_eq!(hub.asked("POST /operations packed"), 1, "{name}");
        // It tells no tag, so the head is asked for whole; it is found to be the same.
        stand.publish_a_change(0, 1);
        let outcome = stand.sync_by(&mut desk, &hub.address()).expect("in step");
        assert!(outcome.adopted.records > 0, "{outcome:?}");
        let outcome = stand.sync_by(&mut desk, &hub.address()).expect("in step");
        assert_eq!(outcome.adopted.records, 0);
        arrived(&mut stand, &mut desk, &name);
        let [one, other] = [&desk, &stand.admin].map(|desk| desk.store().digests_of_bodies());
        assert_eq!(one.expect("digests"), other.expect("digests"), "{name}");
        let (line, now) = (line_to(&hub.address()), stand.hub.now());
        let record = (Kind::Service, world::service(1, "").0);
        let told = desk.sync_by(now, |copy, how| {
            sync::hub_history(copy, &*line, how, record)
        });
        let missing = matches!(told, Err(SyncError::Hub(HubFault::Missing(_))));
        assert!(missing, "{name}: {told:?}");
    }
}
