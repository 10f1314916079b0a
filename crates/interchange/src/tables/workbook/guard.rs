//! Looks through the XML of a workbook before anything builds values from it.
//!
//! A reader of XML holds one piece of it in memory, a reader of workbooks one cell and all shared
//! strings and styles, and makes room for as many strings as the file claims to have. What would
//! not fit is found here, in a pass that keeps nothing.

use std::io::{self, Read};

/// No piece of markup or text is longer: a cell of a spreadsheet has at most 32,767 characters.
const MOST_OF_A_PIECE: usize = 4 * 1024 * 1024;
/// No cell is longer, whatever it is pieced together from.
const MOST_OF_A_CELL: usize = 4 * 1024 * 1024;
/// Shared strings are held in memory, all of them.
const MOST_STRINGS: u64 = 10_000_000;
/// So are their texts.
const MOST_TEXT: u64 = 384 * 1024 * 1024;
/// What is neither cell nor string, such as styles, is held in memory too.
const MOST_OTHERS: u64 = 2_000_000;

/// Where in the XML the pass is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Text,
    Markup,
}

/// Passes over XML.
#[derive(Debug)]
pub(super) struct Guard {
    at: At,
    run: usize,
    markup: Vec<u8>,
    quote: Option<u8>,
    cell: Option<(Vec<u8>, usize)>,
    strings: u64,
    text: u64,
    others: u64,
    most_others: u64,
}

impl Guard {
    /// At the beginning of a part of an XLSX workbook.
    pub(super) fn new() -> Self {
        Self {
            most_others: MOST_OTHERS,
            ..Self::of_pieces()
        }
    }

    /// At the beginning of XML whose reader holds no more than a piece of it.
    pub(super) fn of_pieces() -> Self {
        Self {
            at: At::Text,
            run: 0,
            markup: Vec::new(),
            quote: None,
            cell: None,
            strings: 0,
            text: 0,
            others: 0,
            most_others: u64::MAX,
        }
    }

    /// Passes over these bytes; what is said where they break a bound is why.
    pub(super) fn pass(&mut self, bytes: &[u8]) -> Result<(), &'static str> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let end = match self.at {
                At::Text => b'<',
                At::Markup => b'>',
            };
            let found = rest.iter().position(|byte| *byte == end);
            let (piece, after) = rest.split_at(found.unwrap_or(rest.len()));
            self.count(piece.len())?;
            if self.at == At::Markup {
                self.keep(piece);
            }
            rest = after.get(1..).unwrap_or_default();
            match (found, self.at) {
                (None, _) => {}
                (Some(_), At::Text) => self.open(),
                (Some(_), At::Markup) if self.is_whole() => self.close()?,
                (Some(_), At::Markup) => self.keep(b">"),
            }
        }
        Ok(())
    }

    fn count(&mut self, length: usize) -> Result<(), &'static str> {
        self.run = self.run.saturating_add(length);
        if self.run > MOST_OF_A_PIECE {
            return Err("a single piece of it is longer than 4 MB");
        }
        if let Some((name, size)) = &mut self.cell {
            *size = size.saturating_add(length);
            if *size > MOST_OF_A_CELL {
                return Err("a cell in it is longer than 4 MB");
            }
            if local(name) == b"si" {
                self.text = self.text.saturating_add(length as u64);
            }
        }
        if self.text > MOST_TEXT {
            return Err("its texts are longer than 384 MB together");
        }
        Ok(())
    }

    fn open(&mut self) {
        self.at = At::Markup;
        self.run = 0;
        self.markup.clear();
        self.quote = None;
    }

    fn keep(&mut self, piece: &[u8]) {
        for byte in piece {
            match self.quote {
                Some(quote) if quote == *byte => self.quote = None,
                None if matches!(byte, b'"' | b'\'') => self.quote = Some(*byte),
                Some(_) | None => {}
            }
        }
        self.markup.extend_from_slice(piece);
    }

    /// Whether a `>` ends this markup.
    fn is_whole(&self) -> bool {
        let markup = self.markup.as_slice();
        if markup.starts_with(b"!--") {
            markup.len() >= 5 && markup.ends_with(b"--")
        } else if markup.starts_with(b"![CDATA[") {
            markup.ends_with(b"]]")
        } else if markup.starts_with(b"?") {
            markup.len() >= 2 && markup.ends_with(b"?")
        } else {
            self.quote.is_none()
        }
    }

    fn close(&mut self) -> Result<(), &'static str> {
        self.at = At::Text;
        self.run = 0;
        let markup = std::mem::take(&mut self.markup);
        let judged = self.judge(&markup);
        self.markup = markup;
        judged
    }

    fn judge(&mut self, markup: &[u8]) -> Result<(), &'static str> {
        if markup.starts_with(b"!DOCTYPE") || markup.starts_with(b"!ENTITY") {
            return Err("it declares entities, which no spreadsheet does");
        }
        if matches!(markup.first(), Some(b'!' | b'?') | None) {
            return Ok(());
        }
        if let Some(name) = markup.strip_prefix(b"/") {
            if self
                .cell
                .as_ref()
                .is_some_and(|(open, _)| open == name.trim_ascii())
            {
                self.cell = None;
            }
            return Ok(());
        }
        let name_ends = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'/';
        let name = markup.split(name_ends).next().unwrap_or_default();
        if local(name) == b"sst" && claims_too_many(markup) {
            return Err("it claims to hold more texts than a workbook can");
        }
        if self.cell.is_none() {
            self.begin(name, markup.ends_with(b"/"));
        }
        if self.strings > MOST_STRINGS {
            return Err("it holds more than 10,000,000 different texts");
        }
        if self.others > self.most_others {
            return Err("it holds more than 2,000,000 styles, links or marks");
        }
        Ok(())
    }

    fn begin(&mut self, name: &[u8], empty: bool) {
        match local(name) {
            b"si" => self.strings = self.strings.saturating_add(1),
            b"c" | b"row" => {}
            _ => self.others = self.others.saturating_add(1),
        }
        if !empty && matches!(local(name), b"si" | b"c") {
            self.cell = Some((name.to_vec(), 0));
        }
    }
}

/// Reads XML past a guard; what it refuses comes out as an [`io::Error`] that holds a [`Refused`].
pub(super) struct Guarded<R> {
    inner: R,
    guard: Guard,
}

/// Why reading ended.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Refused(pub &'static str);

impl<R> Guarded<R> {
    /// Reads from `inner`.
    pub(super) fn new(inner: R) -> Self {
        let guard = Guard::of_pieces();
        Self { inner, guard }
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let passed = self.guard.pass(buffer.get(..read).unwrap_or_default());
        passed.map_err(|why| io::Error::other(Refused(why)))?;
        Ok(read)
    }
}

/// A name without its prefix.
fn local(name: &[u8]) -> &[u8] {
    name.rsplit(|byte| *byte == b':').next().unwrap_or(name)
}

/// Whether room would be made for more strings than there may be: any number in the tag counts.
fn claims_too_many(tag: &[u8]) -> bool {
    let numbers = tag.split(|byte| !byte.is_ascii_digit());
    let mut claims = numbers.filter(|digits| !digits.is_empty()).map(|digits| {
        let text = std::str::from_utf8(digits).unwrap_or_default();
        text.parse::<u64>().unwrap_or(u64::MAX)
    });
    claims.any(|claim| claim > MOST_STRINGS)
}

#[cfg(test)]
mod tests {
    use super::Guard;

    fn passed(pieces: &[&[u8]]) -> Result<(), &'static str> {
        let mut guard = Guard::new();
        pieces.iter().try_for_each(|piece| guard.pass(piece))
    }

    #[test]
    fn ordinary_parts_pass_wherever_they_are_cut() {
        let part =
            b"<?xml version=\"1.0\"?><x:worksheet><!-- <c> > --><x:row r='1'><x:c r=\"A>1\">\
                     <x:v>1</x:v></x:c><x:c/></x:row><![CDATA[ <c> ]]></x:worksheet>";
        let bytes: Vec<&[u8]> = part.chunks(1).collect();
        assert_eq!(passed(&bytes), Ok(()));
        assert_eq!(passed(&[part]), Ok(()));
    }

    #[test]
    fn what_would_fill_the_memory_is_refused() {
        let long = vec![b'x'; 3_000_000];
        let tag = b"<r><t>".as_slice();
        assert!(passed(&[b"<c><v>", &long]).is_ok());
        assert!(passed(&[b"<c><v>", &long, &long]).is_err());
        assert!(passed(&[b"<si>", tag, &long, tag, &long]).is_err());
        assert!(passed(&[b"<si>", tag, &long, b"</x:si>", tag, &long]).is_err());
        assert!(passed(&[b"<a b='", &long, &long]).is_err());
        assert!(passed(&[b"<![CDATA[<c>", &long, b"<c>", &long]).is_err());
        assert!(passed(&[b"<!DOCTYPE a>"]).is_err());
        assert!(passed(&[b"<sst count='1' uniqueCount='999999999999999'>"]).is_err());
        assert!(passed(&[b"<sst xmlns='http://a.org/2006/main' uniqueCount='9'>"]).is_ok());
        let xfs = b"<xf/>".repeat(1_000_000);
        assert!(passed(&[&xfs, b"<a>", &xfs]).is_err());
    }
}
