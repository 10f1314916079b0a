//! Takes what is read and writes it down, each record once: one that comes again with more in it
//! takes the place of what came before. Only when all was read it is known what each one says.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use domain::RecordId;
use interchange::{Finding, Incoming, Intake, InterchangeError, Record, Spot, Stop, Weight};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::Kind;

use super::compare::keep_what_is_not_said;
use super::lines::{Line, Lines};
use super::shape::{DryRunCounts, LineSort};
use crate::error::Error;
use crate::jobs::Job;

/// A record as it was read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Gathered {
    kind: String,
    pub(crate) id: RecordId,
    pub(crate) source_id: Option<String>,
    file: String,
    sheet: Option<String>,
    line: Option<u64>,
    pub(crate) digest: i64,
    pub(crate) value: Value,
}

impl Gathered {
    pub(crate) fn kind(&self) -> Kind {
        Kind::named(&self.kind).unwrap_or(Kind::Service)
    }

    pub(crate) fn spot(&self) -> Spot {
        Spot {
            file: self.file.clone(),
            sheet: self.sheet.clone(),
            line: self.line,
            column: None,
        }
    }
}

/// A record that was read.
struct Seen {
    /// What it said when it came last.
    said: i64,
    /// What it says with all that came before.
    kept: i64,
    at: u64,
}

/// What is being read.
pub(crate) struct Gather<'d> {
    job: &'d Job,
    folder: PathBuf,
    file: BufWriter<tempfile::NamedTempFile>,
    end: u64,
    seen: HashMap<(Kind, RecordId), Seen>,
    pub(crate) lines: Lines,
    pub(crate) counts: DryRunCounts,
}

/// What was read: each record once.
pub(crate) struct All {
    folder: PathBuf,
    file: tempfile::NamedTempFile,
    seen: HashMap<(Kind, RecordId), Seen>,
}

impl<'d> Gather<'d> {
    /// Nothing yet; what comes is written down in this folder.
    pub(crate) fn new(job: &'d Job, folder: &Path) -> Result<Self, Error> {
        let file = tempfile::Builder::new()
            .prefix("read-")
            .suffix(".part")
            .tempfile_in(folder)
            .map_err(|error| InterchangeError::io(folder, error))?;
        Ok(Self {
            job,
            folder: folder.to_owned(),
            file: BufWriter::new(file),
            end: 0,
            seen: HashMap::new(),
            lines: Lines::new(folder),
            counts: DryRunCounts::default(),
        })
    }

    /// Everything, once all was read, with the lines and counts of what was found on the way.
    pub(crate) fn finish(self) -> Result<(All, Lines, DryRunCounts), Error> {
        let failed = |error| InterchangeError::io(&self.folder, error);
        let file = self.file.into_inner();
        let all = All {
            file: file.map_err(|error| failed(error.into_error()))?,
            folder: self.folder.clone(),
            seen: self.seen,
        };
        Ok((all, self.lines, self.counts))
    }

    fn write_down(&mut self, record: &Gathered, said: i64) -> io::Result<()> {
        let mut text = serde_json::to_vec(record)?;
        text.push(b'\n');
        self.file.write_all(&text)?;
        let seen = Seen {
            said,
            kept: record.digest,
            at: self.end,
        };
        self.seen.insert((record.kind(), record.id), seen);
        self.end += u64::try_from(text.len()).unwrap_or(u64::MAX);
        Ok(())
    }

    fn again(&mut self, at: u64) -> io::Result<Gathered> {
        self.file.flush()?;
        let mut file = self.file.get_ref().reopen()?;
        file.seek(SeekFrom::Start(at))?;
        let mut line = String::new();
        BufReader::new(file).read_line(&mut line)?;
        Ok(serde_json::from_str(&line)?)
    }

    fn take_in(&mut self, mut now: Gathered) -> io::Result<()> {
        let said = now.digest;
        let former = self.seen.get(&(now.kind(), now.id));
        match former.map(|former| (former.said == said || former.kept == said, former.at)) {
            Some((true, _)) => return Ok(()),
            Some((false, at)) => {
                let former = self.again(at)?;
                keep_what_is_not_said(&former.value, &mut now.value);
                now.digest = digest(&now.value);
            }
            None => {}
        }
        self.write_down(&now, said)
    }
}

impl Intake for Gather<'_> {
    fn take(&mut self, incoming: Incoming) -> Result<(), Stop> {
        let (kind, id, value) = match &incoming.record {
            Record::Service(one) => (Kind::Service, one.id, serde_json::to_value(one)),
            Record::Organisation(one) => (Kind::Organisation, one.id, serde_json::to_value(one)),
            Record::Place(one) => (Kind::Place, one.id, serde_json::to_value(one)),
        };
        let value = value.map_err(|error| InterchangeError::Broken {
            spot: incoming.spot.clone(),
            why: error.to_string(),
        })?;
        let now = Gathered {
            kind: kind.name().to_owned(),
            id,
            source_id: incoming.source_id,
            digest: digest(&value),
            file: incoming.spot.file,
            sheet: incoming.spot.sheet,
            line: incoming.spot.line,
            value,
        };
        let taken = self.take_in(now);
        taken.map_err(|error| InterchangeError::io(&self.folder, error).into())
    }

    fn find(&mut self, finding: Finding) -> Result<(), Stop> {
        let (sort, number) = match finding.weight {
            Weight::Refused => (LineSort::Refused, &mut self.counts.refused),
            Weight::Doubtful => (LineSort::Doubtful, &mut self.counts.doubtful),
            Weight::Note => (LineSort::Tidied, &mut self.counts.tidied),
        };
        *number = number.saturating_add(1);
        let mut line = Line::at(sort, &finding.spot);
        line.name = finding.record.unwrap_or_default();
        line.message = finding.message;
        let pushed = self.lines.push(&line);
        pushed.map_err(|error| InterchangeError::io(&self.folder, error).into())
    }

    fn step(&mut self, done: u64, total: u64) -> Result<(), Stop> {
        self.job.step(done, total)
    }
}

impl All {
    /// How many records there are.
    pub(crate) fn len(&self) -> usize {
        self.seen.len()
    }

    /// Whether there is such a record.
    pub(crate) fn has(&self, key: (Kind, RecordId)) -> bool {
        self.seen.contains_key(&key)
    }

    /// Hands over each record as it says in the end, in the order in which they came first or were
    /// last added to.
    pub(crate) fn each(
        &self,
        mut take: impl FnMut(Gathered) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let failed = |error| Stop::from(InterchangeError::io(&self.folder, error));
        let file: File = self.file.reopen().map_err(failed)?;
        let mut reader = BufReader::new(file);
        let (mut line, mut at) = (String::new(), 0);
        loop {
            line.clear();
            let read = reader.read_line(&mut line).map_err(failed)?;
            if read == 0 {
                return Ok(());
            }
            let record: Gathered =
                serde_json::from_str(&line).map_err(|error| failed(error.into()))?;
            let latest = self.seen.get(&(record.kind(), record.id));
            if latest.is_some_and(|seen| seen.at == at) {
                take(record)?;
            }
            at += u64::try_from(read).unwrap_or(u64::MAX);
        }
    }
}

/// A number that tells one record from another, the same on every machine.
fn digest(value: &Value) -> i64 {
    let [a, b, c, d, e, f, g, h, ..] = *RecordId::named(&value.to_string()).as_bytes();
    i64::from_be_bytes([a, b, c, d, e, f, g, h])
}
