use rust_xlsxwriter::{Format, Formula, Workbook};

use super::{headings, open, rows, saved, xlsx};
use crate::tables::{Options, Row, Table, sheets};

const HEADS: [&str; 9] = [
    "Name", "Phone", "Since", "Opens", "Open?", "Members", "Lat", "Both", "Error",
];

#[test]
fn xlsx_values_come_as_people_write_them() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Clubs").unwrap();
    sheet.write_row(0, 0, HEADS).unwrap();
    let format = |code: &str| Format::new().set_num_format(code);
    sheet.write(1, 0, "Tea & <talk>\nnext line").unwrap();
    sheet.write(1, 1, 1_614_960_000.0).unwrap();
    sheet
        .write_with_format(1, 2, 45_356.0, &format("dd/mm/yyyy"))
        .unwrap();
    sheet
        .write_with_format(1, 3, 9.5 / 24.0, &format("hh:mm"))
        .unwrap();
    sheet.write(1, 4, true).unwrap();
    sheet.write(1, 5, 1e10).unwrap();
    sheet.write(1, 6, 53.448_269).unwrap();
    sheet
        .write_formula(1, 7, Formula::new("=1+1").set_result("two"))
        .unwrap();
    sheet
        .write_formula(1, 8, Formula::new("=NA()").set_result("#N/A"))
        .unwrap();
    sheet
        .write_url_with_text(2, 0, "https://example.org", "Lunch")
        .unwrap();
    let bold = Format::new().set_bold();
    sheet
        .write_rich_string(3, 0, &[(&bold, "Rich "), (&Format::new(), "text")])
        .unwrap();
    let file = saved(&mut book);
    let mut table = open(file.path());
    assert_eq!(
        (headings(&table), table.about.said.as_str()),
        (HEADS.to_vec(), "XLSX, sheet Clubs")
    );
    let rows = rows(&mut table);
    let expected = [
        "Tea & <talk>\nnext line",
        "1614960000",
        "2024-03-05",
        "09:30",
        "Yes",
        "10000000000",
        "53.448269",
        "two",
        "",
    ];
    assert_eq!(rows[0], (2, expected.map(str::to_owned).to_vec()));
    assert_eq!((&*rows[1].1[0], rows[1].1.len()), ("Lunch", 9));
    assert_eq!(rows[2].1[0], "Rich text");
    assert_eq!((table.done(), table.total()), (4, 4));
}

#[test]
fn titles_merged_cells_and_sheets_without_tables_are_passed_over() {
    let mut book = Workbook::new();
    let cover = book.add_worksheet().set_name("Read me").unwrap();
    cover.write(0, 0, "This workbook lists clubs.").unwrap();
    let _empty = book.add_worksheet().set_name("Empty").unwrap();
    let sheet = book.add_worksheet().set_name("Clubs").unwrap();
    let plain = Format::new();
    sheet
        .merge_range(1, 0, 1, 3, "Clubs of Sale, 2024", &plain)
        .unwrap();
    sheet.write_row(4, 1, ["Name", "Town"]).unwrap();
    sheet.merge_range(4, 3, 4, 4, "Contact", &plain).unwrap();
    sheet
        .write_row(5, 1, ["Tea", "Sale", "0161 496 0000", "a@example.org"])
        .unwrap();
    sheet
        .write_row(7, 1, ["Lunch", "Hale", "0161 496 0001", "b@example.org"])
        .unwrap();
    sheet.write_row(8, 1, ["Walks", "Sale"]).unwrap();
    let file = saved(&mut book);
    let mut table = open(file.path());
    assert_eq!(headings(&table), ["", "Name", "Town", "Contact", ""]);
    assert_eq!(
        (table.about.header_line, table.about.title_lines[0].as_str()),
        (5, "Clubs of Sale, 2024")
    );
    assert_eq!(
        table.spot.to_string().split(", ").nth(1),
        Some("sheet Clubs")
    );
    let lines: Vec<u64> = rows(&mut table).iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [6, 8, 9]);
}

#[test]
fn sheets_that_hold_anything_are_listed_and_may_be_chosen() {
    let mut book = Workbook::new();
    let cover = book.add_worksheet().set_name("Read me").unwrap();
    cover.write(0, 0, "This workbook lists clubs.").unwrap();
    let _empty = book.add_worksheet().set_name("Empty").unwrap();
    let sheet = book.add_worksheet().set_name("Clubs").unwrap();
    for row in [0, 1, 4, 5, 9] {
        sheet.write_row(row, 1, ["Name", "Town"]).unwrap();
    }
    let file = saved(&mut book);
    let told: Vec<(String, u64)> = sheets(file.path())
        .unwrap()
        .into_iter()
        .map(|sheet| (sheet.name, sheet.rows))
        .collect();
    assert_eq!(told, [("Read me".to_owned(), 1), ("Clubs".to_owned(), 5)]);
    let options = |name: &str| Options {
        sheet: Some(name.to_owned()),
        ..Options::default()
    };
    let table = Table::open(file.path(), &options("Read me")).unwrap();
    assert_eq!(headings(&table), ["This workbook lists clubs."]);
    let said = Table::open(file.path(), &options("Nope"))
        .err()
        .unwrap()
        .to_string();
    assert!(
        said.contains("Choose one of: Read me, Empty, Clubs"),
        "{said}"
    );
}

#[test]
fn many_rows_stream_and_may_be_left_halfway() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["Name", "Number"]).unwrap();
    for row in 1..5_000 {
        sheet.write(row, 0, format!("Club {row}")).unwrap();
        sheet.write(row, 1, row).unwrap();
    }
    let file = saved(&mut book);
    let rows = rows(&mut open(file.path()));
    assert_eq!(rows.len(), 4_999);
    assert_eq!(
        rows[4_998],
        (5_000, vec!["Club 4999".to_owned(), "4999".to_owned()])
    );
    let mut row = Row::default();
    assert!(open(file.path()).next(&mut row).unwrap());
}

#[test]
fn newer_errors_are_blank_and_odd_cells_find_their_place() {
    let sheet = b"<worksheet><sheetData><row><c t='inlineStr'><is><t>Name</t></is></c>\
        <c t='str'><v>Town</v></c></row><row r='4'><c r='B4' t='e'><v>#SPILL!</v></c>\
        <c r='A4' t='s'><v>0</v></c></row><row r='5'><c r='A5' t='d'><v>2024-03-05T09:30:00</v></c>\
        <c r='B5'><v>1.5</v></c></row></sheetData></worksheet>";
    let file = xlsx(sheet, b"<sst><si><t>Tea</t></si></sst>");
    let mut table = open(file.path());
    assert_eq!(headings(&table), ["Name", "Town"]);
    let rows = rows(&mut table);
    assert_eq!(rows[0], (4, vec!["Tea".to_owned(), String::new()]));
    assert_eq!(
        rows[1],
        (5, vec!["2024-03-05 09:30".to_owned(), "1.5".to_owned()])
    );
}
