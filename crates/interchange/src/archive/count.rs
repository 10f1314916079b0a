//! How many entries an archive says it has, before memory is spent on reading their list.

use std::io::{self, Read, Seek, SeekFrom};

/// The end record's own length, and the longest comment that may follow it.
const END: u64 = 22;
const COMMENT: u64 = 65_535;
/// Begins the end record.
const SIGNATURE: [u8; 4] = *b"PK\x05\x06";
/// Where in the end record the count stands.
const COUNT: usize = 10;

/// The count of the last end record; none where there is no such record. A count that takes more
/// than two bytes comes out as the largest that two can say.
pub(super) fn entries(file: &mut (impl Read + Seek)) -> io::Result<Option<u64>> {
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(END + COMMENT)))?;
    let mut tail = Vec::new();
    file.by_ref().take(END + COMMENT).read_to_end(&mut tail)?;
    file.seek(SeekFrom::Start(0))?;
    let at = tail
        .windows(SIGNATURE.len())
        .rposition(|four| four == SIGNATURE);
    let count = at.and_then(|at| match tail.get(at + COUNT..at + COUNT + 2) {
        Some(&[low, high]) => Some(u64::from(u16::from_le_bytes([low, high]))),
        Some(_) | None => None,
    });
    Ok(count)
}
