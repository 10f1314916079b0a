//! The hub as a copy sees it: one trait, on the web ([`HttpHub`]) and in files ([`FileHub`]).
//!
//! What is published comes as bytes, as nothing of it is believed before it is verified; that is
//! done in one place for both, [`crate::published`].

mod files;
mod http;

use domain::{Kind, RecordId};
use wire::{Hash, History, HubInfo, JoinAnswer, JoinRequest, Push, Pushed, StaffPage};

use crate::HubFault;

pub use files::FileHub;
pub use http::{HttpHub, Network, Stop};

/// A hub, however it is reached.
pub trait Hub: Send + Sync {
    /// What it is called in messages: its address.
    fn name(&self) -> &str;

    /// True where operations can be sent to it.
    fn takes_operations(&self) -> bool;

    /// The head as signed; none: it is still the one of this tag.
    ///
    /// # Errors
    /// [`HubFault`].
    fn head(&self, ask: &AskHead<'_>) -> Result<Option<Tagged>, HubFault>;

    /// Something that is published, as it is.
    ///
    /// # Errors
    /// [`HubFault`].
    fn published(&self, what: Published) -> Result<Vec<u8>, HubFault>;

    /// Joins.
    ///
    /// # Errors
    /// [`HubFault`].
    fn pair(&self, request: &JoinRequest) -> Result<JoinAnswer, HubFault>;

    /// Sends operations.
    ///
    /// # Errors
    /// [`HubFault`].
    fn push(&self, token: &Token, push: &Push) -> Result<Pushed, HubFault>;

    /// What is told to this account; none: nothing new, nor another head where that was asked as well.
    ///
    /// # Errors
    /// [`HubFault`].
    fn staff(&self, token: &Token, ask: &AskStaff<'_>) -> Result<Option<StaffPage>, HubFault>;

    /// The record's history as the hub has it.
    ///
    /// # Errors
    /// [`HubFault`].
    fn history(&self, ask: &AskHistory<'_>) -> Result<History, HubFault>;
}

/// How the head is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct AskHead<'a> {
    /// The tag of the head that is known.
    pub known: Option<&'a str>,
    /// True: past every cache on the way, as something new is known to be there.
    pub newest: bool,
}

/// What of the staff stream is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct AskStaff<'a> {
    /// What comes after this.
    pub after: u64,
    /// The tag of the head that is known, letters and digits only: a page comes too where there is
    /// another head now.
    pub head: Option<&'a str>,
}

/// Whose history is asked for.
#[derive(Clone, Copy)]
pub struct AskHistory<'a> {
    /// The device's key; private members are told to those who may see them.
    pub token: Option<&'a Token>,
    /// The record's kind.
    pub kind: Kind,
    /// The record.
    pub id: RecordId,
}

/// Something with its tag, by which it is asked for again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tagged {
    /// As it came.
    pub bytes: Vec<u8>,
    /// The tag, if it has one.
    pub tag: Option<String>,
}

/// What is published beside the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    /// What the hub says of itself: [`HubInfo`].
    Info,
    /// A manifest.
    Manifest(Hash),
    /// A pack.
    Pack(Hash),
}

impl Published {
    /// Its path below the hub's address, in a folder and in a bundle (without the first slash).
    #[must_use]
    pub fn path(self) -> String {
        match self {
            Self::Info => "/hub".to_owned(),
            Self::Manifest(hash) => format!("/manifests/{hash}"),
            Self::Pack(hash) => format!("/packs/{hash}"),
        }
    }

    /// How many bytes of it are taken.
    pub(crate) fn largest(self) -> u64 {
        match self {
            Self::Info => 64 * 1024,
            Self::Manifest(_) => bytes(wire::LARGEST_MANIFEST),
            Self::Pack(_) => bytes(wire::LARGEST_PACK),
        }
    }
}

/// How many bytes of a head are taken.
pub(crate) fn largest_head() -> u64 {
    bytes(wire::LARGEST_HEAD)
}

fn bytes(most: usize) -> u64 {
    u64::try_from(most).unwrap_or(u64::MAX)
}

/// What the hub says of itself.
///
/// # Errors
/// [`HubFault`].
pub(crate) fn info(hub: &dyn Hub) -> Result<HubInfo, HubFault> {
    let bytes = hub.published(Published::Info)?;
    serde_json::from_slice(&bytes).map_err(|_no_info| crate::published::foreign(&bytes))
}

/// By what the hub knows a device.
#[derive(Clone)]
pub struct Token {
    /// The device.
    pub device: RecordId,
    key: [u8; 32],
}

impl Token {
    /// A device and its key.
    #[must_use]
    pub fn new(device: RecordId, key: [u8; 32]) -> Self {
        Self { device, key }
    }

    pub(crate) fn key(&self) -> &[u8; 32] {
        &self.key
    }

    /// As it stands in a request's header.
    pub(crate) fn bearer(&self) -> String {
        format!("Bearer {}.{}", self.device, crate::keys::digits(&self.key))
    }
}

impl std::fmt::Debug for Token {
    /// Without the key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Token")
            .field("device", &self.device)
            .finish_non_exhaustive()
    }
}
