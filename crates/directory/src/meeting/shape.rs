//! How this computer stands to the hub, as the window shows it.

use serde::Serialize;

use crate::jobs::JobProgress;
use crate::outbox::OutboxLine;

/// The colour of the light.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum LightState {
    /// It has joined no hub.
    Alone,
    /// It has all that the hub has, and the other way round.
    InStep,
    /// It is being brought in step.
    Syncing,
    /// Something waits to be sent.
    Waiting,
    /// The hub can't be reached.
    Offline,
    /// Somebody is needed.
    Attention,
    /// It can't go on by itself.
    Stopped,
}

/// The light: how this computer stands to the hub, in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct SyncLight {
    /// Its colour.
    pub state: LightState,
    /// In words.
    pub said: String,
    /// How many things wait to be sent.
    pub waiting: u32,
    /// How many conflicts are open.
    pub conflicts: u32,
    /// How many things wait for a curator here.
    pub inbox: u32,
    /// How far a sync is that takes a while.
    pub progress: Option<JobProgress>,
}

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum RoleView {
    /// Suggests, flags, checks.
    Contributor,
    /// Edits, approves and settles.
    Curator,
    /// Everything, everywhere.
    Administrator,
}

/// How this computer stands to the hub, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct SyncView {
    /// The light.
    pub light: SyncLight,
    /// The hub's name.
    pub hub: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// The name under which others see what is done here.
    pub account: Option<String>,
    /// What may be done here.
    pub role: Option<RoleView>,
    /// Names of the boroughs for which; none: all.
    pub boroughs: Vec<String>,
    /// The name of this computer at the hub.
    pub device: Option<String>,
    /// How far this copy is.
    pub sequence: Option<u32>,
    /// In which life of the hub.
    pub epoch: Option<u32>,
    /// When it was last in step, as people say it.
    pub last_in_step: Option<String>,
    /// What is the matter.
    pub problem: Option<String>,
    /// What to do about it.
    pub what_to_do: Option<String>,
    /// Where the key of this computer is kept.
    pub key_kept: Option<String>,
    /// What the hub could not take.
    pub refused: Vec<OutboxLine>,
}
