//! How this copy of the directory and its hub come to agree.
//!
//! Promises: a sync never waits in the way of a search; whatever interrupts it, the copy is as it
//! was or further, and what somebody wrote is kept until the hub has said what became of it;
//! whatever does not verify counts as no network and clears nothing; a hub that went back without
//! saying why is not followed. Clock, chance and folder are passed in.

mod address;
mod backoff;
mod error;
mod fault;
mod hub;
mod join;
mod journal;
mod keys;
mod light;
mod live;
mod once;
mod plan;
mod published;
mod shelf;
mod turn;
mod worker;

#[cfg(test)]
mod tests;

pub use address::{Address, BadAddress, WebAddress};
pub use error::{BoxError, SyncError};
pub use fault::HubFault;
pub use hub::{
    AskHead, AskHistory, AskStaff, FileHub, HttpHub, Hub, Network, Published, Stop, Tagged, Token,
};
pub use join::{Joined, Joining, hub_history, join, leave};
pub use journal::{Journal, Problem};
pub use keys::{KeyPlace, Keys};
pub use light::{Counts, Light, LightState, light};
pub use live::Live;
pub use once::{How, LocalCopy, Outcome, Progress, Remark, Stage, Transact, Watch, sync_once};
pub use worker::{Bell, Round, Why, Worker};

/// The hub at this address.
///
/// # Errors
/// [`HubFault`] where the files can't be opened, or the proxy has no valid address.
pub fn connect(
    address: &Address,
    network: &Network,
    stop: &Stop,
) -> Result<Box<dyn Hub>, HubFault> {
    Ok(match address {
        Address::Web(web) => Box::new(HttpHub::new(web.clone(), network, stop.clone())?),
        Address::Files(path) => Box::new(FileHub::open(path)?),
    })
}

/// A number by chance.
#[must_use]
pub fn dice() -> u64 {
    // Without chance, waits are as short as they can be.
    getrandom::u64().unwrap_or_default()
}
