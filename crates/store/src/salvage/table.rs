//! The tables that are rescued, and how a row of each can be told by its shape alone.

use rusqlite::types::Value;

/// A table. What is made from other tables is not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Table {
    /// Removed services: rescued first, so that none of them comes back.
    Tombstone,
    Service,
    Organisation,
    Place,
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
    pub(crate) const ALL: [Self; 13] = [
        Self::Tombstone,
        Self::Service,
        Self::Organisation,
        Self::Place,
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
            Self::Tombstone => &["row", "id", "revision"],
            Self::Service => &["row", "id", "name", "organisation", "revision", "body"],
            Self::Organisation => &["row", "id", "name", "revision", "body"],
            Self::Place => &[
                "row",
                "id",
                "name",
                "latitude",
                "longitude",
                "revision",
                "body",
            ],
            Self::History => &["row", "kind", "record", "revision", "body"],
            Self::Setting => &["key", "value"],
            Self::Unmet => &["words", "areas", "day", "times"],
            Self::Import => &[
                "row", "source", "origin", "day", "revision", "undone", "body",
            ],
            Self::Imported => &[
                "row",
                "kind",
                "record",
                "import",
                "source_id",
                "at",
                "digest",
            ],
            Self::Taxonomy => &["code", "position", "name", "description", "source", "terms"],
            Self::Area => &["code", "position", "name", "kind", "within", "also"],
            Self::Outcode => &["outcode", "latitude", "longitude", "areas"],
            Self::Thesaurus => &["id", "position", "body"],
        }
    }

    /// The table that a row of this shape comes from, among those whose content exists nowhere else.
    pub(crate) fn of_shape(values: &[Value]) -> Option<Self> {
        use Value::{Blob, Integer, Null, Text};
        match values {
            [Null, Blob(_), Integer(_)] => Some(Self::Tombstone),
            [Null, Blob(_), Text(_), Null | Blob(_), Integer(_), Text(_)] => Some(Self::Service),
            [Null, Blob(_), Text(_), Integer(_), Text(_)] => Some(Self::Organisation),
            [Null, Blob(_), Null | Text(_), _, _, Integer(_), Text(_)] => Some(Self::Place),
            [Null, Text(_), Blob(_), Integer(_), Text(_)] => Some(Self::History),
            [
                Null,
                Text(_),
                Text(_),
                Text(_),
                Integer(_),
                Integer(_),
                Text(_),
            ] => Some(Self::Import),
            [
                Null,
                Text(_),
                Blob(_),
                Integer(_),
                Null | Text(_),
                Text(_),
                Integer(_),
            ] => Some(Self::Imported),
            [Text(_), Text(_)] => Some(Self::Setting),
            [Text(_), Text(_), Text(_), Integer(_)] => Some(Self::Unmet),
            _ => None,
        }
    }
}
