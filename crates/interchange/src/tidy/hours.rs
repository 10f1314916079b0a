//! Opening hours out of a text, where the whole of it can be read with certainty.
//!
//! One word that is not about days and times (`every 2nd`, `term time`, `by appointment`) and the
//! whole text stays what it is: it may change the meaning of all the rest.

use super::times::{Clock, Token, Word, plain, range, words};

/// Days and times of a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The days, as HSDS `byday` has them: `MO,TU`.
    pub days: String,
    /// From when: `09:30`.
    pub opens: Option<String>,
    /// Until when.
    pub closes: Option<String>,
    /// The piece of the text that says so. Further times of the same days have none.
    pub said: Option<String>,
}

/// Hours of a longer text are left to people.
const LONGEST: usize = 600;

/// The hours that a text says; none where any part of it could be read in another way, or not at all.
#[must_use]
pub fn hours(text: &str) -> Option<Vec<Opening>> {
    if text.len() > LONGEST {
        return None;
    }
    let tokens = words(text)?;
    let of_24 = tokens
        .iter()
        .any(|token| matches!(token.word, Word::Time(clock) if clock.of_24));
    let mut reading = Reading {
        text,
        tokens: &tokens,
        at: 0,
        of_24,
        said_to: 0,
        found: Vec::new(),
    };
    reading.statements()?;
    (!reading.found.is_empty()).then_some(reading.found)
}

struct Reading<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    of_24: bool,
    /// Up to where the text is said by what was found.
    said_to: usize,
    found: Vec<Opening>,
}

type Times = Vec<(u16, Option<u16>)>;

impl Reading<'_> {
    fn statements(&mut self) -> Option<()> {
        self.skip(&[Word::Filler, Word::Stop]);
        if let Some(times) = self.times().filter(|times| !times.is_empty()) {
            self.skip(&[Word::And, Word::Filler]);
            let days = self.days()?;
            self.skip(&[Word::Stop]);
            self.keep(days, &times);
            return self.is_over().then_some(());
        }
        while !self.is_over() {
            self.statement()?;
            self.skip(&[Word::And, Word::Stop, Word::Filler]);
        }
        Some(())
    }

    fn statement(&mut self) -> Option<()> {
        if self.takes(Word::Closed) {
            self.skip(&[Word::Filler]);
            return self.days().map(|_| ());
        }
        let first = self.at == 0;
        let days = self.days()?;
        self.skip(&[Word::And, Word::Filler]);
        if self.takes(Word::Closed) {
            return Some(());
        }
        let times = self.times()?;
        if times.is_empty() {
            // Days alone say something only where nothing else is said.
            self.skip(&[Word::Stop]);
            (first && self.is_over()).then_some(())?;
        }
        self.keep(days, &times);
        Some(())
    }

    /// Days, a bit for each.
    fn days(&mut self) -> Option<u8> {
        let mut days = self.day()?;
        loop {
            let before = self.at;
            self.skip(&[Word::And]);
            match self.day() {
                Some(more) => days |= more,
                None => {
                    self.at = before;
                    return Some(days);
                }
            }
        }
    }

    fn day(&mut self) -> Option<u8> {
        match self.word(0)? {
            Word::Days(several) => {
                self.at += 1;
                Some(several)
            }
            Word::Day(first) => {
                self.at += 1;
                let (Some(Word::To), Some(Word::Day(last))) = (self.word(0), self.word(1)) else {
                    return Some(1 << first);
                };
                self.at += 2;
                (first < last).then(|| (first..=last).fold(0, |days, day| days | 1 << day))
            }
            Word::Time(_) | Word::To | Word::And | Word::Stop | Word::Filler | Word::Closed => None,
        }
    }

    /// Times, as many as follow; none where one of them could be read in another way.
    fn times(&mut self) -> Option<Times> {
        let mut times = Times::new();
        loop {
            let before = self.at;
            if !times.is_empty() {
                self.skip(&[Word::And]);
            }
            self.skip(&[Word::Filler]);
            let Some(Word::Time(from)) = self.word(0) else {
                self.at = before;
                return Some(times);
            };
            times.push(self.time(from)?);
        }
    }

    fn time(&mut self, from: Clock) -> Option<(u16, Option<u16>)> {
        self.at += 1;
        if self.word(0) != Some(Word::To) {
            return plain(from, self.of_24).map(|from| (from, None));
        }
        let Some(Word::Time(to)) = self.word(1) else {
            return None;
        };
        self.at += 2;
        range(from, to, self.of_24).map(|(from, to)| (from, Some(to)))
    }

    fn keep(&mut self, days: u8, times: &Times) {
        let end = self
            .at
            .checked_sub(1)
            .and_then(|last| self.tokens.get(last))
            .map_or(0, |token| token.end);
        let said = self.text.get(self.said_to..end).unwrap_or_default();
        let said = said
            .trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '&' | '|' | '/'))
            .to_owned();
        self.said_to = end;
        let opening = |opens, closes, said| Opening {
            days: byday(days),
            opens,
            closes,
            said,
        };
        if times.is_empty() {
            self.found.push(opening(None, None, Some(said)));
            return;
        }
        let mut said = Some(said);
        for &(from, to) in times {
            self.found
                .push(opening(Some(written(from)), to.map(written), said.take()));
        }
    }

    fn word(&self, ahead: usize) -> Option<Word> {
        self.tokens.get(self.at + ahead).map(|token| token.word)
    }

    fn takes(&mut self, word: Word) -> bool {
        let here = self.word(0) == Some(word);
        self.at += usize::from(here);
        here
    }

    fn skip(&mut self, words: &[Word]) {
        while self.word(0).is_some_and(|word| words.contains(&word)) {
            self.at += 1;
        }
    }

    fn is_over(&self) -> bool {
        self.at >= self.tokens.len()
    }
}

fn byday(days: u8) -> String {
    const CODES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let set = CODES
        .iter()
        .enumerate()
        .filter(|(day, _)| days >> day & 1 == 1);
    set.map(|(_, code)| *code).collect::<Vec<_>>().join(",")
}

fn written(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> String {
        let Some(found) = hours(text) else {
            return "text".to_owned();
        };
        let one = |o: &Opening| {
            format!(
                "{} {}-{}",
                o.days,
                o.opens.as_deref().unwrap_or_default(),
                o.closes.as_deref().unwrap_or_default()
            )
        };
        found.iter().map(one).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn plain_hours_are_read() {
        for (text, hours) in [
            ("Mon-Fri 9am-5pm", "MO,TU,WE,TH,FR 09:00-17:00"),
            ("Tuesday & Thursday 10.00 - 12.30", "TU,TH 10:00-12:30"),
            ("Wednesday 10am - 4pm", "WE 10:00-16:00"),
            (
                "Tuesday 3.30 - 5.30pm Wednesday 10am - 12noon",
                "TU 15:30-17:30; WE 10:00-12:00",
            ),
            (
                "Tues , Wed, Thursday, 11am - 2pm and Friday 11am - 4pm",
                "TU,WE,TH 11:00-14:00; FR 11:00-16:00",
            ),
            ("Saturday 10am - 12 noon.", "SA 10:00-12:00"),
            ("Weds 12-2pm", "WE 12:00-14:00"),
            (
                "Sunday: Closed Monday: 8:30-12:00 , 13:00-16:30",
                "MO 08:30-12:00; MO 13:00-16:30",
            ),
            ("9am to 4pm Monday to Friday", "MO,TU,WE,TH,FR 09:00-16:00"),
            ("Open daily 0900-1730", "MO,TU,WE,TH,FR,SA,SU 09:00-17:30"),
            ("Mondays from 7:30pm", "MO 19:30-"),
            ("Saturday & Sunday 7am - 9am.", "SA,SU 07:00-09:00"),
            ("Weekdays", "MO,TU,WE,TH,FR -"),
            ("Thursday 9 - 5pm", "TH 09:00-17:00"),
            ("Friday 10 a.m. to 2 p.m.", "FR 10:00-14:00"),
        ] {
            assert_eq!(read(text), hours, "{text}");
        }
    }

    #[test]
    fn what_could_mean_something_else_stays_text() {
        for text in [
            "Every 2nd Tuesday 10am - 12pm",
            "Monday 10am - 12pm term time only",
            "Mon - Sat 10.00 - 4.00",
            "9 - 4 Monday - Friday",
            "Wednesday 10 - 12",
            "Tuesday 6pm - 12am",
            "Wednesday 2=3pm",
            "1st Saturday of month 10am",
            "Monday - Friday by appointment",
            "Friday - Monday 9am - 5pm",
            "Monday 9am - 5pm, Tuesday",
            "Monday 5pm - 3pm",
            "24/7",
            "Closed",
            "",
        ] {
            assert_eq!(read(text), "text", "{text}");
        }
    }

    #[test]
    fn each_row_keeps_its_piece_of_the_text() {
        let found = hours("Mon & Fri 10am - 2pm, Wed 11am - 3pm").unwrap();
        let said: Vec<_> = found.iter().filter_map(|o| o.said.as_deref()).collect();
        assert_eq!(said, ["Mon & Fri 10am - 2pm", "Wed 11am - 3pm"]);
    }

    proptest! {
        #[test]
        fn any_text_is_taken(text in "(Mon|tues|-| |to|and|&|,|;|[0-9]{1,4}|:|\\.|am|pm|noon|closed|daily){0,20}|.*") {
            for opening in hours(&text).unwrap_or_default() {
                prop_assert!(opening.opens.as_ref().zip(opening.closes.as_ref()).is_none_or(|(from, to)| from < to));
            }
        }
    }
}
