//! What somebody asks of a list: the parameters of HSDS 3.1 and Open Referral UK 3.0. Others are
//! passed over, as the specification has it.

use axum::http::{HeaderMap, header};
use domain::{Areas, RecordId};
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime};

use super::answer::Page;
use crate::router::failure::Failure;
use crate::shelf::{Depth, Hours, List, Near, Part, Question};

/// Documents of a page where nobody says how many.
const USUAL: u64 = 50;
/// Documents of a page at most: whole ones, short ones, identifiers.
const MOST_FULL: u64 = 500;
const MOST_FLAT: u64 = 1000;
const MOST_MINIMAL: u64 = 100_000;
/// Characters of a query at most.
const LONGEST: usize = 8 * 1024;
/// Metres of `proximity` at most.
const FARTHEST: f64 = 1_000_000.0;

/// What was asked.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) question: Question,
    pub(super) how: (Part, Depth),
    pub(super) page: Page,
    /// All of it, one document a line.
    pub(super) streams: bool,
}

type Pairs = Vec<(String, String)>;

impl Asked {
    /// Reads a query.
    pub(super) fn read(
        query: Option<&str>,
        headers: &HeaderMap,
        (list, areas): (List, &Areas),
    ) -> Result<Self, Failure> {
        let pairs = pairs(query)?;
        let depth = depth(&pairs, list)?;
        let most = match depth {
            Depth::Minimal => MOST_MINIMAL,
            Depth::Flat => MOST_FLAT,
            Depth::Full => MOST_FULL,
        };
        let usual = if depth == Depth::Minimal {
            MOST_MINIMAL
        } else {
            USUAL
        };
        let page = Page {
            number: whole(&pairs, "page")?.unwrap_or(1),
            most: whole(&pairs, "per_page")?.unwrap_or(usual).min(most),
        };
        let skip = (page.number - 1).saturating_mul(page.most);
        let part = Part::Page {
            skip,
            most: page.most,
        };
        Ok(Self {
            question: question(&pairs, areas)?,
            how: (part, depth),
            page,
            streams: streams(&pairs, headers)?,
        })
    }
}

/// Whether an organisation's services are asked for with everything in them.
pub(super) fn full_service(query: Option<&str>) -> Result<bool, Failure> {
    flag(&pairs(query)?, "full_service")
}

fn pairs(query: Option<&str>) -> Result<Pairs, Failure> {
    let query = query.unwrap_or_default();
    if query.len() > LONGEST {
        return Err(Failure::bad_request(
            "The question is too long. Ask for less.".to_owned(),
        ));
    }
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    Ok(pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (plain(name), plain(value))
        })
        .collect())
}

/// A part of a query as it was before it was written for an address.
fn plain(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let digit = |at: usize| char::from(*more.get(at)?).to_digit(16);
        let pair = match first {
            b'%' => digit(0)
                .zip(digit(1))
                .and_then(|(a, b)| u8::try_from(a * 16 + b).ok()),
            _ => None,
        };
        match (first, pair) {
            (_, Some(byte)) => bytes.push(byte),
            (b'+', None) => bytes.push(b' '),
            (byte, None) => bytes.push(*byte),
        }
        rest = if pair.is_some() {
            more.get(2..).unwrap_or_default()
        } else {
            more
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A parameter that says something.
fn said<'a>(pairs: &'a Pairs, name: &str) -> Option<&'a str> {
    let value = pairs
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.trim());
    value.filter(|value| !value.is_empty())
}

fn unfit(name: &str, value: &str, like: &str) -> Failure {
    let value: String = value.chars().take(60).collect();
    Failure::bad_request(format!(
        "“{value}” is no value of {name}. Write it like this: {like}."
    ))
}

fn whole(pairs: &Pairs, name: &str) -> Result<Option<u64>, Failure> {
    let Some(value) = said(pairs, name) else {
        return Ok(None);
    };
    let number = value.parse().ok().filter(|number| *number > 0);
    number.map(Some).ok_or_else(|| unfit(name, value, "1"))
}

fn number(pairs: &Pairs, name: &str) -> Result<Option<f64>, Failure> {
    let Some(value) = said(pairs, name) else {
        return Ok(None);
    };
    let number = value.parse().ok().filter(|number: &f64| number.is_finite());
    number.map(Some).ok_or_else(|| unfit(name, value, "18"))
}

fn flag(pairs: &Pairs, name: &str) -> Result<bool, Failure> {
    // Named without a value, it is meant.
    let is_named = pairs.iter().any(|(known, _)| known == name);
    match said(pairs, name).map(str::to_ascii_lowercase).as_deref() {
        None => Ok(is_named),
        Some("true" | "1" | "yes") => Ok(true),
        Some("false" | "0" | "no") => Ok(false),
        Some(other) => Err(unfit(name, other, "true")),
    }
}

fn id(pairs: &Pairs, name: &str) -> Result<Option<RecordId>, Failure> {
    let Some(value) = said(pairs, name) else {
        return Ok(None);
    };
    let like = "01234567-89ab-cdef-0123-456789abcdef";
    value
        .parse()
        .map(Some)
        .map_err(|_ignored| unfit(name, value, like))
}

fn minutes(pairs: &Pairs, name: &str) -> Result<Option<i64>, Failure> {
    let Some(value) = said(pairs, name) else {
        return Ok(None);
    };
    Hours::minutes(value)
        .map(Some)
        .ok_or_else(|| unfit(name, value, "09:30"))
}

fn depth(pairs: &Pairs, list: List) -> Result<Depth, Failure> {
    let full = flag(pairs, "full")? | flag(pairs, "full_service")?;
    let minimal = flag(pairs, "minimal")?;
    Ok(match (list, minimal, full) {
        (List::Services, true, _) => Depth::Minimal,
        (_, _, true) | (List::Taxonomies | List::Terms, _, _) => Depth::Full,
        (_, _, false) => Depth::Flat,
    })
}

fn streams(pairs: &Pairs, headers: &HeaderMap) -> Result<bool, Failure> {
    match said(pairs, "format")
        .map(str::to_ascii_lowercase)
        .as_deref()
    {
        Some("ndjson") => Ok(true),
        Some("json") => Ok(false),
        Some(other) => Err(unfit("format", other, "json or ndjson")),
        None => {
            let accepts = headers
                .get(header::ACCEPT)
                .and_then(|value| value.to_str().ok());
            Ok(accepts.is_some_and(|accepts| accepts.contains("application/x-ndjson")))
        }
    }
}

fn question(pairs: &Pairs, areas: &Areas) -> Result<Question, Failure> {
    let search = said(pairs, "search").or_else(|| said(pairs, "text"));
    let day = said(pairs, "day");
    Ok(Question {
        search: search.map(str::to_owned),
        term: id(pairs, "taxonomy_term_id")?,
        taxonomy: id(pairs, "taxonomy_id")?,
        organisation: id(pairs, "organization_id")?,
        modified_after: moment(pairs, "modified_after")?,
        minimum_age: number(pairs, "minimum_age")?,
        maximum_age: number(pairs, "maximum_age")?,
        hours: Hours {
            day: day
                .map(|day| Hours::day(day).ok_or_else(|| unfit("day", day, "MO or Monday")))
                .transpose()?,
            opens: minutes(pairs, "start_time")?,
            closes: minutes(pairs, "end_time")?,
        },
        near: near(pairs, areas)?,
        parent: id(pairs, "parent_id")?,
        top_only: flag(pairs, "top_only")?,
    })
}

fn near(pairs: &Pairs, areas: &Areas) -> Result<Option<Near>, Failure> {
    let metres = number(pairs, "proximity")?;
    let Some(postcode) = said(pairs, "postcode") else {
        return match metres {
            Some(_) => Err(Failure::bad_request(
                "proximity needs a postcode beside it.".to_owned(),
            )),
            None => Ok(None),
        };
    };
    if let Some(metres) = metres.filter(|metres| !(0.0..=FARTHEST).contains(metres)) {
        return Err(unfit("proximity", &metres.to_string(), "1500 (metres)"));
    }
    if postcode.parse::<domain::Whereabouts>().is_err() {
        return Err(unfit("postcode", postcode, "M6 5JA"));
    }
    let near = Near::of(postcode, metres, areas);
    near.map(Some).ok_or_else(|| {
        Failure::bad_request(format!(
            "“{postcode}” is not in the area that this directory knows."
        ))
    })
}

/// A moment as RFC 3339, with or without a zone, or a day: seconds since 1970.
fn moment(pairs: &Pairs, name: &str) -> Result<Option<i64>, Failure> {
    let Some(value) = said(pairs, name) else {
        return Ok(None);
    };
    // A plus sign that was not written for an address arrives as a space.
    let zoned = value.replace(' ', "+");
    let whole = || OffsetDateTime::parse(&zoned, &Rfc3339).ok();
    let unzoned = || OffsetDateTime::parse(&format!("{value}Z"), &Rfc3339).ok();
    let day = || {
        let form = format_description!("[year]-[month]-[day]");
        Date::parse(value, &form)
            .ok()
            .map(|day| day.midnight().assume_utc())
    };
    let found = whole().or_else(unzoned).or_else(day);
    let found = found.map(OffsetDateTime::unix_timestamp);
    found
        .map(Some)
        .ok_or_else(|| unfit(name, value, "2026-11-22T09:30:00Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Asked, Failure> {
        let areas = Areas::new(Vec::new(), Vec::new());
        Asked::read(Some(query), &HeaderMap::new(), (List::Services, &areas))
    }

    #[test]
    fn what_cannot_be_understood_is_said() {
        for query in [
            "page=0",
            "per_page=x",
            "taxonomy_id=need",
            "modified_after=soon",
            "full=perhaps",
            "format=xml",
            "day=someday",
            "start_time=9",
            "proximity=10",
            "postcode=nowhere",
            "minimum_age=NaN",
        ] {
            assert!(read(query).is_err(), "{query}");
        }
    }

    #[test]
    fn what_can_is_taken() {
        let asked = read("search=warm+caf%C3%A9%2&page=3&per_page=100000&unknown=1&full").unwrap();
        assert_eq!(asked.question.search.as_deref(), Some("warm café%2"));
        assert_eq!(
            asked.how,
            (
                Part::Page {
                    skip: 1000,
                    most: 500
                },
                Depth::Full
            )
        );
        let day = read("modified_after=2026-11-22")
            .unwrap()
            .question
            .modified_after;
        for query in [
            "2026-11-22T00:00:00Z",
            "2026-11-22T01:00:00+01:00",
            "2026-11-22T00:00:00",
        ] {
            let asked = read(&format!("modified_after={query}")).unwrap();
            assert_eq!(asked.question.modified_after, day, "{query}");
        }
    }
}
