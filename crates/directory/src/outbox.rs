//! What was done here: what waits to be sent, and what became of the rest.

mod shape;

pub use shape::{EntryWork, OutboxLine, OutboxSort, OutboxState, OutboxView};
