//! CSV as RFC 4180 has it, with a byte order mark.

use std::io::{self, Write};

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};
use time::Date;

use super::clean::clean;
use super::{Cell, formula};
use crate::tables::digits;

/// Writes a table as CSV.
pub struct CsvWriter<W: Write> {
    writer: Writer<W>,
    width: usize,
}

impl<W: Write> CsvWriter<W> {
    /// Begins with the headings.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn new(mut out: W, headings: &[String]) -> io::Result<Self> {
        out.write_all("\u{feff}".as_bytes())?;
        let mut builder = WriterBuilder::new();
        builder
            .terminator(Terminator::CRLF)
            .quote_style(QuoteStyle::Necessary)
            .flexible(true);
        let mut writer = Self {
            writer: builder.from_writer(out),
            width: headings.len(),
        };
        for heading in headings {
            writer.text(heading)?;
        }
        writer.end()?;
        Ok(writer)
    }

    /// Writes a row: as many cells as there are headings, blank ones where some are missing.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        for index in 0..self.width {
            match cells.get(index) {
                Some(Cell::Text(text) | Cell::Link(text)) => self.text(text)?,
                Some(Cell::Number(number)) => self.text(&digits(*number))?,
                Some(Cell::Date(date)) => self.text(&iso(*date))?,
                Some(Cell::Blank) | None => self.writer.write_field("")?,
            }
        }
        self.end()
    }

    /// Ends the table; gives back what was written to.
    ///
    /// # Errors
    /// If the last of it cannot be written.
    pub fn finish(self) -> io::Result<W> {
        self.writer.into_inner().map_err(|error| error.into_error())
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        let text = clean(text);
        Ok(self.writer.write_field(&*formula::write(&text))?)
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }
}

fn iso(date: Date) -> String {
    let (year, month, day) = date.to_calendar_date();
    format!("{year:04}-{:02}-{day:02}", u8::from(month))
}
