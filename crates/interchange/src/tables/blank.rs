//! What stands in a cell that says nothing.

/// Whether a cell says nothing: nothing but space, dashes, dots or question marks, or a word that
/// programs write where a value is missing.
///
/// What a person may have meant stays: "none" (of the languages), "no", "0", "unknown", "TBC",
/// "not known" are answers.
#[must_use]
pub fn is_blank(cell: &str) -> bool {
    let text = cell.trim_matches(|c: char| c.is_whitespace() || is_unseen(c));
    if text.is_empty() {
        return true;
    }
    if text.len() > 12 {
        return text.chars().all(is_filler);
    }
    if text.chars().all(is_filler) {
        return true;
    }
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// What programs and people write for "no value", whatever its capitals.
const WORDS: [&str; 11] = [
    "NA", "N/A", "N.A.", "#N/A", "#NA", "n\\a", "null", "(null)", "\\N", "NaN", "(blank)",
];

/// Dashes, dots, underscores and question marks: placeholders in a row of them or alone.
fn is_filler(c: char) -> bool {
    matches!(
        c,
        '-' | '.' | '_' | '?' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2026}'
    )
}

/// Marks that take no room: byte order mark, joiners and spaces of no width.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}'
    )
}

#[cfg(test)]
mod tests {
    use super::is_blank;

    #[test]
    fn what_says_nothing_is_blank_and_what_may_say_something_is_not() {
        let blanks = [
            "",
            " ",
            "\u{a0}",
            "\t\n",
            "NA",
            "n/a",
            "N/A ",
            "-",
            "--",
            "–",
            "...",
            "?",
            "null",
            "NULL",
            "#N/A",
            "\u{feff}",
            "----------------",
        ];
        for blank in blanks {
            assert!(is_blank(blank), "{blank:?}");
        }
        let said = [
            "0",
            "no",
            "none",
            "None",
            "unknown",
            "Nan Smith",
            "N",
            "A",
            "-5",
            "TBC",
            "x",
        ];
        for cell in said {
            assert!(!is_blank(cell), "{cell:?}");
        }
    }
}
