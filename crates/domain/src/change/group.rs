//! Fields that only make sense together: half-merged hours send somebody to a locked door.

use crate::{FieldName, Kind};

/// Fields of a kind that change and conflict as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// When it runs, and where at what time.
    Hours,
    /// Who may come.
    Eligibility,
    /// Whether it takes people now.
    State,
    /// What it costs.
    Cost,
    /// Address, point, and whether they are private.
    Address,
}

impl Group {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Hours,
        Self::Eligibility,
        Self::State,
        Self::Cost,
        Self::Address,
    ];

    /// Its fields in a record of this kind; none: the kind has no such group.
    #[must_use]
    pub fn fields(self, kind: Kind) -> &'static [&'static str] {
        match (kind, self) {
            (Kind::Service, Self::Hours) => &["schedules", "service_at_locations"],
            (Kind::Service, Self::Eligibility) => {
                &["eligibility_description", "minimum_age", "maximum_age"]
            }
            (Kind::Service, Self::State) => &["status", "signpost.state"],
            (Kind::Service, Self::Cost) => &["fees_description", "cost_options", "attributes.cost"],
            (Kind::Place, Self::Hours) => &["schedules"],
            (Kind::Place, Self::Address) => &[
                "location_type",
                "latitude",
                "longitude",
                "addresses",
                "signpost.private",
            ],
            (Kind::Service, Self::Address)
            | (Kind::Place, Self::Eligibility | Self::State | Self::Cost)
            | (Kind::Organisation, _) => &[],
        }
    }

    /// Its plain name.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Hours => "Opening hours",
            Self::Eligibility => "Who may come",
            Self::State => "State",
            Self::Cost => "Cost",
            Self::Address => "Address",
        }
    }
}

/// The group that a field belongs to.
#[must_use]
pub fn group_of(kind: Kind, field: &FieldName) -> Option<Group> {
    Group::ALL
        .into_iter()
        .find(|group| group.fields(kind).contains(&field.as_str()))
}
