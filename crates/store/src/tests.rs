//! What the local copy promises, tried on real files.

mod samples;
mod story;
