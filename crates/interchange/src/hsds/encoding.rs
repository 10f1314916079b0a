//! JSON is UTF-8. UTF-16, with or without its mark, is told with certainty and read too; bytes that
//! are neither are not guessed at.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE};

/// A text in UTF-8, whichever way it was written.
pub(super) enum Text<R> {
    /// As it is.
    Plain(io::Chain<io::Cursor<Vec<u8>>, R>),
    /// Two bytes a letter.
    Wide(Box<Wide<R>>),
}

impl<R: Read> Text<R> {
    /// Looks at the first bytes.
    pub(super) fn open(mut reader: R) -> io::Result<Self> {
        let mut first = Vec::new();
        let _read = reader.by_ref().take(4).read_to_end(&mut first)?;
        let wide = match first.as_slice() {
            [0xef, 0xbb, 0xbf, ..] => {
                let rest = first.split_off(3);
                return Ok(Self::Plain(io::Cursor::new(rest).chain(reader)));
            }
            [0xff, 0xfe, ..] | [b'{' | b'[', 0, ..] => UTF_16LE,
            [0xfe, 0xff, ..] | [0, b'{' | b'[', ..] => UTF_16BE,
            _ => return Ok(Self::Plain(io::Cursor::new(first).chain(reader))),
        };
        Ok(Self::Wide(Box::new(Wide {
            raw: io::Cursor::new(first).chain(reader),
            decoder: wide.new_decoder_with_bom_removal(),
            ready: Vec::new(),
            given: 0,
            ended: false,
        })))
    }

    /// Whether its bytes are about half as many as those of the file.
    pub(super) fn is_wide(&self) -> bool {
        matches!(self, Self::Wide(_))
    }
}

impl<R: Read> Read for Text<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(reader) => reader.read(into),
            Self::Wide(wide) => wide.read(into),
        }
    }
}

/// Reads UTF-16 as UTF-8.
pub(super) struct Wide<R> {
    raw: io::Chain<io::Cursor<Vec<u8>>, R>,
    decoder: Decoder,
    ready: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Wide<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && !self.ended {
            self.fill()?;
        }
        let ready = self.ready.get(self.given..).unwrap_or_default();
        let mut ready = io::Cursor::new(ready);
        let given = ready.read(into)?;
        self.given += given;
        Ok(given)
    }

    fn fill(&mut self) -> io::Result<()> {
        let mut raw = vec![0; 16 * 1024];
        let read = self.raw.read(&mut raw)?;
        raw.truncate(read);
        self.ended = read == 0;
        self.given = 0;
        let most = self
            .decoder
            .max_utf8_buffer_length(read)
            .unwrap_or_default();
        self.ready = vec![0; most.max(16)];
        let (result, _, written, wrong) =
            self.decoder
                .decode_to_utf8(&raw, &mut self.ready, self.ended);
        self.ready.truncate(written);
        if wrong || result == CoderResult::OutputFull {
            let why = "half a letter in UTF-16: save the file as UTF-8 and try again";
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        let _length = Text::open(bytes)?.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn marks_are_dropped_and_wide_letters_read() {
        let said = r#"{"name":"Café 😀"}"#;
        let wide = |mark: &[u8], bytes: fn(u16) -> [u8; 2]| {
            let letters = said.encode_utf16().flat_map(bytes);
            mark.iter().copied().chain(letters).collect::<Vec<u8>>()
        };
        assert_eq!(read(said.as_bytes()).unwrap(), said);
        assert_eq!(
            read(&[b"\xef\xbb\xbf", said.as_bytes()].concat()).unwrap(),
            said
        );
        assert_eq!(read(&wide(&[0xff, 0xfe], u16::to_le_bytes)).unwrap(), said);
        assert_eq!(read(&wide(&[], u16::to_le_bytes)).unwrap(), said);
        assert_eq!(read(&wide(&[0xfe, 0xff], u16::to_be_bytes)).unwrap(), said);
        assert_eq!(read(&wide(&[], u16::to_be_bytes)).unwrap(), said);
        assert_eq!(read(b"").unwrap(), "");
    }

    #[test]
    fn half_a_letter_is_an_error() {
        assert!(read(&[0xff, 0xfe, b'{', 0, 0]).is_err());
        assert!(read(&[0xff, 0xfe, b'{', 0, 0, 0xd8, b'x', 0]).is_err());
    }
}
