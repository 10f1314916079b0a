//! The lines of a file and the fields of a line, in bounded memory. No list of postcodes has a line
//! break inside a field, so a quote that is never closed spoils its own line only.

use std::io::{self, BufRead, BufReader, ErrorKind, Read};

use super::source::Input;
use crate::{InterchangeError, Spot};

/// No line of a list of postcodes is nearly as long.
const LONGEST_LINE: u64 = 64 << 10;
/// Nor has as many fields.
const MOST_FIELDS: usize = 512;
/// No lists of postcodes are as large together, packed or not: ONSPD takes 1.4 GB.
pub(super) const MOST_BYTES: u64 = 8 << 30;

/// Reads a file line by line.
pub(super) struct Lines<'a> {
    input: BufReader<&'a mut dyn Read>,
    fault: fn(&Spot, &io::Error) -> InterchangeError,
    line: Vec<u8>,
    spot: Spot,
    number: u64,
    /// Bytes that may still be read.
    left: u64,
}

impl<'a> Lines<'a> {
    /// Reads `left` bytes at most.
    pub(super) fn new(input: Input<'a>, file: &str, left: u64) -> Self {
        Self {
            input: BufReader::with_capacity(64 << 10, input.from),
            fault: input.fault,
            line: Vec::new(),
            spot: Spot::file(file),
            number: 0,
            left,
        }
    }

    /// The next line with its end, which the last one is given too; none after the last.
    pub(super) fn next(&mut self) -> Result<Option<&[u8]>, InterchangeError> {
        self.line.clear();
        let mut room = (&mut self.input).take(LONGEST_LINE);
        let read = room.read_until(b'\n', &mut self.line);
        let read = read.map_err(|error| (self.fault)(&self.spot(), &error))?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        let read = u64::try_from(read).unwrap_or(LONGEST_LINE);
        self.left = match self.left.checked_sub(read) {
            Some(left) => left,
            None => return Err(self.too_large("the files hold more than 8 GB")),
        };
        if self.number == 1 {
            self.check_letters()?;
        }
        if !self.line.ends_with(b"\n") {
            if read == LONGEST_LINE {
                return Err(self.too_large("the line is longer than 64 kB"));
            }
            self.line.push(b'\n');
        }
        Ok(Some(&self.line))
    }

    /// Where the line is that was read last.
    pub(super) fn spot(&self) -> Spot {
        self.spot.at_line(self.number)
    }

    /// Bytes that may still be read.
    pub(super) fn left(&self) -> u64 {
        self.left
    }

    fn check_letters(&mut self) -> Result<(), InterchangeError> {
        if self.line.starts_with(&[0xff, 0xfe]) || self.line.starts_with(&[0xfe, 0xff]) {
            return Err(self.broken("is written in UTF-16: save it as CSV in UTF-8"));
        }
        if self.line.starts_with(&[0xef, 0xbb, 0xbf]) {
            self.line.drain(..3);
        }
        Ok(())
    }

    fn broken(&self, why: &str) -> InterchangeError {
        InterchangeError::Broken {
            spot: self.spot(),
            why: why.to_owned(),
        }
    }

    fn too_large(&self, what: &str) -> InterchangeError {
        InterchangeError::TooLarge {
            spot: self.spot(),
            why: format!("{what}, unlike any list of postcodes: choose another file"),
        }
    }
}

/// A file outside archives can't be read on.
pub(super) fn broken_off(spot: &Spot, error: &io::Error) -> InterchangeError {
    let torn = [
        ErrorKind::InvalidData,
        ErrorKind::InvalidInput,
        ErrorKind::UnexpectedEof,
    ];
    let why = if torn.contains(&error.kind()) {
        "is broken off or damaged: fetch the file again"
    } else {
        "could not be read: is the disk or stick still there?"
    };
    InterchangeError::Broken {
        spot: spot.clone(),
        why: format!("{why} ({error})"),
    }
}

/// Splits lines into fields, always in the same memory.
pub(super) struct Splitter {
    reader: csv_core::Reader,
    letters: Vec<u8>,
    ends: Vec<usize>,
    fields: usize,
}

impl Splitter {
    pub(super) fn new(delimiter: u8) -> Self {
        Self {
            reader: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            letters: vec![0; usize::try_from(LONGEST_LINE).unwrap_or(1 << 16) + 1],
            ends: vec![0; MOST_FIELDS],
            fields: 0,
        }
    }

    /// Takes a line that ends with a line break; false where it is no whole record.
    pub(super) fn split(&mut self, line: &[u8]) -> bool {
        self.reader.reset();
        let (result, _, _, ends) = self
            .reader
            .read_record(line, &mut self.letters, &mut self.ends);
        let whole = matches!(result, csv_core::ReadRecordResult::Record);
        self.fields = if whole { ends } else { 0 };
        whole
    }

    pub(super) fn len(&self) -> usize {
        self.fields
    }

    /// A field without blanks around it; empty where there is none.
    pub(super) fn field(&self, n: usize) -> &[u8] {
        let end = |n: usize| self.ends.get(n).copied().filter(|_| n < self.fields);
        let start = n.checked_sub(1).map_or(Some(0), end);
        let field = start
            .zip(end(n))
            .and_then(|(start, end)| self.letters.get(start..end));
        field.unwrap_or_default().trim_ascii()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(from: &mut dyn Read, left: u64) -> Lines<'_> {
        let input = Input {
            from,
            done: &|| 0,
            fault: broken_off,
        };
        Lines::new(input, "a.csv", left)
    }

    #[test]
    fn a_line_too_long_a_foreign_script_and_an_open_quote_are_told() {
        let mut endless = io::repeat(b'M');
        assert!(matches!(
            lines(&mut endless, MOST_BYTES).next(),
            Err(InterchangeError::TooLarge { .. })
        ));
        let mut many: &[u8] = b"M1 1AA\nM1 1AB\n";
        let mut many = lines(&mut many, 10);
        assert!(many.next().is_ok());
        assert!(many.next().unwrap_err().to_string().contains("8 GB"));
        let mut wide: &[u8] = &[0xff, 0xfe, b'p', 0];
        let wide = lines(&mut wide, MOST_BYTES).next().unwrap_err().to_string();
        assert!(wide.contains("UTF-16"));

        let mut text: &[u8] = "\u{feff}a,\"b,c\" , d\n\"open,1\n2".as_bytes();
        let mut lines = lines(&mut text, MOST_BYTES);
        let mut splitter = Splitter::new(b',');
        assert!(splitter.split(lines.next().unwrap().unwrap()));
        let fields: Vec<&[u8]> = (0..4).map(|n| splitter.field(n)).collect();
        assert_eq!(fields, [&b"a"[..], b"b,c", b"d", b""]);
        assert!(!splitter.split(lines.next().unwrap().unwrap()));
        assert!(splitter.split(lines.next().unwrap().unwrap()));
        assert_eq!((splitter.field(0), lines.spot().line), (&b"2"[..], Some(3)));
        assert!(lines.next().unwrap().is_none());
    }
}
