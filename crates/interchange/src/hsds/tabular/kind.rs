//! Which table a file is, by its name or by what a package's description calls it.

use domain::RecordId;

use crate::hsds::entities::{self, Entity};

/// How the rows of a file become rows of HSDS 3.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Make {
    /// They are such rows, but for names of columns.
    Plain,
    /// Addresses of this type.
    Address(&'static str),
    /// Opening hours by day of the week.
    Weekly,
    /// HSDS 3.1 has no such table: rows are kept as they are under this name in what they belong to.
    Kept(&'static str),
    /// What our own packages say beyond the tables of HSDS.
    Beyond,
}

/// A table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TableKind {
    /// The entity of its rows; none where rows are only kept.
    pub entity: Option<&'static Entity>,
    /// How its rows come in.
    pub make: Make,
}

/// File name and resource name of what our own packages say beyond the tables of HSDS.
pub(super) const BEYOND: &str = "signpost_members";

/// Where places stood in an organisation's list, what is said of it beyond the tables is an object
/// with this member: the identifiers of their rows. All places name their organisation in tables.
pub(super) const LISTED: &str = "rows";

/// The identifier of the row of an entity that stands wherever it is not known which one.
pub(super) fn unknown_id(entity: &str) -> RecordId {
    RecordId::named(&format!("not-known/{entity}"))
}

/// Names that HSDS 3.1 does not use any more, or that publishers use beside its own.
const OTHER_NAMES: &[(&str, &str, Make)] = &[
    ("organisation", "organization", Make::Plain),
    ("organisations", "organization", Make::Plain),
    ("places", "location", Make::Plain),
    ("services_at_location", "service_at_location", Make::Plain),
    ("services_at_locations", "service_at_location", Make::Plain),
    ("physical_address", "address", Make::Address("physical")),
    ("physical_addresses", "address", Make::Address("physical")),
    ("postal_address", "address", Make::Address("postal")),
    ("postal_addresses", "address", Make::Address("postal")),
    ("mail_addresses", "address", Make::Address("postal")),
    ("regular_schedule", "schedule", Make::Weekly),
    ("regular_schedules", "schedule", Make::Weekly),
    ("holiday_schedule", "", Make::Kept("holiday_schedules")),
    ("holiday_schedules", "", Make::Kept("holiday_schedules")),
    ("eligibility", "", Make::Kept("eligibility")),
    ("eligibilities", "", Make::Kept("eligibility")),
    ("payment_accepted", "", Make::Kept("payments_accepted")),
    ("payments_accepted", "", Make::Kept("payments_accepted")),
    (
        "accessibility_for_disabilities",
        "accessibility",
        Make::Plain,
    ),
    ("service_taxonomy", "attribute", Make::Plain),
    ("service_taxonomies", "attribute", Make::Plain),
    ("services_taxonomy", "attribute", Make::Plain),
    ("service_attribute", "attribute", Make::Plain),
    ("service_attributes", "attribute", Make::Plain),
    ("other_attribute", "attribute", Make::Plain),
    ("other_attributes", "attribute", Make::Plain),
    ("link_taxonomy", "attribute", Make::Plain),
    ("link_taxonomies", "attribute", Make::Plain),
    ("fundings", "funding", Make::Plain),
    ("additional_urls", "url", Make::Plain),
    (BEYOND, "", Make::Beyond),
];

/// The table of this name, as a file (with or without its ending) or a resource has it.
pub(super) fn table_kind(name: &str) -> Option<TableKind> {
    let lower = name.trim().to_ascii_lowercase().replace(['-', ' '], "_");
    let name = lower.strip_suffix(".csv").unwrap_or(&lower);
    let other = OTHER_NAMES.iter().find(|(other, ..)| *other == name);
    match other {
        Some(&(_, entity, make)) => Some(TableKind {
            entity: entities::entity(entity),
            make,
        }),
        None => Some(TableKind {
            entity: Some(entities::entity_of_file(name)?),
            make: Make::Plain,
        }),
    }
}

/// "taxonomy" alone: up to HSDS 1.1 the table of terms, from 2.0 on that of taxonomies. Terms have
/// a parent or belong to a vocabulary.
pub(super) fn settle(kind: TableKind, headings: &[String]) -> TableKind {
    let of_terms = |heading: &String| {
        matches!(
            heading.trim().to_ascii_lowercase().as_str(),
            "parent_id" | "parent_name" | "vocabulary"
        )
    };
    let is_taxonomy = kind.entity.is_some_and(|entity| entity.name == "taxonomy");
    if is_taxonomy && headings.iter().any(of_terms) {
        return TableKind {
            entity: entities::entity("taxonomy_term"),
            ..kind
        };
    }
    kind
}
