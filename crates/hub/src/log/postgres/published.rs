//! Lines, packs, manifests, publications.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use deadpool_postgres::Object;
use serde_json::value::RawValue;
use tokio_postgres::{Row, Transaction};
use wire::{Hash, Line, LineBody};

use super::connection::{moment, told};
use super::listen::tell;
use super::rows::{hash, id, int, json, number, text, words};
use super::turn::whole;
use crate::log::published::{DROPPED_FOR, MANIFESTS_KEPT, PUBLICATIONS_KEPT};
use crate::log::{LinesAt, LogError, NewPack, Publication, Versions};

pub(super) async fn lines(
    client: &mut Object,
    buckets: &RangeInclusive<u8>,
    versions: Versions,
) -> Result<LinesAt, LogError> {
    let sql = "
        SELECT kind, id, version, at, removed, coalesce(public, body) AS text FROM record
        WHERE id >= $1 AND ($2::bytea IS NULL OR id < $2) AND version > $3 AND version <= $4
            AND ($5 OR NOT removed)
        ORDER BY id, kind";
    let tx = moment(client).await?;
    let now = whole(&tx).await?;
    let from = [*buckets.start()];
    let to = buckets.end().checked_add(1).map(|bucket| vec![bucket]);
    let (after, up_to) = (int(versions.after), int(versions.to));
    let rows = tx
        .query(
            sql,
            &[&from.as_slice(), &to, &after, &up_to, &versions.tombstones],
        )
        .await
        .map_err(told)?;
    tx.commit().await.map_err(told)?;
    Ok(LinesAt {
        sequence: now.sequence,
        digests: now.digests,
        counts: now.counts,
        lines: rows.iter().map(line).collect::<Result<_, _>>()?,
    })
}

fn line(row: &Row) -> Result<Line, LogError> {
    let removed: bool = row.try_get("removed").map_err(told)?;
    let body: Option<Box<RawValue>> = if removed {
        None
    } else {
        Some(json(row, "text")?)
    };
    Ok(Line {
        kind: words(row, "kind")?,
        id: id(row, "id")?,
        version: number(row, "version")?,
        at: number(row, "at")?,
        body: body.map(LineBody),
    })
}

pub(super) async fn publication(client: &Object) -> Result<Option<Publication>, LogError> {
    let sql = "
        SELECT publication.number, epoch, sequence, root, levels, manifest, manifest.body AS text,
            head, made_at
        FROM publication JOIN manifest ON manifest.hash = publication.manifest
        ORDER BY publication.number DESC LIMIT 1";
    let statement = client.prepare_cached(sql).await.map_err(told)?;
    let row = client.query_opt(&statement, &[]).await.map_err(told)?;
    let read = |row: &Row| {
        Ok(Publication {
            number: number(row, "number")?,
            epoch: number(row, "epoch")?,
            sequence: number(row, "sequence")?,
            root: hash(row, "root")?,
            levels: json(row, "levels")?,
            manifest: hash(row, "manifest")?,
            manifest_text: words(row, "text")?,
            head: words(row, "head")?,
            made_at: number(row, "made_at")?,
        })
    };
    row.as_ref().map(read).transpose()
}

pub(super) async fn publish(
    client: &mut Object,
    new: &Publication,
    packs: &[NewPack],
    now: u64,
) -> Result<bool, LogError> {
    let tx = client.transaction().await.map_err(told)?;
    let sql = "SELECT coalesce(max(number), 0) AS number FROM publication";
    let latest = number(&tx.query_one(sql, &[]).await.map_err(told)?, "number")?;
    // Of two at the same moment, the second waits here for the first one's commit.
    if latest + 1 != new.number || !put_publication(&tx, new).await? {
        return Ok(false);
    }
    failpoints::reach("publish:head");
    for pack in packs {
        let sql = "
            INSERT INTO pack (hash, bytes) VALUES ($1, $2)
            ON CONFLICT (hash) DO UPDATE SET dropped_at = NULL";
        let of = pack.hash.as_bytes().as_slice();
        tx.execute(sql, &[&of, &pack.bytes]).await.map_err(told)?;
        failpoints::reach("publish:pack");
    }
    failpoints::reach("publish:packs");
    let sql = "
        INSERT INTO manifest (hash, number, body) VALUES ($1, $2, $3)
        ON CONFLICT (hash) DO UPDATE SET number = excluded.number";
    let of = new.manifest.as_bytes().as_slice();
    let values = (int(new.number), &new.manifest_text);
    tx.execute(sql, &[&of, &values.0, &values.1])
        .await
        .map_err(told)?;
    failpoints::reach("publish:manifest");
    forget(&tx, new, now).await?;
    failpoints::reach("publish:swept");
    tell(&tx, "published").await?;
    tx.commit().await.map_err(told)?;
    Ok(true)
}

async fn put_publication(tx: &Transaction<'_>, new: &Publication) -> Result<bool, LogError> {
    let sql = "
        INSERT INTO publication (number, epoch, sequence, root, levels, manifest, head, made_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
    let [number, epoch, sequence, made_at] =
        [new.number, new.epoch, new.sequence, new.made_at].map(int);
    let (root, manifest) = (
        new.root.as_bytes().as_slice(),
        new.manifest.as_bytes().as_slice(),
    );
    let levels = text(&new.levels)?;
    let rows = tx
        .execute(
            sql,
            &[
                &number, &epoch, &sequence, &root, &levels, &manifest, &new.head, &made_at,
            ],
        )
        .await
        .map_err(told)?;
    Ok(rows > 0)
}

/// Marks packs that are no longer named, and takes away what nobody fetches any more.
async fn forget(tx: &Transaction<'_>, new: &Publication, now: u64) -> Result<(), LogError> {
    let named: HashSet<Hash> = new.packs()?.into_iter().collect();
    let named: Vec<&[u8]> = named
        .iter()
        .map(|hash| hash.as_bytes().as_slice())
        .collect();
    let sql = "UPDATE pack SET dropped_at = $2 WHERE dropped_at IS NULL AND hash <> ALL ($1)";
    tx.execute(sql, &[&named, &int(now)]).await.map_err(told)?;
    failpoints::reach("publish:marked");
    let old = [
        (
            "DELETE FROM pack WHERE dropped_at < $1",
            now.saturating_sub(DROPPED_FOR),
        ),
        (
            "DELETE FROM manifest WHERE number < $1",
            new.number.saturating_sub(MANIFESTS_KEPT),
        ),
        (
            "DELETE FROM publication WHERE number < $1",
            new.number.saturating_sub(PUBLICATIONS_KEPT),
        ),
    ];
    for (sql, before) in old {
        tx.execute(sql, &[&int(before)]).await.map_err(told)?;
    }
    Ok(())
}

pub(super) async fn pack(client: &Object, of: Hash) -> Result<Option<Vec<u8>>, LogError> {
    let sql = "SELECT bytes FROM pack WHERE hash = $1";
    let row = client
        .query_opt(sql, &[&of.as_bytes().as_slice()])
        .await
        .map_err(told)?;
    row.map(|row| row.try_get("bytes").map_err(told))
        .transpose()
}

pub(super) async fn manifest(client: &Object, of: Hash) -> Result<Option<String>, LogError> {
    let sql = "SELECT body FROM manifest WHERE hash = $1";
    let row = client
        .query_opt(sql, &[&of.as_bytes().as_slice()])
        .await
        .map_err(told)?;
    row.map(|row| words(&row, "body")).transpose()
}
