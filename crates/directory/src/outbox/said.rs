//! What was done, and what became of it, in words.

use domain::{Act, FieldChange, Kind, Resolution, ValueChange};

use super::OutboxState;
use crate::edit::fields_said;
use crate::said::shortened;

/// Letters of a flag or a reason in a line.
const LINE: usize = 120;

/// True for changes that make a record: every record has the one field that they give it first.
pub(crate) fn makes(kind: Kind, changes: &[FieldChange]) -> bool {
    let first = match kind {
        Kind::Service | Kind::Organisation => "name",
        Kind::Place => "location_type",
    };
    changes.iter().any(|change| {
        let fresh = matches!(
            &change.what,
            ValueChange::Value {
                old: None,
                new: Some(_)
            }
        );
        fresh && change.field.as_str() == first
    })
}

/// What was done: `Changed telephone and cost`.
pub(super) fn act(kind: Kind, act: &Act) -> String {
    match act {
        Act::Edit { changes } if makes(kind, changes) => format!("Added a new {kind}"),
        Act::Edit { changes } => changed("Changed", kind, changes),
        Act::Suggest { changes, .. } if makes(kind, changes) => format!("Suggested a new {kind}"),
        Act::Suggest { changes, .. } => changed("Suggested", kind, changes),
        Act::Flag { text } => format!("Flagged: {}", shortened(text, LINE)),
        Act::Check { check } => {
            let how = check.how.map(|how| format!(", {}", how.said()));
            let of = check.of.as_ref().map(|of| format!(": {of}"));
            format!(
                "Checked{}{}",
                of.unwrap_or_default(),
                how.unwrap_or_default()
            )
        }
        Act::Remove { reason } => format!("Removed: {}", shortened(reason, LINE)),
        Act::Resolve { resolution, .. } => match resolution {
            Resolution::Accept { left, .. } if left.is_empty() => "Accepted".to_owned(),
            Resolution::Accept { .. } => "Accepted in part".to_owned(),
            Resolution::Decline { reason } => format!("Declined: {}", shortened(reason, LINE)),
        },
    }
}

fn changed(verb: &str, kind: Kind, changes: &[FieldChange]) -> String {
    let fields = fields_said(kind, changes);
    match (verb, fields.is_empty()) {
        (_, true) => format!("{verb} nothing"),
        ("Suggested", false) => format!("Suggested for {fields}"),
        (_, false) => format!("{verb} {fields}"),
    }
}

/// What became of it.
pub(super) fn state(state: OutboxState) -> &'static str {
    match state {
        OutboxState::Waiting => "waiting to be sent",
        OutboxState::Sent => "sent, no answer yet",
        OutboxState::Applied => "in the directory",
        OutboxState::Merged => "in the directory, with what others changed",
        OutboxState::Conflict => "contradicts what others changed: a curator chooses",
        OutboxState::Queued => "waits for a curator",
        OutboxState::Accepted => "accepted by a curator",
        OutboxState::Declined => "declined by a curator",
        OutboxState::Refused => "refused by the hub",
        OutboxState::NotUnderstood => "answered; not understood by this version",
        OutboxState::Withdrawn => "taken back before it was sent",
    }
}

/// The name that a change gives its record.
pub(super) fn name_in(act: &Act) -> Option<String> {
    let (Act::Edit { changes } | Act::Suggest { changes, .. }) = act else {
        return None;
    };
    changes.iter().find_map(|change| match &change.what {
        ValueChange::Value { new, .. } if change.field.as_str() == "name" => {
            Some(new.as_ref()?.as_str()?.to_owned())
        }
        ValueChange::Value { .. } | ValueChange::Set { .. } => None,
    })
}
