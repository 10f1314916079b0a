//! The tables that are rescued.

mod columns;
mod shape;

/// A table. What is made from other tables is not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Table {
    /// Removed services: rescued first, so that none of them comes back.
    Tombstone,
    Service,
    Organisation,
    Place,
    Outbox,
    Draft,
    Membership,
    Position,
    Published,
    Item,
    Private,
    History,
    Setting,
    Unmet,
    Import,
    Imported,
    Taxonomy,
    Area,
    Outcode,
    Thesaurus,
}

impl Table {
    /// In the order in which they are rescued.
    pub(crate) const ALL: [Self; 20] = [
        Self::Tombstone,
        Self::Service,
        Self::Organisation,
        Self::Place,
        Self::Outbox,
        Self::Draft,
        Self::Membership,
        Self::Position,
        Self::Published,
        Self::Item,
        Self::Private,
        Self::History,
        Self::Setting,
        Self::Unmet,
        Self::Import,
        Self::Imported,
        Self::Taxonomy,
        Self::Area,
        Self::Outcode,
        Self::Thesaurus,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Tombstone => "tombstone",
            Self::Service => "service",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::Outbox => "outbox",
            Self::Draft => "draft",
            Self::Membership => "membership",
            Self::Position => "position",
            Self::Published => "published",
            Self::Item => "item",
            Self::Private => "private",
            Self::History => "history",
            Self::Setting => "setting",
            Self::Unmet => "unmet",
            Self::Import => "import",
            Self::Imported => "imported",
            Self::Taxonomy => "taxonomy",
            Self::Area => "area",
            Self::Outcode => "outcode",
            Self::Thesaurus => "thesaurus",
        }
    }

    /// Its columns in the order of the schema.
    pub(crate) fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Tombstone => columns::TOMBSTONE,
            Self::Service => columns::SERVICE,
            Self::Organisation => columns::ORGANISATION,
            Self::Place => columns::PLACE,
            Self::Outbox => columns::OUTBOX,
            Self::Draft => columns::DRAFT,
            Self::Membership => columns::MEMBERSHIP,
            Self::Position => columns::POSITION,
            Self::Published => columns::PUBLISHED,
            Self::Item => columns::ITEM,
            Self::Private => columns::PRIVATE,
            Self::History => columns::HISTORY,
            Self::Setting => columns::SETTING,
            Self::Unmet => columns::UNMET,
            Self::Import => columns::IMPORT,
            Self::Imported => columns::IMPORTED,
            Self::Taxonomy => columns::TAXONOMY,
            Self::Area => columns::AREA,
            Self::Outcode => columns::OUTCODE,
            Self::Thesaurus => columns::THESAURUS,
        }
    }
}
