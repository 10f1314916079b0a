//! What stands between the cells of a text.

use csv_core::{ReadRecordResult, ReaderBuilder};

/// What may: the likeliest first.
const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Stands nowhere in a text: the delimiter of a list that has one column.
pub(super) const NONE: u8 = 0x1f;
/// How many records tell.
const RECORDS: usize = 200;

/// What the first line says by itself, as spreadsheets write and read it: `sep=;`.
pub(super) fn declared(head: &str) -> Option<u8> {
    let line = head.split(['\r', '\n']).next().unwrap_or_default();
    let line = line.trim_matches('"');
    let said = line
        .get(..4)
        .filter(|said| said.eq_ignore_ascii_case("sep="));
    match line.as_bytes() {
        [_, _, _, _, delimiter] if said.is_some() => Some(*delimiter),
        _ => None,
    }
}

/// What cuts the text's records, outside quotes, into the same number of cells most often; [`NONE`]
/// where nothing does.
pub(super) fn sniff(head: &str, whole: bool) -> u8 {
    let mut best = (0.0, 0, NONE);
    for candidate in CANDIDATES {
        let widths = widths(head, candidate, whole);
        let Some((share, width)) = regular(&widths) else {
            continue;
        };
        if share > best.0 + 0.05 || (share > best.0 - 0.05 && width > best.1) {
            best = (share, width, candidate);
        }
    }
    best.2
}

/// How many cells each of the first records has; the last, which may be cut off, only if `whole`.
fn widths(head: &str, delimiter: u8, whole: bool) -> Vec<usize> {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
    let mut out = vec![0; head.len().saturating_add(1)];
    let mut ends = vec![0; 1024];
    let mut widths = Vec::new();
    let mut rest = head.as_bytes();
    let mut cells = 0_usize;
    while widths.len() < RECORDS {
        let (result, read, _, ended) = reader.read_record(rest, &mut out, &mut ends);
        rest = rest.get(read..).unwrap_or_default();
        cells = cells.saturating_add(ended);
        match result {
            ReadRecordResult::Record => widths.push(std::mem::take(&mut cells)),
            ReadRecordResult::OutputEndsFull => {}
            ReadRecordResult::InputEmpty if whole => {}
            ReadRecordResult::InputEmpty | ReadRecordResult::OutputFull | ReadRecordResult::End => {
                break;
            }
        }
    }
    widths
}

/// The commonest number of cells beyond one, and how large a share of all records has it.
///
/// Where the first line has but one cell it may be a title, and what follows is regular; or it heads
/// a list of one column in which some lines have commas and some have not.
fn regular(widths: &[usize]) -> Option<(f64, usize)> {
    let first = widths.iter().position(|width| *width > 1)?;
    let table = widths.get(first..)?;
    let mut counted: Vec<(usize, usize)> = Vec::new();
    for width in table.iter().filter(|width| **width > 1) {
        match counted.iter_mut().find(|(known, _)| known == width) {
            Some((_, times)) => *times = times.saturating_add(1),
            None => counted.push((*width, 1)),
        }
    }
    let (width, times) = counted
        .into_iter()
        .max_by_key(|(width, times)| (*times, *width))?;
    if first > 0 && times.saturating_mul(5) < table.len().saturating_mul(4) {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "at most 200")]
    let share = times as f64 / widths.len() as f64;
    Some((share, width))
}

#[cfg(test)]
mod tests {
    use super::{NONE, declared, sniff};

    #[test]
    fn what_is_regular_from_the_first_line_on_counts_most() {
        assert_eq!(
            sniff("a,b,c\na,,\"'\r;\"\na,\"\"\"=\",sep=;;\n", true),
            b','
        );
        assert_eq!(sniff("a;b\n1,5;2,5\n1,5;2,5\n", true), b';');
        assert_eq!(sniff("List of 2024\n\na|b|c\n1|2|3\n", true), b'|');
        assert_eq!(sniff("a\tb\n\"x, y\"\tz\n", false), b'\t');
        assert_eq!(
            sniff("Notes\none, two\none, two, three\nfour\n", true),
            NONE
        );
        assert_eq!(sniff("", true), NONE);
    }

    #[test]
    fn a_declaration_is_a_line_of_its_own() {
        assert_eq!(declared("sep=;\r\na;b"), Some(b';'));
        assert_eq!(declared("SEP=\t\na\tb"), Some(b'\t'));
        assert_eq!(declared("\"sep=|\"\na|b"), Some(b'|'));
        assert_eq!(declared("sep=;;\na;b"), None);
        assert_eq!(declared("separate,b"), None);
    }
}
