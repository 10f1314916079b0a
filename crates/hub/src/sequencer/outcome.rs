//! What has become of a batch, to be written down.

use std::collections::BTreeSet;

use domain::{Kind, RecordId, private};
use serde_json::Value;

use super::ground::Ground;
use super::touched::{Touched, ties};
use crate::log::{Decided, Key, RecordChange};

impl Ground<'_> {
    /// What became of everything.
    pub(super) fn finish(mut self) -> Decided {
        self.tell_again();
        let again = self.others_hear_of();
        let mut records = Vec::with_capacity(self.touched.len());
        for (key, touched) in std::mem::take(&mut self.touched) {
            records.extend(self.settled(key, &touched));
        }
        let items = self
            .items
            .values()
            .filter_map(|id| self.standing.items.get(id).cloned());
        Decided {
            items: items.collect(),
            sequence: self.standing.sequence,
            cursor: self.standing.cursor,
            digests: self.standing.digests,
            counts: self.standing.counts,
            records,
            changes: self.changes,
            again,
            verdicts: self.verdicts,
        }
    }

    /// A record as it is at the end.
    fn settled(&mut self, key: Key, touched: &Touched) -> Option<RecordChange> {
        let mut stored = self.standing.records.remove(&key)?;
        let (kind, id) = key;
        let public = private::public(kind, &stored.body);
        let public = (public != stored.body).then(|| Value::Object(public).to_string());
        if let Some(before) = touched.digest_before {
            self.standing.digests.remove(&id, before);
        }
        if !stored.removed {
            let text = public.clone();
            let text = text.unwrap_or_else(|| Value::Object(stored.body.clone()).to_string());
            stored.digest = wire::digest::of(kind.name(), &id, stored.version, &text);
            self.standing.digests.add(&id, stored.digest);
        }
        let ties = ties(kind, &stored.body);
        let boroughs = (kind == Kind::Service).then(|| self.boroughs(key, &stored.body));
        let moved = touched.boroughs_before.is_some() && touched.boroughs_before != boroughs;
        let tells = touched.private_moved || moved && stored.private.is_some();
        Some(RecordChange {
            key,
            ties: (ties != touched.ties_before).then_some(ties),
            cursor: tells.then(|| self.next_cursor()),
            boroughs,
            stored,
            public,
        })
    }

    /// Tells the items of records that others look after now once more.
    fn tell_again(&mut self) {
        let moved = |(key, touched): (&Key, &Touched)| {
            let before = touched.boroughs_before.as_ref()?;
            let now = self.standing.records.get(key)?;
            (self.boroughs(*key, &now.body) != *before).then_some(*key)
        };
        let moved: Vec<Key> = self.touched.iter().filter_map(moved).collect();
        let items = self.standing.items.values().map(|stored| &stored.item);
        let mut items: Vec<(u64, RecordId)> = items
            .filter(|item| moved.contains(&(item.kind, item.record)))
            .map(|item| (item.cursor, item.id))
            .collect();
        items.sort_unstable();
        for (_, id) in items {
            self.tell(id);
        }
    }

    /// Organisations and places of services that came, went, moved, or were tied otherwise.
    fn others_hear_of(&self) -> BTreeSet<Key> {
        let services = self
            .touched
            .iter()
            .filter(|(key, _)| key.0 == Kind::Service);
        let ties = services.filter_map(|(key, touched)| {
            let now = self.standing.records.get(key)?;
            let is = ties(key.0, &now.body);
            let moved = touched.there_before == now.removed
                || touched.boroughs_before != Some(self.boroughs(*key, &now.body))
                || touched.ties_before != is;
            moved.then(|| touched.ties_before.iter().copied().chain(is))
        });
        let others = ties.flatten();
        others
            .flat_map(|other| [Kind::Organisation, Kind::Place].map(|kind| (kind, other)))
            .collect()
    }
}
