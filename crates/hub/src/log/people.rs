//! Accounts, devices, and codes by which a device joins.

use std::sync::Arc;

use domain::{Account, RecordId};
use wire::Hash;

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AccountRow {
    /// Identity.
    pub(crate) id: RecordId,
    /// Name, role, boroughs.
    pub(crate) account: Account,
    /// Whether it may no longer be used.
    pub(crate) closed: bool,
    /// When it was made: seconds since 1970.
    pub(crate) made_at: u64,
}

/// A device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DeviceRow {
    /// Identity.
    pub(crate) id: RecordId,
    /// Its account.
    pub(crate) account: RecordId,
    /// What its owner calls it.
    pub(crate) name: String,
    /// SHA-256 of the key that it keeps.
    pub(crate) key_hash: Hash,
    /// Its last operation on the disk.
    pub(crate) last: u64,
    /// When it joined: seconds since 1970.
    pub(crate) made_at: u64,
    /// Whether it may no longer be used.
    pub(crate) revoked: bool,
}

/// A device with its account.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    /// The device.
    pub(crate) device: DeviceRow,
    /// Its account.
    pub(crate) account: Arc<AccountRow>,
}

/// A device that joins.
#[derive(Debug, Clone)]
pub(crate) struct NewDevice {
    /// Its identity from now on.
    pub(crate) id: RecordId,
    /// What its owner calls it.
    pub(crate) name: String,
    /// SHA-256 of the key that it keeps.
    pub(crate) key_hash: Hash,
}

/// A code by which one device can join, for a short time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pairing {
    /// The first characters of the code, by which it is found.
    pub(crate) finder: String,
    /// The hash of the whole code.
    pub(crate) proof: Hash,
    /// The account of whoever joins by it.
    pub(crate) account: RecordId,
    /// Until when: seconds since 1970.
    pub(crate) expires_at: u64,
    /// Wrong codes that were tried.
    pub(crate) tries: u64,
}
