//! Joining a hub, and leaving it.

use domain::{Account, RecordId};
use store::{Membership, Op};
use wire::{HubInfo, JoinRequest};

use crate::hub::{self, AskHistory, Hub};
use crate::journal::Journal;
use crate::shelf::Shelf;
use crate::{
    Address, How, HubFault, KeyPlace, LocalCopy, Outcome, SyncError, Token, Watch, keys, sync_once,
    turn,
};

/// What to join, and how.
#[derive(Debug, Clone, Copy)]
pub struct Joining<'a> {
    /// Where the hub is.
    pub address: &'a Address,
    /// The pairing code, as it was typed; without one this copy only reads.
    pub code: Option<&'a str>,
    /// What this computer is called in the hub's list of devices.
    pub device_name: &'a str,
}

/// How joining went.
#[derive(Debug)]
pub struct Joined {
    /// What people call the hub.
    pub name: String,
    /// What this computer may do there; none: it reads.
    pub account: Option<Account>,
    /// Where its key is kept.
    pub key_kept: Option<KeyPlace>,
    /// True where others in the network could read along, as the address is not `https`.
    pub open_to_others: bool,
    /// The first sync. When that failed this copy has joined all the same, and tries again.
    pub first: Result<Outcome, SyncError>,
}

/// Joins a hub, and syncs for the first time.
///
/// # Errors
/// [`SyncError`]: nothing was changed then.
pub fn join(
    copy: &LocalCopy<'_>,
    hub: &dyn Hub,
    joining: &Joining<'_>,
    how: &How<'_>,
    watch: &mut Watch<'_>,
) -> Result<Joined, SyncError> {
    let info = hub::info(hub).map_err(|fault| no_hub_there(fault, joining.address))?;
    let (paired, key_kept) = match joining.code {
        Some(code) => {
            let (paired, kept) = pair(hub, code, joining.device_name, how)?;
            (Some(paired), Some(kept))
        }
        None => (None, None),
    };
    let mut membership = membership(&info, joining, paired, how);
    {
        let _turn = turn::take(copy.folder, crate::once::PATIENCE, how.stop)?;
        match copy.store.membership()?.filter(|it| it.hub == info.hub) {
            // The hub has moved: whoever was paired stays so.
            Some(before) if membership.device.is_none() => {
                membership.device = before.device;
                membership.device_name = before.device_name;
                membership.account = before.account;
            }
            Some(_) => {}
            None => Shelf::beside(copy.folder).clear(),
        }
        change(copy, Op::Join(Box::new(membership.clone())))?;
        // Nothing that was said of another hub or device holds any more.
        if let Some(kept) = Journal::default().kept() {
            change(copy, kept)?;
        }
    }
    Ok(Joined {
        name: membership.name,
        account: membership.account,
        key_kept,
        open_to_others: match joining.address {
            Address::Web(web) => web.open_to_others(),
            Address::Files(_) => false,
        },
        first: sync_once(copy, hub, how, watch),
    })
}

/// A web server that has no such thing is not the hub that somebody meant.
fn no_hub_there(fault: HubFault, address: &Address) -> HubFault {
    match (fault, address) {
        (HubFault::Missing(_), Address::Web(web)) => HubFault::Missing(format!(
            "there is no hub at {}: check the address",
            web.as_str()
        )),
        (other, _) => other,
    }
}

/// What is published as plain files is read, and takes no codes.
fn takes_no_codes(fault: HubFault, name: &str) -> HubFault {
    if matches!(fault, HubFault::Missing(_)) {
        return HubFault::ReadOnly(format!(
            "{name} only publishes a directory, and takes no codes: join it without one, or with the \
             address of the hub itself"
        ));
    }
    fault
}

/// Who this computer is on the hub.
struct Paired {
    device: RecordId,
    account: Account,
}

fn pair(
    hub: &dyn Hub,
    code: &str,
    device_name: &str,
    how: &How<'_>,
) -> Result<(Paired, KeyPlace), SyncError> {
    let code: wire::Code = code
        .parse()
        .map_err(|_no_code| SyncError::Code(code.to_owned()))?;
    let key = keys::fresh()?;
    let answer = hub.pair(&JoinRequest {
        code: code.to_string(),
        key_hash: wire::Hash::of(&key),
        device_name: device_name.to_owned(),
    });
    let answer = answer.map_err(|fault| takes_no_codes(fault, hub.name()))?;
    let kept = how.keys.keep(&Token::new(answer.device, key))?;
    let paired = Paired {
        device: answer.device,
        account: answer.account,
    };
    Ok((paired, kept))
}

fn membership(
    info: &HubInfo,
    joining: &Joining<'_>,
    paired: Option<Paired>,
    how: &How<'_>,
) -> Membership {
    let now = (how.now)().to_offset(time::UtcOffset::UTC);
    let format = time::format_description::well_known::Rfc3339;
    let (device, account) = paired.map(|it| (it.device, it.account)).unzip();
    Membership {
        hub: info.hub,
        name: info.name.clone(),
        address: joining.address.to_string(),
        keys: info.keys.clone(),
        device_name: device.map(|_| joining.device_name.to_owned()),
        device,
        account,
        joined_at: now.format(&format).unwrap_or_default(),
        rest: domain::Rest::default(),
    }
}

/// Leaves the hub: everything stays as it is seen, and what waits stays waiting.
///
/// # Errors
/// [`SyncError`].
pub fn leave(copy: &LocalCopy<'_>, how: &How<'_>) -> Result<(), SyncError> {
    let _turn = turn::take(copy.folder, crate::once::PATIENCE, how.stop)?;
    let membership = copy.store.membership()?.ok_or(SyncError::NotJoined)?;
    change(copy, Op::Leave)?;
    if let Some(device) = membership.device {
        how.keys.forget(device)?;
    }
    Shelf::beside(copy.folder).clear();
    match Journal::default().kept() {
        Some(kept) => change(copy, kept),
        None => Ok(()),
    }
}

/// A record's history as the hub has it.
///
/// # Errors
/// [`SyncError`].
pub fn hub_history(
    copy: &LocalCopy<'_>,
    hub: &dyn Hub,
    how: &How<'_>,
    (kind, id): (domain::Kind, RecordId),
) -> Result<wire::History, SyncError> {
    let membership = copy.store.membership()?.ok_or(SyncError::NotJoined)?;
    let found = match membership.device {
        Some(device) => how.keys.find(device)?,
        None => None,
    };
    let token = found.map(|(token, _)| token);
    let ask = AskHistory {
        token: token.as_ref(),
        kind,
        id,
    };
    Ok(hub.history(&ask)?)
}

fn change(copy: &LocalCopy<'_>, op: Op) -> Result<(), SyncError> {
    let go_on = &mut |_, _| std::ops::ControlFlow::Continue(());
    match (copy.transact)(op, go_on) {
        Ok(_) => Ok(()),
        Err(error) => Err(SyncError::Change(error)),
    }
}
