//! What the local copy promises, tried on real files.

mod damage;
mod imports;
mod opening;
#[cfg(unix)]
mod other_processes;
mod random_damage;
mod samples;
mod story;
mod sync;
