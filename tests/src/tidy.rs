//! The rules of the house that no linter knows.

mod dependencies;
pub(crate) mod files;
mod pages;
mod words;
