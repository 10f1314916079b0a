//! Records to pick from, by words of their names.

use domain::RecordId;
use rusqlite::{Connection, params};

use crate::{Kind, Store, StoreError, body};

/// Words of a request that are looked at.
const MOST_WORDS: usize = 8;

/// A record that can be picked.
#[derive(Debug, Clone, PartialEq)]
pub struct Pick {
    /// Identity.
    pub id: RecordId,
    /// The record.
    pub body: String,
}

/// Records in whose name or first address every word stands; those whose name begins with the whole
/// text come first.
fn picks(conn: &Connection, kind: Kind, text: &str, most: usize) -> rusqlite::Result<Vec<Pick>> {
    let words: Vec<String> = text
        .split_whitespace()
        .take(MOST_WORDS)
        .map(str::to_lowercase)
        .collect();
    let words = body::text(&words)?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let sql = format!(
        "SELECT id, body FROM {kind} WHERE NOT EXISTS (
           SELECT 1 FROM json_each(?1) AS word
           WHERE instr(lower(coalesce({kind}.name, '')), word.value) = 0
             AND instr(lower(coalesce({kind}.body ->> '$.addresses[0]', '')), word.value) = 0)
         ORDER BY instr(lower(coalesce(name, '')), ?2) <> 1, name, row LIMIT ?3"
    );
    let mut select = conn.prepare_cached(&sql)?;
    let found = select.query_map(params![words, text.trim().to_lowercase(), most], |row| {
        Ok(Pick {
            id: body::id(row, 0)?,
            body: row.get(1)?,
        })
    })?;
    found.collect()
}

impl Store {
    /// Up to `most` records of a kind in whose name or first address all these words stand.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read.
    pub fn picks(&self, kind: Kind, words: &str, most: usize) -> Result<Vec<Pick>, StoreError> {
        self.read(|conn| picks(conn, kind, words, most))
    }
}

#[cfg(test)]
mod tests {
    use domain::{Address, Place};

    use super::*;
    use crate::Op;

    #[test]
    fn a_place_is_picked_by_its_name_or_its_address() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap().store;
        for (name, street) in [
            ("Generated Hall", "1 Quokka Street"),
            ("Hall of 50%", "2 Other Road"),
        ] {
            let mut place = Place::named(RecordId::named(name), name);
            place.addresses.push(Address {
                address_1: Some(street.to_owned()),
                ..Address::default()
            });
            store.transact(Op::PutPlace(Box::new(place))).unwrap();
        }
        let found = |words| {
            let picks = store.picks(Kind::Place, words, 20).unwrap();
            picks.iter().map(|pick| pick.id).collect::<Vec<_>>()
        };
        let [first, second] = ["Generated Hall", "Hall of 50%"].map(RecordId::named);
        assert_eq!(found("hall"), [second, first]);
        assert_eq!(found("QUOKKA hall"), [first]);
        assert_eq!(found("50%"), [second]);
        assert_eq!(found("hall nowhere"), []);
        assert_eq!(found("").len(), 2);
    }
}
