//! The server at which copies of the directory meet.
//!
//! It takes operations from paired devices, orders them, gives each a verdict, and publishes the
//! directory as packs that anybody may read. What is answered is on the disk; what is published was
//! committed before. Everything kept lies behind `log::Log`, of which there are two stores.
//!
//! The way of an operation: `router/operations` → the log's inbox → `sequencer` (pure) in one of the
//! log's turns → verdict, change, item → `publish` → packs, manifest, head → `router`.

mod accounts;
mod areas;
mod clock;
mod failure;
mod files;
mod hub;
mod journal;
mod limits;
mod listen;
mod lock;
mod log;
mod pairing;
mod place;
mod publish;
mod recent;
mod router;
mod running;
mod seed;
mod sequencer;
mod settings;
mod shelf;
mod shown;
mod sources;
mod tls;
mod verbs;

#[cfg(test)]
mod tests;

pub use clock::Clock;
pub use failure::Failure;
pub use running::Running;
pub use verbs::{Line, obey};
