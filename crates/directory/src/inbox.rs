//! What waits for a curator: suggestions, flags, conflicts, removals, refused changes.

mod shape;

pub use shape::{
    InboxField, InboxItem, InboxLine, InboxSort, InboxView, Settle, SettleChoice, Take,
};
