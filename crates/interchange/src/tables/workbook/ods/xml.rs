//! The XML of an ODS workbook, piece by piece.

use std::borrow::Cow;
use std::io::BufReader;

use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Error, Reader, XmlVersion};

use crate::archive::{self, Archive, Entry, EntryReader};
use crate::tables::workbook::guard::{Guarded, Refused};
use crate::tables::workbook::sheet::damaged;
use crate::tables::workbook::too_large;
use crate::{InterchangeError, Spot};

/// A piece of it. What is empty opens and closes.
pub(super) enum Piece<'b> {
    /// Something begins.
    Open(BytesStart<'b>),
    /// Something ends.
    Close(BytesEnd<'b>),
    /// Text.
    Text(Cow<'b, str>),
    /// A remark, a declaration, or an entity that nobody knows.
    Other,
    /// All was read.
    End,
}

/// A part of the workbook being read.
pub(super) struct Xml<'a> {
    reader: Reader<BufReader<Guarded<EntryReader<'a>>>>,
    spot: Spot,
}

impl<'a> Xml<'a> {
    /// Reads a part; faults are told of `spot`.
    pub(super) fn of(
        archive: &'a mut Archive,
        entry: &Entry,
        spot: &Spot,
    ) -> Result<Self, InterchangeError> {
        let mut reader = Reader::from_reader(BufReader::new(Guarded::new(archive.read(entry)?)));
        reader.config_mut().expand_empty_elements = true;
        let spot = spot.clone();
        Ok(Self { reader, spot })
    }

    /// The next piece.
    pub(super) fn next<'b>(
        &mut self,
        buffer: &'b mut Vec<u8>,
    ) -> Result<Piece<'b>, InterchangeError> {
        buffer.clear();
        let read = self.reader.read_event_into(buffer);
        Ok(match read.map_err(|error| fault(&self.spot, &error))? {
            Event::Start(tag) | Event::Empty(tag) => Piece::Open(tag),
            Event::End(tag) => Piece::Close(tag),
            Event::Text(text) => Piece::Text(text.xml10_content()),
            Event::CData(text) => Piece::Text(text.xml10_content()),
            Event::GeneralRef(name) => {
                let known = quick_xml::escape::resolve_xml_entity(&name);
                match (known, name.resolve_char_ref()) {
                    (Some(known), _) => Piece::Text(Cow::Borrowed(known)),
                    (None, Ok(Some(c))) => Piece::Text(Cow::Owned(c.to_string())),
                    (None, Ok(None) | Err(_)) => Piece::Other,
                }
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => Piece::Other,
            Event::Eof => Piece::End,
        })
    }
}

/// An attribute's value.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}

/// How often something stands there; once where nothing sensible is said.
pub(super) fn repeats(tag: &BytesStart<'_>, name: &str) -> u64 {
    let said = attribute(tag, name).and_then(|text| text.parse().ok());
    said.unwrap_or(1)
}

fn fault(spot: &Spot, error: &Error) -> InterchangeError {
    let Error::Io(error) = error else {
        return damaged(spot);
    };
    let inner = error.get_ref();
    match inner.and_then(|inner| inner.downcast_ref::<Refused>()) {
        Some(Refused(why)) => too_large(spot, why),
        None => archive::fault(spot, error),
    }
}
