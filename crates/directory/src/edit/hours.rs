//! Hours as a form has them: days, how often, from when to when, and the words they came with.

use domain::{RecordId, Schedule};
use serde_json::Value;

use super::form::{Every, ScheduleForm};
use super::rows::Line;
use super::text::{blank, put, shown};

/// The days of a week, by their codes.
const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
/// The days as people write them, by which hours in words are known.
pub(super) const DAY_NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const FROM: &str = "valid_from";
const UNTIL: &str = "valid_to";

impl Line for ScheduleForm {
    type Element = Schedule;

    fn of(schedule: &Schedule) -> Self {
        let days = schedule.byday.as_deref().map(read_days);
        let read = days.clone().flatten();
        // Days that the form has no room for are shown as words.
        let strange = days.is_some() && read.is_none();
        let (days, ordinals) = read.unwrap_or_default();
        let every = match schedule.freq.as_deref() {
            Some("WEEKLY") if ordinals.is_empty() => Some(Every::Week),
            Some("MONTHLY") => Some(Every::Month),
            Some(_) | None => (!ordinals.is_empty()).then_some(Every::Month),
        };
        let words = shown(schedule.description.as_ref());
        Self {
            days,
            every,
            ordinals,
            opens: schedule.opens_at.as_deref().map(time),
            closes: schedule.closes_at.as_deref().map(time),
            from: text_of(schedule, FROM),
            until: text_of(schedule, UNTIL),
            words: words.or_else(|| schedule.line().filter(|_| strange)),
        }
    }

    fn key(&self) -> String {
        format!(
            "{} {:?} {:?}",
            self.days.join(","),
            self.every,
            self.ordinals
        )
    }

    fn is_blank(&self) -> bool {
        let texts = [
            &self.opens,
            &self.closes,
            &self.from,
            &self.until,
            &self.words,
        ];
        let written = texts.into_iter().any(|text| blank(text.as_ref()).is_some());
        !written && self.days.is_empty()
    }

    fn fresh(&self, owner: RecordId) -> Schedule {
        let said = [
            &self.opens,
            &self.closes,
            &self.from,
            &self.until,
            &self.words,
        ];
        let said: Vec<&str> = said.into_iter().flatten().map(String::as_str).collect();
        let key = format!("{owner}/schedule/{}/{}", self.key(), said.join("/"));
        Schedule {
            id: RecordId::named(&key).to_string(),
            ..Schedule::default()
        }
    }

    fn put(&self, before: &Self, schedule: &mut Schedule) {
        let days = |form: &Self| (form.days.clone(), form.every, form.ordinals.clone());
        if days(self) != days(before) {
            schedule.byday = self.byday();
            schedule.freq = self.every.map(|every| match every {
                Every::Week => "WEEKLY".to_owned(),
                Every::Month => "MONTHLY".to_owned(),
            });
        }
        put(
            &mut schedule.opens_at,
            before.opens.as_ref(),
            self.opens.as_ref(),
        );
        put(
            &mut schedule.closes_at,
            before.closes.as_ref(),
            self.closes.as_ref(),
        );
        put(
            &mut schedule.description,
            before.words.as_ref(),
            self.words.as_ref(),
        );
        put_text(schedule, FROM, (before.from.as_ref(), self.from.as_ref()));
        put_text(
            schedule,
            UNTIL,
            (before.until.as_ref(), self.until.as_ref()),
        );
    }
}

impl ScheduleForm {
    /// Its days as RFC 5545 writes them: `MO,TU`, or `1MO,3MO` in a month.
    fn byday(&self) -> Option<String> {
        let in_order = DAYS
            .iter()
            .filter(|day| self.days.iter().any(|said| said == **day));
        let days: Vec<&str> = in_order.copied().collect();
        if days.is_empty() {
            return None;
        }
        if self.every != Some(Every::Month) || self.ordinals.is_empty() {
            return Some(days.join(","));
        }
        let mut which = Vec::new();
        for ordinal in &self.ordinals {
            which.extend(days.iter().map(|day| format!("{ordinal}{day}")));
        }
        Some(which.join(","))
    }
}

/// Days, and which of them in a month. None where the days are not all alike in that.
fn read_days(byday: &str) -> Option<(Vec<String>, Vec<i8>)> {
    let mut days: Vec<String> = Vec::new();
    let mut ordinals: Vec<i8> = Vec::new();
    let mut parts = 0;
    for part in byday
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let at = part.len().checked_sub(2)?;
        let (ordinal, day) = (part.get(..at)?, part.get(at..)?);
        let day = DAYS.iter().find(|known| **known == day)?;
        if !days.iter().any(|known| known == day) {
            days.push((*day).to_owned());
        }
        parts += 1;
        if ordinal.is_empty() {
            continue;
        }
        let ordinal: i8 = ordinal.parse().ok()?;
        if !ordinals.contains(&ordinal) {
            ordinals.push(ordinal);
        }
    }
    let all_alike = parts == days.len() * ordinals.len().max(1);
    let whole = ordinals.is_empty() || byday.split(',').all(|part| part.trim().len() > 2);
    (all_alike && whole && !days.is_empty()).then_some((days, ordinals))
}

/// `09:00` of what a record has for a time; what is no time as it is.
fn time(text: &str) -> String {
    let plain = text.trim();
    let short = plain.get(..5).filter(|short| is_time(short));
    short.unwrap_or(plain).to_owned()
}

/// True for `HH:MM`.
pub(super) fn is_time(text: &str) -> bool {
    let Some((hours, minutes)) = text.split_once(':') else {
        return false;
    };
    let below = |text: &str, end: u8| {
        text.len() == 2
            && text.bytes().all(|b| b.is_ascii_digit())
            && text.parse::<u8>().is_ok_and(|n| n < end)
    };
    below(hours, 24) && below(minutes, 60)
}

fn text_of(schedule: &Schedule, name: &str) -> Option<String> {
    let text = schedule.rest.get(name)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn put_text(
    schedule: &mut Schedule,
    name: &str,
    (before, after): (Option<&String>, Option<&String>),
) {
    let after = blank(after);
    if after == blank(before) {
        return;
    }
    match after {
        Some(text) => {
            let _former = schedule.rest.insert(name.to_owned(), Value::from(text));
        }
        None => {
            let _former = schedule.rest.shift_remove(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schedule(members: &Value) -> Schedule {
        serde_json::from_value(members.clone()).unwrap()
    }

    #[test]
    fn days_are_read_and_written_by_week_and_by_month() {
        for (byday, days, ordinals) in [
            ("MO,WE", &["MO", "WE"][..], &[][..]),
            ("1TU,3TU", &["TU"], &[1, 3]),
            ("-1FR", &["FR"], &[-1]),
            ("1MO,1TU,2MO,2TU", &["MO", "TU"], &[1, 2]),
        ] {
            let (read, which) = read_days(byday).unwrap();
            assert_eq!(
                (&read[..], &which[..]),
                (
                    &days.iter().map(|d| (*d).to_owned()).collect::<Vec<_>>()[..],
                    ordinals
                )
            );
            let form = ScheduleForm {
                days: read,
                every: Some(if which.is_empty() {
                    Every::Week
                } else {
                    Every::Month
                }),
                ordinals: which,
                ..ScheduleForm::default()
            };
            assert_eq!(form.byday().as_deref(), Some(byday));
        }
        for strange in ["", "XX", "1MO,2TU", "MO,1TU", "M"] {
            assert_eq!(read_days(strange), None, "{strange}");
        }
    }

    #[test]
    fn what_the_form_has_no_room_for_stays() {
        let was = schedule(&serde_json::json!({
            "id": "x", "freq": "MONTHLY", "byday": "1MO,2TU", "opens_at": "09:00Z",
            "wkst": "MO", "valid_from": "2026-01-01"
        }));
        let before = ScheduleForm::of(&was);
        assert_eq!(before.opens.as_deref(), Some("09:00"));
        assert!(before.days.is_empty() && before.words.is_some());
        let mut same = was.clone();
        before.put(&before, &mut same);
        assert_eq!(same, was);
        let later = ScheduleForm {
            closes: Some("12:00".to_owned()),
            ..before.clone()
        };
        later.put(&before, &mut same);
        assert_eq!(same.byday, was.byday);
        assert_eq!(
            (same.opens_at.as_deref(), same.closes_at.as_deref()),
            (Some("09:00Z"), Some("12:00"))
        );
        assert_eq!(same.rest, was.rest);
    }
}
