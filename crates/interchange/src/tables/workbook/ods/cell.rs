//! What a cell of an ODS workbook says.

use quick_xml::events::BytesStart;

use super::xml::{Piece, Xml, attribute, repeats};
use crate::tables::digits;
use crate::tables::records::MOST_OF_A_CELL;
use crate::tables::workbook::sheet::damaged;
use crate::tables::workbook::{too_large, value};
use crate::{InterchangeError, Spot};

/// A cell as it was read.
pub(super) struct Cell {
    /// Its text.
    pub text: String,
    /// How often it stands there, side by side.
    pub repeats: usize,
}

/// What a cell keeps beside what it shows.
enum Kept {
    Text(Option<String>),
    Number(f64),
    Moment(String),
    Duration(String),
    Truth(bool),
    Error,
}

impl Cell {
    /// Reads a cell that begins with this tag, up to its end.
    pub(super) fn read(
        tag: &BytesStart<'_>,
        xml: &mut Xml<'_>,
        spot: &Spot,
    ) -> Result<Self, InterchangeError> {
        let repeats = repeats(tag, "table:number-columns-repeated");
        let kept = Kept::of(tag);
        let shown = shown(xml, spot)?;
        Ok(Self {
            text: kept.text(shown),
            repeats: usize::try_from(repeats).unwrap_or(usize::MAX),
        })
    }
}

impl Kept {
    fn of(tag: &BytesStart<'_>) -> Self {
        if attribute(tag, "calcext:value-type").as_deref() == Some("error") {
            return Self::Error;
        }
        let value = |name| attribute(tag, name);
        let kind = value("office:value-type").unwrap_or_default();
        let kept = match kind.as_str() {
            "float" | "percentage" | "currency" => {
                let number = value("office:value").and_then(|text| text.parse().ok());
                number.map(Self::Number)
            }
            "date" => value("office:date-value").map(Self::Moment),
            "time" => value("office:time-value").map(Self::Duration),
            "boolean" => value("office:boolean-value").map(|text| Self::Truth(text == "true")),
            _ => None,
        };
        kept.unwrap_or_else(|| Self::Text(value("office:string-value")))
    }

    fn text(self, shown: String) -> String {
        match self {
            Self::Text(kept) => kept.filter(|_| shown.is_empty()).unwrap_or(shown),
            Self::Number(number) => digits(number),
            Self::Moment(moment) => value::iso(&moment),
            Self::Duration(duration) => value::duration(&duration),
            Self::Truth(yes) => value::truth(yes).to_owned(),
            Self::Error => String::new(),
        }
    }
}

/// The paragraphs of a cell, without remarks and drawings in it.
fn shown(xml: &mut Xml<'_>, spot: &Spot) -> Result<String, InterchangeError> {
    let mut buffer = Vec::new();
    let mut text = String::new();
    let (mut paragraphs, mut depth, mut skipped) = (0_u32, 1_u32, 0_u32);
    while depth > 0 {
        match xml.next(&mut buffer)? {
            Piece::Open(tag) => {
                depth = depth.saturating_add(1);
                let name = tag.local_name();
                let beside = matches!(name.as_ref(), "annotation" | "frame");
                if beside || skipped > 0 {
                    skipped = skipped.saturating_add(1);
                } else {
                    paragraphs = paragraphs.saturating_add(u32::from(name.as_ref() == "p"));
                    text.push_str(&space(&tag, paragraphs));
                }
            }
            Piece::Close(_) => {
                depth = depth.saturating_sub(1);
                skipped = skipped.saturating_sub(1);
            }
            // Text between paragraphs is but the layout of the file.
            Piece::Text(more) if skipped == 0 && depth > 1 => text.push_str(&more),
            Piece::Text(_) | Piece::Other => {}
            Piece::End => return Err(damaged(spot)),
        }
        if text.len() > MOST_OF_A_CELL {
            return Err(too_large(spot, "a cell in it holds more than 1 MB of text"));
        }
    }
    Ok(text)
}

/// Spaces, tabs and line ends stand as tags; so do paragraphs, counted by `nth`, of which
/// the first begins no new line.
fn space(tag: &BytesStart<'_>, nth: u32) -> String {
    match tag.local_name().as_ref() {
        "s" => {
            let count = repeats(tag, "text:c").min(1_000);
            (0..count).map(|_| ' ').collect()
        }
        "tab" => "\t".to_owned(),
        "p" if nth < 2 => String::new(),
        "p" | "line-break" => "\n".to_owned(),
        _ => String::new(),
    }
}
