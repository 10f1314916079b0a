//! The head: where the published stream stands, signed.

use domain::RecordId;
use serde::{Deserialize, Serialize};

use crate::Hash;

/// Where the published stream stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The protocol that it is written in.
    pub protocol: u32,
    /// The oldest protocol whose readers may also write.
    pub min_reader: u32,
    /// The hub.
    pub hub: RecordId,
    /// Grows by one when the hub is restored from a backup.
    pub epoch: u64,
    /// The last accepted change.
    pub sequence: u64,
    /// H(root before ‖ hashes of the packs published since): names everything up to here.
    pub root: Hash,
    /// The manifest, at `/manifests/<hash>`.
    pub manifest: Hash,
    /// When it was made, RFC 3339, UTC.
    pub made_at: String,
    /// Until when it should be believed, RFC 3339, UTC: an older one is stale, not false.
    pub expires_at: String,
}

/// A head with its signatures. The signed bytes travel as they are, so that nothing depends on how
/// JSON is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedHead {
    /// The head as JSON text: what is signed.
    pub head: String,
    /// One or two signatures: two while a key is being changed.
    pub signatures: Vec<Signature>,
}

/// An Ed25519 signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The public key: 64 hexadecimal digits.
    pub key: String,
    /// The signature: 128 hexadecimal digits.
    pub signature: String,
}
