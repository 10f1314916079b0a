//! Cells that a spreadsheet would take for a formula.
//!
//! A program that opens a CSV runs a cell beginning with `=`, `+`, `-` or `@` as a formula, which
//! may send what stands in other cells somewhere. Such a cell goes out with an apostrophe before
//! it, telephone numbers (`+44…`) and negative numbers too: what is text stays text. Coming in, the
//! apostrophe is taken off again where, and only where, it would have been put on.

use std::borrow::Cow;

/// The cell as it is safe to write.
#[must_use]
pub fn write(cell: &str) -> Cow<'_, str> {
    if is_risky(cell) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The cell as it was before [`write()`].
#[must_use]
pub fn read(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_risky(rest) => rest,
        _ => cell,
    }
}

/// Whether a program might run it: what counts is the first character that is neither space nor
/// quotation mark, as some programs pass over these, and whether a control character comes first.
/// That apostrophes are passed over too is what lets a cell that had one of its own come back as it
/// was: what needs an apostrophe needs one also behind an apostrophe. The wide forms run as well.
fn is_risky(cell: &str) -> bool {
    if cell.trim_start_matches('\'').starts_with(char::is_control) {
        return true;
    }
    let seen = cell.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\'' | '"'));
    seen.starts_with(|c: char| {
        c.is_control() || matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
    })
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    #[test]
    fn what_could_run_gets_an_apostrophe_and_loses_it_again() {
        let risky = [
            "=1+1",
            "+441614960000",
            "-5",
            "@SUM(A1)",
            "\t=1",
            "\rx",
            "  =1",
            "\"=1",
            "'=1",
            "''-",
            "＝1",
            " '\"@x",
            "- first\n- second",
            "'\t",
            "''\r=",
            "\u{1}x",
        ];
        for cell in risky {
            let written = write(cell);
            assert_eq!(written, format!("'{cell}"));
            assert_eq!(read(&written), cell);
        }
        for cell in [
            "",
            "0161 496 0000",
            "'tis",
            "a=b",
            "'",
            "x@example.org",
            "(-5)",
        ] {
            assert_eq!(write(cell), cell);
            assert_eq!(read(cell), cell);
        }
    }
}
