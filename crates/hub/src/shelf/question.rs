//! What can be asked of the shelf, and how SQLite is asked for it.

use domain::{Areas, Point, RecordId, Whereabouts};
use rusqlite::types::Value;

use super::hours;

/// Metres in a degree of latitude.
const DEGREE: f64 = 111_195.0;
/// Words of a search that count.
const MOST_WORDS: usize = 16;

/// Which records are asked for: all that every given part holds for.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Question {
    /// Words, all of which are in it.
    pub(crate) search: Option<String>,
    /// A term that holds for it.
    pub(crate) term: Option<RecordId>,
    /// A taxonomy of which some term holds for it.
    pub(crate) taxonomy: Option<RecordId>,
    /// The organisation that runs it.
    pub(crate) organisation: Option<RecordId>,
    /// Changed then or later: seconds since 1970.
    pub(crate) modified_after: Option<i64>,
    /// Its lowest age is at least this.
    pub(crate) minimum_age: Option<f64>,
    /// Its highest age is at most this.
    pub(crate) maximum_age: Option<f64>,
    /// Some of its hours are like this.
    pub(crate) hours: Hours,
    /// It covers this, and may have to be near it.
    pub(crate) near: Option<Near>,
    /// Of terms: the one above it.
    pub(crate) parent: Option<RecordId>,
    /// Of terms: none is above it.
    pub(crate) top_only: bool,
}

/// Hours that are asked for: all of it holds for the same hours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Hours {
    /// On this day: `MO`.
    pub(crate) day: Option<&'static str>,
    /// Opening then or later: minutes since midnight.
    pub(crate) opens: Option<i64>,
    /// Closing then or earlier: minutes since midnight.
    pub(crate) closes: Option<i64>,
}

impl Hours {
    /// A day however it is written.
    pub(crate) fn day(text: &str) -> Option<&'static str> {
        hours::day(text)
    }

    /// Minutes since midnight of `09:00`.
    pub(crate) fn minutes(text: &str) -> Option<i64> {
        hours::minutes(text)
    }
}

/// Where somebody is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Near {
    /// The middle of the outcode.
    pub(crate) centre: Point,
    /// Boroughs in which the outcode lies.
    pub(crate) boroughs: Vec<String>,
    /// How far a place may be, in metres; none: coverage alone counts.
    pub(crate) metres: Option<f64>,
}

impl Near {
    /// Where a postcode is; none: it is none, or lies where no area is known.
    pub(crate) fn of(postcode: &str, metres: Option<f64>, areas: &Areas) -> Option<Self> {
        let whereabouts: Whereabouts = postcode.parse().ok()?;
        let outcode = areas.outcode(whereabouts.outcode())?;
        Some(Self {
            centre: outcode.centre,
            boroughs: outcode.areas.clone(),
            metres,
        })
    }
}

/// Conditions in SQL, with the values that they name.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    parts: Vec<String>,
    /// The values, in order.
    pub(super) values: Vec<Value>,
}

impl Conditions {
    /// Adds a condition; each `?` in it stands for one of these values.
    pub(super) fn add(&mut self, part: &str, values: impl IntoIterator<Item = Value>) {
        self.parts.push(part.to_owned());
        self.values.extend(values);
    }

    /// As what stands after `FROM …`.
    pub(super) fn sql(&self) -> String {
        if self.parts.is_empty() {
            return String::new();
        }
        format!(" WHERE {}", self.parts.join(" AND "))
    }
}

pub(super) fn blob(id: RecordId) -> Value {
    Value::Blob(id.as_bytes().to_vec())
}

/// Words as FTS5 takes them: each quoted, so that nothing in them is an operator.
pub(super) fn matched(search: &str) -> Option<String> {
    let words = search
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let words: Vec<String> = words
        .take(MOST_WORDS)
        .map(|word| format!("\"{word}\""))
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// What is asked of any record that has words and terms; `row` names its row.
pub(super) fn of_record(question: &Question, row: &str) -> Conditions {
    let mut all = Conditions::default();
    if let Some(search) = &question.search {
        match matched(search) {
            Some(words) => all.add(
                &format!("{row} IN (SELECT rowid FROM words WHERE words MATCH ?)"),
                [Value::Text(words)],
            ),
            None => all.add("0", []),
        }
    }
    if let Some(term) = question.term {
        let part = format!("EXISTS (SELECT 1 FROM tie WHERE term = ? AND record = {row})");
        all.add(&part, [blob(term)]);
    }
    if let Some(taxonomy) = question.taxonomy {
        let part = format!("EXISTS (SELECT 1 FROM tie WHERE taxonomy = ? AND record = {row})");
        all.add(&part, [blob(taxonomy)]);
    }
    all
}

/// What is asked of a service, `s`.
pub(super) fn of_service(question: &Question) -> Conditions {
    let mut all = of_record(question, "s.row");
    if let Some(organisation) = question.organisation {
        all.add("s.organisation = ?", [blob(organisation)]);
    }
    if let Some(moment) = question.modified_after {
        all.add("s.modified >= ?", [Value::Integer(moment)]);
    }
    if let Some(age) = question.minimum_age {
        all.add("s.minimum_age >= ?", [Value::Real(age)]);
    }
    if let Some(age) = question.maximum_age {
        all.add("s.maximum_age <= ?", [Value::Real(age)]);
    }
    of_hours(&question.hours, &mut all);
    if let Some(near) = &question.near {
        let marks = vec!["?"; near.boroughs.len()].join(", ");
        all.add(
            &format!(
                "(s.anywhere = 1 OR EXISTS \
                 (SELECT 1 FROM cover WHERE service = s.row AND area IN ({marks})))"
            ),
            near.boroughs.iter().cloned().map(Value::Text),
        );
    }
    all
}

fn of_hours(hours: &Hours, all: &mut Conditions) {
    let mut inside = vec!["service = s.row"];
    let mut values = Vec::new();
    if let Some(day) = hours.day {
        inside.push("day = ?");
        values.push(Value::Text(day.to_owned()));
    }
    if let Some(opens) = hours.opens {
        inside.push("opens >= ?");
        values.push(Value::Integer(opens));
    }
    if let Some(closes) = hours.closes {
        inside.push("closes <= ?");
        values.push(Value::Integer(closes));
    }
    if !values.is_empty() {
        let inside = inside.join(" AND ");
        all.add(
            &format!("EXISTS (SELECT 1 FROM hours WHERE {inside})"),
            values,
        );
    }
}

/// That a place is near enough; `place` names its identifier. Within a county the surface is flat
/// enough for this: the error is below half a per cent.
pub(super) fn of_distance(near: &Near, place: &str) -> Option<(String, Vec<Value>)> {
    let metres = near.metres?;
    let (north, east) = (near.centre.latitude(), near.centre.longitude());
    let width = DEGREE * north.to_radians().cos().max(0.01);
    let [high, wide] = [metres / DEGREE, metres / width];
    let part = format!(
        "{place} IN (SELECT place FROM point WHERE latitude BETWEEN ? AND ? \
         AND longitude BETWEEN ? AND ? \
         AND (latitude - ?) * (latitude - ?) * ? + (longitude - ?) * (longitude - ?) * ? <= ?)"
    );
    let values = [
        north - high,
        north + high,
        east - wide,
        east + wide,
        north,
        north,
        DEGREE * DEGREE,
        east,
        east,
        width * width,
        metres * metres,
    ];
    Some((part, values.map(Value::Real).to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_search_are_never_operators() {
        assert_eq!(
            matched("lonely OR \"x\"*"),
            Some("\"lonely\" \"OR\" \"x\"".to_owned())
        );
        assert_eq!(matched(" - \" "), None);
    }
}
