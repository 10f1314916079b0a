//! Text free of markup, control characters and needless spaces.

use std::borrow::Cow;

use super::markup;
use crate::tables::is_blank;

/// What a text held beside words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oddity {
    /// HTML, which is now plain text.
    Markup,
    /// Characters that a wrong encoding made (`cafÃ©`, `�`): kept, as what they were is a guess.
    Garbled,
    /// Control characters, which are dropped.
    Controls,
    /// It was longer than it may be, and is cut.
    Cut,
}

/// A text made clean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clean<'a> {
    /// The text: lines trimmed, at most one empty line between two, no spaces doubled.
    pub text: Cow<'a, str>,
    /// What it held beside words.
    pub oddities: Vec<Oddity>,
}

/// Tags and character references that arise only when others are taken away are looked for again so
/// many times; beyond that their marks go.
const ROUNDS: usize = 8;

/// Makes a text clean, of at most so many characters.
#[must_use]
pub fn clean(raw: &str, longest: usize) -> Clean<'_> {
    if is_plain(raw, longest) {
        return Clean {
            text: Cow::Borrowed(raw),
            oddities: Vec::new(),
        };
    }
    let mut oddities = Vec::new();
    // Before spaces of all kinds become one: they are part of what a wrong encoding makes.
    if is_garbled(raw) {
        oddities.push(Oddity::Garbled);
    }
    // Markup is longer than its text, but not without bound.
    let bounded = cut(raw, longest.saturating_mul(4)).unwrap_or(raw);
    let dropped = |c: char| usual(c).is_none() && c != '\r';
    if bounded.chars().any(dropped) {
        oddities.push(Oddity::Controls);
    }
    let lines = bounded.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = lines.chars().filter_map(usual).collect();
    let mut text = spaced(&without_markup(kept, &mut oddities));
    if bounded.len() < raw.len() || cut(&text, longest).is_some() {
        oddities.push(Oddity::Cut);
        let short = cut(&text, longest).unwrap_or(&text).trim_end().to_owned();
        text = short;
    }
    Clean {
        text: Cow::Owned(text),
        oddities,
    }
}

/// A value as it is compared: small letters, single spaces.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}

/// Whether a cell says nothing, or only that nothing is known: blank, `Not known`, `tbc`.
#[must_use]
pub fn is_unsaid(text: &str) -> bool {
    const UNSAID: [&str; 9] = [
        "not known",
        "unknown",
        "not applicable",
        "not available",
        "not relevant",
        "not stated",
        "tbc",
        "tba",
        "to be confirmed",
    ];
    let text = text.trim();
    is_blank(text)
        || text.len() <= 15
            && UNSAID
                .iter()
                .any(|unsaid| text.eq_ignore_ascii_case(unsaid))
}

/// The pieces of a list in a cell, as `;`, `|`, line ends and, where asked for, commas part them.
pub fn pieces(text: &str, commas: bool) -> impl Iterator<Item = &str> {
    text.split(move |c| matches!(c, ';' | '|' | '\n') || commas && c == ',')
        .map(|piece| piece.trim().trim_start_matches(['•', '*', '·']).trim())
        .filter(|piece| !is_unsaid(piece))
}

/// Most cells: nothing to do.
fn is_plain(raw: &str, longest: usize) -> bool {
    let mut last = b' ';
    for &byte in raw.as_bytes() {
        let fine = matches!(byte, b' '..=b'~') && !matches!(byte, b'<' | b'&');
        if !fine || (byte == b' ' && last == b' ') {
            return false;
        }
        last = byte;
    }
    raw.len() <= longest && (last != b' ' || raw.is_empty())
}

fn cut(text: &str, longest: usize) -> Option<&str> {
    let (end, _) = text.char_indices().nth(longest)?;
    text.get(..end)
}

/// Letters that UTF-8 read as Windows-1252 gives: `Ã©`, `â€™`, `Â£`, or the mark of what was lost.
fn is_garbled(text: &str) -> bool {
    let follows = |c: char| matches!(c, '\u{80}'..='\u{bf}' | '‚' | 'ƒ' | '„' | '…' | '‰' | '‹' | '‘'..='”' | '€' | '™' | '›');
    let mut before = ' ';
    for c in text.chars() {
        let pair = matches!(before, 'Ã' | 'Â') && follows(c) || before == 'â' && c == '€';
        if pair || c == '\u{fffd}' {
            return true;
        }
        before = c;
    }
    false
}

/// A character as it is kept; none: it is dropped.
pub(super) fn usual(c: char) -> Option<char> {
    match c {
        '\n' => Some('\n'),
        '\t' | '\u{b}' | '\u{c}' => Some(' '),
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => None,
        '\u{2028}' | '\u{2029}' | '\u{85}' => Some('\n'),
        other if other.is_control() => None,
        other if other.is_whitespace() => Some(' '),
        other => Some(other),
    }
}

fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.split('\n') {
        let mut words = line.split(' ').filter(|word| !word.is_empty()).peekable();
        if words.peek().is_none() {
            empty += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        empty = 0;
        for (n, word) in words.enumerate() {
            if n > 0 {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

fn without_markup(mut text: String, oddities: &mut Vec<Oddity>) -> String {
    if !text.contains(['<', '&']) {
        return text;
    }
    let mut found = false;
    for _ in 0..ROUNDS {
        let stripped = markup::strip(&markup::decode(&text));
        if stripped == text {
            break;
        }
        found = true;
        text = stripped;
    }
    if markup::strip(&markup::decode(&text)) != text {
        text.retain(|c| !matches!(c, '<' | '&'));
    }
    if found {
        oddities.push(Oddity::Markup);
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_is_freed_of_what_is_not_text() {
        for (raw, text, odd) in [
            ("as it is", "as it is", vec![]),
            (
                "  two\u{a0}\u{a0}words \r\n\r\n\r\n next\t ",
                "two words\n\nnext",
                vec![],
            ),
            (
                "<p>One &amp; two</p><br/>three",
                "One & two\n\nthree",
                vec![Oddity::Markup],
            ),
            ("a<script>alert('x')</script >b", "ab", vec![Oddity::Markup]),
            ("&amp;amp;lt;b&gt;bold", "bold", vec![Oddity::Markup]),
            (
                "write to Jo <jo@example.org>, 3 < 4 & 5 > 4",
                "write to Jo <jo@example.org>, 3 < 4 & 5 > 4",
                vec![],
            ),
            ("caf\u{c3}\u{a9}", "caf\u{c3}\u{a9}", vec![Oddity::Garbled]),
            ("a\u{0}b\u{202e}c", "abc", vec![Oddity::Controls]),
        ] {
            let done = clean(raw, 1000);
            assert_eq!((done.text.as_ref(), done.oddities), (text, odd), "{raw:?}");
        }
    }

    #[test]
    fn text_that_is_too_long_is_cut() {
        let done = clean("ééé ééé", 4);
        assert_eq!(
            (done.text.as_ref(), done.oddities),
            ("ééé", vec![Oddity::Cut])
        );
    }

    #[test]
    fn nothing_said_is_told_from_something() {
        for unsaid in ["", " ", "NA", "n/a", "--", "Not known", "TBC", "\u{2013}"] {
            assert!(is_unsaid(unsaid), "{unsaid}");
        }
        for said in ["0", "no", "none", "Nan's kitchen"] {
            assert!(!is_unsaid(said), "{said}");
        }
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(raw in "([<>&;/a-z# !\\-\r\n\t\u{a0}\u{202e}é]|amp;|<b>|<p>|script|&lt;|br){0,40}") {
            let once = clean(&raw, 60).text.into_owned();
            prop_assert_eq!(clean(&once, 60).text.into_owned(), once);
        }

        #[test]
        fn any_text_is_taken(raw in any::<String>()) {
            let once = clean(&raw, 20).text.into_owned();
            prop_assert!(once.chars().count() <= 20);
            prop_assert_eq!(clean(&once, 20).text.into_owned(), once);
        }
    }
}
