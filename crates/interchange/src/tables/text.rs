//! Opens a delimited text.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{Seek, SeekFrom};

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::decode::Decoding;
use super::kind::{Opened, Unread};
use super::records::Records;
use super::source::Source;
use super::survey::{self, Survey};
use super::{About, Options, delimiter};
use crate::{Finding, InterchangeError, Weight};

/// Opens it as text, whatever it is called.
pub(super) fn open(unread: Unread<'_>, options: &Options) -> Result<Opened, InterchangeError> {
    let failed = |source| InterchangeError::io(unread.path, source);
    let mut file = unread.file;
    let survey = survey::survey(&mut file).map_err(failed)?;
    let encoding = options.encoding.unwrap_or(survey.encoding);
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    let mut head = String::new();
    let mut sample = Decoding::new(file, encoding);
    let _any = sample.read(&mut head).map_err(failed)?;
    let whole = sample.done() >= unread.length;
    if let Some(what) = other_than_text(&head, &survey, unread.length) {
        return Err(InterchangeError::Broken {
            spot: unread.spot,
            why: format!(
                "it is {what}, not a table. Open it in the program that made it, save it as CSV \
                 or XLSX, and choose that."
            ),
        });
    }
    let declared = delimiter::declared(&head);
    let sniffed = || declared.unwrap_or_else(|| delimiter::sniff(&head, whole));
    let delimiter = options.delimiter.unwrap_or_else(sniffed);
    let mut file: File = sample.into_reader();
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    let decoding = Decoding::new(file, encoding);
    let mut records = Records::new(decoding, delimiter, unread.spot.clone(), unread.length);
    if declared.is_some() {
        records.skip_line()?;
    }
    let findings = survey_findings(&survey, encoding, &unread.spot);
    Ok(Opened {
        ahead: VecDeque::new(),
        source: Source::Text(Box::new(records)),
        about: about(delimiter, encoding),
        spot: unread.spot,
        findings,
    })
}

fn about(delimiter: u8, encoding: &'static Encoding) -> About {
    let between = match delimiter {
        delimiter::NONE => "one column".to_owned(),
        b',' => "commas".to_owned(),
        b';' => "semicolons".to_owned(),
        b'\t' => "tabs".to_owned(),
        b'|' => "bars".to_owned(),
        other => format!("\"{}\"", char::from(other)),
    };
    let name = match encoding.name() {
        "windows-1252" => "Windows-1252",
        "UTF-16LE" | "UTF-16BE" => "UTF-16",
        other => other,
    };
    About {
        said: format!("CSV, {name}, {between}"),
        delimiter: Some(delimiter),
        encoding: Some(encoding),
        sheet: None,
        header_line: 1,
        title_lines: Vec::new(),
    }
}

/// What was met that is worth telling.
fn survey_findings(
    survey: &Survey,
    encoding: &'static Encoding,
    spot: &crate::Spot,
) -> Vec<Finding> {
    let mut messages = Vec::new();
    if survey.strays > 0 && encoding == UTF_8 {
        let (strays, other) = (survey.strays, WINDOWS_1252.name());
        messages.push(format!(
            "{strays} bytes of the file are not UTF-8 as the rest is; they were read as \
             {other}. Look at accents, dashes and quotation marks."
        ));
    }
    if survey.nuls > 0 {
        let nuls = survey.nuls;
        messages.push(format!(
            "{nuls} NUL characters were left out. The file may have been damaged."
        ));
    }
    let finding = |message| Finding {
        weight: Weight::Doubtful,
        spot: spot.clone(),
        record: None,
        message,
    };
    messages.into_iter().map(finding).collect()
}

/// What it is, if no table: web pages are called `.xls` by some programs, and anything can be
/// called `.csv`.
fn other_than_text(head: &str, survey: &Survey, length: u64) -> Option<&'static str> {
    let start: String = head.trim_start().chars().take(15).collect();
    let start = start.to_ascii_lowercase();
    let begins = |marks: &[&str]| marks.iter().any(|mark| start.starts_with(mark));
    if begins(&["<!doctype", "<html", "<?xml", "<table", "<meta", "<head"]) {
        return Some("a web page or XML");
    }
    if begins(&["{\"", "[{", "{\n", "{\r", "[\n"]) {
        return Some("JSON");
    }
    if begins(&["%pdf-"]) {
        return Some("a PDF");
    }
    let control = |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}');
    let controls = head.chars().filter(control).count();
    let binary = controls.saturating_mul(50) > head.chars().count();
    (binary || survey.nuls.saturating_mul(20) > length).then_some("neither text nor a workbook")
}

#[cfg(test)]
mod tests;
