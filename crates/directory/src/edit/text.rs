//! Single texts of a form. A blank one says that something is not known.

use serde_json::Number;

/// A text with something in it, without blanks around it.
pub(super) fn blank(text: Option<&String>) -> Option<String> {
    crate::said::filled(text)
}

/// A record's text as the form shows it.
pub(super) fn shown(text: Option<&String>) -> Option<String> {
    blank(text)
}

/// Puts a text, if it is another one than before.
pub(super) fn put(target: &mut Option<String>, before: Option<&String>, after: Option<&String>) {
    let after = blank(after);
    if after != blank(before) {
        *target = after;
    }
}

/// A number as it was written, `£` and a comma in thousands left out.
pub(super) fn number(text: &str) -> Option<Number> {
    let plain: String = text
        .trim()
        .trim_start_matches('£')
        .chars()
        .filter(|c| *c != ',')
        .collect();
    let plain = plain.trim();
    let shape = plain
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    if !shape || plain.is_empty() {
        return None;
    }
    if let Ok(whole) = plain.parse::<u64>() {
        return Some(Number::from(whole));
    }
    Number::from_f64(plain.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_write_it() {
        let read = |text| number(text).map(|number| number.to_string());
        assert_eq!(read("£3.50").as_deref(), Some("3.5"));
        assert_eq!(read(" 1,200 ").as_deref(), Some("1200"));
        assert_eq!(read("16").as_deref(), Some("16"));
        for text in ["", "three", "1e9", "3 to 5", "inf", "1.2.3"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
