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
mod model;
mod plan;
mod points;
mod stand;
mod versions;
mod world;
