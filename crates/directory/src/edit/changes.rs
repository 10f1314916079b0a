//! What changed, in words: one field beside the other.

use domain::change::group_of;
use domain::{FieldChange, FieldName, Kind, RecordId, ValueChange};

use super::FieldChangeView;
use crate::open::Directory;
use crate::said::{self, lowered};

/// Names of fields in a line; more of them are counted.
const NAMED: usize = 3;

impl Directory {
    /// Changes in words. Fields of a group that only came along are left out.
    pub(crate) fn changes_said(&self, kind: Kind, changes: &[FieldChange]) -> Vec<FieldChangeView> {
        let view = |change: &FieldChange| self.change_said(kind, change);
        changes.iter().filter_map(view).collect()
    }

    fn change_said(&self, kind: Kind, change: &FieldChange) -> Option<FieldChangeView> {
        let FieldChange { field, what } = change;
        let mut view = FieldChangeView {
            field: field.to_string(),
            label: field.label().to_owned(),
            group: group_of(kind, field).map(|group| group.label().to_owned()),
            old: None,
            new: None,
            added: Vec::new(),
            removed: Vec::new(),
        };
        match what {
            ValueChange::Set { added, removed } => {
                let said = |elements: &[serde_json::Value]| {
                    let said = elements
                        .iter()
                        .filter_map(|one| said::value::element(field, one));
                    said.collect()
                };
                view.added = said(added);
                view.removed = said(removed);
            }
            ValueChange::Value { old, new } if old == new => return None,
            ValueChange::Value { old, new } => {
                view.old = self.value_said(field, old.as_ref());
                view.new = self.value_said(field, new.as_ref());
            }
        }
        Some(view)
    }

    /// A field's value as people read it.
    pub(crate) fn value_said(
        &self,
        field: &FieldName,
        value: Option<&serde_json::Value>,
    ) -> Option<String> {
        said::value::value(field, value?, &|kind, id| self.name_of(kind, id))
    }

    /// What a record is called here; none: it is not here.
    pub(crate) fn name_of(&self, kind: Kind, id: RecordId) -> Option<String> {
        let record = self.seen(kind, id).ok()??;
        let name = record.get("name").and_then(serde_json::Value::as_str)?;
        Some(name.to_owned())
    }
}

/// The fields that changed, in a line: `telephone and cost`.
pub(crate) fn fields_said(kind: Kind, changes: &[FieldChange]) -> String {
    let told = |change: &&FieldChange| !matches!(&change.what, ValueChange::Value { old, new } if old == new);
    let mut names: Vec<String> = Vec::new();
    for change in changes.iter().filter(told) {
        let group = group_of(kind, &change.field).map(|group| group.label().to_owned());
        let name = lowered(&group.unwrap_or_else(|| change.field.label().to_owned()));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len().saturating_sub(NAMED);
    if more > 0 {
        names.truncate(NAMED);
        names.push(said::count(
            more.try_into().unwrap_or(u64::MAX),
            "more field",
            "more fields",
        ));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    said::list(&names)
}
