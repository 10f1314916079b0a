//! Lines, packs, manifests, publications.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::value::RawValue;
use wire::{Hash, Line, LineBody};

use super::connection::told;
use super::rows::{hash, id, int, json, number, text};
use super::turn::standing;
use crate::log::published::{DROPPED_FOR, MANIFESTS_KEPT, PUBLICATIONS_KEPT};
use crate::log::{LinesAt, LogError, NewPack, Publication, Versions, Wanted};

/// A whole bucket is read by identifier, a few changes by version.
const BY_BUCKET: &str = "
    SELECT kind, id, version, at, removed, coalesce(public, body) AS text FROM record
    WHERE id >= ?1 AND (?2 IS NULL OR id < ?2) AND version > ?3 AND version <= ?4
        AND (?5 OR NOT removed)
    ORDER BY id, kind";
const BY_VERSION: &str = "
    SELECT kind, id, version, at, removed, coalesce(public, body) AS text FROM record
    WHERE +id >= ?1 AND (?2 IS NULL OR +id < ?2) AND version > ?3 AND version <= ?4
        AND (?5 OR NOT removed)
    ORDER BY id, kind";

pub(super) fn lines(
    conn: &Connection,
    buckets: &RangeInclusive<u8>,
    versions: Versions,
) -> Result<LinesAt, LogError> {
    let now = standing(conn, &Wanted::default())?;
    let sql = if versions.after == 0 {
        BY_BUCKET
    } else {
        BY_VERSION
    };
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    let from = [*buckets.start()];
    let to = buckets.end().checked_add(1).map(|bucket| [bucket]);
    let (after, up_to) = (int(versions.after), int(versions.to));
    let rows = statement.query_map((from, to, after, up_to, versions.tombstones), line);
    let lines: Result<_, _> = rows.map_err(told)?.collect();
    Ok(LinesAt {
        sequence: now.sequence,
        digests: now.digests,
        counts: now.counts,
        lines: lines.map_err(told)?,
    })
}

fn line(row: &Row<'_>) -> rusqlite::Result<Line> {
    let removed: bool = row.get("removed")?;
    let body: Option<Box<RawValue>> = if removed {
        None
    } else {
        Some(json(row, "text")?)
    };
    Ok(Line {
        kind: row.get("kind")?,
        id: id(row, "id")?,
        version: number(row, "version")?,
        at: number(row, "at")?,
        body: body.map(LineBody),
    })
}

const LATEST: &str = "
    SELECT publication.number, epoch, sequence, root, levels, manifest, manifest.body AS text, head,
        made_at
    FROM publication JOIN manifest ON manifest.hash = publication.manifest
    ORDER BY publication.number DESC LIMIT 1";

pub(super) fn publication(conn: &Connection) -> Result<Option<Publication>, LogError> {
    let mut statement = conn.prepare_cached(LATEST).map_err(told)?;
    let found = statement.query_row((), |row| {
        Ok(Publication {
            number: number(row, "number")?,
            epoch: number(row, "epoch")?,
            sequence: number(row, "sequence")?,
            root: hash(row, "root")?,
            levels: json(row, "levels")?,
            manifest: hash(row, "manifest")?,
            manifest_text: row.get("text")?,
            head: row.get("head")?,
            made_at: number(row, "made_at")?,
        })
    });
    found.optional().map_err(told)
}

pub(super) fn publish(
    conn: &Connection,
    new: &Publication,
    packs: &[NewPack],
    now: u64,
) -> Result<bool, LogError> {
    let sql = "SELECT coalesce(max(number), 0) AS number FROM publication";
    let latest = conn
        .query_row(sql, (), |row| number(row, "number"))
        .map_err(told)?;
    if latest + 1 != new.number {
        return Ok(false);
    }
    put_packs(conn, packs)?;
    failpoints::reach("publish:packs");
    let sql = "
        INSERT INTO manifest (hash, number, body) VALUES (?1, ?2, ?3)
        ON CONFLICT DO UPDATE SET number = excluded.number";
    let values = (new.manifest.as_bytes(), int(new.number), &new.manifest_text);
    conn.execute(sql, values).map_err(told)?;
    failpoints::reach("publish:manifest");
    let sql = "
        INSERT INTO publication (number, epoch, sequence, root, levels, manifest, head, made_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let values = (
        int(new.number),
        int(new.epoch),
        int(new.sequence),
        new.root.as_bytes(),
        text(&new.levels)?,
        new.manifest.as_bytes(),
        &new.head,
        int(new.made_at),
    );
    conn.execute(sql, values).map_err(told)?;
    failpoints::reach("publish:head");
    forget(conn, new, now)?;
    failpoints::reach("publish:swept");
    Ok(true)
}

fn put_packs(conn: &Connection, packs: &[NewPack]) -> Result<(), LogError> {
    let sql = "
        INSERT INTO pack (hash, bytes) VALUES (?1, ?2)
        ON CONFLICT DO UPDATE SET dropped_at = NULL";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    for pack in packs {
        statement
            .execute((pack.hash.as_bytes(), &pack.bytes))
            .map_err(told)?;
        failpoints::reach("publish:pack");
    }
    Ok(())
}

/// Marks packs that are no longer named, and takes away what nobody fetches any more.
fn forget(conn: &Connection, new: &Publication, now: u64) -> Result<(), LogError> {
    let named: HashSet<Hash> = new.packs()?.into_iter().collect();
    let sql = "SELECT hash FROM pack WHERE dropped_at IS NULL";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    let there = statement
        .query_map((), |row| hash(row, "hash"))
        .map_err(told)?;
    let there: Vec<Hash> = there.collect::<Result<_, _>>().map_err(told)?;
    let sql = "UPDATE pack SET dropped_at = ?2 WHERE hash = ?1";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    for hash in there.iter().filter(|hash| !named.contains(hash)) {
        statement
            .execute((hash.as_bytes(), int(now)))
            .map_err(told)?;
    }
    failpoints::reach("publish:marked");
    let old = [
        (
            "DELETE FROM pack WHERE dropped_at < ?1",
            now.saturating_sub(DROPPED_FOR),
        ),
        (
            "DELETE FROM manifest WHERE number < ?1",
            new.number.saturating_sub(MANIFESTS_KEPT),
        ),
        (
            "DELETE FROM publication WHERE number < ?1",
            new.number.saturating_sub(PUBLICATIONS_KEPT),
        ),
    ];
    for (sql, before) in old {
        let mut statement = conn.prepare_cached(sql).map_err(told)?;
        statement.execute([int(before)]).map_err(told)?;
    }
    Ok(())
}

pub(super) fn pack(conn: &Connection, of: Hash) -> Result<Option<Vec<u8>>, LogError> {
    let sql = "SELECT bytes FROM pack WHERE hash = ?1";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    statement
        .query_row([of.as_bytes()], |row| row.get(0))
        .optional()
        .map_err(told)
}

pub(super) fn manifest(conn: &Connection, of: Hash) -> Result<Option<String>, LogError> {
    let sql = "SELECT body FROM manifest WHERE hash = ?1";
    let mut statement = conn.prepare_cached(sql).map_err(told)?;
    statement
        .query_row([of.as_bytes()], |row| row.get(0))
        .optional()
        .map_err(told)
}
