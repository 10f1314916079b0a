//! The services that belong to an organisation or happen at a place.

use domain::RecordId;
use rusqlite::{Connection, params};

use crate::body::key;
use crate::{Kind, Store, StoreError};

fn tied(conn: &Connection, kind: Kind, id: &RecordId) -> rusqlite::Result<Vec<String>> {
    let sql = match kind {
        Kind::Service => "SELECT body FROM service WHERE id = ?1",
        Kind::Organisation => "SELECT body FROM service WHERE organisation = ?1 ORDER BY row",
        Kind::Place => {
            "SELECT body FROM service WHERE row IN
               (SELECT service FROM service_place WHERE place = ?1) ORDER BY row"
        }
    };
    let mut select = conn.prepare_cached(sql)?;
    let found = select.query_map(params![key(id)], |row| row.get(0))?;
    found.collect()
}

impl Store {
    /// The services tied to a record, as JSON: those of an organisation, those at a place; of a
    /// service itself, just that.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn services_tied(&self, kind: Kind, id: RecordId) -> Result<Vec<String>, StoreError> {
        self.read(|conn| tied(conn, kind, &id))
    }
}

#[cfg(test)]
mod tests {
    use domain::{Many, Rest, Service, ServiceAtLocation};

    use super::*;
    use crate::Op;

    #[test]
    fn services_are_found_by_their_organisation_and_their_places() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap().store;
        let [service, organisation, place] =
            ["service", "organisation", "place"].map(RecordId::named);
        let mut record = Service::named(service, "Generated");
        record.organization_id = Some(organisation);
        record.service_at_locations.push(ServiceAtLocation {
            id: RecordId::named("tie"),
            location_id: Some(place),
            location: None,
            description: None,
            phones: Many::default(),
            schedules: Many::default(),
            rest: Rest::new(),
        });
        store.transact(Op::PutService(Box::new(record))).unwrap();
        for (kind, id) in [
            (Kind::Service, service),
            (Kind::Organisation, organisation),
            (Kind::Place, place),
        ] {
            let tied = store.services_tied(kind, id).unwrap();
            assert!(tied.len() == 1 && tied[0].contains("Generated"), "{kind}");
            assert!(
                store
                    .services_tied(kind, RecordId::named("nobody"))
                    .unwrap()
                    .is_empty()
            );
        }
    }
}
