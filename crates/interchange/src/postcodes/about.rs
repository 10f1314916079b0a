//! What a pack was made from, and on what terms it may be used.

use serde::{Deserialize, Serialize};

/// What sort of list it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Ordnance Survey's Code-Point Open.
    CodePointOpen,
    /// The postcode directory (or lookup) of the Office for National Statistics.
    Onspd,
    /// Another list of postcodes.
    List,
}

/// A file that postcodes were read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// What sort of list.
    pub kind: Kind,
    /// The name of the file or folder that was given.
    pub name: String,
    /// Of when it is, as it says itself: `November 2025`.
    pub dated: Option<String>,
    /// It holds postcodes of Northern Ireland, whose terms differ.
    pub northern_ireland: bool,
}

/// What is in a pack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// What it was made from.
    pub sources: Vec<Source>,
    /// Postcodes in use.
    pub live: u64,
    /// Of those, how many are in use with no place known.
    pub without_point: u64,
    /// Postcodes that are no longer in use.
    pub ended: u64,
    /// Lines that could not be understood and were left out.
    #[serde(default)]
    pub left_out: u64,
    /// The first of them: its file, line and what is the matter.
    #[serde(default)]
    pub first_left_out: Option<String>,
}

impl About {
    /// What has to be shown wherever the postcodes are used, a sentence a line.
    #[must_use]
    pub fn licence(&self) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for line in self.sources.iter().flat_map(Source::licence) {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines
    }

    /// Of when the files are, where they say so.
    #[must_use]
    pub fn dated(&self) -> Option<String> {
        let mut dates: Vec<&str> = Vec::new();
        for date in self.sources.iter().filter_map(|s| s.dated.as_deref()) {
            if !dates.contains(&date) {
                dates.push(date);
            }
        }
        (!dates.is_empty()).then(|| dates.join(" and "))
    }

    /// How many lines are left out, and the first of them; none where all were understood.
    #[must_use]
    pub fn missing(&self) -> Option<String> {
        let first = self.first_left_out.as_deref()?;
        Some(match self.left_out {
            1 => format!("One line could not be understood and was left out: {first}"),
            lines => format!(
                "{} lines could not be understood and were left out, the first of them: {first}",
                thousands(lines)
            ),
        })
    }

    /// In a line: `OS Code-Point Open, November 2025: 1,745,013 postcodes in use`.
    #[must_use]
    pub fn said(&self) -> String {
        let mut names: Vec<String> = Vec::new();
        for name in self.sources.iter().map(Source::said) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let ended = match self.ended {
            0 => String::new(),
            ended => format!(", {} no longer in use", thousands(ended)),
        };
        format!(
            "{}: {} postcodes in use{ended}",
            names.join("; "),
            thousands(self.live)
        )
    }
}

impl Source {
    /// The list's name and date.
    fn said(&self) -> String {
        let name = match self.kind {
            Kind::CodePointOpen => "OS Code-Point Open",
            Kind::Onspd => "ONS Postcode Directory",
            Kind::List => self.name.as_str(),
        };
        match &self.dated {
            Some(dated) => format!("{name}, {dated}"),
            None => name.to_owned(),
        }
    }

    fn licence(&self) -> Vec<String> {
        let year = self.year().map_or_else(String::new, |y| format!(" {y}"));
        let os = format!("Contains OS data © Crown copyright and database right{year}");
        let mail =
            format!("Contains Royal Mail data © Royal Mail copyright and database right{year}");
        let statistics =
            format!("Contains National Statistics data © Crown copyright and database right{year}");
        let open = "Licensed under the Open Government Licence v3.0".to_owned();
        let own = match self.kind {
            Kind::CodePointOpen => vec![os, mail, statistics, open],
            Kind::Onspd => vec![
                os,
                mail,
                "Source: Office for National Statistics licensed under the Open Government \
                 Licence v.3.0"
                    .to_owned(),
            ],
            Kind::List => vec![
                format!("{}: on the terms of whoever made it", self.name),
                os,
                mail,
                statistics,
            ],
        };
        let ireland = "Postcodes of Northern Ireland (BT) are not under the Open Government \
                       Licence: © Crown copyright, Land & Property Services, whose licence \
                       commercial use needs";
        let ireland = self.northern_ireland.then(|| ireland.to_owned());
        own.into_iter().chain(ireland).collect()
    }

    fn year(&self) -> Option<&str> {
        let last = self.dated.as_deref()?.rsplit(' ').next()?;
        (last.len() == 4 && last.bytes().all(|b| b.is_ascii_digit())).then_some(last)
    }
}

/// A number as people write it: `72,141`.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut said = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    said
}

/// Months by their first three letters.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The month and year in a file's name, such as `ONSPD_AUG_2025_UK.csv`; the year alone where no
/// month stands before it.
pub(super) fn date_in_name(name: &str) -> Option<String> {
    let words: Vec<String> = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .map(str::to_ascii_lowercase)
        .collect();
    let year =
        |word: &str| word.len() == 4 && word.starts_with("20") && word.parse::<u16>().is_ok();
    // Two years are a span of time, of which neither says when the list was made.
    let mut years = words.iter().enumerate().filter(|(_, word)| year(word));
    let (at, found) = years.next().filter(|_| years.next().is_none())?;
    let month = at.checked_sub(1).and_then(|before| words.get(before));
    let month = month.and_then(|word| {
        let full = |name: &&&str| word.len() >= 3 && name.to_ascii_lowercase().starts_with(word);
        MONTHS.iter().find(full)
    });
    Some(month.map_or_else(|| found.clone(), |month| format!("{month} {found}")))
}

/// The date in the `metadata.txt` that comes with Code-Point Open: its line `COPYRIGHT DATE`, eight
/// digits.
pub(super) fn date_in_metadata(text: &str) -> Option<String> {
    let line = text
        .lines()
        .find(|line| line.to_ascii_uppercase().contains("COPYRIGHT DATE"))?;
    let digits: String = line.chars().filter(char::is_ascii_digit).collect();
    let (year, rest) = digits.split_at_checked(4)?;
    let month: usize = rest.get(..2)?.parse().ok()?;
    let month = MONTHS.get(month.checked_sub(1)?)?;
    (rest.len() == 4 && year.starts_with("20")).then(|| format!("{month} {year}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(kind: Kind, dated: Option<&str>) -> Source {
        Source {
            kind,
            name: "list.csv".to_owned(),
            dated: dated.map(str::to_owned),
            northern_ireland: false,
        }
    }

    #[test]
    fn dates_are_found_where_lists_carry_them() {
        for (name, date) in [
            ("ONSPD_AUG_2025_UK.csv", Some("August 2025")),
            ("ONSPD_MAY_2024.zip", Some("May 2024")),
            ("codepo_gb_2023.zip", Some("2023")),
            ("gone_2014_to_2025.csv", None),
            ("codepo_gb.zip", None),
        ] {
            assert_eq!(date_in_name(name).as_deref(), date, "{name}");
        }
        let metadata = "PRODUCT: CODE-POINT OPEN\r\nCOPYRIGHT DATE:    20251101\r\nAB 16593";
        assert_eq!(date_in_metadata(metadata).as_deref(), Some("November 2025"));
        assert_eq!(date_in_metadata("COPYRIGHT DATE: soon"), None);
    }

    #[test]
    fn the_owners_are_named_with_the_year_and_once_each() {
        let about = About {
            sources: vec![
                source(Kind::CodePointOpen, Some("November 2025")),
                source(Kind::Onspd, Some("August 2025")),
            ],
            live: 1_745_013,
            ended: 12,
            ..About::default()
        };
        let lines = about.licence();
        let os = "Contains OS data © Crown copyright and database right 2025";
        assert_eq!(lines.iter().filter(|line| *line == os).count(), 1);
        assert!(
            lines
                .iter()
                .any(|line| line.contains("Office for National Statistics"))
        );
        assert_eq!(about.dated().unwrap(), "November 2025 and August 2025");
        assert_eq!(
            about.said(),
            "OS Code-Point Open, November 2025; ONS Postcode Directory, August 2025: 1,745,013 \
             postcodes in use, 12 no longer in use"
        );
        let plain = source(Kind::List, None).licence();
        assert!(plain.iter().any(|line| line.ends_with("database right")));
    }
}
