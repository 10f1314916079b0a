//! A desk's copy of the directory.

use std::path::Path;

use domain::{Kind, Record, RecordId};
use rusqlite::{Connection, OpenFlags};

use crate::failure::Failure;
use crate::seed::Seed;

/// The records of a desk's file, which is only read.
pub(super) fn read(path: &Path) -> Result<Vec<Seed>, Failure> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let failed = |error: &dyn std::fmt::Display| Failure::file(path, error);
    let conn = Connection::open_with_flags(path, flags).map_err(|error| failed(&error))?;
    let source = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned();
    let mut seeds = Vec::new();
    for kind in Kind::ALL {
        let sql = format!("SELECT id, body FROM {} ORDER BY row", kind.name());
        let mut statement = conn.prepare(&sql).map_err(|error| failed(&error))?;
        let mut rows = statement.query(()).map_err(|error| failed(&error))?;
        while let Some(row) = rows.next().map_err(|error| failed(&error))? {
            let id: [u8; 16] = row.get("id").map_err(|error| failed(&error))?;
            let body: String = row.get("body").map_err(|error| failed(&error))?;
            let record: Record = serde_json::from_str(&body).map_err(|error| failed(&error))?;
            seeds.push(Seed {
                key: (kind, RecordId::from_bytes(id)),
                record,
                source: source.clone(),
            });
        }
    }
    Ok(seeds)
}
