//! Desks and a hub that meet: the real parts in one process, whatever may happen between them, and
//! a model that knows only what the protocol promises.

mod curator;
mod cuts;
mod desk;
mod histories;
mod history;
mod hold;
mod hostile;
mod hub;
mod hub_killed;
mod killed;
mod line;
mod log;
mod model;
mod plan;
mod points;
#[expect(dead_code, reason = "the hub's own tests use the rest")]
#[path = "../../crates/hub/tests/cluster/server.rs"]
mod server;
mod stand;
mod versions;
mod world;

pub(crate) use history::memory_folder;
pub(crate) use log::Log;
