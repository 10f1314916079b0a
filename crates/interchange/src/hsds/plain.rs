//! Text as people read it: HTML is looked for in texts that HSDS knows, and nowhere else.

use crate::tidy::{self, Oddity};

/// What was found in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Look {
    /// The text without the HTML that was in it.
    pub(super) text: Option<String>,
    /// It has letters that a wrong encoding made.
    pub(super) garbled: bool,
}

/// Looks at a text; none: it stays as it is, to the letter.
pub(super) fn look(text: &str) -> Option<Look> {
    if text.is_ascii() && !text.contains(['<', '&']) {
        return None;
    }
    let clean = tidy::clean(text, usize::MAX);
    let has = |oddity| clean.oddities.contains(&oddity);
    let (markup, garbled) = (has(Oddity::Markup), has(Oddity::Garbled));
    (markup || garbled).then(|| Look {
        text: markup.then(|| clean.text.into_owned()),
        garbled,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_html_is_taken_away() {
        for fine in [
            "a < b > c",
            "Fish & chips",
            "x <info@x.org> y",
            "AT&T  two spaces",
            "  café\n\n\n",
            "1 &lt 2",
        ] {
            assert_eq!(look(fine), None, "{fine}");
        }
        let text = |raw| look(raw).and_then(|look| look.text);
        assert_eq!(text("<p>One &amp; <b>two</b></p>").unwrap(), "One & two");
        assert_eq!(text("Fish &amp; chips").unwrap(), "Fish & chips");
        assert_eq!(text("a<br/>b").unwrap(), "a\nb");
    }

    #[test]
    fn wrong_encodings_are_seen_and_left() {
        let look = look("cafÃ©").unwrap();
        assert!(look.garbled && look.text.is_none());
    }
}
