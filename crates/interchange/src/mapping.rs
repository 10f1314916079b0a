//! From the columns of somebody's table to the fields of the directory.

mod shape;

pub use shape::{
    Column, Field, FieldGroup, FieldOption, Fixed, Mapping, TermRef, UnknownField, ValueRule,
};
