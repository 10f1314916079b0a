//! Writing packs.

use domain::RecordId;

use super::PackError;
use crate::{Hash, LARGEST_PACK, LARGEST_UNPACKED, Line};

/// Bytes of lines that go into one pack, if they compress as records do: about half of the largest
/// pack, so that what a cut connection has to fetch again is little.
const USUAL_UNPACKED: usize = 4 * 1024 * 1024;

/// A pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// Its name.
    pub hash: Hash,
    /// The bytes that travel.
    pub bytes: Vec<u8>,
    /// The bucket of its first record.
    pub from_bucket: u8,
    /// The bucket of its last record.
    pub to_bucket: u8,
    /// Its lines.
    pub lines: u64,
}

/// Writes lines into packs, sorted by identifier.
///
/// # Errors
/// [`PackError::Unfit`] when a record is too large or its body has line breaks,
/// [`PackError::Order`] when one comes twice.
pub fn write(lines: &[Line], level: i32) -> Result<Vec<Packed>, PackError> {
    let mut sorted: Vec<&Line> = lines.iter().collect();
    sorted.sort_by(|a, b| (a.id, &a.kind).cmp(&(b.id, &b.kind)));
    let mut writer = Writer::new(level)?;
    let mut packs = Vec::new();
    for line in sorted {
        packs.extend(writer.push(line)?);
    }
    packs.extend(writer.finish()?);
    Ok(packs)
}

/// Writes packs from lines that come in the order of their identifiers, with no more than one pack in memory.
pub struct Writer {
    compressor: zstd::bulk::Compressor<'static>,
    text: Vec<u8>,
    /// Of each line that waits: where it ends, and its bucket.
    ends: Vec<(usize, u8)>,
    last: Option<(RecordId, String)>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer")
            .field("waiting", &self.ends.len())
            .finish_non_exhaustive()
    }
}

impl Writer {
    /// Compresses at this level.
    ///
    /// # Errors
    /// [`PackError::Damaged`] when zstd does not know the level.
    pub fn new(level: i32) -> Result<Self, PackError> {
        Ok(Self {
            compressor: zstd::bulk::Compressor::new(level).map_err(PackError::Damaged)?,
            text: Vec::new(),
            ends: Vec::new(),
            last: None,
        })
    }

    /// Takes a line; gives the packs that are full with it.
    ///
    /// # Errors
    /// [`PackError::Unfit`], [`PackError::Order`] as for [`write()`].
    pub fn push(&mut self, line: &Line) -> Result<Vec<Packed>, PackError> {
        let place = (line.id, line.kind.clone());
        if self.last.as_ref().is_some_and(|last| *last >= place) {
            return Err(PackError::Order { id: line.id });
        }
        let unfit = |why: String| PackError::Unfit { id: line.id, why };
        let text = serde_json::to_vec(line).map_err(|error| unfit(error.to_string()))?;
        if text.contains(&b'\n') {
            return Err(unfit("its text has line breaks between members".to_owned()));
        }
        if text.len() >= LARGEST_UNPACKED {
            return Err(unfit(format!("{} bytes are too many", text.len())));
        }
        let full = !self.text.is_empty() && self.text.len() + text.len() >= USUAL_UNPACKED;
        let packs = if full { self.finish()? } else { Vec::new() };
        self.text.extend_from_slice(&text);
        self.text.push(b'\n');
        self.ends.push((self.text.len(), line.bucket()));
        self.last = Some(place);
        Ok(packs)
    }

    /// Packs of what waits.
    ///
    /// # Errors
    /// [`PackError::Unfit`] when a single record is larger than a pack.
    pub fn finish(&mut self) -> Result<Vec<Packed>, PackError> {
        let (text, ends) = (
            std::mem::take(&mut self.text),
            std::mem::take(&mut self.ends),
        );
        let mut packs = Vec::new();
        self.pack(&text, 0, &ends, &mut packs)?;
        Ok(packs)
    }

    /// Packs these lines, which start at a byte; in two halves where one pack would be too large.
    fn pack(
        &mut self,
        text: &[u8],
        start: usize,
        ends: &[(usize, u8)],
        packs: &mut Vec<Packed>,
    ) -> Result<(), PackError> {
        let (Some((_, from_bucket)), Some((end, to_bucket))) = (ends.first(), ends.last()) else {
            return Ok(());
        };
        let lines = text.get(start..*end).unwrap_or_default();
        let bytes = self
            .compressor
            .compress(lines)
            .map_err(PackError::Damaged)?;
        if bytes.len() <= LARGEST_PACK {
            packs.push(Packed {
                hash: Hash::of(&bytes),
                bytes,
                from_bucket: *from_bucket,
                to_bucket: *to_bucket,
                lines: u64::try_from(ends.len()).unwrap_or(u64::MAX),
            });
            return Ok(());
        }
        let (first, second) = ends.split_at(ends.len() / 2);
        let Some((middle, _)) = first.last() else {
            let id = self
                .last
                .as_ref()
                .map_or(RecordId::from_bytes([0; 16]), |last| last.0);
            let why = format!("{} bytes are too many even compressed", bytes.len());
            return Err(PackError::Unfit { id, why });
        };
        self.pack(text, start, first, packs)?;
        self.pack(text, *middle, second, packs)
    }
}
