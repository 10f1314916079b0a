//! What is measured, and against whom: shared parts of the commands in `src/bin`.

pub mod relevance;
