//! Who may do what.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{AreaKind, Areas, GssCode, Record};

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", from = "String")]
pub enum Role {
    /// Suggests, flags, checks. A role that this version does not know counts as this one: the hub
    /// decides anyhow.
    Contributor,
    /// Edits, approves and settles in their boroughs.
    Curator,
    /// Everything, everywhere.
    Administrator,
}

impl From<String> for Role {
    fn from(name: String) -> Self {
        match name.as_str() {
            "curator" => Self::Curator,
            "administrator" => Self::Administrator,
            _ => Self::Contributor,
        }
    }
}

/// Somebody, or a desk that several people share, as the hub knows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// What others are told.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Codes of the boroughs of a curator; none: all.
    #[serde(default)]
    pub boroughs: Vec<GssCode>,
}

impl Account {
    /// Whether this account may edit a record of these boroughs, and settle what waits about it.
    #[must_use]
    pub fn may_edit(&self, boroughs: &Boroughs) -> bool {
        match (self.role, boroughs) {
            (Role::Contributor, _) => false,
            (Role::Administrator, _) | (Role::Curator, Boroughs::Unknown | Boroughs::All) => true,
            (Role::Curator, Boroughs::Some(codes)) => {
                let mut own = self.boroughs.iter().map(|code| borough_of(code));
                self.boroughs.is_empty() || own.any(|code| codes.contains(code))
            }
        }
    }

    /// Whether this account may turn a record of one set of boroughs into one of another; none
    /// before: a new record.
    #[must_use]
    pub fn may_change(&self, before: Option<&Boroughs>, after: &Boroughs) -> bool {
        before.is_none_or(|before| self.may_edit(before)) && self.may_edit(after)
    }
}

/// The boroughs whose curators look after a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Boroughs {
    /// Not known: any curator may look after it.
    Unknown,
    /// The whole county: every curator may.
    All,
    /// Those with these codes.
    Some(BTreeSet<GssCode>),
}

impl Boroughs {
    /// Those that a service covers. Areas that nobody here knows don't count.
    #[must_use]
    pub fn of_service(service: &Record, areas: &Areas) -> Self {
        let covered = service.get("service_areas").and_then(Value::as_array);
        let codes = covered.into_iter().flatten().filter_map(|area| {
            let code = area.get("extent").and_then(Value::as_str);
            let name = || area.get("name").and_then(Value::as_str);
            let named = || Some(areas.named(name()?)?.code.as_str());
            code.filter(|code| !code.is_empty()).or_else(named)
        });
        let known = codes
            .map(|code| Self::of_area(code, areas))
            .filter(|one| *one != Self::Unknown);
        known.reduce(Self::union).unwrap_or(Self::Unknown)
    }

    /// Whoever may look after one of two records may look after what both hang on.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        match (self, other) {
            (Self::All, _) | (_, Self::All) => Self::All,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Some(mut one), Self::Some(other)) => {
                one.extend(other);
                Self::Some(one)
            }
        }
    }

    /// Those of an organisation or a place, by the services tied to it; none: not known.
    #[must_use]
    pub fn of_services(services: impl IntoIterator<Item = Self>) -> Self {
        services
            .into_iter()
            .reduce(Self::union)
            .unwrap_or(Self::Unknown)
    }

    fn of_area(code: &str, areas: &Areas) -> Self {
        let borough = borough_of(code);
        match areas.get(borough).map(|area| area.kind) {
            Some(AreaKind::County) => Self::All,
            Some(AreaKind::Borough | AreaKind::Neighbouring) => {
                Self::Some(BTreeSet::from([borough.to_owned()]))
            }
            Some(AreaKind::Neighbourhood) => {
                let within = areas.covered_by(borough).into_iter();
                let codes: BTreeSet<GssCode> = within.map(|area| area.code.clone()).collect();
                if codes.is_empty() {
                    Self::Unknown
                } else {
                    Self::Some(codes)
                }
            }
            None => Self::Unknown,
        }
    }
}

/// The borough of a code: that of a neighbourhood stands before the slash.
fn borough_of(code: &str) -> &str {
    code.split_once('/').map_or(code, |(borough, _)| borough)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Area;

    fn areas() -> Areas {
        let area = |code: &str, kind| Area {
            code: code.to_owned(),
            name: format!("Area {code}"),
            kind,
            within: None,
            also: Vec::new(),
        };
        let all = vec![
            area("C", AreaKind::County),
            area("B1", AreaKind::Borough),
            area("B2", AreaKind::Borough),
        ];
        Areas::new(all, Vec::new())
    }

    fn covering(codes: &[&str]) -> Boroughs {
        let covered: Vec<Value> = codes.iter().map(|code| json!({"extent": code})).collect();
        let record = Record::from_iter([("service_areas".to_owned(), json!(covered))]);
        Boroughs::of_service(&record, &areas())
    }

    fn some(codes: &[&str]) -> Boroughs {
        Boroughs::Some(codes.iter().map(|&code| code.to_owned()).collect())
    }

    #[test]
    fn a_role_that_is_not_known_here_may_do_the_least() {
        let read = |text| serde_json::from_str::<Role>(text).unwrap();
        assert_eq!(read(r#""reviewer""#), Role::Contributor);
        for role in [Role::Contributor, Role::Curator, Role::Administrator] {
            let text = serde_json::to_string(&role).unwrap();
            assert_eq!(serde_json::from_str::<Role>(&text).unwrap(), role);
        }
    }

    #[test]
    fn coverage_says_whose_curators_look_after_a_service() {
        assert_eq!(covering(&["B1/north", "B2"]), some(&["B1", "B2"]));
        assert_eq!(covering(&["B1", "C"]), Boroughs::All);
        assert_eq!(covering(&["B1", "elsewhere"]), some(&["B1"]));
        assert_eq!(covering(&["elsewhere"]), Boroughs::Unknown);
        assert_eq!(covering(&[]), Boroughs::Unknown);
        let named = json!([{"name": "Area B2"}]);
        let record = Record::from_iter([("service_areas".to_owned(), named)]);
        assert_eq!(Boroughs::of_service(&record, &areas()), some(&["B2"]));
    }

    #[test]
    fn a_curator_edits_in_their_boroughs_before_and_after() {
        let account = |role, boroughs: &[&str]| Account {
            name: "A".to_owned(),
            role,
            boroughs: boroughs.iter().map(|&code| code.to_owned()).collect(),
        };
        let curator = account(Role::Curator, &["B1"]);
        assert!(curator.may_edit(&some(&["B1", "B2"])));
        assert!(!curator.may_edit(&some(&["B2"])));
        assert!(curator.may_edit(&Boroughs::All) && curator.may_edit(&Boroughs::Unknown));
        assert!(account(Role::Curator, &[]).may_edit(&some(&["B2"])));
        assert!(account(Role::Administrator, &["B1"]).may_edit(&some(&["B2"])));
        assert!(!account(Role::Contributor, &[]).may_edit(&Boroughs::Unknown));
        assert!(!curator.may_change(Some(&some(&["B2"])), &some(&["B1"])));
        assert!(!curator.may_change(Some(&some(&["B1"])), &some(&["B2"])));
        assert!(curator.may_change(None, &some(&["B1"])));
    }

    #[test]
    fn what_services_share_is_looked_after_by_the_curators_of_each() {
        let of = |each: &[Boroughs]| Boroughs::of_services(each.iter().cloned());
        assert_eq!(of(&[some(&["B1"]), some(&["B2"])]), some(&["B1", "B2"]));
        assert_eq!(of(&[some(&["B1"]), Boroughs::Unknown]), Boroughs::Unknown);
        assert_eq!(of(&[Boroughs::Unknown, Boroughs::All]), Boroughs::All);
        assert_eq!(of(&[]), Boroughs::Unknown);
    }
}
