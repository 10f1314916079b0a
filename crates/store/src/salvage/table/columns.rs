//! The columns of the tables that are rescued, in the order of the schema.

pub(super) const TOMBSTONE: &[&str] = &["row", "id", "revision"];
pub(super) const SERVICE: &[&str] = &["row", "id", "name", "organisation", "revision", "body"];
pub(super) const ORGANISATION: &[&str] = &["row", "id", "name", "revision", "body"];
pub(super) const PLACE: &[&str] = &[
    "row",
    "id",
    "name",
    "latitude",
    "longitude",
    "revision",
    "body",
];
/// The last two came later: rows from before lack them, or have one other in their place.
pub(super) const OUTBOX: &[&str] = &[
    "row",
    "device",
    "sequence",
    "kind",
    "record",
    "base",
    "at",
    "by",
    "what",
    "act",
    "state",
    "verdict",
    "settled_at",
    "item",
    "ended_at",
    "before_joining",
    "id",
    "in_doubt",
];
pub(super) const DRAFT: &[&str] = &["key", "at", "body"];
pub(super) const MEMBERSHIP: &[&str] = &["only", "body", "numbered", "staff_epoch", "staff_cursor"];
pub(super) const POSITION: &[&str] = &[
    "only", "hub", "epoch", "sequence", "root", "manifest", "whole",
];
pub(super) const PUBLISHED: &[&str] = &[
    "row", "kind", "id", "version", "at", "digest", "gone", "body",
];
pub(super) const ITEM: &[&str] = &[
    "row", "id", "cursor", "kind", "record", "device", "sort", "open", "body",
];
pub(super) const PRIVATE: &[&str] = &["row", "version", "kind", "record", "members"];
/// The last two came later: rows from before lack them.
pub(super) const HISTORY: &[&str] = &["row", "kind", "record", "revision", "body", "at", "by"];
pub(super) const SETTING: &[&str] = &["key", "value"];
pub(super) const UNMET: &[&str] = &["words", "areas", "day", "times"];
pub(super) const IMPORT: &[&str] = &[
    "row", "source", "origin", "day", "revision", "undone", "body",
];
pub(super) const IMPORTED: &[&str] = &[
    "row",
    "kind",
    "record",
    "import",
    "source_id",
    "at",
    "digest",
];
pub(super) const TAXONOMY: &[&str] =
    &["code", "position", "name", "description", "source", "terms"];
pub(super) const AREA: &[&str] = &["code", "position", "name", "kind", "within", "also"];
pub(super) const OUTCODE: &[&str] = &["outcode", "latitude", "longitude", "areas"];
pub(super) const THESAURUS: &[&str] = &["id", "position", "body"];
