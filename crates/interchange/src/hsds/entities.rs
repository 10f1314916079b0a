//! The tables of HSDS 3.1 as data: which entity has which members, of what kind, and how entities
//! hang together. Reading, writing and checking go by it, for JSON and for tables alike.
//!
//! Open Referral UK 3.0 has the same tables but for a few members more, listed as [`UK_ADDS`].

mod build;
mod records;
mod rows;
mod words;

#[cfg(test)]
mod tests;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text of any kind.
    Text,
    /// A number.
    Number,
    /// The row's own identifier, a UUID.
    Id,
    /// The identifier of a row of the entity of this name.
    Key(&'static str),
    /// The identifier of a row of an entity that another member names.
    AnyKey,
    /// A web address with its scheme.
    Uri,
    /// An address for electronic mail.
    Email,
    /// A day. JSON takes any text here, tables take days only.
    Date,
    /// A time of day. JSON takes any text here, tables take times only.
    Time,
    /// A day with a time and zone.
    DateTime,
    /// One of these texts.
    OneOf(&'static [&'static str]),
}

/// A member that is a value, and a column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name, in JSON and as a heading.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// JSON must have it.
    pub required: bool,
    /// A row of the table must have it; true wherever `required` is.
    pub tabular_required: bool,
}

/// Which side says what belongs together, where nothing is nested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// This column of the child has the parent's identifier.
    InChild(&'static str),
    /// This column of the parent has the child's identifier.
    InParent(&'static str),
    /// The child has the parent's identifier in one column and its entity's name in another.
    Named {
        /// The column of the identifier.
        id: &'static str,
        /// The column of the entity's name.
        entity: &'static str,
    },
}

/// A member that holds rows of another entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The member's name in JSON: `phones`.
    pub member: &'static str,
    /// The entity of the rows: `phone`.
    pub child: &'static str,
    /// An array rather than one object.
    pub many: bool,
    /// JSON must have it.
    pub required: bool,
    /// How the tables say it.
    pub joined: Joined,
}

/// An entity: a JSON object, or a row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entity {
    /// Its name: `service`.
    pub name: &'static str,
    /// The name of its file in a tabular package, without `.csv`: `services`.
    pub file: &'static str,
    /// Its values, in the order of the columns.
    pub fields: &'static [Field],
    /// What is nested in it.
    pub links: &'static [Link],
}

impl Entity {
    /// The value member of this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The nested member of this name.
    #[must_use]
    pub fn link(&self, member: &str) -> Option<&'static Link> {
        self.links.iter().find(|link| link.member == member)
    }
}

impl Link {
    /// The entity of its rows.
    #[must_use]
    pub fn entity(&self) -> Option<&'static Entity> {
        entity(self.child)
    }
}

/// Members that Open Referral UK 3.0 has beside those of HSDS, as entity and member.
pub const UK_ADDS: &[(&str, &str)] = &[
    ("accessibility", "accessibility"),
    ("service_area", "service_area"),
    ("taxonomy", "taxonomy_terms"),
    ("taxonomy_term", "term"),
];

static ALL: [Entity; 24] = [
    records::ORGANIZATION,
    records::PROGRAM,
    records::SERVICE,
    words::ATTRIBUTE,
    records::SERVICE_AT_LOCATION,
    records::LOCATION,
    rows::PHONE,
    rows::CONTACT,
    rows::ADDRESS,
    rows::SCHEDULE,
    rows::FUNDING,
    rows::SERVICE_AREA,
    rows::REQUIRED_DOCUMENT,
    rows::LANGUAGE,
    rows::ACCESSIBILITY,
    words::TAXONOMY_TERM,
    words::METADATA,
    words::META_TABLE_DESCRIPTION,
    rows::COST_OPTION,
    rows::ORGANIZATION_IDENTIFIER,
    words::TAXONOMY,
    rows::SERVICE_CAPACITY,
    rows::UNIT,
    rows::URL,
];

/// All entities, in the order of the published package.
pub fn all() -> impl Iterator<Item = &'static Entity> {
    ALL.iter()
}

/// The entity of this name: `service`.
#[must_use]
pub fn entity(name: &str) -> Option<&'static Entity> {
    all().find(|entity| entity.name == name)
}

/// The entity whose table has this file name, with or without `.csv`: `services`, and also
/// `service`, as some publishers and Open Referral UK write several names in the singular.
#[must_use]
pub fn entity_of_file(file: &str) -> Option<&'static Entity> {
    let lower = file.to_ascii_lowercase();
    let name = lower.strip_suffix(".csv").unwrap_or(&lower);
    let named = |entity: &&Entity| entity.file == name || entity.name == name;
    all().find(named).or_else(|| {
        let plural = |entity: &&Entity| name.strip_suffix('s') == Some(entity.name);
        all().find(plural)
    })
}
