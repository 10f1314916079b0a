//! A turn of the sequencer: what waits, how things stand, and writing down what was decided.

use std::collections::HashMap;
use std::sync::Arc;

use domain::{Item, Kind, RecordId};
use rusqlite::{Connection, OptionalExtension};
use wire::Digests;

use super::connection::told;
use super::people::account_of;
use super::rows::{id, int, json, number, record, text, tied};
use crate::log::{
    AccountRow, ChangeRow, Decided, ItemRow, Key, LogError, RecordChange, Standing, StoredItem,
    Turned, Waiting, Wanted,
};
use crate::sequencer::Sequencer;

/// Operations decided in one turn at most.
const MOST: i64 = 1000;
/// Bytes of operations decided in one turn, but for the last one.
const MOST_BYTES: usize = 8 * 1024 * 1024;

pub(super) fn turn(conn: &Connection, by: &Sequencer, now: u64) -> Result<Turned, LogError> {
    let waiting = waiting(conn)?;
    if waiting.is_empty() {
        let sequence = standing(conn, &Wanted::default())?.sequence;
        return Ok(Turned {
            decided: 0,
            sequence,
        });
    }
    let batch = by.read(waiting);
    let standing = standing(conn, &batch.wanted)?;
    let decided = by.decide(batch, standing, now);
    failpoints::reach("turn:decided");
    write(conn, &decided)?;
    Ok(Turned {
        decided: decided.verdicts.len(),
        sequence: decided.sequence,
    })
}

fn waiting(conn: &Connection) -> Result<Vec<Waiting>, LogError> {
    let sql = "
        SELECT row, inbox.device, inbox.sequence, taken_at, body, device.account FROM inbox
        JOIN device ON device.id = inbox.device
        WHERE verdict IS NULL ORDER BY row LIMIT ?1";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    let mut rows = statement.query([MOST]).map_err(told)?;
    let mut accounts: HashMap<RecordId, Arc<AccountRow>> = HashMap::new();
    let mut waiting: Vec<Waiting> = Vec::new();
    let mut bytes = 0;
    while let Some(row) = rows.next().map_err(told)? {
        let of = id(row, "account").map_err(told)?;
        let account = match accounts.get(&of) {
            Some(account) => Arc::clone(account),
            None => {
                let found = account_of(conn, of)?;
                let found = found.ok_or_else(|| LogError::damaged("a device without account"))?;
                Arc::clone(accounts.entry(of).or_insert(Arc::new(found)))
            }
        };
        let body: Box<str> = row.get("body").map_err(told)?;
        bytes += body.len();
        waiting.push(Waiting {
            row: row.get("row").map_err(told)?,
            device: id(row, "device").map_err(told)?,
            sequence: number(row, "sequence").map_err(told)?,
            account,
            taken_at: number(row, "taken_at").map_err(told)?,
            body,
        });
        if bytes > MOST_BYTES {
            break;
        }
    }
    Ok(waiting)
}

/// How things stand for what is wanted.
pub(super) fn standing(conn: &Connection, wanted: &Wanted) -> Result<Standing, LogError> {
    let mut standing = whole(conn)?;
    let mut keys = wanted.records.clone();
    let mut items = wanted.items.clone();
    for key in &wanted.items_of {
        items.extend(items_of(conn, *key)?);
    }
    for of in &items {
        if let Some(item) = item(conn, *of)? {
            keys.insert((item.item.kind, item.item.record));
            standing.items.insert(*of, item);
        }
    }
    for key in keys {
        if let Some(stored) = record(conn, key)? {
            standing.records.insert(key, stored);
        }
        if key.0 != Kind::Service {
            standing.ties.insert(key, tied(conn, key)?);
        }
    }
    Ok(standing)
}

fn whole(conn: &Connection) -> Result<Standing, LogError> {
    let sql = "SELECT sequence, cursor, digests, counts FROM hub";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    let read = statement.query_row((), |row| {
        let digests: String = row.get("digests")?;
        Ok((
            number(row, "sequence")?,
            number(row, "cursor")?,
            digests,
            json(row, "counts")?,
        ))
    });
    let (sequence, cursor, digests, counts) = read.map_err(told)?;
    Ok(Standing {
        sequence,
        cursor,
        digests: Digests::from_hex(&digests).map_err(LogError::damaged)?,
        counts,
        records: HashMap::new(),
        ties: HashMap::new(),
        items: HashMap::new(),
    })
}

fn items_of(conn: &Connection, (kind, of): Key) -> Result<Vec<RecordId>, LogError> {
    let sql = "SELECT id FROM item WHERE record = ?1 AND kind = ?2";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    let rows = statement.query_map((of.as_bytes(), kind.name()), |row| id(row, "id"));
    rows.map_err(told)?.collect::<Result<_, _>>().map_err(told)
}

fn item(conn: &Connection, of: RecordId) -> Result<Option<StoredItem>, LogError> {
    let sql = "SELECT account, boroughs, body FROM item WHERE id = ?1";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    let found = statement.query_row([of.as_bytes()], |row| {
        Ok(StoredItem {
            item: json::<Item>(row, "body")?,
            account: id(row, "account")?,
            boroughs: json(row, "boroughs")?,
        })
    });
    found.optional().map_err(told)
}

/// Writes down what was decided.
pub(super) fn write(conn: &Connection, decided: &Decided) -> Result<(), LogError> {
    for change in &decided.records {
        put_record(conn, change)?;
    }
    failpoints::reach("turn:records");
    for change in &decided.changes {
        put_change(conn, change)?;
    }
    failpoints::reach("turn:changes");
    for item in &decided.items {
        put_item(conn, item)?;
    }
    failpoints::reach("turn:items");
    let cursor = tell_again(conn, decided)?;
    let sql = "UPDATE inbox SET verdict = ?2, body = NULL WHERE row = ?1";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    for (row, verdict) in &decided.verdicts {
        statement.execute((row, text(verdict)?)).map_err(told)?;
    }
    failpoints::reach("turn:verdicts");
    let sql = "UPDATE hub SET sequence = ?1, cursor = ?2, digests = ?3, counts = ?4";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    let values = (
        int(decided.sequence),
        int(cursor),
        decided.digests.to_hex(),
        text(&decided.counts)?,
    );
    statement.execute(values).map_err(told)?;
    failpoints::reach("turn:written");
    Ok(())
}

const PUT_RECORD: &str = "
    INSERT INTO record
        (id, kind, version, at, removed, editor, others, digest, boroughs, private, cursor, body,
         public)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
    ON CONFLICT (id, kind) DO UPDATE SET version = excluded.version, at = excluded.at,
        removed = excluded.removed, editor = excluded.editor, others = excluded.others,
        digest = excluded.digest, boroughs = excluded.boroughs, private = excluded.private,
        cursor = coalesce(excluded.cursor, cursor), body = excluded.body, public = excluded.public";

fn put_record(conn: &Connection, change: &RecordChange) -> Result<(), LogError> {
    let (kind, id) = change.key;
    let stored = &change.stored;
    let mut statement = conn.prepare_cached(PUT_RECORD).map_err(told)?;
    let values = rusqlite::params![
        id.as_bytes(),
        kind.name(),
        int(stored.version),
        int(stored.at),
        stored.removed,
        stored.editor.as_ref().map(RecordId::as_bytes),
        int(stored.others),
        stored.digest,
        change.boroughs.as_ref().map(text).transpose()?,
        stored.private.map(int),
        change.cursor.map(int),
        text(&stored.body)?,
        change.public,
    ];
    statement.execute(values).map_err(told)?;
    let Some(others) = &change.ties else {
        return Ok(());
    };
    let sql = "DELETE FROM tie WHERE service = ?1";
    conn.prepare_cached(sql)
        .and_then(|mut gone| gone.execute([id.as_bytes()]))
        .map_err(told)?;
    let sql = "INSERT OR IGNORE INTO tie (service, other) VALUES (?1, ?2)";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    for other in others {
        statement
            .execute((id.as_bytes(), other.as_bytes()))
            .map_err(told)?;
    }
    Ok(())
}

fn put_change(conn: &Connection, change: &ChangeRow) -> Result<(), LogError> {
    let sql = "
        INSERT INTO change (sequence, kind, record, by, device, device_sequence, at, claimed_at,
            act, changes, note)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    let values = rusqlite::params![
        int(change.sequence),
        change.key.0.name(),
        change.key.1.as_bytes(),
        change.by,
        change.device.as_ref().map(RecordId::as_bytes),
        int(change.device_sequence),
        int(change.at),
        change.claimed_at,
        change.act,
        text(&change.changes)?,
        change.note,
    ];
    statement.execute(values).map(drop).map_err(told)
}

fn put_item(conn: &Connection, row: &ItemRow) -> Result<(), LogError> {
    let sql = "
        INSERT INTO item (id, kind, record, account, cursor, boroughs, body)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (id) DO UPDATE SET cursor = excluded.cursor, body = excluded.body";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    let values = rusqlite::params![
        row.item.id.as_bytes(),
        row.item.kind.name(),
        row.item.record.as_bytes(),
        row.account.as_bytes(),
        int(row.item.cursor),
        text(&row.boroughs)?,
        text(&row.item)?,
    ];
    statement.execute(values).map(drop).map_err(told)
}

/// Gives what is told once more its places in the staff stream, and says which is the last now.
fn tell_again(conn: &Connection, decided: &Decided) -> Result<u64, LogError> {
    let mut cursor = decided.cursor;
    let items = "SELECT id FROM item WHERE record = ?1 AND kind = ?2 ORDER BY cursor";
    let mut items = conn.prepare_cached(items).map_err(told)?;
    let mut item = conn
        .prepare_cached("UPDATE item SET cursor = ?2 WHERE id = ?1")
        .map_err(told)?;
    let private = "UPDATE record SET cursor = ?3 WHERE id = ?1 AND kind = ?2 AND cursor NOTNULL";
    let mut private = conn.prepare_cached(private).map_err(told)?;
    for (kind, of) in &decided.again {
        let rows = items.query_map((of.as_bytes(), kind.name()), |row| id(row, "id"));
        let waiting: Result<Vec<RecordId>, _> = rows.map_err(told)?.collect();
        for one in waiting.map_err(told)? {
            cursor += 1;
            item.execute((one.as_bytes(), int(cursor))).map_err(told)?;
        }
        let values = (of.as_bytes(), kind.name(), int(cursor + 1));
        let there = private.execute(values).map_err(told)?;
        cursor += u64::from(there > 0);
    }
    Ok(cursor)
}
