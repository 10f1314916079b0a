//! From the columns of somebody's table to the fields of the directory.
//!
//! [`guess()`] proposes what each column fills, people change it, and a [`Mapper`] makes records of
//! rows by it. Identifiers are made from the source's name and what names a row in it, so that the
//! same row becomes the same record every time. Every doubt is a finding with its line and column.

mod address;
mod contact;
mod coverage;
mod draft;
mod fields;
mod fill;
mod guess;
mod identity;
mod mapper;
mod organisation;
mod parts;
mod place;
mod plan;
mod records;
mod shape;
mod status;
#[cfg(test)]
mod test_data;
#[cfg(test)]
mod tests;

pub use fields::fields;
pub use guess::{Guess, fits, guess};
pub use mapper::{Mapper, PostcodeSays};
pub use shape::{
    Column, Field, FieldGroup, FieldOption, Fixed, Mapping, TermRef, UnknownField, ValueRule,
};
