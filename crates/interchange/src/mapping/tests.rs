//! Whole tables, real and made up, from guess to records.

mod choosing;
mod made_up;
mod real;
