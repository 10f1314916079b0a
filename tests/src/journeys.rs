//! The real window, driven as a person would: what is built, shown on a screen of its own, its local
//! copy in a folder of its own.

mod axe;
mod driver;
mod faults;
mod find;
mod first_start;
mod frame;
mod importing;
mod keyboard;
mod machine;
mod offline;
mod processes;
mod reflow;
mod screens;
mod settings;
mod two_desks;
mod window;
