//! Finds the documents in a JSON file of any size, one at a time, without reading it as a whole:
//! the elements of an array or of a page's `contents`, the values of NDJSON, or a single object.
//!
//! Only where a document begins and ends is looked at here; a document that is wrong inside spoils
//! no other one.

mod bytes;

use std::io::Read;

use bytes::Bytes;

use crate::{InterchangeError, Spot, Stop};

/// A document as it stands in the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Its text; none: it is longer than [`LONGEST`].
    pub(super) text: Option<Vec<u8>>,
    /// The line in which it begins.
    pub(super) line: u64,
    /// The column in which it begins.
    pub(super) column: u64,
}

/// The bytes that one document may have.
pub(super) const LONGEST: usize = 16 * 1024 * 1024;

/// Told how many bytes were read, again and again.
pub(super) type Tick<'a> = dyn FnMut(u64) -> Result<(), Stop> + 'a;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    /// Between documents that follow each other.
    File,
    /// In an array, before its first element or after another one.
    Array { first: bool, page: bool },
    /// In a page, beyond its documents.
    Page,
}

/// The documents of a file, in their order.
pub(super) struct Documents<R> {
    bytes: Bytes<R>,
    within: Within,
}

impl<R: Read> Documents<R> {
    pub(super) fn new(reader: R, spot: &Spot) -> Self {
        Self {
            bytes: Bytes::new(reader, spot),
            within: Within::File,
        }
    }

    /// How many bytes were read.
    pub(super) fn done(&self) -> u64 {
        self.bytes.done()
    }

    /// The next document.
    pub(super) fn next(&mut self, tick: &mut Tick<'_>) -> Result<Option<Found>, InterchangeError> {
        loop {
            let next = self.bytes.past_space()?;
            if (self.within, next) == (Within::File, None) {
                return Ok(None);
            }
            let found = match self.within {
                Within::File => self.begin(next, tick)?,
                Within::Array { first, page } => self.element((first, page), next, tick)?,
                Within::Page => self.end_of_page(tick)?,
            };
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    fn begin(
        &mut self,
        next: Option<u8>,
        tick: &mut Tick<'_>,
    ) -> Result<Option<Found>, InterchangeError> {
        match next {
            Some(b'{') => self.object(tick),
            Some(b'[') => {
                self.bytes.skip();
                self.within = Within::Array {
                    first: true,
                    page: false,
                };
                Ok(None)
            }
            _ => Err(self
                .bytes
                .broken("this is not JSON: records begin with { or [")),
        }
    }

    fn element(
        &mut self,
        (first, page): (bool, bool),
        next: Option<u8>,
        tick: &mut Tick<'_>,
    ) -> Result<Option<Found>, InterchangeError> {
        if next == Some(b']') {
            self.bytes.skip();
            self.within = if page { Within::Page } else { Within::File };
            return Ok(None);
        }
        if !first {
            self.bytes.expect(b',', "a comma or ] is due here")?;
            let _next = self.bytes.past_space()?;
        }
        self.within = Within::Array { first: false, page };
        let mut copy = Copy::new(self.bytes.place());
        self.bytes.value(&mut copy.text, tick)?;
        Ok(Some(copy.found()))
    }

    /// An object: a document, or the beginning of a page (none).
    fn object(&mut self, tick: &mut Tick<'_>) -> Result<Option<Found>, InterchangeError> {
        let mut copy = Copy::new(self.bytes.place());
        let mut is_record = false;
        let mut first = true;
        self.take(&mut copy);
        loop {
            let next = self.space(&mut copy)?;
            if next == Some(b'}') {
                self.take(&mut copy);
                return Ok(Some(copy.found()));
            }
            if !first {
                self.due(b',', "a comma or } is due here", &mut copy)?;
                let _next = self.space(&mut copy)?;
            }
            first = false;
            let key = self.key(&mut copy, tick)?;
            is_record |= key == "id" || key == "name";
            let holds_documents = matches!(key.as_str(), "contents" | "content");
            if holds_documents && !is_record && self.bytes.peek()? == Some(b'[') {
                self.bytes.skip();
                self.within = Within::Array {
                    first: true,
                    page: true,
                };
                return Ok(None);
            }
            self.bytes.value(&mut copy.text, tick)?;
        }
    }

    /// The name of a member, up to its value.
    fn key(&mut self, copy: &mut Copy, tick: &mut Tick<'_>) -> Result<String, InterchangeError> {
        if self.bytes.peek()? != Some(b'"') {
            return Err(self.bytes.broken("the name of a member in \" is due here"));
        }
        let mut name = Some(Vec::new());
        self.bytes.value(&mut name, tick)?;
        let name = name.unwrap_or_default();
        bytes::add(&mut copy.text, &name);
        let _colon = self.space(copy)?;
        self.due(b':', "a colon is due here", copy)?;
        let _value = self.space(copy)?;
        Ok(String::from_utf8_lossy(&name).trim_matches('"').to_owned())
    }

    fn end_of_page(&mut self, tick: &mut Tick<'_>) -> Result<Option<Found>, InterchangeError> {
        let mut rest = Copy::new(self.bytes.place());
        loop {
            rest.text = None;
            if self.bytes.past_space()? == Some(b'}') {
                self.bytes.skip();
                self.within = Within::File;
                return Ok(None);
            }
            self.bytes.expect(b',', "a comma or } is due here")?;
            let _key = self.bytes.past_space()?;
            let _name = self.key(&mut rest, tick)?;
            self.bytes.value(&mut rest.text, tick)?;
        }
    }

    fn take(&mut self, copy: &mut Copy) {
        if let Some(byte) = self.bytes.skip() {
            bytes::add(&mut copy.text, &[byte]);
        }
    }

    fn due(&mut self, byte: u8, why: &str, copy: &mut Copy) -> Result<(), InterchangeError> {
        self.bytes.expect(byte, why)?;
        bytes::add(&mut copy.text, &[byte]);
        Ok(())
    }

    /// Past white space, which is copied, so that lines and columns can be counted in the copy.
    fn space(&mut self, copy: &mut Copy) -> Result<Option<u8>, InterchangeError> {
        loop {
            match self.bytes.peek()? {
                Some(b' ' | b'\t' | b'\r' | b'\n') => self.take(copy),
                other => return Ok(other),
            }
        }
    }
}

/// A document on its way.
struct Copy {
    text: Option<Vec<u8>>,
    line: u64,
    column: u64,
}

impl Copy {
    fn new((line, column): (u64, u64)) -> Self {
        Self {
            text: Some(Vec::new()),
            line,
            column,
        }
    }

    fn found(self) -> Found {
        Found {
            text: self.text,
            line: self.line,
            column: self.column,
        }
    }
}

#[cfg(test)]
mod tests;
