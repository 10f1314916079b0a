//! Joining a hub.

use domain::{Account, RecordId};
use serde::{Deserialize, Serialize};

use crate::Hash;

/// What a hub says of itself at `/hub`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HubInfo {
    /// The hub.
    pub hub: RecordId,
    /// What people call it.
    pub name: String,
    /// The newest protocol that it speaks.
    pub protocol: u32,
    /// The oldest protocol that it still speaks.
    pub min_reader: u32,
    /// Keys that sign heads: one, or two while one is being changed.
    pub keys: Vec<PublicKey>,
}

/// A key that signs heads: 64 hexadecimal digits (Ed25519).
pub type PublicKey = String;

/// Body of `POST /pair`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinRequest {
    /// The 8-character code.
    pub code: String,
    /// SHA-256 of the 32-byte key that the device made and keeps.
    pub key_hash: Hash,
    /// What the device is called, for the hub's list of devices.
    pub device_name: String,
}

/// Answer to [`JoinRequest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinAnswer {
    /// What the hub is.
    pub info: HubInfo,
    /// The device's identity from now on.
    pub device: RecordId,
    /// The account that the code was for.
    pub account: Account,
}
