//! Words with which the tables are written down.

use super::{Field, Joined, Kind, Link};

/// Values of `status`.
pub(super) const STATUS: &[&str] = &["active", "inactive", "defunct", "temporarily closed"];
/// Values of `location_type` and `address_type`.
pub(super) const WHERE: &[&str] = &["physical", "postal", "virtual"];
/// Values of `wkst`.
pub(super) const DAYS: &[&str] = &["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
/// Values of `freq`.
pub(super) const FREQUENCY: &[&str] = &["WEEKLY", "MONTHLY"];

impl Field {
    const fn of(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            required: false,
            tabular_required: false,
        }
    }

    /// Required everywhere.
    pub(super) const fn needed(mut self) -> Self {
        self.required = true;
        self.tabular_required = true;
        self
    }

    /// Required in tables only, where nesting does not say it.
    pub(super) const fn needed_in_tables(mut self) -> Self {
        self.tabular_required = true;
        self
    }
}

pub(super) const fn text(name: &'static str) -> Field {
    Field::of(name, Kind::Text)
}

pub(super) const fn number(name: &'static str) -> Field {
    Field::of(name, Kind::Number)
}

pub(super) const fn id(name: &'static str) -> Field {
    Field::of(name, Kind::Id)
}

pub(super) const fn key(name: &'static str, of: &'static str) -> Field {
    Field::of(name, Kind::Key(of))
}

pub(super) const fn any_key(name: &'static str) -> Field {
    Field::of(name, Kind::AnyKey)
}

pub(super) const fn uri(name: &'static str) -> Field {
    Field::of(name, Kind::Uri)
}

pub(super) const fn email(name: &'static str) -> Field {
    Field::of(name, Kind::Email)
}

pub(super) const fn date(name: &'static str) -> Field {
    Field::of(name, Kind::Date)
}

pub(super) const fn time(name: &'static str) -> Field {
    Field::of(name, Kind::Time)
}

pub(super) const fn moment(name: &'static str) -> Field {
    Field::of(name, Kind::DateTime)
}

pub(super) const fn one_of(name: &'static str, values: &'static [&'static str]) -> Field {
    Field::of(name, Kind::OneOf(values))
}

impl Link {
    /// Required.
    pub(super) const fn needed(mut self) -> Self {
        self.required = true;
        self
    }
}

pub(super) const fn many(member: &'static str, child: &'static str, key: &'static str) -> Link {
    Link {
        member,
        child,
        many: true,
        required: false,
        joined: Joined::InChild(key),
    }
}

pub(super) const fn one(member: &'static str, child: &'static str, key: &'static str) -> Link {
    Link {
        member,
        child,
        many: false,
        required: false,
        joined: Joined::InParent(key),
    }
}

pub(super) const fn attributes() -> Link {
    Link {
        member: "attributes",
        child: "attribute",
        many: true,
        required: false,
        joined: Joined::Named {
            id: "link_id",
            entity: "link_entity",
        },
    }
}

pub(super) const fn metadata() -> Link {
    Link {
        member: "metadata",
        child: "metadata",
        many: true,
        required: false,
        joined: Joined::Named {
            id: "resource_id",
            entity: "resource_type",
        },
    }
}
