//! Who may change what: roles and boroughs.

use domain::{Account, Kind, RecordId, Role};
use serde_json::{Value, json};
use wire::Operation;

use super::Model;
use crate::meeting::world::Flat;

impl Model {
    fn account(&self, device: RecordId) -> &Account {
        &self.accounts[&device]
    }

    /// Whether it may edit a record as it is, and as it would be.
    pub(super) fn may(&self, device: RecordId, key: (Kind, RecordId), after: &[&Flat]) -> bool {
        let entry = &self.records[&key];
        let bodies = std::iter::once(&entry.body).chain(after.iter().copied());
        let mut bodies = bodies;
        bodies.all(|body| self.looks_after(device, key, body))
    }

    pub(super) fn may_new(&self, device: RecordId, op: &Operation, after: &Flat) -> bool {
        self.looks_after(device, (op.kind, op.record), after)
    }

    pub(crate) fn looks_after(
        &self,
        device: RecordId,
        (kind, id): (Kind, RecordId),
        body: &Flat,
    ) -> bool {
        let account = self.account(device);
        let covered = |body: &Flat| body.get("service_areas").cloned().unwrap_or(json!([]));
        let own = |areas: &Value| {
            let areas: Vec<&str> = areas
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            areas.is_empty()
                || account
                    .boroughs
                    .iter()
                    .any(|own| areas.contains(&own.as_str()))
        };
        match account.role {
            Role::Contributor => false,
            Role::Administrator => true,
            Role::Curator if account.boroughs.is_empty() => true,
            Role::Curator if kind == Kind::Service => own(&covered(body)),
            Role::Curator => {
                let id = id.to_string();
                let services = self.records.iter().filter(|((kind, _), entry)| {
                    *kind == Kind::Service && entry.organisation.as_ref() == Some(&id)
                });
                let mut services = services.filter(|(_, entry)| !entry.removed).peekable();
                services.peek().is_none() || services.any(|(_, entry)| own(&covered(&entry.body)))
            }
        }
    }
}
