//! Signing heads.

use wire::{Hash, Head, HubInfo, PROTOCOL, Signer};

use crate::clock;
use crate::log::{About, LogError};

/// A head is believed for so many seconds.
const BELIEVED_FOR: u64 = 14 * 24 * 60 * 60;

/// Where a publication stands.
pub(super) struct Stands {
    pub(super) epoch: u64,
    pub(super) sequence: u64,
    pub(super) root: Hash,
    pub(super) manifest: Hash,
}

/// The head of a publication as it travels.
pub(super) fn signed(about: &About, stands: &Stands, now: u64) -> Result<String, LogError> {
    let signers = signers(about);
    let head = Head {
        protocol: PROTOCOL,
        min_reader: PROTOCOL,
        hub: about.hub,
        epoch: stands.epoch,
        sequence: stands.sequence,
        root: stands.root,
        manifest: stands.manifest,
        made_at: clock::text(now),
        keys: signers.iter().map(Signer::public).collect(),
        expires_at: clock::text(now + BELIEVED_FOR),
    };
    let failed = |error: &dyn std::fmt::Display| LogError::Other(error.to_string());
    let signing = signers.get(..1).unwrap_or_default();
    let signed = head.sign(signing).map_err(|error| failed(&error))?;
    serde_json::to_string(&signed).map_err(|error| failed(&error))
}

/// The hub's keys.
fn signers(about: &About) -> Vec<Signer> {
    about
        .keys
        .iter()
        .map(|key| Signer::from_secret(&key.0))
        .collect()
}

/// What a hub says of itself.
pub(crate) fn hub_info(about: &About) -> HubInfo {
    HubInfo {
        hub: about.hub,
        name: about.name.clone(),
        protocol: PROTOCOL,
        min_reader: PROTOCOL,
        keys: signers(about).iter().map(Signer::public).collect(),
    }
}
