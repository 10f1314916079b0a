//! A hub and a desk that are killed at moments that nobody chose.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use wire::Hash;

use super::part::Other;
use super::party::Party;
use crate::meeting::desk::Desk;
use crate::meeting::killed::part::start;
use crate::meeting::stand::line_to;

/// The hub is killed while all write and send; so is a desk, or somebody joins. The name chooses when.
pub(super) fn survives(party: &mut Party, when: &str) {
    let chosen = Hash::of(when.as_bytes());
    let [sooner, later, long, company, ..] = *chosen.as_bytes();
    let delay = |chosen: u8| Duration::from_millis(u64::from(chosen) * 2);
    let newcomer = (company % 3 == 0).then(|| party.somebody(&format!("newcomer of {when}")));
    let mut guest = (company % 3 == 1).then(|| party.stand.desk(&format!("guest of {when}")));
    let other = Other::serving(&mut party.stand.hub, None);
    let desk = guest.as_mut().map(|guest| {
        guest.close();
        let desk = start(&guest.folder, party.stand.hub.socket(), ("", None));
        (Other::desk(desk), delay(sooner))
    });
    let gone = AtomicBool::new(false);
    let newcomer = thread::scope(|scope| {
        scope.spawn(|| {
            kill(desk.into_iter().chain([(other, delay(later))]));
            gone.store(true, Ordering::SeqCst);
        });
        let (address, now) = (party.stand.hub.address(), party.stand.hub.now());
        let join = move |(mut desk, code): (Desk, String)| {
            drop(desk.join(&*line_to(&address), &address, Some(&code), now));
            desk
        };
        let joining = newcomer.map(|newcomer| scope.spawn(move || join(newcomer)));
        while !gone.load(Ordering::SeqCst) {
            party.write(long % 4 == 0);
            party.sync();
        }
        joining.map(|joining| joining.join().expect("whoever joins"))
    });
    party.stand.hub.serve();
    if let Some(guest) = &mut guest {
        guest.reopen();
        guest.learn_words();
    }
    match newcomer.or(guest) {
        Some(one) => party.holds_with(one, when),
        None => party.holds(when),
    }
}

/// Kills one after the other.
fn kill(all: impl Iterator<Item = (Other, Duration)>) {
    for (mut one, delay) in all {
        one.is_killed_after(delay);
    }
}
