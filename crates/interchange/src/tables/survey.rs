//! Looks through a whole text file once: its encoding can be told for certain only at its end.

use std::fs::File;
use std::io::{self, Read};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// As much as is looked at in one go.
pub(super) const CHUNK: usize = 64 * 1024;

/// What a text file is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Survey {
    /// Its encoding.
    pub encoding: &'static Encoding,
    /// Bytes in a UTF-8 file that are not UTF-8.
    pub strays: u64,
    /// How many NUL bytes there are that no encoding asks for.
    pub nuls: u64,
}

/// What is counted on the way.
#[derive(Debug, Default)]
struct Tally {
    wide: u64,
    strays: u64,
    nuls: u64,
}

/// Looks through all of it.
pub(super) fn survey(file: &mut File) -> io::Result<Survey> {
    let mut buffer = vec![0; CHUNK];
    let mut kept = read_full(file, &mut buffer)?;
    let head = buffer.get(..kept).unwrap_or_default();
    if let Some(encoding) = sixteen_bits(head) {
        return Ok(Survey {
            encoding,
            strays: 0,
            nuls: 0,
        });
    }
    let mut tally = Tally::default();
    loop {
        let last = kept < buffer.len();
        let chunk = buffer.get(..kept).unwrap_or_default();
        let used = tally.add(chunk, last);
        if last {
            return Ok(tally.verdict());
        }
        buffer.copy_within(used..kept, 0);
        let rest = kept.saturating_sub(used);
        let free = buffer.get_mut(rest..).unwrap_or_default();
        kept = rest.saturating_add(read_full(file, free)?);
    }
}

impl Tally {
    /// Counts a chunk; answers how much of it was used, which is all but a character that may go
    /// on in the next chunk.
    fn add(&mut self, chunk: &[u8], last: bool) -> usize {
        let mut rest = chunk;
        while !rest.is_empty() {
            let (valid, error) = match std::str::from_utf8(rest) {
                Ok(text) => (text.as_bytes(), None),
                Err(error) => {
                    let (valid, _) = rest.split_at(error.valid_up_to());
                    (valid, Some(error.error_len()))
                }
            };
            self.wide = self.wide.saturating_add(count(valid, |byte| byte >= 0xc0));
            self.nuls = self.nuls.saturating_add(count(valid, |byte| byte == 0));
            let stray = match error {
                None => return chunk.len(),
                Some(None) if !last => {
                    return chunk
                        .len()
                        .saturating_sub(rest.len().saturating_sub(valid.len()));
                }
                Some(length) => length.unwrap_or(rest.len().saturating_sub(valid.len())),
            };
            self.strays = self.strays.saturating_add(stray as u64);
            rest = rest
                .get(valid.len().saturating_add(stray)..)
                .unwrap_or_default();
        }
        chunk.len()
    }

    /// UTF-8 if nothing speaks against it, or much more speaks for it; else Windows-1252, in which
    /// two accents rarely make up a character of UTF-8 by chance.
    fn verdict(&self) -> Survey {
        let utf8 = self.strays == 0 || self.wide > self.strays.saturating_mul(2);
        Survey {
            encoding: if utf8 { UTF_8 } else { WINDOWS_1252 },
            strays: if utf8 { self.strays } else { 0 },
            nuls: self.nuls,
        }
    }
}

/// How many bytes are so.
fn count(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> u64 {
    bytes.iter().filter(|byte| wanted(**byte)).count() as u64
}

/// UTF-16 by its mark, or by every other byte being NUL in a text of mostly Latin letters.
fn sixteen_bits(head: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return (encoding != UTF_8).then_some(encoding);
    }
    let pairs = head.len() / 2;
    let nuls = |odd: usize| {
        head.iter()
            .skip(odd)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (nuls(0), nuls(1));
    if odd > pairs / 2 && even < pairs / 20 + 1 {
        Some(UTF_16LE)
    } else if even > pairs / 2 && odd < pairs / 20 + 1 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Reads until the buffer is full or the file ends.
pub(super) fn read_full(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(free) = buffer.get_mut(filled..).filter(|free| !free.is_empty()) {
        match reader.read(free) {
            Ok(0) => break,
            Ok(read) => filled = filled.saturating_add(read),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
