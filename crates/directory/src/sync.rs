//! How this computer stands to the hub.

mod shape;

pub use shape::{LightState, RoleView, SyncLight, SyncView};
