//! The write-ahead log, read without the database's help. SQLite ignores whatever follows the first
//! frame that is not right, which is as it should be after a power cut and would lose accepted
//! changes after damage: here both are told apart, and every frame can still be had.

use std::io;
use std::path::Path;

use crate::salvage::pages::{PAGE, be32};

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// One page as it was written.
pub(crate) struct Frame<'w> {
    /// The number of the page.
    pub(crate) page: u32,
    /// Its content.
    pub(crate) content: &'w [u8],
    commits: bool,
    whole: bool,
}

/// A write-ahead log.
pub(crate) struct Wal(Vec<u8>);

impl Wal {
    /// Reads it; absent and empty are the same.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub(crate) fn read(path: &Path) -> io::Result<Self> {
        match std::fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self(Vec::new())),
            read => read.map(Self),
        }
    }

    /// True when it holds accepted changes that SQLite would not see. The last transaction does not
    /// count: torn by a power cut, it was never accepted.
    pub(crate) fn hides_changes(&self) -> bool {
        let hidden = self.frames().filter(|f| !f.whole && f.commits);
        if self.header_is_right() {
            hidden.count() > 1
        } else {
            hidden.count() > 0
        }
    }

    /// The frames of transactions that were finished, whether SQLite would see them or not.
    pub(crate) fn finished(&self) -> Vec<Frame<'_>> {
        let mut frames: Vec<Frame<'_>> = self.frames().collect();
        let end = frames.iter().rposition(|frame| frame.commits);
        frames.truncate(end.map_or(0, |last| last.saturating_add(1)));
        frames
    }

    fn header_is_right(&self) -> bool {
        let Some(header) = self.0.get(..HEADER) else {
            return false;
        };
        let sum = checksum(
            (0, 0),
            header.get(..24).unwrap_or_default(),
            self.big_endian(),
        );
        let kept = (be32(header, 24), be32(header, 28));
        self.big_endian().is_some() && be32(header, 8) == Some(4096) && sum == both(kept)
    }

    /// In which order the checksums take their bytes; absent: the header does not say.
    fn big_endian(&self) -> Option<bool> {
        match be32(&self.0, 0)? {
            0x377f_0682 => Some(false),
            0x377f_0683 => Some(true),
            _ => None,
        }
    }

    /// Frames of the log's present round. Where the header is damaged, all frames are taken.
    fn frames(&self) -> impl Iterator<Item = Frame<'_>> {
        let right = self.header_is_right();
        let salts = self.0.get(16..24);
        let order = self.big_endian();
        let mut running = both((be32(&self.0, 24), be32(&self.0, 28))).filter(|_| right);
        let frames = self.0.get(HEADER..).unwrap_or_default();
        frames
            .chunks_exact(FRAME_HEADER + PAGE)
            .filter(move |frame| !right || frame.get(8..16) == salts)
            .filter_map(move |frame| {
                let (head, content) = frame.split_at_checked(FRAME_HEADER)?;
                let so_far = running.and_then(|sum| checksum(sum, head.get(..8)?, order));
                let so_far = so_far.and_then(|sum| checksum(sum, content, order));
                running = so_far.filter(|_| so_far == both((be32(head, 16), be32(head, 20))));
                Some(Frame {
                    page: be32(head, 0)?,
                    content,
                    commits: be32(head, 4)? > 0,
                    whole: running.is_some(),
                })
            })
    }
}

fn both(pair: (Option<u32>, Option<u32>)) -> Option<(u32, u32)> {
    pair.0.zip(pair.1)
}

/// SQLite's running checksum (file format, section 4.2).
fn checksum(start: (u32, u32), bytes: &[u8], big_endian: Option<bool>) -> Option<(u32, u32)> {
    let big_endian = big_endian?;
    let word = |four: &[u8]| {
        let four: [u8; 4] = four.try_into().unwrap_or_default();
        if big_endian {
            u32::from_be_bytes(four)
        } else {
            u32::from_le_bytes(four)
        }
    };
    let mut sum = start;
    for eight in bytes.chunks_exact(8) {
        let (first, second) = eight.split_at(4);
        sum.0 = sum.0.wrapping_add(word(first)).wrapping_add(sum.1);
        sum.1 = sum.1.wrapping_add(word(second)).wrapping_add(sum.0);
    }
    Some(sum)
}
