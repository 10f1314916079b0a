//! What is measured, and against whom: shared parts of the commands in `src/bin`.

pub mod cold;
pub mod exchange;
pub mod generate;
pub mod hub;
pub mod keys;
pub mod meeting;
pub mod peers;
pub mod postcodes;
pub mod prepare;
pub mod relevance;
pub mod report;
pub mod samples;
mod shuffle;
pub mod signpost;
