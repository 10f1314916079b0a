//! How a row of each table is told by its shape alone, where nothing else says what it is.

use rusqlite::types::Value;

use super::Table;
use super::columns::OUTBOX;

impl Table {
    /// The table that a row of this shape comes from, among those whose content exists nowhere else.
    pub(crate) fn of_shape(values: &[Value]) -> Option<Self> {
        use Value::{Blob, Integer, Null, Text};
        match values {
            [Null, Blob(_), Integer(_)] => Some(Self::Tombstone),
            [Null, Blob(_), Text(_), Null | Blob(_), Integer(_), Text(_)] => Some(Self::Service),
            [Null, Blob(_), Text(_), Integer(_), Text(_)] => Some(Self::Organisation),
            [Null, Blob(_), Null | Text(_), _, _, Integer(_), Text(_)] => Some(Self::Place),
            [Null, Text(_), Blob(_), Integer(_), Text(_)]
            | [
                Null,
                Text(_),
                Blob(_),
                Integer(_),
                Text(_),
                Null | Text(_),
                Null | Text(_),
            ] => Some(Self::History),
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
            [Null, Integer(_), Text(_), Blob(_), Text(_)] => Some(Self::Private),
            [
                Null,
                Text(_),
                Integer(_),
                Null | Integer(_),
                Null | Integer(_),
            ] => Some(Self::Membership),
            [Text(_), Text(_), Text(_)] => Some(Self::Draft),
            [Text(_), Text(_)] => Some(Self::Setting),
            [Text(_), Text(_), Text(_), Integer(_)] => Some(Self::Unmet),
            _ => Self::of_hub_shape(values).or_else(|| Self::of_outbox_shape(values)),
        }
    }

    /// The same for what a hub told.
    fn of_hub_shape(values: &[Value]) -> Option<Self> {
        use Value::{Blob, Integer, Null, Text};
        match values {
            [
                Null,
                Blob(_),
                Integer(_),
                Integer(_),
                Blob(_),
                Blob(_),
                Integer(_),
            ] => Some(Self::Position),
            [
                Null,
                Text(_),
                Blob(_),
                Integer(_),
                Integer(_),
                Null | Blob(_),
                Integer(_),
                Null | Text(_),
            ] => Some(Self::Published),
            [
                Null,
                Blob(_),
                Integer(_),
                Text(_),
                Blob(_),
                Blob(_),
                Text(_),
                Integer(_),
                Text(_),
            ] => Some(Self::Item),
            _ => None,
        }
    }

    /// The same for what was done here.
    fn of_outbox_shape(values: &[Value]) -> Option<Self> {
        use Value::{Blob, Integer, Null, Text};
        let values = match values {
            [first @ .., Null | Blob(_), Integer(_)] if first.len() == OUTBOX.len() - 2 => first,
            [first @ .., Null | Text(_)] if first.len() == OUTBOX.len() - 2 => first,
            all => all,
        };
        match values {
            [
                Null,
                Null | Blob(_),
                Null | Integer(_),
                Text(_),
                Blob(_),
                Integer(_),
                Text(_),
                Null | Text(_),
                Text(_),
                Text(_),
                Text(_),
                Null | Text(_),
                Null | Integer(_),
                Null | Blob(_),
                Null | Text(_),
                Integer(_),
            ] => Some(Self::Outbox),
            _ => None,
        }
    }
}
