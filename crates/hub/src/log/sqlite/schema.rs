//! The schema, step by step. Steps are only ever added.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use super::connection::told;
use crate::log::LogError;

const STEPS: &[M<'static>] = &[
    M::up(include_str!("../../../migrations/01_hub.sql")),
    M::up(include_str!("../../../migrations/02_identity.sql")),
];

/// Brings a file of any older version to this one, and refuses one of a newer version.
pub(super) fn migrate(conn: &mut Connection) -> Result<(), LogError> {
    let found: i64 = conn
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(told)?;
    let known = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    if found > known {
        return Err(LogError::Newer { found, known });
    }
    let steps = Migrations::from_slice(STEPS);
    steps
        .to_latest(conn)
        .map_err(|error| LogError::Other(error.to_string()))
}
