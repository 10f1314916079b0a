//! Records waiting to be imported, in a file of their own: however many there are, they take no
//! memory, and the change to the directory is still one.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

use domain::RecordId;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::Kind;

/// A record on its way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedRecord {
    /// What it is.
    pub kind: Kind,
    /// Its identifier.
    pub id: RecordId,
    /// Its identifier as its source wrote it.
    pub source_id: Option<String>,
    /// Where it stood: file, sheet, line.
    pub at: String,
    /// Tells whether the source says the same of it another time.
    pub digest: i64,
    /// The record as JSON; absent: it is in the directory as it should be.
    pub body: Option<String>,
}

/// Records waiting to be imported. The file goes with the last of its clones.
#[derive(Clone)]
pub struct Staged {
    file: Arc<tempfile::NamedTempFile>,
    records: u64,
}

impl fmt::Debug for Staged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Staged")
            .field("records", &self.records)
            .finish_non_exhaustive()
    }
}

/// Writes records down as they come.
#[derive(Debug)]
pub struct StagedWriter {
    file: BufWriter<tempfile::NamedTempFile>,
    records: u64,
}

#[derive(Serialize, Deserialize)]
struct Line<'a> {
    kind: String,
    id: RecordId,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_id: Option<String>,
    at: String,
    digest: i64,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    body: Option<&'a RawValue>,
}

impl StagedWriter {
    /// A file in this folder, which goes when nobody needs it any more.
    ///
    /// # Errors
    /// What the system says.
    pub fn create(folder: &Path) -> io::Result<Self> {
        let file = tempfile::Builder::new()
            .prefix("import-")
            .suffix(".part")
            .tempfile_in(folder)?;
        Ok(Self {
            file: BufWriter::new(file),
            records: 0,
        })
    }

    /// Writes a record down.
    ///
    /// # Errors
    /// What the system says, or that the body is not JSON.
    pub fn push(&mut self, record: &StagedRecord) -> io::Result<()> {
        let body = record.body.as_deref().map(serde_json::from_str);
        let line = Line {
            kind: record.kind.name().to_owned(),
            id: record.id,
            source_id: record.source_id.clone(),
            at: record.at.clone(),
            digest: record.digest,
            body: body.transpose()?,
        };
        let mut text = serde_json::to_vec(&line)?;
        text.push(b'\n');
        self.file.write_all(&text)?;
        self.records += 1;
        Ok(())
    }

    /// All of them.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(self) -> io::Result<Staged> {
        let file = self
            .file
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        Ok(Staged {
            file: Arc::new(file),
            records: self.records,
        })
    }
}

impl Staged {
    /// How many there are.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.records
    }

    /// Reads them one after the other.
    pub(crate) fn read(&self) -> io::Result<impl Iterator<Item = io::Result<StagedRecord>>> {
        let mut file: File = self.file.reopen()?;
        file.seek(SeekFrom::Start(0))?;
        let lines = BufReader::new(file).lines();
        Ok(lines.map(|line| record(&line?)))
    }
}

fn record(line: &str) -> io::Result<StagedRecord> {
    let line: Line<'_> = serde_json::from_str(line)?;
    let kind = Kind::named(&line.kind)
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, line.kind.clone()))?;
    Ok(StagedRecord {
        kind,
        id: line.id,
        source_id: line.source_id,
        at: line.at,
        digest: line.digest,
        body: line.body.map(|body| body.get().to_owned()),
    })
}
