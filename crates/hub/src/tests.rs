//! Stories of a hub, told to every store alike, and to the server as desks meet it.

mod accounts;
mod backups;
mod inbox;
mod merging;
mod privacy;
mod publishing;
mod resolving;
mod server;
mod staff;
mod world;
