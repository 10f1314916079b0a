//! Ages: `16+`, `5 to 11`, `over 50s`.

/// From and up to which age, years; none: no bound is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ages {
    /// From this age.
    pub from: Option<u32>,
    /// Up to this age.
    pub to: Option<u32>,
}

/// Nobody is older: forms say 999 for "no bound".
const OLDEST: u32 = 120;

/// Ages where the whole text is about them and can be read in one way. A bare number is `from`.
#[must_use]
pub fn ages(text: &str) -> Option<Ages> {
    let lower = text.to_lowercase();
    let mut words = lower.replace('+', " + ").replace(['-', '–', '—'], " - ");
    for word in [
        "years of age",
        "year olds",
        "year old",
        "years old",
        "years",
        "yrs",
        "yr",
        "aged",
        "ages",
        "age",
        "people",
        "the",
    ] {
        words = words.replace(word, " ");
    }
    let tokens: Vec<&str> = words.split_whitespace().collect();
    let number = |text: &str| text.trim_end_matches('s').parse::<u32>().ok();
    let (from, to) = match tokens.as_slice() {
        ["all"] | ["any"] => (None, None),
        [one]
        | [one, "+"]
        | [
            one,
            "and" | "&" | "or",
            "over" | "above" | "older" | "up" | "upwards",
        ]
        | [one, "upwards"]
        | ["from", one] => (Some(number(one)?), None),
        ["over", one] => (Some(number(one)?), None),
        ["up", "to", one] | [one, "and" | "&" | "or", "under" | "younger" | "below"] => {
            (None, Some(number(one)?))
        }
        ["under", one] => (None, Some(number(one)?.checked_sub(1)?)),
        [from, "to" | "-" | "and", to] | ["from" | "between", from, "to" | "and" | "-", to] => {
            (Some(number(from)?), Some(number(to)?))
        }
        _ => return None,
    };
    let (from, to) = (from.filter(|n| *n > 0), to.filter(|n| *n <= OLDEST));
    (from.is_none_or(|n| n <= OLDEST) && from.zip(to).is_none_or(|(from, to)| from <= to))
        .then_some(Ages { from, to })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ages_are_read_where_they_are_plain() {
        for (text, from, to) in [
            ("16+", Some(16), None),
            ("18", Some(18), None),
            ("5 to 11", Some(5), Some(11)),
            ("13–25 years", Some(13), Some(25)),
            ("Over 50s", Some(50), None),
            ("under 25", None, Some(24)),
            ("16 and over", Some(16), None),
            ("0-999", None, None),
            ("All ages", None, None),
        ] {
            assert_eq!(ages(text), Some(Ages { from, to }), "{text}");
        }
        for text in ["young people", "11 to 5", "16 or with a parent", "", "300"] {
            assert_eq!(ages(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken(text in any::<String>()) {
            let _taken = ages(&text);
        }
    }
}
