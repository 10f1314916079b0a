use rust_xlsxwriter::Workbook;

use super::{open, refused, rows, saved, xlsx, zipped};
use crate::tables::{Options, Row, Table};

#[test]
fn hostile_workbooks_are_refused_within_bounds() {
    let plain = b"<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>";
    let claims = xlsx(plain, b"<sst uniqueCount='99999999999999'/>");
    assert!(refused(claims.path()).contains("claims to hold more texts"));

    let long = [
        b"<worksheet><sheetData><row><c t='str'><v>".as_slice(),
        &[b'x'; 5_000_000],
    ]
    .concat();
    assert!(refused(xlsx(&long, b"<sst/>").path()).contains("longer than 4 MB"));

    let bomb = vec![b' '; 40_000_000];
    assert!(refused(xlsx(&bomb, b"<sst/>").path()).contains("4 MB"));

    let far = b"<worksheet><dimension ref='A1:XFD1048576'/><sheetData><row r='1048576'>\
        <c r='ZZZZ1048576'><v>1</v></c></row></sheetData></worksheet>";
    assert!(refused(xlsx(far, b"<sst/>").path()).contains("damaged"));

    let text = "y".repeat(900_000);
    let strings = format!("<sst><si><t>{text}</t></si></sst>");
    let cells = "<c t='s'><v>0</v></c>".repeat(16_000);
    let sheet = format!("<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>");
    let said = refused(xlsx(sheet.as_bytes(), strings.as_bytes()).path());
    assert!(
        said.contains("line 1: the row holds more than 4 MB"),
        "{said}"
    );
}

#[test]
fn a_sheet_that_claims_all_there_can_be_is_read_for_what_it_has() {
    let sheet = b"<worksheet><dimension ref='A1:XFD1048576'/><sheetData><row r='1'>\
        <c r='A1' t='str'><v>Name</v></c><c r='B1' t='str'><v>Town</v></c></row>\
        <row r='1048576'><c r='A1048576' t='str'><v>Tea</v></c></row></sheetData></worksheet>";
    let file = xlsx(sheet, b"<sst/>");
    assert_eq!(rows(&mut open(file.path()))[0].0, 1_048_576);
}

#[test]
fn wide_blank_rows_are_bounded() {
    let row = "<row><c><v>1</v></c><c r='XFD1'><v>1</v></c></row>".repeat(4_000);
    let sheet = format!("<worksheet><sheetData>{row}</sheetData></worksheet>");
    let said = refused(xlsx(sheet.as_bytes(), b"<sst/>").path());
    assert!(said.contains("more than 32,000,000 cells"), "{said}");
}

#[test]
fn broken_workbooks_say_so() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for row in 0..500 {
        sheet.write_row(row, 0, ["a", "b"]).unwrap();
    }
    let file = saved(&mut book);
    let bytes = std::fs::read(file.path()).unwrap();
    std::fs::write(file.path(), bytes.get(..bytes.len() / 2).unwrap()).unwrap();
    assert!(refused(file.path()).contains("cut off"));
    for at in (0..bytes.len()).step_by(97) {
        let mut bent = bytes.clone();
        bent[at] ^= 0x55;
        std::fs::write(file.path(), &bent).unwrap();
        if let Ok(mut table) = Table::open(file.path(), &Options::default()) {
            let mut row = Row::default();
            while let Ok(true) = table.next(&mut row) {}
        }
    }
    let other = zipped(&[("readme.txt", b"hello")]);
    assert!(refused(other.path()).contains("no workbook"));
    let none = xlsx(b"<worksheet><sheetData/></worksheet>", b"<sst/>");
    assert!(refused(none.path()).contains("no sheet of the workbook holds anything"));
    let cut = xlsx(b"<worksheet><sheetData><row><c><v>1</v></c>", b"<sst/>");
    assert!(refused(cut.path()).contains("damaged"));
}
