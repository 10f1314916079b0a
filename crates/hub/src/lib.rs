//! The server at which copies of the directory meet.
//!
//! It takes operations from paired devices, orders them, gives each a verdict, and publishes the
//! directory as packs that anybody may read. What is answered is on the disk; what is published was
//! committed before. Everything kept lies behind [`log::Log`], of which there are two stores.
//!
//! The way of an operation: `router/operations` → the log's inbox → `sequencer` (pure) in one of the
//! log's turns → verdict, change, item → `publish` → packs, manifest, head → `router`.

#![expect(
    dead_code,
    unused_imports,
    reason = "the log and the sequencer stand before the server that uses them"
)]

mod areas;
mod clock;
mod log;
mod pairing;
mod publish;
mod seed;
mod sequencer;
