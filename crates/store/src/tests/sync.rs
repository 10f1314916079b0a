//! A desk and its hub, as far as the local copy is concerned.

mod adopting;
mod desk;
mod editing;
mod histories;
mod joining;
mod model;
mod restored;
mod telling;
