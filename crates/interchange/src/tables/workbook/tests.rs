//! Workbooks of every make, all generated here.

use std::io::Write;
use std::path::Path;

use rust_xlsxwriter::Workbook;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::tables::{Options, Row, Table};

mod hostile;
mod ods;
mod xlsx;

fn saved(workbook: &mut Workbook) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::with_suffix(".xlsx").unwrap();
    workbook.save(file.path()).unwrap();
    file
}

fn zipped(entries: &[(&str, &[u8])]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    let mut zip = ZipWriter::new(file.reopen().unwrap());
    for (name, body) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(body).unwrap();
    }
    drop(zip.finish().unwrap());
    file
}

/// An XLSX of the least parts, with this sheet and these shared strings.
fn xlsx(sheet: &[u8], strings: &[u8]) -> tempfile::NamedTempFile {
    let main = "http://schemas.openxmlformats.org";
    let types = b"<Types/>".as_slice();
    let rels = format!(
        "<Relationships><Relationship Id=\"r1\" Type=\"{main}/officeDocument/2006/relationships/\
         officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let book = format!(
        "<workbook xmlns:r=\"{main}/officeDocument/2006/relationships\"><sheets>\
         <sheet name=\"Clubs\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let book_rels = format!(
        "<Relationships><Relationship Id=\"r1\" Type=\"{main}/officeDocument/2006/relationships/\
         worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    zipped(&[
        ("[Content_Types].xml", types),
        ("_rels/.rels", rels.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", book_rels.as_bytes()),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

/// An ODS with this between its sheets' tags.
fn ods(tables: &str) -> tempfile::NamedTempFile {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" \
         xmlns:text=\"x\"><office:body><office:spreadsheet>{tables}</office:spreadsheet>\
         </office:body></office:document-content>"
    );
    let mime = b"application/vnd.oasis.opendocument.spreadsheet".as_slice();
    zipped(&[("mimetype", mime), ("content.xml", content.as_bytes())])
}

fn rows(table: &mut Table) -> Vec<(u64, Vec<String>)> {
    let (mut all, mut row) = (Vec::new(), Row::default());
    while table.next(&mut row).unwrap() {
        assert!(!row.short);
        all.push((row.line, row.cells.clone()));
    }
    all
}

fn headings(table: &Table) -> Vec<&str> {
    table
        .headings
        .iter()
        .map(|heading| heading.name.as_str())
        .collect()
}

fn open(path: &Path) -> Table {
    Table::open(path, &Options::default()).unwrap()
}

/// What is said of a file that is not read to its end.
fn refused(path: &Path) -> String {
    let mut row = Row::default();
    let mut table = match Table::open(path, &Options::default()) {
        Ok(table) => table,
        Err(error) => return error.to_string(),
    };
    loop {
        match table.next(&mut row) {
            Ok(true) => {}
            Ok(false) => panic!("was read"),
            Err(error) => return error.to_string(),
        }
    }
}
