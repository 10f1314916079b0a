//! Desks that end as if by `kill -9`, at every fail point of the store. Afterwards nothing that was
//! accepted is lost, nothing is doubled, nobody repairs anything.
//!
//! What is to be killed is this very program, started again for one test ([`part`]): so it is built
//! with fail points, and those that are given out are not.

pub(super) mod part;

use std::collections::BTreeMap;

use domain::Role;

use super::cuts;
use super::desk::Desk;
use super::hold;
use super::hostile::web;
use super::points;
use super::stand::Stand;

/// A point is reached so often at most before the next one is tried.
const OFTEN: usize = 4;

/// What a desk is killed while doing.
#[derive(Debug, Clone, Copy)]
enum While {
    /// Joining, with something to send and everything to fetch.
    Joining,
    /// Writing.
    Writing,
    /// Sending and fetching.
    Syncing,
}

#[test]
fn a_desk_that_is_killed_at_any_point_goes_on_where_it_was() {
    let mut stand = Stand::with(4);
    let template = stand.reader("template");
    let named = points::of("crates/store/src").into_keys();
    let mut points: BTreeMap<String, usize> = named.map(|name| (name, 0)).collect();
    for (at, doing) in [While::Joining, While::Writing, While::Syncing]
        .into_iter()
        .enumerate()
    {
        for (name, died) in &mut points {
            let mut dies = |times: &usize| {
                let point = format!("{name}#{times}");
                let name = format!("killed {at} {name} {times}").replace(':', " ");
                kill(&mut stand, &template, (&name, doing), &point)
            };
            *died += (1..=OFTEN).take_while(|times| dies(times)).count();
        }
    }
    println!("a desk was killed: {points:?}");
    let never = points.iter().find(|(_name, died)| **died == 0);
    assert_eq!(never, None, "no desk came there");
}

/// Kills a desk, looks at it, and lets it go on. False: the point was not reached.
fn kill(stand: &mut Stand, template: &Desk, (name, doing): (&str, While), point: &str) -> bool {
    let mut desk = match doing {
        While::Joining => cuts::newcomer(stand, template, name),
        While::Writing => stand.desk(name),
        While::Syncing => {
            let mut desk = stand.desk(name);
            cuts::write(&mut desk, stand);
            desk
        }
    };
    stand.publish_a_change(0, 3);
    desk.close();
    let code = stand.code(Role::Curator, name);
    let code = matches!(doing, While::Joining).then_some(code);
    let child = part::desk(&desk.folder, stand.hub.socket(), (point, code.as_deref()));
    desk.reopen();
    if matches!(doing, While::Writing) {
        // What was not accepted yet may be gone; what is there is whole.
        desk.learn_words();
    }
    hold::desk(&mut desk, stand.hub.now(), name);
    if desk.membership().is_none_or(|it| it.device.is_none()) {
        let code = stand.code(Role::Curator, name);
        let (line, address) = (stand.hub.connect(), web(stand.hub.socket()));
        desk.join(&*line, &address, Some(&code), stand.hub.now())
            .expect("joined");
    }
    stand.agrees(&mut desk);
    hold::desk(&mut desk, stand.hub.now(), name);
    hold::flags_arrived_once(stand, &desk, name);
    stand.forget(desk);
    !child
}
