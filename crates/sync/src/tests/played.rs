//! A hub that is played.

mod state;

use std::sync::{Mutex, MutexGuard};

use domain::RecordId;
use wire::{Hash, History, JoinAnswer, JoinRequest, Push, Pushed, StaffPage};

use state::State;

use crate::{AskHead, AskHistory, AskStaff, Hub, HubFault, Published, Tagged, Token};

/// What the network does with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trick {
    /// Nothing.
    Pass,
    /// It doesn't get there.
    Cut,
    /// It gets there, and the answer gets lost.
    Lost,
    /// This comes in the answer's place.
    Instead(Vec<u8>),
    /// The answer ends here.
    Short(usize),
    /// This byte of the answer is another one.
    Altered(usize),
    /// The hub says this.
    Fault(HubFault),
}

type Tricks = dyn FnMut(&str, usize) -> Trick + Send;

/// A hub, and the network to it.
pub(super) struct Played {
    pub(super) state: Mutex<State>,
    tricks: Mutex<Box<Tricks>>,
    asked: Mutex<Vec<String>>,
}

pub(super) fn hub_id() -> RecordId {
    RecordId::named("a played hub")
}

pub(super) fn device() -> RecordId {
    RecordId::named("a device of a played hub")
}

/// An identifier in this bucket.
pub(super) fn id(bucket: u8, n: u8) -> RecordId {
    let mut bytes = [n; 16];
    bytes[0] = bucket;
    RecordId::from_bytes(bytes)
}

/// A generated service.
pub(super) fn service(id: RecordId, name: &str) -> String {
    format!(r#"{{ "id": "{id}", "name": "{name}", "status": "active", "unheard_of": [1.50] }}"#)
}

impl Played {
    /// One with so many services, published.
    pub(super) fn with(services: u8) -> Self {
        let state = State::empty();
        let hub = Self {
            state: Mutex::new(state),
            tricks: Mutex::new(Box::new(|_, _| Trick::Pass)),
            asked: Mutex::new(Vec::new()),
        };
        for n in 0..services {
            hub.state()
                .put(id(n.wrapping_mul(37), n), Some(&format!("Service {n}")));
        }
        hub.state().publish();
        hub.state().compact();
        hub
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// `tricks` hears what is asked for, and how many requests there were before.
    pub(super) fn play(&self, tricks: impl FnMut(&str, usize) -> Trick + Send + 'static) {
        self.asked.lock().unwrap().clear();
        *self.tricks.lock().unwrap() = Box::new(tricks);
    }

    /// What was asked for since the last tricks.
    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    fn answer<T>(
        &self,
        what: &str,
        answer: impl FnOnce(&mut State) -> Result<T, HubFault>,
        change: impl FnOnce(T, &Trick) -> Result<T, HubFault>,
    ) -> Result<T, HubFault> {
        let trick = self.trick(what);
        let broken = || HubFault::Broken("the connection broke off".to_owned());
        if let Trick::Fault(fault) = trick {
            return Err(fault);
        }
        if trick == Trick::Cut {
            return Err(broken());
        }
        let answered = answer(&mut self.state())?;
        if trick == Trick::Lost {
            return Err(broken());
        }
        change(answered, &trick)
    }

    /// What the network does with this request.
    fn trick(&self, what: &str) -> Trick {
        let mut asked = self.asked.lock().unwrap();
        asked.push(what.to_owned());
        let before = asked.len() - 1;
        drop(asked);
        (self.tricks.lock().unwrap())(what, before)
    }

    /// An answer in JSON, which is read as the real one is.
    fn json<T>(
        &self,
        what: &str,
        answer: impl FnOnce(&mut State) -> Result<T, HubFault>,
    ) -> Result<T, HubFault> {
        self.answer(what, answer, |answered, trick| match trick {
            Trick::Pass => Ok(answered),
            Trick::Instead(page) => Err(crate::published::foreign(page)),
            Trick::Short(_) | Trick::Altered(_) => Err(crate::published::foreign(b"}")),
            Trick::Cut | Trick::Lost | Trick::Fault(_) => unreachable!("dealt with before"),
        })
    }
}

fn changed(mut bytes: Vec<u8>, trick: &Trick) -> Vec<u8> {
    match trick {
        Trick::Instead(page) => return page.clone(),
        Trick::Short(at) => bytes.truncate(at % bytes.len()),
        Trick::Altered(at) => {
            let at = at % bytes.len();
            bytes[at] ^= 1;
        }
        Trick::Pass | Trick::Cut | Trick::Lost | Trick::Fault(_) => {}
    }
    bytes
}

impl Hub for Played {
    fn name(&self) -> &str {
        "http://localhost:8787"
    }

    fn takes_operations(&self) -> bool {
        true
    }

    fn head(&self, ask: &AskHead<'_>) -> Result<Option<Tagged>, HubFault> {
        let read = self.answer(
            "/head",
            |state| state.read("/head"),
            |bytes, trick| Ok(changed(bytes, trick)),
        );
        let bytes = read?;
        let tag = Some(Hash::of(&bytes).to_string());
        let known = ask.known.map(str::to_owned);
        Ok((known != tag).then_some(Tagged { bytes, tag }))
    }

    fn published(&self, what: Published) -> Result<Vec<u8>, HubFault> {
        let path = what.path();
        self.answer(
            &path,
            |state| state.read(&path),
            |bytes, trick| Ok(changed(bytes, trick)),
        )
    }

    fn pair(&self, request: &JoinRequest) -> Result<JoinAnswer, HubFault> {
        self.json("/pair", |state| Ok(state.paired(request)))
    }

    fn push(&self, token: &Token, push: &Push) -> Result<Pushed, HubFault> {
        self.json("/operations", |state| {
            state.may(token)?;
            Ok(state.pushed(push))
        })
    }

    fn staff(&self, token: &Token, ask: &AskStaff<'_>) -> Result<Option<StaffPage>, HubFault> {
        self.json("/staff", |state| {
            state.may(token)?;
            let tag = Hash::of(&state.read("/head")?).to_string();
            let same_head = ask.head.is_none_or(|known| known == tag);
            let page = state.page(ask.after);
            Ok((!page.told.is_empty() || !same_head).then_some(page))
        })
    }

    fn history(&self, _ask: &AskHistory<'_>) -> Result<History, HubFault> {
        self.json("/history", |state| {
            Ok(History {
                changes: Vec::new(),
                epoch: state.epoch,
            })
        })
    }
}
