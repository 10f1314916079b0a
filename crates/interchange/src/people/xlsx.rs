//! An Excel workbook: headings that stay in sight and filter, text that stays text.

use std::io::{self, Write};

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};
use time::Date;

use super::clean::clean;
use super::{Cell, Document};
use crate::{Finding, Spot, Weight};

/// A cell holds no more, in the units in which Excel counts.
const MOST_OF_A_CELL: usize = 32_767;
/// A sheet has no more rows, headings among them.
const MOST_ROWS: u32 = 1_048_576;
/// A sheet has no more links, and none that is longer.
const MOST_LINKS: u32 = 65_530;
const LONGEST_LINK: usize = 2_000;
/// No more is said of cells that were cut.
const MOST_FINDINGS: usize = 1_000;
/// How many rows say how wide a column is to be, and between what.
const MEASURED: u32 = 300;
const NARROWEST: usize = 8;
const WIDEST: usize = 60;

/// Writes a table as a workbook.
pub struct XlsxWriter {
    workbook: Workbook,
    title: String,
    headings: Vec<String>,
    most_rows: u32,
    sheets: u32,
    /// The next row of the sheet under way; its links.
    row: u32,
    links: u32,
    widths: Vec<usize>,
    bold: Format,
    day: Format,
    findings: Vec<Finding>,
}

impl XlsxWriter {
    /// Begins a workbook.
    ///
    /// # Errors
    /// If the place where rows are kept meanwhile cannot be written to.
    pub fn new(document: &Document) -> io::Result<Self> {
        Self::with_rows(document, MOST_ROWS)
    }

    fn with_rows(document: &Document, most_rows: u32) -> io::Result<Self> {
        let mut workbook = Workbook::new();
        let made = excel_date(document.made).map_err(fault)?;
        let properties = DocProperties::new().set_creation_datetime(&made);
        workbook.set_properties(&properties.set_title(&*clean(&document.title)));
        let mut writer = Self {
            workbook,
            title: sheet_title(&document.title),
            headings: document.headings.clone(),
            most_rows,
            sheets: 0,
            row: 0,
            links: 0,
            widths: Vec::new(),
            bold: Format::new().set_bold().set_align(FormatAlign::Top),
            day: Format::new().set_num_format("dd/mm/yyyy"),
            findings: Vec::new(),
        };
        writer.begin_sheet()?;
        Ok(writer)
    }

    /// Writes a row; a further sheet begins where one is full.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        if self.row >= self.most_rows {
            self.end_sheet()?;
            self.begin_sheet()?;
        }
        for (column, cell) in (0_u16..).zip(cells.iter().take(self.headings.len())) {
            self.cell(column, cell)?;
        }
        self.row = self.row.saturating_add(1);
        Ok(())
    }

    /// Writes the workbook; says which cells had to be cut, with the lines where they stand.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(mut self, out: impl Write + Send) -> io::Result<Vec<Finding>> {
        self.end_sheet()?;
        self.workbook.save_to_writer(out).map_err(fault)?;
        Ok(self.findings)
    }

    fn begin_sheet(&mut self) -> io::Result<()> {
        self.sheets = self.sheets.saturating_add(1);
        (self.row, self.links) = (0, 0);
        let name = match self.sheets {
            1 => self.title.clone(),
            further => format!("{} {further}", self.title),
        };
        let sheet = self
            .workbook
            .add_worksheet_with_constant_memory()
            .map_err(fault)?;
        sheet.set_name(name).map_err(fault)?;
        sheet.set_freeze_panes(1, 0).map_err(fault)?;
        self.widths = vec![NARROWEST; self.headings.len()];
        for (column, heading) in (0_u16..).zip(self.headings.clone()) {
            let heading = self.fitting(column, &heading);
            let bold = self.bold.clone();
            let row = self.row;
            let sheet = self.sheet()?;
            sheet
                .write_string_with_format(row, column, heading, &bold)
                .map_err(fault)?;
        }
        self.row = 1;
        Ok(())
    }

    fn end_sheet(&mut self) -> io::Result<()> {
        let widths = std::mem::take(&mut self.widths);
        let last = self.row.saturating_sub(1);
        let sheet = self.sheet()?;
        let mut columns = 0;
        for (column, width) in (0_u16..).zip(widths) {
            let width = u32::try_from(width).unwrap_or(0);
            // Some room for the sign that opens the filter.
            sheet
                .set_column_width(column, f64::from(width) + 3.0)
                .map_err(fault)?;
            columns = column;
        }
        let _filtered = sheet.autofilter(0, 0, last, columns).map_err(fault)?;
        Ok(())
    }

    fn cell(&mut self, column: u16, cell: &Cell) -> io::Result<()> {
        let row = self.row;
        let day = self.day.clone();
        let written = match cell {
            Cell::Blank => return Ok(()),
            Cell::Text(text) => {
                let text = self.fitting(column, text);
                self.sheet()?.write_string(row, column, text)
            }
            Cell::Link(link) => return self.link(column, link),
            Cell::Number(number) if number.is_finite() => {
                self.sheet()?.write_number(row, column, *number)
            }
            Cell::Number(_) => return Ok(()),
            Cell::Date(date) => match excel_date(*date) {
                Ok(date) => self
                    .sheet()?
                    .write_datetime_with_format(row, column, &date, &day),
                // Before 1900 there are no dates in Excel.
                Err(_unknown) => self.sheet()?.write_string(row, column, date.to_string()),
            },
        };
        written.map(drop).map_err(fault)
    }

    fn link(&mut self, column: u16, link: &str) -> io::Result<()> {
        let row = self.row;
        let text = self.fitting(column, link);
        let schemes = ["https://", "http://", "mailto:"];
        let opens = schemes.iter().any(|scheme| text.starts_with(scheme));
        let plain = text.chars().all(|c| !c.is_whitespace() && !c.is_control());
        if opens && plain && text.len() <= LONGEST_LINK && self.links < MOST_LINKS {
            self.links = self.links.saturating_add(1);
            let written = self.sheet()?.write_url(row, column, text.as_str());
            return written.map(drop).map_err(fault);
        }
        let written = self.sheet()?.write_string(row, column, text);
        written.map(drop).map_err(fault)
    }

    fn sheet(&mut self) -> io::Result<&mut Worksheet> {
        let last = usize::try_from(self.sheets.saturating_sub(1)).unwrap_or(0);
        self.workbook.worksheet_from_index(last).map_err(fault)
    }

    /// The text as a cell can hold it. Line ends become those of Excel.
    fn fitting(&mut self, column: u16, text: &str) -> String {
        let mut text = clean(text).replace("\r\n", "\n").replace('\r', "\n");
        let longest = text.lines().next().map_or(0, |line| line.chars().count());
        let width = self.widths.get_mut(usize::from(column));
        if let Some(width) = width.filter(|_| self.row < MEASURED) {
            *width = longest.clamp(*width, WIDEST);
        }
        if text.encode_utf16().count() > MOST_OF_A_CELL {
            let mut units = 1_usize;
            let fits = |c: &char| {
                units = units.saturating_add(c.len_utf16());
                units <= MOST_OF_A_CELL
            };
            text = text.chars().take_while(fits).chain(['…']).collect();
            self.cut(column);
        }
        text
    }

    fn cut(&mut self, column: u16) {
        if self.findings.len() >= MOST_FINDINGS {
            return;
        }
        self.findings.push(Finding {
            weight: Weight::Note,
            spot: Spot {
                file: String::new(),
                sheet: (self.sheets > 1).then(|| format!("{} {}", self.title, self.sheets)),
                line: Some(u64::from(self.row).saturating_add(1)),
                column: self.headings.get(usize::from(column)).cloned(),
            },
            record: None,
            message: "the text is longer than the 32,767 characters that a cell of a workbook \
                      holds, so its end was left out. A CSV has all of it."
                .to_owned(),
        });
    }
}

/// What a sheet may be called: at most 31 characters, with room for a number, and none that Excel
/// keeps for itself.
fn sheet_title(title: &str) -> String {
    let kept = |c: char| {
        if "[]:*?/\\'".contains(c) || c.is_control() {
            ' '
        } else {
            c
        }
    };
    let mut units = 0_usize;
    let fits = |c: &char| {
        units = units.saturating_add(c.len_utf16());
        units <= 25
    };
    let title: String = clean(title).chars().map(kept).take_while(fits).collect();
    let title = title.trim();
    if title.is_empty() {
        "Table".to_owned()
    } else {
        title.to_owned()
    }
}

fn excel_date(date: Date) -> Result<ExcelDateTime, XlsxError> {
    let (year, month, day) = date.to_calendar_date();
    let year = u16::try_from(year).unwrap_or(0);
    ExcelDateTime::from_ymd(year, u8::from(month), day)
}

fn fault(error: XlsxError) -> io::Error {
    if let XlsxError::IoError(error) = error {
        return error;
    }
    io::Error::other(error.to_string())
}

#[cfg(test)]
mod tests;
