//! Which row holds the headings, and what they are called.

use std::collections::{HashMap, VecDeque};

use super::blank::is_blank;
use super::source::Raw;

/// How many rows are looked at.
pub(super) const SAMPLE: usize = 60;
/// How far below a title headings are looked for.
const TITLES: usize = 5;
/// Nobody heads a column with more.
const LONG: usize = 150;

/// The heading of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its text without space around it or line ends in it; empty where it is blank.
    pub name: String,
    /// Which of the columns with this name, from 0.
    pub nth: u32,
    /// The letter that a spreadsheet gives the column: A, B … AA.
    pub letter: String,
}

/// Headings that were found.
pub(super) struct Found {
    pub headings: Vec<Heading>,
    pub index: usize,
    pub line: u64,
    pub title_lines: Vec<String>,
}

/// Finds the headings among the first rows: on the line wanted or the next that holds anything, or
/// else in the first row that looks like headings. `sheet` says that rows end where the sheet does.
pub(super) fn find(rows: &VecDeque<Raw>, wanted: Option<u64>, sheet: bool) -> Option<Found> {
    let index = match wanted {
        Some(line) => rows.iter().position(|row| row.line >= line)?,
        None => likely(rows)?,
    };
    let row = rows.get(index)?;
    let after = rows.iter().skip(index).filter(|_| sheet).map(reach).max();
    let width = if sheet {
        reach(row).max(after.unwrap_or(0))
    } else {
        row.used
    };
    let titles = rows.iter().take(index).map(|row| {
        let cells: Vec<&str> = row
            .cells()
            .map(str::trim)
            .filter(|cell| !cell.is_empty())
            .collect();
        cells.join(" ")
    });
    Some(Found {
        headings: headings(row, width),
        index,
        line: row.line,
        title_lines: titles.collect(),
    })
}

/// The first row that fills at least half as many columns as rows usually do, with what could be
/// headings; the first that fills them with anything, if there is none such. A row that just fills
/// half of them is a title where headings that fill them all follow.
fn likely(rows: &VecDeque<Raw>) -> Option<usize> {
    let filled: Vec<usize> = rows.iter().map(filled).collect();
    let mut sorted = filled.clone();
    sorted.sort_unstable();
    let usual = *sorted.get(sorted.len() / 2)?;
    let enough = if usual < 2 {
        1
    } else {
        usual.div_ceil(2).max(2)
    };
    let fills = |index: usize, least: usize| filled.get(index).is_some_and(|cells| *cells >= least);
    let headed = |index: usize| rows.get(index).is_some_and(looks_like_headings);
    let first = (0..rows.len()).find(|index| fills(*index, enough))?;
    let found = (first..rows.len()).find(|index| fills(*index, enough) && headed(*index));
    let found = found.unwrap_or(first);
    if usual < 3 || fills(found, usual.saturating_mul(3).div_ceil(5)) {
        return Some(found);
    }
    let mut next = (found..rows.len()).skip(1).take(TITLES);
    Some(
        next.find(|index| fills(*index, usual) && headed(*index))
            .unwrap_or(found),
    )
}

fn filled(row: &Raw) -> usize {
    row.cells().filter(|cell| !is_blank(cell)).count()
}

/// How many columns there are up to the last cell that holds anything.
fn reach(row: &Raw) -> usize {
    let last = row
        .cells()
        .enumerate()
        .filter(|(_, cell)| !cell.trim().is_empty())
        .last();
    last.map_or(0, |(index, _)| index.saturating_add(1))
}

/// Whether most of its cells are short and neither numbers, dates nor addresses of any sort.
fn looks_like_headings(row: &Raw) -> bool {
    let cells = row.cells().filter(|cell| !is_blank(cell));
    let (mut all, mut values) = (0_usize, 0_usize);
    for cell in cells {
        if cell.len() > LONG {
            return false;
        }
        all = all.saturating_add(1);
        values = values.saturating_add(usize::from(is_value(cell.trim())));
    }
    values.saturating_mul(2) <= all
}

/// A number, a date, a web or mail address: what stands below headings.
fn is_value(cell: &str) -> bool {
    let numeric = cell
        .chars()
        .all(|c| c.is_ascii_digit() || " .,:/+-()£$€%".contains(c));
    let address = cell.contains("://") || cell.starts_with("www.");
    let mail = cell.contains('@') && !cell.contains(' ');
    numeric || address || mail
}

fn headings(row: &Raw, width: usize) -> Vec<Heading> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut headings = Vec::with_capacity(width);
    for index in 0..width {
        let written = row.cells.get(index).filter(|_| index < row.used);
        let name = clean(written.map_or("", String::as_str));
        let nth = seen.entry(name.clone()).or_insert(0);
        headings.push(Heading {
            name,
            nth: *nth,
            letter: letter(index),
        });
        *nth = nth.saturating_add(1);
    }
    headings
}

/// One space for any stretch of space and line ends; none around it.
fn clean(written: &str) -> String {
    let seen = written.replace(['\u{feff}', '\u{200b}'], "");
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a spreadsheet calls the column with this index.
pub(super) fn letter(index: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = index;
    loop {
        let offset = u8::try_from(rest % 26).unwrap_or(0);
        letters.push(char::from(b'A'.saturating_add(offset)));
        match (rest / 26).checked_sub(1) {
            Some(next) => rest = next,
            None => break,
        }
    }
    letters.iter().rev().collect()
}
