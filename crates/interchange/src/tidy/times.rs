//! The words of opening hours: days, times, and what joins them.

/// A part of a day that a time says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Am,
    Pm,
    Noon,
}

/// A time as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: u16,
    pub(super) minute: Option<u16>,
    pub(super) half: Option<Half>,
    /// Written as only a clock of 24 hours is: `09:30`, `0930`, `14.00`.
    pub(super) of_24: bool,
}

/// A word of opening hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// One day, Monday is 0.
    Day(u8),
    /// Several days at once, a bit for each.
    Days(u8),
    /// A time.
    Time(Clock),
    /// From one to the other.
    To,
    /// One and the other.
    And,
    /// The end of a statement.
    Stop,
    /// Says nothing by itself: `open`, `:`.
    Filler,
    /// Not open.
    Closed,
}

/// A word and where it ends in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) word: Word,
    pub(super) end: usize,
}

/// Opening hours of more words are left to people.
const MOST: usize = 120;

/// The words of a text; none where one of them is not about days and times.
pub(super) fn words(text: &str) -> Option<Vec<Token>> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let c = rest.chars().next()?;
        let length = if c.is_ascii_digit() {
            let (clock, length) = clock(rest)?;
            tokens.push(Token {
                word: Word::Time(clock),
                end: at + length,
            });
            length
        } else if c.is_alphabetic() {
            let length = rest
                .find(|c: char| !c.is_alphabetic())
                .unwrap_or(rest.len());
            let word = word(&rest.get(..length)?.to_lowercase())?;
            put(&mut tokens, word, at + length);
            length
        } else {
            if let Some(word) = mark(c)? {
                tokens.push(Token {
                    word,
                    end: at + c.len_utf8(),
                });
            }
            c.len_utf8()
        };
        at += length;
        if tokens.len() > MOST {
            return None;
        }
    }
    Some(tokens)
}

/// `12 noon` is one time.
fn put(tokens: &mut Vec<Token>, word: Word, end: usize) {
    if let (
        Word::Time(noon),
        Some(Token {
            word: Word::Time(before),
            end: last,
        }),
    ) = (word, tokens.last_mut())
        && before.half.is_none()
        && before.hour == 12
        && before.minute.is_none_or(|minute| minute == 0)
    {
        *before = noon;
        *last = end;
        return;
    }
    tokens.push(Token { word, end });
}

fn word(word: &str) -> Option<Word> {
    let noon = Clock {
        hour: 12,
        minute: Some(0),
        half: Some(Half::Noon),
        of_24: false,
    };
    Some(match word {
        "to" | "till" | "til" | "until" => Word::To,
        "and" => Word::And,
        "noon" | "midday" => Word::Time(noon),
        "daily" | "everyday" => Word::Days(0b111_1111),
        "weekdays" => Word::Days(0b001_1111),
        "weekends" => Word::Days(0b110_0000),
        "open" | "opening" | "hours" | "times" | "from" => Word::Filler,
        "closed" => Word::Closed,
        day => Word::Day(day_named(day)?),
    })
}

fn day_named(word: &str) -> Option<u8> {
    const DAYS: [&[&str]; 7] = [
        &["mon", "monday"],
        &["tue", "tues", "tuesday"],
        &["wed", "weds", "wednesday"],
        &["thu", "thur", "thurs", "thursday"],
        &["fri", "friday"],
        &["sat", "saturday"],
        &["sun", "sunday"],
    ];
    let is = |names: &[&str]| {
        names.contains(&word)
            || word
                .strip_suffix('s')
                .is_some_and(|one| one.len() > 4 && names.contains(&one))
    };
    (0..7)
        .zip(DAYS)
        .find(|(_, names)| is(names))
        .map(|(day, _)| day)
}

/// A mark between words; `Some(None)`: it says nothing.
fn mark(c: char) -> Option<Option<Word>> {
    Some(match c {
        ' ' | '\u{a0}' => None,
        '-' | '–' | '—' => Some(Word::To),
        '&' | ',' | '/' | '+' => Some(Word::And),
        ';' | '.' | '\n' | '|' => Some(Word::Stop),
        ':' => Some(Word::Filler),
        _ => return None,
    })
}

/// The time with which a text begins, and its length.
fn clock(text: &str) -> Option<(Clock, usize)> {
    let bytes = text.as_bytes();
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let number =
        |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<u16>().ok());
    let mut clock = Clock {
        hour: 0,
        minute: None,
        half: None,
        of_24: false,
    };
    let mut length = digits;
    match digits {
        1 | 2 => {
            clock.hour = number(0, digits)?;
            let after = text.get(digits + 1..).unwrap_or_default();
            let two = after.bytes().take_while(u8::is_ascii_digit).count() == 2;
            if matches!(bytes.get(digits), Some(b':' | b'.')) && two {
                length = digits + 3;
                clock.minute = number(digits + 1, length);
            }
            clock.of_24 =
                clock.minute.is_some() && (clock.hour > 12 || bytes.first() == Some(&b'0'));
        }
        4 => {
            (clock.hour, clock.minute) = (number(0, 2)?, number(2, 4));
            clock.of_24 = true;
        }
        _ => return None,
    }
    if let Some((half, more)) = half(text.get(length..)?) {
        clock.half = Some(half);
        length += more;
    }
    let fine = clock.hour <= 23 && clock.minute.is_none_or(|minute| minute <= 59);
    fine.then_some((clock, length))
}

/// `am`, `p.m.` and the like, with the space before it.
fn half(text: &str) -> Option<(Half, usize)> {
    let space = text.len() - text.trim_start_matches(' ').len();
    let rest = text.get(space..)?;
    for (written, half) in [
        ("a.m.", Half::Am),
        ("p.m.", Half::Pm),
        ("a.m", Half::Am),
        ("p.m", Half::Pm),
        ("am", Half::Am),
        ("pm", Half::Pm),
    ] {
        let here = rest
            .get(..written.len())
            .is_some_and(|here| here.eq_ignore_ascii_case(written));
        let ends = rest
            .get(written.len()..)
            .is_some_and(|after| !after.starts_with(char::is_alphabetic));
        if here && ends {
            return Some((half, space + written.len()));
        }
    }
    None
}

/// Minutes after midnight, where a time by itself says which half of the day it is in.
pub(super) fn plain(clock: Clock, of_24: bool) -> Option<u16> {
    let minute = clock.minute.unwrap_or(0);
    match clock.half {
        Some(Half::Noon) => Some(12 * 60),
        Some(Half::Am) => (1..=11)
            .contains(&clock.hour)
            .then_some(clock.hour * 60 + minute),
        Some(Half::Pm) => (1..=12)
            .contains(&clock.hour)
            .then_some((clock.hour % 12 + 12) * 60 + minute),
        None => (of_24 && clock.minute.is_some()).then_some(clock.hour * 60 + minute),
    }
}

/// From when to when, where it can be read in one way only.
pub(super) fn range(from: Clock, to: Clock, of_24: bool) -> Option<(u16, u16)> {
    let bare = |clock: Clock| {
        (1..=12)
            .contains(&clock.hour)
            .then_some(clock.hour % 12 * 60 + clock.minute.unwrap_or(0))
    };
    let (morning, afternoon) = (0, 12 * 60);
    let found = match (plain(from, of_24), plain(to, of_24)) {
        (Some(from), Some(to)) => (from, to),
        // "1.30 - 3.30pm", "9 - 5pm": the half of the end, or else the half before it.
        (None, Some(to)) if from.half.is_none() && to > 0 => {
            let base = if to >= afternoon { afternoon } else { morning };
            let same = bare(from)? + base;
            if same < to {
                (same, to)
            } else {
                (bare(from)?, to)
            }
        }
        // "10am - 2": the next time that the clock shows it.
        (Some(from), None) if to.half.is_none() => {
            let early = bare(to)?;
            let next = if early > from {
                early
            } else {
                early + afternoon
            };
            (from, next)
        }
        // "10.00 - 12.30": in the morning, as in any other reading one of them would be at night.
        (None, None)
            if from.minute.is_some()
                && to.minute.is_some()
                && from.half.is_none()
                && to.half.is_none() =>
        {
            let as_written = |clock: Clock| clock.hour * 60 + clock.minute.unwrap_or(0);
            let (from, to) = (as_written(from), as_written(to));
            (from >= 7 * 60 && to < 13 * 60).then_some((from, to))?
        }
        _ => return None,
    };
    (found.0 < found.1).then_some(found)
}
