//! Records that a hub begins with.

use rusqlite::Connection;

use super::turn::{standing, write};
use crate::log::{LogError, Wanted};
use crate::seed::Seed;
use crate::sequencer::Sequencer;

/// Puts in those that are not there yet.
pub(super) fn seed(
    conn: &Connection,
    by: &Sequencer,
    seeds: &[Seed],
    now: u64,
) -> Result<u64, LogError> {
    let wanted = Wanted {
        records: seeds.iter().map(Seed::key).collect(),
        ..Wanted::default()
    };
    let standing = standing(conn, &wanted)?;
    let decided = by.seeded(seeds, standing, now);
    write(conn, &decided)?;
    Ok(decided.sequence)
}
