//! What is published, verified: nothing of it is believed before.

use domain::RecordId;
use wire::{Hash, Head, Manifest, PackRef, PublicKey, SignedHead};

use crate::hub::{AskHead, Hub, Published};
use crate::{HubFault, SyncError};

/// Keys that a head may name at most.
const MOST_KEYS: usize = 4;

/// A head that the hub signed, with its tag.
#[derive(Debug)]
pub(crate) struct Signed {
    pub(crate) head: Head,
    pub(crate) tag: Option<String>,
    /// The keys that are to be believed from now on.
    pub(crate) keys: Vec<PublicKey>,
}

/// The head, if it is another than the known one.
pub(crate) fn head(
    hub: &dyn Hub,
    ask: &AskHead<'_>,
    keys: &[PublicKey],
) -> Result<Option<Signed>, HubFault> {
    let Some(tagged) = hub.head(ask)? else {
        return Ok(None);
    };
    let signed = SignedHead::read(&tagged.bytes).map_err(|_foreign| foreign(&tagged.bytes))?;
    let head = signed.verify(keys).map_err(|error| {
        HubFault::not_the_hub(&format!("its head is not to be believed, as {error}"))
    })?;
    Ok(Some(Signed {
        keys: believed(&head, &signed, keys),
        head,
        tag: tagged.tag,
    }))
}

/// The keys that the head names, and of the known ones those that signed it: so a key can be
/// changed while copies are away, as long as one of the two that they know still signs.
fn believed(head: &Head, signed: &SignedHead, known: &[PublicKey]) -> Vec<PublicKey> {
    let mut keys: Vec<PublicKey> = head.keys.iter().take(MOST_KEYS).cloned().collect();
    if keys.is_empty() {
        keys = known.to_vec();
    }
    keys.extend(signed.signers(known));
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Makes sure that it is the hub that this copy belongs to.
pub(crate) fn of_hub(head: &Head, hub: RecordId, address: &str) -> Result<(), SyncError> {
    if head.hub == hub {
        return Ok(());
    }
    Err(SyncError::OtherHub {
        address: address.to_owned(),
    })
}

/// The manifest of this name.
pub(crate) fn manifest(hub: &dyn Hub, hash: Hash) -> Result<Manifest, HubFault> {
    let bytes = named(hub, Published::Manifest(hash), hash)?;
    Manifest::read(&bytes).map_err(|error| {
        HubFault::not_the_hub(&format!(
            "its list of packs is not to be believed, as {error}"
        ))
    })
}

/// A pack.
pub(crate) fn pack(hub: &dyn Hub, pack: &PackRef) -> Result<Vec<u8>, HubFault> {
    named(hub, Published::Pack(pack.hash), pack.hash)
}

/// Something that is named by what is in it.
fn named(hub: &dyn Hub, what: Published, hash: Hash) -> Result<Vec<u8>, HubFault> {
    let bytes = hub.published(what)?;
    if Hash::of(&bytes) == hash {
        return Ok(bytes);
    }
    Err(foreign(&bytes))
}

/// Something else came than what was asked for.
pub(crate) fn foreign(bytes: &[u8]) -> HubFault {
    let start = bytes
        .iter()
        .copied()
        .find(|byte| !byte.is_ascii_whitespace());
    HubFault::not_the_hub(match start {
        Some(b'<') => "perhaps a sign-in page",
        Some(_) => "something altered it on the way",
        None => "nothing came",
    })
}
