//! Packs: zstd-compressed lines, one record a line, sorted by identifier, named by their bytes.
//!
//! The same lines at the same level give the same bytes. Reading trusts nothing: a pack may take no
//! more memory than [`LARGEST_UNPACKED`], whatever it says of itself.

mod write;

use std::io::Read as _;

use domain::RecordId;

pub use write::{Packed, Writer, write};

use crate::{LARGEST_PACK, LARGEST_UNPACKED, Line};

/// Level for snapshots, which are made seldom and fetched by everybody.
pub const SNAPSHOT_LEVEL: i32 = 19;
/// Level for segments, which are made with every publication.
pub const SEGMENT_LEVEL: i32 = 9;

/// The longest way back that a pack may refer to, as a power of two: what keeps a hostile one from
/// claiming memory.
const WINDOW_LOG_MAX: u32 = 24;

/// Why a pack can't be read or written.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// Larger than a pack may be.
    #[error("a pack of {size} bytes is too large: {LARGEST_PACK} at most")]
    TooLarge {
        /// Its bytes.
        size: usize,
    },
    /// Its lines are more than may be unpacked.
    #[error("a pack's lines are too long: {LARGEST_UNPACKED} bytes at most")]
    TooLong,
    /// Not zstd, altered or cut off.
    #[error("a pack can't be unpacked, it was altered or cut off: {0}")]
    Damaged(#[source] std::io::Error),
    /// A line is no record.
    #[error("line {number} of a pack is no record: {source}")]
    Line {
        /// Which, from 1.
        number: usize,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The end is missing.
    #[error("line {number} of a pack has no end")]
    CutOff {
        /// Which, from 1.
        number: usize,
    },
    /// A record comes after one that it should come before, or twice.
    #[error("record {id} stands in the wrong place in a pack: lines are sorted by identifier")]
    Order {
        /// The record.
        id: RecordId,
    },
    /// A record that can't be put in a pack.
    #[error("record {id} can't be put in a pack: {why}")]
    Unfit {
        /// The record.
        id: RecordId,
        /// Why not.
        why: String,
    },
}

/// Reads a pack. Its lines come one by one, each checked when its turn comes; after a fault comes
/// nothing more.
///
/// # Errors
/// [`PackError`] when it is too large or can't be unpacked.
pub fn read(bytes: &[u8]) -> Result<Lines, PackError> {
    if bytes.len() > LARGEST_PACK {
        return Err(PackError::TooLarge { size: bytes.len() });
    }
    let text = unpacked(bytes, LARGEST_UNPACKED).map_err(PackError::Damaged)?;
    Ok(Lines {
        text: text.ok_or(PackError::TooLong)?,
        at: 0,
        number: 0,
        last: None,
    })
}

/// Unpacks zstd into so many bytes at most; none: they are more.
pub(crate) fn unpacked(bytes: &[u8], most: usize) -> std::io::Result<Option<Vec<u8>>> {
    let mut decoder = zstd::Decoder::with_buffer(bytes)?;
    decoder.window_log_max(WINDOW_LOG_MAX)?;
    let mut text = Vec::new();
    let and_one = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    decoder.take(and_one).read_to_end(&mut text)?;
    Ok((text.len() <= most).then_some(text))
}

/// The lines of a pack.
#[derive(Debug)]
pub struct Lines {
    text: Vec<u8>,
    /// Where the next line starts; none: it is over.
    at: usize,
    number: usize,
    last: Option<(RecordId, String)>,
}

impl Iterator for Lines {
    type Item = Result<Line, PackError>;

    fn next(&mut self) -> Option<Self::Item> {
        let left = self.text.get(self.at..).filter(|left| !left.is_empty())?;
        self.number += 1;
        let end = left.iter().position(|byte| *byte == b'\n');
        let line = match end.and_then(|end| left.get(..end)) {
            Some(line) => read_line(line, self.number, self.last.as_ref()),
            None => Err(PackError::CutOff {
                number: self.number,
            }),
        };
        match (&line, end) {
            (Ok(line), Some(end)) => {
                self.at = self.at.saturating_add(end).saturating_add(1);
                self.last = Some((line.id, line.kind.clone()));
            }
            (Ok(_) | Err(_), _) => self.at = self.text.len(),
        }
        Some(line)
    }
}

fn read_line(
    text: &[u8],
    number: usize,
    last: Option<&(RecordId, String)>,
) -> Result<Line, PackError> {
    let line: Line =
        serde_json::from_slice(text).map_err(|source| PackError::Line { number, source })?;
    match last {
        Some((id, kind)) if (*id, kind) >= (line.id, &line.kind) => {
            Err(PackError::Order { id: line.id })
        }
        Some(_) | None => Ok(line),
    }
}

#[cfg(test)]
mod tests;
