//! What must hold: at each desk whatever has happened, and among all once the network is whole.

use std::collections::BTreeMap;

use domain::{Act, FieldChange, ItemSort, Kind, RecordId, ValueChange};
use serde_json::{Value, json};
use store::{ItemFilter, OutboxRow, OutboxState};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::desk::{Desk, said};
use super::history::History;
use super::line::held;
use super::model::{Model, same_body, sort_of};
use super::plan::Post;
use super::stand::Stand;
use super::world::{Flat, SECRET, SETS, flat, identities};

/// How long what was answered is kept.
const KEPT: time::Duration = time::Duration::days(30);

/// Whatever has happened: nothing that was written here is gone (I5), the copy has not gone back
/// (I4), and what is seen is what was published with what was done here over it.
pub(crate) fn desk(desk: &mut Desk, now: OffsetDateTime, when: &str) {
    let outbox: BTreeMap<i64, OutboxRow> =
        rows(desk).into_iter().map(|row| (row.row, row)).collect();
    let may_be_over = desk.could_be_over(now, KEPT);
    desk.words.retain(|row, words| match outbox.get(row) {
        Some(there) => {
            assert_eq!(said(&there.deed), *words, "{when}: words of row {row}");
            true
        }
        // It was kept until its time was over, as far as any clock could tell.
        None => {
            assert!(may_be_over, "{when}: row {row} is gone: {words}");
            false
        }
    });
    for (key, body) in &desk.drafts {
        let kept = desk.store().draft(key).expect("a draft");
        assert_eq!(kept.map(|it| it.body).as_ref(), Some(body), "{when}: {key}");
    }
    if let Some(position) = desk.store().highest().expect("a position") {
        let stands = (position.epoch, position.sequence);
        assert!(
            stands >= desk.stood,
            "{when}: from {:?} to {stands:?}",
            desk.stood
        );
        desk.stood = stands;
    }
    let records: std::collections::BTreeSet<_> = outbox
        .values()
        .map(|row| (row.deed.kind, row.deed.record))
        .collect();
    for key in records {
        seen(desk, key, when);
    }
}

pub(crate) fn rows(desk: &Desk) -> Vec<OutboxRow> {
    desk.store().outbox(None, 100_000).expect("an outbox")
}

/// One record is seen as published with what was done here laid over.
fn seen(desk: &Desk, (kind, id): (Kind, RecordId), when: &str) {
    let store = desk.store();
    let published = store.published(kind.name(), id).expect("published");
    let mut expected = published.and_then(|it| it.body).map(|body| read(&body));
    for row in store.outbox_of(kind, id).expect("an outbox") {
        if !row.lies_over {
            continue;
        }
        match &row.deed.act {
            Act::Remove { .. } => expected = None,
            Act::Edit { changes } => {
                let there = expected.take().or_else(|| whole(changes).then(Flat::new));
                expected = there.map(|mut body| {
                    changes
                        .iter()
                        .for_each(|change| lay(&mut body, change.field.as_str(), &change.what));
                    body
                });
            }
            Act::Check { .. } | Act::Suggest { .. } | Act::Flag { .. } | Act::Resolve { .. } => {}
        }
    }
    let body = store
        .body(kind, id)
        .expect("a body")
        .map(|body| read(&body));
    assert_eq!(body, expected, "{when}: {kind} {id} as it is seen");
}

/// Whether changes make a record, as against changing one that is not there any more.
fn whole(changes: &[FieldChange]) -> bool {
    let named = changes.iter().any(|change| change.field.as_str() == "name");
    named
        && changes.iter().all(|change| match &change.what {
            ValueChange::Value { old, .. } => old.is_none(),
            ValueChange::Set { removed, .. } => removed.is_empty(),
        })
}

fn read(body: &str) -> Flat {
    flat(&serde_json::from_str::<Value>(body).expect("JSON"))
}

fn lay(body: &mut Flat, field: &str, what: &ValueChange) {
    let known = super::world::SINGLE
        .iter()
        .chain(&SETS)
        .find(|name| **name == field);
    let Some(&field) = known else { return };
    let value = match what {
        ValueChange::Value { new, .. } if SETS.contains(&field) => identities(&json!(new)),
        ValueChange::Value { new, .. } => json!(new),
        ValueChange::Set { added, removed } => {
            let (gone, new) = (identities(&json!(removed)), identities(&json!(added)));
            let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
            let mut all = list(body.get(field).unwrap_or(&Value::Null));
            all.retain(|one| !list(&gone).contains(one));
            all.extend(list(&new));
            identities(&json!(all))
        }
    };
    if value.is_null() || value == json!([]) {
        body.remove(field);
    } else {
        body.insert(field, value);
    }
}

/// All agree: with the hub as the model has it, and with each other.
pub(crate) fn agreement(history: &History) {
    let traffic = held(&history.traffic);
    let model = &traffic.model;
    let first = &history.desks[0];
    once(model);
    for (number, desk) in history.desks.iter().enumerate() {
        let store = desk.store();
        let position = store
            .position()
            .expect("a position")
            .expect("it stands somewhere");
        let stands = (position.epoch, position.sequence);
        assert_eq!(
            stands,
            (model.epoch, model.sequence),
            "desk {number} stands (I8)"
        );
        let first = first.store();
        let theirs = first
            .position()
            .expect("a position")
            .expect("it stands somewhere");
        assert_eq!(position.root, theirs.root, "desk {number}'s root");
        let digests = store.digests().expect("digests");
        assert_eq!(
            digests,
            first.digests().expect("digests"),
            "desk {number}'s digests (I3)"
        );
        let bodies = store.digests_of_bodies().expect("digests");
        assert_eq!(digests, bodies, "desk {number}'s digests of bodies");
        as_the_model(desk, model, number);
        settled(desk, model, number);
        told(desk, model, number);
        secrets(desk, number);
    }
}

/// Every record is published and seen as the model has it (I1).
fn as_the_model(desk: &Desk, model: &Model, number: usize) {
    let store = desk.store();
    for (key, entry) in &model.records {
        let there = store.published(key.0.name(), key.1).expect("published");
        // A directory that is fetched whole says nothing of what was removed before; version 0 is
        // what something was laid over here.
        let Some(there) = there.filter(|there| there.version > 0) else {
            assert!(entry.removed, "desk {number} lacks {key:?} (I1)");
            continue;
        };
        assert_eq!(
            there.version, entry.version,
            "desk {number}: version of {key:?}"
        );
        let same = same_body(entry, there.body.as_deref());
        assert!(
            same,
            "desk {number}: {key:?}: {:?}, not {entry:?}",
            there.body
        );
        let seen = store.body(key.0, key.1).expect("a body");
        let same = same_body(entry, seen.as_deref());
        assert!(
            same,
            "desk {number} sees {key:?} as {seen:?}, not {entry:?}"
        );
    }
}

/// What has words that nobody else has was taken once, whatever device it was sent as (I2).
fn once(model: &Model) {
    let mut seen = BTreeMap::new();
    for (device, taken) in &model.taken {
        for (text, _) in taken {
            let operation: wire::Operation = serde_json::from_str(text).expect("an operation");
            if model.again.contains(&(*device, operation.sequence)) {
                continue;
            }
            let words = match operation.act {
                Act::Flag { text } => text,
                Act::Suggest { note, .. } => note.unwrap_or_default(),
                Act::Remove { reason } => reason,
                Act::Edit { .. } | Act::Check { .. } | Act::Resolve { .. } => continue,
            };
            let before = seen.insert(words, (device, text));
            assert_eq!(before, None, "{text} of {device} was taken twice (I2)");
        }
    }
}

/// Everything done here was answered, as the hub has it (I1, I2).
fn settled(desk: &Desk, model: &Model, number: usize) {
    for row in rows(desk) {
        assert!(
            matches!(row.state, OutboxState::Answered | OutboxState::Withdrawn),
            "desk {number}: {row:?} is still {:?}",
            row.state
        );
        if row.state == OutboxState::Withdrawn {
            continue;
        }
        let (Some(device), Some(sequence)) = (row.device, row.sequence) else {
            panic!("desk {number}: answered without a number: {row:?}");
        };
        let taken = model
            .taken
            .get(&device)
            .and_then(|all| all.get(usize::try_from(sequence).ok()? - 1));
        let Some((_, verdict)) = taken else {
            panic!("desk {number}: the hub does not know what it has answered (I1): {row:?}");
        };
        // Of two with the same disk, the other one may have sent it to the hub that was restored.
        let by_other = desk.copied && model.restored;
        assert!(
            by_other || row.verdict.as_ref() == Some(verdict),
            "desk {number}: {verdict:?}, not {row:?}"
        );
    }
}

/// Every item is where it is told: at its sender's, and at whoever looks after its record.
fn told(desk: &Desk, model: &Model, number: usize) {
    let items = desk.store().items(&ItemFilter::default()).expect("items");
    let membership = desk.membership();
    let own = membership
        .as_ref()
        .and_then(|it| it.account.as_ref())
        .map(|it| it.name.clone());
    let device = membership.and_then(|it| it.device);
    // Of what is not there, boroughs as they would be decide.
    let sees = |about: (Kind, RecordId)| match desk.post {
        Post::Administrator => Some(true),
        Post::Contributor => Some(false),
        Post::Curator | Post::OfSalford | Post::OfBolton => {
            let entry = model.records.get(&about).filter(|entry| !entry.removed)?;
            Some(model.looks_after(device?, about, &entry.body))
        }
    };
    let looks_after = |item: &domain::Item| sees((item.kind, item.record));
    for item in &items {
        let waits = model.items.get(&item.id);
        let waits = waits.unwrap_or_else(|| panic!("desk {number}: what is {item:?}?"));
        let open = item.state == domain::ItemState::Open;
        assert_eq!(
            (sort_of(&item.sort), open),
            (waits.sort, waits.open),
            "desk {number}: {item:?}"
        );
        assert!(
            Some(&item.from.account) == own.as_ref() || looks_after(item) != Some(false),
            "desk {number} keeps what others look after: {item:?}"
        );
    }
    let known: std::collections::BTreeSet<_> = items.iter().map(|item| item.id).collect();
    let lacks = model
        .items
        .iter()
        .find(|(id, item)| !known.contains(id) && sees(item.about) == Some(true));
    assert_eq!(lacks, None, "desk {number} was not told (I7)");
}

/// Each flag of this desk is at the hub, and none is there twice (I1, I2).
pub(crate) fn flags_arrived_once(stand: &Stand, desk: &Desk, name: &str) {
    let sent = rows(desk).into_iter().filter_map(|row| {
        let Act::Flag { text } = row.deed.act else {
            return None;
        };
        Some(text)
    });
    let mut sent: Vec<String> = sent.collect();
    let items = stand
        .admin
        .store()
        .items(&ItemFilter::default())
        .expect("items");
    let own = items.iter().filter(|item| item.from.account == name);
    let told = own.filter_map(|item| {
        let ItemSort::Flag { text } = &item.sort else {
            return None;
        };
        Some(text.clone())
    });
    let mut told: Vec<String> = told.collect();
    sent.sort();
    told.sort();
    assert_eq!(sent, told, "{name}: flags");
}

/// What is for staff lies in no file of anybody else. A copy of a disk is told what is for the desk
/// that it was copied from until it joins for itself.
fn secrets(desk: &Desk, number: usize) {
    if desk.post != Post::Contributor || desk.copied {
        return;
    }
    for entry in std::fs::read_dir(&desk.folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let Ok(bytes) = std::fs::read(&path) else {
            continue;
        };
        let found = bytes
            .windows(SECRET.len())
            .any(|window| window == SECRET.as_bytes());
        assert!(
            desk.confided || !found,
            "desk {number} keeps what is not for it in {}",
            path.display()
        );
    }
}

impl Desk {
    /// Whether something that is gone may have been kept long enough by some clock.
    fn could_be_over(&self, now: OffsetDateTime, kept: time::Duration) -> bool {
        let began = OffsetDateTime::parse(super::hub::BEGINNING, &Rfc3339).expect("a time");
        (now - began) + self.once_off * 2 > kept
    }
}
