//! Texts of every make, all made up here.

use std::path::Path;

use crate::InterchangeError;
use crate::tables::{About, Options, Row, Table, sheets};

fn written(bytes: &[u8]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::with_suffix(".csv").unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    file
}

type Read = (Vec<String>, Vec<(u64, Vec<String>)>, About);

fn rows(table: &mut Table) -> Vec<Row> {
    let mut all = Vec::new();
    let mut row = Row::default();
    while table.next(&mut row).unwrap() {
        all.push(row.clone());
    }
    all
}

/// Headings, and each row's line and cells.
fn read_with(bytes: &[u8], options: &Options) -> Read {
    let file = written(bytes);
    let mut table = Table::open(file.path(), options).unwrap();
    let headings = table
        .headings
        .iter()
        .map(|heading| heading.name.clone())
        .collect();
    let rows = rows(&mut table)
        .into_iter()
        .map(|row| (row.line, row.cells))
        .collect();
    (headings, rows, table.about)
}

fn read(bytes: &[u8]) -> Read {
    read_with(bytes, &Options::default())
}

fn cells(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn refused(bytes: &[u8]) -> String {
    let file = written(bytes);
    let mut table = match Table::open(file.path(), &Options::default()) {
        Ok(table) => table,
        Err(error) => return error.to_string(),
    };
    let mut row = Row::default();
    loop {
        match table.next(&mut row) {
            Ok(true) => {}
            Ok(false) => panic!("was read"),
            Err(error) => return error.to_string(),
        }
    }
}

#[test]
fn every_delimiter_is_found_outside_quotes() {
    for (delimiter, said) in [
        (',', "commas"),
        (';', "semicolons"),
        ('\t', "tabs"),
        ('|', "bars"),
    ] {
        let text = "Name,Address,Phone\nLunch,\"1, High St; Sale | UK\",0161 496 0000\n\
                    Tea,\"2, High St;\tSale\",0161 496 0001\n";
        let mut quoted = false;
        let text: String = text
            .chars()
            .map(|c| {
                quoted ^= c == '"';
                if c == ',' && !quoted { delimiter } else { c }
            })
            .collect();
        let (headings, rows, about) = read(text.as_bytes());
        assert_eq!(headings, cells(&["Name", "Address", "Phone"]));
        assert_eq!(rows[0].1[1], "1, High St; Sale | UK");
        assert_eq!(rows[1].1[2], "0161 496 0001");
        assert_eq!(about.said, format!("CSV, UTF-8, {said}"));
    }
}

#[test]
fn encodings_are_told_apart() {
    let text = "Name,Café\nZoë’s – lunch,naïve £5\n";
    let utf8 = text.as_bytes().to_vec();
    let with_mark = [b"\xef\xbb\xbf".as_slice(), &utf8].concat();
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let little_mark = [b"\xff\xfe".as_slice(), &little].concat();
    let big_mark = [b"\xfe\xff".as_slice(), &big].concat();
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let all = [
        (utf8, "UTF-8"),
        (with_mark, "UTF-8"),
        (little, "UTF-16"),
        (little_mark, "UTF-16"),
        (big, "UTF-16"),
        (big_mark, "UTF-16"),
        (windows.into_owned(), "Windows-1252"),
    ];
    for (bytes, name) in all {
        let (headings, rows, about) = read(&bytes);
        assert_eq!(headings, cells(&["Name", "Café"]), "{name}");
        assert_eq!(rows, [(2, cells(&["Zoë’s – lunch", "naïve £5"]))], "{name}");
        assert_eq!(about.said, format!("CSV, {name}, commas"));
    }
}

#[test]
fn an_accent_at_the_very_end_of_a_long_file_decides() {
    let mut bytes = b"Name,Place\n".to_vec();
    for _ in 0..40_000 {
        bytes.extend_from_slice(b"Lunch club,Sale\n");
    }
    bytes.extend_from_slice(b"Caf\xe9,Hale\n");
    let (_, rows, about) = read(&bytes);
    assert_eq!(about.encoding, Some(encoding_rs::WINDOWS_1252));
    assert_eq!(rows[40_000], (40_002, cells(&["Café", "Hale"])));
}

#[test]
fn a_stray_byte_in_utf8_is_kept_and_told() {
    let file = written("Name,Place\nCafé Zoë ü ö ä,Sale\nCaf\u{0}!,Hale\n".as_bytes());
    let mut bytes = std::fs::read(file.path()).unwrap();
    let at = bytes.iter().position(|byte| *byte == b'!').unwrap();
    bytes[at] = 0xe9;
    std::fs::write(file.path(), bytes).unwrap();
    let mut table = Table::open(file.path(), &Options::default()).unwrap();
    assert_eq!(table.findings.len(), 2);
    assert!(
        table.findings[0].message.starts_with("1 bytes"),
        "{:?}",
        table.findings
    );
    assert_eq!(rows(&mut table)[1].cells, cells(&["Café", "Hale"]));
}

#[test]
fn lines_are_counted_as_an_editor_does_whatever_ends_them() {
    for end in ["\n", "\r\n", "\r"] {
        let text = "Name,Notes|||Lunch,\"one|two|\"|  ,|Tea,\"three\"|".replace('|', end);
        let (_, rows, _) = read(text.as_bytes());
        let lines: Vec<u64> = rows.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [4, 8], "{end:?}");
        assert_eq!(rows[0].1[1], format!("one{end}two{end}"));
    }
}

#[test]
fn lines_are_counted_across_chunks() {
    let mut text = "Name,Notes\r\n".to_owned();
    for number in 0..30_000 {
        text.push_str(&format!("row {number},\"a\r\nb\"\r\n"));
    }
    let (_, rows, _) = read(text.as_bytes());
    assert_eq!(rows.len(), 30_000);
    for (index, (line, cells)) in rows.iter().enumerate() {
        assert_eq!(*line, 2 + 2 * index as u64);
        assert_eq!(cells[0], format!("row {index}"));
    }
}

#[test]
fn ragged_rows_are_told() {
    let file = written(b"a,b,c\n1,2\n1,2,3,4,,5,,\n1,2,3,,\n1,2,3");
    let mut table = Table::open(file.path(), &Options::default()).unwrap();
    let rows = rows(&mut table);
    assert!(rows[0].short && rows[0].cells == cells(&["1", "2", ""]));
    assert!(!rows[1].short && rows[1].surplus == cells(&["4", "", "5"]));
    assert!(rows[2].surplus.is_empty() && !rows[2].short);
    assert_eq!(rows[3].cells, cells(&["1", "2", "3"]));
}

#[test]
fn blank_and_repeated_headings_are_told_apart() {
    let file = written(b"\xef\xbb\xbf\"Name \",Phone,,\"Phone\n\",\n,2,3,4,5\n");
    let table = Table::open(file.path(), &Options::default()).unwrap();
    let told: Vec<(&str, u32, &str)> = table
        .headings
        .iter()
        .map(|h| (&*h.name, h.nth, &*h.letter))
        .collect();
    let expected = [
        ("Name", 0, "A"),
        ("Phone", 0, "B"),
        ("", 0, "C"),
        ("Phone", 1, "D"),
        ("", 1, "E"),
    ];
    assert_eq!(told, expected);
    let wide = (0..800)
        .map(|n| n.to_string())
        .collect::<Vec<_>>()
        .join(",x");
    let file = written(format!("{wide}\n").as_bytes());
    let table = Table::open(file.path(), &Options::default()).unwrap();
    assert_eq!(
        (&*table.headings[26].letter, &*table.headings[799].letter),
        ("AA", "ADT")
    );
}

#[test]
fn titles_above_the_headings_are_passed_over_and_kept() {
    let text = "Directory of lunch clubs,,,\nUpdated,5 March 2024,,\n\nName,Phone,Email,Web\n\
                Lunch,0161 496 0000,a@example.org,www.example.org\n\
                Tea,0161 496 0001,b@example.org,www.example.org\n";
    let (headings, rows, about) = read(text.as_bytes());
    assert_eq!(headings, cells(&["Name", "Phone", "Email", "Web"]));
    assert_eq!((about.header_line, rows[0].0, rows.len()), (4, 5, 2));
    assert_eq!(
        about.title_lines,
        cells(&["Directory of lunch clubs", "Updated 5 March 2024"])
    );
    let options = Options {
        header_line: Some(5),
        ..Options::default()
    };
    let (headings, rows, _) = read_with(text.as_bytes(), &options);
    assert_eq!((&*headings[0], rows.len()), ("Lunch", 1));
}

#[test]
fn headings_may_be_said_to_stand_far_down() {
    let text = format!("{}Name,Town\nTea,Sale\n", "some,text\n".repeat(500));
    let options = Options {
        header_line: Some(501),
        ..Options::default()
    };
    let (headings, rows, about) = read_with(text.as_bytes(), &options);
    assert_eq!((headings, rows.len()), (cells(&["Name", "Town"]), 1));
    assert_eq!((about.header_line, rows[0].0), (501, 502));
}

#[test]
fn a_first_line_may_say_the_delimiter() {
    let (headings, rows, about) = read(b"sep=;\r\nName;Town, or city\r\nTea;Sale\r\n");
    assert_eq!(headings, cells(&["Name", "Town, or city"]));
    assert_eq!(rows, [(3, cells(&["Tea", "Sale"]))]);
    assert_eq!((about.delimiter, about.header_line), (Some(b';'), 2));
    let options = Options {
        delimiter: Some(b'!'),
        ..Options::default()
    };
    let (headings, _, _) = read_with(b"Name!Town\nTea!Sale\n", &options);
    assert_eq!(headings, cells(&["Name", "Town"]));
}

#[test]
fn one_column_is_a_table_too() {
    let (headings, rows, _) = read(b"Name\nLunch club\nTea and coffee\nWalks; talks\n");
    assert_eq!((headings, rows.len()), (cells(&["Name"]), 3));
    let (headings, rows, _) = read(b"Address\n1 High St, Sale\n2 High St, Sale, M33\nHale\n");
    assert_eq!(
        (headings, rows[1].1[0].as_str()),
        (cells(&["Address"]), "2 High St, Sale, M33")
    );
}

#[test]
fn apostrophes_before_formulas_are_taken_off() {
    let (_, rows, _) = read(b"Name,Phone\n'=1+1,'+44 161 496 0000\n'tis,''-5\n");
    assert_eq!(rows[0].1, cells(&["=1+1", "+44 161 496 0000"]));
    assert_eq!(rows[1].1, cells(&["'tis", "'-5"]));
}

#[test]
fn a_quote_never_closed_is_told_with_its_line() {
    let said = refused(b"Name,Notes\nLunch,\"a\nb\"\nTea,\"never\nclosed\n");
    assert!(said.contains("line 4: a quotation mark opens"), "{said}");
    let said = refused(b"Name,Notes\nLunch,\"a\r\nb\",\"x");
    assert!(said.contains("line 3: a quotation mark opens"), "{said}");
    let (_, rows, _) = read(b"Name,Notes\nLunch,\"closed\"");
    assert_eq!(rows[0].1[1], "closed");
    let (_, rows, _) = read(b"Name,Notes\nLunch,5\" pipe");
    assert_eq!(rows[0].1[1], "5\" pipe");
}

#[test]
fn what_is_beyond_all_measure_is_refused() {
    let cell = "x".repeat(1_200_000);
    let said = refused(format!("Name,Notes\nLunch,{cell}\n").as_bytes());
    assert!(
        said.contains("line 2: cell 2 of the row holds more than 1 MB"),
        "{said}"
    );
    let said =
        refused(format!("Name,Notes\nTea,1\nLunch,\"{}", "x\n".repeat(3_000_000)).as_bytes());
    assert!(
        said.contains("line 3: the row is longer than 4 MB"),
        "{said}"
    );
    let said = refused(format!("Name,Notes\n{}\n", ",".repeat(20_000)).as_bytes());
    assert!(said.contains("more than 16,384 cells"), "{said}");
}

#[test]
fn what_is_no_table_is_refused_with_what_to_do() {
    assert!(refused(b"").contains("the file is empty"));
    assert!(refused(b"\n \r\n\t\n").contains("no row with headings"));
    assert!(refused(b"<html><table><tr><td>1</td></tr></table>").contains("web page"));
    assert!(refused(b"[{\"name\": \"Tea\"}]").contains("JSON"));
    assert!(refused(b"%PDF-1.7\n1 0 obj").contains("a PDF"));
    assert!(refused(b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0").contains("no workbook"));
    let noise: Vec<u8> = (0..60_000_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    assert!(refused(&noise).contains("neither text nor"));
    let missing = Table::open(Path::new("/no/such/file.csv"), &Options::default());
    assert!(matches!(missing, Err(InterchangeError::Io { .. })));
    let folder = tempfile::tempdir().unwrap();
    assert!(Table::open(folder.path(), &Options::default()).is_err());
}

#[test]
fn a_text_is_one_sheet_without_a_name() {
    let file = written(b"Name\nTea\n\nLunch\n");
    let sheets = sheets(file.path()).unwrap();
    assert_eq!((sheets.len(), &*sheets[0].name, sheets[0].rows), (1, "", 3));
}

#[test]
fn progress_ends_at_the_whole() {
    let file = written(b"Name,Place\nTea,Sale\n");
    let mut table = Table::open(file.path(), &Options::default()).unwrap();
    let read = rows(&mut table);
    assert_eq!((read.len(), table.done(), table.total()), (1, 20, 20));
}
