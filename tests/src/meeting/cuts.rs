//! A line that is cut at every byte of a whole session: joining, sending, fetching, what is told.
//! With the other tests at some bytes all over it; at every single one by
//! `SIGNPOST_EVERY_BYTE=1 cargo test --release -p tests cut -- --nocapture`, with `SIGNPOST_LOG=postgres`
//! on PostgreSQL.

use std::time::Instant;

use domain::Role;
use sync::Address;

use super::desk::Desk;
use super::hold;
use super::hostile::web;
use super::log::Log;
use super::plan::Doing;
use super::stand::{Stand, line_to};
use crate::network::{Cutter, Severed};

/// Cuts with the other tests.
const SOME: u64 = 60;
/// The same on PostgreSQL.
const SOME_IN_DATABASES: u64 = 20;
/// So many sessions share a hub, so that what the others left there does not add up.
const PER_HUB: u64 = 40;

/// One session as far as it gets: joins, sends, fetches, hears what is told.
fn session(desk: &mut Desk, stand: &Stand, address: &Address, code: &str) {
    let line = line_to(address);
    drop(desk.join(&*line, address, Some(code), stand.hub.now()));
}

/// Words that are found again.
pub(super) fn write(desk: &mut Desk, stand: &Stand) {
    let now = stand.hub.now();
    for doing in [
        Doing::Edit(1, vec![(1, 2), (9, 1)]),
        Doing::Flag(2),
        Doing::Check(0, 1),
    ] {
        desk.work(&doing, now);
    }
}

/// A desk that has the directory from a file, wrote something, and joins now.
pub(super) fn newcomer(stand: &Stand, template: &Desk, name: &str) -> Desk {
    let mut desk = stand.copy_of(template, name);
    write(&mut desk, stand);
    desk
}

/// What this desk's words became: each of them is at the hub, once.
fn arrived_once(stand: &Stand, desk: &Desk, name: &str) {
    let rows = hold::rows(desk);
    let answered = rows.iter().filter(|row| row.verdict.is_some()).count();
    assert_eq!(answered, 3, "{name}: {rows:?}");
    hold::flags_arrived_once(stand, desk, name);
}

#[test]
fn a_session_that_is_cut_at_any_byte_is_made_good_by_the_next() {
    if Log::Sqlite.is_named() != Some(false) {
        cut(Log::Sqlite, SOME);
    }
}

#[test]
fn a_session_with_a_hub_in_a_database_that_is_cut_at_any_byte_is_made_good_by_the_next() {
    let every = every_byte();
    if Log::Postgres.is_named().unwrap_or(!every) && Log::Postgres.is_here() {
        cut(Log::Postgres, SOME_IN_DATABASES);
    }
}

fn every_byte() -> bool {
    std::env::var_os("SIGNPOST_EVERY_BYTE").is_some()
}

/// Cuts as often, or at each byte.
fn cut(log: Log, some: u64) {
    let began = Instant::now();
    let mut stand = Stand::on(log, 4);
    let mut template = stand.reader("template");
    let cutter = Cutter::to(stand.hub.socket());
    let address = web(cutter.address());
    let whole = measure(&stand, &template, &cutter, &address);
    // Coprime to nearly everything, so that cuts fall all over the session.
    let stride = if every_byte() { 1 } else { (whole / some) | 1 };
    let mut cuts = 0;
    // Answers differ a little in length from session to session.
    for byte in (0..whole + 64).step_by(usize::try_from(stride).expect("a stride")) {
        if cuts % PER_HUB == PER_HUB - 1 {
            stand = Stand::on(log, 4);
            template = stand.reader("template");
            cutter.lead_to(stand.hub.socket());
        }
        let severed =
            [Severed::Line, Severed::Connection][usize::try_from(byte % 2).expect("0 or 1")];
        one(&mut stand, &template, (&cutter, &address), (byte, severed));
        cuts += 1;
    }
    let took = began.elapsed().as_secs_f64();
    let log = log.name();
    println!("cut {cuts} times in a session of {whole} bytes with {log}, {took:.1} s");
}

fn measure(stand: &Stand, template: &Desk, cutter: &Cutter, address: &Address) -> u64 {
    let mut desk = newcomer(stand, template, "measured");
    let code = stand.code(Role::Curator, "measured");
    cutter.mend();
    session(&mut desk, stand, address, &code);
    let whole = cutter.mend();
    assert!(whole > 1_000, "{whole} bytes");
    whole
}

fn one(
    stand: &mut Stand,
    template: &Desk,
    (cutter, address): (&Cutter, &Address),
    (byte, severed): (u64, Severed),
) {
    let name = format!("cut at {byte}");
    let mut desk = newcomer(stand, template, &name);
    let code = stand.code(Role::Curator, &name);
    cutter.cut_after(byte, severed);
    session(&mut desk, stand, address, &code);
    cutter.mend();
    hold::desk(&mut desk, stand.hub.now(), &name);
    let paired = desk.membership().is_some_and(|it| it.device.is_some());
    if !paired {
        // Whether the hub has used the code up or not: another one does it.
        let code = stand.code(Role::Curator, &name);
        session(&mut desk, stand, address, &code);
    }
    stand.agrees(&mut desk);
    hold::desk(&mut desk, stand.hub.now(), &name);
    arrived_once(stand, &desk, &name);
    stand.forget(desk);
}
