//! What is measured, and against whom: shared parts of the commands in `src/bin`.

pub mod generate;
pub mod keys;
pub mod prepare;
pub mod relevance;
pub mod samples;
mod shuffle;
pub mod signpost;
