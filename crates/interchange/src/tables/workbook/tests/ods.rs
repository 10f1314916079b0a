use super::{headings, ods, open, refused, rows, zipped};
use crate::tables::sheets;

const HEADS: [&str; 6] = ["Name", "Phone", "Since", "Opens", "Open?", "Error"];
const CELL: &str = "<table:table-cell office:value-type=\"string\"><text:p>";
const END: &str = "</text:p></table:table-cell>";

fn kept(kind: &str, value: &str) -> String {
    format!(
        "<table:table-cell office:value-type=\"{kind}\" {value}><text:p>shown</text:p>\
         </table:table-cell>"
    )
}

/// A cover without anything, then a sheet with a title, blank rows and a table.
fn clubs() -> String {
    let values = [
        kept("float", "office:value=\"1614960000\""),
        kept("date", "office:date-value=\"2024-03-05\""),
        kept("time", "office:time-value=\"PT09H30M00S\""),
        kept("boolean", "office:boolean-value=\"true\""),
        kept("string", "calcext:value-type=\"error\""),
    ]
    .concat();
    let heads = HEADS.map(|head| format!("{CELL}{head}{END}")).concat();
    format!(
        "<table:table table:name=\"Cover\"/><table:table table:name=\"Clubs &amp; more\">\
         <table:table-row>{CELL}Clubs{END}<table:table-cell \
         table:number-columns-repeated=\"16383\"/></table:table-row><table:table-row \
         table:number-rows-repeated=\"3\"><table:table-cell/></table:table-row>\
         <table:table-row>{heads}</table:table-row><table:table-row>\
         {CELL}Tea &amp; <text:s text:c=\"2\"/>talk</text:p><text:p>second<text:tab/>line\
         <office:annotation><text:p>a remark</text:p></office:annotation>{END}{values}\
         </table:table-row><table:table-row table:number-rows-repeated=\"2\">\
         <table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"string\">\
         <text:p>same</text:p></table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell \
         table:number-columns-repeated=\"16384\"/></table:table-row></table:table>"
    )
}

#[test]
fn ods_values_come_as_people_write_them() {
    let file = ods(&clubs());
    let mut table = open(file.path());
    assert_eq!(table.about.said, "ODS, sheet Clubs & more");
    assert_eq!(headings(&table), HEADS);
    assert_eq!(
        (table.about.header_line, table.about.title_lines.len()),
        (5, 1)
    );
    let rows = rows(&mut table);
    let expected = [
        "Tea &   talk\nsecond\tline",
        "1614960000",
        "2024-03-05",
        "09:30",
        "Yes",
        "",
    ];
    assert_eq!(rows[0], (6, expected.map(str::to_owned).to_vec()));
    assert_eq!(
        (rows.len(), rows[1].0, rows[2].0, &*rows[2].1[1]),
        (3, 7, 8, "same")
    );
    assert_eq!(sheets(file.path()).unwrap().len(), 1);
}

#[test]
fn what_ods_says_is_repeated_is_bounded() {
    let row = format!("<table:table-row>{CELL}a{END}{CELL}b{END}</table:table-row>");
    let bombs = [
        format!(
            "<table:table-row table:number-rows-repeated=\"4294967295\">{CELL}a{END}{CELL}b{END}\
             </table:table-row>"
        ),
        "<table:table-row><table:table-cell table:number-columns-repeated=\
             \"18446744073709551615\" office:value-type=\"string\"><text:p>a</text:p>\
             </table:table-cell></table:table-row>"
            .to_owned(),
        format!(
            "<table:table-row>{CELL}{}{END}</table:table-row>",
            "x".repeat(2_000_000)
        ),
        format!(
            "<table:table-row>{CELL}{}{END}</table:table-row>",
            "<text:s text:c=\"999\"/>".repeat(9_999)
        ),
        "<table:table-row><table:table-cell>".to_owned(),
    ];
    for bomb in bombs {
        let file = ods(&format!(
            "<table:table table:name=\"A\">{row}{row}{bomb}</table:table>"
        ));
        let said = refused(file.path());
        let told = [
            "10,000 times",
            "32,000,000 cells",
            "damaged",
            "1 MB of text",
        ];
        assert!(told.iter().any(|part| said.contains(part)), "{said}");
    }
}

#[test]
fn a_password_is_named() {
    let content = b"<office:document-content/>".as_slice();
    let manifest = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/>\
        </manifest:file-entry></manifest:manifest>";
    let file = zipped(&[
        ("content.xml", content),
        ("META-INF/manifest.xml", manifest),
    ]);
    assert!(refused(file.path()).contains("locked with a password"));
}

#[test]
fn locked_and_old_workbooks_are_told_apart() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let mut bytes = vec![0_u8; 4_096];
    bytes[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    std::fs::write(file.path(), &bytes).unwrap();
    assert!(refused(file.path()).contains("up to 2003"));
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    std::fs::write(file.path(), &bytes).unwrap();
    assert!(refused(file.path()).contains("locked with a password"));
}
