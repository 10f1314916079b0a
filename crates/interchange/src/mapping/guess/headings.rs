//! What a heading says, by a list of what columns are called.

use std::sync::LazyLock;

use super::Field;

/// What a heading means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A field.
    Field(Field),
    /// Something for staff.
    Staff,
}

struct Phrase {
    words: Vec<String>,
    /// Whether it counts inside a longer heading.
    anywhere: bool,
    meaning: Meaning,
}

/// Words of a heading that do not change what the rest of it means.
const PASSED_OVER: [&str; 22] = [
    "service", "services", "the", "of", "a", "for", "your", "our", "main", "primary", "contact",
    "charity", "site", "group", "activity", "project", "facility", "school", "this", "is", "if",
    "any",
];
/// A heading of more words is a sentence.
const MOST: usize = 40;

static PHRASES: LazyLock<Vec<Phrase>> =
    LazyLock::new(|| read(include_str!("../words/headings.txt")));

/// All that a heading may mean, each with how well it says so, 1 to 100.
pub(super) fn meanings(heading: &str) -> Vec<(Meaning, u32)> {
    let words = words(heading);
    let short: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| !PASSED_OVER.contains(word))
        .collect();
    let mut found: Vec<(Meaning, u32)> = Vec::new();
    for phrase in PHRASES.iter() {
        let Some(score) = score(phrase, &words, &short) else {
            continue;
        };
        match found
            .iter_mut()
            .find(|(meaning, _)| *meaning == phrase.meaning)
        {
            Some((_, best)) => *best = score.max(*best),
            None => found.push((phrase.meaning.clone(), score)),
        }
    }
    found
}

fn score(phrase: &Phrase, words: &[String], short: &[&str]) -> Option<u32> {
    if phrase.words == words {
        return Some(100);
    }
    if !short.is_empty() && phrase.words.iter().eq(short) {
        return Some(90);
    }
    let length = phrase.words.len();
    let inside = phrase.anywhere && words.windows(length).any(|window| window == phrase.words);
    let (length, more) = (
        u32::try_from(length).ok()?,
        u32::try_from(words.len().checked_sub(length)?).ok()?,
    );
    inside.then(|| (55 + 5 * length).saturating_sub(2 * more).clamp(30, 85))
}

/// The words of a heading in small letters: `areaName`, `area_name` and `Area name:` are the same.
pub(super) fn words(heading: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(heading.len() + 8);
    let mut before = ' ';
    for c in heading.chars().take(400) {
        if c.is_uppercase() && before.is_lowercase() {
            spaced.push(' ');
        }
        match c {
            '\'' | '’' => {}
            c if c.is_alphanumeric() => spaced.extend(c.to_lowercase()),
            _ => spaced.push(' '),
        }
        before = c;
    }
    spaced
        .split_whitespace()
        .take(MOST)
        .map(str::to_owned)
        .collect()
}

fn read(list: &str) -> Vec<Phrase> {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    let parted = lines.filter_map(|line| line.split_once(": "));
    parted
        .flat_map(|(field, phrases)| {
            let meaning = match field.parse() {
                Ok(Field::Internal) => Some(Meaning::Staff),
                Ok(field) => Some(Meaning::Field(field)),
                Err(_) => None,
            };
            let phrases = phrases.split(',').map(str::trim);
            phrases.filter_map(move |phrase| {
                let bare = phrase.strip_suffix('*').unwrap_or(phrase);
                Some(Phrase {
                    words: bare.split_whitespace().map(str::to_owned).collect(),
                    anywhere: bare.len() < phrase.len(),
                    meaning: meaning.clone()?,
                })
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_about_a_field() {
        for line in include_str!("../words/headings.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
        {
            let (field, phrases) = line.split_once(": ").unwrap();
            assert!(field.parse::<Field>().is_ok(), "{field}");
            for phrase in phrases.split(", ") {
                let bare = phrase.trim_end_matches('*');
                assert_eq!(words(bare).join(" "), bare, "{field}");
            }
        }
    }

    #[test]
    fn spellings_mean_the_same() {
        for (heading, field) in [
            ("Tel", "phone"),
            ("Telephone No.", "phone"),
            ("Contact Telephone Number", "phone"),
            ("web site", "url"),
            ("Org name", "organisation_name"),
            ("Post Code", "postcode"),
            ("What do you offer?", "description"),
            ("Referral method", "application_process"),
            ("Opening times", "opening_hours"),
            ("area_name", "coverage"),
            ("areaName", "coverage"),
            ("lat", "latitude"),
            ("charity_activities", "description"),
            ("registered_charity_number", "charity_number"),
            ("Service Name", "name"),
            ("E-mail address", "email"),
            ("Who can refer?", "term:referral-source"),
        ] {
            let best = meanings(heading)
                .into_iter()
                .max_by_key(|(_, score)| *score);
            assert_eq!(
                best.map(|(meaning, _)| meaning),
                Some(Meaning::Field(field.parse().unwrap())),
                "{heading}"
            );
        }
        for heading in [
            "Notes",
            "Contact name",
            "INTERNAL ONLY - comments",
            "Staff member",
            "Do not publish",
        ] {
            let best = meanings(heading)
                .into_iter()
                .max_by_key(|(_, score)| *score);
            assert_eq!(
                best.map(|(meaning, _)| meaning),
                Some(Meaning::Staff),
                "{heading}"
            );
        }
    }
}
