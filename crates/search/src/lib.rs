//! The search index: a cache beside the local copy that can always be built again from it.
//!
//! Every key is answered with the best results, the exact total and exact counts for every need,
//! borough and tier. Postings lie on disk in tantivy's format; what is asked of each matching
//! document (terms, last check, points) is in memory as sets and arrays. Documents that changed
//! since the index was built are searched beside it.
//!
//! The only user of tantivy. No clock, no network; disk only in [`Builder`] and [`OpenIndex`].

mod answer;
mod bits;
mod build;
mod document;
mod engine;
mod error;
mod evaluate;
mod facets;
mod fresh;
mod fuzzy;
mod gains;
mod lexicon;
mod place_names;
mod plan;
mod rank;
mod schema;
mod shelf;
mod sound;
mod state;
mod stemmed;
mod text;
mod thesaurus;
mod vocabulary;

#[cfg(test)]
mod tests;

pub use answer::{Answer, Found, Near, Note, NoteKind, Query, Reason, ReasonKind};
pub use build::{Builder, Turn, discard};
pub use document::{Dimension, Document, Sites};
pub use engine::{Engine, OpenIndex, Successor};
pub use error::IndexError;
pub use vocabulary::{Choice, Vocabulary};
