//! Many documents in one file, written one by one.

use std::io::{self, Write};

use serde_json::{Value, json};

/// How documents stand in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonShape {
    /// One array.
    Array,
    /// One page of an API that has them all.
    Page,
    /// One document a line.
    Ndjson,
}

/// Writes documents as they come, so that their number is not bounded by memory.
pub struct JsonWriter<W> {
    out: W,
    shape: JsonShape,
    written: u64,
}

impl<W: Write> JsonWriter<W> {
    /// A writer of this shape.
    ///
    /// # Errors
    /// What the output says.
    pub fn new(mut out: W, shape: JsonShape) -> io::Result<Self> {
        match shape {
            JsonShape::Array => out.write_all(b"[")?,
            JsonShape::Page => out.write_all(b"{\"contents\":[")?,
            JsonShape::Ndjson => {}
        }
        Ok(Self {
            out,
            shape,
            written: 0,
        })
    }

    /// Writes one document.
    ///
    /// # Errors
    /// What the output says.
    pub fn write(&mut self, document: &Value) -> io::Result<()> {
        let before: &[u8] = match (self.shape, self.written) {
            (JsonShape::Ndjson, _) => b"",
            (JsonShape::Array | JsonShape::Page, 0) => b"\n",
            (JsonShape::Array | JsonShape::Page, _) => b",\n",
        };
        self.out.write_all(before)?;
        serde_json::to_writer(&mut self.out, document)?;
        if self.shape == JsonShape::Ndjson {
            self.out.write_all(b"\n")?;
        }
        self.written += 1;
        Ok(())
    }

    /// Writes the end and gives the output back.
    ///
    /// # Errors
    /// What the output says.
    pub fn finish(mut self) -> io::Result<W> {
        match self.shape {
            JsonShape::Array => self.out.write_all(b"\n]\n")?,
            JsonShape::Page => {
                self.out.write_all(b"\n]")?;
                self.page()?;
            }
            JsonShape::Ndjson => {}
        }
        self.out.flush()?;
        Ok(self.out)
    }

    /// What a page says of itself comes last here: only now is it known how many there are.
    fn page(&mut self) -> io::Result<()> {
        let about = json!({
            "total_items": self.written,
            "total_pages": 1,
            "page_number": 1,
            "size": self.written,
            "first_page": true,
            "last_page": true,
            "empty": self.written == 0,
        });
        let about = about.to_string();
        let inside = about.trim_start_matches('{');
        writeln!(self.out, ",{inside}")
    }
}
