//! Syncs against a hub that is played: what it answers is written down, faults of the network
//! included. What it does with edits is not the real hub's: it takes them as they are. The real one
//! has its turn in `real`.

mod again;
mod desk;
mod faults;
mod files;
mod front;
mod joining;
mod over_http;
mod played;
mod pulling;
mod pushing;
mod real;
mod telling;
