//! What the answers are written on: how wide it is, and whether it knows bold type.

/// A terminal, or a pipe taken for one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paper {
    pub(crate) width: usize,
    pub(crate) bold: bool,
}

/// Wider lines are hard to read.
const WIDEST: usize = 100;
/// Below this words are no longer broken into lines: the terminal does it.
const NARROWEST: usize = 20;

impl Paper {
    /// Letters in a line.
    pub(crate) fn line(self) -> usize {
        self.width.clamp(NARROWEST, WIDEST)
    }
}

/// The words of a text in lines of so many letters at most. A word longer than a line stands on its
/// own, whole, so that it can be copied. Control characters are left out: text that came from
/// elsewhere must not steer the terminal.
pub(crate) fn lines(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let word: String = word.chars().filter(|c| !c.is_control()).collect();
        match lines.last_mut() {
            Some(line) if letters(line) + 1 + letters(&word) <= most => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

pub(crate) fn letters(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_and_lines_short() {
        assert_eq!(lines("one two  three", 7), ["one two", "three"]);
        assert_eq!(
            lines("a extraordinarily b", 5),
            ["a", "extraordinarily", "b"]
        );
        assert!(lines(" \n", 5).is_empty());
    }

    #[test]
    fn a_text_can_not_steer_the_terminal() {
        assert_eq!(lines("a\u{1b}[31mred\u{7} b", 80), ["a[31mred b"]);
    }
}
