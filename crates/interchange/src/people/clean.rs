//! Text as any program can show it.

use std::borrow::Cow;

/// The text without characters that stand for nothing: controls but tab and line end, and what
/// Unicode keeps for no character. Workbooks cannot hold them.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if text.contains(is_nothing) {
        Cow::Owned(text.replace(is_nothing, ""))
    } else {
        Cow::Borrowed(text)
    }
}

fn is_nothing(c: char) -> bool {
    let control = c < ' ' && !matches!(c, '\t' | '\n' | '\r');
    control || matches!(c, '\u{7f}' | '\u{fffe}' | '\u{ffff}')
}
