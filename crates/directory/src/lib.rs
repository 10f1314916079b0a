//! x
pub mod builtin;
