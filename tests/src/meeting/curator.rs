//! What a curator chooses for an item.

use domain::{FieldChange, FieldName, Item, ItemSort, ValueChange, change};

use super::desk::Desk;

/// The fields that change, and those that are left.
pub(crate) fn choice(desk: &Desk, item: &Item, how: u8) -> (Vec<FieldChange>, Vec<FieldName>) {
    let wanted = match &item.sort {
        ItemSort::Suggestion { changes, .. } | ItemSort::Removal { changes, .. } => changes.clone(),
        ItemSort::Conflict { fields } => {
            let fields = fields.iter().flat_map(|conflict| &conflict.fields);
            let mine = |field: &domain::ConflictField| FieldChange {
                field: field.field.clone(),
                what: ValueChange::Value {
                    old: field.theirs.clone(),
                    new: field.mine.clone(),
                },
            };
            // Theirs stays, or mine is taken.
            fields.map(mine).filter(|_| how % 4 != 2).collect()
        }
        ItemSort::Flag { .. } | ItemSort::Refused { .. } => Vec::new(),
    };
    let body = desk.store().body(item.kind, item.record).expect("a body");
    let body = body.and_then(|body| serde_json::from_str(&body).ok());
    let seen = body.unwrap_or_else(|| change::created(item.record));
    let whole_groups = |one: &FieldChange| change::group_of(item.kind, &one.field).is_some();
    let (left, taken): (Vec<_>, Vec<_>) = wanted
        .into_iter()
        .enumerate()
        .partition(|(at, one)| how % 4 == 3 && at % 2 == 1 && !whole_groups(one));
    // What stood there is what this curator sees.
    let as_seen = |(_, one): (usize, FieldChange)| FieldChange {
        what: match one.what {
            ValueChange::Value { new, .. } => ValueChange::Value {
                old: change::value(&seen, &one.field),
                new,
            },
            set @ ValueChange::Set { .. } => set,
        },
        field: one.field,
    };
    let taken = taken.into_iter().map(as_seen).collect();
    (taken, left.into_iter().map(|(_, one)| one.field).collect())
}
