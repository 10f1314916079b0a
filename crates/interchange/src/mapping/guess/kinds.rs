//! What a single value looks like.

use domain::{Areas, Postcode};

use crate::Weight;
use crate::tidy::{ages, date, emails, fold, hours, phones, web_addresses};

/// A kind of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Email,
    Web,
    Phone,
    Postcode,
    /// A few letters and digits, as postcodes of other countries are.
    Code,
    Number,
    Whole,
    North,
    East,
    AreaCode,
    AreaName,
    Date,
    Age,
    Hours,
    Person,
    YesOrNo,
}

/// All that a value looks like.
pub(super) fn kinds_of(value: &str, areas: &Areas) -> Vec<Kind> {
    let number = value
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite());
    let tests = match number {
        Some(number) => of_number(value, number),
        None => of_words(value, areas),
    };
    let short = value.len() <= 60;
    let always = [
        (Kind::Phone, value.len() <= 120 && is_phone(value)),
        (Kind::Postcode, short && value.parse::<Postcode>().is_ok()),
        (
            Kind::Code,
            value.len() <= 10 && value.bytes().any(|b| b.is_ascii_digit()),
        ),
        (Kind::AreaCode, short && is_area_code(value, areas)),
    ];
    let tests = tests.into_iter().chain(always);
    tests.filter(|(_, is)| *is).map(|(kind, _)| kind).collect()
}

fn of_number(value: &str, number: f64) -> Vec<(Kind, bool)> {
    let exact = value
        .split_once('.')
        .is_some_and(|(_, decimals)| decimals.len() >= 3);
    vec![
        (Kind::Number, true),
        (Kind::Whole, number.fract() == 0.0),
        (Kind::North, exact && (49.0..=61.0).contains(&number)),
        (Kind::East, exact && (-9.0..=3.0).contains(&number)),
        (Kind::Age, (0.0..1000.0).contains(&number)),
    ]
}

fn of_words(value: &str, areas: &Areas) -> Vec<(Kind, bool)> {
    const ANSWERS: [&str; 6] = ["yes", "no", "y", "n", "true", "false"];
    let short = value.len() <= 60;
    let mut unused = Vec::new();
    let is_email = value.contains('@') && !emails(value, &mut unused).addresses.is_empty();
    let mut parts = value.split([',', ';']);
    vec![
        (Kind::Email, is_email),
        (Kind::Web, value.len() <= 300 && is_web(value)),
        (
            Kind::AreaName,
            short && parts.any(|part| areas.named(part).is_some()),
        ),
        (Kind::Date, short && date(value).is_some()),
        (Kind::Age, short && ages(value).is_some()),
        (Kind::Hours, value.len() <= 300 && hours(value).is_some()),
        (Kind::Person, short && is_person(value)),
        (Kind::YesOrNo, ANSWERS.contains(&fold(value).as_str())),
    ]
}

fn is_web(value: &str) -> bool {
    if value.contains('@') {
        return false;
    }
    let told = value.contains("://") || value.to_ascii_lowercase().contains("www.");
    let bare =
        !value.contains(' ') && value.contains('.') && value.chars().any(char::is_alphabetic);
    (told || bare) && !web_addresses(value, &mut Vec::new()).addresses.is_empty()
}

/// A telephone number with few words beside it. Digits alone may be any number, so they have to make
/// one that is given out.
fn is_phone(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    if !(10..=40).contains(&digits) || value.contains("://") || value.contains('@') {
        return false;
    }
    let mut remarks = Vec::new();
    let found = phones(value, &mut remarks);
    let doubted = remarks
        .iter()
        .any(|remark| remark.weight == Weight::Doubtful);
    let letters = value.chars().filter(|c| c.is_alphabetic()).count();
    !found.numbers.is_empty() && !doubted && letters <= 40
}

/// A code of a district or county, malformed ones too: `E08000009`, `E0800009`. Wards and smaller
/// areas have other letters and numbers in front.
fn is_area_code(value: &str, areas: &Areas) -> bool {
    let fronts = [
        "E06", "E07", "E08", "E09", "E10", "E11", "E47", "W06", "S12", "N09",
    ];
    let digits = value
        .get(1..)
        .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    areas.get(value).is_some()
        || digits
            && (7..=10).contains(&value.len())
            && fronts.iter().any(|front| value.starts_with(front))
}

/// Two or three words with capitals and nothing else, such as people's names are.
fn is_person(value: &str) -> bool {
    let words: Vec<&str> = value.split_whitespace().collect();
    let name = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().skip(1).all(|c| {
                c.is_lowercase()
                    || matches!(c, '\'' | '-' | '.' | '’')
                    || c.is_uppercase() && word.len() > 3
            })
    };
    (2..=3).contains(&words.len()) && words.iter().all(name)
}
