//! A check: somebody confirmed that an entry is right, whether or not it changed.

use serde::{Deserialize, Serialize};

use serde_json::Value;

use crate::{FieldName, Kind, Record, Rest, When, change};

/// How it was confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckHow {
    /// Somebody telephoned.
    Phoned,
    /// Somebody went there.
    Visited,
    /// Somebody looked at its website.
    Web,
    /// The organisation said so.
    ToldUs,
    /// A published survey or report says so.
    Published,
}

impl CheckHow {
    /// As people say it: `by phone`.
    #[must_use]
    pub fn said(self) -> &'static str {
        match self {
            Self::Phoned => "by phone",
            Self::Visited => "by a visit",
            Self::Web => "on the web",
            Self::ToldUs => "told by the organisation",
            Self::Published => "from a report",
        }
    }
}

/// One confirmation. Checking is not editing: mending a typo does not make an entry fresh.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Which group of fields; absent: the whole entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// When, as exactly as known.
    pub when: When,
    /// How.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<CheckHow>,
    /// By whom, as a role or organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Members not known to this version.
    #[serde(flatten)]
    pub rest: Rest,
}

impl Check {
    /// Puts it into a record: in the place of the check of the same fields, unless that one is
    /// newer. A check of a whole service is also the day on which HSDS has it assured.
    pub fn put_into(&self, kind: Kind, record: &mut Record) {
        let field = FieldName::new("signpost.checks");
        let mut checks = match change::value(record, &field) {
            Some(Value::Array(checks)) => checks,
            Some(_) | None => Vec::new(),
        };
        let same = |other: &Value| {
            other.get("of").and_then(Value::as_str).unwrap_or_default()
                == self.of.as_deref().unwrap_or_default()
        };
        let newer = |other: &Value| {
            let when = other.get("when").and_then(Value::as_str);
            let when = when.and_then(|when| when.parse::<When>().ok());
            when.is_some_and(|when| {
                (when.last(), when.first()) > (self.when.last(), self.when.first())
            })
        };
        if checks.iter().any(|other| same(other) && newer(other)) {
            return;
        }
        let Ok(check) = serde_json::to_value(self) else {
            return;
        };
        let at = checks.iter().position(same);
        checks.retain(|other| !same(other));
        checks.insert(at.unwrap_or(checks.len()).min(checks.len()), check);
        change::set(kind, record, &field, Some(Value::Array(checks)));
        if self.of.is_none() && kind == Kind::Service {
            let day = Value::from(self.when.as_str());
            change::set(kind, record, &FieldName::new("assured_date"), Some(day));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(of: Option<&str>, when: &str) -> Check {
        Check {
            of: of.map(str::to_owned),
            when: when.parse().unwrap(),
            how: Some(CheckHow::Phoned),
            by: None,
            rest: Rest::new(),
        }
    }

    #[test]
    fn the_newer_check_of_the_same_fields_stands() {
        let mut record = Record::new();
        check(None, "2026-11-02").put_into(Kind::Service, &mut record);
        check(Some("hours"), "2026-11-03").put_into(Kind::Service, &mut record);
        check(None, "2018-05").put_into(Kind::Service, &mut record);
        assert_eq!(record["assured_date"], "2026-11-02");
        check(None, "2026-11-04").put_into(Kind::Service, &mut record);
        assert_eq!(
            json!(record).to_string(),
            r#"{"assured_date":"2026-11-04","signpost":{"checks":[{"when":"2026-11-04","how":"phoned"},{"of":"hours","when":"2026-11-03","how":"phoned"}]}}"#
        );
    }

    #[test]
    fn only_services_have_a_day_on_which_they_are_assured() {
        let mut record = Record::new();
        check(None, "2026-11-02").put_into(Kind::Place, &mut record);
        assert!(!record.contains_key("assured_date"));
        assert!(record.contains_key("signpost"));
    }
}
