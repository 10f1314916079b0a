//! The line between a desk and its hub: loses requests or answers, delivers twice, late and out of
//! order; and tells the model what really reached the hub.

use std::sync::{Mutex, MutexGuard, PoisonError};

use sync::{AskHead, AskHistory, AskStaff, Hub, HubFault, Published, Tagged, Token};
use wire::{JoinAnswer, JoinRequest, Push, Pushed, StaffPage};

use super::model::Model;
use super::plan::{Mishap, Weather};

/// What all lines of a history share.
#[derive(Default)]
pub(crate) struct Traffic {
    pub(crate) model: Model,
    /// Pushes that are still on the way: with the device's key.
    pub(crate) late: Vec<(Token, Push)>,
    /// What the model found wrong.
    pub(crate) trouble: Vec<String>,
    /// How many operations reached the hub.
    pub(crate) pushed: u64,
}

/// A line in some weather.
pub(crate) struct Line<'a> {
    pub(crate) hub: &'a dyn Hub,
    pub(crate) traffic: &'a Mutex<Traffic>,
    weather: Mutex<(u8, Weather, bool)>,
}

impl<'a> Line<'a> {
    pub(crate) fn new(hub: &'a dyn Hub, traffic: &'a Mutex<Traffic>, weather: Weather) -> Self {
        let weather = Mutex::new((0, weather, false));
        Self {
            hub,
            traffic,
            weather,
        }
    }

    /// What happens to the next request.
    fn next(&self) -> Option<Mishap> {
        let mut weather = held(&self.weather);
        let (count, mishaps, down) = &mut *weather;
        *count = count.saturating_add(1);
        let now = *count - 1;
        let mishap = mishaps
            .iter()
            .find(|(at, _)| *at == now)
            .map(|(_, what)| *what);
        *down |= mishap == Some(Mishap::Down);
        if *down { Some(Mishap::Down) } else { mishap }
    }

    fn ask<T>(&self, once: impl Fn() -> Result<T, HubFault>) -> Result<T, HubFault> {
        match self.next() {
            Some(Mishap::Lost | Mishap::Down) => Err(lost()),
            Some(Mishap::Late | Mishap::AnswerLost) => {
                drop(once());
                Err(broken())
            }
            Some(Mishap::Twice) => {
                drop(once());
                once()
            }
            None => once(),
        }
    }
}

fn lost() -> HubFault {
    HubFault::Unreachable("there is no way to the hub".to_owned())
}

fn broken() -> HubFault {
    HubFault::Broken("the hub stopped answering".to_owned())
}

pub(crate) fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A push reaches the hub.
pub(crate) fn deliver(
    hub: &dyn Hub,
    traffic: &Mutex<Traffic>,
    (token, push): (&Token, &Push),
) -> Result<Pushed, HubFault> {
    let answer = hub.push(token, push);
    let mut traffic = held(traffic);
    let operations: Vec<String> = push
        .operations
        .iter()
        .map(|one| one.get().to_owned())
        .collect();
    traffic.pushed += operations.len() as u64;
    let known = traffic.model.accounts.contains_key(&token.device);
    let fault = match &answer {
        Ok(answer) => traffic
            .model
            .deliver(token.device, &operations, answer)
            .err(),
        Err(HubFault::Denied(_)) if !known => None,
        Err(fault) => Some(format!("a push came to {fault:?}")),
    };
    traffic.trouble.extend(fault);
    answer
}

impl Hub for Line<'_> {
    fn name(&self) -> &str {
        self.hub.name()
    }

    fn takes_operations(&self) -> bool {
        self.hub.takes_operations()
    }

    fn head(&self, ask: &AskHead<'_>) -> Result<Option<Tagged>, HubFault> {
        self.ask(|| self.hub.head(ask))
    }

    fn published(&self, what: Published) -> Result<Vec<u8>, HubFault> {
        self.ask(|| self.hub.published(what))
    }

    fn pair(&self, request: &JoinRequest) -> Result<JoinAnswer, HubFault> {
        let answer = self.hub.pair(request)?;
        let model = &mut held(self.traffic).model;
        model.accounts.insert(answer.device, answer.account.clone());
        Ok(answer)
    }

    fn push(&self, token: &Token, push: &Push) -> Result<Pushed, HubFault> {
        let once = || deliver(self.hub, self.traffic, (token, push));
        match self.next() {
            Some(Mishap::Late) => {
                held(self.traffic).late.push((token.clone(), push.clone()));
                Err(broken())
            }
            Some(Mishap::Lost | Mishap::Down) => Err(lost()),
            Some(Mishap::AnswerLost) => {
                once()?;
                Err(broken())
            }
            Some(Mishap::Twice) => {
                once()?;
                once()
            }
            None => once(),
        }
    }

    fn staff(&self, token: &Token, ask: &AskStaff<'_>) -> Result<Option<StaffPage>, HubFault> {
        self.ask(|| self.hub.staff(token, ask))
    }

    fn history(&self, ask: &AskHistory<'_>) -> Result<wire::History, HubFault> {
        self.ask(|| self.hub.history(ask))
    }
}
