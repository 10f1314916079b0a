//! HSDS as a package of CSV tables, in and out: a folder or a ZIP archive.
//!
//! **In**: HSDS 3, 2, 1 and what came before, by file names and headings; a `datapackage.json` is
//! honoured for the names of files and not needed. Rows are put together to the documents that
//! HSDS 3.1 nests them in, and go on as if they had come as JSON.
//!
//! **Out**: HSDS 3.1, every column of every table that has rows, and nothing that HSDS does not
//! have in its tables. What documents say beyond them stands in a table of its own,
//! `signpost_members.csv`, one member a row: the table and identifier of the row it belongs to,
//! its name, and its value as JSON. That way the tables of HSDS stay as published, and reading a
//! package gives the documents back that it was written from, but for the order of rows and:
//!
//! - a row that came without an identifier has one;
//! - an identifier that another row has too is replaced by one of its own (and kept beyond);
//! - a required cell of which nothing is known holds one space, and a required reference leads to
//!   a row called "Not known"; reading takes neither for knowledge.

mod check;
mod grid;
mod heading;
mod index;
mod join;
mod kind;
mod library;
mod load;
mod package;
mod read;
mod upgrade;
mod write;

pub use read::{Flavour, read, recognise};
pub use write::PackageWriter;

#[cfg(test)]
mod tests;
