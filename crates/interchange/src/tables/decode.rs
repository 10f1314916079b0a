//! From the bytes of a text file to its text, chunk by chunk.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, UTF_8, WINDOWS_1252};

use super::survey::{CHUNK, read_full};

/// Gives text for bytes.
pub(super) struct Decoding<R> {
    reader: R,
    bytes: Vec<u8>,
    kept: usize,
    done: u64,
    decoder: Option<Decoder>,
    fresh: bool,
    ended: bool,
}

impl<R: Read> Decoding<R> {
    /// From this reader, in this encoding; a byte order mark is taken off.
    pub(super) fn new(reader: R, encoding: &'static Encoding) -> Self {
        Self {
            reader,
            bytes: vec![0; CHUNK],
            kept: 0,
            done: 0,
            decoder: (encoding != UTF_8).then(|| encoding.new_decoder_with_bom_removal()),
            fresh: true,
            ended: false,
        }
    }

    /// The reader, wherever it stands.
    pub(super) fn into_reader(self) -> R {
        self.reader
    }

    /// How many bytes were read.
    pub(super) fn done(&self) -> u64 {
        self.done
    }

    /// The next chunk of text, in place of what `text` holds; false at the end. NUL is left out:
    /// it stands for nothing in any text.
    pub(super) fn read(&mut self, text: &mut String) -> io::Result<bool> {
        text.clear();
        while text.is_empty() {
            if self.ended {
                return Ok(false);
            }
            let free = self.bytes.get_mut(self.kept..).unwrap_or_default();
            let room = free.len();
            let read = read_full(&mut self.reader, free)?;
            self.done = self.done.saturating_add(read as u64);
            self.ended = read < room;
            let filled = self.kept.saturating_add(read);
            self.decode(filled, text);
            if text.as_bytes().contains(&0) {
                text.retain(|c| c != '\0');
            }
        }
        Ok(true)
    }

    fn decode(&mut self, filled: usize, text: &mut String) {
        let bytes = self.bytes.get(..filled).unwrap_or_default();
        let Some(decoder) = &mut self.decoder else {
            let used = utf8(bytes, self.ended, text);
            self.bytes.copy_within(used..filled, 0);
            self.kept = filled.saturating_sub(used);
            if std::mem::take(&mut self.fresh) && text.starts_with('\u{feff}') {
                text.remove(0);
            }
            return;
        };
        let room = decoder.max_utf8_buffer_length(bytes.len());
        text.reserve(room.unwrap_or(CHUNK.saturating_mul(4)));
        // The room suffices by the decoder's own reckoning, so all is decoded in one go.
        let (_all, _read, _replaced) = decoder.decode_to_string(bytes, text, self.ended);
    }
}

/// UTF-8, with what is not UTF-8 read as Windows-1252: people paste the one into the other, and
/// nothing is lost that way. Answers how much was used.
fn utf8(bytes: &[u8], last: bool, text: &mut String) -> usize {
    let mut rest = bytes;
    loop {
        let error = match std::str::from_utf8(rest) {
            Ok(valid) => {
                text.push_str(valid);
                return bytes.len();
            }
            Err(error) => error,
        };
        let (valid, after) = rest.split_at(error.valid_up_to());
        text.push_str(std::str::from_utf8(valid).unwrap_or_default());
        let stray = match error.error_len() {
            Some(length) => length,
            None if last => after.len(),
            None => return bytes.len().saturating_sub(after.len()),
        };
        let (stray, after) = after.split_at(stray.min(after.len()));
        let (read, _) = WINDOWS_1252.decode_without_bom_handling(stray);
        text.push_str(&read);
        rest = after;
    }
}
