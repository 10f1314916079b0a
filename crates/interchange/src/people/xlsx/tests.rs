use time::macros::date;

use super::*;
use crate::people::Format as Kind;
use crate::tables::{Options, Row, Table, sheets};

fn document(headings: &[&str]) -> Document {
    Document {
        format: Kind::Xlsx,
        title: "Clubs: all [of them]".to_owned(),
        made: date!(2024 - 03 - 05),
        headings: headings
            .iter()
            .map(|heading| (*heading).to_owned())
            .collect(),
    }
}

fn written(writer: XlsxWriter) -> (tempfile::NamedTempFile, Vec<Finding>) {
    let file = tempfile::NamedTempFile::with_suffix(".xlsx").unwrap();
    let findings = writer.finish(file.reopen().unwrap()).unwrap();
    (file, findings)
}

fn first_row(path: &std::path::Path) -> Vec<String> {
    let mut table = Table::open(path, &Options::default()).unwrap();
    let mut row = Row::default();
    assert!(table.next(&mut row).unwrap());
    row.cells
}

#[test]
fn cells_keep_their_sort_and_text_stays_text() {
    let headings = [
        "Name", "Formula", "Number", "Day", "Web", "Odd", "Script", "None",
    ];
    let mut writer = XlsxWriter::new(&document(&headings)).unwrap();
    let cells = [
        Cell::from("Tea\r\n& talk"),
        Cell::from("=1+1"),
        Cell::Number(-2.5),
        Cell::Date(date!(2024 - 03 - 05)),
        Cell::Link("https://example.org/a?b=c".to_owned()),
        Cell::from("_x0041_\u{1}\u{b}"),
        Cell::Link("javascript:alert(1)".to_owned()),
        Cell::Number(f64::NAN),
    ];
    writer.row(&cells).unwrap();
    let (file, findings) = written(writer);
    assert!(findings.is_empty());
    let expected = [
        "Tea\n& talk",
        "=1+1",
        "-2.5",
        "2024-03-05",
        "https://example.org/a?b=c",
        "_x0041_",
        "javascript:alert(1)",
        "",
    ];
    assert_eq!(first_row(file.path()), expected);
}

#[test]
fn further_sheets_take_what_one_cannot_hold() {
    let mut writer = XlsxWriter::with_rows(&document(&["Name", "Number"]), 4).unwrap();
    for number in 0..7 {
        writer
            .row(&[Cell::from("Tea"), Cell::Number(f64::from(number))])
            .unwrap();
    }
    let (file, _) = written(writer);
    let told: Vec<(String, u64)> = sheets(file.path())
        .unwrap()
        .into_iter()
        .map(|sheet| (sheet.name, sheet.rows))
        .collect();
    let name = "Clubs  all  of them";
    let expected = [
        (name.to_owned(), 4),
        (format!("{name} 2"), 4),
        (format!("{name} 3"), 2),
    ];
    assert_eq!(told, expected);
}

#[test]
fn what_no_cell_can_hold_is_cut_and_told() {
    let mut writer = XlsxWriter::new(&document(&["Name", "Notes"])).unwrap();
    writer
        .row(&[Cell::from("Tea"), Cell::Text("😀".repeat(20_000))])
        .unwrap();
    let (file, findings) = written(writer);
    assert_eq!(first_row(file.path())[1].encode_utf16().count(), 32_767);
    assert_eq!((findings.len(), findings[0].spot.line), (1, Some(2)));
    assert_eq!(findings[0].spot.column.as_deref(), Some("Notes"));
}

#[test]
fn the_same_table_makes_the_same_file() {
    let bytes = || {
        let mut writer = XlsxWriter::new(&document(&["Name"])).unwrap();
        writer.row(&[Cell::from("Tea")]).unwrap();
        std::fs::read(written(writer).0.path()).unwrap()
    };
    assert_eq!(bytes(), bytes());
}

#[test]
fn a_table_without_rows_or_columns_is_a_workbook_still() {
    let (file, _) = written(XlsxWriter::new(&document(&["Name"])).unwrap());
    assert_eq!(sheets(file.path()).unwrap()[0].rows, 1);
    let (_, findings) = written(XlsxWriter::new(&document(&[])).unwrap());
    assert!(findings.is_empty());
}
