//! What a record was: who changed what, field by field.

mod shape;

pub use shape::{HistoryLine, HistoryView};
