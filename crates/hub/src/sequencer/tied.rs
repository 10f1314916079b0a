//! Which services an organisation or a place is tied to while a batch is decided: who may edit it
//! must not depend on how operations came to be decided together.

use domain::{Boroughs, Kind, Record, RecordId};

use super::ground::Ground;
use super::touched::ties;
use crate::log::Tied;

impl Ground<'_> {
    /// A service becomes another; none: it is not there, or goes.
    pub(super) fn tie(&mut self, kind: Kind, was: Option<&Record>, is: Option<&Record>) {
        if kind != Kind::Service || self.standing.ties.is_empty() {
            return;
        }
        let of = |record: &Record| (Boroughs::of_service(record, self.areas), ties(kind, record));
        let (was, is) = (was.map(of), is.map(of));
        if was == is {
            return;
        }
        if let Some((boroughs, others)) = was {
            self.each_tied(&others, |tied| untie(tied, &boroughs));
        }
        if let Some((boroughs, others)) = is {
            self.each_tied(&others, |tied| tie(tied, &boroughs));
        }
    }

    fn each_tied(&mut self, others: &[RecordId], change: impl Fn(&mut Vec<Tied>)) {
        for other in others {
            for kind in [Kind::Organisation, Kind::Place] {
                let tied = self.standing.ties.get_mut(&(kind, *other));
                tied.into_iter().for_each(&change);
            }
        }
    }
}

fn tie(tied: &mut Vec<Tied>, boroughs: &Boroughs) {
    match tied.iter_mut().find(|one| one.boroughs == *boroughs) {
        Some(one) => one.services += 1,
        None => tied.push(Tied {
            boroughs: boroughs.clone(),
            services: 1,
        }),
    }
}

fn untie(tied: &mut Vec<Tied>, boroughs: &Boroughs) {
    let same = tied.iter_mut().find(|one| one.boroughs == *boroughs);
    if let Some(one) = same {
        one.services = one.services.saturating_sub(1);
    }
    tied.retain(|one| one.services > 0);
}
