//! Stories of a hub, told to every store alike, and to the server as desks meet it.

mod accounts;
mod backups;
#[expect(dead_code, reason = "tests of the whole house use the rest")]
#[path = "../tests/cluster/server.rs"]
pub(crate) mod cluster;
mod inbox;
mod merging;
mod privacy;
mod publishing;
mod pushing;
mod resolving;
mod server;
mod staff;
mod stores;
mod together;
mod world;
