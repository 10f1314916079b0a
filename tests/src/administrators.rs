//! What administrators do without a screen: the programs `signpost` and `signpost-hub` as they script
//! them, what each says to people and to other programs, and the code with which it ends.

mod api;
mod at_once;
mod carried;
mod database;
mod desk;
mod joining;
mod killing;
mod restoring;
mod roles;
mod serving;
mod settings;
mod together;
mod verbs;
mod words;
