//! The schema, step by step. Steps are only ever added: a file of any older version becomes one of
//! this version, and a file of a newer version is recognised by its number.

use std::path::Path;

use rusqlite_migration::{M, Migrations};

use crate::StoreError;

const STEPS: &[M<'static>] = &[
    M::up(include_str!("../migrations/01_directory.sql")),
    M::up(include_str!("../migrations/02_imports.sql")),
    M::up(include_str!("../migrations/03_sync.sql")),
    M::up(include_str!("../migrations/04_formerly.sql")),
    M::up(include_str!("../migrations/05_identity.sql")),
];

/// All steps.
pub(crate) fn all() -> Migrations<'static> {
    Migrations::from_slice(STEPS)
}

/// The number of the newest schema known here.
pub(crate) fn known() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}

/// What it means for people that a step could not be made: unless something else is in the way, the
/// file is not what its version says.
pub(crate) fn told(path: &Path, error: rusqlite_migration::Error) -> StoreError {
    if let rusqlite_migration::Error::RusqliteError { err, .. } = error {
        return StoreError::of(path, err);
    }
    let path = path.to_path_buf();
    let what = error.to_string();
    StoreError::Damaged { path, what }
}
