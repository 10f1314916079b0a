//! The rules of the house that no linter knows.

mod dependencies;
mod files;
mod pages;
mod words;
