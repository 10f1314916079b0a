//! One telephone number: whose it is, and how it is written.

use super::{Number, Remark, phone_codes, quoted};

/// A number as it is kept; none: it only fills the place of one.
pub(super) fn said_of(piece: &str, remarks: &mut Vec<Remark>) -> Option<Number> {
    let piece = piece.trim();
    let written: String = piece.split_whitespace().collect::<Vec<_>>().join(" ");
    let digits: String = piece.chars().filter(char::is_ascii_digit).collect();
    if digits.bytes().all(|b| b == b'0') {
        let message = format!("{} is no telephone number; left out", quoted(&written));
        remarks.push(Remark::note(message));
        return None;
    }
    let number = match usual(piece, &digits, remarks) {
        Ok(usual) => usual.unwrap_or(written),
        Err(why) => {
            let message = format!("{} {why}; kept as written", quoted(&written));
            remarks.push(Remark::doubt(message));
            written
        }
    };
    Some(Number {
        number,
        ..Number::default()
    })
}

/// The usual way of writing it; none: as it was written. Or why it cannot be right.
fn usual(
    piece: &str,
    digits: &str,
    remarks: &mut Vec<Remark>,
) -> Result<Option<String>, &'static str> {
    let home = |digits: &str| {
        let usual = phone_codes::written(digits);
        usual.map(Some).ok_or_else(|| why_not(digits))
    };
    match origin(piece, digits) {
        Some(Origin::Abroad) => return Ok(None),
        Some(Origin::Home(digits)) => return home(&digits),
        None => {}
    }
    if piece.contains(['e', 'E']) {
        return Err("was shortened by a spreadsheet, so its last digits may be lost");
    }
    if piece.starts_with(['O', 'o']) {
        return Err("begins with the letter O where a 0 belongs");
    }
    if digits.starts_with('0') {
        return home(digits);
    }
    if let Some(usual) = restored(piece, digits, remarks) {
        return Ok(Some(usual));
    }
    // Numbers of other countries come in many shapes, with marks between their parts.
    let abroad = piece.len() > digits.len() && (7..=15).contains(&digits.len());
    abroad
        .then_some(None)
        .ok_or("does not look like a telephone number")
}

/// Which country's number it is, where it begins by saying so.
enum Origin {
    /// The United Kingdom's: its digits, from the 0 on.
    Home(String),
    /// Another country's.
    Abroad,
}

fn origin(piece: &str, digits: &str) -> Option<Origin> {
    let plus = piece.trim_start_matches('(').starts_with('+');
    let national = if plus {
        digits
    } else {
        digits.strip_prefix("00")?
    };
    let home = national.strip_prefix("44");
    Some(home.map_or(Origin::Abroad, |home| {
        Origin::Home(format!("0{}", home.strip_prefix('0').unwrap_or(home)))
    }))
}

/// A number that lost its leading 0 as spreadsheets drop it: nothing but digits, and with the 0 put
/// back a number that can be.
fn restored(piece: &str, digits: &str, remarks: &mut Vec<Remark>) -> Option<String> {
    if piece.len() != digits.len() || !matches!(digits.len(), 9 | 10) {
        return None;
    }
    let usual = phone_codes::written(&format!("0{digits}"))?;
    let message = format!("{} had lost its leading 0: now {usual}", quoted(digits));
    remarks.push(match digits.len() {
        10 => Remark::note(message),
        _ => Remark::doubt(format!("{message}, which is short; please check it")),
    });
    Some(usual)
}

fn why_not(digits: &str) -> &'static str {
    match digits.len() {
        ..10 => "is too short for a telephone number",
        10 => "has a digit too few",
        11 => "begins with a code that no area has",
        _ => "has too many digits",
    }
}
