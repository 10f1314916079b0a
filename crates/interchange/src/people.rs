//! Out for people: CSV and XLSX that are safe to open.

pub mod formula;
