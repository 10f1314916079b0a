//! The smaller HSDS tables that hang on a service, organisation or place.

use serde::{Deserialize, Serialize};

use crate::{Many, RecordId, Rest};

/// Stands where a document wrote a whole record inside another one. The record itself is kept once,
/// by its identifier, and put back in this place when the document is written again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The record that stands here.
    pub id: RecordId,
}

/// A row of a linked table of which Signpost shows nothing itself: kept whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linked {
    /// Identifier as its source gave it.
    #[serde(default)]
    pub id: String,
    /// Everything else.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A telephone number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// Identifier as its source gave it.
    #[serde(default)]
    pub id: String,
    /// The number as people write it.
    pub number: String,
    /// What it is for, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Members not known to this version.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A web address with a label.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Url {
    /// Identifier as its source gave it.
    #[serde(default)]
    pub id: String,
    /// What it leads to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The address.
    pub url: String,
    /// Members not known to this version.
    #[serde(flatten)]
    pub rest: Rest,
}

/// When a service runs or a place is open, by the rules of RFC 5545 as HSDS takes them over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// Identifier as its source gave it.
    #[serde(default)]
    pub id: String,
    /// `WEEKLY` or `MONTHLY`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub freq: Option<String>,
    /// Days: `MO,TU`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byday: Option<String>,
    /// Opening time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<String>,
    /// Closing time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes_at: Option<String>,
    /// As it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Members not known to this version.
    #[serde(flatten)]
    pub rest: Rest,
}

impl Schedule {
    /// One line for people: the words it came with, or days and times put together.
    #[must_use]
    pub fn line(&self) -> Option<String> {
        let time = |text: &String| {
            text.trim_end_matches('Z')
                .chars()
                .take(5)
                .collect::<String>()
        };
        if let Some(words) = self
            .description
            .as_ref()
            .filter(|words| !words.trim().is_empty())
        {
            return Some(words.trim().to_owned());
        }
        let hours = match (&self.opens_at, &self.closes_at) {
            (Some(from), Some(to)) => Some(format!("{} to {}", time(from), time(to))),
            (Some(from), None) => Some(format!("from {}", time(from))),
            (None, Some(to)) => Some(format!("until {}", time(to))),
            (None, None) => None,
        };
        let days = self.byday.as_ref().map(|days| day_names(days));
        let parts: Vec<String> = days.into_iter().chain(hours).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

fn day_names(byday: &str) -> String {
    let name = |code: &str| match code.trim() {
        "MO" => "Monday".to_owned(),
        "TU" => "Tuesday".to_owned(),
        "WE" => "Wednesday".to_owned(),
        "TH" => "Thursday".to_owned(),
        "FR" => "Friday".to_owned(),
        "SA" => "Saturday".to_owned(),
        "SU" => "Sunday".to_owned(),
        other => other.to_owned(),
    };
    byday.split(',').map(name).collect::<Vec<_>>().join(", ")
}

/// A postal or physical address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Identifier as its source gave it.
    #[serde(default)]
    pub id: String,
    /// First line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_1: Option<String>,
    /// Second line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_2: Option<String>,
    /// Town or city.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Postcode as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// Members not known to this version.
    #[serde(flatten)]
    pub rest: Rest,
}

/// How somebody with a disability gets in and about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accessibility {
    /// Identifier as its source gave it.
    #[serde(default)]
    pub id: String,
    /// What there is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// More about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// Members not known to this version.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A language in which a service is given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Language {
    /// Identifier as its source gave it.
    #[serde(default)]
    pub id: String,
    /// Its name in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Members not known to this version.
    #[serde(flatten)]
    pub rest: Rest,
}

/// What a service costs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CostOption {
    /// Identifier as its source gave it.
    #[serde(default)]
    pub id: String,
    /// Who or what this price is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option: Option<String>,
    /// ISO 4217 code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The price, in units of the currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<serde_json::Number>,
    /// The price in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_description: Option<String>,
    /// Ties to taxonomy terms.
    #[serde(default, skip_serializing_if = "Many::is_absent")]
    pub attributes: Many<crate::Attribute>,
    /// Members not known to this version.
    #[serde(flatten)]
    pub rest: Rest,
}

impl CostOption {
    /// One line for people.
    #[must_use]
    pub fn line(&self) -> Option<String> {
        if let Some(words) = self
            .amount_description
            .as_ref()
            .filter(|w| !w.trim().is_empty())
        {
            return Some(words.trim().to_owned());
        }
        let amount = self.amount.as_ref()?;
        let price = match self.currency.as_deref() {
            Some("GBP") | None => format!("£{amount}"),
            Some(other) => format!("{amount} {other}"),
        };
        Some(
            self.option
                .as_ref()
                .map_or_else(|| price.clone(), |what| format!("{price}: {what}")),
        )
    }
}
