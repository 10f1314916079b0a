use proptest::prelude::*;
use time::macros::date;

use super::*;
use crate::tables::{Options, Row, Table};

fn document(format: Format) -> Document {
    Document {
        format,
        title: "Clubs".to_owned(),
        made: date!(2024 - 03 - 05),
        headings: ["Name", "Notes", "Phone"].map(str::to_owned).to_vec(),
    }
}

fn read(path: &Path) -> Vec<Vec<String>> {
    let options = Options {
        header_line: Some(1),
        ..Options::default()
    };
    let mut table = Table::open(path, &options).unwrap();
    let headings: Vec<&str> = table
        .headings
        .iter()
        .map(|heading| heading.name.as_str())
        .collect();
    assert_eq!(headings, ["Name", "Notes", "Phone"]);
    let (mut rows, mut row) = (Vec::new(), Row::default());
    while table.next(&mut row).unwrap() {
        assert!(row.surplus.is_empty());
        rows.push(row.cells.clone());
    }
    rows
}

#[expect(clippy::unnecessary_wraps, reason = "rows may stop")]
fn cells(row: &[String]) -> Result<Vec<Cell>, Stop> {
    Ok(row.iter().map(|text| Cell::from(text.as_str())).collect())
}

fn files(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

#[test]
fn a_csv_is_what_spreadsheets_expect() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clubs.csv");
    let row = vec![
        Cell::from("=HYPERLINK(\"https://example.org\")"),
        Cell::Text("two\nlines, \"quoted\"".to_owned()),
        Cell::from("+44 161 496 0000"),
    ];
    let other = vec![Cell::Number(-5.0), Cell::Date(date!(2024 - 03 - 05))];
    let saved = save(
        &path,
        &document(Format::Csv),
        [Ok(row), Ok(other)].into_iter(),
    )
    .unwrap();
    assert_eq!((saved.rows, files(folder.path())), (2, 1));
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(
        text,
        "\u{feff}Name,Notes,Phone\r\n\"'=HYPERLINK(\"\"https://example.org\"\")\",\
         \"two\nlines, \"\"quoted\"\"\",'+44 161 496 0000\r\n'-5,2024-03-05,\r\n"
    );
    assert_eq!(read(&path)[0][0], "=HYPERLINK(\"https://example.org\")");
}

#[test]
fn nothing_is_left_or_lost_when_it_is_cancelled_or_fails() {
    for format in [Format::Csv, Format::Xlsx] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("clubs");
        std::fs::write(&path, "what was there").unwrap();
        let rows = [cells(&["Tea".to_owned()]), Err(Stop::Cancelled)];
        let stopped = save(&path, &document(format), rows.into_iter());
        assert!(matches!(stopped, Err(InterchangeError::Cancelled)));
        assert_eq!(std::fs::read(&path).unwrap(), b"what was there");
        assert_eq!(files(folder.path()), 1);

        let missing = folder.path().join("no/such/clubs");
        let failed = save(&missing, &document(format), std::iter::empty());
        assert!(matches!(failed, Err(InterchangeError::Io { .. })));
        let _saved = save(&path, &document(format), std::iter::empty()).unwrap();
        assert_eq!((read(&path).len(), files(folder.path())), (0, 1));
    }
}

/// Text as a cell may hold it: what stands for nothing goes lost by intention.
fn text() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "=",
        "+",
        "-",
        "@",
        "'",
        "\"",
        "''",
        " ",
        "\t",
        "\r",
        "\n",
        "\r\n",
        ",",
        ";",
        "|",
        "_x0041_",
        "\u{a0}",
        "é",
        "£",
        "😀",
        "\u{feff}",
        "sep=;",
        "<b>",
        "&amp;",
        "NA",
        "0161 496 0000",
        "1e5",
    ]);
    let piece = prop_oneof![3 => odd.prop_map(str::to_owned), 1 => "[ -~]{0,6}", 1 => "\\PC{0,4}"];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    let row =
        ("[a-z]{1,5}", text(), text()).prop_map(|(name, notes, phone)| vec![name, notes, phone]);
    prop::collection::vec(row, 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_goes_out_as_csv_comes_in_as_it_was(rows in table()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("clubs.csv");
        let saved = save(&path, &document(Format::Csv), rows.iter().map(|row| cells(row))).unwrap();
        prop_assert_eq!(saved.rows, rows.len() as u64);
        prop_assert_eq!(read(&path), rows);
    }

    #[test]
    fn no_cell_of_a_csv_can_run(rows in table()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("clubs.csv");
        let _saved = save(&path, &document(Format::Csv), rows.iter().map(|row| cells(row))).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        for record in csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes()).records() {
            for cell in &record.unwrap() {
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{:?}", cell);
            }
        }
    }

    #[test]
    fn what_goes_out_as_xlsx_comes_in_as_it_was_but_for_line_ends(rows in table()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("clubs.xlsx");
        let _saved = save(&path, &document(Format::Xlsx), rows.iter().map(|row| cells(row))).unwrap();
        let unix = |text: &String| text.replace("\r\n", "\n").replace('\r', "\n");
        let expected: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(unix).collect()).collect();
        prop_assert_eq!(read(&path), expected);
    }
}
