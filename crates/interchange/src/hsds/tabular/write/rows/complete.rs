//! Fills what a table asks for and no document says.

use domain::RecordId;

use super::Rows;
use crate::hsds::entities::{self, Entity, Kind};
use crate::hsds::tabular::kind::unknown_id;

impl Rows {
    /// Adds rows for what was referred to and never came.
    pub(in crate::hsds::tabular::write) fn stand_in_for_the_rest(&mut self) {
        for (name, id) in std::mem::take(&mut self.wanted) {
            let known = self.known.contains_key(&(name, id));
            if let Some(entity) = entities::entity(name).filter(|_| !known) {
                self.stand_in(entity, RecordId::from_bytes(id));
            }
        }
    }

    /// Fills cells that must not be empty.
    pub(super) fn complete(&mut self, at: usize) {
        let Some(entity) = self.pending.get(at).map(|row| row.entity) else {
            return;
        };
        for field in entity.fields.iter().filter(|field| field.tabular_required) {
            if self.cell(at, field.name).is_none_or(String::is_empty) {
                let text = self.least(field.kind);
                self.set(at, field.name, &text);
            }
        }
    }

    /// What a required cell says of which nothing is known.
    fn least(&mut self, kind: Kind) -> String {
        match kind {
            Kind::Key(of) => {
                let id = unknown_id(of);
                if let Some(of) = entities::entity(of) {
                    self.stand_in(of, id);
                }
                id.to_string()
            }
            Kind::OneOf(values) => values.first().copied().unwrap_or_default().to_owned(),
            Kind::Text => " ".to_owned(),
            Kind::Id
            | Kind::AnyKey
            | Kind::Number
            | Kind::Uri
            | Kind::Email
            | Kind::Date
            | Kind::Time
            | Kind::DateTime => String::new(),
        }
    }

    /// A row for what is not known.
    fn stand_in(&mut self, entity: &'static Entity, id: RecordId) {
        let key = (entity.name, *id.as_bytes());
        if self.known.insert(key, 0).is_some() {
            return;
        }
        let at = self.begin(entity, &id.to_string(), key.1);
        self.set(at, "name", "Not known");
        self.set(
            at,
            "description",
            "Stands where a table asks for something that is not known or not in this package.",
        );
        if let Some(row) = self.pending.get_mut(at) {
            row.stands_in = true;
        }
    }
}
